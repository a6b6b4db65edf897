"""`make bench`: every module of this folder that has a `run()`, each in a process of its own.

A figure beyond its limit ends with exit 1.

    python -m bench [MODULE …] [--json]

A module's `run()` gives its figures by name; `LIMITS`, where it has one, what a figure may be at most (or, as ">= 0.9",
at least).
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def main(words: list[str]) -> int:
    """Run what is named, or all; print the figures and what of them is beyond its limit."""
    as_json = "--json" in words
    names = [w for w in words if not w.startswith("-")] or _modules()
    found: dict[str, dict[str, float]] = {}
    missed = []
    for name in names:
        done = subprocess.run([sys.executable, "-m", "bench", f"--one={name}"], stdout=subprocess.PIPE, check=False)
        if done.returncode:
            missed.append(f"{name} broke off with exit code {done.returncode}")
            continue
        found[name] = json.loads(done.stdout.splitlines()[-1])
        missed += _missed(name, found[name])
        if not as_json:
            print(f"{name}\n" + "".join(f"  {k:44} {v:12,.3f}\n" for k, v in found[name].items()), flush=True)
    if as_json:
        print(json.dumps({"figures": found, "missed": missed}, indent=1))
    for line in missed:
        print(line, file=sys.stderr)
    return 1 if missed else 0


def one(name: str) -> int:
    """The child: this module's figures as one line of JSON."""
    print(json.dumps(importlib.import_module(f"bench.{name}").run()))
    return 0


def _modules() -> list[str]:
    names = [m.name for m in pkgutil.iter_modules([str(FOLDER)]) if not m.name.startswith("_")]
    return [n for n in names if "\ndef run(" in (FOLDER / f"{n}.py").read_text(encoding="utf-8")]


def _missed(name: str, figures: dict[str, float]) -> list[str]:
    limits: dict[str, object] = getattr(importlib.import_module(f"bench.{name}"), "LIMITS", {})
    missed = []
    for key, limit in limits.items():
        least = str(limit).startswith(">=")
        bound = float(str(limit).removeprefix(">="))
        if key in figures and (figures[key] < bound if least else figures[key] > bound):
            missed.append(f"{name}: {key} is {figures[key]:.3f}, the limit is {limit}")
    return missed


if __name__ == "__main__":
    child = next((w.removeprefix("--one=") for w in sys.argv[1:] if w.startswith("--one=")), None)
    sys.exit(one(child) if child else main(sys.argv[1:]))

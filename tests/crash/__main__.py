"""`make crash KILLS=400`: passes killed at random, at named points and at any moment, until so many have died.

    python -m tests.crash [--kills 400] [--seed N] [--history FILE]

Each case is a project of its own; it is killed again and again, run to its end, and judged by a process apart. The
raw history stays in the file, so that the judge can judge it again: python -m tests.crash.judge FILE
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.crash import case, points
from tests.crash.victims import ROOT, Victims

BATCH = 40  # cases per judge
LONGEST_PASS = 0.3  # seconds: about as long as a pass takes


def main(words: list[str] | None = None) -> int:
    """Kill, judge, report; 0 only if the judge found nothing in any batch."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash")
    parser.add_argument("--kills", type=int, default=400)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--history", type=Path, default=ROOT / "var" / "crash" / "history.jsonl")
    given = parser.parse_args(words)
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(10**6)
    given.history.parent.mkdir(parents=True, exist_ok=True)
    given.history.unlink(missing_ok=True)
    return _run(given.kills, seed, given.history)


def _run(wanted: int, seed: int, history: Path) -> int:
    rng = random.Random(seed)
    victims = Victims()
    begun, kills, cases, worst = time.monotonic(), 0, 0, 0
    print(f"seed {seed}, history {history}", flush=True)
    with tempfile.TemporaryDirectory(prefix="crash-") as base:
        template = _template(Path(base), victims)
        while kills < wanted:
            batch = []
            while kills < wanted and len(batch) < BATCH:
                folder = Path(base) / f"{seed}-{cases}"
                kills += _case(folder, victims, rng, template)
                batch.append(folder)
                cases += 1
            worst = max(worst, _judge(batch, history))
            print(f"{kills} kills in {cases} cases, {time.monotonic() - begun:.0f} s", flush=True)
            for folder in batch:
                shutil.rmtree(folder)
    victims.close()
    done = subprocess.run([sys.executable, "-m", "tests.crash.judge", str(history)], cwd=ROOT, check=False)
    return max(worst, done.returncode)


def _case(folder: Path, victims: Victims, rng: random.Random, template: Path) -> int:
    """One project, killed up to eight times; how often it was."""
    case.lay_out(folder, template if rng.random() < 0.8 else None, good=rng.randrange(2, 8))
    kills = 0
    for _ in range(rng.randrange(1, 9)):
        if rng.random() < 0.5:
            killed, _ = victims.run(folder, rng.choice(points.EVERYWHERE), rng.randrange(1, 7))
        else:
            killed, _ = victims.run(folder, after=rng.random() * LONGEST_PASS)
        kills += killed
        if not killed:
            break  # it ran to its end
    for _ in range(2):
        killed, code = victims.run(folder)
        if killed or code not in (0, 1):
            raise SystemExit(f"a pass did not end well: {code}, {(folder / 'stderr.txt').read_text()}")
    return kills


def _template(base: Path, victims: Victims) -> Path:
    """A migrated database without rows."""
    folder = base / "template"
    case.lay_out(folder)
    shutil.rmtree(folder / "queue")
    (folder / "queue").mkdir()
    victims.run(folder)
    return folder / "var" / "medsosbot.db"


def _judge(batch: list[Path], history: Path) -> int:
    """0 where nothing is wrong; that a small batch saw no kill is no fault of it."""
    command = [sys.executable, "-m", "tests.crash.judge", "--keep", str(history), *map(str, batch)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    verdict = json.loads(done.stdout)
    for line in verdict["found"]:
        print(line, flush=True)
    return 1 if verdict["found"] else 0


if __name__ == "__main__":
    sys.exit(main())

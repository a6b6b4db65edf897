"""The environment's say: MEDSOSBOT_<KEY> overrides any key that is one value, `__` between levels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from medsosbot.settings.faults import Path
from medsosbot.settings.schema import LISTS, one_value_keys
from medsosbot.settings.secrets import NAMES
from medsosbot.settings.values import nearest

PREFIX = "MEDSOSBOT_"
CONFIG = "MEDSOSBOT_CONFIG"
OTHERS = frozenset({CONFIG, "MEDSOSBOT_LOG_LEVEL"})  # no keys of the config


@dataclass
class Overrides:
    """values: by the key's path. places: which variable said so. unknown: names that mean nothing, each with a hint."""

    values: dict[Path, str | None] = field(default_factory=dict)
    places: dict[Path, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)


def read(environ: Mapping[str, str]) -> Overrides:
    """Sort every MEDSOSBOT_… variable; an empty one counts as not set."""
    keys = {PREFIX + "__".join(path).upper(): path for path in one_value_keys()}
    secrets = {*NAMES, *(f"{name}_FILE" for name in NAMES)}
    known = {*keys, *secrets, *OTHERS}
    out = Overrides()
    for name in sorted(n for n in environ if n.startswith(PREFIX)):
        path = keys.get(name) or _member(name)
        if path:
            if environ[name]:
                out.values[path] = None if environ[name] in ("null", "~") else environ[name]
                out.places[path] = f"${name}"
        elif name not in known:
            out.unknown.append(name + _hint(name, known))
    return out


def _hint(name: str, known: set[str]) -> str:
    if name in {PREFIX + "__".join(path).upper() for path in LISTS}:
        return " (a list: write it in the config)"
    meant = nearest(name.removeprefix(PREFIX), [k.removeprefix(PREFIX) for k in known])
    return f" ({PREFIX}{meant}?)" if meant else ""


def _member(name: str) -> Path | None:
    """staff.members has people's numbers for keys."""
    person = name.removeprefix("MEDSOSBOT_STAFF__MEMBERS__")
    return ("staff", "members", person) if person != name and person.isdigit() else None


def lay_over(data: dict[str, Any], overrides: Overrides) -> None:
    """Put each override in its place; a section that isn't there yet is made, one that is no section stays as it is."""
    for path, value in overrides.values.items():
        target = data
        for step in path[:-1]:
            if target.get(str(step)) is None:
                target[str(step)] = {}
            target = target[str(step)]
            if not isinstance(target, dict):
                break
        else:
            target[str(path[-1])] = value

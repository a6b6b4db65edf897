"""What single values can't show: keys that contradict each other.

Looks at the raw text, value by value, so that one wrong value hides no other fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import time
from typing import Any, TypeVar

from medsosbot import options
from medsosbot.platforms import REGISTRY, kind_of
from medsosbot.settings import values
from medsosbot.settings.faults import Problem

T = TypeVar("T")
Raw = Mapping[str, Any]


def problems(data: Raw) -> list[Problem]:
    """Every contradiction in a config as it was read (strings, lists, mappings)."""
    return [*_timetable(data.get("timetable")), *_destinations(data.get("destinations"))]


def _timetable(section: Any) -> Iterator[Problem]:
    if not isinstance(section, dict) or not isinstance(section.get("slots"), list):
        return
    hours = _attempt(values.quiet, section.get("quiet"))
    seen: set[time] = set()
    for i, raw in enumerate(section["slots"]):
        slot = _attempt(values.clock_time, raw)
        if slot is None:
            continue
        path = ("timetable", "slots", i)
        if slot in seen:
            yield Problem(path, f"{values.shown(raw)} stands twice", "a slot takes one item per destination")
        elif hours and in_quiet(slot, hours):
            span = values.shown(section["quiet"])
            yield Problem(path, f"{values.shown(raw)} lies in the quiet hours {span}", "move one of them")
        seen.add(slot)


def in_quiet(at: time, hours: options.Quiet) -> bool:
    """The start is quiet, the end no longer; hours may span midnight."""
    if hours.start < hours.end:
        return hours.start <= at < hours.end
    return at >= hours.start or at < hours.end


def _destinations(members: Any) -> Iterator[Problem]:
    if not isinstance(members, list):
        return
    names: dict[str, int] = {}
    targets: dict[str, str] = {}
    for i, member in enumerate(members):
        if not isinstance(member, dict):
            continue
        name = _attempt(values.name, member.get("name"))
        if name is not None and names.setdefault(name.casefold(), i) != i:  # as files `X` and `x` may be one
            yield Problem(("destinations", i, "name"), f"{values.shown(name)} stands twice", "give it another name")
        if member.get("platform") in REGISTRY:
            yield from _destination(i, member, name or f"#{i}", targets)


def _destination(i: int, member: Raw, name: str, targets: dict[str, str]) -> Iterator[Problem]:
    platform, like = member["platform"], member.get("like")
    if like is not None and platform != "mock" and like != platform:
        path = ("destinations", i, "like")
        yield Problem(path, f"{values.shown(like)}: only a mock borrows another's style", "take the key out")
    chat = _attempt(values.chat, member.get("chat"))
    if platform == "telegram" and member.get("chat") is None:
        yield Problem(("destinations", i, "chat"), "is missing", "the channel's @name, or its number (-100…)")
    elif platform == "x" and member.get("chat") is not None:
        hint = "take the key out: the account is the one of the keys"
        yield Problem(("destinations", i, "chat"), f"{values.shown(member['chat'])}: X has no chats", hint)
    elif platform != "telegram" or chat is not None:
        destination = options.Destination(name=name, platform=platform, chat=chat)
        key = kind_of(destination).key(destination)
        if (other := targets.setdefault(key, name)) != name:
            place = ("destinations", i, "chat" if platform == "telegram" else "platform")
            yield Problem(place, f"posts to the same place as {other}", "each chat or account is one destination")


def _attempt(parse: Callable[[object], T], raw: object) -> T | None:
    """The typed value, or None where the schema tells what is wrong."""
    try:
        return None if raw is None else parse(raw)
    except values.WrongValueError:
        return None

"""The parts of the rules, each made from one file of `config/words/`; every fault names file and entry."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Rewrite:
    """One licensed rewrite. tier: 0 always, 1 when needed, 2 last resort. ci: letter case doesn't matter."""

    long: str
    short: str
    tier: int
    ci: bool = False
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Topic:
    """A hashtag (with "#") and the phrases in title or lead that call for it."""

    tag: str
    triggers: tuple[str, ...]


@dataclass(frozen=True)
class Hashtags:
    """brand: on every post. most: in all, the brand included. never: only where the release prints their words."""

    brand: tuple[str, ...]
    topics: tuple[Topic, ...]
    fallback: str | None
    most: int
    never: tuple[str, ...]


@dataclass(frozen=True)
class Calendar:
    """months: lower-case name or variant -> 1..12. days: lower-case name or variant -> (0 Monday … 6, the name)."""

    months: Mapping[str, int]
    days: Mapping[str, int]
    day_names: tuple[str, ...]


@dataclass(frozen=True)
class Abbreviations:
    """Words whose stop ends no sentence: never; not before a number; only before a capital. Degrees by pattern."""

    never: frozenset[str]
    before_number: frozenset[str]
    maybe_final: frozenset[str]
    degree: re.Pattern[str]
    autolinked: tuple[str, ...]


def table_of(value: object, stem: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise ValueError(f"{stem}.yaml: keys with values are wanted")
    return value


def no_others(table: Mapping[str, object], stem: str, known: set[str]) -> None:
    for key in table:
        if key not in known:
            raise ValueError(f"{stem}.yaml: {key}: unknown key (known: {', '.join(sorted(known))})")


def text_of(value: object, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{where}: a text is wanted, got {value!r}")
    return value.strip()


def texts_of(table: Mapping[str, object], stem: str, key: str) -> tuple[str, ...]:
    value = table.get(key)
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise ValueError(f"{stem}.yaml: {key}: a list of words is wanted")
    return tuple(text_of(v, f"{stem}.yaml: {key}") for v in value)


def _optional_texts(table: Mapping[str, object], stem: str, key: str) -> tuple[str, ...]:
    return texts_of(table, stem, key) if table.get(key) is not None else ()


def _number(value: object, where: str, low: int, high: int) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit() and low <= int(value) <= high:
        return int(value)
    raise ValueError(f"{where}: a whole number from {low} to {high} is wanted, got {value!r}")


def glossary_of(value: object) -> tuple[Rewrite, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise ValueError("glossary.yaml: a list of {from, to, tier} is wanted")
    found = [_rewrite(entry, f"glossary.yaml: entry {n}") for n, entry in enumerate(value, 1)]
    seen: dict[str, int] = {}
    for n, one in enumerate(found, 1):
        if one.long in seen:
            raise ValueError(f"glossary.yaml: entry {n}: {one.long!r} stands already in entry {seen[one.long]}")
        seen[one.long] = n
        for other in found:
            if re.search(rf"(?<!\w){re.escape(other.short)}(?!\w)", one.long):
                raise ValueError(
                    f"glossary.yaml: entry {n}: {one.long!r} holds {other.short!r}, which another entry writes, "
                    "so a text rewritten twice would change twice"
                )
    return tuple(sorted(found, key=lambda r: -len(r.long)))


def _rewrite(entry: object, where: str) -> Rewrite:
    if not isinstance(entry, Mapping):
        raise ValueError(f"{where}: keys from, to and tier are wanted")
    for key in entry:
        if key not in ("from", "to", "tier", "ci", "not_before", "not_after", "reviewer", "date"):
            raise ValueError(f"{where}: {key}: unknown key")
    ci = entry.get("ci", "false")
    if ci not in ("true", "false"):
        raise ValueError(f"{where}: ci: true or false is wanted, got {ci!r}")
    return Rewrite(
        long=text_of(entry.get("from"), f"{where}: from"),
        short=text_of(entry.get("to"), f"{where}: to"),
        tier=_number(entry.get("tier"), f"{where}: tier", 0, 2),
        ci=ci == "true",
        not_before=_optional_texts(entry, where, "not_before"),
        not_after=_optional_texts(entry, where, "not_after"),
    )


def typos_of(value: object) -> Mapping[str, str]:
    table = table_of(value if value is not None else {}, "typos")
    return {text_of(k, "typos.yaml"): text_of(v, f"typos.yaml: {k}") for k, v in table.items()}


def hashtags_of(table: Mapping[str, object]) -> Hashtags:
    no_others(table, "hashtags", {"brand", "topics", "fallback", "max", "never"})
    topics = table.get("topics") or []
    if not isinstance(topics, Sequence) or isinstance(topics, str):
        raise ValueError("hashtags.yaml: topics: a list of {tag, any} is wanted")
    found = []
    for n, entry in enumerate(topics, 1):
        where = f"hashtags.yaml: topics: entry {n}"
        if not isinstance(entry, Mapping):
            raise ValueError(f"{where}: keys tag and any are wanted")
        found.append(Topic(_tag(entry.get("tag"), where), texts_of(entry, where, "any")))
    fallback = table.get("fallback")
    return Hashtags(
        brand=tuple(_tag(t, "hashtags.yaml: brand") for t in _optional_texts(table, "hashtags", "brand")),
        topics=tuple(found),
        fallback=None if fallback is None else _tag(fallback, "hashtags.yaml: fallback"),
        most=_number(table.get("max", "2"), "hashtags.yaml: max", 0, 10),
        never=_optional_texts(table, "hashtags", "never"),
    )


def _tag(value: object, where: str) -> str:
    tag = text_of(value, where)
    if not re.fullmatch(r"#\w*[^\W\d_]\w*", tag):
        raise ValueError(f"{where}: {tag!r} is no hashtag (# and letters, digits or _)")
    return tag


def calendar_of(table: Mapping[str, object]) -> Calendar:
    no_others(table, "calendar", {"months", "month_variants", "days", "day_variants", "numeric_order", "relative"})
    if table.get("numeric_order", "dmy") != "dmy":
        raise ValueError("calendar.yaml: numeric_order: only dmy is built")
    names = texts_of(table, "calendar", "months")
    days = texts_of(table, "calendar", "days")
    if len(names) != 12 or len(days) != 7:
        raise ValueError("calendar.yaml: twelve months and seven days, from Monday, are wanted")
    months = {name.lower(): n for n, name in enumerate(names, 1)}
    for name, number in table_of(table.get("month_variants") or {}, "calendar").items():
        months[name.lower()] = _number(number, f"calendar.yaml: month_variants: {name}", 1, 12)
    known = {name.lower(): n for n, name in enumerate(days)}
    for name, day in table_of(table.get("day_variants") or {}, "calendar").items():
        if not isinstance(day, str) or day.lower() not in known:
            raise ValueError(f"calendar.yaml: day_variants: {name}: {day!r} is no day of `days`")
        known[name.lower()] = known[day.lower()]
    return Calendar(months=months, days=known, day_names=days)


def abbreviations_of(table: Mapping[str, object]) -> Abbreviations:
    stem = "abbreviations"
    no_others(table, stem, {"never", "before_number", "maybe_final", "degree_regex", "autolinked_degrees"})
    source = text_of(table.get("degree_regex"), "abbreviations.yaml: degree_regex")
    try:
        degree = re.compile(source)
    except re.error as e:
        raise ValueError(f"abbreviations.yaml: degree_regex: {e}") from e
    return Abbreviations(
        never=frozenset(texts_of(table, stem, "never")),
        before_number=frozenset(texts_of(table, stem, "before_number")),
        maybe_final=frozenset(texts_of(table, stem, "maybe_final")),
        degree=degree,
        autolinked=tuple(_optional_texts(table, stem, "autolinked_degrees")),
    )

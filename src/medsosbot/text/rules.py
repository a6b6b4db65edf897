"""The rules of shortening as one frozen value, made from the files of `config/words/`.

Nothing here knows Indonesian: months, glossary, protected words, what opens speech, what a role is, all of it is data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from medsosbot import strict_yaml
from medsosbot.text.phrases import Phrases

# file stem -> the lists that it must hold. `Rules.lists` knows each as "stem.key".
LISTS: Mapping[str, Sequence[str]] = {
    "clauses": [
        "companions",
        "purpose",
        "scope",
        "about",
        "preamble",
        "asking",
        "scope_words",
        "open_end",
        "cut_before",
        "no_verbs",
        "verbs",
        "event_verbs",
        "dangling",
        "pointing",
        "verb_prefixes",
    ],
    "speech": ["verbs", "always", "tags", "occasions", "resume", "doubt"],
    "status": [
        "status",
        "labels",
        "denial",
        "rumour",
        "deadline",
        "call",
        "correction",
        "wrong",
        "right",
        "temporary",
        "other_dates",
    ],
    "facts": [
        "roles",
        "venues",
        "wide",
        "online",
        "events",
        "offices",
        "units",
        "number_words",
        "no_number",
        "empty",
        "titles_of_people",
        "places",
        "fields",
        "bare_degrees",
    ],
    "protected": ("before", "after", "names_with_commas", "anaphoric_start", "drop_after"),
    "calendar": ("relative",),
}
# Lists in which a capital matters: "Anggota" is a role, "anggota" may be anybody.
CASED = frozenset(
    {
        "facts.roles",
        "facts.venues",
        "facts.events",
        "facts.offices",
        "facts.no_number",
        "facts.titles_of_people",
        "facts.wide",
        "facts.places",
        "facts.bare_degrees",
        "clauses.scope",
        "clauses.preamble",
        "speech.resume",
    }
)
STEMS = (
    "abbreviations",
    "calendar",
    "clauses",
    "facts",
    "glossary",
    "hashtags",
    "phrases",
    "protected",
    "speech",
    "status",
    "typos",
)


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


@dataclass(frozen=True, eq=False)
class Rules:
    """Everything that shortening goes by. Compared by identity: two readings of the same files are two values."""

    glossary: tuple[Rewrite, ...]
    typos: Mapping[str, str]
    hashtags: Hashtags
    calendar: Calendar
    abbreviations: Abbreviations
    lists: Mapping[str, Phrases]
    more: str

    def __getitem__(self, name: str) -> Phrases:
        """The list of that name, such as "speech.verbs"."""
        return self.lists[name]

    @classmethod
    def from_data(cls, data: Mapping[str, object]) -> Rules:
        """Check and build. data: file stem -> its strictly read value. Raises ValueError naming file and entry."""
        unknown = sorted(set(data) - set(STEMS))
        missing = sorted(set(STEMS) - set(data))
        if unknown or missing:
            what = [f"{stem}.yaml is not a file of rules" for stem in unknown] + [
                f"{s}.yaml is missing" for s in missing
            ]
            raise ValueError("; ".join(what))
        lists = {}
        for stem, keys in LISTS.items():
            table = _table(data[stem], stem)
            for key in keys:
                lists[f"{stem}.{key}"] = Phrases(_texts(table, stem, key), cased=f"{stem}.{key}" in CASED)
            if stem != "calendar":
                _no_others(table, stem, set(keys))
        phrases = _table(data["phrases"], "phrases")
        _no_others(phrases, "phrases", {"more"})
        return cls(
            glossary=_glossary(data["glossary"]),
            typos=_typos(data["typos"]),
            hashtags=_hashtags(_table(data["hashtags"], "hashtags")),
            calendar=_calendar(_table(data["calendar"], "calendar")),
            abbreviations=_abbreviations(_table(data["abbreviations"], "abbreviations")),
            lists=lists,
            more=_text(phrases.get("more"), "phrases.yaml: more"),
        )


def default_data() -> dict[str, object]:
    """The rules that the package carries: file stem -> value."""
    folder = resources.files("medsosbot") / "words"
    return {stem: strict_yaml.load((folder / f"{stem}.yaml").read_text("utf-8")).data for stem in STEMS}


@cache
def default_rules() -> Rules:
    """The rules that the package carries, read once."""
    return Rules.from_data(default_data())


def _table(value: object, stem: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise ValueError(f"{stem}.yaml: keys with values are wanted")
    return value


def _no_others(table: Mapping[str, object], stem: str, known: set[str]) -> None:
    for key in table:
        if key not in known:
            raise ValueError(f"{stem}.yaml: {key}: unknown key (known: {', '.join(sorted(known))})")


def _text(value: object, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{where}: a text is wanted, got {value!r}")
    return value.strip()


def _texts(table: Mapping[str, object], stem: str, key: str) -> tuple[str, ...]:
    value = table.get(key)
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise ValueError(f"{stem}.yaml: {key}: a list of words is wanted")
    return tuple(_text(v, f"{stem}.yaml: {key}") for v in value)


def _optional_texts(table: Mapping[str, object], stem: str, key: str) -> tuple[str, ...]:
    return _texts(table, stem, key) if table.get(key) is not None else ()


def _number(value: object, where: str, low: int, high: int) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit() and low <= int(value) <= high:
        return int(value)
    raise ValueError(f"{where}: a whole number from {low} to {high} is wanted, got {value!r}")


def _glossary(value: object) -> tuple[Rewrite, ...]:
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
        long=_text(entry.get("from"), f"{where}: from"),
        short=_text(entry.get("to"), f"{where}: to"),
        tier=_number(entry.get("tier"), f"{where}: tier", 0, 2),
        ci=ci == "true",
        not_before=_optional_texts(entry, where, "not_before"),
        not_after=_optional_texts(entry, where, "not_after"),
    )


def _typos(value: object) -> Mapping[str, str]:
    table = _table(value if value is not None else {}, "typos")
    return {_text(k, "typos.yaml"): _text(v, f"typos.yaml: {k}") for k, v in table.items()}


def _hashtags(table: Mapping[str, object]) -> Hashtags:
    _no_others(table, "hashtags", {"brand", "topics", "fallback", "max", "never"})
    topics = table.get("topics") or []
    if not isinstance(topics, Sequence) or isinstance(topics, str):
        raise ValueError("hashtags.yaml: topics: a list of {tag, any} is wanted")
    found = []
    for n, entry in enumerate(topics, 1):
        where = f"hashtags.yaml: topics: entry {n}"
        if not isinstance(entry, Mapping):
            raise ValueError(f"{where}: keys tag and any are wanted")
        found.append(Topic(_tag(entry.get("tag"), where), _texts(entry, where, "any")))
    fallback = table.get("fallback")
    return Hashtags(
        brand=tuple(_tag(t, "hashtags.yaml: brand") for t in _optional_texts(table, "hashtags", "brand")),
        topics=tuple(found),
        fallback=None if fallback is None else _tag(fallback, "hashtags.yaml: fallback"),
        most=_number(table.get("max", "2"), "hashtags.yaml: max", 0, 10),
        never=_optional_texts(table, "hashtags", "never"),
    )


def _tag(value: object, where: str) -> str:
    tag = _text(value, where)
    if not re.fullmatch(r"#\w*[^\W\d_]\w*", tag):
        raise ValueError(f"{where}: {tag!r} is no hashtag (# and letters, digits or _)")
    return tag


def _calendar(table: Mapping[str, object]) -> Calendar:
    _no_others(table, "calendar", {"months", "month_variants", "days", "day_variants", "numeric_order", "relative"})
    if table.get("numeric_order", "dmy") != "dmy":
        raise ValueError("calendar.yaml: numeric_order: only dmy is built")
    names = _texts(table, "calendar", "months")
    days = _texts(table, "calendar", "days")
    if len(names) != 12 or len(days) != 7:
        raise ValueError("calendar.yaml: twelve months and seven days, from Monday, are wanted")
    months = {name.lower(): n for n, name in enumerate(names, 1)}
    for name, number in _table(table.get("month_variants") or {}, "calendar").items():
        months[name.lower()] = _number(number, f"calendar.yaml: month_variants: {name}", 1, 12)
    known = {name.lower(): n for n, name in enumerate(days)}
    for name, day in _table(table.get("day_variants") or {}, "calendar").items():
        if not isinstance(day, str) or day.lower() not in known:
            raise ValueError(f"calendar.yaml: day_variants: {name}: {day!r} is no day of `days`")
        known[name.lower()] = known[day.lower()]
    return Calendar(months=months, days=known, day_names=days)


def _abbreviations(table: Mapping[str, object]) -> Abbreviations:
    stem = "abbreviations"
    _no_others(table, stem, {"never", "before_number", "maybe_final", "degree_regex", "autolinked_degrees"})
    source = _text(table.get("degree_regex"), "abbreviations.yaml: degree_regex")
    try:
        degree = re.compile(source)
    except re.error as e:
        raise ValueError(f"abbreviations.yaml: degree_regex: {e}") from e
    return Abbreviations(
        never=frozenset(_texts(table, stem, "never")),
        before_number=frozenset(_texts(table, stem, "before_number")),
        maybe_final=frozenset(_texts(table, stem, "maybe_final")),
        degree=degree,
        autolinked=tuple(_optional_texts(table, stem, "autolinked_degrees")),
    )

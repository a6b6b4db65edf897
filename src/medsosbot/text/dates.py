"""Dates as releases print them: found, understood day first, and held against their weekday.

A mention is one date or range with what belongs to it: "Rabu – Kamis (21-22/09/2022)", "9 sampai dengan 11 September
2022", "hari Selasa tanggal 27 September 2022", "Selasa (4/3)". Nothing is guessed: month first is never tried, a year
that isn't printed stays open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from medsosbot.text.rules import Rules

DASH = r"(?:-|–|—)"
JOIN = rf"(?:\s*{DASH}\s*|\s+(?:sampai\s+dengan|sampai|s\.?/?d\.?|hingga|dan|&)\s+(?:dengan\s+)?(?:tanggal\s+)?)"
LEAD = r"(?:(?:pada\s+)?hari\s+)?"


@dataclass(frozen=True)
class Day:
    """A day as printed: the year is None where none was printed. `whole` is None where the calendar has no such day."""

    day: int
    month: int
    year: int | None

    @property
    def whole(self) -> date | None:
        """The day itself, where the year is printed and the calendar has it."""
        return None if self.year is None else self.in_year(self.year)

    def in_year(self, year: int) -> date | None:
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True)
class Mention:
    """One date or range in a text. [start, end) covers weekday, brackets and all; [core, core_end) the date alone.

    days: first and last day (twice the same for a single day; every day for a list of two: "21 dan 22").
    weekdays: 0 Monday … 6 as printed, in order; weekday_words: the words themselves.
    contiguous: a range ("21-22", "9 s.d. 11"), not a list ("21 dan 22").
    """

    start: int
    end: int
    core: int
    core_end: int
    days: tuple[Day, Day]
    weekdays: tuple[int, ...]
    weekday_words: tuple[str, ...]
    numeric: bool
    contiguous: bool = True

    @property
    def single(self) -> bool:
        return self.days[0] == self.days[1]


@dataclass(frozen=True)
class WeekdayConflict:
    """A weekday that contradicts its date. printed: the words as they stand; start, end: their place in the text.

    weekday: as printed. true_weekday: what the calendar says (the rules' own name). date: the day in question.
    """

    printed: str
    weekday: str
    true_weekday: str
    date: date
    start: int
    end: int


@lru_cache(maxsize=8)
def _grammar(rules: Rules) -> re.Pattern[str]:
    """The pattern of a mention, weekdays and months from the calendar."""
    days = "|".join(sorted(map(re.escape, rules.calendar.days), key=len, reverse=True))
    months = "|".join(sorted(map(re.escape, rules.calendar.months), key=len, reverse=True))
    sep = rf"(?:\s*{DASH}\s*|\s*,\s*|\s+(?:dan|sampai\s+dengan|sampai|s\.?/?d\.?|hingga)\s+|\s*&\s*)"
    weekday = rf"(?:{LEAD}\b(?P<w>(?:{days})(?:{sep}(?:hari\s+)?(?:{days}))*)\b(?:\s+(?:tanggal|tgl\.?))?\s*,?\s*)?"
    number, year = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:19|20)\d\d"
    slash = r"[/.\-]"
    numeric = (
        rf"(?P<n1>{number})(?:(?:{slash}(?P<nm1>0?[1-9]|1[0-2])(?:{slash}(?P<ny1>{year}))?)?"
        rf"(?P<nj>\s*(?:{DASH}|s\.?/?d\.?|dan|sampai\s+dengan|hingga|&)\s*)(?P<n2>{number}))?"
        rf"(?P<ns>{slash})(?P<nm>0?[1-9]|1[0-2])(?:(?P=ns)(?P<ny>{year}|\d\d(?!\d)))?"
    )
    named = (
        rf"(?P<d1>{number})(?:(?:\s+(?P<m1>{months})\.?(?:\s+(?P<y1>{year}))?)?"
        rf"(?P<dj>{JOIN}(?:(?:{days})\s*,?\s*)?)(?P<d2>{number}))?\s+(?P<m>{months})\b\.?(?:\s+(?:tahun\s+)?(?P<y>{year}))?"
    )
    return re.compile(
        rf"(?<![\w/]){weekday}(?:(?:tanggal|tgl\.?)\s+)?(?P<o>\()?\s*(?:(?:tanggal|tgl\.?)\s+)?"
        rf"(?P<core>(?<![\d.,/-])(?:{named}|{numeric}))(?![\d%]|[./,-]\d|/)(?P<c>\s*\))?",
        re.IGNORECASE,
    )


def mentions(text: str, rules: Rules) -> tuple[Mention, ...]:
    """Every date or range of the text, left to right."""
    if not any(ch.isdigit() for ch in text):
        return ()
    found, at, grammar = [], 0, _grammar(rules)
    while (match := grammar.search(text, at)) is not None:
        mention = _mention(match, rules)
        at = max(mention.end if mention else match.end(), match.start() + 1)
        if mention is not None:
            found.append(mention)
    return tuple(found)


def _mention(m: re.Match[str], rules: Rules) -> Mention | None:
    numeric = m["n1"] is not None
    days = _numeric(m) if numeric else _named(m, rules)
    words = tuple(re.findall(r"[^\W\d_]+(?:[’'][^\W\d_]+)?", m["w"])) if m["w"] else ()
    words = tuple(w for w in words if w.lower() in rules.calendar.days)
    if days is None or (numeric and not _is_date(m, words)):
        return None
    joint = m["nj"] or m["dj"] or ""
    if m["m1"] and re.search(r"\bdan\b|&", joint):  # two dates, each with its month: the first for itself
        return _first_of_two(m, days[0], words, rules)
    start, end = m.span()
    if m["o"] and not m["c"]:  # "(4/3 di Aula)": the bracket closes later
        end = m.end("core")
    if m["c"] and not m["o"]:
        end = m.end("core")
    start += len(m.group()) - len(m.group().lstrip())
    return Mention(
        start=start,
        end=end,
        core=m.start("core"),
        core_end=m.end("core"),
        days=days,
        weekdays=tuple(rules.calendar.days[w.lower()] for w in words),
        weekday_words=words,
        numeric=numeric,
        contiguous=not re.search(r"\bdan\b|&", joint),
    )


def _first_of_two(m: re.Match[str], day: Day, words: tuple[str, ...], rules: Rules) -> Mention:
    """ "24 Juni 2018 dan 3 Juli 2018" is two mentions; the pattern took them as one."""
    end = m.end("y1") if m["y1"] else m.end("m1")
    start = m.start("w") if m["w"] else m.start("d1")
    weekdays = tuple(rules.calendar.days[w.lower()] for w in words)
    return Mention(start, end, m.start("d1"), end, (day, day), weekdays, words, numeric=False)


def _is_date(m: re.Match[str], words: tuple[str, ...]) -> bool:
    """Without a year a date wants a slash and a weekday or brackets; a year of two digits wants one of these."""
    if m["ny"]:
        return len(m["ny"]) == 4 or bool(words) or bool(m["o"])
    return m["ns"] == "/" and (bool(words) or bool(m["o"] and m["c"]))


def _numeric(m: re.Match[str]) -> tuple[Day, Day] | None:
    year = None if not m["ny"] else int(m["ny"]) + (2000 if len(m["ny"]) == 2 else 0)
    last = Day(int(m["n2"] or m["n1"]), int(m["nm"]), year)
    first = Day(int(m["n1"]), int(m["nm1"] or m["nm"]), int(m["ny1"]) if m["ny1"] else year)
    return _pair(first, last)


def _named(m: re.Match[str], rules: Rules) -> tuple[Day, Day] | None:
    year = int(m["y"]) if m["y"] else None
    month = rules.calendar.months[m["m"].lower()]
    last = Day(int(m["d2"] or m["d1"]), month, year)
    first_month = rules.calendar.months[m["m1"].lower()] if m["m1"] else month
    return _pair(Day(int(m["d1"]), first_month, int(m["y1"]) if m["y1"] else year), last)


def _pair(first: Day, last: Day) -> tuple[Day, Day] | None:
    """None where the calendar has no such day in any year."""
    if any(day.in_year(2000) is None for day in (first, last)):
        return None
    return first, last


def weekday_conflicts(text: str, rules: Rules, *, written: date | None = None) -> tuple[WeekdayConflict, ...]:
    """Every weekday of the text that contradicts its date.

    written: the `date` that the release carries; a date without a year is looked at in the year nearest to it, and not
    at all without it. A day that the calendar doesn't have (31/2/2022) has no weekday: that is told by nobody here.
    """
    found: list[WeekdayConflict] = []
    for mention in mentions(text, rules):
        found += _conflicts(mention, text, rules, written)
    return tuple(found)


def _conflicts(mention: Mention, text: str, rules: Rules, written: date | None) -> list[WeekdayConflict]:
    days = [_whole(day, written) for day in mention.days]
    if not mention.weekdays or any(day is None for day in days):
        return []
    ends = days[:1] if mention.single else days
    printed = mention.weekdays
    if len(printed) == len(ends):
        pairs = list(zip(printed, mention.weekday_words, ends, strict=True))
    elif len(printed) == 1:  # one weekday before a range names its first day
        pairs = [(printed[0], mention.weekday_words[0], ends[0])]
    else:
        pairs = [(printed[0], mention.weekday_words[0], ends[0]), (printed[-1], mention.weekday_words[-1], ends[-1])]
    return [
        WeekdayConflict(
            printed=text[mention.start : mention.end],
            weekday=word,
            true_weekday=rules.calendar.day_names[day.weekday()],
            date=day,
            start=mention.start,
            end=mention.end,
        )
        for weekday, word, day in pairs
        if day is not None and day.weekday() != weekday
    ]


def _whole(day: Day, written: date | None) -> date | None:
    if day.year is not None or written is None:
        return day.whole
    near = [d for d in (day.in_year(written.year + n) for n in (-1, 0, 1)) if d is not None]
    return min(near, key=lambda d: abs((d - written).days)) if near else None


def first_full_date(text: str, rules: Rules) -> date | None:
    """The first date with a year (of a range its first day), or None."""
    for mention in mentions(text, rules):
        if mention.days[0].whole is not None:
            return mention.days[0].whole
    return None


def newest_full_date(text: str, rules: Rules) -> date | None:
    """The latest date with a year anywhere in the text (of a range its last day), or None."""
    found = [day.whole for mention in mentions(text, rules) for day in mention.days]
    return max((day for day in found if day is not None), default=None)


def short(mention: Mention) -> str:
    """The mention as a post's line prints it: "27/9/2022", "21–22/9/2022", "29/1–2/2/2024", "4/3"."""
    first, last = mention.days
    tail = f"/{last.year}" if last.year is not None else ""
    end = f"{last.day}/{last.month}{tail}"
    if first == last:
        return end
    if first.year != last.year:
        return f"{first.day}/{first.month}/{first.year}–{end}"
    joint = "–" if mention.contiguous or (first.month == last.month and last.day - first.day == 1) else " dan "
    return f"{first.day}{joint}{end}" if first.month == last.month else f"{first.day}/{first.month}{joint}{end}"

"""What stands around a release's text: the dateline before it and the byline behind it.

Datelines come as "Samarinda, kaltim.kpu.go.id –", a host alone, a city alone ("BALIKPAPAN—"), a city with a date,
"Sidoarjo (host)", "Pasangkayu;", or a host without any dash. Each would be a link or shouting on X.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from medsosbot.text.dates import mentions
from medsosbot.text.phrases import words_of
from medsosbot.text.rules import Rules

HOST = r"(?i:(?:https?://)?(?:www\.)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:go\.id|id|com|net|org)(?![a-z])(?:/\S*)?)"
CITY = r"[^\W\d_][\w’'-]*(?:[ ][^\W\d_][\w’'-]*){0,3}"
DASH = r"(?:[–—]|-{1,2}|[;:|])"
MARK = rf"(?:\s*{DASH}\s*)"
STRONG = r"(?:\s*[–—]\s*|\s+-{1,2}\s*|\s*--\s*|-(?=\s)\s*|[;:]\s+)"
NOT_WORDS = r"(?!\d)"
SHAPES = (
    # City, host – | City (host) – | City, host Text
    rf"(?P<city>{CITY})(?:\s*[,/(]\s*\(?|\s+)\s*(?P<host>{HOST})\s*\)?\s*(?:[,(]\s*(?P<when>[^()\n–—]{{3,40}}?)\s*\)?\s*)?(?:{MARK}|\s+(?=[A-Z“\"]))",
    # host – | host Text
    rf"(?P<host>{HOST})\s*(?:[,(]\s*(?P<when>[^()\n–—]{{3,40}}?)\s*\)?\s*)?(?:{MARK}|\s+(?=[A-Z“\"]))",
    # City (4/3/2024) – | City, 4 Maret 2024 –
    rf"(?P<city>{CITY})\s*[,(]\s*(?P<when>[^()\n–—]{{3,40}}?)\s*\)?\s*(?:{STRONG})",
    # City, 5 Juli 2024. Text | City (24/3). Text
    rf"(?P<city>{CITY}),\s*(?P<when>[^()\n–—.]{{3,40}}?\d)\s*[.]\s+",
    rf"(?P<city>{CITY})\s*,?\s*\((?P<when>[^()\n–—]{{3,40}}?)\)\s*[.]\s+",
    # Makale. KPU Kabupaten …: one word and a stop, then an office or a role
    r"(?P<lone>[A-Z][^\W\d_]{2,}(?:\s[A-Z][^\W\d_]{2,})?)[.]\s+(?=[A-Z])",
    # City – | CITY—
    rf"(?P<city>{CITY}){STRONG}",
)
PATTERNS = tuple(re.compile(shape) for shape in SHAPES)
# "(Tim Medsos KPU Kaltim)", "(AK/FN)", "(rap/ed. Foto: …)", "(DA_ZI_Tekhum)" at the end.
BRACKET = re.compile(r"\s*\(\s*(?P<by>[^()\n]{2,80})\s*\)\s*\.?\s*$")
SIGNERS = "Editor|Penulis|Reporter|Foto|Teks|Kontributor|Pewarta|Red|Redaksi|Sumber|Dokumentasi|Penyunting|Humas"
LINE = re.compile(rf"(?:^|\n|(?<=[.!?”\"])[ ])\s*(?P<by>(?:{SIGNERS})\s*(?:/\s*\w+\s*)?[:.=][^\n]{{2,120}})\s*$")
TEAM = re.compile(
    r"\b(?:tim|medsos|humas|red|redaksi|foto|ed|editor|admin|parmas|teknis|hupmas|tekhum|kontributor|rilis|doc|dok)\b",
    re.I,
)
INITIALS = re.compile(r"(?=.*[/_&,+-]|[A-Za-z.]{2,6}$|[a-z]{2,12}$|[A-Z]{2,6}$)[\w./&,+ :-]{2,30}$")


@dataclass(frozen=True)
class Dateline:
    """city, host: as printed, None where there is none. printed: the whole dateline with its dash."""

    city: str | None
    host: str | None
    printed: str


def split_dateline(paragraph: str, rules: Rules) -> tuple[Dateline | None, str]:
    """A paragraph's dateline, if it opens with one, and the rest of the paragraph."""
    head = paragraph[:200]
    indent = len(head) - len(head.lstrip())
    for pattern in PATTERNS:
        m = pattern.match(head, indent)
        if m is None:
            continue
        groups = m.groupdict()
        rest = paragraph[m.end() :].lstrip()
        if not rest or not _plausible(groups, rest, m.group(), rules):
            continue
        return Dateline(groups.get("city") or groups.get("lone"), groups.get("host"), m.group().strip()), rest
    return None, paragraph


def _plausible(groups: dict[str, str | None], rest: str, printed: str, rules: Rules) -> bool:
    lone = groups.get("lone")
    if lone is not None:
        return _stands_before_subject(lone, rest, rules)
    city, when = groups.get("city"), groups.get("when")
    if groups.get("host") is None:
        if city is None or (not rest[0].isupper() and rest[0] not in "“\"'‘[(0123456789"):
            return False
        words = city.split()
        if any(not w[0].isupper() for w in words) or any(w.lower() in rules.calendar.days for w in words):
            return False
        if any(w in rules["facts.offices"] or w in rules["facts.events"] or w in rules["facts.roles"] for w in words):
            return False
        if printed.rstrip()[-1] in ";:" and (len(words) > 3 or rules["status.labels"].within(words_of(city))):
            return False
    elif city is not None and not city[0].isupper():
        return False
    return when is None or bool(mentions(f"({when})", rules)) or bool(mentions(when, rules))


def _stands_before_subject(city: str, rest: str, rules: Rules) -> bool:
    """A city and a stop before the release's first subject, and no sentence or label of its own."""
    lists = ("facts.offices", "facts.roles", "facts.events", "facts.venues", "status.labels")
    words = words_of(city)
    if any(rules[name].within(words) for name in lists) or city in rules.abbreviations.never:
        return False
    first = words_of(rest[:60])
    return any(rules[name].at(first, 0) for name in ("facts.offices", "facts.roles"))


def split_byline(body: str, rules: Rules) -> tuple[str, str | None]:
    """The body without its byline, and the byline without brackets (None where there is none).

    A bracket at the end is a byline if it names a team or holds initials; several "Editor:" lines go together.
    """
    rest, found = body.rstrip(), []
    for _ in range(4):
        tail = rest[-400:]
        m = BRACKET.search(tail)
        if m is None or not _is_byline(m["by"], tail[: m.start()], rules):
            m = LINE.search(tail)
        if m is None:
            break
        found.append(m["by"].strip())
        rest = rest[: len(rest) - len(tail) + m.start()].rstrip()
    return (rest, "; ".join(reversed(found))) if found and rest else (body, None)


def _is_byline(text: str, before: str, rules: Rules) -> bool:
    """A date or an acronym of the words before it is none; initials count behind a sentence's end alone."""
    if mentions(f"({text})", rules) or any(ch.isdigit() for ch in text):
        return False
    if TEAM.search(text):
        return True
    ended = before.rstrip()[-1:] in tuple('.!?”"’)')
    return bool(INITIALS.fullmatch(text.strip())) and (ended or any(ch in text for ch in "/_"))

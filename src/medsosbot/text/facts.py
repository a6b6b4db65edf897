"""What a release tells of its event: when, where, who, how many, who organises; each with its sentence and place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from medsosbot.text.dates import Mention
from medsosbot.text.phrases import Word
from medsosbot.text.reading import Reading
from medsosbot.text.rules import Rules
from medsosbot.text.shape import Shape
from medsosbot.text.signs import Sign
from medsosbot.text.when import event_date, event_dates, first_number

CLOCK = re.compile(r"\d{1,2}[.:]\d{2}(?:wib|wita|wit)?", re.IGNORECASE)
YEAR = re.compile(r"(?:19|20)\d\d")


class Kind(Enum):
    """The kinds of facts, from the worthiest."""

    DATE = "date"
    VENUE = "venue"
    PERSON = "person"
    NUMBER = "number"
    ORGANISER = "organiser"
    MORE = "more"  # a further person, number or place
    RESULT = "result"  # what came of it
    OTHER_DATE = "other date"  # a date of the lead that is not surely the event's


@dataclass(frozen=True, slots=True)
class Fact:
    """told.text[start:end] of sentence `number` tells this. key: what makes two tellings the same fact."""

    kind: Kind
    number: int
    start: int
    end: int
    key: str


def facts_of(reading: Reading, shapes: dict[int, Shape], rules: Rules) -> tuple[Fact, ...]:
    """Every fact of title and sentences. Of each kind the first of the event counts; the others are MORE."""
    when = event_date(reading, rules)
    found: list[Fact] = [*_dates(shapes, when, first_number(reading), rules)]
    seen: dict[Kind, str] = {}
    for number in sorted(shapes):
        shape = shapes[number]
        if number < 0 or shape.told.signs & Sign.ROW:
            continue
        own = not shape.told.signs & (Sign.SPEECH | Sign.PART)
        for start, end, name in persons(shape, rules):
            found.append(_fact(Kind.PERSON, number, start, end, name, seen))
        if own:
            for start, end, name in venues(shape, rules):
                found.append(_fact(Kind.VENUE, number, start, end, name, seen))
            n = rules["facts.results"].at(shape.words, 0) if number > first_number(reading) else 0
            if n:
                found.append(Fact(Kind.RESULT, number, shape.words[0].start, shape.words[n - 1].end, "result"))
            for a, b in rules["gates.all_the_same"].find(shape.words):  # the exception from the rule before it
                found.append(Fact(Kind.RESULT, number, shape.words[a].start, shape.words[b - 1].end, "exception"))
            for start, end, name in numbers(shape, rules):
                found.append(_fact(Kind.NUMBER, number, start, end, name, seen))
    lead = first_number(reading)
    for number in (lead, -1):
        if number in shapes:
            office = organiser(shapes[number], rules)
            if office is not None:
                found.append(Fact(Kind.ORGANISER, number, *office))
    return tuple(found)


def _fact(kind: Kind, number: int, start: int, end: int, key: str, seen: dict[Kind, str]) -> Fact:
    first = seen.setdefault(kind, key)
    return Fact(kind if first == key else Kind.MORE, number, start, end, key)


def _dates(shapes: dict[int, Shape], when: Mention | None, lead: int, rules: Rules) -> Iterator[Fact]:
    for number, shape in shapes.items():
        sure = event_dates(shape.told, rules) if when is not None else ()
        for mention in shape.told.dates:
            if when is not None and mention in sure and mention.days == when.days:
                yield Fact(Kind.DATE, number, mention.start, mention.end, "date")
            elif number == lead and (when is None or mention.days != when.days):
                yield Fact(Kind.OTHER_DATE, number, mention.start, mention.end, str(mention.days))


def venues(shape: Shape, rules: Rules) -> Iterator[tuple[int, int, str]]:
    """Places: "di Aula Kantor KPU …", "bertempat di Hotel …", "di Kota Balikpapan"; no provinces."""
    words = shape.words
    for i, word in enumerate(words[:-1]):
        if word.low not in rules["grammar.at_or_to"]:
            continue
        following = words[i + 1]
        if following.text not in rules["facts.venues"] and not _is_city(shape, i + 1, rules):
            continue
        end = i + 1
        while end < len(words) and (
            words[end].text[0].isupper() or words[end].text[0].isdigit() or words[end].low in rules["grammar.floors"]
        ):
            if end > i + 1 and shape.text[words[end - 1].end : words[end].start] != " ":
                break
            end += 1
        if any(m.start < words[end - 1].end and words[i].start < m.end for m in shape.told.dates):
            continue
        yield word.start, words[end - 1].end, " ".join(w.low for w in words[i + 1 : end])


def _is_city(shape: Shape, i: int, rules: Rules) -> bool:
    word = shape.words[i]
    if shape.words[i - 1].low not in rules["grammar.at"] or not word.text[0].isupper() or word.text.isupper():
        return False
    wide = word.text in rules["facts.wide"] or word.low in rules["grammar.no_city"]
    return not wide and word.text not in rules["facts.events"] and word.text not in rules["facts.offices"]


def numbers(shape: Shape, rules: Rules) -> Iterator[tuple[int, int, str]]:
    """Amounts and counts: no dates, times, years, "Nomor 17", list numbers."""
    words = shape.words
    for i, word in enumerate(words):
        if not word.text[0].isdigit() or any(m.start <= word.start < m.end for m in shape.told.dates):
            continue
        if _is_other(words, i, rules):
            continue
        end = words[i + 1].end if i + 1 < len(words) else word.end
        yield word.start, end, word.low


def _is_other(words: tuple[Word, ...], i: int, rules: Rules) -> bool:
    text = words[i].text
    before = words[i - 1] if i else None
    if YEAR.fullmatch(text) or (CLOCK.fullmatch(text) and (before is None or before.low in rules["grammar.clock"])):
        return True
    if i + 1 < len(words) and words[i + 1].low in rules["grammar.zones"]:
        return True
    if before is None or i == 1:
        return before is not None and before.text in rules["facts.no_number"]
    named = before.text[0].isupper() and before.low not in rules["grammar.amounts"]
    return named or before.text in rules["facts.no_number"]


def persons(shape: Shape, rules: Rules) -> Iterator[tuple[int, int, str]]:
    """ "Role …, Name" and "Role Office Name": the name's place with its role."""
    words = shape.words
    i = 0
    while i < len(words):
        n = rules["facts.roles"].at(words, i)
        if not n or (i and words[i - 1].low in rules["grammar.no_holder"]):
            i += n or 1
            continue
        i += n - 1
        name = _behind_role(shape, i, rules)
        if name is None:
            i += 1
            continue
        a, b = name
        yield words[a].start, words[b - 1].end, " ".join(w.low for w in words[a:b])
        i = b


def _behind_role(shape: Shape, i: int, rules: Rules) -> tuple[int, int] | None:
    """The words [a, b) of the name that this role leads to, within the role's own phrase."""
    words = shape.words
    k = i + 1
    while k < len(words) and k < i + 16:
        gap = shape.text[words[k - 1].end : words[k].start]
        if gap.startswith(",") and words[k - 1].end in shape.commas:
            b = _name_end(shape, k, rules)
            return (k, b) if b > k else None
        if gap.strip(" .()/&,"):
            return None
        if not _in_title(words[k], rules):
            b = _name_end(shape, k, rules)
            return (k, b) if b > k and words[k].text[0].isupper() else None
        k += 1
    return None


def _in_title(word: Word, rules: Rules) -> bool:
    """May this word stand between a role and its holder's name: office, rank, place, division?"""
    if not word.text[0].isupper():
        return word.low in rules["grammar.in_role"] or word.low.startswith("se-")
    return (
        word.text.isupper()
        or word.text in rules["facts.places"]
        or word.text in rules["facts.offices"]
        or word.text in rules["facts.roles"]
        or word.low in rules["facts.fields"]
    )


def _name_end(shape: Shape, k: int, rules: Rules) -> int:
    """Behind the last word of a name that begins at word k; k where none does."""
    words = shape.words
    n = k
    while n < len(words) and n < k + 6:
        word = words[n]
        if n > k and shape.text[words[n - 1].end : word.start].strip(" .'’"):
            break
        if not word.text[0].isupper() and not (n > k and word.low in rules["grammar.in_name"]):
            break
        if _no_name(word, rules):
            return k if n == k or word.text in rules["facts.places"] else n
        n += 1
    return n


def _no_name(word: Word, rules: Rules) -> bool:
    lists = ("facts.offices", "facts.roles", "facts.venues", "facts.events", "facts.places", "facts.no_number")
    return (
        any(word.text in rules[name] for name in lists)
        or word.low in rules.calendar.days
        or word.low in rules.calendar.months
        or (len(word.text) < 2 and word.text not in "HR")
    )


def organiser(shape: Shape, rules: Rules) -> tuple[int, int, str] | None:
    """The first office that the sentence names."""
    words = shape.words
    for i, word in enumerate(words):
        if word.text in rules["grammar.organisers"] or (word.text in rules["facts.offices"] and i == 0):
            return word.start, word.end, "organiser"
    return None

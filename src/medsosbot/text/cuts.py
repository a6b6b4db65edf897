"""What may fall from a sentence, by which rule, in the order of worth: the least worthy first.

A cut is a span of the source. Rules only propose; `sound` in candidates.py decides whether what is left may stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from medsosbot.text.phrases import Phrases
from medsosbot.text.shape import Shape
from medsosbot.text.verbs import is_verb
from medsosbot.text.weekday import conflict_spans, lead_in

# The nested sets: whoever takes one takes those before it.
ORDER = ("companions", "purpose", "scope", "about")
FREE_BEFORE_VERB = ("telah",)
VENUE_PREPOSITIONS = ("di", "bertempat")


@dataclass(frozen=True, slots=True, order=True)
class Cut:
    """text[start:end] falls, by this rule."""

    start: int
    end: int
    rule: str


def free(shape: Shape) -> tuple[Cut, ...]:
    """What falls everywhere on X: contradicting dates, "oleh", "telah", "langsung", "hari", "tanggal", degrees …"""
    found = [Cut(a, b, "weekday") for a, b in conflict_spans(shape.told)]
    words = shape.words
    for i, word in enumerate(words):
        if _is_free(shape, i) and shape.is_open(word.start):
            follows = words[i + 1].start if i + 1 < len(words) else word.end
            found.append(Cut(word.start, follows, "free"))
    found += degrees(shape)
    found += [Cut(m.start(), m.end(), "sign") for m in re.finditer(r"@(?=\d)", shape.text)]
    return _apart(found)


def _is_free(shape: Shape, i: int) -> bool:
    words, rules = shape.words, shape.rules
    low = words[i].low
    following = words[i + 1] if i + 1 < len(words) else None
    if following is None or i == 0:
        return False
    if shape.text[words[i].end : following.start] != " ":
        return False
    if low == "oleh":
        return _passive_before(shape, i)
    if low == "telah":
        return is_verb(following, rules)
    if low == "langsung":
        if words[i - 1].low == "secara":
            return (i - 2) in shape.verbs
        return words[i - 1].low.startswith("di") and (i - 1) in shape.verbs
    if low == "secara":
        return following.low == "langsung" and (i - 1) in shape.verbs
    if low == "hari":
        return following.low in rules.calendar.days
    if low in ("tanggal", "tgl"):
        return any(m.start <= words[i].start < m.core for m in shape.told.dates) or any(
            m.core == following.start for m in shape.told.dates
        )
    if low == "kegiatan":
        return following.text[0].isupper() and (following.text in rules["facts.events"] or (i - 1) in shape.verbs)
    return False


def _passive_before(shape: Shape, i: int) -> bool:
    """ "dibuka oleh", "dibuka langsung oleh": directly behind a passive verb."""
    k = i - 1
    while k > 0 and shape.words[k].low in ("langsung", "secara", "resmi"):
        k -= 1
    return shape.words[k].low.startswith("di") and k in shape.verbs


def degrees(shape: Shape) -> list[Cut]:
    """All degrees behind a name: half of them is worse than none, and some become links."""
    degree = shape.rules.abbreviations.degree.pattern
    bare = "|".join(shape.rules["facts.bare_degrees"].phrases)
    one = rf"(?:{degree}|(?:{bare})\b\.?|[SM]\.?\s?[A-Z][A-Za-z]{{0,3}}\.|Ph\.\s?D\.?|LL\.M\.?)"
    pattern = _pattern(rf"(?<=[^\W\d_]),?\s+{one}(?:,?\s*{one})*(?=[\s,;)]|$|\.$)")
    return [
        Cut(m.start(), m.end(), "degree")
        for m in pattern.finditer(shape.text)
        if m.group().lstrip(" ,").startswith(tuple("SMADBPL")) and ("," in m.group() or "." in m.group())
    ]


_PATTERNS: dict[str, re.Pattern[str]] = {}


def _pattern(source: str) -> re.Pattern[str]:
    if source not in _PATTERNS:
        _PATTERNS[source] = re.compile(source)
    return _PATTERNS[source]


def companions(shape: Shape) -> tuple[Cut, ...]:
    """Accompanying officials: from "didampingi" to the end of what hangs on it."""
    found = []
    for list_name in ("clauses.companions", "protected.drop_after"):
        for a, b in shape.rules[list_name].find(shape.words):
            if shape.words[a].low in ("sehingga", "agar", "karena") or not a:
                continue
            found += [Cut(s, e, "companions") for s, e in _reach(shape, a, b, verb_inside=True)]
    return _apart(found)


def purpose(shape: Shape) -> tuple[Cut, ...]:
    """Purpose and result clauses, unless what is asked or granted stands before them."""
    found = []
    for a, b in shape.rules["clauses.purpose"].find(shape.words):
        if not a or _asked(shape, a) or not any(v < a for v in shape.verbs):
            continue
        found += [Cut(s, e, "purpose") for s, e in _reach(shape, a, b, verb_inside=False)]
    return _apart(found)


def _asked(shape: Shape, a: int) -> bool:
    """Is "agar/untuk" what was said, asked or granted? A word of asking before it, in the same sentence."""
    return shape.rules["clauses.asking"].within(shape.words[max(0, a - 14) : a])


def scope(shape: Shape) -> tuple[Cut, ...]:
    """Whom it takes in: "Tingkat …", "di Lingkungan …", "KPU Kabupaten/Kota se-…", "di Kaltim", a division."""
    found = []
    words = shape.words
    for a, b in shape.rules["clauses.scope"].find(words):
        if a:
            found += [Cut(s, e, "scope") for s, e in _reach(shape, a, b, verb_inside=False)]
    for a, b in _MEMBERS.find(words):
        end = b
        while (
            end < len(words)
            and (words[end].low.startswith("se-") or words[end].text[0].isupper())
            and _side(shape, end)
        ):
            end += 1
        if a and _names_event(shape, a - 1):
            found.append(Cut(_gap(shape, words[a].start), words[end - 1].end, "scope"))
    found += [*_wide(shape), *_divisions(shape)]
    return _apart(found)


def _divisions(shape: Shape) -> Iterator[Cut]:
    """ "Anggota KPU X Divisi Y, Name": the division between an office's member and the name."""
    for i, word in enumerate(shape.words):
        if word.text != "Divisi" or not i or shape.words[i - 1].text in shape.rules["facts.roles"]:
            continue
        comma = next((c for c in shape.commas if c > word.start), -1)
        inside = shape.between(word.start, comma) if comma > 0 else ()
        name = shape.words[shape.word_at(comma)] if comma > 0 and shape.word_at(comma) < len(shape.words) else None
        if (
            name is not None
            and name.text[0].isupper()
            and inside
            and len(inside) < 16
            and not shape.has_verb(word.start, comma)
        ):
            yield Cut(_gap(shape, word.start), comma, "scope")


_MEMBERS = Phrases(["KPU Provinsi dan KPU Kabupaten/Kota", "KPU Kabupaten/Kota", "KPU Kab/Kota"])


def _names_event(shape: Shape, i: int) -> bool:
    """Is this word part of a capitalised name, side by side with the next, and no office, role or number?"""
    word = shape.words[i]
    rules = shape.rules
    plain = word.text[0].isupper() and not word.text.isupper()
    return (
        plain
        and _side(shape, i + 1)
        and word.text not in rules["facts.roles"]
        and word.text not in rules["facts.offices"]
    )


def _side(shape: Shape, i: int) -> bool:
    """Nothing but a space stands before this word."""
    return shape.text[shape.words[i - 1].end : shape.words[i].start] == " "


def _wide(shape: Shape) -> Iterator[Cut]:
    """ "di Provinsi Kalimantan Timur", "se-Kalimantan Timur" at a clause's end: no venue, a scope."""
    words = shape.words
    for i, word in enumerate(words):
        start = i
        if (
            word.low == "di"
            and i + 1 < len(words)
            and words[i + 1].text in ("Provinsi", "Kabupaten", "Kalimantan", "Kaltim", "Indonesia", "seluruh")
        ):
            start = i
        elif not (word.low.startswith("se-") and i and _side(shape, i) and words[i - 1].text[0].isupper()):
            continue
        end = start + 1
        while end < len(words) and words[end].text[0].isupper() and _side(shape, end):
            end += 1
        behind = shape.text[words[end - 1].end :].lstrip()
        ends = not behind or behind[0] in ".," or bool(shape.rules["clauses.companions"].at(words, end))
        if start and ends and words[start - 1].low not in ("berada", "terletak", "bertempat"):
            yield Cut(_gap(shape, word.start), words[end - 1].end, "scope")


def about(shape: Shape) -> tuple[Cut, ...]:
    """ "tentang …" up to the end."""
    found = []
    for a, b in shape.rules["clauses.about"].find(shape.words):
        if a and any(v < a for v in shape.verbs):
            found += [Cut(s, e, "about") for s, e in _reach(shape, a, b, verb_inside=False)]
    return _apart(found)


def relative(shape: Shape) -> tuple[Cut, ...]:
    """ ", yang …" behind a comma, up to the sentence's end."""
    for i, word in enumerate(shape.words):
        if i and word.low == "yang" and shape.text[: word.start].rstrip().endswith(","):
            comma = shape.text.rfind(",", 0, word.start)
            if comma in shape.commas:
                return (Cut(comma, shape.closing_start, "relative"),)
    return ()


def closing_relative(shape: Shape) -> tuple[Cut, ...]:
    """A last "yang di…" without a comma, up to the sentence's end: how it was put down, held, led."""
    words, rules = shape.words, shape.rules
    if shape.closing is not None or rules["clauses.asking"].within(words):
        return ()
    for i in range(len(words) - 3, 1, -1):
        if words[i].low == "yang":
            passive = (i + 1) in shape.verbs and words[i + 1].low.startswith("di")
            tail = words[i:]
            bare = not rules["protected.before"].within(tail) and not any(w.text[0].isdigit() for w in tail)
            if passive and bare and shape.verbs[0] < i - 1:
                return (Cut(_gap(shape, words[i].start), shape.end, "relative"),)
            return ()
    return ()


def second_verb(shape: Shape) -> tuple[tuple[int, int], ...]:
    """(place of " dan"/"serta"/comma, place of the verb) of each coordinated verb phrase behind the first verb."""
    found = []
    words = shape.words
    first = shape.verbs[0] if shape.verbs else len(words)
    for i in range(first + 2, len(words)):
        if i in shape.verbs and words[i - 1].low in ("dan", "serta", "sekaligus") and shape.is_open(words[i].start):
            found.append((_gap(shape, words[i - 1].start), words[i].start))
    return tuple(found)


def preamble(shape: Shape) -> Cut | None:
    """The opening before ", SUBJECT verb", where it is background, law, an occasion or a frame."""
    n = shape.rules["clauses.preamble"].at(shape.words, 0)
    if not n:
        return None
    for comma in shape.commas:
        i = shape.word_at(comma)
        if i >= len(shape.words):
            return None
        if _subject_and_verb(shape, i):
            return Cut(0, shape.words[i].start, "preamble")
    if shape.words[0].low == "dalam" and n == 3:  # "Dalam kegiatan tersebut setiap KPU …", without a comma
        return Cut(0, shape.words[3].start, "preamble") if len(shape.words) > 5 else None
    return None


def _subject_and_verb(shape: Shape, i: int) -> bool:
    """Does a subject (office, role with its name, event) begin at this word, and its verb before another comma?

    One comma pair round a name may stand in between: "Ketua KPU X, Budi, membuka".
    """
    words, rules = shape.words, shape.rules
    if not any(words[i].text in rules[name] for name in ("facts.offices", "facts.roles", "facts.events")):
        return False
    commas = 0
    for k in range(i + 1, min(i + 16, len(words))):
        if shape.text[words[k - 1].end : words[k].start].startswith(","):
            commas += 1
        if k in shape.verbs:
            return commas in (0, 2)
        if commas and words[k].low in ("dan", "serta", "atau"):
            return False
    return False


def repeated_dates(shape: Shape, known: frozenset[object]) -> tuple[Cut, ...]:
    """Dates that the post has already, with what only led up to them."""
    found = []
    for mention in shape.told.dates:
        if mention.days in known:
            found.append(Cut(lead_in(shape.text, mention.start), mention.end, "date"))
    return _apart(found)


def times(shape: Shape) -> tuple[Cut, ...]:
    """Times of day: "pukul 09.00 WITA", "pukul 09.00 – 12.00 WITA"."""
    clock = r"\d{1,2}[.:]\d{2}(?:\s*(?:wib|wita|wit))?"
    pattern = _pattern(
        rf"(?i)\s*,?\s*(?:mulai\s+)?\b(?:pukul|pkl\.?|jam)\s+{clock}(?:\s*(?:-|–|s\.?d\.?|sampai|hingga)\s*(?:{clock}|selesai))?"
    )
    return _apart([Cut(m.start(), m.end(), "time") for m in pattern.finditer(shape.text)])


def _gap(shape: Shape, start: int) -> int:
    """Back over the space before this place."""
    while start and shape.text[start - 1] == " ":
        start -= 1
    return start


def _reach(shape: Shape, a: int, b: int, *, verb_inside: bool) -> list[tuple[int, int]]:
    """How far a clause that begins at word a goes: to the sentence's end or its closing date; else up to a border.

    A border is a comma before the main verb, or, where no verb stands inside, a place or date that follows.
    """
    start = _gap(shape, shape.words[a].start)
    if start and shape.text[start - 1] == ",":
        start -= 1
    if not shape.is_open(shape.words[a].start):
        return []
    border = _border(shape, a, b, verb_inside=verb_inside)
    end = border if border is not None else shape.closing_start
    if end <= start:
        return []
    if end < shape.end and any(w.low == "yang" for w in shape.between(start, end)):
        end = shape.end
        if shape.closing is not None:
            return []
    return [(start, end)]


def _border(shape: Shape, a: int, b: int, *, verb_inside: bool) -> int | None:
    words = shape.words
    for i in range(b, len(words)):
        behind_comma = (
            shape.text[words[i - 1].end : words[i].start].startswith(",") and words[i - 1].end in shape.commas
        )
        if behind_comma and i in shape.verbs and words[i].low.startswith(("me", "ber", "di")):
            return words[i - 1].end
        if not verb_inside and not shape.has_verb(words[a].start, words[i].start) and _is_place_or_date(shape, i):
            return _gap(shape, words[i].start)
    return None


def _is_place_or_date(shape: Shape, i: int) -> bool:
    words = shape.words
    if words[i].low == "di" and i + 1 < len(words):
        return words[i + 1].text in shape.rules["facts.venues"]
    if words[i].low == "bertempat":
        return True
    if words[i].low == "pada" and i + 1 < len(words):
        return any(m.start <= words[i + 1].end and m.start >= words[i].start for m in shape.told.dates)
    return False


def _apart(found: list[Cut]) -> tuple[Cut, ...]:
    """In order, without those that another one holds; overlapping ones become one."""
    out: list[Cut] = []
    for cut in sorted(found, key=lambda c: (c.start, -c.end)):
        if out and cut.start < out[-1].end:
            if cut.end > out[-1].end:
                out[-1] = Cut(out[-1].start, cut.end, out[-1].rule)
        else:
            out.append(cut)
    return tuple(out)


def joined(*groups: tuple[Cut, ...]) -> tuple[Cut, ...]:
    """Several groups of cuts as one, in order, not overlapping."""
    return _apart([cut for group in groups for cut in group])

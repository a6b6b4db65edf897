"""One shape for all texts: NFC, plain spaces, no runs of spaces, a space behind stops and commas that lack one.

Every character remembers its place in the original, so that an account of a post can point at what was printed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# "(24/3).Pertemuan", "2024,Jumat", "provinsi.Kegiatan": a stop or comma with no space behind it.
# Not in "S.Ag", "A.2-DPB", "kpu.go.id", "1.234,5", "16.00", nor behind a single letter.
STOP = re.compile(
    r"(?:(?<=[a-z]{3})|(?<=[\d%a-zA-Z]\))|(?<=\d%)|(?<=\d{4})|(?<=[”\"]))[.!?](?=[A-Z][a-z]{2,})(?!\w+\.\w)"
)
COMMA = re.compile(r"(?:(?<=\w)|(?<=[)%]))[,;](?=[^\W\d_])|(?<=[^\W\d_]),(?=\d)")
# Joiners and marks of direction are kept (scripts and emoji need them); what is invisible for no reader's sake goes.
INVISIBLE = {"\u200b", "\ufeff", "\u00ad", "\u2060"}
BREAKS = {"\u2028", "\u2029", "\x0b", "\x0c", "\x85"}


@dataclass(frozen=True)
class Normal:
    """text, and for each of its characters (and its end) the place in the original: len(places) == len(text) + 1."""

    text: str
    places: tuple[int, ...]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of text[start:end]."""
        if start >= end:
            return self.places[start], self.places[start]
        return self.places[start], self.places[end - 1] + 1


def normalise(text: str) -> Normal:
    """The text in one shape; lines are kept, a paragraph's end is one blank line, outer space falls."""
    chars: list[str] = []
    places: list[int] = []
    for ch, place in _composed(text):
        plain = _plain(ch)
        if plain is None or (plain == " " and (not chars or chars[-1] in " \n")):
            continue
        if plain == "\n":
            while chars and chars[-1] == " ":
                chars.pop()
                places.pop()
            if not chars or chars[-2:] == ["\n", "\n"]:
                continue
        chars.append(plain)
        places.append(place)
    while chars and chars[-1] in " \n":
        chars.pop()
        places.pop()
    return _spaced("".join(chars), [*places, places[-1] + 1 if places else 0])


def plain(text: str) -> str:
    """The normalised text alone."""
    return normalise(text).text


def _plain(ch: str) -> str | None:
    if ch.isalnum():
        return ch
    if ch == "\n" or ch in BREAKS:
        return "\n"
    if ch in INVISIBLE:
        return None
    if ch.isspace():
        return " "
    return None if unicodedata.category(ch) in ("Cc", "Cs") else ch


def _composed(text: str) -> list[tuple[str, int]]:
    """(character, place) in NFC: a character with its combining marks is composed on its own."""
    text = text.replace("\r\n", " \n").replace("\r", "\n")
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return [(ch, i) for i, ch in enumerate(text)]
    found: list[tuple[str, int]] = []
    start = 0
    for i in range(1, len(text) + 1):
        if i == len(text) or (unicodedata.combining(text[i]) == 0 and unicodedata.is_normalized("NFC", text[i])):
            found += [(ch, start) for ch in unicodedata.normalize("NFC", text[start:i])]
            start = i
    return found


def _spaced(text: str, places: list[int]) -> Normal:
    gaps = sorted({m.end() for p in (STOP, COMMA) for m in p.finditer(text)})
    if not gaps:
        return Normal(text, tuple(places))
    chars: list[str] = []
    found: list[int] = []
    last = 0
    for gap in gaps:
        chars += [text[last:gap], " "]
        found += [*places[last:gap], places[gap]]
        last = gap
    chars.append(text[last:])
    found += places[last:]
    return Normal("".join(chars), tuple(found))

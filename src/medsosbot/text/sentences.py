"""Sentences of a normalised text, each with its place.

A stop ends no sentence behind an abbreviation, an initial, a degree, or a number that goes on; nor does a number
behind ":" or ";" or "," ("membawa: 1. KTP; 2. KK"). A line that is no running text (a list's row, a subhead, a table)
is a sentence of its own, marked by `row`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from medsosbot.text.rules import Rules

END = re.compile(r"(?<![.!?…])[.!?…]+[\"”’'»)\]]*(?=\s|$)")
NEXT = re.compile(r"\s+[\"“‘'«(\[]*")
LAST_WORD = re.compile(r"[^\s(\[“\"‘']+$")
ROW = re.compile(r"\s*(?:\(?(?:\d{1,2}|[A-Za-z])[.)](?=\s)|[-–—•▪●○*·>✓✔➢](?=\s))\s*")
CLOSED = tuple(".!?…\"”’'»)]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """text is whole[start:end] of the normalised text that was split. paragraph: counted from 0.

    row: a line of a list or table, a subhead, a caption: no running text. heads_list: rows follow that belong to it.
    """

    text: str
    start: int
    end: int
    paragraph: int = 0
    row: bool = False
    heads_list: bool = False


def split(text: str, rules: Rules) -> tuple[Sentence, ...]:
    """The sentences of a normalised text, in order; nothing but white space stands between them."""
    found: list[Sentence] = []
    for paragraph, block in enumerate(re.finditer(r"[^\n](?:[^\n]|\n(?!\n))*", text)):
        found += _paragraph(block.group(), block.start(), paragraph, rules)
    return _with_heads(found)


def _paragraph(block: str, at: int, paragraph: int, rules: Rules) -> list[Sentence]:
    found: list[Sentence] = []
    lines = _joined_lines(block)
    for start, end in lines:
        line = block[start:end]
        row = bool(ROW.match(line)) or _is_subhead(line, len(lines))
        if row:
            found.append(Sentence(line, at + start, at + end, paragraph, row=True))
            continue
        for a, b in boundaries(line, rules):
            found.append(Sentence(line[a:b], at + start + a, at + start + b, paragraph))
    return found


def _joined_lines(block: str) -> list[tuple[int, int]]:
    """Lines; one that was only wrapped (no end before it, a small letter behind the break) is taken with the next."""
    spans: list[tuple[int, int]] = []
    for m in re.finditer(r"[^\n]+", block):
        start, end = m.start(), m.end()
        wrapped = spans and block[spans[-1][1] - 1] not in '.!?:;…”"' and m.group().lstrip()[:1].islower()
        if wrapped and not ROW.match(m.group()):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return [_trim(block, a, b) for a, b in spans if block[a:b].strip()]


def _trim(text: str, a: int, b: int) -> tuple[int, int]:
    piece = text[a:b]
    return a + len(piece) - len(piece.lstrip()), b - len(piece) + len(piece.rstrip())


def _is_subhead(line: str, lines: int) -> bool:
    """A line without an end, short or one of several: a subhead, a caption, a table's row."""
    if line.endswith(CLOSED) or line.endswith((":", ";", ",")):
        return False
    return lines > 1 or len(line) < 60


def boundaries(line: str, rules: Rules) -> list[tuple[int, int]]:
    """[start, end) of each sentence of one line of running text."""
    spans: list[tuple[int, int]] = []
    start = 0
    for m in END.finditer(line):
        if m.end() < len(line) and _ends(line, m, rules):
            spans.append((start, m.end()))
            start = _skip(line, m.end())
    if start < len(line):
        spans.append((start, len(line)))
    return spans


def _skip(line: str, i: int) -> int:
    while i < len(line) and line[i].isspace():
        i += 1
    return i


def _ends(line: str, m: re.Match[str], rules: Rules) -> bool:
    gap = NEXT.match(line, m.end())
    following = line[gap.end() : gap.end() + 24] if gap else ""
    if not following:
        return True
    first = following[0]
    if m.group()[0] != "." or len(m.group().rstrip("\"”’'»)]")) > 1:  # "!", "?", "…", "..."
        return not first.islower()
    word = LAST_WORD.search(line[max(0, m.start() - 40) : m.start()])
    last = word.group() if word else ""
    if m.group() != ".":  # a bracket or quotation mark closes behind the stop
        return not first.islower()
    degree = rules.abbreviations.degree
    if gap is not None and "(" in gap.group() and (degree.fullmatch(last) or degree.fullmatch(last + ".")):
        return False  # "Andi Sitti, S.E. (Kasubbag Keuangan), …"
    return _stop_ends(last, first, following, line[: m.start()], rules)


def _stop_ends(last: str, first: str, following: str, before: str, rules: Rules) -> bool:
    short = rules.abbreviations
    quoted = following[0] in '“"‘'
    if last in short.never or last.lstrip("(") in short.never:
        return False
    if len(last) == 1 and last.isalpha() and last.isupper():  # an initial, unless a number's letter ends a sentence
        return False
    if last in rules["facts.bare_degrees"]:
        return first.isupper() and not before.endswith(f", {last}")
    if last.isdigit() and len(last) <= 2 and re.search(r"(?:^|[:;,])\s*\d{1,2}$", before):
        return False
    if last in short.before_number and (first.isdigit() or first == "(" or re.match(r"[IVXLC]+\b", following)):
        return False
    if last in short.maybe_final:
        return first.isupper() or quoted
    if short.degree.fullmatch(last) or short.degree.fullmatch(last + "."):
        return first.isupper() and not short.degree.match(following) and not before.endswith(",")
    return not first.islower()


def _with_heads(found: list[Sentence]) -> tuple[Sentence, ...]:
    out: list[Sentence] = []
    for i, s in enumerate(found):
        follows = i + 1 < len(found) and found[i + 1].row
        if not s.row and (s.text.endswith(":") or (follows and ROW.match(found[i + 1].text))):
            s = Sentence(s.text, s.start, s.end, s.paragraph, heads_list=True)
        out.append(s)
    return tuple(out)

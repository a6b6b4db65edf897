"""Telegram's forms: the message (bold title, the whole release, the link) and the caption, which ends at a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from medsosbot.model import Composition, Dropped, Form, Objection, Piece, PostStyle, Release
from medsosbot.text.dateline import split_dateline
from medsosbot.text.hashtags import tags_of
from medsosbot.text.mandatory import mandatory
from medsosbot.text.markup import escape, link_of, tail
from medsosbot.text.measure import measure, plain_of, utf16_length
from medsosbot.text.reading import Reading, Told
from medsosbot.text.rewrite import replaced
from medsosbot.text.rules import Rules
from medsosbot.text.signs import Sign
from medsosbot.text.weekday import conflict_spans, without, without_conflicts


@dataclass(frozen=True)
class Chunk:
    """One sentence as it stands in the long form; gap: what stands between it and the one before.

    deleted: the words that fell inside it, each with its rule.
    """

    told: Told
    text: str
    gap: str
    deleted: tuple[tuple[str, str], ...] = ()


def compose_long(release: Release, reading: Reading, style: PostStyle, rules: Rules) -> Composition:
    """Title, text, link, hashtags: as much of the text as fits, up to a sentence's end."""
    html = style.markup == "HTML"
    brand, topic = tags_of(release, reading, style, rules)
    end = tail(link_of(release, style), (*brand, *topic), style, rules)
    title = reading.rewriter.apply(without_conflicts(reading.head), 0)
    head = (f"<b>{escape(title)}</b>" if html else title) if title else ""
    chunks = _chunks(reading, rules, explained=True)
    if _fitting(chunks, style.limit - _length(head + end, style) - 2) < len(chunks):
        chunks = _chunks(reading, rules, explained=False)
    objections: list[Objection] = []
    room = style.limit - _length(head + end, style) - 2
    kept = _fitting(chunks, room)
    must = [n for group in mandatory(reading, rules) for n in group]
    late = [c for c in chunks[kept:] if c.told.number in must]
    if late:
        kept, late = _with_late(chunks, late, room)
        if kept < 0:
            objections.append(_too_long("kalimat yang wajib ikut tidak muat"))
            kept, late = _fitting(chunks, room), []
    text = _joined(chunks[:kept]) + "".join("\n\n" + c.text for c in late)
    whole = head + ("\n\n" if head and text.strip() else "") + (escape(text.strip()) if html else text.strip())
    whole = (whole + end).strip("\n")
    if _length(whole, style) > style.limit:
        objections.append(_too_long("judulnya saja sudah melebihi batas"))
    if style.form is Form.MESSAGE and kept < len(chunks) and not link_of(release, style):
        objections.append(_too_long("teks lengkapnya tidak muat dan tidak ada tautan ke selebihnya"))
    if not whole:
        objections.append(Objection("empty", "Tidak ada teks yang bisa dikirim."))
    return Composition(
        parts=(whole,),
        dropped=tuple(Dropped(c.told.text, "space") for c in chunks[kept:] if c not in late),
        trace=_trace(title, [*chunks[:kept], *late], reading),
        objections=tuple(objections),
    )


def _too_long(why: str) -> Objection:
    return Objection("over_limit", f"Terlalu panjang: {why}. Tulis sendiri teksnya di kunci `text`.")


def _length(text: str, style: PostStyle) -> int:
    """By the platform's rule, and in UTF-16 units where that is more: safe everywhere."""
    plain = plain_of(text) if style.markup == "HTML" else text
    return max(measure(text, style), utf16_length(plain))


def _chunks(reading: Reading, rules: Rules, *, explained: bool) -> list[Chunk]:
    """Every sentence in tier 0, without contradicting dates and without a dateline that opens a later paragraph.

    explained: a full form that brings in its acronym stays whole the first time.
    """
    found: list[Chunk] = []
    known: set[str] | None = set() if explained else None
    last = reading.start
    for told in reading.sentences:
        gap = reading.normal.text[last : told.sentence.start]
        last = told.sentence.end
        text = told.text
        spans = conflict_spans(told)
        deleted = tuple((text[start:end].strip(), "weekday") for start, end in spans)
        if "\n" in gap:
            line, rest = split_dateline(text, rules)
            if line is not None and line.host is not None:
                spans = tuple(sorted({(0, len(text) - len(rest)), *spans}))
                deleted = ((text[: len(text) - len(rest)].strip(), "dateline"), *deleted)
        text = without(text, spans) if spans else text
        if text:
            found.append(Chunk(told, _rewritten(text, reading, known), gap if found else "", deleted))
    return found


def _rewritten(text: str, reading: Reading, known: set[str] | None) -> str:
    """In tier 0. known: the acronyms brought in so far, which grows; None where none is to be brought in."""
    if known is None:
        return reading.rewriter.apply(text, 0)
    kept = []
    for swap in reading.rewriter.swaps(text, 0):
        if swap.short not in known and reading.rewriter.introduces(text, swap):
            known.add(swap.short)
        else:
            kept.append(swap)
    return replaced(text, kept)


def _joined(chunks: list[Chunk]) -> str:
    return "".join(c.gap + c.text for c in chunks)


def _fitting(chunks: list[Chunk], room: int) -> int:
    """How many sentences from the first on fit and end where nothing is cut in two."""
    if not chunks:
        return 0
    best, used = 0, 0
    for n, chunk in enumerate(chunks, 1):
        used += utf16_length(chunk.gap) + utf16_length(chunk.text)
        if used > room:
            break
        if n == len(chunks) or _may_end(chunk.told, chunks[n].told):
            best = n
    return best


def _may_end(last: Told, following: Told) -> bool:
    """Not inside a list, a quotation or a speech whose next sentence turns it round."""
    if last.signs & Sign.LIST or (following.signs & Sign.ROW and last.signs & Sign.ROW):
        return False
    if last.signs & Sign.PART and following.signs & Sign.PART:
        return False
    if last.signs & Sign.ROW and last.number >= 0:
        return not following.signs & Sign.ROW
    return not (following.signs & (Sign.TEMPORARY | Sign.DENIAL) and not last.signs & Sign.DENIAL)


def _with_late(chunks: list[Chunk], late: list[Chunk], room: int) -> tuple[int, list[Chunk]]:
    """The beginning shortened until the mandatory sentences that stand later fit behind it; -1 where they don't."""
    if any(c.told.signs & (Sign.ROW | Sign.PART | Sign.DANGLING) for c in late):
        return -1, []
    left = room - sum(2 + utf16_length(c.text) for c in late)
    kept = _fitting(chunks, left)
    must_before = [c for c in chunks[kept:] if c not in late and c.told.number in {x.told.number for x in late}]
    return (kept, late) if left >= 0 and not must_before else (-1, [])


def _trace(title: str, chunks: list[Chunk], reading: Reading) -> tuple[Piece, ...]:
    pieces = [Piece(title, reading.title, -1, -1)] if title else []
    for c in chunks:
        start, end = reading.normal.source(c.told.sentence.start, c.told.sentence.end)
        pieces.append(Piece(c.text, c.told.text, start, end, c.deleted))
    return tuple(pieces)

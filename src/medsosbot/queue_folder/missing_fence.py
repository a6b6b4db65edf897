"""A file whose front matter has lost its `---` (Word made a dash of it, or nobody typed it), with the mended lines."""

from __future__ import annotations

import re

from medsosbot.errors import Fault
from medsosbot.front_matter import FENCE, quoted
from medsosbot.queue_folder import values, yaml_faults
from medsosbot.queue_folder.values import EXAMPLE, MEND

MOST_LINES = 30  # between a changed fence and the next one; more is no front matter

_DASHES = re.compile(r"[-‐‑‒–—―−─_]+")
_LINE = re.compile(r"\s*([A-Za-z][A-Za-z_ ]*?)\s*:\s*(.*)")
_OPENERS = frozenset({"title", "date"})  # "Foto: …" may be a title; with a second key below it is none
_SURE = frozenset({"title", "judul", "date", "url", "publish_at", "expires_at", "destinations", "urgency", "hashtags"})
_EXAMPLE = (FENCE, f"title: {quoted('Judul rilis')}", FENCE)


def told(text: str) -> Fault | None:
    """What is wrong with the top of a text that no two `---` enclose; None if it may be meant as it stands."""
    lines = text.split("\n")
    start = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    if start == len(lines):
        return None
    end = next((n for n in range(start + 1, min(len(lines), start + MOST_LINES)) if _is_dashes(lines[n])), start)
    if lines[start].rstrip() == FENCE:
        return _changed(lines, start, end, end) if end > start else None
    if _is_dashes(lines[start]):
        return _changed(lines, start, end, start)
    return _not_there(lines[start:], start + 1)


def _changed(lines: list[str], start: int, end: int, wrong: int) -> Fault:
    """start, end, wrong: index of the opening line, the closing one (start if there is none), and the first wrong."""
    sign = lines[wrong].strip()
    if set(sign) <= {"-", " "}:
        message = f"garis {'pembuka' if wrong == start else 'penutup'} harus tepat {FENCE}, tanpa spasi di depannya"
    else:
        message = f"garis {FENCE} diubah Word menjadi {values.shown(sign)}"
    advice = f"Buka berkasnya di Notepad, bukan di Word, dan ketik {FENCE} di atas dan di bawah keterangan."
    head = [mended for line in lines[start + 1 : end] if (mended := _kept(line))]
    if not any(line.startswith("title:") for line in head):
        return Fault(message, f"{advice} {EXAMPLE}" + "\n".join(_EXAMPLE), line=wrong + 1)
    return Fault(message, f"{advice} {MEND}" + "\n".join((FENCE, *head, FENCE)), line=wrong + 1)


def _not_there(lines: list[str], number: int) -> Fault | None:
    """lines: from the first one with something in it, which is line `number` of the file."""
    filled = [(number + n, line) for n, line in enumerate(lines) if line.strip()]
    titled = len(filled) > 1 and not _pair(lines[0]) and _is_surely_a_key(filled[1][1])
    if titled:  # a title in the first line and the keys below it, which would all be public
        filled = filled[1:]
    pairs = [_pair(line) for _, line in filled]
    found = [pair for pair in pairs[: pairs.index(None) if None in pairs else None] if pair]
    if not found or (not titled and found[0][0] not in _OPENERS and len(found) == 1):
        return None
    at, first = filled[0]
    message = f"ada keterangan ({values.shown(first.partition(':')[0].strip() + ':')}) tanpa baris {FENCE}"
    advice = f"Taruh {FENCE} di atas dan di bawah baris keterangan, dengan kata kuncinya dalam bahasa Inggris."
    if titled:
        found.append(("title", lines[0].strip()))
    by_key = dict(reversed(found))  # of a key written twice the first
    sign = MEND if "title" in by_key else EXAMPLE
    head = [_mended("title", by_key.pop("title", "")), *(_mended(*pair) for pair in reversed(by_key.items()))]
    return Fault(message, f"{advice} {sign}" + "\n".join((FENCE, *filter(None, head), FENCE)), line=at)


def _is_surely_a_key(line: str) -> bool:
    """In English, which no release is written in, or a second title."""
    return line.partition(":")[0].strip().lower() in _SURE and _pair(line) is not None


def _pair(line: str) -> tuple[str, str] | None:
    """A known key, in English, and what stands behind it."""
    found = _LINE.fullmatch(line)
    key = yaml_faults.exact(found[1].replace(" ", "_")) if found else None
    return (key, _straight(found[2].strip())) if found and key else None


def _kept(line: str) -> str:
    """A line of the front matter as it should stand; one of no known key (below `text:`) as it is."""
    pair = _pair(line)
    return _mended(*pair) if pair else _straight(line.rstrip())


def _mended(key: str, raw: str) -> str:
    """The line; "" for one that says nothing."""
    inner = raw[1:-1] if len(raw) > 1 and raw[0] == raw[-1] and raw[0] in "\"'" else raw
    if key == "title":
        return f"title: {quoted(inner or 'Judul rilis')}"
    if key == "photos" or (not inner and key != "text"):
        return ""
    if key == "date" and (on := values.printed_date(inner)):
        return f"date: {on}"
    if key in ("destinations", "hashtags") or (key == "text" and inner and raw[0] != "{"):
        return yaml_faults.mended(key, raw)
    return f"{key}: {raw}".rstrip()


def _straight(text: str) -> str:
    """The quotes around a value made straight again; those inside it stay as printed."""
    return re.sub(r"[“”](.*)[“”]$", r'"\1"', text) if text.count("“") + text.count("”") == 2 else text


def _is_dashes(line: str) -> bool:
    return bool(_DASHES.fullmatch("".join(line.split())))

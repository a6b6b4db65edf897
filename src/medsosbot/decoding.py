"""Bytes from outside into text that the product can trust: known encodings, no character that hides or breaks things.

Raises QueueItemError with Indonesian faults that name the place, since whoever made the file must mend it.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from medsosbot.errors import Fault, QueueItemError

SAVE_AS_UTF8 = "Buka berkas di Notepad, pilih Simpan Sebagai (Save As), lalu pilih Encoding: UTF-8."
PLACES = 3  # a file that is no text at all has thousands

# Word's line break and page break, and Unicode's own.
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_FORBIDDEN = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd-\uffff{_BIDI}]")


@dataclass(frozen=True)
class Decoded:
    """text: lines end in LF, no BOM. remark: Indonesian, what was assumed about the encoding; None for UTF-8."""

    text: str
    remark: str | None = None


def decode(data: bytes, *, lenient: bool, forbidden: bool = False) -> Decoded:
    """Read UTF-8; with `lenient` also what Word and Notepad write: UTF-16 with BOM, Windows-1252.

    forbidden: let the characters pass that `refuse_forbidden` names; the caller looks at each block by itself.
    """
    decoded = _decode_lenient(data) if lenient else Decoded(_decode_utf8(data))
    text = _BREAKS.sub("\n", decoded.text)
    if not forbidden:
        refuse_forbidden(text)
    return Decoded(text, decoded.remark)


def refuse_forbidden(text: str, *, line: int | None = None, key: str | None = None) -> None:
    """Raise for NUL, other control characters, direction marks, half surrogates and the sign of a lost letter.

    line: where the text stands in its file, for a value that was written with escapes; else it is counted.
    """
    faults: list[Fault] = []
    for found in _FORBIDDEN.finditer(text):
        if len(faults) == PLACES:
            break
        at = line if line is not None else text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        faults.append(_forbidden(found[0], at, column, key))
    if faults:
        raise QueueItemError(*faults)


def _forbidden(char: str, line: int, column: int, key: str | None) -> Fault:
    code = f"U+{ord(char):04X}"
    if char == "\ufffd":
        what, hint = "huruf yang rusak (�)", "Ketik ulang huruf itu."
    elif re.match(f"[{_BIDI}]", char):
        what, hint = f"tanda arah tulisan yang tidak terlihat ({code})", "Hapus kata itu, lalu ketik ulang."
    elif char == "\0":
        what, hint = "karakter NUL (U+0000)", f"Berkas ini mungkin bukan teks. {SAVE_AS_UTF8}"
    else:
        what, hint = f"karakter kendali ({code})", "Hapus bagian itu, lalu ketik ulang."
    return Fault(f"ada {what} pada huruf ke-{column}", hint, line=line, key=key)


def _decode_utf8(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise QueueItemError(Fault("berkas disimpan sebagai UTF-16, bukan UTF-8", SAVE_AS_UTF8, line=1))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        # With a BOM the codec counts from behind it.
        start = e.start + (3 if data.startswith(codecs.BOM_UTF8) else 0)
        line = data.count(b"\n", 0, start) + 1
        column = len(data[data.rfind(b"\n", 0, start) + 1 : start].decode("utf-8-sig", "replace")) + 1
        message = f"huruf ke-{column} bukan UTF-8 (bita 0x{data[start]:02X})"
        raise QueueItemError(Fault(message, SAVE_AS_UTF8, line=line)) from None


def _decode_lenient(data: bytes) -> Decoded:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return Decoded(data.decode("utf-16"), "dibaca sebagai UTF-16")
        except UnicodeDecodeError:
            raise QueueItemError(Fault("berkas UTF-16 ini rusak atau terpotong", SAVE_AS_UTF8)) from None
    try:
        return Decoded(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        pass
    try:
        return Decoded(data.decode("cp1252"), "dibaca sebagai Windows-1252")
    except UnicodeDecodeError as e:
        line = data.count(b"\n", 0, e.start) + 1
        message = f"bukan UTF-8 dan bukan Windows-1252 (bita 0x{data[e.start]:02X})"
        raise QueueItemError(Fault(message, SAVE_AS_UTF8, line=line)) from None

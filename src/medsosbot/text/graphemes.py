"""Signs as a reader sees them: a letter with its marks, a family of emoji, a flag, a Hangul syllable is one."""

from __future__ import annotations

import regex

_GRAPHEME = regex.compile(r"\X")


def graphemes(text: str) -> list[str]:
    """The text in signs; joined they are the text again."""
    return _GRAPHEME.findall(text)


def is_border(text: str, at: int) -> bool:
    """May the text be cut at this offset without tearing a sign apart? Linear in the text."""
    if at <= 0 or at >= len(text):
        return True
    if text[at - 1].isascii() and text[at].isascii():
        return text[at - 1 : at + 1] != "\r\n"
    return any(m.start() == at for m in _GRAPHEME.finditer(text))

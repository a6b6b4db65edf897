"""Cutting where nothing is torn apart: never inside a grapheme."""

from __future__ import annotations

import regex

GRAPHEME = regex.compile(r"\X")


def cut_at(text: str, length: int) -> str:
    """The longest beginning of at most `length` characters that ends between two graphemes."""
    if len(text) <= length:
        return text
    end = 0
    for m in GRAPHEME.finditer(text):
        if m.end() > length:
            break
        end = m.end()
    return text[:end]

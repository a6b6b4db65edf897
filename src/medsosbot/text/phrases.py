"""Lists of words and phrases, looked up word by word in constant time, so that a long text stays linear."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

# A word with what belongs to it: "Kab/Kota", "A.2-DPB", "Jum'at", "1.234,5", "kpu.go.id", "59%".
WORD = re.compile(r"\w+(?:(?:[-./:’'&+]|,(?=\d))\w+)*%?")


@dataclass(frozen=True, slots=True)
class Word:
    """One word and its place [start, end) in the text. low: in lower case."""

    text: str
    low: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """The words of a text, in order; what stands between them is text[a.end:b.start]."""
    return [Word(m.group(), m.group().lower(), m.start(), m.end()) for m in WORD.finditer(text)]


class Phrases:
    """A list of phrases. `at` finds the longest that begins at a word; words of a phrase stand side by side."""

    def __init__(self, phrases: Iterable[str], *, cased: bool = False) -> None:
        self.phrases = tuple(phrases)
        self.cased = cased
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in self.phrases:
            words = tuple(w.text if cased else w.low for w in words_of(phrase))
            if words:
                self._by_first.setdefault(words[0], []).append(words)
        for found in self._by_first.values():
            found.sort(key=len, reverse=True)
        self._single = frozenset(first for first, found in self._by_first.items() if (first,) in found)

    def at(self, words: Sequence[Word], i: int) -> int:
        """How many words the longest phrase that begins at words[i] has; 0 where none does."""
        if i >= len(words):
            return 0
        for phrase in self._by_first.get(words[i].text if self.cased else words[i].low, ()):
            n = len(phrase)
            if n == 1 or self._key(words[i : i + n]) == phrase:
                return n
        return 0

    def _key(self, words: Sequence[Word]) -> tuple[str, ...]:
        return tuple(w.text if self.cased else w.low for w in words)

    def find(self, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
        """Every place (first word, behind the last word) of a phrase, left to right, longest first, not overlapping."""
        done = 0
        for i in self._starts(words):
            n = self.at(words, i) if i >= done else 0
            if n:
                yield i, i + n
                done = i + n

    def within(self, words: Sequence[Word]) -> bool:
        """Does any phrase stand among these words?"""
        return any(self.at(words, i) for i in self._starts(words))

    def _starts(self, words: Sequence[Word]) -> list[int]:
        firsts = self._by_first
        if self.cased:
            return [i for i, w in enumerate(words) if w.text in firsts]
        return [i for i, w in enumerate(words) if w.low in firsts]

    def __contains__(self, word: str) -> bool:
        return (word if self.cased else word.lower()) in self._single

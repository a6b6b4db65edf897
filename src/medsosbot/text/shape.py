"""How a sentence is built, as far as rules of words can tell: its verbs, its commas, its closed spans, its last date.

Nothing here understands Indonesian; it knows prefixes and lists. In doubt a word is a verb and a comma no border.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from medsosbot.text.dates import Mention
from medsosbot.text.phrases import Word
from medsosbot.text.reading import Told
from medsosbot.text.rewrite import quoted_spans
from medsosbot.text.rules import Rules
from medsosbot.text.verbs import is_verb


@dataclass(frozen=True)
class Shape:
    """One sentence and what its words are. Everything counts in characters of `told.text` or in its words."""

    told: Told
    rules: Rules

    @property
    def text(self) -> str:
        return self.told.text

    @property
    def words(self) -> tuple[Word, ...]:
        return self.told.words

    @cached_property
    def end(self) -> int:
        """Behind the last character that is no final mark."""
        return len(self.text.rstrip(" .!…"))

    @cached_property
    def verbs(self) -> tuple[int, ...]:
        """The numbers of the words that look like verbs."""
        return tuple(i for i, w in enumerate(self.words) if is_verb(w, self.rules, first=i == 0))

    @cached_property
    def closed(self) -> tuple[tuple[int, int], ...]:
        """Spans whose commas are no borders and into which no cut reaches: brackets, quotations, names with commas."""
        spans = list(quoted_spans(self.text))
        opened = -1
        for i, ch in enumerate(self.text):
            if ch == "(" and opened < 0:
                opened = i
            elif ch == ")" and opened >= 0:
                spans.append((opened, i + 1))
                opened = -1
        masks = self.rules["protected.names_with_commas"]
        spans += [(self.words[a].start, self.words[b - 1].end) for a, b in masks.find(self.words)]
        return tuple(sorted(spans))

    def is_open(self, place: int) -> bool:
        """Is this place outside every closed span?"""
        return not any(a < place < b for a, b in self.closed)

    @cached_property
    def commas(self) -> tuple[int, ...]:
        """The places of the commas that may be borders."""
        return tuple(i for i, ch in enumerate(self.text) if ch == "," and self.is_open(i) and not self._in_number(i))

    def _in_number(self, i: int) -> bool:
        return self.text[i + 1 : i + 2].isdigit() and self.text[i - 1 : i].isdigit()

    @cached_property
    def closing(self) -> Mention | None:
        """The date that ends the sentence behind a comma, "…, Selasa (4/3/2025)."; it hangs on the whole sentence."""
        for mention in self.told.dates:
            if mention.end >= self.end and self.text[: mention.start].rstrip().endswith(","):
                return mention
        return None

    @cached_property
    def closing_start(self) -> int:
        """Where that closing date's comma stands; without one the sentence's end."""
        return self.end if self.closing is None else self.text.rfind(",", 0, self.closing.start)

    def word_at(self, place: int) -> int:
        """The number of the first word that starts at or behind this place."""
        return next((i for i, w in enumerate(self.words) if w.start >= place), len(self.words))

    def has_verb(self, start: int, end: int) -> bool:
        """Does a verb stand in text[start:end]?"""
        return any(start <= self.words[i].start and self.words[i].end <= end for i in self.verbs)

    def between(self, start: int, end: int) -> tuple[Word, ...]:
        """The words of text[start:end]."""
        return tuple(w for w in self.words if w.start >= start and w.end <= end)

    def verb_before(self, place: int) -> int | None:
        """The number of the nearest verb before this place, None where there is none."""
        found = [i for i in self.verbs if self.words[i].end <= place]
        return found[-1] if found else None

"""Words as the self-check compares them: without case, leading zeros or the shape of an apostrophe."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from medsosbot.text.dates import Day, Mention
from medsosbot.text.phrases import Word, words_of
from medsosbot.text.rules import Rules

_ZEROS = re.compile(r"(?<![\d.,:])0+(?=\d)")
_PREFIX = re.compile(r"^(?:meng|men|mem|me|peng|pen|pem|pe|per|ber|ter|ke|di)(?=\w{4})")
_SUFFIX = re.compile(r"(?<=\w{4})(?:kan|an|nya)$")
ROOT = 4
_APOSTROPHES = str.maketrans("’‘`´", "''''")


def tokens(text: str) -> tuple[Word, ...]:
    """The words of a text."""
    return tuple(words_of(text))


def key(low: str) -> str:
    """What two spellings of one word have in common."""
    if low.isalpha():
        return low
    low = low.translate(_APOSTROPHES)
    return _ZEROS.sub("", low) if low[:1].isdigit() or "/0" in low or "-0" in low else low


Days = tuple[tuple[Day, Day], bool]  # the first and last day, and whether all between are meant


def date_words(words: Sequence[Word], dates: Sequence[Mention]) -> list[tuple[int, int, Days]]:
    """[first, behind last) word of each date alone, without its weekday, with its days."""
    starts, ends = [w.start for w in words], [w.end for w in words]
    found = []
    for mention in dates:
        first, behind = bisect_right(ends, mention.core), bisect_left(starts, mention.core_end)
        if first < behind:
            found.append((first, behind, (mention.days, mention.contiguous)))
    return found


def is_verb(word: Word, rules: Rules) -> bool:
    """Is this a verb that may carry a sentence? By its prefix, and the list of those without; names are none."""
    low = rules.typos.get(word.low, word.low)
    if low in rules["clauses.no_verbs"]:
        return False
    if low in rules["clauses.verbs"] or low in rules["clauses.event_verbs"]:
        return word.text[:1].islower() or word.start == 0
    if not word.text[:1].islower() or len(low) < 5:
        return False
    return any(low.startswith(prefix) for prefix in rules["clauses.verb_prefixes"].phrases)


def root(low: str) -> str:
    """Roughly the root of a word, so that "laporan" meets "melapor"; too short a rest leaves the word as it is."""
    bare = _SUFFIX.sub("", _PREFIX.sub("", low))
    return bare if len(bare) >= ROOT else low


def is_name_part(word: Word) -> bool:
    """Is the word written as part of a name: with a capital, or in capitals?"""
    return word.text[:1].isupper()


def has_digit(word: Word) -> bool:
    """Does the word tell a number?"""
    return any(c.isdigit() for c in word.text)

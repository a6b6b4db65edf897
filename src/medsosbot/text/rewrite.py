"""Licensed rewrites, in tiers: what the glossary, the typos, the release's own acronyms and its title allow.

Spans are found in the SOURCE text and replaced once, left to right, longest first, at word borders only and never
inside quotation marks; so a text is never rewritten out of a rewrite.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from medsosbot.text.phrases import Word, words_of
from medsosbot.text.rules import Rewrite, Rules

QUOTES = {"“": "”", '"': '"', "«": "»", "‘": "’"}


@dataclass(frozen=True, slots=True)
class Swap:
    """text[start:end] may read `short`. rule: "glossary", "typo", "acronym" or "office"."""

    start: int
    end: int
    short: str
    rule: str


@dataclass(frozen=True)
class License:
    """One rewrite and where it comes from. behind: also takes its own acronym in brackets behind it ("DPB (DPB)")."""

    rewrite: Rewrite
    rule: str


class Rewriter:
    """The rewrites that one release allows."""

    def __init__(self, rules: Rules, title: str = "", text: str = "") -> None:
        found = [License(r, "glossary") for r in rules.glossary]
        found += [License(Rewrite(wrong, right, 0), "typo") for wrong, right in rules.typos.items()]
        known = {r.long.lower() for r in rules.glossary}
        for long, short in acronyms(f"{title}\n{text}"):
            if rules["protected.after"].within(words_of(long)):
                continue  # "Daftar Calon Sementara (DCS)": an acronym that nobody was told would hide it
            if long.lower() not in known:
                found.append(License(Rewrite(long, short, 1), "acronym"))
            else:
                found = [_printed(one, long, short) for one in found]
        found += [License(r, "office") for r in _offices(title, text, rules)]
        self._index: dict[str, list[License]] = {}
        for key, group in groupby(sorted(found, key=_first), key=_first):
            self._index[key] = sorted(group, key=lambda one: (-len(one.rewrite.long), one.rewrite.tier))

    def swaps(self, text: str, tier: int, words: Sequence[Word] | None = None) -> tuple[Swap, ...]:
        """What may be replaced in a source text at this tier, in order, not overlapping."""
        words = words_of(text) if words is None else words
        closed = quoted_spans(text) if any(ch in text for ch in QUOTES) else ()
        found: list[Swap] = []
        end = 0
        for i, word in enumerate(words):
            if word.start < end or word.low not in self._index:
                continue
            swap = self._at(text, words, i, tier)
            if swap is not None and not any(a < swap.end and swap.start < b for a, b in closed):
                found.append(swap)
                end = swap.end
        return tuple(found)

    def apply(self, text: str, tier: int) -> str:
        """The text with everything replaced that this tier allows."""
        return replaced(text, self.swaps(text, tier))

    def introduces(self, text: str, swap: Swap) -> bool:
        """Does this full form bring in its acronym, "Daftar Pemilih Berkelanjutan (DPB)", which not everybody knows?"""
        if not text[swap.start : swap.end].endswith(f"({swap.short})"):
            return False
        return all(
            one.rewrite.tier or one.rule != "glossary"
            for licenses in self._index.values()
            for one in licenses
            if one.rewrite.short == swap.short
        )

    def _at(self, text: str, words: Sequence[Word], i: int, tier: int) -> Swap | None:
        start = words[i].start
        for one in self._index[words[i].low]:
            rewrite = one.rewrite
            end = start + len(rewrite.long)
            piece = text[start:end]
            if piece != rewrite.long and not (rewrite.ci and piece.lower() == rewrite.long.lower()):
                continue
            if end < len(text) and (text[end].isalnum() or text[end] == "_"):
                continue
            bracket = f" ({rewrite.short})"
            behind = text.startswith(bracket, end)
            if (rewrite.tier > tier and not behind) or _guarded(text, words, i, end, rewrite):
                continue
            return Swap(start, end + len(bracket) if behind else end, rewrite.short, one.rule)
        return None


def _first(one: License) -> str:
    words = words_of(one.rewrite.long)
    return words[0].low if words else ""


def _printed(one: License, long: str, short: str) -> License:
    """A glossary form whose acronym this release prints is tier 1 at most."""
    if one.rewrite.long.lower() == long.lower() and one.rewrite.short == short and one.rewrite.tier > 1:
        return replace(one, rewrite=replace(one.rewrite, tier=1))
    return one


def _guarded(text: str, words: Sequence[Word], i: int, end: int, rewrite: Rewrite) -> bool:
    if rewrite.not_after and i and words[i - 1].text in rewrite.not_after:
        return True
    return any(text[end:].lstrip().startswith(word) for word in rewrite.not_before)


def replaced(text: str, swaps: Iterable[Swap]) -> str:
    """The text with these swaps made."""
    pieces, last = [], 0
    for swap in swaps:
        pieces += [text[last : swap.start], swap.short]
        last = swap.end
    return "".join([*pieces, text[last:]])


def quoted_spans(text: str) -> tuple[tuple[int, int], ...]:
    """[start, end) of each closed quotation, its marks included."""
    found: list[tuple[int, int]] = []
    i = 0
    while i < len(text):
        close = QUOTES.get(text[i])
        single = text[i] == "‘" and i and text[i - 1].isalnum()
        if close is not None and not single:
            end = text.find(close, i + 1)
            if end > i:
                found.append((i, end + 1))
                i = end
        i += 1
    return tuple(found)


def acronyms(text: str) -> tuple[tuple[str, str], ...]:
    """(full form, acronym) for every acronym that the text prints in brackets behind the words that it shortens."""
    found: dict[str, str] = {}
    at = text.find("(")
    while at >= 0:
        end = text.find(")", at, at + 24)
        short = text[at + 1 : end].strip() if end > 0 else ""
        if len(short) >= 2 and short[0].isupper() and " " not in short and short.isalnum():
            long = _full_form(text[max(0, at - 160) : at].rstrip(), short)
            if long is not None:
                found.setdefault(long, short)
        at = text.find("(", at + 1)
    return tuple(found.items())


def _full_form(before: str, short: str) -> str | None:
    """The last words before the bracket whose beginnings make up the acronym: "DP4" is D, P, P, P, P."""
    before = before[before.rfind("\n") + 1 :]
    words = words_of(before)[-10:]
    letters = _spelled(short)
    for n in range(2, len(words) + 1):
        if words[-n].text[0].isupper() and _made_of(letters, [w.low for w in words[-n:]], first=True):
            return before[words[-n].start :]
    return None


def _spelled(short: str) -> str:
    letters = ""
    for ch in short:
        letters += letters[-1] * (int(ch) - 1) if ch.isascii() and ch.isdigit() and letters and ch != "0" else ch
    return letters.lower()


def _made_of(letters: str, words: list[str], *, first: bool) -> bool:
    """Are the letters beginnings of these words, in order? Small words may be skipped, the first and last never."""
    if not words:
        return not letters
    word = words[0]
    longest = 0
    while longest < min(len(word), len(letters), 4) and word[longest] == letters[longest]:
        longest += 1
    if any(_made_of(letters[n:], words[1:], first=False) for n in range(longest, 0, -1)):
        return True
    return (
        not first
        and word in ("dan", "atau", "serta", "di", "untuk", "dari")
        and _made_of(letters, words[1:], first=False)
    )


def _offices(title: str, text: str, rules: Rules) -> list[Rewrite]:
    """The title's shorter name for an office: "KPU Kukar" for "KPU Kabupaten Kutai Kartanegara"."""
    words = words_of(title)
    found: dict[str, Rewrite] = {}
    for i, word in enumerate(words[:-1]):
        if word.text not in rules["facts.offices"] or not words[i + 1].text[0].isupper():
            continue
        for long in _long_names(text[:1500], word.text, rules):
            names = words_of(long)[2:]
            n = len(names)
            same = [w.low for w in words[i + 1 : i + 1 + n]] == [w.low for w in names]
            if same:
                found.setdefault(long, Rewrite(long, f"{word.text} {' '.join(w.text for w in names)}", 1))
            elif n > 1 and _made_of(words[i + 1].low, [w.low for w in names], first=True):
                found.setdefault(long, Rewrite(long, f"{word.text} {words[i + 1].text}", 1))
    return list(found.values())


def _long_names(text: str, office: str, rules: Rules) -> list[str]:
    """ "KPU Kabupaten Kutai Kartanegara" and its like: office, rank, up to three names."""
    found, words = [], words_of(text)
    for i, word in enumerate(words[:-2]):
        if word.text != office or words[i + 1].text not in rules["grammar.ranks"]:
            continue
        n = 2
        while i + n < len(words) and n < 5 and words[i + n].text[0].isupper():
            if text[words[i + n - 1].end : words[i + n].start] != " ":
                break
            n += 1
            found.append(text[word.start : words[i + n - 1].end])
    return sorted(set(found), key=len, reverse=True)

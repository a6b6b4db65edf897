"""Which versions together make the post: the most worthy combination that fits.

Built without a look at the budget: all combinations that are kept are the same for every limit, so a bigger budget is
never worth less.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from medsosbot.text.mandatory import Duty
from medsosbot.text.worth import CHARACTER, REPEATED, Candidate, Scale

KEPT = 90  # combinations that are followed further
SAYS_TITLE = 5.0  # what it costs that a sentence says the title again
LONGEST = 5  # candidates in one post


@dataclass(frozen=True, slots=True)
class Draft:
    """Candidates that stand together, in order, and what they are worth."""

    chosen: tuple[Candidate, ...]
    length: int
    facts: int
    title: int
    words: int
    pairs: int
    duty: Duty
    own: float
    worth: float

    @property
    def text(self) -> str:
        return " ".join(c.text for c in self.chosen)


def start(candidate: Candidate, scale: Scale) -> Draft:
    """A draft of one candidate."""
    c = candidate
    worth = scale.total(c.facts, c.title, c.words) + c.own - CHARACTER * c.length
    return Draft((c,), c.length, c.facts, c.title, c.words, c.pairs, c.duty, c.own, worth)


def combine(draft: Draft, c: Candidate, scale: Scale) -> Draft:
    """The draft with one more candidate behind it."""
    facts, title, words = draft.facts | c.facts, draft.title | c.title, draft.words | c.words
    own = draft.own + c.own - REPEATED * (draft.pairs & c.pairs).bit_count()
    if draft.chosen[0].first < 0 and draft.title:  # what only says the title again
        again = (draft.title & c.title).bit_count() / draft.title.bit_count()
        own -= SAYS_TITLE * again if again > 0.3 else 0.0
    length = draft.length + 1 + c.length
    worth = scale.total(facts, title, words) + own - CHARACTER * length
    return Draft(
        (*draft.chosen, c), length, facts, title, words, draft.pairs | c.pairs, draft.duty | c.duty, own, worth
    )


def drafts(leads: Sequence[Candidate], others: Sequence[Sequence[Candidate]], scale: Scale) -> list[Draft]:
    """Every draft worth keeping. others: per sentence its candidates, in the release's order."""
    front = [start(c, scale) for c in leads]
    for candidates in others:
        more = [
            combine(draft, c, scale)
            for draft in front
            if len(draft.chosen) < LONGEST
            for c in candidates
            if c.first > draft.chosen[-1].last and (c.hangs is None or any(_holds(d, c.hangs) for d in draft.chosen))
        ]
        front = _front([*front, *more])
    return front


def _holds(chosen: Candidate, numbers: frozenset[int]) -> bool:
    return any(chosen.first <= n <= chosen.last for n in numbers)


def _front(found: list[Draft]) -> list[Draft]:
    """Per set of duties the drafts that no shorter one outweighs; of many the best spread."""
    groups: dict[Duty, list[Draft]] = {}
    for draft in found:
        groups.setdefault(draft.duty, []).append(draft)
    kept: list[Draft] = []
    for group in groups.values():
        best = float("-inf")
        for draft in sorted(group, key=lambda d: (d.length, -d.worth, d.text if d.length < 0 else "")):
            if draft.worth > best:
                best = draft.worth
                kept.append(draft)
    return kept if len(kept) <= 4 * KEPT else sorted(kept, key=lambda d: -d.worth)[: 4 * KEPT]


def ranked(found: Sequence[Draft], room: int, required: Duty) -> list[Draft]:
    """The drafts that fit and hold what must be said, the most worthy first."""
    fitting = [d for d in found if d.length <= room and d.duty & required == required]
    return sorted(fitting, key=lambda d: (-d.worth, d.length))


def best(found: Sequence[Draft], room: int, required: Duty) -> Draft | None:
    """The most worthy draft that fits and holds what must be said."""
    return next(iter(ranked(found, room, required)), None)

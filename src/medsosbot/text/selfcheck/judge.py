"""All gates over one post."""

from __future__ import annotations

from collections.abc import Sequence

from medsosbot.model import Objection, PostStyle, Release
from medsosbot.text.rules import Rules
from medsosbot.text.selfcheck import (
    deletions,
    events,
    figures,
    form,
    leaning,
    meaning,
    missing,
    rumours,
    standing,
    tokens,
    voices,
)
from medsosbot.text.selfcheck.case import Case, Gate, case_of

FORM: tuple[Gate, ...] = (
    form.over_limit,
    form.no_link,
    form.bad_html,
    form.empty,
    form.stray_entity,
    form.bad_hashtag,
    form.emoji_added,
    meaning.bad_weekday,
)
WORDS: tuple[Gate, ...] = (
    tokens.untraced,
    tokens.mood_changed,
    tokens.stutter,
    deletions.deletions,
    events.another_event,
    voices.attribution_lost,
    voices.quote_changed,
    standing.list_cut,
    standing.fragment,
    standing.says_nothing,
    standing.bad_closure,
    standing.dangling,
    leaning.leaning,
    missing.missing,
    meaning.status_lost,
    rumours.rumour_as_fact,
    meaning.deadline_lost,
    meaning.stale_deixis,
    figures.disagreeing,
)
FAR_TOO_LONG = 6


def judge(release: Release, parts: Sequence[str], style: PostStyle, rules: Rules) -> tuple[Objection, ...]:
    """What speaks against these parts (texts as they go over the wire) going out by themselves; empty for nothing.

    Never raises, whatever the texts are. Linear in their length.
    """
    if sum(map(len, parts)) > FAR_TOO_LONG * style.limit:
        return judge_form(release, parts, style, rules)  # it can't go out as it is, whatever it says
    return objections(case_of(release, parts, style, rules), (*FORM, *WORDS))


def judge_form(release: Release, parts: Sequence[str], style: PostStyle, rules: Rules) -> tuple[Objection, ...]:
    """The gates on form alone."""
    return objections(case_of(release, parts, style, rules), FORM)


def objections(case: Case, gates: Sequence[Gate]) -> tuple[Objection, ...]:
    """Each objection once, in the gates' order."""
    return tuple(dict.fromkeys(one for gate in gates for one in gate(case)))

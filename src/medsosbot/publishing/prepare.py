"""What each destination would get of a release: composed, then judged against the release by the self-check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from medsosbot.model import Composition, Objection, Release
from medsosbot.publishing.newsroom import Target
from medsosbot.text.compose import compose
from medsosbot.text.measure import measure
from medsosbot.text.own import own_text
from medsosbot.text.rules import Rules
from medsosbot.text.selfcheck import judge


@dataclass(frozen=True)
class Draft:
    """One destination's post. objections: not empty means that this delivery is held. own: the office's own words."""

    target: Target
    composition: Composition
    objections: tuple[Objection, ...]
    lengths: tuple[int, ...]
    own: str | None = None

    @property
    def parts(self) -> tuple[str, ...]:
        """The texts as they go over the wire."""
        return self.composition.parts


def prepare(release: Release, targets: Sequence[Target], rules: Rules) -> tuple[Draft, ...]:
    """The posts of a release, one draft per target; destinations of one style are composed once."""
    made: dict[object, Draft] = {}
    drafts = []
    for target in targets:
        own = release.texts.get(target.name)
        key = (target.style, own)
        if key not in made:
            made[key] = _draft(release, target, own, rules)
        drafts.append(replace(made[key], target=target))
    return tuple(drafts)


def _draft(release: Release, target: Target, own: str | None, rules: Rules) -> Draft:
    style = target.style
    if own is None:
        composition = compose(release, style, rules)
        objections = composition.objections + judge(release, composition.parts, style, rules)
    else:
        composition = own_text(own, release, style, rules)
        objections = composition.objections
    lengths = tuple(measure(p, style) for p in composition.parts)
    return Draft(target, composition, tuple(dict.fromkeys(objections)), lengths, own)

"""The composer: release + style + rules -> what goes over the wire, with the account of how.

Every sentence of a post is a subsequence of ONE sentence of the release after licensed rewrites. What can't be made
well is still made as well as can be (the draft) and carries objections, so that a person decides.
"""

from __future__ import annotations

from medsosbot.model import Composition, Form, PostStyle, Release
from medsosbot.text.long import compose_long
from medsosbot.text.post import compose_post
from medsosbot.text.reading import read
from medsosbot.text.rules import Rules


def compose(release: Release, style: PostStyle, rules: Rules) -> Composition:
    """One post of this release in this style. Never raises; `objections` hold the delivery."""
    reading = read(release, rules)
    if style.form is Form.POST:
        return compose_post(release, reading, style, rules)
    return compose_long(release, reading, style, rules)

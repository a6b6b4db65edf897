"""Which hashtags a post carries: the brand's always, a topic where title or lead call for it."""

from __future__ import annotations

import re

from medsosbot.model import PostStyle, Release
from medsosbot.text.phrases import words_of
from medsosbot.text.reading import Reading
from medsosbot.text.rules import Rules
from medsosbot.text.signs import Sign

GOVERNS = 8  # words in front of a trigger in which "dugaan" still governs it


def tags_of(
    release: Release, reading: Reading, style: PostStyle, rules: Rules
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(tags that always stand, tags that stand where they cost no fact). The office's own count as the first kind."""
    most = min(style.max_hashtags, rules.hashtags.most)
    brand = rules.hashtags.brand[:most]
    if release.hashtags:
        own = tuple(tag for tag in map(_own, release.hashtags) if tag)
        return tuple(dict.fromkeys((*brand, *own))), ()
    topic = _topic(reading, rules)
    return brand, (topic,) if topic and topic not in brand and len(brand) < most else ()


def _own(tag: str) -> str:
    """An office's own topic as a tag: "#" in front, nothing that would break it."""
    word = re.sub(r"\W", "", tag)
    return f"#{word}" if re.search(r"[^\W\d_]", word) else ""


def _topic(reading: Reading, rules: Rules) -> str | None:
    first = next((t for t in reading.sentences if not t.signs & Sign.ROW), None)
    texts = [reading.head, *([first] if first else [])]
    if any(t.signs & (Sign.DENIAL | Sign.CLAIM) for t in (*texts, *reading.sentences)):
        return None
    for topic in rules.hashtags.topics:
        if topic.tag in rules.hashtags.never and not _printed(topic.tag, reading):
            continue
        for trigger in topic.triggers:
            if any(_calls(t.text, trigger, rules) for t in texts):
                return topic.tag
    return rules.hashtags.fallback


def _calls(text: str, trigger: str, rules: Rules) -> bool:
    """The trigger as whole words, not in a division's name and not what is alleged or denied."""
    m = re.search(rf"(?<!\w){re.escape(trigger)}(?!\w)", text)
    if m is None:
        return False
    before = words_of(text[: m.start()])
    if before and before[-1].low in rules["grammar.divisions"]:
        return False
    return not rules["grammar.alleged"].within(before[-GOVERNS:])


def _printed(tag: str, reading: Reading) -> bool:
    words = re.sub(r"(?<=[a-z])(?=[A-Z0-9])", " ", tag.lstrip("#"))
    return words in reading.title or words in reading.text

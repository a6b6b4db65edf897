"""How long a text is for each platform, and what X would link in it.

X counts by twitter-text v3: after NFC, signs of the first ranges weigh 1, all others 2, an emoji sequence 2, a link 23.
Telegram counts code points after entity parsing; in UTF-16 units (`utf16_length`) a text that fits is safe everywhere.
Everything here takes any text, in linear time.
"""

from __future__ import annotations

import re
import unicodedata

from medsosbot.model import Measure, PostStyle
from medsosbot.text import emoji
from medsosbot.text.links import Link, Span, links, utf16
from medsosbot.text.marks import cashtags, hashtags, mentions
from medsosbot.text.telegram_html import plain_of

__all__ = [
    "Span",
    "cashtags_in",
    "hashtags_in",
    "measure",
    "mentions_in",
    "parsed_length",
    "plain_of",
    "urls_in",
    "utf16_length",
    "weighted_length",
]

URL_LENGTH = 23
_HEAVY = re.compile("[^\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def measure(text: str, style: PostStyle) -> int:
    """The length of what goes over the wire, in the units of `style.limit`. Never raises."""
    if style.measure is Measure.WEIGHTED:
        return weighted_length(text)
    return parsed_length(text) if style.markup == "HTML" else len(text)


def weighted_length(text: str) -> int:
    """The length on X, exactly as twitter-text v3 counts it."""
    if text.isascii():
        return _light_length(text)
    text = unicodedata.normalize("NFC", _joined(text))
    found = _in_code_points(text, links(utf16(text)))
    if emoji.HINT.search(text) is None:
        return _weight(text, found)
    return _weight_with_emoji(text, found)


def parsed_length(html: str) -> int:
    """The length on Telegram: code points after entity parsing; a text with broken markup counts as it stands."""
    if "<" not in html and "&" not in html:
        return len(html)
    try:
        return len(plain_of(html))
    except ValueError:
        return len(html)


def utf16_length(text: str) -> int:
    """The length of a plain text in UTF-16 units."""
    return len(text) + sum(c > "\uffff" for c in text) if not text.isascii() else len(text)


def urls_in(text: str) -> tuple[Span, ...]:
    """What X would make a link of the text, bare domains included, in order; offsets in code points."""
    if "." not in text:
        return ()
    return tuple(Span(start, end, text[start:end]) for start, end, _ in _in_code_points(text, links(utf16(text))))


def mentions_in(text: str) -> tuple[Span, ...]:
    """Each account or list that X would link, with its "@"; whether it exists is not asked."""
    return tuple(mentions(text)) if "@" in text or "＠" in text else ()


def hashtags_in(text: str) -> tuple[Span, ...]:
    """Each hashtag that X would link, with its "#"; none inside a link."""
    if "#" not in text and "＃" not in text:
        return ()
    kept: list[Span] = []
    for span in sorted([*hashtags(text), *urls_in(text)], key=lambda span: span.start):
        if not kept or kept[-1].end <= span.start:
            kept.append(span)
    return tuple(span for span in kept if span.text[0] in "#＃")


def cashtags_in(text: str) -> tuple[Span, ...]:
    """Each cashtag that X would link, with its "$"."""
    return tuple(cashtags(text)) if "$" in text else ()


def _light_length(text: str) -> int:
    total = len(text)
    if "." in text:
        for link in links(text):
            total += URL_LENGTH - link.length
    return total


def _joined(text: str) -> str:
    """Surrogates that stand as a pair become the sign that they mean."""
    if _SURROGATE.search(text) is None:
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _in_code_points(text: str, found: list[Link]) -> list[Link]:
    """The links with offsets and lengths in code points."""
    if not found or text.isascii() or max(text) <= "\uffff":
        return found
    moved, at, unit = [], 0, 0
    for link in found:
        marks = []
        for wanted in (link.start, link.start + link.length, link.end):
            while unit < wanted:
                unit += 2 if text[at] > "\uffff" else 1
                at += 1
            marks.append(at)
        moved.append(Link(marks[0], marks[2], marks[1] - marks[0]))
    return moved


def _weight(text: str, found: list[Link]) -> int:
    total = len(text) + len(_HEAVY.findall(text))
    for link in found:
        total += URL_LENGTH - link.length - len(_HEAVY.findall(text, link.start, link.start + link.length))
    return total


def _weight_with_emoji(text: str, found: list[Link]) -> int:
    total = _weight(text, found)
    covered, i = [(link.start, link.start + link.length) for link in found], 0
    for match in emoji.SEQUENCE.finditer(text):
        start, end = match.span()
        while i < len(covered) and covered[i][1] <= start:
            i += 1
        if i == len(covered) or start < covered[i][0]:
            total -= end - start + len(_HEAVY.findall(text, start, end)) - 2
    return total

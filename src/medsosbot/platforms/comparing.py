"""Is a post that a platform shows the one that we sent? Text is the evidence.

Compared are NFC, white space run together, links without scheme and last slash and with a small host: X makes
`http://s.ag` of `S.Ag`, Telegram adds a slash to a bare host.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from enum import Enum
from html.parser import HTMLParser
from typing import Any

from medsosbot.model import Part

NEAR = 0.8  # of the characters (or words) in the same order
LONG = 400  # characters
SCHEME = re.compile(r"https?://", re.IGNORECASE)
HOST = re.compile(r"(?<![\w@])(?:[\w-]+\.)+[\w-]+")
LAST_SLASH = re.compile(r"/(?=[\s.,;:!?)\]}\"'”’»]|$)")
SHORT_LINK = re.compile(r"(?:https?://)?t\.co/\w+", re.IGNORECASE)


class Likeness(Enum):
    """SAME: our post. NEAR: neither present nor absent, a person must look. OTHER: somebody else's."""

    SAME = "same"
    NEAR = "near"
    OTHER = "other"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.links: list[str] = []

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.links += [value for name, value in attrs if tag == "a" and name == "href" and value]


def plain(part: Part) -> tuple[str, tuple[str, ...]]:
    """A part's text as readers see it, and the links hidden behind words."""
    if part.markup != "HTML":
        return part.text, ()
    reader = _Reader()
    reader.feed(part.text)
    reader.close()
    return "".join(reader.text), tuple(reader.links)


def normal(text: str) -> str:
    """The spelling in which two texts are compared."""
    text = SCHEME.sub("", unicodedata.normalize("NFC", text.replace("\r", "")))  # Telegram drops each CR
    text = HOST.sub(lambda host: host.group().lower(), text)
    return LAST_SLASH.sub("", " ".join(text.split()))


def expand(text: str, entities: Any) -> str:
    """X's text as it was written: `&amp;` undone, each t.co link as `entities.urls` tells it."""
    urls = entities.get("urls") if isinstance(entities, Mapping) else None
    for url in urls if isinstance(urls, list) else ():
        if isinstance(url, Mapping) and url.get("url") and url.get("expanded_url"):
            text = text.replace(str(url["url"]), str(url["expanded_url"]))
    return html.unescape(text)


def liken(part: Part, shown: str, links: Iterable[str] = ()) -> Likeness:
    """How much a post that a platform shows is this part. links: those hidden behind words, where it tells them."""
    text, hidden = plain(part)
    ours, theirs = normal(text), normal(shown)
    if ours == theirs:
        mine, others = _unseen(hidden, ours), _unseen(links, ours)
        return Likeness.NEAR if mine and others and mine != others else Likeness.SAME
    if but_for_links(ours, theirs):
        return Likeness.NEAR
    one: Sequence[str] = ours
    other: Sequence[str] = theirs
    if max(len(ours), len(theirs)) > LONG:  # its characters would take seconds
        one, other = ours.split(), theirs.split()
    match = SequenceMatcher(None, one, other, autojunk=False)
    near = all(ratio() >= NEAR for ratio in (match.real_quick_ratio, match.quick_ratio, match.ratio))
    return Likeness.NEAR if near else Likeness.OTHER


def as_sent(part: Part, answered: str) -> bool:
    """Is this what the platform's answer to our own call should say? There each t.co stands for one URL of ours."""
    ours, theirs = normal(plain(part)[0]), normal(html.unescape(answered) if part.markup is None else answered)
    return ours == theirs or but_for_links(ours, theirs)


def but_for_links(ours: str, theirs: str) -> bool:
    """Are two normal texts the same once each t.co of theirs stands for one link of ours?"""
    pieces = SHORT_LINK.split(theirs)
    if len(pieces) == 1:
        return False
    return re.fullmatch(r"[^\s]+?".join(map(re.escape, pieces)), ours) is not None


def _unseen(links: Iterable[str], text: str) -> list[str]:
    """Links, in order, that don't stand in the text themselves."""
    return [link for link in map(normal, links) if link not in text]

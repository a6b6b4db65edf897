"""Telegram's HTML as a terminal shows it: without tags, each link's address behind its words."""

from __future__ import annotations

import re
from html import unescape

_LINK = re.compile(r"<a href=\"([^\"]*)\">(.*?)</a>", re.DOTALL)
_TAG = re.compile(r"</?[a-z][^>]*>")


def plain(html: str) -> str:
    """The text that a reader sees. Only for what this program composed: it is well-formed and escaped."""
    return unescape(_TAG.sub("", _LINK.sub(_link, html)))


def _link(found: re.Match[str]) -> str:
    address, words = found[1], found[2]
    return words if unescape(address) == unescape(_TAG.sub("", words)) else f"{words} <{address}>".replace("<", "&lt;")

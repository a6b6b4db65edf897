"""What Telegram reads from a text in its HTML style, by the rules of the Bot API server's own parser."""

from __future__ import annotations

import re

_TAGS = frozenset(
    [
        "a",
        "b",
        "strong",
        "i",
        "em",
        "s",
        "strike",
        "del",
        "u",
        "ins",
        "tg-spoiler",
        "span",
        "tg-emoji",
        "tg-time",
        "code",
        "pre",
        "blockquote",
    ]
)
_ENTITY = re.compile(r"&(?:#[xX]([0-9a-fA-F]{1,8})|#([0-9]{1,9})|(lt|gt|amp|quot)(?![a-zA-Z]));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_CLOSING = re.compile(r"</([a-zA-Z-]*)\s*>")
_OPENING = re.compile(r"<([a-zA-Z][a-zA-Z-]*)((?:\s+[a-zA-Z-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[a-zA-Z0-9.-]+))?)*)\s*>")
_ATTRIBUTE = re.compile(r"([a-zA-Z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([a-zA-Z0-9.-]+))")


def plain_of(html: str) -> str:
    """The text as a reader sees it.

    Raises ValueError for what Telegram refuses: a tag that it doesn't know, one without its end or an end without
    its tag, a broken attribute.
    """
    plain: list[str] = []
    open_tags: list[str] = []
    at = 0
    while (bracket := html.find("<", at)) >= 0:
        plain.append(unescaped(html[at:bracket]))
        at = _after_tag(html, bracket, open_tags)
    plain.append(unescaped(html[at:]))
    if open_tags:
        raise ValueError(f"<{open_tags[-1]}> has no end")
    return "".join(plain)


def links_of(html: str) -> tuple[tuple[str, str], ...]:
    """(address, visible text) of each link that is marked up, in order. Raises ValueError as `plain_of` does."""
    found: list[tuple[str, str]] = []
    for match in re.finditer(r"<[aA](\s[^>]*)?>([^<]*)", html):
        attributes = {name.lower(): unescaped(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(match[1] or "")}
        found.append((attributes.get("href", unescaped(match[2])), unescaped(match[2])))
    return tuple(found)


def unescaped(text: str) -> str:
    """The text with its entities resolved; what is no entity stays as it stands."""
    return _ENTITY.sub(_sign, text) if "&" in text else text


def _sign(match: re.Match[str]) -> str:
    if match[3]:
        return _NAMED[match[3]]
    code = int(match[1], 16) if match[1] else int(match[2])
    return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF else match[0]


def _after_tag(html: str, at: int, open_tags: list[str]) -> int:
    """Behind the tag that begins at `at`; keeps the stack of open tags."""
    if closing := _CLOSING.match(html, at):
        name = closing[1].lower()
        if not open_tags or (name and open_tags[-1] != name):
            raise ValueError(f"</{name}> has no beginning")
        open_tags.pop()
        return closing.end()
    opening = _OPENING.match(html, at)
    if opening is None:
        raise ValueError(f"broken tag at {at}")
    name = opening[1].lower()
    attributes = {k.lower(): a or b or c for k, a, b, c in _ATTRIBUTE.findall(opening[2])}
    if name not in _TAGS or (name == "span" and attributes.get("class") != "tg-spoiler"):
        raise ValueError(f"<{name}> is unknown")
    open_tags.append(name)
    return opening.end()

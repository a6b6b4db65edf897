"""Telegram's HTML: what is a tag, what is refused and in which words, and the text that is left."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Any

NAMES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
    "a": "text_link", "blockquote": "blockquote", "tg-spoiler": "spoiler", "span": "spoiler",
    "tg-emoji": "custom_emoji",
}  # fmt: skip
ENTITY = re.compile(r"&(#x[0-9a-fA-F]+|#[0-9]+|lt|gt|amp|quot);")
ATTRIBUTE = re.compile(r"""\s+([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?""")
BARE_LINK = re.compile(r"https?://[^\s<>()]+[^\s<>().,;:!?\"']")


class CantParse(Exception):
    """The description that the Bot API would give."""


@dataclass
class _Open:
    name: str
    at: int
    start: int
    href: str | None = None


@dataclass
class _Reader:
    source: str
    out: list[str] = field(default_factory=list)
    opened: list[_Open] = field(default_factory=list)
    entities: list[dict[str, Any]] = field(default_factory=list)

    def offset(self, at: int) -> int:
        return len(self.source[:at].encode())

    def length(self) -> int:
        return units("".join(self.out))

    def open(self, at: int) -> int:
        rest = self.source[at + 1 :]
        stop = re.search(r"[\s>]", rest)
        if stop is None:
            raise CantParse(f"Unclosed start tag at byte offset {self.offset(at)}")
        name = rest[: stop.start()].lower()
        if name not in NAMES:
            raise CantParse(f'Unsupported start tag "{name}" at byte offset {self.offset(at)}')
        end = self.source.find(">", at)
        if end < 0:
            raise CantParse(f"Unclosed start tag at byte offset {self.offset(at)}")
        inside = self.source[at + 1 : end]
        attributes = {m[1].lower(): next((g for g in m.groups()[1:] if g), "") for m in ATTRIBUTE.finditer(inside)}
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise CantParse(f'Tag "span" must have class "tg-spoiler" at byte offset {self.offset(at)}')
        href = html.unescape(attributes["href"]) if attributes.get("href") else None
        self.opened.append(_Open(name, at, self.length(), href))
        return end + 1

    def close(self, at: int) -> int:
        end = self.source.find(">", at)
        if end < 0:
            raise CantParse(f"Unclosed end tag at byte offset {self.offset(at)}")
        name = self.source[at + 2 : end].strip().lower()
        if not self.opened:
            raise CantParse(f"Unexpected end tag at byte offset {self.offset(at)}")
        tag = self.opened.pop()
        if name and name != tag.name:
            raise CantParse(
                f'Unmatched end tag at byte offset {self.offset(at)}, expected "</{tag.name}>", found "</{name}>"'
            )
        length = self.length() - tag.start
        if length and not (tag.name == "a" and not tag.href):
            entity = {"type": NAMES[tag.name], "offset": tag.start, "length": length}
            self.entities.append(entity | ({"url": with_slash(tag.href)} if tag.href else {}))
        return end + 1


def units(text: str) -> int:
    """Length in UTF-16 units, which entities are counted in."""
    return len(text.encode("utf-16-le")) // 2


def with_slash(url: str) -> str:
    """Telegram's own spelling: a bare host gets a slash, a missing scheme http."""
    url = url if "://" in url else "http://" + url
    return url + "/" if re.fullmatch(r"[a-z]+://[^/]+", url) else url


def parse(source: str, mode: str | None) -> tuple[str, list[dict[str, Any]]]:
    """The plain text and its entities; trimmed as Telegram does. Raises CantParse."""
    if mode is None or mode == "":
        text, entities = source, []
    elif mode.lower() == "html":
        text, entities = _parse_html(source)
    else:
        raise CantParse("unsupported parse_mode")
    text = text.replace("\r", "")
    lead = units(text) - units(text.lstrip())
    text = text.strip()
    kept = [e | {"offset": max(0, e["offset"] - lead)} for e in entities]
    for match in BARE_LINK.finditer(text):
        entity = {"type": "url", "offset": units(text[: match.start()]), "length": units(match.group())}
        if not any(e["type"] == "text_link" and e["offset"] == entity["offset"] for e in kept):
            kept.append(entity)
    return text, sorted(kept, key=lambda e: e["offset"])


def _parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    reader, at = _Reader(source), 0
    while at < len(source):
        if source.startswith("</", at):
            at = reader.close(at)
        elif source[at] == "<":
            at = reader.open(at)
        elif match := ENTITY.match(source, at):
            reader.out.append(html.unescape(match.group()))
            at = match.end()
        else:
            reader.out.append(source[at])
            at += 1
    if reader.opened:
        name = reader.opened[-1].name
        raise CantParse(f'Can\'t find end tag corresponding to start tag "{name}"')
    return "".join(reader.out), reader.entities

"""Plain text to what goes over the wire: escaping after shortening, links, the link line."""

from __future__ import annotations

from medsosbot.model import PostStyle, Release
from medsosbot.text.rules import Rules


def escape(text: str) -> str:
    """For Telegram's HTML; quotation marks only need it inside an attribute."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def anchor(url: str, words: str) -> str:
    """A link around words."""
    return f'<a href="{escape(url).replace(chr(34), "&quot;")}">{escape(words)}</a>'


def link_of(release: Release, style: PostStyle) -> str | None:
    """The article's link, where there is one and the destination wants it."""
    return release.url.strip() if release.url and release.url.strip() and style.link != "never" else None


def tail(url: str | None, tags: tuple[str, ...], style: PostStyle, rules: Rules) -> str:
    """Link and hashtags, a line each, with the blank line before them; nothing where there are none."""
    lines = []
    if url:
        lines.append(anchor(url, rules.more) if style.markup == "HTML" else url)
    if tags:
        lines.append(" ".join(tags))
    return "\n\n" + "\n".join(lines) if lines else ""

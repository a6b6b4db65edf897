"""A post's text as a reader sees it: runs with their looks, from what goes over the wire. Nothing is trusted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from medsosbot.text.measure import hashtags_in, mentions_in, plain_of, urls_in
from medsosbot.text.telegram_html import unescaped

LOOKS = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strike"),
    **dict.fromkeys(("code", "pre"), "mono"),
    **dict.fromkeys(("span", "tg-spoiler"), "spoiler"),
    "blockquote": "quote",
}
_TAG = re.compile(r"<(/?)([a-zA-Z-]*)((?:\"[^\"]*\"|'[^']*'|[^>\"'])*)>")
_HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
STARS = {"bold": "*", "italic": "_", "strike": "~"}  # how WhatsApp writes them


@dataclass(frozen=True)
class Run:
    """looks: bold, italic … and link, tag. href: where a click leads, http and https alone."""

    text: str
    looks: tuple[str, ...] = ()
    href: str | None = None


def runs(text: str, markup: str | None) -> tuple[Run, ...]:
    """The text in runs, in order. Broken markup is shown as it stands."""
    if markup is None or not is_sound(text):
        return tuple(_linked(Run(text)))
    return tuple(run for found in _marked_up(text) for run in ([found] if found.href else _linked(found)))


def is_sound(html: str) -> bool:
    """Would Telegram read this markup?"""
    try:
        plain_of(html)
    except ValueError:
        return False
    return True


def plain(found: Iterable[Run]) -> str:
    """What «Salin» copies; the address of a link stands behind its words."""
    return "".join(run.text if _shows_address(run) else f"{run.text}: {run.href}" for run in found)


def for_whatsapp(found: Iterable[Run]) -> str:
    """The same with WhatsApp's signs: *tebal*, _miring_, ~coret~."""
    pieces: list[tuple[str, tuple[str, ...]]] = []
    for run in found:
        text = run.text if _shows_address(run) else f"{run.text}: {run.href}"
        looks = tuple(look for look in run.looks if look in STARS)
        if pieces and pieces[-1][1] == looks:
            pieces[-1] = (pieces[-1][0] + text, looks)
        else:
            pieces.append((text, looks))
    return "".join(_starred(text, looks) for text, looks in pieces)


def host_of(found: Iterable[Run]) -> str | None:
    """The host of the last link, for the box that platforms put below a post; None without a link."""
    addresses = [run.href for run in found if run.href]
    return urlsplit(addresses[-1]).hostname if addresses else None


def safe_href(address: str) -> str | None:
    """The address, if a click on it is harmless and leads somewhere."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme.lower() in ("http", "https") and parts.hostname else None


def _shows_address(run: Run) -> bool:
    return run.href is None or run.text.strip() in run.href


def _starred(text: str, looks: tuple[str, ...]) -> str:
    """The signs hug the words of each line: WhatsApp reads none that touches a blank or spans lines."""
    for look in looks:
        star = STARS[look]
        text = re.sub(r"[^\s](?:[^\n]*[^\s])?", lambda m, s=star: f"{s}{m[0].replace(s, '')}{s}", text)  # type: ignore[misc]
    return text


def _linked(run: Run) -> Iterator[Run]:
    """The run with what a platform would link in it as runs of their own."""
    spans = [(u.start, u.end, "link", safe_href(u.text)) for u in urls_in(run.text)]
    for found in (*hashtags_in(run.text), *mentions_in(run.text)):
        if not any(found.start < end and start < found.end for start, end, *_ in spans):
            spans.append((found.start, found.end, "tag", None))
    at = 0
    for start, end, look, href in sorted(spans):
        if start > at:
            yield Run(run.text[at:start], run.looks)
        yield Run(run.text[start:end], (*run.looks, look), href)
        at = end
    if at < len(run.text):
        yield Run(run.text[at:], run.looks)


def _marked_up(html: str) -> Iterator[Run]:
    """Sound markup in runs; tags that look like nothing here leave their words as they are."""
    open_tags: list[tuple[str | None, str | None]] = []
    at = 0
    for tag in _TAG.finditer(html):
        yield from _run(html[at : tag.start()], open_tags)
        at = tag.end()
        if tag[1]:
            open_tags.pop()
        else:
            href = _HREF.search(tag[3]) if tag[2].lower() == "a" else None
            address = unescaped(href[1] or href[2] or href[3] or "") if href else ""
            open_tags.append((LOOKS.get(tag[2].lower()), safe_href(address)))
    yield from _run(html[at:], open_tags)


def _run(text: str, open_tags: Iterable[tuple[str | None, str | None]]) -> Iterator[Run]:
    if text:
        looks = tuple(dict.fromkeys(look for look, _ in open_tags if look))
        href = next((href for _, href in open_tags if href), None)
        yield Run(unescaped(text), (*looks, "link") if href else looks, href)

"""The releases that the tests of words read: the six of the page in seeds/, and further ones written for the tests.

Each file in releases/ holds releases separated by a line of "%%": the title, a blank line, the text as it was printed.
`hard`, `grave`: denials, deadlines behind lists, status, corrections, speech. `varied`, `fresh`: the everyday.
`wild`: what goes wrong.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from medsosbot.model import Form, PostStyle, Release
from medsosbot.platforms.styles import TELEGRAM, X

HERE = Path(__file__).parent
SEED = HERE.parent.parent / "seeds" / "berita-terkini.txt"
URL = "https://kaltim.kpu.go.id/berita/baca/8123"
CAPTION: PostStyle = replace(TELEGRAM, form=Form.CAPTION, limit=1024)
STYLES: dict[str, PostStyle] = {"x": X, "telegram": TELEGRAM, "caption": CAPTION}
KINDS = ("six", "hard", "grave", "varied", "fresh", "wild")


def six() -> list[Release]:
    """The page's releases, without link, as they are printed."""
    blocks = [block.strip() for block in SEED.read_text(encoding="utf-8").split("\n\n")][1:]
    return [Release(title=blocks[i], body=blocks[i + 1]) for i in range(0, len(blocks), 2)]


def releases(kind: str) -> list[Release]:
    """All releases of a kind."""
    if kind == "six":
        return six()
    texts = (HERE / "releases" / f"{kind}.txt").read_text(encoding="utf-8").split("\n%%\n")
    return [Release(*text.strip().split("\n\n", 1)) for text in texts]


def everything() -> list[Release]:
    """All of them."""
    return [release for kind in KINDS for release in releases(kind)]


def linked(release: Release) -> Release:
    """The same release with its page on the website."""
    return replace(release, url=URL)


def named(words: str) -> Release:
    """The one release whose title holds these words."""
    found = [release for release in everything() if words in release.title]
    found = [release for release in found if release.title == words] or found
    assert len(found) == 1, (words, len(found))
    return found[0]


def dated(release: Release, day: date) -> Release:
    """The same release with a written date."""
    return replace(release, date=day)

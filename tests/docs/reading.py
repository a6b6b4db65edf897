"""What the documentation names: commands, options, config keys, variables, files, staff commands, log lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_LINK = re.compile(r"\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language ("" where none is given) and its text."""

    page: str
    language: str
    text: str


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path) -> list[Block]:
    return [Block(page.name, m[1], m[2]) for m in _FENCE.finditer(text_of(page))]


def inline(page: Path) -> list[str]:
    """The inline code of a page, in its order."""
    return _CODE.findall(_FENCE.sub("", text_of(page)))


def links(page: Path) -> list[str]:
    return [target for target in _LINK.findall(_FENCE.sub("", text_of(page))) if "://" not in target]


def shell_lines(page: Path) -> Iterator[str]:
    """Each command line of the shell blocks, without comments; lines that end in a backslash are joined."""
    for block in blocks(page):
        if block.language in ("sh", "console", "bash", ""):
            for line in block.text.replace("\\\n", " ").splitlines():
                yield re.sub(r"(^|\s)#.*", "", line).strip().removeprefix("$ ")


def pieces(line: str) -> list[str]:
    """The single commands of a line."""
    return [p.strip() for p in re.split(r"&&|\|\||[|;]|\s>\s", line)]


def medsosbot_calls(page: Path) -> list[str]:
    """Every call of the program, as its words behind `medsosbot`."""
    found = [p for line in shell_lines(page) for p in pieces(line)]
    found += [code for code in inline(page) if re.match(r"(\S*/)?medsosbot( |$)", code)]
    # The last "medsosbot" of the line is the program; those before it are users and services.
    calls = (re.fullmatch(r"(?:.*[\s/]|)medsosbot(?: (.*)|)", p) for p in found)
    return [
        (m[1] or "") for m in calls if m and not re.search(r"systemctl|journalctl|adduser|git clone|install |ln ", m[0])
    ]


def make_targets(page: Path) -> set[str]:
    found = " ".join([*shell_lines(page), *inline(page)])
    return {t for t in re.findall(r"\bmake (?:-C \S+ |PYTHON=\S+ )?([a-z]+)", found) if t != "it"}


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub makes of a page's headings."""
    heads = re.findall(r"^#+ (.+)$", _FENCE.sub("", text_of(page)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in heads}

"""docs/operations.md tells every line of the log and every notice: none is missing, and none is made up."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from tests.docs.reading import ROOT, text_of

SOURCE = ROOT / "src/medsosbot"
PAGE = text_of(ROOT / "docs/operations.md")
LEVELS = {"info", "warning", "error", "exception"}
# Told elsewhere: the notices themselves where there is no staff group, and a crash that no room caught.
SHORT = {"%s refused", "%s is out at %s as %s", "%s at %s: %s (%s, status %s)", "%s decided: %s %s"}
OWN = {"%s", "%s: %s", "Unexpected %s: %s"}


def section(title: str) -> str:
    return PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]


def documented() -> list[str]:
    """The lines of the table, several in one cell."""
    cells = re.findall(r"^\| (`.*?) \| ", section("What the log says"), re.MULTILINE)
    return [line for cell in cells for line in re.findall(r"`([^`]+)`", cell)]


def logged() -> Iterator[tuple[str, str]]:
    """Where and what: the constant texts of log calls, and of troubles that begin or are over."""
    for file in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                text = _told(node, ast.unparse(node.func.value))
                if text is not None and text not in OWN:
                    yield f"{file.relative_to(SOURCE)}:{node.lineno}", text


def _told(node: ast.Call, on: str) -> str | None:
    assert isinstance(node.func, ast.Attribute)
    if (on in ("log", "self._log") or on.startswith("logging.getLogger")) and node.func.attr in LEVELS:
        return _format(node.args[0])
    if on.endswith("troubles") and node.func.attr in ("say", "over"):
        return _format(node.args[1])
    return None


def _format(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(v.value) if isinstance(v, ast.Constant) else "%s" for v in node.values)
    return None


def pattern(text: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in text.split("%s")))


LOGGED = list(logged())


@pytest.mark.parametrize(("place", "text"), LOGGED, ids=[place for place, _ in LOGGED])
def test_a_line_of_the_log_is_explained(place: str, text: str) -> None:
    assert any(pattern(text).fullmatch(line) for line in documented()), text


@pytest.mark.parametrize("line", documented())
def test_an_explained_line_is_logged(line: str) -> None:
    assert any(pattern(text).fullmatch(line) for text in every_text()), line


@cache
def every_text() -> tuple[str, ...]:
    """Also what is put together before it is logged: every longer text of the source."""
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in sorted(SOURCE.rglob("*.py"))]
    found = [
        _format(node) for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant | ast.JoinedStr)
    ]
    texts = [text.replace("{}", "%s") for text in found if text]
    return tuple(text for text in texts if len(text.replace("%s", "").strip()) > 12 or text == "ready" or text in SHORT)


def test_every_notice_is_explained() -> None:
    heads = set()
    for file in (SOURCE / "publishing").glob("*.py"):
        heads |= set(re.findall(r"<b>([A-Z][^<{]+)</b>", file.read_text(encoding="utf-8")))
    assert len(heads) > 6
    told = set(re.findall(r"^\| \*\*(.+?)\*\* \|", section("What the staff group is told"), re.MULTILINE))
    assert heads == told

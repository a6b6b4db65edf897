"""Every error text that a user can meet, found in the source: each says what is wrong and how to mend it.

Constants are followed within their module; what is put together from an exception's own words is left out.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src/medsosbot"
HINTED = {"Fault": 1, "Problem": 2, "WrongValueError": 1}  # the place of the hint among the arguments
PLATFORM = {"TransientError", "RejectedError", "UnauthorizedError", "UncertainError", "CannotTell"}
DECISIONS = {"DecisionError", "UnknownIdError"}
HOLDS = {"Hold"}
INDONESIAN = re.compile(
    r"\b(yang|tidak|belum|jadi|bukan|untuk|sudah|ini|lalu|dulu|tetapi|atau|dengan|tanpa|menolak|meminta|sedang|habis|milik|masih)\b"
)
# A verb in the imperative, or the command to type: what the reader can do. "Sendiri": nothing is to be done.
TO_DO = re.compile(
    r"\b(lihat|periksa|ulangi|coba|betulkan|perbaiki|perpendek|pendekkan|tambahkan|hapus|lepas|lanjutkan|batalkan|isi|"
    r"ganti|jadikan|masukkan|minta|mintalah|buat|cari|salin|taruh|tunggu|beri|pasang|laporkan|matikan|pisahkan|pakai|"
    r"dikirim sendiri|diperiksa dulu|diperiksa lagi|jangan kirim|jadi tidak (perlu|ada)|tujuannya|ditanya dulu|"
    r"belum diketahui|sisakan|undang|ditanya lagi|tujuan yang ada)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Text:
    """One call that makes an error. args: its arguments as text, None where nothing can be known from the source."""

    place: str
    kind: str
    args: tuple[str | None, ...]
    keywords: frozenset[str]

    @property
    def message(self) -> str:
        return next((a for a in self.args if a), "")


def texts(kinds: set[str]) -> list[Text]:
    return [t for file in sorted(SOURCE.rglob("*.py")) for t in _of_file(file) if t.kind in kinds]


def _of_file(file: Path) -> Iterator[Text]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    constants = {
        target.id: _text(node.value, {})
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            kind = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            place = f"{file.relative_to(SOURCE)}:{node.lineno}"
            args = tuple(_text(a, constants) for a in node.args)
            yield Text(place, kind, args, frozenset(k.arg or "" for k in node.keywords))


def _text(node: ast.expr, constants: dict[str, str | None]) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(v.value if isinstance(v, ast.Constant) else _command(v) for v in node.values)
    if isinstance(node, ast.Name):
        return constants.get(node.id)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        return _text(node.func.value, constants)
    return None


def _command(node: ast.expr) -> str:
    """A piece that the source puts in; `who.types(…)` is a command for the reader."""
    inside = ast.unparse(node)
    return "lihat: …" if ".types(" in inside or "_resume(" in inside else "…"


def names(found: list[Text]) -> list[str]:
    return [t.place for t in found]


FAULTS = [t for t in texts(set(HINTED)) if t.message]
REASONS = [t for t in texts(PLATFORM) if t.args and t.args[0]]
DECIDED = [t for t in texts(DECISIONS) if t.message]
HELD = [t for t in texts(HOLDS) if len(t.args) > 1 and t.args[1]]


def test_the_scan_sees_the_errors_at_all() -> None:
    assert len(FAULTS) > 80 and len(REASONS) > 30 and len(DECIDED) > 15 and len(HELD) > 6


@pytest.mark.parametrize("text", FAULTS, ids=names(FAULTS))
def test_a_fault_has_a_hint(text: Text) -> None:
    assert len(text.args) > HINTED[text.kind] or "hint" in text.keywords, text.message


@pytest.mark.parametrize("text", REASONS, ids=names(REASONS))
def test_what_a_platform_refuses_is_an_indonesian_sentence_that_says_what_to_do(text: Text) -> None:
    reason = text.args[0] or ""
    assert reason.endswith("."), reason
    assert INDONESIAN.search(reason), reason
    assert TO_DO.search(reason), reason


@pytest.mark.parametrize("text", DECIDED, ids=names(DECIDED))
def test_a_decision_that_is_not_allowed_says_what_to_do_instead(text: Text) -> None:
    assert INDONESIAN.search(text.message.lower()), text.message
    assert TO_DO.search(text.message), text.message


@pytest.mark.parametrize("text", HELD, ids=names(HELD))
def test_a_hold_says_what_to_do(text: Text) -> None:
    reason = text.args[1] or ""
    assert reason.endswith((".", "…")), reason
    assert TO_DO.search(reason) or reason.startswith("Teks sendiri untuk …"), reason


@pytest.mark.parametrize("room", ["platforms"])
def test_every_sentence_that_an_adapter_keeps_says_what_to_do(room: str) -> None:
    """The tables of known refusals, too."""
    for file in sorted((SOURCE / room).glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_sentence(node.value):
                assert TO_DO.search(node.value), f"{file.name}:{node.lineno}: {node.value}"


def _is_sentence(value: str) -> bool:
    return value[:1].isupper() and value.endswith(".") and "\n" not in value and bool(INDONESIAN.search(value))

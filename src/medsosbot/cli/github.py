"""Faults as GitHub's workflow annotations: `::error file=queue/rapat.md,line=3::…`, a hold as `::warning`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from medsosbot.errors import Fault

if TYPE_CHECKING:
    from medsosbot.app.looks import Checked


def of_report(report: Checked, path_of: Callable[[str], Path]) -> Iterator[str]:
    """One line per fault and per hold. A hold for `approval` alone is none. path_of: where the file of a name lies."""
    from medsosbot.queue_folder.reasons import sentence  # loads YAML, which `--help` needs not

    for refused in report.refused:
        place = from_here(path_of(refused.file))
        faults = refused.faults or (Fault(refused.reason),)
        yield from (  # GitHub shows it beside a line or not at all
            _line("error", place, f.line or 1, f"{sentence(replace(f, line=None))} {f.hint}".strip()) for f in faults
        )
    for file in report.files:
        if set(file["held_because"]) - report.approval:
            place = from_here(path_of(file["file"]))
            yield from (_line("warning", place, None, reason) for reason in file["held_because"])


def of_fault(fault: Fault, place: str) -> str:
    """One fault. place: its file, from the working directory."""
    message = " ".join(p for p in (fault.key and f"{fault.key}:", fault.message, fault.hint) if p)
    return _line("error", place, fault.line, message)


def from_here(path: Path) -> str:
    """The path from the working directory, where it lies below it."""
    here, path = Path.cwd(), path.absolute()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _line(kind: str, place: str, number: int | None, message: str) -> str:
    where = ",".join([f"file={_escaped(place, ':,')}", *([f"line={number}"] if number else [])]) if place else ""
    return f"::{kind} {where}".rstrip() + f"::{_escaped(message)}"


def _escaped(text: str, also: str = "") -> str:
    """GitHub's own escapes: a line break or percent sign everywhere, further signs inside a property."""
    for sign in "%\r\n" + also:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text

"""The text beside a refused file: of each fault the line, what is wrong, and how to mend it."""

from __future__ import annotations

import shlex
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace

from medsosbot.errors import Fault
from medsosbot.queue_folder.values import EXAMPLE, MEND

WIDTH = 80
MOST = 10  # faults that are told one by one

# Kinds of refusal that this text treats in their own way, as a fault's key.
PAGE = "page"  # more than one release
OUT = "out"  # it went out already, or the same text came in before
NAME = "name"  # another release has its name
RUN = "minta teknisi menjalankan: "
PAGE_HINT = "Pecah menjadi satu berkas untuk setiap rilis, atau minta teknisi memecahnya dengan medsosbot import."

_OPENING = "Ditolak: "
# Nobody deletes a reason when the mended file is accepted, so it says of what moment it speaks.
_NOTE = "Catatan ini dibuat saat berkas itu ditolak; abaikan bila sesudahnya sudah diterima."
_NOT_OUT = "Saat ditolak, belum ada yang terbit dari berkas itu."
_EXAMPLE = """\
Contoh berkas yang benar:

---
title: "Judul rilis"
---
Samarinda, kaltim.kpu.go.id – Isi rilis ...
"""


@dataclass(frozen=True)
class Told:
    """What a reason file says: the name under which the file was handed in, and the first fault's sentence."""

    name: str
    why: str


def sentence(fault: Fault) -> str:
    """`Baris 2: judul kosong.`"""
    place = f"Baris {fault.line}: " if fault.line else ""
    message = fault.message if place else fault.message[:1].upper() + fault.message[1:]
    return f"{place}{message}" + ("" if message.endswith((".", "?", "!")) else ".")


def summary(faults: Sequence[Fault]) -> str:
    """Every fault with its hint on one line, for results and notices."""
    shown = [f"{sentence(f)} {f.hint}".strip().replace("\n", " / ") for f in faults[:MOST]]
    if len(faults) > MOST:
        shown.append(f"Dan {len(faults) - MOST} kesalahan lain.")
    return " ".join(shown)


def text(name: str, kept_as: str, faults: Sequence[Fault]) -> str:
    """The whole reason file. name: as handed in; kept_as: its name in rejected/."""
    faults = [_page(fault, kept_as) if fault.key == PAGE else fault for fault in faults]
    keys = {fault.key for fault in faults}
    lines = [f"{_OPENING}{name}", *_wrap(_NOTE if OUT in keys else f"{_NOTE} {_NOT_OUT}"), ""]
    for n, fault in enumerate(faults[:MOST], 1):
        lines += _told(n if len(faults) > 1 else None, fault)
    if len(faults) > MOST:
        lines += [f"Dan {len(faults) - MOST} kesalahan lain.", ""]
    if "front matter" in keys:
        lines += [_EXAMPLE]
    # These kinds say themselves what to hand in, and under which name.
    again = "" if keys & {PAGE, OUT, NAME} else f"Sesudah dibetulkan, taruh lagi di folder antrean dengan nama {name}."
    lines += _wrap(f"Berkas aslinya ada di rejected/{kept_as}. {again}")
    return "\n".join(lines) + "\n"


def read_back(reason: str) -> Told | None:
    """What a reason file says; None for a text that isn't one."""
    first, *rest = reason.split("\n")
    if not first.startswith(_OPENING):
        return None
    body = "\n".join(rest).partition("\n\n")[2].split("\n")
    end = next((n for n, line in enumerate(body) if line.endswith((".", "?", "!"))), len(body) - 1)
    return Told(first.removeprefix(_OPENING), " ".join(" ".join(body[: end + 1]).split()).removeprefix("1. "))


def _told(number: int | None, fault: Fault) -> list[str]:
    lead = f"{number}. " if number else ""
    lines = _wrap(sentence(fault), first=lead, indent=" " * len(lead))
    indent = " " * len(lead)
    before, sign, line = _parts(fault.hint)
    if before or sign:
        lines += _wrap(f"{before}{sign}".strip(), first=indent, indent=indent)
    if sign:
        lines += ["", line]  # to be copied: unwrapped, and at the margin, as a key or `---` has to stand
    return [*lines, ""]


def _page(fault: Fault, kept_as: str) -> Fault:
    command = f"medsosbot import {shlex.quote(f'queue/rejected/{kept_as}')}"
    return replace(fault, hint=f"Pecah menjadi satu berkas untuk setiap rilis, atau {RUN}{command}")


def _parts(hint: str) -> tuple[str, str, str]:
    """A hint's advice, the sign, and the line or lines to be copied."""
    sign = next((sign for sign in (MEND, EXAMPLE, RUN) if sign in hint), "")
    return hint.partition(sign) if sign else (hint, "", "")


def _wrap(sentences: str, first: str = "", indent: str = "") -> list[str]:
    return textwrap.wrap(
        sentences, WIDTH, initial_indent=first, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )

"""What the YAML loader refuses, told in Indonesian with the line as it could stand."""

from __future__ import annotations

import re

from medsosbot.errors import Fault
from medsosbot.front_matter import quoted
from medsosbot.queue_folder import values
from medsosbot.queue_folder.values import EXAMPLE, MEND
from medsosbot.strict_yaml import YamlFault

KEYS = (
    *("title", "date", "url", "publish_at", "expires_at", "destinations", "urgency", "id", "hashtags", "text"),
    "photos",
)
_INDONESIAN = {
    **{"judul": "title", "tanggal": "date", "tautan": "url", "link": "url", "tujuan": "destinations"},
    **{"tagar": "hashtags", "foto": "photos", "teks": "text", "terbit": "publish_at", "kedaluwarsa": "expires_at"},
}

_KINDS = {
    "duplicate": "kunci {text} ditulis dua kali",
    "anchor": "tanda & di awal nilai punya arti lain",
    "alias": "tanda * atau << di awal nilai punya arti lain",
    "tag": "tanda ! di awal nilai punya arti lain",
    "escape": "kode karakter di dalam kutip tidak dikenal",
    "deep": "terlalu banyak tanda kurung di dalam tanda kurung",
    "large": "kepala berkas terlalu besar",
    "documents": "ada lebih dari satu kepala berkas",
    "key": "kunci harus satu kata",
}


def told(fault: YamlFault, lines: list[str], first: int) -> Fault:
    """A fault of the loader in Indonesian, with the line as it could stand."""
    n = min(max(fault.line - first, 0), len(lines) - 1)
    line = lines[n]
    message = _KINDS.get(fault.kind, "baris ini tidak terbaca").format(text=values.shown(fault.text))
    if fault.kind == "duplicate":
        kept = next((each for each in lines if re.match(rf"\s*{re.escape(fault.text)}\s*:", each)), line)
        return Fault(message, f"Hapus salah satunya. {MEND}{kept.strip()}", line=fault.line)
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return Fault("baris diawali tab", f"{MEND}{line.strip()}", line=fault.line)
    if glued := re.match(r"\s*([A-Za-z_]+):([^\s/].*)", line):
        return Fault("tidak ada spasi sesudah titik dua", f"{MEND}{glued[1]}: {glued[2]}", line=fault.line)
    if found := re.match(r"(\s*)([A-Za-z_]+)\s*:\s+(\S.*)", line):
        return Fault(
            message, f"{MEND}{_mended(found[1], meant(found[2]) or found[2], found[3].strip())}", line=fault.line
        )
    if line.strip() and ":" not in line:
        hint = "Jika ini isi rilis, pindahkan ke bawah baris --- yang kedua; jika lanjutan judul, satukan barisnya."
        return Fault(f"{message}: {values.shown(line)} bukan `kunci: nilai`", hint, line=fault.line)
    return Fault(message, f"{EXAMPLE}title: {quoted('Judul rilis')}", line=fault.line)


def _mended(indent: str, key: str, raw: str) -> str:
    if key in ("destinations", "hashtags"):
        words = re.findall(r"[\w.-]+" if key == "destinations" else r"\w+", raw)
        return f"{indent}{key}: [{', '.join(words)}]"
    if key in ("text", "photos"):
        return f'{indent}{key}: {{x: "..."}}' if key == "text" else "(hapus baris photos)"
    return f"{indent}{key}: {quoted(raw)}"


def meant(key: str) -> str | None:
    """The key that this one was probably meant to be."""
    return key if key in KEYS else _INDONESIAN.get(key.lower()) or values.near(key, KEYS)

"""What the YAML loader refuses, told in Indonesian with the line as it could stand."""

from __future__ import annotations

import re

from medsosbot import strict_yaml
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
    if n and lines[n][:1].strip() and _is_indented_key(lines[0]):
        n = 0  # the loader takes the first line's margin for everybody's
    line = lines[n]
    at = first + n
    message = _KINDS.get(fault.kind, "baris ini tidak terbaca").format(text=values.shown(fault.text))
    if fault.kind == "duplicate":
        kept = next((each for each in lines if re.match(rf"\s*{re.escape(fault.text)}\s*:", each)), line)
        return Fault(message, f"Hapus salah satunya. {MEND}{kept.strip()}", line=at)
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return Fault("baris diawali tab", f"{MEND}{line.strip()}", line=at)
    if glued := re.match(r"\s*([A-Za-z_]+):([^\s/].*)", line):
        return Fault("tidak ada spasi sesudah titik dua", f"{MEND}{glued[1]}: {glued[2]}", line=at)
    if found := re.match(r"(\s*)([A-Za-z_]+)\s*:\s+(\S.*)", line):
        key, raw = meant(found[2]) or found[2], found[3].strip()
        if _is_indented_key(line):
            shown = f"{key}: {raw}" if key != "text" and _is_yaml(f"{key}: {raw}") else mended(key, raw)
            return Fault("baris diawali spasi", f"{MEND}{shown}", line=at)
        return Fault(message, f"{MEND}{found[1]}{mended(key, raw)}", line=at)
    if line.strip() and ":" not in line:
        hint = "Jika ini isi rilis, pindahkan ke bawah baris --- yang kedua; jika lanjutan judul, satukan barisnya."
        return Fault(f"{message}: {values.shown(line)} bukan `kunci: nilai`", hint, line=at)
    return Fault(message, f"{EXAMPLE}title: {quoted('Judul rilis')}", line=at)


def mended(key: str, raw: str) -> str:
    """The line of a key with what stands behind it as a value that YAML takes."""
    if key in ("destinations", "hashtags"):
        words = re.findall(r"[\w.-]+" if key == "destinations" else r"\w+", raw)
        return f"{key}: [{', '.join(words)}]"
    if key == "text":
        own = "..." if raw[:1] in ('"', "[", "{") else raw
        return f"text: {{x: {quoted(own)}}}"
    return "(hapus baris photos)" if key == "photos" else f"{key}: {quoted(raw)}"


def _is_indented_key(line: str) -> bool:
    found = re.match(r" +([A-Za-z_]+)\s*:(\s|$)", line)
    return bool(found and exact(found[1]))


def _is_yaml(line: str) -> bool:
    try:
        strict_yaml.load(line)
    except strict_yaml.StrictYamlError:
        return False
    return True


def exact(key: str) -> str | None:
    """The key of this name, whatever its case, or of its Indonesian word."""
    key = key.lower()
    return key if key in KEYS else _INDONESIAN.get(key)


def meant(key: str) -> str | None:
    """The key that this one was probably meant to be."""
    return key if key in KEYS else _INDONESIAN.get(key.lower()) or values.near(key, KEYS)

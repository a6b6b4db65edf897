"""The title as people type it, who don't know that a colon, a quote or a `#` means something to YAML."""

from __future__ import annotations

import re
from dataclasses import dataclass

from medsosbot import strict_yaml
from medsosbot.errors import Fault
from medsosbot.front_matter import quoted
from medsosbot.queue_folder.values import MEND

COLON_REMARK = "judul dengan titik dua dibaca apa adanya"

_TITLE = re.compile(r"title[ \t]*:(?:[ \t]+(.*))?$")
_INDICATORS = "[]{}&*!%@`,"
_WHY = {
    '"': "judul diawali tanda kutip, tetapi kutipnya tidak menutup seluruh judul",
    "'": "judul diawali tanda kutip, tetapi kutipnya tidak menutup seluruh judul",
    "[": "judul diawali kurung siku, sehingga tidak terbaca sebagai judul",
    "{": "judul diawali kurung kurawal, sehingga tidak terbaca sebagai judul",
    "#": "judul diawali tanda #, sehingga seluruh baris dianggap catatan",
}


@dataclass(frozen=True)
class Mended:
    """head: the YAML with the title quoted where that is safe. remark: what was done. fault: why it is refused."""

    head: str
    remark: str | None = None
    fault: Fault | None = None


def mend(head: str, first_line: int) -> Mended:
    """Quote a one-line title with a colon in it; refuse one that YAML would cut or misread, with the mended line."""
    lines = head.split("\n")
    for n, line in enumerate(lines):
        if found := _TITLE.match(line):
            raw = (found[1] or "").strip()
            continued = n + 1 < len(lines) and lines[n + 1][:1] in (" ", "\t") and bool(lines[n + 1].strip())
            if why := _why_refused(raw, continued):
                hint = f"{MEND}title: {quoted(raw)}"
                return Mended(head, fault=Fault(why, hint, line=first_line + n, key="title"))
            if not continued and _has_colon(raw):
                lines[n] = f"title: {quoted(raw)}"
                return Mended("\n".join(lines), remark=COLON_REMARK)
            return Mended(head)
    return Mended(head)


def _why_refused(raw: str, continued: bool) -> str | None:
    """The sentence for a title that can't be taken as it stands; None if YAML or a quote of ours takes it."""
    if not raw or raw[0] in "|>":
        return None
    if raw[0] in "\"'":
        return None if _is_whole(raw, continued) else _WHY[raw[0]]
    if raw[0] in _WHY:
        return _WHY[raw[0]]
    if raw[0] in _INDICATORS or re.match(r"[-?:](\s|$)", raw):
        return f"judul diawali tanda {raw[0]}, sehingga tidak terbaca sebagai judul"
    if re.search(r"\s#", raw):
        return "judul memuat tanda # sesudah spasi, sehingga sisanya dianggap catatan dan hilang"
    if continued and _has_colon(raw):
        return "judul dengan titik dua harus ditulis dalam satu baris"
    return None


def _is_whole(raw: str, continued: bool) -> bool:
    """Whether a title that opens with a quote is a YAML string; one over several lines is left to the loader."""
    try:
        data = strict_yaml.load(f"title: {raw}").data
    except strict_yaml.StrictYamlError:
        return continued
    return isinstance(data, dict) and isinstance(data.get("title"), str)


def _has_colon(raw: str) -> bool:
    return raw[:1] not in "\"'|>" and bool(re.search(r":(\s|$)", raw))

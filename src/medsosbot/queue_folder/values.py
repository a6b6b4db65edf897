"""What one value of a queue file may be: each function takes what stands there and gives the typed value.

Each raises WrongValueError with an Indonesian sentence and a hint, most often the line as it should stand.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from medsosbot import wording
from medsosbot.front_matter import quoted
from medsosbot.model import Urgency

# What stands behind them in a hint is a line to be copied as it is.
MEND, EXAMPLE = "Tulis: ", "Misalnya: "
LONGEST_TITLE = 300  # characters; longer is a paragraph that lost its title
LONGEST_URL = 2000
MOST_HASHTAGS = 10

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_PRINTED_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\s*(\d{2}):(\d{2})(?::(\d{2}))?\s*(Z|[+-]\d{2}:?\d{2})?", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})")
_HASHTAG = re.compile(r"\w*[^\W\d_]\w*")
_OFFSETS = {"WIB": "+07:00", "WITA": "+08:00", "WIT": "+09:00"}


class WrongValueError(ValueError):
    """One value can't be taken. message: what is wrong, in Indonesian; hint: how to mend it."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.message, self.hint = message, hint
        super().__init__(message)


def near(word: str, known: Collection[str]) -> str | None:
    """The known word that is spelt nearly like this one."""
    close = get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
    return close[0] if close else None


def shown(text: str) -> str:
    """A few words of what stands there, safe inside a sentence."""
    return wording.quote(text, 40)


def one_line(key: str, value: Any) -> str:
    """A text on one line, its runs of white space made one."""
    if isinstance(value, list | dict):
        raise WrongValueError(f"`{key}` harus satu teks, bukan daftar", f"{EXAMPLE}{key}: {quoted('...')}")
    text = " ".join(str(value).split())
    if not text:
        raise WrongValueError(f"`{key}` kosong", f"{EXAMPLE}{key}: {quoted('...')}")
    return text


def title(value: Any) -> str:
    text = one_line("title", value)
    if not any(c.isalnum() for c in text):
        raise WrongValueError(
            f"judul {shown(text)} tidak memuat huruf atau angka", f"{EXAMPLE}title: {quoted('Judul rilis')}"
        )
    if len(text) > LONGEST_TITLE:
        raise WrongValueError(
            f"judul terlalu panjang: {len(text)} huruf, paling panjang {LONGEST_TITLE}",
            "Pindahkan paragraf ini ke isi rilis dan tulis judulnya saja.",
        )
    return text


def day(key: str, value: Any) -> date:
    """`YYYY-MM-DD`."""
    text = one_line(key, value)
    if found := _DATE.fullmatch(text):
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            raise WrongValueError(f"tanggal {shown(text)} {_not_in_calendar(text)}", _example(key, None)) from None
    why = _not_in_calendar(text)
    message = f"tanggal {shown(text)} {why + '; ' if why else 'tidak terbaca, '}urutannya tahun-bulan-hari"
    raise WrongValueError(message, _example(key, printed_date(text)))


def printed_date(text: str) -> date | None:
    """A date that is printed day first, for the mended line alone."""
    parts = _printed_parts(text)
    try:
        return date(*parts) if parts and 1990 <= parts[0] <= 2100 else None
    except ValueError:
        return None


def _printed_parts(text: str) -> tuple[int, int, int] | None:
    """Year, month and day as printed, whether or not the calendar has them."""
    if found := _PRINTED_DATE.search(text):
        return int(found[3]), int(found[2]), int(found[1])
    if (found := re.search(r"(\d{1,2})\s+(\w+)\s+(\d{4})", text)) and found[2].capitalize() in wording.MONTHS:
        return int(found[3]), wording.MONTHS.index(found[2].capitalize()) + 1, int(found[1])
    if found := re.search(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", text):
        return int(found[1]), int(found[2]), int(found[3])
    return None


def _not_in_calendar(text: str) -> str:
    """Why the calendar has no such day; "" if it has, or if no day can be read."""
    parts = _printed_parts(text)
    if not parts or printed_date(text):
        return ""
    year, month, day_ = parts
    if not 1 <= month <= 12:
        return f"tidak ada di kalender: tidak ada bulan ke-{month}"
    last = monthrange(year, month)[1] if year else 31
    if day_ > last:
        return f"tidak ada di kalender: {wording.MONTHS[month - 1]} {year} hanya sampai tanggal {last}"
    return "tidak ada di kalender"


def _example(key: str, on: date | None) -> str:
    return f"{MEND}{key}: {on}" if on else f"24 November 2026 ditulis tahun-bulan-hari. {EXAMPLE}{key}: 2026-11-24"


def moment(key: str, value: Any, zone: ZoneInfo) -> datetime:
    """`YYYY-MM-DD HH:MM[:SS]`, in `zone` unless an offset stands behind it. Aware, in UTC."""
    text = one_line(key, value)
    found = _MOMENT.fullmatch(text)
    if not found:
        raise WrongValueError(_what_is_wrong(text), _mended_moment(key, text, zone))
    try:
        at = datetime.fromisoformat(f"{found[1]} {found[2]}:{found[3]}:{found[4] or '00'}{_offset(found[5])}")
        return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        message = f"waktu {shown(text)} {_not_in_calendar(text) or 'tidak ada di kalender atau di jam'}"
        raise WrongValueError(message, _mended_moment(key, text, zone)) from None


def _offset(text: str | None) -> str:
    if not text:
        return ""
    if text in "Zz":
        return "+00:00"
    return text if ":" in text else f"{text[:3]}:{text[3:]}"


def _what_is_wrong(text: str) -> str:
    if why := _not_in_calendar(text):
        return f"waktu {shown(text)} {why}; bentuknya tahun-bulan-hari jam:menit"
    if not _CLOCK.search(text.replace("/", "-")):
        return f"waktu {shown(text)} tanpa jam"
    return f"waktu {shown(text)} tidak terbaca, bentuknya tahun-bulan-hari jam:menit"


def _mended_moment(key: str, text: str, zone: ZoneInfo) -> str:
    on = printed_date(text)
    rest = _PRINTED_DATE.sub("", _DATE.sub("", text))
    clock = _CLOCK.search(rest)
    hours, minutes = (int(g) for g in clock.groups()) if clock else (9, 0)
    if on and (hours, minutes) == (24, 0):
        on, hours = on + timedelta(days=1) if on < date.max else on, 0
    if not on or hours > 23 or minutes > 59:
        return f"24 November 2026 pukul 09.00 ditulis begini. {EXAMPLE}{key}: 2026-11-24 09:00"
    named = re.search(r"\b(WIB|WITA|WIT)\b", text.upper())
    usual = wording.zone_name(datetime.combine(on, time(12), zone), zone)
    offset = _OFFSETS[named[1]] if named and named[1] != usual else ""
    return f"{MEND}{key}: {on} {time(hours, minutes):%H:%M}{offset}"


def url(value: Any) -> str:
    """An address of a page: http or https, a host, no name or password in it."""
    text = one_line("url", value)
    if re.search(r'[\s<>"\\^`{|}]', text) or len(text) > LONGEST_URL:
        raise WrongValueError("tautan memuat spasi atau tanda yang tidak boleh, atau terlalu panjang", _URL_HINT)
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        odd = parts.username is not None or parts.port == 0
    except ValueError:
        raise WrongValueError(f"tautan {wording.quote(text)} tidak terbaca", _URL_HINT) from None
    if not parts.scheme or (parts.scheme not in ("http", "https") and "://" not in text):
        hint = f"{MEND}url: https://{text.lstrip('/')}" if re.match(r"/*[\w-]+\.[\w.-]+", text) else _URL_HINT
        raise WrongValueError(f"tautan {wording.quote(text)} tanpa https:// di depannya", hint)
    if parts.scheme not in ("http", "https") or odd or not re.fullmatch(r"[\w-]+(\.[\w-]+)+\.?", host):
        raise WrongValueError(f"tautan {wording.quote(text)} bukan alamat halaman web", _URL_HINT)
    return text


_URL_HINT = f"Salin dari bilah alamat peramban. {EXAMPLE}url: https://kaltim.kpu.go.id/berita"


def destinations(value: Any, known: Collection[str]) -> tuple[str, ...]:
    """A list of destinations as the config names them."""
    names = _list("destinations", value)
    if not names:
        raise WrongValueError("daftar tujuan kosong", "Hapus baris ini agar rilis terbit di semua tujuan.")
    for name in names:
        destination(name, known)
    return names


def destination(name: str, known: Collection[str]) -> str:
    if name in known:
        return name
    close = near(name, known)
    hint = f"Maksudnya {close}? " if close else ""
    raise WrongValueError(f"tujuan {shown(name)} tidak dikenal", f"{hint}Yang ada: {wording.listing(sorted(known))}.")


def hashtags(value: Any) -> tuple[str, ...]:
    """Words without `#`, each of letters, digits and `_`, with a letter in it."""
    tags = tuple(tag.removeprefix("#") for tag in _list("hashtags", value))
    if not tags:
        raise WrongValueError("daftar tagar kosong", "Hapus baris ini; tagar lalu dipilih menurut aturan.")
    if len(tags) > MOST_HASHTAGS:
        raise WrongValueError(f"terlalu banyak tagar: {len(tags)}, paling banyak {MOST_HASHTAGS}", "Sisakan satu saja.")
    for tag in tags:
        if not _HASHTAG.fullmatch(tag):
            mended = re.sub(r"\W", "", tag.title() if " " in tag else tag)
            mended = mended if _HASHTAG.fullmatch(mended) else "DataPemilih"
            raise WrongValueError(
                f"tagar {shown(tag)} hanya boleh berisi huruf, angka, dan garis bawah",
                f"{MEND}hashtags: [{mended}]",
            )
    return tags


def _list(key: str, value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        members = re.split(r"[,\s]+", value.strip()) if key == "destinations" else [value.strip()]
        shown = ", ".join(m.lstrip("#") for m in members if m)
        raise WrongValueError(f"`{key}` harus daftar dalam kurung siku", f"{MEND}{key}: [{shown}]")
    if not isinstance(value, list) or not all(isinstance(member, str) and member.strip() for member in value):
        example = "[kanal, x]" if key == "destinations" else "[DataPemilih]"
        raise WrongValueError(f"`{key}` harus daftar kata dalam kurung siku", f"{EXAMPLE}{key}: {example}")
    return tuple(dict.fromkeys(" ".join(member.split()) for member in value))


def texts(value: Any, known: Collection[str]) -> dict[str, str]:
    """The office's own words by destination; line breaks are kept."""
    if not isinstance(value, dict) or not value:
        raise WrongValueError("`text` harus menyebut tujuannya", f'{EXAMPLE}text: {{x: "KPU Kaltim ..."}}')
    found = {}
    for name, text in value.items():
        destination(name, known)
        if not isinstance(text, str) or not text.strip():
            raise WrongValueError(f"teks untuk {shown(name)} kosong", f'{EXAMPLE}text: {{{name}: "..."}}')
        found[name] = "\n".join(line.rstrip() for line in text.strip().split("\n"))
    return found


def urgency(value: Any) -> Urgency:
    text = one_line("urgency", value)
    try:
        return Urgency(text)
    except ValueError:
        usual = {"penting": "urgent", "mendesak": "urgent", "segera": "urgent", "biasa": "normal"}
        close = usual.get(text.lower()) or near(text, list(Urgency)) or "normal"
        message = f"urgency {shown(text)} tidak dikenal; yang ada: urgent, normal, evergreen"
        raise WrongValueError(message, f"{MEND}urgency: {close}") from None

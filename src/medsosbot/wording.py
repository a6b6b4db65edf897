"""Indonesian wording that every face shares: days and times, states, counts and quoting.

Everything here is for people (command line, staff chat, STATUS.txt, notices); JSON and logs use ISO 8601.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from medsosbot.model import DeliveryState

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
STATE_WORDS = {
    DeliveryState.SCHEDULED: "terjadwal",
    DeliveryState.PUBLISHING: "dikirim",
    DeliveryState.PUBLISHED: "terbit",
    DeliveryState.FAILED: "gagal",
    DeliveryState.UNCERTAIN: "ragu",
    DeliveryState.HELD: "ditahan",
    DeliveryState.CANCELLED: "batal",
    DeliveryState.EXPIRED: "kedaluwarsa",
}
REHEARSED = "terbit (latihan)"  # what a mock published reached nobody

# The zone database knows only numbers ("+08") for some of these.
_ZONES = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Ujung_Pandang": "WITA",
    "Asia/Jayapura": "WIT",
}


def day(on: date) -> str:
    """`Selasa, 27 September 2022`. A datetime is taken as it stands: bring it into the zone first."""
    return f"{DAYS[on.weekday()]}, {plain_day(on)}"


def plain_day(on: date) -> str:
    """`27 September 2022`, without the weekday."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def hour(at: time | datetime) -> str:
    """`09.00`; seconds only where they aren't zero."""
    return at.strftime("%H.%M.%S" if at.second else "%H.%M")


def when(at: datetime, zone: tzinfo) -> str:
    """`Selasa, 24 November 2026, 09.00 WITA`. Raises ValueError for a naive time."""
    local = _local(at, zone)
    return f"{day(local)}, {hour(local)} {zone_name(at, zone)}"


def short_when(at: datetime, zone: tzinfo) -> str:
    """`24/11/2026 09.00`, for tables whose heading names the zone. Raises ValueError for a naive time."""
    local = _local(at, zone)
    return f"{local.day}/{local.month}/{local.year} {hour(local)}"


def zone_name(at: datetime, zone: tzinfo) -> str:
    """WIB, WITA or WIT; elsewhere what the zone database calls it at that moment."""
    known = _ZONES.get(zone.key) if isinstance(zone, ZoneInfo) else None
    return known or at.astimezone(zone).tzname() or str(zone)


def state_word(state: DeliveryState | str, *, real: bool = True) -> str:
    """A state for people. real: False where only mocks published, so that nobody takes a rehearsal for the public."""
    state = DeliveryState(state)
    return REHEARSED if state is DeliveryState.PUBLISHED and not real else STATE_WORDS[state]


def quote(text: str, most: int = 120) -> str:
    """`«text»` on one line, safe inside a sentence: no control characters, no guillemets of its own, `…` at `most`."""
    shown = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") else c for c in text)
    shown = " ".join(shown.replace("«", "“").replace("»", "”").split())
    if len(shown) > most:
        shown = shown[: most - 1].rstrip() + "…"
    return f"«{shown}»"


def number(n: int) -> str:
    """`1.234`."""
    return f"{n:,}".replace(",", ".")


def count(noun: str, n: int) -> str:
    """`3 rilis`; Indonesian nouns keep their form."""
    return f"{number(n)} {noun}"


def listing(names: Iterable[str]) -> str:
    """`a`, `a dan b`, `a, b, dan c`."""
    all_names = list(names)
    if len(all_names) < 3:
        return " dan ".join(all_names)
    return f"{', '.join(all_names[:-1])}, dan {all_names[-1]}"


def duration(span: timedelta) -> str:
    """`45 detik`, `5 menit`, `2 jam 10 menit`, `3 hari`; never more than two units, never negative."""
    left = max(0, round(span.total_seconds()))
    if left < 60:
        return f"{left} detik"
    parts = []
    for unit, length in (("hari", 86400), ("jam", 3600), ("menit", 60), ("detik", 1)):
        n, left = divmod(left, length)
        if n:
            parts.append(count(unit, n))
        elif parts:
            break
    return " ".join(parts[:2])


def _local(at: datetime, zone: tzinfo) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"a time without a zone: {at.isoformat()}")
    return at.astimezone(zone)

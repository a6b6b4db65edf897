"""The staff's overview behind /status, as HTML: what is paused, what needs a person, what waits, what went out last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from medsosbot import wording
from medsosbot.model import DeliveryState
from medsosbot.storage.pauses import Pause
from medsosbot.storage.views import DeliveryView, ItemView

State = DeliveryState
EACH = 8  # items per section
SECTIONS = (
    ("Ditahan", frozenset({State.HELD})),
    ("Ragu", frozenset({State.UNCERTAIN})),
    ("Gagal", frozenset({State.FAILED})),
    ("Menunggu terbit", frozenset({State.SCHEDULED, State.PUBLISHING})),
    ("Terakhir terbit", frozenset({State.PUBLISHED})),
)


@dataclass(frozen=True)
class Board:
    """What the record says now. real: the names of the destinations that reach the public."""

    items: Sequence[ItemView]
    pauses: Sequence[Pause]
    now: datetime
    zone: ZoneInfo
    real: frozenset[str]


def text(board: Board) -> str:
    """All of it in one message; what doesn't fit is counted."""
    parts = [_paused(p) for p in board.pauses]
    for title, states in SECTIONS:
        found = [i for i in board.items if i.state in states]
        if found:
            lines = [_item(i, board) for i in found[:EACH]]
            more = [f"… dan {wording.count('rilis', len(found) - EACH)} lagi"] if len(found) > EACH else []
            parts.append("\n".join([f"<b>{title}</b>", *lines, *more]))
    return "\n\n".join(parts) if parts else "Belum ada rilis, dan tidak ada yang dijeda."


def _paused(pause: Pause) -> str:
    place = pause.destination or "Semua tujuan"
    return f"<b>Dijeda</b>: {escape(place)}. {escape(pause.reason)}"


def _item(item: ItemView, board: Board) -> str:
    where = "; ".join(f"{escape(d.destination)} {_state(d, board)}" for d in item.deliveries)
    return f"{item.number}. {escape(wording.quote(item.title, 60))}: {where}"


def _state(delivery: DeliveryView, board: Board) -> str:
    word = wording.state_word(delivery.state, real=delivery.destination in board.real)
    if delivery.state is State.SCHEDULED and delivery.due_at > board.now:
        return f"{word}, paling cepat {wording.short_when(delivery.due_at, board.zone)}"
    return word

"""What a queue file says, as a frozen value, and the rule by which its ID is made."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from medsosbot.model import Release, Urgency

LONGEST_ID = 80


@dataclass(frozen=True)
class QueueItem:
    """One queue file that was understood.

    file: its bare name. sha256: of its bytes. id, explicit_id: by `item_id`; explicit if `id:` was written.
    publish_at, expires_at: aware UTC. destinations: None means all. remarks: Indonesian, what was assumed in reading.
    second_dateline: a dateline that opens a later paragraph, as printed: a reason to hold the item.
    """

    file: str
    sha256: str
    id: str
    explicit_id: bool
    release: Release
    publish_at: datetime | None = None
    expires_at: datetime | None = None
    destinations: tuple[str, ...] | None = None
    urgency: Urgency = Urgency.NORMAL
    remarks: tuple[str, ...] = ()
    second_dateline: str | None = None


def clean_id(text: str) -> str:
    """`text` as an ID: what is no letter, digit, `.` or `_` becomes `-`, none at the start; "" if nothing is left."""
    kept = "".join(c if c.isalnum() or c in "._" else "-" for c in unicodedata.normalize("NFC", text.strip()))
    kept = kept.lstrip("-")
    if kept.isdigit():
        kept = f"item-{kept}"
    return kept[:LONGEST_ID] if any(c.isalnum() for c in kept) else ""


def id_of_file(name: str) -> str:
    """The ID of a file that names none: its name without suffix (Notepad's `rapat.md.txt` is `rapat`)."""
    stem = PurePath(name).stem
    if name.lower().endswith(".md.txt"):
        stem = PurePath(stem).stem
    return clean_id(stem) or f"item-{hashlib.sha256(name.encode()).hexdigest()[:8]}"

"""What the reading commands show, in CONTRACT's JSON shapes: status, terkini, preview, check. Nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from medsosbot import platforms
from medsosbot.app.build import database_file, missing_secrets
from medsosbot.app.passes import try_files
from medsosbot.bot import answers
from medsosbot.clock import Clock
from medsosbot.errors import UnknownIdError
from medsosbot.model import DeliveryState
from medsosbot.options import Settings
from medsosbot.publishing.report import Refused
from medsosbot.publishing.trial import Trial
from medsosbot.queue_folder.folder import QueueFolder
from medsosbot.settings.notes import notes as config_notes
from medsosbot.storage import items, pauses, views
from medsosbot.storage.items import Item
from medsosbot.storage.store import Store
from medsosbot.storage.views import DeliveryView, ItemView, Latest
from medsosbot.wording import quote

Json = dict[str, Any]


@dataclass(frozen=True)
class Checked:
    """What `check` found; `files` in CONTRACT's shape. refused: the same files' faults, line by line."""

    files: tuple[Json, ...]
    notes: tuple[str, ...]
    approval: frozenset[str]
    refused: tuple[Refused, ...] = ()

    def as_json(self) -> Json:
        """CONTRACT's JSON of `check`, offline."""
        return {"files": list(self.files), "notes": list(self.notes), "online": []}

    def needs_a_person(self) -> bool:
        """Is something refused, or held for another reason than `approval` alone?"""
        return any(not f["ok"] or set(f["held_because"]) - self.approval for f in self.files)


@dataclass(frozen=True)
class Previewed:
    """What `preview` shows."""

    trial: Trial
    zone: ZoneInfo

    def as_json(self) -> Json:
        """CONTRACT's JSON of `preview`."""
        posts = [p.as_json() | {"due_at": _at(p.due_at, self.zone)} for p in self.trial.posts]
        rejected = [{"file": r.file, "reason": r.reason} for r in self.trial.report.rejected]
        return {"posts": posts, "rejected": rejected}


@contextmanager
def reading(settings: Settings) -> Iterator[Connection | None]:
    """A look at the record; None where there is no database, and none is made. Raises StorageError."""
    file = database_file(settings)
    if not file.exists():
        yield None
        return
    store = Store(file, keeper=False)
    try:
        with store.read() as tx:
            yield tx
    finally:
        store.close()


def status(settings: Settings, item_id: str | None = None, *, everything: bool = False) -> Json:
    """CONTRACT's JSON of `status`. Raises UnknownIdError."""
    with reading(settings) as tx:
        found = _items(tx, item_id, everything)
        stops = [] if tx is None else pauses.standing(tx)
    paused = {d.name: [p.reason for p in stops if p.destination in (None, d.name)] for d in settings.destinations}
    shown = [
        {"name": d.name, "platform": d.platform, "paused_because": " ".join(dict.fromkeys(paused[d.name])) or None}
        for d in settings.destinations
    ]
    return {"items": [_item(i, settings.zone) for i in found], "destinations": shown + _gone(settings, found)}


def _gone(settings: Settings, found: Sequence[ItemView]) -> list[Json]:
    """Destinations that left the config while deliveries to them are open."""
    known = {(d.name, d.platform) for d in settings.destinations}
    gone: dict[tuple[str, str], int] = {}
    for item in found:
        for d in item.deliveries:
            if (d.destination, d.platform) not in known and d.state not in views.OVER:
                gone.setdefault((d.destination, d.platform), item.number)
    reason = "tidak ada lagi di konfigurasi, jadi tidak ada yang terbit di sana; akhiri dengan: medsosbot cancel"
    return [
        {"name": name, "platform": platform, "paused_because": f"{reason} {number} {name}"}
        for (name, platform), number in gone.items()
    ]


def terkini(settings: Settings, asked: int | None = None) -> Json:
    """CONTRACT's JSON of `terkini`: the answer that the bot would give."""
    with reading(settings) as tx:
        found = [] if tx is None else latest(tx, settings, answers.how_many(asked))
    shown = [{"id": i.id, "title": i.title, "date": i.date.isoformat(), "url": i.url} for i in found]
    return {"text": answers.terkini(found), "items": shown}


def latest(tx: Connection, settings: Settings, limit: int) -> list[Latest]:
    """The newest published items. A mock's posts count only while every destination is a mock."""
    real = {d.platform for d in settings.destinations if platforms.kind_of(d).real}
    counting = real or {d.platform for d in settings.destinations}
    return views.latest(tx, limit, counting, [d.name for d in settings.destinations])


def preview(settings: Settings, clock: Clock, targets: Sequence[str]) -> Previewed:
    """What each destination would get of these files or items; of none named, of all that wait or are open."""
    files, numbers = _sorted_out(settings, targets)
    return Previewed(try_files(settings, clock, files, numbers if targets else None), settings.zone)


def check(settings: Settings, clock: Clock, targets: Sequence[str], *, no_age: bool = False) -> Checked:
    """The queue files that wait, or those named: what intake would say of each."""
    files = [Path(t) for t in targets] or _waiting(settings)
    trial = try_files(settings, clock, files, (), no_age=no_age)
    notes = [f"rahasia {name} belum ada; diperlukan saat menerbitkan" for name in missing_secrets(settings)]
    notes += config_notes(settings)
    notes += [f"{file}: {remark}" for file, remark in trial.report.remarks]
    approval = frozenset(r for p in trial.posts for r in p.held_because if p.held_kinds == {"approval"})
    return Checked(tuple(_file(f, trial) for f in files), tuple(notes), approval, tuple(trial.report.rejected))


def _file(path: Path, trial: Trial) -> Json:
    refused = next((r for r in trial.report.rejected if r.file == path.name), None)
    item_id = trial.files.get(path.name)
    held = dict.fromkeys(r for p in trial.posts if p.item.id == item_id for r in p.held_because)
    line = next((f.line for f in refused.faults if f.line), None) if refused else None
    return {
        "file": path.name,
        "id": item_id,
        "ok": refused is None and item_id is not None,
        "line": line,
        "reason": refused.reason if refused else None,
        "held_because": list(held),
    }


def _sorted_out(settings: Settings, targets: Sequence[str]) -> tuple[list[Path], list[int]]:
    """Which of the words are files, and which name items."""
    if not targets:
        return _waiting(settings), []
    files = [Path(t) for t in targets if Path(t).is_file()]
    names = [t for t in targets if not Path(t).is_file()]
    numbers = []
    with reading(settings) as tx:
        for name in names:
            queued = settings.queue / name
            found = None if tx is None else items.by_id(tx, name)
            if found is not None:
                numbers.append(found.number)
            elif queued.is_file():
                files.append(queued)
            else:
                raise UnknownIdError(f"Tidak ada berkas, nomor, atau ID {quote(name)}; lihat: medsosbot status")
    return files, numbers


def _waiting(settings: Settings) -> list[Path]:
    return [settings.queue / seen.name for seen in QueueFolder(settings.queue).look()]


def _items(tx: Connection | None, item_id: str | None, everything: bool) -> list[ItemView]:
    found: Item | None = None
    if item_id is not None:
        found = None if tx is None else items.by_id(tx, item_id)
        if found is None:
            raise UnknownIdError(f"Tidak ada rilis dengan nomor atau ID {quote(item_id)}; lihat: medsosbot status")
    if tx is None:
        return []
    if found is not None:
        one = views.one(tx, found.number)
        return [one] if one else []
    return views.every(tx) if everything else views.recent(tx)


def _item(item: ItemView, zone: ZoneInfo) -> Json:
    return {
        "id": item.id,
        "number": item.number,
        "title": item.title,
        "state": item.state,
        "held_because": list(item.held_because),
        "withdrawn": item.withdrawn,
        "deliveries": [_delivery(d, zone) for d in item.deliveries],
    }


def _delivery(delivery: DeliveryView, zone: ZoneInfo) -> Json:
    over = delivery.state in (DeliveryState.CANCELLED, DeliveryState.EXPIRED)
    return {
        "destination": delivery.destination,
        "platform": delivery.platform,
        "state": delivery.state,
        "due_at": None if over else _at(delivery.due_at, zone),
        "published_at": _at(delivery.published_at, zone),
        "attempts": delivery.attempts,
        "remote_ids": list(delivery.remote_ids),
        "url": delivery.url,
        "error": delivery.error,
    }


def _at(moment: datetime | None, zone: ZoneInfo) -> str | None:
    return None if moment is None else moment.astimezone(zone).isoformat()

"""Is this machine fit? Each check says what was found and, where something is wrong, the one thing to do. Offline."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo

from medsosbot import wording
from medsosbot.clock import Clock, in_utc
from medsosbot.options import Settings
from medsosbot.storage.migrate import HEAD

# From 3.7.0 to 3.51.2 SQLite can corrupt a database that two connections write and checkpoint at the same moment.
BUG_FIXED = (3, 51, 3)
LEAST_DISK = 200 * 1024 * 1024
TICK_AGE = timedelta(seconds=60)
DUE_AGE = timedelta(minutes=15)
RESTORE = "Pasang kembali cadangan terakhir; lihat docs/operations.md."
NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "fuse.sshfs", "drvfs"})


@dataclass(frozen=True)
class Finding:
    """One check's result. action: one Indonesian sentence, None where nothing is to be done."""

    name: str
    ok: bool
    found: str
    action: str | None = None

    def as_json(self) -> dict[str, object]:
        """One member of CONTRACT's `checks`."""
        return {"name": self.name, "ok": self.ok, "found": self.found, "action": self.action}


@dataclass(frozen=True)
class Patient:
    """What is examined. database: its file. missing: environment variables of secrets that a destination needs."""

    settings: Settings
    database: Path
    missing: Sequence[str]
    clock: Clock


def examine(patient: Patient) -> list[Finding]:
    """All checks, in the order in which a technician would go through them."""
    checks: list[Callable[[Patient], Finding]] = [
        _versions,
        _sqlite,
        _zone,
        _clock,
        _disk,
        _database,
        _file_system,
        _queue,
        _secrets,
        _secrets_file,
        _delay,
        _oldest_due,
        _tick_if_ever,
    ]
    return [check(patient) for check in checks]


def tick(patient: Patient) -> Finding:
    """The last tick of the running service (the health check)."""
    last = _mark(patient, "last_tick")
    if last is None:
        return Finding("detak layanan", False, "layanan belum pernah berjalan", "Jalankan layanan: medsosbot run.")
    age = patient.clock.now() - last
    found = f"terakhir {wording.when(last, patient.settings.zone)}, {wording.duration(age)} yang lalu"
    action = "Layanan tidak berjalan atau macet: jalankan ulang medsosbot run, lalu baca lognya."
    return Finding("detak layanan", age <= TICK_AGE, found, None if age <= TICK_AGE else action)


def _tick_if_ever(patient: Patient) -> Finding:
    """Whoever publishes by cron has no service, and misses nothing."""
    never = _mark(patient, "last_tick") is None
    return Finding("detak layanan", True, "layanan belum pernah berjalan") if never else tick(patient)


def _versions(patient: Patient) -> Finding:
    names = ("medsosbot", "python-telegram-bot", "tweepy", "APScheduler", "SQLAlchemy")
    found = ", ".join([f"Python {sys.version.split()[0]}", *(f"{n} {version(n)}" for n in names)])
    return Finding("versi", sys.version_info >= (3, 11), found)


def _sqlite(patient: Patient) -> Finding:
    found = f"SQLite {sqlite3.sqlite_version}"
    if sqlite3.sqlite_version_info < BUG_FIXED:
        found += (
            "; di bawah 3.51.3 ada cacat WAL yang langka, di sini tidak terjangkau karena hanya satu proses yang "
            "menulis dan memindahkan WAL"
        )
    return Finding("SQLite", True, found)


def _zone(patient: Patient) -> Finding:
    zone = patient.settings.zone
    try:
        now = patient.clock.now().astimezone(ZoneInfo(zone.key))
    except Exception as e:  # noqa: BLE001  any fault of the zone data is the same to the technician
        return Finding("data zona waktu", False, type(e).__name__, "Pasang ulang: make run memasang paket tzdata.")
    return Finding("data zona waktu", True, f"{zone.key}, sekarang {wording.when(now, zone)}")


def _clock(patient: Patient) -> Finding:
    now, highest = patient.clock.now(), _mark(patient, "clock_high")
    found = wording.when(now, patient.settings.zone)
    if highest is not None and now < highest - timedelta(seconds=60):
        found += f", padahal sebelumnya sudah {wording.when(highest, patient.settings.zone)}"
        return Finding("jam", False, found, "Betulkan jam komputer, atau bila sudah benar: medsosbot resume --clock.")
    return Finding("jam", True, found)


def _disk(patient: Patient) -> Finding:
    folder = _existing(patient.database.parent)
    free = shutil.disk_usage(folder).free
    found = f"{free // (1024 * 1024)} MB kosong di {folder}"
    ok = free >= LEAST_DISK
    return Finding("ruang disk", ok, found, None if ok else "Kosongkan disk: sisakan paling sedikit 200 MB.")


def _database(patient: Patient) -> Finding:
    file = patient.database
    if not file.exists():
        return Finding("basis data", True, f"{file} belum ada; dibuat saat pertama menerbitkan")
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=5)) as connection:
            mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
            sound = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as e:
        return Finding(
            "basis data", False, f"{file}: {e}", "Pasang kembali cadangan terakhir; lihat docs/operations.md."
        )
    revision = row[0] if row else "?"
    found = f"{file}, revisi {revision}, journal_mode={mode}, synchronous=FULL, quick_check={sound}"
    if revision != HEAD:
        return Finding("basis data", False, found, "Jalankan medsosbot publish sekali dengan versi ini.")
    if sound != "ok":
        return Finding("basis data", False, found, RESTORE)
    ok = mode == "wal" and file.stat().st_mode & 0o077 == 0
    return Finding("basis data", ok, found, None if ok else f"Tutup bagi orang lain: chmod 600 {file}.")


def _file_system(patient: Patient) -> Finding:
    folder = _existing(patient.database.parent)
    kind = file_system_of(folder)
    if kind in NETWORK:
        action = "Pindahkan basis data ke disk komputer ini sendiri; hanya folder antrean yang boleh di jaringan."
        return Finding("tempat basis data", False, f"{folder} ada di {kind}", action)
    return Finding("tempat basis data", True, f"{folder} ({kind or 'tidak diketahui'})")


def _queue(patient: Patient) -> Finding:
    folder = patient.settings.queue
    if not folder.exists():
        return Finding("folder antrean", True, f"{folder} belum ada; dibuat saat pertama menerbitkan")
    ok = os.access(folder, os.R_OK | os.W_OK | os.X_OK)
    action = f"Beri hak tulis kepada pengguna ini: chown -R {os.getuid()} {folder}."
    return Finding("folder antrean", ok, str(folder), None if ok else action)


def _secrets(patient: Patient) -> Finding:
    if not patient.missing:
        return Finding("rahasia", True, "lengkap untuk tujuan yang ada")
    names = wording.listing(patient.missing)
    action = f"Isi {names} di config/secrets.env atau lingkungan; medsosbot init memandunya."
    return Finding("rahasia", False, f"belum ada: {names}", action)


def _secrets_file(patient: Patient) -> Finding:
    file = patient.settings.config_file.parent / "secrets.env"
    if not file.exists():
        return Finding("berkas rahasia", True, f"{file} tidak ada")
    ok = file.stat().st_mode & 0o077 == 0
    return Finding("berkas rahasia", ok, str(file), None if ok else f"Tutup bagi orang lain: chmod 600 {file}.")


def _delay(patient: Patient) -> Finding:
    after = patient.settings.reconcile.after
    real = [d.name for d in patient.settings.destinations if d.platform != "mock"]
    found = f"reconcile.after_seconds: {int(after.total_seconds())}"
    if real and after < timedelta(seconds=60):
        return Finding(
            "jeda tanya", False, found, "Naikkan reconcile.after_seconds ke 60: linimasa X terlambat tampil."
        )
    return Finding("jeda tanya", True, found)


def _oldest_due(patient: Patient) -> Finding:
    name = "kiriman tertua"
    if not patient.database.exists():
        return Finding(name, True, "tidak ada yang menunggu")
    query = "SELECT min(due_at) FROM deliveries WHERE state = 'scheduled'"
    try:
        with closing(sqlite3.connect(f"file:{patient.database}?mode=ro", uri=True, timeout=5)) as connection:
            row = connection.execute(query).fetchone()
    except sqlite3.Error as e:
        return Finding(name, False, str(e), "Periksa basis data.")
    if row is None or row[0] is None:
        return Finding(name, True, "tidak ada yang menunggu")
    due = in_utc(datetime.fromisoformat(row[0] + "+00:00"))
    found = f"paling cepat {wording.when(due, patient.settings.zone)}"
    ok = patient.clock.now() - due <= DUE_AGE
    action = "Ada yang tertunda: lihat medsosbot status untuk jeda, ragu, atau galatnya."
    return Finding(name, ok, found, None if ok else action)


def _mark(patient: Patient, key: str) -> datetime | None:
    if not patient.database.exists():
        return None
    try:
        with closing(sqlite3.connect(f"file:{patient.database}?mode=ro", uri=True, timeout=5)) as connection:
            row = connection.execute("SELECT value FROM marks WHERE key = ?", (key,)).fetchone()
        return None if row is None else in_utc(datetime.fromisoformat(row[0]))
    except (sqlite3.Error, ValueError):
        return None


def file_system_of(folder: Path) -> str | None:
    """The type of the file system that holds this folder, from the kernel's list; None where there is none to read."""
    try:
        lines = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    mounts = [line.split(" ")[1:3] for line in lines]
    path = str(folder.resolve())
    holding = [(m, kind) for m, kind in mounts if path == m or path.startswith(m.rstrip("/") + "/")]
    return max(holding, key=lambda h: len(h[0]))[1] if holding else None


def _existing(folder: Path) -> Path:
    return next(p for p in (folder, *folder.parents) if p.exists())

"""The folder itself: what lies there, what is no queue file, and how files leave it without anything being lost.

A file moves only after its item is committed, and moving it again after a crash does no harm: a name that is taken
gets `-2`, nothing is overwritten, nothing is deleted. Whatever the disk refuses is a StorageError.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from medsosbot import files
from medsosbot.errors import Fault, StorageError
from medsosbot.queue_folder import reasons

ACCEPTED, REJECTED, STATUS = "accepted", "rejected", "STATUS.txt"
REASON = ".reason.txt"
SUFFIXES = (".md", ".txt")
LARGEST_STATUS = 1024 * 1024


@dataclass(frozen=True)
class Seen:
    """How a queue file looked at one moment; the same twice means that nobody is writing it."""

    name: str
    size: int
    mtime_ns: int
    inode: int

    @property
    def changed_at(self) -> datetime:
        """Its last change, aware UTC."""
        return _at(self.mtime_ns)


@dataclass(frozen=True)
class Foreign:
    """Something in the folder that is no queue file. name: safe to show. why: Indonesian."""

    name: str
    why: str


@dataclass(frozen=True)
class Refused:
    """A file in rejected/. name: under which it was handed in. file: its name there. why: the first fault."""

    name: str
    file: str
    why: str
    at: datetime


def stable(before: Sequence[Seen], after: Sequence[Seen]) -> tuple[Seen, ...]:
    """Those of `after` that looked the same in `before`."""
    known = set(before)
    return tuple(seen for seen in after if seen in known)


class QueueFolder:
    """One queue folder; made, with its two sub-folders, when something is first put into them."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def look(self) -> tuple[Seen, ...]:
        """Every file that means to be a queue file, by name. A link or a pipe of such a name is among them: `read`
        tells what is wrong with it."""
        found = (e for e in self._entries() if _is_queue_name(e.name) and not e.is_dir(follow_symlinks=False))
        return tuple(seen for entry in found if (seen := self.see(entry.name)))

    def see(self, name: str) -> Seen | None:
        """How one file looks now; None if it is gone."""
        try:
            found = (self.path / name).lstat()
        except FileNotFoundError:
            return None
        except OSError as e:
            raise _disk(e) from e
        return Seen(name, found.st_size, found.st_mtime_ns, found.st_ino)

    def foreign(self) -> tuple[Foreign, ...]:
        """What lies there and is no queue file, with the way to make it one."""
        found = (_foreign(entry) for entry in self._entries() if not _is_ours(entry.name))
        return tuple(each for each in found if each)

    def accepted(self) -> tuple[str, ...]:
        """The names in accepted/."""
        return tuple(sorted(entry.name for entry in self._scan(self.path / ACCEPTED) if _is_queue_name(entry.name)))

    def refused(self, since: datetime) -> tuple[Refused, ...]:
        """What was refused at or after `since` and hasn't been accepted under its name later, by name."""
        found: dict[str, Refused] = {}
        for each in self._told():
            if each.at >= since and (each.name not in found or found[each.name].at < each.at):
                found[each.name] = each
        if found:
            for entry in self._scan(self.path / ACCEPTED):
                for name in _handed_in(entry.name) & found.keys():
                    # A move changes ctime alone.
                    if _at(entry.stat(follow_symlinks=False).st_ctime_ns) > found[name].at:
                        del found[name]
        return tuple(found[name] for name in sorted(found))

    def _told(self) -> Iterator[Refused]:
        for entry in self._scan(self.path / REJECTED):
            if entry.name.endswith(REASON) and (text := _plain_text(Path(entry.path))) is not None:
                told = reasons.read_back(text)
                if told:
                    at = _at(entry.stat(follow_symlinks=False).st_mtime_ns)
                    yield Refused(told.name, entry.name.removesuffix(REASON), told.why, at)

    def accept(self, name: str, *, seen: Seen | None = None) -> str:
        """Move a file to accepted/; its name there. "" if it stays: gone already, or no longer as it was `seen`."""
        if not self._is_still(name, seen):
            return ""
        with _no_disk_errors():
            folder = self._folder(ACCEPTED)
            left = folder / name  # an accepted file is never empty: a process was killed between claim and move
            return self._move(name, left if _is_empty(left) else files.claim(folder, name)).name

    def refuse(self, name: str, faults: Sequence[Fault], *, seen: Seen | None = None) -> str:
        """Move a file to rejected/, its reason beside it; its name there. "" as in `accept`."""
        if not self._is_still(name, seen):
            return ""
        with _no_disk_errors():
            folder = self._folder(REJECTED)
            n = 1
            while True:
                target = folder / files.numbered(name, n)
                reason, text = target.with_name(target.name + REASON), reasons.text(name, target.name, faults)
                if _is_empty(target) and _plain_text(reason) == text:  # as in `accept`
                    return self._move(name, target).name
                if not os.path.lexists(target) and _put_reason(reason, text):
                    return self._move(name, files.claim(folder, target.name)).name
                n += 1

    def write_status(self, text: str) -> bool:
        """Put STATUS.txt in one step, if it says something else now. Whether it was written."""
        path = self.path / STATUS
        with _no_disk_errors():
            if _plain_text(path) == text:
                return False
            self.path.mkdir(parents=True, exist_ok=True)
            files.write_whole(path, text)
        return True

    def _is_still(self, name: str, seen: Seen | None) -> bool:
        now = self.see(name)
        return now is not None and (seen is None or now == seen)

    def _move(self, name: str, claimed: Path) -> Path:
        try:
            (self.path / name).replace(claimed)
        except BaseException:
            claimed.unlink()  # our own empty file
            raise
        return claimed

    def _folder(self, name: str) -> Path:
        folder = self.path / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def _entries(self) -> list[os.DirEntry[str]]:
        return sorted((e for e in self._scan(self.path) if not e.name.startswith(".")), key=lambda e: e.name)

    def _scan(self, folder: Path) -> list[os.DirEntry[str]]:
        with _no_disk_errors():
            try:
                with os.scandir(folder) as entries:
                    return list(entries)
            except FileNotFoundError:
                return []


def _at(ns: int) -> datetime:
    return datetime.fromtimestamp(ns / 1e9, UTC)


def _is_ours(name: str) -> bool:
    lower = name.lower()
    return lower in (ACCEPTED, REJECTED, STATUS.lower()) or lower.endswith(REASON)


def _is_queue_name(name: str) -> bool:
    return name.lower().endswith(SUFFIXES) and not _is_ours(name) and _shown(name) == name


def _shown(name: str) -> str:
    """A name that a line of text can carry: no bytes that are no UTF-8, nothing that hides or turns."""
    return "".join("�" if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c for c in name)


def _foreign(entry: os.DirEntry[str]) -> Foreign | None:
    name = _shown(entry.name)
    if entry.is_dir(follow_symlinks=False):
        return Foreign(f"{name}/", "folder; isinya tidak dibaca, pindahkan berkasnya langsung ke folder antrean")
    if name != entry.name:
        return Foreign(name, "namanya memuat karakter yang tidak terbaca; beri nama lain")
    if name.lower().endswith(SUFFIXES):
        return None
    if entry.is_symlink() or not stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
        return Foreign(name, "bukan berkas biasa; abaikan atau hapus")
    if name.lower().endswith((".doc", ".docx", ".odt", ".rtf", ".pdf")):
        return Foreign(name, "bukan teks; di Word pilih Simpan Sebagai, lalu jenis Teks Biasa (.txt)")
    if name.lower().endswith((".jpg", ".jpeg", ".png", ".webp", ".gif", ".heic")):
        return Foreign(name, "gambar; foto belum didukung")
    return Foreign(name, "bukan berkas antrean; yang dibaca hanya .md dan .txt")


def _handed_in(name: str) -> set[str]:
    """The names under which a file of this name in accepted/ may have been handed in: a taken one got a number."""
    return {name, re.sub(r"-\d+(\.\w+)$", r"\1", name)}


def _is_empty(path: Path) -> bool:
    """Whether an empty regular file lies there; to put another in its place loses nothing."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISREG(found.st_mode) and found.st_size == 0


def _put_reason(path: Path, text: str) -> bool:
    """Write the reason under a free name. True also if the very same was left there by a process that was killed."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
    except FileExistsError:
        return _plain_text(path) == text
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return True


def _plain_text(path: Path) -> str | None:
    """The text of a regular file, None for anything else; never follows a link, never waits."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return None
        return os.read(handle, LARGEST_STATUS).decode("utf-8", "replace")
    finally:
        os.close(handle)


@contextmanager
def _no_disk_errors() -> Iterator[None]:
    try:
        yield
    except OSError as e:
        raise _disk(e) from e


def _disk(error: OSError) -> StorageError:
    return StorageError(f"queue folder: {error.strerror or error}: {error.filename or ''}".rstrip(": "))

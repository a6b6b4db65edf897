"""Open a queue file without being led astray: no links, no pipes, nothing huge."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from medsosbot.errors import Fault, QueueItemError, StorageError

LARGEST = 256 * 1024  # bytes

_NOT_PLAIN = "Salin isinya ke berkas biasa di folder antrean."


def read_bytes(path: Path) -> bytes:
    """All bytes of a regular file with one name.

    Raises QueueItemError for anything else, FileNotFoundError if it is gone, StorageError if the disk refused.
    """
    try:
        # O_NONBLOCK: opening a pipe would else wait for its writer for ever.
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise
    except OSError as e:
        raise classify(e, path.name) from e
    try:
        _check(os.fstat(handle))
        return _read_all(handle, path)
    finally:
        os.close(handle)


def _read_all(handle: int, path: Path) -> bytes:
    chunks, size = [], 0
    try:
        while size <= LARGEST and (chunk := os.read(handle, LARGEST + 1 - size)):
            chunks.append(chunk)
            size += len(chunk)
    except OSError as e:
        raise StorageError(f"can't read {path.name}: {e.strerror}") from e
    if size > LARGEST:  # it grew behind the check
        raise QueueItemError(_too_large(size))
    return b"".join(chunks)


def _check(found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise QueueItemError(Fault("bukan berkas biasa", _NOT_PLAIN))
    if found.st_nlink > 1:
        raise QueueItemError(Fault("berkas ini punya nama lain di tempat lain (hard link)", _NOT_PLAIN))
    if found.st_size > LARGEST:
        raise QueueItemError(_too_large(found.st_size))


def _too_large(size: int) -> Fault:
    kb = -(-size // 1024)
    return Fault(f"berkas terlalu besar: {kb} kB, paling besar 256 kB", "Sisakan teks rilis saja, tanpa gambar.")


def classify(error: OSError, name: str) -> QueueItemError | StorageError:
    """Who must act on a file that can't be opened: the press officer or, where the disk failed, the technician."""
    if error.errno in (errno.ELOOP, errno.EMLINK):
        return QueueItemError(Fault("berkas ini hanya tautan (symlink) ke berkas lain", _NOT_PLAIN))
    if error.errno in (errno.ENXIO, errno.EOPNOTSUPP):
        return QueueItemError(Fault("bukan berkas biasa", _NOT_PLAIN))
    if error.errno in (errno.EACCES, errno.EPERM):
        return QueueItemError(Fault("berkas tidak boleh dibaca (hak akses)", "Beri izin baca, lalu taruh lagi."))
    return StorageError(f"can't open {name}: {error.strerror}")

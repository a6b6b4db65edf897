"""Files that appear whole or not at all, and never over another one."""

from __future__ import annotations

import os
from pathlib import Path

LONGEST_NAME = 200  # bytes; file systems take 255, and some names get "-2" or ".reason.txt" behind them


def numbered(name: str, n: int) -> str:
    """`rapat.md` for 1, `rapat-2.md` for 2; a name that is too long for a file system loses the end of its stem."""
    path = Path(name)
    suffix = path.suffix if len(path.suffix.encode()) <= 20 else ""
    end = (f"-{n}" if n > 1 else "") + suffix
    stem = name[: len(name) - len(suffix)].encode()[: LONGEST_NAME - len(end.encode())]
    return stem.decode(errors="ignore") + end


def claim(folder: Path, name: str) -> Path:
    """Make an empty file of that name, or of the first free `-2`, `-3` …; nothing that exists is touched."""
    n = 1
    while True:
        path = folder / numbered(name, n)
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))
        except FileExistsError:
            n += 1
        else:
            return path


def write_whole(path: Path, text: str, mode: int = 0o644) -> None:
    """Put `text` at `path` in one step, in place of what is there; a symlink there is replaced, never followed.

    mode: of the new file, less the umask.
    """
    draft = path.with_name(f".{path.name}.new")
    draft.unlink(missing_ok=True)  # of a process that was killed
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, mode)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise

"""Write one queue file per release of a page; importing twice makes no twins."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from medsosbot import files, front_matter, strict_yaml
from medsosbot.decoding import decode
from medsosbot.errors import Fault, QueueItemError, StorageError
from medsosbot.pages.page import ImportReport, PageRelease
from medsosbot.pages.read import read_page
from medsosbot.text.rules import Rules

LARGEST = 4 * 1024 * 1024  # bytes of a page
FIRST_WORDS = 5
SUFFIXES = (".md", ".txt")


def import_page(
    path: Path,
    into: Path,
    known: Callable[[str, str], bool],
    rules: Rules,
    *,
    today: date | None = None,
) -> ImportReport:
    """Read the page at `path` and write its releases into the folder `into`.

    known: whether the database has a release of this title and body. today: no release is dated after it.
    Raises QueueItemError if the page can't be read, StorageError if the folder can't be written.
    """
    page = read_page(_text(path), rules, latest=today)
    folder = _Folder(into)
    written, already = [], []
    for release in page.releases:
        name = file_name(release)
        twin = folder.twin(release)
        if twin or known(release.title, release.body):
            already.append(twin or name)
        else:
            written.append(folder.write(name, release))
    return ImportReport(tuple(written), tuple(already), page.unread)


def file_name(release: PageRelease) -> str:
    """`<date>-<first words>.md`; without the date where the page names none."""
    plain = unicodedata.normalize("NFKD", release.title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)[:FIRST_WORDS] or ["rilis"]
    return "-".join([*([str(release.date)] if release.date else []), *words]) + ".md"


def file_text(release: PageRelease) -> str:
    """The queue file of a release."""
    fields = {"title": release.title, "date": str(release.date) if release.date else None}
    return front_matter.write(fields, release.body)


class _Folder:
    """The queue folder as an import sees it: which releases lie in it and in its accepted/, by title and text."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._names: dict[tuple[str, str], str] = {}
        self._accepted: dict[str, str] = {}  # name -> title
        for file in _queue_files(path / "accepted"):
            title, body = _title_and_body(file)
            self._accepted[file.name] = title
            self._names[title, body] = file.name
        for file in _queue_files(path):
            self._names[_title_and_body(file)] = file.name

    def twin(self, release: PageRelease) -> str | None:
        """The file that holds the same title and text."""
        return self._names.get((_plain(release.title), _plain(release.body)))

    def write(self, name: str, release: PageRelease) -> str:
        """Write a release under a free name. The name of an accepted file with the same title counts as free: under
        it the corrected text is understood as a new version."""
        n = 1
        while self._accepted.get(files.numbered(name, n), _plain(release.title)) != _plain(release.title):
            n += 1
        try:
            self._path.mkdir(parents=True, exist_ok=True)
            path = files.claim(self._path, files.numbered(name, n))
            try:
                files.write_whole(path, file_text(release))
            except BaseException:
                path.unlink()  # our own empty file
                raise
        except OSError as e:
            raise StorageError(f"can't write into {self._path}: {e.strerror}") from e
        self._names[_plain(release.title), _plain(release.body)] = path.name
        return path.name


def _queue_files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            if path.name.lower().endswith(SUFFIXES) and not path.name.startswith(".") and path.is_file():
                yield path


def _title_and_body(path: Path) -> tuple[str, str]:
    """What a queue file holds, as far as it can be told; nothing for one that intake would refuse."""
    try:
        text = decode(path.read_bytes(), lenient=True, forbidden=True).text
        envelope = front_matter.split(text)
        if envelope is None:
            title, _, body = text.strip().partition("\n")
            return _plain(title), _plain(body)
        data = strict_yaml.load(envelope.head).data
    except (OSError, QueueItemError, strict_yaml.StrictYamlError):
        return "", ""
    title = str(data.get("title") or "") if isinstance(data, dict) else ""
    return _plain(title), _plain(envelope.body)


def _plain(text: str) -> str:
    """White space doesn't make another release."""
    return " ".join(text.split())


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as e:
        raise QueueItemError(
            Fault(f"halaman tidak bisa dibuka: {e.strerror}", "Periksa nama dan izin bacanya.", str(path))
        ) from e
    if len(data) > LARGEST:
        raise QueueItemError(
            Fault("halaman terlalu besar, paling besar 4 MB", "Bagi menjadi beberapa halaman.", str(path))
        )
    try:
        return decode(data, lenient=True, forbidden=True).text
    except QueueItemError as e:
        raise QueueItemError(*(Fault(f.message, f.hint, str(path), f.line, f.key) for f in e.faults)) from None

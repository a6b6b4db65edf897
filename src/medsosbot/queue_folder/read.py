"""One queue file, from its bytes to a QueueItem or to the reasons why it is refused."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from pathlib import Path
from zoneinfo import ZoneInfo

from medsosbot import front_matter
from medsosbot.decoding import decode
from medsosbot.errors import Fault, QueueItemError
from medsosbot.model import Release
from medsosbot.queue_folder import missing_fence, reasons, values
from medsosbot.queue_folder.datelines import second_dateline, second_title
from medsosbot.queue_folder.head import Head, read_head
from medsosbot.queue_folder.item import QueueItem, id_of_file
from medsosbot.queue_folder.open_file import read_bytes
from medsosbot.text.dateline import split_dateline
from medsosbot.text.rules import Rules, default_rules

LIKE_MARKDOWN = "berkas .txt ini diawali ---, jadi dibaca seperti .md"


class UnfinishedError(QueueItemError):
    """An empty or headless file, or a title without its text: perhaps somebody is still writing it."""


def read(path: Path, *, zone: ZoneInfo, destination_names: Collection[str], rules: Rules | None = None) -> QueueItem:
    """Read one file. zone: of times without an offset. destination_names: of the config. rules: what a dateline is.

    Raises QueueItemError (Indonesian; UnfinishedError if it may yet be completed), FileNotFoundError if the file is
    gone, StorageError if the disk refused.
    """
    try:
        return understand(path.name, read_bytes(path), zone, destination_names, rules or default_rules())
    except QueueItemError as e:
        faults = (Fault(f.message, f.hint, path.name, f.line, f.key) for f in e.faults)
        raise type(e)(*faults) from None


def understand(name: str, data: bytes, zone: ZoneInfo, destination_names: Collection[str], rules: Rules) -> QueueItem:
    """The same from bytes that were read already; its faults don't name the file."""
    plain = name.lower().endswith(".txt")
    decoded = decode(data, lenient=plain)
    remarks: tuple[str, ...] = (decoded.remark,) if decoded.remark else ()
    envelope = front_matter.split(decoded.text)
    sha256 = hashlib.sha256(data).hexdigest()
    if (envelope is None or not envelope.closed) and (lost := missing_fence.told(decoded.text)):
        raise QueueItemError(lost)
    if envelope is None and plain:
        release = _plain_release(name, decoded.text, rules)
        twice = second_dateline(release.body, rules)
        return QueueItem(name, sha256, id_of_file(name), False, release, remarks=remarks, second_dateline=twice)
    if envelope is None or not envelope.closed:
        raise _headless(decoded.text, envelope)
    if plain:
        remarks += (LIKE_MARKDOWN,)
    head = read_head(envelope, zone, destination_names)
    body = clean_body(envelope.body)
    if not body:
        hint = "Tulis isi rilis di bawah baris --- yang kedua."
        raise QueueItemError(Fault("isi rilis kosong", hint, line=envelope.body_line))
    return _item(name, sha256, head, body, (*remarks, *head.remarks), second_dateline(body, rules))


def _item(name: str, sha256: str, head: Head, body: str, remarks: tuple[str, ...], twice: str | None) -> QueueItem:
    release = Release(
        title=head.title, body=body, date=head.date, url=head.url, hashtags=head.hashtags, texts=head.texts
    )
    return QueueItem(
        file=name,
        sha256=sha256,
        id=head.id or id_of_file(name),
        explicit_id=head.id is not None,
        release=release,
        publish_at=head.publish_at,
        expires_at=head.expires_at,
        destinations=head.destinations,
        urgency=head.urgency,
        remarks=remarks,
        second_dateline=twice,
    )


def clean_body(text: str) -> str:
    """Paragraphs separated by one blank line, no white space around lines' ends; everything else as printed."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()


def _plain_release(name: str, text: str, rules: Rules) -> Release:
    """The first line is the title, the rest the text."""
    lines = text.split("\n")
    start = next((n for n, line in enumerate(lines) if line.strip()), None)
    if start is None:
        hint = "Tulis judul di baris pertama, lalu isi rilis di bawahnya."
        raise UnfinishedError(Fault("berkas kosong", hint, line=1))
    body = clean_body("\n".join(lines[start + 1 :]))
    if not body:
        hint = "Baris pertama adalah judul; tulis isi rilis di bawahnya, lalu taruh lagi."
        raise UnfinishedError(Fault("hanya ada judul, isi rilis tidak ada", hint, line=start + 1))
    if at := second_title(text, rules):
        message = "berkas ini memuat lebih dari satu rilis"
        raise QueueItemError(Fault(message, reasons.PAGE_HINT, line=at, key=reasons.PAGE))
    if split_dateline(lines[start], rules)[0]:
        hint = "Tulis judulnya di baris pertama, lalu isi rilis di bawahnya."
        raise QueueItemError(Fault("baris pertama adalah isi rilis, bukan judul", hint, line=start + 1))
    if not any(c.isalnum() for c in lines[start]):
        message = f"baris pertama {values.shown(lines[start])} bukan judul: tidak ada huruf atau angkanya"
        raise QueueItemError(
            Fault(message, "Tulis judul di baris pertama, lalu isi rilis di bawahnya.", line=start + 1)
        )
    try:
        return Release(title=values.title(lines[start]), body=body)
    except values.WrongValueError as e:
        raise QueueItemError(Fault(e.message, e.hint, line=start + 1)) from None


def _headless(text: str, envelope: front_matter.Envelope | None) -> UnfinishedError:
    if not text.strip():
        message, line = "berkas kosong", 1
    elif envelope is not None:
        message, line = (
            "baris --- yang kedua tidak ada, sehingga batas judul dan isi tidak jelas",
            envelope.head_line - 1,
        )
    else:
        message, line = "berkas tidak diawali ---, sehingga judulnya tidak ada", 1
    hint = 'Awali berkas dengan tiga baris: ---, lalu title: "Judul rilis", lalu ---; isi rilis di bawahnya.'
    return UnfinishedError(Fault(message, hint, line=line, key="front matter"))

"""The front matter of a queue file: which keys there are, and every fault in them at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from medsosbot import strict_yaml
from medsosbot.decoding import refuse_forbidden
from medsosbot.errors import Fault, QueueItemError
from medsosbot.front_matter import Envelope, quoted
from medsosbot.model import Urgency
from medsosbot.queue_folder import title_line, values, yaml_faults
from medsosbot.queue_folder.item import clean_id
from medsosbot.queue_folder.values import EXAMPLE, MEND, WrongValueError
from medsosbot.queue_folder.yaml_faults import KEYS
from medsosbot.strict_yaml import YamlFault

T = TypeVar("T")

LARGEST = 16 * 1024  # bytes of front matter


@dataclass(frozen=True)
class Head:
    """The typed values of the front matter; what isn't written is None. id: as cleaned. texts: by destination."""

    title: str
    date: date | None
    url: str | None
    publish_at: datetime | None
    expires_at: datetime | None
    destinations: tuple[str, ...] | None
    urgency: Urgency
    id: str | None
    hashtags: tuple[str, ...]
    texts: Mapping[str, str]
    remarks: tuple[str, ...]


def read_head(envelope: Envelope, zone: ZoneInfo, destinations: Collection[str]) -> Head:
    """Raises QueueItemError with every fault that can be named at once."""
    if len(envelope.head.encode()) > LARGEST:
        kb = -(-len(envelope.head.encode()) // 1024)
        hint = "Pindahkan isi rilis ke bawah baris --- yang kedua."
        raise QueueItemError(Fault(f"kepala berkas terlalu besar: {kb} kB, paling besar 16 kB", hint, line=1))
    mended = title_line.mend(envelope.head, envelope.head_line)
    if mended.fault:
        raise QueueItemError(mended.fault)
    document = _load(mended.head, envelope)
    form = _Form(document, envelope)
    head = form.read(zone, destinations, (mended.remark,) if mended.remark else ())
    if form.faults or head is None:
        raise QueueItemError(*sorted(form.faults, key=lambda fault: fault.line or 0))
    return head


class _Form:
    """Takes one value after the other and collects what is wrong."""

    def __init__(self, document: strict_yaml.Document, envelope: Envelope) -> None:
        self.faults: list[Fault] = []
        self._document = document
        self._lines = envelope.head.split("\n")
        self._first = envelope.head_line
        self._meant: set[str] = set()  # keys that an unknown one was probably meant to be
        self._data: Mapping[str, Any] = document.data if isinstance(document.data, dict) else {}

    def read(self, zone: ZoneInfo, known: Collection[str], remarks: tuple[str, ...]) -> Head | None:
        if self._document.data is not None and not isinstance(self._document.data, dict):
            self.faults.append(yaml_faults.told(YamlFault("syntax", self._line(None), 1, ""), self._lines, self._first))
            return None
        self._check_characters()
        self._check_keys()
        title = self._take("title", values.title)
        if title is None and not any(f.key == "title" for f in self.faults) and "title" not in self._meant:
            self._refuse("title", *self._no_title())
        publish_at = self._take("publish_at", lambda v: values.moment("publish_at", v, zone))
        expires_at = self._take("expires_at", lambda v: values.moment("expires_at", v, zone))
        if publish_at and expires_at and expires_at <= publish_at:
            hint = "Betulkan salah satunya; rilis tidak pernah terbit sesudah expires_at."
            self._refuse("expires_at", "expires_at tidak sesudah publish_at, jadi rilis tidak akan pernah terbit", hint)
        chosen = self._take("destinations", lambda v: values.destinations(v, known))
        texts = self._take("text", lambda v: values.texts(v, known)) or {}
        unused = [name for name in texts if chosen and name not in chosen]
        if unused:
            remarks += (f"`text` untuk {', '.join(unused)} tidak dipakai karena bukan tujuan rilis ini",)
        return Head(
            title=title or "",
            date=self._take("date", lambda v: values.day("date", v)),
            url=self._take("url", values.url),
            publish_at=publish_at,
            expires_at=expires_at,
            destinations=chosen,
            urgency=self._take("urgency", values.urgency) or Urgency.NORMAL,
            id=self._take("id", _id),
            hashtags=self._take("hashtags", values.hashtags) or (),
            texts=texts,
            remarks=remarks,
        )

    def _take(self, key: str, typed: Callable[[Any], T]) -> T | None:
        value = self._data.get(key)
        if value is None:
            return None
        try:
            return typed(value)
        except WrongValueError as e:
            self._refuse(key, e.message, e.hint)
            return None

    def _refuse(self, key: str | None, message: str, hint: str) -> None:
        self.faults.append(Fault(message, hint, line=self._line(key), key=key))

    def _line(self, key: str | None) -> int:
        return self._document.line((key,) if key else ()) if key in self._data or not key else self._first

    def _no_title(self) -> tuple[str, str]:
        if "title" in self._data:
            return "judul kosong", f"{EXAMPLE}title: {quoted('Judul rilis')}"
        return "tidak ada judul", f"Tambahkan di bawah baris --- yang pertama. {EXAMPLE}title: {quoted('Judul rilis')}"

    def _check_keys(self) -> None:
        for key, value in self._data.items():
            if key not in KEYS:
                meant = yaml_faults.meant(key)
                hint = f"Yang ada: {', '.join(KEYS[:-1])}."
                if meant and meant not in self._data:
                    self._meant.add(meant)
                    line = self._lines[self._line(key) - self._first]
                    hint = f"{MEND}{meant}:{line.partition(':')[2]}"
                self._refuse(key, f"kunci {values.shown(key)} tidak dikenal", hint)
            elif key == "photos" and value not in (None, []):
                self._refuse(key, "`photos` belum didukung", "Hapus baris photos; rilis terbit tanpa foto.")
            elif value is None and (lost := self._comment_behind(key)):
                message = f"nilai `{key}` hilang karena diawali tanda #"
                self._refuse(key, message, f"{MEND}{key}: {lost}")

    def _comment_behind(self, key: str) -> str | None:
        """What stands behind `key: #…` without a space behind the sign, so that it was hardly meant as a comment."""
        line = self._lines[self._line(key) - self._first]
        found = re.match(r"\S+:\s+(#\S.*)", line)
        if not found:
            return None
        words = re.findall(r"#?(\w+)", found[1])
        return f"[{', '.join(words)}]" if key == "hashtags" else quoted(found[1].strip())

    def _check_characters(self) -> None:
        """An escape such as \\u202e can bring in what the bytes didn't show."""
        for path, value in _leaves((), self._data):
            try:
                refuse_forbidden(value, line=self._document.line(path), key=str(path[0]))
            except QueueItemError as e:
                self.faults += e.faults


def _leaves(path: strict_yaml.Path, value: Any) -> list[tuple[strict_yaml.Path, str]]:
    if isinstance(value, str):
        return [(path, value)]
    if isinstance(value, dict):
        pairs = [((*path, k), v) for k, v in value.items()]
        keys = [((*path, k), k) for k in value]
        return keys + [leaf for p, v in pairs for leaf in _leaves(p, v)]
    if isinstance(value, list):
        return [leaf for n, v in enumerate(value) for leaf in _leaves((*path, n), v)]
    return []


def _id(value: Any) -> str:
    cleaned = clean_id(values.one_line("id", value))
    if not cleaned:
        raise WrongValueError("id tidak memuat huruf atau angka", f"{MEND}id: rapat-pleno-september")
    return cleaned


def _load(head: str, envelope: Envelope) -> strict_yaml.Document:
    try:
        return strict_yaml.load(head, first_line=envelope.head_line)
    except strict_yaml.StrictYamlError as e:
        lines = envelope.head.split("\n")
        raise QueueItemError(*(yaml_faults.told(fault, lines, envelope.head_line) for fault in e.faults[:10])) from None

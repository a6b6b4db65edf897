"""Pages for tests: made from real files by the real intake, and read back as a browser would read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from medsosbot.app import looks
from medsosbot.clock import FixedClock
from medsosbot.model import DeliveryState
from medsosbot.options import Settings
from medsosbot.preview.page import Page, Surroundings, page_of
from medsosbot.preview.render import render
from medsosbot.publishing.report import PassReport
from medsosbot.publishing.trial import PostShown, Trial
from medsosbot.settings.load import load

NOW = datetime(2022, 10, 3, 1, tzinfo=UTC)  # Monday 3 October 2022, 09.00 WITA
SEED = Path(__file__).parents[2] / "seeds" / "berita-terkini.txt"
MOCKS = """
destinations:
  - {name: kanal, platform: mock, like: telegram}
  - {name: x, platform: mock, like: x}
checks: {stale_after_days: null}
"""
REAL = """
destinations:
  - {name: kanal, platform: telegram, chat: "@kantor"}
  - {name: x, platform: x}
checks: {stale_after_days: null}
"""
STAFF = "staff: {chat: -1001, members: {'5': editor}}\n"
LINK = "https://kaltim.kpu.go.id/berita/77"
PLAIN = f"""---
title: Sosialisasi Pemilih Pemula di Samarinda
url: {LINK}
---
Samarinda, kaltim.kpu.go.id – KPU Provinsi Kalimantan Timur melaksanakan sosialisasi pemilih pemula, Senin \
(3/10/2022). Kegiatan diikuti 120 siswa. Kegiatan dilaksanakan di Aula SMA 1 Samarinda. (Tim Medsos KPU Kaltim)
"""
WRONG_DAY = """---
title: Rapat Pleno Data Pemilih
---
KPU Provinsi Kalimantan Timur melaksanakan rapat pleno data pemilih, Kamis (6/9/2022). Rapat dipimpin Ketua KPU.
"""
PRIVATE = """---
title: Layanan Data Pemilih
---
KPU Provinsi Kalimantan Timur membuka layanan data pemilih, Senin (3/10/2022). Hubungi Budi di 0812-3456-7890.
"""
EVIL = """---
title: '<script>alert("judul")</script> & <img src=x onerror=alert(1)>'
url: https://kaltim.kpu.go.id/a?b=1&c='alert(2)
text: {x: '</textarea><script>alert(3)</script> {{ 7*7 }} javascript:alert(4)'}
---
KPU Provinsi Kalimantan Timur </div><script>alert(5)</script> <a href="javascript:alert(6)">klik</a> {% raw %}, \
Senin (3/10/2022). &lt;b&gt; &amp; <style>*{display:none}</style>.
"""
EVIL_REFUSED = "---\ntitle: Rapat\nurl: 'javascript:alert(7)//<script>'\n---\nIsi <script>alert(8)</script>.\n"
BROKEN = "---\ntitle: Rapat\npublish_at: kemarin\n---\nIsi <b>rilis</b>.\n"


def office(folder: Path, files: Mapping[str, str], config: str = MOCKS) -> Settings:
    """A project folder with these files in its queue."""
    (folder / "config").mkdir()
    (folder / "queue").mkdir()
    (folder / "config" / "medsosbot.yaml").write_text(config)
    for name, text in files.items():
        (folder / "queue" / name).write_text(text)
    return load(folder / "config" / "medsosbot.yaml", {})


def trial(folder: Path, files: Mapping[str, str], config: str = MOCKS) -> Trial:
    """What intake would make of these files."""
    return looks.preview(office(folder, files, config), FixedClock(NOW), []).trial


def around(settings: Settings, **more: Any) -> Surroundings:
    """What the page has to know besides."""
    return Surroundings(NOW, settings.zone, settings.office, settings.staff, **more)


def page(folder: Path, files: Mapping[str, str], config: str = MOCKS, **more: Any) -> Page:
    """The page's values."""
    settings = office(folder, files, config)
    return page_of(looks.preview(settings, FixedClock(NOW), []).trial, around(settings, **more))


def html(folder: Path, files: Mapping[str, str], config: str = MOCKS, **more: Any) -> str:
    """The page's file."""
    return render(page(folder, files, config, **more))


def on_record(shown: Trial) -> Trial:
    """The same items, as if they had been taken in before."""
    return replace(shown, report=PassReport())


def with_state(shown: Trial, state: DeliveryState, **delivery: Any) -> Trial:
    """The same items on record, every delivery in this state."""
    posts = tuple(_in_state(p, state, delivery) for p in shown.posts)
    return replace(on_record(shown), posts=posts)


def _in_state(post: PostShown, state: DeliveryState, values: Mapping[str, Any]) -> PostShown:
    delivery = replace(post.delivery, state=state, **values)
    return replace(post, item=replace(post.item, state=state), delivery=delivery)


@dataclass
class Read(HTMLParser):
    """A page as a browser reads it: its words, its tags, its addresses, and what stands inside an element."""

    source: str
    words: str = ""
    tags: list[str] = field(default_factory=list)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._inside: list[str] = []
        self.feed(self.source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag in ("script", "style"):
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.words += data

    @property
    def text(self) -> str:
        """All words on one line."""
        return " ".join(self.words.split())

    def values(self, name: str) -> list[str]:
        """Every value of an attribute."""
        return [value for _, key, value in self.attributes if key == name]

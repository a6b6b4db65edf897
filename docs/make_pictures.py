"""Makes the pictures of docs/panduan.md (`make pictures`): a small office works a day, and a real Chromium looks at it.

Nothing in them is drawn by hand: STATUS.txt is the file that the pass wrote, the staff group's messages are the notices
in the record and the answer to the decision, and the page is the one of `preview --html`. The clock stands still, so
that a picture changes only when the product does.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from medsosbot.app import build, looks, passes
from medsosbot.app.showing import write_page
from medsosbot.clock import FixedClock
from medsosbot.options import Settings
from medsosbot.publishing import decisions
from medsosbot.publishing.person import Person
from medsosbot.settings.load import load

TO = Path(__file__).with_name("gambar")
TALLEST = 1280  # pixels
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # 10.00 WITA
BOT = "Bot KPU Kaltim"
CONFIG = """\
office: {name: KPU Provinsi Kalimantan Timur, site: "https://kaltim.kpu.go.id"}
destinations:
  - {name: kanal, platform: mock, like: telegram}
  - {name: x, platform: mock, like: x}
staff: {chat: -1001, members: {"5": editor}}
"""
FILES = {
    "rapat-pleno.txt": """\
---
title: "Rapat Pleno Terbuka Rekapitulasi Daftar Pemilih"
url: https://kaltim.kpu.go.id/berita/rapat-pleno-terbuka
---
Samarinda, kaltim.kpu.go.id – KPU Provinsi Kalimantan Timur menggelar Rapat Pleno Terbuka Rekapitulasi Daftar Pemilih \
di Aula Kantor KPU Provinsi Kalimantan Timur, Senin (24/11/2026). Rapat dipimpin Ketua KPU Provinsi Kalimantan Timur \
dan diikuti 10 KPU Kabupaten/Kota. Berita acara rapat diserahkan kepada Bawaslu Provinsi Kalimantan Timur. (Tim Medsos)
""",
    "pemantau.txt": """\
---
title: "Pendaftaran Pemantau Pemilu Dibuka"
publish_at: 2026-12-01 09:00
---
KPU Provinsi Kalimantan Timur membuka pendaftaran pemantau pemilu di Kantor KPU Provinsi Kalimantan Timur.
""",
    "sosialisasi.txt": """\
---
titel: "Sosialisasi Pemilih Pemula"
---
KPU Provinsi Kalimantan Timur menggelar sosialisasi bagi pemilih pemula.
""",
    "berita.docx": "PK\x03\x04",
}
STYLE = """
body { margin: 0; background: #fff; font: 15px/1.45 "DejaVu Sans", sans-serif; color: #1a1a1a; }
#picture { display: inline-block; padding: 16px; }
.window { border: 1px solid #999; width: 720px; }
.bar { background: #e8e8e8; border-bottom: 1px solid #999; padding: 6px 12px; font-size: 13px; }
pre { margin: 0; padding: 12px; font: 13px/1.4 "DejaVu Sans Mono", monospace; white-space: pre; }
.chat { background: #dfe6d8; padding: 14px; width: 560px; display: flex; flex-direction: column; gap: 8px; }
.bubble { background: #fff; border-radius: 10px; padding: 8px 12px; max-width: 470px; white-space: pre-wrap; }
.bubble.ours { background: #e3f7d0; align-self: flex-end; }
.who { font-weight: bold; font-size: 13px; color: #2a6a9e; display: block; }
"""


@dataclass(frozen=True)
class Message:
    """One message in the staff group. html: as Telegram's HTML."""

    who: str
    html: str


def work(folder: Path) -> tuple[Settings, FixedClock]:
    """The office's morning: one pass over the files."""
    (folder / "config").mkdir()
    (folder / "queue").mkdir()
    (folder / "config/medsosbot.yaml").write_text(CONFIG, encoding="utf-8")
    for name, text in FILES.items():
        (folder / "queue" / name).write_text(text, encoding="utf-8")
    settings, clock = load(folder / "config/medsosbot.yaml", {}), FixedClock(NOW)
    passes.run_pass(settings, clock)
    return settings, clock


def messages(settings: Settings, clock: FixedClock) -> Iterator[Message]:
    """What the group saw of the held item: the notice, its drafts, the editor's command, the answer."""
    with sqlite3.connect(build.database_file(settings)) as record:
        rows = record.execute("SELECT text FROM notices WHERE kind IN ('held', 'draft') ORDER BY id").fetchall()
    yield from (Message(BOT, text) for (text,) in rows)
    number = int(re.search(r"nomor (\d+)", rows[0][0])[1])  # type: ignore[index]
    yield Message("Rina", f"/lepas {number}")
    with build.newsroom(settings, clock, keeper=False) as room:
        yield Message(BOT, escape(decisions.release(room, Person("Rina", chat=True), str(number))))


def page(body: str) -> str:
    """A page that holds one picture."""
    return f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style><div id="picture">{body}</div>'


def status_page(text: str) -> str:
    """STATUS.txt in a window."""
    return page(f'<div class="window"><div class="bar">STATUS.txt – Notepad</div><pre>{escape(text)}</pre></div>')


def chat_page(said: list[Message]) -> str:
    """The staff group."""
    return page(f'<div class="chat">{"".join(map(bubble, said))}</div>')


def bubble(message: Message) -> str:
    """One message of the staff group."""
    side = "bubble" if message.who == BOT else "bubble ours"
    return f'<div class="{side}"><span class="who">{message.who}</span>{message.html}</div>'


def shoot(pages: dict[str, Path]) -> None:
    """One picture per page: its #picture, else its upper part."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or sys.exit("the pictures need Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, file in pages.items():
            view = browser.new_page(viewport={"width": 760, "height": TALLEST})
            view.goto(file.as_uri())
            picture = view.locator("#picture")
            (picture if picture.count() else view).screenshot(path=TO / f"{name}.png")
        browser.close()


def main() -> None:
    """Work, look, and put the pictures into docs/gambar/."""
    TO.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings, clock = work(folder)
        status = (settings.queue / "STATUS.txt").read_text(encoding="utf-8")
        previewed = looks.preview(settings, clock, ["2"])
        pages = {n: folder / f"{n}.html" for n in ("status", "pratinjau", "grup-staf")}
        write_page(settings, clock, previewed, pages["pratinjau"])
        pages["status"].write_text(status_page(status), encoding="utf-8")
        pages["grup-staf"].write_text(chat_page(list(messages(settings, clock))), encoding="utf-8")
        shoot(pages)


if __name__ == "__main__":
    main()

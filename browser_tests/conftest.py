"""A real Chromium, the system's own, without a network: it opens files and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from tests.preview import pages

from medsosbot.model import DeliveryState
from medsosbot.preview.page import page_of
from medsosbot.preview.render import render

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
CONFIG = """
office: {name: KPU Provinsi Kalimantan Timur}
destinations:
  - {name: kanal, platform: telegram, chat: "@kantor"}
  - {name: x, platform: x}
  - {name: latihan, platform: mock, like: x}
staff: {chat: -1001, members: {'5': editor}}
checks: {stale_after_days: null}
"""
LONG_WORD = pages.PLAIN.replace("sosialisasi", "sosialisasi" * 40).replace("Samarinda\nurl", f"{'W' * 190}\nurl")
FILES = {
    "a.md": pages.PLAIN,
    "b.md": pages.WRONG_DAY,
    "p.md": pages.PRIVATE,
    "jahat.md": pages.EVIL,
    "panjang.md": LONG_WORD,
    "<b>tolak.md": pages.EVIL_REFUSED,
}
Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    assert chromium, "these tests need Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of everything: waiting files, held ones, a refused one, hostile text, words without an end."""
    folder = tmp_path_factory.mktemp("page")
    made = folder / "page.html"
    made.write_text(pages.html(folder, FILES, CONFIG, paused={"latihan": "Dijeda oleh Rina."}))
    return made


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of ten releases that are out: folded."""
    folder = tmp_path_factory.mktemp("published")
    files = {f"r{n}.md": pages.PLAIN.replace("emula", f"emula angkatan {n}") for n in range(10)}
    shown = pages.trial(folder, files, CONFIG)
    out = pages.with_state(shown, DeliveryState.PUBLISHED, published_at=pages.NOW, url="https://t.me/kantor/1")
    (folder / "again").mkdir()
    made = folder / "page.html"
    made.write_text(render(page_of(out, pages.around(pages.office(folder / "again", {}, CONFIG)))))
    return made


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens a file in a window of this width. What the page asks for besides itself, and any alert, is a failure."""
    contexts = []
    asked: list[str] = []

    def open_file(file: Path, width: int = 1280, **options: object) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: (asked.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("console", lambda message: asked.append(message.text) if message.type == "error" else None)
        page.goto(file.as_uri())
        asked.remove(file.as_uri())
        return page

    yield open_file
    for context in contexts:
        context.close()
    assert asked == []

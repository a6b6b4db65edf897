"""The main job on the real page, against the dry-run destinations, with a clock that stands still."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from medsosbot.app import deciding, looks, passes
from medsosbot.app.looks import Json, Previewed
from medsosbot.app.showing import write_page
from medsosbot.clock import FixedClock
from medsosbot.errors import Fault, SettingsError
from medsosbot.pages.page import ImportReport
from medsosbot.publishing.report import PassReport
from medsosbot.settings.load import load

PAGE = Path("seeds/berita-terkini.txt")
FOLDER = Path("var/demo")
CONFIG = FOLDER / "config" / "medsosbot.yaml"
PREVIEW = FOLDER / "pratinjau.html"
COMMAND = f".venv/bin/medsosbot --config {CONFIG}"  # what works in the checkout
# The morning after the page's newest release: the same result today and in ten years.
NOW = datetime(2022, 9, 28, 1, 0, tzinfo=UTC)
TEXT = """\
# Written by `medsosbot demo`, anew each time. Both destinations are rehearsals: nothing leaves this folder.
timezone: Asia/Makassar
office: {name: KPU Provinsi Kalimantan Timur, site: "https://kaltim.kpu.go.id"}
destinations:
  - {name: kanal, platform: mock, like: telegram}
  - {name: x, platform: mock, like: x}
checks: {stale_after_days: null}   # the page is of 2022
"""


@dataclass(frozen=True)
class Demo:
    """Everything that the demo shows, in the order in which it happened."""

    imported: ImportReport
    previewed: Previewed
    passed: PassReport
    status: Json
    terkini: Json

    def as_json(self) -> Json:
        """The documents of the commands that it ran."""
        return {
            "import": self.imported.as_json(),
            "preview": self.previewed.as_json(),
            "publish": self.passed.as_json(),
            "status": self.status,
            "terkini": self.terkini,
        }


def run() -> Demo:
    """import → queue → check → shorten → publish → record → what /terkini answers. Raises SettingsError elsewhere."""
    if not PAGE.is_file():
        hint = "go to the folder of the checkout, or run `make demo` there"
        raise SettingsError(Fault("the demo runs in a checkout of medsosbot", hint, file=str(PAGE)))
    shutil.rmtree(FOLDER, ignore_errors=True)
    CONFIG.parent.mkdir(parents=True)
    CONFIG.write_text(TEXT, encoding="utf-8")
    settings, clock = load(CONFIG, {}), FixedClock(NOW)
    imported = deciding.import_page(settings, clock, PAGE, settings.queue)
    previewed = looks.preview(settings, clock, [])
    passed = passes.run_pass(settings, clock)
    status = looks.status(settings, everything=True)
    # After the pass, of all six, so that what the page says is still true when somebody opens it.
    now_on_record = looks.preview(settings, clock, [str(item["number"]) for item in status["items"]])
    write_page(settings, clock, now_on_record, PREVIEW, COMMAND)
    return Demo(imported, previewed, passed, status, looks.terkini(settings))

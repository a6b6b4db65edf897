"""The page of `preview --html`."""

from __future__ import annotations

from pathlib import Path

from medsosbot.app.looks import Previewed, reading
from medsosbot.clock import Clock
from medsosbot.files import write_whole
from medsosbot.options import Settings
from medsosbot.preview.page import Surroundings, page_of
from medsosbot.preview.render import render
from medsosbot.storage import pauses

COMMAND = "medsosbot"


def write_page(settings: Settings, clock: Clock, previewed: Previewed, file: Path, command: str = COMMAND) -> None:
    """Put the page at `file`, whole or not at all; its folder is made. command: what people type. Raises OSError."""
    around = Surroundings(
        now=clock.now(),
        zone=settings.zone,
        office=settings.office,
        staff=settings.staff,
        paused=_paused(settings),
        command=command,
        folder=settings.queue.name,
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, render(page_of(previewed.trial, around)))


def _paused(settings: Settings) -> dict[str, str]:
    """Why nothing goes out, by destination."""
    with reading(settings) as tx:
        stops = [] if tx is None else pauses.standing(tx)
    why = {d.name: [p.reason for p in stops if p.destination in (None, d.name)] for d in settings.destinations}
    return {name: " ".join(dict.fromkeys(reasons)) for name, reasons in why.items() if reasons}

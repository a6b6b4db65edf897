"""check and preview: what would happen, without anything happening."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from medsosbot.cli.answer import OK, PERSON, Answer, Call
from medsosbot.cli.html import plain
from medsosbot.cli.screen import Screen
from medsosbot.model import DeliveryState
from medsosbot.wording import count, number, state_word, when


def add(commands: Any) -> None:
    """Put this family on the command line."""
    check = commands.add_parser(
        "check",
        help="check the config and the queue files",
        description="Checks the config, and the files that wait in the queue or just those named. Changes nothing.",
    )
    check.add_argument("files", metavar="FILE", nargs="*", help="queue files (default: all that wait)")
    check.set_defaults(run=run_check)

    preview = commands.add_parser(
        "preview",
        help="show what each destination would get",
        description="Shows each post as its destination would get it, with its length. Changes nothing, needs no\n"
        "network and no secret.",
    )
    preview.add_argument(
        "targets",
        metavar="FILE or ID",
        nargs="*",
        help="queue files, ids or numbers (default: the files that wait and the items that are open)",
    )
    preview.set_defaults(run=run_preview)


def run_check(call: Call) -> Answer:
    """Exit 1 where a file is refused or held."""
    settings = call.settings
    from medsosbot import app

    report = app.check(settings, call.clock, call.args.files)
    document = report.as_json()
    here = Path.cwd()
    config = str(
        settings.config_file.relative_to(here) if settings.config_file.is_relative_to(here) else settings.config_file
    )
    code = PERSON if report.needs_a_person() else OK
    return Answer(code, document, lambda screen: _show_check(screen, document, config))


def _show_check(screen: Screen, document: dict[str, Any], config: str) -> None:
    screen.line(f"baik      {config}", "green")
    for file in document["files"]:
        if not file["ok"]:
            place = f"{file['file']}, baris {file['line']}" if file["line"] else file["file"]
            screen.line(f"ditolak   {place}", "red")
            indented(screen, file["reason"])
        elif file["held_because"]:
            screen.line(f"ditahan   {file['file']}", "yellow")
            for reason in file["held_because"]:
                indented(screen, reason)
        else:
            screen.line(f"baik      {file['file']}", "green")
    for note in document["notes"]:
        screen.line(f"catatan   {note}")
    if not document["files"]:
        screen.line("Tidak ada berkas yang menunggu di antrean.")


def run_preview(call: Call) -> Answer:
    """Exit 1 where a file is refused; what is held is shown like the others."""
    settings = call.settings
    from medsosbot import app

    report = app.preview(settings, call.clock, call.args.targets)
    document = report.as_json()
    titles = {post.item.id: post.item.title for post in report.trial.posts}
    shown = _Preview(titles, settings.zone, call.clock.now())
    code = PERSON if document["rejected"] else OK
    return Answer(code, document, lambda screen: shown.show(screen, document))


@dataclass(frozen=True)
class _Preview:
    """titles: by item id. now: what is due by then goes at once."""

    titles: dict[str, str]
    zone: ZoneInfo
    now: datetime

    def show(self, screen: Screen, document: dict[str, Any]) -> None:
        posts = document["posts"]
        for item_id, title in self.titles.items():
            mine = [p for p in posts if p["id"] == item_id]
            screen.line(f"━━ {title}", "bold")
            screen.line(f"   {item_id}", "dim")
            for reason in dict.fromkeys(r for p in mine for r in p["held_because"]):
                screen.line(f"   ditahan: {reason}", "yellow")
            if mine and mine[0]["terkini"]:
                screen.line(f"   di /terkini: {plain(mine[0]['terkini'])}")
            for post in mine:
                self._post(screen, post)
            screen.line()
        for refused in document["rejected"]:
            screen.line(f"ditolak: {refused['file']}", "red")
            indented(screen, refused["reason"])
        if not posts and not document["rejected"]:
            screen.line("Tidak ada berkas yang menunggu, dan tidak ada rilis yang masih terbuka.")

    def _post(self, screen: Screen, post: dict[str, Any]) -> None:
        goes = ""
        if post["due_at"] and post["state"] == DeliveryState.SCHEDULED:
            at = datetime.fromisoformat(post["due_at"])
            goes = ", segera" if at <= self.now else f", paling cepat {when(at, self.zone)}"
        screen.line()
        screen.line(f"── {post['destination']}: {state_word(post['state'])}{goes}", "bold")
        for n, part in enumerate(post["parts"], start=1):
            which = f"bagian {n}, " if len(post["parts"]) > 1 else ""
            size = f"{number(part['length'])} dari {count('karakter', part['limit'])}"
            screen.line(f"   ({which}{size})", "red" if part["length"] > part["limit"] else "dim")
            indented(screen, plain(part["text"]) if part["markup"] == "HTML" else part["text"])


def indented(screen: Screen, text: str) -> None:
    """Each line of a text, set off from what is said about it."""
    for line in (text or "").strip().splitlines():
        screen.line(f"   {line}" if line else "")

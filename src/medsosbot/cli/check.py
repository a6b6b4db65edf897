"""check: the config and the queue files, before anything happens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from medsosbot.cli.answer import OK, PERSON, Answer, Call
from medsosbot.cli.screen import Screen


def add(commands: Any) -> None:
    """Put this family on the command line."""
    command = commands.add_parser(
        "check",
        help="check the config and the queue files",
        description="Checks the config, and the files that wait in the queue or just those named. Changes nothing.",
    )
    command.add_argument("files", metavar="FILE", nargs="*", help="queue files (default: all that wait)")
    command.set_defaults(run=run)


def run(call: Call) -> Answer:
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
    return Answer(code, document, lambda screen: _show(screen, document, config))


def _show(screen: Screen, document: dict[str, Any], config: str) -> None:
    screen.line(f"baik      {config}", "green")
    for file in document["files"]:
        if not file["ok"]:
            place = f"{file['file']}, baris {file['line']}" if file["line"] else file["file"]
            screen.line(f"ditolak   {place}", "red")
            screen.indented(file["reason"])
        elif file["held_because"]:
            screen.line(f"ditahan   {file['file']}", "yellow")
            for reason in file["held_because"]:
                screen.indented(reason)
        else:
            screen.line(f"baik      {file['file']}", "green")
    for note in document["notes"]:
        screen.line(f"catatan   {note}")
    if not document["files"]:
        screen.line("Tidak ada berkas yang menunggu di antrean.")

"""check: the config and the queue files, before anything happens."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from medsosbot.cli import github
from medsosbot.cli.answer import OK, PERSON, Answer, Call
from medsosbot.cli.screen import Screen
from medsosbot.errors import Fault, SettingsError


def add(commands: Any) -> None:
    """Put this family on the command line."""
    command = commands.add_parser(
        "check",
        help="check the config and the queue files",
        description="Checks the config, and the files that wait in the queue or just those named. Changes nothing.",
    )
    command.add_argument("files", metavar="FILE", nargs="*", help="queue files (default: all that wait)")
    command.add_argument(
        "--online",
        action="store_true",
        help="also ask each platform whether the credentials and rights are good, and who we are there",
    )
    command.add_argument(
        "--github",
        action="store_true",
        help="also print each fault as a workflow annotation (with --json on standard error)",
    )
    command.add_argument(
        "--no-age", action="store_true", help="leave out what turns old files red: stale_after_days and late_hours"
    )
    command.set_defaults(run=run)


def run(call: Call) -> Answer:
    """Exit 1 where a file is refused or held, or with --online where a secret or a right is missing."""
    args = call.args
    try:
        settings = call.settings
    except SettingsError as e:
        if args.github:
            _annotate(call, (github.of_fault(f, f.file or "") for f in e.faults))
        raise
    from medsosbot.app import looks, online

    files = [_there(word, settings.queue) for word in args.files]
    report = looks.check(settings, call.clock, [str(file) for file in files], no_age=args.no_age)
    document = report.as_json()
    if args.online:
        document["online"] = list(online.check_online(settings, call.clock))
    if args.github:
        paths = {path.name: path for path in files}
        _annotate(call, github.of_report(report, lambda name: paths.get(name, settings.queue / name)))
    bad = report.needs_a_person() or not all(o["ok"] for o in document["online"])
    config = github.from_here(settings.config_file)
    return Answer(PERSON if bad else OK, document, lambda screen: _show(screen, document, config))


def _there(word: str, queue: Path) -> Path:
    """A file that was named: from the working directory, else from the queue folder. Raises SettingsError."""
    for file in (Path(word), queue / word):
        if file.exists():
            return file
    raise SettingsError(Fault("there is no such file", "paths begin here, bare names also in the queue", file=word))


def _annotate(call: Call, lines: Iterable[str]) -> None:
    out = sys.stderr if getattr(call.args, "json", False) else sys.stdout
    for line in lines:
        print(line, file=out)


def _show(screen: Screen, document: dict[str, Any], config: str) -> None:
    screen.line(f"baik      {config}", "green")
    for file in document["files"]:
        if not file["ok"]:
            place = f"{file['file']}, baris {file['line']}" if file["line"] else file["file"]
            screen.line(f"ditolak   {place}", "red")
            screen.indented(file["reason"] or "")
        elif file["held_because"]:
            screen.line(f"ditahan   {file['file']}", "yellow")
            for reason in file["held_because"]:
                screen.indented(reason)
        else:
            screen.line(f"baik      {file['file']}", "green")
    if not document["files"]:
        screen.line("Tidak ada berkas yang menunggu di antrean.")
    for told in document["online"]:
        word, style = ("baik     ", "green") if told["ok"] else ("perlu    ", "red")
        screen.line(f"{word} {told['destination']}: {told['message']}", style)
    for note in document["notes"]:
        screen.line(f"catatan   {note}")

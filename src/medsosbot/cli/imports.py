"""import: a page of releases becomes queue files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from medsosbot.cli.answer import OK, PERSON, Answer, Call
from medsosbot.cli.screen import Screen
from medsosbot.errors import Fault, SettingsError
from medsosbot.wording import count, quote


def add(commands: Any) -> None:
    """Put this family on the command line."""
    text = "read a page of releases and write one queue file per release"
    command = commands.add_parser("import", help=text, description=f"{text[0].upper()}{text[1:]}.")
    command.add_argument("file", metavar="FILE", type=Path, help="the page: titles, each followed by its text")
    command.add_argument("--into", metavar="DIR", type=Path, help="where the files go (default: the queue folder)")
    command.set_defaults(run=run)


def run(call: Call) -> Answer:
    """Exit 1 where a block couldn't be read: somebody has to look at it."""
    file: Path = call.args.file
    settings = call.settings
    if not file.is_file():
        raise SettingsError(Fault("there is no such file", "paths begin where you are", file=str(file)))
    from medsosbot.app import deciding

    report = deciding.import_page(settings, call.clock, file, call.args.into or settings.queue)
    document = report.as_json()
    return Answer(PERSON if report.unread else OK, document, lambda screen: _show(screen, document))


def _show(screen: Screen, document: dict[str, Any]) -> None:
    written, known, unread = document["written"], document["known"], document["unread"]
    if written:
        screen.line(f"Ditulis: {count('berkas', len(written))}", "bold")
        for name in written:
            screen.line(f"  {name}")
    if known:
        screen.line(f"Sudah dikenal, tidak ditulis lagi: {count('berkas', len(known))}", "bold")
        for name in known:
            screen.line(f"  {name}")
    if unread:
        screen.line(f"Tidak terbaca: {count('bagian', len(unread))}. Periksa di halamannya:", "red")
        for block in unread:
            screen.line(f"  baris {block['line']}: {quote(block['text'])}")
    if not (written or known or unread):
        screen.line("Halaman ini tidak memuat rilis.")

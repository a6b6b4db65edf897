"""doctor: what is wrong with this machine, and what to do about it."""

from __future__ import annotations

from typing import Any

from medsosbot.cli.answer import OK, PERSON, Answer, Call
from medsosbot.cli.screen import Screen
from medsosbot.errors import SettingsError

MEND = "Perbaiki yang disebut di sini, lalu jalankan medsosbot check."


def add(commands: Any) -> None:
    """Put this family on the command line."""
    command = commands.add_parser(
        "doctor",
        help="what is wrong with this machine or this setup, offline",
        description="Versions, database, disk, clock, zone data, secrets, last tick, folder rights: each ok, or with\n"
        "the one thing to do. Needs no network.",
    )
    command.add_argument(
        "--tick", action="store_true", help="the last tick of the running service alone (health check)"
    )
    command.set_defaults(run=run)


def run(call: Call) -> Answer:
    """Exit 1 where something is to be done, also where the config or secrets.env is what is wrong."""
    try:
        settings = call.settings
    except SettingsError as e:
        checks = [{"name": "konfigurasi", "ok": False, "found": str(f), "action": MEND} for f in e.faults]
        document = {"checks": checks}
        return Answer(PERSON, document, lambda screen: _show(screen, document))
    from medsosbot.app import examining

    findings = examining.examine(settings, call.clock, tick_only=call.args.tick)
    document = {"checks": [f.as_json() for f in findings]}
    code = OK if all(f.ok for f in findings) else PERSON
    return Answer(code, document, lambda screen: _show(screen, document))


def _show(screen: Screen, document: dict[str, Any]) -> None:
    for check in document["checks"]:
        word, style = ("baik   ", "green") if check["ok"] else ("perlu  ", "red")
        screen.line(f"{word} {check['name']}: {check['found']}", style)
        if check["action"]:
            screen.line(f"        {check['action']}")

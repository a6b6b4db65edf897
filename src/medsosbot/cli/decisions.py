"""A person's decisions: release, hold, cancel, retry, settle, pause, resume."""

from __future__ import annotations

from typing import Any

from medsosbot.cli.answer import OK, Answer, Call

ID = "the item: its id, or the number that 'medsosbot status' shows"
DEST = "a destination's name (default: all)"


def add(commands: Any) -> None:
    """Put this family on the command line."""
    release = _command(commands, "release", "lift the holds of an item", "Lifts the holds whose reasons it shows.")
    release.add_argument("id", metavar="ID", help=ID)
    release.add_argument("--now", action="store_true", help="don't wait for a slot (a publish_at is still waited for)")

    hold = _command(commands, "hold", "keep an item back until it is released")
    hold.add_argument("id", metavar="ID", help=ID)

    cancel = _command(
        commands,
        "cancel",
        "end an item, or one of its deliveries",
        "Nothing of it goes out any more. What is public already stays so, and is named; a published item\n"
        "is taken out of every answer of the bot.",
    )
    cancel.add_argument("id", metavar="ID", help=ID)
    cancel.add_argument("destination", metavar="DEST", nargs="?", help=DEST)

    retry = _command(commands, "retry", "try a failed delivery again")
    retry.add_argument("id", metavar="ID", help=ID)
    retry.add_argument("destination", metavar="DEST", nargs="?", help=DEST)

    settle = _command(
        commands,
        "settle",
        "say what became of an uncertain delivery",
        "Look at the channel or account first: is the post there?",
    )
    settle.add_argument("id", metavar="ID", help=ID)
    settle.add_argument("destination", metavar="DEST", help="a destination's name")
    verdict = settle.add_mutually_exclusive_group(required=True)
    verdict.add_argument("--posted", metavar="REMOTE_ID", help="it is there: the post's number, or its link")
    verdict.add_argument("--not-posted", action="store_true", help="it isn't there: it is sent again")

    pause = _command(commands, "pause", "publish nothing, anywhere or at one destination, until it is resumed")
    pause.add_argument("destination", metavar="DEST", nargs="?", help=DEST)

    resume = _command(commands, "resume", "end a pause")
    what = resume.add_mutually_exclusive_group()
    what.add_argument("destination", metavar="DEST", nargs="?", help=DEST)
    what.add_argument(
        "--clock", dest="clock_is_right", action="store_true", help="this machine's clock is right: go on publishing"
    )


def _command(commands: Any, name: str, text: str, more: str = "") -> Any:
    command = commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.\n\n{more}".strip())
    command.set_defaults(run=lambda call: decide(call, name))
    return command


def decide(call: Call, name: str) -> Answer:
    """Hand the decision to the engine; it answers in Indonesian, or raises DecisionError."""
    settings = call.settings
    from medsosbot.app import deciding

    wanted = ("id", "destination", "now", "posted", "clock_is_right")
    kwargs = {key: value for key, value in vars(call.args).items() if key in wanted}
    message = deciding.decide(settings, call.clock, name, **kwargs)
    return Answer(OK, {"ok": True, "message": message}, lambda screen: screen.line(message))

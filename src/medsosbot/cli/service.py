"""run: the service, until SIGTERM or SIGINT."""

from __future__ import annotations

from typing import Any

from medsosbot.cli.answer import OK, Answer, Call
from medsosbot.cli.screen import Screen


def add(commands: Any) -> None:
    """Put this family on the command line."""
    command = commands.add_parser(
        "run",
        help="the service: intake, publishing and the bot, until SIGTERM or Ctrl-C",
        description="Takes the queue in, publishes what is due and answers the public, until SIGTERM or Ctrl-C.\n"
        "What is in flight then gets 8 seconds; nothing is cancelled. Its log goes to standard error.",
    )
    command.set_defaults(run=run, log_level="info", lasting=True)


def run(call: Call) -> Answer:
    """Exit 0 after a signal; 3 while another process is at work."""
    from medsosbot import logs
    from medsosbot.daemon.ending import Ending, leave_now

    ending, answer = Ending(), Answer(OK, {"ok": True}, _nothing)
    with ending.listening():  # from here on, for the rest takes a second to load
        settings = call.settings
        if not call.environ.get("MEDSOSBOT_LOG_LEVEL"):
            logs.configure("info", settings.secrets.values(), zone=settings.zone)
        from medsosbot.daemon import service

        if not service.run(settings, call.clock, ending):
            if getattr(call.args, "json", False):
                Screen().line('{"ok": true}')
            leave_now()
    return answer


def _nothing(screen: Screen) -> None:
    """Everything was told by the log."""

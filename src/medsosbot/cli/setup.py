"""init: from a bot's token to the real channel, step by step."""

from __future__ import annotations

import asyncio
import os
import shlex
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medsosbot.cli.answer import OK, PERSON, Answer, Call
from medsosbot.cli.parser import at_least
from medsosbot.cli.screen import Screen, colours
from medsosbot.errors import Fault, SettingsError

if TYPE_CHECKING:
    from medsosbot.options import Secrets, Settings
    from medsosbot.setup.asking import Asker
    from medsosbot.setup.given import Given
    from medsosbot.setup.ready import Ready

DESCRIPTION = """\
Asks for the bot's token, the channel, the staff group and who decides there, checks the rights, writes the config
(the old one stays as .bak) and config/secrets.env, and ends with a trial post to the staff group.

At a terminal it asks for whatever is not given. Without one it takes the options and the environment alone, and a
missing answer is exit 2. The token comes from MEDSOSBOT_TELEGRAM_TOKEN, --token-file or a prompt, never from an
argument; X's four keys from the environment, config/secrets.env or a prompt."""


def add(commands: Any) -> None:
    """Put this family on the command line."""
    command = commands.add_parser(
        "init", help="set up the bot, the channel and the staff group", description=DESCRIPTION
    )
    command.add_argument("--token-file", metavar="FILE", type=Path, help="a file that holds the bot's token")
    command.add_argument(
        "--bot-token-file", metavar="FILE", type=Path, help="the public bot's own token (default: one bot for both)"
    )
    command.add_argument("--channel", metavar="CHAT", help="the channel: @name, number (-100…) or link")
    command.add_argument("--staff", metavar="CHAT", help="the staff group: its number (-…) or @name")
    command.add_argument(
        "--editor",
        metavar="ID",
        type=at_least(1, "person's number"),
        action="append",
        default=[],
        help="who decides in the staff group, by number; may be given again",
    )
    x = command.add_mutually_exclusive_group()
    x.add_argument("--x", action="store_true", default=None, help="set X up too")
    x.add_argument("--no-x", action="store_false", dest="x", help="leave X for later")
    command.add_argument("--name", metavar="NAME", help="which destination becomes the channel (default: the first)")
    command.add_argument(
        "--delete-webhook", action="store_true", help="take the bot from another service that holds it by a webhook"
    )
    command.add_argument(
        "--wait",
        metavar="SECONDS",
        type=at_least(1, "number of seconds"),
        default=600,
        help="how long to wait for one thing before asking whether to go on (default: 600)",
    )
    command.set_defaults(run=run, lasting=True)


def run(call: Call) -> Answer:
    """Exit 1 where a platform refuses or the trial post didn't arrive, 2 where an answer is missing."""
    from medsosbot.settings.load import config_file
    from medsosbot.setup import init, writing

    settings = writing.current(config_file(getattr(call.args, "config", None), call.environ), call.environ)
    given = _given(call, settings)
    known = list(given.secrets.values())

    def learn(secret: str) -> None:
        known.append(secret)
        _tell_log(call, settings, known)

    _tell_log(call, settings, known)
    asker = _asker(call)
    try:
        ready = asyncio.run(init.run(asker, call.clock, settings, given, call.environ, learn))
    except KeyboardInterrupt:
        asker.say("\nDihentikan.")
        raise
    ready = replace(ready, notes=(*ready.notes, *_left_open(ready)))
    command = _command(call)
    return Answer(OK if ready.ok else PERSON, ready.as_json(command), lambda screen: _show(screen, ready, command))


def _given(call: Call, settings: Settings) -> Given:
    from medsosbot.setup.given import Given, chat_option

    args = call.args
    channel = None if args.channel is None else chat_option("--channel")(args.channel)
    staff = None if args.staff is None else chat_option("--staff")(args.staff)
    return Given(
        secrets=_secrets(args, settings.secrets),
        channel=channel,
        staff=staff,
        editors=tuple(dict.fromkeys(args.editor)),
        x=args.x,
        name=args.name,
        delete_webhook=args.delete_webhook,
        patience=float(args.wait),
    )


def _secrets(args: Any, found: Secrets) -> Secrets:
    if args.token_file:
        found = replace(found, telegram_token=_token(args.token_file, "--token-file"))
    if args.bot_token_file:
        found = replace(found, bot_token=_token(args.bot_token_file, "--bot-token-file"))
    return found


def _token(file: Path, option: str) -> str:
    try:
        token = file.read_text(encoding="utf-8-sig", errors="replace").strip()
    except OSError as e:
        hint = "name a file that this user can read"
        raise SettingsError(Fault(f"can't be read: {e.strerror}", hint, file=str(file), key=option)) from None
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise SettingsError(Fault("holds no token", "the token alone, on one line", file=str(file), key=option))
    return token


def _tell_log(call: Call, settings: Settings, secrets: list[str]) -> None:
    from medsosbot import logs

    logs.configure(call.log_level, secrets, zone=settings.zone)


def _asker(call: Call) -> Asker:
    """A person, where standard input is a terminal; results alone go to standard output where nobody sits there."""
    from medsosbot.setup.asking import Terminal, Voice

    json = getattr(call.args, "json", False)
    if not sys.stdin or sys.stdin.closed or not os.isatty(sys.stdin.fileno()):
        return Voice(sys.stderr, colour=colours(sys.stderr))
    out = sys.stderr if json else sys.stdout
    return Terminal(sys.stdin.fileno(), out, colour=colours(out))


def _left_open(ready: Ready) -> list[str]:
    """What the record holds of the rehearsal that is over."""
    from medsosbot.app import looks
    from medsosbot.errors import StorageError
    from medsosbot.setup import taps

    try:
        found = looks.status(ready.settings)
    except StorageError:
        return []
    gone = found["destinations"][len(ready.destinations) :]
    notes = [f"Yang masih menunggu dari masa latihan: {d['name']} {d['paused_because']}" for d in gone]
    return [taps.REHEARSED, *notes] if ready.replaced and found["items"] else notes


def _command(call: Call) -> str:
    """How this program is called here, as a person would type it again."""
    called = Path(sys.argv[0])
    if called.name != "medsosbot" or shutil.which("medsosbot") == str(called):
        command = "medsosbot"
    else:
        here = Path.cwd()
        command = str(called.relative_to(here) if called.is_relative_to(here) else called)
    config = getattr(call.args, "config", None)
    return f"{command} --config {shlex.quote(str(config))}" if config else command


def _show(screen: Screen, ready: Ready, command: str) -> None:
    screen.line()
    for trouble in ready.troubles:
        screen.line(trouble, "red")
    for note in ready.notes:
        screen.line(note, "yellow")
    for number, line in enumerate(ready.lines(command)):
        screen.line(line, "bold" if number == 0 else "")

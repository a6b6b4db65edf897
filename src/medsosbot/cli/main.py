"""The frame of the command line: reads it, runs the command, prints one answer, ends with its exit code."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from typing import Any

from medsosbot import errors, logs
from medsosbot.cli import check, decisions, demo, doctor, faults, imports, preview, publish, service, setup, status
from medsosbot.cli.answer import OK, PERSON, Answer, Call
from medsosbot.cli.faults import Failure
from medsosbot.cli.parser import Parser, TextAsked, UsageError, Version, asks_for_json
from medsosbot.cli.screen import Screen, colours, progress

DESCRIPTION = "Publishes a newsroom's releases to a Telegram channel and to X, on time and exactly once."
EPILOG = """\
exit codes:
  0  done
  1  something needs a person: an item was held or refused, a delivery failed or is uncertain, …
  2  the config or the command line is wrong; nothing was done
  3  another process is at work, and this one gave way

Results go to standard output, logs and faults to standard error. MEDSOSBOT_LOG_LEVEL (debug, info, warning, error)
sets how much the log tells. 'medsosbot COMMAND --help' tells more.
"""
FAMILIES: tuple[Callable[[Any], None], ...] = (
    imports.add,
    check.add,
    preview.add,
    publish.add,
    service.add,
    status.add,
    decisions.add,
    demo.add,
    doctor.add,
    setup.add,
)
log = logging.getLogger("medsosbot")
LEVEL = "MEDSOSBOT_LOG_LEVEL"
LEVELS = ("debug", "info", "warning", "error")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line in this process, as its only work: hooks, signals and streams belong to it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    logs.catch_the_uncaught()
    try:
        code = run(sys.argv[1:] if argv is None else argv, os.environ)
        sys.stdout.flush()
    except BrokenPipeError:  # `medsosbot status | head -1`: whoever read has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except KeyboardInterrupt:
        return 130
    return code


def run(argv: Sequence[str], environ: Mapping[str, str]) -> int:
    """Run one command line; prints to standard output and standard error. Gives the exit code."""
    as_json = asks_for_json(argv)
    outcome = _outcome(argv, environ)
    if isinstance(outcome, Answer):
        if as_json:
            _print_json(outcome.document)
        else:
            outcome.show(Screen())
        return outcome.code
    if as_json:
        _print_json(outcome.document(logs.redact))
    else:
        _print_failure(outcome)
    return outcome.code


def build() -> Parser:
    """The whole command line; nothing is loaded for it but argparse."""
    parser = Parser(prog="medsosbot", description=DESCRIPTION, epilog=EPILOG)
    parser.add_argument("--version", action=Version, nargs=0, help="print the version")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command")
    for add in FAMILIES:
        add(commands)
    return parser


def _outcome(argv: Sequence[str], environ: Mapping[str, str]) -> Answer | Failure:
    logs.configure("warning")
    try:
        parser = build()
        args = parser.parse_args(argv)
        if args.command is None:
            parser.error("which command?")
        level = str(environ.get(LEVEL) or getattr(args, "log_level", "warning"))
        if level.lower() not in LEVELS:
            return faults.of_usage(f"${LEVEL}: {level!r} is no level (one of: {', '.join(LEVELS)})")
        logs.configure(level)
        with nullcontext() if getattr(args, "lasting", False) else progress():
            return args.run(Call(args, environ, log_level=level))  # type: ignore[no-any-return]
    except TextAsked as e:
        text = e.text
        return Answer(OK, {e.key: text}, lambda screen: screen.line(text))
    except UsageError as e:
        return faults.of_usage(e.message, e.usage)
    except errors.MedsosbotError as e:
        return faults.of_error(e)
    except OSError as e:
        return _of_os(e)
    except Exception as e:  # the last net: one line, never a raw traceback
        log.debug("Where it came from:", exc_info=True)
        text = f"unexpected {type(e).__name__}: {e}"
        return Failure(PERSON, text, (errors.Fault(text, f"{LEVEL}=debug shows where it came from"),))


def _of_os(error: OSError) -> Failure:
    if isinstance(error, BrokenPipeError):
        raise error
    log.debug("Where it came from:", exc_info=True)
    text = f"{error.filename}: {error.strerror}" if error.filename else str(error)
    return Failure(PERSON, text, (errors.Fault(text),))


def _print_json(document: Mapping[str, object]) -> None:
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def _print_failure(failure: Failure) -> None:
    screen = Screen(sys.stderr, colour=colours(sys.stderr))
    for line in failure.lines():
        screen.line(logs.redact(line), "red")
    if failure.usage:
        screen.line(failure.usage)

"""argparse as this command line wants it: nothing printed and no exit of its own, so that --json stays one document."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from medsosbot import __version__


class UsageError(Exception):
    """The command line is wrong. usage: how it would be right; message: what is wrong."""

    def __init__(self, usage: str, message: str) -> None:
        self.usage, self.message = usage, message
        super().__init__(message)


class TextAsked(Exception):  # noqa: N818  an answer, not a failure
    """--help or --version: the text, and the key it has in JSON."""

    def __init__(self, key: str, text: str) -> None:
        self.key, self.text = key, text
        super().__init__(key)


class Parser(argparse.ArgumentParser):
    """Raises instead of printing; options are written out whole; both common options stand behind commands too."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(**kwargs, allow_abbrev=False)
        self.add_argument(
            "--config",
            metavar="FILE",
            type=Path,
            default=argparse.SUPPRESS,
            help="the config (default: $MEDSOSBOT_CONFIG, then config/medsosbot.yaml)",
        )
        self.add_argument(
            "--json",
            action="store_true",
            default=argparse.SUPPRESS,
            help="print exactly one JSON document on standard output, also for a fault",
        )

    def error(self, message: str) -> NoReturn:
        raise UsageError(self.format_usage().strip(), message)

    def print_help(self, file: Any = None) -> None:
        raise TextAsked("help", self.format_help().rstrip("\n"))

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """A word that is no command: only the one that was meant, not the whole list."""
        if action.choices is not None and value not in action.choices:
            raise argparse.ArgumentError(action, f"there is no {value!r}{_meant(value, list(action.choices))}")


class Version(argparse.Action):
    """--version."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> NoReturn:
        raise TextAsked("version", f"medsosbot {__version__}")


def at_least(least: int, what: str) -> Any:
    """A type for argparse: a whole number from `least` on."""

    def parse(text: str) -> int:
        if not (text.isascii() and text.isdigit()) or len(text) > 9 or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text!r} is no {what} (a whole number from {least})")
        return int(text)

    return parse


def asks_for_json(argv: Sequence[str]) -> bool:
    """Did they ask for JSON, even where the rest of the line can't be read?"""
    words = list(argv)
    return "--json" in (words[: words.index("--")] if "--" in words else words)


def _meant(value: str, choices: list[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(str(value), choices, n=1)
    return f"; did you mean {close[0]}?" if close else f" (known: {', '.join(choices)})"

"""Where results for people go: standard output, with colours only on a terminal."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

_STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33"}
Cell = Sequence[tuple[str, str]]
_WIDE = 120  # columns, where no terminal tells


class Screen:
    """Lines, headings and tables. A control character of a release never reaches the terminal."""

    def __init__(self, out: TextIO | None = None, *, colour: bool | None = None) -> None:
        self._out = out or sys.stdout
        self.colour = colours(self._out) if colour is None else colour

    def line(self, text: str = "", style: str = "") -> None:
        """One line (or more, at line breaks). style: bold, dim, red, green or yellow."""
        self._out.write(self.styled(printable(text), style) + "\n")

    def indented(self, text: str) -> None:
        """Each line of a text, set off from what is said about it."""
        for line in text.strip().splitlines():
            self.line(f"   {line}" if line else "")

    def styled(self, text: str, style: str) -> str:
        """The text in that style, on a terminal that shows it."""
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if style and text and self.colour else text

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[Cell]], wrapped: str = "") -> None:
        """A table. A cell is its lines, each with its style ("" for none).

        wrapped: the only column that breaks lines; where none is named, all do.
        """
        from rich.box import SIMPLE
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        width = None if self._out.isatty() or os.environ.get("COLUMNS", "").isdigit() else _WIDE
        console = Console(file=self._out, width=width, no_color=not self.colour, highlight=False, emoji=False)
        table = Table(box=SIMPLE, pad_edge=False, show_edge=False, header_style="bold" if self.colour else "")
        for heading in headings:
            table.add_column(heading, no_wrap=bool(wrapped) and heading != wrapped)
        for row in rows:
            cells = [[Text(printable(t), style=style if self.colour else "") for t, style in cell] for cell in row]
            table.add_row(*(Text("\n").join(lines) for lines in cells))
        console.print(table)


def printable(text: str) -> str:
    """The text with line breaks, but without any other control or bidirectional character."""
    return "".join(c if c.isprintable() or c == "\n" else " " if c == "\t" else "\ufffd" for c in text)


def colours(out: TextIO) -> bool:
    """Does this show colours? (https://no-color.org: any value but an empty one turns them off)"""
    return out.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


@contextmanager
def progress(after: float = 1.5) -> Iterator[None]:
    """Shows on a terminal that work goes on, once it lasts; leaves nothing behind. Standard error only."""
    if not sys.stderr.isatty():
        yield
        return
    done = threading.Event()

    def show() -> None:
        seconds = 0
        if done.wait(after):
            return
        while not done.wait(1):
            seconds += 1
            sys.stderr.write(f"\rSedang bekerja … {seconds} detik ")
            sys.stderr.flush()
        if seconds:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    thread = threading.Thread(target=show, name="progress", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()

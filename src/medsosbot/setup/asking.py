"""The port to whoever sits at the terminal: what is told, what is asked. Without a terminal nothing can be asked."""

from __future__ import annotations

import asyncio
import os
import shutil
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, TextIO

from medsosbot.errors import SetupError

YES, NO = frozenset({"y", "ya", "yes"}), frozenset({"t", "tidak", "n", "no"})
ENDED = "Masukan berakhir sebelum semua dijawab; jalankan lagi, atau beri jawabannya sebagai opsi (init --help)."
STYLES = {"bold": "1", "green": "32", "yellow": "33", "red": "31"}


class Asker(Protocol):
    """Who answers. interactive: is anybody there to answer?"""

    interactive: bool

    def say(self, text: str = "", style: str = "") -> None:
        """One line or more. style: bold, green, yellow, red or none."""
        ...

    async def line(self, question: str = "") -> str:
        """What was typed, without blanks round it. Raises SetupError where nobody is there."""
        ...

    async def secret(self, question: str) -> str:
        """The same, without showing it."""
        ...

    async def yes(self, question: str, default: bool | None = None) -> bool:
        """Asks until it is yes or no; Enter alone means `default`, where there is one."""
        ...


class Voice:
    """Tells, and asks nothing."""

    interactive = False

    def __init__(self, out: TextIO, *, colour: bool = False) -> None:
        self._out, self._colour = out, colour

    def say(self, text: str = "", style: str = "") -> None:
        """No control character of a stranger's name reaches the terminal."""
        clean = self._laid_out("".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in text))
        painted = f"\x1b[{STYLES[style]}m{clean}\x1b[0m" if style and self._colour else clean
        self._out.write(painted + "\n")
        self._out.flush()

    def _laid_out(self, text: str) -> str:
        return text

    async def line(self, question: str = "") -> str:
        raise SetupError(ENDED)

    async def secret(self, question: str) -> str:
        raise SetupError(ENDED)

    async def yes(self, question: str, default: bool | None = None) -> bool:
        raise SetupError(ENDED)


class Terminal(Voice):
    """A person at a terminal. Waiting for a line holds nothing else up, and can be given up (cancelled)."""

    interactive = True

    def __init__(self, handle: int, out: TextIO, *, colour: bool = False) -> None:
        """handle: the terminal's file descriptor."""
        super().__init__(out, colour=colour)
        self._handle, self._kept = handle, b""

    async def line(self, question: str = "") -> str:
        self._prompt(question)
        return await self._read()

    async def secret(self, question: str) -> str:
        with _silent(self._handle):
            self._prompt(question)
            typed = await self._read()
        self.say()
        return typed

    async def yes(self, question: str, default: bool | None = None) -> bool:
        choices = {None: "ya/tidak", True: "Ya/tidak", False: "ya/Tidak"}[default]
        while True:
            typed = (await self.line(f"{question} [{choices}] ")).lower()
            if typed in YES or typed in NO:
                return typed in YES
            if not typed and default is not None:
                return default
            self.say("Jawab dengan ya atau tidak.")

    def _laid_out(self, text: str) -> str:
        """No word is broken at the terminal's edge; a list's lines stay behind their dash."""
        width = shutil.get_terminal_size().columns
        return "\n".join(_wrapped(line, width) for line in text.split("\n"))

    def _prompt(self, question: str) -> None:
        *said, last = question.split("\n")
        if said:
            self.say("\n".join(said))
        self._out.write(last)
        self._out.flush()

    async def _read(self) -> str:
        """One line. Bytes, since a line that is waited for beside the network can't be read through a buffer."""
        loop = asyncio.get_running_loop()
        while b"\n" not in self._kept:
            ready: asyncio.Future[None] = loop.create_future()
            loop.add_reader(self._handle, _done, ready)
            try:
                await ready
            finally:
                loop.remove_reader(self._handle)
            chunk = os.read(self._handle, 4096)
            if not chunk:
                raise SetupError(ENDED)
            self._kept += chunk
        line, _, self._kept = self._kept.partition(b"\n")
        return line.decode("utf-8", "replace").strip()


def _wrapped(line: str, width: int) -> str:
    indent = "    " if line.startswith("  - ") else ""
    wrapped = textwrap.wrap(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return "\n".join(wrapped)


def _done(ready: asyncio.Future[None]) -> None:
    if not ready.done():
        ready.set_result(None)


@contextmanager
def _silent(handle: int) -> Iterator[None]:
    """The terminal doesn't show what is typed."""
    import termios

    before = termios.tcgetattr(handle)
    quiet = termios.tcgetattr(handle)
    quiet[3] &= ~termios.ECHO
    try:
        termios.tcsetattr(handle, termios.TCSANOW, quiet)
        yield
    finally:
        termios.tcsetattr(handle, termios.TCSANOW, before)

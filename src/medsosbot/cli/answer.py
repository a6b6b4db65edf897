"""What passes between the frame and a command: the call that goes in, the answer that comes out."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from medsosbot.cli.screen import Screen
from medsosbot.clock import Clock, SystemClock

if TYPE_CHECKING:
    from medsosbot.options import Settings

OK, PERSON, WRONG, BUSY = 0, 1, 2, 3  # exit codes: done; somebody must act; nothing was done; gave way


@dataclass(frozen=True)
class Answer:
    """A command's result, printed by the frame: `document` with --json, else `show` draws it for people."""

    code: int
    document: Mapping[str, object]
    show: Callable[[Screen], None]


@dataclass
class Call:
    """One call of the command line. The settings are read when a command asks for them, and once."""

    args: argparse.Namespace
    environ: Mapping[str, str]
    clock: Clock = field(default_factory=SystemClock)
    log_level: str = "WARNING"
    _settings: Settings | None = None

    @property
    def settings(self) -> Settings:
        """The checked config; from here on the log knows the secrets. Raises SettingsError."""
        if self._settings is None:
            from medsosbot import logs
            from medsosbot.settings.load import load

            config: Path | None = getattr(self.args, "config", None)
            self._settings = load(config, self.environ)
            logs.configure(self.log_level, self._settings.secrets.values(), zone=self._settings.zone)
            _tell_unknown(self._settings)
        return self._settings


Command = Callable[[Call], Answer]


def _tell_unknown(settings: Settings) -> None:
    import logging

    for name in settings.unknown_variables:
        logging.getLogger("medsosbot").warning("This variable means nothing here: %s", name)

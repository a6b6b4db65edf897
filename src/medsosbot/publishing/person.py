"""Whoever decides, and how that person types a command: in a shell, or in the staff chat."""

from __future__ import annotations

from dataclasses import dataclass

CHAT_COMMANDS = {
    "release": "/lepas",
    "hold": "/tahan",
    "cancel": "/batal",
    "retry": "/ulangi",
    "pause": "/jeda",
    "resume": "/lanjut",
    "status": "/status",
    "posted": "/terbit",
    "not-posted": "/belum",
}


@dataclass(frozen=True)
class Person:
    """name: for the record ("shell", or the Telegram name and id). chat: this person types into the staff chat."""

    name: str
    chat: bool = False

    def types(self, command: str, *words: object) -> str:
        """The command as this person would type it: `medsosbot release 12` or `/lepas 12`."""
        said = " ".join(str(w) for w in words)
        if self.chat:
            return f"{CHAT_COMMANDS[command]} {said}".strip()
        if command in ("posted", "not-posted"):
            item, destination, *ids = words
            return " ".join(["medsosbot settle", str(item), str(destination), f"--{command}", *map(str, ids)])
        return f"medsosbot {command} {said}".strip()

"""What `init` set up, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from medsosbot.options import Settings
from medsosbot.setup.chats import Found
from medsosbot.wording import listing, quote


@dataclass(frozen=True)
class Ready:
    """What was set up. written: files; rehearsals: destinations that are mocks still; troubles: what is left to do."""

    bot: str
    channel: Found
    staff: Found
    editors: tuple[int, ...]
    x: str | None
    destinations: tuple[tuple[str, str], ...]
    settings: Settings
    written: tuple[Path, ...]
    rehearsals: tuple[str, ...]
    replaced: tuple[str, ...]
    notes: tuple[str, ...] = ()
    troubles: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Is nothing left to mend?"""
        return not self.troubles

    def as_json(self, command: str) -> dict[str, Any]:
        """For scripts. command: as in `lines`."""
        return {
            "ok": self.ok,
            "message": " ".join(self.lines(command)),
            "bot": self.bot,
            "channel": self.channel.as_json(),
            "staff": self.staff.as_json(),
            "editors": list(self.editors),
            "x": self.x,
            "destinations": [{"name": name, "platform": platform} for name, platform in self.destinations],
            "written": [str(path) for path in self.written],
            "notes": [*self.notes, *self.troubles],
        }

    def lines(self, command: str) -> list[str]:
        """What has changed and how to go on, in Indonesian. command: how this program is called here."""
        mocks = f"Yang tetap latihan: {listing(self.rehearsals)}." if self.rehearsals else "Tidak ada lagi latihan."
        changed = f" (tujuan {listing(self.replaced)}, tadinya latihan)" if self.replaced else ""
        start = f"Mulai layanan: {command} run (bila sedang berjalan, hentikan dulu). Periksa: {command} check --online"
        return [
            f"Latihan selesai: mulai sekarang rilis terbit sungguhan di {quote(self.channel.title)}{changed}. {mocks}",
            start,
            "Sesudah layanan berjalan, editor dapat mengetik /status, /jeda, dan /lepas NOMOR di grup staf.",
        ]

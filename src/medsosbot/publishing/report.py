"""What one pass did, for the command line, its exit code and its JSON."""

from __future__ import annotations

from dataclasses import dataclass, field

from medsosbot.errors import Fault


@dataclass(frozen=True)
class Refused:
    """A file that was refused, with the whole reason."""

    file: str
    reason: str
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Sent:
    """A delivery that is published; url None for a rehearsal."""

    id: str
    destination: str
    url: str | None


@dataclass(frozen=True)
class Trouble:
    """A delivery that failed or became uncertain; or, without an id, a destination that refused us."""

    id: str
    destination: str
    error: str


@dataclass
class PassReport:
    """Filled while the pass goes on, by one destination's worker after the other's step; read at its end.

    unreached: destinations at which something due couldn't reach its platform, to the end. remarks: what was read in a
    special way, or a platform's pace that was waited for, said to the person who runs the pass.
    """

    accepted: list[str] = field(default_factory=list)
    rejected: list[Refused] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    published: list[Sent] = field(default_factory=list)
    failed: list[Trouble] = field(default_factory=list)
    uncertain: list[Trouble] = field(default_factory=list)
    paused: list[Trouble] = field(default_factory=list)
    unreached: dict[str, str] = field(default_factory=dict)
    remarks: list[tuple[str, str]] = field(default_factory=list)
    stopped: str | None = None

    def needs_a_person(self, *, dry: bool = False) -> bool:
        """Does this pass end with exit code 1?"""
        trouble = self.rejected or self.failed or self.uncertain or self.paused or self.unreached or self.stopped
        return bool(trouble or (self.held and not dry))

    def hold(self, item_id: str) -> None:
        """Name an item that this pass held, once."""
        if item_id not in self.held:
            self.held.append(item_id)

    def remark(self, about: str, what: str) -> None:
        """Say something of a file or a destination, once."""
        if (about, what) not in self.remarks:
            self.remarks.append((about, what))

    def as_json(self) -> dict[str, object]:
        """CONTRACT's JSON of `publish`."""
        return {
            "accepted": self.accepted,
            "rejected": [{"file": r.file, "reason": r.reason} for r in self.rejected],
            "held": self.held,
            "published": [{"id": s.id, "destination": s.destination, "url": s.url} for s in self.published],
            "failed": [{"id": t.id, "destination": t.destination, "error": t.error} for t in self.failed],
            "uncertain": [{"id": t.id, "destination": t.destination, "error": t.error} for t in self.uncertain],
            "paused": [{"destination": t.destination, "reason": t.error} for t in self.paused],
        }

"""A platform of its own for tests: it follows a script of outcomes and keeps what the public would see.

Nothing of the product is patched: the engine talks to this as to any other platform. Without a script every post is
taken, and `find` tells the truth about `wall`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from medsosbot.clock import Clock
from medsosbot.errors import PublishError, TransientError, UncertainError
from medsosbot.model import Intent, Part, PostStyle, Receipt
from medsosbot.platforms.styles import TELEGRAM

TAKEN, LOST = "taken, but the answer got lost", "lost on the way, nobody knows"


def uncertain(*, duplicate: bool = False) -> UncertainError:
    return UncertainError("Jawaban tidak datang.", detail="ReadTimeout", duplicate=duplicate)


def not_sent(*, not_before: datetime | None = None, paced: bool = False) -> TransientError:
    return TransientError("Tidak tersambung.", detail="ConnectError", not_before=not_before, paced=paced)


@dataclass(frozen=True)
class Post:
    """What the public sees."""

    remote_id: int
    item_id: str
    seq: int
    text: str
    at: datetime


@dataclass
class FakePlatform:
    """script: what the next calls of `publish` do, first to last; then all are taken. answers: the same of `find`.

    A step of the script: "ok" | TAKEN | LOST | any exception (raised, nothing taken). An answer: "truth" | any
    exception | None (says absent). before: called with each part before anything else, as a spy on the record.
    """

    clock: Clock
    style: PostStyle = TELEGRAM
    script: list[object] = field(default_factory=list)
    answers: list[object] = field(default_factory=list)
    wall: list[Post] = field(default_factory=list)
    calls: list[Part] = field(default_factory=list)
    after: list[Receipt | None] = field(default_factory=list)
    asked: list[tuple[Part, Intent]] = field(default_factory=list)
    before: Callable[[Part], None] = lambda part: None
    trouble: PublishError | None = None
    next_id: int = 1

    async def publish(self, part: Part, after: Receipt | None) -> Receipt:
        self.before(part)
        self.calls.append(part)
        self.after.append(after)
        step = self.script.pop(0) if self.script else "ok"
        if isinstance(step, BaseException):
            raise step
        if step == LOST:
            raise uncertain()
        post = self._take(part)
        if step == TAKEN:
            raise uncertain()
        return self._receipt(post)

    async def find(self, part: Part, since: Intent) -> Receipt | None:
        self.asked.append((part, since))
        answer = self.answers.pop(0) if self.answers else "truth"
        if isinstance(answer, BaseException):
            raise answer
        if answer is None:
            return None
        floor = int(since.anchor or 0)
        same = [p for p in self.wall if p.remote_id > floor and p.text == part.text]
        found = [p for p in same if str(p.remote_id) not in since.known]
        return self._receipt(found[0]) if found else None

    async def check(self) -> tuple[str, ...]:
        if self.trouble is not None:
            raise self.trouble
        return ("baik",)

    async def server_time(self) -> datetime | None:
        return None

    async def aclose(self) -> None:
        return

    def _take(self, part: Part) -> Post:
        post = Post(self.next_id, part.item_id, part.seq, part.text, self.clock.now())
        self.next_id += 3  # others post there too
        self.wall.append(post)
        return post

    def _receipt(self, post: Post) -> Receipt:
        return Receipt((str(post.remote_id),), f"https://t.me/kanal/{post.remote_id}", post.text, post.at)

    @property
    def texts(self) -> Sequence[str]:
        return [p.text for p in self.wall]

    @property
    def items(self) -> Sequence[str]:
        """Whose posts the public sees, in order."""
        return [p.item_id for p in self.wall]

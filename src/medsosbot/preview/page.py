"""From a trial to the values of the page: plain, ready to be drawn, the same for the same input."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from medsosbot.model import ITEM_STATE_ORDER, DeliveryState
from medsosbot.options import Office, Staff
from medsosbot.preview.held import Ways
from medsosbot.preview.post import Moment, is_real
from medsosbot.preview.release import ReleaseView, release_view
from medsosbot.publishing.trial import PostShown, Trial
from medsosbot.wording import REHEARSED, STATE_WORDS, number, when

State = DeliveryState
FOLD_FROM = 10  # releases
STAY_OPEN = 10  # that ask for a person
MEANING = {
    State.HELD: "menunggu keputusan Anda",
    State.UNCERTAIN: "jangan kirim manual",
    State.FAILED: "perlu diperbaiki",
}


@dataclass(frozen=True)
class Surroundings:
    """What the page has to know besides the trial.

    now: aware. paused: why nothing goes out, by destination. command: what people type before a command's name.
    folder: the queue's.
    """

    now: datetime
    zone: ZoneInfo
    office: Office = field(default_factory=Office)
    staff: Staff = field(default_factory=Staff)
    paused: Mapping[str, str] = field(default_factory=dict)
    command: str = "medsosbot"
    folder: str = "queue"


@dataclass(frozen=True)
class Count:
    """One figure at the top: `1`, `ditahan`, `menunggu keputusan Anda`."""

    state: str
    figure: str
    word: str
    meaning: str


@dataclass(frozen=True)
class RefusedView:
    """A file that was refused; the reason's lines."""

    file: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """The whole page. waiting: some files aren't taken in yet. folded: the releases that ask nobody are folded."""

    office: str
    made_at: str
    all_rehearsal: bool
    waiting: bool
    counts: tuple[Count, ...]
    refused: tuple[RefusedView, ...]
    remarks: tuple[tuple[str, str], ...]
    pauses: tuple[tuple[str, str], ...]
    releases: tuple[ReleaseView, ...]
    folded: bool


def page_of(trial: Trial, around: Surroundings) -> Page:
    """The page's values. Held releases come first, then the other states in CONTRACT's order."""
    by_item: dict[int, list[PostShown]] = {}
    for post in trial.posts:
        by_item.setdefault(post.item.number, []).append(post)
    moment = Moment(around.now, around.zone, around.command)
    ways = Ways(around.command, has_editor(around.staff), around.folder)
    new = set(trial.report.accepted)
    made = [
        release_view(posts, moment, ways, around.paused, waiting=posts[0].item.id in new)
        for posts in sorted(by_item.values(), key=_order)
    ]
    folded = len(made) >= FOLD_FROM
    shown = {p.delivery.destination for p in trial.posts}
    return Page(
        office=around.office.name or "",
        made_at=when(around.now, around.zone),
        all_rehearsal=bool(trial.posts) and not any(is_real(p) for p in trial.posts),
        waiting=any(r.number is None for r in made),
        counts=_counts(made, len(trial.report.rejected)),
        refused=tuple(RefusedView(r.file, tuple(r.reason.splitlines())) for r in trial.report.rejected),
        remarks=tuple(trial.report.remarks),
        pauses=tuple((name, why) for name, why in around.paused.items() if name in shown),
        releases=tuple(_fold(made) if folded else made),
        folded=folded,
    )


def has_editor(staff: Staff) -> bool:
    """Can anybody decide in a staff group?"""
    return staff.chat is not None and "editor" in staff.members.values()


def _order(posts: list[PostShown]) -> tuple[int, int]:
    """What is open in the order in which it came, what is over newest first."""
    item = posts[0].item
    over = item.state in (State.PUBLISHED, State.EXPIRED, State.CANCELLED)
    return ITEM_STATE_ORDER.index(item.state), -item.number if over else item.number


def _fold(made: list[ReleaseView]) -> list[ReleaseView]:
    return [replace(r, folded=not r.asks or n >= STAY_OPEN) for n, r in enumerate(made)]


def _counts(made: list[ReleaseView], refused: int) -> tuple[Count, ...]:
    words = Counter((State(r.state), r.state_word) for r in made)
    counts = [Count("refused", number(refused), "berkas ditolak", "perlu dibetulkan")] if refused else []
    for state in ITEM_STATE_ORDER:
        for word in (STATE_WORDS[state], *([REHEARSED] if state is State.PUBLISHED else [])):
            if n := words[state, word]:
                counts.append(Count(state.value, number(n), word, MEANING.get(state, "")))
    return tuple(counts)

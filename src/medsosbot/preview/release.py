"""One release on the page: its state, its held box, its posts, and the release itself with the used words marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from medsosbot.model import DeliveryState, Piece
from medsosbot.preview.explain import OWN
from medsosbot.preview.held import HeldView, Ways, doubts, held_view
from medsosbot.preview.marking import Segment, segments, share
from medsosbot.preview.post import Moment, PostView, is_real, post_view
from medsosbot.preview.runs import Run, runs, safe_href
from medsosbot.publishing.trial import PostShown
from medsosbot.wording import day, listing, plain_day, state_word

State = DeliveryState
ASKS_A_PERSON = (State.HELD, State.UNCERTAIN, State.FAILED)


@dataclass(frozen=True)
class Version:
    """The release as some destinations use it. heading: who; used: percent of the body; note: instead of marks."""

    heading: str
    title: tuple[Segment, ...]
    body: tuple[Segment, ...]
    note: str
    used: int


@dataclass(frozen=True)
class ReleaseView:
    """One release. number: None while its file isn't taken in. news: its date in words; url: where it leads."""

    anchor: str
    number: int | None
    title: str
    state: str
    state_word: str
    asks: bool
    news: str
    doubted_date: bool
    file: str
    url: str | None
    address: str
    line: tuple[Run, ...]
    withdrawn: bool
    held: HeldView | None
    posts: tuple[PostView, ...]
    versions: tuple[Version, ...]
    folded: bool = False


def release_view(
    posts: Sequence[PostShown], moment: Moment, ways: Ways, paused: Mapping[str, str], *, waiting: bool
) -> ReleaseView:
    """posts: of one item, in the order of its destinations. waiting: its file isn't taken in yet."""
    item = posts[0].item
    doubted = any("weekday" in p.held_kinds or _without_weekday(p) for p in posts)
    real = any(is_real(p) for p in posts if p.delivery.state is State.PUBLISHED)
    return ReleaseView(
        anchor=f"rilis-{item.number}",
        number=None if waiting else item.number,
        title=item.title,
        state=item.state.value,
        state_word=state_word(item.state, real=real),
        asks=item.state in ASKS_A_PERSON,
        news=plain_day(item.news_date) if doubted else day(item.news_date),
        doubted_date=doubted,
        file=item.file,
        url=safe_href(item.url or ""),
        address=item.url or "",
        line=runs(item.line, "HTML"),
        withdrawn=item.withdrawn,
        held=held_view(posts, ways, paused, waiting=waiting),
        posts=tuple(post_view(p, moment, paused.get(p.delivery.destination), waiting=waiting) for p in posts),
        versions=_versions(posts),
    )


def _without_weekday(post: PostShown) -> bool:
    """Did the post lose a date that contradicts its weekday, be it held still or released by a person?"""
    trace = post.draft.composition.trace if post.draft else ()
    return any(rule == "weekday" for piece in trace for _, rule in piece.deleted)


def _versions(posts: Sequence[PostShown]) -> tuple[Version, ...]:
    """One for all destinations that use the same words; the one that uses the least comes first."""
    quoted = doubts(posts)
    using: dict[tuple[Piece, ...], list[str]] = {}
    plain: dict[str, list[str]] = {}
    for post in posts:
        if post.draft is None or post.draft.own:
            plain.setdefault(OWN if post.draft else "Tersimpan di catatan.", []).append(post.delivery.destination)
        else:
            using.setdefault(post.draft.composition.trace, []).append(post.delivery.destination)
    title, body = posts[0].release.title, posts[0].release.body
    found = []
    for trace, names in using.items():
        of_title = [replace(p, start=0, end=len(title)) for p in trace if p.start < 0]
        marked = segments(body, trace, quoted)
        heading = f"Yang dipakai {listing(names)}"
        used = round(100 * share(body, marked))
        found.append(Version(heading, segments(title, of_title, quoted), marked, "", used))
    found.sort(key=lambda v: v.used)
    if not found:
        note, names = next(iter(plain.items()))
        plain_title, plain_body = segments(title, (), quoted), segments(body, (), quoted)
        found.append(Version("Rilisnya", plain_title, plain_body, f"{listing(names)}: {note}", 0))
    return tuple(found)

"""One post as the page shows it: where it goes and when, what it says, how long it is, what it leaves out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from medsosbot import platforms
from medsosbot.model import DeliveryState
from medsosbot.preview.explain import OWN, RECORDED, LeftOut, left_out
from medsosbot.preview.runs import Run, for_whatsapp, host_of, is_sound, plain, runs, safe_href
from medsosbot.publishing.trial import PartShown, PostShown
from medsosbot.wording import number, state_word, when

State = DeliveryState
COPIED = (State.SCHEDULED, State.PUBLISHING, State.PUBLISHED)  # what may also be sent elsewhere by hand


@dataclass(frozen=True)
class Moment:
    """What the page is made in: now (aware), the zone, and the command that people type."""

    now: datetime
    zone: ZoneInfo
    command: str


@dataclass(frozen=True)
class PartView:
    """One message. filled: its length in percent of the limit, 100 at most. copy, whatsapp: None without buttons."""

    runs: tuple[Run, ...]
    length: str
    filled: int
    too_long: bool
    broken: bool
    link_host: str | None
    copy: str | None
    whatsapp: str | None


@dataclass(frozen=True)
class PostView:
    """One post. look: the template that draws it. at: the clock time inside it, only of what was published.

    when: one sentence; trouble: what a person must know or do, empty where nothing.
    """

    destination: str
    look: str
    address: str
    rehearsal: bool
    state: str
    state_word: str
    when: str
    at: str
    url: str | None
    trouble: str
    parts: tuple[PartView, ...]
    left: LeftOut | None
    note: str
    remarks: tuple[str, ...]


def is_real(post: PostShown) -> bool:
    """Does it reach the public? A platform that nobody knows any more is taken for one that does."""
    if post.target is not None:
        return post.target.real
    kind = platforms.REGISTRY.get(post.delivery.platform)
    return kind is None or kind.real


def look_of(post: PostShown) -> str:
    """How it is drawn, by the style of its platform."""
    return post.target.style.look if post.target else "bubble"


def post_view(post: PostShown, moment: Moment, paused: str | None, *, waiting: bool) -> PostView:
    """waiting: its file lies in the queue and isn't taken in yet. paused: why nothing goes out there now."""
    delivery, real = post.delivery, is_real(post)
    target = post.target
    published = delivery.published_at if delivery.state is State.PUBLISHED else None
    draft = post.draft
    return PostView(
        destination=delivery.destination,
        look=look_of(post),
        address=str(target.destination.chat) if target and target.destination.chat is not None else "",
        rehearsal=not real,
        state=delivery.state.value,
        state_word=state_word(delivery.state, real=real),
        when=_when(post, moment, paused, waiting=waiting),
        at=f"{published.astimezone(moment.zone):%H.%M}" if published else "",
        url=safe_href(delivery.url or ""),
        trouble=_trouble(post, moment),
        parts=tuple(_part(p, post) for p in post.parts),
        left=left_out(post.release, draft.composition) if draft and not draft.own else None,
        note=RECORDED if draft is None else OWN if draft.own else "",
        remarks=draft.composition.remarks if draft else (),
    )


def _when(post: PostShown, moment: Moment, paused: str | None, *, waiting: bool) -> str:
    delivery = post.delivery
    if delivery.state is State.PUBLISHED:
        verb = "Terbit" if is_real(post) else "Dicatat sebagai latihan"
        return f"{verb} {when(delivery.published_at, moment.zone)}." if delivery.published_at else f"{verb}."
    if delivery.state is State.HELD:
        return "Waktunya belum ada: menunggu keputusan Anda."
    if delivery.state is not State.SCHEDULED:
        return ""
    if paused:
        return f"Belum akan terbit, tujuan ini dijeda: {paused}"
    if post.target is None:
        return "Tidak akan terbit: tujuan ini tidak ada lagi di konfigurasi."
    goes = "secepatnya" if post.due_at <= moment.now else f"paling cepat {when(post.due_at, moment.zone)}"
    if waiting:
        return f"Bila berkasnya diambil sekarang: {goes}."
    return f"Terbit {goes}." if is_real(post) else f"Latihan: {goes}."


def _trouble(post: PostShown, moment: Moment) -> str:
    delivery, n, place = post.delivery, post.item.number, post.delivery.destination
    if delivery.state is State.FAILED:
        retry = f"Setelah diperbaiki, coba lagi: {moment.command} retry {n} {place}"
        return " ".join(filter(None, [delivery.error or "", retry]))
    if delivery.state is State.PUBLISHING:
        return "Sedang dikirim saat halaman ini dibuat; jangan kirim manual."
    if delivery.state is State.UNCERTAIN:
        settle = f"{moment.command} settle {n} {place} --posted TAUTAN, atau --not-posted"
        return (
            "Mungkin sudah terbit, mungkin belum; masih diperiksa, jangan kirim manual. "
            f"Bila Anda diminta memutuskan: {settle}"
        )
    if delivery.state is State.SCHEDULED and delivery.error:
        return f"Percobaan terakhir: {delivery.error}"
    return ""


def _part(part: PartShown, post: PostShown) -> PartView:
    found = runs(part.text, part.markup)
    copied = post.delivery.state in COPIED and post.item.state is not State.HELD
    marked = any(run.looks and set(run.looks) - {"link", "tag"} for run in found)
    return PartView(
        runs=found,
        length=f"{number(part.length)} dari {number(part.limit)} karakter",
        filled=min(100, round(100 * part.length / max(1, part.limit))),
        too_long=part.length > part.limit,
        broken=part.markup is not None and not is_sound(part.text),
        link_host=host_of(found),
        copy=plain(found) if copied else None,
        whatsapp=for_whatsapp(found) if copied and marked else None,
    )

"""The box of a held release: why, what to do if something is wrong, and what goes out if it is right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from medsosbot.model import DeliveryState
from medsosbot.preview.explain import left_out
from medsosbot.preview.marking import places_of
from medsosbot.preview.post import is_real
from medsosbot.preview.runs import plain, runs
from medsosbot.publishing.trial import PostShown
from medsosbot.wording import count, listing, number

State = DeliveryState
OUT = (State.PUBLISHED, State.PUBLISHING, State.UNCERTAIN)
QUOTED = re.compile(r"«([^»]*)»")


@dataclass(frozen=True)
class Step:
    """One thing to do: words, then a command to type (or none), then what it is in the staff chat (or nothing)."""

    words: str
    command: str = ""
    chat: str = ""


@dataclass(frozen=True)
class Reason:
    """Why it is held, in runs (text, is it quoted from the release), and what the check advises."""

    why: tuple[tuple[str, bool], ...]
    advice: str


@dataclass(frozen=True)
class HeldView:
    """reasons: part one. mend: part two. release: part three, with what goes out then.

    scope: where not the whole release is held. lost: quoted words that no held post prints; stays: that one does.
    goes: the destinations whose post goes out as shown; rehearsal: none of them reaches the public.
    left: how much posts leave out. faults: what keeps one back.
    """

    scope: str
    reasons: tuple[Reason, ...]
    mend: tuple[Step, ...]
    release: Step
    goes: str
    rehearsal: bool
    lost: tuple[str, ...]
    stays: tuple[str, ...]
    left: tuple[str, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Ways:
    """What people can type: the command, whether an editor can answer in a staff group, the queue folder's name."""

    command: str
    chat: bool
    folder: str


def doubts(posts: Sequence[PostShown]) -> tuple[str, ...]:
    """The words of the release that its holds quote."""
    body = f"{posts[0].release.title}\n{posts[0].release.body}"
    quoted = [words for p in posts for reason in p.held_because for words in QUOTED.findall(reason)]
    return tuple(words for words in dict.fromkeys(quoted) if words.strip() and places_of(body, words))


def held_view(posts: Sequence[PostShown], ways: Ways, paused: Mapping[str, str], *, waiting: bool) -> HeldView | None:
    """The box; None where nothing is held. paused: why nothing goes out, by destination."""
    held = [p for p in posts if p.delivery.state is State.HELD]
    if not held:
        return None
    texts = {p.delivery.destination: _shown(p) for p in held}
    quoted = doubts(held)
    lost = tuple(words for words in quoted if not any(places_of(text, words) for text in texts.values()))
    reasons = dict.fromkeys(r for p in held for r in p.held_because)
    faults = {p.delivery.destination: _fault(p) for p in held}
    return HeldView(
        scope=_scope(posts, held),
        reasons=tuple(_reason(r) for r in reasons),
        mend=_mend(posts, held, ways, waiting=waiting),
        release=_release(held, ways, waiting=waiting),
        goes=listing(name for name, fault in faults.items() if not fault),
        rehearsal=not any(is_real(p) for p in held),
        lost=lost,
        stays=tuple(words for words in quoted if words not in lost),
        left=_left(held),
        faults=(*filter(None, faults.values()), *_pauses(held, paused)),
    )


def _shown(post: PostShown) -> str:
    return "\n".join(plain(runs(part.text, part.markup)) for part in post.parts)


def _scope(posts: Sequence[PostShown], held: Sequence[PostShown]) -> str:
    if len(held) == len(posts):
        return ""
    names = listing(p.delivery.destination for p in held)
    others = listing(p.delivery.destination for p in posts if p not in held)
    return f"Yang ditahan hanya kiriman ke {names}. Kiriman ke {others} tidak ikut ditahan."


def _reason(reason: str) -> Reason:
    """A check says why, a semicolon, what to do; a semicolon inside the quoted words is no border."""
    semicolons = [m.start() for m in re.finditer(";", reason)]
    border = next((at for at in semicolons if reason.count("«", 0, at) == reason.count("»", 0, at)), None)
    why, advice = (reason, "") if border is None else (reason[:border].rstrip(" .") + ".", reason[border + 1 :].strip())
    pieces = re.split(r"(«[^»]*»)", why)
    return Reason(
        tuple((p, p.startswith("«")) for p in pieces if p),
        advice[:1].upper() + advice[1:],
    )


def _mend(posts: Sequence[PostShown], held: Sequence[PostShown], ways: Ways, *, waiting: bool) -> tuple[Step, ...]:
    item = posts[0].item
    if waiting:
        return (
            Step(f"Betulkan berkas {item.file} di tempatnya, lalu buat halaman ini lagi."),
            Step("Bila tidak jadi terbit: keluarkan berkas itu dari antrean."),
        )
    if not any(p.delivery.state in OUT for p in posts):
        return (
            Step(
                f"Betulkan {item.file} (ada di {ways.folder}/accepted), lalu taruh di folder {ways.folder} dengan nama "
                "dan judul yang sama. Isinya diperiksa lagi dari awal dan menggantikan yang ini."
            ),
            _typed("Bila tidak jadi terbit, batalkan:", "cancel", "batal", f"{item.number}", ways),
        )
    names = [p.delivery.destination for p in held]
    return (
        Step(
            "Sebagian rilis ini sudah keluar, jadi berkasnya tidak dapat diganti lagi. Batalkan yang ditahan, lalu "
            f"taruh yang sudah dibetulkan dengan nama lain dan baris «destinations: [{', '.join(names)}]»."
        ),
        *(_typed(f"Batalkan {name}:", "cancel", "batal", f"{item.number} {name}", ways) for name in names),
    )


def _typed(words: str, command: str, chat: str, target: str, ways: Ways) -> Step:
    return Step(words, f"{ways.command} {command} {target}", f"/{chat} {target}" if ways.chat else "")


def _release(held: Sequence[PostShown], ways: Ways, *, waiting: bool) -> Step:
    n = held[0].item.number
    if waiting:
        return Step(
            "Belum ada yang perlu diketik. Setelah berkasnya diambil, rilis ini tetap ditahan sampai dilepas dengan "
            "nomornya; nomor itu ada di jawaban perintah:",
            f"{ways.command} status",
        )
    return _typed("Lepas:", "release", "lepas", f"{n}", ways)


def _left(held: Sequence[PostShown]) -> tuple[str, ...]:
    """How much of the release the posts leave out, a sentence for all that leave out as much."""
    by_amount: dict[str, list[str]] = {}
    for post in held:
        if post.draft is None or post.draft.own:
            continue
        left = left_out(post.release, post.draft.composition)
        amounts = [count(noun, n) for noun, n in (("kalimat", left.sentences), ("potongan kalimat", left.pieces)) if n]
        if amounts:
            by_amount.setdefault(listing(amounts), []).append(post.delivery.destination)
    return tuple(
        f"Di {listing(names)} tidak ikut {amount}; daftarnya di bawah kirimannya."
        for amount, names in by_amount.items()
    )


def _pauses(held: Sequence[PostShown], paused: Mapping[str, str]) -> Iterator[str]:
    for post in held:
        if why := paused.get(post.delivery.destination):
            yield f"{post.delivery.destination} sedang dijeda, jadi setelah dilepas pun belum terbit di sana: {why}"


def _fault(post: PostShown) -> str:
    """Why this post can't go out as it is."""
    name, long = post.delivery.destination, [p for p in post.parts if p.length > p.limit]
    if long:
        size = f"{number(long[0].length)} dari {number(long[0].limit)}"
        return f"{name}: terlalu panjang ({size}) dan akan ditolak; tulis sendiri teksnya dengan kunci text di berkas."
    if not any(p.text.strip() for p in post.parts):
        return f"{name}: tidak ada teks; tulis sendiri dengan kunci text di berkas."
    return ""

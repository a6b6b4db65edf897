"""A person's decisions, one function each. The command line and the staff chat are two faces of these, with the
same words: each answers with an Indonesian sentence, or raises DecisionError where the state doesn't allow it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from medsosbot import wording
from medsosbot.errors import DecisionError, UnknownIdError
from medsosbot.model import ENDED, DeliveryState, PartState, Urgency
from medsosbot.publishing import clock_guard, schedule, timetable
from medsosbot.publishing import notices as tell
from medsosbot.publishing.claim import hold_item
from medsosbot.publishing.newsroom import Newsroom, Target
from medsosbot.publishing.person import Person
from medsosbot.publishing.schedule import Timing
from medsosbot.storage import attempts, deliveries, holds, items, pauses, records
from medsosbot.storage.deliveries import Delivery
from medsosbot.storage.items import Item
from medsosbot.text.measure import measure

State = DeliveryState


def release(newsroom: Newsroom, who: Person, item_id: str, *, at_once: bool = False) -> str:
    """Lift every hold of an item; it goes at its publish_at, else at the next free slot. `at_once` skips the slot."""
    now = newsroom.clock.now()
    with newsroom.store.write() as tx:
        item = item_of(tx, who, item_id)
        held = [d for d in deliveries.of_item(tx, item.number) if d.state is State.HELD]
        if not held:
            raise DecisionError(
                f"Nomor {item.number} {_title(item)} tidak sedang ditahan; lihat: {who.types('status')}"
            )
        stuck = {d.id: said for d in held if (said := _too_long(tx, newsroom, d))}
        if len(stuck) == len(held):
            raise DecisionError(
                f"Nomor {item.number} {_title(item)} tidak dapat dilepas: {'; '.join(stuck.values())}. Tulis kata-kata "
                f"sendiri (text:) yang muat, atau batalkan: {who.types('cancel', item.number, held[0].destination)}"
            )
        lifted = [h for h in holds.standing(tx, item.number) if h.delivery not in stuck]
        reasons = list(dict.fromkeys(h.reason for h in lifted))
        holds.lift_these(tx, [h.id for h in lifted], who.name, now)
        lines = [_schedule(tx, newsroom, who, item, d, now, at_once) for d in held if d.id not in stuck]
        lines += [f"tetap ditahan: {said}" for said in stuck.values()]
        records.decide(tx, who.name, "release", now, item=item.number, detail=" | ".join(reasons))
        _told(tx, item.number)
    told = "".join(f"\n• {r}" for r in reasons)
    return f"Nomor {item.number} {_title(item)} dilepas: {'; '.join(lines)}. Alasan yang dilepas:{told}"


def hold(newsroom: Newsroom, who: Person, item_id: str) -> str:
    """Hold what is still scheduled of an item."""
    now = newsroom.clock.now()
    with newsroom.store.write() as tx:
        item = item_of(tx, who, item_id)
        if not hold_item(tx, item.number, "person", f"Ditahan oleh {who.name}.", now):
            raise DecisionError(
                f"Nomor {item.number} {_title(item)} tidak ada yang terjadwal, jadi tidak dapat ditahan; lihat: "
                f"{who.types('status')}"
            )
        records.decide(tx, who.name, "hold", now, item=item.number)
        out = [d.destination for d in deliveries.of_item(tx, item.number) if d.state is State.PUBLISHED]
    already = f" Yang sudah terbit di {wording.listing(out)} tetap terbit." if out else ""
    return f"Nomor {item.number} {_title(item)} ditahan; lepas dengan: {who.types('release', item.number)}.{already}"


def cancel(newsroom: Newsroom, who: Person, item_id: str, destination: str | None = None) -> str:
    """End what hasn't gone out. On a published item, without a destination: out of every answer of the bot."""
    now = newsroom.clock.now()
    with newsroom.store.write() as tx:
        item = item_of(tx, who, item_id)
        wanted = deliveries_at(tx, item, destination)
        busy = [d.destination for d in wanted if d.state is State.PUBLISHING]
        if busy:
            raise DecisionError(
                f"Nomor {item.number} sedang dikirim ke {wording.listing(busy)}; coba lagi sebentar lagi."
            )
        ended = [d for d in wanted if d.state not in ENDED and d.state is not State.PUBLISHED]
        public = [d for d in wanted if d.state is State.PUBLISHED]
        withdraw = bool(public) and destination is None and item.withdrawn_at is None
        if not ended and not withdraw:
            raise DecisionError(
                f"Nomor {item.number} {_title(item)} tidak ada lagi yang dapat dibatalkan; lihat: {who.types('status')}"
            )
        doubtful = [d.destination for d in ended if d.state is State.UNCERTAIN]
        partly = [d.destination for d in ended if any(p.remote_ids for p in deliveries.parts_of(tx, d.id))]
        for d in ended:
            _cancel(tx, d, who, now)
        if withdraw:
            items.withdraw(tx, item.number, now)
        if not any(d.state is State.HELD for d in deliveries.of_item(tx, item.number)):
            holds.lift(tx, item.number, who.name, now)
            _told(tx, item.number)
        records.decide(tx, who.name, "cancel", now, item=item.number, destination=destination)
    return _cancelled(
        item, [d.destination for d in ended], [d.destination for d in public] + partly, doubtful, withdraw
    )


def retry(newsroom: Newsroom, who: Person, item_id: str, destination: str | None = None) -> str:
    """Send failed deliveries again, due now; and lift the pause of a destination that refused us."""
    now = newsroom.clock.now()
    with newsroom.store.write() as tx:
        item = item_of(tx, who, item_id)
        wanted = deliveries_at(tx, item, destination)
        failed = [d for d in wanted if d.state is State.FAILED]
        waiting = [d for d in wanted if d.state is State.SCHEDULED]
        lifted = [n for d in waiting if (n := _lift_refusal(tx, d.destination, who, now))]
        if not failed and not lifted:
            _refuse_retry(who, item, wanted)
        for d in failed:
            for part in deliveries.parts_of(tx, d.id):
                if part.state is PartState.FAILED:
                    deliveries.set_part(tx, part.id, PartState.WAITING)
            values = {"error": None, "due_at": now, "late_from": now, "not_before": None}
            deliveries.move(tx, d.id, {State.FAILED}, State.SCHEDULED, **values)
            _lift_refusal(tx, d.destination, who, now)
            tell.over(tx, f"failed:{d.id}")
        records.decide(tx, who.name, "retry", now, item=item.number, destination=destination)
    names = wording.listing([d.destination for d in failed] or lifted)
    return f"Nomor {item.number} {_title(item)} dicoba lagi di {names}."


def pause(newsroom: Newsroom, who: Person, destination: str | None = None) -> str:
    """Nothing goes out anywhere (or there) until a person resumes."""
    now = newsroom.clock.now()
    with newsroom.store.write() as tx:
        name = _place(newsroom, destination)
        if not pauses.add(tx, destination, pauses.PERSON, f"Dijeda oleh {who.name}.", who.name, now):
            raise DecisionError(f"{name} sudah dijeda sebelumnya; lanjutkan dengan: {_resume(who, destination)}.")
        records.decide(tx, who.name, "pause", now, destination=destination)
        busy = [d.destination for d in deliveries.in_state(tx, State.PUBLISHING, destination)]
    flight = f" Yang sedang dikirim ke {wording.listing(busy)} masih selesai dulu." if busy else ""
    return f"{name} dijeda: tidak ada yang terbit sampai dilanjutkan dengan: {_resume(who, destination)}.{flight}"


def resume(newsroom: Newsroom, who: Person, destination: str | None = None) -> str:
    """End pauses: all of them, or those of one destination."""
    now = newsroom.clock.now()
    with newsroom.store.write() as tx:
        name = _place(newsroom, destination)
        standing = pauses.standing(tx)
        if destination is not None and any(p.destination is None for p in standing):
            raise DecisionError(f"Semua tujuan sedang dijeda; lanjutkan semuanya dengan: {who.types('resume')}.")
        mine = [p for p in standing if destination in (None, p.destination)]
        if not mine:
            raise DecisionError(f"{name} tidak sedang dijeda, jadi tidak ada yang perlu dilanjutkan.")
        pauses.lift(tx, [p.id for p in mine], who.name, now)
        for p in mine:
            tell.over(tx, f"paused:{p.destination}")
        records.decide(tx, who.name, "resume", now, destination=destination)
    return f"{name} dilanjutkan."


def trust_clock(newsroom: Newsroom, who: Person) -> str:
    """A person says that the wall clock is right."""
    now = newsroom.clock.now()
    with newsroom.store.write() as tx:
        clock_guard.trust(tx, now)
        records.decide(tx, who.name, "resume --clock", now)
    return f"Jam komputer dipercaya lagi: {wording.when(now, newsroom.timetable.zone)}."


def _resume(who: Person, destination: str | None) -> str:
    return who.types("resume", destination) if destination else who.types("resume")


def item_of(tx: Connection, who: Person, item_id: str) -> Item:
    """The item of this ID or short number. Raises UnknownIdError."""
    item = items.by_id(tx, item_id)
    if item is None:
        raise UnknownIdError(
            f"Tidak ada rilis dengan nomor atau ID {wording.quote(item_id)}; lihat: {who.types('status')}"
        )
    return item


def deliveries_at(tx: Connection, item: Item, destination: str | None) -> list[Delivery]:
    """All deliveries of an item, or the one at this destination. Raises UnknownIdError."""
    found = deliveries.of_item(tx, item.number)
    if destination is None:
        return found
    mine = [d for d in found if d.destination == destination]
    if not mine:
        names = wording.listing(dict.fromkeys(d.destination for d in found))
        raise UnknownIdError(
            f"Nomor {item.number} tidak punya tujuan {wording.quote(destination)}; tujuannya: {names}."
        )
    return mine


def _place(newsroom: Newsroom, destination: str | None) -> str:
    if destination is None:
        return "Semua tujuan"
    if newsroom.target(destination) is None:
        names = wording.listing([t.name for t in newsroom.targets])
        raise UnknownIdError(f"Tidak ada tujuan bernama {wording.quote(destination)}; tujuan yang ada: {names}.")
    return f"Tujuan {destination}"


def _schedule(
    tx: Connection, newsroom: Newsroom, who: Person, item: Item, delivery: Delivery, now: datetime, at_once: bool
) -> str:
    """Put a held delivery back in line; when it goes, in words."""
    target = newsroom.target(delivery.destination)
    timing = Timing(item.publish_at, item.expires_at, item.urgency)
    if target is None or target.platform != delivery.platform:
        raise DecisionError(
            f"Tujuan {delivery.destination} tidak ada lagi di konfigurasi; batalkan: "
            f"{who.types('cancel', item.number, delivery.destination)}"
        )
    at = schedule.due(tx, newsroom, target, timing, now, item=item.number, slot=not at_once)
    values = {"due_at": at.at, "slot": at.slot, "late_from": max(now, at.at), "not_before": None}
    deliveries.move(tx, delivery.id, {State.HELD}, State.SCHEDULED, **values)
    goes = _goes(newsroom, target, _behind_gap(tx, newsroom, target, timing, at.at), now)
    paused = " setelah jeda diakhiri" if pauses.over(tx, target.name) else ""
    return f"{delivery.destination} {goes}{paused}"


def _behind_gap(tx: Connection, newsroom: Newsroom, target: Target, timing: Timing, at: datetime) -> datetime:
    """`at`, or the end of the gap behind the last post there."""
    gap = timetable.gap_until(attempts.last(tx, target.address), newsroom.timetable)
    if gap is None or gap <= at:
        return at
    return gap if timing.urgency is Urgency.URGENT else timetable.after_quiet(gap, newsroom.timetable)


def _goes(newsroom: Newsroom, target: Target, at: datetime, now: datetime) -> str:
    place = "" if target.real else " (latihan)"
    if at <= now:
        return f"segera{place}"
    return f"paling cepat {wording.when(at, newsroom.timetable.zone)}{place}"


def _cancel(tx: Connection, delivery: Delivery, who: Person, now: datetime) -> None:
    attempt = attempts.open_of_delivery(tx, delivery.id)
    if attempt is not None:
        attempts.end(tx, attempt.id, "cancelled", who.name, now)
        tell.over(tx, f"doubt:{attempt.id}")
    deliveries.move(tx, delivery.id, {delivery.state}, State.CANCELLED, uncertain_since=None, slot=None)


def _cancelled(item: Item, ended: list[str], public: list[str], doubtful: list[str], withdrawn: bool) -> str:
    said = f"Nomor {item.number} {_title(item)}"
    said += f" dibatalkan untuk {wording.listing(ended)}." if ended else " ditarik dari jawaban bot."
    if withdrawn and ended:
        said += " Juga ditarik dari jawaban bot."
    if public:
        said += f" Yang sudah terbit di {wording.listing(dict.fromkeys(public))} tetap tampak sampai dihapus di sana."
    if doubtful:
        said += f" Di {wording.listing(doubtful)} mungkin sudah terbit: periksa di sana."
    return said


def _lift_refusal(tx: Connection, destination: str, who: Person, now: datetime) -> str | None:
    mine = [p for p in pauses.over(tx, destination) if p.kind == pauses.REFUSED]
    if not mine:
        return None
    pauses.lift(tx, [p.id for p in mine], who.name, now)
    tell.over(tx, f"paused:{destination}")
    return destination


def _refuse_retry(who: Person, item: Item, wanted: list[Delivery]) -> None:
    doubtful = next((d for d in wanted if d.state is State.UNCERTAIN), None)
    if doubtful is not None:
        raise DecisionError(
            f"Nomor {item.number} di {doubtful.destination} masih ragu: mungkin sudah terbit. Periksa di sana, lalu "
            f"{who.types('posted', item.number, doubtful.destination, 'NOMOR')} atau "
            f"{who.types('not-posted', item.number, doubtful.destination)}"
        )
    raise DecisionError(f"Nomor {item.number} {_title(item)} tidak ada yang gagal, jadi tidak perlu dicoba lagi.")


def _too_long(tx: Connection, newsroom: Newsroom, delivery: Delivery) -> str | None:
    """Why no release can let this post go: no platform takes it. None where it fits."""
    target = newsroom.target(delivery.destination)
    if target is None:
        return None
    style = target.style
    longest = max((measure(p.text, style) for p in deliveries.parts_of(tx, delivery.id)), default=0)
    if longest <= style.limit:
        return None
    return f"teks untuk {delivery.destination} {wording.number(longest)} dari {wording.number(style.limit)} huruf"


def _told(tx: Connection, number: int) -> None:
    tell.over(tx, f"late:{number}")


def _title(item: Item) -> str:
    return wording.quote(item.release.title, 60)

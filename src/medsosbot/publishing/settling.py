"""A person says what became of an uncertain delivery."""

from __future__ import annotations

from sqlalchemy import Connection

from medsosbot import platforms, wording
from medsosbot.errors import DecisionError
from medsosbot.model import DeliveryState, Receipt
from medsosbot.publishing import evidence, outcome
from medsosbot.publishing.decisions import deliveries_at, item_of
from medsosbot.publishing.newsroom import Newsroom, Target
from medsosbot.publishing.person import Person
from medsosbot.storage import attempts, records
from medsosbot.storage.deliveries import Delivery
from medsosbot.storage.items import Item

State = DeliveryState


def settle(newsroom: Newsroom, who: Person, item_id: str, destination: str, posted: str | None) -> str:
    """posted: the post's number at the platform, or its link; None: it isn't there and is sent again.

    Raises DecisionError where nothing is in doubt, the number can't be right, or the asking delay isn't over.
    """
    now = newsroom.clock.now()
    with newsroom.store.write() as tx:
        item = item_of(tx, who, item_id)
        delivery = deliveries_at(tx, item, destination)[0]
        target = newsroom.target(destination)
        title = wording.quote(item.release.title, 60)
        if delivery.state is not State.UNCERTAIN or target is None:
            raise DecisionError(_not_in_doubt(item, delivery))
        doubt = evidence.doubt_of(tx, newsroom, target, delivery.id)
        if doubt is None:
            raise DecisionError(_not_in_doubt(item, delivery))
        if posted is None:
            _refuse_too_soon(newsroom, target, doubt, item)
            evidence.resend(tx, doubt.attempt.id, doubt.claim, now, who.name, counted=False)
            message = f"Nomor {item.number} {title} dicatat belum terbit di {destination}; dikirim lagi."
        else:
            number = _number(tx, target, doubt, posted)
            receipt = Receipt((number,), platforms.link_of(target.destination, number))
            outcome.published(tx, newsroom, target, doubt.claim, receipt, who.name, now, seen=False)
            message = f"Nomor {item.number} {title} dicatat terbit di {destination} sebagai {number}."
        records.decide(tx, who.name, "settle", now, item=item.number, destination=destination, detail=posted)
    return message


def _not_in_doubt(item: Item, delivery: Delivery) -> str:
    word = wording.state_word(delivery.state)
    return f"Nomor {item.number} di {delivery.destination} tidak sedang ragu; keadaannya: {word}."


def _refuse_too_soon(newsroom: Newsroom, target: Target, doubt: evidence.Doubt, item: Item) -> None:
    """Before the asking delay is over the post may still arrive: nobody can know yet that it isn't there."""
    ended = doubt.attempt.ended_at or doubt.attempt.intent_at
    over = ended + newsroom.reconcile.after
    if target.real and newsroom.clock.now() < over:
        raise DecisionError(
            f"Terlalu cepat: kiriman nomor {item.number} masih mungkin muncul di {target.name}. Periksa lagi setelah "
            f"{wording.when(over, newsroom.timetable.zone)}."
        )


def _number(tx: Connection, target: Target, doubt: evidence.Doubt, posted: str) -> str:
    number = platforms.remote_id_of(target.destination, posted)
    if number is None:
        raise DecisionError(
            f"{wording.quote(posted)} bukan nomor atau tautan kiriman di {target.name}; salin tautan kirimannya."
        )
    if number in attempts.known_ids(tx, target.address, None, doubt.claim.part_id):
        raise DecisionError(f"Nomor {number} di {target.name} sudah dipakai kiriman lain; periksa lagi nomornya.")
    return number

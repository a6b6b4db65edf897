"""A person's decisions: what they do, what they say, and where the state doesn't allow them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import time
from pathlib import Path

import pytest
from sqlalchemy import select

from medsosbot.errors import DecisionError, RejectedError, UnknownIdError
from medsosbot.model import DeliveryState
from medsosbot.options import Checks, Quiet, Timetable
from medsosbot.publishing import decisions
from medsosbot.publishing.person import Person
from medsosbot.storage import schema
from tests.publishing.office import DAY, HOUR, LOOKS, WITA, Office, open_office, target

State = DeliveryState
WRONG_DAY = "Samarinda – KPU Kaltim menggelar rapat pada Kamis (6/9/2022) di aula kantor."


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path, target("kanal"), target("x")) as one:
        yield one


@pytest.fixture
def held(office: Office) -> Office:
    office.file(body=WRONG_DAY)
    office.publish()
    return office


class TestRelease:
    def test_it_lifts_the_holds_whose_reasons_it_shows(self, held: Office) -> None:
        (reason,) = held.item().held_because
        said = held.decide(decisions.release, "rapat")
        assert reason in said
        assert "dilepas: kanal segera; x segera" in said
        assert (held.state(), held.item().held_because) == (State.SCHEDULED, ())
        held.publish()
        assert held.kanal.items == ["rapat"]

    def test_a_post_that_is_too_long_stays_held_and_the_others_go(self, tmp_path: Path) -> None:
        with open_office(tmp_path, target("kanal"), target("x", style=LOOKS["x"])) as office:
            office.file(body=WRONG_DAY, text="{x: " + "kata " * 70 + "}")
            office.publish()
            said = office.decide(decisions.release, "rapat")
            assert "tetap ditahan: teks untuk x 349 dari 280 huruf" in said
            office.publish()
            assert (office.state(), office.state(destination="x")) == (State.PUBLISHED, State.HELD)

    def test_nothing_is_released_where_no_post_fits(self, tmp_path: Path) -> None:
        with open_office(tmp_path, target("x", style=LOOKS["x"])) as office:
            office.file(text="{x: " + "kata " * 70 + "}")
            office.publish()
            with pytest.raises(DecisionError, match=r"349 dari 280 huruf.*medsosbot cancel 1 x"):
                office.decide(decisions.release, "rapat")
            assert office.state(destination="x") == State.HELD and office.item().held_because

    def test_the_answer_says_that_a_pause_comes_first(self, held: Office) -> None:
        held.decide(decisions.pause, "x")
        assert "dilepas: kanal segera; x segera setelah jeda diakhiri" in held.decide(decisions.release, "rapat")

    def test_the_short_number_does_too(self, held: Office) -> None:
        held.decide(decisions.release, "1")
        assert held.state() == State.SCHEDULED

    def test_the_answer_names_a_reason_of_two_destinations_once(self, office: Office) -> None:
        office.file(body=f"{WRONG_DAY} KPU Kaltim, Kamis (6/9/2022), rapat lagi.")
        office.publish()
        said = office.decide(decisions.release, "rapat").splitlines()
        assert len(said) == len(set(said))

    def test_the_answer_counts_the_gap_also_at_once(self, office: Office) -> None:
        office.change(timetable=Timetable(zone=WITA, gap=HOUR))
        office.file("a")
        office.publish()
        office.file(body=WRONG_DAY)
        office.publish()
        assert "kanal paling cepat Selasa, 24 November 2026, 10.00 WITA" in office.decide(
            decisions.release, "rapat", at_once=True
        )

    def test_it_goes_at_its_publish_at_also_at_once(self, office: Office) -> None:
        office.file(body=WRONG_DAY, publish_at="2026-11-24 12:00")
        office.publish()
        assert "paling cepat" in office.decide(decisions.release, "rapat", at_once=True)
        office.publish()
        assert office.kanal.items == []
        office.move(3 * HOUR)
        office.publish()
        assert office.kanal.items == ["rapat"]

    def test_without_publish_at_it_goes_at_the_next_free_slot(self, office: Office) -> None:
        office.change(timetable=Timetable(WITA, slots=(time(12), time(16))))
        office.file("a", body=WRONG_DAY)
        office.file("b")
        office.take_in()
        assert office.delivery("b").due_at.astimezone(WITA).hour == 12  # what is held takes no slot
        assert "16.00" in office.decide(decisions.release, "a")
        assert office.delivery("a").due_at.astimezone(WITA).hour == 16

    def test_at_once_skips_the_slot_but_not_the_quiet_hours(self, office: Office) -> None:
        office.change(timetable=Timetable(WITA, slots=(time(12),), quiet=Quiet(time(8), time(10))))
        office.file(body=WRONG_DAY)
        office.take_in()
        assert "10.00" in office.decide(decisions.release, "rapat", at_once=True)
        office.publish()
        assert office.kanal.items == []
        office.move(HOUR)
        office.publish()
        assert office.kanal.items == ["rapat"]

    def test_what_is_not_held_is_not_released(self, office: Office) -> None:
        office.file()
        office.publish()
        with pytest.raises(DecisionError, match="tidak sedang ditahan"):
            office.decide(decisions.release, "rapat")

    def test_a_rehearsal_says_so(self, office: Office) -> None:
        office.change(targets=(target("kanal", real=False),))
        office.file(body=WRONG_DAY)
        office.take_in()
        assert "kanal segera (latihan)" in office.decide(decisions.release, "rapat")


class TestHold:
    def test_it_holds_what_is_still_scheduled(self, office: Office) -> None:
        office.file(publish_at="2026-11-24 12:00")
        office.take_in()
        assert "ditahan; lepas dengan: medsosbot release 1" in office.decide(decisions.hold, "rapat")
        assert (office.state(), office.item().held_because) == (State.HELD, ("Ditahan oleh Rina.",))
        office.move(DAY)
        office.publish()
        assert office.kanal.items == []

    def test_what_is_out_stays_out_and_is_named(self, office: Office) -> None:
        office.platforms["x"].script = [RejectedError("Tidak.")]
        office.file()
        office.publish()
        office.decide(decisions.retry, "rapat", "x")
        assert "Yang sudah terbit di kanal tetap terbit." in office.decide(decisions.hold, "rapat")
        assert (office.state(), office.state(destination="x")) == (State.PUBLISHED, State.HELD)

    def test_where_nothing_is_scheduled_there_is_nothing_to_hold(self, office: Office) -> None:
        office.file()
        office.publish()
        with pytest.raises(DecisionError, match="tidak dapat ditahan"):
            office.decide(decisions.hold, "rapat")


class TestCancel:
    def test_it_ends_what_has_not_gone_out(self, office: Office) -> None:
        office.file(publish_at="2026-11-24 12:00")
        office.take_in()
        assert "dibatalkan untuk kanal dan x" in office.decide(decisions.cancel, "rapat")
        office.move(DAY)
        office.publish()
        assert (office.state(), office.kanal.items) == (State.CANCELLED, [])

    def test_it_ends_one_destination_alone(self, office: Office) -> None:
        office.file(publish_at="2026-11-24 12:00")
        office.take_in()
        office.decide(decisions.cancel, "rapat", "x")
        office.move(3 * HOUR)
        office.publish()
        assert (office.kanal.items, office.platforms["x"].items) == (["rapat"], [])

    def test_it_ends_a_hold(self, held: Office) -> None:
        held.decide(decisions.cancel, "rapat")
        assert (held.item().state, held.item().held_because) == (State.CANCELLED, ())

    def test_a_published_item_is_taken_out_of_the_bots_answers_and_stays_public(self, office: Office) -> None:
        office.file()
        office.publish()
        said = office.decide(decisions.cancel, "rapat")
        assert "ditarik dari jawaban bot" in said and "tetap tampak sampai dihapus di sana" in said
        assert (office.item().withdrawn, office.state()) == (True, State.PUBLISHED)
        with pytest.raises(DecisionError, match="tidak ada lagi yang dapat dibatalkan"):
            office.decide(decisions.cancel, "rapat")

    def test_with_a_destination_it_withdraws_nothing(self, office: Office) -> None:
        office.file()
        office.publish()
        with pytest.raises(DecisionError):
            office.decide(decisions.cancel, "rapat", "kanal")
        assert not office.item().withdrawn

    def test_what_is_with_the_platform_now_is_not_cancelled(self, office: Office) -> None:
        said: list[str] = []

        def decide(part: object) -> None:
            with pytest.raises(DecisionError) as refused:
                office.decide(decisions.cancel, "rapat")
            said.append(str(refused.value))

        office.kanal.before = decide
        office.file(destinations="[kanal]")
        office.publish()
        assert "sedang dikirim ke kanal; coba lagi sebentar lagi" in said[0]
        assert office.state() == State.PUBLISHED


class TestRetry:
    def test_only_what_failed_is_tried_again(self, office: Office) -> None:
        office.kanal.script = [RejectedError("Tidak.")]
        office.file()
        office.publish()
        assert "dicoba lagi di kanal." in office.decide(decisions.retry, "rapat")
        office.publish()
        assert (office.kanal.items, office.platforms["x"].items) == (["rapat"], ["rapat"])

    def test_what_is_out_is_never_tried_again(self, office: Office) -> None:
        office.file()
        office.publish()
        with pytest.raises(DecisionError, match="tidak ada yang gagal"):
            office.decide(decisions.retry, "rapat")


class TestNames:
    @pytest.mark.parametrize("decision", [decisions.release, decisions.hold, decisions.cancel, decisions.retry])
    @pytest.mark.parametrize("name", ["apa", "99", "#0", ""])
    def test_an_unknown_id_is_told_apart(self, office: Office, decision: Callable[..., str], name: str) -> None:
        with pytest.raises(UnknownIdError, match="Tidak ada rilis dengan nomor atau ID"):
            office.decide(decision, name)

    def test_an_unknown_destination_too_with_those_that_there_are(self, held: Office) -> None:
        with pytest.raises(UnknownIdError, match="tujuannya: kanal dan x"):
            held.decide(decisions.cancel, "rapat", "kanel")

    def test_in_the_staff_chat_the_commands_are_the_chats(self, held: Office) -> None:
        editor = Person("Rina (7)", chat=True)
        decisions.release(held.room, editor, "rapat")
        assert "lepas dengan: /lepas 1" in decisions.hold(held.room, editor, "rapat")
        assert "/lanjut kanal" in decisions.pause(held.room, editor, "kanal")


def test_every_decision_is_on_record_and_a_refused_one_is_not(held: Office) -> None:
    held.decide(decisions.release, "rapat")
    with pytest.raises(DecisionError):
        held.decide(decisions.release, "rapat")
    held.decide(decisions.cancel, "rapat", "x")
    with held.store.read() as tx:
        found = [(r.who, r.what, r.destination) for r in tx.execute(select(schema.decisions))]
    assert found == [("Rina", "release", None), ("Rina", "cancel", "x")]


def test_what_a_person_holds_is_not_released_by_a_pass(office: Office) -> None:
    office.change(checks=Checks(stale_after_days=None, approval="hold"))
    office.file()
    for _ in range(3):
        office.publish()
        office.move(HOUR)
    assert office.kanal.items == []

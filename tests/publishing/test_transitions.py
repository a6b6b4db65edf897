"""The life of a delivery: every transition that there is, on a platform that follows a script."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from medsosbot.errors import CannotTell, DecisionError, RejectedError, TransientError, UnauthorizedError
from medsosbot.model import DeliveryState, Part, PartState
from medsosbot.options import Reconcile, Timetable
from medsosbot.publishing import decisions, settling
from medsosbot.publishing.claim import CALL_WITHIN, next_turn
from medsosbot.publishing.retry import LONGEST_BACKOFF
from medsosbot.storage import deliveries
from medsosbot.storage.schema import attempts
from tests.publishing.fake_platform import LOST, TAKEN, not_sent, uncertain
from tests.publishing.office import DAY, HOUR, MINUTE, WITA, Office, open_office, target

State = DeliveryState
AFTER = Reconcile().after
LITTLE = timedelta(microseconds=1)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as one:
        yield one


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Office]:
    """A channel and an account."""
    with open_office(tmp_path, target("kanal"), target("x")) as one:
        yield one


def outcomes(office: Office) -> list[str | None]:
    """The outcomes of all attempts on record, in order."""
    with office.store.read() as tx:
        return [r[0] for r in tx.execute(select(attempts.c.outcome).order_by(attempts.c.id))]


def in_doubt(office: Office, *, landed: bool, name: str = "rapat", **head: object) -> None:
    """One item whose call ended in an unknown way."""
    office.kanal.script = [TAKEN if landed else LOST]
    office.file(name, **head)
    office.publish()
    assert office.state(name) == State.UNCERTAIN


class TestDue:
    def test_it_publishes_what_is_due_and_keeps_the_receipt(self, office: Office) -> None:
        office.file()
        report = office.publish()
        delivery = office.delivery()
        assert (delivery.state, delivery.remote_ids, delivery.attempts) == (State.PUBLISHED, ("1",), 1)
        assert (delivery.url, delivery.published_at) == ("https://t.me/kanal/1", office.clock.now())
        assert [(s.id, s.destination) for s in report.published] == [("rapat", "kanal")]
        assert office.kanal.texts == list(delivery.texts)

    def test_it_does_not_publish_a_second_time(self, office: Office) -> None:
        office.file()
        office.publish()
        office.move(DAY)
        assert office.publish().published == []
        assert office.kanal.items == ["rapat"]

    def test_publish_at_is_never_early(self, office: Office) -> None:
        office.file(publish_at="2026-11-24 12:00")
        office.move(3 * HOUR - LITTLE)
        office.publish()
        assert (office.kanal.items, office.state()) == ([], State.SCHEDULED)
        office.move(LITTLE)
        office.publish()
        assert office.state() == State.PUBLISHED

    def test_the_intent_is_on_record_before_the_call_and_the_counter_too(self, office: Office) -> None:
        seen: list[tuple[str, str | None, int | None]] = []

        def look(part: Part) -> None:
            with office.store.read() as tx:
                (row,) = tx.execute(select(attempts)).all()
                seen.append((office.state(), row.outcome, office.store.counter.read()))
                assert row.deadline - row.intent_at == CALL_WITHIN

        office.kanal.before = look
        office.file()
        office.publish()
        assert seen == [(State.PUBLISHING, None, 1)]

    def test_it_claims_nothing_while_something_is_with_the_platform(self, office: Office) -> None:
        office.file("a")
        office.file("b")
        office.take_in()
        (place,) = office.room.targets
        assert next_turn(office.room, place, "one").claim is not None
        assert next_turn(office.room, place, "two").claim is None

    def test_the_other_destination_goes_on(self, two: Office) -> None:
        two.kanal.script = [LOST]
        for name in "abc":
            two.file(name)
        two.publish()
        assert (two.kanal.items, two.platforms["x"].items) == ([], ["a", "b", "c"])

    def test_what_is_posted_is_the_databases_copy_and_not_the_file(self, office: Office) -> None:
        office.file(publish_at="2026-11-24 12:00")
        office.take_in()
        (office.queue / "accepted" / "rapat.md").write_text("diubah sesudahnya", encoding="utf-8")
        office.move(3 * HOUR)
        office.publish()
        assert office.kanal.texts == list(office.delivery().texts)


class TestNotSent:
    def test_it_tries_again_what_was_proved_not_sent(self, office: Office) -> None:
        office.kanal.script = [not_sent()]
        office.file()
        report = office.publish()
        assert (office.state(), office.delivery().error) == (State.SCHEDULED, "Tidak tersambung.")
        assert report.unreached == {"kanal": "Tidak tersambung."} and report.needs_a_person()
        office.move(LONGEST_BACKOFF)
        assert office.publish().published
        assert (outcomes(office), office.delivery().error) == (["not_sent", "published"], None)

    def test_it_does_not_try_again_before_its_backoff(self, office: Office) -> None:
        office.kanal.script = [not_sent()]
        office.file()
        office.publish()
        wait = office.delivery().not_before
        assert wait is not None
        office.move(wait - office.clock.now() - LITTLE)
        office.publish()
        assert len(office.kanal.calls) == 1
        office.move(LITTLE)
        office.publish()
        assert len(office.kanal.calls) == 2

    def test_what_came_through_in_the_same_pass_needs_nobody(
        self, office: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def sleep(seconds: float) -> None:
            office.move(timedelta(seconds=seconds))

        monkeypatch.setattr("asyncio.sleep", sleep)
        office.kanal.script = [not_sent(not_before=office.clock.now() + MINUTE)]
        office.file()
        report = office.publish(patience=LONGEST_BACKOFF)
        assert report.published and not report.needs_a_person()

    def test_waiting_out_the_platforms_pace_needs_nobody(self, office: Office) -> None:
        office.kanal.script = [not_sent(not_before=office.clock.now() + HOUR, paced=True)]
        office.file()
        report = office.publish()
        assert report.remarks == [("kanal", "Tidak tersambung.")] and not report.needs_a_person()

    def test_nothing_but_urgent_overtakes_it(self, office: Office) -> None:
        office.kanal.script = [not_sent(not_before=office.clock.now() + HOUR)]
        office.file("a", date="2026-11-01")
        office.publish()
        office.file("b", date="2026-10-01")
        office.publish()
        assert office.kanal.items == []
        office.file("darurat", urgency="urgent")
        office.publish()
        assert office.kanal.items == ["darurat"]
        office.move(HOUR)
        office.publish()
        assert office.kanal.items == ["darurat", "a", "b"]

    def test_a_pass_waits_out_a_short_retry(self, office: Office) -> None:
        office.kanal.script = [not_sent(not_before=office.clock.now() + timedelta(milliseconds=20))]
        office.file()
        office.publish(patience=timedelta(milliseconds=5))
        assert office.state() == State.SCHEDULED

    def test_a_429_stops_the_whole_destination_until_the_platforms_time(self, two: Office) -> None:
        wish = two.clock.now() + 30 * MINUTE
        two.kanal.script = [not_sent(not_before=wish, paced=True)]
        two.file("a")
        two.file("darurat", urgency="urgent")
        two.publish()
        assert (two.kanal.items, len(two.kanal.calls)) == ([], 1)
        assert sorted(two.platforms["x"].items) == ["a", "darurat"]
        two.move(30 * MINUTE - LITTLE)
        two.publish()
        assert len(two.kanal.calls) == 1
        two.move(LITTLE)
        two.publish()
        assert two.kanal.items == ["darurat", "a"]

    def test_a_429_without_a_time_backs_off_the_whole_destination(self, office: Office) -> None:
        office.kanal.script = [not_sent(paced=True)]
        for name in "ab":
            office.file(name)
        office.publish()
        assert len(office.kanal.calls) == 1
        office.move(LONGEST_BACKOFF)
        office.publish()
        assert office.kanal.items == ["a", "b"]


class TestRejected:
    def test_this_post_never_will_and_the_staff_is_told_once(self, two: Office) -> None:
        two.kanal.script = [RejectedError("Teksnya tidak dapat dibaca platform.", status=400)]
        two.file()
        report = two.publish()
        assert (two.state(), two.state(destination="x")) == (State.FAILED, State.PUBLISHED)
        assert [(t.id, t.error) for t in report.failed] == [("rapat", "Teksnya tidak dapat dibaca platform.")]
        (told,) = two.told("failed")
        assert "Rapat rapat" in told and "kanal" in told and "/ulangi 1 kanal" in told
        two.move(DAY)
        assert not two.publish().needs_a_person()
        assert two.told("failed") == [told]

    def test_the_others_at_that_destination_go_on(self, office: Office) -> None:
        office.kanal.script = [RejectedError("Tidak bisa.")]
        for name in "ab":
            office.file(name)
        office.publish()
        assert office.kanal.items == ["b"]

    def test_retry_by_a_person_sends_it_again_due_now(self, office: Office) -> None:
        office.kanal.script = [RejectedError("Tidak bisa.")]
        office.file()
        office.publish()
        office.move(3 * DAY)
        assert "dicoba lagi di kanal" in office.decide(decisions.retry, "rapat")
        assert (office.state(), office.part_states()) == (State.SCHEDULED, [PartState.WAITING])
        office.publish()
        assert office.state() == State.PUBLISHED

    def test_it_is_told_again_when_it_fails_again(self, office: Office) -> None:
        office.kanal.script = [RejectedError("Tidak bisa."), RejectedError("Masih tidak bisa.")]
        office.file()
        office.publish()
        office.decide(decisions.retry, "rapat")
        office.publish()
        assert len(office.told("failed")) == 2


class TestRefusesUs:
    REFUSAL = UnauthorizedError("Bot tidak lagi menjadi admin.", status=403)

    def test_it_pauses_a_destination_that_refuses_us_and_keeps_its_deliveries(self, two: Office) -> None:
        two.kanal.script = [self.REFUSAL]
        for name in "ab":
            two.file(name)
        report = two.publish()
        assert (len(two.kanal.calls), two.platforms["x"].items) == (1, ["a", "b"])
        assert [(p.destination, p.error) for p in report.paused] == [("kanal", "Bot tidak lagi menjadi admin.")]
        assert (two.state("a"), two.delivery("a").error) == (State.SCHEDULED, "Bot tidak lagi menjadi admin.")
        (told,) = two.told("paused")
        assert "kanal" in told and "/lanjut kanal" in told
        two.move(HOUR)
        assert (two.publish().paused, len(two.kanal.calls), len(two.told("paused"))) == ([], 1, 1)

    def test_it_does_not_pause_on_a_refusal_of_the_post(self, office: Office) -> None:
        office.kanal.script = [RejectedError("Teksnya ditolak.", status=403)]
        for name in "ab":
            office.file(name)
        assert office.publish().paused == []
        assert office.kanal.items == ["b"]

    def test_a_refused_token_pauses_every_destination_of_it(self, two: Office) -> None:
        two.kanal.script = [UnauthorizedError("Token ditolak.", status=401, account=True)]
        two.file("a", destinations="[kanal]")
        report = two.publish()
        assert sorted(p.destination for p in report.paused) == ["kanal", "x"]
        two.file("b")
        two.publish()
        assert two.state("b") == two.state("b", "x") == State.SCHEDULED
        assert len(two.told("paused")) == 1

    def test_resume_lets_them_go(self, office: Office) -> None:
        office.kanal.script = [self.REFUSAL]
        office.file()
        office.publish()
        assert office.decide(decisions.resume, "kanal") == "Tujuan kanal dilanjutkan."
        office.publish()
        assert office.state() == State.PUBLISHED

    def test_retry_lifts_the_refusal_too(self, office: Office) -> None:
        office.kanal.script = [self.REFUSAL]
        office.file()
        office.publish()
        office.decide(decisions.retry, "rapat")
        office.publish()
        assert office.state() == State.PUBLISHED

    def test_where_no_reading_call_shows_it_one_post_is_the_probe(self, office: Office) -> None:
        no_credits = UnauthorizedError("Kredit habis.", status=402, probe=False)
        office.kanal.script = [no_credits, no_credits]
        for name in "ab":
            office.file(name)
        office.publish()
        office.move(HOUR)
        assert office.publish().paused == []  # the same refusal again is neither told nor counted
        assert (len(office.kanal.calls), len(office.told("paused"))) == (2, 1)
        office.move(HOUR)
        office.publish()
        assert office.kanal.items == ["a", "b"]


class TestDeadline:
    def test_a_process_that_slept_between_intent_and_call_does_not_call(self, office: Office) -> None:
        slept: list[Part] = []
        office.file()
        office.take_in()
        (place,) = office.room.targets
        turn = next_turn(office.room, place, "slow")
        assert turn.claim is not None
        office.move(CALL_WITHIN)
        assert office.clock.now() >= turn.claim.deadline
        assert slept == office.kanal.calls == []

    def test_it_is_back_in_line_with_that_outcome(self, office: Office) -> None:
        """The claim itself makes the clock jump, as a SIGSTOP between intent and call would."""
        read = office.store.counter.write

        def paused(number: int) -> None:
            read(number)
            office.move(CALL_WITHIN if number == 1 else timedelta(0))

        office.store.counter.write = paused  # type: ignore[method-assign]
        office.file()
        office.publish()
        assert outcomes(office) == ["not_called", "published"]
        assert office.kanal.items == ["rapat"]


class TestUncertain:
    def test_an_unknown_end_is_a_state_of_its_own(self, office: Office) -> None:
        in_doubt(office, landed=True)
        assert (office.item().state, office.part_states()) == (State.UNCERTAIN, [PartState.UNCERTAIN])
        assert outcomes(office) == [None]

    def test_an_error_that_the_client_never_classified_is_unknown_too(self, office: Office) -> None:
        office.kanal.script = [ValueError("garbage")]
        office.file()
        office.publish()
        assert office.state() == State.UNCERTAIN

    def test_the_platform_is_not_asked_before_the_asking_delay(self, office: Office) -> None:
        in_doubt(office, landed=True)
        office.move(AFTER - LITTLE)
        office.publish()
        assert office.kanal.asked == []
        office.move(LITTLE)
        report = office.publish()
        assert len(office.kanal.asked) == 1
        assert [s.id for s in report.published] == ["rapat"]

    def test_present_is_published_with_the_right_id(self, office: Office) -> None:
        in_doubt(office, landed=True)
        office.move(AFTER)
        office.publish()
        delivery = office.delivery()
        assert (delivery.state, delivery.remote_ids, delivery.error) == (State.PUBLISHED, ("1",), None)
        assert (office.kanal.items, delivery.uncertain_since) == (["rapat"], None)

    def test_one_absent_is_no_proof(self, office: Office) -> None:
        in_doubt(office, landed=True)
        office.kanal.answers = [None]
        office.move(AFTER)
        office.publish()
        assert (office.state(), len(office.kanal.calls)) == (State.UNCERTAIN, 1)
        office.move(AFTER)
        office.publish()
        assert (office.state(), office.kanal.items) == (State.PUBLISHED, ["rapat"])

    def test_two_absent_an_asking_delay_apart_send_it_again(self, office: Office) -> None:
        in_doubt(office, landed=False)
        office.move(AFTER)
        office.publish()
        office.move(AFTER - LITTLE)
        office.publish()
        assert (office.state(), len(office.kanal.asked)) == (State.UNCERTAIN, 1)
        office.move(LITTLE)
        office.publish()
        assert (office.state(), office.kanal.items) == (State.PUBLISHED, ["rapat"])
        assert outcomes(office) == ["absent", "published"]

    def test_it_is_sent_again_by_itself_only_so_often_and_then_a_person_is_asked(self, office: Office) -> None:
        in_doubt(office, landed=False)
        office.kanal.script = [LOST]
        for _ in range(8):
            office.move(AFTER)
            office.publish()
        assert len(office.kanal.calls) == 2  # the first, and one resend
        assert office.state() == State.UNCERTAIN
        (told,) = office.told("doubt")
        assert "/terbit 1 kanal" in told and "/belum 1 kanal" in told and "Rapat rapat" in told

    @pytest.mark.parametrize("resends", [0, 3])
    def test_how_often_is_the_offices_choice(self, office: Office, resends: int) -> None:
        office.change(reconcile=Reconcile(resends=resends))
        in_doubt(office, landed=False)
        office.kanal.script = [LOST] * 9
        for _ in range(12):
            office.move(AFTER)
            office.publish()
        assert len(office.kanal.calls) == 1 + resends

    def test_after_a_duplicate_refusal_two_absent_mean_failed(self, office: Office) -> None:
        office.kanal.script = [uncertain(duplicate=True)]
        office.file()
        office.publish()
        for _ in range(2):
            office.move(AFTER)
            office.publish()
        assert (office.state(), len(office.kanal.calls)) == (State.FAILED, 1)
        assert [t.id for t in office.report.failed] == ["rapat"] and office.report.needs_a_person()
        assert "kiriman lama memuat teks yang sama" in str(office.delivery().error)
        assert len(office.told("failed")) == 1

    def test_after_a_duplicate_refusal_present_means_published(self, office: Office) -> None:
        in_doubt(office, landed=True)
        office.move(AFTER)
        office.publish()
        assert office.state() == State.PUBLISHED

    def test_asking_that_fails_is_no_verdict(self, office: Office) -> None:
        in_doubt(office, landed=False)
        office.kanal.answers = [TransientError("Tidak tersambung."), None, TransientError("Tidak tersambung.")]
        for _ in range(3):
            office.move(AFTER)
            office.publish()
        assert (office.state(), len(office.kanal.calls)) == (State.UNCERTAIN, 1)
        office.move(AFTER)
        office.publish()
        assert office.kanal.items == ["rapat"]

    def test_where_there_is_no_evidence_a_person_is_asked_at_once(self, office: Office) -> None:
        in_doubt(office, landed=True)
        office.kanal.answers = [CannotTell("Kanal melindungi isinya.")]
        office.move(AFTER)
        office.publish()
        assert office.state() == State.UNCERTAIN
        (told,) = office.told("doubt")
        assert "Ragu, perlu Anda" in told

    def test_without_a_verdict_a_person_is_asked_after_half_an_hour_and_the_platform_seldom(
        self, office: Office
    ) -> None:
        in_doubt(office, landed=False)
        office.kanal.answers = [TransientError("Tidak tersambung.")] * 500
        for _ in range(30):
            office.move(AFTER)
            office.publish()
        assert not [n for n in office.told("doubt") if "perlu Anda" in n]
        office.move(AFTER)
        office.publish()
        assert len([n for n in office.told("doubt") if "perlu Anda" in n]) == 1
        asked = len(office.kanal.asked)
        office.move(10 * MINUTE - LITTLE)
        office.publish()
        assert len(office.kanal.asked) == asked
        office.move(LITTLE)
        office.publish()
        assert len(office.kanal.asked) == asked + 1
        office.move(DAY)
        office.publish()
        asked = len(office.kanal.asked)
        office.move(HOUR)
        office.publish()
        assert len(office.kanal.asked) == asked  # after a day only a person decides

    def test_once_a_person_was_asked_only_present_counts(self, office: Office) -> None:
        in_doubt(office, landed=True)
        office.kanal.answers = [CannotTell("Tidak ada bukti."), None, None, None]
        for _ in range(4):
            office.move(10 * MINUTE)
            office.publish()
        assert (office.state(), office.kanal.items) == (State.UNCERTAIN, ["rapat"])
        office.move(10 * MINUTE)
        office.publish()
        assert (office.state(), office.kanal.items) == (State.PUBLISHED, ["rapat"])

    def test_a_doubt_that_lasts_is_told_as_being_looked_into(self, office: Office) -> None:
        in_doubt(office, landed=False)
        office.kanal.answers = [TransientError("Tidak tersambung.")] * 9
        for _ in range(4):
            office.move(AFTER)
            office.publish()
        assert office.told("doubt") == []
        office.move(AFTER)
        office.publish()
        (told,) = office.told("doubt")
        assert "masih diperiksa, jangan kirim manual" in told

    def test_evidence_looks_from_the_first_attempts_anchor(self, office: Office) -> None:
        office.file("lama")
        office.publish()
        in_doubt(office, landed=False)
        office.kanal.script = [LOST]
        for _ in range(3):
            office.move(AFTER)
            office.publish()
        assert {str(since.anchor) for _, since in office.kanal.asked} == {"1"}
        assert len({since.at for _, since in office.kanal.asked}) == 1


class TestDoubtStopsTheLine:
    def test_nothing_else_goes_there_meanwhile(self, two: Office) -> None:
        two.kanal.script = [LOST]
        two.file("a")
        two.publish()
        two.file("b")
        two.file("darurat", urgency="urgent")
        two.move(AFTER - LITTLE)
        two.publish()
        assert (two.kanal.items, sorted(two.platforms["x"].items)) == ([], ["a", "b", "darurat"])

    def test_what_is_urgent_passes_once_the_doubt_is_ten_minutes_old(self, office: Office) -> None:
        office.kanal.answers = [TransientError("Tidak tersambung.")] * 99
        in_doubt(office, landed=False, name="a")
        office.file("b")
        office.file("darurat", urgency="urgent")
        office.move(10 * MINUTE - LITTLE)
        office.publish()
        assert office.kanal.items == []
        office.move(LITTLE)
        office.publish()
        assert office.kanal.items == ["darurat"]

    def test_a_resend_behind_what_overtook_looks_from_before_it(self, office: Office) -> None:
        office.file("lama")
        office.publish()
        office.kanal.answers = [TransientError("Tidak tersambung.")] * 2
        in_doubt(office, landed=True, name="a")
        office.file("darurat", urgency="urgent")
        office.move(10 * MINUTE)
        office.publish()
        assert office.kanal.items == ["lama", "a", "darurat"]
        for _ in range(3):
            office.move(10 * MINUTE)
            office.publish()
        assert (office.kanal.items, office.delivery("a").remote_ids) == (["lama", "a", "darurat"], ("4",))


class TestTheProcessIsGone:
    def test_what_was_with_the_platform_is_in_doubt_at_the_next_start(self, office: Office) -> None:
        office.file()
        office.take_in()
        (place,) = office.room.targets
        next_turn(office.room, place, "killed")
        office.move(HOUR)
        office.restart()
        assert (office.state(), office.delivery().uncertain_since) == (State.UNCERTAIN, office.clock.now())
        office.move(AFTER - LITTLE)  # counted from the restart that found it
        office.publish()
        assert office.kanal.asked == []

    def test_a_start_does_not_doubt_what_has_its_outcome(self, office: Office) -> None:
        office.file("a")
        office.kanal.script = [RejectedError("Tidak bisa.")]
        office.publish()
        office.file("b")
        office.publish()
        office.restart()
        assert (office.state("a"), office.state("b")) == (State.FAILED, State.PUBLISHED)

    def test_two_starts_are_one(self, office: Office) -> None:
        office.file()
        office.take_in()
        (place,) = office.room.targets
        next_turn(office.room, place, "killed")
        office.restart()
        since = office.delivery().uncertain_since
        office.move(MINUTE)
        office.restart()
        assert office.delivery().uncertain_since == since


class TestSettle:
    def test_a_person_says_that_it_is_out(self, office: Office) -> None:
        in_doubt(office, landed=True)
        said = office.decide(settling.settle, "rapat", "kanal", "https://t.me/kanal/1")
        assert "dicatat terbit di kanal sebagai 1" in said
        assert (office.state(), office.delivery().remote_ids) == (State.PUBLISHED, ("1",))
        office.move(DAY)
        office.publish()
        assert office.kanal.items == ["rapat"]

    def test_a_person_says_that_it_is_not_out(self, office: Office) -> None:
        in_doubt(office, landed=False)
        office.move(AFTER)
        assert "dikirim lagi" in office.decide(settling.settle, "rapat", "kanal", None)
        assert office.state() == State.SCHEDULED
        office.publish()
        assert office.kanal.items == ["rapat"]

    def test_not_before_the_asking_delay_is_over(self, office: Office) -> None:
        in_doubt(office, landed=True)
        office.move(AFTER - LITTLE)
        with pytest.raises(DecisionError, match=r"Terlalu cepat.*09\.01"):
            office.decide(settling.settle, "rapat", "kanal", None)
        assert office.state() == State.UNCERTAIN

    def test_an_id_that_a_person_typed_is_no_anchor(self, office: Office) -> None:
        in_doubt(office, landed=True, name="a")
        office.decide(settling.settle, "a", "kanal", "999999")
        in_doubt(office, landed=True, name="b")
        office.move(AFTER)
        office.publish()
        assert office.kanal.asked[-1][1].anchor is None
        assert office.delivery("b").remote_ids == ("4",)

    def test_an_id_that_is_another_post_of_ours_is_refused(self, office: Office) -> None:
        office.file("lama")
        office.publish()
        in_doubt(office, landed=True)
        with pytest.raises(DecisionError, match="sudah dipakai kiriman lain"):
            office.decide(settling.settle, "rapat", "kanal", "1")
        with pytest.raises(DecisionError, match="bukan nomor atau tautan"):
            office.decide(settling.settle, "rapat", "kanal", "kemarin")
        assert office.state() == State.UNCERTAIN

    @pytest.mark.parametrize("posted", ["1", None])
    def test_what_is_not_in_doubt_is_not_settled(self, office: Office, posted: str | None) -> None:
        office.file()
        office.publish()
        with pytest.raises(DecisionError, match="tidak sedang ragu; keadaannya: terbit"):
            office.decide(settling.settle, "rapat", "kanal", posted)

    def test_a_late_verdict_of_the_platform_changes_nothing_any_more(self, office: Office) -> None:
        in_doubt(office, landed=True)
        office.decide(settling.settle, "rapat", "kanal", "1")
        office.move(AFTER)
        office.publish()
        assert office.kanal.asked == []


class TestCancelAndRetryInDoubt:
    def test_cancel_ends_a_doubt_and_says_that_it_may_be_public(self, office: Office) -> None:
        in_doubt(office, landed=True)
        said = office.decide(decisions.cancel, "rapat")
        assert "mungkin sudah terbit: periksa di sana" in said
        assert office.state() == State.CANCELLED
        office.file("b")
        office.move(DAY)
        office.publish()
        assert office.kanal.items == ["rapat", "b"]
        assert office.kanal.asked == []

    def test_retry_is_refused_with_the_way_to_settle(self, office: Office) -> None:
        in_doubt(office, landed=True)
        with pytest.raises(DecisionError, match="medsosbot settle 1 kanal --posted NOMOR"):
            office.decide(decisions.retry, "rapat")

    def test_a_new_version_is_refused_while_it_may_be_out(self, office: Office) -> None:
        in_doubt(office, landed=True)
        office.file(body="Samarinda, kaltim.kpu.go.id – KPU Kaltim membetulkan beritanya.")
        assert "Sudah terbit di kanal" in office.publish().rejected[0].reason


class TestParts:
    """A delivery of several parts resumes at the first that isn't out."""

    def split(self, office: Office) -> None:
        """Let the item's post be two parts, as a thread is."""
        office.file(publish_at="2026-11-24 10:00")
        office.take_in()
        delivery = office.delivery().id
        with office.store.write() as tx:
            old = deliveries.get(tx, delivery)
            new = deliveries.NewDelivery(
                "kanal", old.platform, old.state, old.due_at, None, old.late_from, ("Satu.", "Dua."), None
            )
            deliveries.renew(tx, delivery, new)
        office.move(HOUR)

    def test_they_go_in_order_each_with_the_receipt_of_the_one_before(self, office: Office) -> None:
        self.split(office)
        report = office.publish()
        assert (office.kanal.texts, office.delivery().remote_ids) == (["Satu.", "Dua."], ("1", "4"))
        assert [r and r.ids for r in office.kanal.after] == [None, ("1",)]
        assert len(report.published) == 1

    @pytest.mark.parametrize("step", [not_sent(), LOST, TAKEN])
    def test_it_goes_on_at_the_part_that_is_missing(self, office: Office, step: object) -> None:
        self.split(office)
        office.kanal.script = ["ok", step]
        office.publish()
        assert office.state() != State.PUBLISHED
        for _ in range(4):
            office.move(LONGEST_BACKOFF)
            office.publish()
        assert (office.kanal.texts, office.state()) == (["Satu.", "Dua."], State.PUBLISHED)
        assert office.delivery().remote_ids == ("1", "4")

    def test_nothing_else_goes_between_its_parts(self, office: Office) -> None:
        office.change(timetable=Timetable(WITA, gap=10 * MINUTE))
        self.split(office)
        office.file("aa", date="2020-01-01")
        office.kanal.script = ["ok", not_sent(not_before=office.clock.now() + HOUR)]
        office.kanal.script.insert(0, "ok")  # aa is older news
        for _ in range(20):
            office.publish()
            office.move(10 * MINUTE)
        assert office.kanal.items == ["aa", "rapat", "rapat"]

    def test_a_part_that_never_will_stops_the_rest(self, office: Office) -> None:
        self.split(office)
        office.kanal.script = [RejectedError("Tidak bisa.")]
        office.publish()
        assert (office.state(), len(office.kanal.calls)) == (State.FAILED, 1)

    def test_what_is_partly_out_is_out_for_a_new_version(self, office: Office) -> None:
        self.split(office)
        office.kanal.script = ["ok", RejectedError("Tidak bisa.")]
        office.publish()
        assert office.state() == State.FAILED
        office.file(body="Samarinda, kaltim.kpu.go.id – KPU Kaltim membetulkan beritanya.")
        assert "Sudah terbit di kanal" in office.publish().rejected[0].reason

    def test_cancel_says_what_of_it_stays_public(self, office: Office) -> None:
        self.split(office)
        office.kanal.script = ["ok", RejectedError("Tidak bisa.")]
        office.publish()
        assert "Yang sudah terbit di kanal tetap tampak" in office.decide(decisions.cancel, "rapat")

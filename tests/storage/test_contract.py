"""What every database must keep, whichever it is: times, states, claims, intents, and one truth for all readers."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from medsosbot.errors import StorageError
from medsosbot.model import DeliveryState, PartState, Release, Urgency
from medsosbot.storage import attempts, deliveries, holds, items, marks, notices, pauses, records, views
from medsosbot.storage.schema import decisions, destinations
from medsosbot.storage.store import Store
from tests.storage.databases import DATABASES
from tests.storage.records import MINUTE, NOW, begin, new_delivery, new_item, publish, put

State = DeliveryState
Open = Callable[..., Store]


@pytest.fixture(params=DATABASES.values(), ids=DATABASES.keys())
def open_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Opens one and the same database; what is still open at the end is closed."""
    opened: list[Store] = []

    def open_it(*, keeper: bool = True) -> Store:
        opened.append(request.param(tmp_path, keeper))
        return opened[-1]

    yield open_it
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: Open) -> Store:
    return open_store()


def _break_off(store: Store) -> None:
    """A transaction that writes and then ends in an error of ours."""
    with contextlib.suppress(ZeroDivisionError), store.write() as tx:
        put(tx, new_item("lost"))
        print(1 / 0)


class TestTimes:
    def test_a_time_comes_back_aware_and_in_utc(self, store: Store) -> None:
        wita = datetime(2026, 11, 24, 9, 0, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
        with store.write() as tx:
            pauses.set_not_before(tx, "kanal", wita)
        with store.read() as tx:
            found = pauses.not_before(tx, "kanal")
        assert found == wita
        assert found is not None and found.tzinfo is UTC

    def test_it_refuses_a_time_without_a_zone(self, store: Store) -> None:
        with pytest.raises(Exception, match="without a zone"), store.write() as tx:
            tx.execute(insert(destinations).values(name="kanal", not_before=datetime(2026, 1, 1)))  # noqa: DTZ001

    def test_it_refuses_a_naive_time_in_a_question_too(self, store: Store) -> None:
        with pytest.raises(Exception, match="without a zone"), store.read() as tx:
            tx.execute(select(destinations).where(destinations.c.not_before < datetime(2026, 1, 1)))  # noqa: DTZ001

    def test_moments_of_several_zones_sort_as_moments(self, store: Store) -> None:
        wita = timezone(timedelta(hours=8))
        with store.write() as tx:
            put(tx, new_item("a"), new_delivery(due_at=datetime(2026, 11, 24, 8, 59, tzinfo=wita)))  # 00.59 UTC
            put(tx, new_item("b"), new_delivery(due_at=datetime(2026, 11, 24, 1, 1, tzinfo=UTC)))
            due = deliveries.waiting(tx, "kanal", "mock", NOW, 10)
        assert [w.item_id for w in due] == ["a"]

    def test_a_mark_keeps_a_time_and_lets_it_go(self, store: Store) -> None:
        with store.write() as tx:
            marks.put_time(tx, "clock_high", NOW)
            assert marks.get_time(tx, "clock_high") == NOW
            marks.put_time(tx, "clock_high", NOW + MINUTE)
            assert marks.get_time(tx, "clock_high") == NOW + MINUTE
            marks.put_time(tx, "clock_high", None)
            assert marks.get_time(tx, "clock_high") is None


class TestItems:
    def test_an_item_comes_back_as_it_was_put(self, store: Store) -> None:
        release = Release(
            "Judul «π» 🇮🇩", "Satu.\n\nDua.", date(2022, 9, 6), "https://a.go.id/x", ("A", "B"), {"x": "T"}
        )
        with store.write() as tx:
            number, _ = put(tx, new_item())
            new = new_item("pleno", urgency=Urgency.URGENT)
            items.renew(tx, number, type(new)(**(vars(new) | {"release": release, "publish_at": NOW})))
        with store.read() as tx:
            found = items.by_number(tx, number)
        assert found is not None
        assert found.release == release
        assert (found.id, found.version, found.urgency) == ("pleno", 2, Urgency.URGENT)
        assert (found.publish_at, found.expires_at, found.accepted_at) == (NOW, None, NOW)

    def test_people_name_it_by_number_or_by_id(self, store: Store) -> None:
        with store.write() as tx:
            number, _ = put(tx, new_item("rapat"))
            for name in ("rapat", str(number), f"#{number}"):
                found = items.by_id(tx, name)
                assert found is not None and found.number == number, name
            for name in ("pleno", str(number + 1), "1" * 30, "#", ""):
                assert items.by_id(tx, name) is None, name

    def test_of_two_items_of_one_id_the_newest_is_meant(self, store: Store) -> None:
        with store.write() as tx:
            put(tx, new_item("rapat"))
            second, _ = put(tx, new_item("rapat"))
            found = items.by_id(tx, "rapat")
        assert found is not None and found.number == second

    def test_a_number_is_never_given_twice(self, open_store: Open) -> None:
        store = open_store()
        with store.write() as tx:
            first, _ = put(tx)
        _break_off(store)
        with store.write() as tx:
            second, _ = put(tx, new_item("b"))
        assert second > first

    def test_the_same_text_is_found_under_another_name_and_with_other_spaces(self, store: Store) -> None:
        with store.write() as tx:
            number, _ = put(tx, new_item("rapat", body="Satu  dua.\n\nTiga."))
            found = items.of_same_text(tx, "Rapat  Pleno ", "Satu dua. Tiga.")
            assert found is not None and found.number == number
            assert items.of_same_text(tx, "Rapat Pleno", "Satu dua. Empat.") is None

    @pytest.mark.parametrize("over", [State.CANCELLED, State.EXPIRED])
    def test_the_same_text_does_not_count_once_its_item_is_over(self, store: Store, over: State) -> None:
        with store.write() as tx:
            put(tx, new_item(body="Satu."), new_delivery(state=over))
            assert items.of_same_text(tx, "Rapat Pleno", "Satu.") is None
            assert items.known_text(tx, "Rapat Pleno", "Satu.")  # import knows it all the same

    def test_the_same_text_does_not_count_when_it_is_older_than_asked(self, store: Store) -> None:
        with store.write() as tx:
            put(tx, new_item(body="Satu."))
            assert items.of_same_text(tx, "Rapat Pleno", "Satu.", NOW + MINUTE) is None
            assert items.of_same_text(tx, "Rapat Pleno", "Satu.", NOW) is not None


class TestClaims:
    def test_a_claim_is_compare_and_set(self, store: Store) -> None:
        with store.write() as tx:
            _, (delivery,) = put(tx)
            assert deliveries.move(tx, delivery, {State.SCHEDULED}, State.PUBLISHING)
            assert not deliveries.move(tx, delivery, {State.SCHEDULED}, State.PUBLISHING)
            assert deliveries.get(tx, delivery).state is State.PUBLISHING

    def test_a_lost_claim_changes_nothing_else_either(self, store: Store) -> None:
        with store.write() as tx:
            _, (delivery,) = put(tx, None, new_delivery(state=State.HELD))
            assert not deliveries.move(tx, delivery, {State.SCHEDULED}, State.PUBLISHING, error="x")
            assert deliveries.get(tx, delivery).error is None

    def test_of_two_claims_at_once_never_both_succeed(self, open_store: Open) -> None:
        stores = open_store(), open_store(keeper=False)
        with stores[0].write() as tx:
            claims = [put(tx, new_item(f"n{n}"), new_delivery(f"kanal{n}"))[1][0] for n in range(40)]
        together = threading.Barrier(2)
        won: list[tuple[int, int]] = []

        def claim(me: int) -> None:
            for delivery in claims:
                together.wait(30)
                with stores[me].write() as tx:
                    if deliveries.get(tx, delivery).state is State.SCHEDULED and deliveries.move(
                        tx, delivery, {State.SCHEDULED}, State.PUBLISHING
                    ):
                        won.append((delivery, me))

        threads = [threading.Thread(target=claim, args=(n,)) for n in (0, 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(delivery for delivery, _ in won) == claims

    def test_the_database_itself_refuses_a_second_send_at_one_destination(self, store: Store) -> None:
        with store.write() as tx:
            put(tx, new_item("a"), new_delivery(state=State.PUBLISHING))
            _, (second,) = put(tx, new_item("b"))
        with pytest.raises(StorageError), store.write() as tx:
            deliveries.move(tx, second, {State.SCHEDULED}, State.PUBLISHING)
        with store.read() as tx:
            assert deliveries.get(tx, second).state is State.SCHEDULED

    def test_it_does_not_refuse_a_send_at_another_destination(self, store: Store) -> None:
        with store.write() as tx:
            put(tx, None, new_delivery("kanal", state=State.PUBLISHING), new_delivery("x", state=State.PUBLISHING))
            assert len(deliveries.in_state(tx, State.PUBLISHING)) == 2

    def test_it_refuses_a_second_delivery_of_one_item_at_one_destination(self, store: Store) -> None:
        with pytest.raises(StorageError), store.write() as tx:
            put(tx, None, new_delivery(), new_delivery())

    def test_it_refuses_a_delivery_without_an_item(self, store: Store) -> None:
        with pytest.raises(StorageError), store.write() as tx:
            deliveries.add(tx, 99, new_delivery())

    def test_it_refuses_an_attempt_without_a_part(self, store: Store) -> None:
        with pytest.raises(StorageError), store.write() as tx:
            begin(tx, 99, 1)


class TestTransactions:
    def test_what_was_committed_is_there_for_the_next_process(self, open_store: Open) -> None:
        store = open_store()
        with store.write() as tx:
            number, _ = put(tx)
        store.close()
        with open_store().read() as tx:
            assert items.by_number(tx, number) is not None

    def test_what_broke_off_left_nothing(self, store: Store) -> None:
        _break_off(store)
        with store.read() as tx:
            assert views.every(tx) == []

    def test_a_reader_does_not_wait_for_a_writer_and_sees_what_was_committed(self, store: Store) -> None:
        with store.write() as tx:
            put(tx, new_item("a"))
            with store.read() as look:
                assert views.every(look) == []
        with store.read() as look:
            assert [v.id for v in views.every(look)] == ["a"]

    def test_one_look_is_consistent_while_others_write(self, store: Store) -> None:
        with store.read() as look:
            assert views.every(look) == []
            with store.write() as tx:
                put(tx)
            assert views.every(look) == []

    def test_a_reader_can_change_nothing(self, store: Store) -> None:
        with pytest.raises(StorageError), store.read() as tx:
            put(tx)


class TestAttempts:
    def test_an_outcome_is_written_once(self, store: Store) -> None:
        with store.write() as tx:
            _, (delivery,) = put(tx)
            attempt = begin(tx, deliveries.parts_of(tx, delivery)[0].id, 1)
            assert attempts.end(tx, attempt.id, "published", "answer", NOW)
            assert not attempts.end(tx, attempt.id, "absent", "evidence", NOW)
            (found,) = attempts.of_part(tx, attempt.part)
        assert (found.outcome, found.ended_at) == ("published", NOW)

    def test_the_time_of_a_doubt_stays_when_it_is_settled(self, store: Store) -> None:
        with store.write() as tx:
            _, (delivery,) = put(tx)
            attempt = begin(tx, deliveries.parts_of(tx, delivery)[0].id, 1)
            attempts.doubt(tx, attempt.id, NOW + MINUTE, status=502)
            assert attempts.open_of_delivery(tx, delivery) is not None
            attempts.end(tx, attempt.id, "published", "evidence", NOW + 9 * MINUTE)
            (found,) = attempts.of_part(tx, attempt.part)
            assert attempts.open_of_delivery(tx, delivery) is None
        assert found.ended_at == NOW + MINUTE

    def test_the_anchor_is_the_highest_id_known_at_that_address(self, store: Store) -> None:
        with store.write() as tx:
            for n, remote_id in enumerate((7, 12, 9), 1):
                publish(tx, put(tx, new_item(f"n{n}"))[1][0], n, remote_id)
            _, (delivery,) = put(tx, new_item("next"))
            part = deliveries.parts_of(tx, delivery)[0].id
            assert begin(tx, part, 4).anchor == 12
            assert begin(tx, part, 5, address="another chat").anchor is None

    def test_without_a_known_id_there_is_no_anchor(self, store: Store) -> None:
        with store.write() as tx:
            _, (delivery,) = put(tx)
            assert begin(tx, deliveries.parts_of(tx, delivery)[0].id, 1).anchor is None

    @pytest.mark.parametrize("outcome", ["absent", None])
    def test_a_second_attempt_keeps_the_anchor_of_one_that_may_have_gone_out(
        self, store: Store, outcome: str | None
    ) -> None:
        with store.write() as tx:
            publish(tx, put(tx, new_item("old"))[1][0], 1, 10)
            _, (delivery,) = put(tx, new_item("mine"))
            part = deliveries.parts_of(tx, delivery)[0].id
            first = begin(tx, part, 2)
            if outcome is not None:
                attempts.end(tx, first.id, outcome, "evidence", NOW)
            publish(tx, put(tx, new_item("between"))[1][0], 3, 20)
            assert begin(tx, part, 4).anchor == 10

    def test_a_second_attempt_does_not_keep_the_anchor_of_one_that_was_proved_unsent(self, store: Store) -> None:
        with store.write() as tx:
            publish(tx, put(tx, new_item("old"))[1][0], 1, 10)
            _, (delivery,) = put(tx, new_item("mine"))
            part = deliveries.parts_of(tx, delivery)[0].id
            attempts.end(tx, begin(tx, part, 2).id, "not_sent", "answer", NOW)
            publish(tx, put(tx, new_item("between"))[1][0], 3, 20)
            assert begin(tx, part, 4).anchor == 20

    def test_the_ids_behind_the_anchor_that_are_ours_are_known(self, store: Store) -> None:
        with store.write() as tx:
            for n, remote_id in enumerate((10, 20, 30), 1):
                _, (delivery,) = put(tx, new_item(f"n{n}"))
                publish(tx, delivery, n, remote_id)
            last = deliveries.parts_of(tx, delivery)[0].id
            assert attempts.known_ids(tx, "mock kanal", 10, last) == {"20"}
            assert attempts.known_ids(tx, "mock kanal", None, last) == {"10", "20"}
            assert attempts.known_ids(tx, "another chat", None, last) == frozenset()

    def test_for_pace_and_gap_a_doubt_counts_and_what_was_not_sent_does_not(self, store: Store) -> None:
        with store.write() as tx:
            ids = [deliveries.parts_of(tx, put(tx, new_item(f"n{n}"))[1][0])[0].id for n in range(3)]
            attempts.end(tx, begin(tx, ids[0], 1, at=NOW).id, "published", "answer", NOW)
            begin(tx, ids[1], 2, at=NOW + MINUTE)
            attempts.end(tx, begin(tx, ids[2], 3, at=NOW + 2 * MINUTE).id, "not_sent", "answer", NOW)
            assert attempts.recent(tx, "mock kanal", NOW - MINUTE) == (NOW, NOW + MINUTE)
            assert attempts.recent(tx, "mock kanal", NOW) == (NOW + MINUTE,)
            assert attempts.last(tx, "mock kanal") == NOW + MINUTE

    def test_the_askings_are_counted(self, store: Store) -> None:
        with store.write() as tx:
            _, (delivery,) = put(tx)
            attempt = begin(tx, deliveries.parts_of(tx, delivery)[0].id, 1)
            empty = attempts.askings_of(tx, attempt.id)
            assert (empty.first, empty.last, empty.absents) == (None, None, 0)
            for n, verdict in enumerate(("absent", "none", "absent", "cannot_tell")):
                attempts.ask(tx, attempt.id, NOW + n * MINUTE, verdict)
            found = attempts.askings_of(tx, attempt.id)
        assert (found.first, found.last, found.absents) == (NOW, NOW + 3 * MINUTE, 2)


class TestNumbers:
    def test_the_next_attempt_is_behind_the_database_and_behind_the_counter(self, store: Store) -> None:
        with store.write() as tx:
            assert store.next_attempt(tx) == 1
            _, (delivery,) = put(tx)
            begin(tx, deliveries.parts_of(tx, delivery)[0].id, 5)
            assert store.next_attempt(tx) == 6
            store.counter.write(40)
            assert store.next_attempt(tx) == 41

    def test_the_counter_outlives_the_process(self, open_store: Open) -> None:
        store = open_store()
        assert store.counter.read() is None
        store.counter.write(7)
        store.counter.write(8)
        store.close()
        again = open_store()
        assert (again.counter.read(), again.counter.last()) == (8, 8)


class TestLine:
    def test_what_is_due_comes_urgent_first_then_by_date_then_by_name(self, store: Store) -> None:
        with store.write() as tx:
            put(tx, new_item("b", news_date=date(2026, 11, 20)))
            put(tx, new_item("a", news_date=date(2026, 11, 20)))
            put(tx, new_item("old", news_date=date(2026, 11, 1)))
            put(tx, new_item("now", news_date=date(2026, 11, 24), urgency=Urgency.URGENT))
            due = deliveries.waiting(tx, "kanal", "mock", NOW, 10)
            assert [w.item_id for w in due] == ["now", "old", "a", "b"]
            assert [w.item_id for w in deliveries.waiting(tx, "kanal", "mock", NOW, 2)] == ["now", "old"]

    def test_it_is_due_at_exactly_its_time_and_not_before(self, store: Store) -> None:
        with store.write() as tx:
            put(tx, None, new_delivery(due_at=NOW))
            assert deliveries.waiting(tx, "kanal", "mock", NOW, 10)
            assert not deliveries.waiting(tx, "kanal", "mock", NOW - timedelta(microseconds=1), 10)

    @pytest.mark.parametrize("state", [s for s in State if s not in (State.SCHEDULED, State.PUBLISHING)])
    def test_nothing_else_stands_in_line(self, store: Store, state: State) -> None:
        with store.write() as tx:
            put(tx, new_item("a"), new_delivery(state=state))
            put(tx, new_item("b"), new_delivery("elsewhere"))
            put(tx, new_item("c"), new_delivery(platform="telegram"))
            assert deliveries.waiting(tx, "kanal", "mock", NOW, 10) == []
            assert deliveries.count_due(tx, NOW) == {("elsewhere", "mock"): 1, ("kanal", "telegram"): 1}

    def test_a_delivery_of_which_a_part_is_out_is_marked_as_started(self, store: Store) -> None:
        with store.write() as tx:
            _, (delivery,) = put(tx, None, new_delivery(parts=("Satu.", "Dua.")))
            assert not deliveries.waiting(tx, "kanal", "mock", NOW, 10)[0].started
            deliveries.set_part(tx, deliveries.parts_of(tx, delivery)[0].id, PartState.PUBLISHED)
            assert deliveries.waiting(tx, "kanal", "mock", NOW, 10)[0].started

    @pytest.mark.parametrize(
        ("state", "taken"),
        [(s, s not in (State.HELD, State.CANCELLED, State.EXPIRED)) for s in State],
    )
    def test_a_slot_is_taken_by_what_is_open_or_published(self, store: Store, state: State, taken: bool) -> None:
        with store.write() as tx:
            number, _ = put(tx, None, new_delivery(state=state, slot=NOW))
            assert deliveries.slots_taken(tx, "kanal", NOW, 0) == ({NOW} if taken else set())
            assert deliveries.slots_taken(tx, "kanal", NOW, number) == deliveries.slots_taken(tx, "x", NOW, 0) == set()


class TestTwins:
    def test_the_same_text_at_one_destination_is_found(self, store: Store) -> None:
        with store.write() as tx:
            first, _ = put(tx, new_item("a", title="Pertama"))
            second, _ = put(tx, new_item("b"))
            assert deliveries.twins(tx, "kanal", "Teks.", second, NOW) == [(first, "Pertama")]

    def test_it_is_not_found_elsewhere_nor_with_another_text(self, store: Store) -> None:
        with store.write() as tx:
            put(tx, new_item("a"))
            assert deliveries.twins(tx, "x", "Teks.", 99, NOW) == []
            assert deliveries.twins(tx, "kanal", "Teks", 99, NOW) == []

    @pytest.mark.parametrize("over", [State.CANCELLED, State.EXPIRED, State.FAILED])
    def test_what_is_over_has_no_twin(self, store: Store, over: State) -> None:
        with store.write() as tx:
            put(tx, new_item("a"), new_delivery(state=over))
            assert deliveries.twins(tx, "kanal", "Teks.", 99, NOW) == []

    def test_a_publication_counts_only_as_long_as_asked(self, store: Store) -> None:
        with store.write() as tx:
            number, (delivery,) = put(tx, new_item("a", title="Pertama"))
            publish(tx, delivery, 1, 10, at=NOW)
            assert deliveries.twins(tx, "kanal", "Teks.", 99, NOW) == [(number, "Pertama")]
            assert deliveries.twins(tx, "kanal", "Teks.", 99, NOW + MINUTE) == []


class TestNewVersions:
    def test_a_new_version_brings_its_own_texts(self, store: Store) -> None:
        with store.write() as tx:
            _, (delivery,) = put(tx, None, new_delivery(state=State.HELD, parts=("Satu.", "Dua.", "Tiga.")))
            deliveries.renew(tx, delivery, new_delivery(parts=("Baru.",)))
            parts = deliveries.parts_of(tx, delivery)
            assert [(p.text, p.state) for p in parts if p.state is not PartState.FAILED] == [("Baru.", "waiting")]
            assert deliveries.get(tx, delivery).state is State.SCHEDULED
            deliveries.renew(tx, delivery, new_delivery(parts=("A.", "B.")))
            parts = deliveries.parts_of(tx, delivery)
            assert [p.text for p in parts if p.state is not PartState.FAILED] == ["A.", "B."]
            assert parts[1].sha256 == deliveries.sha256("B.")


class TestHoldsAndPauses:
    def test_holds_stand_until_they_are_lifted(self, store: Store) -> None:
        with store.write() as tx:
            number, (one, two) = put(tx, None, new_delivery("kanal"), new_delivery("x"))
            holds.add(tx, number, two, "post", "Terlalu panjang.", NOW)
            holds.add(tx, number, one, "post", "Kembar.", NOW)
            holds.add(tx, number, None, "weekday", "Hari salah.", NOW)
            assert [h.reason for h in holds.standing(tx, number)] == ["Hari salah.", "Terlalu panjang.", "Kembar."]
            holds.lift(tx, number, "shell", NOW, delivery=one)
            assert [h.reason for h in holds.standing(tx, number)] == ["Hari salah.", "Terlalu panjang."]
            holds.lift(tx, number, "shell", NOW)
            assert holds.standing(tx, number) == []

    def test_a_general_pause_stops_every_destination_and_one_of_a_destination_only_that(self, store: Store) -> None:
        with store.write() as tx:
            assert pauses.add(tx, "x", pauses.PERSON, "Dijeda.", "shell", NOW)
            assert [p.reason for p in pauses.over(tx, "x")] == ["Dijeda."]
            assert pauses.over(tx, "kanal") == []
            assert pauses.add(tx, None, pauses.PERSON, "Semua.", "shell", NOW)
            assert [p.reason for p in pauses.over(tx, "kanal")] == ["Semua."]
            assert [p.reason for p in pauses.over(tx, "x")] == ["Semua.", "Dijeda."]

    def test_the_same_pause_twice_is_one_and_its_reason_is_the_latest(self, store: Store) -> None:
        with store.write() as tx:
            assert pauses.add(tx, "x", pauses.REFUSED, "Ditolak.", "platform", NOW)
            assert not pauses.add(tx, "x", pauses.REFUSED, "Kredit habis.", "platform", NOW, probe=False)
            (found,) = pauses.standing(tx)
            assert (found.reason, found.probe) == ("Kredit habis.", False)
            pauses.lift(tx, [found.id], "shell", NOW)
            assert pauses.standing(tx) == []
            assert pauses.add(tx, "x", pauses.REFUSED, "Lagi.", "platform", NOW)

    def test_what_a_platform_asked_of_a_destination_is_kept_apart(self, store: Store) -> None:
        with store.write() as tx:
            pauses.set_not_before(tx, "x", NOW)
            pauses.set_not_before(tx, "x", NOW + MINUTE)
            assert pauses.not_before(tx, "x") == NOW + MINUTE
            assert pauses.not_before(tx, "kanal") is None
            pauses.set_not_before(tx, "x", None)
            assert pauses.not_before(tx, "x") is None


class TestNotices:
    def test_one_matter_is_told_once_until_it_is_over(self, store: Store) -> None:
        with store.write() as tx:
            assert notices.add(tx, "paused:x", "paused", "Dijeda.", NOW)
            assert not notices.add(tx, "paused:x", "paused", "Dijeda.", NOW)
            notices.forget(tx, "paused:x")
            assert notices.add(tx, "paused:x", "paused", "Dijeda lagi.", NOW)
            notices.forget(tx, "paused:x")
            notices.forget(tx, "paused:x")
            assert [n.text for n in notices.waiting(tx, NOW)] == ["Dijeda.", "Dijeda lagi."]

    def test_what_was_being_told_when_the_process_died_is_not_told_twice(self, store: Store) -> None:
        with store.write() as tx:
            for key in ("a", "b"):
                notices.add(tx, key, "held", key, NOW)
            first, second = notices.waiting(tx, NOW)
            notices.set_state(tx, [first.id], notices.SENDING, sent_at=NOW)
            notices.recover(tx)
            assert [n.id for n in notices.waiting(tx, NOW)] == [second.id]
            assert notices.sent_since(tx, NOW - MINUTE) == (NOW,)

    def test_a_notice_waits_for_its_time(self, store: Store) -> None:
        with store.write() as tx:
            notices.add(tx, "a", "held", "a", NOW)
            notices.set_state(tx, [1], notices.WAITING, not_before=NOW + MINUTE)
            assert notices.waiting(tx, NOW) == []
            assert len(notices.waiting(tx, NOW + MINUTE)) == 1


class TestViews:
    def test_an_item_is_seen_with_all_that_people_ask(self, store: Store) -> None:
        with store.write() as tx:
            number, (one, two) = put(
                tx, new_item("rapat"), new_delivery("kanal"), new_delivery("x", state=State.HELD, parts=("A.", "B."))
            )
            publish(tx, one, 1, 41)
            holds.add(tx, number, two, "post", "Kembar.", NOW)
        with store.read() as tx:
            view = views.one(tx, number)
            assert views.every(tx) == views.recent(tx) == views.open_ones(tx) == [view]
        assert view is not None
        assert (view.id, view.state, view.held_because) == ("rapat", State.HELD, ("Kembar.",))
        assert [(d.destination, d.state, d.attempts, d.remote_ids, d.texts) for d in view.deliveries] == [
            ("kanal", State.PUBLISHED, 1, ("41",), ("Teks.",)),
            ("x", State.HELD, 0, (), ("A.", "B.")),
        ]

    def test_recent_shows_the_last_and_all_that_is_open(self, store: Store) -> None:
        with store.write() as tx:
            for n in range(30):
                open_one = n in (1, 29)
                put(tx, new_item(f"n{n}"), new_delivery(state=State.SCHEDULED if open_one else State.CANCELLED))
        with store.read() as tx:
            assert [v.number for v in views.recent(tx, 3)] == [30, 29, 28, 2]
            assert [v.number for v in views.open_ones(tx)] == [30, 2]
            assert len(views.every(tx)) == 30

    def test_many_items_are_seen_whole(self, store: Store) -> None:
        with store.write() as tx:
            for n in range(1203):
                put(tx, new_item(f"n{n}"))
        with store.read() as tx:
            assert [v.number for v in views.every(tx)] == list(range(1203, 0, -1))

    def test_terkini_shows_the_newest_news_first(self, store: Store) -> None:
        with store.write() as tx:
            for n, (day, minute) in enumerate(((3, 0), (5, 0), (3, 1)), 1):
                _, (delivery,) = put(tx, new_item(f"n{n}", news_date=date(2026, 11, day)))
                publish(tx, delivery, n, n, at=NOW + minute * MINUTE)
            put(tx, new_item("waits", news_date=date(2026, 11, 9)))
            withdrawn, (delivery,) = put(tx, new_item("withdrawn", news_date=date(2026, 11, 9)))
            publish(tx, delivery, 9, 9)
            items.withdraw(tx, withdrawn, NOW)
        with store.read() as tx:
            assert [i.id for i in views.latest(tx, 5, {"mock"}, ["kanal"])] == ["n2", "n3", "n1"]
            assert [i.id for i in views.latest(tx, 1, {"mock"}, ["kanal"])] == ["n2"]
            assert views.latest(tx, 5, {"telegram"}, ["kanal"]) == []

    def test_without_a_url_of_its_own_the_first_link_of_its_posts_serves(self, store: Store) -> None:
        with store.write() as tx:
            _, ids = put(tx, None, new_delivery("kanal"), new_delivery("x"))
            for n, (delivery, link) in enumerate(zip(ids, ("https://t.me/a/1", "https://x.com/1"), strict=True), 1):
                publish(tx, delivery, n, n)
                deliveries.set_values(tx, delivery, url=link)
        with store.read() as tx:
            assert views.latest(tx, 5, {"mock"}, ["x", "kanal"])[0].url == "https://x.com/1"
            assert views.latest(tx, 5, {"mock"}, ["kanal", "x"])[0].url == "https://t.me/a/1"

    def test_an_items_state_is_the_first_of_the_order(self) -> None:
        assert views.state_of([State.PUBLISHED, State.CANCELLED]) is State.PUBLISHED
        assert views.state_of([State.PUBLISHED, State.FAILED, State.UNCERTAIN]) is State.UNCERTAIN
        assert views.state_of([State.UNCERTAIN, State.HELD]) is State.HELD
        assert views.state_of([State.CANCELLED, State.EXPIRED]) is State.EXPIRED


def test_a_decision_is_on_record_with_who_and_when(store: Store) -> None:
    with store.write() as tx:
        number, _ = put(tx)
        records.decide(tx, "shell", "release", NOW, item=number, detail="Hari salah.")
        found = tx.execute(select(decisions)).one()
    assert (found.who, found.what, found.at, found.item, found.detail) == (
        "shell", "release", NOW, number, "Hari salah.",
    )  # fmt: skip

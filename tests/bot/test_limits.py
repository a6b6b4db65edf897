"""The bounds on answers, with a clock that is moved by hand."""

from __future__ import annotations

from medsosbot.bot.limits import Limits, Turns, Window


class Hand:
    """Seconds that a test moves."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def test_a_person_is_answered_again_when_ten_seconds_are_over() -> None:
    hand = Hand()
    limits = Limits(20, 30, hand)
    assert [limits.person.take("a") for _ in range(6)] == [True] * 5 + [False]
    assert limits.person.take("b")
    hand.at += 9.9
    assert not limits.person.take("a")
    hand.at += 0.1
    assert limits.person.take("a")


def test_what_is_dropped_doesnt_count_against_a_person() -> None:
    hand = Hand()
    window = Window(2, 10, hand)
    for _ in range(50):
        window.take("a")
        hand.at += 1
    assert sum(window.take("a") for _ in range(5)) <= 2
    hand.at += 10
    assert window.take("a")


def test_at_most_so_many_answers_leave_in_any_second() -> None:
    hand = Hand()
    turns = Turns(3, hand)
    at = [hand.at + wait for _ in range(10) if (wait := turns.wait()) is not None]
    assert all(later - earlier >= 1 for earlier, later in zip(at, at[3:], strict=False))
    assert at[:3] == [100.0] * 3 and at[3] == 101.0


def test_an_answer_that_would_wait_too_long_is_dropped_and_takes_no_turn() -> None:
    hand = Hand()
    turns = Turns(1, hand)
    waits = [turns.wait() for _ in range(30)]
    assert waits[:11] == [float(n) for n in range(11)] and set(waits[11:]) == {None}
    hand.at += 1
    assert turns.wait() == 10.0


def test_no_bound_is_no_bound() -> None:
    limits = Limits(0, 0, Hand())
    assert all(limits.chat_takes(1, group=True) for _ in range(1000))
    assert {limits.turns.wait() for _ in range(1000)} == {0.0}


def test_a_chat_is_silent_for_as_long_as_telegram_wants() -> None:
    hand = Hand()
    limits = Limits(20, 30, hand)
    limits.silence(1, 5)
    assert not limits.chat_takes(1, group=False) and limits.chat_takes(2, group=False)
    hand.at += 5
    assert limits.chat_takes(1, group=False)


def test_old_keys_are_forgotten() -> None:
    hand = Hand()
    window = Window(5, 10, hand)
    for n in range(20_000):
        window.take(n)
    hand.at += 11
    window.take("one more")
    assert len(window._taken) == 1

"""The pace of a chat or account."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from medsosbot.options import Pace
from medsosbot.publishing.pace import allowed_at

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
CHAT = Pace(per_window=20, window=timedelta(seconds=60), spacing=SECOND)


def test_the_first_post_goes_at_once() -> None:
    assert allowed_at(NOW, (), CHAT) == NOW


def test_the_21st_post_of_a_burst_waits_until_the_first_has_left_the_window() -> None:
    burst = [NOW - timedelta(seconds=20 - n) for n in range(20)]
    assert allowed_at(NOW, burst, CHAT) == burst[0] + timedelta(seconds=60)


def test_the_20th_post_of_a_burst_does_not_wait_for_the_window() -> None:
    burst = [NOW - timedelta(seconds=20 - n) for n in range(19)]
    assert allowed_at(NOW, burst, CHAT) == NOW


def test_two_posts_keep_their_spacing() -> None:
    assert allowed_at(NOW, [NOW - 0.4 * SECOND], CHAT) == NOW + 0.6 * SECOND


def test_a_post_does_not_wait_once_the_spacing_is_just_over() -> None:
    assert allowed_at(NOW, [NOW - SECOND], CHAT) == NOW


def test_nothing_waits_where_no_pace_is_set() -> None:
    assert allowed_at(NOW, [NOW] * 500, Pace()) == NOW


def test_the_order_of_the_records_does_not_matter() -> None:
    burst = [NOW - timedelta(seconds=n) for n in range(25)]
    assert allowed_at(NOW, burst, CHAT) == allowed_at(NOW, burst[::-1], CHAT)


@given(
    waits=st.lists(st.integers(0, 90_000), min_size=1, max_size=80),
    most=st.integers(1, 25),
    window=st.integers(1, 120),
    spacing=st.integers(0, 5),
)
def test_no_window_ever_holds_more_than_its_posts(waits: list[int], most: int, window: int, spacing: int) -> None:
    pace = Pace(per_window=most, window=window * SECOND, spacing=spacing * SECOND)
    sent: list[datetime] = []
    now = NOW
    for wait in waits:
        now = allowed_at(now + timedelta(milliseconds=wait % 1500), sent, pace)
        sent.append(now)
    for n, at in enumerate(sent):
        assert sum(at <= other < at + pace.window for other in sent[n:]) <= most
    assert all(b - a >= pace.spacing for a, b in pairwise(sent))


@given(ages=st.lists(st.integers(0, 90), max_size=40))
def test_nobody_waits_longer_than_needed(ages: list[int]) -> None:
    recent = [NOW - age * SECOND for age in ages]
    allowed = allowed_at(NOW, recent, CHAT)
    just_before = allowed - timedelta(microseconds=1)
    if allowed > NOW:
        within = sum(r > just_before - CHAT.window for r in recent)
        assert within >= CHAT.per_window or just_before - max(recent) < CHAT.spacing

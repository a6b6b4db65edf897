"""What becomes of a delivery whose platform raised."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medsosbot.errors import (
    CannotTell,
    PublishError,
    RejectedError,
    TransientError,
    UnauthorizedError,
    UncertainError,
)
from medsosbot.model import DeliveryState
from medsosbot.publishing.retry import LONGEST_BACKOFF, Retry, decide

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def decided(error: Exception, tries: int = 1, seed: int = 1) -> Retry:
    return decide(error, tries, NOW, random.Random(seed))


def waited(tries: int, seed: int) -> timedelta:
    not_before = decided(TransientError("tidak tersambung"), tries, seed).not_before
    assert not_before is not None
    return not_before - NOW


@given(tries=st.integers(1, 10_000), seed=st.integers())
def test_what_was_proved_not_sent_is_tried_again_within_ten_minutes(tries: int, seed: int) -> None:
    retry = decided(TransientError("tidak tersambung"), tries, seed)
    assert retry.state is DeliveryState.SCHEDULED
    assert not retry.whole_destination and retry.pause is None
    assert retry.not_before is not None
    assert NOW <= retry.not_before <= NOW + LONGEST_BACKOFF


@pytest.mark.parametrize(
    ("tries", "ceiling"), [(1, 5), (2, 10), (3, 20), (4, 40), (5, 80), (6, 160), (7, 320), (8, 600), (99, 600)]
)
def test_the_backoff_is_spread_over_a_span_that_doubles_from_5_seconds(tries: int, ceiling: int) -> None:
    waits = [waited(tries, seed) for seed in range(400)]
    assert max(waits) <= ceiling * SECOND
    assert max(waits) > 0.9 * ceiling * SECOND
    assert min(waits) < 0.1 * ceiling * SECOND


def test_three_retries_fit_into_the_minute_that_one_pass_waits() -> None:
    assert sum((max(waited(n, seed) for seed in range(400)) for n in (1, 2, 3)), timedelta()) <= 60 * SECOND


def test_a_429_stops_the_whole_destination_until_the_platform_says() -> None:
    wish = NOW + timedelta(seconds=37)
    retry = decided(TransientError("terlalu cepat", status=429, not_before=wish, paced=True))
    assert retry == Retry(DeliveryState.SCHEDULED, not_before=wish, whole_destination=True)


def test_a_429_that_names_no_time_backs_off_for_the_whole_destination() -> None:
    retry = decided(TransientError("terlalu cepat", status=429, paced=True))
    assert retry.whole_destination
    assert retry.not_before is not None and NOW < retry.not_before <= NOW + 5 * SECOND


def test_a_wish_that_is_past_is_no_reason_to_try_in_a_busy_loop() -> None:
    retry = decided(TransientError("terlalu cepat", not_before=NOW - SECOND, paced=True))
    assert retry.not_before is not None and retry.not_before > NOW


def test_a_connection_fault_does_not_stop_the_whole_destination() -> None:
    assert not decided(TransientError("tidak tersambung")).whole_destination


def test_a_post_that_never_will_go_fails() -> None:
    assert decided(RejectedError("terlalu panjang", status=400)) == Retry(DeliveryState.FAILED)


def test_it_pauses_a_destination_that_refuses_us_and_keeps_the_delivery() -> None:
    retry = decided(UnauthorizedError("Bot dikeluarkan dari kanal.", status=403))
    assert retry == Retry(DeliveryState.SCHEDULED, pause="Bot dikeluarkan dari kanal.")


def test_it_pauses_every_destination_of_a_token_that_was_revoked() -> None:
    assert decided(UnauthorizedError("Token ditolak.", status=401, account=True)).pause_account


def test_it_does_not_pause_the_account_for_one_channel_that_kicked_us() -> None:
    assert not decided(UnauthorizedError("Bot dikeluarkan dari kanal.", status=403)).pause_account


def test_it_does_not_pause_on_a_403_about_the_text() -> None:
    assert decided(RejectedError("terlalu panjang", status=403)).pause is None


def test_a_pause_that_only_a_post_can_probe_says_so() -> None:
    assert not decided(UnauthorizedError("Saldo habis.", status=402, probe=False)).probe


@pytest.mark.parametrize(
    "error",
    [
        UncertainError("tidak ada jawaban"),
        CannotTell("tidak ada bukti"),
        PublishError("tidak dikenal"),
        ValueError("a bug of our own"),
        TimeoutError(),
    ],
)
def test_whatever_does_not_prove_the_post_unsent_is_uncertain(error: Exception) -> None:
    assert decided(error) == Retry(DeliveryState.UNCERTAIN)


def test_a_duplicate_is_uncertain_and_remembered_as_one() -> None:
    assert decided(UncertainError("sudah ada", status=403, duplicate=True)) == Retry(
        DeliveryState.UNCERTAIN, duplicate=True
    )


def test_the_same_dice_give_the_same_decision() -> None:
    assert decided(TransientError("x"), 4, 7) == decided(TransientError("x"), 4, 7)

"""A trouble that lasts is told when it begins, when it changes, and when it is over."""

from __future__ import annotations

import logging

import pytest

from medsosbot.publishing.troubles import Troubles


@pytest.fixture
def at() -> list[float]:
    return [0.0]


@pytest.fixture
def troubles(at: list[float], caplog: pytest.LogCaptureFixture) -> Troubles:
    caplog.set_level(logging.INFO)
    return Troubles(logging.getLogger("medsosbot.test"), lambda: at[0])


def test_it_is_told_once_while_it_lasts_also_when_two_texts_take_turns(
    troubles: Troubles, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(5):
        troubles.say("storage", "full")
        troubles.say("storage", "locked")
    assert [r.getMessage() for r in caplog.records] == ["full", "locked"]


def test_it_is_told_again_after_it_was_over(troubles: Troubles, caplog: pytest.LogCaptureFixture) -> None:
    troubles.over("polling", "works")
    troubles.say("polling", "down")
    troubles.over("polling", "works")
    troubles.over("polling", "works")
    troubles.say("polling", "down")
    assert [r.getMessage() for r in caplog.records] == ["down", "works", "down"]


def test_what_comes_and_goes_is_over_only_after_a_while_without_it(
    troubles: Troubles, at: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(4):
        troubles.say("rival", "409")
        at[0] += 9
        assert not troubles.over("rival", "gone", quiet=10)
    at[0] += 1
    assert troubles.over("rival", "gone", quiet=10) and not troubles.stands("rival")
    assert [r.getMessage() for r in caplog.records] == ["409", "gone"]

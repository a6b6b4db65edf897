"""What the registry knows without loading a client."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta

import pytest

from medsosbot.options import Destination, Pace, Secrets, Telegram, X
from medsosbot.platforms import REGISTRY, kind_of, style_of

CHANNEL = Destination("kanal", "telegram", "@KPUKaltim")


def test_telegrams_pace_is_one_a_second_and_so_many_a_minute() -> None:
    pace = kind_of(CHANNEL).pace(Telegram(per_minute=20), X())
    assert pace == Pace(20, timedelta(minutes=1), timedelta(seconds=1))


def test_a_pace_of_zero_is_none() -> None:
    assert kind_of(CHANNEL).pace(Telegram(per_minute=0), X()) == Pace()
    assert kind_of(Destination("x", "x")).pace(Telegram(), X(per_15_minutes=0)).per_window == 0


def test_xs_pace_is_per_quarter_of_an_hour() -> None:
    pace = kind_of(Destination("x", "x")).pace(Telegram(), X(per_15_minutes=100))
    assert pace == Pace(100, timedelta(minutes=15), timedelta(0))


def test_one_chat_is_one_key_in_any_spelling_and_two_chats_are_two() -> None:
    same, other = Destination("b", "telegram", "@kpukaltim"), Destination("c", "telegram", -1001)
    assert kind_of(CHANNEL).key(CHANNEL) == kind_of(same).key(same) != kind_of(other).key(other)


def test_there_is_one_account_on_x() -> None:
    first, second = Destination("x", "x"), Destination("x2", "x")
    assert kind_of(first).key(first) == kind_of(second).key(second)


@pytest.mark.parametrize("name", REGISTRY)
def test_the_secrets_that_it_names_are_secrets(name: str) -> None:
    assert set(REGISTRY[name].secrets) <= set(vars(Secrets()))
    assert bool(REGISTRY[name].secrets) == REGISTRY[name].real


def test_a_style_keeps_the_destinations_link_policy() -> None:
    assert style_of(Destination("x", "x", link="never")).link == "never"


def test_the_registry_loads_no_client() -> None:
    clients = {"telegram", "tweepy", "httpx", "requests"}
    code = f"import sys, medsosbot.platforms; sys.exit(bool({clients} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

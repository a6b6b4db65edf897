"""The table of Telegram's answers, cell by cell, without a line (test_telegram.py asks over sockets)."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from telegram.error import NetworkError, TimedOut

from medsosbot.errors import PublishError, RejectedError, TransientError, UnauthorizedError, UncertainError
from medsosbot.platforms.calls import Call
from medsosbot.platforms.telegram_errors import classify

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)


def verdict(status: int | None, told: str = "", started: bool = True, **parameters: Any) -> PublishError:
    body = {"ok": False, "error_code": status, "description": told, "parameters": parameters}
    return classify(Call(started, status, {}, json.dumps(body).encode()), NetworkError("x"), NOW)


def test_nothing_left_us_so_nothing_was_sent() -> None:
    assert isinstance(classify(Call(started=False), TimedOut(), NOW), TransientError)


def test_nobody_watched_so_it_may_have_been_sent() -> None:
    assert isinstance(classify(Call(), TimedOut(), NOW), UncertainError)


def test_something_left_us_so_it_may_have_been_sent() -> None:
    assert isinstance(classify(Call(started=True), TimedOut(), NOW), UncertainError)


@pytest.mark.parametrize(
    "told",
    [
        "Bad Request: chat not found",
        "Bad Request: need administrator rights in the channel chat",
        "Bad Request: not enough rights to send text messages to the chat",
        "Bad Request: have no rights to send a message",
        "Bad Request: CHAT_WRITE_FORBIDDEN",
        "Bad Request: PEER_ID_INVALID",
        "Bad Request: CHAT_ADMIN_REQUIRED",
        "Bad Request: CHANNEL_PRIVATE",
    ],
)
def test_a_400_about_the_chat_or_our_rights_stops_this_destination_alone(told: str) -> None:
    error = verdict(400, told)
    assert isinstance(error, UnauthorizedError) and not error.account and error.probe


def test_a_migrated_group_stops_this_destination() -> None:
    error = verdict(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1005)
    assert isinstance(error, UnauthorizedError) and "-1005" in error.reason


@pytest.mark.parametrize(
    "told",
    [
        "Bad Request: message is too long",
        "Bad Request: message caption is too long",
        "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        "Bad Request: message text is empty",
        "Bad Request: message to be replied not found",
        "Bad Request: something new",
        "",
    ],
)
def test_any_other_400_fails_this_post_alone(told: str) -> None:
    assert isinstance(verdict(400, told), RejectedError)


def test_an_album_that_may_be_out_in_part_is_uncertain() -> None:
    assert isinstance(verdict(400, 'Bad Request: failed to send message #1 with the error "x"'), UncertainError)


@pytest.mark.parametrize(
    "told",
    [
        "Forbidden: bot was kicked from the channel chat",
        "Forbidden: bot is not a member of the channel chat",
        "Forbidden: bot was blocked by the user",
        "Forbidden: user is deactivated",
        "Forbidden: something new",
        "",
    ],
)
def test_a_403_stops_this_destination_alone(told: str) -> None:
    error = verdict(403, told)
    assert isinstance(error, UnauthorizedError) and not error.account


@pytest.mark.parametrize("status", [401, 404])
def test_401_and_404_stop_every_destination_of_the_token(status: int) -> None:
    error = verdict(status)
    assert isinstance(error, UnauthorizedError) and error.account


@pytest.mark.parametrize("status", [200, 204, 301, 307, 308, 405, 408, 409, 418, 500, 502, 503, 504, 520])
def test_whatever_else_is_uncertain(status: int) -> None:
    assert isinstance(verdict(status), UncertainError)


def test_413_fails_this_post() -> None:
    assert isinstance(verdict(413), RejectedError)


def test_a_429_in_parameters_is_a_wish_by_our_clock() -> None:
    error = verdict(429, "Too Many Requests: retry after 35", retry_after=35)
    assert isinstance(error, TransientError) and error.paced and error.not_before == NOW + timedelta(seconds=35)


@pytest.mark.parametrize("wish", [-1, 10**12, True, "35", None, [], 1e999])
def test_a_senseless_wish_is_none(wish: object) -> None:
    error = verdict(429, retry_after=wish)
    assert isinstance(error, TransientError) and error.paced and error.not_before is None


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b"<html>", b'{"description": [1]}', b'{"parameters": 5}', b"\xff"]
)
def test_no_body_can_break_the_table(body: bytes) -> None:
    for status in (200, 400, 403, 429, 502):
        assert classify(Call(True, status, {}, body), None, NOW).reason.endswith(".")


@pytest.mark.parametrize("status", [None, 400, 401, 402, 403, 404, 413, 429, 500])
def test_every_reason_is_one_sentence_without_english(status: int | None) -> None:
    reason = verdict(status, "Bad Request: chat not found").reason
    assert reason.endswith(".") and "Error" not in reason and "\n" not in reason

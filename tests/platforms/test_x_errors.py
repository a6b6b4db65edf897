"""The table of X's answers, cell by cell, without a line (test_x.py asks over sockets)."""

from __future__ import annotations

import json
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests

from medsosbot.errors import PublishError, RejectedError, TransientError, UnauthorizedError, UncertainError
from medsosbot.platforms.calls import Call
from medsosbot.platforms.x_errors import classify, never_left

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)


def verdict(status: int, body: Any = None, **headers: str) -> PublishError:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return classify(Call(True, status, named, json.dumps(body or {}).encode()), ValueError("x"), NOW)


def failure(url: str) -> Exception:
    with pytest.raises(requests.RequestException) as caught:
        requests.post(url, timeout=0.3)
    return caught.value


@pytest.fixture
def full_backlog() -> Iterator[str]:
    """A server that takes no further connection: connecting there times out."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(server.getsockname())
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        for one in waiting:
            one.close()


@pytest.fixture
def mute() -> Iterator[str]:
    """A server that takes connections and says nothing."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield f"127.0.0.1:{server.getsockname()[1]}/"


def test_connecting_that_failed_is_proved_not_sent(full_backlog: str) -> None:
    for url in (full_backlog, "http://127.0.0.1:1/", "http://nowhere.invalid/", "no-scheme/", "ftp://x/"):
        assert never_left(failure(url)), url


def test_what_failed_on_an_open_line_may_have_been_sent(mute: str) -> None:
    assert not never_left(failure("http://" + mute))


@pytest.mark.parametrize(
    "error",
    [
        requests.ReadTimeout(),
        requests.exceptions.SSLError(ssl.SSLError("x")),
        requests.ConnectionError(ConnectionResetError(104, "x")),
        requests.ConnectionError(),
        requests.exceptions.ChunkedEncodingError(),
        RuntimeError(),
        KeyError("x"),
    ],
)
def test_any_other_error_may_have_been_sent(error: Exception) -> None:
    assert isinstance(classify(Call(), error, NOW), UncertainError)


@pytest.mark.parametrize(
    "detail",
    [
        "Your Tweet text is too long. For more information, see the documentation.",
        "This request needs to be a bit shorter.",
        "A Tweet may have a maximum of one cashtag.",
        "The Tweet contains an invalid URL.",
        "You attempted to reply to a Tweet that is deleted or not visible to you.",
        "Reply to this conversation is not allowed because you have not been mentioned.",
    ],
)
@pytest.mark.parametrize("old", [False, True])
def test_a_403_about_the_post_fails_this_post_alone(detail: str, old: bool) -> None:
    body = {"errors": [{"code": 186, "message": detail}]} if old else {"title": "Forbidden", "detail": detail}
    assert isinstance(verdict(403, body), RejectedError)


def test_a_duplicate_is_a_doubt() -> None:
    error = verdict(403, {"detail": "You are not allowed to create a Tweet with duplicate content."})
    assert isinstance(error, UncertainError) and error.duplicate


@pytest.mark.parametrize("body", [{}, {"detail": "Your account is suspended."}, {"detail": 5}, {"errors": "x"}])
def test_any_other_403_stops_the_destination(body: dict[str, Any]) -> None:
    error = verdict(403, body)
    assert isinstance(error, UnauthorizedError) and not error.probe and not error.account


@pytest.mark.parametrize("status", [401, 404])
def test_401_and_404_stop_every_destination_of_the_keys(status: int) -> None:
    error = verdict(status)
    assert isinstance(error, UnauthorizedError) and error.account and error.probe


def test_402_waits_for_credits_that_only_a_post_shows() -> None:
    error = verdict(402, {"title": "CreditsDepleted"})
    assert isinstance(error, UnauthorizedError) and not error.probe


@pytest.mark.parametrize("status", [400, 413])
def test_400_and_413_fail_this_post(status: int) -> None:
    assert isinstance(verdict(status), RejectedError)


@pytest.mark.parametrize("status", [200, 201, 204, 301, 307, 308, 405, 408, 409, 418, 422, 500, 502, 503, 520])
def test_whatever_else_is_uncertain(status: int) -> None:
    error = verdict(status)
    assert isinstance(error, UncertainError) and not error.duplicate


def test_429_ends_when_xs_own_clock_says() -> None:
    there = NOW - timedelta(hours=2)
    date = there.strftime("%a, %d %b %Y %H:%M:%S GMT")
    error = verdict(429, date=date, x_rate_limit_reset=str(int(there.timestamp()) + 90))
    assert isinstance(error, TransientError) and error.paced and error.not_before == NOW + timedelta(seconds=90)


def test_a_daily_limit_counts_only_when_it_is_spent() -> None:
    stamp = int(NOW.timestamp())
    both = {"x_rate_limit_reset": str(stamp + 90), "x_user_limit_24hour_reset": str(stamp + 5000)}
    spent = verdict(429, **both, x_user_limit_24hour_remaining="0")
    left = verdict(429, **both, x_user_limit_24hour_remaining="12")
    assert isinstance(spent, TransientError) and spent.not_before == NOW + timedelta(seconds=5000)
    assert isinstance(left, TransientError) and left.not_before == NOW + timedelta(seconds=90)


@pytest.mark.parametrize("header", ["60", "Tue, 24 Nov 2026 01:01:00 GMT"])
def test_a_retry_after_counts_too(header: str) -> None:
    error = verdict(429, retry_after=header)
    assert isinstance(error, TransientError) and error.not_before == NOW + timedelta(seconds=60)


def test_a_retry_after_that_is_a_date_is_one_of_xs_own_clock() -> None:
    error = verdict(429, date="Tue, 24 Nov 2026 00:00:00 GMT", retry_after="Tue, 24 Nov 2026 00:01:00 GMT")
    assert isinstance(error, TransientError) and error.not_before == NOW + timedelta(seconds=60)


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"<html>", b'{"detail": 5, "errors": [5, {}]}', b"\xff"])
def test_no_body_can_break_the_table(body: bytes) -> None:
    for status in (200, 400, 401, 402, 403, 404, 413, 429, 502):
        assert classify(Call(True, status, {}, body), None, NOW).reason.endswith(".")

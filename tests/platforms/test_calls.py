"""What is read from one HTTP call."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from medsosbot.platforms.calls import Call, after, chain

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)


def test_a_chain_tells_each_text_once_and_no_secret() -> None:
    try:
        try:
            raise ConnectionResetError("peer reset https://x/bot123456:AAAAAAAAAAAAAAAAAAAAAAAAA/sendMessage")
        except ConnectionResetError as error:
            raise RuntimeError(str(error)) from error
    except RuntimeError as error:
        told = chain(error)
    assert told.startswith("RuntimeError: peer reset") and told.endswith("< ConnectionResetError")
    assert "AAAAAAAA" not in told


def test_no_error_is_an_empty_chain() -> None:
    assert chain(None) == ""


@pytest.mark.parametrize("header", ["", "gestern", "Tue, 99 Nov 2026 00:00:00 GMT"])
def test_an_odd_date_is_none(header: str) -> None:
    assert Call(headers={"date": header}).date() is None
    assert Call(headers={"retry-after": header}).retry_after(NOW) is None


def test_a_date_is_aware() -> None:
    assert Call(headers={"date": "Tue, 24 Nov 2026 01:00:00 GMT"}).date() == NOW


@pytest.mark.parametrize(("seconds", "waits"), [(0, True), (0.5, True), (86400, True), (-1, False), (10**9, False)])
def test_only_a_sane_wait_counts(seconds: float, waits: bool) -> None:
    assert after(NOW, seconds) == (NOW + timedelta(seconds=seconds) if waits else None)


@pytest.mark.parametrize("body", [b"", b"[1]", b"\xff\xfe", b"[" * 100_000])
def test_a_body_that_is_no_object_is_empty(body: bytes) -> None:
    assert Call(body=body).fields() == {}

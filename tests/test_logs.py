from __future__ import annotations

import io
import logging
import re
import sys
import threading
from collections.abc import Callable, Iterator
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest

from medsosbot import logs

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOpp"
SECRET = "p+q/r s=&ü"

Start = Callable[..., io.StringIO]


@pytest.fixture
def start() -> Iterator[Start]:
    """Configures the log into a text that can be read; everything is put back afterwards."""
    root = logging.getLogger()
    before = (root.level, list(root.handlers))

    def begin(level: str = "DEBUG", secrets: tuple[str, ...] = (TOKEN, SECRET)) -> io.StringIO:
        stream = io.StringIO()
        root.handlers[:] = [h for h in root.handlers if h not in before[1]]  # pytest's own raise at a wrong format
        logs.configure(level, secrets, zone=ZoneInfo("Asia/Makassar"), stream=stream)
        return stream

    yield begin
    root.setLevel(before[0])
    root.handlers[:] = before[1]


def clean(text: str) -> bool:
    return not any(s in text for s in (TOKEN, TOKEN.split(":")[1], SECRET, quote(SECRET, safe="")))


def test_a_line_is_a_sentence_with_time_zone_level_and_keys(start: Start) -> None:
    out = start()
    logging.getLogger("medsosbot.x").info("Published.", extra={"event": "published", "item": "rapat pleno", "n": 3})
    assert re.fullmatch(
        r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+08:00 INFO Published\. event=published item="rapat pleno" n=3\n',
        out.getvalue(),
    )


def test_a_message_can_not_look_like_two_lines(start: Start) -> None:
    out = start()
    logging.getLogger("a").warning("one\ntwo \x1b[31m", extra={"title": "a\nb"})
    assert out.getvalue().count("\n") == 1
    assert "\x1b" not in out.getvalue()


@pytest.mark.parametrize(
    "log",
    [
        lambda log: log.info(f"GET https://api.telegram.org/bot{TOKEN}/getMe"),
        lambda log: log.info("GET %s", f"http://h/bot{quote(TOKEN, safe='')}/getMe"),
        lambda log: log.info("key %r and %s", SECRET, quote(SECRET, safe="")),
        lambda log: log.info("extra", extra={"detail": SECRET}),
        lambda log: log.info("half %s", TOKEN.split(":")[1]),
        lambda log: log.info("a wrong format %d", SECRET),
        lambda log: log.info("%(a)s", {"a": [TOKEN]}),
    ],
)
def test_no_secret_reaches_the_log(start: Start, log: Callable[[logging.Logger], None]) -> None:
    out = start()
    log(logging.getLogger("medsosbot"))
    assert "[redacted]" in out.getvalue()
    assert clean(out.getvalue())


def test_no_secret_reaches_the_log_by_a_traceback(start: Start) -> None:
    out = start()
    try:
        try:
            raise ValueError(SECRET)
        except ValueError as e:
            raise RuntimeError(f"https://h/bot{TOKEN}/x") from e
    except RuntimeError:
        logging.getLogger("medsosbot").exception("failed")
    assert "Traceback" in out.getvalue()
    assert "RuntimeError: https://h/[redacted]" in out.getvalue().replace("bot[redacted]", "[redacted]")
    assert clean(out.getvalue())


@pytest.mark.parametrize(
    "text",
    [
        "http://h/bot987654:XYZ-unknown_token/sendMessage",
        "token 987654321:ZZyyXXwwVVuuTTssRRqqPPooNNmmLLkk",
        'Authorization: OAuth oauth_token="ZZyyXXww", oauth_signature="ZZyyXXww%3D"',
        "Bearer ZZyyXXwwVV",
        "/bot987654%3AXYZ-unknown_token/getMe",
    ],
)
def test_what_looks_like_a_secret_is_redacted_though_nobody_told_of_it(text: str) -> None:
    assert "[redacted]" in logs.redact_shapes(text)
    assert not re.search(r"XYZ|ZZyy", logs.redact_shapes(text))


@pytest.mark.parametrize(
    "text", ["rapat 09:00 di Samarinda", "robot3:abc", "2026-11-24T09:00:00+08:00", "NIK 6401010101010001: dihapus"]
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert logs.redact_shapes(text) == text


def test_no_short_word_counts_as_a_secret() -> None:
    assert logs.Redactor(["di", ""])("rapat di Samarinda") == "rapat di Samarinda"


@pytest.mark.parametrize("name", ["httpx", "telegram.ext.Updater", "apscheduler.scheduler", "tweepy.client"])
def test_libraries_are_held_even_at_debug(start: Start, name: str) -> None:
    out = start("DEBUG")
    logging.getLogger(name).info("HTTP Request: …")
    assert out.getvalue() == ""


def test_our_own_rooms_are_not_held_at_debug(start: Start) -> None:
    out = start("DEBUG")
    logging.getLogger("medsosbot.publishing").debug("claimed")
    assert "claimed" in out.getvalue()


def test_configuring_twice_does_not_write_twice(start: Start) -> None:
    first, second = start(), start()
    logging.getLogger("medsosbot").info("once")
    assert first.getvalue() == ""
    assert second.getvalue().count("once") == 1


def test_what_nobody_caught_in_a_thread_is_one_redacted_line(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    out = start("INFO")
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    logs.catch_the_uncaught()
    logging.captureWarnings(False)

    def fail() -> None:
        raise ValueError(SECRET)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert out.getvalue().count("\n") == 1
    assert "Unexpected ValueError: [redacted]" in out.getvalue()

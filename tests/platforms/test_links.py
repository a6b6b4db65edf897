"""From an id to a link and back."""

from __future__ import annotations

import pytest

from medsosbot.options import Destination
from medsosbot.platforms import link_of, remote_id_of

PUBLIC, PRIVATE = Destination("kanal", "telegram", "@kpukaltim"), Destination("grup", "telegram", -1001234567890)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", "12"),
        (" 0012 ", "12"),
        ("https://t.me/kpukaltim/12", "12"),
        ("t.me/KPUkaltim/12?single", "12"),
        ("https://t.me/s/kpukaltim/12", "12"),
        ("https://telegram.me/kpukaltim/12", "12"),
        ("https://t.me/kanallain/12", None),
        ("https://t.me/kpukaltim", None),
        ("dua belas", None),
        ("-12", None),
        ("https://x.com/kpu/status/12", None),
    ],
)
def test_it_reads_the_id_in_a_telegram_link(typed: str, number: str | None) -> None:
    assert remote_id_of(PUBLIC, typed) == number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("https://t.me/c/1234567890/12", "12"),
        ("https://t.me/c/1234567890/5/12", "12"),
        ("https://t.me/c/9999999999/12", None),
    ],
)
def test_it_reads_the_id_in_a_members_link(typed: str, number: str | None) -> None:
    assert remote_id_of(PRIVATE, typed) == number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1860000000000000000", "1860000000000000000"),
        ("https://x.com/kpu_kaltim/status/1860000000000000000?s=20", "1860000000000000000"),
        ("https://twitter.com/kpu_kaltim/status/1860000000000000000", "1860000000000000000"),
        ("https://x.com/i/web/status/1860000000000000000", "1860000000000000000"),
        ("https://x.com/kpu_kaltim", None),
        ("https://t.me/kpukaltim/12", None),
    ],
)
def test_it_reads_the_id_in_an_x_link(typed: str, number: str | None) -> None:
    assert remote_id_of(Destination("x", "x"), typed) == number


def test_each_kind_of_chat_has_its_link() -> None:
    assert link_of(PUBLIC, "7") == "https://t.me/kpukaltim/7"
    assert link_of(PRIVATE, "7") == "https://t.me/c/1234567890/7"
    assert link_of(Destination("kecil", "telegram", -555), "7") is None
    assert link_of(Destination("x", "x"), "7") == "https://x.com/i/web/status/7"
    assert link_of(Destination("latihan", "mock"), "7") is None

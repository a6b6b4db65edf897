"""The counter beside the database: it must tell an old copy, and never take rubbish for a number."""

from __future__ import annotations

from pathlib import Path

import pytest

from medsosbot.storage.counter import Counter


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    return Counter(tmp_path / "medsosbot.db")


def test_it_keeps_the_last_number(counter: Counter, tmp_path: Path) -> None:
    for number in (1, 2, 99, 100):
        counter.write(number)
        assert counter.last() == number
    counter.close()
    assert Counter(tmp_path / "medsosbot.db").read() == 100


def test_without_a_file_there_is_no_number(counter: Counter) -> None:
    assert counter.read() is None
    assert counter.last() == 0


@pytest.mark.parametrize("rubbish", [b"", b"\n", b"x\n", b"12", b"\x00\x00", b"\xff\xfe1\n", b"-5\n"])
def test_rubbish_is_no_number_of_an_intent(counter: Counter, tmp_path: Path, rubbish: bytes) -> None:
    (tmp_path / "medsosbot.db.seq").write_bytes(rubbish)
    found = counter.read()
    assert found is None or found >= 0


def test_a_smaller_number_behind_a_larger_one_leaves_no_digit_of_it(counter: Counter) -> None:
    counter.write(123456)
    counter.write(7)
    assert counter.read() == 7

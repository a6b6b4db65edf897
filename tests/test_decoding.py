from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medsosbot.decoding import decode
from medsosbot.errors import Fault, QueueItemError


def faults(data: bytes, *, lenient: bool = False) -> tuple[Fault, ...]:
    with pytest.raises(QueueItemError) as caught:
        decode(data, lenient=lenient)
    return caught.value.faults


def test_every_kind_of_line_end_becomes_one() -> None:
    assert decode("a\r\nb\rc\u2028d\x0be".encode(), lenient=False).text == "a\nb\nc\nd\ne"


def test_the_byte_order_mark_falls() -> None:
    assert decode(b"\xef\xbb\xbfa", lenient=False).text == "a"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_that_is_no_utf8_is_named_with_its_place(mark: bytes) -> None:
    [fault] = faults(mark + "é\nab".encode() + b"\xe9")
    assert fault.line == 2
    assert fault.message == "huruf ke-3 bukan UTF-8 (bita 0xE9)"


def test_what_word_writes_is_read_only_where_it_is_allowed() -> None:
    data = "“Jum’at”".encode("cp1252")
    assert decode(data, lenient=True).text == "“Jum’at”"
    assert faults(data)


@pytest.mark.parametrize("char", ["\x00", "\x1b", "\x7f", "\x9f", "\u200f", "\u202e", "\u2066", "\ufffd", "\uffff"])
def test_a_character_that_hides_or_breaks_things_is_named_with_its_place(char: str) -> None:
    [fault] = faults(f"satu\ndua{char}".encode())
    assert fault.line == 2
    assert "huruf ke-4" in fault.message


@pytest.mark.parametrize("text", ["a\tb", "a\u00a0b", "é 😀👨‍👩‍👧 “–” €", "\u200b"])
def test_what_releases_are_made_of_passes(text: str) -> None:
    assert decode(text.encode(), lenient=False).text == text


def test_only_the_first_places_are_told() -> None:
    assert len(faults(b"\x00" * 1000)) == 3


@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_are_text_or_refused(data: bytes, lenient: bool) -> None:
    try:
        text = decode(data, lenient=lenient).text
    except QueueItemError:
        return
    text.encode()
    assert "\r" not in text

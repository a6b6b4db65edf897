"""What belongs to a private person is found in a text, and what only looks like it isn't."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medsosbot.publishing.personal_data import personal_data


def kinds(text: str, *allow: str) -> list[str]:
    return [found.what for found in personal_data(text, allow)]


@pytest.mark.parametrize(
    "text",
    [
        "Hubungi 081234567890.",
        "Hubungi 0812-3456-7890",
        "Hubungi 0812 3456 789",
        "Hubungi 0812.3456.7890 (WA)",
        "Hubungi 0812 – 3456 – 7890",
        "Hubungi 0812\u00a03456\u00a07890",
        "Hubungi (0812) 3456-7890",
        "Hubungi +6281234567890",
        "Hubungi +62 812-3456-7890",
        "Hubungi (+62) 812 3456 7890",
        "Hubungi +62 (0) 812 3456 7890",
        "Hubungi wa.me/6281234567890",
        "Hubungi 62 812 3456 7890",
        "Hubungi 0811234567",
        "Hubungi 0811-23-45-67-89",
    ],
)
def test_it_finds_a_mobile_number_however_it_is_written(text: str) -> None:
    assert kinds(text) == ["nomor ponsel"]


@pytest.mark.parametrize(
    "text",
    [
        "pukul 08.00-12.00 24 September 2022",
        "pukul 08.15-12.00 24 September 2022",
        "08-12-2022 13.00 15.30",
        "anggaran Rp 62.812.345.678",
        "sebanyak 62.812.345 orang",
        "telepon kantor (0541) 733045",
        "Nomor 17 Tahun 2022",
        "Keputusan Nomor 085/PL.02.1-SD/2022",
        "NIP 198008172009121002",
        "NIP 19800817 200912 1 002",
    ],
)
def test_it_does_not_take_times_amounts_or_office_numbers_for_a_mobile_number(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "NIK 6472041201900001.",
        "KK: 6472 0412 0190 0001",
        "NIK 647204.120190.0001",
        "NIK 64.72.04.520190.0001",
        "NIK 6472-0412-0190-0001",
        "1234567890123456",
    ],
)
def test_it_finds_a_sixteen_digit_number(text: str) -> None:
    assert kinds(text) == ["NIK atau nomor KK"]


@pytest.mark.parametrize(
    "text",
    [
        "tahun 2022 2023 2024 2025",
        "pukul 13.30-15.30 12-11-2024",
        "Rp 1.234.567.890.123.456",
        "barang 12345678901234567",
        "barang 123456789012345",
    ],
)
def test_it_does_not_take_years_times_or_amounts_for_a_nik(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text", ["budi@gmail.com", "<budi.s+1@yahoo.co.id>", "a@kpu.go.id.contoh.com", "a@bukango.id", "B@KPU.ORG."]
)
def test_it_finds_an_address_outside_the_government(text: str) -> None:
    assert kinds(text) == ["alamat surel"]


@pytest.mark.parametrize(
    "text", ["info@kpu.go.id", "Info@Kaltim.KPU.go.id.", "harga @36 juta", "ikuti @kpukaltim", "a@b"]
)
def test_it_does_not_find_an_address_of_the_government_or_a_mention(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize("own", ["081234567890", "+62 812 3456 7890", "0812-3456-7890"])
@pytest.mark.parametrize("printed", ["081234567890", "+6281234567890", "(0812) 3456 7890"])
def test_the_offices_own_number_is_allowed_however_it_is_written(own: str, printed: str) -> None:
    assert kinds(f"Layanan: {printed}.", own) == []


def test_a_number_that_only_begins_like_the_offices_own_is_not_allowed() -> None:
    assert kinds("Hubungi 081234567890", "08123456789") == ["nomor ponsel"]


def test_the_offices_own_address_is_allowed_in_any_case() -> None:
    assert kinds("Kirim ke Humas@Gmail.com", "humas@gmail.com") == []
    assert kinds("Kirim ke humas2@gmail.com", "humas@gmail.com") == ["alamat surel"]


def test_a_find_shows_enough_to_find_it_and_not_enough_to_pass_it_on() -> None:
    shown = [found.shown for found in personal_data("NIK 6472041201900001, WA 0812-3456-7890, budi@gmail.com")]
    assert shown == ["6472••••••••••01", "0812-••••-••90", "b•••@gmail.com"]


def test_the_same_number_twice_is_one_find() -> None:
    assert len(kinds("0812-3456-7890 atau 0812-3456-7890")) == 1


@pytest.mark.parametrize("piece", ["08 ", "1", "a.", "a@", "+62 ", "(", "6472 "])
def test_the_longest_text_that_a_file_may_hold_is_read_without_end_or_fault(piece: str) -> None:
    """A pattern that tries every split would take hours here."""
    text = piece * (256_000 // len(piece))
    assert personal_data(text) == ()


@given(text=st.text(alphabet="08126472+() -.@agoid\n", max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    for found in personal_data(text):
        assert text[found.start]

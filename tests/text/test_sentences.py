"""Where sentences end, and where a stop ends none."""

from __future__ import annotations

import pytest
from hypothesis import given

from medsosbot.text.normalise import normalise, plain
from medsosbot.text.rules import default_rules
from medsosbot.text.sentences import split
from tests.text.strategies import anything, wordy

RULES = default_rules()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Ketua Dr. H. Budi, S.H., M.Si. memimpin rapat.", 1),
        ("Plt. Ketua KPU Berau membuka rapat.", 1),
        ("Formulir Model A.2-DPB dibagikan.", 1),
        ("Biaya Rp. 5.000.000,- sudah cair.", 1),
        ("Warga membawa: 1. KTP; 2. KK.", 1),
        ("Rapat di Jl. Juanda No. 2 Kel. Air Putih.", 1),
        ("Pasangan H. Subroto, SE. MM dan H. Yahman, SH. mendaftar.", 1),
        ("Pukul 16.00 rapat selesai.", 1),
        ("Hadir Sekretaris, Kasubbag, dkk. Rapat ditutup.", 2),
        ("Selesai hal. Rapat ditutup.", 2),
        ("KPU menggelar rapat. Rapat dibuka Ketua.", 2),
        ("“Kami siap.” Ujarnya begitu.", 2),
        ("Selesai! Lanjut? Ya.", 3),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, count: int) -> None:
    assert len(split(plain(text), RULES)) == count


def test_rows_of_a_list_are_no_running_text_and_their_head_is_known() -> None:
    found = split(plain("Pelamar membawa:\n1. KTP\n2. KK\n\nBerkas dikirim."), RULES)
    assert [s.row for s in found] == [False, True, True, False]
    assert found[0].heads_list


def test_a_wrapped_line_goes_on() -> None:
    assert len(split("KPU menggelar rapat\nkoordinasi di Aula.", RULES)) == 1


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a  b\u00a0\u00a0c", "a b c"),
        ("(24/3).Pertemuan", "(24/3). Pertemuan"),
        ("17 Maret 2024,Jumat", "17 Maret 2024, Jumat"),
        ("rapat,Ketua", "rapat, Ketua"),
        ("S.Ag, A.2-DPB, kpu.go.id, 5.000.000,-, 1,26 Juta", "S.Ag, A.2-DPB, kpu.go.id, 5.000.000,-, 1,26 Juta"),
        ("cafe\u0301", "café"),
        ("a\r\nb\r\n\r\n\r\nc", "a\nb\n\nc"),
    ],
)
def test_it_mends_spaces_and_nothing_else(text: str, wanted: str) -> None:
    assert plain(text) == wanted


@given(anything | wordy)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert plain(once.text) == once.text
    assert len(once.places) == len(once.text) + 1


@given(anything | wordy)
def test_nothing_but_space_stands_between_sentences(text: str) -> None:
    whole = plain(text)
    last = 0
    for s in split(whole, RULES):
        assert whole[last : s.start].strip() == ""
        assert whole[s.start : s.end] == s.text
        last = s.end
    assert whole[last:].strip() == ""

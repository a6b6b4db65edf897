"""Licensed rewrites: at word borders, outside quotations, once."""

from __future__ import annotations

import pytest
from hypothesis import given

from medsosbot.text.rewrite import Rewriter, acronyms
from medsosbot.text.rules import default_rules
from tests.text.strategies import anything, wordy

RULES = default_rules()
PLAIN = Rewriter(RULES)


@pytest.mark.parametrize(
    ("tier", "text", "wanted"),
    [
        (0, "KPU Provinsi Kalimantan Timur", "KPU Kaltim"),
        (0, "Badan Pengawas Pemilihan Umum Provinsi Kalimantan Timur", "Bawaslu Kaltim"),
        (0, "KPU Kabupaten/Kota Se-Kalimantan Timur", "KPU Kab/Kota se-Kaltim"),
        (0, "Badan Pengawas Pemilihan Umum (Bawaslu) Kota", "Bawaslu Kota"),
        (0, "Sekertaris", "Sekretaris"),
        (0, "Rapat Koordinasi", "Rapat Koordinasi"),
        (1, "Rapat Koordinasi", "Rakor"),
        (1, "9 sampai dengan 11 Mei", "9 s.d. 11 Mei"),
        (1, "bimbingan teknis", "Bimtek"),
        (1, "Pemutakhiran Data Pemilih Berkelanjutan", "Pemutakhiran Data Pemilih Berkelanjutan"),
        (2, "Pemutakhiran Data Pemilih Berkelanjutan", "PDPB"),
        (2, "tertanggal 26 Januari", "tertanggal 26 Januari"),
        (2, "Rapat Koordinasikan", "Rapat Koordinasikan"),
        (2, "Pemilihan Serentak", "Pemilihan Serentak"),
        (2, "kata dia, “Komisi Pemilihan Umum”", "kata dia, “Komisi Pemilihan Umum”"),
    ],
)
def test_it_rewrites_what_the_tier_allows_and_nothing_else(tier: int, text: str, wanted: str) -> None:
    assert PLAIN.apply(text, tier) == wanted


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("Daftar Pemilih Berkelanjutan (DPB)", ("Daftar Pemilih Berkelanjutan", "DPB")),
        ("Data Penduduk Potensial Pemilih Pemilu (DP4)", ("Data Penduduk Potensial Pemilih Pemilu", "DP4")),
        (
            "Dinas Kependudukan, Pemberdayaan Perempuan dan Perlindungan Anak (DKP3A)",
            ("Dinas Kependudukan, Pemberdayaan Perempuan dan Perlindungan Anak", "DKP3A"),
        ),
        ("Kepala Bidang Pusat Data dan Informasi (Pusdatin)", ("Pusat Data dan Informasi", "Pusdatin")),
    ],
)
def test_a_release_licenses_its_own_acronyms(text: str, pair: tuple[str, str]) -> None:
    assert acronyms(text) == (pair,)


@pytest.mark.parametrize("text", ["Rudi Hartono (PAW) anggota", "sebanyak 4 (empat)", "Selasa (Ketua)", "(DPB)"])
def test_it_does_not_invent_an_acronym(text: str) -> None:
    assert acronyms(text) == ()


def test_an_acronym_never_stands_behind_itself() -> None:
    text = "rekapitulasi Daftar Pemilih Berkelanjutan (DPB) bulan Agustus"
    for tier in (0, 1, 2):
        assert Rewriter(RULES, "", text).apply(text, tier) == "rekapitulasi DPB bulan Agustus"


def test_the_titles_shorter_name_for_the_office_is_licensed() -> None:
    rewriter = Rewriter(RULES, "KPU Kukar Gelar Rakor", "KPU Kabupaten Kutai Kartanegara menggelar")
    assert rewriter.apply("KPU Kabupaten Kutai Kartanegara", 1) == "KPU Kukar"
    assert rewriter.apply("KPU Kabupaten Kutai Kartanegara", 0) == "KPU Kabupaten Kutai Kartanegara"


def test_another_offices_name_is_not() -> None:
    rewriter = Rewriter(RULES, "KPU Kukar Gelar Rakor", "KPU Kabupaten Kutai Timur menggelar")
    assert rewriter.apply("KPU Kabupaten Kutai Timur", 1) == "KPU Kabupaten Kutai Timur"


@given(anything | wordy)
def test_rewriting_twice_changes_nothing(text: str) -> None:
    rewriter = Rewriter(RULES, "", text)
    for tier in (0, 1, 2):
        once = rewriter.apply(text, tier)
        assert rewriter.apply(once, tier) == once

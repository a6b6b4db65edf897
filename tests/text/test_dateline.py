"""Datelines and bylines in all the shapes that releases have, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medsosbot.text.dateline import split_byline, split_dateline
from medsosbot.text.rules import default_rules

RULES = default_rules()


@pytest.mark.parametrize(
    ("text", "city", "host"),
    [
        ("Samarinda, kaltim.kpu.go.id –  KPU", "Samarinda", "kaltim.kpu.go.id"),
        ("Samarinda, kaltim.kpu.go.id - KPU", "Samarinda", "kaltim.kpu.go.id"),
        ("Samarinda, kaltim.kpu.go.id-KPU", "Samarinda", "kaltim.kpu.go.id"),
        ("Kab-jepara.kpu.go.id – KPU", None, "Kab-jepara.kpu.go.id"),
        ("kaltim.kpu.go.id KPU Provinsi", None, "kaltim.kpu.go.id"),
        ("BALIKPAPAN—KPU Kota", "BALIKPAPAN", None),
        ("Tanah Grogot - KPU", "Tanah Grogot", None),
        ("Samarinda – KPU", "Samarinda", None),
        ("Sidoarjo (kab-sidoarjo.kpu.go.id) KPU", "Sidoarjo", "kab-sidoarjo.kpu.go.id"),
        ("Pasangkayu; KPU", "Pasangkayu", None),
        ("Balikpapan: KPU", "Balikpapan", None),
        ("SAMARINDA, KALTIM.KPU.GO.ID – KPU", "SAMARINDA", "KALTIM.KPU.GO.ID"),
        ("Penajam,(20/7/24). KPU", "Penajam", None),
        ("Long Pahangai, 5 Juli 2024. KPU", "Long Pahangai", None),
        ("Samarinda (4/3/2024) – KPU", "Samarinda", None),
        ("Bontang, 4 Maret 2024 – KPU", "Bontang", None),
        ("Balikpapan (24/3). KPU", "Balikpapan", None),
        ("Samarinda – “KPU", "Samarinda", None),
    ],
)
def test_it_takes_a_dateline_off(text: str, city: str | None, host: str | None) -> None:
    dateline, rest = split_dateline(text, RULES)
    assert dateline is not None
    assert (dateline.city, dateline.host) == (city, host)
    assert rest.lstrip("“").startswith("KPU")


@pytest.mark.parametrize(
    "text",
    [
        "KPU Kaltim – Bawaslu Kaltim sepakat",
        "Rabu – Kamis (21-22/9) KPU menggelar",
        "Kutai Kartanegara, KPU Kukar melaksanakan",
        "Ketua KPU Kaltim membuka rapat – kata dia",
        "Pemilih pemula memiliki peran – penting",
        "Rapat Kerja – Persiapan",
        "Ralat: jumlah pemilih",
        "RALAT: Jumlah pemilih",
        "Hoaks: KPU merekrut",
        "",
    ],
)
def test_it_does_not_take_a_sentence_for_a_dateline(text: str) -> None:
    assert split_dateline(text, RULES) == (None, text)


@pytest.mark.parametrize(
    ("text", "body", "byline"),
    [
        ("Selesai.(Tim Medsos KPU Kaltim)", "Selesai.", "Tim Medsos KPU Kaltim"),
        ("Selesai. (Tim Medsos KPU Kaltim)  ", "Selesai.", "Tim Medsos KPU Kaltim"),
        ("Selesai. (AK/FN)", "Selesai.", "AK/FN"),
        ("Selesai. (rap/ed. Foto: hupmas)", "Selesai.", "rap/ed. Foto: hupmas"),
        ("Selesai.\n(DA_ZI_Tekhum)", "Selesai.", "DA_ZI_Tekhum"),
        ("Selesai. (red)", "Selesai.", "red"),
        ("Selesai.\n\nEditor: Budi", "Selesai.", "Editor: Budi"),
        ("Selesai. (Humas KPU)\n\nEditor: A\nFoto: Bo", "Selesai.", "Humas KPU; Editor: A; Foto: Bo"),
    ],
)
def test_it_takes_a_byline_off(text: str, body: str, byline: str) -> None:
    assert split_byline(text, RULES) == (body, byline)


@pytest.mark.parametrize(
    "text",
    [
        "Daftar Pemilih Berkelanjutan (DPB)",
        "digelar Selasa (4/3/2024)",
        "sebanyak 4 (empat)",
        "Selesai.",
        "",
        "(Tim Medsos)",
    ],
)
def test_it_does_not_take_an_acronym_or_a_date_for_a_byline(text: str) -> None:
    assert split_byline(text, RULES) == (text, None)


@given(st.text(max_size=300))
def test_any_text_keeps_its_end_and_its_beginning(text: str) -> None:
    assert text.endswith(split_dateline(text, RULES)[1])
    assert text.startswith(split_byline(text, RULES)[0])

"""The self-check: silent on good posts, total on any text, and each objection tells a press officer what to do."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medsosbot import strict_yaml
from medsosbot.model import Form, PostStyle, Release
from medsosbot.platforms.styles import TELEGRAM, X
from medsosbot.text.compose import compose
from medsosbot.text.line import terkini_line
from medsosbot.text.rules import default_rules
from medsosbot.text.selfcheck import judge, judge_form, judge_line

ROOT = Path(__file__).parents[2]
URL = "https://kaltim.kpu.go.id/berita/baca/1"
CAPTION = replace(TELEGRAM, form=Form.CAPTION, limit=1024)
STYLES = (X, TELEGRAM, CAPTION)
RULES = default_rules()
EXAMPLE = (
    "KPU Kaltim menyelenggarakan Koordinasi Penyusunan Kesimpulan atas dugaan pelanggaran administrasi pada Sidang "
    "Pemeriksaan Bawaslu Kaltim, Selasa (27/9/2022). Diikuti 8 KPU Kab/Kota. Kegiatan dilaksanakan di Aula Kantor KPU "
    f"Kaltim.\n\n{URL}\n#KPUKaltim"
)


def seeds() -> list[Release]:
    blocks = (ROOT / "seeds" / "berita-terkini.txt").read_text("utf-8").split("\n\n")[1:]
    pairs = zip(blocks[::2], blocks[1::2], strict=True)
    return [Release(title=title.strip(), body=body.strip(), url=URL) for title, body in pairs]


def wild() -> list[Release]:
    data: list[Any] = []
    for name in ("wild", "wilder", "wildest", "odd", "harder"):
        data += strict_yaml.load((Path(__file__).parent / "sabotage" / f"{name}.yaml").read_text("utf-8")).data  # type: ignore[arg-type]
    return [Release(title=one["title"], body=one["body"], url=URL) for one in data]


def gates(release: Release, *parts: str, style: PostStyle = X) -> list[str]:
    return [o.gate for o in judge(release, parts, style, RULES)]


def test_it_is_silent_on_the_example_of_a_good_post() -> None:
    assert gates(seeds()[0], EXAMPLE) == []


@pytest.mark.parametrize("url", [URL, None])
@pytest.mark.parametrize("style", STYLES, ids=lambda s: s.form.value)
@pytest.mark.parametrize("number", range(6))
def test_it_is_silent_on_what_is_composed_of_the_six(number: int, style: PostStyle, url: str | None) -> None:
    release = replace(seeds()[number], url=url)
    assert judge(release, compose(release, style, RULES).parts, style, RULES) == ()


@pytest.mark.parametrize("number", range(6))
def test_it_is_silent_on_the_lines_of_the_six(number: int) -> None:
    release = seeds()[number]
    assert judge_line(release, terkini_line(release, RULES), RULES) == ()


def test_it_holds_at_most_one_wild_release_in_ten() -> None:
    releases = wild()
    held = [r.title for r in releases if any(judge(r, compose(r, s, RULES).parts, s, RULES) for s in STYLES)]
    assert 10 * len(held) <= len(releases), held


def test_every_objection_says_what_to_do() -> None:
    release = replace(seeds()[5], date=date(2022, 9, 7))
    posts = (EXAMPLE, "😀", "", "KPU KPU melaksanakan?", "Rapat dipimpin Ketua KPU Bontang, Kamis (6/9/2022). " * 9)
    told = [o for post in posts for o in judge(release, (post,), X, RULES)]
    assert len({o.gate for o in told}) >= 7
    for one in told:
        assert re.search(r"Tulis sendiri|Betulkan|betulkan|Pendekkan", one.message), one
        assert one.message[0] in "“" or one.message[0].isupper()


@pytest.mark.parametrize(
    ("line", "gate"),
    [
        (f'27/9/2022 · <a href="{URL}">Koordinasi Penyusunan Kesimpulan atas Dugaan Pelanggaran…</a>', None),
        (f'28/9/2022 · <a href="{URL}">Koordinasi Penyusunan Kesimpulan…</a>', "fact_moved"),
        (f'<a href="{URL}">Koordinasi Penyusunan Kesimpulan atas Pelanggaran Administrasi…</a>', "word_moved"),
        (f'<a href="{URL}">Koordinasi Penyusunan Kesimpulan atas…</a>', "bad_closure"),
        (f'<a href="{URL}">Koordinasi Penyusunan Kesimpulan atas Dugaan…</a>', "bad_closure"),
        (f'<a href="{URL}">Koordinasi Penyusunan\nKesimpulan…</a>', "multi_line"),
        ('<a href="https://kaltim.kpu.go.id/berita/baca/2">Koordinasi Penyusunan Kesimpulan…</a>', "no_link"),
        ("Koordinasi Penyusunan Kesimpulan…", "no_link"),
        (f'<a href="{URL}">Koordinasi Penyusunan Kesimpulan…', "bad_html"),
        (f'<a href="{URL}">{"Koordinasi Penyusunan Kesimpulan " * 4}</a>', "over_limit"),
        (f'<a href="{URL}">Koordinasi Penyusunan Kesimpulan Damai…</a>', "invented_entity"),
    ],
)
def test_it_reads_the_line_of_the_list(line: str, gate: str | None) -> None:
    found = [o.gate for o in judge_line(seeds()[0], line, RULES)]
    assert found == [] if gate is None else gate in found


def test_a_line_with_a_doubtful_date_is_held() -> None:
    line = f'6/9/2022 · <a href="{URL}">Rapat Pleno Rekapitulasi Pemutakhiran Data Pemilih Berkelanjutan…</a>'
    assert "bad_weekday" in [o.gate for o in judge_line(seeds()[5], line, RULES)]


@pytest.mark.parametrize(
    ("title", "body", "gate"),
    [
        ("Jalan Sehat di Sabang", "KPU Kota Sabang merencanakan jalan sehat. Kegiatan itu dibatalkan.", "status_lost"),
        ("Jalan Sehat di Sabang", "KPU Kota Sabang mengadakan jalan sehat. Kegiatan itu diikuti 90 orang.", None),
        ("Jalan Sehat di Sabang Batal", "KPU Kota Sabang merencanakan jalan sehat. Kegiatan itu dibatalkan.", None),
        ("Rapat di Sabang", "KPU Kota Sabang menggelar rapat. Rapat membahas pemilihan yang ditunda.", None),
        ("Pelantikan 32 PPS", "KPU Kota Sabang melantik 23 PPS.", "fact_moved"),
        ("Pelantikan Tiga PPS", "KPU Kota Sabang melantik lima PPS.", "fact_moved"),
        ("Pelantikan 32 PPS", "KPU Kota Sabang melantik 23 PPS. Seluruhnya kini 32 orang.", None),
        ("Pelantikan 32 PPS", "KPU Kota Sabang melantik 20 PPS lama dan 12 PPS baru.", None),
        ("1,2 Juta Pemilih Terdaftar", "Sebanyak 1.204.311 pemilih terdaftar.", None),
        ("Pemilih 2024 Bertambah", "KPU Kota Sabang mencatat 300 pemilih.", None),
    ],
)
def test_the_line_of_a_release_that_contradicts_its_title_is_held(title: str, body: str, gate: str | None) -> None:
    release = Release(title=title, body=body, url=URL)
    found = [o.gate for o in judge_line(release, f'<a href="{URL}">{title}</a>', RULES)]
    assert found == ([] if gate is None else [gate])


def test_the_day_from_which_an_event_was_moved_is_held() -> None:
    body = "KPU Kota Sabang menjadwalkan uji publik pada Senin (5/12/2022). Acara digeser ke Kamis (8/12/2022)."
    release = Release(title="Uji Publik di Sabang Digeser", body=body, url=URL)
    lines = [f'{day}/12/2022 · <a href="{URL}">{release.title}</a>' for day in (5, 8)]
    assert [[o.gate for o in judge_line(release, line, RULES)] for line in lines] == [["fact_moved"], []]


def test_a_torn_emoji_is_seen() -> None:
    release = Release(title="KPU Kaltim Gelar Rapat Keluarga 👨‍👩‍👧 di Aula", body="Rapat digelar.", url=URL)
    whole, torn = (
        f'<a href="{URL}">KPU Kaltim Gelar Rapat Keluarga 👨‍👩‍👧…</a>',
        f'<a href="{URL}">KPU Kaltim Gelar Rapat Keluarga 👨‍…</a>',
    )
    assert judge_line(release, whole, RULES) == ()
    assert [o.gate for o in judge_line(release, torn, RULES)] == ["bad_closure"]


def test_a_cut_link_is_no_link() -> None:
    assert {"no_link", "stray_entity"} <= set(gates(seeds()[0], EXAMPLE.replace(URL, URL[:-8])))


def test_the_offices_own_hashtags_pass() -> None:
    release = replace(seeds()[0], hashtags=("PemiluDamai",))
    assert gates(release, EXAMPLE + " #PemiluDamai") == []


def test_form_alone_does_not_look_at_words() -> None:
    assert judge_form(seeds()[0], (f"Apa saja.\n\n{URL}",), X, RULES) == ()


MESSY = st.text(
    st.sampled_from("abAB .,;:!?()[]“”\"'‘’–…\n\t0123/-#@$<>&é😀👩‍🇮🇩中ع\u0301\u200b\u202e") | st.characters(),
    max_size=120,
)
PHRASES = st.sampled_from(
    """KPU Kaltim|Provinsi Kalimantan Timur|menyelenggarakan|dugaan pelanggaran|, Selasa (27/09/2022). |tidak benar|
[HOAKS]|paling lambat 20 November 2022|“Kami siap,” kata Joha. |bahwa |sementara|1. KTP; 2. KK|\n\n|\n- |kecuali |di |
dan |yang |Badan Pengawas Pemilihan Umum|(DPB)|tertulis 144, seharusnya 414. |hari ini |Kegiatan ini |. |ditunda |
Laporan diterima |Jika tidak dilengkapi, |memberi waktu hingga |Enam kursi sisanya |laki-laki 5 |Faktanya, |
Cek Fakta: |Klarifikasi |masih bisa |Acara digeser ke |Isu tersebut |kedua kegiatan |Pelanggaran dikenai denda |
untuk |S.Ag, M.Si |Jl. |mengajak warga |59% |9 sampai dengan 11 September 2022 |?""".split("|")  # noqa: SIM905
)
TEXTS = st.lists(st.one_of(PHRASES, PHRASES, MESSY), max_size=12).map(" ".join)


@settings(max_examples=150)
@given(TEXTS, TEXTS, st.lists(TEXTS, max_size=2), st.sampled_from(STYLES))
def test_any_post_of_any_release_is_judged(title: str, body: str, parts: list[str], style: PostStyle) -> None:
    release = Release(title=title, body=body, url=URL)
    assert all(o.gate and o.message for o in judge(release, parts, style, RULES))
    assert all(o.gate and o.message for o in judge_line(release, parts[0] if parts else "", RULES))


@settings(max_examples=60)
@given(st.sampled_from(seeds() + wild()), st.data())
def test_a_mangled_sentence_is_judged(release: Release, data: st.DataObject) -> None:
    words = release.body.split()
    kept = [w for w in words[:60] if data.draw(st.integers(0, 3))]
    assert isinstance(judge(release, (" ".join(kept),), X, RULES), tuple)


@pytest.mark.parametrize(
    "piece",
    [
        "a ",
        "KPU ",
        "a. ",
        "(27/9/2022) ",
        "“",
        "1. a; ",
        "tidak ",
        "A, ",
        "é",
        "Kamis (6/9/2022). ",
        "9 TPS ",
        "Beredar 5. ",
    ],
)
def test_a_hundred_kilobytes_are_no_trouble(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    release = Release(title=text[:300], body=text, url=URL)
    assert judge(release, (text,), TELEGRAM, RULES)
    assert judge(release, (text[:270],), X, RULES)

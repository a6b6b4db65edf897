"""What holds for every post of any text, in every form."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medsosbot.model import Composition, Form, PostStyle, Release
from medsosbot.platforms.styles import TELEGRAM, X
from medsosbot.text.compose import compose
from medsosbot.text.drafting import Maker
from medsosbot.text.measure import measure, plain_of, urls_in, utf16_length
from medsosbot.text.phrases import words_of
from medsosbot.text.reading import read
from medsosbot.text.rules import default_rules
from medsosbot.text.selfcheck import judge
from tests.text.corpus import KINDS, STYLES, URL, everything, linked, named, releases
from tests.text.strategies import releases as any_releases
from tests.text.strategies import styles

RULES = default_rules()
LIMITS = (60, 100, 140, 180, 220, 250, 280, 320, 400, 600)


def post(release: Release, style: PostStyle = X) -> str:
    return compose(release, style, RULES).parts[0]


def body(release: Release, style: PostStyle = X) -> str:
    return post(release, style).split("\n\n")[0]


@given(any_releases, styles())
def test_it_fits_or_says_why_not(release: Release, style: PostStyle) -> None:
    made = compose(release, style, RULES)
    assert len(made.parts) == 1
    if not made.objections:
        assert measure(made.parts[0], style) <= style.limit
        if style.markup == "HTML":
            assert utf16_length(plain_of(made.parts[0])) <= style.limit


@given(any_releases, styles())
def test_the_link_is_there_whole_or_not_at_all(release: Release, style: PostStyle) -> None:
    made = compose(release, style, RULES)
    wanted = release.url is not None and style.link == "always"
    link = (release.url or "").replace("&", "&amp;") if style.markup == "HTML" else release.url or ""
    if not made.objections:
        assert (link != "" and link in made.parts[0]) is wanted


@given(any_releases)
def test_x_would_link_nothing_but_the_article_and_printed_office_addresses(release: Release) -> None:
    made = compose(release, X, RULES)
    if made.objections:
        return
    for span in urls_in(made.parts[0]):
        assert span.text == release.url or (
            ".kpu.go.id" in f".{span.text.lower()}" and span.text in release.body + release.title
        )


@given(any_releases, styles())
def test_the_same_release_gives_the_same_post(release: Release, style: PostStyle) -> None:
    again = replace(release, title="" + release.title)
    assert compose(release, style, RULES) == compose(again, style, RULES)


@given(any_releases)
def test_a_bigger_budget_is_never_worth_less(release: Release) -> None:
    from medsosbot.text.choose import best

    maker = Maker(read(release, RULES), X, RULES)
    found = maker.drafts()
    worths = [d.worth if (d := best(found, room, maker.duties.required)) else float("-inf") for room in LIMITS]
    assert worths == sorted(worths)


@given(any_releases)
def test_every_word_of_a_post_is_the_releases_or_licensed(release: Release) -> None:
    made = compose(release, X, RULES)
    reading = read(release, RULES)
    source = f"{reading.title}\n{reading.normal.text}"
    known = {w.low for tier in (0, 1, 2) for w in words_of(reading.rewriter.apply(source, tier))}
    known |= {w.low for w in words_of(source)}
    known |= {re.sub(r"(?<!\d)0(?=[1-9](?!\d))", "", low) for low in known if low[0].isdigit()}
    for piece in made.trace:
        for word in words_of(piece.text):
            assert word.low in known, (word.text, piece.text)


@given(any_releases, styles())
def test_telegrams_html_reads_back_as_plain_text(release: Release, style: PostStyle) -> None:
    if style.markup == "HTML":
        assert "<b>" not in plain_of(post(release, style)) or "<b>" in release.title + release.body


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", STYLES)
def test_nothing_everyday_is_held_and_of_the_grave_few(kind: str, form: str) -> None:
    """By the composer or by the self-check, which may be stricter than the composer where a claim is denied."""
    style, held = STYLES[form], set[str]()
    for release in releases(kind):
        for one in (release, linked(release)):
            made = compose(one, style, RULES)
            if made.objections or judge(one, made.parts, style, RULES):
                held.add(one.title)
    share = {"hard": 5, "grave": 5, "fresh": 5, "wild": 10}
    assert len(held) <= (len(releases(kind)) // share[kind] if kind in share else 0), held


@pytest.mark.parametrize(
    "release",
    [
        Release("", ""),
        Release("Judul", ""),
        Release("", "KPU Kaltim menggelar rapat di Aula."),
        Release("Judul", "x" * 5000),
        Release("JUDUL BESAR", "SEMUA HURUF BESAR DI SINI. " * 20),
        Release("Lists", "- a\n- b\n- c"),
        Release("😀" * 300, "👩‍👩‍👧 " * 200),
        Release("日本語のタイトル", "これは日本語の文章です。" * 30),
        Release("עברית", "זה טקסט בעברית. " * 30),
        Release("é" * 400, "न्दी " * 100),
        Release("English only", "The commission held a meeting on Tuesday. It was attended by many."),
        Release("Panjang", "KPU Kaltim menggelar rapat di Aula, Selasa (27/9/2022). " * 1800),
    ],
    ids=lambda r: r.title[:12],
)
@pytest.mark.parametrize("form", STYLES)
def test_any_text_at_all_gives_a_post_or_a_reason(release: Release, form: str) -> None:
    style = STYLES[form]
    made = compose(linked(release), style, RULES)
    if measure(made.parts[0], style) > style.limit:
        assert made.objections
    for objection in made.objections:
        assert objection.message.endswith(".")


def test_what_does_not_fit_is_held_with_a_draft_cut_before_a_preposition() -> None:
    made = compose(replace(named("Koordinasi Penyusunan Kesimpulan"), url=URL), replace(X, limit=110), RULES)
    assert [o.gate for o in made.objections] == ["over_limit"]
    assert "`text`" in made.objections[0].message
    assert re.match(r"Koordinasi Penyusunan Kesimpulan[^…]*\w…\n\nhttps://", made.parts[0])


def test_the_example_of_the_first_release_is_reached() -> None:
    assert body(linked(named("Koordinasi Penyusunan Kesimpulan"))) == (
        "KPU Kaltim menyelenggarakan Koordinasi Penyusunan Kesimpulan atas dugaan pelanggaran administrasi pada Sidang "
        "Pemeriksaan Bawaslu Kaltim, Selasa (27/9/2022). Diikuti 8 KPU Kab/Kota. "
        "Dilaksanakan di Aula Kantor KPU Kaltim."
    )


def test_the_hearings_date_never_becomes_the_events() -> None:
    for release in (named("Konsultasi dan Koordinasi"), linked(named("Konsultasi dan Koordinasi"))):
        assert "23 September" not in post(release)
        assert "(21-22/9/2022)" in post(release)


def test_a_contradicting_weekday_is_printed_in_no_form_nor_its_date() -> None:
    for style in STYLES.values():
        shown = post(named("Bulan Agustus Tahun 2022"), style)
        assert "Kamis" not in shown
        assert "6/9" not in shown
        assert "()" not in shown


def test_the_message_holds_the_whole_release_without_dateline_and_byline() -> None:
    shown = plain_of(post(named("Bulan Agustus Tahun 2022"), TELEGRAM))
    assert "Model A.2-DPB." in shown
    assert "kpu.go.id" not in shown
    assert "Medsos" not in shown


def test_a_caption_ends_at_a_sentence_and_carries_the_link() -> None:
    shown = post(linked(named("Konsolidasi Data Pemilih")), STYLES["caption"])
    text = plain_of(shown).split("\n\n")[1]
    assert text.endswith(".")
    assert URL in shown


def test_a_message_too_long_without_link_is_held_and_with_link_is_not() -> None:
    long = Release("Judul", "KPU Kaltim menggelar rapat di Aula, Selasa (27/9/2022). " * 100)
    assert [o.gate for o in compose(long, TELEGRAM, RULES).objections] == ["over_limit"]
    assert compose(linked(long), TELEGRAM, RULES).objections == ()


def test_without_a_link_policy_there_is_no_link() -> None:
    release = linked(named("Konsolidasi Data Pemilih"))
    assert URL not in post(release, replace(X, link="never"))


def test_the_account_says_where_each_piece_came_from_and_what_fell() -> None:
    release = linked(named("Koordinasi Penyusunan Kesimpulan"))
    made: Composition = compose(release, X, RULES)
    assert " ".join(p.text for p in made.trace) == body(release)
    for piece in made.trace:
        assert piece.source.split()[0] in release.body[piece.start : piece.end]
    assert any(rule == "first" for p in made.trace for _, rule in p.deleted)
    assert any(d.why == "space" for d in made.dropped)


def test_degrees_fall_on_x_and_stay_on_telegram() -> None:
    release = named("Penerimaan Mahasiswa Magang")
    assert "S.H." not in post(release)
    assert "Dewi Lestari, S.H., M.H." in post(release, TELEGRAM)


def test_own_hashtags_take_the_place_of_the_rules_topics() -> None:
    release = replace(named("Konsolidasi Data Pemilih"), hashtags=("CekData",))
    assert post(release).endswith("#KPUKaltim #CekData")


def test_a_topic_stands_where_it_costs_no_fact_and_not_where_it_is_alleged() -> None:
    short = Release(
        "Sosialisasi di Kampus", "KPU Kota Jayapura mengadakan Sosialisasi layanan pindah memilih, Rabu (2/10/2024)."
    )
    assert post(short).endswith("#KPUKaltim #Sosialisasi")
    assert post(named("Konsolidasi Data Pemilih")).endswith("\n\n#KPUKaltim")
    alleged = Release(
        "Dugaan Pelanggaran Sosialisasi", "KPU Kaltim menerima laporan dugaan pelanggaran Sosialisasi di Aula."
    )
    assert "#Sosialisasi" not in post(alleged)


@given(st.sampled_from(everything()), st.integers(80, 400))
def test_a_post_never_ends_inside_a_word_or_a_bracket(release: Release, limit: int) -> None:
    made = compose(linked(release), replace(X, limit=limit), RULES)
    text = made.parts[0].split("\n\n")[0]
    if not made.objections:
        assert text[-1] in '.!?…”"'
        assert text.count("(") == text.count(")")


def test_a_caption_form_exists_for_a_style_of_its_own() -> None:
    assert STYLES["caption"].form is Form.CAPTION


def test_it_takes_the_next_draft_where_the_self_check_objects_to_the_first() -> None:
    release = Release(
        "KPU Kabupaten Ngada Kembalikan Berkas",
        "Bajawa, kpu.go.id – KPU Kabupaten Ngada mengembalikan berkas satu bakal calon, Rabu (28/8/2024). "
        "Sekretariat membuka ruang konsultasi. Laporan diterima Ketua KPU Kabupaten Ngada, Maria Ina, di Aula Kantor.",
    )
    made = compose(release, X, RULES)
    assert made.objections == ()
    assert judge(release, made.parts, X, RULES) == ()


def test_a_full_form_that_brings_in_its_acronym_stays_whole_the_first_time_where_there_is_room() -> None:
    release = named("Bulan Agustus Tahun 2022")
    assert "Daftar Pemilih Berkelanjutan (DPB)" in post(release, TELEGRAM)
    assert "Daftar Pemilih" not in body(release)
    assert "DPB (DPB)" not in post(release, TELEGRAM)


def test_a_city_and_a_stop_before_the_subject_are_a_dateline() -> None:
    release = Release("Coklit di Pemalang", "Pemalang. KPU Kabupaten Pemalang memulai coklit, Senin (18/8/2025).")
    assert post(release).startswith("KPU Kabupaten Pemalang memulai coklit")
    assert "\n\nKPU Kabupaten Pemalang memulai" in post(release, TELEGRAM)


def test_a_label_or_a_longer_sentence_before_the_subject_is_no_dateline() -> None:
    for opening in ("Ralat.", "Coklit dimulai.", "Rapat."):
        release = Release("Coklit di Pemalang", f"{opening} KPU Kabupaten Pemalang memulai coklit, Senin (18/8/2025).")
        assert f"\n\n{opening} KPU Kabupaten" in post(release, TELEGRAM)


def test_days_that_the_post_prints_are_not_counted_again() -> None:
    assert "selama dua hari" not in post(named("Konsultasi dan Koordinasi"))


def test_a_time_that_is_what_is_told_stays_behind_its_verb() -> None:
    release = Release(
        "Upacara di Batu",
        "Batu, kpu.go.id – KPU Kota Batu menggelar upacara, Selasa (17/8/2025). Upacara dimulai pukul 07.00 WIB "
        "dengan inspektur upacara Ketua KPU Kota Batu, Heru Joko.",
    )
    assert "Di dengan" not in post(release)


@pytest.mark.parametrize(
    ("title", "body"),
    [("Rapat", "Isi rilis."), ("Apel", "Apel pagi."), ("Saat jeda2", "Rapat jeda."), ("Pengumuman", "Tutup besok.")],
)
def test_a_release_that_says_little_goes_out_with_its_title(title: str, body: str) -> None:
    release = Release(title, body)
    made = compose(release, X, default_rules())
    assert (made.objections, judge(release, made.parts, X, default_rules())) == ((), ())
    assert made.parts[0].startswith(title)


def test_an_acronym_never_hides_that_a_list_is_provisional() -> None:
    assert "Daftar Calon Sementara (DCS)" in post(linked(named("Daftar Calon Sementara")))


def test_today_falls_before_its_own_date_and_stays_where_it_has_none() -> None:
    release = Release("Coklit di Nias", "Nias, kpu.go.id – KPU Nias memulai coklit hari ini, Senin (18/8/2025).")
    assert post(release).startswith("KPU Nias memulai coklit Senin (18/8/2025).") or "hari ini" not in post(release)
    undated = Release("Coklit di Nias", "Nias, kpu.go.id – KPU Nias memulai coklit hari ini di Teluk Dalam.")
    assert "memulai coklit di Teluk Dalam" not in post(undated)

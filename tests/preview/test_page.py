"""The page as its readers see it: what it says of each state, and what it never promises."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from medsosbot.app import looks
from medsosbot.clock import FixedClock
from medsosbot.model import DeliveryState
from medsosbot.preview.page import FOLD_FROM, page_of
from medsosbot.preview.render import render
from medsosbot.publishing.trial import Trial
from tests.preview import pages
from tests.preview.pages import (
    BROKEN,
    EVIL,
    EVIL_REFUSED,
    LINK,
    MOCKS,
    NOW,
    PLAIN,
    PRIVATE,
    REAL,
    STAFF,
    WRONG_DAY,
    Read,
)

CLOCK = re.compile(r"\b\d\d\.\d\d WITA")


def read(shown: Trial, folder: Path, config: str = MOCKS) -> Read:
    """The page of a trial whose states were set by hand."""
    (folder / "again").mkdir()
    return Read(render(page_of(shown, pages.around(pages.office(folder / "again", {}, config)))))


def test_held_releases_come_first_and_the_top_counts_what_waits_for_a_person(tmp_path: Path) -> None:
    page = pages.page(tmp_path, {"a.md": PLAIN, "b.md": WRONG_DAY})
    assert [r.state for r in page.releases] == ["held", "scheduled"]
    assert next(f"{c.figure} {c.word}, {c.meaning}" for c in page.counts) == "1 ditahan, menunggu keputusan Anda"


def test_a_held_box_says_why_what_to_mend_and_what_goes_out(tmp_path: Path) -> None:
    text = Read(pages.html(tmp_path, {"b.md": WRONG_DAY})).text
    assert "Mengapa ditahan Kamis (6/9/2022) : 6 September 2022 jatuh pada hari Selasa." in text.replace(
        "(6/9/2022):", "(6/9/2022) :"
    )
    assert "Kalau ada yang salah Betulkan berkas b.md" in text
    assert "Yang terbit (latihan) persis kiriman ke kanal dan x di bawah ini, tanpa Kamis (6/9/2022)" in text
    assert "diragukan" in text


def test_a_release_that_nothing_holds_has_no_held_box(tmp_path: Path) -> None:
    text = Read(pages.html(tmp_path, {"a.md": PLAIN})).text
    assert "Mengapa ditahan" not in text and "diragukan" not in text


def test_what_a_hold_quotes_and_a_post_still_prints_is_said(tmp_path: Path) -> None:
    text = Read(pages.html(tmp_path, {"p.md": PRIVATE})).text
    assert "Tetap memuat 0812-••••-••90" in text


def test_a_held_post_shows_no_clock_time_and_no_copy_button(tmp_path: Path) -> None:
    config = MOCKS + "timetable: {slots: ['12:00']}\n"
    source = pages.html(tmp_path, {"b.md": WRONG_DAY}, config)
    body = Read(source.partition("<main")[2])
    assert not CLOCK.search(body.text) and "data-copy" not in source.partition("<main")[2].partition("<script")[0]


def test_a_scheduled_post_shows_its_time_and_copy_buttons(tmp_path: Path) -> None:
    source = pages.html(tmp_path, {"a.md": PLAIN}, MOCKS + "timetable: {slots: ['12:00']}\n")
    assert "paling cepat Senin, 3 Oktober 2022, 12.00 WITA" in Read(source).text
    copies = Read(source).values("data-copy")
    assert any("*Sosialisasi Pemilih Pemula di Samarinda*" in c for c in copies)
    assert any(c.startswith("Sosialisasi Pemilih Pemula di Samarinda\n") for c in copies)


def test_a_rehearsal_reads_as_one(tmp_path: Path) -> None:
    text = Read(pages.html(tmp_path, {"a.md": PLAIN})).text
    assert text.count("latihan, tidak sampai ke umum") == 2
    assert "Semua tujuan di halaman ini latihan" in text


def test_a_scheduled_rehearsal_is_not_said_to_go_public(tmp_path: Path) -> None:
    text = read(pages.on_record(pages.trial(tmp_path, {"a.md": PLAIN})), tmp_path).text
    assert text.count("Latihan: secepatnya.") == 2 and "Terbit secepatnya" not in text


def test_a_real_destination_is_not_called_a_rehearsal(tmp_path: Path) -> None:
    text = read(pages.on_record(pages.trial(tmp_path, {"a.md": PLAIN, "b.md": WRONG_DAY}, REAL)), tmp_path, REAL).text
    assert "latihan" not in text.lower() and "@kantor" in text and "Terbit secepatnya." in text
    assert "Yang terbit persis kiriman ke kanal dan x" in text


@pytest.mark.parametrize(
    ("config", "said", "unsaid"),
    [(MOCKS, "terbit (latihan)", "Terbit Senin"), (REAL, "Terbit Senin, 3 Oktober 2022, 09.00 WITA", "latihan")],
)
def test_what_was_published_says_whether_anybody_could_see_it(
    tmp_path: Path, config: str, said: str, unsaid: str
) -> None:
    shown = pages.with_state(pages.trial(tmp_path, {"a.md": PLAIN}, config), DeliveryState.PUBLISHED, published_at=NOW)
    text = read(shown, tmp_path, config).text
    assert said in text and unsaid not in text


def test_a_doubtful_post_warns_against_sending_by_hand_and_has_no_buttons(tmp_path: Path) -> None:
    shown = pages.with_state(pages.trial(tmp_path, {"a.md": PLAIN}, REAL), DeliveryState.UNCERTAIN)
    found = read(shown, tmp_path, REAL)
    assert "jangan kirim manual" in found.text and not found.values("data-copy")


def test_a_failed_post_names_the_reason_and_the_command(tmp_path: Path) -> None:
    shown = pages.with_state(
        pages.trial(tmp_path, {"a.md": PLAIN}), DeliveryState.FAILED, error="Ditolak: terlalu besar."
    )
    text = read(shown, tmp_path).text
    assert "Ditolak: terlalu besar." in text and "medsosbot retry 1 kanal" in text


def test_a_paused_destination_promises_nothing(tmp_path: Path) -> None:
    text = Read(pages.html(tmp_path, {"a.md": PLAIN}, paused={"kanal": "Dijeda oleh Rina."})).text
    assert "Belum akan terbit, tujuan ini dijeda: Dijeda oleh Rina." in text
    assert text.count("Bila berkasnya diambil sekarang: secepatnya.") == 1  # x alone


def test_a_held_post_of_a_paused_destination_is_not_promised_either(tmp_path: Path) -> None:
    text = Read(pages.html(tmp_path, {"b.md": WRONG_DAY}, paused={"kanal": "Dijeda oleh Rina."})).text
    assert "kanal sedang dijeda, jadi setelah dilepas pun belum terbit di sana: Dijeda oleh Rina." in text


def test_a_destination_that_left_the_config_promises_nothing(tmp_path: Path) -> None:
    shown = pages.on_record(pages.trial(tmp_path, {"a.md": PLAIN}))
    gone = replace(shown, posts=tuple(replace(p, target=None) for p in shown.posts))
    text = read(gone, tmp_path).text
    assert (
        text.count("Tidak akan terbit: tujuan ini tidak ada lagi di konfigurasi.") == 2 and "paling cepat" not in text
    )


def test_commands_use_the_short_number_once_the_item_is_on_record(tmp_path: Path) -> None:
    text = read(pages.on_record(pages.trial(tmp_path, {"b.md": WRONG_DAY})), tmp_path).text
    assert "Nomor 1" in text and "medsosbot release 1" in text and "medsosbot cancel 1" in text
    assert "belum diambil" not in text


def test_a_file_that_still_waits_has_no_number_to_type(tmp_path: Path) -> None:
    text = Read(pages.html(tmp_path, {"b.md": WRONG_DAY})).text
    assert "berkasnya belum diambil" in text and "medsosbot release" not in text and "Nomor 1" not in text
    assert "ditampilkan seolah diambil saat itu juga" in text


@pytest.mark.parametrize(
    ("staff", "shown"),
    [
        (STAFF, True),
        ("staff: {chat: -1001, members: {'5': penulis}}\n", False),
        ("staff: {members: {'5': editor}}\n", False),
        ("", False),
    ],
)
def test_the_staff_chat_is_named_only_where_an_editor_can_answer_there(tmp_path: Path, staff: str, shown: bool) -> None:
    found = pages.on_record(pages.trial(tmp_path, {"b.md": WRONG_DAY}))
    text = read(found, tmp_path, MOCKS + staff).text
    assert ("/lepas 1" in text) is shown and ("/batal 1" in text) is shown


def test_only_one_post_is_held_and_the_box_says_which(tmp_path: Path) -> None:
    own = PLAIN.replace("---\nSamarinda", f"text: {{x: '{'kata ' * 70}'}}\n---\nSamarinda")
    text = Read(pages.html(tmp_path, {"a.md": own})).text
    assert "Yang ditahan hanya kiriman ke x. Kiriman ke kanal tidak ikut ditahan." in text
    assert "terlalu panjang" in text and "akan ditolak" in text and "Yang terbit persis" not in text


def test_refused_files_stand_at_the_top_with_their_reason(tmp_path: Path) -> None:
    source = pages.html(tmp_path, {"rusak.md": BROKEN, "a.md": PLAIN})
    text = Read(source).text
    assert "1 berkas ditolak, perlu dibetulkan" in text
    assert text.index("rusak.md") < text.index("Rilis asli") and "publish_at" in text


def test_the_page_is_made_also_when_every_file_was_refused(tmp_path: Path) -> None:
    assert "Berkas yang ditolak" in Read(pages.html(tmp_path, {"rusak.md": BROKEN})).text


def test_an_empty_queue_says_so(tmp_path: Path) -> None:
    assert "Tidak ada berkas yang menunggu" in Read(pages.html(tmp_path, {})).text


def test_the_page_says_that_opening_it_sends_nothing(tmp_path: Path) -> None:
    assert "Membuka halaman ini tidak mengirim apa pun." in Read(pages.html(tmp_path, {})).text


@pytest.mark.parametrize(("releases", "folded"), [(FOLD_FROM - 1, False), (FOLD_FROM, True)])
def test_from_ten_releases_on_what_asks_nobody_is_folded(tmp_path: Path, releases: int, folded: bool) -> None:
    files = {f"r{n}.md": PLAIN.replace("emula", f"emula angkatan {n}") for n in range(releases - 1)}
    page = pages.page(tmp_path, files | {"b.md": WRONG_DAY})
    assert len(page.releases) == releases
    assert [r.folded for r in page.releases] == [False, *[folded] * (releases - 1)]


def test_nothing_in_a_hostile_file_becomes_markup(tmp_path: Path) -> None:
    quiet = Read(pages.html(tmp_path, {"a.md": PLAIN}))
    (tmp_path / "evil").mkdir()
    source = pages.html(tmp_path / "evil", {"jahat.md": EVIL, "<b>.md": EVIL_REFUSED})
    found = Read(source)
    assert found.tags.count("script") == 1 and found.tags.count("style") == 1 and "img" not in found.tags
    assert set(found.tags) <= set(quiet.tags) | {"strong", "q", "h2", "h3"}
    assert not [a for a in found.attributes if a[1].startswith("on") or a[2].lower().startswith("javascript:")]
    assert '<script>alert("judul")</script>' in found.text and "{{ 7*7 }}" in found.text


def test_nothing_is_asked_from_outside_and_only_the_releases_link_leads_there(tmp_path: Path) -> None:
    found = Read(pages.html(tmp_path, {"a.md": PLAIN}))
    assert not found.values("src") and "link" not in found.tags and not found.values("style")
    leads = {value for tag, name, value in found.attributes if name == "href" and not value.startswith("#")}
    assert leads == {LINK}
    policy = next(v for v in found.values("content") if "default-src" in v)
    assert policy.startswith("default-src 'none'; style-src 'sha256-") and "unsafe" not in policy


def test_the_same_trial_gives_the_same_page(tmp_path: Path) -> None:
    files = {"a.md": PLAIN, "b.md": WRONG_DAY, "jahat.md": EVIL, "rusak.md": BROKEN}
    settings = pages.office(tmp_path, files)
    made = {render(page_of(looks.preview(settings, FixedClock(NOW), []).trial, pages.around(settings))) for _ in "12"}
    assert len(made) == 1


def test_it_is_indonesian_with_landmarks_and_one_heading_above_all(tmp_path: Path) -> None:
    found = Read(pages.html(tmp_path, {"a.md": PLAIN, "b.md": WRONG_DAY}))
    assert ("html", "lang", "id") in found.attributes and found.tags.count("h1") == 1
    assert {"header", "nav", "main", "footer"} <= set(found.tags)

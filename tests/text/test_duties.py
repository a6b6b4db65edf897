"""Denials, status, deadlines, corrections: what must be said is said, or the post is held."""

from __future__ import annotations

from dataclasses import replace

import pytest

from medsosbot.model import Release
from medsosbot.platforms.styles import X
from medsosbot.text.compose import compose
from medsosbot.text.rules import default_rules
from tests.text.corpus import linked, named

RULES = default_rules()


def post(release: Release) -> str:
    made = compose(linked(release), X, RULES)
    assert made.objections == ()
    return made.parts[0]


def test_a_claim_stands_with_its_denial() -> None:
    shown = post(named("Bantah Kabar Pemindahan"))
    assert "tidak benar" in shown


def test_under_a_label_its_denial_is_told_and_not_the_claim_alone() -> None:
    shown = post(named("[HOAKS]"))
    assert shown.startswith("[HOAKS] ")
    assert "Faktanya, video tersebut direkam di luar negeri" in shown
    assert "menunjukkan tumpukan" not in shown


def test_a_label_that_tells_nobody_whether_it_is_true_goes_with_the_denial() -> None:
    assert "menyatakan klaim itu keliru" in post(named("Cek Fakta: Foto Kotak Suara"))


def test_a_denial_in_running_speech_goes_with_its_speaker() -> None:
    shown = post(named("Klarifikasi Soal Video"))
    assert "menjelaskan bahwa pencoretan" in shown
    assert "Tidak ada perubahan perolehan suara." in shown


def test_time_that_is_granted_goes_with_its_end() -> None:
    assert "s.d. pukul 23.59 Wita" in post(named("Kembalikan Berkas"))


def test_a_false_vacancy_is_called_false() -> None:
    assert "hoaks" in post(named("Lowongan Palsu"))


def test_a_deadline_behind_a_list_goes_with_the_call() -> None:
    shown = post(named("Pendaftaran Calon Anggota PPK"))
    assert "paling lambat Senin (29/4/2024)" in shown
    assert "1. Fotokopi" not in shown


def test_an_inline_list_is_not_cut() -> None:
    shown = post(named("Cek Nama di DPT"))
    assert "KTP elektronik" not in shown
    assert "paling lambat 20 November 2024" in shown


@pytest.mark.parametrize(("title", "word"), [("Debat Publik Kedua", "itunda"), ("KPU Paser Gelar", "dibatalkan")])
def test_a_status_is_never_lost(title: str, word: str) -> None:
    assert word in post(named(title))


def test_a_wrong_figure_goes_only_with_the_right_one() -> None:
    shown = post(named("Ralat: Jumlah"))
    assert "312.540" in shown
    assert shown.index("312.540") > shown.find("312.450")


def test_a_figure_that_may_change_is_called_so() -> None:
    shown = post(named("Partisipasi Pemilih Sementara"))
    assert "71,2 persen" not in shown or "Angka sementara itu" in shown


@pytest.mark.parametrize(
    ("title", "claim", "denial"),
    [
        ("Tidak Ada Perpanjangan", "diperpanjang hingga", "tidak benar"),
        ("Luruskan Kabar", "honor Rp 2 juta", "tidak benar"),
    ],
)
def test_the_denial_comes_right_behind_the_claim(title: str, claim: str, denial: str) -> None:
    shown = post(named(title))
    assert claim not in shown or denial in shown[shown.index(claim) :]


def test_a_labelled_claim_is_not_told_without_its_label() -> None:
    shown = compose(linked(named("Cek Fakta")), X, RULES).parts[0]
    assert shown.startswith("Cek Fakta: ")
    assert "diklaim" not in shown


def test_the_old_day_stands_with_the_new_one() -> None:
    shown = post(named("Diundur"))
    assert shown.index("25/5/2024") < shown.index("26/5/2024")
    assert "08.00" not in shown


def test_a_correction_in_the_title_alone_makes_the_first_figure_the_wrong_one() -> None:
    shown = post(named("RALAT"))
    assert shown.startswith("RALAT.")
    assert shown.index("23 Juni") < shown.index("24 Juni")


def test_dugaan_stays_where_its_word_stays() -> None:
    assert "dugaan pelanggaran kode etik" in post(named("Dugaan Pelanggaran Kode Etik"))
    assert "#" not in post(named("Dugaan Pelanggaran Kode Etik")).replace("#KPUKaltim", "")


def test_running_speech_does_not_stand_without_its_speaker() -> None:
    shown = post(named("Pemahaman Hukum"))
    assert "Integritas adalah" not in shown
    assert "tidak boleh ragu" not in shown


def test_another_events_chairman_does_not_become_the_visits() -> None:
    assert "Budi Harianto" not in post(named("Lantik Pengganti Antarwaktu"))


def test_an_exception_stays_with_what_it_excepts() -> None:
    assert "kecuali layanan pindah memilih" in post(named("Hari Libur Layanan"))


@pytest.mark.parametrize(
    ("title", "gate"), [("Debat Publik Kedua", "status_lost"), ("Pendaftaran Calon Anggota PPK", "deadline_lost")]
)
def test_what_must_be_said_and_does_not_fit_holds_the_post(title: str, gate: str) -> None:
    made = compose(replace(linked(named(title))), replace(X, limit=85), RULES)
    assert {o.gate for o in made.objections} & {gate, "over_limit"}
    assert made.parts[0]


def test_one_candidates_votes_are_not_told_without_the_others() -> None:
    for limit in range(180, 420, 20):
        made = compose(linked(named("Perolehan Suara Pemilihan Bupati")), replace(X, limit=limit), RULES)
        assert ("60.120" in made.parts[0]) is ("71.345" in made.parts[0])


def test_days_from_and_to_are_a_calls_deadline() -> None:
    assert "20 Maret 2024" in post(named("Lomba Maskot"))


def test_a_figure_called_provisional_two_sentences_later_is_still_called_so() -> None:
    assert "belum final" in post(named("Capai 87 Persen"))


def test_plt_stays_before_its_role() -> None:
    assert "Plt. Ketua" in post(named("PPID"))


def test_a_title_that_corrects_leads_where_the_text_does_not_say_so() -> None:
    shown = post(named("Ralat Jadwal"))
    assert shown.startswith("Ralat ")
    assert "20/11/2024" in shown


def test_the_second_events_guest_does_not_become_the_firsts() -> None:
    assert "Ahyani" not in post(named("Pengukuhan Duta"))


def test_provisional_figures_go_with_that_word_or_not_at_all() -> None:
    shown = post(named("dengan Lapas"))
    assert "870" not in shown or "sementara" in shown


def test_an_everyday_release_has_no_such_duty() -> None:
    assert "Diikuti 150 siswa" in post(named("SMKN 1"))

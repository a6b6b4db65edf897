from __future__ import annotations

from medsosbot.errors import Fault
from medsosbot.queue_folder import reasons

LINE = 'title: "' + "Rapat Pleno Rekapitulasi " * 8 + '"'


def test_a_reason_shows_line_fault_and_the_mended_line_to_be_copied() -> None:
    text = reasons.text("a.md", "a-2.md", [Fault("judul kosong", f"Tulis: {LINE}", line=2)])
    assert text.startswith("Ditolak: a.md\n")
    assert "Baris 2: judul kosong.\nTulis:\n" in text
    assert f"\n\n{LINE}\n\n" in text  # at the margin: who copies the whole line copies no blanks
    assert "rejected/a-2.md" in " ".join(text.split())


def test_a_reason_is_readable_in_length() -> None:
    text = reasons.text("a.md", "a.md", [Fault("kata " * 40, "saran " * 40)] * 30)
    assert max(map(len, text.split("\n"))) <= 80
    assert "Dan 20 kesalahan lain." in text


def test_several_faults_are_numbered_and_one_is_not() -> None:
    two = reasons.text("a.md", "a.md", [Fault("satu", line=1), Fault("dua", line=2)])
    assert "1. Baris 1: satu." in two
    assert "2. Baris 2: dua." in two
    assert "1. " not in reasons.text("a.md", "a.md", [Fault("satu", line=3)])


def test_a_file_without_front_matter_gets_a_whole_example() -> None:
    assert "Contoh berkas yang benar" in reasons.text("a.md", "a.md", [Fault("kosong", "Awali …", key="front matter")])
    assert "Contoh" not in reasons.text("a.md", "a.md", [Fault("kosong")])


def test_what_a_reason_says_is_read_back() -> None:
    faults = [Fault("judul kosong", f"Hapus salah satunya. Tulis: {LINE}", line=2), Fault("dua")]
    told = reasons.read_back(reasons.text("a.md", "a-2.md", faults))
    assert told == reasons.Told("a.md", "Baris 2: judul kosong.")


def test_a_long_fault_is_read_back_whole() -> None:
    told = reasons.read_back(reasons.text("a.md", "a.md", [Fault("kata " * 40 + "akhir", "Saran. Lagi.")]))
    assert told is not None
    assert told.why.endswith("kata akhir.")


def test_somebody_elses_note_is_no_reason() -> None:
    assert reasons.read_back("catatan orang") is None
    assert reasons.read_back("Ditolak: a.md") == reasons.Told("a.md", "")


def test_a_summary_is_one_line() -> None:
    summary = reasons.summary([Fault("judul kosong", "Tulis: title: a", line=2), Fault("isi kosong")])
    assert summary == "Baris 2: judul kosong. Tulis: title: a Isi kosong."


def test_a_reason_stays_true_after_the_mended_file_was_accepted() -> None:
    text = " ".join(reasons.text("a.md", "a.md", [Fault("judul kosong", line=2)]).split())
    assert "dibuat saat berkas itu ditolak; abaikan bila sesudahnya sudah diterima" in text
    assert "Saat ditolak, belum ada yang terbit dari berkas itu." in text


def test_of_what_is_out_it_is_not_said_that_nothing_is_out_nor_to_hand_it_in_again() -> None:
    reason = reasons.text("a.md", "a.md", [Fault("sudah terbit di kanal", "Untuk ralat, …", key=reasons.OUT)])
    assert "belum ada yang terbit" not in reason and "taruh lagi" not in reason
    assert reasons.read_back(reason) == reasons.Told("a.md", "Sudah terbit di kanal.")


def test_several_mended_lines_stand_at_the_margin_and_in_a_summary_on_one_line() -> None:
    fault = Fault("garis berubah", "Ketik. Tulis: ---\ntitle: a\n---", line=1)
    assert "Tulis:\n\n---\ntitle: a\n---\n\n" in reasons.text("a.md", "a.md", [fault, Fault("dua")])
    assert reasons.summary([fault]).endswith("Tulis: --- / title: a / ---")

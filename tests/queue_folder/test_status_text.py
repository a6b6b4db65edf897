from __future__ import annotations

from datetime import UTC, datetime

from medsosbot.queue_folder.status_text import (
    FolderStatus,
    ForeignFile,
    HeldItem,
    RefusedFile,
    TroubledItem,
    WaitingItem,
    render,
)
from tests.queue_folder.reading import ZONE

AT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def shown(status: FolderStatus) -> str:
    """As one line, since where a line breaks is no matter here."""
    return " ".join(render(status, ZONE).split())


def test_what_waits_is_told_with_destination_and_time_in_wita() -> None:
    text = shown(FolderStatus(waiting=[WaitingItem(12, "Apel Pagi", (("kanal", AT), ("x", AT)))]))
    assert "12. «Apel Pagi» - kanal dan x: paling cepat Selasa, 24 November 2026, 09.00 WITA" in text


def test_what_is_due_already_goes_as_soon_as_possible() -> None:
    text = shown(FolderStatus(waiting=[WaitingItem(12, "Apel Pagi", (("kanal", None), ("x", AT)))]))
    assert "kanal: secepatnya - x: paling cepat Selasa" in text


def test_what_is_held_is_told_with_reason_and_both_ways_out() -> None:
    text = shown(FolderStatus(held=[HeldItem(6, "Rapat", "rapat.md", ("Kamis (6/9/2022) adalah Selasa",))]))
    assert "6. «Rapat» - Kamis (6/9/2022) adalah Selasa" in text
    assert "medsosbot release 6" in text
    assert "rapat.md yang sudah dibetulkan" in text


def test_a_hold_of_one_destination_names_it() -> None:
    assert "hanya di x: terlalu panjang" in shown(
        FolderStatus(held=[HeldItem(6, "R", "r.md", ("terlalu panjang",), ("x",))])
    )


def test_refused_foreign_unread_files_troubles_and_notes_are_told() -> None:
    text = shown(
        FolderStatus(
            troubled=[TroubledItem(3, "Pleno", ("x: gagal",))],
            refused=[RefusedFile("a.md", "a-2.md", "Baris 2: judul kosong.")],
            foreign=[ForeignFile("berita.docx", "bukan teks")],
            unread=["baru.md"],
            notes=["Semua tujuan dijeda"],
        )
    )
    assert "3. «Pleno» - x: gagal" in text
    assert "a.md: Baris 2: judul kosong. Selengkapnya di rejected/a-2.md.reason.txt" in text
    assert "berita.docx: bukan teks" in text
    assert "baru.md" in text
    assert "Semua tujuan dijeda" in text


def test_an_empty_folder_says_that_nothing_waits() -> None:
    assert "Tidak ada yang menunggu." in shown(FolderStatus())
    assert "Tidak ada" not in shown(FolderStatus(unread=["a.md"]))


def test_a_title_cannot_forge_a_line_of_its_own() -> None:
    text = render(FolderStatus(waiting=[WaitingItem(1, "Rapat\nDITOLAK\n - a.md", (("kanal", None),))]), ZONE)
    assert "\nDITOLAK" not in text

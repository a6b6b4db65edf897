from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from medsosbot.errors import Fault, StorageError
from medsosbot.queue_folder.folder import QueueFolder, stable

FAULT = Fault("judul kosong", 'Tulis: title: "Rapat"', line=2)
EVER = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> QueueFolder:
    (tmp_path / "queue").mkdir()
    return QueueFolder(tmp_path / "queue")


def put(folder: QueueFolder, name: str, text: str = "isi") -> Path:
    path = folder.path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def names(folder: QueueFolder) -> list[str]:
    return [seen.name for seen in folder.look()]


def everything(folder: QueueFolder) -> dict[str, str]:
    return {str(p.relative_to(folder.path)): p.read_text("utf-8") for p in folder.path.rglob("*") if p.is_file()}


def test_it_sees_queue_files_by_name(folder: QueueFolder) -> None:
    for name in ("b.txt", "a.md", "C.MD", "berita.md.txt"):
        put(folder, name)
    assert names(folder) == ["C.MD", "a.md", "b.txt", "berita.md.txt"]
    assert folder.foreign() == ()


def test_it_does_not_see_dot_files_nor_what_is_never_a_queue_file(folder: QueueFolder) -> None:
    for name in (".a.md", "._b.md", "STATUS.txt", "status.TXT", "a.md.reason.txt", "A.MD.REASON.TXT"):
        put(folder, name)
    put(folder, "accepted/c.md")
    put(folder, "rejected/d.md")
    assert names(folder) == []
    assert folder.foreign() == ()


def test_it_names_foreign_files_with_what_to_do(folder: QueueFolder) -> None:
    for name in ("berita.docx", "rapat.jpg", "tanpa-akhiran"):
        put(folder, name)
    (folder.path / "arsip.md").mkdir()
    (folder.path / "pintasan").symlink_to("berita.docx")
    found = {foreign.name: foreign.why for foreign in folder.foreign()}
    assert sorted(found) == ["arsip.md/", "berita.docx", "pintasan", "rapat.jpg", "tanpa-akhiran"]
    assert "Teks Biasa (.txt)" in found["berita.docx"]
    assert names(folder) == []


def test_a_name_that_no_text_can_carry_is_foreign(folder: QueueFolder) -> None:
    Path(os.fsdecode(os.fsencode(folder.path) + b"/rapat\xff.md")).write_text("isi")
    put(folder, "dua\nbaris.md")
    put(folder, "ba\u202elik.md")
    assert names(folder) == []
    for foreign in folder.foreign():
        assert "�" in foreign.name
        assert foreign.name.encode()


def test_a_link_or_pipe_of_a_queue_name_is_seen_so_that_it_can_be_refused(folder: QueueFolder) -> None:
    (folder.path / "a.md").symlink_to("/etc/hostname")
    os.mkfifo(folder.path / "b.md")
    assert names(folder) == ["a.md", "b.md"]
    assert folder.refuse("a.md", [FAULT]) == "a.md"
    assert folder.refuse("b.md", [FAULT]) == "b.md"
    assert names(folder) == []
    assert (folder.path / "rejected" / "a.md").is_symlink()


def test_a_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    folder = QueueFolder(tmp_path / "nirgends")
    assert (folder.look(), folder.foreign(), folder.accepted(), folder.refused(EVER)) == ((), (), (), ())
    assert not folder.path.exists()


def test_a_file_that_is_being_written_is_not_stable(folder: QueueFolder) -> None:
    put(folder, "a.md")
    put(folder, "b.md")
    before = folder.look()
    put(folder, "b.md", "isi yang bertambah")
    put(folder, "c.md")
    assert [seen.name for seen in stable(before, folder.look())] == ["a.md"]


def test_an_accepted_file_moves_as_it_is(folder: QueueFolder) -> None:
    put(folder, "a.md", "isi")
    assert folder.accept("a.md") == "a.md"
    assert everything(folder) == {"accepted/a.md": "isi"}
    assert folder.accepted() == ("a.md",)


def test_a_name_that_is_taken_gets_a_number_and_nothing_is_overwritten(folder: QueueFolder) -> None:
    for text in ("satu", "dua", "tiga"):
        put(folder, "a.md", text)
        folder.accept("a.md")
    assert everything(folder) == {"accepted/a.md": "satu", "accepted/a-2.md": "dua", "accepted/a-3.md": "tiga"}


def test_a_refused_file_moves_with_its_reason_beside_it(folder: QueueFolder) -> None:
    put(folder, "a.md", "isi")
    assert folder.refuse("a.md", [FAULT]) == "a.md"
    found = everything(folder)
    assert found["rejected/a.md"] == "isi"
    assert "Baris 2: judul kosong." in found["rejected/a.md.reason.txt"]
    assert sorted(found) == ["rejected/a.md", "rejected/a.md.reason.txt"]


def test_a_second_refusal_keeps_the_first_and_its_reason(folder: QueueFolder) -> None:
    for text, what in (("satu", "judul kosong"), ("dua", "isi kosong")):
        put(folder, "a.md", text)
        folder.refuse("a.md", [Fault(what)])
    found = everything(folder)
    assert (found["rejected/a.md"], found["rejected/a-2.md"]) == ("satu", "dua")
    assert "Judul kosong" in found["rejected/a.md.reason.txt"]
    assert "Isi kosong" in found["rejected/a-2.md.reason.txt"]
    assert "rejected/a-2.md" in found["rejected/a-2.md.reason.txt"]


def test_a_reason_whose_file_was_taken_away_is_not_overwritten(folder: QueueFolder) -> None:
    put(folder, "rejected/a.md.reason.txt", "catatan orang")
    put(folder, "a.md")
    assert folder.refuse("a.md", [FAULT]) == "a-2.md"
    assert everything(folder)["rejected/a.md.reason.txt"] == "catatan orang"


def test_a_refusal_that_was_cut_short_behind_its_reason_goes_on(folder: QueueFolder) -> None:
    put(folder, "a.md")
    folder.refuse("a.md", [FAULT])
    (folder.path / "rejected" / "a.md").rename(folder.path / "a.md")  # as if killed before the move
    assert folder.refuse("a.md", [FAULT]) == "a.md"
    assert sorted(everything(folder)) == ["rejected/a.md", "rejected/a.md.reason.txt"]


def test_a_move_that_was_cut_short_behind_its_claim_goes_on(folder: QueueFolder) -> None:
    put(folder, "a.md")
    put(folder, "accepted/a.md", "")
    assert folder.accept("a.md") == "a.md"
    assert everything(folder) == {"accepted/a.md": "isi"}


def test_a_refusal_that_was_cut_short_behind_its_claim_goes_on(folder: QueueFolder) -> None:
    put(folder, "a.md")
    folder.refuse("a.md", [FAULT])
    (folder.path / "rejected" / "a.md").rename(folder.path / "a.md")
    put(folder, "rejected/a.md", "")
    assert folder.refuse("a.md", [FAULT]) == "a.md"
    assert sorted(everything(folder)) == ["rejected/a.md", "rejected/a.md.reason.txt"]
    assert everything(folder)["rejected/a.md"] == "isi"


def test_an_empty_file_that_was_refused_stays_when_another_of_its_name_is_refused(folder: QueueFolder) -> None:
    put(folder, "a.md", "")
    folder.refuse("a.md", [Fault("berkas kosong")])
    put(folder, "a.md", "isi")
    assert folder.refuse("a.md", [FAULT]) == "a-2.md"


@pytest.mark.parametrize("move", ["accept", "refuse"])
def test_moving_what_was_moved_before_does_no_harm(folder: QueueFolder, move: str) -> None:
    def again() -> str:
        return folder.accept("a.md") if move == "accept" else folder.refuse("a.md", [FAULT])

    put(folder, "a.md")
    assert again() == "a.md"
    before = everything(folder)
    assert again() == ""
    assert everything(folder) == before


def test_a_file_that_changed_since_it_was_read_stays(folder: QueueFolder) -> None:
    put(folder, "a.md", "lama")
    [seen] = folder.look()
    put(folder, "a.md", "baru sekali")
    assert folder.accept("a.md", seen=seen) == ""
    assert folder.refuse("a.md", [FAULT], seen=seen) == ""
    assert everything(folder) == {"a.md": "baru sekali"}


def test_a_file_that_did_not_change_since_it_was_read_moves(folder: QueueFolder) -> None:
    put(folder, "a.md", "lama")
    [seen] = folder.look()
    assert folder.accept("a.md", seen=seen) == "a.md"


def test_a_name_as_long_as_a_file_system_allows_finds_its_place(folder: QueueFolder) -> None:
    name = "é" * 125 + ".md"
    for text in ("satu", "dua"):
        put(folder, name, text)
        assert folder.refuse(name, [FAULT])
    assert sorted(t for n, t in everything(folder).items() if n.endswith(".md")) == ["dua", "satu"]


def test_a_disk_that_refuses_is_a_storage_error_and_the_file_stays(folder: QueueFolder) -> None:
    put(folder, "a.md")
    put(folder, "accepted")  # a file where the folder should be
    put(folder, "rejected")
    with pytest.raises(StorageError):
        folder.accept("a.md")
    with pytest.raises(StorageError):
        folder.refuse("a.md", [FAULT])
    assert names(folder) == ["a.md"]


def test_the_status_is_written_only_when_it_says_something_else(folder: QueueFolder) -> None:
    assert folder.write_status("satu\n")
    assert not folder.write_status("satu\n")
    assert folder.write_status("dua\n")
    assert everything(folder) == {"STATUS.txt": "dua\n"}


def test_the_status_never_follows_a_symlink(folder: QueueFolder, tmp_path: Path) -> None:
    (tmp_path / "rahasia").write_text("token")
    (folder.path / "STATUS.txt").symlink_to(tmp_path / "rahasia")
    assert folder.write_status("satu\n")
    assert (tmp_path / "rahasia").read_text() == "token"
    assert not (folder.path / "STATUS.txt").is_symlink()


def test_the_status_is_written_over_the_draft_of_a_killed_process(folder: QueueFolder) -> None:
    put(folder, ".STATUS.txt.new", "separ")
    assert folder.write_status("satu\n")
    assert everything(folder) == {"STATUS.txt": "satu\n"}


def test_a_refused_file_is_told_with_its_first_fault(folder: QueueFolder) -> None:
    put(folder, "a.md")
    folder.refuse("a.md", [FAULT, Fault("isi kosong")])
    [told] = folder.refused(EVER)
    assert (told.name, told.file, told.why) == ("a.md", "a.md", "Baris 2: judul kosong.")


def test_of_one_name_only_the_newest_refusal_is_told(folder: QueueFolder) -> None:
    for what in ("judul kosong", "isi kosong"):
        put(folder, "a.md")
        folder.refuse("a.md", [Fault(what)])
    old = folder.path / "rejected" / "a.md.reason.txt"
    os.utime(old, ns=(0, old.stat().st_mtime_ns - 10**9))
    assert [(told.file, told.why) for told in folder.refused(EVER)] == [("a-2.md", "Isi kosong.")]


def test_a_refused_file_is_not_told_once_one_of_its_name_is_accepted(folder: QueueFolder) -> None:
    for name in ("a.md", "b.md"):
        put(folder, name)
        folder.refuse(name, [FAULT])
    reason = folder.path / "rejected" / "a.md.reason.txt"
    os.utime(reason, ns=(0, reason.stat().st_mtime_ns - 10**9))
    put(folder, "a.md")
    folder.accept("a.md")
    assert [told.name for told in folder.refused(EVER)] == ["b.md"]


def test_a_refused_file_is_not_told_once_one_of_its_name_is_accepted_under_a_number(folder: QueueFolder) -> None:
    put(folder, "a.md")
    folder.refuse("a.md", [FAULT])
    reason = folder.path / "rejected" / "a.md.reason.txt"
    os.utime(reason, ns=(0, reason.stat().st_mtime_ns - 10**9))
    put(folder, "accepted/a.md")
    put(folder, "a.md")
    assert folder.accept("a.md") == "a-2.md"
    (folder.path / "accepted" / "a.md").unlink()
    assert folder.refused(EVER) == ()


def test_an_older_refusal_than_asked_for_is_not_told(folder: QueueFolder) -> None:
    put(folder, "a.md")
    folder.refuse("a.md", [FAULT])
    assert folder.refused(folder.refused(EVER)[0].at + timedelta(seconds=1)) == ()

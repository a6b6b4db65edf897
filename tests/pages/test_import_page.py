from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medsosbot.errors import QueueItemError, StorageError
from medsosbot.pages.import_page import file_name, file_text, import_page
from medsosbot.pages.page import ImportReport, PageRelease
from medsosbot.queue_folder.read import understand
from medsosbot.text.rules import default_rules
from tests.pages.shapes import BYLINE, DATELINES, PROSE, page

SEEDS = Path(__file__).parents[2] / "seeds" / "berita-terkini.txt"
RULES = default_rules()
BODY = DATELINES[0] + PROSE + BYLINE
ZONE = ZoneInfo("Asia/Makassar")


def nothing_known(title: str, body: str) -> bool:
    return False


def put(folder: Path, text: str) -> Path:
    """Beside the queue files, but none of them."""
    path = folder / "halaman.page"
    path.write_text(text, "utf-8")
    return path


def bring_in(path: Path, into: Path) -> ImportReport:
    return import_page(path, into, nothing_known, RULES)


def test_each_release_becomes_a_file_named_by_date_and_first_words(tmp_path: Path) -> None:
    report = bring_in(SEEDS, tmp_path / "queue")
    assert report.written[0] == "2022-09-27-koordinasi-penyusunan-kesimpulan-atas-dugaan.md"
    assert sorted(report.written) == sorted(path.name for path in (tmp_path / "queue").iterdir())
    assert len(report.written) == 6
    assert report.unread == ()


def test_what_was_imported_is_read_as_the_same_release(tmp_path: Path) -> None:
    bring_in(SEEDS, tmp_path)
    items = [understand(path.name, path.read_bytes(), ZONE, (), RULES) for path in sorted(tmp_path.iterdir())]
    assert [str(item.release.date) for item in items] == sorted(str(item.release.date) for item in items)
    assert all(item.second_dateline is None and not item.remarks for item in items)


def test_importing_twice_makes_no_twins(tmp_path: Path) -> None:
    first = bring_in(SEEDS, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    again = bring_in(SEEDS, tmp_path)
    assert again.written == ()
    assert again.known == first.written
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_an_accepted_release_is_known_also_when_its_file_was_edited_by_hand(tmp_path: Path) -> None:
    [name] = bring_in(put(tmp_path, page("Satu Judul", BODY)), tmp_path / "queue").written
    accepted = tmp_path / "queue" / "accepted"
    accepted.mkdir()
    text = (tmp_path / "queue" / name).read_text("utf-8").replace("title: Satu Judul", 'title: "Satu  Judul"\nid: satu')
    (tmp_path / "queue" / name).unlink()
    (accepted / "lain.md").write_text(text.replace("\n", "\r\n"), "utf-8")
    assert bring_in(tmp_path / "halaman.page", tmp_path / "queue").known == ("lain.md",)


def test_a_release_saved_as_plain_text_is_known(tmp_path: Path) -> None:
    (tmp_path / "rilis.txt").write_bytes(f"Satu Judul\r\n\r\n{BODY}".encode("cp1252"))
    assert bring_in(put(tmp_path, page("Satu Judul", BODY)), tmp_path).known == ("rilis.txt",)


def test_a_page_of_one_release_that_lies_in_the_folder_is_a_queue_file_already(tmp_path: Path) -> None:
    path = tmp_path / "rilis.txt"
    path.write_text(page("Satu Judul", BODY), "utf-8")
    assert bring_in(path, tmp_path) == ImportReport((), ("rilis.txt",), ())


def test_what_the_database_knows_is_not_written(tmp_path: Path) -> None:
    asked = []

    def known(title: str, body: str) -> bool:
        asked.append((title, body))
        return title == "Satu Judul"

    path = put(tmp_path, page("Satu Judul", BODY, "Dua Judul", BODY))
    report = import_page(path, tmp_path / "queue", known, RULES)
    assert (len(report.written), report.known) == (1, ("2023-06-07-satu-judul.md",))
    assert asked == [("Satu Judul", BODY), ("Dua Judul", BODY)]


def test_a_release_that_stands_twice_on_a_page_is_written_once(tmp_path: Path) -> None:
    report = bring_in(put(tmp_path, page("Satu Judul", BODY, "Satu Judul", BODY)), tmp_path / "queue")
    assert (report.written, report.known) == (("2023-06-07-satu-judul.md",), ("2023-06-07-satu-judul.md",))


def test_two_releases_of_one_name_get_two_files(tmp_path: Path) -> None:
    text = page("Satu Judul Yang Sama Saja Pagi", BODY, "Satu Judul Yang Sama Saja Sore", BODY)
    report = bring_in(put(tmp_path, text), tmp_path / "queue")
    assert report.written == ("2023-06-07-satu-judul-yang-sama-saja.md", "2023-06-07-satu-judul-yang-sama-saja-2.md")


def test_another_release_avoids_the_name_of_an_accepted_file(tmp_path: Path) -> None:
    (tmp_path / "accepted").mkdir()
    (tmp_path / "accepted" / "2023-06-07-satu-judul.md").write_text("---\ntitle: Lain Sekali\n---\nIsi\n", "utf-8")
    assert bring_in(put(tmp_path, page("Satu Judul", BODY)), tmp_path).written == ("2023-06-07-satu-judul-2.md",)


def test_a_corrected_release_takes_the_name_of_the_accepted_one(tmp_path: Path) -> None:
    (tmp_path / "accepted").mkdir()
    (tmp_path / "accepted" / "2023-06-07-satu-judul.md").write_text("---\ntitle: Satu Judul\n---\nLama\n", "utf-8")
    assert bring_in(put(tmp_path, page("Satu Judul", BODY)), tmp_path).written == ("2023-06-07-satu-judul.md",)


def test_nothing_that_lies_there_is_overwritten(tmp_path: Path) -> None:
    target = tmp_path / "2023-06-07-satu-judul.md"
    target.symlink_to(tmp_path / "jauh.md")
    assert bring_in(put(tmp_path, page("Satu Judul", BODY)), tmp_path).written == ("2023-06-07-satu-judul-2.md",)
    assert not (tmp_path / "jauh.md").exists()


def test_what_cannot_be_read_is_reported_with_its_line(tmp_path: Path) -> None:
    report = bring_in(put(tmp_path, page("Satu Judul", BODY, BODY)), tmp_path / "queue")
    assert [(u.line, u.text) for u in report.unread] == [(5, BODY)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_page_saved_by_word_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "halaman.txt"
    path.write_bytes(page("Satu Judul", BODY).replace("\n", "\r\n").encode(encoding))
    assert bring_in(path, tmp_path / "queue").written == ("2023-06-07-satu-judul.md",)


def test_a_page_that_is_not_there_is_a_fault_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(QueueItemError, match=r"hilang\.txt"):
        bring_in(tmp_path / "hilang.txt", tmp_path)


def test_a_folder_that_is_no_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "queue").write_text("")
    with pytest.raises(StorageError):
        bring_in(put(tmp_path, page("Satu Judul", BODY)), tmp_path / "queue")


def test_a_pipe_in_the_folder_does_not_hang_the_import(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipa.md")
    assert bring_in(put(tmp_path, page("Satu Judul", BODY)), tmp_path).written


def test_a_file_without_a_date_is_named_by_its_words_alone() -> None:
    assert file_name(PageRelease("«Rapat» Ke-2: Séminar", "Isi", 1)) == "rapat-ke-2-seminar.md"
    assert file_name(PageRelease("…", "Isi", 1)) == "rilis.md"


WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Co", "Cn", "Zl", "Zp"]), min_size=1, max_size=40)


@settings(suppress_health_check=[HealthCheck.filter_too_much], deadline=None)
@given(title=WORDS, lines=st.lists(WORDS, min_size=1, max_size=4), day=st.none() | st.dates(date(1999, 1, 1)))
def test_any_release_survives_the_way_through_a_file(title: str, lines: list[str], day: date | None) -> None:
    title = " ".join(title.split())
    title = title if any(c.isalnum() for c in title) else f"Judul {title}".strip()
    body = "\n\n".join(stripped for line in lines if (stripped := line.strip())) or "Isi"
    text = file_text(PageRelease(title, body, 1, day))
    item = understand("a.md", text.encode(), ZONE, (), RULES)
    assert (item.release.title, item.release.body, item.release.date) == (title, body, day)
    assert item.remarks == ()

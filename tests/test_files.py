from __future__ import annotations

import pathlib

import pytest

from medsosbot import files


@pytest.mark.parametrize(
    ("name", "n", "expected"),
    [
        ("rapat.md", 1, "rapat.md"),
        ("rapat.md", 2, "rapat-2.md"),
        ("a.md.txt", 3, "a.md-3.txt"),
        ("catatan", 2, "catatan-2"),
    ],
)
def test_a_number_stands_before_the_suffix(name: str, n: int, expected: str) -> None:
    assert files.numbered(name, n) == expected


def test_a_long_name_loses_the_end_of_its_stem_and_no_half_letter_is_left() -> None:
    name = files.numbered("é" * 200 + ".md", 12)
    assert len(name.encode()) <= files.LONGEST_NAME
    assert name.endswith("é-12.md")


def test_a_claimed_name_is_new_and_what_was_there_stays(tmp_path: pathlib.Path) -> None:
    (tmp_path / "a.md").write_text("isi")
    (tmp_path / "a-2.md").symlink_to("hilang")
    assert files.claim(tmp_path, "a.md").name == "a-3.md"
    assert (tmp_path / "a.md").read_text() == "isi"
    assert not (tmp_path / "hilang").exists()


def test_a_file_is_replaced_whole_and_leaves_no_draft(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "a.txt"
    files.write_whole(path, "satu\n")
    files.write_whole(path, "dua\n")
    assert path.read_bytes() == b"dua\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_draft_that_is_a_symlink_is_not_written_through(tmp_path: pathlib.Path) -> None:
    (tmp_path / "rahasia").write_text("token")
    (tmp_path / ".a.txt.new").symlink_to(tmp_path / "rahasia")
    files.write_whole(tmp_path / "a.txt", "isi")
    assert (tmp_path / "rahasia").read_text() == "token"


def test_a_write_that_fails_leaves_the_old_file_and_no_draft(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "a.txt"
    files.write_whole(path, "satu")
    with pytest.raises(UnicodeEncodeError):
        files.write_whole(path, "dua \ud800")
    assert path.read_text() == "satu"
    assert list(tmp_path.iterdir()) == [path]

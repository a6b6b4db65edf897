from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medsosbot.queue_folder.item import clean_id, id_of_file


@pytest.mark.parametrize(
    ("name", "item_id"),
    [
        ("rapat.md", "rapat"),
        ("Rapat Pleno (2).md", "Rapat-Pleno--2-"),
        ("2022-09-06-rapat.md", "2022-09-06-rapat"),
        ("rapat_v1.2.md", "rapat_v1.2"),
        ("-rapat.txt", "rapat"),
        ("12.md", "item-12"),
        ("2022.MD", "item-2022"),
        ("rapat.md.txt", "rapat"),
        ("Rapat.MD.TXT", "Rapat"),
        ("x" * 100 + ".md", "x" * 80),
        ("séminar.md", "séminar"),
    ],
)
def test_an_id_is_made_of_the_files_name(name: str, item_id: str) -> None:
    assert id_of_file(name) == item_id


def test_two_spellings_of_one_name_give_one_id() -> None:
    assert id_of_file(unicodedata.normalize("NFD", "séminar.md")) == "séminar"


def test_a_name_of_signs_alone_gives_an_id_too_and_not_the_same_for_all() -> None:
    assert id_of_file("!!!.md").startswith("item-")
    assert id_of_file("!!!.md") != id_of_file("???.md")


@given(st.text(min_size=1))
def test_an_id_is_clean_and_stays_as_it_is(text: str) -> None:
    item_id = id_of_file(f"{text}.md")
    assert 1 <= len(item_id) <= 80
    assert not item_id.startswith("-")
    assert not item_id.isdigit()
    assert clean_id(item_id) == item_id

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from medsosbot import front_matter, strict_yaml

LINE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufffe\uffff\ufeff"))


def test_a_text_that_opens_with_something_else_has_no_envelope() -> None:
    assert front_matter.split("Judul\n---\nIsi") is None
    assert front_matter.split("") is None


def test_an_envelope_knows_its_lines_in_the_file() -> None:
    found = front_matter.split("\n---\ntitle: a\n---\n\nIsi\n---\n")
    assert found is not None
    assert (found.head, found.head_line, found.body_line, found.closed) == ("title: a", 3, 5, True)
    assert found.body == "\nIsi\n---\n"


def test_an_envelope_without_its_second_fence_is_told_apart() -> None:
    found = front_matter.split("---\ntitle: a\n")
    assert found is not None
    assert not found.closed


@given(title=LINE, tags=st.lists(LINE), own=st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), LINE))
def test_what_is_written_is_read_back(title: str, tags: list[str], own: dict[str, str]) -> None:
    fields: dict[str, strict_yaml.Value] = {"title": title, "tags": [*tags], "own": {**own} if own else None}
    found = front_matter.split(front_matter.write(fields, "Isi"))
    assert found is not None
    read = strict_yaml.load(found.head).data
    assert read == {"title": title, "tags": tags} | ({"own": own} if own else {})

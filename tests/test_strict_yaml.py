from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medsosbot.strict_yaml import LARGEST, StrictYamlError, YamlFault, load


def kinds(text: str) -> list[str]:
    with pytest.raises(StrictYamlError) as refused:
        load(text)
    return [fault.kind for fault in refused.value.faults]


@pytest.mark.parametrize("value", ["21:00", "010", "no", "on", "2022-09-06", "1e3", "0x1F", "1_000", "=", ".inf"])
def test_a_scalar_stays_as_it_was_typed(value: str) -> None:
    assert load(f"k: {value}").data == {"k": value}


@pytest.mark.parametrize("value", ["", "~", "null"])
def test_nothing_is_none_only_without_quotes(value: str) -> None:
    assert load(f"k: {value}").data == {"k": None}
    assert load(f"k: '{value}'").data == {"k": value}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a: 1\na: 2", "duplicate"),
        ("a: {b: 1, b: 2}", "duplicate"),
        ("a: &x 1", "anchor"),
        ("a: *x", "alias"),
        ("<<: {a: 1}", "alias"),
        ("a: !!int 1", "tag"),
        ("a: b: c", "syntax"),
        ("a: [1", "syntax"),
        ('a: "', "syntax"),
        ("a\x00b", "syntax"),
        ('a: "\\UFFFFFFFF"', "escape"),
        ('a: "\\uD800"', "escape"),
        ("[a]: b", "key"),
        ("a: 1\n---\nb: 2", "documents"),
        ("[" * 500, "deep"),
        ("a: " + "x" * LARGEST, "large"),
    ],
)
def test_it_refuses_what_could_surprise(text: str, kind: str) -> None:
    assert kind in kinds(text)


def test_it_tells_every_doubled_key_at_once_with_its_line() -> None:
    with pytest.raises(StrictYamlError) as refused:
        load("a: 1\na: 2\nb: 3\nb: 4", first_line=2)
    assert [(fault.text, fault.line) for fault in refused.value.faults] == [("a", 3), ("b", 5)]


def test_it_knows_the_line_of_each_key_and_member() -> None:
    document = load("a: 1\nb:\n  - x\n  - c: d\n", first_line=10)
    assert document.line(("b",)) == 11
    assert document.line(("b", 0)) == 12
    assert document.line(("b", 1, "c")) == 13


def test_it_names_the_nearest_line_for_a_path_that_is_not_there() -> None:
    assert load("a: 1\nb:\n  c: 2").line(("b", "missing")) == 2


def test_it_takes_an_empty_text_for_nothing() -> None:
    assert load("").data is None


def faults_of(text: str) -> list[YamlFault]:
    try:
        load(text)
    except StrictYamlError as e:
        return e.faults
    return []


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_with_a_line(text: str) -> None:
    assert all(fault.line >= 1 for fault in faults_of(text))


@given(st.text(alphabet="ab:-#'\"[]{}&*!|>%@,\\Uu0 \n\t?", max_size=60))
def test_any_heap_of_signs_is_read_or_refused_with_a_line(text: str) -> None:
    assert all(fault.line >= 1 for fault in faults_of(text))

"""The rules are data: checked when they are read, with file and entry named where something is wrong."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from medsosbot.text.rules import Rules, default_data, default_rules


def data(**changes: Any) -> dict[str, Any]:
    return copy.deepcopy(default_data()) | changes


def test_the_package_carries_rules_that_can_be_read() -> None:
    assert default_rules().hashtags.brand == ("#KPUKaltim",)
    assert any(one.short == "Bawaslu" for one in default_rules().glossary)


def test_the_default_rules_are_read_once() -> None:
    assert default_rules() is default_rules()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"glossary": "KPU"}, "glossary.yaml"),
        ({"glossary": [{"from": "Komisi", "to": "K", "tier": "4"}]}, "entry 1: tier"),
        ({"glossary": [{"from": "Komisi", "to": "K", "tier": "0", "kind": "x"}]}, "kind: unknown key"),
        ({"glossary": [{"from": "A B", "to": "C", "tier": "0"}, {"from": "A B", "to": "D", "tier": "0"}]}, "entry 2"),
        (
            {
                "glossary": [
                    {"from": "Rapat Kerja", "to": "Raker", "tier": "0"},
                    {"from": "Raker X", "to": "RX", "tier": "0"},
                ]
            },
            "twice",
        ),
        ({"typos": ["x"]}, "typos.yaml"),
        ({"phrases": {"more": ""}}, "phrases.yaml: more"),
        ({"phrases": {"more": "Baca", "less": "x"}}, "less: unknown key"),
        ({"hashtags": {"brand": ["KPU Kaltim"], "max": "2"}}, "no hashtag"),
        ({"hashtags": {"brand": ["#KPU"], "max": "many"}}, "hashtags.yaml: max"),
        ({"calendar": {"months": ["Januari"], "days": ["Senin"], "relative": []}}, "twelve months"),
        ({"extra": {}}, "extra.yaml is not a file of rules"),
    ],
)
def test_it_names_file_and_entry_of_what_is_wrong(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        Rules.from_data(data(**changes))


def test_it_names_a_missing_file() -> None:
    less = data()
    del less["typos"]
    with pytest.raises(ValueError, match=r"typos\.yaml is missing"):
        Rules.from_data(less)


def test_it_names_a_missing_list() -> None:
    less = data()
    del less["speech"]["verbs"]
    with pytest.raises(ValueError, match=r"speech\.yaml: verbs"):
        Rules.from_data(less)


def test_a_broken_pattern_for_degrees_is_told() -> None:
    broken = data()
    broken["abbreviations"]["degree_regex"] = "(["
    with pytest.raises(ValueError, match="degree_regex"):
        Rules.from_data(broken)


def test_another_newsroom_changes_brand_and_months_without_code() -> None:
    other = data()
    other["hashtags"] = {"brand": ["#KPUJepara"], "max": "1"}
    other["calendar"]["month_variants"]["Agst"] = "8"
    rules = Rules.from_data(other)
    assert rules.hashtags.brand == ("#KPUJepara",)
    assert rules.calendar.months["agst"] == 8

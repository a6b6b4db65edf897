"""Wrong posts that the self-check must catch, at least half of them lawful subsequences; and right posts that pass."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from medsosbot import strict_yaml
from medsosbot.model import Release
from medsosbot.platforms.styles import X
from medsosbot.text.rules import default_rules
from medsosbot.text.selfcheck import judge

HERE = Path(__file__).parent / "sabotage"
RELEASES: Any = strict_yaml.load((HERE / "releases.yaml").read_text("utf-8")).data
CASES: Any = strict_yaml.load((HERE / "cases.yaml").read_text("utf-8")).data
KINDS = [case["kind"] for case in CASES]


def release(name: str) -> Release:
    return Release(title=RELEASES[name]["title"], body=RELEASES[name]["body"], date=date(2022, 10, 1))


def gates(case: Any, which: str) -> dict[str, str]:
    told = case.get("right_release", case["release"]) if which == "right" else case["release"]
    return {o.gate: o.message for o in judge(release(told), (case[which],), X, default_rules())}


@pytest.mark.parametrize("case", CASES, ids=KINDS)
def test_it_objects_to(case: Any) -> None:
    found = gates(case, "wrong")
    assert set(found) & set(case["gates"]), found


@pytest.mark.parametrize("case", CASES, ids=KINDS)
def test_it_does_not_object_to_the_right_post_instead_of(case: Any) -> None:
    assert gates(case, "right") == {}


def test_there_are_enough_kinds_and_half_of_them_are_lawful_subsequences() -> None:
    lawful = [case for case in CASES if case["lawful"] == "true"]
    caught = [case for case in CASES if set(gates(case, "wrong")) & set(case["gates"])]
    print(f"\nsabotage: {len(caught)} of {len(CASES)} kinds caught, {len(lawful)} of them lawful subsequences")
    assert len(set(KINDS)) == len(KINDS) >= 25
    assert 2 * len(lawful) >= len(CASES)

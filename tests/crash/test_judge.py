"""The judge finds what it is there for, and is not content with a run that tested nothing."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.crash import case, judge
from tests.crash.test_named_points import verdict_on
from tests.crash.victims import Victims

Case = dict[str, Any]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The history of a case in which all went well."""
    folder = tmp_path_factory.mktemp("case") / "sound"
    case.lay_out(folder)
    victims = Victims()
    victims.run(folder, "line:after")
    victims.run(folder)
    victims.close()
    return judge.collect(folder)


def twice(found: Case) -> None:
    found["lines"]["x"].append(found["lines"]["x"][0])


def twice_under_another_id(found: Case) -> None:
    again = json.loads(found["lines"]["x"][0]) | {"remote_id": "99"}
    found["lines"]["x"].append(json.dumps(again))


def lost(found: Case) -> None:
    found["lines"]["kanal"].pop()


def a_held_one(found: Case) -> None:
    found["lines"]["x"].append(json.dumps({"id": "tahan", "part": 1, "text": "-", "at": "-", "remote_id": "99"}))


def another_id(found: Case) -> None:
    found["rows"]["parts"][0]["remote_ids"] = '["2"]'


def another_text(found: Case) -> None:
    found["rows"]["parts"][0]["text"] += "."


def still_open(found: Case) -> None:
    found["rows"]["attempts"][-1]["outcome"] = None


def no_intent(found: Case) -> None:
    found["rows"]["attempts"].pop(0)


def still_in_doubt(found: Case) -> None:
    found["rows"]["deliveries"][0]["state"] = "uncertain"


def counter_behind(found: Case) -> None:
    found["counter"] = "1"


def file_gone(found: Case) -> None:
    found["files"]["accepted"].pop("rapat-1.md")


def file_left(found: Case) -> None:
    found["files"][""]["rapat-1.md"] = "-"


FAULTS: dict[Callable[[Case], None], str] = {
    twice: "double",
    twice_under_another_id: "double",
    lost: "lost",
    a_held_one: "unwanted",
    another_id: "wrong id",
    another_text: "wrong id",
    still_open: "open",
    no_intent: "no intent",
    still_in_doubt: "state",
    counter_behind: "counter",
    file_gone: "file",
    file_left: "file",
}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f.__name__)
def test_it_finds(fault: Callable[[Case], None], sound: Case) -> None:
    found = copy.deepcopy(sound)
    fault(found)
    assert FAULTS[fault] in {line.split(":")[0] for line in judge.judge(found)}


def test_it_finds_nothing_where_nothing_is_wrong(sound: Case, tmp_path: Path) -> None:
    assert judge.judge(sound) == []
    history = tmp_path / "history.jsonl"
    history.write_text(json.dumps(sound) + "\n")
    code, verdict = verdict_on(history)
    assert (code, verdict) == (0, {"cases": 1, "kills": 1, "posts": 6, "found": []})


@pytest.mark.parametrize("idle", ["kills", "lines"])
def test_a_run_that_tested_nothing_fails(sound: Case, tmp_path: Path, idle: str) -> None:
    history = tmp_path / "history.jsonl"
    history.write_text(json.dumps(sound | {"kills": [], "lines": {} if idle == "lines" else sound["lines"]}) + "\n")
    code, _ = verdict_on(history)
    assert code == 1

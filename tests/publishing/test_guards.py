"""The five guards of a delivery: with all of them no history goes wrong; without any one of them some history does."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.publishing.fake_platform import LOST, TAKEN
from tests.publishing.one_delivery import GUARDS, LATE, OneDelivery, machine

HAPPENED = (
    "ok", TAKEN, LOST, LATE, "not sent", "busy", "resent", "paused", "gave way", "out", "settled by a person",
    f"killed, {TAKEN}", f"killed, {LATE}",
)  # fmt: skip


def run(tested: type[OneDelivery], histories: int, steps: int) -> None:
    run_state_machine_as_test(
        tested,
        settings=settings(
            max_examples=histories,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
            report_multiple_bugs=False,
        ),
    )


def test_with_all_guards_no_history_publishes_twice_or_loses_anything(tmp_path: Path) -> None:
    with machine(tmp_path) as whole:
        for steps in range(8, 14):
            run(whole, 40, steps)
            missing = [what for what in HAPPENED if not whole.seen[what]]
            if not missing:
                break
        assert missing == []  # else it tested less than it says


@pytest.mark.parametrize("guard", GUARDS)
def test_it_is_found_when_a_guard_is_missing(guard: str, tmp_path: Path) -> None:
    with machine(tmp_path, guard) as broken, pytest.raises(AssertionError, match="published twice"):
        run(broken, 400, 5)

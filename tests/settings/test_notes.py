from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from medsosbot import options
from medsosbot.settings.load import load
from medsosbot.settings.notes import notes


@pytest.fixture
def settings(tmp_path: Path) -> options.Settings:
    file = tmp_path / "medsosbot.yaml"
    file.write_text("destinations: [{name: kanal, platform: mock}]\nreconcile: {after_seconds: 5}\n")
    return load(file, {"MEDSOSBOT_QUEU": "x"})


def test_an_unknown_variable_is_noted(settings: options.Settings) -> None:
    assert notes(settings) == ("Variabel MEDSOSBOT_QUEU (MEDSOSBOT_QUEUE?) tidak dikenal dan tidak berpengaruh.",)


def test_a_short_asking_delay_is_noted_at_a_real_platform(settings: options.Settings) -> None:
    real = options.Destination("saluran", "telegram", chat="@kpukaltim")
    found = notes(replace(settings, destinations=(real,), unknown_variables=()))
    assert len(found) == 1
    assert "5 detik terlalu singkat untuk saluran" in found[0]
    slow = replace(settings, destinations=(real,), unknown_variables=(), reconcile=options.Reconcile())
    assert notes(slow) == ()


def test_a_short_asking_delay_is_fine_at_a_mock(settings: options.Settings) -> None:
    quick = options.Reconcile(after=timedelta(seconds=1))
    assert notes(replace(settings, unknown_variables=(), reconcile=quick)) == ()

from __future__ import annotations

import getpass
import os

import pytest

from medsosbot.app import deciding


def test_whoever_has_no_name_on_this_machine_decides_under_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.setattr(getpass, "getuser", nameless)
    assert deciding._user() == f"uid {os.getuid()}"


def test_whoever_has_a_name_decides_under_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "rina")
    assert deciding._user() == "rina"

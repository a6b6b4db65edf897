from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.office import Office

ROOT = Path(__file__).parents[2]


def test_the_demo_shows_the_whole_job_twice_alike(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    code, out, err = office.run("demo")
    assert (code, err) == (0, "")
    assert out.count("terbit (latihan)") == 10
    assert "6 September 2022 jatuh pada hari Selasa" in out
    assert out.count("/280") == 6
    assert "Rilis terkini" in out
    assert " release 1\n" in out
    assert office.run("demo") == (0, out, "")


def test_the_demo_writes_nothing_outside_its_folder(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    before = {p for p in ROOT.joinpath("var").glob("*") if p.name != "demo"}
    queue = set(ROOT.joinpath("queue").glob("*"))
    assert office.json("demo")[0] == 0
    assert {p for p in ROOT.joinpath("var").glob("*") if p.name != "demo"} == before
    assert set(ROOT.joinpath("queue").glob("*")) == queue


def test_there_is_no_demo_outside_a_checkout(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office.root)
    assert office.json("demo")[0] == 2

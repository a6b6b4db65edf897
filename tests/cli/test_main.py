from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from medsosbot.cli.main import run

BUILT = {
    *("import", "check", "preview", "publish", "status", "terkini"),
    *("release", "hold", "cancel", "retry", "settle", "pause", "resume"),
}
HEAVY = ("telegram", "tweepy", "sqlalchemy", "pydantic", "rich", "apscheduler", "alembic", "yaml")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "medsosbot.yaml").write_text("destinations: [{name: kanal, platform: mock}]\n")
    return tmp_path


def process(*args: str, cwd: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    """The command as a user runs it."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith("MEDSOSBOT_")} | {"NO_COLOR": "1"} | more
    return subprocess.run(
        [sys.executable, "-m", "medsosbot", *args], cwd=cwd, env=environ, capture_output=True, text=True, check=False
    )


def document(capsys: pytest.CaptureFixture[str]) -> Any:
    """Standard output, which has to be exactly one JSON document."""
    return json.loads(capsys.readouterr().out)


def test_the_help_names_each_command_and_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"], {}) == 0
    text = capsys.readouterr().out
    assert all(f"\n    {name} " in text for name in BUILT)
    assert all(f"\n  {code}  " in text for code in range(4))


@pytest.mark.parametrize("name", sorted(BUILT))
def test_each_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"], {}) == 0
    assert f"usage: medsosbot {name}" in capsys.readouterr().out


def test_the_help_loads_no_library() -> None:
    code = (
        "import sys; from medsosbot.cli.main import run; run(['--help'], {}); sys.stderr.write(' '.join(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {m.split(".")[0] for m in done.stderr.split()} & set(HEAVY)


@pytest.mark.parametrize("argv", [["--version"], ["--json", "--version"], ["status", "--help", "--json"]])
def test_help_and_version_end_with_0(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(argv, {}) == 0
    out = capsys.readouterr().out
    if "--json" in argv:
        json.loads(out)
    else:
        assert out.startswith("medsosbot ")


@pytest.mark.parametrize(
    "argv",
    [
        [],
        ["publsh"],
        ["status", "a", "b"],
        ["status", "--verbose"],
        ["publish", "--dry"],
        ["publish", "--now", "2026-11-24 09:00"],
        ["settle", "12", "x"],
        ["settle", "12", "x", "--posted", "1", "--not-posted"],
        ["resume", "x", "--clock"],
        ["terkini", "nol"],
        ["release"],
        ["--config"],
    ],
)
def test_a_wrong_command_line_ends_with_2(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(argv, {}) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "usage: medsosbot" in captured.err
    assert run([*argv, "--json"] if argv != ["--config"] else ["--json", *argv], {}) == 2
    fault = document(capsys)
    assert fault["error"]
    assert set(fault["faults"][0]) == {"file", "line", "key", "message", "hint"}


def test_a_misspelt_command_comes_with_the_one_that_was_meant(capsys: pytest.CaptureFixture[str]) -> None:
    run(["publsh"], {})
    assert "did you mean publish?" in capsys.readouterr().err


@pytest.mark.parametrize("place", ["before", "behind"])
def test_both_options_may_stand_before_and_behind_the_command(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--json", "--config", str(tmp_path / "none.yaml")]
    argv = [*options, "status"] if place == "before" else ["status", *options]
    assert run(argv, {}) == 2
    assert document(capsys)["faults"][0]["file"] == "none.yaml"


def test_every_config_fault_is_told_at_once(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = office / "config" / "medsosbot.yaml"
    config.write_text("timezone: WITA\nqueue: ~\ndestinations: [{name: kanal, platform: moc}]\n")
    assert run(["status"], {"MEDSOSBOT_CONFIG": str(config)}) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert [line.split(": ")[:2] for line in captured.err.splitlines()] == [
        [f"{config}:1", "timezone"],
        [f"{config}:2", "queue"],
        [f"{config}:3", "destinations[0].platform"],
    ]
    assert run(["status", "--json"], {"MEDSOSBOT_CONFIG": str(config)}) == 2
    fault = document(capsys)
    assert [(f["file"], f["line"], f["key"]) for f in fault["faults"]] == [
        ("medsosbot.yaml", 1, "timezone"),
        ("medsosbot.yaml", 2, "queue"),
        ("medsosbot.yaml", 3, "destinations[0].platform"),
    ]


def test_an_unknown_variable_is_told_on_standard_error_and_not_refused(office: Path) -> None:
    done = process("--json", "status", cwd=office, MEDSOSBOT_TIMEZON="WITA")
    assert done.returncode == 0
    assert "MEDSOSBOT_TIMEZON (MEDSOSBOT_TIMEZONE?)" in done.stderr
    json.loads(done.stdout)


def test_a_wrong_log_level_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["status"], {"MEDSOSBOT_LOG_LEVEL": "loud"}) == 2
    assert "MEDSOSBOT_LOG_LEVEL" in capsys.readouterr().err


def test_whoever_stops_reading_is_no_fault(office: Path) -> None:
    command = [sys.executable, "-m", "medsosbot", "--json", "status"]
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(command, cwd=office, stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    finally:
        os.close(write)
    assert (done.returncode, done.stderr) == (141, "")


def test_an_interrupt_is_quiet(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys\n"
        "import medsosbot.cli.main as main\n"
        "main.build = lambda: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.exit(main.main(['status']))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (128 + signal.SIGINT, "")

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from medsosbot.options import Secrets
from medsosbot.settings.secrets import read
from medsosbot.setup import secrets_file

TOKEN = "123456:ABCdef_ghi-jkl"
SECRETS = Secrets(telegram_token=TOKEN)


def test_only_its_owner_can_read_it_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        (file,) = secrets_file.write(tmp_path, SECRETS)
    finally:
        os.umask(before)
    assert file.stat().st_mode & 0o777 == 0o600
    assert read(tmp_path, {}).secrets == SECRETS


@pytest.mark.parametrize(
    "old",
    [
        "# rahasia kantor\nMEDSOSBOT_X_API_KEY=abc\nMEDSOSBOT_TELEGRAM_TOKEN=1:lama\n",
        "# rahasia kantor\nexport MEDSOSBOT_TELEGRAM_TOKEN = '1:lama'\nMEDSOSBOT_X_API_KEY=abc",
        "# rahasia kantor\nMEDSOSBOT_X_API_KEY=abc",
    ],
)
def test_other_lines_stay_and_no_name_stands_twice(tmp_path: Path, old: str) -> None:
    file = tmp_path / "secrets.env"
    file.write_text(old)
    file.chmod(0o600)
    secrets_file.write(tmp_path, SECRETS)
    reading = read(tmp_path, {})
    assert (reading.faults, reading.secrets) == ([], Secrets(telegram_token=TOKEN, x_api_key="abc"))
    assert file.read_text().startswith("# rahasia kantor\n")


def ignored(root: Path) -> bool:
    told = subprocess.run(["git", "-C", root, "check-ignore", "config/secrets.env"], capture_output=True)
    return told.returncode == 0


def test_git_ignores_it(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    secrets_file.write(tmp_path / "config", SECRETS)
    assert ignored(tmp_path)


def test_no_gitignore_is_written_where_one_says_so_already(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / ".gitignore").write_text("/config/secrets.env\n")
    secrets_file.write(tmp_path / "config", SECRETS)
    assert not (tmp_path / "config" / ".gitignore").exists()
    assert ignored(tmp_path)


def test_no_gitignore_is_written_outside_git(tmp_path: Path) -> None:
    secrets_file.write(tmp_path / "config", SECRETS)
    assert [p.name for p in (tmp_path / "config").iterdir()] == ["secrets.env"]

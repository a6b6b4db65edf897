from __future__ import annotations

from pathlib import Path

import pytest

from medsosbot.errors import SettingsError
from medsosbot.options import Settings
from medsosbot.settings.load import load

MOCK = "destinations: [{name: kanal, platform: mock}]\n"
TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOpp"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "medsosbot.yaml").write_text(MOCK)
    return tmp_path


def keep(office: Path, text: str, mode: int = 0o600) -> Path:
    file = office / "config" / "secrets.env"
    file.write_text(text)
    file.chmod(mode)
    return file


def read(office: Path, **environ: str) -> Settings:
    return load(office / "config" / "medsosbot.yaml", environ)


def test_a_secret_comes_from_the_environment(office: Path) -> None:
    assert read(office, MEDSOSBOT_TELEGRAM_TOKEN=f" {TOKEN}\n").secrets.telegram_token == TOKEN


def test_a_secret_comes_from_a_named_file_that_others_may_read(office: Path) -> None:
    file = office / "token"
    file.write_text(TOKEN + "\n")
    file.chmod(0o444)
    assert read(office, MEDSOSBOT_BOT_TOKEN_FILE=str(file)).secrets.bot_token == TOKEN


def test_a_secret_comes_from_secrets_env(office: Path) -> None:
    keep(office, f'# tokens\n\nexport MEDSOSBOT_TELEGRAM_TOKEN="{TOKEN}"\nMEDSOSBOT_X_API_KEY=abc # the key\n')
    secrets = read(office).secrets
    assert (secrets.telegram_token, secrets.x_api_key) == (TOKEN, "abc")


def test_a_named_file_in_secrets_env_begins_beside_it(office: Path) -> None:
    (office / "config" / "token").write_text(TOKEN)
    keep(office, "MEDSOSBOT_TELEGRAM_TOKEN_FILE=token\n")
    assert read(office).secrets.telegram_token == TOKEN


def test_the_environment_wins(office: Path) -> None:
    keep(office, "MEDSOSBOT_X_API_KEY=file\nMEDSOSBOT_X_API_SECRET=file\n")
    secrets = read(office, MEDSOSBOT_X_API_KEY="environment").secrets
    assert (secrets.x_api_key, secrets.x_api_secret) == ("environment", "file")


def test_no_secret_is_needed(office: Path) -> None:
    assert read(office).secrets.values() == ()


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620])
def test_secrets_that_others_can_read_are_refused_with_the_way_to_mend_it(office: Path, mode: int) -> None:
    file = keep(office, f"MEDSOSBOT_TELEGRAM_TOKEN={TOKEN}\n", mode)
    with pytest.raises(SettingsError) as caught:
        read(office)
    (fault,) = caught.value.faults
    assert (fault.file, fault.hint) == ("config/secrets.env", f"chmod 600 {file}")
    assert TOKEN not in str(caught.value)


def test_secrets_that_only_the_owner_can_read_are_taken(office: Path) -> None:
    keep(office, f"MEDSOSBOT_TELEGRAM_TOKEN={TOKEN}\n", 0o400)
    assert read(office).secrets.telegram_token == TOKEN


def test_a_broken_secret_is_told_without_showing_it(office: Path) -> None:
    keep(office, "MEDSOSBOT_X_API_KEY=rahasia sekali\nrahasia\nMEDSOSBOT_X_API_KEY=rahasia\n")
    with pytest.raises(SettingsError) as caught:
        read(office, MEDSOSBOT_X_API_SECRET_FILE=str(office / "nowhere"))
    assert [(f.line, f.key) for f in caught.value.faults] == [
        (2, None),
        (3, "MEDSOSBOT_X_API_KEY"),
        (None, "MEDSOSBOT_X_API_KEY"),
        (None, "MEDSOSBOT_X_API_SECRET_FILE"),
    ]
    assert "rahasia" not in str(caught.value)


def test_an_unknown_name_in_secrets_env_is_told(office: Path) -> None:
    keep(office, f"MEDSOSBOT_TOKEN={TOKEN}\n")
    assert read(office).unknown_variables == ("MEDSOSBOT_TOKEN (config/secrets.env:1)",)


def test_settings_show_no_secret(office: Path) -> None:
    settings = read(office, MEDSOSBOT_TELEGRAM_TOKEN=TOKEN, MEDSOSBOT_X_ACCESS_SECRET="rahasia")
    assert set(settings.secrets.values()) == {TOKEN, "rahasia"}
    assert TOKEN not in repr(settings)
    assert "rahasia" not in repr(settings)

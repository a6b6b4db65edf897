"""init without a terminal: options and environment alone."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from medsosbot.settings.load import load
from tests.servers.client import CHANNEL, CHANNEL_ID, KEYS, SECOND_TOKEN, STAFF_ID, TOKEN, FakeTelegram, FakeX
from tests.setup.talking import environ, init, put_webhook

EDITOR = 5001
ALL = ("--channel", CHANNEL, "--staff", STAFF_ID, "--editor", EDITOR)
SECRETS = {"MEDSOSBOT_TELEGRAM_TOKEN": TOKEN}
X_SECRETS = {f"MEDSOSBOT_X_{name.upper()}": value for name, value in KEYS.items()}


def config(office: Path) -> Path:
    return office / "config" / "medsosbot.yaml"


def kept(office: Path) -> str:
    return (office / "config" / "secrets.env").read_text()


def everything(office: Path) -> dict[str, bytes]:
    return {str(p.relative_to(office)): p.read_bytes() for p in office.rglob("*") if p.is_file()}


def refused(office: Path, *options: object, secrets: dict[str, str] | None = None) -> str:
    """It ends with 1, says why, and has written nothing."""
    before = everything(office)
    done = init(office, *options, secrets=SECRETS if secrets is None else secrets)
    assert done.returncode == 1, done.stderr
    assert everything(office) == before
    return done.stderr


def test_it_writes_config_and_secrets_and_posts_once_to_the_staff_chat(office: Path, telegram: FakeTelegram) -> None:
    before = config(office).read_text()
    done = init(office, *ALL, secrets=SECRETS)
    assert done.returncode == 0, done.stderr
    settings = load(config(office), {})
    kanal, x = settings.destinations
    assert (kanal.name, kanal.platform, kanal.chat) == ("kanal", "telegram", CHANNEL)
    assert (x.name, x.platform, x.like) == ("x", "mock", "x")
    assert settings.staff.chat == STAFF_ID
    assert settings.staff.members == {EDITOR: "editor"}
    assert settings.secrets.telegram_token == TOKEN
    assert stat.S_IMODE((office / "config" / "secrets.env").stat().st_mode) == 0o600
    assert (office / "config" / "medsosbot.yaml.bak").read_text() == before
    assert ["Percobaan medsosbot" in m["text"] for m in telegram.posts(STAFF_ID)] == [True]
    assert telegram.posts(CHANNEL) == []
    assert "Latihan selesai" in done.stdout
    assert "medsosbot run" in done.stdout


def test_it_keeps_every_line_that_it_was_not_asked_about(office: Path) -> None:
    before = config(office).read_text().splitlines()
    assert init(office, *ALL, secrets=SECRETS).returncode == 0
    after = config(office).read_text().splitlines()
    lost = [line for line in before if line not in after]
    assert lost == [
        "    platform: mock",
        "    like: telegram                   # whose style the rehearsal borrows: telegram or x",
    ] or lost == ["    like: telegram                   # whose style the rehearsal borrows: telegram or x"]


def test_no_secret_is_said(office: Path) -> None:
    done = init(office, *ALL, "--x", secrets=SECRETS | X_SECRETS)
    assert done.returncode == 0, done.stderr
    said = done.stdout + done.stderr + config(office).read_text()
    assert not [value for value in (TOKEN, *KEYS.values()) if value in said]


def test_with_json_there_is_one_document(office: Path) -> None:
    done = init(office, "--json", *ALL, secrets=SECRETS)
    document: dict[str, Any] = json.loads(done.stdout)
    assert document["ok"] is True
    assert document["channel"]["id"] == CHANNEL_ID
    assert document["editors"] == [EDITOR]


def test_a_missing_answer_is_told_by_its_option_all_at_once(office: Path, telegram: FakeTelegram) -> None:
    before = everything(office)
    done = init(office)
    assert done.returncode == 2
    assert all(option in done.stderr for option in ("--token-file", "--channel", "--staff", "--editor"))
    assert everything(office) == before
    assert telegram.journal() == []


def test_the_token_may_come_from_a_file(office: Path, tmp_path: Path) -> None:
    (tmp_path / "token").write_text(TOKEN + "\n")
    assert init(office, *ALL, "--token-file", tmp_path / "token").returncode == 0
    assert f"MEDSOSBOT_TELEGRAM_TOKEN={TOKEN}\n" in kept(office)


def test_the_token_is_no_argument(office: Path) -> None:
    done = init(office, *ALL, "--token", TOKEN)
    assert done.returncode == 2


def test_run_again_it_needs_no_option_and_changes_nothing(office: Path) -> None:
    assert init(office, *ALL, secrets=SECRETS).returncode == 0
    before = everything(office)
    done = init(office)
    assert done.returncode == 0, done.stderr
    assert everything(office) == before
    assert "tidak ada yang ditulis" in done.stderr
    assert "Ditulis" not in done.stderr


def test_a_wrong_token_is_told_with_what_to_tap(office: Path) -> None:
    said = refused(office, *ALL, secrets={"MEDSOSBOT_TELEGRAM_TOKEN": "123456789:AAEwrongwrongwrongwrong"})
    assert "@BotFather" in said
    assert "API Token" in said


def test_a_bot_that_is_no_admin_is_told_with_what_to_tap(office: Path, telegram: FakeTelegram) -> None:
    telegram.order("membership", chat=CHANNEL, status="left")
    said = refused(office, *ALL)
    assert "Tambah Admin" in said
    assert "Kirim Pesan" in said


def test_a_missing_right_in_the_channel_is_told(office: Path, telegram: FakeTelegram) -> None:
    telegram.order("membership", chat=CHANNEL, status="administrator", can_post_messages=False)
    assert "tidak boleh mengirim" in refused(office, *ALL)


def test_a_bot_outside_the_staff_group_is_told(office: Path, telegram: FakeTelegram) -> None:
    telegram.order("membership", chat=STAFF_ID, status="left")
    assert "«Tambah Anggota»" in refused(office, *ALL)


def test_a_group_is_no_channel_and_a_channel_no_staff_group(office: Path) -> None:
    said = refused(office, "--channel", STAFF_ID, "--staff", STAFF_ID, "--editor", EDITOR)
    assert "bukan kanal melainkan grup" in said
    said = refused(office, "--channel", CHANNEL, "--staff", CHANNEL, "--editor", EDITOR)
    assert "bukan grup melainkan kanal" in said


def test_a_group_that_became_a_supergroup_is_followed(office: Path, telegram: FakeTelegram) -> None:
    telegram.order("add_chat", number=-777, kind="group", title="Tim Lama")
    telegram.order("membership", chat=-777, status="member")
    telegram.order("migrate", chat=-777, to=-1009990001)
    done = init(office, "--channel", CHANNEL, "--staff", -777, "--editor", EDITOR, secrets=SECRETS)
    assert done.returncode == 0, done.stderr
    assert "telah menjadi supergrup" in done.stderr
    assert load(config(office), {}).staff.chat == -1009990001


def test_a_second_poller_is_told(office: Path, telegram: FakeTelegram) -> None:
    telegram.rival()
    said = refused(office, *ALL)
    assert "409" in said
    assert "Hentikan" in said


def test_a_webhook_is_told_and_not_taken_away(office: Path, telegram: FakeTelegram) -> None:
    put_webhook(telegram, "https://bot.example/rahasia-sekali")
    said = refused(office, *ALL)
    assert "webhook (bot.example)" in said
    assert "rahasia-sekali" not in said
    assert telegram.journal("deleteWebhook") == []


def test_a_webhook_is_taken_away_where_that_was_asked_for(office: Path, telegram: FakeTelegram) -> None:
    put_webhook(telegram, "https://bot.example/x")
    done = init(office, *ALL, "--delete-webhook", secrets=SECRETS)
    assert done.returncode == 0, done.stderr
    assert len(telegram.journal("deleteWebhook")) == 1


def test_a_private_channel_is_fine_and_named_by_its_number(office: Path, telegram: FakeTelegram) -> None:
    telegram.order("add_chat", number=-1002223334445, kind="channel", title="Latihan Tertutup")
    telegram.order("membership", chat=-1002223334445, status="administrator")
    link = "https://t.me/c/2223334445/7"
    done = init(office, "--channel", link, "--staff", STAFF_ID, "--editor", EDITOR, secrets=SECRETS)
    assert done.returncode == 0, done.stderr
    assert "tidak apa-apa" in done.stderr
    assert load(config(office), {}).destinations[0].chat == -1002223334445


def test_privacy_mode_is_said_to_be_fine(office: Path) -> None:
    assert "Mode privasi menyala: tidak apa-apa" in init(office, *ALL, secrets=SECRETS).stderr


def test_x_takes_the_place_of_its_rehearsal(office: Path, x: FakeX) -> None:
    done = init(office, *ALL, "--x", secrets=SECRETS | X_SECRETS)
    assert done.returncode == 0, done.stderr
    settings = load(config(office), {})
    assert [(d.name, d.platform) for d in settings.destinations] == [("kanal", "telegram"), ("x", "x")]
    assert settings.secrets.x_access_secret == KEYS["access_secret"]
    assert "akun @" in done.stderr
    assert x.posts() == []


def test_without_keys_it_says_how_to_set_x_up_by_hand(office: Path) -> None:
    done = init(office, *ALL, secrets=SECRETS)
    assert "MEDSOSBOT_X_API_KEY" in done.stderr
    assert "Read and write" in done.stderr


def test_keys_that_x_refuses_are_told_and_nothing_is_written(office: Path) -> None:
    wrong = X_SECRETS | {"MEDSOSBOT_X_ACCESS_SECRET": "wrong"}
    assert "X menolak" in refused(office, *ALL, "--x", secrets=SECRETS | wrong)


def test_a_second_token_is_checked_and_kept(office: Path, tmp_path: Path) -> None:
    (tmp_path / "second").write_text(SECOND_TOKEN)
    done = init(office, *ALL, "--bot-token-file", tmp_path / "second", secrets=SECRETS)
    assert done.returncode == 0, done.stderr
    assert "Umum dijawab oleh @" in done.stderr
    assert f"MEDSOSBOT_BOT_TOKEN={SECOND_TOKEN}\n" in kept(office)


def test_a_trial_post_that_fails_is_told(office: Path, telegram: FakeTelegram) -> None:
    telegram.answer_with("sendMessage", 400, {"ok": False, "error_code": 400, "description": "Bad Request: x"})
    done = init(office, *ALL, secrets=SECRETS)
    assert done.returncode == 1
    assert "Pesan percobaan tidak sampai" in done.stdout


def test_without_a_config_one_is_made(office: Path, telegram: FakeTelegram) -> None:
    config(office).unlink()
    done = init(office, *ALL, secrets=SECRETS | {"MEDSOSBOT_TELEGRAM__API_URL": telegram.api_url})
    assert done.returncode == 0, done.stderr
    settings = load(config(office), {})
    assert [(d.name, d.platform) for d in settings.destinations] == [("kanal", "telegram")]
    assert not (office / "config" / "medsosbot.yaml.bak").exists()


def test_the_secrets_are_ignored_in_a_checkout(office: Path) -> None:
    subprocess.run(["git", "init", "-q", office], check=True)
    assert init(office, *ALL, secrets=SECRETS).returncode == 0
    told = subprocess.run(["git", "-C", office, "check-ignore", "config/secrets.env"], capture_output=True, text=True)
    assert told.returncode == 0


@pytest.mark.parametrize("option", ["--channel", "--staff"])
def test_what_is_no_chat_is_refused_with_the_option_named(office: Path, option: str) -> None:
    done = init(office, option, "kanal kami", secrets=SECRETS)
    assert done.returncode == 2
    assert option in done.stderr


def test_keys_of_x_alone_make_nothing_public_there(office: Path) -> None:
    done = init(office, *ALL, secrets=SECRETS | X_SECRETS)
    assert done.returncode == 0, done.stderr
    assert "init --x" in done.stderr
    assert load(config(office), {}).destinations[1].platform == "mock"


def test_what_the_rehearsal_left_behind_is_told(office: Path, telegram: FakeTelegram) -> None:
    (office / "queue").mkdir()
    (office / "queue" / "pleno.md").write_text("---\ntitle: Pleno\n---\nKPU rapat pleno, Kamis (6/9/2022).\n")
    subprocess.run([sys.executable, "-m", "medsosbot", "publish"], cwd=office, env=environ(), capture_output=True)
    done = init(office, *ALL, secrets=SECRETS)
    assert done.returncode == 0, done.stderr
    assert "Rilis dari masa latihan tetap tercatat" in done.stdout
    assert "medsosbot cancel 1 kanal" in done.stdout


def test_nothing_is_said_of_a_rehearsal_that_never_was(office: Path) -> None:
    assert "masa latihan" not in init(office, *ALL, secrets=SECRETS).stdout


def test_an_open_staff_group_is_warned_of_and_a_protected_channel_told(office: Path, telegram: FakeTelegram) -> None:
    telegram.order("add_chat", number=-1007, kind="supergroup", title="Tim", username="tim_terbuka")
    telegram.order("membership", chat=-1007, status="member")
    telegram.order("protect", chat=CHANNEL)
    done = init(office, "--channel", CHANNEL, "--staff", -1007, "--editor", EDITOR, secrets=SECRETS)
    assert "terbuka untuk umum" in done.stderr
    assert "dilindungi dari penerusan" in done.stderr


def test_a_variable_that_wins_over_the_config_is_told(office: Path, telegram: FakeTelegram) -> None:
    done = init(office, *ALL, secrets=SECRETS | {"MEDSOSBOT_TELEGRAM__API_URL": telegram.api_url})
    assert "MEDSOSBOT_TELEGRAM__API_URL di lingkungan menang" in done.stdout


def test_a_folder_that_cannot_be_written_is_told_before_anything_is_asked(office: Path, telegram: FakeTelegram) -> None:
    (office / "berkas").write_text("no folder, so that not even root can write into it")
    config = office / "berkas" / "medsosbot.yaml"
    assert "tidak dapat ditulisi" in init(office, "--config", config, *ALL, secrets=SECRETS).stderr
    assert telegram.journal() == []


@pytest.mark.parametrize("kind", ["close", "half_body"])
def test_a_telegram_that_does_not_answer_is_told(office: Path, telegram: FakeTelegram, kind: str) -> None:
    telegram.fault("getMe", kind, times=None)
    said = refused(office, *ALL)
    assert "coba lagi" in said
    assert "kiriman" not in said


def test_a_config_that_only_the_environment_makes_good_is_told_before_anything_is_asked(
    office: Path, telegram: FakeTelegram
) -> None:
    config(office).write_text(config(office).read_text().replace("timezone: Asia/Makassar", "timezone: Mars/Utara"))
    done = init(office, *ALL, secrets=SECRETS | {"MEDSOSBOT_TIMEZONE": "Asia/Makassar"})
    assert done.returncode == 2
    assert "timezone" in done.stderr
    assert telegram.journal() == []

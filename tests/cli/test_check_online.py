from __future__ import annotations

from typing import Any

import pytest

from tests.cli.office import Office
from tests.servers.client import CHANNEL, KEYS, SECOND_TOKEN, STAFF_ID, TOKEN, FakeTelegram, FakeX

CONFIG = """
destinations:
  - {{name: kanal, platform: telegram, chat: "{channel}"}}
  - {{name: x, platform: x}}
staff: {{chat: {staff}}}
telegram: {{api_url: "{telegram}"}}
x: {{api_url: "{x}"}}
checks: {{stale_after_days: null}}
reconcile: {{after_seconds: 1}}
"""
USER = {"id": int(TOKEN.partition(":")[0]), "is_bot": True, "first_name": "KPU Kaltim", "username": "kpukaltim_bot"}
ME = {"ok": True, "result": USER}


@pytest.fixture
def real(office: Office, telegram: FakeTelegram, x: FakeX) -> Office:
    """An office whose destinations are the stand-ins."""
    office.config.write_text(CONFIG.format(channel=CHANNEL, staff=STAFF_ID, telegram=telegram.api_url, x=x.api_url))
    office.environ["MEDSOSBOT_TELEGRAM_TOKEN"] = TOKEN
    office.environ |= {f"MEDSOSBOT_X_{name.upper()}": value for name, value in KEYS.items()}
    return office


def online(office: Office) -> tuple[int, dict[str, Any]]:
    code, document = office.json("check", "--online")
    return code, {told["destination"]: told for told in document["online"]}


def test_it_names_bot_channel_and_account(real: Office) -> None:
    code, told = online(real)
    assert code == 0
    assert set(told) == {"kanal", "x"}
    assert "bot @" in told["kanal"]["message"]
    assert "selisih jam" in told["kanal"]["message"]
    assert "akun @" in told["x"]["message"]


def test_it_names_the_public_bot_where_there_are_two(real: Office) -> None:
    real.environ["MEDSOSBOT_BOT_TOKEN"] = SECOND_TOKEN
    code, told = online(real)
    assert code == 0
    assert "menjawab umum" in told["bot umum"]["message"]


def test_it_tells_which_token_is_wrong(real: Office) -> None:
    real.environ["MEDSOSBOT_TELEGRAM_TOKEN"] = "123456:wrong"
    real.environ["MEDSOSBOT_BOT_TOKEN"] = "654321:wrong"
    code, told = online(real)
    assert code == 1
    assert {name: t["ok"] for name, t in told.items()} == {"kanal": False, "x": True, "bot umum": False}


def test_it_tells_a_lost_right_beforehand(real: Office, telegram: FakeTelegram) -> None:
    telegram.order("membership", chat=CHANNEL, status="administrator", can_post_messages=False)
    code, told = online(real)
    assert code == 1
    assert "tanpa hak mengirim pesan" in told["kanal"]["message"]


def test_it_tells_that_the_bot_left_the_staff_group(real: Office, telegram: FakeTelegram) -> None:
    telegram.order("membership", chat=STAFF_ID, status="left")
    code, told = online(real)
    assert code == 1
    assert told["kanal"]["ok"]
    assert not told["grup staf"]["ok"]


def test_it_tells_a_clock_that_is_off(real: Office, telegram: FakeTelegram) -> None:
    telegram.answer_with("getMe", 200, ME, times=None, headers={"Date": "Tue, 24 Nov 2026 01:00:00 GMT"})
    code, told = online(real)
    assert code == 1
    assert "jam mesin ini meleset" in told["kanal"]["message"]


def test_it_looks_for_the_last_post_to_test_the_evidence(real: Office) -> None:
    real.release("apel.md")
    assert real.run("publish")[0] == 0
    code, told = online(real)
    assert code == 0
    assert "ditemukan" in told["kanal"]["message"]
    assert "TIDAK" not in told["kanal"]["message"] + told["x"]["message"]


def test_it_publishes_nothing(real: Office, telegram: FakeTelegram, x: FakeX) -> None:
    real.release("apel.md")
    online(real)
    assert telegram.posts() == x.posts() == []

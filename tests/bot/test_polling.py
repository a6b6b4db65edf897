"""getUpdates at the Bot API's stand-in: troubles told once, no update lost or answered twice, a quick end."""

from __future__ import annotations

import asyncio
import logging

import pytest

from medsosbot.bot import menu
from medsosbot.bot.client import close, make_bot
from tests.bot.asking import PATIENCE, asking
from tests.servers.client import STAFF_ID, TOKEN, FakeTelegram

pytestmark = pytest.mark.anyio


def told(caplog: pytest.LogCaptureFixture, words: str) -> int:
    return sum(words in r.getMessage() for r in ours(caplog))


def ours(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    """Records of our own; the libraries' are held by the service's log."""
    return [r for r in caplog.records if r.name.startswith("medsosbot")]


async def test_it_says_that_it_asked(telegram: FakeTelegram) -> None:
    async with asking(telegram) as bot:
        await asyncio.wait_for(bot.poller.asked.wait(), PATIENCE)
        assert telegram.order("bot_state")["polled"]


async def test_it_doesnt_say_so_of_a_call_that_never_left(telegram: FakeTelegram) -> None:
    telegram.stop()
    async with asking(telegram) as bot:
        await asyncio.sleep(0.3)
        assert not bot.poller.asked.is_set()


@pytest.mark.parametrize("kind", ["close", "rst", "half_header", "half_body"])
async def test_a_broken_line_is_told_once_and_nothing_is_lost(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    telegram.fault("getUpdates", kind, times=2)
    async with asking(telegram) as bot:
        telegram.say("/terkini", user=5001)
        assert await bot.answer(5001) == ["5 rilis"]
    assert told(caplog, "can't ask Telegram") == 1
    assert [r for r in ours(caplog) if r.exc_info] == []


async def test_an_answer_that_nobody_can_read_is_told_once(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.answer_with("getUpdates", 200, times=1)
    telegram.answer_with("getUpdates", 502, times=1)
    async with asking(telegram) as bot:
        telegram.say("/terkini", user=5001)
        assert await bot.answer(5001) == ["5 rilis"]
    assert 1 <= told(caplog, "can't ask Telegram") <= 2 and [r for r in ours(caplog) if r.exc_info] == []


async def test_an_update_that_cant_be_read_keeps_none_back_behind_it(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    broken = {"update_id": 900001, "message": {"message_id": 1, "date": "gestern", "chat": 7}}
    whole = {"update_id": 900002, "message": {"message_id": 2, "date": 1, "chat": {"id": 7, "type": "private"}}}
    first = {"offset": "0"}
    every = first | {"limit": "100"}
    telegram.answer_with("getUpdates", 200, {"ok": True, "result": [broken, whole]}, match=every, times=None)
    telegram.answer_with("getUpdates", 200, {"ok": True, "result": [broken]}, match=first | {"limit": "1"}, times=None)
    async with asking(telegram) as bot:
        telegram.say("/terkini", user=5001)
        telegram.say("/terkini 2", user=5002)
        assert await bot.answer(5002) == ["2 rilis"]
    assert [r for r in ours(caplog) if r.exc_info] == []


async def test_a_rival_is_told_once(telegram: FakeTelegram, caplog: pytest.LogCaptureFixture) -> None:
    telegram.rival(times=1)
    async with asking(telegram) as bot:
        telegram.say("/terkini", user=5001)
        assert await bot.answer(5001) == ["5 rilis"]
    assert told(caplog, "(409)") == 1 and bot.rivals == [True]


async def test_a_webhook_is_no_rival_by_name(telegram: FakeTelegram, caplog: pytest.LogCaptureFixture) -> None:
    text = (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
    telegram.answer_with("getUpdates", 409, {"ok": False, "error_code": 409, "description": text})
    async with asking(telegram) as bot:
        telegram.say("/terkini", user=5001)
        await bot.answer(5001)
    assert told(caplog, "deleteWebhook") == 1 and told(caplog, "Another process") == 0


async def test_a_rejected_token_makes_no_haste_and_leaves_no_trace_of_it(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.order("revoke")
    async with asking(telegram) as bot:
        while not bot.poller.refused:
            await asyncio.sleep(0.01)
    assert told(caplog, "rejects the token") == 1 and len(telegram.journal("getMe")) == 1
    assert TOKEN.partition(":")[2] not in caplog.text


async def test_what_was_answered_isnt_told_again_to_the_next_process(telegram: FakeTelegram) -> None:
    async with asking(telegram) as bot:
        telegram.say("/terkini", user=5001)
        await bot.answer(5001)
    assert telegram.order("bot_state")["waiting"] == 0
    async with asking(telegram) as bot:
        await bot.all_read()
        assert len(bot.said(5001)) == 1


async def test_the_menus_are_put_up_in_indonesian(telegram: FakeTelegram) -> None:
    bot = make_bot(TOKEN, telegram.api_url)
    await menu.register(bot, public=True, staff_chat=STAFF_ID)
    await close(bot)
    public, staff = telegram.journal("setMyCommands")
    assert "scope" not in public["params"] and str(STAFF_ID) in staff["params"]["scope"]
    assert "terkini" in public["params"]["commands"] and "lepas" not in public["params"]["commands"]
    assert all(f'"{name}"' in staff["params"]["commands"] for name in ("lepas", "jeda", "terbit", "status"))


async def test_a_staff_chat_that_isnt_there_stops_no_menu(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.answer_with(
        "setMyCommands", 400, {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}
    )
    bot = make_bot(TOKEN, telegram.api_url)
    await menu.register(bot, public=False, staff_chat=-1)
    await close(bot)
    assert told(caplog, "menu of commands") == 1

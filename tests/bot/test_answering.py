"""The bot at the Bot API's stand-in, over real sockets: what it answers, and what it keeps silent about."""

from __future__ import annotations

import time

import pytest

from medsosbot.bot.answering import Duty
from medsosbot.errors import DecisionError, StorageError
from medsosbot.options import Office
from tests.bot.asking import EDITOR, STRANGER, WRITER, asking
from tests.servers.client import SECOND_TOKEN, STAFF_ID, FakeTelegram

pytestmark = pytest.mark.anyio
GROUP = -1009990001


def open_group(telegram: FakeTelegram, privacy: bool = True) -> None:
    telegram.order("add_chat", number=GROUP, kind="supergroup", title="Warga Kaltim")
    telegram.order("membership", chat=GROUP, status="member")
    telegram.order("privacy", on=privacy)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("/terkini", 5),
        ("/terkini 3", 3),
        ("/terkini@kpukaltim_bot", 5),
        ("/terkini@KpuKaltim_Bot 2", 2),
        ("/TERKINI 4", 4),
        ("/terkini 99", 10),
        ("/terkini 0", 1),
        ("/terkini banyak", 5),
        ("/terkini 123456789012345678901234567890", 5),
    ],
)
async def test_terkini_takes_a_number(telegram: FakeTelegram, typed: str, asked: int) -> None:
    async with asking(telegram) as bot:
        telegram.say(typed, user=5001)
        assert await bot.answer(5001) == [f"{asked} rilis"]


async def test_start_names_the_office_and_its_site_and_help_the_commands(telegram: FakeTelegram) -> None:
    async with asking(telegram, office=Office("KPU <Kaltim> & kawan", "https://kaltim.kpu.go.id")) as bot:
        telegram.say("/start", user=5001)
        telegram.say("/bantuan", user=5002)
        telegram.say("selamat pagi <b>", user=5003)
        (start,) = await bot.answer(5001)
        assert "KPU <Kaltim> & kawan" in start and "https://kaltim.kpu.go.id" in start
        assert (await bot.answer(5002)) == (await bot.answer(5003))
        assert "/terkini" in bot.said(5002)[0]


async def test_id_tells_the_chat_and_the_person(telegram: FakeTelegram) -> None:
    open_group(telegram)
    async with asking(telegram) as bot:
        telegram.say("/id@kpukaltim_bot", chat=GROUP, user=5001)
        (said,) = await bot.answer(GROUP)
        assert str(GROUP) in said and "5001" in said


async def test_in_groups_it_answers_commands_only_and_none_of_another_bot(telegram: FakeTelegram) -> None:
    open_group(telegram, privacy=False)
    async with asking(telegram) as bot:
        for words in ("halo semua", "/terkini@bot_lain", "/cuaca", "apa /terkini", "/jeda", "/lepas 1"):
            telegram.say(words, chat=GROUP, user=5001)
        await bot.all_read()
        assert bot.said(GROUP) == [] and bot.desk.decided == []
        telegram.say("/terkini", chat=GROUP, user=5001)
        assert await bot.answer(GROUP) == ["5 rilis"]


async def test_an_edited_message_is_answered_once(telegram: FakeTelegram) -> None:
    open_group(telegram, privacy=False)
    async with asking(telegram) as bot:
        number = telegram.say("/terkini", chat=GROUP, user=5001)
        await bot.answer(GROUP)
        telegram.say("/terkini 3", chat=GROUP, user=5001, edited=number)
        mistyped = telegram.say("terkini", chat=GROUP, user=5002)
        telegram.say("/terkini 2", chat=GROUP, user=5002, edited=mistyped)
        await bot.answer(GROUP, 2)
        await bot.all_read()
        assert bot.said(GROUP) == ["5 rilis", "2 rilis"]


async def test_a_question_that_waited_for_over_two_minutes_is_not_answered(telegram: FakeTelegram) -> None:
    telegram.say("/terkini", user=5001, at=int(time.time()) - 180)
    telegram.say("/terkini 2", user=5002, at=int(time.time()) - 60)
    async with asking(telegram) as bot:
        assert await bot.answer(5002) == ["2 rilis"]
        await bot.all_read()
        assert bot.said(5001) == []


async def test_five_commands_in_ten_seconds_are_answered_and_no_more(telegram: FakeTelegram) -> None:
    async with asking(telegram) as bot:
        for n in range(1, 9):
            telegram.say(f"/terkini {n}", user=5001)
        await bot.all_read()
        assert len(await bot.answer(5001, 5)) == 5 and sorted(bot.desk.asked) == [1, 2, 3, 4, 5]


async def test_a_flood_in_one_group_is_dropped_unread_and_delays_nobody(telegram: FakeTelegram) -> None:
    open_group(telegram)
    async with asking(telegram, per_minute=3) as bot:
        for n in range(40):
            telegram.say("/terkini", chat=GROUP, user=6000 + n)
        telegram.say("/terkini 7", user=5001)
        assert await bot.answer(5001) == ["7 rilis"]
        await bot.all_read()
        assert len(bot.said(GROUP)) == 3 and bot.desk.asked == [5, 5, 5, 7]


async def test_a_chat_that_telegram_wants_left_alone_is_left_alone_and_the_others_are_not(
    telegram: FakeTelegram,
) -> None:
    telegram.rate_limit(60, match={"chat_id": "5001"})
    async with asking(telegram) as bot:
        telegram.say("/terkini", user=5001)
        await bot.all_read()
        telegram.say("/terkini", user=5001)
        telegram.say("/terkini", user=5002)
        await bot.answer(5002)
        await bot.all_read()
        assert bot.said(5001) == []


async def test_who_blocked_the_bot_is_no_trouble(telegram: FakeTelegram, caplog: pytest.LogCaptureFixture) -> None:
    telegram.say("/terkini", user=5001)
    telegram.order("block", chat=5001)
    async with asking(telegram) as bot:
        await bot.all_read()
    assert [r for r in caplog.records if r.levelname in ("WARNING", "ERROR")] == []


async def test_a_record_that_cant_be_read_is_said_plainly(telegram: FakeTelegram) -> None:
    async with asking(telegram) as bot:
        bot.desk.broken = StorageError("disk I/O error")
        telegram.say("/terkini", user=5001)
        (said,) = await bot.answer(5001)
        assert said.startswith("Maaf") and "disk" not in said


@pytest.mark.parametrize(
    ("typed", "decision"),
    [
        ("/jeda", {"decision": "pause", "destination": None}),
        ("/jeda x", {"decision": "pause", "destination": "x"}),
        ("/lanjut", {"decision": "resume", "destination": None}),
        ("/lanjut jam", {"decision": "trust_clock"}),
        ("/tahan 12", {"decision": "hold", "item_id": "12"}),
        ("/lepas 12", {"decision": "release", "item_id": "12"}),
        ("/lepas@kpukaltim_bot 12 sekarang", {"decision": "release", "item_id": "12", "at_once": True}),
        ("/batal rapat x", {"decision": "cancel", "item_id": "rapat", "destination": "x"}),
        ("/ulangi 12", {"decision": "retry", "item_id": "12", "destination": None}),
        ("/terbit 12 x 99", {"decision": "settle", "item_id": "12", "destination": "x", "posted": "99"}),
        ("/belum 12 x", {"decision": "settle", "item_id": "12", "destination": "x", "posted": None}),
    ],
)
async def test_an_editor_decides_in_the_staff_chat(
    telegram: FakeTelegram, typed: str, decision: dict[str, object]
) -> None:
    async with asking(telegram) as bot:
        telegram.say(typed, chat=STAFF_ID, user=EDITOR, name="Rina")
        assert await bot.answer(STAFF_ID) == [f"sudah: {decision['decision']} <b>&"]
        (decided,) = bot.desk.decided
        assert decided.pop("who").name == "Rina (7001)" and decided == decision


@pytest.mark.parametrize("typed", ["/tahan", "/lepas 12 nanti", "/terbit 12 x", "/jeda x y", "/batal 1 x y"])
async def test_words_that_dont_fit_are_answered_with_how_to_write_it(telegram: FakeTelegram, typed: str) -> None:
    async with asking(telegram) as bot:
        telegram.say(typed, chat=STAFF_ID, user=EDITOR)
        (said,) = await bot.answer(STAFF_ID)
        assert said.startswith("Tulis begini: /") and bot.desk.decided == []


async def test_what_the_state_doesnt_allow_is_told_escaped(telegram: FakeTelegram) -> None:
    async with asking(telegram) as bot:

        def refuse(decision: object) -> str:
            raise DecisionError("Tidak ada rilis <i>12</i> & lainnya.")

        bot.desk.says = refuse
        telegram.say("/lepas <i>12</i>", chat=STAFF_ID, user=EDITOR)
        assert await bot.answer(STAFF_ID) == ["Tidak ada rilis <i>12</i> & lainnya."]


async def test_who_is_no_editor_decides_nothing(telegram: FakeTelegram) -> None:
    open_group(telegram)
    async with asking(telegram) as bot:
        telegram.say("/jeda", chat=STAFF_ID, user=WRITER)
        telegram.say("/jeda", chat=STAFF_ID, user=STRANGER)
        telegram.say("/status", chat=STAFF_ID, user=STRANGER)
        telegram.say("/jeda", chat=STAFF_ID, anonymous=True)
        telegram.say("/jeda", chat=GROUP, user=EDITOR)
        telegram.say("/jeda", user=EDITOR)
        said = await bot.answer(STAFF_ID, 4)
        kinds = ["editor" if "hanya untuk editor" in s else "anonim" if "admin anonim" in s else s for s in said]
        assert sorted(kinds) == ["anonim", "editor", "editor", "editor"]
        assert await bot.answer(EDITOR) == ["Perintah ini hanya berlaku di grup staf."]
        assert bot.said(GROUP) == [] and bot.desk.decided == []


async def test_a_writer_may_ask_for_the_status(telegram: FakeTelegram) -> None:
    async with asking(telegram) as bot:
        telegram.say("/status", chat=STAFF_ID, user=WRITER)
        assert await bot.answer(STAFF_ID) == ["papan"]


async def test_an_editors_decision_is_never_dropped(telegram: FakeTelegram) -> None:
    async with asking(telegram, per_minute=3) as bot:
        for n in range(9):
            telegram.say(f"/lepas {n}", chat=STAFF_ID, user=EDITOR)
        await bot.answer(STAFF_ID, 9)
        assert [d["item_id"] for d in bot.desk.decided] == [str(n) for n in range(9)]


async def test_yesterdays_commands_only_stop_things(telegram: FakeTelegram) -> None:
    yesterday = int(time.time()) - 86400
    for typed in ("/jeda", "/tahan 1", "/batal 2 x", "/lepas 3", "/lanjut", "/ulangi 4", "/status"):
        telegram.say(typed, chat=STAFF_ID, user=EDITOR, at=yesterday)
    for typed in ("/jeda", "/status"):
        telegram.say(typed, chat=STAFF_ID, user=WRITER, at=yesterday)
    async with asking(telegram) as bot:
        await bot.answer(STAFF_ID, 7)
        await bot.all_read()
        said = bot.said(STAFF_ID)
        assert [(d["decision"], d.get("item_id")) for d in bot.desk.decided] == [
            ("pause", None),
            ("hold", "1"),
            ("hold", "2"),
        ]
        assert sum("tidak dijalankan" in s and "ulangi" in s for s in said) == 4
        assert len(said) == 7


async def test_with_two_tokens_each_bot_answers_in_its_own_place(telegram: FakeTelegram) -> None:
    telegram.order("membership", chat=STAFF_ID, status="member", token=SECOND_TOKEN)
    refused = [False]
    public_duty = Duty(public=lambda: True, staff=lambda: refused[0])
    async with (
        asking(telegram, duty=Duty(public=lambda: False, staff=lambda: True)) as own,
        asking(telegram, duty=public_duty, token=SECOND_TOKEN) as public,
    ):
        for token in (own.token, public.token):
            telegram.say("/terkini", user=5001, token=token)
        telegram.say("/jeda", chat=STAFF_ID, user=EDITOR)  # both bots hear it
        await public.answer(5001)
        await public.all_read()
        assert len(await own.answer(STAFF_ID)) == 1 and own.desk.asked == [] and len(own.desk.decided) == 1
        assert public.said(5001) == ["5 rilis"] and public.desk.decided == []
        refused[0] = True
        telegram.say("/lanjut", chat=STAFF_ID, user=EDITOR)
        await public.answer(STAFF_ID, 3)
        assert [d["decision"] for d in public.desk.decided] == ["resume"]


async def test_a_bot_that_is_out_of_the_staff_chat_says_so_until_it_hears_it_again(telegram: FakeTelegram) -> None:
    async with asking(telegram) as bot:
        telegram.order("membership", chat=STAFF_ID, status="kicked")
        await bot.all_read()
        assert not bot.poller.hears_the_staff
        telegram.order("membership", chat=STAFF_ID, status="member")
        await bot.all_read()
        assert bot.poller.hears_the_staff
        bot.poller.hears_the_staff = False
        telegram.say("/status", chat=STAFF_ID, user=WRITER)
        await bot.answer(STAFF_ID)
        assert bot.poller.hears_the_staff

"""The channel, over real sockets: what goes out, what the answer becomes."""

from __future__ import annotations

import asyncio
import io
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from medsosbot import logs
from medsosbot.clock import FixedClock
from medsosbot.errors import CannotTell, RejectedError, TransientError, UnauthorizedError, UncertainError
from medsosbot.model import Receipt
from medsosbot.options import Destination, Secrets, Staff, Telegram
from medsosbot.platforms.telegram import TelegramPlatform
from tests.platforms.conftest import intent, post, surroundings
from tests.servers.client import CHANNEL, CHANNEL_ID, STAFF_ID, TOKEN, FakeTelegram

HTML = '<b>Rapat &amp; Pleno</b>\n\nIsi berita.\n\n<a href="https://kaltim.kpu.go.id/berita/1">Selengkapnya</a>'


async def test_it_posts_html_with_a_public_link_and_telegrams_own_time(
    channel: TelegramPlatform, telegram: FakeTelegram
) -> None:
    receipt = await channel.publish(post(HTML, "HTML"), None)
    assert receipt.ids == ("1",)
    assert receipt.url == "https://t.me/kpukaltim/1"
    assert receipt.raw_text == "Rapat & Pleno\n\nIsi berita.\n\nSelengkapnya"
    assert receipt.at is not None and abs(receipt.at - datetime.now(UTC)) < timedelta(minutes=1)
    assert [p["text"] for p in telegram.posts()] == [receipt.raw_text]
    sent = telegram.accepted()[0]["params"]
    assert sent["parse_mode"] == "HTML" and "link_preview_options" in sent


async def test_a_part_after_another_is_a_reply_to_it(channel: TelegramPlatform, telegram: FakeTelegram) -> None:
    first = await channel.publish(post("satu"), None)
    await channel.publish(post("dua"), first)
    assert telegram.posts()[1]["reply_to_message"]["message_id"] == 1


async def test_a_private_channel_has_a_members_link(tmp_path: Path, telegram: FakeTelegram) -> None:
    telegram.order("add_chat", number=-1009000000009, kind="channel", title="Tertutup")
    telegram.order("membership", chat=-1009000000009, status="administrator")
    where = surroundings(
        tmp_path, Destination("tertutup", "telegram", -1009000000009), telegram=Telegram(api_url=telegram.api_url)
    )
    platform = TelegramPlatform(where)
    assert (await platform.publish(post("x"), None)).url == "https://t.me/c/9000000009/1"
    await platform.aclose()


@pytest.mark.parametrize("kind", ["close", "rst", "half_header", "half_body", "hang", "slow"])
@pytest.mark.parametrize("accept", [False, True])
async def test_a_line_that_breaks_after_the_request_left_is_uncertain(
    tmp_path: Path, telegram: FakeTelegram, kind: str, accept: bool
) -> None:
    where = surroundings(
        tmp_path, Destination("kanal", "telegram", CHANNEL), telegram=Telegram(api_url=telegram.api_url)
    )
    channel = TelegramPlatform(where, read=0.5)
    telegram.fault("sendMessage", kind, accept=accept, seconds=20)
    with pytest.raises(UncertainError):
        await channel.publish(post("x"), None)
    await channel.aclose()
    assert len(telegram.journal("sendMessage")) == 1


async def test_no_call_reuses_a_line_that_may_be_closing(channel: TelegramPlatform, telegram: FakeTelegram) -> None:
    telegram.fault("*", "reuse", times=None)
    for text in ("satu", "dua"):
        await channel.publish(post(text), None)
    assert len(telegram.posts()) == 2


@pytest.mark.parametrize("api_url", ["http://127.0.0.1:99999", "http://nowhere.invalid", "gopher://x", "http://[::1"])
async def test_an_address_that_leads_nowhere_is_proved_not_sent(tmp_path: Path, api_url: str) -> None:
    where = surroundings(tmp_path, Destination("kanal", "telegram", CHANNEL), telegram=Telegram(api_url=api_url))
    channel = TelegramPlatform(where)
    with pytest.raises(TransientError):
        await channel.publish(post("x"), None)
    await channel.aclose()


async def test_a_line_without_the_certificate_it_should_have_is_proved_not_sent(
    tmp_path: Path, telegram: FakeTelegram
) -> None:
    secure = telegram.api_url.replace("http://", "https://")
    where = surroundings(tmp_path, Destination("kanal", "telegram", CHANNEL), telegram=Telegram(api_url=secure))
    channel = TelegramPlatform(where)
    with pytest.raises(TransientError):
        await channel.publish(post("x"), None)
    assert telegram.posts() == []
    await channel.aclose()


async def test_a_refused_connection_is_proved_not_sent(channel: TelegramPlatform, telegram: FakeTelegram) -> None:
    telegram.stop()
    with pytest.raises(TransientError) as caught:
        await channel.publish(post("x"), None)
    assert caught.value.status is None and "ConnectError" in caught.value.detail


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, None),
        (200, {"ok": False}),
        (200, {"ok": True, "result": True}),
        (200, {"ok": True, "result": {}}),
        (200, {"ok": True, "result": {"message_id": 0, "date": 0, "chat": {"id": 1, "type": "channel"}}}),
        (200, {"ok": True, "result": {"message_id": "7"}}),
        (200, {"ok": True}),
        (200, {"result": {"message_id": 7}}),
        (502, {"ok": True, "result": {"message_id": 7}}),
        (200, []),
        (200, "null"),
        (302, None),
        (307, None),
        (409, {"ok": False, "description": "Conflict: x"}),
        (500, None),
        (502, None),
        (502, {"ok": False, "description": "Bad Gateway"}),
        (504, None),
        (520, "x"),
    ],
)
async def test_an_answer_that_says_nothing_is_uncertain(
    channel: TelegramPlatform, telegram: FakeTelegram, status: int, body: object
) -> None:
    telegram.answer_with("sendMessage", status, body, accept=True, headers={"Location": telegram.api_url + "/other"})
    with pytest.raises(UncertainError) as caught:
        await channel.publish(post("x"), None)
    assert caught.value.status == status
    assert len(telegram.journal()) == 1  # no redirect was followed


@pytest.mark.parametrize(
    "more", [{}, {"date": 1795600000, "chat": {}}, {"forward_origin": {"type": "new"}, "entities": [{"type": "new"}]}]
)
async def test_an_answer_with_an_id_is_a_success_whatever_else_it_lacks(
    channel: TelegramPlatform, telegram: FakeTelegram, more: dict[str, object]
) -> None:
    telegram.answer_with("sendMessage", 200, {"ok": True, "result": {"message_id": 7} | more})
    assert (await channel.publish(post("x"), None)).ids == ("7",)


async def test_429_waits_as_long_as_telegram_says(channel: TelegramPlatform, telegram: FakeTelegram) -> None:
    telegram.rate_limit(40)
    with pytest.raises(TransientError) as caught:
        await channel.publish(post("x"), None)
    assert caught.value.paced and caught.value.not_before is not None
    wait = (caught.value.not_before - datetime.now(UTC)).total_seconds()
    assert 30 < wait <= 40


@pytest.mark.parametrize(("headers", "known"), [({"Retry-After": "40"}, True), ({}, False)])
async def test_429_of_a_proxy_is_no_doubt(
    channel: TelegramPlatform, telegram: FakeTelegram, headers: dict[str, str], known: bool
) -> None:
    telegram.answer_with("sendMessage", 429, None, headers=headers)
    with pytest.raises(TransientError) as caught:
        await channel.publish(post("x"), None)
    assert caught.value.paced and (caught.value.not_before is not None) == known


async def test_413_never_will(channel: TelegramPlatform, telegram: FakeTelegram) -> None:
    telegram.answer_with("sendMessage", 413, None)
    with pytest.raises(RejectedError):
        await channel.publish(post("x"), None)


@pytest.mark.parametrize(("text", "word"), [("x" * 4097, "batas"), ("<b>x", "HTML"), (" ", "kosong")])
async def test_a_400_about_the_text_fails_the_post(
    channel: TelegramPlatform, telegram: FakeTelegram, text: str, word: str
) -> None:
    with pytest.raises(RejectedError) as caught:
        await channel.publish(post(text, "HTML"), None)
    assert word in caught.value.reason and caught.value.status == 400


async def test_a_400_about_our_rights_stops_the_destination(channel: TelegramPlatform, telegram: FakeTelegram) -> None:
    telegram.order("membership", chat=CHANNEL, status="administrator", can_post_messages=False)
    with pytest.raises(UnauthorizedError) as caught:
        await channel.publish(post("x"), None)
    assert not caught.value.account and "hak mengirim" in caught.value.reason


async def test_a_kick_stops_the_destination(channel: TelegramPlatform, telegram: FakeTelegram) -> None:
    telegram.order("membership", chat=CHANNEL, status="kicked")
    with pytest.raises(UnauthorizedError) as caught:
        await channel.publish(post("x"), None)
    assert not caught.value.account and caught.value.status == 403 and "dikeluarkan" in caught.value.reason


async def test_a_group_that_moved_names_its_new_id(channel: TelegramPlatform, telegram: FakeTelegram) -> None:
    telegram.order("migrate", chat=CHANNEL, to=-1007777777777)
    with pytest.raises(UnauthorizedError) as caught:
        await channel.publish(post("x"), None)
    assert "-1007777777777" in caught.value.reason


async def test_a_revoked_token_stops_every_destination_and_shows_nowhere(
    channel: TelegramPlatform, telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.order("revoke")
    with pytest.raises(UnauthorizedError) as caught:
        await channel.publish(post("x"), None)
    assert caught.value.account and caught.value.status == 401
    shown = f"{caught.value!r} {caught.value.reason} {caught.value.detail} {channel!r} {vars(channel)!r} {caplog.text}"
    assert TOKEN not in shown and TOKEN.partition(":")[2] not in shown


async def test_at_debug_no_token_stands_in_any_log(channel: TelegramPlatform, telegram: FakeTelegram) -> None:
    lines = io.StringIO()
    root = logging.getLogger()
    level = root.level
    logs.configure("DEBUG", stream=lines)
    try:
        await channel.publish(post("x"), None)
        telegram.answer_with("sendMessage", 200, "<html>")
        with pytest.raises(UncertainError):
            await channel.publish(post("y"), None)
        logging.getLogger("medsosbot").debug("it writes")
    finally:
        logs.configure(level)
        root.handlers = [h for h in root.handlers if not getattr(h, "of_medsosbot", False)]
    assert "it writes" in lines.getvalue() and "Traceback" not in lines.getvalue()
    assert TOKEN.partition(":")[2] not in lines.getvalue()


async def test_a_token_that_cannot_be_one_is_refused_without_a_call(tmp_path: Path, telegram: FakeTelegram) -> None:
    for token in (None, "12345:AAA bbb", "12345:AAA/../getMe"):
        where = surroundings(
            tmp_path,
            Destination("kanal", "telegram", CHANNEL),
            secrets=Secrets(telegram_token=token),
            telegram=Telegram(api_url=telegram.api_url),
        )
        with pytest.raises(UnauthorizedError):
            await TelegramPlatform(where).publish(post("x"), None)
    assert telegram.journal() == []


async def test_it_tells_telegrams_clock(channel: TelegramPlatform, telegram: FakeTelegram) -> None:
    telegram.answer_with("getMe", 200, {"ok": True, "result": {"id": 1, "is_bot": True, "first_name": "x"}}, headers={
        "Date": "Tue, 24 Nov 2026 01:00:00 GMT"
    })  # fmt: skip
    assert await channel.server_time() == datetime(2026, 11, 24, 1, tzinfo=UTC)


async def test_a_sent_text_is_a_silent_notice(channel: TelegramPlatform, telegram: FakeTelegram) -> None:
    number = await channel.sender.send_text(STAFF_ID, "<b>Gagal</b>: rapat", silent=True)
    assert [m["message_id"] for m in telegram.posts(STAFF_ID)] == [number]
    assert telegram.accepted()[0]["params"]["disable_notification"] == "true"


async def test_one_client_may_ask_while_it_publishes(channel: TelegramPlatform, telegram: FakeTelegram) -> None:
    telegram.fault("sendMessage", "close", accept=True)
    results = await asyncio.gather(
        channel.publish(post("x"), None), *(channel.server_time() for _ in range(8)), return_exceptions=True
    )
    assert isinstance(results[0], UncertainError)
    assert all(isinstance(r, datetime) for r in results[1:])


# Evidence


async def lose(channel: TelegramPlatform, telegram: FakeTelegram, text: str, markup: str | None = None) -> None:
    telegram.fault("sendMessage", "close", accept=True)
    with pytest.raises(UncertainError):
        await channel.publish(post(text, markup), None)


async def test_it_finds_what_was_taken_without_an_answer(channel: TelegramPlatform, telegram: FakeTelegram) -> None:
    anchor = await channel.publish(post("patokan"), None)
    telegram.order("skip_ids", chat=CHANNEL, count=7)
    telegram.order("stranger", chat=CHANNEL, html="kiriman orang lain")
    telegram.order("service_message", chat=CHANNEL)
    await lose(channel, telegram, HTML, "HTML")
    found = await channel.find(post(HTML, "HTML"), intent(anchor.ids[0]))
    assert isinstance(found, Receipt)
    assert found.ids == ("11",) and found.url == "https://t.me/kpukaltim/11" and found.at is not None
    assert telegram.posts(STAFF_ID) == []  # every forward was deleted
    assert all(c["params"]["disable_notification"] == "true" for c in telegram.journal("forwardMessage"))


async def test_it_says_absent_only_after_twenty_missing_ids(channel: TelegramPlatform, telegram: FakeTelegram) -> None:
    anchor = await channel.publish(post("patokan"), None)
    telegram.order("skip_ids", chat=CHANNEL, count=19)
    telegram.order("stranger", chat=CHANNEL, html="kiriman orang lain")
    assert await channel.find(post("x"), intent(anchor.ids[0])) is None
    assert len(telegram.journal("forwardMessage")) == 40


async def test_it_never_takes_a_known_post_for_the_lost_one(channel: TelegramPlatform, telegram: FakeTelegram) -> None:
    anchor = await channel.publish(post("patokan"), None)
    known = await channel.publish(post("x"), None)
    assert await channel.find(post("x"), intent(anchor.ids[0], *known.ids)) is None
    found = await channel.find(post("x"), intent(anchor.ids[0]))
    assert found is not None and found.ids == known.ids


async def test_it_looks_beyond_a_long_hole_when_a_known_post_lies_there(
    channel: TelegramPlatform, telegram: FakeTelegram
) -> None:
    anchor = await channel.publish(post("patokan"), None)
    telegram.order("skip_ids", chat=CHANNEL, count=30)
    await lose(channel, telegram, "x")
    urgent = await channel.publish(post("mendesak"), None)
    found = await channel.find(post("x"), intent(anchor.ids[0], *urgent.ids))
    assert found is not None and found.ids == ("32",)


@pytest.mark.parametrize(
    "alike", ["Rapat Pleno KPU Kaltim, Selasa (27/9/2022) pukul 9", "Rapat Pleno KPU Kaltim, Rabu (28/9/2022) pukul 09"]
)
async def test_a_post_that_is_nearly_the_same_is_for_a_person(
    channel: TelegramPlatform, telegram: FakeTelegram, alike: str
) -> None:
    anchor = await channel.publish(post("patokan"), None)
    telegram.order("stranger", chat=CHANNEL, html=alike)
    with pytest.raises(CannotTell, match="mirip"):
        await channel.find(post("Rapat Pleno KPU Kaltim, Selasa (27/9/2022) pukul 09"), intent(anchor.ids[0]))


async def test_a_forward_of_another_channel_with_our_words_is_for_a_person(
    channel: TelegramPlatform, telegram: FakeTelegram
) -> None:
    anchor = await channel.publish(post("patokan"), None)
    telegram.order("stranger", chat=CHANNEL, html="x", forwarded_from=-1005)
    with pytest.raises(CannotTell):
        await channel.find(post("x"), intent(anchor.ids[0]))


async def test_over_fifty_other_posts_are_for_a_person_and_fifty_are_not(
    channel: TelegramPlatform, telegram: FakeTelegram
) -> None:
    anchor = await channel.publish(post("patokan"), None)
    telegram.order("stranger", chat=CHANNEL, html="kiriman orang lain", times=50)
    assert await channel.find(post("x"), intent(anchor.ids[0])) is None
    telegram.order("stranger", chat=CHANNEL, html="satu lagi")
    with pytest.raises(CannotTell, match="banyak"):
        await channel.find(post("x"), intent(anchor.ids[0]))


async def test_what_was_seen_once_is_not_forwarded_again(channel: TelegramPlatform, telegram: FakeTelegram) -> None:
    anchor = await channel.publish(post("patokan"), None)
    telegram.order("stranger", chat=CHANNEL, html="kiriman orang lain", times=3)
    for _ in range(2):
        assert await channel.find(post("x"), intent(anchor.ids[0])) is None
    assert len(telegram.accepted("forwardMessage")) == 3


async def test_protected_content_is_no_evidence(channel: TelegramPlatform, telegram: FakeTelegram) -> None:
    telegram.order("protect", chat=CHANNEL)
    with pytest.raises(CannotTell, match="dilindungi"):
        await channel.find(post("x"), intent("1"))
    assert telegram.journal("forwardMessage") == []


async def test_a_channel_that_refuses_forwards_is_no_evidence(
    channel: TelegramPlatform, telegram: FakeTelegram
) -> None:
    body = {"ok": False, "error_code": 400, "description": "Bad Request: CHAT_FORWARDS_RESTRICTED"}
    telegram.answer_with("forwardMessage", 400, body)
    with pytest.raises(CannotTell, match="dilindungi"):
        await channel.find(post("x"), intent("1"))


async def test_without_anchor_or_staff_chat_there_is_no_evidence(
    tmp_path: Path, channel: TelegramPlatform, telegram: FakeTelegram
) -> None:
    with pytest.raises(CannotTell, match="patokan"):
        await channel.find(post("x"), intent(None))
    where = surroundings(
        tmp_path,
        Destination("kanal", "telegram", CHANNEL),
        staff=Staff(),
        telegram=Telegram(api_url=telegram.api_url),
    )
    with pytest.raises(CannotTell, match="staf"):
        await TelegramPlatform(where).find(post("x"), intent("1"))


@pytest.mark.parametrize(
    ("method", "status", "error"),
    [
        ("getChat", 502, TransientError),
        ("getChat", 429, TransientError),
        ("forwardMessage", 500, TransientError),
        ("forwardMessage", 429, TransientError),
        ("forwardMessage", 200, TransientError),
        ("forwardMessage", 400, CannotTell),
        ("forwardMessage", 403, CannotTell),
        ("forwardMessage", 401, CannotTell),
    ],
)
async def test_asking_that_fails_is_no_verdict(
    channel: TelegramPlatform, telegram: FakeTelegram, method: str, status: int, error: type[Exception]
) -> None:
    anchor = await channel.publish(post("patokan"), None)
    telegram.answer_with(method, status, None)
    with pytest.raises(error):
        await channel.find(post("x"), intent(anchor.ids[0]))


async def test_a_429_on_asking_is_obeyed_at_the_next_asking(tmp_path: Path, telegram: FakeTelegram) -> None:
    clock = FixedClock(datetime.now(UTC))
    where = surroundings(
        tmp_path, Destination("kanal", "telegram", CHANNEL), telegram=Telegram(api_url=telegram.api_url), clock=clock
    )
    channel = TelegramPlatform(where)
    anchor = await channel.publish(post("patokan"), None)
    telegram.rate_limit(90, "forwardMessage")
    for _ in range(2):
        with pytest.raises(TransientError) as caught:
            await channel.find(post("x"), intent(anchor.ids[0]))
        assert caught.value.not_before == clock.now() + timedelta(seconds=90)
    assert len(telegram.journal("getChat")) == 1
    clock.move(timedelta(seconds=90))
    assert await channel.find(post("x"), intent(anchor.ids[0])) is None
    await channel.aclose()


async def test_asking_a_dead_line_is_no_verdict(channel: TelegramPlatform, telegram: FakeTelegram) -> None:
    telegram.stop()
    with pytest.raises(TransientError):
        await channel.find(post("x"), intent("1"))


async def test_it_looks_at_one_post(channel: TelegramPlatform, telegram: FakeTelegram) -> None:
    receipt = await channel.publish(post("x"), None)
    found = await channel.look(receipt.ids[0])
    assert found is not None and found.raw_text == "x" and found.url == receipt.url
    assert await channel.look("99") is None
    assert await channel.look("bukan angka") is None


async def test_what_is_accepted_late_is_absent_first_and_then_found(
    channel: TelegramPlatform, telegram: FakeTelegram
) -> None:
    anchor = await channel.publish(post("patokan"), None)
    telegram.fault("sendMessage", "late", seconds=1.0)
    with pytest.raises(UncertainError):
        await channel.publish(post("x"), None)
    found = None
    while found is None:  # it comes by the stand-in's own clock
        found = await channel.find(post("x"), intent(anchor.ids[0]))
    assert [p["text"] for p in telegram.posts()] == ["patokan", "x"]


# Rights


async def test_check_names_what_it_found(channel: TelegramPlatform, telegram: FakeTelegram) -> None:
    receipt = await channel.publish(post("x"), None)
    notes = " · ".join(await channel.check(known=receipt.ids[0]))
    for word in ("@kpukaltim_bot", "KPU Provinsi Kalimantan Timur", "boleh mengirim", "Tim Medsos", "privasi", "jam"):
        assert word in notes
    assert "pemeriksaan kiriman 1: ditemukan" in notes


@pytest.mark.parametrize(
    ("order", "word"),
    [
        ({"do": "membership", "chat": CHANNEL, "status": "left"}, "bukan admin"),
        ({"do": "membership", "chat": CHANNEL, "status": "kicked"}, "dikeluarkan"),
        ({"do": "membership", "chat": CHANNEL, "status": "member"}, "bukan admin"),
        ({"do": "membership", "chat": CHANNEL, "status": "administrator", "can_post_messages": False}, "tanpa hak"),
        ({"do": "migrate", "chat": CHANNEL, "to": -1007}, "-1007"),
        ({"do": "revoke"}, "token"),
    ],
)
async def test_check_refuses_with_the_mending_action(
    channel: TelegramPlatform, telegram: FakeTelegram, order: dict[str, object], word: str
) -> None:
    telegram.order(**order)  # type: ignore[arg-type]
    with pytest.raises(UnauthorizedError) as caught:
        await channel.check()
    assert word in caught.value.reason


async def test_check_tells_of_the_staff_chat_but_does_not_refuse_for_it(
    channel: TelegramPlatform, telegram: FakeTelegram
) -> None:
    telegram.order("membership", chat=STAFF_ID, status="left")
    telegram.order("protect", chat=CHANNEL_ID)
    notes = " · ".join(await channel.check())
    assert "grup staf: " in notes and "dilindungi" in notes


async def test_check_of_a_dead_line_is_nobodys_fault(channel: TelegramPlatform, telegram: FakeTelegram) -> None:
    telegram.answer_with("getMe", 502, None)
    with pytest.raises(TransientError):
        await channel.check()

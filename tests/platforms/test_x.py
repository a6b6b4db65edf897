"""The account on X, over real sockets: what goes out signed, what the answer becomes."""

from __future__ import annotations

import io
import logging
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
import requests.adapters

from medsosbot import logs
from medsosbot.errors import CannotTell, RejectedError, TransientError, UnauthorizedError, UncertainError
from medsosbot.options import Destination, Secrets, X
from medsosbot.platforms.calls import CURRENT
from medsosbot.platforms.x import XPlatform
from tests.platforms.conftest import REAL_KEYS, intent, post, surroundings
from tests.servers.client import KEYS, FakeX

POST = "POST /2/tweets"
TIMELINE = "GET /2/users/:id/tweets"
TEXT = "KPU Kaltim & H. Basir, S.Ag menggelar rapat.\n\nhttps://kaltim.kpu.go.id/berita/1/\n#KPUKaltim"


async def test_it_posts_signed_for_the_called_url(account: XPlatform, x: FakeX) -> None:
    receipt = await account.publish(post(TEXT), None)
    assert [p["source"] for p in x.posts()] == [TEXT]
    assert receipt.ids == (x.posts()[0]["id"],)
    assert receipt.url == f"https://x.com/i/web/status/{receipt.ids[0]}"
    assert receipt.at is not None and abs(receipt.at - datetime.now(UTC)) < timedelta(minutes=1)


async def test_a_part_after_another_is_a_reply_to_it(account: XPlatform, x: FakeX) -> None:
    first = await account.publish(post("satu"), None)
    await account.publish(post("dua"), first)
    assert x.posts()[1]["reply"] == first.ids[0]


@pytest.mark.parametrize("kind", ["close", "rst", "half_header", "half_body", "hang", "slow"])
@pytest.mark.parametrize("accept", [False, True])
async def test_a_line_that_breaks_after_the_request_left_is_uncertain(
    tmp_path: Path, x: FakeX, kind: str, accept: bool
) -> None:
    where = surroundings(tmp_path, Destination("x", "x"), x=X(api_url=x.api_url))
    account = XPlatform(where, timeout=(0.5, 0.5))
    x.fault(POST, kind, accept=accept, seconds=20)
    with pytest.raises(UncertainError) as caught:
        await account.publish(post("x"), None)
    assert not caught.value.duplicate
    assert len(x.journal(POST)) == 1
    await account.aclose()


async def test_no_call_reuses_a_line_that_may_be_closing(account: XPlatform, x: FakeX) -> None:
    x.fault("*", "reuse", times=None)
    for text in ("satu", "dua"):
        await account.publish(post(text), None)
    assert len(x.posts()) == 2


async def test_a_refused_connection_is_proved_not_sent(account: XPlatform, x: FakeX) -> None:
    x.stop()
    with pytest.raises(TransientError) as caught:
        await account.publish(post("x"), None)
    assert caught.value.status is None


async def test_an_unknown_host_is_proved_not_sent(tmp_path: Path) -> None:
    account = XPlatform(surroundings(tmp_path, Destination("x", "x"), x=X(api_url="http://nowhere.invalid")))
    with pytest.raises(TransientError):
        await account.publish(post("x"), None)
    await account.aclose()


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, None),
        (200, {}),
        (200, {"data": {}}),
        (200, {"data": []}),
        (201, []),
        (201, "null"),
        (201, {"data": {"id": "bukan angka"}}),
        (302, None),
        (307, None),
        (308, None),
        (409, {"title": "Conflict"}),
        (422, []),
        (500, None),
        (502, None),
        (503, {"title": "Service Unavailable", "detail": "x"}),
        (503, []),
    ],
)
async def test_an_answer_that_says_nothing_is_uncertain(
    account: XPlatform, x: FakeX, status: int, body: object
) -> None:
    x.answer_with(POST, status, body, accept=True, headers={"Location": x.api_url + "/2/other"})
    with pytest.raises(UncertainError) as caught:
        await account.publish(post("x"), None)
    assert caught.value.status == status
    assert len(x.journal()) == 1  # no redirect was followed


@pytest.mark.parametrize(
    ("body", "account_refused"),
    [({"title": "Unauthorized", "detail": "Unauthorized", "status": 401}, True), ([], True)],
)
async def test_refused_keys_stop_every_destination_and_show_nowhere(
    account: XPlatform, x: FakeX, body: object, account_refused: bool, caplog: pytest.LogCaptureFixture
) -> None:
    x.answer_with(POST, 401, body)
    with pytest.raises(UnauthorizedError) as caught:
        await account.publish(post("x"), None)
    assert caught.value.account == account_refused and caught.value.probe
    shown = f"{caught.value!r} {caught.value.reason} {caught.value.detail} {account!r} {caplog.text}"
    assert not any(secret in shown for secret in KEYS.values())


async def test_a_signature_for_another_host_is_refused(tmp_path: Path, x: FakeX) -> None:
    where = surroundings(tmp_path, Destination("x", "x"), x=X(api_url=x.api_url))
    account = XPlatform(where)
    client = account._open()
    other = requests.Session()
    other.mount("https://", Elsewhere(x.api_url))
    client.session = other
    with pytest.raises(UnauthorizedError):
        await account.publish(post("x"), None)
    assert "wrong signature" in x.journal()[0]["error"]
    other.close()


class Elsewhere(requests.adapters.HTTPAdapter):
    """Sends what was signed for one host to another: what a rewriting adapter would do."""

    def __init__(self, api_url: str) -> None:
        super().__init__()
        self._api_url = api_url

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        request.url = str(request.url).replace("https://api.twitter.com", self._api_url)
        response = super().send(request, *args, **kwargs)
        if call := CURRENT.get():
            call.status, call.body = response.status_code, response.content
        return response


async def test_at_debug_no_key_stands_in_any_log(account: XPlatform, x: FakeX) -> None:
    lines = io.StringIO()
    root = logging.getLogger()
    level = root.level
    logs.configure("DEBUG", stream=lines)
    try:
        await account.publish(post("x"), None)
        logging.getLogger("medsosbot").debug("it writes")
    finally:
        logs.configure(level)
        root.handlers = [h for h in root.handlers if not getattr(h, "of_medsosbot", False)]
    assert "it writes" in lines.getvalue() and "oauth_signature" not in lines.getvalue()
    assert not any(secret in lines.getvalue() for secret in KEYS.values())


async def test_wrong_keys_are_refused(tmp_path: Path, x: FakeX) -> None:
    keys = REAL_KEYS | {"x_api_secret": "salah"}
    where = surroundings(tmp_path, Destination("x", "x"), x=X(api_url=x.api_url), secrets=Secrets(**keys))
    account = XPlatform(where)
    with pytest.raises(UnauthorizedError) as caught:
        await account.publish(post("x"), None)
    assert caught.value.status == 401
    await account.aclose()


async def test_missing_keys_are_told_without_a_call(tmp_path: Path, x: FakeX) -> None:
    where = surroundings(tmp_path, Destination("x", "x"), x=X(api_url=x.api_url), secrets=Secrets())
    with pytest.raises(UnauthorizedError, match="Kunci X"):
        await XPlatform(where).publish(post("x"), None)
    assert x.journal() == []


async def test_no_credits_stop_the_destination_and_only_a_post_shows_the_end(account: XPlatform, x: FakeX) -> None:
    x.order("credits", left=0)
    with pytest.raises(UnauthorizedError) as caught:
        await account.publish(post("x"), None)
    assert caught.value.status == 402 and not caught.value.probe and "saldo" in caught.value.reason


async def test_a_403_of_unknown_reason_stops_the_destination(account: XPlatform, x: FakeX) -> None:
    x.order("read_only")
    with pytest.raises(UnauthorizedError) as caught:
        await account.publish(post("x"), None)
    assert caught.value.status == 403 and not caught.value.probe and not caught.value.account


@pytest.mark.parametrize(("text", "word"), [("x" * 281, "batas"), ("$AB dan $CD", "tanda saham")])
async def test_a_403_about_the_text_fails_the_post(account: XPlatform, x: FakeX, text: str, word: str) -> None:
    with pytest.raises(RejectedError) as caught:
        await account.publish(post(text), None)
    assert word in caught.value.reason


async def test_a_refused_reply_fails_the_post(account: XPlatform, x: FakeX) -> None:
    first = await account.publish(post("satu"), None)
    x.order("forget", number=first.ids[0])
    with pytest.raises(RejectedError, match="balasan"):
        await account.publish(post("dua"), first)


async def test_a_duplicate_is_a_doubt_and_no_failure(account: XPlatform, x: FakeX) -> None:
    await account.publish(post("x"), None)
    with pytest.raises(UncertainError) as caught:
        await account.publish(post("x"), None)
    assert caught.value.duplicate


async def test_429_waits_for_the_window_by_xs_own_clock(account: XPlatform, x: FakeX) -> None:
    slow = datetime.now(UTC) - timedelta(minutes=20)  # X's clock is behind ours
    reset = {"x-rate-limit-reset": str(int(slow.timestamp()) + 300), "Date": slow.strftime("%a, %d %b %Y %H:%M:%S GMT")}
    x.answer_with(POST, 429, "Too Many Requests", headers=reset)
    with pytest.raises(TransientError) as caught:
        await account.publish(post("x"), None)
    assert caught.value.paced and caught.value.not_before is not None
    assert 290 < (caught.value.not_before - datetime.now(UTC)).total_seconds() <= 301


async def test_429_takes_the_longer_wish(account: XPlatform, x: FakeX) -> None:
    now = int(time.time())
    day = {"x-user-limit-24hour-reset": str(now + 9000), "x-user-limit-24hour-remaining": "0", "Retry-After": "60"}
    x.answer_with(POST, 429, None, headers={"x-rate-limit-reset": str(now + 300)} | day)
    with pytest.raises(TransientError) as caught:
        await account.publish(post("x"), None)
    assert caught.value.not_before is not None
    assert 8900 < (caught.value.not_before - datetime.now(UTC)).total_seconds() <= 9001


@pytest.mark.parametrize("headers", [{}, {"x-rate-limit-reset": "bukan angka"}, {"x-rate-limit-reset": "5"}])
async def test_429_without_a_wish_leaves_the_wait_to_the_engine(
    account: XPlatform, x: FakeX, headers: dict[str, str]
) -> None:
    x.answer_with(POST, 429, None, headers=headers)
    with pytest.raises(TransientError) as caught:
        await account.publish(post("x"), None)
    assert caught.value.paced and caught.value.not_before is None


# Evidence


async def lose(account: XPlatform, x: FakeX, text: str) -> None:
    x.fault(POST, "close", accept=True)
    with pytest.raises(UncertainError):
        await account.publish(post(text), None)


async def test_it_finds_what_was_taken_without_an_answer(account: XPlatform, x: FakeX) -> None:
    anchor = await account.publish(post("patokan"), None)
    await lose(account, x, TEXT)
    x.order("stranger", text="kiriman tangan")
    found = await account.find(post(TEXT), intent(anchor.ids[0]))
    assert found is not None
    assert found.ids == (x.posts()[1]["id"],) and found.url == f"https://x.com/i/web/status/{found.ids[0]}"


async def test_it_reads_page_by_page(account: XPlatform, x: FakeX) -> None:
    anchor = await account.publish(post("patokan"), None)
    await lose(account, x, TEXT)
    x.order("stranger", text="kiriman tangan", times=230)
    found = await account.find(post(TEXT), intent(anchor.ids[0]))
    assert found is not None and found.ids == (x.posts()[1]["id"],)
    assert len(x.journal(TIMELINE)) == 3


async def test_it_does_not_read_before_the_anchor(account: XPlatform, x: FakeX) -> None:
    await account.publish(post(TEXT), None)
    anchor = await account.publish(post("patokan"), None)
    assert await account.find(post(TEXT), intent(anchor.ids[0])) is None


async def test_it_never_takes_a_known_post_for_the_lost_one(account: XPlatform, x: FakeX) -> None:
    known = await account.publish(post(TEXT), None)
    assert await account.find(post(TEXT), intent("1", *known.ids)) is None
    assert await account.find(post(TEXT), intent("1")) is not None


async def test_without_an_anchor_it_reads_from_a_minute_before_the_intent(account: XPlatform, x: FakeX) -> None:
    await account.publish(post(TEXT), None)
    now = datetime.now(UTC)
    assert await account.find(post(TEXT), intent(None, at=now)) is not None
    assert await account.find(post(TEXT), intent(None, at=now + timedelta(seconds=65))) is None


async def test_without_an_anchor_it_counts_by_xs_clock(account: XPlatform, x: FakeX) -> None:
    await account.publish(post(TEXT), None)
    behind = (datetime.now(UTC) - timedelta(hours=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    user = {"data": {"id": "1550001234567890123", "name": "K", "username": "k"}}
    x.answer_with("GET /2/users/me", 200, user, headers={"Date": behind})
    await account.server_time()
    # Ours is an hour ahead of X's: an intent written at our time lies an hour back there.
    assert await account.find(post(TEXT), intent(None, at=datetime.now(UTC) + timedelta(minutes=55))) is not None


async def test_a_stale_timeline_is_absent_for_now(account: XPlatform, x: FakeX) -> None:
    anchor = await account.publish(post("patokan"), None)
    await lose(account, x, TEXT)
    x.order("stale", seconds=3600)
    assert await account.find(post(TEXT), intent(anchor.ids[0])) is None
    x.order("stale", seconds=0)
    assert await account.find(post(TEXT), intent(anchor.ids[0])) is not None


async def test_a_post_that_is_nearly_the_same_is_for_a_person(account: XPlatform, x: FakeX) -> None:
    x.order("stranger", text=TEXT.replace("menggelar", "mengadakan"))
    with pytest.raises(CannotTell, match="mirip"):
        await account.find(post(TEXT), intent("1"))


async def test_the_same_words_with_another_link_are_for_a_person(account: XPlatform, x: FakeX) -> None:
    x.order("stranger", text="Rapat pleno digelar. https://kaltim.kpu.go.id/a")
    with pytest.raises(CannotTell):
        await account.find(post("Rapat pleno digelar. https://kaltim.kpu.go.id/b"), intent("1"))


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (200, None, TransientError),
        (200, {}, TransientError),
        (200, {"data": "x"}, TransientError),
        (429, None, TransientError),
        (503, None, TransientError),
        (400, None, CannotTell),
        (401, None, CannotTell),
        (402, None, CannotTell),
        (403, None, CannotTell),
    ],
)
async def test_asking_that_fails_is_no_verdict(
    account: XPlatform, x: FakeX, status: int, body: object, error: type[Exception]
) -> None:
    x.answer_with(TIMELINE, status, body)
    with pytest.raises(error):
        await account.find(post("x"), intent("1"))


async def test_it_looks_at_one_post(account: XPlatform, x: FakeX) -> None:
    receipt = await account.publish(post(TEXT), None)
    found = await account.look(receipt.ids[0])
    assert found is not None and "&" in (found.raw_text or "") and "t.co" not in (found.raw_text or "")
    assert await account.look("99") is None
    assert await account.look("bukan angka") is None


# Rights


async def test_check_names_the_account(account: XPlatform, x: FakeX) -> None:
    receipt = await account.publish(post("x"), None)
    notes = " · ".join(await account.check(known=receipt.ids[0]))
    assert "@kpu_kaltim" in notes and "selisih jam" in notes and f"{receipt.ids[0]}: ditemukan" in notes


@pytest.mark.parametrize(
    ("status", "body", "headers", "error", "word"),
    [
        (401, None, {}, UnauthorizedError, "kunci"),
        (403, {"detail": "Your account is suspended"}, {}, UnauthorizedError, "suspended"),
        (200, {"data": {"id": "7", "username": "lain", "name": "L"}}, {}, UnauthorizedError, "akun lain"),
        (
            200,
            {"data": {"id": "1550001234567890123", "username": "k", "name": "K"}},
            {"x-access-level": "read"},
            UnauthorizedError,
            "izin tulis",
        ),
        (200, {}, {}, TransientError, "tidak menjawab"),
        (200, None, {}, TransientError, "tidak menjawab"),
        (503, None, {}, TransientError, "tidak menjawab"),
    ],
)
async def test_check_refuses_with_the_mending_action(
    account: XPlatform,
    x: FakeX,
    status: int,
    body: object,
    headers: dict[str, str],
    error: type[UnauthorizedError | TransientError],
    word: str,
) -> None:
    x.answer_with("GET /2/users/me", status, body, headers=headers)
    with pytest.raises(error) as caught:
        await account.check()
    assert word in caught.value.reason

"""The stand-ins themselves: a lenient one would prove nothing."""

from __future__ import annotations

import http.client
import json
import threading
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from tests.servers.client import CHANNEL, SECOND_TOKEN, STAFF_ID, TOKEN, FakeTelegram
from tests.servers.telegram_html import CantParse, parse
from tests.servers.x_text import weight


def ask(telegram: FakeTelegram, method: str, token: str = TOKEN, **params: Any) -> dict[str, Any]:
    line = http.client.HTTPConnection(urlsplit(telegram.api_url).netloc, timeout=20)
    body = "&".join(f"{k}={quote(str(v))}" for k, v in params.items())
    line.request("POST", f"/bot{token}/{method}", body, {"Content-Type": "application/x-www-form-urlencoded"})
    answer: dict[str, Any] = json.loads(line.getresponse().read())
    line.close()
    return answer


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("é</b>", "Unexpected end tag at byte offset 2"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
    ],
)
def test_it_refuses_html_that_telegram_refuses(source: str, words: str) -> None:
    with pytest.raises(CantParse, match=words.replace("(", r"\(")):
        parse(source, "HTML")


def test_it_counts_lengths_after_parsing(telegram: FakeTelegram) -> None:
    assert ask(telegram, "sendMessage", chat_id=CHANNEL, text="<b>" + "&amp;" * 4096 + "</b>", parse_mode="HTML")["ok"]
    refused = ask(telegram, "sendMessage", chat_id=CHANNEL, text="x" * 4097)
    assert refused["description"] == "Bad Request: message is too long"


def test_it_knows_who_may_post(telegram: FakeTelegram) -> None:
    telegram.order("membership", chat=CHANNEL, status="administrator", can_post_messages=False)
    refused = ask(telegram, "sendMessage", chat_id=CHANNEL, text="x")
    assert refused["description"] == "Bad Request: need administrator rights in the channel chat"
    telegram.order("membership", chat=CHANNEL, status="kicked")
    assert ask(telegram, "sendMessage", chat_id=CHANNEL, text="x")["error_code"] == 403
    changes = [u["my_chat_member"]["new_chat_member"]["status"] for u in ask(telegram, "getUpdates")["result"]]
    assert changes == ["administrator", "kicked"]


def test_an_unknown_token_is_401_and_a_malformed_one_404(telegram: FakeTelegram) -> None:
    assert ask(telegram, "getMe", token="1:unknown-unknown")["error_code"] == 401
    assert ask(telegram, "getMe", token="nonsense")["error_code"] == 404


def test_a_second_poller_ends_the_first_with_409(telegram: FakeTelegram) -> None:
    answers: list[dict[str, Any]] = []
    first = threading.Thread(target=lambda: answers.append(ask(telegram, "getUpdates", timeout=15)))
    first.start()
    while not telegram.order("bot_state")["polled"]:
        pass
    assert ask(telegram, "getUpdates", timeout=0)["ok"]
    first.join()
    assert answers[0]["error_code"] == 409


def test_a_poll_gets_what_is_said_meanwhile_and_privacy_keeps_the_rest(telegram: FakeTelegram) -> None:
    assert telegram.say("halo", chat=STAFF_ID) is None
    assert telegram.say("/terkini@kpukaltim_bot", chat=STAFF_ID)
    telegram.say("/start")
    updates = ask(telegram, "getUpdates", timeout=5)["result"]
    assert [u["message"]["text"] for u in updates] == ["/terkini@kpukaltim_bot", "/start"]
    assert ask(telegram, "getUpdates", offset=updates[-1]["update_id"] + 1)["result"] == []


def test_a_call_that_a_fault_keeps_away_never_reaches_the_channel(telegram: FakeTelegram) -> None:
    for accept in (False, True):
        telegram.fault("sendMessage", "close", accept=accept)
        with pytest.raises((http.client.HTTPException, ConnectionError)):
            ask(telegram, "sendMessage", chat_id=CHANNEL, text=f"x {accept}")
    assert [p["text"] for p in telegram.posts()] == ["x True"]
    assert [c["verdict"] for c in telegram.journal("sendMessage")] == ["unseen", "accepted"]


def test_a_call_that_comes_late_is_taken_after_its_line_dropped(telegram: FakeTelegram) -> None:
    telegram.fault("sendMessage", "late", seconds=0.2)
    with pytest.raises((http.client.HTTPException, ConnectionError)):
        ask(telegram, "sendMessage", chat_id=CHANNEL, text="x")
    while not telegram.accepted():
        pass
    assert telegram.posts()[0]["text"] == "x"
    assert [c["verdict"] for c in telegram.journal("sendMessage")] == ["unseen", "accepted"]


def test_a_reset_forgets_everything(telegram: FakeTelegram, tmp_path: Path) -> None:
    ask(telegram, "sendMessage", chat_id=CHANNEL, text="x")
    telegram.fault("*", "close", times=None)
    telegram.reset(tmp_path / "anew")
    assert telegram.posts() == [] and telegram.journal() == []
    assert ask(telegram, "getMe")["ok"]


def test_a_rival_poller_is_refused_until_it_is_gone(telegram: FakeTelegram) -> None:
    telegram.rival()
    assert [ask(telegram, "getUpdates")["error_code"] for _ in range(3)] == [409] * 3
    telegram.clear_faults()
    assert ask(telegram, "getUpdates")["ok"]


def test_a_press_reaches_the_bot_whose_message_it_is_under(telegram: FakeTelegram) -> None:
    telegram.say("/start", token=SECOND_TOKEN)
    under = ask(telegram, "sendMessage", token=SECOND_TOKEN, chat_id=5001, text="x")["result"]["message_id"]
    callback = telegram.order("press", chat=5001, message=under, data="lebih-lama")
    updates = ask(telegram, "getUpdates", token=SECOND_TOKEN)["result"]
    assert updates[-1]["callback_query"]["data"] == "lebih-lama"
    assert ask(telegram, "getUpdates")["result"] == []
    assert ask(telegram, "answerCallbackQuery", token=SECOND_TOKEN, callback_query_id=callback)["ok"]
    assert not ask(telegram, "answerCallbackQuery", token=SECOND_TOKEN, callback_query_id=callback)["ok"]


def test_both_bots_of_a_group_hear_a_command_that_names_neither(telegram: FakeTelegram) -> None:
    telegram.say("/status", chat=STAFF_ID)
    telegram.say("/status@kpukaltim_info_bot", chat=STAFF_ID)
    heard = [len(ask(telegram, "getUpdates", token=token)["result"]) for token in (TOKEN, SECOND_TOKEN)]
    assert heard == [1, 2]


def test_a_paced_chat_says_how_long_to_wait(telegram: FakeTelegram) -> None:
    telegram.order("pace", per_minute=2)
    answers = [ask(telegram, "sendMessage", chat_id=CHANNEL, text=f"x {n}") for n in range(3)]
    assert [a["ok"] for a in answers] == [True, True, False]
    assert 0 < answers[2]["parameters"]["retry_after"] <= 61


def test_the_journal_holds_no_token(telegram: FakeTelegram) -> None:
    ask(telegram, "sendMessage", chat_id=CHANNEL, text="x")
    assert TOKEN not in telegram.journal_file.read_text()


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("abc", 3),
        ("https://kaltim.kpu.go.id/berita/panjang-sekali-alamatnya", 23),
        ("lihat kpu.go.id.", 6 + 23 + 1),
        ("Drs. Fulan, S.Ag", 12 + 23),
        ("–“·", 3),
        ("…•→", 6),
        ("👨‍👩‍👧‍👦", 2),
        ("日本", 4),
    ],
)
def test_it_weighs_text_as_x_does(text: str, length: int) -> None:
    assert weight(text) == length

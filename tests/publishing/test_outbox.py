"""The notices on their way to the staff chat: once each, at the chat's pace, in order, and what failures do to them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from medsosbot.errors import PublishError, RejectedError, TransientError, UnauthorizedError, UncertainError
from medsosbot.options import Checks, Pace
from medsosbot.publishing.outbox import Outbox, Sender, pieces_of
from medsosbot.publishing.troubles import Troubles
from medsosbot.storage import notices
from medsosbot.storage.notices import Notice
from medsosbot.text.telegram_html import plain_of
from tests.publishing.office import NINE, Office, open_office

STAFF = -100
TWENTY = Pace(20, spacing=timedelta(seconds=1))
SECOND = timedelta(seconds=1)


@dataclass
class Bot:
    """A bot that takes what it is given, or answers with the next of `errors` (None: takes it)."""

    errors: list[PublishError | None] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    async def send_text(self, chat_id: int, html: str) -> int:
        error = self.errors.pop(0) if self.errors else None
        if error is not None:
            raise error
        assert chat_id == STAFF
        self.said.append(html)
        return len(self.said)


@dataclass
class Room:
    """An office with an outbox; `drain` empties it as far as it goes now."""

    office: Office
    bots: list[Bot]
    outbox: Outbox

    @property
    def said(self) -> list[str]:
        return self.bots[0].said

    def drain(self) -> None:
        asyncio.run(self.outbox.drain())

    def tell(self, text: str, kind: str = "held", key: str | None = None) -> None:
        with self.office.store.write() as tx:
            notices.add(tx, key or text, kind, text, self.office.clock.now())

    def fail(self, number: int, reason: str = "Teks terlalu panjang.") -> None:
        self.tell(f"<b>Gagal</b> di x: nomor {number} «Rapat {number}». {reason} /ulangi {number} x", "failed")


async def at_once(work: Callable[[], object]) -> object:
    return work()


def make(office: Office, *bots: Bot, chat: int | None = STAFF, pace: Pace = TWENTY) -> Room:
    senders: list[Sender] = list(bots)
    troubles = Troubles(logging.getLogger("medsosbot.test"))
    return Room(office, list(bots), Outbox(office.room, chat, senders, pace, at_once, troubles))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as found:
        yield found


@pytest.fixture
def room(office: Office) -> Room:
    return make(office, Bot())


def test_it_tells_one_a_second_in_order_and_each_once(room: Room) -> None:
    for n in range(3):
        room.tell(f"hal {n}")
        room.tell(f"hal {n}")
    for count in range(1, 4):
        room.drain()
        assert room.said == [f"hal {n}" for n in range(count)]
        room.drain()
        assert len(room.said) == count
        room.office.move(SECOND)
    room.drain()
    assert len(room.said) == 3


def test_it_tells_no_more_than_the_chat_takes_in_a_minute(room: Room) -> None:
    for n in range(30):
        room.tell(f"hal {n}")
    for _ in range(40):
        room.drain()
        room.office.move(SECOND)
    assert len(room.said) == 20
    room.office.move(timedelta(seconds=21))
    room.drain()
    assert len(room.said) == 21


def test_the_same_failure_many_times_becomes_one_message_with_a_count(room: Room) -> None:
    for n in range(1, 6):
        room.fail(n)
    room.fail(6, "Alasan lain.")
    room.drain()
    room.office.move(SECOND)
    room.drain()
    first, other = room.said
    assert "5 rilis" in first and "juga nomor 2, 3, 4, dan 5" in first and "Rapat 1" in first
    assert "Alasan lain" in other and "rilis" not in other.replace("terlalu", "")


def test_the_same_again_within_a_minute_is_gathered(room: Room) -> None:
    room.fail(1)
    room.drain()
    for n in (2, 3, 4):
        room.office.move(SECOND)
        room.fail(n)
        room.drain()
    assert len(room.said) == 1
    room.office.move(timedelta(seconds=60))
    room.drain()
    assert len(room.said) == 2 and "3 rilis" in room.said[1]


def test_holds_and_drafts_are_never_counted_together(room: Room) -> None:
    for n in range(3):
        room.tell("<b>Draf</b> yang sama", "draft", key=f"d{n}")
        room.tell("<b>Ditahan</b> karena sama", "held", key=f"h{n}")
    for _ in range(6):
        room.drain()
        room.office.move(SECOND)
    assert len(room.said) == 6


def test_what_is_proved_not_sent_is_told_later(office: Office) -> None:
    room = make(office, Bot([TransientError("x"), None]))
    room.tell("hal")
    room.drain()
    assert room.said == []
    room.drain()
    assert room.said == []  # not in a hurry
    office.move(timedelta(seconds=6))
    room.drain()
    assert room.said == ["hal"]


def test_what_the_platform_asks_of_the_chat_holds_for_all_notices(office: Office) -> None:
    later = NINE + timedelta(seconds=40)
    room = make(office, Bot([TransientError("x", not_before=later, paced=True), None]))
    room.tell("satu")
    room.tell("dua")
    for _ in range(39):
        room.drain()
        office.move(SECOND)
    assert room.said == []
    office.move(SECOND)
    room.drain()
    assert room.said == ["satu"]


def test_what_may_have_arrived_isnt_told_again(office: Office) -> None:
    room = make(office, Bot([UncertainError("x")]))
    room.tell("satu")
    room.tell("dua")
    for _ in range(100):
        room.drain()
        office.move(SECOND)
    assert room.said == ["dua"]


def test_what_was_being_told_when_the_process_ended_isnt_told_again(office: Office) -> None:
    class PowerCut(Bot):
        async def send_text(self, chat_id: int, html: str) -> int:
            raise KeyboardInterrupt

    dying = make(office, PowerCut())
    dying.tell("hal")
    with pytest.raises(KeyboardInterrupt):
        dying.drain()
    with office.store.write() as tx:
        notices.recover(tx)
    office.move(SECOND)
    room = make(office, Bot())
    room.tell("lain")
    room.drain()
    assert room.said == ["lain"]


def test_the_public_bot_tells_it_while_the_publishing_one_is_refused(office: Office) -> None:
    room = make(office, Bot([UnauthorizedError("dikeluarkan"), None]), Bot())
    room.tell("satu")
    room.tell("dua")
    room.drain()
    office.move(SECOND)
    room.drain()
    assert [bot.said for bot in room.bots] == [["dua"], ["satu"]]


def test_while_nobody_may_tell_it_is_kept_and_said_once(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    room = make(office, Bot([UnauthorizedError("dikeluarkan")] * 3))
    room.tell("hal")
    for _ in range(60):
        room.drain()
        office.move(SECOND)
    assert room.said == ["hal"]
    assert sum("kept" in r.getMessage() for r in caplog.records) == 1


def test_a_notice_that_is_refused_goes_to_the_log_and_holds_no_other_up(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    room = make(office, Bot([RejectedError("x", detail="can't parse")]))
    room.tell("<b>penting</b>")
    room.tell("dua")
    room.drain()
    office.move(SECOND)
    room.drain()
    assert room.said == ["dua"] and "penting" in caplog.text


@pytest.mark.parametrize("chat", [None, STAFF])
def test_without_a_chat_or_a_token_it_goes_to_the_log(
    office: Office, caplog: pytest.LogCaptureFixture, chat: int | None
) -> None:
    caplog.set_level("INFO")
    room = make(office, chat=chat)
    room.tell("<b>Gagal</b> &amp; lain")
    room.drain()
    room.tell("dua")
    room.drain()
    room.drain()
    lines = [r.getMessage() for r in caplog.records]
    assert lines.count("Gagal & lain") == 1 and lines.count("dua") == 1
    assert sum("Notices go to this log" in line for line in lines) == 1


def test_a_draft_that_fills_a_message_goes_by_itself_word_for_word() -> None:
    post = "<b>Judul</b>\n\n" + "kata &amp; " * 582 + "\n\n#KPUKaltim"
    text = f"<b>Draf nomor 1 untuk kanal</b>\n\n{post}\n\n<i>Tidak ikut: «x»</i>"
    pieces = pieces_of(Notice(1, "k", "draft", text, NINE, None))
    assert pieces[1] == post and len(pieces) == 3 and "\n\n".join(pieces) == text
    assert all(len(plain_of(p)) <= 4096 for p in pieces)


def test_a_message_that_fails_in_the_middle_goes_on_there(office: Office) -> None:
    room = make(office, Bot([None, TransientError("x"), None]), pace=Pace())
    post = "kata " * 800
    room.tell(f"<b>Draf</b>\n\n{post}\n\n<i>Tidak ikut: {'kata ' * 100}</i>", "draft")
    room.drain()
    office.move(timedelta(seconds=10))
    room.drain()
    assert len(room.said) == 3 and room.said[0] == "<b>Draf</b>"


def test_a_superior_reads_the_proofs_word_for_word_and_how_to_release_them(tmp_path: Path) -> None:
    with open_office(tmp_path, checks=Checks(stale_after_days=None, approval="hold")) as office:
        office.file("rapat")
        office.take_in()
        room = make(office, Bot(), pace=Pace())
        room.drain()
        held, draft = room.said
        assert "Ditahan" in held and "/lepas 1" in held
        assert office.delivery().texts[0] in draft

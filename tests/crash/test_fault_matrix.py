"""Every fault on each platform, through the real clients, over real sockets: where does the post end?

Never twice in public; the id on record is the right post; what stands behind it in line goes on, and so does the
other destination, whatever the fault.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from medsosbot.model import DeliveryState
from medsosbot.publishing import decisions, settling
from tests.crash.fault_office import DELAY, FaultOffice, open_fault_office
from tests.servers.client import FakeTelegram, FakeX, StandInProcess

State = DeliveryState
LATE = DELAY.total_seconds() / 3


@dataclass(frozen=True)
class Fault:
    """One fault of one call. taken: the platform has the post all the same (at once or late)."""

    kind: str
    taken: bool = False
    given: dict[str, Any] = field(default_factory=dict)


def answer(status: int, body: Any = None, **given: Any) -> dict[str, Any]:
    return {"status": status} | ({} if body is None else {"body": body}) | given


UNCLEAR = {
    "the line closes": Fault("close"),
    "the line closes, it was taken": Fault("close", True),
    "the line is reset": Fault("rst"),
    "the line is reset, it was taken": Fault("rst", True),
    "half an answer, it was taken": Fault("half_body", True),
    "half a head": Fault("half_header"),
    "half a head, it was taken": Fault("half_header", True),
    "no answer": Fault("hang", given={"seconds": 5}),
    "no answer, it was taken": Fault("hang", True, {"seconds": 5}),
    "taken late": Fault("late", True, {"seconds": LATE}),
    "500 in HTML": Fault("answer", given=answer(500)),
    "502 in HTML, it was taken": Fault("answer", True, answer(502)),
    "503 and nothing": Fault("answer", given=answer(503, "")),
    "200 with garbage": Fault("answer", given=answer(200, "<html>ok</html>")),
    "200 with garbage, it was taken": Fault("answer", True, answer(200, "<html>ok</html>")),
    "302 to elsewhere": Fault("answer", given=answer(302, headers={"Location": "/elsewhere"})),
    "307 to elsewhere, it was taken": Fault("answer", True, answer(307, headers={"Location": "/elsewhere"})),
}


@pytest.fixture(params=["telegram", "x"])
def server(request: pytest.FixtureRequest) -> StandInProcess:
    found: StandInProcess = request.getfixturevalue(request.param)
    return found


def line_up(it: FaultOffice) -> None:
    """The item that meets the fault, and one behind it."""
    it.office.file("a", date="2026-11-02")
    it.office.file("b", date="2026-11-03")


@pytest.mark.parametrize("fault", UNCLEAR.values(), ids=UNCLEAR.keys())
async def test_an_unclear_end_is_settled_by_evidence(fault: Fault, server: StandInProcess, tmp_path: Path) -> None:
    async with open_fault_office(tmp_path, server) as it:
        await it.publish("lama")
        line_up(it)
        server.fault(it.post, fault.kind, accept=fault.taken and fault.kind != "late", **fault.given)
        await it.work(lambda: it.state("b") == State.PUBLISHED)
        for name in ("lama", "a", "b"):
            assert len(it.public(name)) == 1, f"{name} stands {len(it.public(name))} times in public"
            assert it.ids(name) == it.public(name)
        taken = len(server.accepted())
        assert (taken, len(server.journal(it.post)) - taken) == (3, 0 if fault.taken and fault.kind != "late" else 1)
        assert list(it.other.items) == ["lama", "a", "b"]


@pytest.mark.parametrize("status", [400, 413])
async def test_a_post_that_never_will_fails_alone(status: int, server: StandInProcess, tmp_path: Path) -> None:
    async with open_fault_office(tmp_path, server) as it:
        line_up(it)
        body = {"ok": False, "error_code": status, "description": "Bad Request: message is too long"}
        server.fault(it.post, "answer", **answer(status, body))
        await it.work(lambda: it.state("b") == State.PUBLISHED)
        assert (it.state("a"), it.public("a")) == (State.FAILED, [])
        assert len(it.office.told("failed")) == 1


@pytest.mark.parametrize("status", [401, 402, 403, 404])
async def test_a_refusal_of_us_pauses_it_and_keeps_its_deliveries(
    status: int, server: StandInProcess, tmp_path: Path
) -> None:
    async with open_fault_office(tmp_path, server) as it:
        line_up(it)
        body = {"ok": False, "error_code": status, "description": "Forbidden: bot was kicked", "detail": "suspended"}
        server.fault(it.post, "answer", **answer(status, body))
        it.office.take_in()
        await it.work(lambda: list(it.other.items) == ["a", "b"])
        if not it.public("a"):  # where only a post tells, the next pass has tried one already
            assert (it.state("a"), it.state("b")) == (State.SCHEDULED, State.SCHEDULED)
            it.office.decide(decisions.resume, it.name)
        assert len(it.office.told("paused")) == 1
        await it.work(lambda: it.state("b") == State.PUBLISHED)
        assert [len(it.public(n)) for n in "ab"] == [1, 1]


async def test_a_429_is_obeyed(server: StandInProcess, tmp_path: Path) -> None:
    async with open_fault_office(tmp_path, server) as it:
        line_up(it)
        body = {"ok": False, "error_code": 429, "description": "Too Many Requests", "parameters": {"retry_after": 1}}
        server.fault(it.post, "answer", **answer(429, body, headers={"Retry-After": "1"}))
        await it.work(lambda: it.state("b") == State.PUBLISHED)
        calls = server.journal(it.post)
        assert len(calls) == 3
        assert calls[1]["at"] - calls[0]["at"] >= 0.95  # nothing went there before the platform's time
        assert [len(it.public(n)) for n in "ab"] == [1, 1]


async def test_what_never_left_is_sent_again_without_a_doubt(server: StandInProcess, tmp_path: Path) -> None:
    async with open_fault_office(tmp_path, server) as it:
        await it.publish("lama")
        server.stop()
        line_up(it)
        it.office.take_in()
        await it.work(lambda: list(it.other.items) == ["lama", "a", "b"])
        assert (it.state("a"), it.state("b")) == (State.SCHEDULED, State.SCHEDULED)
        assert it.office.delivery("a", it.name).attempts >= 1


async def test_asking_that_fails_is_no_verdict(server: StandInProcess, tmp_path: Path) -> None:
    async with open_fault_office(tmp_path, server) as it:
        await it.publish("lama")
        line_up(it)
        server.fault(it.post, "close", accept=True)
        asking = "getChat" if it.name == "kanal" else "GET /2/users/:id/tweets"
        server.answer_with(asking, 502, times=3)
        await it.work(lambda: it.state("b") == State.PUBLISHED)
        assert len(it.public("a")) == 1
        assert it.ids("a") == it.public("a")


async def test_xs_duplicate_of_a_post_that_is_there_is_that_post(x: FakeX, tmp_path: Path) -> None:
    async with open_fault_office(tmp_path, x) as it:
        await it.publish("lama")
        line_up(it)
        body = {"detail": "You are not allowed to create a Tweet with duplicate content.", "status": 403}
        x.fault(it.post, "answer", accept=True, **answer(403, body))
        await it.work(lambda: it.state("b") == State.PUBLISHED)
        assert (it.state("a"), it.ids("a")) == (State.PUBLISHED, it.public("a"))


async def test_xs_duplicate_of_an_older_post_fails(x: FakeX, tmp_path: Path) -> None:
    async with open_fault_office(tmp_path, x) as it:
        await it.publish("lama")
        line_up(it)
        body = {"detail": "You are not allowed to create a Tweet with duplicate content.", "status": 403}
        x.fault(it.post, "answer", **answer(403, body))
        await it.work(lambda: it.state("b") == State.PUBLISHED)
        assert (it.state("a"), it.public("a")) == (State.FAILED, [])


async def test_a_channels_first_doubt_goes_to_a_person(telegram: FakeTelegram, tmp_path: Path) -> None:
    async with open_fault_office(tmp_path, telegram) as it:
        line_up(it)
        telegram.fault(it.post, "close", accept=True)
        await it.work(lambda: bool(it.office.told("doubt")))
        assert (it.state("a"), it.state("b")) == (State.UNCERTAIN, State.SCHEDULED)
        assert it.office.told("doubt")[0].count("/terbit 1 kanal") == 1
        (number,) = it.public("a")
        it.office.decide(settling.settle, "a", "kanal", f"https://t.me/kpukaltim/{number}")
        await it.work(lambda: it.state("b") == State.PUBLISHED)
        assert [len(it.public(n)) for n in "ab"] == [1, 1]
        assert it.ids("a") == [number]


async def test_strangers_posts_are_not_taken_for_ours(x: FakeX, tmp_path: Path) -> None:
    async with open_fault_office(tmp_path, x) as it:
        await it.publish("lama")
        line_up(it)
        x.fault(it.post, "close")
        x.order("stranger", text="KPU Kaltim menggelar rapat lain.", times=7)
        await it.work(lambda: it.state("b") == State.PUBLISHED)
        assert it.ids("a") == it.public("a")
        assert len(it.public("a")) == 1


async def test_a_timeline_that_lags_does_not_lead_to_a_second_post(x: FakeX, tmp_path: Path) -> None:
    async with open_fault_office(tmp_path, x) as it:
        await it.publish("lama")
        line_up(it)
        x.order("stale", seconds=DELAY.total_seconds() * 1.5)  # the first asking finds nothing, the second does
        x.fault(it.post, "close", accept=True)
        await it.work(lambda: it.state("a") == State.PUBLISHED)
        x.order("stale", seconds=0)
        await it.work(lambda: it.state("b") == State.PUBLISHED)
        assert len(it.public("a")) == 1

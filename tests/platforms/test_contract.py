"""What every platform must keep to, whatever it is. A new one joins with a line in STAGES."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from medsosbot.errors import TransientError
from medsosbot.model import Receipt
from medsosbot.options import Destination, Telegram, X
from medsosbot.platforms import REGISTRY, kind_of, link_of, open_platform, remote_id_of, style_of
from medsosbot.platforms.base import CanLook, Platform
from tests.platforms.conftest import intent, post, surroundings
from tests.servers.client import CHANNEL, KEYS, TOKEN, FakeTelegram, FakeX, StandInProcess


class Stage(ABC):
    """One platform with something real enough on the other side."""

    destination: Destination
    markup: str | None = None

    def __init__(self, tmp_path: Path, stand_in: Any) -> None:
        self.tmp_path = tmp_path

    @property
    def options(self) -> dict[str, Any]:
        """What its surroundings have besides the usual."""
        return {}

    def open(self) -> Platform:
        return open_platform(surroundings(self.tmp_path, self.destination, **self.options))

    @abstractmethod
    def posts(self) -> list[tuple[str, str]]:
        """(id, text as sent or shown) of all that stands there."""

    @abstractmethod
    def cut_off(self) -> None:
        """Nothing gets through any more, and that is sure."""


class MockStage(Stage):
    destination, options = Destination("latihan", "mock"), {}

    def posts(self) -> list[tuple[str, str]]:
        file = self.tmp_path / "var/mock/latihan.jsonl"
        lines = [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
        return [(line["remote_id"], line["text"]) for line in lines]

    def cut_off(self) -> None:
        (self.tmp_path / "var").mkdir(exist_ok=True)
        (self.tmp_path / "var/mock").write_text("a file where the folder should be")


class ServerStage(Stage):
    kind: type[StandInProcess]

    def __init__(self, tmp_path: Path, stand_in: Any) -> None:
        super().__init__(tmp_path, stand_in)
        self.server = stand_in(self.kind, tmp_path / "servers")

    def cut_off(self) -> None:
        self.server.stop()


class TelegramStage(ServerStage):
    kind, destination, markup = FakeTelegram, Destination("kanal", "telegram", CHANNEL), "HTML"

    @property
    def options(self) -> dict[str, Any]:
        return {"telegram": Telegram(api_url=self.server.api_url)}

    def posts(self) -> list[tuple[str, str]]:
        return [(str(m["message_id"]), m["text"]) for m in self.server.order("messages", chat=CHANNEL)]


class XStage(ServerStage):
    kind, destination = FakeX, Destination("x", "x")

    @property
    def options(self) -> dict[str, Any]:
        return {"x": X(api_url=self.server.api_url)}

    def posts(self) -> list[tuple[str, str]]:
        return [(p["id"], p["source"]) for p in self.server.order("messages")]


STAGES: dict[str, type[Stage]] = {
    "mock": MockStage,
    "telegram": TelegramStage,
    "x": XStage,
}


@pytest.fixture(params=STAGES)
def stage(request: pytest.FixtureRequest, tmp_path: Path, stand_in: Any) -> Stage:
    return STAGES[request.param](tmp_path, stand_in)


@pytest.fixture
async def platform(stage: Stage) -> AsyncIterator[Platform]:
    platform = stage.open()
    yield platform
    await platform.aclose()


def test_every_platform_of_the_registry_stands_here() -> None:
    assert set(STAGES) == set(REGISTRY)


async def test_a_post_is_out_once_and_its_receipt_names_it(platform: Platform, stage: Stage) -> None:
    receipt = await platform.publish(post("Rapat pleno digelar.", stage.markup), None)
    assert stage.posts() == [(receipt.ids[0], "Rapat pleno digelar.")]
    assert receipt.raw_text == "Rapat pleno digelar."
    assert receipt.at is None or receipt.at.tzinfo == UTC
    assert receipt.url == link_of(stage.destination, receipt.ids[0])


async def test_ids_rise(platform: Platform, stage: Stage) -> None:
    receipts = [await platform.publish(post(f"Kiriman {n}.", stage.markup, f"item-{n}"), None) for n in range(3)]
    numbers = [int(r.ids[0]) for r in receipts]
    assert numbers == sorted(set(numbers))


async def test_it_finds_what_is_there(platform: Platform, stage: Stage) -> None:
    anchor = await platform.publish(post("Patokan.", stage.markup, "patokan"), None)
    sent = await platform.publish(post("Rapat &amp; pleno." if stage.markup else "Rapat & pleno.", stage.markup), None)
    part = post("Rapat &amp; pleno." if stage.markup else "Rapat & pleno.", stage.markup)
    found = await platform.find(part, intent(anchor.ids[0]))
    assert isinstance(found, Receipt)
    assert (found.ids, found.url, found.raw_text) == (sent.ids, sent.url, "Rapat & pleno.")


async def test_it_does_not_find_what_is_not_there(platform: Platform, stage: Stage) -> None:
    anchor = await platform.publish(post("Patokan.", stage.markup, "patokan"), None)
    await platform.publish(post("Sosialisasi tahapan pemilu.", stage.markup, "sosialisasi"), None)
    assert await platform.find(post("Rapat pleno.", stage.markup), intent(anchor.ids[0])) is None


async def test_asking_leaves_nothing_behind(platform: Platform, stage: Stage) -> None:
    anchor = await platform.publish(post("Patokan.", stage.markup, "patokan"), None)
    before = stage.posts()
    await platform.find(post("Rapat pleno.", stage.markup), intent(anchor.ids[0]))
    await platform.check()
    assert stage.posts() == before


async def test_what_cannot_get_through_is_proved_not_sent(platform: Platform, stage: Stage) -> None:
    stage.cut_off()
    with pytest.raises(TransientError) as caught:
        await platform.publish(post("Rapat pleno.", stage.markup), None)
    assert caught.value.reason.endswith(".") and caught.value.detail


async def test_a_real_one_can_look_at_one_post(platform: Platform, stage: Stage) -> None:
    assert isinstance(platform, CanLook) == kind_of(stage.destination).real
    if isinstance(platform, CanLook):
        receipt = await platform.publish(post("Rapat pleno.", stage.markup), None)  # type: ignore[attr-defined]
        found = await platform.look(receipt.ids[0])
        assert found is not None and (found.ids, found.url) == (receipt.ids, receipt.url)
        assert await platform.look("7") is None


async def test_check_tells_in_words_what_it_found(platform: Platform) -> None:
    notes = await platform.check()
    assert notes and all(note.strip() for note in notes)
    receipt = await platform.publish(post("Rapat pleno."), None)
    assert not any("TIDAK" in note for note in await platform.check(receipt.ids[0]))


async def test_its_clock_is_aware_or_none(platform: Platform) -> None:
    at = await platform.server_time()
    assert at is None or abs((at - datetime.now(UTC)).total_seconds()) < 120


async def test_it_may_be_closed_twice_and_is_used_after_another_was_closed(stage: Stage) -> None:
    first, second = stage.open(), stage.open()
    await first.aclose()
    await first.aclose()
    assert (await second.publish(post("Rapat pleno.", stage.markup), None)).ids
    await second.aclose()


async def test_no_secret_shows(platform: Platform) -> None:
    shown = f"{platform!r} {vars(platform)!r}"
    assert not any(secret in shown for secret in (TOKEN, KEYS["api_secret"], KEYS["access_secret"]))


def test_the_id_of_its_own_link_is_read_back(stage: Stage) -> None:
    link = link_of(stage.destination, "42")
    assert remote_id_of(stage.destination, link or " 42 ") == "42"
    assert remote_id_of(stage.destination, "bukan nomor") is None


def test_its_style_needs_no_client(stage: Stage) -> None:
    assert style_of(stage.destination).limit > 0

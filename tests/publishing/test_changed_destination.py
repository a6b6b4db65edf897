"""What a doubt means once the config names another chat, or another platform, under the same name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from medsosbot.model import DeliveryState
from medsosbot.options import Destination
from medsosbot.publishing.newsroom import Target
from tests.publishing.fake_platform import LOST, TAKEN
from tests.publishing.office import Office, open_office

LATER = timedelta(minutes=3)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as made:
        yield made


def in_doubt(office: Office, how: str) -> None:
    office.file("rapat")
    office.kanal.script = [how]
    office.publish()
    assert office.state() == DeliveryState.UNCERTAIN
    office.move(LATER)


def point_elsewhere(office: Office, **changed: object) -> None:
    now: Target = replace(office.room.targets[0], **changed)  # type: ignore[arg-type]
    office.change(targets=(now,))


def test_a_doubt_about_another_chat_is_a_persons(office: Office) -> None:
    in_doubt(office, LOST)
    point_elsewhere(office, address="telegram @lain")
    office.publish()
    office.move(LATER)
    office.publish()
    assert office.kanal.asked == []  # the other chat can't tell
    assert office.state() == DeliveryState.UNCERTAIN
    assert any("/belum" in text for text in office.told("doubt"))


def test_a_doubt_about_the_same_chat_is_settled_by_evidence(office: Office) -> None:
    in_doubt(office, TAKEN)
    office.publish()
    assert office.state() == DeliveryState.PUBLISHED
    assert office.told("doubt") == []


def test_a_destination_whose_platform_changed_goes_on_behind_the_old_doubt(office: Office) -> None:
    in_doubt(office, LOST)
    point_elsewhere(office, destination=Destination("kanal", "mock"), address="mock kanal", real=False)
    office.file("pleno")
    office.publish()
    assert office.state("pleno") == DeliveryState.PUBLISHED
    assert office.state("rapat") == DeliveryState.UNCERTAIN

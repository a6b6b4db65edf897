from __future__ import annotations

from typing import Any

import pytest

from medsosbot.setup.finding import Person, Sighting, sightings

BOT = "kpukaltim_bot"
RINA = {"id": 3003, "is_bot": False, "first_name": "Rina", "last_name": "S.", "username": "rina"}
PRIVATE = {"id": 3003, "type": "private", "first_name": "Rina"}
GROUP = {"id": -1005, "type": "supergroup", "title": "Tim"}
CHANNEL = {"id": -1009, "type": "channel", "title": "Kanal"}


def seen(**update: Any) -> list[Sighting]:
    return list(sightings({"update_id": 1} | update, BOT))


def message(chat: dict[str, Any], text: str = "", **more: Any) -> dict[str, Any]:
    return {"message_id": 1, "date": 1, "chat": chat, "from": RINA, "text": text} | more


@pytest.mark.parametrize("text", ["/id", f"/id@{BOT}", "/ID@KPUKALTIM_BOT", "/id ya"])
def test_an_id_command_shows_the_chat_and_the_person(text: str) -> None:
    (sighting,) = seen(message=message(GROUP, text))
    assert (sighting.how, sighting.chat, sighting.kind) == ("id", -1005, "supergroup")
    assert sighting.person == Person(3003, "Rina S.", "rina")
    assert sighting.person.shown == "«Rina S.», @rina (id 3003)"


@pytest.mark.parametrize("text", ["/id@bot_lain", "/identitas", "saya /id", "halo"])
def test_other_words_in_a_group_show_nothing(text: str) -> None:
    assert seen(message=message(GROUP, text)) == []


def test_other_words_in_private_show_a_person_who_talks() -> None:
    assert [s.how for s in seen(message=message(PRIVATE, "halo"))] == ["talk"]


@pytest.mark.parametrize(
    "forward",
    [
        {"forward_origin": {"type": "channel", "chat": CHANNEL, "message_id": 3, "date": 1}},
        {"forward_from_chat": CHANNEL},
    ],
    ids=["since Bot API 7.0", "before"],
)
def test_a_post_forwarded_in_private_shows_its_channel(forward: dict[str, Any]) -> None:
    assert [(s.how, s.chat) for s in seen(message=message(PRIVATE, "Rilis", **forward))] == [("forward", -1009)]


def test_a_post_forwarded_into_a_group_shows_nothing() -> None:
    assert seen(message=message(GROUP, "Rilis", forward_origin={"type": "channel", "chat": CHANNEL})) == []


@pytest.mark.parametrize(
    ("status", "how"), [("member", "member"), ("administrator", "member"), ("left", "gone"), ("kicked", "gone")]
)
def test_a_change_of_our_membership_shows_the_chat(status: str, how: str) -> None:
    change = {"chat": CHANNEL, "from": RINA, "date": 1, "new_chat_member": {"status": status}}
    assert [(s.how, s.chat) for s in seen(my_chat_member=change)] == [(how, -1009)]


def test_a_post_of_a_channel_shows_it() -> None:
    assert [(s.how, s.kind) for s in seen(channel_post={"chat": CHANNEL, "text": "Rilis"})] == [("post", "channel")]


def test_an_anonymous_admin_is_nobody_in_particular() -> None:
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    (sighting,) = seen(message=message(GROUP, "/id") | {"from": anonymous})
    assert sighting.person == Person(None, "")


def test_another_bot_is_no_person() -> None:
    (sighting,) = seen(message=message(GROUP, "/id") | {"from": RINA | {"is_bot": True}})
    assert sighting.person is None

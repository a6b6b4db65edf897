"""Right behind init the service works: the channel, the public, and the editor in the staff group."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.daemon.running import running, until
from tests.servers.client import CHANNEL, STAFF_ID, TOKEN, FakeTelegram
from tests.setup.talking import init

EDITOR, OTHER = 5001, 6006
HELD = "---\ntitle: Rapat Pleno\n---\nKPU Kaltim menggelar rapat pleno, Kamis (6/9/2022).\n"
GOOD = "---\ntitle: Apel Pagi\ndate: 2022-10-03\n---\nKPU Kaltim melaksanakan apel pagi, Senin (3/10/2022).\n"


def ready(office: Path) -> None:
    """An office behind init; news of any age may go out."""
    options = ("--channel", CHANNEL, "--staff", STAFF_ID, "--editor", EDITOR)
    done = init(office, *options, secrets={"MEDSOSBOT_TELEGRAM_TOKEN": TOKEN})
    assert done.returncode == 0, done.stderr
    config = office / "config" / "medsosbot.yaml"
    config.write_text(config.read_text().replace("stale_after_days: 7 ", "stale_after_days: null "))
    (office / "queue").mkdir(exist_ok=True)


def said(telegram: FakeTelegram, chat: Any, words: str) -> bool:
    return any(words in m.get("text", "") for m in telegram.posts(chat))


def answer(telegram: FakeTelegram, command: str) -> str:
    """The editor types a command in the staff group; what the bot replies."""
    telegram.say(command, chat=STAFF_ID, user=EDITOR)

    def reply() -> str | None:
        replies = [m for m in telegram.posts(STAFF_ID) if m.get("reply_to_message", {}).get("text") == command]
        return replies[0]["text"] if replies else None

    found: str = until(reply, f"the answer to {command}")
    return found


def test_lepas_jeda_and_status_work_for_the_editor(office: Path, telegram: FakeTelegram) -> None:
    ready(office)
    (office / "queue" / "pleno.md").write_text(HELD)
    with running(office) as service:
        until(lambda: said(telegram, STAFF_ID, "Rapat Pleno"), "the notice of the hold")
        assert telegram.posts(CHANNEL) == []
        assert "Ditahan" in answer(telegram, "/status")
        answer(telegram, "/lepas 1")
        until(lambda: said(telegram, CHANNEL, "Rapat Pleno"), "the post in the channel")
        assert "/lanjut" in answer(telegram, "/jeda")
        assert service.stop() == 0


def test_terkini_answers_the_public_with_what_went_out(office: Path, telegram: FakeTelegram) -> None:
    ready(office)
    (office / "queue" / "apel.md").write_text(GOOD)
    with running(office) as service:
        service.wait_for("is out at kanal")
        assert said(telegram, CHANNEL, "Apel Pagi")
        telegram.say("/terkini", user=OTHER)
        until(lambda: said(telegram, OTHER, "Apel Pagi"), "the answer to /terkini")


def test_whoever_typed_no_id_decides_nothing(office: Path, telegram: FakeTelegram) -> None:
    ready(office)
    (office / "queue" / "pleno.md").write_text(HELD)
    with running(office):
        until(lambda: said(telegram, STAFF_ID, "Rapat Pleno"), "the notice of the hold")
        telegram.say("/lepas 1", chat=STAFF_ID, user=OTHER)
        until(lambda: said(telegram, STAFF_ID, "hanya untuk editor"), "the refusal")
        assert telegram.posts(CHANNEL) == []

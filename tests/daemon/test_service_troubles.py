"""What goes wrong around the service: one clear line, no traceback, and whatever can go on goes on."""

from __future__ import annotations

import json
import resource
import sqlite3
import time
from pathlib import Path

from tests.daemon.running import (
    CHANNEL_ALONE,
    EDITOR,
    STAFF,
    answers,
    medsosbot,
    project,
    release,
    running,
    states,
    telegram_keys,
    until,
)
from tests.servers.client import CHANNEL, SECOND_TOKEN, STAFF_ID, TOKEN, FakeTelegram, start_telegram


def test_another_poller_is_told_once_in_the_log_and_to_the_staff(tmp_path: Path, telegram: FakeTelegram) -> None:
    telegram.rival()
    folder = project(tmp_path, more=STAFF + telegram_keys(telegram))
    with running(folder, telegram.secrets) as service:
        service.wait_for("(409)")
        release(folder)
        service.wait_for("rapat is out at kanal")
        until(lambda: len(telegram.journal("getUpdates")) >= 2, "a second try")
        told = until(lambda: [t for t in answers(telegram, STAFF_ID) if "program lain" in t], "the notice")
        telegram.clear_faults()
        telegram.say("/terkini", user=5001)
        until(lambda: answers(telegram, 5001), "the answer")
        assert service.stop() == 0
    assert service.log.count("(409)") == 1 and len(told) == 1 and "Traceback" not in service.log


def test_a_network_that_is_down_at_the_start_holds_nothing_else_up(tmp_path: Path) -> None:
    with start_telegram(tmp_path / "servers") as first:
        port, keys, secrets = first.port, telegram_keys(first), first.secrets
    folder = project(tmp_path / "kantor", more=keys)
    with running(folder, secrets) as service:
        release(folder)
        service.wait_for("rapat is out at kanal")
        service.wait_for("can't ask Telegram for updates")
        with start_telegram(tmp_path / "servers", port) as telegram:
            telegram.say("/terkini", user=5001)
            until(lambda: answers(telegram, 5001), "the answer")
            assert service.stop() == 0
    assert service.log.count("can't ask Telegram for updates") == 1 and "Traceback" not in service.log


def test_a_rejected_token_silences_the_bot_and_stops_no_publishing(tmp_path: Path, telegram: FakeTelegram) -> None:
    telegram.order("revoke")
    folder = project(tmp_path, more=telegram_keys(telegram))
    with running(folder, telegram.secrets) as service:
        service.wait_for("rejects the token")
        release(folder)
        service.wait_for("rapat is out at kanal")
        assert service.stop() == 0
    assert service.log.count("rejects the token") == 1
    assert "Traceback" not in service.log and TOKEN.partition(":")[2] not in service.log


def test_a_call_that_hangs_doesnt_keep_it_and_stays_in_doubt(tmp_path: Path, telegram: FakeTelegram) -> None:
    telegram.fault("sendMessage", "hang", accept=True, seconds=60)
    destinations = CHANNEL_ALONE + "\n  - {name: latihan, platform: mock}"
    folder = project(tmp_path, destinations=destinations, more=telegram_keys(telegram, poll=False))
    with running(folder, telegram.secrets) as service:
        release(folder)
        service.wait_for("rapat is out at latihan")  # one that hangs delays no other
        until(lambda: telegram.journal("sendMessage"), "the call")
        assert service.stop() == 0
    assert "A platform hasn't answered" in service.log
    with running(folder, telegram.secrets) as service:
        service.wait_for("it is in doubt")
        assert service.stop() == 0
    item = json.loads(medsosbot(folder, "--json", "status", "rapat").stdout)["items"][0]
    assert [d["state"] for d in item["deliveries"]] == ["uncertain", "published"]
    assert len(telegram.journal("sendMessage")) == 1


def test_a_locked_database_is_told_once_and_waited_out(tmp_path: Path) -> None:
    folder = project(tmp_path)
    with running(folder) as service:
        other = sqlite3.connect(folder / "var" / "medsosbot.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        release(folder)
        service.wait_for("database is locked")
        other.execute("ROLLBACK")
        other.close()
        service.wait_for("rapat is out at kanal")
        assert service.stop() == 0
    assert service.log.count("Disk or database refused") == 1 and "Traceback" not in service.log


def test_it_ends_in_time_while_the_database_is_locked(tmp_path: Path) -> None:
    folder = project(tmp_path)
    with running(folder) as service:
        other = sqlite3.connect(folder / "var" / "medsosbot.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        release(folder)
        service.wait_for("database is locked")
        assert service.stop() == 0
        other.close()
    assert "Traceback" not in service.log and "ERROR" in service.log


def test_a_full_disk_is_told_once_and_nothing_is_called_without_a_record(
    tmp_path: Path, telegram: FakeTelegram
) -> None:
    folder = project(tmp_path, destinations=CHANNEL_ALONE, more=telegram_keys(telegram, poll=False))
    with running(folder, telegram.secrets) as service:
        release(folder, "satu")
        service.wait_for("satu is out at kanal")
        _, hard = resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE, (0, -1))
        release(folder, "dua")
        service.wait_for("Disk or database refused")
        time.sleep(3)  # some further ticks, each of which fails
        calls = len(telegram.journal("sendMessage"))
        resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE, (hard, hard))
        service.wait_for("dua is out at kanal")
        assert service.stop() == 0
    assert calls == 1 and len(telegram.posts()) == 2
    assert service.log.count("Disk or database refused") <= 2 and "Traceback" not in service.log


def test_an_answer_that_cant_be_recorded_is_doubted_and_never_sent_again(
    tmp_path: Path, telegram: FakeTelegram
) -> None:
    telegram.fault("sendMessage", "slow", seconds=2)
    folder = project(tmp_path, destinations=CHANNEL_ALONE, more=telegram_keys(telegram, poll=False))
    with running(folder, telegram.secrets) as service:
        release(folder)
        until(lambda: telegram.posts(), "the call")
        other = sqlite3.connect(folder / "var" / "medsosbot.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        service.wait_for("Disk or database refused")
        other.execute("ROLLBACK")
        other.close()
        until(lambda: states(folder) in (["uncertain"], ["published"]), "the end of the attempt")
        assert service.stop() == 0
    assert len(telegram.accepted()) == 1 and "Traceback" not in service.log


def test_a_bot_that_was_kicked_is_told_by_the_other_one_and_the_others_go_on(
    tmp_path: Path, telegram: FakeTelegram
) -> None:
    secrets = telegram.secrets | {"MEDSOSBOT_BOT_TOKEN": SECOND_TOKEN}
    telegram.order("membership", chat=CHANNEL, status="kicked")
    telegram.order("membership", chat=STAFF_ID, status="kicked")
    destinations = CHANNEL_ALONE + "\n  - {name: latihan, platform: mock}"
    folder = project(tmp_path, destinations=destinations, more=STAFF + telegram_keys(telegram))
    with running(folder, secrets) as service:
        service.wait_for("Bot dikeluarkan")  # at the start, before anything is due
        release(folder)
        service.wait_for("rapat is out at latihan")
        (told,) = until(lambda: [t for t in answers(telegram, STAFF_ID) if "Dijeda" in t], "the notice")
        assert "kanal" in told and "/lanjut kanal" in told
        telegram.say("/tahan 9", chat=STAFF_ID, user=EDITOR, token=SECOND_TOKEN)
        until(lambda: any("nomor atau ID «9»" in t for t in answers(telegram, STAFF_ID)), "the public bot's answer")
        telegram.say("/terkini", user=5001, token=SECOND_TOKEN)
        until(lambda: answers(telegram, 5001), "the answer")
        assert service.stop() == 0
    assert TOKEN.partition(":")[2] not in service.log

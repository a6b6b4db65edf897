"""The service as a user meets it: a process, its log, and what arrives at the platforms."""

from __future__ import annotations

import json
import resource
import signal
import sqlite3
import time
from datetime import datetime
from pathlib import Path

from tests.daemon.running import SEEDS, medsosbot, project, running, until
from tests.servers.client import CHANNEL, SECOND_TOKEN, STAFF_ID, TOKEN, FakeTelegram, FakeX, start_telegram

EDITOR, WRITER = 7001, 7002
STAFF = f"staff: {{chat: {STAFF_ID}, members: {{'{EDITOR}': editor, '{WRITER}': penulis}}}}\n"
CHANNEL_ALONE = f'\n  - {{name: kanal, platform: telegram, chat: "{CHANNEL}"}}'
CHANNEL_AND_X = CHANNEL_ALONE + "\n  - {name: x, platform: x}"


def telegram_keys(telegram: FakeTelegram, **keys: object) -> str:
    return "telegram: " + json.dumps({"api_url": telegram.api_url, "per_minute": 0} | keys) + "\n"


def release(folder: Path, name: str = "rapat", **head: str) -> Path:
    """A file in the queue that nothing holds."""
    (folder / "queue").mkdir(exist_ok=True)
    path = folder / "queue" / f"{name}.md"
    keys = "".join(f"{key}: {value}\n" for key, value in head.items())
    path.write_text(f"---\ntitle: Rapat {name}\n{keys}---\nKPU Kaltim menggelar rapat {name} di aula kantor.\n")
    return path


def answers(telegram: FakeTelegram, chat: int) -> list[str]:
    """What bots said in a chat."""
    return [m["text"] for m in telegram.posts(chat) if m.get("from", {}).get("is_bot")]


def _states(folder: Path) -> list[str]:
    items = json.loads(medsosbot(folder, "--json", "status").stdout)["items"]
    return [d["state"] for item in items for d in item["deliveries"]]


def posted(folder: Path, name: str = "kanal") -> list[str]:
    file = folder / "var" / "mock" / f"{name}.jsonl"
    return [json.loads(line)["text"] for line in file.read_text().splitlines()] if file.exists() else []


def test_it_publishes_the_page_once_each_and_answers_and_keeps_every_secret(
    tmp_path: Path, telegram: FakeTelegram, x: FakeX
) -> None:
    more = STAFF + telegram_keys(telegram) + f"x: {{api_url: '{x.api_url}'}}\n"
    folder, secrets = project(tmp_path / "kantor", destinations=CHANNEL_AND_X, more=more), telegram.secrets | x.secrets
    written = medsosbot(folder, "--json", "import", str(SEEDS), secrets=secrets)
    assert len(json.loads(written.stdout)["written"]) == 6
    with running(folder, secrets) as service:
        until(lambda: len(list((folder / "queue" / "accepted").glob("*.md"))) == 6, "the intake")
        for number in range(1, 7):  # the rehearsal of an editor's morning: whatever is held is released
            telegram.say(f"/lepas {number}", chat=STAFF_ID, user=EDITOR)
        until(lambda: len(telegram.posts()) == 6 and len(x.posts()) == 6, "publishing")
        telegram.say("/terkini 3", user=5001)
        said = until(lambda: answers(telegram, 5001), "the answer")
        assert service.stop() == 0
        assert service.process.stdout is not None and service.process.stdout.read() == ""
    assert len(said) == 1 and said[0].startswith("Rilis terkini") and said[0].count("·") == 3
    assert len({p["text"] for p in telegram.posts()}) == 6 and len({p["source"] for p in x.posts()}) == 6
    for secret in secrets.values():
        for form in {secret, secret.partition(":")[2] or secret}:
            assert form not in service.log
            leaks = [p for p in folder.rglob("*") if p.is_file() and form.encode() in p.read_bytes()]
            assert leaks == []


def test_a_dropped_file_goes_out_and_status_txt_tells(tmp_path: Path) -> None:
    folder = project(tmp_path)
    with running(folder, None, "--json") as service:
        release(folder)
        service.wait_for("rapat is out at kanal")
        service.wait_for("rapat is out at x")
        until(lambda: "Tidak ada yang menunggu" in (folder / "queue" / "STATUS.txt").read_text(), "STATUS.txt")
        assert service.stop(signal.SIGINT) == 0
        assert service.process.stdout is not None and json.loads(service.process.stdout.read()) == {"ok": True}
    assert len(posted(folder)) == len(posted(folder, "x")) == 1


def test_an_item_with_publish_at_goes_out_then_and_never_before(tmp_path: Path) -> None:
    folder = project(tmp_path)
    with running(folder) as service:
        at = time.time() + 6
        release(folder, publish_at=time.strftime('"%Y-%m-%dT%H:%M:%S+00:00"', time.gmtime(at)))
        service.wait_for("rapat is out at kanal")
        assert service.stop() == 0
    line = json.loads((folder / "var" / "mock" / "kanal.jsonl").read_text())
    assert datetime.fromisoformat(line["at"]).timestamp() >= int(at)


def test_a_second_service_gives_way(tmp_path: Path) -> None:
    folder = project(tmp_path)
    with running(folder) as service:
        second = medsosbot(folder, "run")
        assert second.returncode == 3 and "another medsosbot is at work" in second.stderr
        assert service.stop() == 0


def test_a_wrong_config_ends_it_with_one_line_for_each_fault(tmp_path: Path) -> None:
    folder = project(tmp_path, more="quuee: x\ntimezone: Mars\n")
    ended = medsosbot(folder, "run")
    assert ended.returncode == 2 and "Traceback" not in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 2


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
        until(lambda: _states(folder) in (["uncertain"], ["published"]), "the end of the attempt")
        assert service.stop() == 0
    assert len(telegram.accepted()) == 1 and "Traceback" not in service.log


def test_an_editor_stops_everything_and_lets_it_go_on(tmp_path: Path, telegram: FakeTelegram) -> None:
    folder = project(tmp_path, destinations=CHANNEL_ALONE, more=STAFF + telegram_keys(telegram))
    with running(folder, telegram.secrets) as service:
        telegram.say("/jeda", chat=STAFF_ID, user=EDITOR)
        until(lambda: answers(telegram, STAFF_ID), "the answer")
        release(folder)
        service.wait_for("taken in")
        time.sleep(2)  # some ticks in which it could go out
        assert telegram.posts() == []
        telegram.say("/lanjut", chat=STAFF_ID, user=EDITOR)
        service.wait_for("rapat is out at kanal")
        telegram.say("/status", chat=STAFF_ID, user=WRITER)
        until(lambda: any("Terakhir terbit" in t for t in answers(telegram, STAFF_ID)), "the status")
        assert service.stop() == 0


def test_a_bot_that_was_kicked_is_told_by_the_other_one_and_the_others_go_on(
    tmp_path: Path, telegram: FakeTelegram
) -> None:
    secrets = telegram.secrets | {"MEDSOSBOT_BOT_TOKEN": SECOND_TOKEN}
    telegram.order("membership", chat=CHANNEL, status="kicked")
    telegram.order("membership", chat=STAFF_ID, status="kicked")
    destinations = CHANNEL_ALONE + "\n  - {name: latihan, platform: mock}"
    folder = project(tmp_path, destinations=destinations, more=STAFF + telegram_keys(telegram))
    with running(folder, secrets) as service:
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


def test_without_a_token_notices_go_to_the_log_and_that_is_said_once(tmp_path: Path) -> None:
    folder = project(tmp_path, more=STAFF)
    (folder / "queue").mkdir()
    with running(folder) as service:
        for name in ("satu.txt", "dua.txt"):
            (folder / "queue" / name).write_text("Judul tanpa isi\n")
            service.wait_for(f"Berkas ditolak: {name}")
        assert service.stop() == 0
    assert service.log.count("Notices go to this log") == 1 and service.log.count("There is no bot") == 1

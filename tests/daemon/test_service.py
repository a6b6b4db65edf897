"""The service as a user meets it: a process, its log, and what arrives at the platforms."""

from __future__ import annotations

import json
import signal
import time
from datetime import datetime
from pathlib import Path

from tests.daemon.running import (
    CHANNEL_ALONE,
    CHANNEL_AND_X,
    EDITOR,
    SEEDS,
    STAFF,
    WRITER,
    answers,
    medsosbot,
    posted,
    project,
    release,
    running,
    telegram_keys,
    until,
)
from tests.servers.client import STAFF_ID, FakeTelegram, FakeX


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


def test_without_a_token_notices_go_to_the_log_and_that_is_said_once(tmp_path: Path) -> None:
    folder = project(tmp_path, more=STAFF)
    (folder / "queue").mkdir()
    with running(folder) as service:
        for name in ("satu.txt", "dua.txt"):
            (folder / "queue" / name).write_text("Judul tanpa isi\n")
            service.wait_for(f"Berkas ditolak: {name}")
        assert service.stop() == 0
    assert service.log.count("Notices go to this log") == 1 and service.log.count("There is no bot") == 1

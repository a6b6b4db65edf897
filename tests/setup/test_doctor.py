"""doctor: each finding is ok, or has one sentence that says what to do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from medsosbot.app import examining, passes
from medsosbot.clock import FixedClock
from medsosbot.options import Settings
from medsosbot.settings.load import load
from medsosbot.setup.doctor import Finding, file_system_of
from medsosbot.storage import marks
from medsosbot.storage.store import Store

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
MOCK = "  - {name: latihan, platform: mock}\n"
REAL = '  - {name: kanal, platform: telegram, chat: "@kpukaltim"}\n'


def office(folder: Path, destinations: str = MOCK, more: str = "") -> Settings:
    config = folder / "config" / "medsosbot.yaml"
    config.parent.mkdir(exist_ok=True)
    config.write_text(f"timezone: Asia/Makassar\ndestinations:\n{destinations}{more}")
    return load(config, {})


def examined(settings: Settings, at: datetime = NOW) -> dict[str, Finding]:
    return {f.name: f for f in examining.examine(settings, FixedClock(at))}


def test_a_fresh_office_has_nothing_to_mend(tmp_path: Path) -> None:
    found = examined(office(tmp_path))
    assert [f.name for f in found.values() if not f.ok] == []
    assert not (tmp_path / "var").exists()  # looking makes nothing


def test_after_a_pass_the_database_is_named_with_its_pragmas(tmp_path: Path) -> None:
    settings = office(tmp_path)
    passes.run_pass(settings, FixedClock(NOW))
    database = examined(settings)["basis data"]
    assert database.ok and "journal_mode=wal" in database.found and "synchronous=FULL" in database.found


@pytest.mark.parametrize(
    ("name", "destinations", "more", "action"),
    [
        ("rahasia", REAL, "", "MEDSOSBOT_TELEGRAM_TOKEN"),
        ("jeda tanya", REAL, "reconcile: {after_seconds: 5}\n", "reconcile.after_seconds"),
    ],
)
def test_what_the_config_lacks_is_told_with_its_action(
    tmp_path: Path, name: str, destinations: str, more: str, action: str
) -> None:
    finding = examined(office(tmp_path, destinations, more))[name]
    assert not finding.ok and finding.action is not None and action in finding.action


def test_a_short_asking_delay_of_a_rehearsal_is_no_fault(tmp_path: Path) -> None:
    assert examined(office(tmp_path, MOCK, "reconcile: {after_seconds: 5}\n"))["jeda tanya"].ok


def test_a_database_that_others_can_read_is_told(tmp_path: Path) -> None:
    settings = office(tmp_path)
    passes.run_pass(settings, FixedClock(NOW))
    settings.database_file.chmod(0o644)
    assert examined(settings)["basis data"].action == f"Tutup bagi orang lain: chmod 600 {settings.database_file}."


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    settings = office(tmp_path)
    settings.database_file.parent.mkdir()
    settings.database_file.write_bytes(b"no database" * 100)
    assert not examined(settings)["basis data"].ok


def test_the_tick_is_judged_by_its_age(tmp_path: Path) -> None:
    settings = office(tmp_path)
    passes.run_pass(settings, FixedClock(NOW))
    store = Store(settings.database_file, keeper=False)
    with store.write() as tx:
        marks.put_time(tx, "last_tick", NOW)
    store.close()
    ticks = [
        examining.examine(settings, FixedClock(NOW + age), tick_only=True)[0].ok
        for age in (timedelta(seconds=30), timedelta(minutes=5))
    ]
    assert ticks == [True, False]


def test_a_service_that_never_ran_fails_the_health_check_alone(tmp_path: Path) -> None:
    settings = office(tmp_path)
    assert not examining.examine(settings, FixedClock(NOW), tick_only=True)[0].ok
    assert examined(settings)["detak layanan"].ok  # whoever publishes by cron misses nothing


def test_a_clock_behind_what_it_showed_before_is_told(tmp_path: Path) -> None:
    settings = office(tmp_path)
    (tmp_path / "queue").mkdir()
    (tmp_path / "queue" / "rapat.md").write_text("---\ntitle: Rapat\n---\nKPU Kaltim menggelar rapat di kantor.\n")
    passes.run_pass(settings, FixedClock(NOW))
    assert examined(settings, NOW)["jam"].ok
    assert "resume --clock" in str(examined(settings, NOW - timedelta(hours=1))["jam"].action)


def test_the_file_system_of_a_folder_is_known() -> None:
    assert file_system_of(Path("/proc")) in ("proc", None)

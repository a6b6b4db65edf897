"""A pass as the command runs it, and the dry run that leaves no trace."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from medsosbot.app import deciding, looks, passes
from medsosbot.errors import BusyError, SettingsError
from medsosbot.storage.lock import Lock
from tests.app.project import CONFIG, Project, make_project

HOUR = timedelta(hours=1)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make_project(tmp_path / "proyek")


def states(project: Project) -> dict[str, list[str]]:
    found = looks.status(project.settings, everything=True)["items"]
    return {i["id"]: [d["state"] for d in i["deliveries"]] for i in found}


class TestPass:
    def test_it_takes_the_queue_in_and_publishes_all_that_is_due(self, project: Project) -> None:
        for name in ("a", "b"):
            project.file(name)
        project.file("nanti", publish_at="2026-11-24 12:00")
        report = passes.run_pass(project.settings, project.clock)
        assert sorted(report.accepted) == ["a", "b", "nanti"]
        assert sorted((s.id, s.destination) for s in report.published) == [
            ("a", "kanal"), ("a", "x"), ("b", "kanal"), ("b", "x"),
        ]  # fmt: skip
        assert [(line["id"], line["remote_id"]) for line in project.lines("kanal")] == [("a", "1"), ("b", "2")]
        assert looks.status(project.settings, "a")["items"][0]["deliveries"][0]["remote_ids"] == ["1"]

    def test_a_further_pass_publishes_nothing(self, project: Project) -> None:
        project.file()
        passes.run_pass(project.settings, project.clock)
        again = passes.run_pass(project.settings, project.clock)
        assert (again.accepted, again.published, again.needs_a_person()) == ([], [], False)
        assert len(project.lines("kanal")) == 1

    def test_the_folder_tells_what_waits(self, project: Project) -> None:
        project.file(publish_at="2026-11-24 12:00")
        passes.run_pass(project.settings, project.clock)
        assert "12.00" in (project.settings.queue / "STATUS.txt").read_text()

    def test_a_second_process_gives_way_and_does_nothing(self, project: Project) -> None:
        project.file()
        lock = Lock(project.settings.database_file)
        lock.take()
        with pytest.raises(BusyError):
            passes.run_pass(project.settings, project.clock)
        lock.release()
        assert (project.settings.queue / "rapat.md").exists()
        assert project.lines("kanal") == []

    def test_a_destination_of_another_platform_counts_as_a_new_one(self, project: Project) -> None:
        project.file()
        passes.run_pass(project.settings, project.clock)
        assert states(project) == {"rapat": ["published", "published"]}

    def test_a_missing_secret_stops_it_before_anything_is_done(self, tmp_path: Path) -> None:
        project = make_project(
            tmp_path / "lain", 'destinations: [{name: kanal, platform: telegram, chat: "@kpukaltim"}]\n'
        )
        project.file()
        with pytest.raises(SettingsError, match="MEDSOSBOT_TELEGRAM_TOKEN"):
            passes.run_pass(project.settings, project.clock)
        assert not project.settings.database_file.exists()
        assert (project.settings.queue / "rapat.md").exists()


class TestDryRun:
    def test_it_leaves_queue_database_and_status_untouched(self, project: Project) -> None:
        project.file("lama", publish_at="2026-11-24 12:00")
        passes.run_pass(project.settings, project.clock)
        project.file("baru")
        before = project.fingerprint("var/dry-run")
        report = passes.dry_run(project.settings, project.clock)
        assert project.fingerprint("var/dry-run") == before
        assert [s.id for s in report.published] == ["baru", "baru"]
        assert [line["id"] for line in project.lines("kanal", "dry-run")] == ["baru"]
        assert project.lines("kanal") == []

    def test_without_a_database_it_makes_none(self, project: Project) -> None:
        project.file()
        report = passes.dry_run(project.settings, project.clock)
        assert len(report.published) == 2
        assert sorted(p.name for p in project.settings.var.iterdir()) == ["dry-run"]

    def test_it_can_be_repeated_with_the_same_result(self, project: Project) -> None:
        for name in ("a", "b", "c"):
            project.file(name)
        first, second = (passes.dry_run(project.settings, project.clock).as_json() for _ in range(2))
        assert first == second
        assert [line["id"] for line in project.lines("x", "dry-run")] == ["a", "b", "c"]

    def test_what_it_would_have_sent_is_what_a_pass_sends(self, project: Project) -> None:
        for name in ("a", "b", "c"):
            project.file(name)
        passes.dry_run(project.settings, project.clock)
        passes.run_pass(project.settings, project.clock)
        for name in ("kanal", "x"):
            assert project.lines(name, "dry-run") == project.lines(name)

    def test_it_works_beside_a_running_service(self, project: Project) -> None:
        project.file()
        lock = Lock(project.settings.database_file)
        lock.take()
        assert len(passes.dry_run(project.settings, project.clock).published) == 2
        lock.release()

    def test_it_sends_what_is_due_at_another_time(self, project: Project) -> None:
        project.file(publish_at="2026-11-24 12:00")
        passes.run_pass(project.settings, project.clock)
        assert passes.dry_run(project.settings, project.clock).published == []
        project.clock.move(3 * HOUR)
        assert len(passes.dry_run(project.settings, project.clock).published) == 2

    def test_what_is_out_is_not_sent_again(self, project: Project) -> None:
        project.file()
        passes.run_pass(project.settings, project.clock)
        assert passes.dry_run(project.settings, project.clock).published == []

    def test_it_needs_no_secret_and_composes_for_the_real_destinations(self, tmp_path: Path) -> None:
        real = 'destinations: [{name: kanal, platform: telegram, chat: "@kpukaltim"}, {name: x, platform: x}]\n'
        project = make_project(tmp_path / "lain", real + "checks: {stale_after_days: null}\n")
        project.file()
        assert len(passes.dry_run(project.settings, project.clock).published) == 2
        assert "<b>Rapat rapat</b>" in project.lines("kanal", "dry-run")[0]["text"]
        assert "<b>" not in project.lines("x", "dry-run")[0]["text"]

    def test_a_hold_is_no_trouble_of_a_dry_run(self, tmp_path: Path) -> None:
        project = make_project(tmp_path / "lain", CONFIG.replace("null", "null, approval: hold"))
        project.file()
        report = passes.dry_run(project.settings, project.clock)
        assert (report.held, report.needs_a_person(dry=True)) == (["rapat"], False)


class TestLooks:
    def test_without_a_database_the_reading_commands_answer_with_nothing_and_make_none(self, project: Project) -> None:
        assert looks.status(project.settings)["items"] == []
        assert looks.terkini(project.settings)["items"] == []
        assert looks.preview(project.settings, project.clock, []).as_json()["posts"] == []
        assert not project.settings.var.exists()

    def test_preview_and_check_change_nothing(self, project: Project) -> None:
        project.file("lama", publish_at="2026-11-24 12:00")
        passes.run_pass(project.settings, project.clock)
        project.file("baru")
        (project.settings.queue / "buruk.md").write_text("---\ntitle: x\n", encoding="utf-8")
        before = project.fingerprint()
        looks.preview(project.settings, project.clock, [])
        looks.check(project.settings, project.clock, [])
        looks.status(project.settings)
        looks.terkini(project.settings)
        assert project.fingerprint() == before

    def test_preview_shows_what_a_pass_will_send(self, project: Project) -> None:
        project.file()
        shown = looks.preview(project.settings, project.clock, []).as_json()["posts"]
        passes.run_pass(project.settings, project.clock)
        for post in shown:
            (line,) = project.lines(post["destination"])
            assert [part["text"] for part in post["parts"]] == [line["text"]]

    def test_decisions_and_dry_run_agree(self, project: Project) -> None:
        project.file(publish_at="2026-11-24 12:00")
        passes.run_pass(project.settings, project.clock)
        deciding.decide(project.settings, project.clock, "hold", id="rapat")
        project.clock.move(3 * HOUR)
        assert passes.dry_run(project.settings, project.clock).published == []
        deciding.decide(project.settings, project.clock, "release", id="rapat")
        assert len(passes.dry_run(project.settings, project.clock).published) == 2

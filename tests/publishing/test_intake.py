"""Taking the folder in: what a file means whose ID, bytes or text are known, and that nothing is lost in between."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest

from medsosbot.errors import RejectedError
from medsosbot.model import DeliveryState
from medsosbot.options import Checks, Quiet, Timetable
from medsosbot.publishing import decisions, intake
from medsosbot.publishing.report import PassReport
from tests.publishing.fake_platform import LOST
from tests.publishing.office import DAY, HOUR, LOOKS, MINUTE, WITA, Office, open_office, release_text, target

State = DeliveryState
OTHER = "Samarinda, kaltim.kpu.go.id – KPU Kaltim membetulkan berita yang kemarin."


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path, target("kanal"), target("x")) as one:
        yield one


def later(office: Office, name: str = "rapat", **head: object) -> None:
    """An item that waits for noon."""
    office.file(name, publish_at="2026-11-24 12:00", **head)
    office.take_in()


class TestAccepted:
    def test_a_good_file_is_taken_in_and_moved(self, office: Office) -> None:
        path = office.file()
        text = path.read_text()
        assert office.take_in().accepted == ["rapat"]
        assert (office.lying(), office.lying("accepted")) == ([], ["rapat.md"])
        assert (office.queue / "accepted" / "rapat.md").read_text() == text
        assert [d.destination for d in office.item().deliveries] == ["kanal", "x"]

    def test_it_goes_only_where_the_file_says(self, office: Office) -> None:
        office.file(destinations="[x]")
        office.take_in()
        assert [d.destination for d in office.item().deliveries] == ["x"]

    def test_the_id_of_the_file_counts_where_it_has_one(self, office: Office) -> None:
        office.file("berita", id="pleno-2026")
        assert office.take_in().accepted == ["pleno-2026"]

    def test_a_name_that_is_taken_in_accepted_gets_a_number_and_overwrites_nothing(self, office: Office) -> None:
        office.file()
        office.publish()
        office.file(title="Judul lain", body=OTHER)
        office.take_in()
        assert office.lying("accepted") == ["rapat-2.md", "rapat.md"]
        assert release_text("rapat") in (office.queue / "accepted" / "rapat.md").read_text()

    def test_a_file_that_was_changed_since_it_was_seen_stays_for_the_next_look(self, office: Office) -> None:
        path = office.file()
        handed = office._handed()
        path.write_text(path.read_text() + "\nSatu kalimat lagi.\n")
        intake.take_in(office.room, handed, PassReport())
        assert office.lying() == ["rapat.md"]
        office.take_in()
        assert office.lying("accepted") == ["rapat.md"]
        assert "Satu kalimat lagi." in office.delivery().texts[0]

    def test_a_file_that_is_gone_before_it_is_read_is_nobodys_fault(self, office: Office) -> None:
        path = office.file()
        handed = office._handed()
        path.unlink()
        report = PassReport()
        intake.take_in(office.room, handed, report)
        assert (report.accepted, report.rejected) == ([], [])


class TestRefused:
    def test_a_bad_file_is_refused_with_its_reason_and_the_others_go_on(self, office: Office) -> None:
        office.file("baik")
        (office.queue / "buruk.md").write_text("---\ntitle: Tanpa isi\n---\n", encoding="utf-8")
        report = office.take_in()
        assert report.accepted == ["baik"]
        assert [(r.file, "isi rilis kosong" in r.reason) for r in report.rejected] == [("buruk.md", True)]
        assert report.needs_a_person()
        assert office.lying("rejected") == ["buruk.md", "buruk.md.reason.txt"]
        (told,) = office.told("refused")
        assert "buruk.md" in told and "isi rilis kosong" in told

    def test_two_files_of_one_id_and_two_titles_are_both_refused(self, office: Office) -> None:
        office.file("a", id="rapat", title="Satu")
        office.file("b", id="rapat", title="Dua")
        office.file("c")
        report = office.take_in()
        assert report.accepted == ["c"]
        assert [r.file for r in report.rejected] == ["a.md", "b.md"]
        assert all("Dua berkas memakai ID yang sama" in r.reason for r in report.rejected)

    def test_two_files_of_one_id_and_one_title_are_one_item_in_its_latest_version(self, office: Office) -> None:
        office.file("a", id="rapat", title="Satu")
        office.file("b", OTHER, id="rapat", title="Satu")
        report = office.take_in()
        assert report.rejected == []
        assert office.ids() == ["rapat"]
        assert "membetulkan" in office.delivery().texts[0]


class TestKnown:
    """CONTRACT's table, row by row."""

    def test_the_same_bytes_again_are_moved_quietly(self, office: Office) -> None:
        office.file()
        office.publish()
        office.file()
        report = office.publish()
        assert (report.accepted, report.rejected, report.held) == ([], [], [])
        assert office.lying() == []
        assert office.kanal.items == ["rapat"]

    @pytest.mark.parametrize("state", ["waits", "held", "failed", "uncertain"])
    def test_the_same_bytes_are_known_in_every_state(self, office: Office, state: str) -> None:
        head: dict[str, object] = {"publish_at": "2026-11-24 12:00"} if state == "waits" else {}
        office.kanal.script = [RejectedError("Tidak.") if state == "failed" else LOST] if not head else []
        if state == "held":
            office.change(checks=Checks(stale_after_days=None, approval="hold"))
        office.file(**head)
        office.publish()
        before = office.item()
        office.file(**head)
        report = office.publish()
        assert (report.accepted, report.rejected, report.held, report.failed) == ([], [], [], [])
        assert office.item() == before

    def test_other_bytes_of_one_title_are_a_new_version_while_nothing_is_out(self, office: Office) -> None:
        later(office)
        office.file(body=OTHER, publish_at="2026-11-24 13:00")
        report = office.publish()
        assert report.accepted == ["rapat"]
        assert (office.ids(), office.lying()) == (["rapat"], [])
        office.move(3 * HOUR)
        office.publish()
        assert office.kanal.items == []  # the new version waits for one o'clock
        office.move(HOUR)
        office.publish()
        assert len(office.kanal.texts) == 1 and "membetulkan" in office.kanal.texts[0]

    def test_an_id_of_its_own_makes_another_title_a_new_version(self, office: Office) -> None:
        later(office, id="pleno")
        office.file("lain", OTHER, id="pleno", title="Judul yang dibetulkan")
        office.publish()
        assert office.ids() == ["pleno"]
        assert "Judul yang dibetulkan" in office.kanal.texts[0]

    def test_a_new_version_mends_a_held_item(self, office: Office) -> None:
        office.file(body="Samarinda – KPU Kaltim menggelar rapat pada Kamis (6/9/2022) di aula kantor.")
        assert office.publish().held == ["rapat"]
        assert office.item().held_because
        office.file(body="Samarinda – KPU Kaltim menggelar rapat pada Selasa (6/9/2022) di aula kantor.")
        report = office.publish()
        assert report.held == [] and report.accepted == ["rapat"]
        assert (office.state(), office.item().held_because) == (State.PUBLISHED, ())

    def test_a_new_version_that_is_wrong_too_is_held_anew_and_told_anew(self, office: Office) -> None:
        office.file(body="Samarinda – KPU Kaltim menggelar rapat pada Kamis (6/9/2022) di aula kantor.")
        office.publish()
        office.file(body="Samarinda – KPU Kaltim menggelar rapat pada Jumat (6/9/2022) di aula kantor.")
        assert office.publish().held == ["rapat"]
        assert len(office.told("held")) == 2
        assert "Jumat" in " ".join(office.item().held_because)
        assert "Kamis" not in " ".join(office.item().held_because)

    def test_a_new_version_mends_a_failed_item(self, office: Office) -> None:
        office.kanal.script = [RejectedError("Tidak.")]
        office.file(destinations="[kanal]")
        office.publish()
        office.file(body=OTHER, destinations="[kanal]")
        office.publish()
        assert office.state() == State.PUBLISHED

    def test_a_new_version_does_not_lose_its_slot_to_itself(self, office: Office) -> None:
        office.change(timetable=Timetable(WITA, slots=(time(12), time(16))))
        office.file()
        office.take_in()
        first = office.delivery().due_at
        office.file(body=OTHER)
        office.take_in()
        assert office.delivery().due_at == first

    def test_a_destination_that_a_new_version_leaves_out_is_cancelled(self, office: Office) -> None:
        later(office)
        office.file(body=OTHER, destinations="[x]", publish_at="2026-11-24 12:00")
        office.take_in()
        assert (office.state(), office.state(destination="x")) == (State.CANCELLED, State.SCHEDULED)

    def test_a_destination_that_a_person_ended_stays_ended_in_a_new_version(self, office: Office) -> None:
        later(office)
        office.decide(decisions.cancel, "rapat", "kanal")
        office.file(body=OTHER, publish_at="2026-11-24 12:00")
        office.take_in()
        assert (office.state(), office.state(destination="x")) == (State.CANCELLED, State.SCHEDULED)

    def test_what_went_out_is_never_reposted_by_an_edit(self, office: Office) -> None:
        office.platforms["x"].script = [RejectedError("Tidak.")]
        office.file()
        office.publish()
        office.file(body=OTHER)
        report = office.publish()
        (refused,) = report.rejected
        assert "Sudah terbit di kanal" in refused.reason and "x" not in refused.reason.split("(")[0]
        assert "id: rapat-2" in refused.reason and "destinations:" in refused.reason
        assert (office.kanal.items, office.lying("rejected")) == (["rapat"], ["rapat.md", "rapat.md.reason.txt"])
        reason = (office.queue / "rejected" / "rapat.md.reason.txt").read_text()
        assert "Baris" not in reason and "belum ada yang terbit" not in reason

    def test_the_id_that_the_refusal_shows_is_free(self, office: Office) -> None:
        office.file()
        office.publish()
        office.file(title="Rapat lain", body=OTHER)
        office.publish()
        office.file(body="Rilis ini dibetulkan sesudah terbit, di Bontang.")
        (refused,) = office.publish().rejected
        assert "id: rapat-3" in refused.reason

    def test_the_way_that_the_refusal_shows_works(self, office: Office) -> None:
        office.platforms["x"].script = [RejectedError("Tidak.")]
        office.file()
        office.publish()
        office.file(body=OTHER, id="rapat-2", destinations="[x]")
        assert office.publish().rejected == []
        assert (office.kanal.items, office.platforms["x"].items) == (["rapat"], ["rapat-2"])

    def test_another_title_while_the_first_waits_is_refused_with_both_ways(self, office: Office) -> None:
        later(office)
        office.file(title="Judul lain", body=OTHER)
        (refused,) = office.take_in().rejected
        assert "id: rapat" in refused.reason and "ganti nama berkasnya" in refused.reason
        assert office.state() == State.SCHEDULED

    def test_another_title_after_the_first_went_out_is_another_item_and_says_so(self, office: Office) -> None:
        office.file()
        office.publish()
        for n in (2, 3):
            office.file(title=f"Judul {n}", body=f"{OTHER} Bagian {n}.")
            report = office.publish()
            assert report.accepted == [f"rapat-{n}"]
            assert any(f"rapat-{n}" in remark for _, remark in report.remarks)
        assert office.ids() == ["rapat", "rapat-2", "rapat-3"]
        assert office.kanal.items == ["rapat", "rapat-2", "rapat-3"]

    def test_its_second_item_is_known_by_its_bytes_too(self, office: Office) -> None:
        office.file()
        office.publish()
        for _ in range(2):
            office.file(title="Judul lain", body=OTHER)
            report = office.publish()
        assert (report.accepted, report.rejected) == ([], [])
        assert office.ids() == ["rapat", "rapat-2"]

    @pytest.mark.parametrize("end", ["cancelled", "expired"])
    def test_what_is_over_does_not_count_and_its_file_is_taken_anew(self, office: Office, end: str) -> None:
        if end == "expired":
            office.file(expires_at="2026-11-24 08:00")
            office.publish()
            office.file()
        else:
            later(office)
            office.decide(decisions.cancel, "rapat")
            office.file()
        report = office.publish()
        assert report.accepted == ["rapat"]
        assert office.ids() == ["rapat", "rapat"]
        assert office.kanal.items == ["rapat"]

    def test_the_same_file_again_after_a_cancel_goes_out(self, office: Office) -> None:
        later(office)
        office.decide(decisions.cancel, "rapat")
        office.file(publish_at="2026-11-24 12:00")  # the very same bytes
        assert office.take_in().accepted == ["rapat"]
        office.move(3 * HOUR)
        office.publish()
        assert office.kanal.items == ["rapat"]


class TestSameText:
    def test_the_same_title_and_text_under_another_name_is_refused_with_a_link_to_the_first(
        self, office: Office
    ) -> None:
        office.file("a", OTHER, title="Satu")
        office.publish()
        office.file("b", OTHER, title="Satu")
        (refused,) = office.publish().rejected
        assert "nomor 1" in refused.reason and "batalkan" in refused.reason

    def test_both_in_one_pass_are_one(self, office: Office) -> None:
        office.file("a", OTHER, title="Satu")
        office.file("b", OTHER, title="Satu")
        report = office.publish()
        assert (report.accepted, [r.file for r in report.rejected]) == (["a"], ["b.md"])

    def test_it_is_not_refused_where_it_is_sent_on_to_another_destination_as_the_refusal_advises(
        self, office: Office
    ) -> None:
        office.file("a", OTHER, title="Satu", destinations="[kanal]")
        office.publish()
        office.file("a", OTHER, title="Satu", id="a-2", destinations="[x]")
        assert office.publish().rejected == []
        assert (office.kanal.items, office.platforms["x"].items) == (["a"], ["a-2"])

    def test_it_is_refused_where_one_destination_is_the_same(self, office: Office) -> None:
        office.file("a", OTHER, title="Satu", destinations="[kanal]")
        office.publish()
        office.file("a", OTHER, title="Satu", id="a-2", destinations="[kanal, x]")
        assert len(office.publish().rejected) == 1

    def test_it_is_not_refused_after_thirty_days(self, office: Office) -> None:
        office.file("a", OTHER, title="Satu")
        office.publish()
        office.move(31 * DAY)
        office.file("b", OTHER, title="Satu")
        assert office.publish().rejected == []

    def test_it_is_not_refused_where_it_is_stuck_while_it_is_out_elsewhere(self, tmp_path: Path) -> None:
        with open_office(tmp_path, target("kanal"), target("x", style=LOOKS["x"])) as office:
            office.file(text="{x: " + "kata " * 70 + "}")
            office.publish()
            assert (office.state(), office.state(destination="x")) == (State.PUBLISHED, State.HELD)
            office.file("lagi", title="Rapat rapat", body=release_text("rapat"), destinations="[x]", id="rapat-2")
            assert office.publish().rejected == []

    def test_it_is_not_refused_once_the_first_is_cancelled(self, office: Office) -> None:
        later(office, "a", title="Satu")
        office.decide(decisions.cancel, "a")
        office.file("b", release_text("a"), title="Satu")
        assert office.take_in().rejected == []

    def test_a_new_version_with_the_text_of_another_item_is_refused_too(self, office: Office) -> None:
        later(office, "a", title="Satu")
        office.file("b", OTHER, title="Satu", publish_at="2026-11-24 12:00", id="b")
        office.take_in()
        office.file("b", release_text("a"), title="Satu", publish_at="2026-11-24 12:00", id="b")
        assert len(office.take_in().rejected) == 1


class TestTwins:
    """The same post text at one destination: text is the evidence, so that delivery alone waits for a person."""

    def twins(self, office: Office) -> None:
        for n, name in enumerate(("a", "b")):
            body = f"Samarinda – KPU Kaltim menggelar rapat nomor {n}."
            office.file(name, body, text='{x: "KPU Kaltim menggelar rapat."}')

    def test_the_second_is_held_there_and_goes_elsewhere(self, office: Office) -> None:
        self.twins(office)
        report = office.publish()
        assert report.held == ["b"]
        assert (office.state("b"), office.state("b", "x")) == (State.PUBLISHED, State.HELD)
        assert "sama persis dengan rilis nomor 1" in office.item("b").held_because[0]
        assert office.kanal.items == ["a", "b"]

    def test_it_goes_when_a_person_releases_it(self, office: Office) -> None:
        self.twins(office)
        office.publish()
        office.decide(decisions.release, "b")
        office.publish()
        assert office.platforms["x"].items == ["a", "b"]

    def test_after_thirty_days_it_is_no_twin(self, office: Office) -> None:
        office.file("a", "Samarinda – Satu.", text='{x: "KPU Kaltim menggelar rapat."}')
        office.publish()
        office.move(31 * DAY)
        office.file("b", "Samarinda – Dua.", text='{x: "KPU Kaltim menggelar rapat."}')
        assert office.publish().held == []

    def test_an_item_is_not_its_own_twin(self, office: Office) -> None:
        later(office)
        office.file(body=release_text("rapat"), publish_at="2026-11-24 13:00")
        assert office.take_in().held == []


class TestHolds:
    def test_a_check_holds_the_whole_item_and_tells_the_staff_with_the_drafts(self, office: Office) -> None:
        office.change(checks=Checks(stale_after_days=None, approval="hold"))
        office.file()
        report = office.publish()
        assert (report.held, office.state(), office.state(destination="x")) == (["rapat"], State.HELD, State.HELD)
        (told,) = office.told("held")
        assert "/lepas 1" in told and "/batal 1" in told
        assert len(office.told("draft")) == 2
        assert office.delivery().texts[0] in office.told("draft")[0]
        assert report.needs_a_person() and not report.needs_a_person(dry=True)

    def test_what_is_held_is_not_held_again_by_the_next_pass(self, office: Office) -> None:
        office.change(checks=Checks(stale_after_days=None, approval="hold"))
        office.file()
        office.publish()
        report = office.publish()
        assert (report.held, report.needs_a_person()) == ([], False)
        assert len(office.told("held")) == 1

    def test_a_publish_at_that_is_long_past_holds(self, office: Office) -> None:
        office.file(publish_at="2026-11-23 08:59")
        assert office.publish().held == ["rapat"]

    def test_a_publish_at_that_is_past_by_exactly_the_limit_does_not_hold(self, office: Office) -> None:
        office.file(publish_at="2026-11-23 09:00")
        assert office.publish().held == []
        assert office.state() == State.PUBLISHED

    def test_a_text_of_its_own_that_is_too_long_holds_that_delivery_alone(self, office: Office) -> None:
        office.change(targets=(target("kanal"), target("x", style=LOOKS["x"])))
        office.file(text='{x: "' + "kata " * 80 + '"}')
        office.publish()
        assert (office.state(), office.state(destination="x")) == (State.PUBLISHED, State.HELD)


class TestExpiry:
    def test_what_is_past_at_intake_is_accepted_and_expired(self, office: Office) -> None:
        office.file(expires_at="2026-11-24 09:00")
        report = office.publish()
        assert (report.accepted, report.held, report.published) == (["rapat"], [], [])
        assert (office.state(), office.kanal.items) == (State.EXPIRED, [])

    def test_a_reason_to_hold_does_not_hold_what_is_expired(self, office: Office) -> None:
        office.change(checks=Checks(stale_after_days=None, approval="hold"))
        office.file(expires_at="2026-11-24 08:00")
        report = office.publish()
        assert (report.held, office.state()) == ([], State.EXPIRED)

    def test_what_expires_while_it_waits_never_goes(self, office: Office) -> None:
        office.file(publish_at="2026-11-24 11:00", expires_at="2026-11-24 12:00")
        office.take_in()
        office.move(3 * HOUR)
        office.publish()
        assert (office.state(), office.kanal.items) == (State.EXPIRED, [])

    def test_it_goes_until_the_last_moment(self, office: Office) -> None:
        office.file(publish_at="2026-11-24 11:59", expires_at="2026-11-24 12:00")
        office.take_in()
        office.move(3 * HOUR - MINUTE)
        office.publish()
        assert office.state() == State.PUBLISHED

    def test_what_is_held_expires_only_when_it_would_go(self, office: Office) -> None:
        office.change(checks=Checks(stale_after_days=None, approval="hold"))
        office.file(expires_at="2026-11-24 12:00")
        office.publish()
        office.move(4 * HOUR)
        office.decide(decisions.release, "rapat")
        office.publish()
        assert (office.state(), office.kanal.items) == (State.EXPIRED, [])


def test_quiet_hours_push_the_earliest_moment_and_urgent_passes(office: Office) -> None:
    office.change(timetable=Timetable(WITA, quiet=Quiet(time(8), time(10))))
    office.file("biasa")
    office.file("darurat", urgency="urgent")
    office.publish()
    assert office.kanal.items == ["darurat"]
    office.move(HOUR)
    office.publish()
    assert office.kanal.items == ["darurat", "biasa"]

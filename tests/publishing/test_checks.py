"""What holds a release for a person, and what its reason says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from medsosbot.model import Release
from medsosbot.options import Checks, Timetable
from medsosbot.publishing.checks import Hold, holds, late, own_text_holds
from medsosbot.text.rules import default_rules

WITA = ZoneInfo("Asia/Makassar")
NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
CALM = Checks(stale_after_days=None)
OFF = Checks(weekday="ignore", stale_after_days=None, personal_data="ignore")
LEAD = "Samarinda, kaltim.kpu.go.id – KPU Provinsi Kalimantan Timur melaksanakan Rapat Pleno, "
SEEDS = Path(__file__).parents[2] / "seeds" / "berita-terkini.txt"


def release(body: str = "KPU Kaltim menggelar rapat.", title: str = "Rapat Pleno", **more: object) -> Release:
    return replace(Release(title=title, body=body), **more)  # type: ignore[arg-type]


def held(
    item: Release,
    checks: Checks = CALM,
    due: datetime = NOW,
    news_date: date | None = None,
    second_dateline: str | None = None,
) -> tuple[Hold, ...]:
    return holds(
        item,
        checks,
        due=due,
        news_date=news_date,
        zone=WITA,
        rules=default_rules(),
        second_dateline=second_dateline,
        written_date=item.date,
    )


def kinds(item: Release, checks: Checks = CALM, **more: object) -> list[str]:
    return [hold.kind for hold in held(item, checks, **more)]  # type: ignore[arg-type]


class TestWeekday:
    def test_it_holds_a_weekday_that_contradicts_its_date_and_names_the_right_one(self) -> None:
        (hold,) = held(release(LEAD + "Kamis (6/9/2022)."))
        assert hold.kind == "weekday"
        assert "«Kamis (6/9/2022)»" in hold.reason
        assert "6 September 2022 jatuh pada hari Selasa" in hold.reason
        assert "betulkan" in hold.reason and "lepas" in hold.reason

    def test_it_does_not_hold_a_weekday_that_is_right(self) -> None:
        assert kinds(release(LEAD + "Selasa (6/9/2022).")) == []

    def test_it_does_not_hold_where_the_office_ignores_it(self) -> None:
        assert kinds(release(LEAD + "Kamis (6/9/2022)."), OFF) == []

    def test_it_looks_into_the_title_too(self) -> None:
        assert kinds(release(title="Rapat Pleno Kamis, 6 September 2022")) == ["weekday"]

    def test_the_same_words_twice_are_one_reason(self) -> None:
        assert kinds(release("Rapat Kamis (6/9/2022). Hadir pada Kamis (6/9/2022) semua anggota.")) == ["weekday"]

    def test_without_a_year_it_is_judged_by_the_date_that_was_written(self) -> None:
        assert kinds(release("Rapat digelar Selasa (4/3).", date=date(2025, 3, 5))) == []
        assert kinds(release("Rapat digelar Kamis (4/3).", date=date(2025, 3, 5))) == ["weekday"]

    def test_without_a_year_and_a_written_date_it_does_not_hold(self) -> None:
        assert kinds(release("Rapat digelar Kamis (4/3)."), news_date=date(2025, 3, 5)) == []

    def test_of_the_page_that_ships_only_the_sixth_release_is_held(self) -> None:
        found = held(release(SEEDS.read_text(encoding="utf-8")))
        assert [hold.kind for hold in found] == ["weekday"]
        assert "«Kamis (6/9/2022)»" in found[0].reason


class TestStale:
    def test_it_holds_a_release_whose_newest_date_is_older_than_the_limit_when_due(self) -> None:
        (hold,) = held(release("Rapat pada 16 November 2026."), Checks())
        assert hold.kind == "stale"
        assert "Senin, 16 November 2026" in hold.reason and "8 hari" in hold.reason and "7 hari" in hold.reason

    def test_it_does_not_hold_at_exactly_the_limit(self) -> None:
        assert kinds(release("Rapat pada 17 November 2026."), Checks()) == []

    def test_the_age_counts_when_it_is_due_in_the_zones_own_days(self) -> None:
        item = release("Rapat pada 17 November 2026.")
        assert kinds(item, Checks(), due=datetime(2026, 11, 24, 15, 59, tzinfo=UTC)) == []
        assert kinds(item, Checks(), due=datetime(2026, 11, 24, 16, tzinfo=UTC)) == ["stale"]

    def test_the_newest_date_of_title_and_text_counts(self) -> None:
        assert kinds(release("Menyusul rapat 1 Januari 2022.", title="Rapat 20 November 2026"), Checks()) == []

    def test_a_date_to_come_is_not_stale(self) -> None:
        assert kinds(release("Pemungutan suara 1 Desember 2026."), Checks()) == []

    def test_without_a_date_in_the_text_the_news_date_counts(self) -> None:
        assert kinds(release(), Checks(), news_date=date(2026, 11, 1)) == ["stale"]
        assert kinds(release(), Checks(), news_date=date(2026, 11, 23)) == []

    def test_nothing_is_stale_where_no_limit_is_set(self) -> None:
        assert kinds(release("Rapat pada 27 September 2022.")) == []


class TestLinkAndApproval:
    def test_it_holds_a_release_without_a_link_where_the_office_wants_one(self) -> None:
        assert kinds(release(), replace(CALM, link="hold")) == ["link"]

    def test_it_does_not_hold_a_release_with_a_link(self) -> None:
        assert kinds(release(url="https://kaltim.kpu.go.id/berita/1"), replace(CALM, link="hold")) == []

    def test_every_item_waits_for_a_yes_where_the_office_wants_it(self) -> None:
        assert kinds(release(), replace(CALM, approval="hold")) == ["approval"]

    def test_a_second_dateline_holds_and_is_quoted(self) -> None:
        (hold,) = held(release(), second_dateline="Balikpapan, kaltim.kpu.go.id –")
        assert hold.kind == "second_dateline" and "«Balikpapan, kaltim.kpu.go.id –»" in hold.reason

    def test_a_calm_release_is_not_held(self) -> None:
        assert held(release()) == ()


class TestSensitive:
    CHECKS = replace(CALM, sensitive=("ijazah palsu", "suap"))

    @pytest.mark.parametrize("title", ["Dugaan Ijazah  Palsu Calon", "SUAP di Pilkada", "Soal suap-menyuap"])
    def test_it_holds_a_sensitive_word_in_the_title_in_any_case(self, title: str) -> None:
        (hold,) = held(release(title=title), self.CHECKS)
        assert hold.kind == "sensitive" and "di judul" in hold.reason

    def test_it_holds_one_in_the_lead(self) -> None:
        (hold,) = held(release("KPU menanggapi soal suap.\n\nRapat ditutup."), self.CHECKS)
        assert "«suap» di paragraf pertama" in hold.reason

    def test_it_does_not_look_behind_the_lead_or_inside_a_word(self) -> None:
        assert kinds(release("Rapat dibuka.\n\nSoal suap dibahas."), self.CHECKS) == []
        assert kinds(release(title="Pesuapan"), self.CHECKS) == []

    def test_without_a_list_nothing_is_sensitive(self) -> None:
        assert kinds(release(title="Suap"), CALM) == []


class TestPersonalData:
    def test_it_holds_and_does_not_repeat_the_number(self) -> None:
        (hold,) = held(release("Hubungi Budi di 0812-3456-7890."))
        assert hold.kind == "personal_data"
        assert "nomor ponsel «0812-••••-••90»" in hold.reason
        assert "3456" not in hold.reason
        assert "bila nomor kantor, minta teknisi mendaftarkannya" in hold.reason

    def test_it_does_not_hold_the_offices_own_number(self) -> None:
        checks = replace(CALM, personal_data_allow=("0812 3456 7890",))
        assert kinds(release("Hubungi kami di +62 812-3456-7890."), checks) == []

    def test_it_does_not_hold_where_the_office_ignores_it(self) -> None:
        assert kinds(release("Hubungi Budi di 0812-3456-7890."), OFF) == []

    def test_many_finds_are_one_sentence_of_readable_length(self) -> None:
        (hold,) = held(release(" ".join(f"08123456{n:04}" for n in range(50))))
        assert "47 lagi" in hold.reason and len(hold.reason) < 400


class TestOwnText:
    def test_the_offices_own_words_are_looked_at_by_destination(self) -> None:
        item = release(texts={"x": "Rapat Kamis (6/9/2022), WA 081234567890", "kanal": "Rapat Selasa (6/9/2022)"})
        found = own_text_holds(item, CALM, rules=default_rules(), written_date=None)
        assert [hold.kind for hold in found["x"]] == ["weekday", "personal_data"]
        assert all("untuk x" in hold.reason for hold in found["x"])
        assert "kanal" not in found

    def test_they_do_not_hold_the_item(self) -> None:
        assert kinds(release(texts={"x": "Rapat Kamis (6/9/2022)"})) == []

    def test_they_are_not_looked_at_where_the_office_ignores_it(self) -> None:
        item = release(texts={"x": "Rapat Kamis (6/9/2022), WA 081234567890"})
        assert own_text_holds(item, OFF, rules=default_rules(), written_date=None) == {}


def test_all_reasons_come_in_one_order_and_are_one_sentence_each() -> None:
    item = release("Rapat Kamis (6/9/2022), WA 081234567890, soal suap.")
    checks = Checks(link="hold", approval="hold", sensitive=("suap",))
    found = held(item, checks, second_dateline="Balikpapan –")
    assert [h.kind for h in found] == [
        "weekday",
        "second_dateline",
        "stale",
        "link",
        "sensitive",
        "personal_data",
        "approval",
    ]
    for hold in (*found, late(datetime(2026, 11, 22, tzinfo=UTC), NOW, Timetable(zone=WITA))):
        assert hold.reason.endswith(".") and "\n" not in hold.reason
        assert "lepas" in hold.reason


def test_a_late_item_says_when_it_should_have_gone() -> None:
    hold = late(datetime(2026, 11, 22, 19, tzinfo=UTC), NOW, Timetable(zone=WITA))
    assert hold.kind == "late"
    assert "Senin, 23 November 2026, 03.00 WITA" in hold.reason and "1 hari 6 jam" in hold.reason

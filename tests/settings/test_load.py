from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta
from pathlib import Path

import pytest

from medsosbot import options
from medsosbot.errors import Fault, SettingsError
from medsosbot.settings import agreement
from medsosbot.settings.load import load

MOCK = "destinations: [{name: kanal, platform: mock}]\n"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    (tmp_path / "config").mkdir()
    return tmp_path


def read(office: Path, text: str | bytes, environ: Mapping[str, str] | None = None) -> options.Settings:
    file = office / "config" / "medsosbot.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load(file, environ or {})


def faults(office: Path, text: str | bytes, environ: Mapping[str, str] | None = None) -> tuple[Fault, ...]:
    with pytest.raises(SettingsError) as caught:
        read(office, text, environ)
    return caught.value.faults


def places(found: tuple[Fault, ...]) -> list[tuple[int | None, str | None]]:
    return [(f.line, f.key) for f in found]


def test_a_config_of_destinations_alone_has_the_defaults(office: Path) -> None:
    s = read(office, MOCK)
    assert s.zone.key == "Asia/Makassar"
    assert s.database_file == office / "var" / "medsosbot.db"
    assert (s.queue, s.words, s.var) == (office / "queue", office / "config" / "words", office / "var")
    assert s.destinations == (options.Destination("kanal", "mock"),)
    assert s.checks == options.Checks()
    assert s.timetable == options.Timetable(s.zone)
    assert s.reconcile == options.Reconcile()
    assert (s.staff, s.telegram, s.x, s.office) == (
        options.Staff(),
        options.Telegram(),
        options.X(),
        options.Office(),
    )


def test_every_key_arrives(office: Path) -> None:
    s = read(
        office,
        """
timezone: Asia/Jayapura
office: {name: KPU Papua, site: "https://papua.kpu.go.id/"}
database: sqlite:////tmp/somewhere/else.db
queue: antrean
words: kata
destinations:
  - {name: kanal, platform: mock, like: x, link: never}
staff: {chat: -1001234567890, members: {123: editor, 456: penulis}}
telegram: {api_url: "http://127.0.0.1:8081", poll: false, per_minute: 0, per_second: 5}
x: {api_url: "http://127.0.0.1:8082", per_15_minutes: 7, price: null, budget_month: ~}
checks:
  weekday: ignore
  link: hold
  stale_after_days: null
  sensitive: [korupsi, tindak pidana]
  personal_data: ignore
  personal_data_allow: ["081234567890"]
  alt_text: ignore
  approval: hold
timetable: {slots: [16:00, "08:00:30"], gap_minutes: 10, quiet: 21:00-06:00, late_hours: ~}
reconcile: {after_seconds: 90, resends: 0}
""",
    )
    assert s.zone.key == "Asia/Jayapura"
    assert s.office == options.Office("KPU Papua", "https://papua.kpu.go.id")
    assert s.database_file == Path("/tmp/somewhere/else.db")
    assert (s.queue, s.words) == (office / "antrean", office / "kata")
    assert s.destinations == (options.Destination("kanal", "mock", like="x", link="never"),)
    assert s.staff == options.Staff(-1001234567890, {123: "editor", 456: "penulis"})
    assert s.telegram == options.Telegram("http://127.0.0.1:8081", False, 0, 5)
    assert s.x == options.X("http://127.0.0.1:8082", 7)
    assert s.checks == options.Checks(
        "ignore", "hold", None, ("korupsi", "tindak pidana"), "ignore", ("081234567890",), "hold"
    )
    assert s.timetable == options.Timetable(
        s.zone, (time(8, 0, 30), time(16)), timedelta(minutes=10), options.Quiet(time(21), time(6)), None
    )
    assert s.reconcile == options.Reconcile(timedelta(seconds=90), 0)


def test_every_fault_is_told_at_once_with_its_line(office: Path) -> None:
    found = faults(
        office,
        """timezone: Asia/Makasar
cheks: {}
checks: {weekday: hld, stale_after_days: seminggu}
destinations:
  - name: kanal
    platform: moc
  - platform: mock
  - {name: x/y, platform: mock}
timetable: {slots: [08:00, 22:00], quiet: 21:00-06:00}
reconcile: {after_seconds: 0, resends: 100}
""",
    )
    assert places(found) == [
        (1, "timezone"),
        (2, "cheks"),
        (3, "checks.weekday"),
        (3, "checks.stale_after_days"),
        (6, "destinations[0].platform"),
        (7, "destinations[1].name"),
        (8, "destinations[2].name"),
        (9, "timetable.slots[1]"),
        (10, "reconcile.after_seconds"),
        (10, "reconcile.resends"),
    ]


def test_a_fault_is_one_line_with_file_line_key_value_and_hint(office: Path) -> None:
    (fault,) = faults(office, MOCK + "checks:\n  weekday: hld\n")
    assert str(fault) == (
        f"{office}/config/medsosbot.yaml:3: checks.weekday: 'hld' is not known here "
        "(did you mean hold? one of: hold, ignore)"
    )


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("chekcs: {}", "did you mean checks?"),
        ("timetable: {gap: 3}", "did you mean gap_minutes?"),
        ("slots: ['08:00']", "it belongs under timetable:"),
        ("telegram: {token: abc}", "known here: api_url, poll, per_minute, per_second"),
    ],
)
def test_an_unknown_key_comes_with_the_one_that_was_meant(office: Path, text: str, hint: str) -> None:
    (fault,) = faults(office, MOCK + text)
    assert (fault.line, fault.hint) == (2, hint)


def test_a_token_under_a_wrong_key_is_not_shown(office: Path) -> None:
    token = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOpp"
    found = faults(office, MOCK + f"telegram: {{token: '{token}', api_url: '{token}'}}\n")
    assert len(found) == 2
    assert "AAbbCC" not in "".join(map(str, found))


@pytest.mark.parametrize("word", ["yes", "no", "on", "True", "1", '""'])
def test_only_true_and_false_are_booleans(office: Path, word: str) -> None:
    assert places(faults(office, MOCK + f"telegram: {{poll: {word}}}")) == [(2, "telegram.poll")]


@pytest.mark.parametrize("section", ["office", "staff", "telegram", "x", "checks", "timetable", "reconcile"])
def test_a_section_without_keys_is_as_if_it_were_not_there(office: Path, section: str) -> None:
    assert read(office, MOCK + f"{section}:\n") == read(office, MOCK)


@pytest.mark.parametrize("key", ["timezone", "database", "queue", "words", "destinations"])
def test_none_is_no_value_where_one_is_needed(office: Path, key: str) -> None:
    others = "" if key == "destinations" else MOCK
    assert [f.key for f in faults(office, f"{others}{key}: null\n")] == [key]


@pytest.mark.parametrize(
    "text",
    [
        "destinations: [{name: a, platform: mock, thread: true}]",
        "destinations: [{name: a, platform: mock, long: reply}]",
        "destinations: [{name: a, platform: mock, link: budget}]",
        MOCK + "checks: {alt_text: hold}",
        MOCK + "x: {price: {post: 0.015}}",
        MOCK + "x: {budget_month: 20}",
        MOCK + "database: postgresql://db/medsosbot",
    ],
)
def test_what_is_not_built_is_a_fault(office: Path, text: str) -> None:
    (fault,) = faults(office, text)
    assert "built yet" in fault.message


def test_what_is_not_built_may_stand_at_its_off_value(office: Path) -> None:
    text = """
destinations: [{name: a, platform: mock, thread: false, long: auto, link: always}]
checks: {alt_text: ignore}
x: {price: null, budget_month: null}
"""
    assert read(office, text).destinations == (options.Destination("a", "mock"),)


@pytest.mark.parametrize("slot", ["21:00", "23:30", "00:00", "05:59:59"])
def test_a_slot_inside_quiet_hours_is_a_fault(office: Path, slot: str) -> None:
    found = faults(office, MOCK + f"timetable:\n  quiet: 21:00-06:00\n  slots:\n    - 08:00\n    - {slot}\n")
    assert places(found) == [(6, "timetable.slots[1]")]


@pytest.mark.parametrize("slot", ["06:00", "20:59:59"])
def test_a_slot_at_the_end_of_quiet_hours_is_none(office: Path, slot: str) -> None:
    s = read(office, MOCK + f"timetable: {{quiet: 21:00-06:00, slots: [{slot}]}}")
    assert len(s.timetable.slots) == 1


def test_quiet_hours_need_not_span_midnight() -> None:
    siesta = options.Quiet(time(12), time(14))
    assert agreement.in_quiet(time(12), siesta)
    assert not agreement.in_quiet(time(14), siesta)


@pytest.mark.parametrize("quiet", ["21:00", "21:00-21:00", "21.00-06.00", "21:00-24:00"])
def test_quiet_hours_have_a_beginning_and_an_end(office: Path, quiet: str) -> None:
    assert places(faults(office, MOCK + f"timetable: {{quiet: '{quiet}'}}")) == [(2, "timetable.quiet")]


def test_two_destinations_of_one_name_are_a_fault(office: Path) -> None:
    found = faults(office, "destinations:\n  - {name: x, platform: mock}\n  - {name: X, platform: mock}\n")
    assert places(found) == [(3, "destinations[1].name")]


def test_real_destinations_arrive(office: Path) -> None:
    text = 'destinations: [{name: kanal, platform: telegram, chat: "@kpukaltim"}, {name: x, platform: x, link: never}]'
    assert read(office, text).destinations == (
        options.Destination("kanal", "telegram", chat="@kpukaltim"),
        options.Destination("x", "x", link="never"),
    )


def test_a_channel_may_be_named_by_its_number(office: Path) -> None:
    s = read(office, "destinations: [{name: kanal, platform: telegram, chat: -1001234567890}]")
    assert s.destinations[0].chat == -1001234567890


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("{name: a, platform: telegram}", "destinations[0].chat"),
        ("{name: a, platform: telegram, chat: kpukaltim}", "destinations[0].chat"),
        ("{name: a, platform: telegram, chat: https://t.me/kpukaltim}", "destinations[0].chat"),
        ('{name: a, platform: x, chat: "@kpukaltim"}', "destinations[0].chat"),
        ("{name: a, platform: x, like: telegram}", "destinations[0].like"),
        ("{name: a, platform: twitter}", "destinations[0].platform"),
    ],
)
def test_a_destination_has_what_its_platform_needs(office: Path, text: str, key: str) -> None:
    assert places(faults(office, f"destinations: [{text}]")) == [(1, key)]


@pytest.mark.parametrize(
    "second",
    [
        '{name: b, platform: telegram, chat: "@KPUkaltim"}',
        '{name: b, platform: telegram, chat: "@kpukaltim"}',
        "{name: b, platform: x}",
    ],
)
def test_two_destinations_of_one_chat_or_account_are_a_fault(office: Path, second: str) -> None:
    first = '  - {name: a, platform: telegram, chat: "@kpukaltim"}\n  - {name: x, platform: x}\n'
    (fault,) = faults(office, f"destinations:\n{first}  - {second}\n")
    assert fault.line == 4
    assert "the same place as" in fault.message


@pytest.mark.parametrize("name", ["../x", ".x", "a b", "-x", "", "a" * 41])
def test_a_destination_has_a_name_that_can_be_a_file(office: Path, name: str) -> None:
    assert places(faults(office, f"destinations: [{{name: '{name}', platform: mock}}]")) == [
        (1, "destinations[0].name")
    ]


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite:///var/", "sqlite:///a.db?mode=ro", "var/a.db"]
)
def test_a_database_is_a_file(office: Path, url: str) -> None:
    assert places(faults(office, MOCK + f"database: '{url}'")) == [(2, "database")]


def test_a_password_in_a_database_url_is_not_shown(office: Path) -> None:
    (fault,) = faults(office, MOCK + "database: postgresql://kpu:rahasia@db/medsosbot")
    assert "rahasia" not in str(fault)


def test_a_folder_with_a_percent_sign_is_no_url_code(tmp_path: Path) -> None:
    office = tmp_path / "100%41"
    (office / "config").mkdir(parents=True)
    s = read(office, MOCK)
    assert s.database_file == office / "var" / "medsosbot.db"
    assert "%2541" in s.database


def test_the_project_is_the_folder_above_config(office: Path) -> None:
    assert read(office, MOCK).root == office


def test_the_project_is_the_folder_of_a_config_that_lies_elsewhere(tmp_path: Path) -> None:
    file = tmp_path / "kantor.yaml"
    file.write_text(MOCK)
    assert load(file, {}).root == tmp_path


def test_the_environment_names_the_config_and_the_option_wins(tmp_path: Path) -> None:
    named, other = tmp_path / "a.yaml", tmp_path / "b.yaml"
    named.write_text(MOCK + "queue: a\n")
    other.write_text(MOCK + "queue: b\n")
    environ = {"MEDSOSBOT_CONFIG": str(named)}
    assert load(None, environ).queue == tmp_path / "a"
    assert load(other, environ).queue == tmp_path / "b"


def test_a_config_that_is_not_there_is_a_fault_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="--config") as caught:
        load(tmp_path / "none.yaml", {})
    assert caught.value.faults[0].file == str(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b"timezone: UTC\ntimezone: UTC\n", 2),
        (b"a: &x 1\nb: *x\n", 1),
        (b"\n\na: [1\n", 4),
        (b"\n- a\n- b\n", 1),
        (b"a: 1\nb: \xff\n", 2),
        (b"a: !!str b\n", 1),
    ],
)
def test_what_is_no_plain_yaml_is_told_with_its_line(office: Path, text: bytes, line: int) -> None:
    assert faults(office, text)[0].line == line


def test_a_config_with_bom_and_crlf_is_fine(office: Path) -> None:
    assert read(office, "\ufeff".encode() + MOCK.replace("\n", "\r\n").encode()).destinations[0].name == "kanal"


def test_a_variable_overrides_any_key_that_is_one_value(office: Path) -> None:
    environ = {
        "MEDSOSBOT_TELEGRAM__API_URL": "http://127.0.0.1:9",
        "MEDSOSBOT_DATABASE": "sqlite:///lain.db",
        "MEDSOSBOT_TIMETABLE__QUIET": "null",
        "MEDSOSBOT_STAFF__MEMBERS__77": "editor",
        "MEDSOSBOT_CHECKS__STALE_AFTER_DAYS": "",
    }
    s = read(office, MOCK + "timetable: {quiet: 21:00-06:00}\nchecks: {stale_after_days: 3}\n", environ)
    assert s.telegram.api_url == "http://127.0.0.1:9"
    assert s.database_file == office / "lain.db"
    assert s.timetable.quiet is None
    assert s.staff.members == {77: "editor"}
    assert s.checks.stale_after_days == 3
    assert s.unknown_variables == ()


def test_a_wrong_variable_is_named_in_its_fault(office: Path) -> None:
    (fault,) = faults(office, MOCK, {"MEDSOSBOT_TELEGRAM__PER_MINUTE": "banyak"})
    assert (fault.file, fault.line, fault.key) == ("$MEDSOSBOT_TELEGRAM__PER_MINUTE", None, "telegram.per_minute")


def test_an_unknown_variable_is_told_and_not_refused(office: Path) -> None:
    environ = {"MEDSOSBOT_TELEGRAM_TOKN": "rahasia", "MEDSOSBOT_TIMETABLE__SLOTS": "08:00", "OTHER": "x"}
    told = read(office, MOCK, environ).unknown_variables
    assert told == (
        "MEDSOSBOT_TELEGRAM_TOKN (MEDSOSBOT_TELEGRAM_TOKEN?)",
        "MEDSOSBOT_TIMETABLE__SLOTS (a list: write it in the config)",
    )


def test_the_config_that_ships_is_good_and_reaches_nobody() -> None:
    from medsosbot.platforms import kind_of

    s = load(Path(__file__).parents[2] / "config" / "medsosbot.yaml", {})
    assert [(d.name, d.like) for d in s.destinations] == [("kanal", "telegram"), ("x", "x")]
    assert not any(kind_of(d).real for d in s.destinations)
    assert s.checks == options.Checks()
    assert s.reconcile == options.Reconcile()

"""init at a terminal: somebody types, others tap in Telegram."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from medsosbot.settings.load import load
from tests.servers.client import CHANNEL, CHANNEL_ID, KEYS, STAFF_ID, TOKEN, FakeTelegram
from tests.setup.talking import BOT, Talk, put_webhook

GROUP_ID, PRIVATE_ID = -1009876543210, -1002223334445
BOSS, STRANGER = 3003, 6006


@pytest.fixture
def fresh(telegram: FakeTelegram) -> FakeTelegram:
    """A bot that is nowhere yet, a channel and a group that wait for it."""
    telegram.order("membership", chat=CHANNEL, status="left")
    telegram.order("membership", chat=STAFF_ID, status="left")
    telegram.order("add_chat", number=GROUP_ID, kind="supergroup", title="Tim Baru")
    return telegram


def config(office: Path) -> Path:
    return office / "config" / "medsosbot.yaml"


def at_the_token(talk: Talk, telegram: FakeTelegram) -> None:
    """Up to the question that hides what is typed."""
    talk.hear("Token: ")


def token_given(talk: Talk, telegram: FakeTelegram | None = None) -> None:
    talk.answer("Token: ", TOKEN)
    talk.hear("token diterima")


def to_the_editor(talk: Talk, telegram: FakeTelegram) -> None:
    """Up to the question who decides."""
    token_given(talk)
    talk.hear("2. Kanal")
    telegram.order("membership", chat=CHANNEL, status="administrator", by=BOSS)
    talk.answer("Pakai kanal ini?", "ya")
    talk.hear("3. Grup staf")
    telegram.order("membership", chat=GROUP_ID, status="member", by=BOSS)
    telegram.order("membership", chat=GROUP_ID, status="member", user=BOSS)
    talk.answer("Pakai grup ini sebagai grup staf?", "ya")
    talk.hear("4. Editor")


def to_the_end(talk: Talk, telegram: FakeTelegram) -> int:
    """From the question who decides."""
    telegram.say(f"/id@{BOT}", chat=GROUP_ID, user=BOSS, name="Bu Rina")
    talk.answer("Jadikan editor?", "ya")
    talk.answer("Tambah editor lagi?", "")
    talk.answer("Terbitkan juga ke X?", "")
    return talk.end()


def test_from_nothing_to_the_real_channel(office: Path, fresh: FakeTelegram) -> None:
    with Talk(office) as talk:
        to_the_editor(talk, fresh)
        assert to_the_end(talk, fresh) == 0, talk.screen
        assert "anggota grup staf" in talk.screen
        assert "4.321 anggota" in talk.screen
        assert "https://t.me/kpukaltim" in talk.screen
        assert "Latihan selesai" in talk.screen
        assert TOKEN not in talk.screen
    settings = load(config(office), {})
    assert settings.destinations[0].chat == CHANNEL
    assert settings.staff.chat == GROUP_ID
    assert settings.staff.members == {BOSS: "editor"}
    assert settings.secrets.telegram_token == TOKEN
    assert len(fresh.posts(GROUP_ID)) == 2  # the /id and the trial
    assert fresh.posts(CHANNEL) == []


def test_a_wrong_token_is_told_and_asked_again(office: Path, fresh: FakeTelegram) -> None:
    with Talk(office) as talk:
        talk.answer("Token: ", "123456789:AAEwrongwrongwrongwrong")
        assert "API Token" in talk.answer("Token: ", TOKEN)
        talk.hear("token diterima")


def test_a_wrong_token_of_the_environment_is_asked_for_and_told_at_the_end(
    office: Path, telegram: FakeTelegram
) -> None:
    options = ("--channel", CHANNEL, "--staff", STAFF_ID, "--editor", BOSS, "--no-x")
    with Talk(office, *options, secrets={"MEDSOSBOT_TELEGRAM_TOKEN": "123456789:AAEwrongwrongwrongwrong"}) as talk:
        assert "API Token" in talk.answer("Token: ", TOKEN)
        assert talk.end() == 0, talk.screen
        assert "MEDSOSBOT_TELEGRAM_TOKEN di lingkungan berisi token lain" in talk.screen


def test_run_again_it_offers_what_the_config_says(office: Path, telegram: FakeTelegram) -> None:
    with Talk(office, "--channel", CHANNEL, "--staff", STAFF_ID, "--editor", BOSS, "--no-x") as talk:
        token_given(talk)
        assert talk.end() == 0, talk.screen
    before = config(office).read_text()
    with Talk(office) as talk:
        talk.answer("Tetap kanal ini?", "")
        talk.answer("Tetap grup staf ini?", "")
        talk.answer(f"Editor sekarang: {BOSS}. Tambah editor?", "")
        talk.answer("Terbitkan juga ke X?", "")
        assert talk.end() == 0, talk.screen
        assert "tidak ada yang ditulis" in talk.screen
    assert config(office).read_text() == before


def test_a_channel_is_found_by_a_post_forwarded_in_private(office: Path, telegram: FakeTelegram) -> None:
    telegram.order("add_chat", number=PRIVATE_ID, kind="channel", title="Latihan Tertutup")
    telegram.order("membership", chat=PRIVATE_ID, status="administrator")
    with Talk(office) as talk:
        token_given(talk)
        talk.answer("Pakai kanal ini?", "tidak")  # it was made an admin; nobody has to take it
        talk.hear("ditunggu yang lain")
        telegram.say("Rilis", forwarded_from=CHANNEL, user=BOSS, name="Bu Rina")
        assert "diteruskan oleh «Bu Rina»" in talk.answer("Pakai kanal ini?", "ya")
        talk.hear("Kanal: kanal «KPU Provinsi Kalimantan Timur»")


def test_a_forwarded_post_without_rights_is_told_and_waited_for(office: Path, fresh: FakeTelegram) -> None:
    with Talk(office) as talk:
        token_given(talk)
        talk.hear("2. Kanal")
        fresh.say("Rilis", forwarded_from=CHANNEL, user=BOSS)
        talk.hear("Tambah Admin")
        talk.hear("Ditunggu")
        fresh.order("membership", chat=CHANNEL, status="administrator", can_post_messages=False)
        talk.hear("tidak boleh mengirim")
        fresh.order("membership", chat=CHANNEL, status="administrator")
        talk.hear("Pakai kanal ini?")


def test_enter_looks_again_at_a_chat_that_was_typed(office: Path, fresh: FakeTelegram) -> None:
    with Talk(office) as talk:
        token_given(talk)
        talk.hear("2. Kanal")
        talk.type("kanal kami")
        talk.hear("bukan @nama")
        talk.type(f"https://t.me/{CHANNEL[1:]}")
        talk.hear("Ditunggu; tekan Enter")
        talk.type("")
        talk.hear("Ditunggu; tekan Enter")
        fresh.order("membership", chat=CHANNEL, status="administrator")
        talk.hear("Pakai kanal ini?")


def test_a_stranger_who_writes_is_shown_and_gets_nothing(office: Path, fresh: FakeTelegram) -> None:
    with Talk(office) as talk:
        to_the_editor(talk, fresh)
        fresh.say("halo", user=STRANGER, name="Orang\x1b[31m Asing")
        assert f"(id {STRANGER})" in talk.hear("tidak mendapat hak apa pun")
        assert "\x1b[31m Asing" not in talk._raw.decode()
        fresh.say("/id", user=STRANGER, name="Orang Asing")
        assert "BUKAN anggota grup staf" in talk.answer("Jadikan editor?", "tidak")
        talk.hear("tidak mendapat hak apa pun")
        assert to_the_end(talk, fresh) == 0, talk.screen
    assert load(config(office), {}).staff.members == {BOSS: "editor"}


def test_enter_alone_makes_nobody_an_editor(office: Path, fresh: FakeTelegram) -> None:
    with Talk(office) as talk:
        to_the_editor(talk, fresh)
        fresh.say("/id", user=STRANGER, name="Orang Asing")
        talk.answer("Jadikan editor?", "")
        talk.hear("Jawab dengan ya atau tidak")


def test_an_anonymous_admin_is_told_what_to_tap(office: Path, fresh: FakeTelegram) -> None:
    with Talk(office) as talk:
        to_the_editor(talk, fresh)
        fresh.say("/id", chat=GROUP_ID, user=BOSS, anonymous=True)
        talk.hear("Tetap Anonim")
        assert to_the_end(talk, fresh) == 0, talk.screen


def test_who_typed_id_to_show_the_group_need_not_type_it_again(office: Path, telegram: FakeTelegram) -> None:
    with Talk(office, "--channel", CHANNEL, "--no-x") as talk:
        token_given(talk)
        talk.hear("3. Grup staf")
        telegram.say("/id", chat=STAFF_ID, user=BOSS, name="Bu Rina")
        assert "/id diketik oleh «Bu Rina»" in talk.answer("Pakai grup ini sebagai grup staf?", "ya")
        talk.answer("Jadikan editor?", "ya")
        talk.answer("Tambah editor lagi?", "tidak")
        assert talk.end() == 0, talk.screen
    assert load(config(office), {}).staff.members == {BOSS: "editor"}


def test_a_second_poller_is_told_and_waited_out(office: Path, fresh: FakeTelegram) -> None:
    with Talk(office) as talk:
        fresh.rival()
        token_given(talk)
        talk.hear("Hentikan dulu")
        fresh.clear_faults()
        talk.hear("Telegram menjawab lagi")
        fresh.order("membership", chat=CHANNEL, status="administrator")
        talk.hear("Pakai kanal ini?")


def test_a_webhook_is_told_and_given_up_after_a_yes(office: Path, fresh: FakeTelegram) -> None:
    put_webhook(fresh, "https://bot.example/x")
    with Talk(office) as talk:
        talk.answer("Token: ", TOKEN)
        talk.answer("Lepas webhook itu sekarang?", "ya")
        talk.hear("2. Kanal")
        fresh.order("membership", chat=CHANNEL, status="administrator")
        talk.hear("Pakai kanal ini?")


def test_nobody_comes_and_it_asks_whether_to_go_on(office: Path, fresh: FakeTelegram) -> None:
    with Talk(office, "--wait", 1) as talk:
        token_given(talk)
        talk.answer("Tunggu lagi?", "ya")
        talk.answer("Tunggu lagi?", "tidak")
        assert talk.end() == 1
        assert "tidak ada yang diubah" in talk.screen


def test_a_group_that_becomes_a_supergroup_meanwhile_is_followed(office: Path, fresh: FakeTelegram) -> None:
    fresh.order("add_chat", number=-777, kind="group", title="Tim Lama")
    fresh.order("membership", chat=CHANNEL, status="administrator")
    with Talk(office, "--channel", CHANNEL, "--editor", BOSS) as talk:
        token_given(talk)
        talk.hear("3. Grup staf")
        fresh.order("membership", chat=-777, status="member")
        talk.answer("Pakai grup ini sebagai grup staf?", "ya")
        talk.hear("Terbitkan juga ke X?")
        fresh.order("migrate", chat=-777, to=-1009990001)
        talk.type("tidak")
        talk.hear("telah menjadi supergrup")
        assert talk.end() == 0, talk.screen
    assert load(config(office), {}).staff.chat == -1009990001


def test_x_keys_are_asked_for_and_not_shown(office: Path, telegram: FakeTelegram) -> None:
    options = ("--channel", CHANNEL_ID, "--staff", STAFF_ID, "--editor", BOSS)
    with Talk(office, *options) as talk:
        token_given(talk)
        talk.answer("Terbitkan juga ke X?", "ya")
        for label, key in zip(
            ("API Key: ", "API Key Secret: ", "Access Token: ", "Access Token Secret: "), X, strict=True
        ):
            talk.answer(label, KEYS[key])
        talk.hear("akun @")
        assert talk.end() == 0, talk.screen
        assert not [value for value in KEYS.values() if value in talk.screen]
    settings = load(config(office), {})
    assert settings.destinations[1].platform == "x"
    assert settings.secrets.x_api_secret == KEYS["api_secret"]


X = ("api_key", "api_secret", "access_token", "access_secret")
Moment = Callable[[Talk, FakeTelegram], None]


@pytest.mark.parametrize("moment", [at_the_token, token_given, to_the_editor])
def test_ctrl_c_leaves_everything_as_it_was(office: Path, fresh: FakeTelegram, moment: Moment) -> None:
    before = {p: p.read_bytes() for p in office.rglob("*") if p.is_file()}
    with Talk(office) as talk:
        moment(talk, fresh)
        talk.interrupt()
        assert talk.end() == 130
        assert "Traceback" not in talk.screen
        assert talk.echoes
    assert {p: p.read_bytes() for p in office.rglob("*") if p.is_file()} == before

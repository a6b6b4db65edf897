"""init: from a bot's token to a config that publishes for real. Nothing is written before everything is known."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from html import escape

from medsosbot.clock import Clock
from medsosbot.errors import PublishError, SetupError, UncertainError
from medsosbot.options import Secrets, Settings
from medsosbot.platforms.telegram_client import TelegramSender
from medsosbot.settings import variables
from medsosbot.settings.secrets import read as read_secrets
from medsosbot.setup import secrets_file, taps, writing, x_account
from medsosbot.setup.asking import Asker
from medsosbot.setup.chats import GROUPS, Found
from medsosbot.setup.finding import Watch
from medsosbot.setup.given import Given, channel_now, check_name, has_editor, require_all
from medsosbot.setup.ready import Ready
from medsosbot.setup.steps import (
    Desk,
    find_chat,
    find_editor,
    free_updates,
    given_chat,
    judge_channel,
    judge_staff,
    open_bot,
    reason_of,
)
from medsosbot.setup.writing import Wish
from medsosbot.wording import duration, listing, quote

TOKEN_NAME = "MEDSOSBOT_TELEGRAM_TOKEN"  # noqa: S105  the variable's name
CLOSE = timedelta(seconds=30)


async def run(
    asker: Asker,
    clock: Clock,
    settings: Settings,
    given: Given,
    environ: Mapping[str, str],
    learn: Callable[[str], None],
) -> Ready:
    """Ask what isn't given, write, and post once to the staff chat. settings: with the environment's say.

    Raises SettingsError (an answer is missing or wrong) and SetupError; then nothing was written.
    """
    check_name(given, settings)
    if not asker.interactive:
        require_all(given, settings)
    writing.current(settings.config_file, {})  # a config that only the environment makes good can't be written anew
    new = writing.read_text(settings.config_file) is None
    if new and asker.interactive and not await asker.yes(f"Belum ada {settings.config_file}. Buat?", default=True):
        raise SetupError(taps.GIVEN_UP)
    asker.say("1. Bot", "bold")
    token, sender, bot = await open_bot(asker, clock, settings, given.secrets.telegram_token, learn)
    watch = Watch(sender, str(bot.username), asker, clock, given.patience)
    desk = Desk(asker, clock, settings, sender, bot, watch)
    try:
        return await _set_up(desk, replace(given, secrets=replace(given.secrets, telegram_token=token)), environ)
    except PublishError as e:  # of a call that no step expects to fail
        raise SetupError(f"{reason_of(e)} Belum ada yang ditulis; jalankan lagi.") from None
    finally:
        await sender.aclose()


async def _set_up(desk: Desk, given: Given, environ: Mapping[str, str]) -> Ready:
    asker, settings = desk.asker, desk.settings
    asker.say(f"Bot {quote(desk.bot.full_name)}, @{desk.name}: token diterima.", "green")
    await free_updates(desk, delete_webhook=given.delete_webhook)
    await _public_bot(desk, given)
    asker.say("\n2. Kanal", "bold")
    channel = await _channel(desk, given)
    asker.say(f"Kanal: {channel.shown}. Bot admin di sana dan boleh mengirim.", "green")
    asker.say("\n3. Grup staf", "bold")
    staff = await _staff(desk, given)
    asker.say(f"Grup staf: {staff.shown}.", "green")
    _remarks(desk, channel, staff)
    asker.say("\n4. Editor", "bold")
    editors = await _editors(desk, given, staff)
    asker.say("\n5. X", "bold")
    x = await x_account.set_up(asker, desk.clock, settings, given)
    asker.say(f"X: {x[1]}." if x else x_account.later(given), "green" if x else "")
    await desk.watch.look()
    staff = await _once_more(desk, staff)
    await desk.watch.confirm()
    asker.say("\n6. Menulis", "bold")
    return await _write(desk, given, channel, staff, editors, x, environ)


async def _public_bot(desk: Desk, given: Given) -> None:
    """The bot that answers the public, where it has a token of its own."""
    own = given.secrets.bot_token
    if own in (None, given.secrets.telegram_token):
        return
    sender = TelegramSender(own, desk.settings.telegram.api_url, desk.clock)
    try:
        public = await sender.call(lambda bot: bot.get_me())
    except PublishError as e:
        raise SetupError(f"Token bot umum (MEDSOSBOT_BOT_TOKEN) ditolak. {reason_of(e)}") from None
    finally:
        await sender.aclose()
    desk.asker.say(f"Umum dijawab oleh @{public.username}; @{desk.name} menerbitkan dan melayani grup staf.")


async def _channel(desk: Desk, given: Given) -> Found:
    how, judge = taps.CHANNEL.format(bot=desk.name), judge_channel(desk)
    found = await _named(desk, given.channel, channel_now(desk.settings, given), judge, "kanal")
    return found or await find_chat(desk, how, ("channel",), judge, "Pakai kanal ini?")


async def _staff(desk: Desk, given: Given) -> Found:
    how, judge = taps.STAFF.format(bot=desk.name), judge_staff(desk)
    found = await _named(desk, given.staff, desk.settings.staff.chat, judge, "grup staf")
    return found or await find_chat(desk, how, GROUPS, judge, "Pakai grup ini sebagai grup staf?")


async def _named(
    desk: Desk, given: str | int | None, before: str | int | None, judge: Callable[[Found], str | None], what: str
) -> Found | None:
    """The chat of the option, else the config's own; None where it has to be found. Raises SetupError."""
    chat = given if given is not None else before
    if chat is None:
        return None
    found = await given_chat(desk, chat, judge)
    if isinstance(found, str):
        if not desk.asker.interactive:
            raise SetupError(found)
        desk.asker.say(found, "yellow")
        return None
    if given is None and desk.asker.interactive:
        desk.asker.say(f"Di konfigurasi: {found.shown}.")
        return found if await desk.asker.yes(f"Tetap {what} ini?", default=True) else None
    return found


def _remarks(desk: Desk, channel: Found, staff: Found) -> None:
    if channel.protected:
        desk.asker.say(taps.PROTECTED, "yellow")
    if staff.username:
        desk.asker.say(taps.OPEN_GROUP, "yellow")
    if staff.kind == "group":
        desk.asker.say(taps.PLAIN_GROUP)
    if not desk.bot.can_read_all_group_messages and not staff.admin:
        desk.asker.say(taps.PRIVACY_ON)


async def _editors(desk: Desk, given: Given, staff: Found) -> tuple[int, ...]:
    """The new ones; those of the config stay."""
    asker, before = desk.asker, desk.settings.staff.members
    found = [e for e in given.editors if before.get(e) != "editor"]
    if given.editors or not asker.interactive:
        asker.say(f"Editor: {listing(str(e) for e in given.editors) or 'seperti di konfigurasi'}.", "green")
        return tuple(found)
    if has_editor(desk.settings):
        known = listing(str(m) for m, role in before.items() if role == "editor")
        if not await asker.yes(f"Editor sekarang: {known}. Tambah editor?", default=False):
            return ()
    while True:
        editors = {m for m, role in before.items() if role == "editor"} | set(found)
        found.append(await find_editor(desk, staff, editors))
        asker.say(f"Editor: {found[-1]}.", "green")
        if not await asker.yes("Tambah editor lagi?", default=False):
            return tuple(dict.fromkeys(found))


async def _once_more(desk: Desk, staff: Found) -> Found:
    """The staff group again: it may have become a supergroup while we asked."""
    found = await given_chat(desk, staff.id, judge_staff(desk))
    if isinstance(found, str):
        raise SetupError(f"{found} Belum ada yang ditulis; jalankan lagi sesudahnya.")
    return found


async def _write(
    desk: Desk,
    given: Given,
    channel: Found,
    staff: Found,
    editors: tuple[int, ...],
    x: tuple[Secrets, str] | None,
    environ: Mapping[str, str],
) -> Ready:
    settings = await asyncio.to_thread(writing.current, desk.settings.config_file, {})
    wish = Wish(_address(settings, given, channel), staff.id, editors, x is not None, given.name)
    change = writing.plan(settings, wish)
    secrets = replace(x[0] if x else _without_x(given.secrets), telegram_token=given.secrets.telegram_token)
    written = (*secrets_file.write(settings.config_file.parent, secrets), *writing.write(change))
    for path in written:
        desk.asker.say(f"Ditulis: {path}")
    if not written:
        desk.asker.say("Konfigurasi dan rahasia sudah demikian; tidak ada yang ditulis.")
    after = change.wanted
    troubles = await _trial(desk, channel, staff)
    names = {d.name: d.platform for d in settings.destinations}
    return Ready(
        bot=f"@{desk.name}",
        channel=channel,
        staff=staff,
        editors=tuple(m for m, role in after.staff.members.items() if role == "editor"),
        x=x[1] if x else None,
        destinations=tuple((d.name, d.platform) for d in after.destinations),
        written=written,
        rehearsals=tuple(d.name for d in after.destinations if d.platform == "mock"),
        replaced=tuple(d.name for d in after.destinations if d.platform != "mock" and names.get(d.name) == "mock"),
        notes=(*_notes(after, given.secrets, environ), *await _clock_notes(desk)),
        troubles=troubles,
        settings=after,
    )


def _address(settings: Settings, given: Given, channel: Found) -> str | int:
    """As the option or the config names it, since its posts are known under that name; else the usual way."""
    for named in (given.channel, channel_now(settings, given)):
        if named is not None and str(named).lower() in (str(channel.id), str(channel.address).lower()):
            return named
    return channel.address


def _without_x(secrets: Secrets) -> Secrets:
    """Keys of X that weren't tried aren't written; those that are in the file stay there."""
    return replace(secrets, **dict.fromkeys(x_account.KEYS))


def _notes(after: Settings, used: Secrets, environ: Mapping[str, str]) -> list[str]:
    names = [place.removeprefix("$") for place in variables.read(environ).places.values()]
    notes = [taps.ENVIRONMENT_KEYS.format(names=listing(names))] if names else []
    if read_secrets(after.config_file.parent, environ).secrets.telegram_token != used.telegram_token:
        name = next(n for n in (TOKEN_NAME, f"{TOKEN_NAME}_FILE") if environ.get(n))
        notes.append(taps.OTHER_IN_ENVIRONMENT.format(name=name))
    if not after.telegram.poll:
        notes.append("telegram.poll: false di konfigurasi, jadi bot tidak menjawab siapa pun, juga di grup staf.")
    return notes


async def _clock_notes(desk: Desk) -> list[str]:
    """Says so where our clock is off by so much that nothing would be published."""
    try:
        server = await desk.sender.server_time()
    except PublishError:
        return []
    apart = timedelta() if server is None else abs(desk.clock.now() - server)
    return [taps.CLOCK.format(by=duration(apart))] if apart > CLOSE else []


async def _trial(desk: Desk, channel: Found, staff: Found) -> tuple[str, ...]:
    """One post to the staff chat; what is wrong where it doesn't arrive."""
    text = (
        "<b>Percobaan medsosbot: berhasil</b>\n"
        f"Grup ini sekarang grup staf. Rilis terbit di {escape(quote(channel.title))}; pemberitahuan datang ke sini.\n"
        "Perintah editor: /status, /jeda dan /lanjut, /lepas NOMOR, /tahan NOMOR. Berlaku setelah layanan berjalan."
    )
    try:
        await desk.sender.send_text(staff.id, text)
    except UncertainError:
        return (taps.TRIAL_UNCLEAR,)
    except PublishError as e:
        return (taps.TRIAL_FAILED.format(why=e.reason),)
    desk.asker.say(f"Pesan percobaan terkirim ke {quote(staff.title)}.", "green")
    return ()

"""The questions of `init`, one function each. Where an answer was given beforehand nothing is asked.

A trouble is told with what to tap; at a terminal the step then goes on, elsewhere it raises SetupError.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from telegram import User

from medsosbot.clock import Clock
from medsosbot.errors import PublishError, SetupError, UnauthorizedError, UncertainError
from medsosbot.options import Settings
from medsosbot.platforms.telegram_client import TelegramSender
from medsosbot.settings.values import WrongValueError
from medsosbot.setup import taps
from medsosbot.setup.asking import Asker
from medsosbot.setup.chats import GROUPS, Found, chat_of, is_member, look_up
from medsosbot.setup.finding import Person, Sighting, Watch
from medsosbot.wording import quote

KINDS = {"channel": "kanal", "supergroup": "grup", "group": "grup", "private": "percakapan pribadi"}


@dataclass
class Desk:
    """What every step uses. bot: who we are, once the token is known."""

    asker: Asker
    clock: Clock
    settings: Settings
    sender: TelegramSender
    bot: User
    watch: Watch

    @property
    def name(self) -> str:
        """The bot's name without @."""
        return str(self.bot.username)


Judge = Callable[[Found], str | None]


def reason_of(error: PublishError) -> str:
    """Why a question got no answer; what is said of posts that may be out has no place here."""
    return taps.NO_ANSWER if isinstance(error, UncertainError) else error.reason


# The bot


async def open_bot(
    asker: Asker, clock: Clock, settings: Settings, token: str | None, learn: Callable[[str], None]
) -> tuple[str, TelegramSender, User]:
    """A token that Telegram takes, its client, and whose it is. learn: is told each token before it is used."""
    while True:
        if token is None:
            asker.say(taps.ASK_BOTFATHER)
            token = await asker.secret("Token: ")
        learn(token)
        sender = TelegramSender(token, settings.telegram.api_url, clock)
        try:
            return token, sender, await sender.call(lambda bot: bot.get_me())
        except PublishError as e:
            await sender.aclose()
            wrong = isinstance(e, UnauthorizedError)
            if not asker.interactive:
                raise SetupError(taps.NOT_TAKEN if wrong else reason_of(e)) from None
            asker.say(taps.NOT_TAKEN if wrong else reason_of(e), "red")
            if wrong:
                token = None
            elif not await asker.yes("Coba lagi?", default=True):
                raise SetupError(taps.GIVEN_UP) from None


async def free_updates(desk: Desk, *, delete_webhook: bool) -> None:
    """Nobody else may take this bot's updates: no webhook, and no other process that polls."""
    try:
        found = await desk.sender.call(lambda bot: bot.get_webhook_info())
    except PublishError:  # the first getUpdates tells it too
        return
    if found.url:
        # The host alone: the path is often a secret of that service.
        trouble = taps.WEBHOOK.format(where=f" ({urlsplit(found.url).hostname})")
        if not delete_webhook and desk.asker.interactive:
            desk.asker.say(trouble, "yellow")
            delete_webhook = await desk.asker.yes("Lepas webhook itu sekarang?", default=False)
        if not delete_webhook:
            raise SetupError(trouble)
        await desk.sender.call(lambda bot: bot.delete_webhook())
        desk.asker.say(taps.WEBHOOK_GONE)


# The channel and the staff group


def judge_channel(desk: Desk) -> Judge:
    """What is wrong with a chat as the channel; None where all is well."""

    def judge(found: Found) -> str | None:
        names = {"bot": desk.name, "title": quote(found.title), "kind": KINDS.get(found.kind, found.kind)}
        if found.kind != "channel":
            return taps.NO_CHANNEL.format(**names)
        if not found.admin:
            return taps.NOT_ADMIN.format(**names)
        return None if found.may_post else taps.NO_RIGHT.format(**names)

    return judge


def judge_staff(desk: Desk) -> Judge:
    """The same for the staff group."""

    def judge(found: Found) -> str | None:
        names = {"bot": desk.name, "title": quote(found.title), "kind": KINDS.get(found.kind, found.kind)}
        if found.kind not in GROUPS:
            return taps.NO_GROUP.format(**names)
        if not found.inside:
            return taps.NOT_MEMBER.format(**names)
        return None if found.may_post else taps.MUTED.format(**names)

    return judge


async def given_chat(desk: Desk, chat: str | int, judge: Judge) -> Found | str:
    """The chat that was named, or what is wrong with it."""
    try:
        found = await look_up(desk.sender, desk.bot, chat)
    except PublishError as e:
        unknown = e.status in (400, 403)
        return taps.NOT_FOUND.format(chat=quote(str(chat)), bot=desk.name) if unknown else reason_of(e)
    if found.moved:
        desk.asker.say(taps.MOVED.format(title=quote(found.title), id=found.id), "yellow")
    return judge(found) or found


async def find_chat(desk: Desk, how: str, kinds: tuple[str, ...], judge: Judge, question: str) -> Found:
    """Wait until a chat shows itself or is typed, and a person says yes to it."""
    asker = desk.asker
    asker.say(f"{how}\n{taps.WAITING}")
    refused: set[int] = set()
    tried: str | int | None = None

    def wanted(s: Sighting) -> bool:
        return s.kind in kinds and s.how != "gone" and s.chat not in refused

    while True:
        seen = await desk.watch.next(how, wanted)
        tried = _typed_chat(asker, seen, tried) if isinstance(seen, str) else seen.chat
        if tried is None:
            continue
        found = await given_chat(desk, tried, judge)
        if isinstance(found, str):
            asker.say(found, "yellow")
            asker.say("Ditunggu; tekan Enter untuk memeriksa lagi.")
            continue
        asker.say(f"Ditemukan: {found.shown}{_by(seen)}.")
        if await asker.yes(question):
            if isinstance(seen, Sighting) and seen.how == "id":
                desk.watch.put_back(seen)  # who typed it may become an editor
            return found
        refused |= {found.id} | ({seen.chat} if isinstance(seen, Sighting) else set())
        tried = None
        asker.say("Baik, ditunggu yang lain.")


def _typed_chat(asker: Asker, typed: str, before: str | int | None) -> str | int | None:
    """Enter alone means the same once more."""
    if not typed:
        return before
    try:
        return chat_of(typed)
    except WrongValueError:
        asker.say(f"{quote(typed)} bukan @nama, nomor (-100…), atau tautan t.me.", "yellow")
        return None


def _by(seen: Sighting | str) -> str:
    if isinstance(seen, str) or seen.person is None:
        return ""
    what = {"member": "bot dimasukkan oleh", "forward": "diteruskan oleh", "id": "/id diketik oleh"}.get(
        seen.how, "dari"
    )
    return f"; {what} {seen.person.shown}"


# Editors


async def find_editor(desk: Desk, staff: Found, known: set[int]) -> int:
    """Whoever typed /id, after a yes; or a number that was typed here."""
    asker, how = desk.asker, taps.EDITOR.format(bot=desk.name)
    asker.say(f"{how}\n{taps.WAITING}")
    while True:
        seen = await desk.watch.next(how, lambda s: s.how == "id" and s.chat in (staff.id, s.person and s.person.id))
        if isinstance(seen, str):
            number = seen.strip()
            if number.isascii() and number.isdigit() and 0 < int(number) < 2**53:
                return int(number)
            if number:
                asker.say(f"{quote(number)} bukan nomor orang; nomor itu dijawab bot atas /id.", "yellow")
            continue
        if seen.person is None or seen.person.id is None:
            asker.say(taps.ANONYMOUS.format(bot=desk.name), "yellow")
        elif seen.person.id in known:
            asker.say(f"{seen.person.shown} sudah editor.")
        elif await asker.yes(f"{await _about(desk, staff, seen, seen.person)}\nJadikan editor?"):
            return seen.person.id
        else:
            asker.say(f"{seen.person.shown} tidak mendapat hak apa pun.")


async def _about(desk: Desk, staff: Found, seen: Sighting, person: Person) -> str:
    """Who it is and whether the group knows them, so that no stranger is taken for one of the team."""
    where = "di grup staf" if seen.chat == staff.id else "di percakapan pribadi"
    inside = await is_member(desk.sender, staff.id, person.id or 0)
    word = {True: "anggota grup staf", False: "BUKAN anggota grup staf", None: "keanggotaannya tidak diketahui"}[inside]
    return f"/id diketik {where} oleh {person.shown}, {word}."

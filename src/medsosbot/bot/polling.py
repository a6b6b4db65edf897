"""getUpdates, by a loop of our own: each trouble is told once, nothing is asked in a hurry, and the end is quick."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime

from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from medsosbot.bot.answering import Answering
from medsosbot.bot.client import seconds
from medsosbot.platforms.calls import CURRENT, Call, chain
from medsosbot.publishing.troubles import Troubles

log = logging.getLogger(__name__)
WANTED = ("message", "edited_message", "my_chat_member")
MOST = 100  # updates in one answer
LONG_POLL = 25  # seconds
AT_ONCE = 500  # updates that are being answered, or wait for their turn, at one time
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds between tries that fail
REFUSED_PAUSE = 60.0
FAREWELL = 1.5  # seconds in which the last updates are confirmed at the end
RIVAL_GONE = 600.0  # seconds without a 409 that prove it


class Poller:
    """Asks one bot's updates and has them answered."""

    def __init__(
        self, name: str, bot: Bot, answering: Answering, troubles: Troubles, on_rival: Callable[[bool], None]
    ) -> None:
        """name: of the bot in the log. on_rival: called with True when another process polls, with False when over."""
        self._name, self.bot, self._answering = name, bot, answering
        self._troubles, self._on_rival = troubles, on_rival
        self._offset: int | None = None
        self._pause, self._most = 0.0, MOST
        self._answers: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(AT_ONCE)
        self.asked = asyncio.Event()
        self.refused = False  # the token: 401

    async def run(self) -> None:
        """Until it is cancelled; cancelling loses no update."""
        while True:
            call = Call()
            CURRENT.set(call)
            try:
                updates = await self._ask()
            except Exception as e:  # noqa: BLE001  odd answers raise KeyError and its like; none ends the bot
                self._step_over(call, e)
                await asyncio.sleep(self._trouble(e))
            else:
                self._fine()
                self._most = MOST
                for update in updates:
                    await self._room.acquire()
                    self._answer(update, call.date() or datetime.now(UTC))
            finally:
                if call.started:
                    self.asked.set()

    @property
    def hears_the_staff(self) -> bool:
        """False while the token is rejected, or the bot is out of the staff chat."""
        return not (self.refused or self._answering.gone_from_staff_chat)

    @hears_the_staff.setter
    def hears_the_staff(self, hears: bool) -> None:
        self._answering.gone_from_staff_chat = not hears

    @property
    def busy(self) -> bool:
        """Is anything being answered?"""
        return bool(self._answers)

    async def end(self) -> None:
        """Behind `run`: confirm what was taken, so that the next process isn't told it again, and let answers end."""
        farewell = [asyncio.create_task(self._confirm()), *self._answers]
        await asyncio.wait(farewell, timeout=FAREWELL)
        for task in farewell:
            task.cancel()
        await asyncio.gather(*farewell, return_exceptions=True)

    async def _ask(self) -> tuple[Update, ...]:
        if self._offset is None:
            await self.bot.initialize()  # getMe: our own name, for /terkini@name
            self._offset = 0
        wait = LONG_POLL if self.asked.is_set() else 0
        return await self.bot.get_updates(offset=self._offset, limit=self._most, timeout=wait, allowed_updates=WANTED)

    def _step_over(self, call: Call, error: Exception) -> None:
        """An update that the library can't read must not keep back all behind it: it is singled out, then left out."""
        found = call.fields().get("result") if call.status == 200 and not isinstance(error, TelegramError) else None
        numbers = [u["update_id"] for u in found or () if isinstance(u, dict) and isinstance(u.get("update_id"), int)]
        if len(numbers) == 1:
            self._offset = numbers[0] + 1
        elif numbers:
            self._most = 1

    async def _confirm(self) -> None:
        if self._offset:
            try:
                await self.bot.get_updates(offset=self._offset, timeout=0, limit=1, allowed_updates=WANTED)
            except Exception as e:  # noqa: BLE001
                log.debug("The last updates weren't confirmed: %s", chain(e))

    def _answer(self, update: Update, arrived: datetime) -> None:
        self._offset = update.update_id + 1
        task = asyncio.create_task(self._answering.handle(update, arrived))
        self._answers.add(task)
        task.add_done_callback(self._answered)

    def _answered(self, task: asyncio.Task[None]) -> None:
        self._answers.discard(task)
        self._room.release()
        if not task.cancelled() and (error := task.exception()):
            self._troubles.say(
                f"bot_{type(error).__name__}", f"Unexpected {type(error).__name__} in an answer: {error}"
            )
            log.debug("Where it came from:", exc_info=error)

    def _fine(self) -> None:
        self._pause, self.refused = 0.0, False
        self._troubles.over(f"polling_{self._name}", f"{self._name} is asked for updates again.")
        if self._troubles.over(f"rival_{self._name}", f"Nobody else polls {self._name} any more.", quiet=RIVAL_GONE):
            self._on_rival(False)

    def _trouble(self, error: Exception) -> float:
        """Tell it, once; the seconds until the next try."""
        matter = f"polling_{self._name}"
        self.refused = isinstance(error, InvalidToken)
        if isinstance(error, RetryAfter):
            return min(REFUSED_PAUSE, seconds(error))
        self._pause = min(LONGEST_PAUSE, max(FIRST_PAUSE, 2 * self._pause))
        if self.refused:
            text = f"Telegram rejects the token of {self._name}; it answers nobody until the token is mended."
            self._troubles.say(matter, text)
            return REFUSED_PAUSE
        if isinstance(error, Conflict):
            self._troubles.say(f"rival_{self._name}", self._conflict(error))
            self._on_rival(True)
            return max(5.0, self._pause)
        text = f"{self._name} can't ask Telegram for updates ({type(error).__name__}); it goes on trying."
        self._troubles.say(matter, text)
        log.debug("%s: %s", self._name, chain(error))
        return self._pause

    def _conflict(self, error: Conflict) -> str:
        if "webhook" in error.message.lower():
            return f"Telegram hands the updates of {self._name} to a webhook (409); remove it with deleteWebhook."
        return f"Another process polls {self._name} with the same token (409); end it, for it may publish too."

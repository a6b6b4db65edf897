"""The bots of this run: one for everything, or with two tokens one for the public and one for the staff chat."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from medsosbot.bot import menu
from medsosbot.bot.answering import Answering, Duty
from medsosbot.bot.client import close, make_bot
from medsosbot.bot.desk import Desk
from medsosbot.bot.limits import Limits
from medsosbot.bot.polling import Poller
from medsosbot.clock import Clock
from medsosbot.options import Settings
from medsosbot.publishing.troubles import Troubles

log = logging.getLogger(__name__)


class Bots:
    """Polls with each token and puts up the menus. A failing bot stops nothing."""

    def __init__(
        self, settings: Settings, clock: Clock, desk: Desk, troubles: Troubles, on_rival: Callable[[bool], None]
    ) -> None:
        self._settings, self._clock, self._desk = settings, clock, desk
        self._troubles, self._on_rival = troubles, on_rival
        self._menus: list[tuple[Poller, bool, bool]] = []
        self._tasks: list[asyncio.Task[None]] = []
        publishing, public = settings.secrets.telegram_token, settings.secrets.bot_token
        if not settings.telegram.poll:
            return
        if publishing and public and publishing != public:
            own = self._add("the publishing bot", publishing, Duty(public=lambda: False, staff=lambda: True))
            self._add("the public bot", public, Duty(public=lambda: True, staff=lambda: not own.hears_the_staff))
        elif token := publishing or public:
            self._add("the bot", token, Duty(public=lambda: True, staff=lambda: True))
        else:
            log.warning("There is no bot: no token is given.", extra={"event": "no_bot"})

    @property
    def pollers(self) -> list[Poller]:
        """One per token; empty without a bot."""
        return [poller for poller, _, _ in self._menus]

    def lost_staff_chat(self) -> None:
        """The first bot can't speak in the staff chat: with two of them, the public one answers there from now on."""
        if len(self._menus) > 1:
            self.pollers[0].hears_the_staff = False

    def start(self) -> None:
        """Begin to poll."""
        for poller, public, staff in self._menus:
            self._tasks.append(asyncio.create_task(poller.run(), name="polling"))
            self._tasks.append(asyncio.create_task(self._put_up(poller, public, staff), name="menu"))

    async def end(self) -> None:
        """Stop polling; what was taken is confirmed and answered, within a moment."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(poller.end() for poller in self.pollers), return_exceptions=True)
        await asyncio.gather(*(close(poller.bot) for poller in self.pollers), return_exceptions=True)

    def _add(self, name: str, token: str, duty: Duty) -> Poller:
        settings = self._settings
        bot = make_bot(token, settings.telegram.api_url)
        limits = Limits(settings.telegram.per_minute, self._answers_per_second(), self._clock.monotonic)
        answering = Answering(bot, self._desk, settings.office, settings.staff, duty, limits, self._troubles)
        poller = Poller(name, bot, answering, self._troubles, self._on_rival)
        self._menus.append((poller, duty.public(), duty.staff()))
        return poller

    def _answers_per_second(self) -> int:
        """What is left of Telegram's bound in all: each chat that we post to takes one a second of it."""
        most = self._settings.telegram.per_second
        posting = 1 + sum(d.chat is not None for d in self._settings.destinations)
        return max(1, most - posting) if most else 0

    async def _put_up(self, poller: Poller, public: bool, staff: bool) -> None:
        await poller.asked.wait()
        chat = self._settings.staff.chat if staff else None
        await menu.register(poller.bot, public=public, staff_chat=chat)

"""Telling Telegram the commands, in Indonesian: the public's everywhere, the staff's in the staff chat alone."""

from __future__ import annotations

import asyncio
import logging

from telegram import Bot, BotCommandScopeChat
from telegram.error import BadRequest, Forbidden, TelegramError

from medsosbot.bot.commands import menu

log = logging.getLogger(__name__)
TRIES = 10
PAUSE = 30.0  # seconds


async def register(bot: Bot, *, public: bool, staff_chat: int | None) -> None:
    """Put the menus up; tried again for a few minutes. A menu that can't be put up stops nothing."""
    for _ in range(TRIES):
        try:
            await _put_up(bot, public=public, staff_chat=staff_chat)
        except (BadRequest, Forbidden) as e:
            log.warning("The menu of commands couldn't be put up: %s", e.message)
            return
        except TelegramError:
            await asyncio.sleep(PAUSE)
        else:
            return


async def _put_up(bot: Bot, *, public: bool, staff_chat: int | None) -> None:
    if public:
        await bot.set_my_commands(menu(staff=False))
    if staff_chat is not None:
        await bot.set_my_commands(menu(staff=True), scope=BotCommandScopeChat(staff_chat))

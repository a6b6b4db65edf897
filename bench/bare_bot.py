"""The barest python-telegram-bot handler: one fixed answer to /terkini. The yardstick of bench/bot.py."""

from __future__ import annotations

import os
import sys
from typing import Any

from telegram import Update
from telegram.ext import Application, CommandHandler


def main() -> None:
    """argv: api_url, token. The answer is standard input."""
    api_url, token = sys.argv[1:3]
    text = sys.stdin.read()

    async def terkini(update: Update, context: Any) -> None:
        assert update.message is not None
        await update.message.reply_text(text, parse_mode="HTML", disable_web_page_preview=True)

    application = Application.builder().token(token).base_url(f"{api_url}/bot").build()
    application.add_handler(CommandHandler("terkini", terkini))
    application.run_polling()


if __name__ == "__main__":
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    main()

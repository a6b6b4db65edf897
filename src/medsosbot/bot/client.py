"""The bot's own clients: one for answers, one for getUpdates. Publishing has another, so neither holds the other up."""

from __future__ import annotations

from telegram import Bot
from telegram.error import RetryAfter
from telegram.request import HTTPXRequest

from medsosbot.platforms.telegram_client import WatchedRequest

# httpx looks at every connection and every call that waits for one, again and again: many of both cost more than they
# bring, so answers wait for a connection before they are handed to it.
CONNECTIONS = 4
CONNECT, READ, WRITE = 10.0, 20.0, 20.0  # seconds, for an answer
POLL_READ = 10.0  # seconds beyond the long poll's own time


def make_bot(token: str, api_url: str) -> Bot:
    """A bot that answers; nothing is asked yet."""
    base = api_url.rstrip("/")
    answers = HTTPXRequest(
        connection_pool_size=CONNECTIONS + 2,  # the menus' and getMe's
        connect_timeout=CONNECT,
        read_timeout=READ,
        write_timeout=WRITE,
        pool_timeout=CONNECT,
    )
    return Bot(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=answers,
        get_updates_request=WatchedRequest(read=POLL_READ),
    )


async def close(bot: Bot) -> None:
    """Close both clients, also of a bot that never came up (python-telegram-bot's own shutdown leaves those open)."""
    for request in bot._request:
        await request.shutdown()


def seconds(error: RetryAfter) -> float:
    """How long Telegram wants us to wait."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()

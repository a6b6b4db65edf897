"""What a test can make happen at the Bot API stand-in: people talk, strangers post, admins change their minds."""

from __future__ import annotations

import re
import time
from typing import Any

from tests.servers.telegram_chats import TOKEN, Bot, Chat, Newsroom
from tests.servers.telegram_html import parse, units
from tests.servers.telegram_methods import Methods, member
from tests.servers.telegram_updates import Updates

COMMAND = re.compile(r"/[a-zA-Z0-9_]+(@\w+)?")


class Control:
    """Each public method is an order: {"do": "say", "chat": …}."""

    def __init__(self, room: Newsroom, updates: Updates, methods: Methods) -> None:
        self._room, self._updates, self._methods = room, updates, methods
        self._callback = 0

    def run(self, order: dict[str, Any]) -> Any:
        name = str(order.pop("do"))
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self, name)(**order)

    # Chats and rights

    def add_bot(self, token: str, username: str, privacy: bool = True) -> None:
        self._room.bots[token] = Bot(token, username, privacy=privacy)

    def revoke(self, token: str = TOKEN) -> None:
        """The token is no longer good: 401."""
        del self._room.bots[token]

    def privacy(self, on: bool, token: str = TOKEN) -> None:
        self._room.bots[token].privacy = on

    def add_chat(self, number: int, kind: str, title: str, username: str | None = None, last_id: int = 0) -> None:
        """A chat without the bot; see `membership`."""
        self._room.chats[number] = Chat(number, kind, title, username, last_id=last_id)

    def membership(
        self, chat: Any, status: str, user: int | None = None, by: int = 1001, token: str = TOKEN, **rights: bool
    ) -> None:
        """Set somebody's status (default: the bot's) and rights, e.g. can_post_messages=False; the bot is told."""
        room, bot = self._chat(chat), self._room.bots[token]
        who = user or bot.id
        before = member(room, who, self._methods.user(who))
        room.members[who] = status
        room.rights[who] = rights
        if who == bot.id:
            after = member(room, who, self._methods.user(who))
            change = {"chat": room.brief(), "from": person(by), "date": int(time.time())}
            self._updates.add(bot, my_chat_member=change | {"old_chat_member": before, "new_chat_member": after})

    def protect(self, chat: Any, on: bool = True) -> None:
        self._chat(chat).protected = on

    def migrate(self, chat: Any, to: int) -> None:
        """The group becomes a supergroup of another id."""
        old = self._chat(chat)
        new = Chat(to, "supergroup", old.title, members=dict(old.members), rights=dict(old.rights))
        self._room.chats[to] = new
        old.migrated_to = to

    def block(self, chat: Any, on: bool = True) -> None:
        """A person blocks the bot."""
        self._chat(chat).blocked = on

    def pace(self, per_minute: int = 0, per_second: int = 0) -> None:
        """Flood control per chat, as 429 with retry_after; 0 = off."""
        self._methods.per_minute, self._methods.per_second = per_minute, per_second

    # What stands in a chat

    def skip_ids(self, chat: Any, count: int) -> int:
        """A hole: ids that were taken and are gone. Gives the highest id."""
        self._chat(chat).last_id += count
        return self._chat(chat).last_id

    def stranger(self, chat: Any, html: str, times: int = 1, forwarded_from: int | None = None) -> int:
        """Somebody else posts there; the last id."""
        room, text = self._chat(chat), parse(html, "HTML")
        post: dict[str, Any] = {"sender_chat": room.brief(), "text": text[0], "entities": text[1]}
        if forwarded_from is not None:
            other = {"id": forwarded_from, "type": "channel", "title": "Saluran lain"}
            post["forward_origin"] = {"type": "channel", "date": 1, "chat": other, "message_id": 1}
        posts = [room.put(dict(post)) for _ in range(times)]
        for bot in self._room.bots.values():
            if room.kind == "channel" and room.status(bot.id) == "administrator":
                for one in posts:
                    self._updates.add(bot, channel_post=one)
        return int(posts[-1]["message_id"])

    def service_message(self, chat: Any) -> int:
        """A message that can't be forwarded ("title changed"); its id."""
        return int(self._chat(chat).put({"new_chat_title": "x"})["message_id"])

    def messages(self, chat: Any) -> list[dict[str, Any]]:
        """All that stands there now, oldest first."""
        return list(self._chat(chat).messages.values())

    def bot_state(self, token: str = TOKEN) -> dict[str, Any]:
        bot = self._room.bots[token]
        waiting, asked = self._updates.waiting(bot), self._updates.polling(bot)
        return {"commands": bot.commands, "texts": bot.texts, "waiting": waiting, "polled": asked}

    # What people do

    def say(
        self,
        text: str,
        chat: Any = None,
        user: int = 5001,
        name: str = "Warga",
        token: str = TOKEN,
        edited: int | None = None,
        reply_to: int | None = None,
        at: int | None = None,
        forwarded_from: Any = None,
        anonymous: bool = False,
    ) -> int | None:
        """A person writes (chat None: to the bot of `token` in private). The message's id; None if no bot sees it.

        edited: the id of an own message that is changed to this. at: epoch seconds it claims to be from.
        forwarded_from: a channel whose post this is. anonymous: an anonymous admin of the group.
        """
        bot = self._room.bots[token]
        room = self._private(user, name) if chat is None else self._chat(chat)
        message: dict[str, Any] = {"from": person(user, name), "text": text, "date": at or int(time.time())}
        if anonymous:
            message["from"] = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
            message["sender_chat"] = room.brief()
        if match := COMMAND.match(text):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": units(match.group())}]
        if reply_to:
            message["reply_to_message"] = room.messages[reply_to]
        if forwarded_from is not None:
            source = self._chat(forwarded_from)
            origin = {"type": "channel", "chat": source.brief(), "message_id": source.last_id or 1}
            message["forward_origin"] = origin | {"date": message["date"]}
        if edited:
            message["edit_date"] = int(time.time())
            room.messages[edited].update(message)
            whole, kind = room.messages[edited], "edited_message"
        else:
            whole, kind = room.put(message), "message"
        readers = [bot] if chat is None else list(self._room.bots.values())
        seen_by = [reader for reader in readers if self._sees(reader, room, whole)]
        for reader in seen_by:
            self._updates.add(reader, **{kind: whole})
        return int(whole["message_id"]) if seen_by else None

    def press(self, chat: Any, message: int, data: str, user: int = 5001, name: str = "Warga") -> str:
        """A person presses a button under a bot's message; the callback's id."""
        self._callback += 1
        query = {"id": f"cb{self._callback}", "from": person(user, name), "chat_instance": "1", "data": data}
        self._methods.callbacks.add(query["id"])
        under = self._chat(chat).messages[message]
        author = next(b for b in self._room.bots.values() if b.id == under["from"]["id"])
        self._updates.add(author, callback_query=query | {"message": under})
        return str(query["id"])

    def _sees(self, bot: Bot, chat: Chat, message: dict[str, Any]) -> bool:
        if chat.kind == "private":
            return True
        if chat.status(bot.id) not in ("member", "administrator", "creator", "restricted"):
            return False
        if not bot.privacy or chat.status(bot.id) in ("administrator", "creator"):
            return True
        command = message["text"].split()[0] if message["text"].startswith("/") else ""
        ours = "@" not in command or command.lower().endswith("@" + bot.username.lower())
        reply = message.get("reply_to_message", {}).get("from", {}).get("id") == bot.id
        return bool(command and ours) or reply

    def _private(self, user: int, name: str) -> Chat:
        return self._room.chats.setdefault(user, Chat(user, "private", name))

    def _chat(self, which: Any) -> Chat:
        chat = self._room.chat(which)
        if chat is None:
            raise KeyError(f"no chat {which}")
        return chat


def person(number: int, name: str = "Warga") -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": name, "language_code": "id"}

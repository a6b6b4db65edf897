"""The Bot API methods that the stand-in knows. Each takes the bot and its params and gives the `result`."""

from __future__ import annotations

import json
import time
from typing import Any

from tests.servers.base import Answer, Refusal
from tests.servers.telegram_chats import Bot, Chat, Newsroom
from tests.servers.telegram_html import CantParse, parse
from tests.servers.telegram_updates import Updates

KINDS = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 409: "Conflict"}
ADMIN_RIGHTS = ("can_post_messages", "can_edit_messages", "can_delete_messages", "can_manage_chat", "can_invite_users")
Params = dict[str, Any]


def refusal(code: int, description: str, **parameters: Any) -> Refusal:
    """A Bot API refusal; `description` without its kind ("Bad Request: " is put before it)."""
    kind = KINDS.get(code)
    text = ": ".join(p for p in (kind, description) if p)
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": text}
    return Refusal(Answer(code, body | ({"parameters": parameters} if parameters else {}), error=text))


def flag(params: Params, name: str) -> bool:
    return str(params.get(name, "")).lower() in ("true", "1")


def nested(params: Params, name: str) -> Any:
    """An object that may come JSON-encoded inside a form."""
    value = params.get(name)
    return json.loads(value) if isinstance(value, str) and value else value


class Methods:
    """`do_<method in lower case>`."""

    def __init__(self, room: Newsroom, updates: Updates) -> None:
        self.room, self.updates = room, updates
        self.per_minute = self.per_second = 0  # flood control per chat; 0 = off
        self.callbacks: set[str] = set()

    # Who may

    def chat_for(self, params: Params, key: str = "chat_id") -> Chat:
        if not str(params.get(key, "")):
            raise refusal(400, f"{key} is empty")
        chat = self.room.chat(params[key])
        if chat is None:
            raise refusal(400, "chat not found")
        if chat.migrated_to:
            raise refusal(400, "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
        return chat

    def must_be_in(self, bot: Bot, chat: Chat) -> None:
        status = chat.status(bot.id)
        if chat.kind == "private":
            if chat.blocked:
                raise refusal(403, "bot was blocked by the user")
        elif status == "kicked":
            raise refusal(403, f"bot was kicked from the {chat.kind} chat")
        elif status == "left":
            raise refusal(403, f"bot is not a member of the {chat.kind} chat")

    def must_post(self, bot: Bot, chat: Chat) -> None:
        self.must_be_in(bot, chat)
        if chat.kind == "channel" and not chat.may(bot.id, "can_post_messages"):
            raise refusal(400, "need administrator rights in the channel chat")
        if chat.status(bot.id) == "restricted":
            raise refusal(400, "not enough rights to send text messages to the chat")
        self.keep_pace(chat)

    def keep_pace(self, chat: Chat) -> None:
        now = time.time()
        for limit, window in ((self.per_second, 1.0), (self.per_minute, 60.0)):
            recent = [t for t in chat.sent_at if t > now - window]
            if limit and len(recent) >= limit:
                wait = int(recent[0] + window - now) + 1
                raise refusal(429, f"Too Many Requests: retry after {wait}", retry_after=wait)

    # Who is who

    def do_getme(self, bot: Bot, params: Params) -> Any:
        return bot.user(whole=True)

    def do_getchat(self, bot: Bot, params: Params) -> Any:
        chat = self.chat_for(params)
        if (chat.kind != "private" and not (chat.kind == "channel" and chat.username)) or chat.status(
            bot.id
        ) == "kicked":
            self.must_be_in(bot, chat)
        whole = chat.brief() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": GIFTS}
        return whole | ({"has_protected_content": True} if chat.protected else {})

    def do_getchatmember(self, bot: Bot, params: Params) -> Any:
        chat, user = self.chat_for(params), int(params["user_id"])
        if user != bot.id or chat.status(bot.id) == "kicked":
            self.must_be_in(bot, chat)
        if user == bot.id and chat.kind == "channel" and chat.status(bot.id) == "left":
            raise refusal(400, "member list is inaccessible")
        return member(chat, user, self.user(user))

    def user(self, number: int) -> dict[str, Any]:
        bot = next((b for b in self.room.bots.values() if b.id == number), None)
        return bot.user() if bot else {"id": number, "is_bot": False, "first_name": f"Orang {number}"}

    def do_getchatadministrators(self, bot: Bot, params: Params) -> Any:
        chat = self.chat_for(params)
        self.must_be_in(bot, chat)
        chiefs = [u for u, s in chat.members.items() if s in ("creator", "administrator")]
        return [member(chat, u, self.user(u)) for u in chiefs]

    def do_getchatmembercount(self, bot: Bot, params: Params) -> Any:
        chat = self.chat_for(params)
        self.must_be_in(bot, chat)
        return chat.member_count

    # Messages

    def do_sendmessage(self, bot: Bot, params: Params) -> Any:
        chat = self.chat_for(params)
        self.must_post(bot, chat)
        text, entities = self.read_text(params)
        message: dict[str, Any] = {"text": text}
        if entities:
            message["entities"] = entities
        reply = nested(params, "reply_parameters")
        if reply:
            original = chat.messages.get(int(reply["message_id"]))
            if original is None and not reply.get("allow_sending_without_reply"):
                raise refusal(400, "message to be replied not found")
            if original:
                message["reply_to_message"] = {k: v for k, v in original.items() if k != "reply_to_message"}
        markup = nested(params, "reply_markup")
        if markup and "inline_keyboard" in markup:
            self.check_buttons(markup)
            message["reply_markup"] = markup
        if flag(params, "protect_content"):
            message["has_protected_content"] = True
        return self.post(bot, chat, message)

    def read_text(self, params: Params) -> tuple[str, list[dict[str, Any]]]:
        source = str(params.get("text", ""))
        if not source.strip():
            raise refusal(400, "message text is empty")
        try:
            text, entities = parse(source, params.get("parse_mode"))
        except CantParse as e:
            raise refusal(400, f"can't parse entities: {e}") from None
        if not text:
            raise refusal(400, "text must be non-empty")
        if len(text) > 4096:
            raise refusal(400, "message is too long")
        return text, entities

    def check_buttons(self, markup: dict[str, Any]) -> None:
        for button in (b for row in markup["inline_keyboard"] for b in row):
            data = button.get("callback_data")
            if data is not None and not 1 <= len(str(data).encode()) <= 64:
                raise refusal(400, "BUTTON_DATA_INVALID")

    def post(self, bot: Bot, chat: Chat, message: dict[str, Any]) -> dict[str, Any]:
        chat.sent_at.append(time.time())
        if chat.kind == "channel":
            signed: dict[str, Any] = {"sender_chat": chat.brief()}
        else:
            signed = {"from": bot.user()}
        return chat.put(signed | message)

    def do_forwardmessage(self, bot: Bot, params: Params) -> Any:
        source, target = self.chat_for(params, "from_chat_id"), self.chat_for(params)
        self.must_be_in(bot, source)
        original = source.messages.get(int(params["message_id"]))
        if original is None:
            raise refusal(400, "message to forward not found")
        if source.protected or original.get("has_protected_content") or "text" not in original:
            raise refusal(400, "message can't be forwarded")
        self.must_post(bot, target)
        copy = {k: original[k] for k in ("text", "entities") if k in original}
        origin: dict[str, Any] = {"date": original["date"]}
        if original.get("forward_origin"):
            origin = original["forward_origin"]
        elif source.kind == "channel":
            origin |= {"type": "channel", "chat": source.brief(), "message_id": original["message_id"]}
        else:
            origin |= {"type": "user", "sender_user": original.get("from")}
        return self.post(bot, target, copy | {"forward_origin": origin})

    def do_deletemessage(self, bot: Bot, params: Params) -> Any:
        chat = self.chat_for(params)
        self.must_be_in(bot, chat)
        message = chat.messages.get(int(params["message_id"]))
        if message is None:
            raise refusal(400, "message to delete not found")
        mine = message.get("from", {}).get("id") == bot.id or chat.may(bot.id, "can_delete_messages")
        if not mine or message["date"] < time.time() - 48 * 3600:
            raise refusal(400, "message can't be deleted")
        del chat.messages[message["message_id"]]
        return True

    def do_editmessagetext(self, bot: Bot, params: Params) -> Any:
        chat = self.chat_for(params)
        self.must_be_in(bot, chat)
        message = chat.messages.get(int(params["message_id"]))
        if message is None:
            raise refusal(400, "message to edit not found")
        if message.get("from", {}).get("id") != bot.id and chat.kind != "channel":
            raise refusal(400, "message can't be edited")
        text, entities = self.read_text(params)
        markup = nested(params, "reply_markup")
        if markup:
            self.check_buttons(markup)
        new = {"text": text, "entities": entities, "reply_markup": markup}
        old = {"text": message.get("text"), "entities": message.get("entities", []), "reply_markup": None}
        if new == old | {"reply_markup": message.get("reply_markup")}:
            raise refusal(
                400,
                "message is not modified: specified new message content and reply markup are exactly the same"
                " as a current content and reply markup of the message",
            )
        message.update({k: v for k, v in new.items() if v}, edit_date=int(time.time()))
        for key in [k for k, v in new.items() if not v]:
            message.pop(key, None)
        return message

    def do_editmessagereplymarkup(self, bot: Bot, params: Params) -> Any:
        chat = self.chat_for(params)
        message = chat.messages.get(int(params["message_id"]))
        if message is None:
            raise refusal(400, "message to edit not found")
        message["reply_markup"] = nested(params, "reply_markup")
        if not message["reply_markup"]:
            del message["reply_markup"]
        return message

    def do_answercallbackquery(self, bot: Bot, params: Params) -> Any:
        if str(params.get("callback_query_id")) not in self.callbacks:
            raise refusal(400, "query is too old and response timeout expired or query ID is invalid")
        self.callbacks.discard(str(params["callback_query_id"]))
        return True

    def do_sendchataction(self, bot: Bot, params: Params) -> Any:
        self.must_be_in(bot, self.chat_for(params))
        return True

    def do_leavechat(self, bot: Bot, params: Params) -> Any:
        chat = self.chat_for(params)
        self.must_be_in(bot, chat)
        chat.members[bot.id] = "left"
        return True

    # The bot itself

    def do_setmycommands(self, bot: Bot, params: Params) -> Any:
        commands = nested(params, "commands") or []
        for command in commands:
            name = command["command"].removeprefix("/")
            if not (1 <= len(name) <= 32 and name.replace("_", "").isalnum() and name == name.lower()):
                raise refusal(400, "BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"]) <= 256:
                raise refusal(400, "BOT_COMMAND_DESCRIPTION_INVALID")
        bot.commands = commands
        return True

    def do_getmycommands(self, bot: Bot, params: Params) -> Any:
        return bot.commands

    def do_deletemycommands(self, bot: Bot, params: Params) -> Any:
        bot.commands = []
        return True

    def do_setwebhook(self, bot: Bot, params: Params) -> Any:
        bot.webhook = str(params.get("url", ""))
        return True

    def do_deletewebhook(self, bot: Bot, params: Params) -> Any:
        bot.webhook = ""
        if flag(params, "drop_pending_updates"):
            self.updates.drop(bot)
        return True

    def do_getwebhookinfo(self, bot: Bot, params: Params) -> Any:
        waiting = self.updates.waiting(bot)
        return {"url": bot.webhook, "has_custom_certificate": False, "pending_update_count": waiting}

    def do_getupdates(self, bot: Bot, params: Params) -> Any:
        return self.updates.poll(bot, params)

    def do_setmyname(self, bot: Bot, params: Params) -> Any:
        return self._keep(bot, params, "name", 64)

    def do_setmydescription(self, bot: Bot, params: Params) -> Any:
        return self._keep(bot, params, "description", 512)

    def do_setmyshortdescription(self, bot: Bot, params: Params) -> Any:
        return self._keep(bot, params, "short_description", 120)

    def do_getmyname(self, bot: Bot, params: Params) -> Any:
        return {"name": bot.texts.get("name", bot.name)}

    def do_getmydescription(self, bot: Bot, params: Params) -> Any:
        return {"description": bot.texts.get("description", "")}

    def do_getmyshortdescription(self, bot: Bot, params: Params) -> Any:
        return {"short_description": bot.texts.get("short_description", "")}

    def _keep(self, bot: Bot, params: Params, key: str, limit: int) -> bool:
        if len(str(params.get(key, ""))) > limit:
            raise refusal(400, f"{key} is too long")
        bot.texts[key] = str(params.get(key, ""))
        return True


GIFT_KINDS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
GIFTS = dict.fromkeys(GIFT_KINDS, True)


def member(chat: Chat, user: int, who: dict[str, Any]) -> dict[str, Any]:
    """A ChatMember object of the right class."""
    status = chat.status(user)
    found: dict[str, Any] = {"user": who, "status": status}
    if status == "administrator":
        rights = {r: chat.rights.get(user, {}).get(r, True) for r in ADMIN_RIGHTS}
        others = ("can_restrict_members", "can_promote_members", "can_change_info", "can_manage_video_chats")
        stories = ("can_post_stories", "can_edit_stories", "can_delete_stories")
        found |= dict.fromkeys(others + stories, False)
        found |= rights | {"can_be_edited": False, "is_anonymous": False}
    elif status == "creator":
        found["is_anonymous"] = False
    elif status == "kicked":
        found["until_date"] = 0
    elif status == "restricted":
        restricted = ("messages", "audios", "documents", "photos", "videos", "video_notes", "voice_notes", "polls")
        found |= {f"can_send_{kind}": False for kind in restricted} | {"is_member": True, "until_date": 0}
        found |= dict.fromkeys(("can_send_other_messages", "can_add_web_page_previews", "can_change_info"), False)
        found |= dict.fromkeys(("can_invite_users", "can_pin_messages", "can_manage_topics"), False)
    return found

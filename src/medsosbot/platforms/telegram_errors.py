"""What Telegram's answer to one call means. Pure; the table follows the Bot API server, not the client library.

By HTTP status first: the client's exceptions can't tell a proxy's 429 from a 502.

    nothing left us                               TransientError
    400 about the chat or our rights, 402, 403    UnauthorizedError
    401, 404                                      UnauthorizedError, every destination of the token
    400 else, 413                                 RejectedError
    429                                           TransientError, with the platform's wish
    no answer, 2xx unreadable, 3xx, 409, 5xx …    UncertainError
"""

from __future__ import annotations

from datetime import datetime

import httpx

from medsosbot.errors import PublishError, RejectedError, TransientError, UnauthorizedError, UncertainError
from medsosbot.platforms.calls import Call, after, chain

NOT_SENT = "Telegram tidak dapat dihubungi, jadi belum ada yang terkirim; periksa jaringan bila ini berlanjut."
UNKNOWN = "Telegram tidak memberi jawaban yang jelas, jadi kiriman ini mungkin sudah terbit; jangan kirim ulang dulu."
PAUSE = "Telegram meminta jeda; dikirim sendiri sesudahnya."
TOO_BIG = "Kiriman ini terlalu besar bagi Telegram; perpendek naskahnya, lalu ulangi."
REVOKED = "Telegram menolak token bot; minta token baru di @BotFather, lalu pasang."
NO_SUCH_ADDRESS = "Telegram tidak mengenal token bot atau alamat API; periksa token dan telegram.api_url."
NOT_GIVEN = "Token bot Telegram belum dipasang; isi MEDSOSBOT_TELEGRAM_TOKEN."
MIGRATED = "Grup ini berganti id menjadi {id}; ganti `chat` di konfigurasi dengan angka itu."
PROTECTED = "Isi kanal ini dilindungi dari penerusan, jadi bot tidak dapat memeriksa; lihat kanalnya sendiri."
REFUSED = "Telegram menolak kiriman ini ({why}); perbaiki naskahnya, lalu ulangi."

GONE = "Telegram tidak menemukan kanal atau grup ini; periksa `chat` di konfigurasi dan jadikan bot anggotanya."
NO_RIGHT = "Bot tidak berhak mengirim di sini; jadikan bot admin dengan hak mengirim pesan."
KICKED = "Bot dikeluarkan; masukkan lagi sebagai admin dengan hak mengirim pesan."
STRANGER = "Bot bukan anggota di sini; masukkan sebagai admin dengan hak mengirim pesan."
BLOCKED = "Penerima memblokir bot; minta ia membuka blokirnya."

# 400s that are about the chat or our rights: parts of the description, in small letters.
ABOUT_US = (
    ("chat not found", GONE),
    ("peer_id_invalid", GONE),
    ("channel_private", GONE),
    ("channel_invalid", GONE),
    ("chat_id_invalid", GONE),
    ("chat was deactivated", GONE),
    ("chat was deleted", GONE),
    ("need administrator rights", NO_RIGHT),
    ("not enough rights", NO_RIGHT),
    ("have no rights", NO_RIGHT),
    ("chat_write_forbidden", NO_RIGHT),
    ("chat_admin_required", NO_RIGHT),
    ("chat_restricted", NO_RIGHT),
    ("chat_send_plain_forbidden", NO_RIGHT),
    ("user_banned_in_channel", NO_RIGHT),
    ("bot is not a member", STRANGER),
    ("bot was kicked", KICKED),
)
FORBIDDEN = (
    ("kicked", KICKED),
    ("not a member", STRANGER),
    ("blocked by the user", BLOCKED),
    ("deactivated", GONE),
    ("rights", NO_RIGHT),
)
ABOUT_TEXT = (
    ("is too long", "Teks ini melebihi batas Telegram; perpendek naskahnya, lalu ulangi."),
    ("parse entities", "Telegram tidak dapat membaca tanda HTML di teks ini; laporkan kepada teknisi."),
    ("text is empty", "Teks kiriman ini kosong; isi naskahnya, lalu ulangi."),
    ("must be non-empty", "Teks kiriman ini kosong; isi naskahnya, lalu ulangi."),
    ("replied not found", "Pesan yang hendak dibalas sudah tidak ada; ulangi kirimannya."),
)
MAYBE = ("failed to send message #",)  # an album of which some may be out


def classify(call: Call, error: BaseException | None, now: datetime) -> PublishError:
    """The verdict on a call that gave no usable result. now: our clock (aware UTC), for `not_before`."""
    if call.status is None:
        detail = chain(error)
        if call.started is False or isinstance(getattr(error, "__cause__", None), httpx.InvalidURL):
            return TransientError(NOT_SENT, detail=detail)
        return UncertainError(UNKNOWN, detail=detail)
    told = description(call)
    detail = f"HTTP {call.status}: {told}" if told else f"HTTP {call.status}: {chain(error)}"
    if call.status == 429:
        wish = after(now, _parameter(call, "retry_after")) or call.retry_after(now)
        return TransientError(PAUSE, detail=detail, status=429, not_before=wish, paced=True)
    if call.status == 400:
        return _bad_request(call, told, detail)
    if call.status in (401, 404):
        reason = REVOKED if call.status == 401 else NO_SUCH_ADDRESS
        return UnauthorizedError(reason, detail=detail, status=call.status, account=True)
    if call.status in (402, 403):
        reason = _first(FORBIDDEN, told) or NO_RIGHT
        return UnauthorizedError(reason, detail=detail, status=call.status, probe=call.status == 403)
    if call.status == 413:
        return RejectedError(TOO_BIG, detail=detail, status=413)
    return UncertainError(UNKNOWN, detail=detail, status=call.status)


def description(call: Call) -> str:
    """The Bot API's own words for its refusal; empty where it gave none."""
    return str(call.fields().get("description") or "")[:300]


def _bad_request(call: Call, told: str, detail: str) -> PublishError:
    new_id = _parameter(call, "migrate_to_chat_id")
    if new_id:
        return UnauthorizedError(MIGRATED.format(id=new_id), detail=detail, status=400)
    if any(words in told.lower() for words in MAYBE):
        return UncertainError(UNKNOWN, detail=detail, status=400)
    if reason := _first(ABOUT_US, told):
        return UnauthorizedError(reason, detail=detail, status=400)
    why = told.removeprefix("Bad Request: ") or "HTTP 400"
    return RejectedError(_first(ABOUT_TEXT, told) or REFUSED.format(why=why), detail=detail, status=400)


def _parameter(call: Call, name: str) -> int | None:
    parameters = call.fields().get("parameters")
    value = parameters.get(name) if isinstance(parameters, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _first(table: tuple[tuple[str, str], ...], told: str) -> str | None:
    return next((reason for words, reason in table if words in told.lower()), None)

"""What X's answer to one call means. Pure; by HTTP status first, then by the words of its `detail`.

no connection                                 TransientError
401, 404                                      UnauthorizedError, every destination of the keys
402, 403 of a reason we don't know            UnauthorizedError; only a post shows when it is mended
400, 413, 403 about the text or the reply     RejectedError
403 about a duplicate                         UncertainError(duplicate): ask the timeline
429                                           TransientError until the window is over by X's clock
no answer, 2xx without an id, 3xx, 5xx …      UncertainError
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import requests
import urllib3.exceptions

from medsosbot.errors import PublishError, RejectedError, TransientError, UnauthorizedError, UncertainError
from medsosbot.platforms.calls import Call, after, chain

NOT_SENT = "X tidak dapat dihubungi, jadi belum ada yang terkirim; periksa jaringan bila ini berlanjut."
UNKNOWN = "X tidak memberi jawaban yang jelas, jadi kiriman ini mungkin sudah terbit; jangan kirim ulang dulu."
PAUSE = "Jatah kiriman X untuk sementara habis; dikirim sendiri sesudah jatahnya pulih."
DUPLICATE = "X berkata teks ini sudah pernah terbit; lini masa diperiksa dulu."
REVOKED = "X menolak kunci akun; buat kunci dan token akses baru di konsol pengembang X, lalu pasang."
NO_SUCH_ADDRESS = "X tidak mengenal alamat API ini; periksa x.api_url."
NO_CREDITS = "Kredit API X habis; isi saldo di konsol pengembang X."
REFUSED_US = "X menolak akun atau aplikasi ini ({why}); periksa izin tulis dan status akun di konsol pengembang X."
TOO_BIG = "Kiriman ini terlalu besar bagi X; perpendek naskahnya, lalu ulangi."
REFUSED = "X menolak kiriman ini ({why}); perbaiki naskahnya, lalu ulangi."

# 403s that are about the post: parts of `detail`, in small letters.
TOO_LONG = "Teks ini melebihi batas X; perpendek naskahnya, lalu ulangi."
REPLY = "X menolak balasan ini: kiriman sebelumnya dihapus atau tidak boleh dibalas; lihat akunnya, lalu ulangi."
ABOUT_POST = (
    ("too long", TOO_LONG),
    ("needs to be a bit shorter", TOO_LONG),
    ("maximum of one cashtag", "X hanya menerima satu tanda saham ($…) per kiriman; hapus yang lain, lalu ulangi."),
    ("contains an invalid url", "Ada tautan yang tidak diterima X; perbaiki tautannya, lalu ulangi."),
    ("reply to a tweet that is deleted or not visible", REPLY),
    ("reply to this conversation is not allowed", REPLY),
    ("not allowed to reply", REPLY),
)
DUPLICATES = ("duplicate content",)
NEVER_LEFT = (
    requests.ConnectTimeout,
    requests.exceptions.InvalidURL,
    requests.exceptions.MissingSchema,
    requests.exceptions.InvalidSchema,
)
CONNECTING = (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError)
WINDOWS = ("x-rate-limit", "x-user-limit-24hour", "x-app-limit-24hour")


def classify(call: Call, error: BaseException | None, now: datetime) -> PublishError:
    """The verdict on a call that gave no usable result. now: our clock (aware UTC), for `not_before`."""
    if call.status is None:
        if error is not None and never_left(error):
            return TransientError(NOT_SENT, detail=chain(error))
        return UncertainError(UNKNOWN, detail=chain(error))
    told = " ".join(words(call.fields()))[:300]
    detail = f"HTTP {call.status}: {told}" if told else f"HTTP {call.status}: {chain(error)}"
    if call.status == 429:
        return TransientError(PAUSE, detail=detail, status=429, not_before=_window_end(call, now), paced=True)
    if call.status == 403:
        return _forbidden(told, detail)
    if call.status in (401, 404):
        reason = REVOKED if call.status == 401 else NO_SUCH_ADDRESS
        return UnauthorizedError(reason, detail=detail, status=call.status, account=True)
    if call.status == 402:
        return UnauthorizedError(NO_CREDITS, detail=detail, status=402, account=True, probe=False)
    if call.status in (400, 413):
        reason = TOO_BIG if call.status == 413 else REFUSED.format(why=told or "HTTP 400")
        return RejectedError(reason, detail=detail, status=call.status)
    return UncertainError(UNKNOWN, detail=detail, status=call.status)


def never_left(error: BaseException) -> bool:
    """Does this error of requests prove that nothing was sent? The class alone doesn't tell: look inside."""
    if isinstance(error, NEVER_LEFT):
        return True
    if not isinstance(error, requests.ConnectionError):
        return False
    inner = error.args[0] if error.args else None
    reason = getattr(inner, "reason", inner)
    return isinstance(reason, CONNECTING) or isinstance(getattr(reason, "original_error", None), CONNECTING)


def words(fields: dict[str, Any]) -> Iterator[str]:
    """What an error says in words: `{"title", "detail"}` or `{"errors": [{"message"}]}`."""
    if isinstance(fields.get("detail"), str):
        yield fields["detail"]
    errors = fields.get("errors")
    for error in errors if isinstance(errors, list) else ():
        if isinstance(error, str):
            yield error
        elif isinstance(error, dict):
            yield from (error[key] for key in ("detail", "message") if isinstance(error.get(key), str))
    if isinstance(fields.get("title"), str):
        yield f"({fields['title']})"


def _forbidden(told: str, detail: str) -> PublishError:
    small = told.lower()
    if any(part in small for part in DUPLICATES):
        return UncertainError(DUPLICATE, detail=detail, status=403, duplicate=True)
    for part, reason in ABOUT_POST:
        if part in small:
            return RejectedError(reason, detail=detail, status=403)
    return UnauthorizedError(REFUSED_US.format(why=told or "HTTP 403"), detail=detail, status=403, probe=False)


def _window_end(call: Call, now: datetime) -> datetime | None:
    """When the limit that was hit ends, by our clock: X's own clock tells how long that is from now."""
    ends = [call.retry_after(now)]
    for name in WINDOWS:
        reset = call.headers.get(f"{name}-reset", "")
        spent = name == WINDOWS[0] or call.headers.get(f"{name}-remaining") == "0"
        if spent and reset.isdecimal():
            there = call.date() or now
            ends.append(after(now, int(reset) - there.astimezone(UTC).timestamp()))
    return max((end for end in ends if end), default=None)

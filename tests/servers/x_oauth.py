"""The check of an OAuth 1.0a signature (RFC 5849, HMAC-SHA1) over the URL that was called."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import time
from urllib.parse import quote, unquote

from tests.servers.base import Request

HEADER = re.compile(r'(\w+)="([^"]*)"')


def encoded(text: str) -> str:
    return quote(text, safe="-._~")


def fault_of(request: Request, keys: dict[str, str], nonces: set[str]) -> str | None:
    """Why this request isn't authorised; None if it is. keys: api_key, api_secret, access_token, access_secret."""
    header = request.headers.get("authorization", "")
    if not header.startswith("OAuth "):
        return "no OAuth header"
    given = {k: unquote(v) for k, v in HEADER.findall(header)}
    if given.get("oauth_consumer_key") != keys["api_key"]:
        return "unknown consumer key"
    if given.get("oauth_token") != keys["access_token"]:
        return "unknown token"
    if given.get("oauth_signature_method") != "HMAC-SHA1" or given.get("oauth_version", "1.0") != "1.0":
        return "unknown signature method"
    if abs(time.time() - int(given.get("oauth_timestamp") or 0)) > 300:
        return "timestamp out of bounds"
    nonce = given.get("oauth_nonce", "")
    if not nonce or nonce in nonces:
        return "nonce used before"
    if not hmac.compare_digest(signature(request, given, keys), given.get("oauth_signature", "")):
        return "wrong signature"
    nonces.add(nonce)
    return None


def signature(request: Request, given: dict[str, str], keys: dict[str, str]) -> str:
    """What the signature of this request must be; a JSON body is not part of it."""
    pairs = [(k, v) for k, v in given.items() if k not in ("oauth_signature", "realm")] + request.query
    normal = "&".join(f"{k}={v}" for k, v in sorted((encoded(k), encoded(v)) for k, v in pairs))
    url = f"http://{request.host.lower()}{request.path}"
    base = "&".join(encoded(p) for p in (request.verb.upper(), url, normal))
    key = f"{encoded(keys['api_secret'])}&{encoded(keys['access_secret'])}"
    return base64.b64encode(hmac.new(key.encode(), base.encode(), hashlib.sha1).digest()).decode()

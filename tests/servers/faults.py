"""What can go wrong with one call, and how it looks on the wire.

A rule is plain JSON, so that a test can send it through the control endpoint:

    method    which call ("sendMessage", "POST /2/tweets"), "*" = any
    match     params that the call must have, e.g. {"chat_id": "@kpukaltim"}; {"text": …} is a part of the text
    kind      close | rst | half_header | half_body | hang | slow | late | answer
              reuse: answered well, but the line drops when a second request comes over it
    accept    True: the platform takes the call first, then the fault happens; False: it never sees it
    times     how often (None = until cleared); skip = how many matching calls pass untouched first
    seconds   for hang (until it closes), slow (until it answers), late (until it accepts; the peer sees `close`)
    status, body, headers   for `answer`: what is sent in place of the true answer; body: JSON value or plain text
"""

from __future__ import annotations

import json
import select
import socket
import struct
import threading
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

KINDS = ("close", "rst", "half_header", "half_body", "hang", "slow", "late", "answer", "reuse")
PHRASES = {s.value: s.phrase for s in HTTPStatus}
HTML = "<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Something went wrong</h1></body></html>"


@dataclass
class Fault:
    """One rule; `times` and `skip` are counted down as calls match."""

    method: str = "*"
    kind: str = "close"
    accept: bool = False
    times: int | None = 1
    skip: int = 0
    seconds: float = 60.0
    status: int = 200
    body: Any = HTML
    headers: dict[str, str] = field(default_factory=dict)
    match: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no such fault: {self.kind}")

    def meets(self, method: str, params: dict[str, Any]) -> bool:
        if self.method not in ("*", method):
            return False
        for key, value in self.match.items():
            got = str(params.get(key, ""))
            if (value not in got) if key == "text" else (value != got):
                return False
        return True


class Faults:
    """The rules that are waiting; the first that matches a call is taken."""

    def __init__(self) -> None:
        self._rules: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, **rule: Any) -> None:
        with self._lock:
            self._rules.append(Fault(**rule))

    def clear(self) -> None:
        with self._lock:
            self._rules.clear()

    def left(self) -> int:
        with self._lock:
            return len(self._rules)

    def take(self, method: str, params: dict[str, Any]) -> Fault | None:
        with self._lock:
            for rule in self._rules:
                if not rule.meets(method, params):
                    continue
                if rule.skip > 0:
                    rule.skip -= 1
                    continue
                if rule.times is not None:
                    rule.times -= 1
                    if rule.times <= 0:
                        self._rules.remove(rule)
                return rule
        return None


def encode(status: int, body: Any, headers: dict[str, str]) -> bytes:
    """A whole HTTP answer as bytes. body: str and bytes go as they are, anything else as JSON."""
    if isinstance(body, (str, bytes)):
        raw, kind = (body.encode() if isinstance(body, str) else body), "text/html; charset=utf-8"
    else:
        raw, kind = json.dumps(body, ensure_ascii=False).encode(), "application/json"
    date = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime())
    head = {"Content-Type": kind, "Date": date, "Content-Length": str(len(raw))} | headers
    lines = [
        f"HTTP/1.1 {status} {PHRASES.get(status, 'Unknown')}",
        *(f"{k}: {v}" for k, v in head.items() if v is not None),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + raw


def break_wire(connection: socket.socket, fault: Fault, answer: bytes) -> None:
    """Let the peer see this fault. The caller closes the connection afterwards."""
    head, _, body = answer.partition(b"\r\n\r\n")
    if fault.kind == "rst":
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    elif fault.kind == "half_header":
        connection.sendall(head[: max(20, len(head) // 2)])
    elif fault.kind == "half_body":
        connection.sendall(head + b"\r\n\r\n" + body[: len(body) // 2])
    elif fault.kind == "hang":
        until = time.monotonic() + fault.seconds
        while (left := until - time.monotonic()) > 0:
            ready, _, _ = select.select([connection], [], [], min(left, 0.5))
            if ready and not connection.recv(1, socket.MSG_PEEK):
                return
    elif fault.kind == "slow":
        time.sleep(fault.seconds)
        connection.sendall(answer)

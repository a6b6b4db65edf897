"""The HTTP side that both stand-ins share: reading a call, the journal, faults, the control endpoint.

Journal: one JSON line per call, written before the answer leaves, never changed:
    n, at (epoch seconds), method, params, verdict ("accepted" | "refused" | "unseen"), status, error, result, fault
"unseen" is a call that a fault kept from the platform. Tokens, keys and signatures are never written.
"""

from __future__ import annotations

import email.parser
import email.policy
import json
import sys
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.servers.faults import Fault, Faults, break_wire, encode

CONTROL = "/_control"


@dataclass
class Request:
    """One HTTP request, read."""

    verb: str
    host: str
    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]  # names in lower case
    body: bytes

    def fields(self) -> dict[str, Any]:
        """Query, form, multipart or JSON as one dict."""
        kind = self.headers.get("content-type", "")
        found: dict[str, Any] = dict(self.query)
        if kind.startswith("application/json"):
            found |= json.loads(self.body or b"{}")
        elif kind.startswith("multipart/"):
            head = f"Content-Type: {kind}\r\n\r\n".encode()
            message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + self.body)
            for piece in message.iter_parts():
                name = piece.get_param("name", header="content-disposition")
                data = piece.get_payload(decode=True)
                found[str(name)] = data if piece.get_filename() else data.decode()
        else:
            found |= dict(parse_qsl(self.body.decode(), keep_blank_values=True))
        return found


@dataclass
class Answer:
    """What a stand-in says: HTTP status, a JSON value (or text), headers; result and error are for the journal."""

    status: int
    body: Any
    headers: dict[str, str] = field(default_factory=dict)
    result: Any = None
    error: str | None = None


class Refusal(Exception):
    """A call that the platform refuses; becomes its Answer."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        super().__init__(answer.error)


class Journal:
    """The append-only log of one stand-in."""

    def __init__(self, file: Path | None) -> None:
        self._lock, self._n = threading.Lock(), 0
        self._file = file.open("a", encoding="utf-8") if file else None

    def write(self, **line: Any) -> None:
        with self._lock:
            self._n += 1
            if self._file:
                whole = {"n": self._n, "at": time.time()} | line
                self._file.write(json.dumps(whole, ensure_ascii=False, default=str) + "\n")
                self._file.flush()


class StandIn:
    """One platform. A subclass names calls (`name_of`), answers them (`answer`) and has `control_…` methods."""

    def __init__(self, journal: Journal) -> None:
        self.journal, self.faults, self.lock = journal, Faults(), threading.RLock()

    def name_of(self, request: Request) -> tuple[str, dict[str, Any]]:
        """The call's name and its params, for faults and the journal."""
        raise NotImplementedError

    def answer(self, request: Request, name: str, params: dict[str, Any]) -> Answer:
        """Do what was asked. Raises Refusal."""
        raise NotImplementedError

    def take(self, request: Request, name: str, params: dict[str, Any], fault: Fault | None = None) -> Answer:
        """Answer and write it down."""
        try:
            answer, verdict = self.answer(request, name, params), "accepted"
        except Refusal as refusal:
            answer, verdict = refusal.answer, "refused"
        if not quiet(name, answer):
            note = {"verdict": verdict, "status": answer.status, "error": answer.error, "result": answer.result}
            self.journal.write(method=name, params=params, fault=fault.kind if fault else None, **note)
        return answer

    def control(self, order: dict[str, Any]) -> Any:
        """Run one order of a test: {"do": "fault", …} calls `control_fault(…)`."""
        method = getattr(self, "control_" + str(order.pop("do")))
        return method(**order)

    def control_fault(self, **rule: Any) -> None:
        self.faults.add(**rule)

    def control_clear_faults(self) -> None:
        self.faults.clear()

    def control_faults_left(self) -> int:
        return self.faults.left()


def encode_answer(answer: Answer) -> bytes:
    return encode(answer.status, answer.body, answer.headers)


def quiet(name: str, answer: Answer) -> bool:
    """Empty polls would fill the journal."""
    return name == "getUpdates" and answer.status == 200 and not answer.result


class Handler(BaseHTTPRequestHandler):
    """Reads one request, lets its fault happen, answers."""

    protocol_version = "HTTP/1.1"
    server: Server
    ends_at_reuse = False  # the line drops when a second request comes over it

    def handle_any(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        url = urlsplit(self.path)
        if self.ends_at_reuse:
            self.close_connection = True
            self.server.stand_in.journal.write(method=url.path.rpartition("/")[2], fault="reuse", verdict="unseen")
            return
        request = Request(
            verb=self.command,
            host=self.headers.get("Host", ""),
            path=url.path,
            query=parse_qsl(url.query, keep_blank_values=True),
            headers={k.lower(): v for k, v in self.headers.items()},
            body=self.rfile.read(length),
        )
        if request.path == CONTROL:
            self.control(request)
        else:
            self.call(request)

    do_GET = do_POST = do_DELETE = do_PUT = handle_any

    def control(self, request: Request) -> None:
        try:
            order = json.loads(request.body)
            if order["do"] == "reset":
                result = self.server.reset(Path(order["log"]))
            else:
                with self.server.stand_in.lock:
                    result = self.server.stand_in.control(order)
            self.connection.sendall(encode(200, {"result": result}, {}))
        except Exception as e:
            self.connection.sendall(encode(400, {"error": f"{type(e).__name__}: {e}"}, {}))

    def call(self, request: Request) -> None:
        stand_in = self.server.stand_in
        name, params = stand_in.name_of(request)
        fault = stand_in.faults.take(name, params)
        if fault is None:
            self.send(stand_in.take(request, name, params))
            return
        if fault.kind == "reuse":
            self.ends_at_reuse, self.close_connection = True, False  # whatever the peer asked for
            self.connection.sendall(encode_answer(stand_in.take(request, name, params, fault)))
            return
        self.close_connection = True
        if fault.kind == "late":
            stand_in.journal.write(method=name, params=params, fault="late", verdict="unseen")
            later = threading.Timer(fault.seconds, stand_in.take, (request, name, params, fault))
            later.daemon = True
            later.start()
            return
        if fault.accept or fault.kind == "slow":
            answer = stand_in.take(request, name, params, fault)
        else:
            stand_in.journal.write(method=name, params=params, fault=fault.kind, verdict="unseen")
            answer = Answer(200, {"ok": True, "result": {}, "data": {}})
        if fault.kind == "answer":
            self.connection.sendall(encode(fault.status, fault.body, {"Connection": "close"} | fault.headers))
            return
        if fault.kind == "rst":
            self.server.abrupt.add(self.connection)
        break_wire(self.connection, fault, encode_answer(answer))

    def send(self, answer: Answer) -> None:
        raw = encode_answer(answer)
        if self.headers.get("Connection", "").lower() == "close":
            self.close_connection = True
        self.connection.sendall(raw)

    def log_message(self, *args: Any) -> None:
        """Silence: the journal is the log, and the request line holds the token."""


class Server(ThreadingHTTPServer):
    """One stand-in on one port of loopback."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, stand_in: StandIn) -> None:
        self.stand_in, self.abrupt = stand_in, set[Any]()
        super().__init__(("127.0.0.1", port), Handler)

    def reset(self, log: Path) -> None:
        """Begin anew, with a journal of its own; what still hangs or comes late meets the old one."""
        self.stand_in = type(self.stand_in)(Journal(log))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def shutdown_request(self, request: Any) -> None:
        if request in self.abrupt:  # no FIN before the reset
            self.abrupt.discard(request)
            request.close()
        else:
            super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A peer that went away is nobody's fault; anything else must be seen."""
        error = sys.exc_info()[1]
        if not isinstance(error, (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)

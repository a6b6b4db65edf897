"""`python -m tests.servers`: start the stand-ins, print where they are, run until SIGTERM or Ctrl-C.

--only telegram|x starts one; --ready FILE writes {"telegram": url, "x": url} once they listen (for tests).
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import threading
from pathlib import Path

from tests.servers.base import Journal, Server, StandIn
from tests.servers.telegram import TelegramStandIn
from tests.servers.telegram_chats import CHANNEL, CHANNEL_ID, STAFF_ID, TOKEN
from tests.servers.x import KEYS, XStandIn

KINDS: dict[str, type[StandIn]] = {"telegram": TelegramStandIn, "x": XStandIn}


def main() -> None:
    flags = argparse.ArgumentParser(prog="python -m tests.servers", description=__doc__.splitlines()[0])
    flags.add_argument("--only", choices=sorted(KINDS), help="start just one of them")
    flags.add_argument("--telegram-port", type=int, default=8081, help="0 = any free port (default: %(default)s)")
    flags.add_argument("--x-port", type=int, default=8082, help="0 = any free port (default: %(default)s)")
    flags.add_argument("--log", type=Path, metavar="FOLDER", help="keep telegram.jsonl and x.jsonl there")
    flags.add_argument("--ready", type=Path, help=argparse.SUPPRESS)
    given = flags.parse_args()
    ports = {"telegram": given.telegram_port, "x": given.x_port}
    if given.log:
        given.log.mkdir(parents=True, exist_ok=True)
    servers = {}
    for name, kind in KINDS.items():
        if given.only in (None, name):
            journal = Journal(given.log / f"{name}.jsonl" if given.log else None)
            servers[name] = Server(ports[name], kind(journal))
            threading.Thread(target=servers[name].serve_forever, daemon=True).start()
    urls = {name: server.url for name, server in servers.items()}
    if given.ready:
        part = given.ready.with_suffix(".part")
        part.write_text(json.dumps(urls))
        part.rename(given.ready)
    else:
        explain(urls)
    done = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: done.set())
    parent = os.getppid()
    while not done.wait(1.0):
        if given.ready and os.getppid() != parent:  # the test that started it was killed
            return


def explain(urls: dict[str, str]) -> None:
    """The two lines for the config, and the made-up secrets that the stand-ins know."""
    for name, url in urls.items():
        print(f"{name}:\n  api_url: {url}")
    print("# These lines go to the end of config/medsosbot.yaml, before `medsosbot init` is asked to set up the rest.")
    print(f"\n# channel {CHANNEL}, staff chat {STAFF_ID}; the secrets that they accept:")
    if "telegram" in urls:
        print(f"MEDSOSBOT_TELEGRAM_TOKEN={TOKEN}")
    if "x" in urls:
        for key, value in KEYS.items():
            print(f"MEDSOSBOT_X_{key.upper()}={value}")
    for title, order, url in _orders(urls):
        print(f"# {title}:\ncurl -d '{json.dumps(order)}' {url}/_control")
    print("# Ctrl-C ends.", flush=True)


def _orders(urls: dict[str, str]) -> list[tuple[str, dict[str, object], str]]:
    """What a person would tap or type: (what it is, the order, at which stand-in)."""
    staff = {"do": "say", "chat": STAFF_ID, "user": 5001}
    found: list[tuple[str, dict[str, object], str]] = []
    if "telegram" in urls:
        orders: list[tuple[str, dict[str, object]]] = [
            ("while init waits: the editor types into the staff chat", staff | {"text": "/id@kpukaltim_bot"}),
            ("while the service runs: the editor asks, and the staff chat then", staff | {"text": "/status"}),
            ("(what stands there)", {"do": "messages", "chat": STAFF_ID}),
            ("a citizen asks, in private", {"do": "say", "text": "/terkini"}),
            ("(what stands there)", {"do": "messages", "chat": 5001}),
            ("the channel", {"do": "messages", "chat": CHANNEL_ID}),
        ]
        found += [(title, order, urls["telegram"]) for title, order in orders]
    if "x" in urls:
        found.append(("the account", {"do": "messages"}, urls["x"]))
    return found


if __name__ == "__main__":
    main()

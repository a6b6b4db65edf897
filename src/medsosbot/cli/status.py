"""status and terkini: what the record says. Both always end with 0."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from medsosbot.cli.answer import OK, Answer, Call
from medsosbot.cli.html import plain
from medsosbot.cli.parser import at_least
from medsosbot.cli.screen import Cell, Screen
from medsosbot.model import DeliveryState
from medsosbot.wording import short_when, state_word, when, zone_name

_STYLES = {
    "published": "green",
    "held": "yellow",
    "uncertain": "red",
    "failed": "red",
    "cancelled": "dim",
    "expired": "dim",
}
NOTHING = "Belum ada rilis yang diterima."


def add(commands: Any) -> None:
    """Put this family on the command line."""
    status = commands.add_parser(
        "status",
        help="what is open, what was published, what is paused",
        description="Shows what is open and the last 20 items, with every delivery. With --json: every item.",
    )
    status.add_argument("id", metavar="ID", nargs="?", help="one item: its id, or its number")
    status.add_argument("--all", action="store_true", help="every item")
    status.set_defaults(run=run_status)

    terkini = commands.add_parser(
        "terkini", help="the answer that the bot would give to /terkini", description="Shows what /terkini answers."
    )
    terkini.add_argument("n", metavar="N", nargs="?", type=at_least(1, "number"), help="how many (default 5, most 10)")
    terkini.set_defaults(run=run_terkini)


def run_status(call: Call) -> Answer:
    """Without a database there is nothing, and that is what it says."""
    settings, args = call.settings, call.args
    from medsosbot.app import looks

    everything = args.all or getattr(args, "json", False)
    document = looks.status(settings, args.id, everything=everything)
    detailed = args.id is not None
    return Answer(OK, document, lambda screen: show_status(screen, document, settings.zone, call, detailed=detailed))


def run_terkini(call: Call) -> Answer:
    """The bot's answer, as it would go out now."""
    settings = call.settings
    from medsosbot.app import looks

    document = looks.terkini(settings, call.args.n)
    return Answer(OK, document, lambda screen: screen.line(plain(document["text"])))


def show_status(screen: Screen, document: dict[str, Any], zone: ZoneInfo, call: Call, *, detailed: bool) -> None:
    """The table of items, the reasons of what is held, and the pauses."""
    items = document["items"]
    if not items:
        screen.line(NOTHING)
    elif detailed:
        for item in items:
            _detail(screen, item, zone)
    else:
        _table(screen, items, zone, call)
    paused = {d["name"] for d in document["destinations"] if d["paused_because"]}
    for item in items:
        _reasons(screen, item, paused)
    for destination in document["destinations"]:
        if destination["paused_because"]:
            screen.line(f"{destination['name']} dijeda: {destination['paused_because']}", "yellow")


def _table(screen: Screen, items: list[dict[str, Any]], zone: ZoneInfo, call: Call) -> None:
    rows = [[*_item(item), *_deliveries(item["deliveries"], zone)] for item in items]
    times = f"Waktu ({zone_name(call.clock.now(), zone)})"
    screen.table(("No.", "Rilis", "Tujuan", "Keadaan", times), rows, wrapped="Rilis")
    if any(d["state"] == DeliveryState.SCHEDULED for item in items for d in item["deliveries"]):
        screen.line("Waktu yang terjadwal adalah yang paling cepat.", "dim")


def _item(item: dict[str, Any]) -> list[Cell]:
    return [[(str(item["number"]), "")], [(item["title"] + (" (ditarik)" if item["withdrawn"] else ""), "")]]


def _deliveries(deliveries: list[dict[str, Any]], zone: ZoneInfo) -> list[Cell]:
    """One line per delivery in each of three cells."""
    return [
        [(d["destination"], "") for d in deliveries],
        [(_state(d), _STYLES.get(d["state"], "")) for d in deliveries],
        [(_time(d, zone), "") for d in deliveries],
    ]


def _state(delivery: dict[str, Any]) -> str:
    from medsosbot.platforms import REGISTRY

    kind = REGISTRY.get(delivery["platform"])
    return state_word(delivery["state"], real=kind is None or kind.real)


def _time(delivery: dict[str, Any], zone: ZoneInfo) -> str:
    at = delivery["published_at"] or (delivery["due_at"] if delivery["state"] == DeliveryState.SCHEDULED else None)
    return short_when(datetime.fromisoformat(at).replace(second=0), zone) if at else ""


def _detail(screen: Screen, item: dict[str, Any], zone: ZoneInfo) -> None:
    screen.line(f"{item['number']}. {item['title']}", "bold")
    screen.line(f"   ID: {item['id']}{', ditarik dari jawaban bot' if item['withdrawn'] else ''}")
    for delivery in item["deliveries"]:
        screen.line(f"   {delivery['destination']}: {_state(delivery)}", _STYLES.get(delivery["state"], ""))
        for label, at in (("paling cepat", delivery["due_at"]), ("terbit", delivery["published_at"])):
            if at and (label == "terbit" or delivery["state"] == DeliveryState.SCHEDULED):
                screen.line(f"      {label}: {when(datetime.fromisoformat(at), zone)}")
        if delivery["remote_ids"]:
            screen.line(f"      nomor di sana: {', '.join(delivery['remote_ids'])}")
        if delivery["url"]:
            screen.line(f"      tautan: {delivery['url']}")
        if delivery["attempts"]:
            screen.line(f"      percobaan: {delivery['attempts']}")


def _reasons(screen: Screen, item: dict[str, Any], paused: set[str]) -> None:
    """What is wrong with an item, and the one thing to do about it; what a pause explains is told there."""
    number = item["number"]
    for reason in item["held_because"]:
        screen.line(f"{number} ditahan: {reason}", "yellow")
    if item["held_because"]:
        screen.line(f"   Lepas dengan: medsosbot release {number}")
    for delivery in item["deliveries"]:
        waits = delivery["state"] == "scheduled" and delivery["destination"] not in paused
        if delivery["error"] and (waits or delivery["state"] in ("failed", "uncertain")):
            word = state_word(delivery["state"])
            screen.line(f"{number} {word} di {delivery['destination']}: {delivery['error']}", "red")
        if delivery["state"] == "failed":
            screen.line(f"   Coba lagi dengan: medsosbot retry {number} {delivery['destination']}")
        elif delivery["state"] == "uncertain":
            screen.line(f"   Kalau sudah terbit: medsosbot settle {number} {delivery['destination']} --posted NOMOR")
            screen.line(f"   Kalau belum: medsosbot settle {number} {delivery['destination']} --not-posted")

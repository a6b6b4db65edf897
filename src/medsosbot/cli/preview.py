"""preview: what each destination would get."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from medsosbot.cli.answer import OK, PERSON, Answer, Call
from medsosbot.cli.html import plain
from medsosbot.cli.screen import Screen
from medsosbot.model import DeliveryState
from medsosbot.wording import count, number, state_word, when


def add(commands: Any) -> None:
    """Put this family on the command line."""
    command = commands.add_parser(
        "preview",
        help="show what each destination would get",
        description="Shows each post as its destination would get it, with its length. Changes nothing, needs no\n"
        "network and no secret.",
    )
    command.add_argument(
        "targets",
        metavar="FILE or ID",
        nargs="*",
        help="queue files, ids or numbers (default: the files that wait and the items that are open)",
    )
    command.set_defaults(run=run)


def run(call: Call) -> Answer:
    """Exit 1 where a file is refused; what is held is shown like the others."""
    settings = call.settings
    from medsosbot import app

    report = app.preview(settings, call.clock, call.args.targets)
    document = report.as_json()
    titles = {post.item.id: post.item.title for post in report.trial.posts}
    shown = _Preview(titles, settings.zone, call.clock.now())
    code = PERSON if document["rejected"] else OK
    return Answer(code, document, lambda screen: shown.show(screen, document))


@dataclass(frozen=True)
class _Preview:
    """titles: by item id. now: what is due by then goes at once."""

    titles: dict[str, str]
    zone: ZoneInfo
    now: datetime

    def show(self, screen: Screen, document: dict[str, Any]) -> None:
        posts = document["posts"]
        for item_id, title in self.titles.items():
            mine = [p for p in posts if p["id"] == item_id]
            screen.line(f"━━ {title}", "bold")
            screen.line(f"   {item_id}", "dim")
            for reason in dict.fromkeys(r for p in mine for r in p["held_because"]):
                screen.line(f"   ditahan: {reason}", "yellow")
            if mine and mine[0]["terkini"]:
                screen.line(f"   di /terkini: {plain(mine[0]['terkini'])}")
            for post in mine:
                self._post(screen, post)
            screen.line()
        for refused in document["rejected"]:
            screen.line(f"ditolak: {refused['file']}", "red")
            screen.indented(refused["reason"])
        if not posts and not document["rejected"]:
            screen.line("Tidak ada berkas yang menunggu, dan tidak ada rilis yang masih terbuka.")

    def _post(self, screen: Screen, post: dict[str, Any]) -> None:
        goes = ""
        if post["due_at"] and post["state"] == DeliveryState.SCHEDULED:
            at = datetime.fromisoformat(post["due_at"])
            goes = ", segera" if at <= self.now else f", paling cepat {when(at, self.zone)}"
        screen.line()
        screen.line(f"── {post['destination']}: {state_word(post['state'])}{goes}", "bold")
        for n, part in enumerate(post["parts"], start=1):
            which = f"bagian {n}, " if len(post["parts"]) > 1 else ""
            size = f"{number(part['length'])} dari {count('karakter', part['limit'])}"
            screen.line(f"   ({which}{size})", "red" if part["length"] > part["limit"] else "dim")
            screen.indented(plain(part["text"]) if part["markup"] == "HTML" else part["text"])

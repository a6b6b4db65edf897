"""preview: what each destination would get."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from medsosbot.cli.answer import OK, PERSON, Answer, Call
from medsosbot.cli.explain import as_json, show
from medsosbot.cli.html import plain
from medsosbot.cli.screen import Screen
from medsosbot.model import DeliveryState
from medsosbot.wording import count, number, state_word, when

if TYPE_CHECKING:
    from medsosbot.app.looks import Previewed
    from medsosbot.publishing.trial import PostShown


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
    command.add_argument(
        "--explain",
        action="store_true",
        help="also tell from which sentence each piece came, what was left out of it, and what there was no room for",
    )
    command.add_argument(
        "--html",
        metavar="PAGE",
        type=_page,
        help="write one self-contained page that shows each post as its platform would (a name that ends in .html)",
    )
    command.set_defaults(run=run)


def run(call: Call) -> Answer:
    """Exit 1 where a file is refused; what is held is shown like the others."""
    settings = call.settings
    from medsosbot.app import looks, showing

    report = looks.preview(settings, call.clock, call.args.targets)
    document = report.as_json()
    if call.args.explain:
        for post, shown in zip(document["posts"], report.trial.posts, strict=True):
            post["explain"] = as_json(shown.draft)
    preview = _Preview(report, settings.zone, call.clock.now(), call.args.explain)
    code, file = PERSON if document["rejected"] else OK, call.args.html
    if file is None:
        return Answer(code, document, preview.show)
    showing.write_page(settings, call.clock, report, file)
    show = preview.show_with if call.args.explain else preview.tell
    return Answer(code, document | {"html": str(file)}, lambda screen: show(screen, file))


def _page(text: str) -> Path:
    """Nothing but a page: a slip of the hand must not overwrite a release."""
    if Path(text).suffix.lower() not in (".html", ".htm"):
        raise argparse.ArgumentTypeError(f"{text!r} doesn't end in .html")
    return Path(text)


@dataclass(frozen=True)
class _Preview:
    """now: what is due by then goes at once."""

    report: Previewed
    zone: ZoneInfo
    now: datetime
    explain: bool

    def show(self, screen: Screen) -> None:
        trial = self.report.trial
        for item in dict.fromkeys(p.item.number for p in trial.posts):
            self._item(screen, [p for p in trial.posts if p.item.number == item])
        for refused in trial.report.rejected:
            screen.line(f"ditolak: {refused.file}", "red")
            screen.indented(refused.reason)
        for file, remark in trial.report.remarks:
            screen.line(f"catatan: {file}: {remark}")
        if not trial.posts and not trial.report.rejected:
            screen.line("Tidak ada berkas yang menunggu, dan tidak ada rilis yang masih terbuka.")

    def show_with(self, screen: Screen, file: Path) -> None:
        """Everything, and where the page is."""
        self.show(screen)
        self._written(screen, file)

    def tell(self, screen: Screen, file: Path) -> None:
        """Where the page is, and what needs a person."""
        trial = self.report.trial
        for refused in trial.report.rejected:
            screen.line(f"ditolak: {refused.file}", "red")
            screen.indented(refused.reason)
        held = {p.item.number: p.item.title for p in trial.posts if p.held_because}
        for title in held.values():
            screen.line(f"ditahan: {title}", "yellow")
        self._written(screen, file)

    def _written(self, screen: Screen, file: Path) -> None:
        items = len({p.item.number for p in self.report.trial.posts})
        screen.line(f"Halaman dengan {count('rilis', items)}: {file}", "bold")

    def _item(self, screen: Screen, posts: list[PostShown]) -> None:
        item = posts[0].item
        screen.line(f"━━ {item.title}", "bold")
        screen.line(f"   {item.id}", "dim")
        for reason in dict.fromkeys(r for p in posts for r in p.held_because):
            screen.line(f"   ditahan: {reason}", "yellow")
        screen.line(f"   di /terkini: {plain(item.line)}")
        for post in posts:
            self._post(screen, post)
        screen.line()

    def _post(self, screen: Screen, post: PostShown) -> None:
        goes = ""
        if post.delivery.state is DeliveryState.SCHEDULED:
            goes = ", segera" if post.due_at <= self.now else f", paling cepat {when(post.due_at, self.zone)}"
        screen.line()
        screen.line(f"── {post.delivery.destination}: {state_word(post.delivery.state)}{goes}", "bold")
        for n, part in enumerate(post.parts, start=1):
            which = f"bagian {n}, " if len(post.parts) > 1 else ""
            size = f"{number(part.length)} dari {count('karakter', part.limit)}"
            screen.line(f"   ({which}{size})", "red" if part.length > part.limit else "dim")
            screen.indented(plain(part.text) if part.markup == "HTML" else part.text)
        for remark in post.draft.composition.remarks if post.draft else ():
            screen.line(f"   catatan: {remark}", "yellow")
        if self.explain:
            show(screen, post.draft)

"""publish: one pass. It takes the queue in, publishes all that is due, and ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from medsosbot.cli.answer import OK, PERSON, Answer, Call
from medsosbot.cli.parser import UsageError
from medsosbot.cli.screen import Screen
from medsosbot.platforms import kind_of
from medsosbot.wording import count, listing

if TYPE_CHECKING:
    from medsosbot.options import Settings
    from medsosbot.publishing.report import PassReport, Sent


def add(commands: Any) -> None:
    """Put this family on the command line."""
    command = commands.add_parser(
        "publish",
        help="one pass: take the queue in and publish all that is due",
        description="One pass, for cron: takes the queue in, publishes all that is due, ends.",
    )
    command.add_argument(
        "--dry-run",
        action="store_true",
        help="send nothing: every post goes to var/dry-run/DEST.jsonl; the queue and the database stay as they are",
    )
    command.add_argument(
        "--now", metavar="TIME", help="with --dry-run: as if it were TIME (2026-11-24 09:00, of the config's zone)"
    )
    command.set_defaults(run=run, usage=command.format_usage)


def run(call: Call) -> Answer:
    """Exit 1 where something of this pass needs a person; what is held in a dry run doesn't count."""
    dry, now = call.args.dry_run, call.args.now
    if now and not dry:
        raise UsageError(call.args.usage().strip(), "--now only goes with --dry-run")
    settings, clock = call.settings, call.clock
    from medsosbot.app import passes
    from medsosbot.clock import FixedClock

    if dry:
        if now:
            clock = FixedClock(moment(now, settings.zone, call.args.usage().strip()))
        report = passes.dry_run(settings, clock)
    else:
        report = passes.run_pass(settings, clock)
    code = PERSON if report.needs_a_person(dry=dry) else OK
    return Answer(code, report.as_json(), lambda screen: _Shown(screen, settings, report, dry).show())


def moment(text: str, zone: ZoneInfo, usage: str) -> datetime:
    """A time of the command line; of the config's zone unless it carries an offset. Raises UsageError."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(usage, f"{text!r} is no time; write it as '2026-11-24 09:00'") from None
    return at if at.tzinfo else at.replace(tzinfo=zone)


class _Shown:
    """A pass for people: what went out, what didn't, and the one thing to do about each."""

    def __init__(self, screen: Screen, settings: Settings, report: PassReport, dry: bool) -> None:
        self._line = screen.line
        self._settings, self._report, self._dry = settings, report, dry

    def show(self) -> None:
        report, line = self._report, self._line
        if self._dry:
            line("Latihan: tidak ada yang dikirim; antrean dan catatan tidak berubah.", "bold")
        if report.accepted:
            line(f"Diterima: {count('berkas', len(report.accepted))}.")
        for item_id, names in _by_item(report.published).items():
            word = "akan terbit" if self._dry else "terbit"
            line(f"{word} di {listing(self._place(s) for s in names)}: {item_id}", "green")
        for item_id in report.held:
            self._held(item_id)
        for refused in report.rejected:
            line(f"ditolak: {refused.file}", "red")
            for text in refused.reason.strip().splitlines():
                line(f"   {text}")
        self._troubles()
        for about, remark in report.remarks:
            line(f"catatan: {about}: {remark}", "dim")
        stops = [] if self._dry else self._paused()
        if not (stops or report.remarks or report.unreached or report.stopped or any(report.as_json().values())):
            line("Tidak ada yang perlu dikirim.")

    def _place(self, sent: Sent) -> str:
        if sent.url:
            return f"{sent.destination} ({sent.url})"
        real = {d.name for d in self._settings.destinations if kind_of(d).real}
        return sent.destination if sent.destination in real and not self._dry else f"{sent.destination} (latihan)"

    def _held(self, item_id: str) -> None:
        """The reasons, and how to lift them; in a dry run the item is in no record."""
        self._line(f"ditahan: {item_id}", "yellow")
        if self._dry:
            self._line("   Alasannya: medsosbot preview")
            return
        from medsosbot.app import looks

        for item in looks.status(self._settings, item_id)["items"]:
            for reason in item["held_because"]:
                self._line(f"   {reason}")
            self._line(f"   Lepas dengan: medsosbot release {item['number']}")

    def _troubles(self) -> None:
        report, line = self._report, self._line
        for trouble in report.failed:
            line(f"gagal di {trouble.destination}: {trouble.id}: {trouble.error}", "red")
        for trouble in report.uncertain:
            line(f"ragu di {trouble.destination}: {trouble.id}: {trouble.error}", "red")
        for trouble in report.paused:
            line(f"{trouble.destination} dijeda: {trouble.error}", "red")
        for name, reason in report.unreached.items():
            line(f"belum terkirim di {name}: {reason}", "yellow")
        if report.stopped:
            line(f"berhenti: {report.stopped}", "red")

    def _paused(self) -> list[str]:
        """The pauses that stand, also from before this pass: why nothing goes out there."""
        from medsosbot.app import looks

        told = {p.destination for p in self._report.paused}
        standing = [d for d in looks.status(self._settings)["destinations"] if d["paused_because"]]
        for destination in standing:
            if destination["name"] not in told:
                self._line(f"{destination['name']} sedang dijeda: {destination['paused_because']}", "yellow")
        return [d["name"] for d in standing]


def _by_item(published: Iterable[Sent]) -> dict[str, list[Sent]]:
    found: dict[str, list[Sent]] = {}
    for sent in published:
        found.setdefault(sent.id, []).append(sent)
    return found

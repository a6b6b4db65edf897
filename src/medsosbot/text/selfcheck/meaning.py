"""Gates on what must be said together: an event and its status, a call and its deadline, a figure and its reserve."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from medsosbot.model import Objection
from medsosbot.text.dates import weekday_conflicts
from medsosbot.text.normalise import plain
from medsosbot.text.phrases import Word
from medsosbot.text.rules import Rules
from medsosbot.text.selfcheck.align import Aligned
from medsosbot.text.selfcheck.case import Case, is_short, objection, some
from medsosbot.text.selfcheck.rumours import labels
from medsosbot.text.selfcheck.source import Unit
from medsosbot.text.selfcheck.words import has_digit
from medsosbot.text.signs import Sign

NEAR = 3  # sentences behind one that is told, in which it may be called provisional
NOT_THE_RELEASES = Sign.SPEECH | Sign.ROW | Sign.PART


def status_lost(case: Case) -> Iterator[Objection]:
    """Put off, called off, provisional: also where it stands only in the title or in the next sentence."""
    labelled = any(labels(line.words, case.rules) for line in case.lines)
    said = labelled or case.says("status.status")
    for unit in _near(case):
        if not said and unit.rules["status.status"].within(unit.words):
            phrase = unit.found("status.status")[0]
            yield objection("status_lost", f"“{some(unit.words[slice(*phrase)])}” hilang, padahal ada di rilis.")
            return
    for unit in case.source.body[:3]:
        if is_moved(unit) and unit.number not in case.used:
            yield objection("status_lost", f"Perubahan jadwal hilang: “{some(unit.words)}”.")
            return
    marks = labels(case.source.title.words, case.rules)
    instead = ("status.denial", "status.correction", "status.temporary", "status.status", "protected.after")
    if marks and not labelled and not any(case.says(name) for name in instead):
        yield objection("status_lost", f"Tanda “{some(case.source.title.words[slice(*marks[0])])}” di judul hilang.")
        return
    for aligned in case.found:
        after = _reserve(aligned, case)
        if after is not None and not case.says("status.temporary") and not case.says("protected.after"):
            yield objection("status_lost", f"Keterangan bahwa ini masih sementara hilang: “{some(after.words)}”.")
            return


def is_moved(unit: Unit) -> bool:
    """ "semula dijadwalkan Minggu (10/11/2024) dipindahkan ke Selasa (12/11/2024)", "Acara digeser ke Kamis (8/12)"."""
    if not unit.told.dates or not unit.words:
        return False
    both = len({m.days for m in unit.told.dates}) > 1 and any(w.low in unit.rules["gates.formerly"] for w in unit.words)
    first = unit.words[0]
    event = first.low in unit.rules["gates.any_event"] or first.text in unit.rules["facts.events"]
    return both or (event and any(w.low in unit.rules["gates.moved"] for w in unit.words[1:4]))


def _near(case: Case) -> Iterator[Unit]:
    """The title, the lead, the sentences used and those right behind them; nobody's opinion."""
    body = case.source.body
    for unit in case.source.units:
        close = unit.number <= 0 or unit.number in case.used or unit.number - 1 in case.used
        if close and not unit.told.signs & NOT_THE_RELEASES and (unit.number < len(body)):
            yield unit


def _reserve(aligned: Aligned, case: Case) -> Unit | None:
    """What calls this sentence provisional and is left out: the next for its numbers, one near it for "hasil ini"."""
    unit = aligned.unit
    numbers = any(has_digit(w) for w in aligned.line.words)
    told = {w.low for w in aligned.line.words}
    announced = is_short(case) and (unit.number < 0 or any(low in case.rules["gates.announcing"] for low in told))
    for n, after in enumerate(case.source.body[unit.number + 1 : unit.number + 1 + NEAR]):
        if not after.told.signs & Sign.TEMPORARY or case.whole(after):
            continue
        if (announced and after.words[0].low in told and _is_this(after)) or (numbers and n == 0):
            return after
    return None


def _is_this(unit: Unit) -> bool:
    """ "Hasil ini …", "Data tersebut …"."""
    return len(unit.words) > 1 and unit.words[1].low in unit.rules["gates.this"]


def deadline_lost(case: Case) -> Iterator[Objection]:
    """A call stands without its deadline, wherever in the release that stands."""
    for aligned in case.found:
        lost = _end_of_time(aligned)
        told = aligned.unit.words
        if lost and (case.rules["status.call"].within(told) or case.rules["status.status"].within(told)):
            yield objection("deadline_lost", f"Batas waktu “{lost}” hilang.")
            return
    if not any(_calls(a, case) for a in case.found) or case.says("status.deadline"):
        return
    said = {m.days for line in case.lines for m in line.dates}
    for unit in case.source.units:
        dates = _deadlines(unit)
        if dates and not said & dates and not unit.told.signs & Sign.SPEECH:
            yield objection("deadline_lost", f"Ajakan tanpa tenggatnya (“{some(unit.words)}”).")
            return


def _end_of_time(aligned: Aligned) -> str:
    """ "hingga 1 Oktober 2024", where just this fell from the end of a clause."""
    for gap in aligned.cuts:
        first = aligned.unit.words[gap.start]
        dated = any(has_digit(w) for w in aligned.unit.words[gap.start : gap.start + 4])
        if first.low in aligned.unit.rules["gates.until"] and dated and gap.start:
            return some(aligned.unit.words[gap.start : gap.end])
    return ""


def _calls(aligned: Aligned, case: Case) -> bool:
    """Does the post's sentence call on somebody to do something? "Lomba Maskot" as a title does where the lead does."""
    words, rules, body = aligned.line.words, aligned.unit.rules, case.source.body
    if aligned.unit.number < 0 and words[0].low in rules["gates.opened"] and body and _opens(body[0].words, rules):
        return True
    return _opens(words, rules) or rules["status.call"].within(words)


def _opens(words: Sequence[Word], rules: Rules) -> bool:
    """ "membuka lomba", "lomba terbuka"."""
    return any(
        (a.low in rules["gates.opening"] and b.low in rules["gates.opened"])
        or (a.low in rules["gates.opened"] and b.low in rules["gates.is_open"])
        for a, b in pairwise(words)
    )


def _deadlines(unit: Unit) -> set[object]:
    """The dates that stand within a few words behind a deadline's words."""
    found: set[object] = set()
    for _, end in unit.found("status.deadline"):
        if end >= len(unit.words):
            continue
        start, stop = unit.words[end - 1].start, unit.words[min(end + 8, len(unit.words) - 1)].end
        found.update(m.days for m in unit.told.dates if start <= m.core < stop)
    return found | _closings(unit)


def _closings(unit: Unit) -> set[object]:
    """ "Pendaftaran ditutup Jumat (7/6/2024)": the days right behind a closing word, where something is taken in."""
    if not any(w.low in unit.rules["gates.taken_in"] for w in unit.words):
        return set()
    starts = {m.start: m.days for m in unit.told.dates}
    closing = unit.rules["gates.closing"]
    return {starts[b.start] for a, b in pairwise(unit.words) if a.low in closing and b.start in starts}


def stale_deixis(case: Case) -> Iterator[Objection]:
    """ "hari ini" without its date. The long forms tell the whole release, on its day."""
    if not is_short(case):
        return
    for line in case.lines:
        for start, end in case.rules["calendar.relative"].find(line.words):
            at = line.words[end - 1].end
            if not any(at <= m.start <= at + 14 or m.end <= at for m in line.dates) and not _quoted(
                line.text, line.words[start].start
            ):
                yield objection("stale_deixis", f"“{some(line.words[start:end])}” tanpa tanggalnya.")
                return


def _quoted(text: str, at: int) -> bool:
    return text.count("“", 0, at) > text.count("”", 0, at) or text.count('"', 0, at) % 2 == 1


def bad_weekday(case: Case) -> Iterator[Objection]:
    """A weekday that contradicts its date, in any form; the draft prints neither."""
    for text in case.post.shown:
        for conflict in weekday_conflicts(plain(text), case.rules, written=case.release.date):
            day = f"{conflict.date.day}/{conflict.date.month}/{conflict.date.year}"
            yield Objection(
                "bad_weekday",
                f"“{conflict.printed}” tidak cocok: {day} adalah hari {conflict.true_weekday}. "
                "Betulkan hari atau tanggalnya di rilis.",
            )
            return
    for line in case.lines:
        if any(m.days in case.source.wrong_days for m in line.dates):
            yield Objection("bad_weekday", "Tanggal ini di rilis tidak cocok dengan harinya: betulkan di rilis.")
            return

"""The judge of the /terkini line: a date, a middle dot, the title, on one line of at most 120 characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from medsosbot.model import Form, Measure, Objection, PostStyle, Release
from medsosbot.text.dates import short
from medsosbot.text.phrases import words_of
from medsosbot.text.rules import Rules
from medsosbot.text.selfcheck import figures, form, standing, tokens
from medsosbot.text.selfcheck.align import Aligned, embed
from medsosbot.text.selfcheck.case import Case
from medsosbot.text.selfcheck.deletions import deletions
from medsosbot.text.selfcheck.events import is_another
from medsosbot.text.selfcheck.meaning import is_moved
from medsosbot.text.selfcheck.post import Post, line_of
from medsosbot.text.selfcheck.rumours import labels
from medsosbot.text.selfcheck.source import Source, Unit, source_of
from medsosbot.text.signs import Sign
from medsosbot.text.telegram_html import links_of, plain_of

LINE = PostStyle(form=Form.CAPTION, limit=120, measure=Measure.PARSED, markup="HTML")
FIRST = 3  # sentences in which the release tells what became of its event
RENAME = "Pendekkan judulnya."
_DATED = re.compile(r"^(?P<date>\d{1,2}(?:/\d{1,2}){0,2}(?:(?:–| dan )\d{1,2}(?:/\d{1,2}){1,2})?(?:/\d{4})?) · ")


def judge_line(release: Release, line: str, rules: Rules) -> tuple[Objection, ...]:
    """What is wrong with this line of HTML; empty for nothing. Never raises, whatever the line is."""
    case = _case(release, line, rules)
    shape = (form.over_limit, form.bad_html, form.empty, form.multi_line, form.emoji_added)
    gates = (*shape, _link, _date, _title, _status, figures.disagreeing)
    return tuple(dict.fromkeys(one for gate in gates for one in gate(case)))


def _case(release: Release, line: str, rules: Rules) -> Case:
    source = source_of(release, rules)
    try:
        shown, links, sound = plain_of(line), tuple(address for address, _ in links_of(line)), True
    except ValueError:
        shown, links, sound = line, (), False
    dated = _DATED.match(shown)
    title = shown[dated.end() :] if dated else shown
    title = _without_status(title, source)
    one = line_of(0, " ".join(title.split()), rules)
    aligned = embed(one, source.title) if one.words else None
    post = Post((line,), (shown,), shown.strip(), (one,), links, sound)
    return Case(release, LINE, rules, source, post, (one,), (aligned,))


def _without_status(title: str, source: Source) -> str:
    """A status of the release's text in brackets behind a title that is silent about it tells no more than the text."""
    before, opened, status = title.rstrip().removesuffix(")").rpartition(" (")
    off = {
        unit.told.text[unit.words[a].start : unit.words[b - 1].end].lower()
        for unit in source.body[:FIRST]
        for a, b in unit.found("gates.called_off")
    }
    return before if opened and title.rstrip().endswith(")") and status in off else title


def _link(case: Case) -> Iterator[Objection]:
    url = (case.release.url or "").strip()
    if url and case.post.sound and case.post.links != (url,):
        yield Objection("no_link", "Tautan di daftar berita bukan tautan berita ini.")


def _date(case: Case) -> Iterator[Objection]:
    """The date is one that the release prints for its event, without any contradiction, whole."""
    dated = _DATED.match(case.post.shown[0])
    if dated is None:
        return
    printed = dated["date"]
    told = [(u, m) for u in case.source.units for m in u.told.dates if short(m) == printed]
    if not told:
        yield Objection("fact_moved", f"Tanggal {printed} tidak ada di rilis.")
    elif all(m.days in case.source.wrong_days for _, m in told):
        yield Objection("bad_weekday", f"Tanggal {printed} tidak cocok dengan harinya di rilis: betulkan di rilis.")
    elif all(is_another(u, m) for u, m in told):
        yield Objection("fact_moved", f"Tanggal {printed} di rilis bukan tanggal acaranya.")
    elif _moved_away(printed, case):
        yield Objection("fact_moved", f"Acaranya dipindah ke hari lain, tetapi tanggal {printed} masih tertulis.")
    elif _put_off(case.source) and not any(is_moved(u) for u, _ in told):
        yield Objection("status_lost", f"Acaranya ditunda atau batal, tetapi tanggal {printed} masih tertulis.")


def _moved_away(printed: str, case: Case) -> bool:
    """Was the event moved to another day than this?"""
    return any(is_moved(u) and all(short(m) != printed for m in u.told.dates) for u in case.source.body)


def _put_off(source: Source) -> bool:
    return any(u.rules["status.status"].within(u.words) for u in source.units[:2])


def _status(case: Case) -> Iterator[Objection]:
    """The event is off, or put off, and only the release's text says so: the list would invite people to it."""
    rules = case.rules
    shown = rules["status.status"].within(words_of(case.post.shown[0]))
    if shown or rules["status.status"].within(case.source.title.words) or not any(line.words for line in case.lines):
        return
    title = set(case.source.title.keys)
    for unit in case.source.body[:FIRST]:
        if not unit.words or unit.told.signs & (Sign.SPEECH | Sign.PART | Sign.CLAIM):
            continue
        first = unit.words[0]
        event = first.low in rules["gates.any_event"] or (first.low in title and _is_event(unit))
        off = [a for a, _ in unit.found("gates.called_off") if not any(v < a for v in unit.verbs)]
        if event and off:
            yield Objection(
                "status_lost", f"Judul di daftar tidak menyebut bahwa acaranya “{unit.words[off[0]].text}”."
            )
            return


def _is_event(unit: Unit) -> bool:
    """ "Rapat …", "Turnamen tersebut …"."""
    pointed = len(unit.words) > 1 and unit.words[1].low in unit.rules["gates.this"]
    return pointed or unit.words[0].text in unit.rules["facts.events"]


def _title(case: Case) -> Iterator[Objection]:
    one, aligned = case.lines[0], case.aligned[0]
    if not one.words:
        return
    if aligned is None:
        for found in tokens.untraced(case):
            yield Objection(found.gate, found.message)
        return
    cut = one.text.rstrip().endswith("…")
    if cut:
        yield from _cut(aligned, case)
    else:
        yield from deletions(case)
        yield from standing.bad_closure(case)
    yield from tokens.mood_changed(case)
    if any(not all(aligned.kept[a:b]) for a, b in labels(aligned.unit.words, case.rules)):
        yield Objection("status_lost", f"Tanda di judul hilang. {RENAME}")


def _cut(aligned: Aligned, case: Case) -> Iterator[Objection]:
    """A title is cut at its end alone, and only where nothing is torn apart."""
    unit, last = aligned.unit, aligned.line.words[-1]
    if aligned.last == len(unit.words) - 1:
        return
    inner = [g for g in aligned.cuts if g.end < len(unit.words)]
    text = aligned.line.text.rstrip("… ")
    if inner:
        yield Objection("word_moved", f"Judul dipotong di tengah. {RENAME}")
    elif last.low in case.rules["clauses.open_end"] or last.low in case.rules["protected.before"]:
        yield Objection("bad_closure", f"Judul berhenti di “{last.text}”. {RENAME}")
    elif any(text.count(a) != text.count(b) for a, b in standing.BRACKETS):
        yield Objection("bad_closure", f"Kurung di judul tidak tertutup. {RENAME}")
    elif standing.is_torn(text, unit.text):
        yield Objection("bad_closure", f"Sebuah huruf atau emoji di judul terpotong. {RENAME}")
    elif any(a <= aligned.last < b - 1 for a, b in unit.names):
        yield Objection("name_cut", f"Nama di judul terpotong setelah “{last.text}”. {RENAME}")

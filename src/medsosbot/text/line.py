"""The line that /terkini shows of one release: the event's date and the title, linked."""

from __future__ import annotations

from medsosbot.model import Release
from medsosbot.text.clip import cut_at
from medsosbot.text.dates import short
from medsosbot.text.markup import anchor, escape
from medsosbot.text.phrases import words_of
from medsosbot.text.reading import Reading, read
from medsosbot.text.rules import Rules
from medsosbot.text.selfcheck import judge_line
from medsosbot.text.signs import Sign
from medsosbot.text.telegram_html import plain_of
from medsosbot.text.weekday import without_conflicts
from medsosbot.text.when import event_date

LIMIT = 120
DOT = " · "
NEAR = 3  # sentences in which the release tells what became of its event


def terkini_plain(release: Release, rules: Rules) -> str:
    """The line as a reader sees it, at most 120 characters, on one line."""
    return plain_of(terkini_line(release, rules))


def terkini_line(release: Release, rules: Rules) -> str:
    """The line in Telegram's HTML: the title is the link, where the release has one.

    A date to which the self-check objects falls: no date is better than another event's.
    """
    date, title = _parts(read(release, rules), rules)
    url = (release.url or "").strip()
    linked = anchor(url, title) if url else escape(title)
    dated = escape(date) + linked
    return linked if date and judge_line(release, dated, rules) else dated


def _parts(reading: Reading, rules: Rules) -> tuple[str, str]:
    mention = event_date(reading, rules)
    date = short(mention) + DOT if mention is not None else ""
    source = without_conflicts(reading.head)
    status = _status(reading, rules)
    room = LIMIT - len(date) - len(status)
    for tier in (0, 1):
        title = reading.rewriter.apply(source, tier)
        if len(title) <= room:
            return date, title + status
    return date, cut_title(title, room, rules) + status


def _status(reading: Reading, rules: Rules) -> str:
    """ " (dibatalkan)", where only the text says so of the event: the list would invite people to it."""
    head = reading.head
    if rules["status.status"].within(head.words):
        return ""
    title = {w.low for w in head.words}
    for told in reading.sentences[:NEAR]:
        if not told.words or told.signs & (Sign.SPEECH | Sign.PART | Sign.CLAIM) or Sign.STATUS not in told.signs:
            continue
        first = told.words[0]
        event = first.low in title and (first.text in rules["facts.events"] or rules["gates.this"].at(told.words, 1))
        found = tuple(rules["gates.called_off"].find(told.words))
        if found and (event or first.low in rules["gates.any_event"]):
            a, b = found[0]
            return f" ({told.text[told.words[a].start : told.words[b - 1].end].lower()})"
    return ""


def cut_title(title: str, room: int, rules: Rules) -> str:
    """The title's longest beginning before a preposition that fits with "…" behind it; else before any word."""
    words = words_of(title)
    places = [w.start for i, w in enumerate(words) if i and rules["clauses.cut_before"].at(words, i)]
    for wanted in (places, [w.start for w in words[1:]]):
        for place in reversed(wanted):
            kept = _closed(title[:place].rstrip(" ,;:-–—(/"), rules)
            if kept and len(kept) + 1 <= room and 2 * len(kept) > min(room, len(title)) - 40:
                return kept + "…"
    return cut_at(title, room - 1) + "…"


def _closed(text: str, rules: Rules) -> str:
    """Without an open bracket or quotation, and without a word at the end that wants another behind it."""
    for opening, closing in (("(", ")"), ("“", "”")):
        if text.count(opening) > text.count(closing):
            text = text[: text.rfind(opening)].rstrip(" ,;:-–—")
    if text.count('"') % 2:
        text = text[: text.rfind('"')].rstrip(" ,;:-–—")
    words = words_of(text)
    while words and (words[-1].low in rules["clauses.open_end"] or words[-1].low in rules["protected.before"]):
        text = text[: words[-1].start].rstrip(" ,;:-–—(/")
        words.pop()
    return text

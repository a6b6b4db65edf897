"""The event's own date: never polling day, a deadline, a hearing in a *yang* clause, or a date that was put off."""

from __future__ import annotations

from medsosbot.text.dates import Mention
from medsosbot.text.phrases import Word
from medsosbot.text.reading import Reading, Told
from medsosbot.text.rules import Rules
from medsosbot.text.signs import Sign
from medsosbot.text.verbs import is_verb

NEAR = 8  # words before a date in which "hingga", "memperingati" and their like still govern it


def event_dates(told: Told, rules: Rules) -> tuple[Mention, ...]:
    """The dates of this sentence that may be the day of what it tells."""
    return tuple(m for m in told.dates if _is_event(told, m, rules))


def _is_event(told: Told, mention: Mention, rules: Rules) -> bool:
    before = [w for w in told.words if w.end <= mention.start]
    comma = told.text.rfind(",", 0, mention.start)
    if told.text[comma + 1 : mention.start].strip() == "" and comma >= 0:  # "…, Selasa (4/3)": hangs on the whole
        return not rules["status.other_dates"].within(before[-2:])
    clause = [w for w in before if w.start > comma] if comma >= 0 else before
    if clause and clause[0].start == 0 and rules["clauses.preamble"].at(told.words, 0):
        return False  # "Menjelang masa pendaftaran pada 27 Agustus, KPU …"
    if any(w.low in rules["grammar.which"] for w in clause) or _in_purpose(clause, rules):
        return False
    if rules["status.other_dates"].within([w for w in told.words if w.start >= mention.end][:NEAR]):
        return False
    return not rules["status.other_dates"].within(clause[-NEAR:])


def _in_purpose(clause: list[Word], rules: Rules) -> bool:
    """ "mengimbau warga untuk memilih pada 27 November": the date of what is to be done, not of the event."""
    marks = [b for _, b in rules["clauses.purpose"].find(clause)]
    if marks and rules["clauses.asking"].within(clause[: marks[-1]]):
        return True
    return bool(marks) and any(is_verb(w, rules) and w.low not in rules["grammar.starts"] for w in clause[marks[-1] :])


def put_off(reading: Reading) -> bool:
    """Was the event put off, called off or moved? Then no date is its date."""
    told = (reading.head, *reading.sentences)
    return any(Sign.STATUS in t.signs for t in told if Sign.SPEECH not in t.signs)


def event_date(reading: Reading, rules: Rules) -> Mention | None:
    """The date of the release's event as printed, or None where it has none that is sure.

    The lead's, else that of a later sentence about the same event.
    """
    if put_off(reading) or not reading.sentences or Sign.CORRECTION in reading.head.signs:
        return None
    corrected = {m.days for t in (reading.head, *reading.sentences) if Sign.CORRECTION in t.signs for m in t.dates}
    for told in reading.sentences:
        lead = told.number == first_number(reading)
        if not lead and not about_event(told, reading, rules):
            continue
        if told.signs & (Sign.ROW | Sign.SPEECH | Sign.SAID | Sign.PART | Sign.CORRECTION | Sign.CLAIM):
            continue
        found = [m for m in event_dates(told, rules) if m.days not in corrected]
        if found:
            return None if found[0] in told.doubtful else found[0]
    return None


def first_number(reading: Reading) -> int:
    """The number of the first sentence of running text; -1 where there is none."""
    return next((t.number for t in reading.sentences if not t.signs & Sign.ROW), -1)


def about_event(told: Told, reading: Reading, rules: Rules) -> bool:
    """Does the sentence open with Kegiatan/Acara (ini), or with the title's own first words, and hold an event verb?"""
    words = told.words
    if not words or not any(rules.typos.get(w.text, w.low) in rules["clauses.event_verbs"] for w in words[:14]):
        return False
    if words[0].low in rules["grammar.this_event"]:
        return True
    if rules["facts.events"].at(words, 0) and reading.head.words[:1] and words[0].low == reading.head.words[0].low:
        return True
    head = [w.low for w in reading.head.words[:2]]
    return bool(head) and [w.low for w in words[: len(head)]] == head

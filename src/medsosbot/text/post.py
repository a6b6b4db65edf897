"""The short form: the shortened text, a blank line, the link, the hashtags."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from medsosbot.model import Composition, Dropped, Objection, Piece, PostStyle, Release
from medsosbot.text.choose import Draft, best, ranked
from medsosbot.text.drafting import Maker, is_office
from medsosbot.text.hashtags import tags_of
from medsosbot.text.line import cut_title
from medsosbot.text.mandatory import GATES, Duty
from medsosbot.text.markup import escape, link_of, tail
from medsosbot.text.measure import measure, urls_in
from medsosbot.text.reading import Reading
from medsosbot.text.rules import Rules
from medsosbot.text.selfcheck import judge
from medsosbot.text.signs import NEVER_USED
from medsosbot.text.weekday import without_conflicts

TOPIC_BELOW = 0.6  # of the limit: a fuller post says more per character without a topic tag
TRIES = 12  # drafts that the self-check looks at; most often the first has none
NOT_OF_WORDS = ("no_link", "over_limit", "bad_weekday")  # what no other choice of words mends
WRITE = "Tulis sendiri teksnya di kunci `text`."
LOST = {
    Duty.STATUS: "Kalimat tentang penundaan, pembatalan atau perubahannya tidak muat atau tidak bisa dikutip utuh.",
    Duty.DENIAL: "Kalimat bantahannya tidak muat atau tidak bisa dikutip utuh.",
    Duty.DEADLINE: "Kalimat tentang batas waktunya tidak muat atau tidak bisa dikutip utuh.",
    Duty.TEMPORARY: "Kalimat bahwa angkanya masih sementara tidak muat atau tidak bisa dikutip utuh.",
    Duty.RIGHT: "Kalimat dengan angka yang benar tidak muat atau tidak bisa dikutip utuh.",
}


def compose_post(release: Release, reading: Reading, style: PostStyle, rules: Rules) -> Composition:
    """The most worthy combination of lead (or title) and later sentences that fits."""
    brand, topic = tags_of(release, reading, style, rules)
    link = link_of(release, style)
    end = tail(link, brand, style, rules)
    maker = Maker(reading, style, rules)
    found = maker.drafts()
    room = style.limit - measure("x" + end, style) + 1
    more = tail(link, (*brand, *topic), style, rules)

    def dressed(draft: Draft) -> str:
        body = escape(draft.text) if style.markup == "HTML" else draft.text
        roomy = bool(topic) and measure(body + end, style) <= TOPIC_BELOW * style.limit
        return body + (more if roomy and measure(body + more, style) <= style.limit else end)

    def spoken_against(draft: Draft) -> int:
        return sum(o.gate not in NOT_OF_WORDS for o in judge(release, (dressed(draft),), style, rules))

    draft = _unobjected(ranked(found, room, maker.duties.required), spoken_against)
    objections: tuple[Objection, ...] = ()
    if draft is None:
        draft = best(found, room, Duty.NONE)
        if draft is None:
            return _without_sentence(reading, style, end, rules)
        missing = [d for d in Duty if d in maker.duties.required and d not in draft.duty]
        objections = tuple(Objection(GATES[d], f"{LOST[d]} {WRITE}") for d in missing)
    text = dressed(draft)
    return Composition((text,), _dropped(reading, draft), _trace(reading, draft), objections)


def _unobjected(found: list[Draft], spoken_against: Callable[[Draft], int]) -> Draft | None:
    """The most worthy draft against which the self-check has nothing; else, of those tried, where it has least."""
    least: Draft | None = None
    fewest = 0
    for draft in islice(found, TRIES):
        against = spoken_against(draft)
        if least is None or against < fewest:
            least, fewest = draft, against
        if not against:
            break
    return least


def _without_sentence(reading: Reading, style: PostStyle, end: str, rules: Rules) -> Composition:
    """No sentence is fit for it: the whole title, if that fits; else held, the draft is the title cut."""
    title = reading.rewriter.apply(without_conflicts(reading.head), 1)
    room = style.limit - measure("x" + end, style)
    while room > 0 and title:
        text = title if len(title) <= room else cut_title(title, room, rules)
        if measure(text + end, style) <= style.limit:
            break
        room -= 1
    else:
        text = ""
    body = escape(text) if style.markup == "HTML" else text
    why = "Tidak ada kalimat atau judul utuh yang muat."
    linked = style.autolinks and any(not is_office(u.text) for u in urls_in(text))
    objections = () if text and text == title and not linked else (Objection("over_limit", f"{why} {WRITE}"),)
    return Composition(((body + end).strip(),), (), (), objections)


def _trace(reading: Reading, draft: Draft) -> tuple[Piece, ...]:
    pieces = []
    for candidate in draft.chosen:
        for v in candidate.versions:
            told = reading.head if v.number < 0 else reading.sentences[v.number]
            start, end = (-1, -1)
            if v.number >= 0:
                start, end = reading.normal.source(told.sentence.start, told.sentence.end)
            deleted = tuple((told.text[c.start : c.end].strip(), c.rule) for c in v.cuts)
            pieces.append(Piece(v.text, told.text, start, end, deleted))
    return tuple(pieces)


def _dropped(reading: Reading, draft: Draft) -> tuple[Dropped, ...]:
    """The sentences that the post leaves out: for space, or because a rule keeps them out."""
    used = {v.number for c in draft.chosen for v in c.versions}
    return tuple(
        Dropped(t.text, "rule" if t.signs & NEVER_USED else "space") for t in reading.sentences if t.number not in used
    )

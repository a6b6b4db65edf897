"""From a reading to every draft worth keeping: which sentences may lead, which may follow, and in which versions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

from medsosbot.model import PostStyle
from medsosbot.text.candidates import Version, versions
from medsosbot.text.choose import Draft, drafts
from medsosbot.text.clauses import preamble
from medsosbot.text.facts import facts_of
from medsosbot.text.mandatory import Duties, Duty, denies_firmly, duties_of, held
from medsosbot.text.measure import measure, urls_in
from medsosbot.text.phrases import words_of
from medsosbot.text.reading import Reading, Told
from medsosbot.text.rewrite import quoted_spans
from medsosbot.text.rules import Rules
from medsosbot.text.shape import Shape
from medsosbot.text.signs import NEVER_USED, Sign
from medsosbot.text.subjects import frames, heads
from medsosbot.text.verbs import root
from medsosbot.text.when import first_number
from medsosbot.text.worth import TIER, Candidate, Scale

TITLE_LEADS = 3.5  # what it costs that the title leads
STATUS_LEADS = 2.0  # and where it says at once that something is put off, denied or called for
QUOTES = 8.0  # and that it quotes
CAPITALS = 6.0  # and that it shouts
NO_ACTOR = 2.5  # and that the lead is background
SECOND_LEADS = 2.5  # and that a later sentence leads
POINTS_BACK = 1.5  # that a sentence points at the one before it
SENTENCES = 24  # that are looked at
LONGEST = 700  # characters of a sentence that is looked at
PER_SENTENCE = 6  # versions of a later sentence that are followed
PER_LEAD = 16
NEAR_LEAD = 3  # sentences from the start that may lead


class Maker:
    """Makes the drafts of one release for one style; the limit isn't looked at."""

    def __init__(self, reading: Reading, style: PostStyle, rules: Rules) -> None:
        self.reading, self.style, self.rules = reading, style, rules
        self.duties: Duties = duties_of(reading, rules)
        told = [t for t in reading.sentences[:SENTENCES] if len(t.text) <= LONGEST]
        self.shapes = {t.number: Shape(t, rules) for t in told}
        self.shapes[-1] = Shape(reading.head, rules)
        self.scale = Scale(reading.rewriter, rules, facts_of(reading, self.shapes, rules), self.shapes[-1])
        self.lead = first_number(reading)

    def drafts(self) -> list[Draft]:
        """Every draft worth keeping."""
        leads = self._leads()
        others = [self._following(n) for n in sorted(self.shapes) if n >= 0]
        return drafts(leads, [c for c in others if c], self.scale)

    # leads

    def _leads(self) -> list[Candidate]:
        title = self._title()
        if self.duties.title_leads and title:
            return title
        found: list[Candidate] = []
        for n in [t.number for t in self.reading.sentences if not t.signs & Sign.ROW][:NEAR_LEAD]:
            if n not in self.shapes or not self._may_lead(n):
                continue
            fee = 0.0 if n == self.lead else SECOND_LEADS
            fee += 0.0 if self._names_actor(n) else NO_ACTOR
            found += self._narrowed(self._candidates(n, self._lead_versions(n), fee), PER_LEAD)
            if n == self.lead and self._is_strong(n):
                break
        return [*found, *title]

    def _is_strong(self, n: int) -> bool:
        """Does the lead open with its subject and verb, and not with a long background?"""
        shape = self.shapes[n]
        return bool(shape.verbs) and shape.verbs[0] < 25 and self._names_actor(n)

    def _names_actor(self, n: int) -> bool:
        """Does an office, a role or an event stand in it? Background names none."""
        lists = ("facts.offices", "facts.roles", "facts.events")
        words = self.shapes[n].words
        if words and (words[0].low in self.rules["grammar.amounts"] or words[0].text[0].isdigit()):
            return True
        return any(self.rules[name].within(words) for name in lists)

    def _may_lead(self, n: int) -> bool:
        told = self.reading.sentences[n]
        if not self._usable(told) or n in self.duties.banned or told.signs & (Sign.DANGLING | Sign.TEMPORARY):
            return False
        if n != self.lead:
            first = told.words[0].text if told.words else ""
            return first in self.rules["facts.offices"] and not told.signs & (Sign.POINTING | Sign.SAID)
        return bool(self.shapes[n].verbs) or self.rules["grammar.verbless"].within(told.words)

    def _lead_versions(self, n: int) -> Iterable[Version]:
        shape = self.shapes[n]
        opening = preamble(shape)
        openings = [(), (opening,)] if opening is not None and not _holds_scope(shape, opening.end) else [()]
        return [v for v in versions(shape, self.reading.rewriter, openings) if not self._points_back(v, leads=True)]

    def _title(self) -> list[Candidate]:
        told = self.reading.head
        if not told.words or told.signs & (Sign.PART | Sign.GLUED) or _unbalanced(told.text):
            return []
        shape = self.shapes[-1]
        heard = bool(told.signs & (Sign.STATUS | Sign.DENIAL | Sign.CALL))
        heard = heard or self.rules["protected.after"].within(told.words)
        fee = (
            (STATUS_LEADS if heard else TITLE_LEADS)
            + (CAPITALS if told.text.isupper() else 0.0)
            + (QUOTES if Sign.QUOTE in told.signs else 0.0)
        )
        made = [
            v
            for v in versions(shape, self.reading.rewriter, [()])
            if not {c.rule for c in v.cuts} & {"purpose", "about", "second"}
        ]
        return self._narrowed(self._candidates(-1, made, fee), PER_LEAD // 2)

    # later sentences

    def _following(self, n: int) -> list[Candidate]:
        told = self.reading.sentences[n]
        if not self._usable(told) or n in self.duties.banned:
            return []
        if n != self.lead and (self._other_event(n) or self.rules["facts.filler"].within(told.words)):
            return []
        made = [v for v in self._later_versions(n) if _says_something(v) and self._may_follow(v)]
        return self._narrowed(self._candidates(n, made, 0.0), PER_SENTENCE)

    def _may_follow(self, version: Version) -> bool:
        """Does it stand by itself, or point back at no more than the sentence before it ("Hal itu", no pronoun)?"""
        return not self._points_back(version, leads=False) or self._may_point(version.number)

    def _may_point(self, n: int) -> bool:
        words, rules = self.shapes[n].words, self.rules
        far = any(not rules["grammar.leans"].at(words, a) for a, _ in rules["clauses.pointing"].find(words))
        far = far and not rules["gates.shifts"].at(words, 0)  # "Pada hari yang sama": that of the lead
        return n > self.lead and not far and not any(w.low in rules["grammar.pronouns"] for w in words)

    def _other_event(self, n: int) -> bool:
        """Is its subject an event that only a sentence behind the lead brought in?"""
        shape = self.shapes[n]
        first = shape.words[0]
        nominal = first.low.startswith("pe") and first.low.endswith("an") and len(first.low) > 7
        if (
            not (nominal or self.rules["facts.events"].at(shape.words, 0))
            or first.low in self.rules["grammar.this_event"]
        ):
            return False
        subject = shape.words[: shape.verbs[0] if shape.verbs and shape.verbs[0] else 1]
        roots = {root(w.low) for w in subject if len(w.text) > 2 and w.low not in self.rules["grammar.this_event"]}
        opener = self.lead if self.lead in self.shapes and self._may_lead(self.lead) else -1
        known = {root(w.low) for w in self.shapes[opener].words}
        between = {root(w.low) for k in range(self.lead + 1, n) if k in self.shapes for w in self.shapes[k].words}
        return not roots & known and bool(roots & between)

    def _later_versions(self, n: int) -> Iterable[Version]:
        shape, lead = self.shapes[n], self.shapes.get(self.lead, self.shapes[-1])
        between = [self.shapes[k] for k in range(self.lead + 1, n) if k in self.shapes]
        again = n != self.lead and not shape.told.signs & (Sign.RIGHT | Sign.CORRECTION | Sign.STATUS)
        known = frozenset(m.days for m in lead.told.dates) if again else frozenset()
        pointing = frames(shape)
        openings = [(*head, *pointing) for head in (heads(shape, lead, between) if n != self.lead else [()])]
        made = versions(shape, self.reading.rewriter, openings, known)
        if Sign.DANGLING not in shape.told.signs or self._may_point(n):
            return made
        return [v for v in made if v.cuts and v.cuts[0].start == 0]

    # what all of them share

    def _usable(self, told: Told) -> bool:
        if told.number not in self.shapes or told.signs & NEVER_USED or not told.words:
            return False
        if told.signs & Sign.QUOTE and (told.signs & Sign.SAID or told.text[0] in "“\"‘'"):
            return False
        if told.signs & Sign.DEIXIS and not told.dates:
            return False
        return "#" not in told.text and "$" not in told.text

    def _points_back(self, version: Version, *, leads: bool) -> bool:
        """Does a "tersebut" or "lainnya" in it point out of it? "Kegiatan ini" behind the lead is fine."""
        text = version.text
        for a, b in reversed(quoted_spans(text)):  # what a quotation points at is its own
            text = text[:a] + text[b:]
        words = words_of(text)
        if self.rules["clauses.dangling"].at(words, 0) or any(
            w.low in self.rules["grammar.pronouns"] for w in words[:4]
        ):
            return True
        for a, _ in self.rules["clauses.pointing"].find(words):
            before = words[a - 1] if a else None
            if before is not None and before.low in self.rules["grammar.spans_of_time"]:
                continue
            event = words[0].low in self.rules["grammar.gatherings"]
            if leads or not event or a > (3 if words[a].low in self.rules["grammar.near"] else 1):
                return True
        return False

    def _candidates(self, n: int, made: Iterable[Version], fee: float) -> list[Candidate]:
        found = [c for c in (self._candidate(v, fee) for v in made) if c is not None]
        chain = self._chain(n)
        if chain is None:
            return []
        found = self._narrowed(found, 3) if chain else found
        for k in chain:
            behind = [c for c in (self._candidate(v, 0.0) for v in self._whole(k)) if c is not None]
            found = [_both(a, b) for a, b in product(found, self._narrowed(behind, 2))]
        return found

    def _chain(self, n: int) -> list[int] | None:
        """The sentences that must follow this one; None where one of them can't be told."""
        chain: list[int] = []
        while (n := self.duties.follows.get(n, -1)) >= 0:
            told = self.reading.sentences[n] if n in self.shapes else None
            if told is None or told.signs & (Sign.PART | Sign.GLUED | Sign.LIST | Sign.ROW) or len(chain) == 3:
                return None
            chain.append(n)
        return chain

    def _whole(self, n: int) -> list[Version]:
        return [v for v in versions(self.shapes[n], self.reading.rewriter, [()]) if _is_whole(v)]

    def _candidate(self, version: Version, fee: float) -> Candidate | None:
        if self.style.autolinks and any(not is_office(u.text) for u in urls_in(version.text)):
            return None
        shape = self.shapes[version.number]
        facts, title, words, pairs = self.scale.said(shape, version)
        told = shape.told
        own = -fee - TIER[version.tier]
        duty = held(told, self.rules)
        if self.duties.bare_label and not denies_firmly(told, self.rules):
            duty &= ~Duty.DENIAL
        length = measure(version.text, self.style)
        hangs = None if version.subject or self._titled(shape) else frozenset((self.lead,))
        if version.number > self.lead and self._points_back(version, leads=False):
            hangs = self._leans_on(version.number)
            own -= 0.0 if duty & self.duties.required else POINTS_BACK
        return Candidate(
            (version,), length, facts, title, words, pairs, duty, own, version.number, version.number, hangs
        )

    def _leans_on(self, n: int) -> frozenset[int]:
        """What a sentence that points back needs before it: the one it stood behind, or the claim in the title."""
        told = self.reading.sentences[n]
        if Sign.TEMPORARY in told.signs:  # "Persentase tersebut belum final": of any figure before it
            return frozenset(range(self.lead, n))
        if self.rules["gates.shifts"].at(told.words, 0):
            return frozenset((n - 1, self.lead))
        if Sign.DENIAL not in told.signs:
            return frozenset((n - 1,))
        points = self.rules["grammar.leans"].find(told.words)
        nouns = {told.words[a - 1].low for a, _ in points if a}
        named = {k for k in self.shapes if self.lead <= k < n and nouns & {w.low for w in self.shapes[k].words}}
        return frozenset({n - 1, *named, *([-1] if self.duties.title_leads else [])})

    def _titled(self, shape: Shape) -> bool:
        """Is the subject that fell Kegiatan/Acara, or a noun that stands in the title too?"""
        first = shape.words[0].low
        return first in self.rules["grammar.this_event"] or any(w.low == first for w in self.shapes[-1].words)

    def _narrowed(self, found: Sequence[Candidate], most: int) -> list[Candidate]:
        """The candidates that no shorter one outweighs, the best of them."""
        weighed = [(self.scale.total(c.facts, c.title, c.words) + c.own, c) for c in found]
        kept: list[tuple[float, Candidate]] = []
        best = float("-inf")
        for worth, c in sorted(weighed, key=lambda p: (p[1].length, -p[0])):
            if worth > best:
                best = worth
                kept.append((worth, c))
        return [c for _, c in kept[-most:]] if len(kept) > most else [c for _, c in kept]


def _both(a: Candidate, b: Candidate) -> Candidate:
    """Two sentences that only go together."""
    return Candidate(
        (*a.versions, *b.versions),
        a.length + 1 + b.length,
        a.facts | b.facts,
        a.title | b.title,
        a.words | b.words,
        a.pairs | b.pairs,
        a.duty | b.duty,
        a.own + b.own,
        a.first,
        b.last,
    )


def _says_something(version: Version) -> bool:
    """Three words without a figure ("Monitoring dilakukan.") tell nothing."""
    words = words_of(version.text)
    return len(words) > 3 or any(w.text[0].isdigit() for w in words)


def _is_whole(version: Version) -> bool:
    """Did nothing fall but what always does?"""
    return all(cut.rule in ("free", "weekday", "degree", "sign") for cut in version.cuts)


def _holds_scope(shape: Shape, end: int) -> bool:
    """Does a protected word stand in the opening? Then it stays."""
    words = [w for w in shape.words if w.end <= end]
    rules = shape.rules
    return any(rules[name].within(words) for name in ("protected.after", "status.temporary", "status.status"))


def is_office(url: str) -> bool:
    """Addresses under kpu.go.id that a release prints may become links."""
    host = url.lower().split("//")[-1].split("/")[0].split("?")[0]
    return host == "kpu.go.id" or host.endswith(".kpu.go.id")


def _unbalanced(text: str) -> bool:
    return text.count("(") != text.count(")") or text.count("“") != text.count("”") or text.count('"') % 2 == 1

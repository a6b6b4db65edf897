"""Gates on what others say: no speech without its speaker, no quotation but whole and word for word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from medsosbot.model import Objection
from medsosbot.text.phrases import Word
from medsosbot.text.rewrite import quoted_spans
from medsosbot.text.rules import Rules
from medsosbot.text.selfcheck.align import Aligned
from medsosbot.text.selfcheck.case import Case, follows, is_short, objection, some
from medsosbot.text.selfcheck.rumours import is_claim, says_false
from medsosbot.text.selfcheck.source import Unit
from medsosbot.text.selfcheck.words import has_digit, is_name_part
from medsosbot.text.signs import Sign
from medsosbot.text.speech import opens_speech


def attribution_lost(case: Case) -> Iterator[Objection]:
    """Speech without its speaker."""
    for aligned in case.found:
        unit = aligned.unit
        named = _names_speaker(unit.text, unit.words, unit.rules, unit.quotes)
        spoken = unit.told.signs & Sign.SPEECH or (
            is_short(case) and unit.words[0].low in unit.rules["gates.imperatives"]
        )
        spoken = spoken or (is_short(case) and _goes_on_speaking(unit, case))
        running = spoken and not named and not follows(aligned, case) and not _denies_claim(aligned, case)
        if running or _speaker_fell(aligned):
            yield objection("attribution_lost", f"Ucapan tanpa penuturnya: “{some(aligned.line.words)}”.")
            return


def _denies_claim(aligned: Aligned, case: Case) -> bool:
    """ "Isu tersebut dinilai tidak berdasar" behind the claim: nobody takes that for somebody's opinion."""
    words, before = aligned.line.words, case.before(aligned)
    told = before is not None and is_claim(before.line.words, case.rules)
    return told and words[0].low in case.rules["gates.claims"] and says_false(words, case.rules)


def _goes_on_speaking(unit: Unit, case: Case) -> bool:
    """Is this perhaps still the speech of the sentence before? Not if an event, an office or a number opens it."""
    if unit.number < 1:
        return False
    before, rules = case.source.body[unit.number - 1], case.rules
    says = [i for i, w in enumerate(before.words) if w.low in rules["gates.saying"]]
    if not says or not unit.words or rules["speech.resume"].at(unit.words, 0):
        return False
    first = unit.words[0]
    own = any(first.text in rules[name] for name in ("facts.events", "facts.offices", "facts.roles"))
    held = any(w.low in rules["clauses.event_verbs"] or has_digit(w) for w in unit.words)
    return not own and not held and not unit.told.sentence.row


def _names_speaker(text: str, words: Sequence[Word], rules: Rules, quotes: Sequence[tuple[int, int]] = ()) -> bool:
    """Does the sentence itself name who speaks? A bare name is enough; what stands inside a quotation is none."""
    said = [w for i, w in enumerate(words) if not any(a <= i < b for a, b in quotes)]
    tags = [i for i, _ in rules["speech.tags"].find(said) if _is_tag(text, said[i])]
    if tags:
        return any(is_name_part(w) for i in tags for w in said[i + 1 : i + 8])
    verb = opens_speech(text, said, rules, quoted=bool(quotes))
    if verb is None:
        return False
    around = said[:verb]
    if said[verb].low.startswith("di"):
        around = [w for k, w in enumerate(said) if k and said[k - 1].low in rules["grammar.agent"]]
    return any(is_name_part(w) and w.low not in rules["clauses.dangling"] for w in around)


def _is_tag(text: str, word: Word) -> bool:
    """ "…, kata X", "Menurut X, …": not the "lanjut" of "tindak lanjut"."""
    before = text[: word.start].rstrip()
    return not before or before[-1] in ",”\"’'?!–"


def _speaker_fell(aligned: Aligned) -> bool:
    """Words of somebody's speech are kept, and the verb of saying or its speaker isn't."""
    unit, kept, line = aligned.unit, aligned.kept, aligned.line
    if not aligned.gaps or not _names_speaker(unit.text, unit.words, unit.rules, unit.quotes):
        return False
    quoted = any(any(kept[a:b]) for a, b in unit.quotes)
    verb = opens_speech(unit.text, unit.words, unit.rules, quoted=bool(unit.quotes))
    that = next((i for i, w in enumerate(unit.words) if w.low in unit.rules["grammar.that"]), None)
    if that is not None:
        spoken = any(kept[that + 1 :])
    else:
        spoken = quoted or (not unit.quotes and verb is not None and any(kept[verb + 1 :]))
    if not spoken:
        return False
    return not (_tag_kept(aligned) if quoted else _names_speaker(line.text, line.words, unit.rules))


def _tag_kept(aligned: Aligned) -> bool:
    """Beside the quotation, is the verb of saying kept and a name with it?"""
    unit = aligned.unit
    outside = [i for i in range(len(unit.words)) if aligned.kept[i] and not any(a <= i < b for a, b in unit.quotes)]
    says = any(unit.at("speech.tags", i) or unit.at("speech.verbs", i) or unit.at("speech.always", i) for i in outside)
    return says and any(is_name_part(unit.words[i]) for i in outside)


def quote_changed(case: Case) -> Iterator[Objection]:
    """A quotation goes whole, word for word and in its marks, or not at all."""
    for aligned in case.found:
        if _quote_is_cut(aligned) or _quote_is_new(aligned) or _said_is_cut(aligned):
            yield objection("quote_changed", f"Kutipan berubah atau terpotong: “{some(aligned.line.words)}”.")
            return


def _quote_is_cut(aligned: Aligned) -> bool:
    kept = aligned.kept
    for start, end in aligned.unit.quotes:
        inside = kept[start:end]
        if any(inside) and not all(inside):
            return True
        if any(n.rewritten and n.start < end and start < n.end for n in aligned.nodes):
            return True
        if any(inside) and not quoted_spans(aligned.line.text):
            return True
    return False


def _said_is_cut(aligned: Aligned) -> bool:
    """ "X mengatakan pencermatan dilakukan [agar tidak ada pemilih ganda]": what was said is shortened."""
    unit = aligned.unit
    says = next((i for i, w in enumerate(unit.words) if w.low in unit.rules["gates.saying"] and aligned.kept[i]), None)
    if says is None or unit.number < 0 or unit.quotes:
        return False
    if _done_fell(aligned, says):
        return True
    return any(
        gap.start > says and aligned.first <= says and not unit.at("clauses.companions", gap.start)
        for gap in aligned.cuts
    )


def _done_fell(aligned: Aligned, says: int) -> bool:
    """ "menegaskan seluruh dokumen [telah] diverifikasi": what is done would be still to do."""
    unit, kept = aligned.unit, aligned.kept
    return any(
        w.low in unit.rules["grammar.before_verb"] and not kept[i] and i + 1 < len(kept) and kept[i + 1]
        for i, w in enumerate(unit.words)
        if i > says
    )


def _quote_is_new(aligned: Aligned) -> bool:
    """A quotation in the post that is none in the release, or an open one."""
    if aligned.line.text == aligned.unit.text:
        return False
    told = {_bare(aligned.unit.text[a:b]) for a, b in quoted_spans(aligned.unit.text)}
    said = [_bare(aligned.line.text[a:b]) for a, b in quoted_spans(aligned.line.text)]
    return any(one not in told for one in said) and Sign.PART not in aligned.unit.told.signs


def _bare(quotation: str) -> str:
    return " ".join(quotation[1:-1].split()).rstrip(".,")

"""Gates on whether a sentence stands by itself: its speaker, quotation, list, verb and end, and what it points at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from medsosbot.model import Objection
from medsosbot.text.phrases import Word
from medsosbot.text.rewrite import QUOTES, quoted_spans
from medsosbot.text.rules import Rules
from medsosbot.text.selfcheck.align import Aligned, is_free
from medsosbot.text.selfcheck.case import Case, is_short, objection, some
from medsosbot.text.selfcheck.source import Unit
from medsosbot.text.selfcheck.words import is_name_part, is_verb
from medsosbot.text.signs import ENUMERATION, Sign
from medsosbot.text.speech import opens_speech

GENERIC = frozenset({"kegiatan", "acara", "rapat", "pertemuan", "agenda", "kesempatan", "hal"})
PRONOUNS = frozenset({"ia", "dia", "beliau", "mereka", "keduanya"})
IMPERATIVES = frozenset({"jangan", "mari", "ayo", "mohon", "marilah"})
CALENDAR = frozenset({"saat", "kali", "selama", "sejauh", "sampai", "hingga", "kini", "masa", "era", "dewasa"})
THIS = frozenset({"ini", "tersebut", "itu", "dimaksud"})
GLUED_STOPS = re.compile(r"[.,;:!?)]\.+[A-Z]|\w\.\.[A-Z]")
BRACKETS = (("(", ")"), ("“", "”"), ("[", "]"))


def follows(aligned: Aligned, case: Case) -> bool:
    """Does the post's sentence before this one come from the release's sentence before it?"""
    before = case.before(aligned)
    return before is not None and before.unit.number == aligned.unit.number - 1 and aligned.unit.number > 0


def attribution_lost(case: Case) -> Iterator[Objection]:
    """Speech without its speaker."""
    for aligned in case.found:
        unit = aligned.unit
        named = _names_speaker(unit.text, unit.words, unit.rules, unit.quotes)
        spoken = unit.told.signs & Sign.SPEECH or (is_short(case) and unit.words[0].low in IMPERATIVES)
        running = spoken and not named and not follows(aligned, case)
        if running or _speaker_fell(aligned):
            yield objection("attribution_lost", f"Ucapan tanpa penuturnya: “{some(aligned.line.words)}”.")
            return


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
        around = [w for k, w in enumerate(said) if k and said[k - 1].low == "oleh"]
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
    that = next((i for i, w in enumerate(unit.words) if w.low == "bahwa"), None)
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
        if _quote_is_cut(aligned) or _quote_is_new(aligned):
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


def _quote_is_new(aligned: Aligned) -> bool:
    """A quotation in the post that is none in the release, or an open one."""
    if aligned.line.text == aligned.unit.text:
        return False
    told = {_bare(aligned.unit.text[a:b]) for a, b in quoted_spans(aligned.unit.text)}
    said = [_bare(aligned.line.text[a:b]) for a, b in quoted_spans(aligned.line.text)]
    return any(one not in told for one in said) and Sign.PART not in aligned.unit.told.signs


def _bare(quotation: str) -> str:
    return " ".join(quotation[1:-1].split()).rstrip(".,")


def list_cut(case: Case) -> Iterator[Objection]:
    """Rows without their list, a list without its rows, an enumeration of which a part fell."""
    for aligned in case.found:
        unit = aligned.unit
        rest = [g for g in aligned.cuts if ENUMERATION.search(unit.text) and g.end > _enumeration(unit)]
        if rest and any(aligned.kept[_enumeration(unit) :]):
            yield objection("list_cut", f"Daftar terpotong: “{some(unit.words[rest[0].start : rest[0].end])}” hilang.")
            return
        if any(not case.whole(other) for other in _rows(unit, case) if aligned.last == len(unit.words) - 1):
            yield objection("list_cut", f"Daftar terpotong di “{some(aligned.line.words)}”.")
            return


def _enumeration(unit: Unit) -> int:
    """The first word of an inline enumeration."""
    found = ENUMERATION.search(unit.text)
    at = found.start() if found else 0
    return next((i for i, w in enumerate(unit.words) if w.start >= at), len(unit.words))


def _rows(unit: Unit, case: Case) -> Iterator[Unit]:
    """The rows that belong with this sentence: those of its list, those behind the sentence that announces them."""
    body = case.source.body
    if unit.number < 0 or not (unit.told.sentence.heads_list or _is_row(unit)):
        return
    n = unit.number + 1
    while n < len(body) and _is_row(body[n]):
        yield body[n]
        n += 1
    n = unit.number - 1
    while _is_row(unit) and n >= 0 and (_is_row(body[n]) or body[n].told.sentence.heads_list):
        yield body[n]
        n -= 1


def _is_row(unit: Unit) -> bool:
    return unit.told.sentence.row and unit.text[:1] in "-–—•▪●○*·>✓✔➢0123456789(abcdefghABCDEFGH" and _marked(unit)


def _marked(unit: Unit) -> bool:
    head = unit.text.split(" ", 1)[0]
    return len(head) <= 4 and (head.endswith((".", ")")) or not head[-1:].isalnum())


def fragment(case: Case) -> Iterator[Objection]:
    """No verb is left where the release has one; a title may do without."""
    for aligned in case.found:
        unit = aligned.unit
        if is_short(case) and unit.number >= 0 and not unit.verbs and unit.told.sentence.row and not _is_row(unit):
            yield objection("fragment", f"“{some(aligned.line.words)}” bukan kalimat utuh.")
            return
        if is_short(case) and unit.number >= 0 and unit.text[:1] in "(,;)" and aligned.first == 0:
            yield objection("fragment", f"“{some(aligned.line.words)}” adalah sisa kalimat di depannya.")
            return
        if unit.number < 0 or not aligned.cuts or not unit.verbs:
            continue
        verbs = [w for w in aligned.line.words if is_verb(w, unit.rules)]
        if not any(aligned.kept[v] for v in unit.verbs) and not verbs:
            yield objection("fragment", f"“{some(aligned.line.words)}” bukan kalimat utuh.")
            return


def bad_closure(case: Case) -> Iterator[Objection]:
    """It ends in a preposition or an abbreviation, with a bracket open, or its marks collide."""
    for aligned in case.found:
        text, words, unit = aligned.line.text, aligned.line.words, aligned.unit
        cut = aligned.last < len(unit.words) - 1
        last = words[-1]
        short = case.rules.abbreviations
        if cut and (last.low in case.rules["clauses.open_end"] or last.low in case.rules["protected.before"]):
            yield objection("bad_closure", f"Kalimat berhenti di “{last.text}”.")
        elif cut and (last.text in short.before_number or last.text in short.never) and len(last.text) > 1:
            yield objection("bad_closure", f"Kalimat berhenti di singkatan “{last.text}”.")
        elif any(text.count(a) != text.count(b) and unit.text.count(a) == unit.text.count(b) for a, b in BRACKETS):
            yield objection("bad_closure", f"Kurung atau tanda kutip tidak tertutup: “{some(words)}”.")
        elif is_short(case) and GLUED_STOPS.search(text):
            yield objection("bad_closure", f"Spasi di belakang titik hilang: “{some(words)}”.")
        elif text != unit.text and _collides(text) and not _collides(unit.text):
            yield objection("bad_closure", f"Tanda baca bertabrakan di “{some(words)}”.")
        elif _stop_inside(aligned) or _comma_left(aligned) or (text[:1].islower() and unit.text[:1].isupper()):
            yield objection("bad_closure", f"Tanda baca atau huruf besar salah di “{some(words)}”.")
        elif is_short(case) and text.rstrip()[-1:] in (",", ";", ":", "…") and cut:
            yield objection("bad_closure", f"Kalimat belum selesai: “{some(words)}”.")


def _collides(text: str) -> bool:
    return any(pair in text for pair in (" ,", ",,", ", .", ",.", "()", "( ", " )", " .", ",;", " ;", ", ("))


def _stop_inside(aligned: Aligned) -> bool:
    """A full stop before a small letter that the release hasn't: "KPU Paser. merencanakan"."""
    text, short = aligned.line.text, aligned.unit.rules.abbreviations
    if ". " not in text or text == aligned.unit.text:
        return False
    known = short.never | short.before_number | short.maybe_final
    for one, two in pairwise(aligned.line.words):
        between = text[one.end : two.start]
        if between.startswith(".") and two.text[0].islower() and one.text not in known and len(one.text) > 1:
            told = f"{one.text}{between}{two.text}"
            if told not in aligned.unit.text and not short.degree.fullmatch(one.text):
                return True
    return False


def _comma_left(aligned: Aligned) -> bool:
    """The name between two commas fell and one comma stayed: "Ketua KPU, menjelaskan"."""
    unit, line = aligned.unit, aligned.line
    for one, two in pairwise(aligned.nodes):
        fell = two.start > one.end and unit.between(one.end) == "," and unit.between(two.start) == ","
        left = line.text[line.words[one.upto - 1].end : line.words[two.at].start].strip()
        if (
            fell
            and left == ","
            and not is_free(unit, one.end, two.start)
            and two.start in unit.verbs
            and not any(v < one.end for v in unit.verbs)
        ):
            return True
    return False


def dangling(case: Case) -> Iterator[Objection]:
    """It opens with, or holds, what only an earlier sentence explains."""
    if not is_short(case):
        return
    for aligned in case.found:
        if follows(aligned, case):
            continue
        words = aligned.line.words
        if _is_unnamed(aligned, case):
            yield objection("dangling", f"“{words[0].text}” tanpa kalimat yang menyebut acaranya.")
            return
        start = case.rules["clauses.dangling"].at(words, 0)
        fixed = _is_fixed(words, start - 1, case) or words[0].low in CALENDAR
        if start and not fixed and aligned.line.text[0] not in QUOTES and not _this_event(aligned, case):
            yield objection("dangling", f"“{some(words[:start])}” menunjuk kalimat yang tidak ikut.")
            return
        lost = _points_back(aligned, case)
        if lost:
            yield objection("dangling", f"“{lost}” menunjuk kalimat yang tidak ikut.")
            return


def _is_unnamed(aligned: Aligned, case: Case) -> bool:
    """ "Kegiatan dilaksanakan …" as the first sentence: nobody knows which."""
    words = aligned.line.words
    nameless = words[0].low in ("kegiatan", "acara") and not (len(words) > 1 and is_name_part(words[1]))
    return nameless and case.before(aligned) is None and aligned.unit.number > 0


def _this_event(aligned: Aligned, case: Case) -> bool:
    words = aligned.line.words
    return len(words) > 1 and words[0].low in GENERIC and case.before(aligned) is not None


def _points_back(aligned: Aligned, case: Case) -> str:
    """ "rapat tersebut" where no earlier words of the post name the thing."""
    words, quotes = aligned.line.words, quoted_spans(aligned.line.text)
    earlier = {w.low for line in case.lines if line.place < aligned.line.place for w in line.words}
    for i, word in enumerate(words):
        if any(a <= word.start < b for a, b in quotes):
            continue
        if word.low in PRONOUNS and not any(is_name_part(w) for w in words[1:i]):
            return word.text
        if word.low not in THIS or not i or _is_fixed(words, i, case):
            continue
        noun = words[i - 1].low
        own = {w.low for w in words[: i - 1]}
        if noun in CALENDAR or noun in earlier or noun in own or (noun in GENERIC and earlier):
            continue
        return f"{words[i - 1].text} {word.text}"
    return ""


def _is_fixed(words: object, i: int, case: Case) -> bool:
    """ "hari ini", "tahun ini": these point at the calendar, not at a sentence."""
    found = case.rules["calendar.relative"].find(words)  # type: ignore[arg-type]
    return any(a <= i < b for a, b in found)

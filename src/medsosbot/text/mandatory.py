"""What must be said wherever its subject is: a denial, a status, a deadline, a correction's right figure."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Flag, auto
from itertools import zip_longest

from medsosbot.text.reading import Reading, Told
from medsosbot.text.rules import Rules
from medsosbot.text.signs import Sign

ALIKE = 3  # words by which two sentences begin alike
MOST_PARALLEL = 4
NEAR = 3  # sentences behind the lead in which what it announces may be called provisional
FIRST = 4  # sentences from the start in which a status or a call is the release's own matter


class Duty(Flag):
    """What a post of this release must hold."""

    NONE = 0
    STATUS = auto()
    DENIAL = auto()
    DEADLINE = auto()
    RIGHT = auto()
    TEMPORARY = auto()


GATES = {
    Duty.STATUS: "status_lost",
    Duty.DENIAL: "rumour_as_fact",
    Duty.DEADLINE: "deadline_lost",
    Duty.TEMPORARY: "status_lost",
    Duty.RIGHT: "rumour_as_fact",
}


@dataclass(frozen=True)
class Duties:
    """required: what a post must hold. banned: sentences that may not be told. follows: n -> the sentence that must
    come directly behind it. title_leads: the title carries the label without which nothing may be said.
    bare_label: a label or "klarifikasi" says that something is denied, while a sentence says it: that one must go too.
    """

    required: Duty = Duty.NONE
    banned: frozenset[int] = frozenset()
    follows: dict[int, int] = field(default_factory=dict)
    title_leads: bool = False
    bare_label: bool = False


OWN = Sign.SPEECH | Sign.PART


def duties_of(reading: Reading, rules: Rules) -> Duties:
    """The duties of any short form of this release."""
    told = reading.sentences
    head = reading.head
    required, banned, follows = Duty.NONE, set[int](), dict[int, int]()
    title_leads = bare_label = False
    if any(_has_status(t, rules) and not t.signs & (OWN | Sign.CLAIM) for t in (head, *told[:FIRST])):
        required |= Duty.STATUS
        _chain_status(reading, banned, follows, rules)
    if _is_rumour(reading, rules):
        title_leads = _labelled(head, rules)
        bare_label = any(denies_firmly(t, rules) and not t.signs & Sign.PART for t in told)
        required |= Duty.DENIAL
        _chain_claims(reading, banned, follows, rules)
    calls = any(Sign.CALL in t.signs for t in (head, *told[:3]))
    if (calls and any(_sets_end(t, rules) for t in told)) or any(_grants(t, rules) for t in told[: FIRST + 1]):
        required |= Duty.DEADLINE
    if _is_correction(reading):
        required |= Duty.RIGHT
        title_leads = Sign.CORRECTION in head.signs and not (told and Sign.CORRECTION in told[0].signs)
        _chain_corrections(reading, banned, follows)
    required |= _chain_provisional(head, told, follows, rules)
    _chain_parallels(told, banned, follows)
    return Duties(required, frozenset(banned), follows, title_leads, bare_label)


def held(told: Told, rules: Rules) -> Duty:
    """Which duties this sentence (or title) fulfils when it stands in a post."""
    found = Duty.NONE
    if _has_status(told, rules):
        found |= Duty.STATUS
    if Sign.DENIAL in told.signs or _labelled(told, rules):
        found |= Duty.DENIAL
    if _sets_end(told, rules):
        found |= Duty.DEADLINE
    if Sign.TEMPORARY in told.signs or rules["protected.after"].within(told.words):
        found |= Duty.TEMPORARY
    if (
        told.signs & (Sign.CORRECTION | Sign.RIGHT)
        and any(ch.isdigit() for ch in told.text)
        and Sign.RIGHT in told.signs
    ):
        found |= Duty.RIGHT
    return found


def _sets_end(told: Told, rules: Rules) -> bool:
    """A deadline, or in a call the days from and to which something is handed in."""
    if Sign.DEADLINE in told.signs or _grants(told, rules):
        return True
    return any(not m.single for m in told.dates) and rules["status.window"].within(told.words)


def _grants(told: Told, rules: Rules) -> bool:
    """ "diberi kesempatan melengkapi berkas sampai dengan pukul 23.59": time that is granted has an end."""
    if told.signs & OWN:
        return False
    for _, end in rules["gates.granted"].find(told.words):
        behind = told.words[end:]
        until = [i for i, w in enumerate(behind) if w.low in rules["grammar.until"]]
        if any(w.text[0].isdigit() for i in until[:1] for w in behind[i : i + 6]):
            return True
    return False


def _has_status(told: Told, rules: Rules) -> bool:
    """Put off or called off; or "semula dijadwalkan Minggu (10/11), dipindahkan ke Selasa (12/11)"."""
    moved = len({m.days for m in told.dates}) > 1 and rules["gates.formerly"].within(told.words)
    return Sign.STATUS in told.signs or moved


def denies_firmly(told: Told, rules: Rules) -> bool:
    """Does it say that something is false, beyond a label or "klarifikasi"?"""
    words = told.words
    marks = {i for a, b in rules["status.labels"].find(words) for i in range(a, b) if a == 0 or words[a].text.isupper()}
    return any(
        a not in marks and not rules["gates.weak_denials"].at(words, a) for a, _ in rules["status.denial"].find(words)
    )


def _may_change(told: Told) -> bool:
    """Does this sentence call the figures before it provisional? It isn't somebody's running speech."""
    return Sign.TEMPORARY in told.signs and not told.signs & (OWN | Sign.SAID)


def _chain_provisional(head: Told, told: tuple[Told, ...], follows: dict[int, int], rules: Rules) -> Duty:
    """Figures that a later sentence calls provisional go with all up to it; the lead's and the title's need it too."""
    at = next((t.number for t in told[: 2 * FIRST] if _may_change(t)), -1)
    if at < 0:
        return Duty.NONE
    for t in told[max(1, at - 3) : at]:
        if _amounts(t):
            follows.update({n: n + 1 for n in range(t.number, at)})
            break
    announced = at <= NEAR and rules["gates.announcing"].within(told[0].words)
    return Duty.TEMPORARY if announced or _amounts(head) or _amounts(told[0]) else Duty.NONE


def _amounts(told: Told) -> bool:
    """Does it give a figure that is no date?"""
    dates = [(m.start, m.end) for m in told.dates]
    return any(
        w.text[0].isdigit() and len(w.text) != 4 and not any(a <= w.start < b for a, b in dates) for w in told.words
    )


def mandatory(reading: Reading, rules: Rules) -> tuple[tuple[int, ...], ...]:
    """Groups of sentences, one of each at least must stand in a caption that is cut."""
    duties = duties_of(reading, rules)
    groups = []
    for duty in (Duty.STATUS, Duty.DENIAL, Duty.DEADLINE, Duty.RIGHT, Duty.TEMPORARY):
        vague = duty is Duty.DENIAL and duties.bare_label and not denies_firmly(reading.head, rules)
        if duty in duties.required and (vague or duty not in held(reading.head, rules)):
            found = [t.number for t in reading.sentences if duty in held(t, rules) and _answers(t, duty, duties, rules)]
            if found:
                groups.append((found[0],))
    return tuple(groups)


def _answers(told: Told, duty: Duty, duties: Duties, rules: Rules) -> bool:
    return duty is not Duty.DENIAL or not duties.bare_label or denies_firmly(told, rules)


def _labelled(told: Told, rules: Rules) -> bool:
    """[HOAKS], "HOAKS:", "Cek Fakta:", "RALAT": a label in brackets, before a colon, or alone in capitals."""
    for a, b in rules["status.labels"].find(told.words):
        before = told.text[: told.words[a].start].strip()
        behind = told.text[told.words[b - 1].end :].lstrip()
        if before in ("[", "(") and behind[:1] in ("]", ")", "!"):
            return True
        if before == "" and (behind[:1] in (":", "!", "") or told.text[: told.words[b - 1].end].isupper()):
            return True
    return False


def _is_rumour(reading: Reading, rules: Rules) -> bool:
    """Does the release deny something? A label, a title that denies, or a claim with a denial near it."""
    head, told = reading.head, reading.sentences
    if _labelled(head, rules) and (Sign.DENIAL in head.signs):
        return True
    if Sign.DENIAL in head.signs and any(Sign.CLAIM in t.signs for t in (head, *told[:5])):
        return True
    return any(
        Sign.CLAIM in t.signs and any(Sign.DENIAL in n.signs for n in told[i : i + 3]) for i, t in enumerate(told)
    )


def _chain_claims(reading: Reading, banned: set[int], follows: dict[int, int], rules: Rules) -> None:
    """A claim goes only with the denial behind it, and all between. Under a label, all that doesn't deny is a claim."""
    told, label = reading.sentences, _labelled(reading.head, rules)
    denied = False
    for i, t in enumerate(told):
        behind = told[i + 1].signs if i + 1 < len(told) else Sign(0)
        running = Sign.DENIAL in behind and Sign.SPEECH in behind and Sign.PART not in behind
        if running and Sign.SAID in t.signs and not denies_firmly(t, rules):
            follows[i] = i + 1  # "KPU menjelaskan bahwa … . Tidak ada perubahan suara.": its speaker stands before it
            denied = True
            continue
        if Sign.DENIAL in t.signs:
            if not denied:
                _chain_right_figure(told, i, follows)
            denied = True
            continue
        if denied and Sign.CLAIM not in t.signs and not label:
            continue
        end = _denial_behind(told, i)
        if end is not None:
            follows.update({n: n + 1 for n in range(i, end)})
        elif Sign.CLAIM in t.signs or label or not _acts(t, rules):
            banned.add(t.number)


def _chain_right_figure(told: tuple[Told, ...], i: int, follows: dict[int, int]) -> None:
    """What is denied gave a figure or day, and the next sentence gives the right one: that goes with the denial."""
    following = told[i + 1] if i + 1 < len(told) else None
    wrong = _figures(told[i]) or (i > 0 and _figures(told[i - 1]))
    if following is None or not wrong or following.signs & (OWN | Sign.ROW | Sign.LIST | Sign.DENIAL):
        return
    if _figures(following):
        follows[i] = i + 1


def _denial_behind(told: tuple[Told, ...], i: int) -> int | None:
    """The number of a denial one or two sentences behind this one, if all between may be told."""
    for n in range(i + 1, min(i + 3, len(told))):
        if told[n].signs & (OWN | Sign.ROW | Sign.LIST):
            return None
        if Sign.DENIAL in told[n].signs:
            return n
    return None


def _acts(t: Told, rules: Rules) -> bool:
    """Is this the office's own deed rather than the rumour's text?"""
    return bool(t.words) and t.words[0].text in rules["grammar.actors"] and Sign.CLAIM not in t.signs


def _is_correction(reading: Reading) -> bool:
    head, told = reading.head, reading.sentences
    headed = Sign.CORRECTION in head.signs and any(Sign.RIGHT in t.signs and _figures(t) for t in told)
    return headed or any(
        Sign.CORRECTION in t.signs and not t.signs & OWN and any(ch.isdigit() for ch in t.text) for t in told
    )


def _chain_corrections(reading: Reading, banned: set[int], follows: dict[int, int]) -> None:
    """The wrong figure goes only with the right one behind it, or in one sentence with it."""
    told = reading.sentences
    wrong: set[str] = set()
    headed = Sign.CORRECTION in reading.head.signs  # all before the right figure tells the wrong one
    for i, t in enumerate(told):
        if Sign.RIGHT in t.signs:
            if headed:
                break
            continue
        if Sign.CORRECTION not in t.signs and not (headed and _figures(t)):
            continue
        following = told[i + 1] if i + 1 < len(told) else None
        if following is not None and Sign.RIGHT in following.signs and not following.signs & OWN:
            follows[t.number] = following.number
            wrong |= _figures(t) - _figures(following)
        elif (_figures(t) and Sign.CORRECTION not in t.signs) or (_figures(t) and following is None):
            banned.add(t.number)
    for t in told:
        if _figures(t) & wrong and t.number not in follows and Sign.RIGHT not in t.signs:
            banned.add(t.number)


def _chain_status(reading: Reading, banned: set[int], follows: dict[int, int], rules: Rules) -> None:
    """Before a status is told, a date or a call is the old one: it goes only with the status directly behind it.

    Behind it, what leans on the new day without naming it ("hadir pukul 08.00") isn't told.
    """
    seen = False
    for t, following in zip_longest(reading.sentences, reading.sentences[1:]):
        if _has_status(t, rules):
            seen = True
        elif not seen and (t.dates or Sign.CALL in t.signs):
            if following is not None and _has_status(following, rules) and not following.signs & OWN:
                follows[t.number] = following.number
            elif any(Sign.STATUS in n.signs for n in reading.sentences) or t.dates:
                banned.add(t.number)
        elif seen and Sign.CALL in t.signs and not t.dates:
            banned.add(t.number)


def _chain_parallels(told: tuple[Told, ...], banned: set[int], follows: dict[int, int]) -> None:
    """Figures told one by one ("Paslon 1 memperoleh …" "Paslon 2 memperoleh …") go all together or not at all."""
    i = 0
    while i < len(told):
        j = i + 1
        while j < len(told) and _parallel(told[i], told[j]):
            j += 1
        if j - i > MOST_PARALLEL:
            banned.update(range(i, j))
        elif j - i > 1:
            follows.update({n: n + 1 for n in range(i, j - 1)})
            banned.update(range(i + 1, j))  # alone; behind the first they stand
        i = j


def _parallel(a: Told, b: Told) -> bool:
    """Two sentences that begin alike and each give a figure."""
    if not (_figures(a) and _figures(b)) or (a.signs | b.signs) & (OWN | Sign.ROW):
        return False
    first, second = ([w.low for w in t.words if not w.text[0].isdigit()][:ALIKE] for t in (a, b))
    return len(first) == ALIKE and first == second


def _figures(t: Told) -> set[str]:
    return {w.text for w in t.words if w.text[0].isdigit()}

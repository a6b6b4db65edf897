"""Who speaks in which sentence: reported speech runs on over sentences, and none of it stands without its speaker."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from medsosbot.text.phrases import Word
from medsosbot.text.rules import Rules
from medsosbot.text.sentences import Sentence


class Voice(Enum):
    """OWN: the release itself. SAID: speech, with its speaker. RUNNING: speech (or perhaps), without a speaker."""

    OWN = "own"
    SAID = "said"
    RUNNING = "running"


def voices(
    sentences: Sequence[tuple[Sentence, Sequence[Word]]], *, quotes_open: Sequence[bool], rules: Rules
) -> list[Voice]:
    """The voice of each sentence, in order. quotes_open: which sentences hold a quotation or a part of one."""
    found: list[Voice] = []
    speaking = False
    for (sentence, words), quoted in zip(sentences, quotes_open, strict=True):
        if sentence.row:
            found.append(Voice.OWN)
            continue
        opens = opens_speech(sentence.text, words, rules, quoted=quoted)
        if opens is not None:
            speaking = True
            found.append(Voice.SAID if has_speaker(sentence.text, words, opens, rules) else Voice.RUNNING)
        elif speaking and not resumes(sentence.text, words, rules):
            found.append(Voice.RUNNING)
        else:
            speaking = False
            found.append(Voice.OWN)
    return found


def opens_speech(text: str, words: Sequence[Word], rules: Rules, *, quoted: bool = False) -> int | None:
    """The number of the word by which somebody speaks in this sentence; None where nobody does.

    A verb of saying needs its frame: "bahwa" behind it, a quotation, or that it always reports an opinion.
    """
    that = next((i for i, w in enumerate(words) if w.low in rules["grammar.that"]), -1)
    occasion = None
    for i in range(len(words)):
        if rules["speech.always"].at(words, i):
            return i
        n = rules["speech.verbs"].at(words, i)
        if n and (i < that or quoted or text[words[i + n - 1].end :].startswith(",")):
            return i
        if rules["gates.saying"].at(words, i) and any(rules["facts.roles"].at(words, k) for k in range(i)):
            return i  # "Ketua KPU X, Budi, menegaskan seluruh berkas telah diperiksa": without "bahwa" too
        if rules["speech.tags"].at(words, i) and _is_tag(text, words, i, rules, quoted=quoted):
            return i
        if occasion is None and i < 4 and rules["speech.occasions"].at(words, i):
            occasion = _behind_name(words, i, rules)
    return occasion


def _behind_name(words: Sequence[Word], i: int, rules: Rules) -> int:
    """ "Dalam sambutannya, Budi mengajak …": the first small word behind the name that follows the occasion."""
    k = i + 1
    while k < len(words) and (words[k].text[0].isupper() or words[k].low in rules["facts.empty"]):
        k += 1
    return min(k, len(words) - 1)


def _is_tag(text: str, words: Sequence[Word], i: int, rules: Rules, *, quoted: bool) -> bool:
    """ "…, ujar Ketua KPU": a tag stands behind a comma or quotation, or "Menurut X," opens the sentence."""
    low = words[i].low
    if low in rules["grammar.according"]:
        return i == 0 or text[: words[i].start].rstrip().endswith(",")
    if low.endswith("nya"):
        return True
    before = text[: words[i].start].rstrip()
    return before.endswith((",", "”", '"', "’", "'", "?", "!")) and i > 0 and (quoted or _name_follows(words, i, rules))


def _name_follows(words: Sequence[Word], i: int, rules: Rules) -> bool:
    return i + 1 < len(words) and (words[i + 1].text[0].isupper() or words[i + 1].low in rules["grammar.him"])


def has_speaker(text: str, words: Sequence[Word], verb: int, rules: Rules) -> bool:
    """Does this sentence say who speaks? A role or office, no bare name: before the verb, behind a tag or "oleh"."""
    if rules["speech.tags"].at(words, verb):
        around = words[verb + 1 : verb + 8]
    elif words[verb].low.startswith(tuple(rules["grammar.passive"].phrases)):
        around = [words[k] for k in range(1, len(words)) if words[k - 1].low in rules["grammar.agent"]][:1]
    else:
        around = words[:verb]
        if around and rules["clauses.dangling"].at(words, 0) and len(around) < 3:
            return False
    return any(w.text in rules[name] for w in around for name in ("facts.roles", "facts.offices"))


def resumes(text: str, words: Sequence[Word], rules: Rules) -> bool:
    """Is this sentence surely the release's own again? Its subject is the event, an office or a person who acts."""
    if not words:
        return False
    if rules["speech.resume"].at(words, 0):
        return True
    if words[0].text in rules["facts.offices"] or words[0].text in rules["facts.roles"]:
        for word in words[1:12]:
            if word.low in rules["speech.doubt"]:
                return False
            if (
                word.low.startswith(tuple(rules["grammar.acting_verbs"].phrases))
                and word.text[0].islower()
                and word.low not in rules["clauses.no_verbs"]
            ):
                return True
        return False
    if rules["facts.events"].at(words, 0):
        return any(w.low in rules["clauses.event_verbs"] for w in words[1:12])
    return False

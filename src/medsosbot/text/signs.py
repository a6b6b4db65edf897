"""What each sentence is: a row, a part of a quotation, running speech, a claim, a denial, a deadline …

Marking comes first, and what is marked isn't used: most of the safety of a post lies here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Flag, auto

from medsosbot.text.phrases import Word
from medsosbot.text.rewrite import QUOTES
from medsosbot.text.rules import Rules
from medsosbot.text.sentences import Sentence
from medsosbot.text.speech import Voice, voices

# A digit or a run of capitals inside a word; "16.00wib", "12th" and "2an" are read as they stand.
GLUED = re.compile(
    r"[a-z]{2}\d|\d(?!(?:wib|wita|wit|WIB|WITA|WIT|th|an|nd|st)\b)[a-z]{3}|[a-z]{2}[A-Z]{2}|[a-z]{3}[.][A-Z][a-z]{2}|(?<![.])[.]{2}(?![.])"
)
ENUMERATION = re.compile(
    r"(?:[:;,]\s*\(?|\s\()(?:1|a)[.)]\s|[:;]\s*\(?(?:2|b)[.)]\s|[:;]\s*[-•]\s|\s-\s+\S[^-]{2,80};?\s-\s"
)


class Sign(Flag):
    """ROW a list's or table's line, a subhead. LIST it opens or holds a list. PART it holds a part of a quotation.
    QUOTE it holds a whole one. SPEECH running speech without its speaker. SAID speech with its speaker.
    GLUED a space is missing inside a word. DEIXIS "hari ini". DANGLING it needs the sentence before it.
    POINTING "tersebut" somewhere inside. CLAIM, DENIAL, STATUS, DEADLINE, CALL, CORRECTION, RIGHT, TEMPORARY.
    QUESTION. FOREIGN: behind a second dateline, another release that ran in.
    FOREIGN behind a second dateline: another release that ran in.
    """

    ROW = auto()
    LIST = auto()
    PART = auto()
    QUOTE = auto()
    SPEECH = auto()
    SAID = auto()
    GLUED = auto()
    DEIXIS = auto()
    DANGLING = auto()
    POINTING = auto()
    CLAIM = auto()
    DENIAL = auto()
    STATUS = auto()
    DEADLINE = auto()
    CALL = auto()
    CORRECTION = auto()
    RIGHT = auto()
    TEMPORARY = auto()
    QUESTION = auto()
    FOREIGN = auto()


NEVER_USED = Sign.ROW | Sign.LIST | Sign.PART | Sign.SPEECH | Sign.GLUED | Sign.QUESTION | Sign.FOREIGN

LOOKED_UP = (
    (Sign.DEIXIS, "calendar.relative"),
    (Sign.POINTING, "clauses.pointing"),
    (Sign.CLAIM, "status.rumour"),
    (Sign.DENIAL, "status.denial"),
    (Sign.STATUS, "status.status"),
    (Sign.DEADLINE, "status.deadline"),
    (Sign.CALL, "status.call"),
    (Sign.CORRECTION, "status.correction"),
    (Sign.RIGHT, "status.right"),
    (Sign.TEMPORARY, "status.temporary"),
)


def signs_of(sentences: Sequence[tuple[Sentence, Sequence[Word]]], rules: Rules) -> list[Sign]:
    """The signs of each sentence, in order."""
    quotes = _quotes([s for s, _ in sentences])
    speech = voices(sentences, quotes_open=[Sign.PART in q or Sign.QUOTE in q for q in quotes], rules=rules)
    found = []
    for (sentence, words), quote, voice in zip(sentences, quotes, speech, strict=True):
        sign = quote | of_words(words, rules)
        if voice is Voice.RUNNING:
            sign |= Sign.SPEECH
        elif voice is Voice.SAID:
            sign |= Sign.SAID
        found.append(sign | _of_shape(sentence, words, rules))
    return found


def of_words(words: Sequence[Word], rules: Rules) -> Sign:
    """The signs that words alone give."""
    sign = Sign(0)
    for one, name in LOOKED_UP:
        if rules[name].within(words):
            sign |= one
    if Sign.STATUS in sign and all(
        a and words[a - 1].low in rules["grammar.once"] for a, _ in rules["status.status"].find(words)
    ):
        sign &= ~Sign.STATUS
    return sign


def _of_shape(sentence: Sentence, words: Sequence[Word], rules: Rules) -> Sign:
    sign = Sign(0)
    text = sentence.text
    if sentence.row:
        sign |= Sign.ROW
    if sentence.heads_list or text.endswith((":", ";", ",")) or ENUMERATION.search(text):
        sign |= Sign.LIST
    if GLUED.search(text) or any(len(w.text) > 60 for w in words):
        sign |= Sign.GLUED
    if "?" in text:
        sign |= Sign.QUESTION
    if rules["clauses.dangling"].at(words, 0) or not (text[:1].isupper() or text[:1].isdigit() or text[:1] in '“"('):
        sign |= Sign.DANGLING
    return sign


def _quotes(sentences: Sequence[Sentence]) -> list[Sign]:
    """PART or QUOTE for each sentence. A paragraph whose marks don't match up is a PART from the first of them on."""
    found = [Sign(0)] * len(sentences)
    i = 0
    while i < len(sentences):
        j = i
        while j < len(sentences) and sentences[j].paragraph == sentences[i].paragraph:
            j += 1
        found[i:j] = _paragraph_quotes([s.text for s in sentences[i:j]])
        i = j
    return found


def _paragraph_quotes(texts: Sequence[str]) -> list[Sign]:
    close: str | None = None
    out: list[Sign] = []
    opened_at = 0
    for n, text in enumerate(texts):
        sign = Sign.PART if close else Sign(0)
        for k, ch in enumerate(text):
            if close:
                if ch == close or (close == "”" and ch in '"“' and k + 1 < len(text) and not text[k + 1].isalnum()):
                    close = None
                    if not sign:
                        sign = Sign.QUOTE
            elif ch in QUOTES and not (ch in "‘'" and k and text[k - 1].isalnum()):
                close, opened_at = QUOTES[ch], n
            elif ch == "”":  # reversed or unopened
                sign = Sign.PART
        if close:
            sign = Sign.PART
        out.append(sign)
    if close:
        out[opened_at:] = [Sign.PART] * (len(out) - opened_at)
    return out

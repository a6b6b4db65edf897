"""How a line of a page looks: does it open a body, close one, or could it be a title?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from medsosbot.text.dateline import split_byline, split_dateline
from medsosbot.text.dates import mentions
from medsosbot.text.rules import Rules

LONGEST_TITLE = 300  # characters, as in a queue file
MOST_TITLE_WORDS = 45
MOST_WORDS_BEFORE_STOP = 25  # a title may end in a stop, but a long one is a sentence
PROSE_WORDS = 15
ENOUGH_WORDS = 12  # behind a dateline without a host; a table's row ("Samarinda – 1.204 TPS") has fewer

# "Daftar Pemilih Berkelanjutan (DPB)." ends a sentence; only on a line of its own are such letters somebody's initials.
_ACRONYM = re.compile(r"[A-Z][A-Za-z0-9.-]{1,9}")
# A stop behind a whole word, a bracket or a number; "H. Basir", "Prof. Dr." and "Jl. Basuki" end no sentence.
_SENTENCE_END = re.compile(r"(?:\w{5,}|\b[a-z]{3,}|\)|\d\d)[.]\s+[A-Z]")
_NOTE = re.compile(
    r"(?:Editor|Penulis|Reporter|Foto|Teks|Kontributor|Pewarta|Red|Redaksi|Sumber|Dokumentasi|Penyunting|Humas|Catatan"
    r"|Baca juga|Lihat juga)\b[^\n]{0,20}[:.=]",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Line:
    """A line that isn't blank. number: from 1. fresh: a blank line, or nothing, stands before it.

    opens: with a dateline. closes: with a byline. note: what may follow a byline ("Editor: …", "Foto: …").
    """

    number: int
    text: str
    fresh: bool
    opens: bool
    closes: bool
    note: bool


def lines(text: str, rules: Rules) -> list[Line]:
    """Every line of the page that isn't blank."""
    found: list[Line] = []
    fresh = True
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if line:
            note = bool(_NOTE.match(line))
            found.append(Line(number, line, fresh, _opens(line, rules), note or _closes(line, rules), note))
        fresh = not line
    return found


def _opens(line: str, rules: Rules) -> bool:
    found, rest = split_dateline(line, rules)
    return found is not None and (found.host is not None or len(rest.split()) >= ENOUGH_WORDS)


def _closes(line: str, rules: Rules) -> bool:
    # The rules' byline needs a body before it, which a byline on a line of its own hasn't.
    alone = line.startswith("(") and line.endswith(")") and line.count("(") == 1
    _, byline = split_byline(f"Isi. {line}" if alone else line, rules)
    return byline is not None and (alone or not _ACRONYM.fullmatch(byline))


def could_be_title(text: str, rules: Rules) -> bool:
    """By its looks alone: short, one sentence at most, no bare date."""
    words = text.split()
    if not words or len(words) > MOST_TITLE_WORDS or len(text) > LONGEST_TITLE or text[-1] in ",;:–—-":
        return False
    if text.endswith(".") and len(words) > MOST_WORDS_BEFORE_STOP:
        return False
    if _SENTENCE_END.search(text) or not re.search(r"[^\W\d_]{3}", text) or text.startswith("("):
        return False
    return not any(m.start == 0 and m.end == len(text) for m in mentions(text, rules))


def is_title_case(text: str) -> bool:
    """Whether nearly every longer word has a capital, as in a title and hardly ever in a sentence."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) >= 4]
    return len(words) >= 2 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def is_prose(text: str) -> bool:
    """Long enough for a paragraph, and with a sentence's end in it."""
    return len(text.split()) >= PROSE_WORDS and bool(re.search(r"[.!?”\")]", text))

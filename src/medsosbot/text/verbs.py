"""What looks like a verb: by prefix and by list, in doubt yes."""

from __future__ import annotations

import re

from medsosbot.text.phrases import Word
from medsosbot.text.rules import Rules


def is_verb(word: Word, rules: Rules, *, first: bool = False) -> bool:
    """Does this word look like a verb? Capitalised words are names, save the sentence's first."""
    if not first and not word.text[0].islower():
        return False
    low = rules.typos.get(word.text, word.low)
    if low in rules["clauses.no_verbs"]:
        return False
    if low in rules["clauses.verbs"]:
        return True
    return len(low) > 4 and any(
        low.startswith(p) and len(low) > len(p) + 2 for p in rules["clauses.verb_prefixes"].phrases
    )


PREFIX = re.compile(r"(?:meng|meny|mem|men|me|peng|peny|pem|pen|pe|di|ber|ter)(?=\w{4})")


def root(low: str) -> str:
    """What "pelantikan", "melantik" and "dilantik" have in common; rough, for comparing two words only."""
    m = PREFIX.match(low)
    return low[m.end() :][:4] if m else low[:4]

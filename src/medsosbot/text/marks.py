"""Which pieces of a text X would make mentions, hashtags and cashtags, as twitter-text v3 finds them.

Letters and digits are those of the installed Unicode data, where the reference's list is of 2018.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from medsosbot.text.links import LATIN, SPACES, Span

_LETTER = r"\p{L}\p{M}"
_DIGIT = r"\p{Nd}"
_SPECIAL = r"_\u200c\u200d\ua67e\u05be\u05f3\u05f4\uff5e\u301c\u309b\u309c\u30a0\u30fb\u3003\u0f0b\u0f0c\u00b7"
_PUNCT = r"!'#%&'()*+,\-./:;<=>?@\[\]^_{|}~$\\"

# Digits possessively up to the first letter, so that a long number is read once.
_HASHTAG = regex.compile(
    rf"(?:^|(?<=[\ufe0e\ufe0f]|[^{_LETTER}{_DIGIT}{_SPECIAL}&]))[#＃](?![\ufe0f\u20e3])"
    rf"[{_DIGIT}{_SPECIAL}]*+[{_LETTER}][{_LETTER}{_DIGIT}{_SPECIAL}]*+(?![#＃]|://)"
)
_MENTION = regex.compile(
    r"(?:^|(?<=[^a-zA-Z0-9_!#$%&*@＠])|(?:^|(?<=[^a-zA-Z0-9_+~.-]))(?:rt|RT|rT|Rt):?)"
    r"([@＠][a-zA-Z0-9_]{1,20}+(?:/[a-zA-Z][a-zA-Z0-9_-]{0,24}+)?+)"
    rf"(?![@＠{LATIN}]|://)"
)
_CASHTAG = regex.compile(
    rf"(?:^|(?<=[{SPACES}]))\$[a-z]{{1,6}}(?:[._][a-z]{{1,2}})?(?=$|[{_PUNCT}\s\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff])",
    regex.I | regex.A,
)


def mentions(text: str) -> Iterator[Span]:
    """Accounts and lists, with the sign, in order."""
    for match in _MENTION.finditer(text):
        yield Span(*match.span(1), match[1])


def hashtags(text: str) -> Iterator[Span]:
    """Hashtags, with the sign, in order; those inside links too."""
    for match in _HASHTAG.finditer(text):
        yield Span(*match.span(), match[0])


def cashtags(text: str) -> Iterator[Span]:
    """Cashtags, with the sign, in order."""
    for match in _CASHTAG.finditer(text):
        yield Span(*match.span(), match[0])

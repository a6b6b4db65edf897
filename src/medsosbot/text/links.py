"""Which pieces of a text X would make links, exactly as twitter-text v3 finds them.

The reference is one large regular expression that tries 1,574 top-level domains at each step; here a run of host
letters is cut at its dots and each label looked up once, so that any text takes linear time. The order in which the
reference tries things is kept, with its quirks: the sign before a link, a bare domain in ASCII alone, its query only
behind a path, the cut behind t.co. Offsets count UTF-16 units here.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import NamedTuple

from medsosbot.text import tlds


class Span(NamedTuple):
    """A piece of a text: its offsets in code points and what stands there."""

    start: int
    end: int
    text: str


class Link(NamedTuple):
    """A link in UTF-16 offsets; `length` is what the reference steps over, at odds with `end` in rare hosts."""

    start: int
    end: int
    length: int


SPACES = r"\x09-\x0d\x20\x85\xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_DIRECTIONS = r"\u202a-\u202e\u061c\u200e\u200f\u2066-\u2069"
_INVALID = r"\ufffe\ufeff\uffff"
LATIN = (
    r"\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0260\u0263\u0268\u0269\u026f\u0272"
    r"\u0275\u0280\u0283\u0288-\u028c\u0292\u02bb\u0300-\u036f\u0399\u03b9\u1e00-\u1eff\u1fbe\u2c65\u2c66\u2c7e\u2c7f"
    r"\ua7dc"
)
_CYRILLIC = r"\u0400-\u04ff\u1c80-\u1c87"
_PUNCT_IN_HOST = r"\-._"
_OTHER_PUNCT = r"!#%&'()*+,\\/:;<=>?@\[\]^{|}~$"

_RUN = re.compile(f"[^{_OTHER_PUNCT}{SPACES}{_DIRECTIONS}{_INVALID}]+")
_DOTTED = re.compile(
    f"[^{_PUNCT_IN_HOST}{_OTHER_PUNCT}{SPACES}{_DIRECTIONS}{_INVALID}]\\.[^{_PUNCT_IN_HOST}{_OTHER_PUNCT}{SPACES}{_DIRECTIONS}{_INVALID}]"
)
_NO_HOST = frozenset(c for c in map(chr, range(0x10000)) if _RUN.match(c) is None)
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_NOT_BEFORE = frozenset("@＠$#＃\ufffe\ufeff\uffff0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_PROTOCOL = re.compile(r"https?://", re.I | re.A)
_PLAIN_HOST = re.compile(r"[-0-9A-Za-z.]+")
_ASCII_RUN = re.compile(f"[-.0-9A-Za-z{LATIN}]+")
_WORD = re.compile(r"[0-9A-Za-z]+")
_PUNYCODE = re.compile(r"xn--[-0-9a-z]+", re.I | re.A)
_PORT = re.compile(r":[0-9]+")

_PATH_SIGN = f"[0-9A-Za-z{LATIN}{_CYRILLIC}!*';:=+,.$/%#\\[\\]\\-\u2013_~@|&]"
_PARENS = f"\\((?:{_PATH_SIGN}++|{_PATH_SIGN}*+\\({_PATH_SIGN}++\\){_PATH_SIGN}*+)\\)"
_PATH = re.compile(f"/(?:{_PATH_SIGN}++|{_PARENS})*+")
_PATH_PIECE = re.compile(f"{_PATH_SIGN}++|{_PARENS}")
_NO_PATH_END = "!*';:,.$%[]\u2013~@|&"
_QUERY = re.compile(r"\?[0-9A-Za-z!?*'@();:&=+$/%#\[\]\-_.,~|]*[0-9A-Za-z\-_&=#/]")
_TCO = re.compile(r"https?://t\.co/([a-z0-9]+)(?:\?[0-9a-z!?*'@();:&=+$/%#\[\]\-_.,~|]*[0-9a-z\-_&=#/])?", re.I | re.A)

_WIDE_STOP = re.compile("[\u3002\uff0e\uff61]")
_PRINTABLE = re.compile(r"[\x20-\x7e]*")
_LONGEST_URL, _LONGEST_SLUG, _LONGEST_LABEL = 4096, 40, 63


def _folded(text: str) -> str:
    """Upper case sign by sign, never from outside ASCII into it: how the reference ignores case."""
    return "".join(u if len(u := c.upper()) == 1 and (c < "\x80" or u >= "\x80") else c for c in text)


_ASCII_TLDS = frozenset(tlds.GENERIC.split() + tlds.COUNTRY.split())
_OTHER_TLDS: dict[str, list[str]] = {}
for _name in tlds.INTERNATIONAL.split():
    _OTHER_TLDS.setdefault(_folded(_name[0]), []).append(_folded(_name))
_LONGEST_TLD = max(map(len, tlds.INTERNATIONAL.split()))


def _tld_end(text: str, at: int) -> int:
    """Where the top-level domain that begins at `at` ends, or -1."""
    if (word := _WORD.match(text, at)) and word[0].lower() in _ASCII_TLDS and _free(text, word.end()):
        return word.end()
    if others := _OTHER_TLDS.get(_folded(text[at : at + 1])):
        ahead = _folded(text[at : at + _LONGEST_TLD])
        for name in others:
            if ahead.startswith(name) and _free(text, at + len(name)):
                return at + len(name)
    code = _PUNYCODE.match(text, at)
    return code.end() if code else -1


def _free(text: str, at: int) -> bool:
    """May a top-level domain end here? Not before an ASCII letter or digit, "@", "+" or "-"."""
    return at >= len(text) or not ((c := text[at]).isascii() and (c.isalnum() or c in "@+-"))


class _Run:
    """A run of host letters, dots, hyphens and underlines, cut at its dots; offsets are the text's."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.labels: list[tuple[int, int]] = []
        for label in text[start:end].split("."):
            self.labels.append((start, start + len(label)))
            start += len(label) + 1
        # ends[i]: where the longest domain ends that begins with the whole of label i, or -1
        self.ends = [-1] * len(self.labels)
        for i in range(len(self.labels) - 2, -1, -1):
            self.ends[i] = self.domain_end(i, self.labels[i][0])

    def domain_end(self, i: int, start: int) -> int:
        """Where the longest domain ends that begins at `start` inside label i, or -1."""
        text, end = self.text, self.labels[i][1]
        if start >= end or text[start] in "-_" or text[end - 1] in "-_":
            return -1
        if self.ends[i + 1] >= 0:
            return self.ends[i + 1]
        if text.find("_", start, end) >= 0:
            return -1
        return _tld_end(text, self.labels[i + 1][0])

    def starts(self) -> Iterator[tuple[int, int]]:
        """Every place where a host may begin, with its label, in the order in which the reference tries them."""
        for i, (start, end) in enumerate(self.labels[:-1]):
            if start == 0 and end > 1:
                yield from ((1, i), (0, i))  # behind the first sign, before the text's very beginning
                start = 2
            for at in range(start, end):
                yield at, i


class _Match(NamedTuple):
    """One match of the reference's expression; `before` is where the sign in front of the link stands, or -1."""

    before: int
    start: int
    domain: int
    domain_end: int
    path: bool
    end: int


def _opening(text: str, at: int, done: int) -> tuple[int, int] | None:
    """(the sign in front, the link's start) for a host that begins at `at`, or None where none may begin."""
    for length in (7, 8):
        if (start := at - length) >= done and text[at - 1] == "/" and _PROTOCOL.fullmatch(text, start, at):
            if start == 0:
                return -1, 0
            if start > done and text[start - 1] not in _NOT_BEFORE:
                return start - 1, start
    if at == 0:
        return -1, 0
    return (at - 1, at) if at > done and text[at - 1] not in _NOT_BEFORE else None


def _matches(text: str) -> Iterator[_Match]:
    done = floor = 0
    while dotted := _DOTTED.search(text, floor):
        start = dotted.start()
        while start > floor and text[start - 1] not in _NO_HOST:
            start -= 1
        run_match = _RUN.match(text, start)
        floor = run_match.end() if run_match else dotted.end()
        run = _Run(text, start, floor)
        for at, i in run.starts():
            if at < done or (opening := _opening(text, at, done)) is None or (end := run.domain_end(i, at)) < 0:
                continue
            done, path = _tail(text, end)
            yield _Match(*opening, at, end, path, done)


def _tail(text: str, at: int) -> tuple[int, bool]:
    """Where a link's port, path and query end, and whether there is a path."""
    if port := _PORT.match(text, at):
        at = port.end()
    if path := _PATH.match(text, at):
        at = _path_end(text, at + 1, path.end())
    if query := _QUERY.match(text, at):
        at = query.end()
    return at, path is not None


def _path_end(text: str, start: int, end: int) -> int:
    """A path ends with a sign that may end it, or with the brackets right behind such a sign."""
    if text.find("(", start, end) < 0:
        return start + len(text[start:end].rstrip(_NO_PATH_END))
    sound, touching = start, True
    for piece in _PATH_PIECE.finditer(text, start, end):
        kept = piece[0] if piece[0][0] == "(" else piece[0].rstrip(_NO_PATH_END)
        if piece[0][0] == "(" and not touching:
            continue
        if kept:
            sound = piece.start() + len(kept)
        touching = sound == piece.end()
    return sound


def _host_is_sound(text: str, found: _Match) -> bool:
    """The reference's reading of RFC 3490: no label over 63 in Punycode, no link over 4,096."""
    domain = text[found.domain : found.domain_end]
    if domain.startswith("xn--") and not any(True for _ in _ascii_domains(domain)):
        return False
    protocol = found.domain - found.start or len("https://")
    if protocol + found.end - found.start > _LONGEST_URL:
        return False
    return all(0 < _label_length(label) <= _LONGEST_LABEL for label in domain.split("."))


def _label_length(label: str) -> int:
    """The length of a label once it is in ASCII; the wide full stops of East Asia part it further."""
    parts = _WIDE_STOP.split(label)
    return len(parts) - 1 + sum(map(_part_length, parts))


def _part_length(part: str) -> int:
    if _PRINTABLE.fullmatch(part):
        return len(part)
    joined = part.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return len("xn--") + (len(joined.encode("punycode")) if len(joined) <= _LONGEST_LABEL else len(joined))


def _ascii_domains(domain: str) -> Iterator[str]:
    """The domains inside a host that consist of ASCII and Latin letters, in order."""
    for run in _ASCII_RUN.finditer(domain):
        start = run.start()
        while (found := _ascii_domain(domain, start, run.end())) is not None:
            yield domain[found[0] : found[1]]
            start = found[1]
            if start >= run.end():
                break


def _ascii_domain(domain: str, start: int, stop: int) -> tuple[int, int] | None:
    while domain[start : start + 1] == ".":
        start += 1
    dot = domain.rfind(".", start, stop)
    while dot > start:
        if (end := _tld_end(domain, dot + 1)) >= 0:
            return start, end
        dot = domain.rfind(".", start, dot)
    return None


def _links_of(text: str, found: _Match) -> Iterator[Link]:
    """The links that one match gives: none, one, or one for each ASCII domain of a bare host."""
    if not _host_is_sound(text, found):
        return
    if found.domain > found.start:
        end = found.end
        if tco := _TCO.match(text, found.start, end):
            if len(tco[1]) > _LONGEST_SLUG:
                return
            end = tco.end()
        yield Link(found.start, end, end - found.start)
        return
    if found.before >= 0 and text[found.before] in "-_./":
        return
    domain, links, at = text[found.domain : found.domain_end], [], 0
    for host in (domain,) if _PLAIN_HOST.fullmatch(domain) else _ascii_domains(domain):
        start = domain.find(host, at)
        at = start + len(host)
        links.append(Link(found.start + start, found.start + at, len(host)))
    if links and found.path:
        last = links[-1]
        links[-1] = Link(last.start, found.end, last.length + found.end - found.domain_end)
    yield from links


def utf16(text: str) -> str:
    """The text with each sign outside the basic plane as two surrogates, the units that the reference counts in."""
    if _ASTRAL.search(text) is None:
        return text
    data = text.encode("utf-16-le", "surrogatepass")
    return "".join(map(chr, memoryview(data).cast("H"))) if sys.byteorder == "little" else _units(data)


def _units(data: bytes) -> str:
    return "".join(chr(int.from_bytes(data[i : i + 2], "little")) for i in range(0, len(data), 2))


def links(units: str) -> list[Link]:
    """The links of a text in UTF-16 units; linear in its length."""
    if "." not in units:
        return []
    return [link for found in _matches(units) for link in _links_of(units, found)]

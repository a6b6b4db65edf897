"""Finds what belongs to a private person in a text: NIK and KK numbers, mobile numbers, e-mail addresses.

Shapes alone are looked at, no register. A NIK is province, regency, district (6 digits), date of birth as DDMMYY
(women's days + 40) and a serial of 4; a KK number has the date of issue there (Permendagri 40/2019).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

# What Word and phones make of a space and a hyphen; one for one, so that places in the text stay.
_PLAIN = {ord(c): " " for c in "\u00a0\u2007\u2009\u202f\t"} | {
    ord(c): "-" for c in "\u2010\u2011\u2012\u2013\u2014\u2212"
}

_SIXTEEN = re.compile(r"(?<!\d)\d{16}(?!\d)")
_GROUPED = re.compile(
    r"(?<![\d.,])(?:\d{4}([ .-])\d{4}\1\d{4}\1\d{4}|\d{6}([ .-])\d{6}\2\d{4}|\d\d([ .-])\d\d\3\d\d\3\d{6}\3\d{4})(?!\d)"
)
_NIK = re.compile(
    r"(?:1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7])\d{4}"  # the provinces
    r"(?:0[1-9]|[12]\d|3[01]|4[1-9]|[56]\d|7[01])(?:0[1-9]|1[0-2])\d{6}"
)
# 08…, +628…, 628…: the first three digits of the operator stand together, so that "08.15" is a time.
_GAP = r"\)? {0,2}[.-]? {0,2}\(?"
_PREFIX = rf"(?:\+ ?\(?62{_GAP}(?:\(?0\)?)?{_GAP}|\(\+?62\){_GAP}0?|(?<![.,])62[ -]?|\(?0)"
_MOBILE = re.compile(rf"(?<!\d){_PREFIX}8[1-9]\d(?:{_GAP}\d){{6,10}}?(?!\d)")
_MORE = re.compile(rf"(?:{_GAP}\d)*")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.)+[^\W\d_]{2,63}")
LONGEST_MOBILE = 14  # digits, 62 included


@dataclass(frozen=True)
class PersonalData:
    """One find. what: Indonesian; shown: enough of it to find it in the text, not enough to pass it on."""

    what: str
    shown: str
    start: int


def personal_data(text: str, allow: Collection[str] = ()) -> tuple[PersonalData, ...]:
    """Every find in the order of the text, each once. allow: the office's own numbers and addresses."""
    plain = text.translate(_PLAIN)
    allowed = {_canonical(entry) for entry in allow}
    found = {f.shown: f for f in sorted(_all(plain, allowed), key=lambda f: f.start, reverse=True)}
    return tuple(sorted(found.values(), key=lambda f: f.start))


def _all(text: str, allowed: set[str]) -> Iterator[PersonalData]:
    for m in _SIXTEEN.finditer(text):
        if m.group() not in allowed:
            yield PersonalData("NIK atau nomor KK", _masked(m.group()), m.start())
    for m in _GROUPED.finditer(text):
        if _NIK.fullmatch(_digits(m.group())) and _digits(m.group()) not in allowed:
            yield PersonalData("NIK atau nomor KK", _masked(m.group()), m.start())
    for m in _MOBILE.finditer(text):
        if not allowed.intersection(_readings(text, m)):
            yield PersonalData("nomor ponsel", _masked(m.group()), m.start())
    for m in _EMAIL.finditer(text):
        address = m.group().casefold()
        if not address.endswith((".go.id", "@go.id")) and address not in allowed:
            name, _, host = m.group().partition("@")
            yield PersonalData("alamat surel", f"{name[0]}•••@{host}", m.start())


def _readings(text: str, m: re.Match[str]) -> set[str]:
    """The numbers that this may be: what follows behind a gap can still belong to it ("0811-234-567-89")."""
    more = _MORE.match(text, m.end())
    run = m.group() + (more.group() if more else "")
    ends = [e.end() for e in re.finditer(r"\d(?!\d)", run) if e.end() >= len(m.group())]
    return {number for number in (_canonical(run[:end]) for end in ends) if len(number) <= LONGEST_MOBILE}


def _canonical(entry: str) -> str:
    """One spelling for an address or number: 0812…, however it was written."""
    if "@" in entry:
        return entry.strip().casefold()
    digits = _digits(entry)
    if len(digits) == 16:
        return digits
    return re.sub(r"^(?:620?|0)(?=8)", "0", digits)


def _digits(text: str) -> str:
    return "".join(re.findall(r"\d", text))


def _masked(number: str) -> str:
    """The first four and the last two digits as printed, a dot for each between them."""
    total, seen, shown = len(_digits(number)), 0, ""
    for ch in number.strip():
        seen += ch.isdigit()
        shown += "•" if ch.isdigit() and 4 < seen <= total - 2 else ch
    return shown

"""Makes the strings of which the vectors are computed: our own, always the same, one JSON string a line on stdout."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from medsosbot.text import tlds

_PIECES = json.loads((Path(__file__).parent / "pieces.json").read_text(encoding="utf-8"))
WORDS, DEGREES, JOINS = _PIECES["words"], _PIECES["degrees"], _PIECES["joins"]
HOSTS, TAILS, PROTOCOLS = _PIECES["hosts"], _PIECES["tails"], _PIECES["protocols"]
EMOJI, COMBINING, TAGS = _PIECES["emoji"], _PIECES["combining"], _PIECES["tags"]


def strings() -> Iterator[str]:
    """About five thousand strings: every top-level domain, each list alone and in company, and random mixtures."""
    dice = random.Random(20221127)
    for i, tld in enumerate((tlds.GENERIC + tlds.COUNTRY + tlds.INTERNATIONAL).split()):
        name = dice.choice(("pemilu", "kpu.kaltim", "a", "data-pemilih"))
        yield f"{dice.choice(WORDS)} {name}.{tld}{dice.choice(TAILS)}"
        if i % 3 == 0:
            yield f"{dice.choice(WORDS)}.{tld.upper()}{dice.choice(JOINS)}{dice.choice(WORDS)}"
    yield from ("", " ", ".", "..", "a.b", "\u0000.com", "\x7f.com", "x" * 300, "http://" + "a" * 4080 + ".com")
    yield from ("https://t.co/" + "a" * n + tail for n in (1, 39, 40, 41) for tail in ("", "/x", "?a=1", "-b"))
    yield from ("https://a.com/" + "b" * n for n in (4068, 4081, 4082, 4083))
    yield from ("a.com/" + "b" * n for n in (4081, 4082, 4083))
    for host in HOSTS:
        yield from (join + host + dice.choice(TAILS) for join in JOINS)
        yield from (protocol + host + dice.choice(TAILS) for protocol in PROTOCOLS)
    yield from ("kpu.go.id" + tail for tail in TAILS)
    yield from ("https://kpu.go.id" + tail + join for tail in TAILS for join in ("", "x.id", ".", " a.id"))
    for piece in EMOJI + COMBINING + TAGS:
        yield piece
        yield f"{dice.choice(WORDS)}{piece}{dice.choice(WORDS)}"
        yield f"{piece}{dice.choice(HOSTS)}{dice.choice(TAILS)}{piece}"
    yield from (
        f"H. Basir, {one}{join}{two}"
        for one in DEGREES
        for two, join in zip(dice.sample(DEGREES, 3), (", ", ",", " "), strict=True)
    )
    everything = (WORDS * 3, DEGREES, HOSTS, TAILS, EMOJI, COMBINING, TAGS, PROTOCOLS, JOINS)
    for _ in range(900):
        yield "".join(
            dice.choice(dice.choice(everything)) + dice.choice((" ", " ", "", dice.choice(JOINS)))
            for _ in range(dice.randint(2, 30))
        )


if __name__ == "__main__":
    for string in dict.fromkeys(strings()):
        sys.stdout.write(json.dumps(string) + "\n")

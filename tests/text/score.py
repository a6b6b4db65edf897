"""A rough score of the X posts: facts kept, facts per 100 weighted characters, budget used, repeated pairs of words.

`python -m tests.text.score` prints it by kind, and with a kind's name also what each post lacks. The facts are
what a person reads from each release (facts.txt), and of the title the share of its words.
"""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path
from statistics import mean

from medsosbot.model import Release
from medsosbot.text.compose import compose
from medsosbot.text.measure import measure
from medsosbot.text.phrases import words_of
from medsosbot.text.reading import read
from medsosbot.text.rules import default_rules
from medsosbot.text.selfcheck import judge
from tests.text.corpus import KINDS, X, linked, releases

RULES = default_rules()
NAMES = ("who", "person", "when", "where", "number")


def known_facts() -> dict[str, list[str]]:
    """Words of a title -> what each of NAMES reads like ("-": the release has none)."""
    lines = (Path(__file__).parent / "facts.txt").read_text(encoding="utf-8").splitlines()
    return {line.split("|")[0]: line.split("|")[1:] for line in lines if line and not line.startswith("#")}


def content(text: str) -> list[str]:
    """The content words of a text."""
    return [w.low for w in words_of(text) if w.low not in RULES["facts.empty"]]


def kept(release: Release, post: str) -> dict[str, float]:
    """The share of each fact that the post keeps."""
    reading = read(release, RULES)
    title = set(content(reading.rewriter.apply(reading.title, 2)))
    shown = set(content(reading.rewriter.apply(post, 2)))
    found = {"what": len(title & shown) / len(title)}
    wanted = next(v for k, v in known_facts().items() if k in release.title)
    for name, ways in zip(NAMES, wanted, strict=True):
        if ways != "-":
            found[name] = float(any(way in post for way in ways.split("/0/") if way) or any(_ways(ways, post)))
    return found


def _ways(ways: str, post: str) -> list[bool]:
    whole = ways in post
    parts = [] if any(ch.isdigit() for ch in ways) and ways.count("/") else ways.split("/")
    return [whole, *(part in post for part in parts)]


def repeated(post: str) -> float:
    """The share of pairs of content words that stood there already."""
    pairs = list(pairwise(content(post)))
    return 1 - len(set(pairs)) / len(pairs) if pairs else 0.0


def score(kind: str, *, tell: bool = False) -> str:
    """One line for a kind, with link and without together."""
    rows: list[tuple[float, float, float, float]] = []
    failed = held = posts = 0
    for release in releases(kind):
        for one in (linked(release), release):
            made = compose(one, X, RULES)
            text, posts = made.parts[0], posts + 1
            length = measure(text, X)
            facts = kept(release, text.split("\n\n")[0])
            failed += bool(judge(one, made.parts, X, RULES))
            held += bool(made.objections)
            if one.url:
                rows.append(
                    (mean(facts.values()), 100 * sum(facts.values()) / length, length / X.limit, repeated(text))
                )
            if tell and one.url:
                print([f"{k} {v:.2f}" for k, v in facts.items() if v < 1], length, text.split("\n\n")[0], sep="\n   ")
    kept_, density, used, again = (mean(column) for column in zip(*rows, strict=True))
    return (
        f"{kind:7} {posts:3} posts, {failed} fail a gate, {held} held; facts kept {kept_:.3f}, "
        f"per 100 {density:.2f}, budget used {used:.2f}, repeated {again:.3f}"
    )


def main() -> None:
    """Print the score."""
    for kind in sys.argv[1:] or KINDS:
        print(score(kind, tell=bool(sys.argv[1:])))


if __name__ == "__main__":
    main()

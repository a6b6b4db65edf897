"""The words on one core: X's length next to PyPI's twitter-text-parser, and composing all forms with the self-check.

length_ratio: texts measured per second, ours over the peer's in the same run (alternating, the median): at least 25.
  The peer runs in an environment of its own, `.venv-peer/bin/python` or $TWITTER_TEXT_PYTHON (pip install
  twitter-text-parser "setuptools<82"); without one the figure is left out.
vectors_equal: the share of the reference's vectors that we count as it does: 1.
releases_per_second: X post, Telegram message, caption and /terkini line, each with the self-check: at least 30.
Times are the process's own, so that a busy machine changes little.
*_growth: what ten times the text costs, as a multiple of ten times the time: 1 is linear.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from tests.text.corpus import everything, linked

from medsosbot.model import Form, Release
from medsosbot.platforms.styles import TELEGRAM, X
from medsosbot.text.compose import compose
from medsosbot.text.line import terkini_line
from medsosbot.text.measure import weighted_length
from medsosbot.text.rules import default_rules
from medsosbot.text.selfcheck import judge, judge_line

ROOT = Path(__file__).parent.parent
VECTORS = ROOT / "tests" / "text" / "vectors" / "vectors.jsonl"
PEER = Path(os.environ.get("TWITTER_TEXT_PYTHON", ROOT / ".venv-peer" / "bin" / "python"))
CAPTION = replace(TELEGRAM, form=Form.CAPTION, limit=1024)
ROUNDS = 5
LIMITS = {
    "length_ratio": ">= 25",
    "vectors_equal": ">= 1",
    "releases_per_second": ">= 30",
    "length_growth": 1.5,
    "compose_growth": 1.5,
}
PEER_PROGRAM = """
import json, sys, time
from twitter_text import parse_tweet
for line in sys.stdin:
    texts = json.loads(line)
    start = time.process_time()
    for text in texts:
        parse_tweet(text)
    print(time.process_time() - start, flush=True)
"""


def run() -> dict[str, float]:
    """The figures by name."""
    releases = [linked(release) for release in everything()]
    rules = default_rules()
    posts = [compose(release, X, rules).parts[0] for release in releases]
    rows = [json.loads(line) for line in VECTORS.read_text(encoding="utf-8").splitlines()]
    figures = _length_ratio(posts)
    ours = min(_seconds(lambda: _measure(posts * 4)) for _ in range(ROUNDS))
    longer = min(_seconds(lambda: _measure([post * 10 for post in posts * 4])) for _ in range(ROUNDS))
    figures["lengths_per_second"] = 4 * len(posts) / ours
    figures["length_growth"] = longer / ours / 10
    figures["vectors_equal"] = sum(weighted_length(row[0]) == row[1] for row in rows) / len(rows)
    _compose(releases[:3])
    short = _seconds(lambda: _compose(releases))
    tenfold = [replace(r, body="\n\n".join(_shuffled(releases, n))) for n, r in enumerate(releases)]
    once = sum(len(r.body) for r in releases)
    factor = sum(len(r.body) for r in tenfold) / once
    long = _seconds(lambda: _compose(tenfold))
    figures["releases_per_second"] = len(releases) / short
    figures["long_releases_per_second"] = len(releases) / long
    figures["compose_growth"] = long / short / factor
    return figures


def _shuffled(releases: Sequence[Release], n: int) -> list[str]:
    """Ten bodies as one, each another's."""
    return [releases[(n + 7 * k) % len(releases)].body for k in range(10)]


def _measure(texts: Sequence[str]) -> None:
    for text in texts:
        weighted_length(text)


def _compose(releases: Sequence[Release]) -> None:
    rules = default_rules()
    for release in releases:
        for style in (X, TELEGRAM, CAPTION):
            judge(release, compose(release, style, rules).parts, style, rules)
        judge_line(release, terkini_line(release, rules), rules)


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _length_ratio(posts: list[str]) -> dict[str, float]:
    if not PEER.exists():
        print(f"no peer at {PEER}: length_ratio is left out", file=sys.stderr)
        return {}
    # Its program stands on the command line, the texts come by standard input, so that each round is timed alone.
    command = [str(PEER), "-W", "ignore", "-c", PEER_PROGRAM]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as peer:
        assert peer.stdin is not None
        assert peer.stdout is not None
        ratios = []
        for number in range(ROUNDS + 1):
            ours = _seconds(lambda: _measure(posts * 20)) / 20
            peer.stdin.write(json.dumps(posts) + "\n")
            peer.stdin.flush()
            theirs = float(peer.stdout.readline())
            if number:  # the first round warms both up
                ratios.append(theirs / ours)
        peer.stdin.close()
    return {"length_ratio": statistics.median(ratios), "length_ratio_least": min(ratios)}

"""The judge: a process of its own that knows nothing of the product but its files.

    python -m tests.crash.judge [--keep HISTORY] FOLDER…      judge cases, and keep their raw history
    python -m tests.crash.judge HISTORY.jsonl …               judge a history again

It reads the mock's lines and, raw, the database. Its verdict is one JSON document; exit 0 only if nothing was found,
and at least one process was killed.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

TABLES = ("items", "deliveries", "parts", "attempts", "holds", "notices")
Case = dict[str, Any]


def collect(folder: Path) -> Case:
    """The raw history of one case: what was wanted, the kills, the mock's lines, every row, the queue's files."""
    var = folder / "var"
    kills = folder / "kills.jsonl"
    with closing(sqlite3.connect(var / "medsosbot.db")) as raw:
        raw.row_factory = sqlite3.Row
        rows = {t: [dict(r) for r in raw.execute(f"SELECT * FROM {t}")] for t in TABLES}
        sound = [r[0] for r in raw.execute("PRAGMA integrity_check")]
    return {
        "case": folder.name,
        "wanted": json.loads((folder / "case.json").read_text()),
        "kills": [json.loads(line) for line in kills.read_text().splitlines()] if kills.exists() else [],
        "lines": {p.stem: p.read_text().splitlines() for p in sorted((var / "mock").glob("*.jsonl"))},
        "rows": rows,
        "sound": sound,
        "counter": (var / "medsosbot.db.seq").read_text().strip(),
        "files": {where: _hashes(folder / "queue" / where) for where in ("", "accepted", "rejected")},
    }


def judge(case: Case) -> list[str]:
    """What is wrong with one case, each as one line that begins with its kind."""
    found = [f"damaged: {s}" for s in case["sound"] if s != "ok"]
    posts = {name: [json.loads(line) for line in lines] for name, lines in case["lines"].items()}
    found += _doubles(posts)
    found += _lost(case, posts)
    found += _record(case, posts)
    found += _files(case)
    return found


def _doubles(posts: dict[str, list[Case]]) -> Iterator[str]:
    for name, lines in posts.items():
        for what in (lambda p: (p["id"], p["part"]), lambda p: p["text"], lambda p: p["remote_id"]):
            for key, n in Counter(map(what, lines)).items():
                if n > 1:
                    yield f"double: {key} stands {n} times at {name}"


def _lost(case: Case, posts: dict[str, list[Case]]) -> Iterator[str]:
    out = {(p["id"], name) for name, lines in posts.items() for p in lines}
    wanted = {tuple(w) for w in case["wanted"]["published"]}
    yield from (f"lost: {item} at {name}" for item, name in sorted(wanted - out))
    yield from (f"unwanted: {item} at {name}" for item, name in sorted(out - wanted))


def _record(case: Case, posts: dict[str, list[Case]]) -> Iterator[str]:
    rows = case["rows"]
    items = {r["number"]: r["id"] for r in rows["items"]}
    parts = {r["id"]: r for r in rows["parts"]}
    deliveries = {r["id"]: r for r in rows["deliveries"]}
    states = {(items[d["item"]], d["destination"]): d["state"] for d in deliveries.values()}
    for kind in ("published", "held"):
        for item, name in case["wanted"][kind]:
            if states.get((item, name)) != kind:
                yield f"state: {item} at {name} is {states.get((item, name))}, not {kind}"
    if len(items) != len(set(items.values())) or len(states) != len(deliveries):
        yield "twins: an item or a delivery stands twice on record"
    for part in parts.values():
        delivery = deliveries[part["delivery"]]
        ids = json.loads(part["remote_ids"])
        if delivery["state"] != "published":
            continue
        lines = [p for p in posts.get(delivery["destination"], []) if [p["remote_id"]] == ids]
        if [(p["id"], p["text"]) for p in lines] != [(items[delivery["item"]], part["text"])]:
            yield f"wrong id: {ids} of {items[delivery['item']]} at {delivery['destination']}"
    called = Counter(a["part"] for a in rows["attempts"] if a["outcome"] == "published")
    yield from (f"no intent: part {p} is out" for p, r in parts.items() if r["state"] == "published" and not called[p])
    yield from (f"two outcomes: part {p}" for p, n in called.items() if n > 1)
    yield from (f"open: attempt {a['id']}" for a in rows["attempts"] if a["outcome"] is None)
    if int(case["counter"]) < max((a["id"] for a in rows["attempts"]), default=0):
        yield f"counter: {case['counter']} is behind the database"
    told = Counter(n["kind"] for n in rows["notices"])
    if told["refused"] != 1 or told["held"] != 1:
        yield f"told: {dict(told)}"


def _files(case: Case) -> Iterator[str]:
    for where in ("accepted", "rejected"):
        for name, digest in case["wanted"][where].items():
            if digest not in case["files"][where].values():
                yield f"file: {name} is not in {where}"
    left = set(case["files"][""]) - {"STATUS.txt"}
    if left:
        yield f"file: {sorted(left)} still in the queue"


def _hashes(folder: Path) -> dict[str, str]:
    files = (p for p in folder.iterdir() if p.is_file()) if folder.exists() else ()
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def main(words: list[str]) -> int:
    """Judge, print the verdict, and say by the exit code whether all is well."""
    keep = Path(words[1]) if words[:1] == ["--keep"] else None
    cases: list[Case] = []
    for word in words[2:] if keep else words:
        path = Path(word)
        if path.is_dir():
            cases.append(collect(path))
        else:
            cases += [json.loads(line) for line in path.read_text().splitlines()]
    if keep is not None:
        with keep.open("a") as file:
            file.writelines(json.dumps(c, ensure_ascii=False) + "\n" for c in cases)
    found = [f"{c['case']} (killed at {', '.join(c['kills'])}): {f}" for c in cases for f in judge(c)]
    kills = sum(len(c["kills"]) for c in cases)
    posts = sum(len(lines) for c in cases for lines in c["lines"].values())
    verdict = {"cases": len(cases), "kills": kills, "posts": posts, "found": found}
    print(json.dumps(verdict, indent=1, ensure_ascii=False))
    return 1 if found or not kills or not posts else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

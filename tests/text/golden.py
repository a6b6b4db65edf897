"""Golden posts: what every release of the corpus becomes; `python -m tests.text.golden` writes them anew, to read."""

from __future__ import annotations

from pathlib import Path

from medsosbot.text.compose import compose
from medsosbot.text.line import terkini_plain
from medsosbot.text.measure import measure
from medsosbot.text.rules import default_rules
from tests.text.corpus import CAPTION, KINDS, X, linked, releases

FOLDER = Path(__file__).parent / "golden"


def golden(kind: str) -> str:
    """The posts of a kind as one readable text."""
    rules = default_rules()
    lines: list[str] = []
    for release in releases(kind):
        lines += [f"## {release.title}", ""]
        for name, style, one in (
            ("X, link", X, linked(release)),
            ("X, no link", X, release),
            *([("Caption, link", CAPTION, linked(release))] if kind == "six" else []),
        ):
            made = compose(one, style, rules)
            held = "".join(f" HELD {o.gate}" for o in made.objections)
            lines += [f"[{name}: {measure(made.parts[0], style)} of {style.limit}{held}]", made.parts[0], ""]
        lines += ["[/terkini]", terkini_plain(release, rules), "", ""]
    return "\n".join(lines)


def main() -> None:
    """Write every golden file."""
    FOLDER.mkdir(exist_ok=True)
    for kind in KINDS:
        (FOLDER / f"{kind}.txt").write_text(golden(kind), encoding="utf-8")


if __name__ == "__main__":
    main()

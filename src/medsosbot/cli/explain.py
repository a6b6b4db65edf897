"""How a post was made: which sentence each piece came from, what fell and by which rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medsosbot.cli.screen import Screen
from medsosbot.preview.explain import OWN, RECORDED, rule_word, why_word
from medsosbot.wording import quote

if TYPE_CHECKING:
    from medsosbot.publishing.prepare import Draft


def as_json(draft: Draft | None) -> dict[str, Any] | None:
    """pieces and dropped; None where the text on record isn't what today's rules would make."""
    if draft is None:
        return None
    composition = draft.composition
    return {
        "pieces": [
            {
                "text": piece.text,
                "source": piece.source,
                "start": piece.start,
                "end": piece.end,
                "deleted": [{"text": words, "rule": rule} for words, rule in piece.deleted],
            }
            for piece in composition.trace
        ],
        "dropped": [{"text": dropped.text, "why": dropped.why} for dropped in composition.dropped],
        "remarks": list(composition.remarks),
    }


def show(screen: Screen, draft: Draft | None) -> None:
    """The same for people."""
    if draft is None:
        screen.line(f"   {RECORDED}", "dim")
        return
    if draft.own:
        screen.line(f"   {OWN}", "dim")
    for piece in draft.composition.trace:
        origin = "judul" if piece.start < 0 else "kalimat"
        screen.line(f"   {quote(piece.text)}", "dim")
        if piece.source != piece.text:
            screen.line(f"      dari {origin}: {quote(piece.source, 300)}", "dim")
        for words, rule in piece.deleted:
            screen.line(f"      tanpa {quote(words)}: {rule_word(rule)}", "dim")
    for dropped in draft.composition.dropped:
        screen.line(f"   tidak masuk, {why_word(dropped.why)}: {quote(dropped.text)}", "dim")

"""How a post was made, in words for the press office: what fell inside its sentences, what was left out, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from medsosbot.model import Composition, Release
from medsosbot.preview.marking import place_after

RECORDED = "Teksnya tersimpan di catatan; susunannya tidak dapat dijelaskan lagi dengan aturan yang sekarang."
OWN = "Kata-kata kantor sendiri, dipakai apa adanya."
WHY = {"space": "tidak cukup tempat", "rule": "menurut aturan"}
RULES = {
    "about": "isi kegiatan",
    "companions": "pendamping",
    "date": "tanggal yang sudah disebut",
    "dateline": "pembuka berita",
    "degree": "gelar",
    "first": "bagian pertama",
    "frame": "pengantar kalimat",
    "free": "kata yang boleh lepas",
    "preamble": "pembuka",
    "purpose": "tujuan atau akibat",
    "relative": "anak kalimat",
    "scope": "cakupan peserta",
    "second": "bagian kedua",
    "sign": "tanda yang menjadi sebutan akun di X",
    "subject": "pokok yang sudah disebut",
    "time": "jam",
    "weekday": "hari dan tanggal yang tidak cocok",
}
FRAME = "pembuka dan penutup rilis"
FREE = RULES["free"]


@dataclass(frozen=True)
class Group:
    """What was left out for one reason. reason: as it stands before a colon; texts: as printed."""

    reason: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class LeftOut:
    """All that a post leaves out of its release. sentences: how many fell whole; pieces: how many inside others."""

    groups: tuple[Group, ...]
    sentences: int
    pieces: int


def rule_word(rule: str) -> str:
    """A rule of the composer, for people; one that is new here by its own name."""
    return RULES.get(rule, rule)


def why_word(why: str) -> str:
    """Why a sentence fell, for people."""
    return WHY.get(why, why)


def left_out(release: Release, composition: Composition) -> LeftOut:
    """What a post leaves out: whole sentences first, then pieces of sentences, each by its reason."""
    groups: dict[str, list[str]] = {}
    for dropped in composition.dropped:
        groups.setdefault(f"kalimat utuh, {why_word(dropped.why)}", []).append(dropped.text)
    cuts = [(words, rule) for piece in composition.trace for words, rule in piece.deleted if words.strip()]
    for words, rule in cuts:
        groups.setdefault(rule_word(rule), []).append(words.strip(" ,;"))
    if FREE in groups:  # the least of what fell
        groups[FREE] = groups.pop(FREE)
    if frame := _frame(release, composition):
        groups[FRAME] = frame
    made = tuple(Group(reason, tuple(t for t in texts if t)) for reason, texts in groups.items())
    return LeftOut(made, len(composition.dropped), len(cuts))


def _frame(release: Release, composition: Composition) -> list[str]:
    """What belongs to no sentence: dateline and byline."""
    spans = [(p.start, p.end) for p in composition.trace if p.start >= 0]
    at = 0
    for dropped in composition.dropped:  # in the release's order
        if place := place_after(release.body, dropped.text, at):
            spans.append(place)
            at = place[1]
    return [t for t in _between(release.body, sorted(spans)) if any(c.isalnum() for c in t)] if spans else []


def _between(text: str, spans: Iterable[tuple[int, int]]) -> list[str]:
    found, at = [], 0
    for start, end in spans:
        if start > at:
            found.append(text[at:start].strip(" –—-\n\t\xa0"))
        at = max(at, end)
    return [*found, text[at:].strip(" –—-\n\t\xa0")]

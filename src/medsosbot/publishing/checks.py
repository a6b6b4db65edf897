"""What holds a release for a person: pure functions from its text, the config and the time to reasons.

A reason is one Indonesian sentence that quotes the words in question and says what to do. Everything here concerns
the release and so holds the item; `own_text_holds` concerns single posts and holds those deliveries.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from medsosbot import wording
from medsosbot.model import Release
from medsosbot.options import Checks, Timetable
from medsosbot.publishing.personal_data import personal_data
from medsosbot.text.dates import WeekdayConflict, newest_full_date, weekday_conflicts
from medsosbot.text.rules import Rules

HOLD = "hold"
MOST_FINDS = 3  # pieces of personal data that one sentence names


@dataclass(frozen=True)
class Hold:
    """Why a person is asked. kind: weekday, second_dateline, stale, link, sensitive, personal_data, approval, late."""

    kind: str
    reason: str


def holds(
    release: Release,
    checks: Checks,
    *,
    due: datetime,
    news_date: date | None,
    zone: tzinfo,
    rules: Rules,
    second_dateline: str | None,
    written_date: date | None,
) -> tuple[Hold, ...]:
    """Everything that holds this item, in a fixed order; empty if nothing does.

    due: when it may go at the earliest, for its age. news_date: of the item, written or found; written_date: only
    what the file says, for weekdays whose date has no year. second_dateline: the words that open a second release
    inside the text, None if there are none.
    """
    text = f"{release.title}\n\n{release.body}"
    found: list[Hold] = []
    if checks.weekday == HOLD:
        found += _weekday(text, rules, written_date)
    if second_dateline is not None:
        found.append(_second_dateline(second_dateline))
    found += _stale(text, checks.stale_after_days, due.astimezone(zone).date(), news_date, rules)
    if checks.link == HOLD and not release.url:
        found.append(_link())
    found += _sensitive(release, checks.sensitive)
    if checks.personal_data == HOLD:
        found += _personal_data(text, checks.personal_data_allow)
    if checks.approval == HOLD:
        found.append(Hold("approval", "Setiap rilis menunggu persetujuan; baca drafnya, lalu lepas bila sudah benar."))
    return tuple(found)


def own_text_holds(
    release: Release, checks: Checks, *, rules: Rules, written_date: date | None
) -> dict[str, tuple[Hold, ...]]:
    """What holds the office's own words, by destination; only destinations for which something does."""
    found: dict[str, tuple[Hold, ...]] = {}
    for name, text in release.texts.items():
        own: list[Hold] = []
        if checks.weekday == HOLD:
            own += _weekday(text, rules, written_date, "bila memang harus begitu")
        if checks.personal_data == HOLD:
            own += _personal_data(text, checks.personal_data_allow)
        if own:
            found[name] = tuple(Hold(h.kind, f"Teks sendiri untuk {name}: {_lower(h.reason)}") for h in own)
    return found


def late(publish_at: datetime, now: datetime, timetable: Timetable) -> Hold:
    """The hold of an item that was to go longer ago than the timetable's limit."""
    when, ago = wording.when(publish_at, timetable.zone), wording.duration(now - publish_at)
    return Hold(
        "late",
        f"Seharusnya terbit {when}, sudah lewat {ago}; periksa apakah masih layak terbit, lalu lepas atau batalkan.",
    )


def _weekday(
    text: str, rules: Rules, written_date: date | None, else_what: str = "untuk terbit tanpa hari dan tanggal itu"
) -> Iterator[Hold]:
    by_words: dict[str, list[WeekdayConflict]] = {}
    for conflict in weekday_conflicts(text, rules, written=written_date):
        by_words.setdefault(conflict.printed, []).append(conflict)
    for printed, conflicts in by_words.items():
        truth = wording.listing(
            dict.fromkeys(f"{wording.plain_day(c.date)} jatuh pada hari {c.true_weekday}" for c in conflicts)
        )
        yield Hold(
            "weekday",
            f"{wording.quote(printed)}: {truth}; betulkan hari atau tanggalnya di berkas, atau lepas {else_what}.",
        )


def _second_dateline(words: str) -> Hold:
    return Hold(
        "second_dateline",
        f"Di dalam teks ada pembuka berita kedua, {wording.quote(words, 60)}; pisahkan menjadi dua berkas, atau lepas "
        "bila memang satu rilis.",
    )


def _stale(text: str, days: int | None, due: date, news_date: date | None, rules: Rules) -> Iterator[Hold]:
    if days is None:
        return
    printed = newest_full_date(text, rules)
    newest = printed or news_date
    if newest is None or (due - newest).days <= days:
        return
    what = "Tanggal terbaru di dalam teks" if printed else "Tanggal beritanya"
    yield Hold(
        "stale",
        f"{what}, {wording.day(newest)}, sudah {wording.count('hari', (due - newest).days)} lewat saat terbit (batas "
        f"{wording.count('hari', days)}); periksa apakah masih layak terbit, lalu lepas atau batalkan.",
    )


def _link() -> Hold:
    return Hold(
        "link",
        "Belum ada tautan ke beritanya; tambahkan baris «url: …» di berkas, atau lepas untuk terbit tanpa tautan.",
    )


def _sensitive(release: Release, words: Iterable[str]) -> Iterator[Hold]:
    """Whole words, whatever their case, in the title or the body's first paragraph."""
    paragraphs = [p for p in re.split(r"\n\s*\n", release.body) if p.strip()]
    lead = paragraphs[0] if paragraphs else ""
    found = []
    for place, text in (("judul", release.title), ("paragraf pertama", lead)):
        folded = _fold(text)
        found += [
            f"{wording.quote(word, 60)} di {place}"
            for word in dict.fromkeys(words)
            if word.strip() and re.search(rf"(?<!\w){_loose(word)}(?!\w)", folded)
        ]
    if found:
        yield Hold(
            "sensitive",
            f"Ada kata peka, {wording.listing(found)}; mintalah pendapat atasan, lalu lepas atau batalkan.",
        )


def _personal_data(text: str, allow: Iterable[str]) -> Iterator[Hold]:
    finds = personal_data(text, tuple(allow))
    if not finds:
        return
    named = [f"{f.what} {wording.quote(f.shown)}" for f in finds[:MOST_FINDS]]
    if len(finds) > MOST_FINDS:
        named.append(f"{len(finds) - MOST_FINDS} lagi")
    yield Hold(
        "personal_data",
        f"Ada data pribadi, {wording.listing(named)}; hapus dari teks, atau lepas bila memang untuk umum; bila nomor "
        "kantor, minta teknisi mendaftarkannya (checks.personal_data_allow).",
    )


def _fold(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _loose(word: str) -> str:
    """A pattern for a word or phrase in which any run of blanks stands for a blank."""
    return r"\s+".join(re.escape(w) for w in _fold(word).split())


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]

"""Gates on a post's form: its length, link, markup, tags, and what X or Telegram would make links."""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from medsosbot.model import Objection
from medsosbot.text.measure import cashtags_in, hashtags_in, measure, mentions_in, urls_in
from medsosbot.text.selfcheck.case import Case, objection
from medsosbot.text.selfcheck.source import Unit
from medsosbot.text.selfcheck.words import tokens

OWN_DOMAIN = re.compile(r"(?:https?://)?(?:[\w-]+\.)*kpu\.go\.id(?:[/:?]\S*)?", re.IGNORECASE)
_CITY = re.compile(r"([A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}): [A-Z]")
_EMOJI = regex.compile(r"\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3")
GOVERNED = 8  # words in front of a tag's words in which "dugaan" still governs them
MANY = 30  # hashtags of a post that are looked at


def over_limit(case: Case) -> Iterator[Objection]:
    for part in case.post.parts:
        length = measure(part, case.style)
        if length > case.style.limit:
            yield objection("over_limit", f"Terlalu panjang: {length} dari {case.style.limit}.")
            return


def bad_html(case: Case) -> Iterator[Objection]:
    if not case.post.sound:
        yield objection("bad_html", "Tanda HTML-nya rusak, Telegram akan menolaknya.")


def empty(case: Case) -> Iterator[Objection]:
    if not any(text.strip() for text in case.post.shown) or not (case.post.body or case.post.links):
        yield objection("empty", "Tidak ada teks yang bisa dikirim.")


def no_link(case: Case) -> Iterator[Objection]:
    url = (case.release.url or "").strip()
    if not url or case.style.link != "always":
        return
    shown = "\n".join(case.post.shown)
    linked = url in case.post.links or any(
        url == piece.rstrip(".,)") for piece in re.split(r"\s+", shown) if piece.startswith(url[:8])
    )
    if not linked:
        yield objection("no_link", "Tautan ke berita hilang atau terpotong.")


def stray_entity(case: Case) -> Iterator[Objection]:
    yield from _dateline(case)
    if not case.style.autolinks:
        return
    url = (case.release.url or "").strip()
    told = case.source.reading.title + "\n" + case.source.reading.text
    linked = {span.text for span in urls_in(told)}
    for text in case.post.shown:
        for span in urls_in(text):
            meant = span.text == url and case.style.link != "never"
            if not meant and not (OWN_DOMAIN.fullmatch(span.text) and span.text in linked):
                yield objection("stray_entity", f"“{span.text}” akan menjadi tautan di X, padahal bukan tautan berita.")
        printed = {m.text.lower() for m in mentions_in(told)}
        for mention in mentions_in(text):
            if mention.text.lower() not in printed or mention.text[1:2].isdigit():
                yield objection("stray_entity", f"“{mention.text}” akan menyebut sebuah akun, padahal tidak dimaksud.")
    cashtags = [span for text in case.post.shown for span in cashtags_in(text)]
    if len(cashtags) > 1 or any(span.text not in told for span in cashtags):
        yield objection("stray_entity", f"“{cashtags[0].text}” akan menjadi tanda saham.")


def _dateline(case: Case) -> Iterator[Objection]:
    """The host of a dateline would be a link, in Telegram too; "Long Pahangai, 5 Juli 2024." is one as well."""
    for aligned in case.found:
        unit = aligned.unit
        dated = unit.told.dates and len(unit.words) <= 8 and not unit.verbs
        if unit.number == 0 and aligned.first == 0 and (dated or _is_city(unit)):
            yield objection("fragment", f"Baris tempat dan tanggal “{unit.text}” ikut terkirim.")
            return
    line = case.source.reading.dateline
    if line is None or line.host is None or case.style.autolinks:
        return
    told = case.source.reading.title + "\n" + case.source.reading.text
    for word in case.post.body[:400].split()[:12]:
        host = word.strip("()[],;:–—-")
        if host == line.host and host not in told:
            yield objection("stray_entity", f"Baris tempat “{line.printed}” ikut terkirim dan menjadi tautan.")
            return


def _is_city(unit: Unit) -> bool:
    """ "Pontianak: Sebanyak 28 …": a name that is nobody's office, role, event or label, and a colon."""
    found = _CITY.match(unit.text)
    if found is None:
        return False
    words = tokens(found[1])
    lists = ("facts.offices", "facts.roles", "facts.events", "status.labels")
    return not any(w.text in unit.rules[name] or w.low in unit.rules[name] for w in words for name in lists)


def bad_hashtag(case: Case) -> Iterator[Objection]:
    rules = case.rules.hashtags
    own = {re.sub(r"\W", "", tag).lower() for tag in case.release.hashtags}
    free = {tag.lstrip("#").lower() for tag in (*rules.brand, rules.fallback or "")} | own
    told = case.source.reading.title + "\n" + case.source.reading.text
    printed = {span.text[1:].lower() for span in hashtags_in(told)} if "#" in told else set()
    tags = [span.text[1:] for text in case.post.shown for span in hashtags_in(text)]
    for tag in list(dict.fromkeys(tags))[:MANY]:
        if tag.lower() in free or tag.lower() in printed:
            continue
        verdict = _verdict(tag.lower(), case)
        if verdict:
            yield objection("bad_hashtag", f"Tagar #{tag} {verdict}.")
    most = max(case.style.max_hashtags, rules.most, len(rules.brand) + len(own)) + len(printed)
    if len(tags) > most:
        yield objection("bad_hashtag", f"Tagarnya {len(tags)}, paling banyak {most}.")


def _verdict(tag: str, case: Case) -> str:
    """What is wrong with a tag that is no brand: empty where its words stand together somewhere, ungoverned."""
    found = False
    if any(case.rules["status.denial"].within(unit.words) for unit in case.source.units[:2]):
        return "menandai apa yang dibantah rilis ini"
    for unit in case.source.units:
        keys = [*unit.keys]
        for start, end in _standing(tag, keys):
            found = True
            if not _is_governed(unit.keys, start, end, case):
                return ""
        for edges in unit.edges.values():
            for edge in edges:
                if "".join(edge.keys) == tag:
                    found = True
                    if not _is_governed(unit.keys, edge.start, edge.end, case):
                        return ""
    return "menyebut apa yang baru diduga atau dibantah" if found else "tidak berasal dari kata-kata rilis"


def _standing(tag: str, keys: list[str]) -> Iterator[tuple[int, int]]:
    flat = [re.sub(r"\W", "", k) for k in keys]
    for start, first in enumerate(flat):
        if not first or not tag.startswith(first):
            continue
        joined, end = first, start + 1
        while len(joined) < len(tag) and end < len(flat):
            joined += flat[end]
            end += 1
        if joined == tag:
            yield start, end


def _is_governed(keys: tuple[str, ...], start: int, end: int, case: Case) -> bool:
    before = keys[max(0, start - GOVERNED) : start]
    object_of = next((i for i in range(len(before), 0, -1) if before[i - 1] in case.rules["clauses.cut_before"]), 0)
    if any(k in case.rules["gates.alleged"] for k in before[object_of:]) or (
        before and before[-1] in case.rules["gates.negations"]
    ):
        return True
    around = " ".join(keys)
    return any(f" {phrase} " in f" {around} " for phrase in case.rules["status.denial"].phrases)


def emoji_added(case: Case) -> Iterator[Objection]:
    told = case.release.title + case.release.body
    for text in case.post.shown:
        for sign in _EMOJI.findall(text):
            if sign not in told:
                yield objection("emoji_added", f"Emoji {sign} tidak ada di rilis.")
                return


def multi_line(case: Case) -> Iterator[Objection]:
    """For the /terkini line alone."""
    if any("\n" in part.strip("\n") or "\r" in part for part in case.post.parts):
        yield objection("multi_line", "Baris daftar berita terbagi dua.")

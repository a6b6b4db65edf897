"""What a post leaves out, by reason."""

from __future__ import annotations

from medsosbot.model import Composition, Dropped, Piece, Release
from medsosbot.platforms.styles import TELEGRAM, X
from medsosbot.preview.explain import FRAME, RULES, WHY, Group, left_out, rule_word
from medsosbot.text.compose import compose
from medsosbot.text.rules import default_rules
from tests.text.corpus import releases

BODY = "Samarinda, kpu.go.id – Rapat dibuka oleh Ketua. Hadir 8 orang. (Tim Medsos)"


def composition(*dropped: Dropped) -> Composition:
    start, end = BODY.index("Rapat"), BODY.index(" Hadir")
    piece = Piece("Rapat dibuka Ketua.", BODY[start:end], start, end, (("oleh", "free"),))
    return Composition(("Rapat dibuka Ketua.",), dropped, (piece,))


def test_sentences_pieces_and_the_frame_are_grouped_by_reason() -> None:
    left = left_out(Release("Rapat", BODY), composition(Dropped("Hadir 8 orang.", "space")))
    assert left.groups == (
        Group("kalimat utuh, tidak cukup tempat", ("Hadir 8 orang.",)),
        Group("kata yang boleh lepas", ("oleh",)),
        Group(FRAME, ("Samarinda, kpu.go.id", "(Tim Medsos)")),
    )
    assert (left.sentences, left.pieces) == (1, 1)


def test_a_post_of_the_whole_release_leaves_nothing_out() -> None:
    whole = Composition((BODY,), (), (Piece(BODY, BODY, 0, len(BODY)),))
    assert left_out(Release("Rapat", BODY), whole).groups == ()


def test_every_reason_that_the_composer_gives_has_a_word() -> None:
    rules, found = default_rules(), []
    for release in [*releases("six"), *releases("wild")]:
        found += [compose(release, style, rules) for style in (X, TELEGRAM)]
    named = {rule for c in found for piece in c.trace for _, rule in piece.deleted}
    why = {dropped.why for c in found for dropped in c.dropped}
    assert named - RULES.keys() == set() and why - WHY.keys() == set() and len(named) > 5


def test_a_rule_that_is_new_here_is_told_by_its_own_name() -> None:
    assert rule_word("weekday") == "hari dan tanggal yang tidak cocok" and rule_word("baru") == "baru"

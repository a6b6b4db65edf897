"""The release with the used words marked: the runs joined are the release, and what fell is where it stood."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from medsosbot.model import Piece
from medsosbot.preview.marking import Segment, places_of, segments

BODY = "Rapat dibuka oleh Ketua, dihadiri oleh Anggota. Kalimat lain."


def cut(runs: tuple[Segment, ...]) -> list[str]:
    return [s.text for s in runs if s.cut]


def test_used_words_are_marked_and_the_rest_is_not() -> None:
    runs = segments(BODY, [Piece("Rapat dibuka oleh Ketua, dihadiri oleh Anggota.", BODY[:47], 0, 47)])
    assert [(s.text, s.used) for s in runs] == [(BODY[:47], True), (BODY[47:], False)]


def test_what_fell_inside_a_sentence_is_struck_through() -> None:
    piece = Piece("Rapat dibuka oleh Ketua.", BODY[:47], 0, 47, ((", dihadiri oleh Anggota", "companions"),))
    assert cut(segments(BODY, [piece])) == [", dihadiri oleh Anggota"]


def test_of_two_equal_words_the_one_that_the_post_lost_is_struck_through() -> None:
    piece = Piece("Rapat dibuka oleh Ketua, dihadiri Anggota.", BODY[:47], 0, 47, (("oleh", "free"),))
    runs = segments(BODY, [piece])
    assert cut(runs) == ["oleh"] and runs[0].text == "Rapat dibuka oleh Ketua, dihadiri "


def test_the_first_of_them_is_struck_through_where_it_fell() -> None:
    piece = Piece("Rapat dibuka Ketua, dihadiri oleh Anggota.", BODY[:47], 0, 47, (("oleh", "free"),))
    assert segments(BODY, [piece])[0].text == "Rapat dibuka "


def test_a_doubted_date_that_the_post_lost_is_struck_through_though_no_account_names_it() -> None:
    body = "Rapat, Kamis (6/9/2022)."
    assert cut(segments(body, [Piece("Rapat.", body, 0, len(body))], ["Kamis (6/9/2022)"])) == ["Kamis (6/9/2022)"]


def test_a_doubted_date_that_the_post_prints_is_not_struck_through() -> None:
    body = "Rapat, Kamis (6/9/2022)."
    runs = segments(body, [Piece(body, body, 0, len(body))], ["Kamis (6/9/2022)"])
    assert not cut(runs) and [s.text for s in runs if s.doubted] == ["Kamis (6/9/2022)"]


def test_words_are_found_whatever_their_spaces_and_never_inside_others() -> None:
    assert places_of("di  Kota\xa0Balikpapan", "Kota Balikpapan") == [(4, 19)]
    assert places_of("diolehkan", "oleh") == []


def test_dots_stand_for_what_a_hold_does_not_repeat() -> None:
    assert places_of("hubungi 0812-3456-7890.", "0812-••••-••90") == [(8, 22)]


@given(
    st.text(max_size=80),
    st.lists(
        st.tuples(st.integers(-5, 90), st.integers(-5, 90), st.lists(st.text(max_size=5), max_size=3)), max_size=4
    ),
    st.lists(st.text(max_size=6), max_size=2),
)
def test_the_runs_joined_are_always_the_release(
    body: str, pieces: list[tuple[int, int, list[str]]], doubts: list[str]
) -> None:
    trace = [Piece(body, body, a, b, tuple((w, "free") for w in words)) for a, b, words in pieces]
    assert "".join(s.text for s in segments(body, trace, doubts)) == body

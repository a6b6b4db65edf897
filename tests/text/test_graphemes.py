"""Nothing is cut inside a sign."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medsosbot.text.graphemes import graphemes, is_border


@pytest.mark.parametrize("sign", ["é", "👨‍👩‍👧", "🇮🇩", "👍🏽", "1️⃣", "각", "क्षि", "ก็", "\r\n"])
def test_a_sign_is_one(sign: str) -> None:
    assert graphemes(f"a{sign}b") == ["a", sign, "b"]
    assert [is_border(f"a{sign}b", i) for i in range(1, len(sign) + 1)] == [True, *[False] * (len(sign) - 1)]


def test_two_flags_are_two_signs() -> None:
    assert graphemes("🇮🇩🇲🇾") == ["🇮🇩", "🇲🇾"]


@given(st.text())
def test_signs_make_up_the_text_and_end_at_borders(text: str) -> None:
    signs = graphemes(text)
    assert "".join(signs) == text
    end = 0
    for sign in signs:
        end += len(sign)
        assert is_border(text, end)

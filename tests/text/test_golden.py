"""Golden posts: a change of any post is seen and read before it is taken (`python -m tests.text.golden`)."""

from __future__ import annotations

import pytest

from tests.text.corpus import KINDS, everything
from tests.text.golden import FOLDER, golden


@pytest.mark.parametrize("kind", KINDS)
def test_every_post_is_the_one_that_was_read(kind: str) -> None:
    assert golden(kind) == (FOLDER / f"{kind}.txt").read_text(encoding="utf-8")


def test_the_corpus_is_big_enough() -> None:
    assert len(everything()) >= 6 + 24

"""What is no fault of the config but worth saying, in Indonesian, for `check`, `doctor` and the like."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from medsosbot.options import Settings
from medsosbot.platforms import kind_of
from medsosbot.wording import duration, listing

CAREFUL = timedelta(seconds=60)  # X's timeline lags: an answer that comes sooner may miss a post


def notes(settings: Settings) -> tuple[str, ...]:
    """One sentence each."""
    return (*_variables(settings), *_reconcile(settings))


def _variables(settings: Settings) -> Iterator[str]:
    for name in settings.unknown_variables:
        yield f"Variabel {name} tidak dikenal dan tidak berpengaruh."


def _reconcile(settings: Settings) -> Iterator[str]:
    after = settings.reconcile.after
    real = [d.name for d in settings.destinations if kind_of(d).real]
    if real and after < CAREFUL:
        yield (
            f"reconcile.after_seconds: {duration(after)} terlalu singkat untuk {listing(real)}: kiriman yang baru "
            f"mungkin belum tampak ketika ditanyakan. Pakai 60 atau lebih."
        )

"""A pass that is paused at a named point until somebody lets it go on.

    python -m tests.crash.paused FOLDER POINT NTH [SECONDS]

SECONDS: within how long after its intent a call must begin; a test has no ten seconds to lose.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

from medsosbot.publishing import claim
from tests.crash import points
from tests.crash.victims import run_pass


def main(folder: str, point: str, nth: str, seconds: str | None = None) -> int:
    """Run the pass; its exit code."""
    if seconds is not None:
        claim.CALL_WITHIN = timedelta(seconds=float(seconds))
    points.arm(point, int(nth), points.pause)
    return run_pass(Path(folder))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

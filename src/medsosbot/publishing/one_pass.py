"""One pass: take the queue in, publish all that is due, end."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from functools import partial

from medsosbot.errors import StorageError
from medsosbot.publishing import expiry, intake
from medsosbot.publishing.intake import Handed
from medsosbot.publishing.newsroom import Newsroom
from medsosbot.publishing.publisher import Patience, Publisher
from medsosbot.publishing.report import PassReport
from medsosbot.queue_folder.folder import stable

LOOK_AGAIN = 0.2  # seconds between two looks at the folder: what differs in them is still being written


async def one_pass(
    newsroom: Newsroom, publisher: Publisher, patience: Callable[[], Patience], *, move: bool = True
) -> PassReport:
    """Never raises for the trouble of the folder or of one destination: the others go on.

    move: False leaves the folder as it is.
    """
    report = PassReport()
    try:
        await publisher.in_database_thread(partial(_intake, newsroom, report, move))
    except StorageError as e:
        report.stopped = str(e)
    drains = (publisher.drain(target, report, patience()) for target in newsroom.targets)
    for result in await asyncio.gather(*drains, return_exceptions=True):
        if isinstance(result, StorageError):
            report.stopped = str(result)
        elif isinstance(result, BaseException):
            raise result
    return report


def _intake(newsroom: Newsroom, report: PassReport, move: bool) -> None:
    expiry.expire(newsroom)
    before = newsroom.folder.look()
    if not before:
        return
    time.sleep(LOOK_AGAIN)
    files = stable(before, newsroom.folder.look())
    path = newsroom.folder.path
    intake.take_in(newsroom, [Handed(path / f.name, f if move else None) for f in files], report)

"""Ending the pause of a destination that refused us, once its platform shows that it is mended."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial

from medsosbot.errors import PublishError
from medsosbot.platforms.base import Platform
from medsosbot.publishing import notices as tell
from medsosbot.publishing.newsroom import Newsroom
from medsosbot.publishing.publisher import Publisher
from medsosbot.storage import pauses

log = logging.getLogger(__name__)
BY = "a check that found it mended"


async def probe(newsroom: Newsroom, publisher: Publisher, platforms: Mapping[str, Platform]) -> list[str]:
    """Ask each platform that refused us, by a reading call, whether it is mended; the destinations that go on.

    `publish` does it once a pass, `run` every ten minutes. The same refusal again is neither told nor counted. Raises
    StorageError.
    """
    mended = []
    for name in await publisher.in_database_thread(partial(_refused, newsroom)):
        try:
            await platforms[name].check()
        except PublishError as e:
            log.info("%s still refuses us: %s", name, e.detail or e.reason)
        else:
            await publisher.in_database_thread(partial(_lift, newsroom, name))
            log.info("%s is mended and goes on.", name, extra={"event": "mended", "destination": name})
            mended.append(name)
    return mended


def _refused(newsroom: Newsroom) -> list[str]:
    with newsroom.store.read() as tx:
        asked = {p.destination for p in pauses.standing(tx) if p.kind == pauses.REFUSED and p.probe}
    return [t.name for t in newsroom.targets if t.name in asked]


def _lift(newsroom: Newsroom, name: str) -> None:
    with newsroom.store.write() as tx:
        mine = [p.id for p in pauses.over(tx, name) if p.kind == pauses.REFUSED]
        pauses.lift(tx, mine, BY, newsroom.clock.now())
        tell.over(tx, f"paused:{name}")

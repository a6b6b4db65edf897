"""Sending what is due: one worker per destination, so that a platform that hangs delays no other.

A worker's step: settle what is in doubt, claim one part, call the platform, record its answer before the next.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from functools import partial
from typing import TypeVar

from medsosbot.errors import PublishError, TransientError, UnauthorizedError, UncertainError
from medsosbot.model import DeliveryState, Receipt
from medsosbot.platforms.base import Platform
from medsosbot.publishing import claim as claims
from medsosbot.publishing import clock_guard, evidence, outcome, retry
from medsosbot.publishing.claim import Claim, Turn
from medsosbot.publishing.clock_guard import PlatformClock
from medsosbot.publishing.newsroom import Newsroom, Target
from medsosbot.publishing.report import PassReport, Sent, Trouble
from medsosbot.storage import pauses

log = logging.getLogger(__name__)
T = TypeVar("T")
RETRIES = 3  # how many retries one pass waits out per destination


class End(Enum):
    """How one call ended for the worker that made it."""

    OUT = auto()
    DONE = auto()
    NOT_SENT = auto()
    REFUSED_US = auto()


@dataclass
class Patience:
    """How long one pass waits at one destination for pace and retries, in all."""

    left: timedelta = timedelta(0)
    retries: int = RETRIES


class Publisher:
    """Publishes what is due; owns no state that must outlive it."""

    def __init__(
        self,
        newsroom: Newsroom,
        platforms: Mapping[str, Platform],
        executor: Executor,
        owner: str,
        rng: random.Random,
        probe_every: timedelta = timedelta(0),
    ) -> None:
        """probe_every: how long a destination is left alone whose refusal only a post can see mended."""
        self._newsroom, self._platforms, self._executor = newsroom, platforms, executor
        self._owner, self._rng = owner, rng
        self._probe_every = probe_every
        self._platform_clock = PlatformClock()
        self._stopping = False

    def stop(self) -> None:
        """Begin nothing new; what is with a platform is still recorded."""
        self._stopping = True

    async def drain(self, target: Target, report: PassReport, patience: Patience | None = None) -> None:
        """Publish at one destination until nothing more may go now, or the patience is used up.

        Raises StorageError: disk or database refused; nothing is called without an intent on record.
        """
        patience = patience or Patience()
        platform = self._platforms[target.name]
        doubtful = True
        while not self._stopping:
            doubtful = doubtful and await self._settle_doubts(target, platform, report)
            await self._ask_the_time(target, platform)
            turn = await self.in_database_thread(lambda: claims.next_turn(self._newsroom, target, self._owner))
            for item_id in turn.held:
                report.hold(item_id)
            if turn.odd_clock:
                report.stopped = turn.odd_clock
                return
            if turn.claim is not None:
                end = await self._send(target, platform, turn.claim, report)
                doubtful = doubtful or end is not End.OUT
                if end is End.REFUSED_US:
                    return
                patience.retries -= end is End.NOT_SENT
            elif not turn.more and not await self._wait(turn, patience):
                return

    async def _wait(self, turn: Turn, patience: Patience) -> bool:
        if not turn.waits_for_pace or turn.wake_at is None or patience.retries < 0:
            return False
        span = turn.wake_at - self._newsroom.clock.now()
        if span > patience.left:
            return False
        patience.left -= span
        await asyncio.sleep(max(0.0, span.total_seconds()))
        return True

    async def _send(self, target: Target, platform: Platform, claim: Claim, report: PassReport) -> End:
        """One call, and its answer on record."""
        if claim.look_first:
            await self.in_database_thread(lambda: self._doubt_restored(claim))
            return End.DONE
        if self._newsroom.clock.now() >= claim.deadline:
            await self.in_database_thread(lambda: self._not_called(claim, "the deadline passed before the call"))
            return End.NOT_SENT
        try:
            receipt = await platform.publish(claim.part, claim.after)
        except PublishError as e:
            error = e
        except Exception as e:
            log.exception("the client of %s raised what it should have classified", target.name)
            error = UncertainError(
                "Jawaban platform tidak dapat dibaca; belum diketahui apakah sudah terbit.",
                detail=f"{type(e).__name__}",
            )
        else:
            await self.in_database_thread(lambda: self._published(target, claim, receipt, report))
            return End.OUT
        await self.in_database_thread(lambda: self._refused(target, claim, error, report))
        if isinstance(error, UnauthorizedError):
            return End.REFUSED_US
        return End.NOT_SENT if isinstance(error, TransientError) else End.DONE

    async def _ask_the_time(self, target: Target, platform: Platform) -> None:
        """Before the first post, and every ten minutes: does the platform's clock agree with ours?"""
        if not target.real or not self._platform_clock.is_due(self._newsroom, target.name):
            return
        if not await self.in_database_thread(lambda: claims.anything_due(self._newsroom, target)):
            return
        difference = await self._platform_clock.ask(self._newsroom, target.name, platform)
        if difference is not None:
            await self.in_database_thread(lambda: self._judge(difference))

    def _judge(self, difference: timedelta) -> None:
        with self._newsroom.store.write() as tx:
            clock_guard.judge(tx, self._newsroom, difference)

    async def _settle_doubts(self, target: Target, platform: Platform, report: PassReport) -> bool:
        """Ask about what is in doubt and due for it; whether there was any doubt at all."""
        found = await self.in_database_thread(lambda: evidence.doubts(self._newsroom, target))
        for doubt in found:
            if doubt.due is None or doubt.due > self._newsroom.clock.now():
                continue
            verdict, receipt, detail = await evidence.ask(platform, target, doubt)
            conclude = partial(evidence.settle, self._newsroom, target, doubt, verdict, receipt, detail)
            state = await self.in_database_thread(conclude)
            log.info("asked %s about attempt %s: %s, now %s", target.name, doubt.attempt.id, verdict, state)
            if state is DeliveryState.PUBLISHED and receipt is not None:
                report.published.append(Sent(doubt.claim.item_id, target.name, receipt.url))
            elif state is DeliveryState.FAILED:
                report.failed.append(Trouble(doubt.claim.item_id, target.name, evidence.OLDER_POST))
        return bool(found)

    def _published(self, target: Target, claim: Claim, receipt: Receipt, report: PassReport) -> None:
        now = self._newsroom.clock.now()
        with self._newsroom.store.write() as tx:
            whole = outcome.published(tx, self._newsroom, target, claim, receipt, "answer", now)
        report.unreached.pop(target.name, None)
        log.info("%s is out at %s as %s", claim.item_id, target.name, ", ".join(receipt.ids))
        if whole:
            report.published.append(Sent(claim.item_id, target.name, receipt.url))

    def _refused(self, target: Target, claim: Claim, error: PublishError, report: PassReport) -> None:
        now = self._newsroom.clock.now()
        decision = retry.decide(error, claim.tries, now, self._rng)
        with self._newsroom.store.write() as tx:
            paused = outcome.refused(tx, self._newsroom, target, claim, error, decision, now)
            if decision.pause and not decision.probe and self._probe_every:
                pauses.set_not_before(tx, target.name, now + self._probe_every)
        log.warning(
            "%s at %s: %s (%s, status %s)", claim.item_id, target.name, decision.state, error.detail, error.status
        )
        trouble = Trouble(claim.item_id, target.name, error.reason)
        if decision.state is DeliveryState.FAILED:
            report.failed.append(trouble)
        elif decision.state is DeliveryState.UNCERTAIN:
            report.uncertain.append(trouble)
        report.paused += [Trouble("", t.name, error.reason) for t in paused]
        if isinstance(error, TransientError) and error.paced:
            report.remark(target.name, error.reason)
        elif isinstance(error, TransientError):
            report.unreached[target.name] = error.reason

    def _not_called(self, claim: Claim, why: str) -> None:
        with self._newsroom.store.write() as tx:
            claims.give_back(tx, claim, self._newsroom.clock.now(), why)
        log.warning("%s: no call was made, %s", claim.item_id, why)

    def _doubt_restored(self, claim: Claim) -> None:
        reason = "Basis data lama dipasang kembali; platform ditanya dulu apakah ini sudah terbit."
        with self._newsroom.store.write() as tx:
            now = self._newsroom.clock.now()
            outcome.doubt(tx, claim.attempt, claim.part_id, claim.delivery, reason, now, error="database put back")

    async def in_database_thread(self, work: Callable[[], T]) -> T:
        """Run one piece of database work in the database's thread."""
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)

"""One delivery's life as a rule-based machine: a platform that takes posts late or loses answers, a process that dies
or is paused while another starts, and a person who looks before deciding. Never may the public see the post twice,
and in the end it is out once, under the right number.

The five guards can be taken away one by one, from outside: `remove(guard)`.
"""

from __future__ import annotations

import contextlib
import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar
from unittest import mock

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import delete, select

from medsosbot.errors import BusyError, DecisionError, TransientError
from medsosbot.model import DeliveryState, Intent, Part, PartState, Receipt
from medsosbot.options import Reconcile
from medsosbot.publishing import evidence, outcome, retry, settling
from medsosbot.publishing.claim import next_turn
from medsosbot.publishing.evidence import Verdict
from medsosbot.publishing.newsroom import Newsroom
from medsosbot.storage import attempts, deliveries, schema
from medsosbot.storage.lock import Lock
from medsosbot.storage.store import Store
from tests.publishing.fake_platform import LOST, TAKEN, FakePlatform, not_sent, uncertain
from tests.publishing.office import NINE, Office, open_office

State = DeliveryState
AFTER = Reconcile().after
LATE = "taken late"
LATE_BY = AFTER / 2  # a platform that takes a post later than the asking delay is beyond the promise
WAIT = st.sampled_from([0, 61, 1, 700])  # seconds
STATE = select(schema.deliveries.c.state)
RESENT = select(schema.attempts.c.id).where(schema.attempts.c.outcome == "absent")
GUARDS = ("intent", "uncertain", "ask", "delay", "lock")


@dataclass
class LatePlatform(FakePlatform):
    """Some posts appear only after a while; `find` sees what is there by then."""

    coming: list[tuple[datetime, Part]] = field(default_factory=list)

    def arrive(self) -> None:
        """Let appear what is due by now."""
        due = [c for c in self.coming if c[0] <= self.clock.now()]
        self.coming = [c for c in self.coming if c not in due]
        for _, part in due:
            self._take(part)

    async def publish(self, part: Part, after: Receipt | None) -> Receipt:
        self.arrive()
        if self.script and self.script[0] == LATE:
            self.before(part)
            self.script.pop(0)
            self.calls.append(part)
            self.coming.append((self.clock.now() + LATE_BY, part))
            raise uncertain()
        return await super().publish(part, after)

    async def find(self, part: Part, since: Intent) -> Receipt | None:
        self.arrive()
        return await super().find(part, since)


class OneDelivery(RuleBasedStateMachine):
    """The machine. seen: what happened, over all runs, so that a run that tested nothing is no success."""

    shared: ClassVar[Office]
    guard: ClassVar[str | None] = None
    seen: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.office = self.shared
        wipe(self.office)
        self.platform = LatePlatform(self.office.clock)
        self.office.platforms["kanal"] = self.office.opened["kanal"] = self.platform

    @initialize()
    def hand_in(self) -> None:
        self.office.file()
        self.office.take_in()

    def not_out(self) -> bool:
        """Is there still something that can go wrong? What is out is looked at by the invariants and the end."""
        return not self.platform.wall or self._state() != State.PUBLISHED

    @rule()
    def time_passes(self) -> None:
        self._wait(29)

    @precondition(not_out)
    @rule(step=st.sampled_from([LATE, LOST, TAKEN, "not sent", "busy", "ok"]), wait=WAIT)
    def a_pass(self, step: str, wait: int) -> None:
        self._wait(wait)
        self._script(step)
        self.office.publish()
        self._note(step)

    @precondition(not_out)
    @rule(how=st.sampled_from([TAKEN, LATE, LOST, "before the call"]), wait=WAIT)
    def the_process_dies(self, how: str, wait: int) -> None:
        """It is killed between its intent and the record of the answer; the next one starts at once."""
        self._wait(wait)
        turn = next_turn(self.office.room, self.office.room.targets[0], "killed")
        if turn.claim is not None:
            self.seen[f"killed, {how}"] += 1
            if how == TAKEN:
                self.platform._take(turn.claim.part)
            elif how == LATE:
                self.platform.coming.append((self.office.clock.now() + LATE_BY, turn.claim.part))
        self.office.restart()

    @precondition(not_out)
    @rule(seconds=st.sampled_from([30, 300]))
    def the_process_is_paused_in_its_call_while_another_starts(self, seconds: int) -> None:
        def meanwhile(part: Part) -> None:
            self.platform.before = lambda part: None
            self.seen["paused"] += 1
            other = threading.Thread(target=self._another_process, args=(timedelta(seconds=seconds),))
            other.start()
            other.join()

        self.platform.before = meanwhile
        self._script("ok")
        self.office.publish()
        self.platform.before = lambda part: None

    @precondition(lambda self: self._state() == State.UNCERTAIN)
    @rule(wait=WAIT)
    def a_person_looks(self, wait: int) -> None:
        """Whoever is asked looks into the channel first, and believes what is there."""
        self._wait(wait)
        if self._state() != State.UNCERTAIN:
            return
        posted = str(self.platform.wall[0].remote_id) if self.platform.wall else None
        with contextlib.suppress(DecisionError):
            self.office.decide(settling.settle, "rapat", "kanal", posted)
            self.seen["settled by a person"] += 1

    @invariant()
    def the_public_never_sees_it_twice(self) -> None:
        assert len(self.platform.wall) + len(self.platform.coming) <= 1, "published twice"

    @invariant()
    def what_is_recorded_as_out_is_out(self) -> None:
        if self._state() == State.PUBLISHED:
            with self.office.store.read() as tx:
                (part,) = deliveries.parts_of(tx, deliveries.in_state(tx, State.PUBLISHED)[0].id)
            assert part.remote_ids == tuple(str(p.remote_id) for p in self.platform.wall), "wrong id"

    def teardown(self) -> None:
        if self._state() is not None:
            self._until_it_is_out()

    def _until_it_is_out(self) -> None:
        """From now on all goes well, and a person answers what is asked."""
        for _ in range(12):
            self.office.restart()
            self.office.publish()
            self.the_public_never_sees_it_twice()
            if self._state() == State.PUBLISHED:
                break
            self.office.move(timedelta(minutes=11))
            self.platform.arrive()
            if self.office.told("doubt"):
                self.a_person_looks(wait=0)
        assert self._state() == State.PUBLISHED, f"lost: {self._state()}"
        self.what_is_recorded_as_out_is_out()
        self.seen["out"] += 1

    def _state(self) -> str | None:
        """The one delivery's state, looked up often: the views are made for people."""
        with self.office.store.read() as tx:
            return tx.execute(STATE).scalar()

    def _wait(self, seconds: int) -> None:
        self.office.move(timedelta(seconds=seconds))
        self.platform.arrive()

    def _script(self, step: str) -> None:
        steps: dict[str, object] = {"not sent": not_sent(), "busy": not_sent(paced=True)}
        self.platform.script = [steps.get(step, step)]

    def _note(self, step: str) -> None:
        if not self.platform.script:
            self.seen[step] += 1
        with self.office.store.read() as tx:
            self.seen["resent"] += bool(tx.execute(RESENT).first())

    def _another_process(self, by: timedelta) -> None:
        """It starts, waits and works as any other; but it needs the lock first."""
        try:
            store = Store(self.office.store.file, keeper=True)
        except BusyError:
            self.seen["gave way"] += 1
            return
        other: Office = replace(self.office, store=store, room=replace(self.office.room, store=store))
        other.restart()
        for _ in range(4):
            other.move(by)
            other.publish()
        store.close()


def wipe(office: Office) -> None:
    """An office as on its first day: opening a new database for each history would cost more than the history."""
    with office.store.write() as tx:
        for table in reversed(schema.metadata.sorted_tables):
            tx.execute(delete(table))
    office.store.counter.write(0)
    shutil.rmtree(office.queue, ignore_errors=True)
    office.clock.at = NINE


@contextmanager
def machine(folder: Path, guard: str | None = None) -> Iterator[type[OneDelivery]]:
    """The machine in an office of its own, with one guard missing or none."""
    after = timedelta(0) if guard == "delay" else AFTER
    with open_office(folder, reconcile=Reconcile(after), lasting=False) as office, ExitStack() as stack:
        if guard is not None:
            stack.enter_context(remove(guard))
        yield type("Machine", (OneDelivery,), {"shared": office, "guard": guard, "seen": Counter()})


@contextmanager
def remove(guard: str) -> Iterator[None]:
    """Take one guard away, as if it had never been built."""
    with ExitStack() as stack:

        def put(owner: Any, name: str, instead: Any) -> None:
            stack.enter_context(mock.patch.object(owner, name, instead))

        if guard == "intent":
            put(outcome, "recover", _forget_what_was_begun)
        elif guard == "uncertain":
            decide = retry.decide
            put(retry, "decide", lambda e, *rest: decide(e if isinstance(e, TransientError) else not_sent(), *rest))
        elif guard == "ask":
            put(evidence, "ask", _ask_nobody)
        elif guard == "lock":
            put(Lock, "take", lambda self: None)
        yield  # "delay" is an option of the office


def _forget_what_was_begun(newsroom: Newsroom, destination: str | None = None) -> list[int]:
    """Without an intent on record the next process finds the delivery as it was before the call."""
    now = newsroom.clock.now()
    with newsroom.store.write() as tx:
        for delivery in deliveries.in_state(tx, State.PUBLISHING):
            attempt = attempts.open_of_delivery(tx, delivery.id)
            assert attempt is not None
            attempts.end(tx, attempt.id, "not_called", "sabotage", now)
            deliveries.set_part(tx, attempt.part, PartState.WAITING)
            deliveries.move(tx, delivery.id, {State.PUBLISHING}, State.SCHEDULED)
    return []


async def _ask_nobody(*whom: object) -> tuple[Verdict, None, None]:
    return Verdict.ABSENT, None, None

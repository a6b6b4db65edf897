"""Named points of a pass at which the process can be killed, put around the product's functions from outside.

A point is `<name>:before` or `<name>:after`. What lies inside a transaction is killed with it.
"""

from __future__ import annotations

import functools
import inspect
import os
import signal
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

# name -> where it is: module, then the attribute, through a class where it is a method.
PLACES = {
    "lock": ("medsosbot.storage.lock", "Lock.take"),
    "migration": ("medsosbot.storage.migrate", "upgrade"),
    "look-at-the-counter": ("medsosbot.publishing.restored", "look"),
    "recover": ("medsosbot.publishing.outcome", "recover"),
    "doubt": ("medsosbot.publishing.outcome", "doubt"),
    "item-row": ("medsosbot.storage.items", "add"),
    "delivery-rows": ("medsosbot.publishing.schedule", "put"),
    "accept": ("medsosbot.queue_folder.folder", "QueueFolder.accept"),
    "name-in-accepted": ("medsosbot.files", "claim"),
    "refuse": ("medsosbot.queue_folder.folder", "QueueFolder.refuse"),
    "reason-file": ("medsosbot.queue_folder.folder", "_put_reason"),
    "notice-of-refusal": ("medsosbot.publishing.notices", "refused"),
    "notice-of-hold": ("medsosbot.publishing.notices", "held"),
    "turn": ("medsosbot.publishing.claim", "next_turn"),
    "claim": ("medsosbot.publishing.claim", "_claim"),
    "intent-row": ("medsosbot.storage.attempts", "begin"),
    "counter": ("medsosbot.storage.counter", "Counter.write"),
    "call": ("medsosbot.platforms.mock", "MockPlatform.publish"),
    "line": ("medsosbot.platforms.mock", "MockPlatform._append"),
    "outcome": ("medsosbot.publishing.outcome", "published"),
    "outcome-row": ("medsosbot.storage.attempts", "end"),
    "item-published": ("medsosbot.storage.items", "mark_published"),
    "record": ("medsosbot.publishing.publisher", "Publisher._published"),
    "ask": ("medsosbot.publishing.evidence", "ask"),
    "asking-row": ("medsosbot.storage.attempts", "ask"),
    "find": ("medsosbot.platforms.mock", "MockPlatform._find"),
    "verdict": ("medsosbot.publishing.evidence", "settle"),
    "resend": ("medsosbot.publishing.evidence", "resend"),
    "status": ("medsosbot.queue_folder.folder", "QueueFolder.write_status"),
    "status-file": ("medsosbot.files", "write_whole"),
    "close": ("medsosbot.storage.store", "Store.close"),
}
HALF_A_LINE = "half-a-line"  # the mock's write is torn by the kill
EVERYWHERE = (*(f"{name}:{when}" for name in PLACES for when in ("before", "after")), HALF_A_LINE)


def kill() -> NoReturn:
    """End this process as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("still alive")


def pause() -> None:
    """Stop this process until somebody lets it go on."""
    os.kill(os.getpid(), signal.SIGSTOP)


def arm(point: str, nth: int, act: Callable[[], None] = kill) -> None:
    """From now on this process kills (or pauses) itself at the n-th pass of that point."""
    left = nth

    def passed() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            act()

    if point == HALF_A_LINE:
        _tear(passed)
        return
    name, when = point.split(":")
    module, attribute = PLACES[name]
    owner: Any = import_module(module)
    *path, last = attribute.split(".")
    for step in path:
        owner = getattr(owner, step)
    setattr(owner, last, _around(getattr(owner, last), when, passed))


def _around(function: Callable[..., Any], when: str, passed: Callable[[], None]) -> Callable[..., Any]:
    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def awaited(*args: Any, **kwargs: Any) -> Any:
            if when == "before":
                passed()
            result = await function(*args, **kwargs)
            if when == "after":
                passed()
            return result

        return awaited

    @functools.wraps(function)
    def called(*args: Any, **kwargs: Any) -> Any:
        if when == "before":
            passed()
        result = function(*args, **kwargs)
        if when == "after":
            passed()
        return result

    return called


def _tear(passed: Callable[[], None]) -> None:
    from medsosbot.platforms.mock import MockPlatform

    append = MockPlatform._append

    def torn(self: Any, part: Any) -> Any:
        size = self._file.stat().st_size if self._file.exists() else 0
        receipt = append(self, part)
        whole = Path(self._file).read_bytes()
        half = whole[: size + (len(whole) - size) // 2]

        def back() -> None:
            Path(self._file).write_bytes(half)
            passed()
            Path(self._file).write_bytes(whole)

        back()
        return receipt

    MockPlatform._append = torn  # type: ignore[method-assign]

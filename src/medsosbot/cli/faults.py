"""How what went wrong is told, to people and in JSON, and which exit code it has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from medsosbot import errors
from medsosbot.cli.answer import BUSY, PERSON, WRONG
from medsosbot.errors import Fault

DOCTOR = "medsosbot doctor tells what is wrong with this machine"


@dataclass(frozen=True)
class Failure:
    """error: one sentence. faults: each thing that is wrong. usage: how the command line would be right. decision: a
    person's decision wasn't allowed.
    """

    code: int
    error: str
    faults: tuple[Fault, ...] = ()
    usage: str = ""
    decision: bool = False

    def document(self, redact: Callable[[str], str]) -> dict[str, object]:
        """CONTRACT's JSON of a fault; a decision that isn't allowed answers like any decision."""
        error = redact(self.error)
        if self.decision:
            return {"ok": False, "message": error, "error": error, "faults": []}
        return {"error": error, "faults": [_as_json(f, redact) for f in self.faults]}

    def lines(self) -> list[str]:
        """For standard error."""
        return [str(f) for f in self.faults] or [self.error]


def of_error(error: errors.MedsosbotError) -> Failure:
    """One of our own errors, each with its meaning."""
    if isinstance(error, errors.SettingsError):
        many = f"{len(error.faults)} faults, nothing was done"
        return Failure(WRONG, error.faults[0].message if len(error.faults) == 1 else many, error.faults)
    if isinstance(error, errors.UnknownIdError | errors.RevisionError):
        return Failure(WRONG, str(error), (Fault(str(error)),))
    if isinstance(error, errors.BusyError):
        return Failure(BUSY, str(error), (Fault(str(error)),))
    if isinstance(error, errors.QueueItemError):
        return Failure(PERSON, str(error), error.faults)
    if isinstance(error, errors.DecisionError):
        return Failure(PERSON, str(error), decision=True)
    hint = DOCTOR if isinstance(error, errors.StorageError) else ""
    return Failure(PERSON, str(error), (Fault(str(error), hint),))


def of_usage(message: str, usage: str = "") -> Failure:
    """A command line that can't be read."""
    return Failure(WRONG, message, (Fault(message),), usage)


def _as_json(fault: Fault, redact: Callable[[str], str]) -> dict[str, object]:
    name = PurePath(fault.file).name if fault.file else None
    texts = {"message": redact(fault.message), "hint": redact(fault.hint)}
    return {"file": name, "line": fault.line, "key": fault.key, **texts}

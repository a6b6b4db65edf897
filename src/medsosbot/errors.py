"""Every error that one room raises for another, and who must act on it.

    MedsosbotError
    ├── SettingsError        the technician: the config or command line is wrong (exit 2), nothing was done
    ├── BusyError            nobody: another process is at work and this one gives way (exit 3)
    ├── QueueItemError       the press officer: that one file is refused, the others go on
    ├── DecisionError        the editor: the item's state doesn't allow this decision (exit 1)
    │   └── UnknownIdError   the editor: no such item or destination (exit 2)
    ├── SetupError           the technician: `init` can't go on; nothing was written (exit 1)
    ├── ComposeError         the press officer: no post could be made; the delivery is held
    ├── StorageError         the technician: disk or database refused; nothing was called
    │   └── RevisionError    the technician: the database is of another version (exit 2), nothing was done
    └── PublishError         what a platform answered to one call
        ├── TransientError   nobody: proved not sent, try again later
        ├── RejectedError    the press officer: this post never will go out here
        ├── UnauthorizedError the technician: this destination refuses us, its deliveries are kept
        ├── UncertainError   nobody yet: perhaps sent; evidence or a person settles it
        └── CannotTell       the editor: there is no evidence to be had (raised by `find` alone)

In `find` a TransientError means: ask again later, no verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


class MedsosbotError(Exception):
    """The root; never raised itself."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with an input: where, what, and how to mend it.

    file: bare name or path as the user gave it; line: from 1, None where no line can be named; key: dotted path.
    """

    message: str
    hint: str = ""
    file: str | None = None
    line: int | None = None
    key: str | None = None

    def __str__(self) -> str:
        place = ":".join(str(p) for p in (self.file, self.line) if p is not None)
        parts = [p for p in (place, self.key, self.message) if p]
        return ": ".join(parts) + (f" ({self.hint})" if self.hint else "")


class SettingsError(MedsosbotError):
    """The config, the words or the command line is wrong; carries every fault at once. Exit 2."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("\n".join(str(f) for f in faults))


class BusyError(MedsosbotError):
    """Another process holds the lock. Exit 3."""


class QueueItemError(MedsosbotError):
    """A queue file is refused; the faults are in Indonesian, for the press officer."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("\n".join(str(f) for f in faults))


class DecisionError(MedsosbotError):
    """A person's decision that the item's state doesn't allow; the text is Indonesian. Exit 1."""


class UnknownIdError(DecisionError):
    """No item or destination of that name; the text is Indonesian. Exit 2."""


class SetupError(MedsosbotError):
    """`init` can't go on: a platform refuses, or nobody came. The text is Indonesian and says what to tap. Exit 1."""


class ComposeError(MedsosbotError):
    """No post could be made of a release; the text is Indonesian."""


class StorageError(MedsosbotError):
    """The disk is full, the database locked or of another revision; the text is English."""


class RevisionError(StorageError):
    """The database is of another revision, and this process may not migrate it. Exit 2."""


class PublishError(MedsosbotError):
    """What a platform answered to one call.

    reason: one Indonesian sentence for the press office, without secrets.
    detail: the technical chain for the log and the attempt's row, in English, without secrets.
    status: the HTTP status, None where no answer came.
    """

    def __init__(self, reason: str, *, detail: str = "", status: int | None = None) -> None:
        self.reason, self.detail, self.status = reason, detail, status
        super().__init__(reason)


class TransientError(PublishError):
    """Proved not sent. `not_before` (aware UTC) is the platform's own wish, for the whole destination if `paced`."""

    def __init__(
        self,
        reason: str,
        *,
        detail: str = "",
        status: int | None = None,
        not_before: datetime | None = None,
        paced: bool = False,
    ) -> None:
        super().__init__(reason, detail=detail, status=status)
        self.not_before, self.paced = not_before, paced


class RejectedError(PublishError):
    """This post never will go out here: it is wrong in itself."""


class UnauthorizedError(PublishError):
    """This destination refuses us; its deliveries are kept.

    account: every destination of the same token is refused too (401, 404).
    probe: `check` can show when it is mended; False where only a post tells (X's 402).
    """

    def __init__(
        self,
        reason: str,
        *,
        detail: str = "",
        status: int | None = None,
        account: bool = False,
        probe: bool = True,
    ) -> None:
        super().__init__(reason, detail=detail, status=status)
        self.account, self.probe = account, probe


class UncertainError(PublishError):
    """Perhaps sent. `duplicate`: the platform says that it has this text already (X's 403)."""

    def __init__(self, reason: str, *, detail: str = "", status: int | None = None, duplicate: bool = False) -> None:
        super().__init__(reason, detail=detail, status=status)
        self.duplicate = duplicate


class CannotTell(PublishError):  # noqa: N818  a verdict, not a failure
    """`find` can have no evidence here (no staff chat, protected content, no anchor): a person decides."""

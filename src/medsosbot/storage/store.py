"""The door to the database, and the thread boundary: whoever has an event loop calls this from a thread."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from medsosbot.errors import StorageError
from medsosbot.storage import attempts, migrate
from medsosbot.storage.counter import Counter
from medsosbot.storage.engine import open_reader, open_writer
from medsosbot.storage.lock import Lock


class Store:
    """One database file. `write()` and `read()` give a connection inside a transaction; the other modules of this
    folder are functions on it.

    keeper: this process holds the lock: it migrates and checkpoints. Everyone else needs the revision to fit.
    lasting: False for a copy that is thrown away.
    """

    def __init__(self, file: Path, *, keeper: bool, lasting: bool = True) -> None:
        self.file = file
        self.lock = Lock(file)
        self.counter = Counter(file)
        if keeper:
            self.lock.take()
        try:
            self._writer = open_writer(file, checkpoints=keeper, lasting=lasting)
            self._reader = open_reader(file)
            with _told():
                if keeper:
                    migrate.upgrade(self._writer)
                else:
                    migrate.require_head(self._reader)
        except BaseException:
            self.lock.release()
            raise

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A writing transaction: committed, and on the disk, when the block ends well. Raises StorageError."""
        with _told(), self._writer.begin() as tx:
            yield tx

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent look, which never waits for a writer. Raises StorageError."""
        with _told(), self._reader.begin() as tx:
            yield tx

    def next_attempt(self, tx: Connection) -> int:
        """The number of the next attempt: behind the database's last one and the counter's, whichever is ahead."""
        return max(attempts.highest(tx), self.counter.last()) + 1

    def close(self) -> None:
        """Close the connections, then let go of the lock."""
        self._reader.dispose()
        self._writer.dispose()
        self.counter.close()
        self.lock.release()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except PoolTimeout:
        raise StorageError("the database is busy: no connection came free in time") from None
    except (OperationalError, DatabaseError) as e:
        raise StorageError(f"the database refused: {e.orig}") from None

"""What SQLite in particular must keep: that a commit is on the disk, and that only one process checkpoints."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from medsosbot.errors import RevisionError, StorageError
from medsosbot.storage import copy, engine, items, migrate, views
from medsosbot.storage.store import Store
from tests.storage.records import new_delivery, new_item, put


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "var" / "medsosbot.db"


@pytest.fixture
def keeper(file: Path) -> Iterator[Store]:
    store = Store(file, keeper=True)
    yield store
    store.close()


@pytest.fixture
def guest(keeper: Store) -> Iterator[Store]:
    """A second process's store, beside the keeper's."""
    store = Store(keeper.file, keeper=False)
    yield store
    store.close()


def pragma(store: Store, name: str) -> object:
    with store.write() as tx:
        return tx.execute(text(f"PRAGMA {name}")).scalar()


def fill(store: Store, pages: int) -> None:
    """Write about so many pages of 4096 bytes, in many transactions."""
    for n in range(pages // 50):
        with store.write() as tx:
            put(tx, new_item(f"{id(store)}-{n}", body="x" * 200_000))


class TestLasting:
    def test_every_commit_is_on_the_disk_before_it_counts(self, keeper: Store, guest: Store) -> None:
        for store in (keeper, guest):
            assert pragma(store, "journal_mode") == "wal"
            assert pragma(store, "synchronous") == 2  # FULL

    def test_a_copy_that_is_thrown_away_does_not_wait_for_the_disk(self, keeper: Store) -> None:
        with copy.throw_away(keeper.file) as trial:
            assert pragma(trial, "synchronous") == 0

    def test_foreign_keys_are_kept(self, keeper: Store, guest: Store) -> None:
        assert pragma(keeper, "foreign_keys") == pragma(guest, "foreign_keys") == 1
        with sqlite3.connect(keeper.file) as raw:
            assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        raw.close()

    def test_nobody_else_on_the_machine_can_read_it(self, keeper: Store) -> None:
        with keeper.write() as tx:
            put(tx)
        for beside in (keeper.file, keeper.file.with_name("medsosbot.db-wal")):
            assert stat.S_IMODE(beside.stat().st_mode) == 0o600, beside
        keeper.counter.write(1)
        assert stat.S_IMODE(keeper.file.with_name("medsosbot.db.seq").stat().st_mode) == 0o600

    def test_a_path_with_signs_of_its_own_is_a_path(self, tmp_path: Path) -> None:
        for name in ("dengan spasi", "50% ?#&=é"):
            store = Store(tmp_path / name / "a b.db", keeper=True)
            with store.write() as tx:
                put(tx)
            with store.read() as tx:
                assert len(views.every(tx)) == 1
            store.close()
            with copy.throw_away(tmp_path / name / "a b.db") as trial, trial.read() as tx:
                assert len(views.every(tx)) == 1


class TestCheckpoints:
    def test_the_keeper_checkpoints(self, keeper: Store) -> None:
        assert pragma(keeper, "wal_autocheckpoint") == engine.CHECKPOINT_PAGES
        before = keeper.file.stat().st_size
        fill(keeper, 2 * engine.CHECKPOINT_PAGES)
        assert keeper.file.stat().st_size > before

    def test_a_guest_does_not_checkpoint(self, keeper: Store, guest: Store) -> None:
        assert pragma(guest, "wal_autocheckpoint") == 0
        before = keeper.file.stat().st_size
        fill(guest, 2 * engine.CHECKPOINT_PAGES)
        assert keeper.file.stat().st_size == before

    def test_a_guest_that_leaves_does_not_checkpoint_while_the_keeper_works(self, keeper: Store) -> None:
        with keeper.read() as tx:
            views.every(tx)  # the keeper is at work: it has the file open
        before = keeper.file.stat().st_size
        guest = Store(keeper.file, keeper=False)
        fill(guest, 100)
        guest.close()
        assert keeper.file.stat().st_size == before
        with keeper.read() as tx:
            assert len(views.every(tx)) == 2


class TestRefusals:
    def test_a_locked_database_is_a_storage_error(self, keeper: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(engine, "BUSY_MILLISECONDS", 20)
        guest = Store(keeper.file, keeper=False)
        with keeper.write() as tx:
            put(tx)
            with pytest.raises(StorageError, match="locked"), guest.write():
                pass
        with guest.write() as tx:
            put(tx, new_item("b"))
        guest.close()

    def test_a_full_disk_is_a_storage_error_and_leaves_nothing_half(self, keeper: Store) -> None:
        pages = int(str(pragma(keeper, "page_count")))
        pragma(keeper, f"max_page_count={pages + 4}")
        with pytest.raises(StorageError, match="full"), keeper.write() as tx:
            put(tx, new_item("big", body="x" * 100_000))
        with keeper.write() as tx:
            assert items.by_id(tx, "big") is None
            put(tx, new_item("small"))

    def test_a_file_that_is_no_database_is_a_storage_error(self, file: Path) -> None:
        file.parent.mkdir()
        file.write_bytes(b"Ini bukan basis data.\n" * 200)
        for keeper in (True, False):
            with pytest.raises(StorageError):
                Store(file, keeper=keeper)
        with pytest.raises(StorageError), copy.throw_away(file):
            pass

    def test_a_store_that_could_not_open_holds_no_lock(self, file: Path) -> None:
        file.parent.mkdir()
        file.write_bytes(b"Ini bukan basis data.\n" * 200)
        with pytest.raises(StorageError):
            Store(file, keeper=True)
        file.unlink()
        Store(file, keeper=True).close()


class TestRevisions:
    def test_a_guest_meets_another_revision_and_says_so(self, file: Path) -> None:
        Store(file, keeper=True).close()
        with closing(sqlite3.connect(file)) as raw, raw:
            raw.execute("UPDATE alembic_version SET version_num = '0000'")
        with pytest.raises(RevisionError, match="0000"):
            Store(file, keeper=False)

    def test_a_newer_database_is_left_alone(self, file: Path) -> None:
        Store(file, keeper=True).close()
        with closing(sqlite3.connect(file)) as raw, raw:
            raw.execute("UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(StorageError, match="another version"):
            Store(file, keeper=True)
        with closing(sqlite3.connect(file)) as raw:
            assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)

    def test_a_guest_makes_no_database(self, file: Path) -> None:
        with pytest.raises(StorageError):
            Store(file, keeper=False)
        assert not file.exists() or file.stat().st_size == 0

    def test_opening_again_changes_nothing(self, keeper: Store) -> None:
        with keeper.write() as tx:
            put(tx)
        keeper.close()
        again = Store(keeper.file, keeper=True)
        with again.read() as tx:
            assert len(views.every(tx)) == 1
        assert pragma(again, "user_version") == 0
        again.close()


class TestCopies:
    def test_a_copy_shows_what_is_committed_also_beside_a_writer(self, keeper: Store) -> None:
        with keeper.write() as tx:
            put(tx, new_item("a"))
        with keeper.write() as tx:
            put(tx, new_item("b"))
            with copy.throw_away(keeper.file) as trial, trial.read() as look:
                assert [v.id for v in views.every(look)] == ["a"]

    def test_what_is_done_on_a_copy_is_gone_with_it(self, keeper: Store) -> None:
        with copy.throw_away(keeper.file) as trial:
            with trial.write() as tx:
                put(tx, None, new_delivery())
            where = trial.file
            assert where.exists()
        assert not where.parent.exists()
        with keeper.read() as tx:
            assert views.every(tx) == []

    def test_without_a_database_there_is_an_empty_copy_and_none_is_made(self, file: Path) -> None:
        with copy.throw_away(file) as trial:
            with trial.write() as tx:
                put(tx)
            assert migrate.revision(trial._writer) == migrate.HEAD
        assert not file.exists()
        assert not file.parent.exists()

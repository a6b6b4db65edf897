from __future__ import annotations

import errno
import os
import socket
from pathlib import Path

import pytest

from medsosbot.errors import QueueItemError, StorageError
from medsosbot.queue_folder.open_file import LARGEST, classify, read_bytes


def message(path: Path) -> str:
    with pytest.raises(QueueItemError) as caught:
        read_bytes(path)
    [fault] = caught.value.faults
    assert fault.hint
    return fault.message


def test_a_plain_file_of_the_largest_size_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"x" * LARGEST)
    assert len(read_bytes(tmp_path / "a.md")) == LARGEST


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"x" * (LARGEST + 1))
    assert "terlalu besar: 257 kB" in message(tmp_path / "a.md")


def test_a_symlink_is_refused_and_its_target_not_read(tmp_path: Path) -> None:
    (tmp_path / "rahasia").write_text("token")
    (tmp_path / "a.md").symlink_to(tmp_path / "rahasia")
    assert "symlink" in message(tmp_path / "a.md")


def test_a_symlink_to_nowhere_is_refused_too(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to(tmp_path / "hilang")
    assert "symlink" in message(tmp_path / "a.md")


def test_a_hard_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rahasia").write_text("token")
    os.link(tmp_path / "rahasia", tmp_path / "a.md")
    assert "hard link" in message(tmp_path / "a.md")


def test_a_pipe_is_refused_and_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    assert message(tmp_path / "a.md") == "bukan berkas biasa"


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path has to be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("a.md")
        assert message(tmp_path / "a.md") == "bukan berkas biasa"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    assert message(tmp_path / "a.md") == "bukan berkas biasa"


@pytest.mark.parametrize("code", [errno.EACCES, errno.EPERM])
def test_a_file_that_may_not_be_read_is_refused(code: int) -> None:
    error = classify(OSError(code, "no"), "a.md")
    assert isinstance(error, QueueItemError)
    assert "hak akses" in error.faults[0].message


@pytest.mark.parametrize("code", [errno.EIO, errno.ENFILE, errno.ENOMEM])
def test_a_disk_that_fails_refuses_no_file(code: int) -> None:
    assert isinstance(classify(OSError(code, "no"), "a.md"), StorageError)


def test_a_file_that_is_gone_is_no_fault_of_anybody(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_bytes(tmp_path / "a.md")

"""The ready workflow, its own shell lines run in a content repository of its own; and how a merged file gets on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOW = ROOT / "docs/ci/medsosbot.yml"
TO_QUEUE = ROOT / "docs/ci/to-queue.sh"
GOOD = "KPU Kaltim Menggelar Rapat Pleno\n\nKPU Kaltim menggelar rapat pleno di Samarinda.\n"
BAD = "---\ntitel: Salah Tulis\n---\nIsi rilis.\n"
OLD = "KPU Kaltim Menggelar Sosialisasi\n\nKPU Kaltim menggelar sosialisasi di Bontang, Selasa (27/9/2022).\n"


def git(folder: Path, *words: str) -> str:
    who = ["-c", "user.name=Humas", "-c", "user.email=humas@example.go.id", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A repository of releases with one merged release, on a branch for a pull request."""
    folder = tmp_path / "rilis"
    (folder / "queue").mkdir(parents=True)
    (folder / "config").mkdir()
    shutil.copy(ROOT / "config/medsosbot.yaml", folder / "config")
    (folder / ".gitignore").write_text("/var/\n")
    (folder / "queue/lama.txt").write_text(OLD)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Rilis lama")
    git(folder, "checkout", "-q", "-b", "usul")
    return folder


def commit(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / "queue" / f"{name}.md").write_text(text)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Usul rilis")


def step(folder: Path, name: str) -> subprocess.CompletedProcess[str]:
    steps = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]["releases"]["steps"]
    line = next(s["run"] for s in steps if s.get("name") == name)
    environ = {k: v for k, v in os.environ.items() if not k.startswith("MEDSOSBOT_")}
    environ["PATH"] = f"{Path(sys.executable).parent}:{environ['PATH']}"
    environ |= {"BASE": "main", "GITHUB_STEP_SUMMARY": str(folder / "var/summary")}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", line],
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
    )


def test_a_good_release_is_green_and_shown_and_only_var_is_written(content: Path) -> None:
    commit(content, rapat=GOOD.replace("\n\n", "\n---\n", 1).replace("KPU", "---\ntitle: KPU", 1))
    assert step(content, "Which releases").stdout == "queue/rapat.md\n"
    checked = step(content, "Check")
    assert (checked.returncode, "::error" in checked.stdout) == (0, False), checked.stdout + checked.stderr
    assert step(content, "What would go out").returncode == 0
    assert step(content, "Preview").returncode == 0
    assert "KPU Kaltim Menggelar Rapat Pleno" in (content / "var/pratinjau.html").read_text(encoding="utf-8")
    assert "rapat pleno" in (content / "var/dry-run/kanal.jsonl").read_text(encoding="utf-8")
    assert git(content, "status", "--porcelain") == ""


def test_a_refused_release_is_red_at_its_line_and_still_shown(content: Path) -> None:
    commit(content, salah=BAD)
    step(content, "Which releases")
    checked = step(content, "Check")
    assert checked.returncode == 1
    assert "::error file=queue/salah.md,line=2::" in checked.stdout
    step(content, "Preview")
    assert "salah.md" in (content / "var/pratinjau.html").read_text(encoding="utf-8")


def test_an_old_release_that_was_merged_long_ago_is_not_looked_at(content: Path) -> None:
    git(content, "commit", "-q", "--allow-empty", "-m", "Hanya konfigurasi")
    assert step(content, "Which releases").stdout == ""
    assert step(content, "Check").returncode == 0


def test_each_merged_release_is_brought_into_the_queue_once(content: Path, tmp_path: Path) -> None:
    clone, queue = tmp_path / "clone", tmp_path / "queue"
    queue.mkdir()
    git(content, "checkout", "-q", "main")
    git(tmp_path, "clone", "-q", str(content), str(clone))
    git(clone, "update-ref", "refs/medsosbot/taken", "HEAD")
    commit(content, **{"rilis baru": GOOD})
    told = [subprocess.run([TO_QUEUE, clone, queue], check=True, capture_output=True, text=True) for _ in range(2)]
    assert [t.stdout for t in told] == ["rilis baru.md\n", ""]
    assert [f.name for f in queue.iterdir()] == ["rilis baru.md"]

"""What can be tried of the packaging without an engine: nothing that the files name is missing or let out."""

from __future__ import annotations

import fnmatch
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.docs.reading import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text()
UNIT = ROOT / "docs/systemd/medsosbot.service"


def let_in(path: str) -> bool:
    """Is this path sent to the engine? .dockerignore names what is, after `*`."""
    rules = [r for r in (ROOT / ".dockerignore").read_text().splitlines() if r and not r.startswith("#")]
    assert rules[0] == "*"
    return any(fnmatch.fnmatch(path, rule[1:]) or path.startswith(rule[1:] + "/") for rule in rules if rule[0] == "!")


def test_everything_that_the_image_copies_exists_and_is_sent() -> None:
    sources = [s for line in re.findall(r"^COPY (.+)$", DOCKERFILE, re.MULTILINE) for s in line.split()[:-1]]
    assert sources
    for source in sources:
        assert (ROOT / source).exists() and let_in(source), source


def test_the_words_that_the_package_links_to_are_sent() -> None:
    links = [p for p in (ROOT / "src").rglob("*") if p.is_symlink()]
    for link in links:
        assert let_in(str(link.resolve().relative_to(ROOT))), link


@pytest.mark.parametrize("path", ["config/secrets.env", "var/medsosbot.db", "queue/rapat.md", ".env", ".git/config"])
def test_no_secret_and_no_release_is_sent(path: str) -> None:
    assert not let_in(path)


def test_the_image_is_pinned_and_runs_as_nobody_of_this_machine() -> None:
    assert re.search(r"^FROM \S+@sha256:[0-9a-f]{64}$", DOCKERFILE, re.MULTILINE)
    assert re.search(r"^USER \d{5}:\d{5}$", DOCKERFILE, re.MULTILINE)


def test_compose_takes_away_what_the_service_has_no_need_of() -> None:
    service = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]["medsosbot"]
    assert (service["read_only"], service["cap_drop"], service["init"]) == (True, ["ALL"], True)
    assert re.fullmatch(r"\$\{OFFICE_UID:\?.*?\}:\$\{OFFICE_GID:\?.*?\}", service["user"])
    assert {v["target"].rpartition("/")[2] for v in service["volumes"]} == {"config", "queue", "var"}


def test_each_docker_secret_is_one_that_the_program_reads() -> None:
    from medsosbot.settings.secrets import NAMES

    given = yaml.safe_load((ROOT / "compose.secrets.yaml").read_text())
    service = given["services"]["medsosbot"]
    named = {f"/run/secrets/{name}" for name in service["secrets"]}
    assert set(service["environment"].values()) == named
    assert {n.removesuffix("_FILE") for n in service["environment"]} <= set(NAMES)
    assert set(given["secrets"]) == set(service["secrets"])


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    unit = UNIT.read_text()
    assert [line for line in unit.splitlines() if line.startswith("[")] == ["[Unit]", "[Service]", "[Install]"]
    assert "\nExecStart=/opt/medsosbot/.venv/bin/medsosbot run" in unit
    if shutil.which("systemd-analyze") is None:
        return  # no systemd on this machine: its shape alone was checked
    copy = tmp_path / UNIT.name
    copy.write_text(unit.replace("/opt/medsosbot/.venv/bin/medsosbot run", f"{sys.executable} -m medsosbot run"))
    done = subprocess.run(["systemd-analyze", "verify", copy], capture_output=True, text=True)
    assert (done.returncode, copy.name in done.stderr) == (0, False), done.stderr


def test_the_script_that_brings_releases_over_is_sound() -> None:
    subprocess.run(["bash", "-n", ROOT / "docs/ci/to-queue.sh"], check=True)

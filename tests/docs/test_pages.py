"""Whatever the documentation names exists: it is read, and tried."""

from __future__ import annotations

import re
import shlex
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from medsosbot.app import looks
from medsosbot.bot.commands import PUBLIC, STAFF
from medsosbot.bot.staff import decision_of
from medsosbot.cli.main import build
from medsosbot.cli.parser import TextAsked
from medsosbot.clock import FixedClock
from medsosbot.publishing.person import Person
from medsosbot.settings.load import load
from medsosbot.settings.schema import SECTIONS, keys_of, one_value_keys
from medsosbot.settings.secrets import NAMES
from medsosbot.settings.variables import OTHERS
from tests.docs import reading
from tests.docs.reading import PAGES, ROOT

WRITTEN = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # the day of the examples
MOCKS = "destinations: [{name: kanal, platform: mock}, {name: x, platform: mock, like: x}]\n"
BOT_FATHERS = {"newbot", "mybots"}
MADE = (  # what the program or its user makes
    "config/secrets.env",
    "config/medsosbot.yaml.bak",
    "queue/accepted",
    "queue/rejected",
    "queue/STATUS.txt",
    "var/",
)
TOP = ("docs/", "src/", "tests/", "config/", "queue/", "seeds/", "bench/", "var/")
ids = [page.name for page in PAGES]
each_page = pytest.mark.parametrize("page", PAGES, ids=ids)


@each_page
def test_every_command_and_option_exists(page: Path) -> None:
    for call in reading.medsosbot_calls(page):
        line = re.sub(r"\s*\(.*?\)", "", call).replace("…", "X")
        words = shlex.split(line)
        if words and words[0].isupper():  # `medsosbot COMMAND`
            continue
        try:
            if words:
                build().parse_args(words)
        except TextAsked:
            pass
        except Exception as e:
            if len(words) == 1 and "required" in str(e):  # the bare name of a command that wants more
                continue
            pytest.fail(f"{page.name}: medsosbot {call}: {e}")


@each_page
def test_every_make_target_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert reading.make_targets(page) <= targets


@each_page
def test_every_config_key_exists(page: Path) -> None:
    for code in reading.inline(page):
        found = re.fullmatch(r"([a-z_]+)(\[\])?\.([a-z_]+)(:.*)?", code)
        if found and (found[1] in SECTIONS or found[1] == "destinations"):
            path = ("destinations", 0) if found[1] == "destinations" else (found[1],)
            assert found[3] in keys_of(path), f"{page.name}: {code}"


@each_page
def test_every_yaml_example_is_a_config(page: Path, tmp_path: Path) -> None:
    for number, block in enumerate(b for b in reading.blocks(page) if b.language == "yaml"):
        file = tmp_path / f"{number}.yaml"
        file.write_text(block.text + ("" if "destinations:" in block.text else MOCKS), encoding="utf-8")
        load(file, {})


@each_page
def test_every_variable_exists(page: Path) -> None:
    keys = {"MEDSOSBOT_" + "__".join(path).upper() for path in one_value_keys()}
    known = keys | set(NAMES) | {f"{name}_FILE" for name in NAMES} | OTHERS
    for name in re.findall(r"\bMEDSOSBOT_[A-Z_]*[A-Z]\b", reading.text_of(page)):
        assert name in known, f"{page.name}: {name}"


@each_page
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in reading.links(page):
        file, _, anchor = target.partition("#")
        there = (page.parent / file) if file else page
        assert there.exists(), f"{page.name}: {target}"
        assert not anchor or anchor in reading.anchors(there), f"{page.name}: {target}"


@each_page
def test_every_file_exists(page: Path) -> None:
    for code in reading.inline(page):
        if not re.fullmatch(r"[\w./-]+", code) or "/" not in code or code.startswith(("/", ".venv", "medsosbot/")):
            continue
        if code.startswith(MADE):
            continue
        rooms = [ROOT, ROOT / "src/medsosbot", ROOT / "docs"]
        if code.startswith(TOP) or code.endswith(".py"):
            assert any((room / code).exists() for room in rooms), f"{page.name}: {code}"


@each_page
def test_every_command_of_the_bot_exists(page: Path) -> None:
    everything = [*reading.inline(page), *re.findall(r"^\| `(/[^`]+)`", reading.text_of(page), re.MULTILINE)]
    for code in everything:
        found = re.fullmatch(r"/([a-z]+)(@\w+)?((?: \S+)*)", code)
        if not found or found[1] in BOT_FATHERS or (ROOT / code.strip("/")).exists():
            continue
        name, words = found[1], tuple(found[3].split())
        assert name in {*PUBLIC, *STAFF}, f"{page.name}: {code}"
        if words and name in STAFF:
            assert decision_of(name, words, Person("editor", chat=True)) is not None, f"{page.name}: {code}"


@each_page
def test_every_template_is_accepted_and_nothing_holds_it(page: Path, tmp_path: Path) -> None:
    """The releases to copy, as Notepad writes them."""
    (tmp_path / "config").mkdir()
    (tmp_path / "queue").mkdir()
    shutil.copy(ROOT / "config/medsosbot.yaml", tmp_path / "config")
    for number, block in enumerate(b for b in reading.blocks(page) if b.text.startswith("---\n")):
        file = tmp_path / "queue" / f"contoh-{number}.txt"
        file.write_bytes(b"\xef\xbb\xbf" + block.text.replace("\n", "\r\n").encode())
    settings = load(tmp_path / "config/medsosbot.yaml", {})
    shown = looks.preview(settings, FixedClock(WRITTEN), []).as_json()
    assert [r["reason"] for r in shown["rejected"]] == []
    assert [(p["id"], p["held_because"]) for p in shown["posts"] if p["held_because"]] == []


def test_no_page_names_a_path_of_somebodys_machine() -> None:
    for page in PAGES:
        assert not re.search(r"/home/\w|/root/|/tmp/", reading.text_of(page)), page.name


def test_every_page_of_the_folder_is_linked_from_another() -> None:
    linked = {Path(target.partition("#")[0]).name for page in PAGES for target in reading.links(page)}
    assert {page.name for page in PAGES} - linked - {"README.md"} == set()

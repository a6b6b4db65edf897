"""docs/config.md is what the schema says, and each of its examples is one that the real loader takes."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from medsosbot.settings.load import load

ROOT = Path(__file__).parents[2]
MOCK = "destinations: [{name: kanal, platform: mock}]\n"


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


reference = script("make_reference")


def test_the_reference_is_current() -> None:
    assert (ROOT / "docs/config.md").read_text(encoding="utf-8") == reference.text(), "make docs renews it"


def test_every_key_is_told_and_nothing_else() -> None:
    assert set(reference.TELLS) == {key.path for key in reference.every_key()}


@pytest.mark.parametrize("path", sorted(reference.TELLS))
def test_each_example_is_taken_by_the_loader(path: str, tmp_path: Path) -> None:
    section, _, key = path.rpartition(".")
    example = f"{key}: {reference.TELLS[path].example}"
    if section == reference.IN_A_LIST:
        rest = {"name": "platform: mock", "platform": 'name: k, chat: "@kanal"', "chat": "name: k, platform: telegram"}
        text = f"destinations: [{{{rest.get(key, 'name: k, platform: mock')}, {example}}}]\n"
    else:
        text = MOCK + (f"{section}: {{{example}}}\n" if section else f"{example}\n")
    file = tmp_path / "medsosbot.yaml"
    file.write_text(text, encoding="utf-8")
    load(file, {})

from __future__ import annotations

from pathlib import Path

import pytest

from medsosbot.errors import SettingsError
from medsosbot.settings.words import load_words


def test_a_missing_folder_means_the_rules_of_the_package(tmp_path: Path) -> None:
    assert load_words(tmp_path / "none").hashtags.brand == ("#KPUKaltim",)


def test_a_file_of_the_office_takes_the_place_of_the_packages(tmp_path: Path) -> None:
    (tmp_path / "hashtags.yaml").write_text('brand: ["#KPUPapua"]\nmax: 1\n')
    rules = load_words(tmp_path)
    assert rules.hashtags.brand == ("#KPUPapua",)
    assert rules.glossary == load_words(tmp_path / "none").glossary


def test_each_wrong_file_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "glossary.yaml").write_text("- {from: Pemilihan Umum, to: Pemilu, tier: 0}\n- {from: A B, to: AB}\n")
    (tmp_path / "hashtags.yaml").write_text('brand: ["#KPUKaltim"]\nmax: banyak\n')
    (tmp_path / "typos.yaml").write_text("a: b\na: c\n")
    with pytest.raises(SettingsError) as caught:
        load_words(tmp_path)
    assert [(Path(f.file or "").name, f.line) for f in caught.value.faults] == [("typos.yaml", 2)]
    (tmp_path / "typos.yaml").unlink()
    with pytest.raises(SettingsError) as caught:
        load_words(tmp_path)
    assert [(Path(f.file or "").name, f.line) for f in caught.value.faults] == [
        ("glossary.yaml", 2),
        ("hashtags.yaml", 2),
    ]


def test_a_file_that_nobody_reads_is_told_with_the_name_that_was_meant(tmp_path: Path) -> None:
    (tmp_path / "glosary.yaml").write_text("[]\n")
    with pytest.raises(SettingsError, match="did you mean glossary"):
        load_words(tmp_path)


def test_other_files_beside_the_rules_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("…")
    (tmp_path / ".glossary.yaml").write_text("{")
    assert load_words(tmp_path).glossary

"""The rules of shortening: the office's own files of `config/words`, and the package's where one is missing."""

from __future__ import annotations

import re
from pathlib import Path

from medsosbot.errors import Fault, SettingsError
from medsosbot.settings.load import read_document
from medsosbot.settings.values import near
from medsosbot.strict_yaml import Document
from medsosbot.strict_yaml import Path as YamlPath
from medsosbot.text.rules import STEMS, Rules, default_data, default_rules

_PLACE = re.compile(r"\w+\.yaml: (?:(?P<key>\w+): )?(?:entry (?P<entry>\d+))?")


def load_words(folder: Path) -> Rules:
    """Read and check the rules. folder: need not exist. Raises SettingsError with a fault of each wrong file."""
    documents, faults = _read(folder)
    if not faults and not documents:
        return default_rules()
    if not faults:
        try:
            return Rules.from_data(default_data() | {stem: d.data for stem, d in documents.items()})
        except ValueError as e:
            faults = _each(folder, documents) or [Fault(str(e), file=str(folder))]
    raise SettingsError(*faults)


def _read(folder: Path) -> tuple[dict[str, Document], list[Fault]]:
    documents: dict[str, Document] = {}
    faults: list[Fault] = []
    try:
        files = sorted(p for p in folder.iterdir() if p.suffix in (".yaml", ".yml") and not p.name.startswith("."))
    except FileNotFoundError:
        return {}, []
    except OSError as e:
        return {}, [Fault(f"can't be read: {e.strerror}", "words names a folder", file=str(folder), key="words")]
    for file in files:
        if file.suffix != ".yaml" or file.stem not in STEMS:
            hint = near(file.stem, STEMS) or f"known: {', '.join(STEMS)}"
            faults.append(Fault("is no file of rules", hint.strip() + " (ending in .yaml)", file=str(file)))
            continue
        try:
            documents[file.stem] = read_document(file)
        except SettingsError as e:
            faults += e.faults
    return documents, faults


def _each(folder: Path, documents: dict[str, Document]) -> list[Fault]:
    """The fault of each file, tried alone among the package's."""
    faults = []
    usual = default_data()
    for stem, document in documents.items():
        try:
            Rules.from_data(usual | {stem: document.data})
        except ValueError as e:
            message = str(e).removeprefix(f"{stem}.yaml: ")
            line = document.line(_path(str(e)))
            faults.append(Fault(message, file=str(folder / f"{stem}.yaml"), line=line))
    return faults


def _path(message: str) -> YamlPath:
    """Where a message such as "hashtags.yaml: topics: entry 3: …" points."""
    found = _PLACE.match(message)
    if not found:
        return ()
    key, entry = found["key"], found["entry"]
    return (*((key,) if key else ()), *((int(entry) - 1,) if entry else ()))

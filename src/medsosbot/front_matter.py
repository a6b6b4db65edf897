"""The envelope of a queue file: `---`, keys, `---`, then the text. Splits it and writes it; knows no key's meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from medsosbot import strict_yaml

FENCE = "---"


@dataclass(frozen=True)
class Envelope:
    """head: the YAML between the fences. body: what follows. Lines count from 1. closed: the second fence is there."""

    head: str
    head_line: int
    body: str
    body_line: int
    closed: bool


def split(text: str) -> Envelope | None:
    """The envelope of a text with LF line ends; None if its first line that isn't blank is no fence."""
    lines = text.split("\n")
    start = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    if start == len(lines) or not _is_fence(lines[start]):
        return None
    end = next((n for n in range(start + 1, len(lines)) if _is_fence(lines[n])), None)
    closed = end is not None
    stop = len(lines) if end is None else end
    head, body = lines[start + 1 : stop], lines[stop + 1 :]
    return Envelope("\n".join(head), start + 2, "\n".join(body), stop + 2, closed)


def _is_fence(line: str) -> bool:
    return line.rstrip() == FENCE


def write(fields: Mapping[str, strict_yaml.Value], body: str) -> str:
    """A whole file that `split` and the strict loader read back as the same values; a field that is None is left out.

    Values are strings, lists of strings, or mappings of strings.
    """
    lines = [FENCE]
    for key, value in fields.items():
        if isinstance(value, dict):
            lines += [f"{key}:", *(f"  {scalar(k)}: {scalar(v)}" for k, v in value.items() if isinstance(v, str))]
        elif isinstance(value, list):
            lines.append(f"{key}: [{', '.join(_member(v) for v in value if isinstance(v, str))}]")
        elif value is not None:
            lines.append(f"{key}: {scalar(value)}")
    return "\n".join([*lines, FENCE, "", body.strip(), ""])


def scalar(value: str) -> str:
    """A string as it may stand behind `key: `, quoted only where YAML needs it."""
    plain = bool(value) and "#" not in value and "\n" not in value and ": " not in value
    if plain:
        try:
            plain = strict_yaml.load(f"k: {value}").data == {"k": value}
        except strict_yaml.StrictYamlError:
            plain = False
    return value if plain else quoted(value)


def _member(value: str) -> str:
    word = value.replace("-", "").replace("_", "").isalnum() and value[0] != "-" and value not in strict_yaml.NOTHING
    return value if word else quoted(value)


def quoted(value: str) -> str:
    """A string in the quotes that need the fewest escapes."""
    if "\n" in value or "\t" in value:
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
        return f'"{escaped}"'
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'

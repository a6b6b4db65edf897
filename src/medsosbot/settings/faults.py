"""From what a loader or the schema objects to, to the one line that a technician reads."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from medsosbot.errors import Fault
from medsosbot.settings.schema import SECTIONS, keys_of
from medsosbot.settings.values import WrongValueError, near
from medsosbot.strict_yaml import YamlFault

Path = tuple[str | int, ...]

_YAML = {
    "duplicate": ("the key {text!r} stands twice", "keep one of the two"),
    "anchor": ("an anchor (&{text}) is not taken", "write the value out"),
    "alias": ("a reference ({text}) is not taken", "write the value out; put quotes round text that begins with *"),
    "tag": ("a tag ({text}) is not taken", "put quotes round text that begins with !"),
    "deep": ("more than {text} levels", "a config needs three"),
    "large": ("{text} characters are too many", "a config of some pages is enough"),
    "documents": ("a second document begins here", "take out the line ---"),
    "key": ("{text} is not taken", "a key is one word"),
    "escape": ("{text}", "write the character itself, or a single-quoted text"),
    "syntax": (
        "no YAML: {text}",
        "look at this line and the one before: indent with spaces, quote text with ': ' in it",
    ),
}


@dataclass(frozen=True)
class Problem:
    """Something wrong at a path of the config, before it is known where that path was written."""

    path: Path
    message: str
    hint: str = ""


def dotted(path: Path) -> str:
    """`destinations[0].name`; list members count from 0, as in most tools."""
    out = ""
    for step in path:
        out += f"[{step}]" if isinstance(step, int) else f".{step}" if out else step
    return out


def of_yaml(fault: YamlFault, file: str) -> Fault:
    """A refusal of the YAML loader."""
    message, hint = _YAML.get(fault.kind, ("{text}", ""))
    text = fault.text.replace("\t", "\\t")
    return Fault(message.format(text=text), hint, file=file, line=fault.line)


def of_schema(error: ValidationError) -> list[Problem]:
    """Every objection of the schema."""
    return [_problem(details) for details in error.errors(include_url=False, include_input=False)]


def _problem(details: ErrorDetails) -> Problem:
    path: Path = tuple(details["loc"])
    wrong = details.get("ctx", {}).get("error")
    if isinstance(wrong, WrongValueError):
        return Problem(path, wrong.message, wrong.hint)
    if details["type"] == "extra_forbidden":
        return Problem(path, "no such key", _better_key(path))
    if details["type"] == "missing":
        return Problem(path, "is missing", "it has no default")
    if details["type"] == "too_short":
        return Problem(path, "names no destination", "for a rehearsal: [{name: latihan, platform: mock}]")
    return Problem(path, details["msg"])


def _better_key(path: Path) -> str:
    key, inside = str(path[-1]), path[:-1]
    known = keys_of(inside)
    if hint := near(key, known).strip():
        return hint
    homes = [name for name, model in SECTIONS.items() if key in model.model_fields]
    if homes and not inside:
        return f"it belongs under {homes[0]}:"
    return f"known here: {', '.join(known)}"

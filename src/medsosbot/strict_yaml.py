"""The one YAML loader, for config, words and queue files: strings only, nothing that YAML itself would interpret.

YAML would read 21:00 as 1260, 010 as 8 and no as false; it would follow anchors and tags, and let a key stand twice.
Here every scalar is a string (or None for `null`, `~` and nothing at all, unquoted); the schema makes the types.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml

Value = str | None | list["Value"] | dict[str, "Value"]
Path = tuple[str | int, ...]

LARGEST = 256 * 1024  # characters
DEEPEST = 20
NOTHING = frozenset({"", "~", "null"})


@dataclass(frozen=True)
class YamlFault:
    """One thing that this loader refuses; the reader words it in its own language.

    kind: duplicate | anchor | alias | tag | syntax | escape | deep | large | documents | key.
    line, column: from 1. text: the key, the tag, or PyYAML's own words of the problem.
    """

    kind: str
    line: int
    column: int
    text: str


class StrictYamlError(Exception):
    """The text can't be taken; carries every fault that was found."""

    def __init__(self, faults: list[YamlFault]) -> None:
        self.faults = faults
        super().__init__("; ".join(f"line {f.line}: {f.kind} {f.text}" for f in faults))


@dataclass
class Document:
    """data: what stands there. lines: the line (from 1) of each key's or list member's path; () is the start."""

    data: Value = None
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int:
        """The line of the nearest known part of this path."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def load(text: str, *, first_line: int = 1) -> Document:
    """Read one document. first_line: where `text` begins in its file. Raises StrictYamlError."""
    if len(text) > LARGEST:
        raise StrictYamlError([YamlFault("large", first_line, 1, str(len(text)))])
    builder = _Builder(first_line)
    try:
        for event in yaml.parse(text, Loader=yaml.BaseLoader):
            builder.take(event)
    except yaml.MarkedYAMLError as e:
        mark = e.problem_mark or e.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        builder.faults.append(YamlFault("syntax", line + first_line, column + 1, e.problem or e.context or "?"))
    except yaml.YAMLError as e:  # a character that YAML doesn't allow
        place = text.count("\n", 0, getattr(e, "position", 0))
        builder.faults.append(YamlFault("syntax", place + first_line, 1, str(getattr(e, "reason", e))))
    except (ValueError, OverflowError):  # PyYAML hands "\\UFFFFFFFF" to chr() as it stands
        builder.faults.append(YamlFault("escape", builder.last_line, 1, "no such character"))
    if builder.faults:
        raise StrictYamlError(builder.faults)
    return builder.document


class _Builder:
    """Builds the tree from YAML's event stream, where anchors, tags and doubled keys are still to be seen."""

    def __init__(self, first_line: int) -> None:
        self.document = Document()
        self.faults: list[YamlFault] = []
        self.last_line = first_line  # of the event that was read last
        self._first = first_line
        self._stack: list[list[Value] | dict[str, Value]] = []
        self._path: list[str | int] = []
        self._key: list[str | None] = []  # per open mapping: the key that waits for its value
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        self.last_line = self._line(event)
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._refuse("documents", event, "---")
        elif isinstance(event, yaml.AliasEvent):
            self._refuse("alias", event, str(event.anchor))
            self._place(None, event)
        elif isinstance(event, yaml.ScalarEvent):
            self._check(event)
            plain = event.style is None and event.value in NOTHING
            self._scalar(None if plain else event.value, event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._check(event)
            self._open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._stack.pop()
            self._key.pop()
            if self._path:
                self._path.pop()

    def _check(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            self._refuse("anchor", event, event.anchor)
        if event.tag is not None:
            self._refuse("tag", event, event.tag)

    def _scalar(self, value: str | None, event: yaml.Event) -> None:
        if value is not None and any("\ud800" <= c <= "\udfff" for c in value):
            self._refuse("escape", event, "half a surrogate pair")  # no file and no platform could take it
        if self._stack and isinstance(self._stack[-1], dict) and self._key[-1] is None:
            self._name(value or "", event)
        else:
            self._place(value, event)

    def _name(self, key: str, event: yaml.Event) -> None:
        if key == "<<":
            self._refuse("alias", event, key)
        if key in self._stack[-1]:
            self._refuse("duplicate", event, key)
        self._key[-1] = key
        self.document.lines.setdefault((*self._path, key), self._line(event))

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        if len(self._stack) >= DEEPEST:
            self._refuse("deep", event, str(DEEPEST))
            raise StrictYamlError(self.faults)
        inside = bool(self._stack)
        if inside and isinstance(self._stack[-1], dict) and self._key[-1] is None:
            self._refuse("key", event, "a list or mapping as a key")
            raise StrictYamlError(self.faults)
        value: list[Value] | dict[str, Value] = {} if isinstance(event, yaml.MappingStartEvent) else []
        step = self._place(value, event)
        if step is not None:
            self._path.append(step)
        self._stack.append(value)
        self._key.append(None)

    def _place(self, value: Value, event: yaml.Event) -> str | int | None:
        if not self._stack:
            self.document.data = value
            self.document.lines[()] = self._line(event)
            return None
        parent = self._stack[-1]
        if isinstance(parent, list):
            parent.append(value)
            step: str | int = len(parent) - 1
            self.document.lines[(*self._path, step)] = self._line(event)
            return step
        key = self._key[-1] or ""
        parent[key] = value
        self._key[-1] = None
        return key

    def _line(self, event: yaml.Event) -> int:
        assert event.start_mark is not None  # every event of a parsed text has its mark
        return event.start_mark.line + self._first

    def _refuse(self, kind: str, event: yaml.Event, text: str) -> None:
        assert event.start_mark is not None
        self.faults.append(YamlFault(kind, self._line(event), event.start_mark.column + 1, text))

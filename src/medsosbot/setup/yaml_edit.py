"""Small changes to a YAML text that leave every other character as it is: comments, order, quotes.

Works on the places that PyYAML's composer tells; whoever changes a text reads it again afterwards, to be sure.
"""

from __future__ import annotations

import yaml

Path = tuple[str | int, ...]
NOTHING = ("", "~", "null")


def set_value(text: str, path: Path, value: str) -> str:
    """Set one value (written as YAML) under a mapping that is there or empty; the key is added where it is missing.

    Raises LookupError where the mapping is missing or something else.
    """
    parent, key = _find(text, path[:-1]), str(path[-1])
    if is_nothing(parent):
        return _put(text, parent, f"{{{key}: {value}}}")
    if not isinstance(parent, yaml.MappingNode):
        raise LookupError(key)
    found = _pair(parent, key)
    if found is None:
        return _add_pair(text, parent, f"{key}: {value}")
    return _put(text, found[1], value)


def replace_pair(text: str, path: Path, key: str, value: str) -> str:
    """Put another key with its value where the pair at `path` stands, in place of its comment too."""
    parent = _mapping(text, path[:-1])
    old = _pair(parent, str(path[-1]))
    if old is None:
        raise LookupError(path[-1])
    start, end = old[0].start_mark.index, old[1].end_mark.index
    if not parent.flow_style:
        end = _line_end(text, end)
    return f"{text[:start]}{key}: {value}{text[end:]}"


def drop_pair(text: str, path: Path) -> str:
    """Take a key and its value out; nothing changes where it isn't there."""
    parent = _mapping(text, path[:-1])
    pair = _pair(parent, str(path[-1]))
    if pair is None:
        return text
    at = parent.value.index(pair)
    start, end = pair[0].start_mark.index, pair[1].end_mark.index
    if at + 1 < len(parent.value):  # the next key takes its place
        return text[:start] + text[parent.value[at + 1][0].start_mark.index :]
    if parent.flow_style:
        return text[: parent.value[at - 1][1].end_mark.index if at else start] + text[end:]
    return text[: max(0, text.rfind("\n", 0, start))] + text[_line_end(text, end) :]


def add_member(text: str, path: Path, pairs: dict[str, str]) -> str:
    """Add a mapping to the list at `path`, in the list's own style."""
    node = _find(text, path)
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        raise LookupError(path)
    if node.flow_style:
        inside = ", ".join(f"{k}: {v}" for k, v in pairs.items())
        end = node.value[-1].end_mark.index
        return f"{text[:end]}, {{{inside}}}{text[end:]}"
    lines = [f"{k}: {v}" for k, v in pairs.items()]
    dash = " " * node.start_mark.column
    block = "".join(f"\n{dash}{'- ' if n == 0 else '  '}{line}" for n, line in enumerate(lines))
    end = _line_end(text, _tail(node))
    return text[:end] + block + text[end:]


def has(text: str, path: Path) -> bool:
    """Does this key stand there?"""
    try:
        _find(text, path)
    except LookupError:
        return False
    return True


def is_nothing(node: yaml.Node) -> bool:
    """`null`, `~` or no value at all."""
    return isinstance(node, yaml.ScalarNode) and node.style is None and node.value in NOTHING


def _find(text: str, path: Path) -> yaml.Node:
    node = yaml.compose(text, Loader=yaml.BaseLoader)
    if node is None:
        raise LookupError(path)
    for step in path:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        elif isinstance(node, yaml.MappingNode) and (pair := _pair(node, str(step))):
            node = pair[1]
        else:
            raise LookupError(path)
    return node


def _mapping(text: str, path: Path) -> yaml.MappingNode:
    node = _find(text, path)
    if not isinstance(node, yaml.MappingNode):
        raise LookupError(path)
    return node


def _pair(node: yaml.Node, key: str) -> tuple[yaml.Node, yaml.Node] | None:
    pairs: list[tuple[yaml.Node, yaml.Node]] = node.value if isinstance(node, yaml.MappingNode) else []
    return next((pair for pair in pairs if pair[0].value == key), None)


def _put(text: str, node: yaml.Node, value: str) -> str:
    """In place of a scalar, or behind the colon where there is none."""
    if not isinstance(node, yaml.ScalarNode):
        raise LookupError(value)
    start, end = node.start_mark.index, node.end_mark.index
    blank = " " if start == end and text[start - 1 : start] != " " else ""
    return f"{text[:start]}{blank}{value}{text[end:]}"


def _add_pair(text: str, parent: yaml.MappingNode, pair: str) -> str:
    if parent.flow_style:
        end = parent.value[-1][1].end_mark.index if parent.value else parent.start_mark.index + 1
        return text[:end] + (", " if parent.value else "") + pair + text[end:]
    end = _line_end(text, _tail(parent))
    return f"{text[:end]}\n{' ' * parent.value[0][0].start_mark.column}{pair}{text[end:]}"


def _tail(node: yaml.Node) -> int:
    """Where a node's last character stands; a block's own mark lies behind the comments that follow it."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        return _tail(node.value[-1][1])
    if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
        return _tail(node.value[-1])
    return int(node.end_mark.index)


def _line_end(text: str, at: int) -> int:
    """The end of the line, without its line break."""
    end = text.find("\n", at)
    if end < 0:
        return len(text)
    return end - 1 if end > at and text[end - 1] == "\r" else end

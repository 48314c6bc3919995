"""The shape of a block before it is an act: words, lists and fields, each with its line and column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from travaux.acts.fault import Fault, Place

DEEPEST = 16  # lists and fields inside one another, the act's own fields being the first


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as text; `line` and `col` count from 1, in characters."""

    value: str
    line: int
    col: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A list, at its first dash or its opening bracket."""

    items: tuple[Node, ...]
    line: int
    col: int


@dataclass(frozen=True, slots=True)
class Field:
    """A name and what it holds."""

    name: Scalar
    node: Node


@dataclass(frozen=True, slots=True)
class Mapped:
    """Fields by name, at the first name or the opening brace."""

    fields: Mapping[str, Field]
    line: int
    col: int


Node = Scalar | Listed | Mapped


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file without its end; `number` counts from 1."""

    text: str
    number: int

    @property
    def indent(self) -> int:
        """How many spaces it begins with."""
        return len(self.text) - len(self.text.lstrip(" "))

    def fault(self, code: str, at: int, **values: object) -> Fault:
        """A fault at the character `at` (from 0) of this line."""
        return Fault(code, Place("", self.number, at + 1), values)

    def scalar(self, value: str, at: int) -> Scalar:
        """A value that begins at the character `at` (from 0) of this line."""
        return Scalar(value, self.number, at + 1)


def values(node: Node) -> Any:
    """The node as plain strings, lists and dicts. Depth is bounded by `DEEPEST`."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Listed):
        return [values(item) for item in node.items]
    return {name: values(field.node) for name, field in node.fields.items()}


def locate(node: Node, path: Sequence[str | int]) -> tuple[int, int]:
    """Line and column of what `path` names: a field by its name, an item by its first character.

    Where the path leads further than the file does, the last place that exists is given.
    """
    line, col = node.line, node.col
    for step in path:
        if isinstance(node, Mapped) and isinstance(step, str) and step in node.fields:
            field = node.fields[step]
            node, line, col = field.node, field.name.line, field.name.col
        elif isinstance(node, Listed) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            line, col = node.line, node.col
        else:
            break
    return line, col

"""What spans lines: fields and lists by indentation, and literal blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from travaux.acts.fault import Fault
from travaux.formats.acts import inline
from travaux.formats.acts.nodes import DEEPEST, Field, Line, Listed, Mapped, Node, Scalar

MANY = 1000  # faults after which no more are looked for
_LITERAL = re.compile(r"\|(?P<end>[-+]?)(?: +(?:#.*)?)?\Z")


class Block:
    """Reads one block of the stream: `lines` without the separators around them, the first numbered `first`.

    `unended` says that the last line has no line end, which is the end of the file. `read` gives the fields
    that could be read; `faults` then holds what was wrong with the others.
    """

    def __init__(self, lines: Sequence[str], first: int, unended: bool) -> None:
        self._lines = list(lines)
        self._first = first
        self._unended = unended
        self._at = 0
        self.faults: list[Fault] = []

    def read(self) -> Mapped | None:
        """The block's fields, or None where it holds nothing, or nothing that is a field."""
        line = self._next()
        if line is None:
            return None
        if line.indent:
            self.faults.append(self._stray(line))
            return None
        first = self._name(line, 0, "notation.mapping")
        if isinstance(first, Fault):
            self.faults.append(first)
            return None
        got = self._mapping(0, 1)
        return got if isinstance(got, Mapped) else None

    def _next(self) -> Line | None:
        """The next line that is neither empty nor a comment."""
        while self._at < len(self._lines):
            bare = self._lines[self._at].lstrip(" ")
            if bare and bare[0] != "#":
                return self._line(self._at)
            self._at += 1
        return None

    def _line(self, n: int) -> Line:
        return Line(self._lines[n], self._first + n)

    def _stray(self, line: Line) -> Fault:
        at = line.indent
        return line.fault("notation.tab" if line.text[at] == "\t" else "notation.indent", at)

    def _name(self, line: Line, at: int, otherwise: str) -> tuple[Scalar, int] | Fault:
        """The field name at `at` and the index after its colon; the fault `otherwise` where there is none."""
        got = None if dashed(line.text, at) else inline.name(line, at)
        if got is None and not dashed(line.text, at):
            probe = inline.value(line, at, 0)
            return probe if isinstance(probe, Fault) else line.fault(otherwise, at)
        return got or line.fault(otherwise, at)

    def _node(self, line: Line, depth: int) -> Node | Fault:
        """The node whose first line is `line`, which begins at its indentation."""
        at = line.indent
        if depth > DEEPEST:
            return line.fault("notation.deep", at, most=DEEPEST)
        if dashed(line.text, at):
            return self._list(at, depth, within=False)
        named = inline.name(line, at)
        if isinstance(named, Fault):
            return named
        if named is not None:
            return self._mapping(at, depth)
        self._at += 1
        return inline.value(line, at, depth - 1)

    def _mapping(self, indent: int, depth: int) -> Mapped | Fault:
        fields: dict[str, Field] = {}
        first = self._line(self._at)
        while (line := self._next()) is not None and line.indent >= indent and len(self.faults) < MANY:
            got = self._field(line, indent, depth)
            fault = got if isinstance(got, Fault) else inline.duplicate(got.name, fields)
            if isinstance(got, Field) and fault is None:
                fields[got.name.value] = got
            elif fault is not None and depth > 1:
                return fault
            elif fault is not None:
                self.faults.append(fault)
                self._skip(line)
        return Mapped(fields, first.number, indent + 1)

    def _skip(self, wrong: Line) -> None:
        """On to the next line that can begin a field of the act itself."""
        while (line := self._next()) is not None:
            begins = not line.indent and not dashed(line.text, 0)
            if begins and line.number > wrong.number:
                return
            self._at += 1

    def _field(self, line: Line, indent: int, depth: int) -> Field | Fault:
        if line.indent > indent:
            return self._stray(line)
        named = self._name(line, indent, "notation.field")
        if isinstance(named, Fault):
            return named
        word, after = named
        node = self._held(line, word, after, indent, depth)
        return node if isinstance(node, Fault) else Field(word, node)

    def _held(self, line: Line, word: Scalar, after: int, indent: int, depth: int) -> Node | Fault:
        """What a field holds: on its own line, in a literal block, or on the lines below."""
        at = _begin(line.text, after)
        self._at += 1
        if at >= 0:
            literal = line.text[at] == "|"
            return self._literal(line, at, indent) if literal else inline.value(line, at, depth)
        below = self._next()
        if below is not None and below.indent > indent:
            return self._node(below, depth + 1)
        if below is not None and below.indent == indent and dashed(below.text, indent):
            return self._list(indent, depth + 1, within=True)
        return line.fault("notation.value", word.col - 1, name=word.value)

    def _list(self, indent: int, depth: int, within: bool) -> Listed | Fault:
        """The items at `indent`; `within` a field of the same indentation, whose next field ends the list."""
        first = self._line(self._at)
        if depth > DEEPEST:
            return first.fault("notation.deep", indent, most=DEEPEST)
        items: list[Node] = []
        while (line := self._next()) is not None and line.indent >= indent:
            if line.indent > indent:
                return self._stray(line)
            if not dashed(line.text, indent):
                if within:
                    break
                return line.fault("notation.item", indent)
            item = self._item(line, indent, depth)
            if isinstance(item, Fault):
                return item
            items.append(item)
        return Listed(tuple(items), first.number, indent + 1)

    def _item(self, line: Line, indent: int, depth: int) -> Node | Fault:
        at = _begin(line.text, indent + 1)
        if at < 0:
            self._at += 1
            below = self._next()
            if below is not None and below.indent > indent:
                return self._node(below, depth + 1)
            return line.fault("notation.empty_item", indent)
        if line.text[at] == "|":
            self._at += 1
            return self._literal(line, at, indent)
        # The dash counts as indentation of what stands behind it.
        shifted = Line(" " * at + line.text[at:], line.number)
        self._lines[self._at] = shifted.text
        return self._node(shifted, depth + 1)

    def _literal(self, line: Line, at: int, indent: int) -> Scalar | Fault:
        """The lines below that are indented further than `indent`, kept as they stand."""
        header = _LITERAL.match(line.text, at)
        if header is None:
            return line.fault("notation.literal", at)
        deep = self._depth_of_text(line, at, indent)
        if isinstance(deep, Fault):
            return deep
        kept: list[str] = []
        while self._at < len(self._lines):
            text = self._lines[self._at]
            if text.strip(" ") and len(text) - len(text.lstrip(" ")) < deep:
                break
            kept.append(text[deep:])
            self._at += 1
        return line.scalar(self._chomped(kept, header["end"]), at)

    def _depth_of_text(self, line: Line, at: int, indent: int) -> int | Fault:
        """How far the text is indented: as far as its first line that is not empty."""
        longest = 0
        for n in range(self._at, len(self._lines)):
            below = self._line(n)
            deep = below.indent
            if deep == len(below.text):
                longest = max(longest, deep)
                continue
            if deep <= indent:
                return self._stray(below) if below.text[deep] == "\t" else line.fault("notation.no_text", at)
            return deep if longest <= deep else below.fault("notation.ragged", deep)
        return line.fault("notation.no_text", at)

    def _chomped(self, kept: list[str], end: str) -> str:
        """The text of a literal block; its last line ends by the header's mark."""
        whole = not (self._unended and self._at == len(self._lines))
        last = len(kept)
        while not kept[last - 1]:
            last -= 1
        text = "\n".join(kept[:last])
        if end == "-":
            return text
        breaks = len(kept) - last + (1 if whole else 0)
        return text + "\n" * (breaks if end == "+" else min(breaks, 1))


def dashed(text: str, at: int) -> bool:
    """Whether an item of a list begins at `at`."""
    return text[at : at + 1] == "-" and text[at + 1 : at + 2] in ("", " ")


def _begin(text: str, at: int) -> int:
    """Where the value after a colon or dash begins, or -1 where only a comment or nothing follows."""
    at = inline.past_spaces(text, at)
    return -1 if at >= len(text) or text[at] == "#" else at

"""What stands on one line: field names, plain and quoted values, lists and fields in brackets.

Everything accepted here means the same in YAML 1.2 and in YAML 1.1 with all values read as strings. What the
two read differently, or what reads as something else than it looks like, is refused with its column.
"""

from __future__ import annotations

import re

from travaux.acts.fault import Fault
from travaux.formats.acts.nodes import DEEPEST, Field, Line, Listed, Mapped, Node, Scalar

LONGEST_NAME = 1000  # characters; YAML processors give up on names over 1,024
_DOUBLE = re.compile(r'"(?:[^"\\]++|\\.)*+"')
_SINGLE = re.compile(r"'(?:[^']++|'')*+'")
_ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_STOP = re.compile(r"[,\[\]{}?\t]|:(?=[ ,\[\]{}]|\Z)| #")
_SPACES = re.compile(" *")
# What a value may not begin with, and the fault that says why.
_STARTS = {
    "&": "notation.anchor", "*": "notation.alias", "!": "notation.tag", ">": "notation.folded",
    "|": "notation.literal", "%": "notation.directive", "\t": "notation.tab",
}  # fmt: skip
_QUOTE_IT = frozenset("?:,]}#@`[{\"'")


def name(line: Line, at: int) -> tuple[Scalar, int] | Fault | None:
    """The field name at `at` and the index after its colon; None where the line holds no field there."""
    text = line.text
    if text[at] in "[{":
        return None
    if text[at] == "\t":
        return line.fault("notation.tab", at)
    if text[at] in "\"'":
        return _quoted_name(line, at)
    if text[at] == "?" and text[at + 1 : at + 2] in ("", " "):
        return line.fault("notation.complex", at)
    colon = _colon(text, at)
    if colon < 0:
        return None
    word = text[at:colon].rstrip(" ")
    if fault := _start(line, at) or _tab(line, at, colon):
        return fault
    if word == "<<":
        return line.fault("notation.merge", at)
    return _named(line, word, at, colon)


def _colon(text: str, at: int) -> int:
    """Where the colon of a plain name stands: before a space or the end, and before any comment."""
    comment = text.find(" #", at)
    limit = len(text) if comment < 0 else comment + 1
    colon = text.find(": ", at, limit)
    return len(text) - 1 if colon < 0 and comment < 0 and text.endswith(":") else colon


def _quoted_name(line: Line, at: int) -> tuple[Scalar, int] | Fault | None:
    got = quoted(line, at)
    if isinstance(got, Fault):
        return got
    colon = past_spaces(line.text, got[1])
    if line.text[colon : colon + 1] != ":" or line.text[colon + 1 : colon + 2] not in ("", " "):
        return None
    return _named(line, got[0], at, colon)


def _named(line: Line, word: str, at: int, colon: int) -> tuple[Scalar, int] | Fault:
    if colon - at > LONGEST_NAME:
        return line.fault("notation.long_name", at, most=LONGEST_NAME)
    return line.scalar(word, at), colon + 1


def value(line: Line, at: int, depth: int) -> Node | Fault:
    """The value from `at` to the end of the line, a comment left out. `depth` is that of what holds it."""
    if line.text[at] in "[{":
        got = _flow(line, at, depth + 1)
    elif line.text[at] in "\"'":
        got = _quoted_node(line, at)
    else:
        return _plain(line, at)
    if isinstance(got, Fault):
        return got
    node, end = got
    rest = past_spaces(line.text, end)
    if rest < len(line.text) and (line.text[rest] != "#" or rest == end):
        return line.fault("notation.after", rest)
    return node


def _plain(line: Line, at: int) -> Scalar | Fault:
    comment = line.text.find(" #", at)
    end = len(line.text) if comment < 0 else comment
    word = line.text[at:end].rstrip(" ")
    if fault := _start(line, at) or _tab(line, at, end):
        return fault
    colon = word.find(": ")
    if colon >= 0 or word.endswith(":"):
        return line.fault("notation.colon", at + (colon if colon >= 0 else len(word) - 1))
    return line.scalar(word, at)


def _start(line: Line, at: int) -> Fault | None:
    """The fault of a plain value that begins with a mark of YAML, or None."""
    first, second = line.text[at], line.text[at + 1 : at + 2]
    if first in _STARTS:
        return line.fault(_STARTS[first], at)
    if first == "-" and second in ("", " "):
        return line.fault("notation.dash", at)
    return line.fault("notation.start", at, mark=first) if first in _QUOTE_IT else None


def _tab(line: Line, at: int, end: int) -> Fault | None:
    tab = line.text.find("\t", at, end)
    return None if tab < 0 else line.fault("notation.tab", tab)


def quoted(line: Line, at: int) -> tuple[str, int] | Fault:
    """The value between quotes at `at`, and the index after the closing one."""
    double = line.text[at] == '"'
    match = (_DOUBLE if double else _SINGLE).match(line.text, at)
    if match is None:
        return line.fault("notation.unclosed_quote", at)
    inner = match[0][1:-1]
    if not double:
        return inner.replace("''", "'"), match.end()
    read = _unescape(line, at, inner) if "\\" in inner else inner
    return read if isinstance(read, Fault) else (read, match.end())


def _unescape(line: Line, at: int, inner: str) -> str | Fault:
    wrong: list[re.Match[str]] = []

    def character(match: re.Match[str]) -> str:
        mark = match[1]
        if len(mark) == 1:
            if mark not in _ESCAPES:
                wrong.append(match)
            return _ESCAPES.get(mark, "")
        code = int(mark[1:], 16)
        if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            wrong.append(match)
            return ""
        return chr(code)

    read = _ESCAPE.sub(character, inner)
    return line.fault("notation.escape", at + 1 + wrong[0].start(), escape=wrong[0][0]) if wrong else read


def _quoted_node(line: Line, at: int) -> tuple[Node, int] | Fault:
    got = quoted(line, at)
    return got if isinstance(got, Fault) else (line.scalar(got[0], at), got[1])


def _flow(line: Line, at: int, depth: int) -> tuple[Node, int] | Fault:
    """A list or fields in brackets, and the index after the closing one."""
    if depth > DEEPEST:
        return line.fault("notation.deep", at, most=DEEPEST)
    return _flow_list(line, at, depth) if line.text[at] == "[" else _flow_map(line, at, depth)


def _flow_list(line: Line, at: int, depth: int) -> tuple[Node, int] | Fault:
    items: list[Node] = []
    i = past_spaces(line.text, at + 1)
    while line.text[i : i + 1] != "]":
        got = _flow_node(line, i, at, depth)
        if isinstance(got, Fault):
            return got
        items.append(got[0])
        after = _comma(line, got[1], at, "]")
        if isinstance(after, Fault):
            return after
        i = after
    return Listed(tuple(items), line.number, at + 1), i + 1


def _flow_map(line: Line, at: int, depth: int) -> tuple[Node, int] | Fault:
    fields: dict[str, Field] = {}
    i = past_spaces(line.text, at + 1)
    while line.text[i : i + 1] != "}":
        named = _flow_name(line, i, at)
        if isinstance(named, Fault):
            return named
        word, colon = named
        got = _flow_node(line, past_spaces(line.text, colon), at, depth)
        if isinstance(got, Fault):
            return got
        if fault := duplicate(word, fields):
            return fault
        fields[word.value] = Field(word, got[0])
        after = _comma(line, got[1], at, "}")
        if isinstance(after, Fault):
            return after
        i = after
    return Mapped(fields, line.number, at + 1), i + 1


def duplicate(word: Scalar, fields: dict[str, Field]) -> Fault | None:
    """The fault of a name that stands here already, or None."""
    if word.value not in fields:
        return None
    first = fields[word.value].name.line
    return Line("", word.line).fault("notation.duplicate", word.col - 1, name=word.value, first=first)


def _flow_name(line: Line, i: int, opened: int) -> tuple[Scalar, int] | Fault:
    """A name inside braces and the index after its colon."""
    text = line.text
    if text[i : i + 1] in ("[", "{"):
        return line.fault("notation.complex", i)
    got = _flow_node(line, i, opened, DEEPEST)
    if isinstance(got, Fault):
        return got
    word, end = got
    if not isinstance(word, Scalar):
        raise TypeError(word)
    if word.value == "<<" and text[i] not in "\"'":
        return line.fault("notation.merge", i)
    colon = past_spaces(text, end)
    adjacent = colon == end and text[i] in "\"'"
    if text[colon : colon + 1] != ":" or not (adjacent or text[colon + 1 : colon + 2] == " "):
        return line.fault("notation.flow_name", i)
    return _named(line, word.value, i, colon)


def _flow_node(line: Line, i: int, opened: int, depth: int) -> tuple[Node, int] | Fault:
    text = line.text
    if i >= len(text):
        return line.fault("notation.flow_open", opened)
    if text[i] in "[{":
        return _flow(line, i, depth + 1)
    if text[i] in "\"'":
        return _quoted_node(line, i)
    stop = _STOP.search(text, i)
    end = stop.start() if stop else len(text)
    fault = _start(line, i)
    if fault is None and text[i] == "-" and text[i + 1 : i + 2] in tuple(",]}[{?"):
        fault = line.fault("notation.dash", i)
    return fault or (line.scalar(text[i:end].rstrip(" "), i), end)


def _comma(line: Line, i: int, opened: int, closing: str) -> int | Fault:
    """The index of the next entry or of the closing bracket, past the comma and spaces."""
    text = line.text
    i = past_spaces(text, i)
    if i >= len(text) or (text[i] == "#" and text[i - 1] == " "):
        return line.fault("notation.flow_open", opened)
    if text[i] == ",":
        return past_spaces(text, i + 1)
    return i if text[i] == closing else line.fault("notation.flow_comma", i, mark=text[i])


def past_spaces(text: str, i: int) -> int:
    """The index of the first character from `i` on that is no space."""
    match = _SPACES.match(text, i)
    return match.end() if match else i

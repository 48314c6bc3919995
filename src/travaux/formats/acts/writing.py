"""Acts into their plain notation: the same act always gives the same lines, and they read back as it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from travaux.acts.base import Act
from travaux.acts.vocabulary import kind_of, to_body
from travaux.formats.acts.reading import Written

WIDTH = 100  # characters of a line up to which a list or a few fields stand on one line
_FIRST = ("act", "on", "actor", "subject")
_LAST = ("basis", "also", "note")
# Words that need no quotes, in brackets or outside.
_PLAIN = re.compile(
    r"[^\W_][^\s:#,\[\]{}?]*(?:(?:[ ](?=[^\s#])|:(?=[^\s,\[\]{}])|(?<=\S)#)[^\s:#,\[\]{}?]*)*\Z"
)
# Values that another reader of YAML would take for a number, a truth value or nothing.
_OTHER = re.compile(
    r"(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-f_]+|[0-9][0-9_]*(?::[0-5]?[0-9])*(?:\.[0-9_]*)?(?:e[-+]?[0-9]+)?"
    r"|null|true|false|yes|no|on|off|y|n)\Z",
    re.IGNORECASE,
)
_HIDDEN = "\x00-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff"
_SHOWN = re.compile(f'["\\\\{_HIDDEN}]')
_INVISIBLE = re.compile(f"[{_HIDDEN}]")
_UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]|[ \t](?:\n|\\Z)"
)
_SHORT = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def render_acts(acts: Iterable[Act | Written]) -> str:
    """The acts as blocks between separator lines, fields in one fixed order, with a line end at the end.

    `parse_acts` reads equal acts back. No act at all gives an empty text.
    """
    blocks = ["\n".join(_block(a if isinstance(a, Written) else Written(a))) + "\n" for a in acts]
    return "---\n".join(blocks)


def _block(written: Written) -> Iterator[str]:
    yield f"act: {kind_of(written.act)}"
    if written.signer:
        yield from _field("signer", written.signer, 0)
    if written.audience != "public":
        yield from _field("audience", written.audience, 0)
    if written.with_:
        yield from _field("with", written.with_, 0)
    if written.label:
        yield from _field("label", written.label, 0)
    if written.sealed:
        yield from _field("sealed", written.sealed, 0)
    if written.aside:
        yield from _field("sealed_note", {"to": written.aside.to, "text": written.aside.text}, 0)
    for name, value in _ordered(to_body(written.act)).items():
        yield from _field(name, value, 0)


def _ordered(body: dict[str, Any]) -> dict[str, Any]:
    """The fields of an act: when and who, then its own, then what it stands on."""
    own = [name for name in body if name not in _FIRST and name not in _LAST]
    return {name: body[name] for name in (*_FIRST, *own, *_LAST) if name in body}


def _field(name: str, value: Any, indent: int) -> Iterator[str]:
    head = " " * indent + f"{_name(name)}:"
    if isinstance(value, dict) and "act" in value:
        value = _ordered(value)
    if isinstance(value, str) and (text := _literal(value, indent + 2)):
        yield f"{head} {text}"
    elif (flow := _flow(value, WIDTH - len(head))) is not None:
        yield f"{head} {flow}"
    else:
        yield head
        yield from _below(value, indent + 2)


def _below(value: Any, indent: int) -> Iterator[str]:
    """A list or fields, each on lines of its own."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _field(name, inner, indent)
        return
    for item in value:
        yield from _item(item, indent)


def _item(item: Any, indent: int) -> Iterator[str]:
    dash = " " * indent + "- "
    if isinstance(item, str) and (text := _literal(item, indent + 2)):
        yield dash + text
    elif not isinstance(item, dict) and (flow := _flow(item, WIDTH - len(dash))) is not None:
        yield dash + flow
    elif item:
        lines = iter(_below(item, indent + 2))
        yield dash + next(lines)[indent + 2 :]
        yield from lines
    else:
        yield dash + "{}"


def _flow(value: Any, room: int) -> str | None:
    """The value on one line; None where it is too long or too deep for that. Single words always fit."""
    if isinstance(value, (dict, list, tuple)):
        inner = list(value.values()) if isinstance(value, dict) else value
        if any(isinstance(v, (dict, list, tuple)) or (isinstance(v, str) and "\n" in v) for v in inner):
            return None
        text = _braces(value) if isinstance(value, dict) else f"[{', '.join(map(_word, value))}]"
        return text if len(text) < room or not value else None
    return _word(value)


def _braces(value: dict[str, Any]) -> str:
    return "{" + ", ".join(f"{_name(name)}: {_word(v)}" for name, v in value.items()) + "}"


def _word(value: Any) -> str:
    """One value on a line, in quotes where it needs them."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return str(value)
    return value if _plain(value) and not _OTHER.match(value) else _in_quotes(value)


def _name(name: str) -> str:
    """A field name, in quotes where it needs them."""
    return name if _plain(name) else _in_quotes(name)


def _plain(text: str) -> bool:
    return bool(_PLAIN.match(text)) and not _INVISIBLE.search(text)


def _in_quotes(text: str) -> str:
    return f'"{_SHOWN.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    mark = match[0]
    if mark in _SHORT:
        return _SHORT[mark]
    return f"\\x{ord(mark):02x}" if ord(mark) < 0x100 else f"\\u{ord(mark):04x}"


def _literal(text: str, indent: int) -> str:
    """The text as a literal block, header first; empty where it has one line or cannot stand as it is."""
    body = text.rstrip("\n")
    if "\n" not in text or not body or _UNFIT.search(body) or body.lstrip("\n").startswith((" ", "\t")):
        return ""
    ends = len(text) - len(body)
    head = "|" if ends == 1 else "|+" if ends else "|-"
    lines = [" " * indent + line if line else "" for line in body.split("\n")]
    return "\n".join([head, *lines, *[""] * (ends - 1)])

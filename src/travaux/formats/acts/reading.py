"""Acts from their plain notation: a stream of blocks, one act a block. See ``docs/notation-acts.md``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from travaux.acts.base import Act
from travaux.acts.check import Misfit, misfits
from travaux.acts.fault import Fault, Place, Refused, refused
from travaux.acts.vocabulary import from_values
from travaux.formats.acts.blocks import Block
from travaux.formats.acts.nodes import Line, Listed, Mapped, Node, Scalar, locate, values

LARGEST = 20_000_000  # characters of one file
ENVELOPE = ("signer", "audience", "with")
_SEPARATOR = re.compile(r"---(?P<more>.*)\Z", re.DOTALL)
# Characters that may not stand in a file as such: controls, lone surrogates, odd line ends, direction marks.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class Written:
    """An act as written: `line` is that of its first field, the rest are words for its envelope.

    `signer` is the name of a key; `audience` is ``public``, ``parties`` or ids of parties; `with_` names the
    keys that sign together with the signer. The line counts for nothing when two are compared.
    """

    act: Act
    line: int = field(default=0, compare=False)
    signer: str = ""
    audience: str | tuple[str, ...] = "public"
    with_: tuple[str, ...] = ()


def read_acts(data: bytes, where: str = "") -> tuple[Written, ...] | Refused:
    """The acts in the bytes of a file, which are UTF-8; `where` names it in the faults."""
    if len(data) > 4 * LARGEST:
        return refused("notation.large", Place(where), size=len(data), most=LARGEST)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return refused("notation.encoding", Place(where), byte=error.start)
    return parse_acts(text, where)


def parse_acts(text: str, where: str = "") -> tuple[Written, ...] | Refused:
    """All acts of a file, or all its faults at once; with any fault there is no act.

    Places are `where`, line and column from 1, in characters. A file that is too large or is no text gives
    one fault, without being read further.
    """
    if len(text) > LARGEST:
        return refused("notation.large", Place(where), size=len(text), most=LARGEST)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if found := _FORBIDDEN.search(text):
        return Refused((_forbidden(text, found.start()).at(where),))
    acts: list[Written] = []
    faults: list[Fault] = []
    for block, wrong in _blocks(text):
        got = wrong or _act(block)
        if isinstance(got, Written):
            acts.append(got)
        else:
            faults += got or ()
    if not acts and not faults:
        return refused("notation.none", Place(where))
    return Refused(tuple(f.at(where) for f in faults)) if faults else tuple(acts)


def _forbidden(text: str, at: int) -> Fault:
    start = text.rfind("\n", 0, at) + 1
    place = Place("", text.count("\n", 0, at) + 1, at - start + 1)
    return Fault("notation.character", place, {"code": f"U+{ord(text[at]):04X}"})


def _blocks(text: str) -> Iterator[tuple[Block, tuple[Fault, ...]]]:
    """The blocks between separator lines, each with the faults of the separator before it."""
    lines = text.split("\n")
    unended = bool(lines[-1])
    if not unended:
        lines.pop()
    start = 0
    wrong: tuple[Fault, ...] = ()
    for n, words in enumerate(lines):
        if not words.startswith(("---", "...")) or words[3:4] not in ("", " ", "\t"):
            continue
        yield _block(lines, start, n, unended), wrong
        start, wrong = n + 1, _separator(Line(words, n + 1))
    yield _block(lines, start, len(lines), unended), wrong


def _block(lines: Sequence[str], start: int, stop: int, unended: bool) -> Block:
    numbered = [Line(words, n) for n, words in enumerate(lines[start:stop], start + 1)]
    return Block(numbered, unended and stop == len(lines))


def _separator(line: Line) -> tuple[Fault, ...]:
    if line.text[0] == ".":
        return (line.fault("notation.end_mark", 0),)
    rest = line.text[3:].lstrip(" ")
    return (line.fault("notation.separator", len(line.text) - len(rest)),) if rest and rest[0] != "#" else ()


def _act(block: Block) -> Written | tuple[Fault, ...] | None:
    """The act of a block, its faults, or None where the block holds nothing but comments."""
    node = block.read()
    if node is None:
        return tuple(block.faults) or None
    envelope = _envelope(node)
    kind = _kind(node)
    if isinstance(kind, Fault):
        return (*block.faults, *envelope.faults, kind)
    body = {name: values(f.node) for name, f in node.fields.items() if name not in ("act", *ENVELOPE)}
    act = from_values(kind, body) if not block.faults else None
    if isinstance(act, Act) and not envelope.faults:
        return replace(envelope.written, act=act, line=node.line)
    return (*block.faults, *envelope.faults, *_misfits(kind, body, node, bool(block.faults)))


def _misfits(kind: str, body: dict[str, object], node: Mapped, partial: bool) -> Iterator[Fault]:
    """What does not fit, each at its line and column; a field is not missing where one could not be read."""
    for misfit in misfits(kind, body):
        if not (partial and misfit.fault.code == "act.missing_field" and len(misfit.path) == 0):
            yield _placed(misfit, node)


def _placed(misfit: Misfit, node: Mapped) -> Fault:
    path = misfit.path or ("act",) if misfit.fault.code.startswith("act.unknown_kind") else misfit.path
    return replace(misfit.fault, place=Place("", *locate(node, path)))


def _kind(node: Mapped) -> str | Fault:
    if "act" not in node.fields:
        return Fault("notation.kind", Place("", node.line, node.col))
    kind = node.fields["act"].node
    if not isinstance(kind, Scalar):
        return Fault("notation.words", Place("", kind.line, kind.col), {"name": "act"})
    return kind.value


@dataclass(frozen=True, slots=True)
class _Envelope:
    written: Written
    faults: tuple[Fault, ...]


def _envelope(node: Mapped) -> _Envelope:
    """The words for the envelope; the act in `written` is still to be put in."""
    faults: list[Fault] = []
    held = {name: node.fields[name].node for name in ENVELOPE if name in node.fields}
    signer, audience, others = (held.get(name) for name in ENVELOPE)
    if signer is not None and not (isinstance(signer, Scalar) and signer.value):
        faults.append(_at("notation.words", signer, name="signer"))
    names = _names(others, "with", faults)
    if isinstance(audience, Scalar) and audience.value not in ("public", "parties"):
        faults.append(_at("notation.audience", audience, found=audience.value))
    to = audience.value if isinstance(audience, Scalar) else _names(audience, "audience", faults)
    by = signer.value if isinstance(signer, Scalar) else ""
    return _Envelope(Written(Act(), node.line, by, to or "public", names), tuple(faults))


def _names(node: Node | None, name: str, faults: list[Fault]) -> tuple[str, ...]:
    """A list of names; a fault where it is no list, is empty or holds something else."""
    if node is None:
        return ()
    if not isinstance(node, Listed) or not node.items:
        faults.append(_at("notation.names", node, name=name))
        return ()
    words = tuple(i for i in node.items if isinstance(i, Scalar) and i.value)
    faults += [_at("notation.names", i, name=name) for i in node.items if i not in words]
    return tuple(word.value for word in words)


def _at(code: str, node: Node, **values: object) -> Fault:
    return Fault(code, Place("", node.line, node.col), values)

"""Acts from their plain notation: a stream of blocks, one act a block. See ``docs/notation-acts.md``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from travaux.acts.base import Act
from travaux.acts.check import Misfit, misfits
from travaux.acts.fault import Fault, Place, Refused, refused
from travaux.acts.vocabulary import from_values
from travaux.formats.acts.blocks import MANY
from travaux.formats.acts.labels import LABEL, NAMING, placeholder
from travaux.formats.acts.nodes import Listed, Mapped, Node, Scalar, locate, values
from travaux.formats.acts.stream import LARGEST, blocks

ENVELOPE = ("signer", "audience", "with", "label", "sealed", "sealed_note")

_APART = ("act", *ENVELOPE)


@dataclass(frozen=True, slots=True)
class Written:
    """An act as written: `line` is that of its first field, the rest are words for its envelope.

    `signer` is the name of a key; `audience` is ``public``, ``parties`` or ids of parties; `with_` names the
    keys that sign together with the signer; `label` is what later acts of the file call it by. `sealed` are
    those who may open the act where it is hidden, "" where it is said openly; `aside` is a sealed note
    beside it. The line counts for nothing when two are compared.
    """

    act: Act
    line: int = field(default=0, compare=False)
    signer: str = ""
    audience: str | tuple[str, ...] = "public"
    with_: tuple[str, ...] = ()
    label: str = ""
    sealed: str | tuple[str, ...] = ""
    aside: Aside | None = None


@dataclass(frozen=True, slots=True)
class Aside:
    """A note that is sealed apart from its act: its words, and who may open it."""

    text: str
    to: str | tuple[str, ...]


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
    one fault, without being read further; after `MANY` faults the reading ends.
    """
    stream = blocks(text)
    if isinstance(stream, Refused):
        return Refused(tuple(f.at(where) for f in stream.faults))
    acts: list[Written] = []
    faults: list[Fault] = []
    labels: set[str] = set()
    for block in stream:
        wrong = (*block.faults, *_labels(block.fields, labels)) if block.fields else block.faults
        got = _act(block.fields, wrong) if block.fields else wrong
        if isinstance(got, Written):
            acts.append(got)
        else:
            faults += sorted(got, key=lambda f: (f.place.line, f.place.col))
        if len(faults) >= MANY:
            faults[MANY:] = [Fault("notation.many", Place("", faults[MANY - 1].place.line), {"n": MANY})]
            break
    if faults:
        return Refused(tuple(f.at(where) for f in faults))
    return tuple(acts) if acts else refused("notation.none", Place(where))


def _act(node: Mapped, wrong: tuple[Fault, ...]) -> Written | tuple[Fault, ...]:
    """The act of a block, or its faults, those of its lines (`wrong`) among them."""
    envelope = _envelope(node)
    kind = _kind(node)
    if isinstance(kind, Fault):
        return (*wrong, *envelope.faults, kind)
    body = {name: _named(name, values(f.node)) for name, f in node.fields.items() if name not in _APART}
    act = None if wrong else from_values(kind, body)
    if isinstance(act, Act) and not envelope.faults:
        return replace(envelope.written, act=act, line=node.line)
    return (*wrong, *envelope.faults, *_misfits(kind, body, node, partial=bool(wrong)))


def _named(field: str, value: object) -> object:
    """The value of a field; a label where the id of an act belongs, as its placeholder."""
    label = field in NAMING and isinstance(value, str) and LABEL.match(value)
    return placeholder(str(value)) if label and len(str(value)) < 64 else value


def _labels(node: Mapped, known: set[str]) -> Iterator[Fault]:
    """What is wrong with the labels of a block: a form, one used twice, one that names no act above it."""
    for name in NAMING:
        named = node.fields[name].node if name in node.fields else None
        if isinstance(named, Scalar) and LABEL.match(named.value) and named.value not in known:
            yield _at("notation.label_unknown", named, label=named.value)
    own = node.fields["label"].node if "label" in node.fields else None
    if own is None:
        return
    if not isinstance(own, Scalar) or not LABEL.match(own.value):
        yield _at("notation.label", own)
    elif own.value in known:
        yield _at("notation.label_twice", own, label=own.value)
    else:
        known.add(own.value)


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
    signer, audience, others, label, hidden, aside = (held.get(name) for name in ENVELOPE)
    if signer is not None and not (isinstance(signer, Scalar) and signer.value):
        faults.append(_at("notation.words", signer, name="signer"))
    names = _names(others, "with", faults)
    if isinstance(audience, Scalar) and audience.value not in ("public", "parties"):
        faults.append(_at("notation.audience", audience, found=audience.value))
    to = audience.value if isinstance(audience, Scalar) else _names(audience, "audience", faults)
    by = signer.value if isinstance(signer, Scalar) else ""
    called = label.value if isinstance(label, Scalar) else ""
    sealed, apart = _readers(hidden, "sealed", faults), _aside(aside, faults)
    written = Written(Act(), node.line, by, to or "public", names, called, sealed, apart)
    return _Envelope(written, tuple(faults))


def _readers(node: Node | None, name: str, faults: list[Fault]) -> str | tuple[str, ...]:
    """Who may open what is sealed: ``parties`` or ids of parties; "" where nothing is."""
    if isinstance(node, Scalar):
        if node.value != "parties":
            faults.append(_at("notation.sealed", node, found=node.value))
        return node.value
    return _names(node, name, faults) or ""


def _aside(node: Node | None, faults: list[Fault]) -> Aside | None:
    if node is None:
        return None
    fields = {n: f.node for n, f in node.fields.items()} if isinstance(node, Mapped) else {}
    text = fields.get("text")
    if set(fields) != {"to", "text"} or not isinstance(text, Scalar) or not text.value:
        faults.append(_at("notation.sealed_note", node))
        return None
    return Aside(text.value, _readers(fields["to"], "to", faults))


def _names(node: Node | None, name: str, faults: list[Fault]) -> tuple[str, ...]:
    """A list of names; a fault where it is no list, is empty or holds something else."""
    if node is None:
        return ()
    if not isinstance(node, Listed) or not node.items:
        faults.append(_at("notation.names", node, name=name))
        return ()
    words = [i for i in node.items if isinstance(i, Scalar) and i.value]
    wrong = [i for i in node.items if not isinstance(i, Scalar) or not i.value]
    faults += [_at("notation.names", i, name=name) for i in wrong]
    said: dict[str, None] = {}
    for word in words:
        if word.value in said:
            faults.append(_at("notation.twice", word, name=word.value))
        said[word.value] = None
    return tuple(said)


def _at(code: str, node: Node, **values: object) -> Fault:
    return Fault(code, Place("", node.line, node.col), values)

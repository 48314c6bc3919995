"""What a verification found: each fault with its layer, file or row, entry and byte."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from travaux import messages
from travaux.acts.fault import Fault, Place

# What says that the bytes of an entry are not those that were recorded; the first of them at an entry is its
# own fault, and whatever else is wrong there follows from it.
_BROKEN: Final = (
    "record.leaf", "record.gap", "record.withheld_here", "record.entry", "record.too_long", "record.json",
    "record.envelope", "record.signature_line", "record.line_order", "record.signature",
)  # fmt: skip
_CHAINED: Final = ("record.number", "record.prev")
_LATER: Final = ("envelope", "authority", "rules")
LAYERS: Final = ("files", "tree", "checkpoint", "entry", "envelope", "authority", "blobs", "rules")


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault or notice. `index` is the entry, `offset` the byte in the file or row; None when unknown.

    `follows` is the entry whose own fault brought this one about; `surely` is false where it only may have.
    """

    layer: str
    fault: Fault
    where: str = ""
    index: int | None = None
    offset: int | None = None
    follows: int | None = None
    surely: bool = True

    def placed(self) -> Fault:
        """The fault with its place as words: file or row, entry, byte."""
        entry = "" if self.index is None else f"entry {self.index}"
        byte = "" if self.offset is None else f"byte {self.offset}"
        parts = [p for p in (self.where, entry, byte) if p]
        return Fault(self.fault.code, Place(" ".join(dict.fromkeys(parts))), self.fault.values)

    def line(self, lang: str = "en") -> str:
        """Where, and what is wrong, in one line; what to do, or which fault it follows from."""
        placed = self.placed()
        if self.follows is None:
            return placed.line(lang)
        return f"{placed.place}: {self.sentence(lang)}"

    def sentence(self, lang: str = "en") -> str:
        """What is wrong without its place; a consequence names its cause and no remedy of its own."""
        if self.follows is None:
            return self.fault.sentence(lang)
        said = messages.say(self.fault.code, self.fault.values, lang)
        code = "record.follows" if self.surely else "record.may_follow"
        return f"{said}; {messages.say(code, {'index': self.follows}, lang)}"


@dataclass(frozen=True, slots=True)
class Report:
    """The result over all layers.

    `unaltered`: nothing speaks against bytes, tree, signatures, authority, rules. `unforked` and `complete`
    are sizes: up to there a quorum of parties, or every signing party, cosigned this very history; `complete`
    says nothing where entries are withheld from this reader (`withheld` counts them). The first `shielded`
    entries stand below an ML-DSA cosignature of a party, which outlasts Ed25519.
    """

    where: str
    register: str
    origin: str
    size: int
    root: bytes
    unforked: int
    complete: int
    withheld: int
    faults: Sequence[Finding]
    notices: Sequence[Finding]
    shielded: int = 0

    @property
    def unaltered(self) -> bool:
        """True when no fault speaks of a change; an end that no quorum cosigned yet is none of that."""
        return all(f.fault.code == "record.tail" for f in self.faults)

    @property
    def causes(self) -> tuple[Fault, ...]:
        """The faults that follow from no other, each with its place."""
        return tuple(f.placed() for f in self.faults if f.follows is None)


def finding(
    layer: str,
    code: str,
    where: str = "",
    index: int | None = None,
    offset: int | None = None,
    **values: object,
) -> Finding:
    """A finding from the code of its sentence."""
    return Finding(layer, Fault(code, values=values), where, index, offset)


def traced(faults: Iterable[Finding]) -> tuple[Finding, ...]:
    """The faults, each once: causes first, then what follows from them; both in the order of the log.

    At an entry whose bytes are not those recorded everything else follows from that. After it, an act that
    its author chained to the changed one follows from it surely; what the rules or the authority of a later
    act say may follow, as the changed act was not counted.
    """
    found = list({_key(f): f for f in faults}.values())
    causes: dict[int, Finding] = {}
    for code in _BROKEN:
        for one in found:
            if one.fault.code == code and one.index is not None:
                causes.setdefault(one.index, one)
    authors = {i: _author(found, i) for i in causes}
    told = [_traced(one, causes, sorted(causes), authors) for one in found]
    return tuple(sorted(told, key=lambda f: (f.follows is not None, f.index is None, f.index or 0)))


def _key(one: Finding) -> tuple[object, ...]:
    return (one.layer, one.fault.code, one.placed().place, tuple(map(str, one.fault.values.items())))


def _traced(
    one: Finding, causes: Mapping[int, Finding], broken: Sequence[int], authors: Mapping[int, frozenset[str]]
) -> Finding:
    if one.index is None or causes.get(one.index) is one:
        return one
    if one.index in causes:
        return replace(one, follows=one.index)
    before = broken[: bisect_left(broken, one.index)]
    if not before or one.layer not in _LATER:
        return one
    if one.fault.code in _CHAINED:
        own = [i for i in before if one.fault.values["name"] in authors[i]]
        return replace(one, follows=(own or before)[-1], surely=bool(own))
    return replace(one, follows=before[-1], surely=False)


def _author(found: Iterable[Finding], index: int) -> frozenset[str]:
    """Whose signatures do not fit any more at a changed entry."""
    at = (f.fault for f in found if f.index == index and f.fault.code == "record.signature")
    return frozenset(str(fault.values["name"]) for fault in at)

"""What a verification found: each fault with its layer, file or row, entry and byte."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from travaux.acts.fault import Fault, Place

LAYERS: Final = ("files", "tree", "checkpoint", "entry", "envelope", "authority", "blobs", "rules")


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault or notice. `index` is the entry, `offset` the byte in the file or row; None when unknown."""

    layer: str
    fault: Fault
    where: str = ""
    index: int | None = None
    offset: int | None = None

    def placed(self) -> Fault:
        """The fault with its place as words: file or row, entry, byte."""
        entry = "" if self.index is None else f"entry {self.index}"
        byte = "" if self.offset is None else f"byte {self.offset}"
        parts = [p for p in (self.where, entry, byte) if p]
        return Fault(self.fault.code, Place(" ".join(dict.fromkeys(parts))), self.fault.values)

    def line(self, lang: str = "en") -> str:
        """Where, and what is wrong, in one line."""
        return self.placed().line(lang)


@dataclass(frozen=True, slots=True)
class Report:
    """The result over all layers.

    `unaltered`: nothing speaks against bytes, tree, signatures, authority, rules. `unforked` and `complete`
    are sizes: up to there a quorum of parties, or every signing party, cosigned this very history; `complete`
    says nothing where entries are withheld from this reader (`withheld` counts them).
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

    @property
    def unaltered(self) -> bool:
        """True when there is no fault at all."""
        return not self.faults


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

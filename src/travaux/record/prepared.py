"""A prepared act: the text that its signers sign, and the lines that are there so far.

The file is the two lines of the text; once somebody has signed, an empty line and signature lines follow, as
in the entry that it becomes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from travaux.acts.fault import Refused, refused
from travaux.record.entry import MAX_LARGE, Draft, attach, parse_draft
from travaux.record.keys import ED25519, Signer
from travaux.record.note import Line, parse_line, sign_line


@dataclass(frozen=True, slots=True)
class Prepared:
    """An act on its way round: the `draft`, and the `lines` of those who signed; none is verified."""

    draft: Draft
    lines: tuple[Line, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The names that have not signed yet, sorted."""
        there = {line.name for line in self.lines}
        return tuple(name for name in self.draft.signers if name not in there)

    @property
    def data(self) -> bytes:
        """The file: the text, and below an empty line the signature lines by name and key."""
        lines = sorted(self.lines, key=lambda line: (line.name.encode(), line.id))
        return (self.draft.text + ("\n" if lines else "") + "".join(map(str, lines))).encode()

    def signed(self, signers: Iterable[Signer]) -> Prepared | Refused:
        """The same with the lines of `signers`; a key that signed before signs the same line again.

        Refused: a key that the act does not ask for, one of a witness, one that declines.
        """
        lines = list(self.lines)
        for signer in signers:
            vkey = signer.vkey
            if vkey.name not in self.draft.signers or vkey.kind != ED25519:
                asked = ", ".join(self.draft.signers)
                return refused("signing.not_asked", name=vkey.name, signers=asked)
            made = sign_line(self.draft.text, signer)
            if isinstance(made, Refused):
                return made
            lines = [line for line in lines if (line.name, line.id) != (made.name, made.id)]
            lines.append(made)
        return Prepared(self.draft, tuple(lines))

    def entry(self) -> bytes | Refused:
        """The whole entry; refused while a signer is missing."""
        return attach(self.draft, self.lines)


def read_prepared(data: bytes) -> Prepared | Refused:
    """A prepared act from its file, with or without signature lines; form only.

    Refused: another text than that of one act (``record.entry`` and its kin), a line that is none.
    """
    if len(data) > MAX_LARGE:
        return refused("record.too_long", size=len(data), limit=MAX_LARGE)
    text, _, rest = data.partition(b"\n\n")
    draft = parse_draft(text.removesuffix(b"\n") + b"\n")
    if isinstance(draft, Refused):
        return draft
    parsed = [parse_line(row) for row in rest.decode("utf-8", "replace").split("\n") if row]
    bad = next((line for line in parsed if isinstance(line, Refused)), None)
    return bad or Prepared(draft, tuple(line for line in parsed if isinstance(line, Line)))

"""Receipts (C2SP tlog-proof): that an act is in the log, provable without the log."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from travaux.acts.fault import Refused, refused
from travaux.record import ed25519
from travaux.record.checkpoint import Checkpoint, parse_checkpoint
from travaux.record.keys import VKey, to_base64, unbase64
from travaux.record.note import Note, parse_note
from travaux.record.tree import HASH, included, leaf_hash

HEADER: Final = "c2sp.org/tlog-proof@v1"
MAX_PROOF: Final = 63
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Entry `index`, the siblings from its leaf upwards, and the signed checkpoint that they lead to.

    `extra` is what somebody put beside the proof; nobody signed it and nothing here trusts it.
    """

    index: int
    proof: tuple[bytes, ...]
    note: Note
    checkpoint: Checkpoint
    id: str = ""
    extra: bytes = b""

    @property
    def text(self) -> str:
        """The file, as stock tools read it."""
        head = [HEADER, *([f"extra {to_base64(self.extra)}"] if self.extra else []), f"index {self.index}"]
        return "\n".join([*head, *map(to_base64, self.proof), "", str(self.note)])

    def proves(self, entry: bytes, host: VKey) -> bool:
        """True when `host` signed the checkpoint and the proof leads from the bytes of `entry` to it."""
        at = self.checkpoint
        signed = any(
            (line.name, line.id) == (host.name, host.id)
            and ed25519.verify(host.public, line.signature, self.note.text.encode())
            for line in self.note.lines
        )
        named = at.origin == host.name
        return named and signed and included(self.index, at.size, leaf_hash(entry), self.proof, at.root)


def parse_receipt(data: bytes) -> Receipt | Refused:
    """A receipt from the bytes of its file; form only, `Receipt.proves` asks the rest."""
    head, gap, rest = data.partition(b"\n\n")
    note = parse_note(rest)
    if not gap or isinstance(note, Refused):
        return note if isinstance(note, Refused) else refused("record.receipt", detail="no empty line")
    checkpoint = parse_checkpoint(note.text)
    if isinstance(checkpoint, Refused):
        return checkpoint
    try:
        rows = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        return refused("record.receipt", detail="not ASCII")
    return _of_rows(rows, note, checkpoint)


def _of_rows(rows: list[str], note: Note, checkpoint: Checkpoint) -> Receipt | Refused:
    extra: bytes | None = b""
    if rows[0] != HEADER:
        return refused("record.receipt", detail="another header")
    if len(rows) > 1 and rows[1].startswith("extra "):
        extra = unbase64(rows.pop(1)[6:])
    index = _INDEX.match(rows[1]) if len(rows) > 1 else None
    proof = [unbase64(row) for row in rows[2:]]
    hashes = tuple(p for p in proof if p is not None and len(p) == HASH)
    if extra is None or index is None or len(hashes) != len(proof) or len(hashes) > MAX_PROOF:
        return refused("record.receipt", detail="an index or a hash is not well formed")
    return Receipt(int(index[1]), hashes, note, checkpoint, extra=extra)

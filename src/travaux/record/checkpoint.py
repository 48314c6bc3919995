"""Checkpoints (C2SP tlog-checkpoint) and cosignatures (tlog-cosignature, type 04)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from travaux.acts.fault import Refused, refused
from travaux.record import ed25519
from travaux.record.keys import COSIGNATURE, FOREIGN, Signer, VKey, to_base64, unbase64
from travaux.record.note import Line, Note, sign_line
from travaux.record.tree import EMPTY_ROOT, HASH

_DECIMAL = re.compile(r"(0|[1-9][0-9]{0,18})\Z", re.ASCII)
MAX_TIME: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a host says of its log: the origin, the number of entries, the root of their tree."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{to_base64(self.root)}\n"


@dataclass(frozen=True, slots=True)
class Cosignature:
    """A witness's word: at `time` (seconds since 1970) this was the largest consistent tree it had seen."""

    name: str
    id: bytes
    time: int
    signature: bytes

    @property
    def line(self) -> Line:
        """The signature line on the checkpoint."""
        return Line(self.name, self.id, self.time.to_bytes(8, "big") + self.signature)

    def verifies(self, vkey: VKey, checkpoint: Checkpoint) -> bool:
        """True when the key of a witness made this cosignature on `checkpoint`."""
        named = vkey.kind == COSIGNATURE and (vkey.name, vkey.id) == (self.name, self.id)
        return named and ed25519.verify(vkey.public, self.signature, cosigned(checkpoint, self.time))


def parse_checkpoint(text: str) -> Checkpoint | Refused:
    """A checkpoint from the text of a note: exactly three lines, no extension (``record.checkpoint``)."""
    rows = text.split("\n")
    if len(rows) != 4 or rows[3]:
        return refused("record.checkpoint", detail="not three lines")
    origin, size, encoded = rows[:3]
    root = unbase64(encoded)
    if not FOREIGN.match(origin) or not _DECIMAL.match(size) or int(size) > MAX_TIME:
        return refused("record.checkpoint", detail="the origin or the size is not well formed")
    if root is None or len(root) != HASH:
        return refused("record.checkpoint", detail="the root is not 32 bytes of base64")
    if size == "0" and root != EMPTY_ROOT:
        return refused("record.checkpoint", detail="an empty tree has another root")
    return Checkpoint(origin, int(size), root)


def read_cosignature(line: Line) -> Cosignature | Refused:
    """The cosignature on a line of 76 bytes; a time of 0 or beyond 2^63-1 is refused."""
    time = int.from_bytes(line.signature[:8], "big")
    if len(line.signature) != 72 or not 0 < time <= MAX_TIME:
        return refused("record.cosignature", name=line.name)
    return Cosignature(line.name, line.id, time, line.signature[8:])


def cosigned(checkpoint: Checkpoint, time: int) -> bytes:
    """The message that a type-04 cosignature signs."""
    return f"cosignature/v1\ntime {time}\n{checkpoint.text}".encode()


def cosign(checkpoint: Checkpoint, witness: Signer, time: int) -> Cosignature | Refused:
    """The cosignature of `witness` (a key of type 04) at `time`, seconds since 1970."""
    if witness.vkey.kind != COSIGNATURE:
        return refused("record.not_a_witness", name=witness.vkey.name)
    if not 0 < time <= MAX_TIME:
        return refused("record.cosignature", name=witness.vkey.name)
    signature = witness.sign(cosigned(checkpoint, time))
    return Cosignature(witness.vkey.name, witness.vkey.id, time, signature)


def sign_checkpoint(checkpoint: Checkpoint, host: Signer) -> Note:
    """The checkpoint as a note with the host's line."""
    return Note(checkpoint.text, (sign_line(checkpoint.text, host),))

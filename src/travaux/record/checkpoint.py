"""Checkpoints (C2SP tlog-checkpoint) and cosignatures (tlog-cosignature, types 04 and 06)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from travaux.acts.fault import Refused, refused
from travaux.record import ed25519, mldsa
from travaux.record.keys import FOREIGN, MLDSA44, WITNESSING, Signer, VKey, to_base64, unbase64
from travaux.record.note import Line, Note, sign_line
from travaux.record.tree import EMPTY_ROOT, HASH

_DECIMAL = re.compile(r"(0|[1-9][0-9]{0,18})\Z", re.ASCII)
MAX_TIME: Final = 2**63 - 1
_LENGTHS: Final = (8 + 64, 8 + mldsa.SIGNATURE)
_SUBTREE: Final = b"subtree/v1\n\0"
_MOST: Final = 255


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
        """True when the key of a witness made this cosignature on `checkpoint`; see `checkable`."""
        if (vkey.name, vkey.id) != (self.name, self.id) or vkey.kind not in WITNESSING:
            return False
        verify = mldsa.verify if vkey.kind == MLDSA44 else ed25519.verify
        return verify(vkey.public, self.signature, _message(vkey, checkpoint, self.time))


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
    """The cosignature on a line of 76 or 2,432 bytes; a time of 0 or beyond 2^63-1 is refused."""
    time = int.from_bytes(line.signature[:8], "big")
    if len(line.signature) not in _LENGTHS or not 0 < time <= MAX_TIME:
        return refused("record.cosignature", name=line.name)
    return Cosignature(line.name, line.id, time, line.signature[8:])


def cosigned(checkpoint: Checkpoint, time: int) -> bytes:
    """The message that a type-04 cosignature signs; it does not name the cosigner."""
    return f"cosignature/v1\ntime {time}\n{checkpoint.text}".encode()


def shielding(name: str, checkpoint: Checkpoint, time: int) -> bytes:
    """The message that a type-06 cosignature of `name` signs: the whole tree as a subtree."""
    tree = bytes(8) + checkpoint.size.to_bytes(8, "big") + checkpoint.root
    return _SUBTREE + _packed(name) + time.to_bytes(8, "big") + _packed(checkpoint.origin) + tree


def cosign(checkpoint: Checkpoint, witness: Signer, time: int) -> Cosignature | Refused:
    """The cosignature of `witness` (a key of type 04 or 06) at `time`, seconds since 1970."""
    vkey = witness.vkey
    if vkey.kind not in WITNESSING:
        return refused("record.not_a_witness", name=vkey.name)
    if not 0 < time <= MAX_TIME or len(checkpoint.origin.encode()) > _MOST:
        return refused("record.cosignature", name=vkey.name)
    made = witness.sign(_message(vkey, checkpoint, time))
    return made if isinstance(made, Refused) else Cosignature(vkey.name, vkey.id, time, made)


def checkable(vkey: VKey) -> bool:
    """False where a cosignature by this key cannot be checked here: no ML-DSA in the installed library."""
    return vkey.kind != MLDSA44 or mldsa.available()


def _message(witness: VKey, checkpoint: Checkpoint, time: int) -> bytes:
    if witness.kind == MLDSA44:
        return shielding(witness.name, checkpoint, time)
    return cosigned(checkpoint, time)


def _packed(name: str) -> bytes:
    """A name behind its length in one byte; a longer one signs nothing that verifies."""
    data = name.encode()
    return bytes([min(len(data), _MOST)]) + data


def sign_checkpoint(checkpoint: Checkpoint, host: Signer) -> Note | Refused:
    """The checkpoint as a note with the host's line; refused where the host's key declines."""
    line = sign_line(checkpoint.text, host)
    return line if isinstance(line, Refused) else Note(checkpoint.text, (line,))

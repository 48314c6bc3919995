"""Sealed parts of an act: what is hidden, to whom it may be opened, and the commitment that stands instead.

Hiding: 32 fresh random bytes a part, so that no content can be guessed from its commitment. Binding and not
to be transplanted: register, author, number and position stand before the content, at fixed lengths.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from travaux.acts.fault import Refused, refused
from travaux.record.canonical import encode, parse
from travaux.record.envelope import Audience

TAG: Final = b"travaux/part/v1\n"
MAX_CONTENT: Final = 1 << 20  # bytes
SALT: Final = 32  # bytes


@dataclass(frozen=True, slots=True)
class Hidden:
    """A part before it is sealed: the content as an object, and who is given the opening."""

    content: dict[str, Any]
    to: Audience


@dataclass(frozen=True, slots=True)
class SealedPart:
    """A part that was just sealed: its commitment (hex), who is given the opening, and what opens it."""

    commit: str
    to: Audience
    salt: bytes
    content: bytes

    @property
    def value(self) -> dict[str, Any]:
        """The part as it stands in the envelope."""
        return {"commit": self.commit, "to": self.to if isinstance(self.to, str) else list(self.to)}


def commitment(register: str | None, by: str, n: int, part: int, salt: bytes, content: bytes) -> str:
    """The commitment (hex) to `content` as part `part` (from 0) of the act number `n` of the key `by`."""
    name, founding = by.encode(), bytes.fromhex(register or "00" * 32)
    place = len(name).to_bytes(2, "big") + name + n.to_bytes(8, "big") + bytes((part,))
    return sha256(TAG + founding + place + salt + content).hexdigest()


def seal_parts(
    register: str | None, by: str, n: int, hidden: Sequence[Hidden]
) -> tuple[SealedPart, ...] | Refused:
    """The parts of an act in order, each with a fresh salt; the salt is never derived and never used again.

    Refused: content that has no canonical form (``record.json``) or is over 1 MiB (``record.opening``).
    """
    made = []
    for number, one in enumerate(hidden):
        content = encode(one.content)
        if isinstance(content, Refused):
            return content
        if wrong := content_fault(content):
            return wrong
        salt = os.urandom(SALT)
        to = one.to if isinstance(one.to, str) else tuple(sorted(set(one.to)))
        made.append(SealedPart(commitment(register, by, n, number, salt, content), to, salt, content))
    return tuple(made)


def content_fault(content: bytes) -> Refused | None:
    """What speaks against `content` as that of a part: its length, or that it is no canonical JSON object."""
    if len(content) > MAX_CONTENT:
        return refused("record.opening", detail=f"content of {len(content)} bytes, at most {MAX_CONTENT}")
    value = parse(content)
    return value if isinstance(value, Refused) else None

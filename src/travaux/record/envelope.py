"""The envelope of an act: who signs, as which of his acts, having seen what, for whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, Final

import msgspec
from msgspec import UNSET, Meta, UnsetType

from travaux.record.keys import is_name, unbase64

MAX_BLOB: Final = 256 * 1024 * 1024

Hex = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
PartyId = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9.-]{0,97}\Z")]
Kind = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,63}\Z")]
Count = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Listed = Annotated[tuple[PartyId, ...], Meta(min_length=1)]
Audience = str | tuple[str, ...]
_PATH = re.compile(r"(?P<what>.*) - at `\$\.?(?P<path>[^`]*)`\Z")


class BlobRef(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A document that the act cites: its hash and its size in bytes."""

    sha256: Hex
    size: Annotated[int, Meta(ge=0, le=MAX_BLOB)]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sealed part: the commitment to its content, and who is given the opening."""

    commit: Hex
    to: Annotated[str, Meta(pattern=r"^parties\Z")] | Listed


class Seen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The last checkpoint that the author had verified: base64 root and size."""

    root: str
    size: Count


class Envelope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All keys an act may have; optional ones are absent when empty. `body` is the JSON as received."""

    act: Kind
    audience: Annotated[str, Meta(pattern=r"^(public|parties)\Z")] | Listed
    body: msgspec.Raw
    by: str
    n: Count
    prev: Hex | None
    register: Hex | None
    seen: Seen
    blobs: Annotated[tuple[BlobRef, ...], Meta(min_length=1)] | UnsetType = UNSET
    salt: str | UnsetType = UNSET
    sealed: Annotated[tuple[Part, ...], Meta(min_length=1, max_length=16)] | UnsetType = UNSET
    with_: Annotated[tuple[str, ...], Meta(min_length=1, max_length=63)] | UnsetType = msgspec.field(
        default=UNSET, name="with"
    )

    @property
    def joint(self) -> tuple[str, ...]:
        """The further required signers, sorted; empty when there are none."""
        return () if self.with_ is UNSET else self.with_

    @property
    def cited(self) -> tuple[BlobRef, ...]:
        """The documents cited openly; empty when there are none."""
        return () if self.blobs is UNSET else self.blobs


def faults_of_form(envelope: Envelope) -> str:
    """What the types alone cannot refuse, in words, or an empty string."""
    if bytes(envelope.body)[:1] != b"{":
        return "the body is not an object"
    joint = envelope.joint
    if not is_name(envelope.by) or not all(map(is_name, joint)):
        return "a signer's name is not well formed"
    if envelope.by in joint or not _ascending(joint):
        return "“with” is not sorted, or names the author again"
    if (envelope.n == 0) != (envelope.prev is None):
        return "“prev” is null for act 0 and for no other"
    root = unbase64(envelope.seen.root)
    if root is None or len(root) != 32:
        return "“seen” has no root of 32 bytes"
    return _audience(envelope) or _blobs(envelope)


def _audience(envelope: Envelope) -> str:
    if not isinstance(envelope.audience, str) and not _ascending(envelope.audience):
        return "the audience is not sorted"
    if (envelope.audience == "public") != (envelope.salt is UNSET):
        return "a salt is required unless the act is public, and refused if it is"
    salt = b"" if envelope.salt is UNSET else unbase64(envelope.salt)
    if envelope.salt is not UNSET and (salt is None or len(salt) != 32):
        return "the salt is not 32 bytes of base64"
    return ""


def _blobs(envelope: Envelope) -> str:
    if envelope.blobs is not UNSET and not _ascending([b.sha256 for b in envelope.blobs]):
        return "the documents are not sorted by hash"
    parts = () if envelope.sealed is UNSET else envelope.sealed
    if not all(isinstance(p.to, str) or _ascending(p.to) for p in parts):
        return "the readers of a sealed part are not sorted"
    if envelope.act == "sealed" and not parts:
        return "a sealed act has no part"
    return ""


def explain(error: msgspec.ValidationError) -> str:
    """A failed conversion with the key first, as in ``seen.size: Expected `int`, got `str```."""
    match = _PATH.match(str(error))
    return f"{match['path'] or 'act'}: {match['what']}" if match else str(error)


def _ascending(items: Sequence[str]) -> bool:
    """True when the items are sorted by bytes and none comes twice."""
    return len(items) < 2 or all(a < b for a, b in pairwise(items))

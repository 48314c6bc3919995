"""Names, verification keys ("vkeys", C2SP signed-note) and the signers that hold the private half."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from travaux.acts.fault import Refused, refused
from travaux.record import mldsa

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

ED25519: Final = 1
COSIGNATURE: Final = 4
MLDSA44: Final = 6
WITNESSING: Final = (COSIGNATURE, MLDSA44)
NAME: Final = re.compile(r"[a-z0-9][a-z0-9.-]*(/[a-z0-9][a-z0-9._-]*)+\Z")
FOREIGN: Final = re.compile(r"[^\s+\x00-\x1f\ud800-\udfff]+\Z")
_ID = re.compile(r"[0-9a-f]{8}\Z")
_LENGTH: Final = {ED25519: 32, COSIGNATURE: 32, MLDSA44: mldsa.PUBLIC}


@lru_cache(maxsize=4096)
def is_name(text: str) -> bool:
    """True when `text` may name a key or an origin: lower-case parts joined by slashes, at most 100 bytes."""
    return len(text) <= 100 and NAME.match(text) is not None


def party_of(name: str) -> str:
    """The party of a key: the part of its name before the first slash."""
    return name.partition("/")[0]


def unbase64(text: str) -> bytes | None:
    """The bytes of canonical, padded base64 (RFC 4648, section 4); None for any other form."""
    try:
        plain = text.encode("ascii")
        data = binascii.a2b_base64(plain)
    except (binascii.Error, ValueError):
        return None
    return data if binascii.b2a_base64(data, newline=False) == plain else None


def to_base64(data: bytes) -> str:
    """Standard padded base64."""
    return binascii.b2a_base64(data, newline=False).decode()


def key_id(name: str, kind: int, public: bytes) -> bytes:
    """The four bytes by which signature lines name a key."""
    return sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]


@dataclass(frozen=True, slots=True)
class VKey:
    """A verification key. `kind` is the signature type (1 Ed25519, 4 cosignature), `public` its bytes."""

    name: str
    kind: int
    public: bytes
    id: bytes

    @staticmethod
    def of(name: str, kind: int, public: bytes) -> VKey:
        """The key with its id computed."""
        return VKey(name, kind, public, key_id(name, kind, public))

    @property
    def party(self) -> str:
        """The party in whose name the key signs."""
        return party_of(self.name)

    @property
    def short(self) -> str:
        """``name+id``: how a recall names a key."""
        return f"{self.name}+{self.id.hex()}"

    def __str__(self) -> str:
        return f"{self.short}+{to_base64(bytes([self.kind]) + self.public)}"


@lru_cache(maxsize=4096)
def parse_vkey(text: str, foreign: bool = False) -> VKey | Refused:
    """A vkey from its text; `foreign` allows any C2SP name. Refused: odd form, unknown type, wrong id."""
    name, _, rest = text.partition("+")
    ident, _, encoded = rest.partition("+")
    if not (FOREIGN.match(name) if foreign else is_name(name)) or not _ID.match(ident):
        return refused("record.vkey", vkey=text[:200])
    data = unbase64(encoded)
    if not data or len(data) - 1 != _LENGTH.get(data[0]):
        return refused("record.vkey", vkey=text[:200])
    vkey = VKey.of(name, data[0], data[1:])
    return vkey if vkey.id.hex() == ident else refused("record.vkey", vkey=text[:200])


class Signer(Protocol):
    """Whoever can sign in the name of `vkey`: a key in memory, or one that stays in an agent."""

    @property
    def vkey(self) -> VKey:
        """The public half."""

    def sign(self, message: bytes) -> bytes | Refused:
        """The signature on `message`: 64 bytes of Ed25519, or 2,420 of ML-DSA-44; or why there is none."""


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A `Signer` with the private key in memory; its printed form shows the public half only."""

    vkey: VKey
    private: Ed25519PrivateKey | MLDSA44PrivateKey

    @staticmethod
    def of(name: str, private: Ed25519PrivateKey | MLDSA44PrivateKey, kind: int = ED25519) -> KeyPair:
        """The signer of `private` under `name`; `kind` 4 for a witness, 6 for one with an ML-DSA key."""
        return KeyPair(VKey.of(name, kind, private.public_key().public_bytes_raw()), private)

    def sign(self, message: bytes) -> bytes:
        """The signature on `message`, by the library's key object."""
        return self.private.sign(message)

    def __repr__(self) -> str:
        return f"KeyPair({self.vkey.short})"

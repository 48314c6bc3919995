"""ML-DSA-44 (FIPS 204), where the installed `cryptography` has it; with empty context, as C2SP asks.

Only witnesses have such keys, and they count in no quorum. A machine without the algorithm passes over their
lines and says which it did not check.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

PUBLIC: Final = 1312
SIGNATURE: Final = 2420


@cache
def available() -> bool:
    """True when keys can be made and signatures verified here."""
    try:
        _library().MLDSA44PrivateKey.generate()
    except (ImportError, UnsupportedAlgorithm):
        return False
    return True


def generate() -> MLDSA44PrivateKey:
    """A new key; ask `available` first."""
    made: MLDSA44PrivateKey = _library().MLDSA44PrivateKey.generate()
    return made


def is_private(key: object) -> bool:
    """True when `key` is a private ML-DSA-44 key of the library."""
    return available() and isinstance(key, _library().MLDSA44PrivateKey)


def verify(public: bytes, signature: bytes, message: bytes) -> bool:
    """True when the key made `signature` on `message`; false too where it cannot be checked here."""
    if len(public) != PUBLIC or len(signature) != SIGNATURE or not available():
        return False
    try:
        _key(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


@lru_cache(maxsize=256)
def _key(public: bytes) -> Any:
    return _library().MLDSA44PublicKey.from_public_bytes(public)


def _library() -> Any:
    """The module of the library; versions before it raise an ImportError."""
    from cryptography.hazmat.primitives.asymmetric import mldsa

    return mldsa

"""Ed25519 (RFC 8032) under one rule on which all libraries agree.

A signature counts if and only if its key passed `key_ok` once, its bytes pass `form_ok`, and the single,
cofactorless verification of the library accepts it. No batch verification: it accepts more.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

P: Final = 2**255 - 19
L: Final = 2**252 + 27742317777372353535851937790883648493
_D: Final = -121665 * pow(121666, -1, P) % P
_SQRT_M1: Final = pow(2, (P - 1) // 4, P)
_SEVEN: Final = (
    "00" * 32, "01" + "00" * 31, "ec" + "ff" * 30 + "7f", "ed" + "ff" * 30 + "7f", "ee" + "ff" * 30 + "7f",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
)  # fmt: skip
LOW_ORDER: Final = frozenset(
    bytes.fromhex(h)[:31] + bytes([bytes.fromhex(h)[31] | top]) for h in _SEVEN for top in (0, 0x80)
)
_TOP: Final = L >> 248

Point = tuple[int, int, int, int]


@lru_cache(maxsize=4096)
def key_ok(public: bytes) -> bool:
    """True when 32 bytes are a canonical point of prime order, not the identity: a key to accredit."""
    if len(public) != 32:
        return False
    point = _point(public)
    return point is not None and not _is_identity(point) and _is_identity(_times(L, point))


def form_ok(signature: bytes) -> bool:
    """True when 64 bytes have S below L and an R that is no encoding of a point of low order."""
    if len(signature) != 64 or signature[:32] in LOW_ORDER:
        return False
    return signature[63] < _TOP or int.from_bytes(signature[32:], "little") < L


def verify(public: bytes, signature: bytes, message: bytes) -> bool:
    """True when `signature` on `message` counts under the rule; `key_ok` was asked at accreditation."""
    if not form_ok(signature):
        return False
    key = _key(public)
    if key is None:
        return False
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True


@lru_cache(maxsize=4096)
def _key(public: bytes) -> Ed25519PublicKey | None:
    try:
        return Ed25519PublicKey.from_public_bytes(public)
    except ValueError:
        return None


def _point(data: bytes) -> Point | None:
    """A point in extended coordinates, or None when `data` is no canonical encoding of one."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    u, v = (y * y - 1) % P, (_D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if (v * x * x - u) % P:
        x = x * _SQRT_M1 % P
    if (v * x * x - u) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def _add(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * _D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(scalar: int, point: Point) -> Point:
    total: Point = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            total = _add(total, point)
        point = _add(point, point)
        scalar >>= 1
    return total


def _is_identity(point: Point) -> bool:
    return point[0] % P == 0 and (point[1] - point[2]) % P == 0

"""Canonical JSON: the part of RFC 8785 in which an act is written, one byte form for each value.

One object without spaces; keys ``[a-z][a-z0-9_]{0,63}`` in byte order; integers within ±(2^53-1); strings of
any Unicode scalar but U+0000, not normalised; depth at most 16, the object itself counting 1.
"""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec

from travaux.acts.fault import Refused, refused

MAX_DEPTH: Final = 16
MAX_INTEGER: Final = 2**53 - 1
_KEY = re.compile(r"[a-z][a-z0-9_]{0,63}\Z")
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_ENCODER = msgspec.json.Encoder(order="deterministic")
_DECODER = msgspec.json.Decoder()
_known_keys: set[str] = set()


def encode(value: dict[str, Any]) -> bytes | Refused:
    """The one byte form of `value`, UTF-8; a value outside the domain is refused (``record.json``)."""
    if _deeper(value, MAX_DEPTH):
        return refused("record.json", detail=f"deeper than {MAX_DEPTH} levels")
    odd = _odd(value)
    if odd:
        return refused("record.json", detail=odd)
    try:
        return _ENCODER.encode(value)
    except (UnicodeError, TypeError, ValueError, msgspec.EncodeError) as error:
        return refused("record.json", detail=str(error))


def parse(data: bytes) -> dict[str, Any] | Refused:
    """The object that `data` is; anything but its canonical form is refused (``record.json``)."""
    if _depth(data) > MAX_DEPTH:
        return refused("record.json", detail=f"deeper than {MAX_DEPTH} levels")
    try:
        value = _DECODER.decode(data)
        again = _ENCODER.encode(value)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        return refused("record.json", detail=str(error))
    if not isinstance(value, dict):
        return refused("record.json", detail="not one object")
    odd = _odd(value)
    if not odd and again != data:
        odd = f"not in canonical form from byte {_differs(again, data)}"
    return refused("record.json", detail=odd) if odd else value


def _depth(data: bytes) -> int:
    """How deep brackets go outside strings, which negotiators' texts fill with brackets."""
    if data.count(b"{") + data.count(b"[") <= MAX_DEPTH:
        return 0
    depth = deepest = 0
    for byte in _STRING.sub(b"", data):
        if byte in b"{[":
            depth += 1
            deepest = max(deepest, depth)
        elif byte in b"}]":
            depth -= 1
    return deepest


def _deeper(value: object, left: int) -> bool:
    """True when containers are nested more than `left` deep."""
    if isinstance(value, dict):
        return left == 0 or any(_deeper(v, left - 1) for v in value.values())
    if isinstance(value, list | tuple):
        return left == 0 or any(_deeper(v, left - 1) for v in value)
    return False


def _odd(value: object) -> str:
    """What in `value` the domain does not have, in words, or an empty string. Depth is bounded before."""
    kind = type(value)
    if kind is str:
        return "U+0000 in a string" if "\0" in value else ""  # type: ignore[operator]
    if kind is dict:
        return _odd_object(value)  # type: ignore[arg-type]
    if kind is int:
        return "" if -MAX_INTEGER <= value <= MAX_INTEGER else "an integer beyond 2^53-1"  # type: ignore[operator]
    if kind is list or kind is tuple:
        return next(filter(None, map(_odd, value)), "")  # type: ignore[call-overload]
    if value is None or kind is bool:
        return ""
    return "a number with a fraction or exponent" if kind is float else f"a value of type {kind.__name__}"


def _odd_object(value: dict[str, object]) -> str:
    for key, inner in value.items():
        if key not in _known_keys:
            if not isinstance(key, str) or not _KEY.match(key):
                return "a key that is not of the form a-z, 0-9, _"
            if len(_known_keys) < 1000:
                _known_keys.add(key)
        odd = _odd(inner)
        if odd:
            return odd
    return ""


def _differs(a: bytes, b: bytes) -> int:
    """The offset of the first byte in which the two differ."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))

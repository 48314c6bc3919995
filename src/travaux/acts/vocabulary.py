"""The closed list of kinds, and the strict way in and out: JSON bodies, plain values, JSON Schema.

Nothing unknown passes: an unknown kind or field, a wrong type or a date that cannot be read is a fault with
its place inside the act (``$.parties[1]``).
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from typing import Any, Final, get_args

import msgspec

from travaux.acts.base import Act
from travaux.acts.fault import Fault, Place, Refused, refused
from travaux.acts.kinds import FAMILIES, AnyAct, Correct, Kind
from travaux.acts.when import When

CLASSES: Final[dict[str, type[Act]]] = {
    str(c.__struct_config__.tag): c for c in (*get_args(Kind), Correct)
}  # fmt: skip
_PATH = re.compile(r" - at (?:`key` in )?`(?P<path>[^`]*)`\Z")
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<name>[^`]*)`")
_MISSING = re.compile(r"Object missing required field `(?P<name>[^`]*)`")
_TYPE = re.compile(r"Expected `(?P<expected>[^`]*)`, got `(?P<found>[^`]*)`")
_LENGTH = re.compile(r"Expected `(?P<what>str|array)` of length >= (?P<least>[0-9]+)")


def kind_of(act: Act) -> str:
    """The id of an act's kind, as it stands on the record."""
    return str(act.__struct_config__.tag)


def family_of(kind: str) -> str:
    """The family a kind belongs to."""
    return next(name for name, classes in FAMILIES.items() if CLASSES[kind] in classes)


def kinds() -> tuple[str, ...]:
    """All ids of kinds, by family."""
    return tuple(str(c.__struct_config__.tag) for classes in FAMILIES.values() for c in classes)


def decode_body(kind: str, body: bytes | msgspec.Raw) -> Act | Refused:
    """An act from its kind and the JSON of its body (without the kind inside); strict."""
    decoder = _decoders().get(kind)
    if decoder is None:
        return unknown_kind(kind)
    try:
        return decoder.decode(body)
    except msgspec.ValidationError as error:
        return Refused((explain(error),))
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        return refused("act.json", detail=str(error))


def from_values(kind: str, values: dict[str, Any]) -> Act | Refused:
    """An act from plain values whose scalars may all be strings, as the notation has them."""
    if kind not in CLASSES:
        return unknown_kind(kind)
    try:
        act: Act = convert(values, CLASSES[kind])
    except msgspec.ValidationError as error:
        return Refused((explain(error),))
    return act


def convert(value: Any, wanted: Any) -> Any:
    """`value` as the type `wanted`; a string may stand for a number or truth value where one is asked for.

    Raises msgspec.ValidationError, which `explain` turns into a fault.
    """
    return msgspec.convert(value, wanted, strict=False, dec_hook=_read)


def to_body(act: Act) -> dict[str, Any]:
    """The body as it stands on the record: plain JSON values, defaults left out, without the kind.

    Fields keep the order of their class; names of a dict are sorted.
    """
    body: dict[str, Any] = msgspec.to_builtins(act, enc_hook=_write, str_keys=True, order="deterministic")
    del body["act"]
    return body


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of one act with its kind under ``act``: the union of all kinds."""
    (root,), defs = msgspec.json.schema_components(
        (AnyAct,), schema_hook=_schema, ref_template="#/$defs/{name}"
    )
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Act", **root, "$defs": defs}


def explain(error: msgspec.ValidationError) -> Fault:
    """The fault of a failed conversion; its place is the path inside the act."""
    text = str(error)
    at = _PATH.search(text)
    path, what = (at["path"], text[: at.start()]) if at else ("$", text)
    return _named(what, Place(path))


def _named(what: str, place: Place) -> Fault:
    if found := _UNKNOWN.match(what):
        return Fault("act.unknown_field", place, {"name": found["name"]})
    if found := _MISSING.match(what):
        return Fault("act.missing_field", place, {"name": found["name"]})
    if found := _TYPE.match(what):
        return Fault("act.type", place, {"expected": found["expected"], "found": found["found"]})
    if found := _LENGTH.match(what):
        if found["what"] == "str":
            return Fault("act.empty", place)
        return Fault("act.few", place, {"least": found["least"]})
    return Fault("act.value", place, {"detail": what})


def unknown_kind(kind: str) -> Refused:
    """The refusal of a kind that does not exist, with the nearest one that does."""
    near = get_close_matches(kind, CLASSES, n=1)
    if near:
        return refused("act.unknown_kind_near", kind=kind, near=near[0])
    return refused("act.unknown_kind", kind=kind)


@cache
def _decoders() -> dict[str, msgspec.json.Decoder[Act]]:
    return {kind: msgspec.json.Decoder(c, dec_hook=_read) for kind, c in CLASSES.items()}


def _read(wanted: type, value: Any) -> Any:
    """Turn a string into a `When`: the only field type of ours that JSON does not have."""
    if wanted is not When:
        raise TypeError(wanted)
    if type(value) is not str:
        raise TypeError("a date is written as text")  # noqa: TRY003 - msgspec carries it into the fault
    when = When.parse(value)
    if type(when) is Refused:
        raise ValueError(when.faults[0].sentence())
    return when


def _write(value: Any) -> Any:
    if isinstance(value, When):
        return str(value)
    raise TypeError(type(value))


def _schema(wanted: type) -> dict[str, Any]:
    if wanted is When:
        return {"type": "string", "description": "A date, period or interval, ISO 8601; see docs/acts.md"}
    raise TypeError(wanted)

"""Everything that is wrong with the values of an act, each with its exact place: not only the first thing.

`misfits` is asked where a conversion has failed. It walks the values beside the types of the kind and gives a
fault for every field that is unknown, missing or of the wrong form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import islice
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
from msgspec import Meta

from travaux.acts.fault import Fault, Place
from travaux.acts.vocabulary import CLASSES, convert, explain, unknown_kind
from travaux.acts.when import When

MANY = 1000  # faults of one act
Path = tuple[str | int, ...]
_CHOICE = re.compile(r"\^\((?P<words>[a-z_]+(?:\|[a-z_]+)*)\)\??\$\Z")


@dataclass(frozen=True, slots=True)
class Misfit:
    """One fault and its path inside the act: names of fields and numbers of items, from 0."""

    path: Path
    fault: Fault


def misfits(kind: str, values: dict[str, Any]) -> tuple[Misfit, ...]:
    """The faults of `values` as an act of `kind`; empty where they are one. Scalars may all be strings.

    The place of a fault is its path as text (``$.offices[0].title``). A missing field has the path of what
    lacks it. After `MANY` faults no more are looked for.
    """
    if kind not in CLASSES:
        return tuple(_with_place(Misfit((), f)) for f in unknown_kind(kind).faults)
    return tuple(_with_place(m) for m in islice(_struct(CLASSES[kind], values, ()), MANY))


def _with_place(misfit: Misfit) -> Misfit:
    return replace(misfit, fault=replace(misfit.fault, place=Place(_text(misfit.path))))


def _text(path: Path) -> str:
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)


def _any(wanted: Any, value: Any, path: Path) -> Iterator[Misfit]:
    """The misfits of `value` where the type `wanted` is asked for."""
    try:
        convert(value, wanted)
    except msgspec.ValidationError as error:
        inside = _parts(wanted, value, path)
        first = next(inside, None)
        yield first or Misfit(path, _leaf(wanted, value, error))
        yield from inside


def _parts(wanted: Any, value: Any, path: Path) -> Iterator[Misfit]:
    """The misfits inside a struct, list or dict; none where `value` is wrong as a whole."""
    bare, origin, args = _bare(wanted), get_origin(_bare(wanted)), get_args(_bare(wanted))
    if origin in (Union, UnionType):
        yield from _union(args, value, path)
    elif isinstance(bare, type) and issubclass(bare, msgspec.Struct) and isinstance(value, dict):
        yield from _struct(bare, value, path)
    elif origin is dict and isinstance(value, dict):
        for name, inner in value.items():
            yield from _any(args[0], name, (*path, name))
            yield from _any(args[1], inner, (*path, name))
    elif origin in (tuple, list, frozenset) and isinstance(value, (list, tuple)):
        for n, inner in enumerate(value):
            yield from _any(args[0], inner, (*path, n))


def _struct(wanted: type[msgspec.Struct], values: dict[str, Any], path: Path) -> Iterator[Misfit]:
    fields = {f.encode_name: f for f in msgspec.structs.fields(wanted)}
    tag = wanted.__struct_config__.tag_field
    for name, value in values.items():
        if name in fields:
            yield from _any(fields[name].type, value, (*path, name))
        elif name != tag:
            yield Misfit((*path, name), _unknown(name, fields))
    for name, f in fields.items():
        if f.required and name not in values:
            yield Misfit(path, Fault("act.missing_field", Place(), {"name": name}))


def _unknown(name: str, fields: Sequence[str] | dict[str, Any]) -> Fault:
    near = get_close_matches(name, fields, n=1)
    if near:
        return Fault("act.unknown_field_near", Place(), {"name": name, "near": near[0]})
    return Fault("act.unknown_field", Place(), {"name": name})


def _union(members: Sequence[Any], value: Any, path: Path) -> Iterator[Misfit]:
    """The misfits of the one member of a union that `value` means to be: by its tag, else by its shape."""
    shapes = [m for m in members if m is not NoneType]
    structs = [m for m in map(_bare, shapes) if isinstance(m, type) and issubclass(m, msgspec.Struct)]
    if not isinstance(value, dict) or len(structs) < 2:
        for member in shapes if len(shapes) == 1 else ():
            yield from _parts(member, value, path)
        return
    tag = structs[0].__struct_config__.tag_field or ""
    by_tag = {str(m.__struct_config__.tag): m for m in structs}
    named = value.get(tag)
    if tag not in value:
        yield Misfit(path, Fault("act.missing_field", Place(), {"name": tag}))
    elif named not in by_tag:
        yield Misfit((*path, tag), _choice(str(named), list(by_tag)))
    else:
        yield from _struct(by_tag[named], value, path)


def _bare(wanted: Any) -> Any:
    return get_args(wanted)[0] if get_origin(wanted) is Annotated else wanted


def _leaf(wanted: Any, value: Any, error: msgspec.ValidationError) -> Fault:
    """The fault of one value, in words that say what is expected."""
    bare = _bare(wanted)
    union = get_origin(bare) in (Union, UnionType)
    members = [m for m in get_args(bare) if m is not NoneType] if union else []
    if len(members) == 1:
        return _leaf(members[0], value, error)
    if members or (isinstance(bare, type) and issubclass(bare, msgspec.Struct)) or get_origin(bare) is dict:
        return explain(error) if isinstance(value, dict) else Fault("act.not_fields")
    if get_origin(bare) in (tuple, list, frozenset):
        return explain(error) if isinstance(value, (list, tuple)) else Fault("act.not_list")
    if isinstance(value, (dict, list, tuple)):
        return Fault("act.not_value")
    return (_of_text(wanted, bare, value) if isinstance(value, str) else None) or explain(error)


def _of_text(wanted: Any, bare: Any, value: str) -> Fault | None:
    if bare is When:
        read = When.parse(value)
        return None if isinstance(read, When) else read.faults[0]
    if bare is bool:
        return Fault("act.truth", Place(), {"found": value})
    if bare is int:
        return Fault("act.number", Place(), {"found": value})
    if get_origin(bare) is Literal:
        return _choice(value, [str(a) for a in get_args(bare)])
    if bare is not str:
        return None
    if not value:
        return Fault("act.empty")
    return _of_pattern([m for m in get_args(wanted)[1:] if isinstance(m, Meta)], value)


def _of_pattern(metas: Sequence[Meta], value: str) -> Fault | None:
    for meta in metas:
        if choice := _CHOICE.match(meta.pattern or ""):
            return _choice(value, choice["words"].split("|"))
        if meta.pattern and meta.description:
            return Fault("act.form", Place(), {"found": value[:80], "wanted": meta.description})
    return None


def _choice(value: str, words: Sequence[str]) -> Fault:
    near = get_close_matches(value, words, n=1)
    said = {"found": value[:80], "words": ", ".join(words)}
    if near:
        return Fault("act.choice_near", Place(), {**said, "near": near[0]})
    return Fault("act.choice", Place(), said)

"""The fields of acts and of their parts, told in plain words: for the page of kinds and for the schema."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
from msgspec import Meta

from travaux import messages
from travaux.acts.base import Act
from travaux.acts.vocabulary import CLASSES, kinds
from travaux.acts.when import When

Struct = type[msgspec.Struct]
_WORDS = re.compile(r"\^\((?P<words>[a-z_]+(?:\|[a-z_]+)*)\)\??\$\Z")
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field: its name, the form of its value and its meaning in words, and whether it must be there."""

    name: str
    form: str
    required: bool
    meaning: str


def key_of(wanted: Struct) -> str:
    """What a kind or field type is called in the catalogue: the kind, or the name in lower case."""
    tag = wanted.__struct_config__.tag
    return str(tag) if issubclass(wanted, Act) and tag else _CAPITAL.sub("_", wanted.__name__).lower()


def heading(wanted: Struct) -> str:
    """How a field type is called on the page."""
    return _CAPITAL.sub(" ", wanted.__name__).capitalize()


def lines(wanted: Struct) -> tuple[FieldLine, ...]:
    """The fields of a kind or field type in the order of its class, the tag of a field type first."""
    config = wanted.__struct_config__
    told = [
        FieldLine(f.encode_name, form(f.type), f.required, meaning(wanted, f.encode_name))
        for f in msgspec.structs.fields(wanted)
    ]
    if config.tag_field and not issubclass(wanted, Act):
        told.insert(
            0, FieldLine(config.tag_field, f"the word `{config.tag}`", True, messages.say("field.kind"))
        )
    return tuple(told)


def meaning(wanted: Struct, name: str) -> str:
    """What a field means, as the catalogue says it: for this kind or type, else for every field so named."""
    own = f"{key_of(wanted)}.{name}"
    return messages.say(f"field.{own if own in messages.area('field') else name}")


def parts() -> tuple[Struct, ...]:
    """Every field type with fields of its own, in the order in which the kinds come upon them."""
    found: dict[Struct, None] = {}
    waiting: list[Any] = [CLASSES[kind] for kind in kinds()]
    while waiting:
        for f in msgspec.structs.fields(waiting.pop(0)):
            for inner in _structs(f.type):
                if not issubclass(inner, Act) and inner not in found:
                    found[inner] = None
                    waiting.append(inner)
    return tuple(found)


def _structs(wanted: Any) -> Iterator[Struct]:
    if isinstance(wanted, type) and issubclass(wanted, msgspec.Struct):
        yield wanted
    for inner in get_args(wanted):
        yield from _structs(inner)


def form(wanted: Any) -> str:
    """The form of a value in plain words, in Markdown."""
    metas = [m for m in get_args(wanted)[1:] if isinstance(m, Meta)] if _is(wanted, Annotated) else []
    bare = get_args(wanted)[0] if _is(wanted, Annotated) else wanted
    origin, args = get_origin(bare), get_args(bare)
    if _is(bare, Annotated):
        return form(bare)
    if origin in (Union, UnionType):
        return _one_of([a for a in args if a is not NoneType])
    if origin is tuple:
        least = max((m.min_length or 0 for m in metas), default=0)
        return f"list: {form(args[0])}" + (f"; at least {least}" if least > 1 else "")
    if origin is dict:
        return f"by {form(args[0])}: {form(args[1])}"
    if origin is Literal:
        return _words([str(a) for a in args])
    return _scalar(bare, metas)


def _one_of(members: list[Any]) -> str:
    if all(isinstance(m, type) and issubclass(m, Act) for m in members):
        return "an act of any other kind"
    return " or ".join(form(m) for m in members)


def _scalar(bare: Any, metas: list[Meta]) -> str:
    if bare is When:
        return "[date](#dates)"
    if bare is bool:
        return "true or false"
    if bare is int:
        least = [m.ge for m in metas if m.ge is not None]
        return f"whole number, {least[0]} or more" if least else "whole number"
    if bare is not str:
        name = heading(bare)
        return f"[{name.lower()}](#{name.lower().replace(' ', '-')})"
    for meta in metas:
        if meta.pattern and (words := _WORDS.match(meta.pattern)):
            return _words(words["words"].split("|"))
        if meta.description:
            return meta.description[0].lower() + meta.description[1:]
    return "text"


def _words(words: list[str]) -> str:
    return ", ".join(f"`{w}`" for w in words[:-1]) + f" or `{words[-1]}`"


def _is(wanted: Any, origin: Any) -> bool:
    return get_origin(wanted) is origin

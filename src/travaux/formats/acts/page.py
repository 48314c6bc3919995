"""``docs/acts.md`` and the JSON Schema of acts, both made from the classes, so that they cannot differ."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from inspect import getdoc
from typing import Any

from travaux.acts.base import Act, Deed
from travaux.acts.kinds import FAMILIES
from travaux.acts.vocabulary import CLASSES, schema
from travaux.formats.acts.fields import FieldLine, Struct, heading, key_of, lines, meaning, parts
from travaux.messages import say

_SHARED = ("on", "actor", "subject", "basis", "also", "note")


def acts_page() -> str:
    """The whole page in Markdown: every family and kind, the fields of each, dates, parts of acts."""
    sections = [
        say("page.intro").strip(), _table(_shared()), _contents(),
        *(section for family in FAMILIES for section in _family(family)),
        say("page.envelope").strip(), say("page.dates").strip(),
        say("page.parts"), *(section for part in parts() for section in _part(part)),
    ]  # fmt: skip
    return "\n\n".join(sections) + "\n"


def act_schema() -> str:
    """The JSON Schema of one act, every field with what it means, as text with a line end."""
    made = schema()
    by_name = {c.__name__: c for c in (*CLASSES.values(), *parts())}
    for name, told in made["$defs"].items():
        _describe(by_name[name], told.get("properties", {}))
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def _describe(wanted: Struct, properties: dict[str, Any]) -> None:
    tag = wanted.__struct_config__.tag_field
    for name, told in properties.items():
        if name != tag and "$ref" not in told:
            told["description"] = meaning(wanted, name)


def _shared() -> tuple[FieldLine, ...]:
    return tuple(sorted((f for f in lines(Deed) if f.name in _SHARED), key=lambda f: _SHARED.index(f.name)))


def _contents() -> str:
    rows = (f"| {name} | {', '.join(map(_link, map(key_of, kinds)))} |" for name, kinds in FAMILIES.items())
    return "\n".join([say("page.contents"), *rows])


def _link(kind: str) -> str:
    return f"[`{kind}`](#{kind})"


def _family(name: str) -> Iterator[str]:
    yield say(f"page.{name}")
    for kind in FAMILIES[name]:
        yield from _kind(kind)


def _kind(wanted: type[Act]) -> Iterator[str]:
    yield f"### `{key_of(wanted)}`"
    yield getdoc(wanted) or ""
    if not issubclass(wanted, Deed):
        yield say("page.undated")
    usual = {f.name: f for f in _shared()}
    own = [f for f in lines(wanted) if usual.get(f.name) != f]
    if own:
        yield _table(own)


def _part(wanted: Struct) -> Iterator[str]:
    yield f"### {heading(wanted)}"
    yield getdoc(wanted) or ""
    yield _table(lines(wanted))


def _table(fields: Iterable[FieldLine]) -> str:
    rows = (
        f"| `{f.name}` | {f.form} | {say('page.must') if f.required else ''} | {f.meaning} |" for f in fields
    )
    return "\n".join([say("page.table_head"), *rows])

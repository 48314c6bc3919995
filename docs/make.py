"""Writes the pages and schemas that are made from the code: ``make docs``. A test says when they are old."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator
from inspect import cleandoc
from pathlib import Path
from textwrap import dedent
from typing import Any

import click
import msgspec

from travaux.cli.commands import COMMANDS, travaux
from travaux.formats.acts.page import act_schema, acts_page
from travaux.secretariat.disclosing import Listed
from travaux.secretariat.judging import Told
from travaux.secretariat.plans.mapping import Mapping
from travaux.views.delivered.board import Board
from travaux.views.delivered.minister import MinisterPage
from travaux.views.delivered.outlook import Outlook
from travaux.views.delivered.row import Row
from travaux.views.delivered.rows import Rows
from travaux.views.log import LogLine
from travaux.views.search import Hit

DOCS = Path(__file__).parent
WRITTEN: dict[str, Any] = tomllib.loads((DOCS / "commands.toml").read_text(encoding="utf-8"))


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command that can be typed, subcommands under their full name (``key new``)."""
    context = click.Context(travaux)
    for name in COMMANDS:
        command = travaux.get_command(context, name)
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {sub}", c) for sub, c in command.commands.items())


def commands_page() -> str:
    """``docs/commands.md``: the hand-written parts of ``commands.toml`` around what the commands say."""
    settings = "".join(f"| `{name}` | {told} |\n" for name, told in WRITTEN["settings"].items())
    listed = "".join(f"| [`{name}`](#travaux-{name}) | {line} |\n" for name, (_, line) in COMMANDS.items())
    parts = [
        WRITTEN["intro"].strip(),
        "| Command | |\n|---|---|\n" + listed,
        WRITTEN["codes"].strip(),
        "## Settings\n\n| Variable | Meaning |\n|---|---|\n" + settings,
        *(section for name, command in commands() for section in _command(name, command)),
    ]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _command(name: str, command: click.Command) -> Iterator[str]:
    yield f"{'###' if ' ' in name else '##'} travaux {name}"
    if not isinstance(command, click.Group):
        yield (
            "```\n"
            + " ".join(["travaux", name, *command.collect_usage_pieces(click.Context(command))])
            + "\n```"
        )
    prose, shown = _told(command.help or "")
    yield from prose
    if example := shown or WRITTEN["commands"].get(name, {}).get("example", "").strip("\n"):
        yield f"```\n{example}\n```"
    if rows := [_row(option) for option in options(command)]:
        yield "\n".join(["| Option | Meaning |", "|---|---|", *rows])
    if told := WRITTEN["commands"].get(name, {}).get("codes", ""):
        yield f"Exit codes: {told}"


def _told(text: str) -> tuple[list[str], str]:
    """The paragraphs of a help text, and the lines of its examples."""
    prose, shown = [], []
    for paragraph in cleandoc(text).split("\n\n"):
        if not paragraph.startswith("\b"):
            prose.append(" ".join(paragraph.split()))
            continue
        lines = paragraph.removeprefix("\b\n")
        for word in ("Examples:", "Example:", "Try:"):
            lines = lines.replace(word, " " * len(word), 1) if lines.startswith(word) else lines
        shown.append(dedent(lines).rstrip())
    return [p for p in prose if p], "\n".join(shown)


def options(command: click.Command) -> list[click.Option]:
    """The options of a command that people see."""
    return [p for p in command.params if isinstance(p, click.Option) and not p.hidden]


def _row(option: click.Option) -> str:
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    value = "" if option.is_flag else f" `{option.make_metavar(click.Context(travaux))}`"
    shown = option.get_default(click.Context(travaux)) if option.show_default else None
    default = f" Default: `{shown}`." if shown not in (None, (), "") and not option.is_flag else ""
    return f"| {_cell(names + value)} | {_cell(meaning(option) + default)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def meaning(option: click.Option) -> str:
    """What an option does: its own help, else what ``commands.toml`` says of all options so named."""
    return option.help or WRITTEN["options"].get(option.opts[-1], "")


def page_schema(made: type[msgspec.Struct], title: str) -> str:
    """The JSON Schema of one `made`, as text."""
    (root, *_), defs = msgspec.json.schema_components(
        (made, Row) if made is Board else (made,), schema_hook=_listed, ref_template="#/$defs/{name}"
    )
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **root, "$defs": defs}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _listed(kind: type) -> dict[str, Any]:
    """How `Rows`, which are made when they are looked at, stand in a file: as an array of them."""
    if kind is not Rows:
        raise NotImplementedError(kind)
    return {"type": "array", "items": {"$ref": "#/$defs/Row"}}


def schema_of(made: type[msgspec.Struct], title: str) -> str:
    """The JSON Schema of a list of `made`, as text."""
    (root,), defs = msgspec.json.schema_components((list[made],), ref_template="#/$defs/{name}")  # type: ignore[valid-type]
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **root, "$defs": defs}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "acts.md": acts_page,
    "commands.md": commands_page,
    "schema/act.schema.json": act_schema,
    "schema/measures.schema.json": lambda: page_schema(Board, "Answer of `travaux measures --format json`"),
    "schema/minister.schema.json": lambda: page_schema(
        MinisterPage, "Answer of `travaux minister --format json`"
    ),
    "schema/outlook.schema.json": lambda: page_schema(Outlook, "Answer of `travaux forecast --format json`"),
    "schema/mapping.schema.json": lambda: page_schema(Mapping, "Mapping of a publisher's plans"),
    "schema/opening.schema.json": lambda: schema_of(Listed, "Answer of `travaux opening list --format json`"),
    "schema/why.schema.json": lambda: page_schema(Told, "Answer of `travaux why --format json`"),
    "schema/log.schema.json": lambda: schema_of(LogLine, "Answer of `travaux log --format json`"),
    "schema/search.schema.json": lambda: schema_of(Hit, "Answer of `travaux search --format json`"),
}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")

"""``travaux brackets``: what is open in any bracketed text, who holds what, and what is odd about it."""

from __future__ import annotations

import json
import re
from typing import Any

import click

from travaux.acts.fault import Place, Refused, refused
from travaux.cli.console import progress
from travaux.cli.options import format_option
from travaux.cli.wordings import put_bytes, put_json, read_wording, read_wordings

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CONVENTIONS = ("not-agreed", "deletions", "insertions", "independent", "travaux")
_ONE_IN = 100  # control characters from which on a file is no text


@click.command("brackets", short_help="What is open in a bracketed text, and what is odd about it.")
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@format_option("table", "json")
@click.option(
    "--convention", type=click.Choice(_CONVENTIONS), metavar="NAME",
    help=f"What a bracket alone means, instead of a guess: {', '.join(_CONVENTIONS)}.",
)  # fmt: skip
@click.option("--parties", metavar="A,B,…", help="The parties, instead of those the draft shows.")
def brackets_command(files: tuple[str, ...], form: str, convention: str | None, parties: str | None) -> None:
    """Read a draft in any convention of brackets: raw counts, open points with their options, who holds what.

    Nothing is changed and nothing refused for being odd: unbalanced brackets, unknown names and the like are
    listed by line and column with a repair that nobody applies. Several files in JSON give one line each.

    \b
    Try:  travaux brackets draft.txt --parties ARV,TOL,NUR
          travaux brackets draft.txt --format json
    """
    from travaux import messages
    from travaux.text.parse import CONVENTIONS, parse
    from travaux.text.parse.data import data
    from travaux.text.parse.table import table

    names = [name.strip() for name in (parties or "").split(",") if name.strip()]
    texts = read_wordings(files, _text)
    shown: list[str] = []
    with progress(messages.say("brackets.t_reading")) as step:
        for done, (path, text) in enumerate(zip(files, texts, strict=True), 1):
            parsed = parse(text, convention=CONVENTIONS[convention] if convention else None, parties=names)
            name = click.format_filename(path)
            if form == "json":
                _put({"file": name, **data(parsed)}, alone=len(files) == 1)
            else:
                shown += [*([""] if shown else []), *table(parsed, name)]
            step(done, len(files))
    if form == "table":
        put_bytes("\n".join(shown) + "\n")


def _put(value: dict[str, Any], *, alone: bool) -> None:
    """One JSON value, on one line where there are several files."""
    if alone:
        put_json(value)
    else:
        put_bytes(json.dumps(value) + "\n")


def _text(path: str) -> str | Refused:
    text = read_wording(path)
    if isinstance(text, Refused):
        return text
    place = Place(click.format_filename(path))
    if not text.strip("\ufeff \t\r\n\f"):
        return refused("brackets.file_empty", place)
    if len(_CONTROLS.findall(text)) * _ONE_IN > len(text):
        return refused("brackets.file_binary", place)
    return text

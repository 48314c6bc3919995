"""``travaux compile``, ``resolve``, ``compare`` and ``concordance``: texts in files, no register needed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from travaux.acts.fault import Fault, Refused
from travaux.cli.console import fail, must, progress
from travaux.cli.options import format_option
from travaux.cli.wordings import put_bytes, put_json, read_wording, read_wordings

if TYPE_CHECKING:
    from travaux.text.compare import Comparison

T = TypeVar("T")
_LONG = 500_000  # characters that take about a second
_STYLES: dict[str, Callable[[str], str]] = {
    "deleted": lambda words: click.style(words, fg="red"),
    "inserted": lambda words: click.style(words, fg="green"),
    "formal": lambda words: click.style(words, dim=True),
    "moved": lambda words: click.style(words, fg="cyan"),
    "place": lambda words: click.style(words, bold=True),
}


@click.command("compile", short_help="Parties' wordings into one bracketed text.")
@click.argument("wordings", metavar="NAME=FILE…", nargs=-1, required=True)
@format_option("text", "json")
@click.option(
    "--alpha", type=click.FloatRange(0.1, 100), default=3.0, show_default=True, metavar="X",
    help="The price of a bracket in words: less gives more and smaller brackets.",
)  # fmt: skip
@click.option("--base", metavar="FILE", help="The text the wordings change: tells insertions from deletions.")
def compile_command(wordings: tuple[str, ...], form: str, alpha: float, base: str | None) -> None:
    """Print one text: words all share stand once, every other place shows its alternatives with names.

    `travaux resolve` takes each party's file out of it again, byte for byte.

    \b
    Try:  travaux compile ARV=arvia.txt TOL=tolia.txt > together.txt
    """
    from travaux.text.compile import compile as compiled
    from travaux.text.compile import named
    from travaux.text.compile_base import compile_on
    from travaux.text.compile_data import compiled as data
    from travaux.text.notation import render

    if isnan(alpha):
        raise click.BadParameter(_say("compare.alpha"), param_hint="--alpha")
    pairs = [_named(wording) for wording in wordings]
    must(named(pairs))
    read = _all([path for _, path in pairs])
    versions = dict(zip((name for name, _ in pairs), read, strict=True))
    ground = None if base is None else _one(base)
    with _working("compare.compiling", read):
        made = (
            compiled(versions, alpha=alpha) if ground is None else compile_on(ground, versions, alpha=alpha)
        )
    notation = render(made)
    if form == "json":
        put_json(data(made, notation))
    else:
        put_bytes(notation)


@click.command("resolve", short_help="One party's wording out of a compiled text.")
@click.argument("file", metavar="FILE")
@click.option("--party", required=True, metavar="NAME", help="Whose wording to print.")
def resolve_command(file: str, party: str) -> None:
    """Print what the party handed in, byte for byte, nothing added."""
    from travaux.text.notation import parse
    from travaux.text.resolve import resolve

    text = _one(file).removeprefix("\ufeff").replace("\r\n", "\n")
    made = _placed(parse(text), file)
    put_bytes(_placed(resolve(made, party), file))


@click.command("compare", short_help="What differs between two versions, or over several.")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.argument("later", metavar="[NEWER…]", nargs=-1)
@format_option("text", "json", "html")
@click.option(
    "--only", type=click.Choice(["substance"]),
    help="Leave out changes of form: numbering, references, punctuation, typography, white space.",
)  # fmt: skip
def compare_command(old: str, new: str, later: tuple[str, ...], form: str, only: str | None) -> None:
    """Say every difference, words by words, moves as moves; with more than two files, what became of each
    paragraph.
    """
    if later:
        _history((old, new, *later), form)
        return
    from travaux.text.compare import compare
    from travaux.text.compare.data import compared
    from travaux.text.compare.page import page

    before, after = _all([old, new])
    with _working("compare.comparing", [before, after]):
        made = compare(before, after)
    names, substance = (_base(old), _base(new)), only == "substance"
    if form == "json":
        put_json(compared(made, names, only_substance=substance))
    elif form == "html":
        put_bytes(page(made, names, only_substance=substance))
    else:
        _show(made, substance)


@click.command("concordance", short_help="Whether language versions of one text say the same things.")
@click.argument("files", metavar="[LANG=]FILE…", nargs=-1, required=True)
@format_option("table", "json")
def concordance_command(files: tuple[str, ...], form: str) -> None:
    """List where language versions differ: units and items, parties, numbers, dates, defined terms, brackets.

    The language is told by its code, or guessed from the letters and small words. Nothing is mended.
    """
    from travaux.text.concordance import concordance
    from travaux.text.concordance.data import concorded
    from travaux.text.concordance.table import table
    from travaux.text.language import guessed

    if len(files) < 2:
        raise click.UsageError(_say("concordance.two"))
    pairs = [_language(file) for file in files]
    read = _all([path for _, path in pairs])
    versions: dict[str, str] = {}
    for (lang, path), text in zip(pairs, read, strict=True):
        known = lang or guessed(text)
        if known is None or known in versions:
            code = "concordance.language_unknown" if known is None else "concordance.language_twice"
            fail([Fault(code, values={"file": click.format_filename(path), "lang": known})])
        versions[known] = text
    made = concordance(versions)
    if form == "json":
        put_json(concorded(made))
    else:
        put_bytes("\n".join(table(made)) + "\n")


def _say(code: str) -> str:
    from travaux import messages

    return messages.say(code)


def _named(wording: str) -> tuple[str, str]:
    """Name and file of ``NAME=FILE``; the name ends at the first “=”."""
    name, sign, path = wording.partition("=")
    if not sign or not name or not path:
        raise click.UsageError(Fault("compare.name_file", values={"given": wording}).sentence())
    return name, path


def _language(file: str) -> tuple[str, str]:
    """Language and file of ``en=FILE``; no language where a file has the whole name or no code stands."""
    code, sign, path = file.partition("=")
    if sign and path and code.replace("-", "").isalpha() and len(code) <= 8 and not Path(file).exists():
        return code.lower(), path
    return "", file


def _base(path: str) -> str:
    return click.format_filename(path, shorten=True)


def _one(path: str) -> str:
    return must(read_wording(path))


def _all(paths: Sequence[str]) -> list[str]:
    """All texts, or every reason why not."""
    if sum(path == "-" for path in paths) > 1:
        raise click.UsageError(_say("compare.standard_input_twice"))
    return read_wordings(paths)


def _working(code: str, texts: Sequence[str]) -> AbstractContextManager[object]:
    """A bar on the terminal while long texts are worked on; nothing for what takes less than a second."""
    return progress(_say(code)) if sum(map(len, texts)) > _LONG else nullcontext()


def _placed(found: T | Refused, file: str) -> T:
    """The result, or the end of the command with faults that name the file."""
    if isinstance(found, Refused):
        fail(fault.at(click.format_filename(file)) for fault in found.faults)
    return found


def _show(made: Comparison, substance: bool) -> None:
    from travaux.text.compare.shown import shown, summary, told_move

    same = not made.changes and not made.moves
    lines = summary(made.tally, same=same, only_substance=substance)
    if not same:
        lines += [*map(told_move, made.moves), _say("compare.marks")]
    put_bytes("\n".join(lines) + "\n")
    if same:
        return
    coloured = _colours()
    for line in shown(made, only_substance=substance):
        words = "".join(_styled(text, style) if coloured else text for text, style in line)
        put_bytes(("\n" if line[0][1] == "place" else "  ") + words.rstrip() + "\n")


def _colours() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _styled(words: str, style: str) -> str:
    return _STYLES[style](words) if style else words


def _history(paths: Iterable[str], form: str) -> None:
    from travaux.text.compare.data import told
    from travaux.text.compare.history import history
    from travaux.text.compare.threads import rows

    if form == "html":
        raise click.UsageError(_say("compare.history_html"))
    listed = list(paths)
    made = history([(_base(path), text) for path, text in zip(listed, _all(listed), strict=True)])
    if form == "json":
        put_json(told(made))
    else:
        put_bytes("\n".join(rows(made)) + "\n")

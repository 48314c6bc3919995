"""``travaux read``: documents in, proposed entries out. Nothing is recorded."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from travaux.acts.fault import Fault, Refused
from travaux.cli.console import err, fail, must, notice
from travaux.cli.options import DAY

if TYPE_CHECKING:
    from travaux.secretariat.reading import Taken


@click.command("read", short_help="Read documents and propose sourced entries.")
@click.argument("documents", metavar="DOC…", nargs=-1, required=True)
@click.option("--date", "day", type=DAY, metavar="D", help="The document's own day, where it does not say.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "acts"]), default="table", show_default=True,
    help="For people, for programs (docs/reading-documents.md), or as acts to edit.",
)  # fmt: skip
@click.option("--long", "whole", is_flag=True, help="Show the words of every item in full.")
@click.option("--explain", "item", metavar="ID", help="Why one item is there, and what was considered.")
@click.option(
    "--text", "text_out", type=click.Path(dir_okay=False, path_type=Path), metavar="OUT",
    help="Write the text that offsets count in, and its source map beside it (OUT.map.json).",
)  # fmt: skip
@click.option(
    "--jobs", type=click.IntRange(0), default=1, show_default=True, metavar="N",
    help="Processes for several documents; 0 is one a core.",
)  # fmt: skip
@click.option("--links", is_flag=True, help="What they say of one matter: repeated, moved, contradicted.")
@click.option(
    "--out", "folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
    help="Write an archive: shards of readings, a manifest; a later run touches only what changed.",
)  # fmt: skip
@click.option(
    "--parquet", is_flag=True, help="With --out: one row an item too, as Parquet (travaux[archive])."
)
@click.option(
    "--dask", "scheduler", metavar="ADDRESS",
    help="With --out: run on a Dask cluster at that address, or on “processes” (travaux[archive]).",
)  # fmt: skip
@click.option("--model", is_flag=True, help="Let a model suggest more, behind the gates (TRAVAUX_MODEL_URL).")
@click.option("--restricted", is_flag=True, help="The document never leaves this machine, whatever is set.")
def read_command(
    documents: tuple[str, ...],
    day: date | None,
    form: str,
    whole: bool,
    item: str | None,
    text_out: Path | None,
    jobs: int,
    links: bool,
    folder: Path | None,
    parquet: bool,
    scheduler: str | None,
    model: bool,
    restricted: bool,
) -> None:
    """Read documents and propose who said what, who is bound to what, by when, on what condition.

    Every item has its exact place, the rule that found it and how sure that rule is. Nothing is recorded:
    `travaux confirm` does that. DOC is a txt, html, pdf or docx file, a folder, a zip or tar archive, or -.

    \b
    travaux read communique.txt
    travaux read communique.txt --explain c02
    travaux read talks.pdf --date 2021-09-09 --format json
    travaux read archive/ more.zip --jobs 0 --format json > readings.jsonl
    travaux read 2021/ 2023/ --links
    travaux read archive/ --out read/ --jobs 0 --parquet
    """
    from travaux.secretariat.reading import take_one

    if (parquet or scheduler) and not folder:
        raise click.UsageError("--parquet and --dask go with --out.")  # noqa: TRY003
    if folder:
        from travaux.cli.reading_archive import read_archive

        read_archive(documents, folder, day, jobs, parquet=parquet, scheduler=scheduler, links=links)
    elif _single(documents) and not links:
        with _busy():
            taken = must(take_one(documents[0]))
        _notes(taken.document.notes)
        if text_out:
            _write_text(taken, text_out)
        if item:
            _explain(taken, item, day, form)
        else:
            _one(taken, day, form, whole, model=model, restricted=restricted)
    elif item or text_out or model:
        raise click.UsageError("--explain, --text and --model go with one document.")  # noqa: TRY003
    else:
        from travaux.cli.reading_many import read_them

        read_them(documents, day, form, jobs, links=links)


def _single(documents: tuple[str, ...]) -> bool:
    """Whether one plain document is meant, not several, a folder or an archive."""
    from travaux.secretariat.archive import is_archive

    return len(documents) == 1 and not Path(documents[0]).is_dir() and not is_archive(documents[0])


@contextmanager
def _busy() -> Iterator[None]:
    """A sign on the terminal while one document is read: most need no second, a long one may."""
    from travaux.messages import say

    if not sys.stderr.isatty():
        yield
        return
    with err().status(say("read.reading_now")):
        yield


def _notes(notes: tuple[Fault, ...]) -> None:
    for note in notes:
        notice(note.line())


def _one(taken: Taken, day: date | None, form: str, whole: bool, *, model: bool, restricted: bool) -> None:
    from travaux.secretariat.reading import plain, read_taken, unread

    with _busy():
        found = must(read_taken(taken, date=day))
    _notes(unread(found, taken.held.name))
    reading, line = plain(found), found.json()
    if model:
        from travaux.cli.modelled import with_model

        reading, line = with_model(reading, taken, restricted=restricted)
    if form == "json":
        sys.stdout.flush()
        sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()
    elif form == "acts":
        click.echo(as_acts(taken, reading, day), nl=False)
    else:
        from travaux.cli.reading_table import console, one_document

        console().print(one_document(reading, taken, whole=whole))


def as_acts(taken: Taken, reading: dict[str, Any], day: date | None) -> str:
    """The proposals of a reading in the notation of acts, as if for a register that knows nothing yet."""
    from travaux.acts.when import When
    from travaux.formats.acts import render_acts
    from travaux.register.fold import Register
    from travaux.secretariat.proposals import in_order, propose

    on = When.day(day) if day else None
    found = must(propose(Register().as_of(), reading, taken.held, on=on))
    return render_acts(in_order(found))


def _explain(taken: Taken, item: str, day: date | None, form: str) -> None:
    from msgspec import to_builtins

    from travaux.reader.explain import explain

    found = explain(taken.document, item, date=day)
    if isinstance(found, Refused):
        fail(f.at(taken.held.name) for f in found.faults)
    if form == "json":
        click.echo(json.dumps(to_builtins(found), ensure_ascii=False))
        return
    from travaux.cli.reading_table import console, explained

    console().print(explained(found, taken))


def _write_text(taken: Taken, path: Path) -> None:
    """The extracted text exactly as offsets count it, and beside it where each block came from."""
    from travaux.secretariat.reading import write_text

    for written in must(write_text(taken, path)):
        notice(str(written))

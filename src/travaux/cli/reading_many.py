"""``travaux read`` over several documents, folders and archives: a line for each, and a count at the end."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import click
import msgspec

from travaux.acts.fault import Fault
from travaux.cli.console import err, fail, progress
from travaux.messages import say

if TYPE_CHECKING:
    from travaux.secretariat.archive import Paper
    from travaux.secretariat.many import Outcome


def listed(documents: tuple[str, ...]) -> tuple[list[Paper], list[Fault]]:
    """The papers under what was given, and what is no paper; ends the command where there is neither."""
    from travaux.secretariat.archive import Paper, papers

    found: list[Paper] = []
    faults: list[Fault] = []
    for one in papers(documents):
        if isinstance(one, Paper):
            found.append(one)
        else:
            faults.append(one)
    if not found and not faults:
        fail([Fault("read.no_documents")])
    return found, faults


def cores(jobs: int) -> int:
    """The number of processes meant by `--jobs`: 0 is one a core."""
    return jobs or os.cpu_count() or 1


def read_them(
    documents: tuple[str, ...], day: date | None, form: str, jobs: int, *, links: bool = False
) -> None:
    """Read all documents: a line or table row each, or what links them; exit code 1 where one failed."""
    if form == "acts":
        raise click.UsageError("--format acts goes with one document.")  # noqa: TRY003
    found, faults = listed(documents)
    for fault in faults:
        click.echo(fault.line(), err=True)
    refused = len(faults)
    outcomes = _outcomes(found, day, cores(jobs))
    if links:
        from travaux.cli.reading_links import show_links

        read = [o.json for o in outcomes]
        refused += sum(not line for line in read)
        show_links([msgspec.json.decode(line) for line in read if line], form)
    else:
        refused += _json_lines(outcomes) if form == "json" else _table(outcomes)
    if refused:
        sys.exit(1)


def _outcomes(papers: list[Paper], day: date | None, jobs: int) -> Iterator[Outcome]:
    """The outcomes, with progress; the faults and oddities of each on standard error as they come."""
    from travaux.secretariat.many import read_many

    with progress(say("read.reading_now")) as step:
        for n, outcome in enumerate(read_many(papers, day=day, jobs=jobs), 1):
            for fault in (*outcome.faults, *outcome.notes):
                click.echo(fault.line(), err=True)
            yield outcome
            step(n, len(papers))


def _json_lines(outcomes: Iterator[Outcome]) -> int:
    refused = 0
    for outcome in outcomes:
        sys.stdout.buffer.write(outcome.json)
        refused += not outcome.json
    sys.stdout.buffer.flush()
    return refused


def _table(outcomes: Iterator[Outcome]) -> int:
    from rich.table import Table
    from rich.text import Text

    from travaux.cli.reading_table import HEADS, console, visible

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold blue")
    for title in ("read.many_document", "read.many_language", "read.many_date", "read.many_found"):
        table.add_column(say(title), overflow="fold")
    read = refused = 0
    for outcome in outcomes:
        if not outcome.json:
            refused += 1
            table.add_row(visible(outcome.name), "", "", Text(say("read.many_refused"), style="red"))
            continue
        read += 1
        doc = msgspec.json.decode(outcome.json)
        counts = [f"{say(title).lower()} {len(doc[k])}" for k, title in HEADS.items() if doc[k]]
        head = doc["doc"]
        table.add_row(visible(outcome.name), head["lang"], head["date"] or "–", ", ".join(counts))
    console().print(table)
    err().print(say("read.many_total", {"read": read, "refused": refused}))
    return refused

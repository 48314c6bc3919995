"""``travaux read --out``: an archive read into a folder, resumable, on many cores or machines."""

from __future__ import annotations

import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import click

from travaux.acts.fault import Fault
from travaux.cli.console import err, fail, must, progress
from travaux.cli.reading_many import cores, listed
from travaux.messages import say


def read_archive(
    documents: tuple[str, ...],
    folder: Path,
    day: date | None,
    jobs: int,
    *,
    parquet: bool,
    scheduler: str | None,
    links: bool,
) -> None:
    """Read everything under `documents` into `folder`; exit code 1 where a document was not read."""
    from travaux.secretariat.running import run, run_dask
    from travaux.secretariat.shards import plans

    if parquet and find_spec("pyarrow") is None:
        fail([Fault("read.no_parquet")])
    found, faults = listed(documents)
    for fault in faults:
        click.echo(fault.line(), err=True)
    shards = must(plans(folder, found, day=day, parquet=parquet))
    with progress(say("read.reading_now")) as step:
        if scheduler:
            done = must(run_dask(shards, scheduler, jobs=cores(jobs)))
        else:
            done = must(run(shards, jobs=cores(jobs), step=step))
    for shard in done:
        for line in shard.refused:
            click.echo(line, err=True)
    if links:
        _links(folder)
    refused = len(faults) + sum(len(s.refused) for s in done)
    counts = {"read": sum(s.read for s in done), "copied": sum(s.copied for s in done), "refused": refused}
    err().print(say("read.archive_done", {**counts, "folder": folder}), markup=False)
    if refused:
        sys.exit(1)


def _links(folder: Path) -> None:
    """Write ``links.jsonl`` and show the links."""
    from travaux.cli.reading_links import show_links, written
    from travaux.secretariat.shards import readings_of, replaced

    readings = list(readings_of(folder))
    replaced(folder / "links.jsonl", written(readings))
    show_links(readings, "table")

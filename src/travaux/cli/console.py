"""What every command shares: where it prints, how it refuses, and progress on anything that takes long.

Results go to standard output, faults and progress to standard error (progress only on a terminal). Exit
codes: 0 done, 1 refused or faults found, 2 wrong usage.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from travaux.acts.fault import Fault, Refused

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

T = TypeVar("T")
Step = Callable[[int, int], None]
_WIDEST = 100_000  # characters of a row that is read by a program


def out() -> Console:
    """The console of results; NO_COLOR and pipes are honoured by rich."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def print_table(table: Table) -> None:
    """A table on standard output: fitted to a terminal, else one line a row, however long."""
    if sys.stdout.isatty():
        out().print(table)
        return
    from rich.console import Console

    wide = Console(highlight=False, width=_WIDEST, color_system=None)
    with wide.capture() as captured:
        wide.print(table)
    for row in captured.get().splitlines():
        click.echo(row.rstrip())


def err() -> Console:
    """The console of faults, notices and progress."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, soft_wrap=True)


def fail(faults: Iterable[Fault]) -> NoReturn:
    """Print one line a fault on standard error and end with exit code 1."""
    for fault in faults:
        click.echo(fault.line(), err=True)
    sys.exit(1)


def must(result: T | Refused) -> T:
    """The result, or the end of the command with its faults."""
    if isinstance(result, Refused):
        fail(result.faults)
    return result


def notice(text: str) -> None:
    """One line of information on standard error."""
    click.echo(text, err=True)


def print_json(value: Any) -> None:
    """One JSON value on standard output: UTF-8, letters not escaped, a newline at the end."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


@contextmanager
def progress(title: str) -> Iterator[Step]:
    """A progress bar on standard error while the block runs; call the step with (done, total).

    Nothing is drawn where standard error is no terminal.
    """
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    with Progress(*columns, TimeRemainingColumn(), console=err(), transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)

"""Boards of measures and ministers' pages on the terminal, and boards written in another form."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
import msgspec

from travaux.acts.fault import Place, refused
from travaux.cli.console import must, notice, out
from travaux.secretariat.door import Secretariat
from travaux.views.delivered.board import Board, board_json

if TYPE_CHECKING:
    from travaux.views.delivered.minister import MinisterPage
    from travaux.views.delivered.outlook import Outlook
    from travaux.views.delivered.row import Cell, Row, Said

# form -> (module of travaux.formats.delivery, function)
FORMS: Final = {
    "csv": ("table_csv", "measures_csv"),
    "xlsx": ("workbook", "measures_xlsx"),
    "ics": ("calendar", "measures_ics"),
    "atom": ("feed", "measures_atom"),
    "iati": ("iati", "measures_iati"),
    "svg": ("timeline", "measures_svg"),
}
_BINARY: Final = ("xlsx",)


def write_form(office: Secretariat, board: Board, form: str, output: Path | None, for_: str) -> None:
    """Write a board in one of the forms, to a new file or standard output."""
    data = msgspec.json.format(board_json(board), indent=1) + b"\n"
    if form != "json":
        module, name = FORMS[form]
        codec: Any = getattr(import_module(f"travaux.formats.delivery.{module}"), name)
        data = codec(data)
    if output is None:
        if form in _BINARY and sys.stdout.isatty():
            raise click.UsageError("A workbook is no text; name a file with --output.")  # noqa: TRY003
        click.echo(data, nl=False)
        return
    try:
        with output.open("xb") as file:
            file.write(data)
    except FileExistsError:
        must(refused("file.exists", Place(str(output))))
    except OSError as error:
        must(refused("file.not_written", Place(str(output)), detail=error.strerror or str(error)))
    notice(f"{output}: {len(board.rows)} measures of {office.log.origin}, for {for_}")


def print_board(board: Board, which: str) -> None:
    """The counts with their rule, the measures by quarter, circles, and figures as said."""
    console = out()
    counts = board.counts
    console.print(f"[bold]{board.register}[/]: measures as of {board.as_of}")
    console.print(
        f"Base of {counts.base_on}: {counts.base}; since then {counts.added} added, {counts.removed} "
        f"withdrawn; {counts.current} owed now.", markup=False,
    )  # fmt: skip
    console.print(
        f"Agreed done {counts.strict}; claimed by at least one {counts.claimed}; ", end="", markup=False
    )
    console.print(
        "; ".join(f"{p.name} claims {p.claims_done} of {p.owes}" for p in counts.by_party) + ".", markup=False
    )
    console.print(", ".join(f"{g.word} {g.n}" for g in counts.groups if g.n), markup=False)
    console.print(f"[dim]Counting rule {counts.version}: {counts.rule}[/]")
    if which == "changes":
        for change in board.changes:
            console.print(f"  {change.what}: {change.text}", markup=False)
        return
    for quarter, rows in board.rows.by_quarter().items():
        console.print(f"\n[bold]{quarter or 'No date'}[/]")
        for row in rows:
            _print_row(console, row)
    _print_ends(console, board)


def _print_row(console: Any, row: Row) -> None:
    late = f", {row.overdue_days} days" if row.overdue_days else ""
    moved = f"; first promised {row.dates[0].when}" if row.moved else ""
    console.print(f"  {row.due_when}{moved}  [bold]{row.id}[/]  ", end="")
    console.print(f"{row.what} <{row.group_word}{late}>", markup=False)
    for cell in row.cells:
        console.print(f"    {cell.name}: {_cell(cell)}", markup=False)
    if row.finding:
        console.print(f"    Found {row.finding.word}, {row.finding.when}", markup=False)
    for request in row.asking:
        lacking = ", ".join(request.lacking)
        console.print(
            f"    {request.name} asks for {request.to}: {request.why} <waits for {lacking}>", markup=False
        )
    if row.waits_for:
        console.print(f"    waits for: {row.waits_for}", markup=False)


def _cell(cell: Cell) -> str:
    if not cell.claims:
        return "no report on record"
    said = "; ".join(f"{c.word} ({c.when})" for c in cell.claims)
    answers = [_answer(r.name, r.said) for r in cell.replies if r.said]
    silent = [f"{r.name} silent for {r.silent_days} days" for r in cell.replies if r.silent_days]
    return "; ".join([said, *answers, *silent])


def _answer(name: str, said: Said) -> str:
    why = said.reason or said.words
    return f"{name} {said.word}: {why}" if why else f"{name} {said.word}"


def _print_ends(console: Any, board: Board) -> None:
    mutual = [c for c in board.circles if c.mutual]
    if mutual:
        console.print("\n[bold]Each side waits for the other[/]")
        for circle in mutual:
            console.print(f"  {circle.words}", markup=False)
    if board.spoken:
        console.print("\n[bold]Figures spoken in public, as said[/]")
        for said in board.spoken:
            console.print(f"  {said.when}  {said.who}: {said.figure} ({said.sources})", markup=False)


def print_minister(page: MinisterPage) -> None:
    """The minister's page as text."""
    console = out()
    console.print(f"[bold]{page.register}[/], for {page.name}, as of {page.as_of}\n")
    console.print(page.sentence, markup=False)
    console.print(f"[dim]{page.base}[/]\n")
    for bar in page.bars:
        console.print(f"{bar.name}: " + ", ".join(f"{p.n} {p.word}" for p in bar.parts), markup=False)
    console.print(f"\n{page.schedule}\n", markup=False)
    more = f" of {len(page.decisions) + page.more}" if page.more else ""
    console.print(f"[bold]Decisions wanted[/] ({len(page.decisions)}{more})")
    for one in page.decisions:
        console.print(f"  {one.what}: {one.text} ({one.days} days; {one.who})", markup=False)
    if page.changes:
        console.print(
            f"\n[bold]Changed since {page.compared}[/], dates moved by {page.days_moved} days in all"
        )
        for change in page.changes:
            console.print(f"  {change.what}: {change.text}", markup=False)
    if page.coming:
        console.print("\n[bold]Next 60 days[/]")
        for due in page.coming:
            console.print(f"  {due.due} ({due.days} days): {due.what}, {', '.join(due.owes)}", markup=False)
    if page.spoken:
        console.print("\n[bold]Figures spoken in public, as said[/]")
        for said in page.spoken:
            console.print(f"  {said.when}  {said.who}: {said.figure}", markup=False)


def print_outlook(page: Outlook) -> None:
    """The outlook as text: whether there is a forecast, how well it did, then the measures ahead."""
    console = out()
    console.print(f"[bold]{page.register}[/]: outlook as of {page.as_of}", markup=True)
    console.print(page.why, markup=False)
    console.print(page.schedule, markup=False)
    for one in page.calibration:
        console.print(f"  said {one.said:.0%}, came true {one.came:.0%} of {one.n}", markup=False)
    for ahead in page.measures:
        ends = (
            f"; half of the runs end by {ahead.half}, four fifths by {ahead.four_fifths}"
            if ahead.half
            else ""
        )
        console.print(f"  {ahead.due}  {ahead.what}: {ahead.on_time:.0%} on time{ends}", markup=False)

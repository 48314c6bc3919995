"""``travaux plan`` and ``plan-in``: a workbook goes out, is filled in, comes back, and is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from travaux.acts.fault import Fault, Place, Refused, refused
from travaux.acts.when import When
from travaux.cli.console import err, must, notice, out
from travaux.cli.options import DAY, REGISTER, today
from travaux.cli.showing import known_reader
from travaux.cli.signing import by_option, keyring, passphrase_option
from travaux.record.keys import party_of
from travaux.secretariat.attaching import read_file
from travaux.secretariat.door import Secretariat
from travaux.secretariat.keyring import Keyring
from travaux.secretariat.returned import Outcome, RowOutcome, proposals
from travaux.secretariat.submitting import Submission, rehearse, sole_signer, submit


@click.command("plan")
@click.argument("register", type=REGISTER)
@click.option(
    "--excel", type=click.Path(path_type=Path), required=True, metavar="OUT.xlsx", help="The workbook."
)
@click.option("--for", "for_", required=True, metavar="PARTY", help="The party that will fill it in.")
@click.option("--as-of", type=DAY, help="As things stood on that day (default: today).")
def plan_command(register: Path | str, excel: Path, for_: str, as_of: date | None) -> None:
    """Write the measures as a workbook for one party to fill in: its claims, its requests, its answers.

    It comes back with “travaux plan-in”. (The same as “travaux measures --format xlsx --for PARTY”.)

    \b
    Example:  travaux plan ministries.travaux --excel plan.xlsx --for arvia
    """
    from travaux.cli.delivery_forms import write_form
    from travaux.secretariat.showing import board_of

    with must(Secretariat.open(register)) as office:
        known_reader(office, for_)
        write_form(office, board_of(office, as_of or today(), for_=for_), "xlsx", excel, for_)


@click.command("plan-in")
@click.argument("register", type=REGISTER)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--record", is_flag=True, help="Record what is proposed; without it nothing is recorded.")
@click.option(
    "--answer",
    type=click.Path(path_type=Path),
    metavar="OUT.xlsx",
    help="Write the rows with a result and a reason each.",
)
@by_option
@passphrase_option
def plan_in_command(
    register: Path | str,
    file: Path,
    record: bool,
    answer: Path | None,
    by: str | None,
    passphrase_fd: int | None,
) -> None:
    """Read a workbook that “travaux measures --format xlsx” wrote and a party filled in.

    Each changed cell becomes a proposed act of that party; what changed in the register meanwhile is refused
    by cell. The file itself is never saved again. All proposals are recorded together or not at all.

    \b
    Examples: travaux plan-in ministries.travaux filled.xlsx --by arvia/delegation
              travaux plan-in ministries.travaux filled.xlsx --by arvia/delegation --record --answer back.xlsx
    """  # fmt: skip
    from travaux.formats.delivery.workbook_back import read_back
    from travaux.secretariat.showing import board_of

    back = must(read_back(must(read_file(file)), str(file)))
    with must(Secretariat.open(register, write=record)) as office:
        keys = keyring(office.log.origin, passphrase_fd)
        signer = by or must(sole_signer(keys))
        if party_of(signer) != back.reader:
            must(refused("plan.other_signer", Place(str(file)), reader=back.reader, signer=signer))
        page = board_of(office, today(), for_=back.reader)
        rows = must(proposals(back, page, When.day(today()), str(file)))
        rows = [_judged(office, row, signer, file) for row in rows]
        if record:
            rows = _record(office, rows, signer, keys, file)
    for fault in back.odd:
        notice(fault.line())
    _print(rows)
    if answer:
        _write(answer, rows)
    bad = [f for row in rows for f in row.faults]
    if bad:
        must(Refused(tuple(bad)))


def _judged(office: Secretariat, row: RowOutcome, signer: str, file: Path) -> RowOutcome:
    """The row, refused where the rules refuse one of its acts."""
    if row.outcome is not Outcome.PROPOSED:
        return row
    place = Place(f"{file}:row {row.row}")
    faults = [f for r in rehearse(office, _said(row, signer, place)) for f in r.faults]
    return replace(row, outcome=Outcome.REFUSED, faults=tuple(faults)) if faults else row


def _record(
    office: Secretariat, rows: Sequence[RowOutcome], signer: str, keys: Keyring, file: Path
) -> list[RowOutcome]:
    """Record every proposed act, if no row is refused; else nothing."""
    if any(row.outcome is Outcome.REFUSED for row in rows):
        notice(Fault("plan.nothing_recorded").line())
        return list(rows)
    said = [s for row in rows for s in _said(row, signer, Place(f"{file}:row {row.row}"))]
    if said:
        must(submit(office, said, keys))
    return [replace(r, outcome=Outcome.RECORDED) if r.outcome is Outcome.PROPOSED else r for r in rows]


def _said(row: RowOutcome, signer: str, place: Place) -> list[Submission]:
    return [Submission(act, signer, place=place) for act in row.acts]


def _print(rows: Sequence[RowOutcome]) -> None:
    from travaux.acts.vocabulary import kind_of

    changed = [row for row in rows if row.outcome is not Outcome.UNCHANGED]
    for row in changed:
        kinds = ", ".join(kind_of(act) for act in row.acts)
        out().print(
            f"row {row.row}  {row.measure}  {row.outcome.value}" + (f": {kinds}" if kinds else ""),
            markup=False,
        )
    err().print(f"{len(rows)} rows, {len(changed)} changed", markup=False)


def _write(target: Path, rows: Sequence[RowOutcome]) -> None:
    from travaux.acts.vocabulary import kind_of
    from travaux.formats.delivery.workbook_answer import answer_xlsx

    told = [
        (row.row, row.measure, row.outcome.value, ", ".join(kind_of(a) for a in row.acts),
         "; ".join(f.line() for f in row.faults))
        for row in rows
    ]  # fmt: skip
    try:
        with target.open("xb") as file:
            file.write(answer_xlsx(told))
    except FileExistsError:
        must(refused("file.exists", Place(str(target))))
    except OSError as error:
        must(refused("file.not_written", Place(str(target)), detail=error.strerror or str(error)))

"""``travaux act`` and ``travaux correct``: acts written by hand, checked, signed and recorded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import click

from travaux.acts.fault import Place, Refused, refused
from travaux.acts.kinds import Correct
from travaux.cli.beside import opening_file, openings_beside
from travaux.cli.console import must, notice, out
from travaux.cli.options import REGISTER
from travaux.cli.signing import by_option, keyring, passphrase_option
from travaux.formats.acts import Written, read_acts
from travaux.record.opening import openings_of, parts_of
from travaux.record.prepared import read_prepared
from travaux.secretariat.attaching import read_file, write_new
from travaux.secretariat.door import Secretariat
from travaux.secretariat.keyring import Keyring
from travaux.secretariat.submitting import (
    Rehearsed,
    Submission,
    draft,
    rehearse,
    sole_signer,
    submit,
)

T = TypeVar("T")
_FOUND = re.compile(rb"act:\s*found\s*(#|$)")
SHORT = 12  # characters of an act's id that a person copies


@click.command("act")
@click.argument("register", type=REGISTER)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what the rules say of each act; record nothing.")
@click.option(
    "--prepare",
    type=click.Path(path_type=Path),
    metavar="OUT",
    help="Write the text to be signed, for keys held elsewhere; FILE holds one act.",
)
@click.option("--attach", is_flag=True, help="FILE is a prepared text with signature lines: record it.")
@by_option
@passphrase_option
def act_command(
    register: Path | str,
    file: Path,
    dry_run: bool,
    prepare: Path | None,
    attach: bool,
    by: str | None,
    passphrase_fd: int | None,
) -> None:
    """Check, sign and record the acts in FILE: all of them, or none.

    FILE holds acts in the notation of docs/notation-acts.md, one a block, “---” between blocks. Whose key
    signs stands in the block (signer: north/delegation), else in --by.

    \b
    Examples: travaux act ministries.travaux approve.acts --dry-run
              travaux act ministries.travaux approve.acts
              travaux act ministries.travaux joint.acts --prepare joint.note
              travaux act ministries.travaux joint.note --attach
    """  # fmt: skip
    with must(Secretariat.open(register, write=not (dry_run or prepare))) as office:
        keys = keyring(office.log.origin, passphrase_fd)
        if attach:
            _record_signed(office, file, keys)
            return
        written = must(_read(file))
        said = [_submission(w, file, by or "") for w in written]
        if any(not s.signer for s in said):
            signer = must(sole_signer(keys))
            said = [s if s.signer else _signed_by(s, signer) for s in said]
        if dry_run:
            _show(office, rehearse(office, said))
        elif prepare:
            _prepare(office, said, prepare)
        else:
            for receipt, one in zip(must(submit(office, said, keys)), said, strict=True):
                click.echo(f"{receipt.id[:SHORT]}  {one.place}  recorded")


@click.command("correct")
@click.argument("register", type=REGISTER)
@click.argument("act")
@click.option("--why", required=True, help="What was wrong, in a sentence.")
@click.option(
    "--instead",
    type=click.Path(path_type=Path),
    metavar="FILE.acts",
    help="The act that stands in its place; without it the act is struck.",
)
@by_option
@passphrase_option
def correct_command(
    register: Path | str, act: str, why: str, instead: Path | None, by: str | None, passphrase_fd: int | None
) -> None:
    """Supersede an earlier act of yours, saying why. Nothing is deleted: the first version stays.

    ACT is the act's id, or its first characters.

    \b
    Example:  travaux correct union-state.travaux 3f2a91c0 --why "The date was that of publication." \\
                  --instead corrected.acts
    """  # fmt: skip
    if not why.strip():
        must(refused("signing.no_reason"))
    with must(Secretariat.open(register, write=True)) as office:
        wrong = must(office.find(act))
        written = must(_read(instead)) if instead else ()
        if len(written) > 1:
            must(refused("signing.one_act", Place(str(instead))))
        stands = written[0].act if written else None
        correction = Correct(corrects=wrong.id, why=why, instead=stands)  # type: ignore[arg-type]
        now = (
            office.register.as_of().act(wrong.id) or wrong
        )  # of a disclosed act, for those it is disclosed to
        said = Submission(correction, by or wrong.by, now.audience, place=Place(str(instead or register)))
        receipts = must(submit(office, [said], keyring(office.log.origin, passphrase_fd)))
        click.echo(f"{receipts[0].id[:SHORT]}  corrects {wrong.id[:SHORT]}")


def _read(file: Path) -> tuple[Written, ...] | Refused:
    data = read_file(file)
    if isinstance(data, Refused):
        return data
    founding = next((n for n, row in enumerate(data.split(b"\n"), 1) if _FOUND.match(row)), 0)
    return refused("signing.found", Place(str(file), founding)) if founding else read_acts(data, str(file))


def _submission(written: Written, file: Path, by: str) -> Submission:
    place = Place(str(file), written.line)
    signer = written.signer or by
    return Submission(
        written.act, signer, written.audience, written.with_, place, written.label,
        written.sealed, written.aside,
    )  # fmt: skip


def _signed_by(said: Submission, signer: str) -> Submission:
    return replace(said, signer=signer)


def _show(office: Secretariat, rehearsed: Sequence[Rehearsed]) -> None:
    """The verdict on each act; ends with exit code 1 where one would be refused."""
    from travaux.register.names import directory

    names = directory(office.as_of(for_="parties"))
    for one in rehearsed:
        allowed = not one.faults
        out().print(
            f"[bold]{one.submission.place}[/]  {'would be recorded' if allowed else 'would be refused'}"
        )
        for line in one.verdict.lines(name=names.name) if one.verdict else []:
            out().print(f"  {line}", markup=False)
    faults = tuple(f for r in rehearsed for f in r.faults)
    if faults:
        must(Refused(faults))


def _prepare(office: Secretariat, said: Sequence[Submission], target: Path) -> None:
    if len(said) != 1:
        must(refused("signing.one_act", said[0].place if said else Place()))
    made = must(draft(office, said[0]))
    must(write_new(target, made.text.encode()))
    for opening in openings_of(made):
        file = opening_file(target, opening.part)
        must(write_new(file, opening.data, private=True))
        notice(f"{file} opens part {opening.part}: keep it as safe as the content, for --attach.")
    click.echo(f"{made.id}  {target}")
    notice(f"To be signed, every byte of it, by: {', '.join(made.signers)}")
    notice("Each signs it with “travaux sign FILE”, or with OpenSSL as docs/signing-elsewhere.md shows.")


def _record_signed(office: Secretariat, file: Path, keys: Keyring) -> None:
    prepared = must(_in(file, read_prepared(must(read_file(file)))))
    entry = must(_in(file, prepared.entry()))
    openings = must(openings_beside(file, prepared.draft))
    receipts = must(_in(file, office.log.append_all([entry], must(keys.host()), openings)))
    click.echo(f"{receipts[0].id[:SHORT]}  {file}  recorded")
    beside = {opening.part for opening in openings}
    held = beside | {opening.part for opening in office.log.openings(receipts[0].id)}
    for part in sorted(set(range(len(parts_of(prepared.draft.envelope)))) - held):
        notice(f"Nothing here opens part {part}: its author adds it with “travaux opening add”.")


def _in(file: Path, result: T | Refused) -> T | Refused:
    """The result; what refuses it stands in `file`."""
    return Refused(tuple(f.at(str(file)) for f in result.faults)) if isinstance(result, Refused) else result

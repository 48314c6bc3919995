"""``receipt``, ``cosign``, ``seal``, ``export``, ``import``, ``backup``: the record itself."""

from __future__ import annotations

import time
from pathlib import Path

import click

from travaux.acts.fault import Place, Refused, refused
from travaux.acts.kinds import Seal
from travaux.cli.console import must, notice, print_json, progress
from travaux.cli.options import REGISTER, format_option, reader_option
from travaux.cli.showing import SHORT
from travaux.cli.signing import by_option, keyring, passphrase_option
from travaux.cli.verifying import TRUST
from travaux.record.checkpoint import parse_checkpoint
from travaux.record.directory import export_directory
from travaux.record.log import Log
from travaux.record.note import parse_note
from travaux.record.proving import proved
from travaux.record.receipt import parse_receipt
from travaux.secretariat.attaching import read_file
from travaux.secretariat.checking import check, origin_of, take_over
from travaux.secretariat.cosigning import cosign
from travaux.secretariat.door import Secretariat
from travaux.secretariat.home import Home
from travaux.secretariat.submitting import Submission, sole_signer, submit


@click.command("receipt")
@click.argument("register", type=REGISTER)
@click.argument("act")
@click.option("--check", is_flag=True, help="ACT is a receipt in a file: does it prove its act here?")
@format_option("text", "json")
def receipt_command(register: Path | str, act: str, check: bool, form: str) -> None:
    """The proof that an act is in the record, up to the last checkpoint, in the form of C2SP tlog-proof.

    With --check a receipt is held against REGISTER, however old it is and whoever was host then: its
    checkpoint must be of this history, and signed by the key that was host at that size.

    \b
    Examples: travaux receipt ministries.travaux 3f2a91c0 > approval.tlog-proof
              travaux receipt ministries.travaux approval.tlog-proof --check
    """
    if check:
        with must(Log.open(register)) as log:
            shown = must(parse_receipt(must(read_file(Path(act)))))
            entry = must(proved(log, shown))
        click.echo(f"{entry.id[:SHORT]}  proved: it is in the record that {shown.checkpoint.origin} signed")
        return
    with must(Secretariat.open(register)) as office:
        found = must(office.log.receipt(must(office.find(act)).id))
        if form == "text":
            click.echo(found.text, nl=False)
            return
        print_json(
            {"act": found.id, "index": found.index, "size": found.checkpoint.size, "receipt": found.text}
        )


@click.command("cosign")
@click.argument("register", type=REGISTER)
@click.option(
    "--line",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Add a cosignature made elsewhere: the checkpoint with that line (travaux mirror --cosign).",
)
@by_option
@passphrase_option
def cosign_command(
    register: Path | str, line: Path | None, by: str | None, passphrase_fd: int | None
) -> None:
    """Cosign the last checkpoint with a party's witness key.

    It says: this is the largest consistent record I have seen, and every act of mine that has a receipt is in
    it. The record is checked first, as “travaux verify” does. Without --by every witness key of your party
    that is in force cosigns: the usual one, and one of ML-DSA where there is one.

    \b
    Example:  travaux cosign ministries.travaux --by north/witness
    """
    if line is not None:
        _add_line(register, line)
        return
    with progress("Verifying") as step:
        checked = must(check(register, Home.of(), progress=step))
    if checked.report.faults:
        must(Refused(checked.report.causes))
    with must(Log.open(register, write=True)) as log:
        keys = keyring(log.origin, passphrase_fd)
        for made in must(cosign(log, keys, int(time.time()), by)):
            click.echo(f"{made.name} cosigned the record up to entry {log.size - 1}")


def _add_line(register: Path | str, file: Path) -> None:
    """Keep the cosignatures of a checkpoint that a witness signed elsewhere."""
    note = must(parse_note(must(read_file(file))))
    at = must(parse_checkpoint(note.text))
    with must(Log.open(register, write=True)) as log:
        own = must(log.checkpoint(at.size))
        if own.text != note.text:
            must(refused("record.root", Place(str(file)), size=at.size))
        for line in note.lines:
            if line.name != at.origin:
                made = must(log.add_cosignature(str(line), at.size))
                click.echo(f"{made.name} cosigned the record up to entry {at.size - 1}")


@click.command("seal")
@click.argument("register", type=REGISTER)
@by_option
@passphrase_option
def seal_command(register: Path | str, by: str | None, passphrase_fd: int | None) -> None:
    """Put the last checkpoint that a quorum cosigned on the record: it certifies what was there, and when.

    \b
    Example:  travaux seal ministries.travaux --by desk/keeper
    """
    with must(Secretariat.open(register, write=True)) as office:
        body = must(office.log.seal_body())
        keys = keyring(office.log.origin, passphrase_fd)
        said = Submission(Seal(note=body["note"]), by or must(sole_signer(keys)))
        receipts = must(submit(office, [said], keys))
        click.echo(f"{receipts[0].id[:SHORT]}  sealed")


@click.command("export")
@click.argument("register", type=REGISTER)
@click.argument("directory", type=click.Path(path_type=Path))
@reader_option
def export_command(register: Path | str, directory: Path, for_: str) -> None:
    """Write a register as a directory of static files that anyone can check, with Travaux or without.

    \b
    Example:  travaux export ministries.travaux mirror/ --for north
    """  # fmt: skip
    with must(Log.open(register)) as log:
        done = must(export_directory(log, directory, for_))
        click.echo(f"{done.path}: {done.size} entries, {done.withheld} withheld, {done.blobs} documents")


@click.command("import")
@click.argument("directory", type=REGISTER)
@click.argument("register", type=REGISTER)
@click.option("--founding", default="", metavar="ID", help="The founding id, as told to you out of band.")
@click.option(
    "--writable", is_flag=True, help="Go on from it: needs the host's key. Without, it is a mirror."
)
@passphrase_option
def import_command(
    directory: Path | str, register: Path | str, founding: str, writable: bool, passphrase_fd: int | None
) -> None:
    """Make a register from an exported directory, or from another register, after checking all of it.

    \b
    Examples: travaux import mirror/ copy.travaux --founding 5c1e…
              travaux import copy.travaux "postgresql://desk@db.example/conference?schema=ministries"
    """
    host = None
    if isinstance(directory, Path) and not directory.exists():
        must(refused("record.no_directory", Place(str(directory))))
    if writable:
        host = must(keyring(origin_of(directory), passphrase_fd).host())
    with progress("Verifying") as step:
        done = must(take_over(directory, register, Home.of(), founding=founding, host=host, progress=step))
    click.echo(f"{register}: {done.report.size} entries, {'may take acts' if writable else 'a mirror'}")
    notice(f"Founding id {done.report.register} ({TRUST[done.trust]})")


@click.command("backup")
@click.argument("register", type=REGISTER)
@click.argument("copy", type=REGISTER)
def backup_command(register: Path | str, copy: Path | str) -> None:
    """Copy a register that is in use, consistently, to a file or an address. Nothing is overwritten.

    \b
    Examples: travaux backup ministries.travaux ministries-2031-03-03.travaux
              travaux backup "postgresql://desk@db.example/conference" conference.travaux
    """
    with must(Log.open(register)) as log:
        click.echo(f"{must(log.backup(copy))}: {log.size} entries")

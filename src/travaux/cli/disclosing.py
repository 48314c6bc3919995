"""``travaux opening``, ``travaux disclose``, ``travaux erase``: what is sealed, and what is taken away."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from travaux.acts.fault import Fault, refused
from travaux.cli.console import must, notice, print_json, print_table
from travaux.cli.options import REGISTER, format_option, reader_option
from travaux.cli.showing import SHORT, known_reader
from travaux.cli.signing import by_option, keyring, passphrase_option
from travaux.secretariat.attaching import read_file
from travaux.secretariat.disclosing import (
    Shown,
    disclose,
    document_named,
    drop,
    erase,
    listed,
    opening_of,
    sealed_parts,
    take_opening,
    texts_left,
)
from travaux.secretariat.door import Secretariat
from travaux.secretariat.submitting import sole_signer

_PART = click.argument("part", type=click.IntRange(0, 15), default=0)


@click.group("opening")
def opening_command() -> None:
    """What opens sealed acts: list the parts, show an opening, add one that was brought, drop one."""


@opening_command.command("list")
@click.argument("register", type=REGISTER)
@reader_option
@format_option("table", "json")
def list_(register: Path | str, for_: str, form: str) -> None:
    """List the sealed parts: whose, for whom, and whether they are open to the reader.

    \b
    Example:  travaux opening list ministries.travaux --for north
    """
    with must(Secretariat.open(register)) as office:
        known_reader(office, for_)
        shown = list(sealed_parts(office, for_))
    if form == "json":
        print_json([msgspec.to_builtins(listed(s)) for s in shown])
        return
    from rich.table import Table

    table = Table("Act", "Part", "By", "For", "State", box=None, pad_edge=False, header_style="bold")
    for s in shown:
        table.add_row(s.act[:SHORT], str(s.number), s.party, _to(s), s.part.state)
    print_table(table)


@opening_command.command("show")
@click.argument("register", type=REGISTER)
@click.argument("act")
@_PART
@reader_option
def show(register: Path | str, act: str, part: int, for_: str) -> None:
    """Print the opening of a sealed part (PART, from 0), for a reader who is to have it.

    Whoever holds it can prove the content to anybody: hand it over by a way that is as safe as the content.

    \b
    Example:  travaux opening show ministries.travaux 3f2a91c0 --for south > offer.opening
    """
    with must(Secretariat.open(register)) as office:
        known_reader(office, for_)
        click.echo(must(opening_of(office, act, part, for_)).data, nl=False)


@opening_command.command("add")
@click.argument("register", type=REGISTER)
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True)
def add(register: Path | str, files: tuple[Path, ...]) -> None:
    """Keep openings that were brought as FILES; each must fit what its act sealed. Mirrors keep them too.

    \b
    Example:  travaux opening add mirror.travaux offer.opening
    """
    with must(Secretariat.open(register, write=True)) as office:
        for file in files:
            opening = must(take_opening(office, must(read_file(file)), str(file)))
            click.echo(f"{opening.act[:SHORT]} part {opening.part}  opened by {file}")


@opening_command.command("drop")
@click.argument("register", type=REGISTER)
@click.argument("act")
@_PART
@click.option("--yes", is_flag=True, help="Do not ask.")
def drop_(register: Path | str, act: str, part: int, yes: bool) -> None:
    """Forget what opens a sealed part, in this copy and for good; the act stays, and cannot be proved here.

    \b
    Example:  travaux opening drop ministries.travaux 3f2a91c0 1
    """
    with must(Secretariat.open(register, write=True)) as office:
        if not yes:
            click.confirm("No copy of it will be left in this register. Go on?", abort=True)
        gone = must(drop(office, act, part))
        click.echo(f"{gone[:SHORT]} part {part}  dropped")


@click.command("disclose")
@click.argument("register", type=REGISTER)
@click.argument("act")
@_PART
@click.option(
    "--to",
    type=click.Choice(["public", "parties"]),
    default="public",
    show_default=True,
    help="Who may read it from now on.",
)
@by_option
@passphrase_option
def disclose_command(
    register: Path | str, act: str, part: int, to: str, by: str | None, passphrase_fd: int | None
) -> None:
    """Open a sealed part (PART, from 0) of an act of yours, by an act: from here on it counts.

    The rules judge what it holds as if it were said now. Nothing can close it again.

    \b
    Example:  travaux disclose ministries.travaux 3f2a91c0 --to parties
    """
    with must(Secretariat.open(register, write=True)) as office:
        keys = keyring(office.log.origin, passphrase_fd)
        found = must(office.find(act))
        receipt = must(disclose(office, found.id, part, to, by or must(sole_signer(keys)), keys))
        click.echo(f"{receipt.id[:SHORT]}  discloses {found.id[:SHORT]} part {part}")
        for made in office.procedure.disclosed.get(found.id, ()):
            if made.part == part and isinstance(made.content, Fault):
                notice(f"It counts for nothing: {made.content.sentence()}")


@click.command("erase")
@click.argument("register", type=REGISTER)
@click.argument("sha256")
@click.option("--why", required=True, help="Why the document goes, in a sentence.")
@click.option("--with", "with_", multiple=True, metavar="KEY", help="A further key that signs.")
@by_option
@passphrase_option
def erase_command(
    register: Path | str,
    sha256: str,
    why: str,
    with_: tuple[str, ...],
    by: str | None,
    passphrase_fd: int | None,
) -> None:
    """Take the bytes of a document away, here and on every mirror that follows; its hash stays, and why.

    Every party with an act that names the document signs. Copies outside the register are not reached.

    \b
    Example:  travaux erase ministries.travaux 9c1f… --why "It names private persons." --with south/delegation
    """  # fmt: skip
    if not why.strip():
        must(refused("signing.no_reason"))
    with must(Secretariat.open(register, write=True)) as office:
        sha256 = must(document_named(office, sha256))
        keys = keyring(office.log.origin, passphrase_fd)
        done = must(erase(office, sha256, why, by or must(sole_signer(keys)), with_, keys))
        click.echo(f"{done.id[:SHORT] if done else 'was on the record'}  erases {sha256[:SHORT]}")
        for text in texts_left(office, sha256):
            notice(f"Its text is a document of its own and is still held: travaux erase … {text}")


def _to(shown: Shown) -> str:
    return "parties" if isinstance(shown.part.to, str) else ", ".join(shown.part.to)

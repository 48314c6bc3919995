"""``travaux move-host`` and ``travaux dead-branch``: a quorum of parties goes on elsewhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from travaux.acts.fault import Place, refused
from travaux.acts.when import When
from travaux.cli.console import must, notice
from travaux.cli.options import DAY, REGISTER
from travaux.cli.signing import keyring, passphrase, passphrase_option
from travaux.record.keyfiles import ROUNDS
from travaux.record.log import Log
from travaux.secretariat.attaching import write_new
from travaux.secretariat.door import Secretariat
from travaux.secretariat.home import Home
from travaux.secretariat.moving import prepare_move, stranded


@click.command("move-host")
@click.argument("register", type=REGISTER)
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--party",
    "parties",
    multiple=True,
    metavar="PARTY",
    help="A party whose roots will sign; several times. Else all parties that have roots.",
)
@click.option("--why", default="", metavar="TEXT", help="Why the record moves, in a sentence.")
@click.option("--on", type=DAY, help="When the parties decided it.")
@click.option(
    "--rounds",
    default=ROUNDS,
    show_default=True,
    help="Cost of guessing the passphrase of the new host key (bcrypt rounds).",
)
@passphrase_option
def move_host_command(
    register: Path | str,
    out: Path,
    parties: tuple[str, ...],
    why: str,
    on: date | None,
    rounds: int,
    passphrase_fd: int | None,
) -> None:
    """Prepare the move of the record to a new host: this machine, on a mirror or register of your own.

    A new host key is made here and signs the act, which is written to OUT. The roots of at least a quorum of
    parties sign it where they are (“travaux sign OUT --against MIRROR”); then “travaux act REGISTER OUT
    --attach” records it, and the mirror takes acts. What the old host recorded beyond is a dead branch: see
    “travaux dead-branch”.

    \b
    Example:  travaux move-host north.travaux move.note --why "The old host is lost."
    """
    if out.exists():
        must(refused("file.exists", Place(str(out))))
    with must(Secretariat.open(register)) as office:
        origin = office.log.origin
        new = not Home.of().key_file(origin, origin).exists()
        given = passphrase("Passphrase of the new host key", passphrase_fd, confirm=new)
        keys, decided = keyring(origin, None), When.day(on) if on else None
        keys.ask = lambda _: given
        made = must(prepare_move(office, keys, given, parties=parties, on=decided, why=why, rounds=rounds))
        must(write_new(out, made.data))
        click.echo(f"{made.draft.id}  {out}")
        notice(f"It stands on the {office.log.size} entries of this copy; compare with the other parties.")
        notice(f"Still to sign: {', '.join(made.missing)}")


@click.command("dead-branch")
@click.argument("branch", type=REGISTER)
@click.argument("register", type=REGISTER)
@click.option("--by", default="", metavar="KEY", help="Only the acts of this key, such as north/delegation.")
def dead_branch_command(branch: Path | str, register: Path | str, by: str) -> None:
    """The acts that an old host recorded beyond the move to another: what REGISTER lacks of BRANCH.

    BRANCH is the copy that “travaux mirror” set aside, or the old host's own. They are written as acts, each
    with its signer, ready for its author to check, sign and send again with “travaux act”; those that were
    issued again already are left out.

    \b
    Example:  travaux dead-branch south-dead-5c1e02ab77d3.travaux south.travaux --by south/delegation
    """
    with must(Log.open(branch)) as old, must(Log.open(register)) as log:
        found = [w for w in must(stranded(old, log)) if by in ("", w.signer)]
    from travaux.formats.acts import render_acts

    click.echo(render_acts(found), nl=False)
    notice(f"{len(found)} to be issued again")

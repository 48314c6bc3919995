"""``travaux witness``: let a witness outside the register cosign, for strangers who trust it."""

from __future__ import annotations

from pathlib import Path

import click

from travaux.acts.fault import Place, Refused, refused
from travaux.cli.console import must, progress
from travaux.cli.options import REGISTER
from travaux.record.asking import WebDoor, ask
from travaux.record.keys import parse_vkey
from travaux.record.log import Log
from travaux.record.note import Note
from travaux.secretariat.attaching import write_new
from travaux.secretariat.checking import check
from travaux.secretariat.home import Home


@click.command("witness")
@click.argument("register", type=REGISTER)
@click.argument("address")
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--key", required=True, metavar="VKEY", help="The witness's public key, as it publishes it.")
def witness_command(register: Path | str, address: str, out: Path, key: str) -> None:
    """Ask a public witness to cosign the last checkpoint, and write that with its line to OUT.

    ADDRESS is where the witness takes checkpoints (C2SP tlog-witness). It must know the log: give its
    operator the origin and the host's key. Its word counts in no quorum of the parties; it tells strangers
    that the register was not rolled back or forked since. The record is verified first.

    \b
    Example:  travaux witness ministries.travaux https://w.example/ out.note --key w.example+5c1e…
    """
    vkey = must(parse_vkey(key, foreign=True))
    if out.exists():
        must(refused("file.exists", Place(str(out))))
    with progress("Verifying") as step:
        checked = must(check(register, Home.of(), progress=step))
    if checked.report.faults:
        must(Refused(checked.report.causes))
    with must(Log.open(register)) as log:
        made = must(ask(log, WebDoor(address), vkey))
        note = must(log.checkpoint())
        own = tuple(line for line in note.lines if line.name == log.origin)
        must(write_new(out, str(Note(note.text, (*own, made.line))).encode()))
        click.echo(f"{made.name} cosigned the record up to entry {log.size - 1}: {out}")

"""``travaux mirror`` and ``travaux evidence``: follow a published register, and prove what its host did."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import NoReturn

import click

from travaux.acts.fault import Fault, Place, Refused, refused
from travaux.cli.console import fail, must, notice, progress
from travaux.cli.signing import by_option, keyring, passphrase_option
from travaux.record.checkpoint import Checkpoint, parse_checkpoint
from travaux.record.durable import write_durably
from travaux.record.evidence import Evidence, judge_evidence
from travaux.record.log import Log
from travaux.record.mirror import shown
from travaux.record.moved import GoneOver, keep_up
from travaux.record.note import Note
from travaux.record.published import published_at
from travaux.secretariat.attaching import read_file
from travaux.secretariat.cosigning import cosign
from travaux.secretariat.home import Home
from travaux.secretariat.procedure import Procedure


@click.command("mirror")
@click.argument("source")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--founding", default="", metavar="ID", help="The founding id, as told to you out of band.")
@click.option("--cosign", is_flag=True, help="Then cosign the checkpoint with a witness key of yours.")
@click.option(
    "--line", type=click.Path(path_type=Path), metavar="OUT", help="Where the cosigned checkpoint is written."
)
@by_option
@passphrase_option
def mirror_command(
    source: str,
    file: Path,
    founding: str,
    cosign: bool,
    line: Path | None,
    by: str | None,
    passphrase_fd: int | None,
) -> None:
    """Follow a published register: read what is new, check all of it, keep it in FILE.

    SOURCE is a folder or an http(s) address that “travaux export” wrote. Every new entry is checked as
    “travaux verify” does; nothing is kept of what does not stand. Where the host shows another history than
    before, or an older one, both checkpoints are kept in a file beside FILE: see “travaux evidence”. Where
    the parties moved the record to another host, FILE goes over to it; what it held beyond is set aside.

    \b
    Examples: travaux mirror https://harbour.example/record north.travaux --founding 5c1e…
              travaux mirror published/ north.travaux --cosign --by north/witness --line cosigned.note
    """
    home, published = Home.of(), must(published_at(source))
    met = must(home.met())
    expected = founding or met.get(must(shown(published))[1].origin, "")
    with progress("Following") as step:
        found = keep_up(file, published, founding=expected, rules=Procedure, progress=step)
    if isinstance(found, Evidence):
        _keep(found, file)
    if isinstance(found, Refused):
        fail(found.faults)
    done = found.followed if isinstance(found, GoneOver) else found
    home.meet(done.origin, done.register)
    click.echo(f"{file}: {done.size} entries, {done.new} new")
    if isinstance(found, GoneOver):
        values = {"branch": found.branch, "dead": found.dead, "file": file}
        notice(Fault("mirror.gone_over", Place(str(file)), values).line())
    for digest in done.missing:
        notice(f"The document {digest} is not served.")
    if cosign:
        _cosign(file, line, by, passphrase_fd)


@click.command("evidence")
@click.argument("file", type=click.Path(path_type=Path))
def evidence_command(file: Path) -> None:
    """Judge a file of evidence by itself, offline: which key signed two histories.

    Ends with 1 where it proves a fork. The key is that of the register whose founding id is printed; compare
    it with the one you were told.

    \b
    Example:  travaux evidence fork-5c1e02ab77d3.evidence
    """
    judged = must(judge_evidence(must(read_file(file))))
    values = {
        "key": judged.host, "origin": judged.host.name, "first": judged.first.size,
        "second": judged.second.size,
    }  # fmt: skip
    click.echo(f"Register: {judged.register or 'the file does not say whose key this is'}")
    if not judged.forked:
        notice(Fault("mirror.only_older", Place(str(file)), values).line())
        return
    click.echo(Fault("mirror.convicts", Place(str(file)), values).line(), err=True)
    for key in judged.cosigners:
        click.echo(Fault("mirror.cosigner", Place(str(file)), {"key": key}).line(), err=True)
    sys.exit(1)


def _keep(evidence: Evidence, file: Path) -> NoReturn:
    """Write the evidence beside the mirror, and end with what it says."""
    target = file.with_name(evidence.name)
    try:
        write_durably(target, evidence.data)
    except OSError as error:
        must(refused("file.not_written", Place(str(target)), detail=error.strerror or str(error)))
    ends = [parse_checkpoint(note.text) for note in (evidence.first, evidence.second)]
    first, second = (at.size if isinstance(at, Checkpoint) else 0 for at in ends)
    values = {"first": first, "second": second, "file": target}
    forked = target.name.startswith("fork-")
    where = Place(str(file))
    fail([Fault("mirror.forked", where, values) if forked else Fault("mirror.older", where, values)])


def _cosign(file: Path, line: Path | None, by: str | None, passphrase_fd: int | None) -> None:
    with must(Log.open(file, write=True)) as log:
        keys = keyring(log.origin, passphrase_fd)
        made = must(cosign(log, keys, int(time.time()), by))
        note = Note(must(log.checkpoint()).text, tuple(one.line for one in made))
    if line is None:
        click.echo(str(note), nl=False)
        return
    try:
        line.write_text(str(note), encoding="utf-8", newline="")
    except OSError as error:
        must(refused("file.not_written", Place(str(line)), detail=error.strerror or str(error)))
    names = ", ".join(one.name for one in made)
    click.echo(f"{names} cosigned; hand {line} to the host (travaux cosign REGISTER --line {line})")

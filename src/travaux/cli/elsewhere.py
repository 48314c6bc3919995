"""``travaux sign``: put the signatures of keys held here under a prepared text."""

from __future__ import annotations

from pathlib import Path

import click

from travaux.acts.fault import Place, Refused, refused, refused_all
from travaux.acts.kinds import Found
from travaux.acts.vocabulary import decode_body
from travaux.cli.beside import opening_file, openings_beside
from travaux.cli.console import must, notice
from travaux.cli.keys import is_witness
from travaux.cli.options import REGISTER
from travaux.cli.signing import keyring, passphrase_option
from travaux.formats.acts import Written, render_acts
from travaux.record.entry import Draft
from travaux.record.log import Log
from travaux.record.opening import parts_of
from travaux.record.prepared import Prepared, read_prepared
from travaux.secretariat.attaching import read_file
from travaux.secretariat.home import Home
from travaux.secretariat.moving import against_copy, against_memory


@click.command("sign")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--by",
    multiple=True,
    metavar="KEY",
    help="A key that signs, such as north/delegation; else every key held here that the act asks for.",
)
@click.option(
    "--register",
    "origin",
    default="",
    metavar="ORIGIN",
    help="The origin of the register, needed only if your folder does not know it yet.",
)
@click.option(
    "--against",
    type=REGISTER,
    metavar="REGISTER",
    help="Your own copy of the register: sign only what stands on its history.",
)
@click.option("--show", is_flag=True, help="Show what would be signed and who has signed; sign nothing.")
@passphrase_option
def sign_command(
    file: Path,
    by: tuple[str, ...],
    origin: str,
    against: Path | str | None,
    show: bool,
    passphrase_fd: int | None,
) -> None:
    """Sign a prepared act with keys held here: the lines are added to FILE.

    No register is needed; with --against, a copy of yours must hold the history that the act was made on, and
    a move to another host must leave nothing behind that you cosigned. What is signed is shown first, sealed
    parts too where their openings lie beside FILE: ask their author for them before you sign. When everybody
    named in the text has signed, the host records it with “travaux act REGISTER FILE --attach”.

    \b
    Example:  travaux sign joint.note --by south/delegation
    """
    prepared = must(read_prepared(must(read_file(file))))
    draft = prepared.draft
    click.echo(must(_shown(draft)), nl=False)
    _show_hidden(file, draft)
    click.echo(f"Act id: {draft.id}")
    if against is not None:
        with must(Log.open(against)) as log:
            must(refused_all(against_copy(log, draft)))
            origin = origin or log.origin
    if not show:
        origin = origin or must(_origin(draft))
        must(refused_all(against_memory(Home.of(), origin, draft)))
        prepared = must(_signed(prepared, by, origin, passphrase_fd))
        must(_write(file, prepared.data))
    there = ", ".join(line.name for line in prepared.lines) or "nobody"
    click.echo(f"Signed by: {there}")
    if prepared.missing:
        notice(f"Still to sign: {', '.join(prepared.missing)}")


def _signed(
    prepared: Prepared, by: tuple[str, ...], origin: str, passphrase_fd: int | None
) -> Prepared | Refused:
    keys = keyring(origin, passphrase_fd)
    held = keys.home.names(origin)
    # On a move to another host the new key bears the name of the old one: who makes the note signs for it.
    moves = prepared.draft.envelope.act == "move_host"
    names = by or tuple(n for n in prepared.draft.signers if n in held and not (moves and n == origin))
    if not names:
        return refused("signing.no_key", origin=origin, folder=keys.home.keys(origin))
    found = [must(keys.signer(name, witness=is_witness(name))) for name in names]
    return prepared.signed(found)


def _shown(draft: Draft) -> str | Refused:
    """The act in the notation that people write."""
    envelope = draft.envelope
    act = decode_body(envelope.act, envelope.body)
    if isinstance(act, Refused):
        return act
    return render_acts([Written(act, signer=envelope.by, with_=envelope.joint, audience=envelope.audience)])


def _show_hidden(file: Path, draft: Draft) -> None:
    """The sealed parts of the act, as far as openings beside the text show them; who signs, signs all."""
    opened = {o.part: o for o in must(openings_beside(file, draft))}
    for number, _ in enumerate(parts_of(draft.envelope)):
        if number in opened:
            click.echo(f"# part {number}, sealed: {opened[number].content.decode()}")
        else:
            lying = opening_file(file, number).name
            notice(f"Part {number} is sealed, and no file {lying} opens it: who signs, signs it unread.")


def _origin(draft: Draft) -> str | Refused:
    """The origin of the register that the act is for: it founds it, or the folder has met it."""
    act = decode_body(draft.envelope.act, draft.envelope.body)
    if isinstance(act, Found):
        return act.origin
    known = Home.of().met()
    if isinstance(known, Refused):
        return known
    found = [o for o, founding in known.items() if founding == draft.envelope.register]
    return found[0] if found else refused("signing.unmet", register=draft.envelope.register)


def _write(file: Path, data: bytes) -> Refused | None:
    """Put `data` in the place of the file in one step."""
    new = file.with_name(file.name + ".new")
    try:
        new.write_bytes(data)
        new.replace(file)
    except OSError as error:
        return refused("file.not_written", Place(str(file)), detail=error.strerror or str(error))
    return None

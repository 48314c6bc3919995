"""``travaux confirm``: a person goes through what the reader proposes; what they accept is recorded."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from travaux.acts.fault import Fault, Place, Refused
from travaux.cli.console import err, fail, must, notice
from travaux.cli.options import DAY, REGISTER
from travaux.cli.showing import SHORT
from travaux.cli.signing import by_option, passphrase_option
from travaux.messages import say

if TYPE_CHECKING:
    from travaux.acts.base import Act
    from travaux.cli.confirmed import Work


@click.command("confirm")
@click.argument("register", type=REGISTER)
@click.argument("document", metavar="DOC")
@click.option("--accept", metavar="ID,…", help="Record these proposals, without a review.")
@click.option("--all", "everything", is_flag=True, help="Record every proposal, without a review.")
@click.option("--date", "day", type=DAY, metavar="D", help="The document's own day, where it does not say.")
@click.option(
    "--keep-words/--no-words", default=True, show_default=True,
    help="Keep the exact words in the acts, or only their place and hash.",
)  # fmt: skip
@click.option("--attach", is_flag=True, help="Keep the document itself with the register.")
@click.option("--publisher", default="", help="Who published the document; else as it says itself.")
@click.option("--title", default="", help="What the document is called; else as it says itself.")
@click.option("--again", is_flag=True, help="Propose again what you rejected before.")
@click.option("--model", is_flag=True, help="Let a model suggest more, behind the gates (TRAVAUX_MODEL_URL).")
@click.option("--restricted", is_flag=True, help="The document never leaves this machine, whatever is set.")
@by_option
@passphrase_option
def confirm_command(
    register: Path | str,
    document: str,
    accept: str | None,
    everything: bool,
    day: date | None,
    keep_words: bool,
    attach: bool,
    publisher: str,
    title: str,
    again: bool,
    model: bool,
    restricted: bool,
    by: str | None,
    passphrase_fd: int | None,
) -> None:
    """Review what the reader proposes from DOC and record what you accept.

    One key a proposal: accept, edit, reject, join two, unclear; undo as far as you like; leave and resume.
    Nothing is merged with what the register knows unless you say so. A document confirmed before proposes
    only what is new; another edition of it shows what changed and which acts lost their words. In a working
    register the acts are what a source says, and nobody's consent.

    \b
    travaux confirm union-state.travaux communique.txt
    travaux confirm union-state.travaux communique.txt --accept q01,c07 --no-words
    travaux confirm ministries.travaux communique.txt --all --attach --by north/delegation
    """
    from travaux.cli.confirmed import begin

    if accept and everything:
        raise click.UsageError("Give --accept or --all, not both.")  # noqa: TRY003
    interactive = not accept and not everything
    if interactive and not (sys.stdin.isatty() and sys.stdout.isatty()):
        fail([Fault("confirm.no_terminal")])
    options = {"keep_words": keep_words, "again": again, "model": model, "restricted": restricted}
    work = begin(register, document, _day(document, day, interactive), **options)
    described = {"publisher": publisher, "title": title}
    if not work.review.proposals and not accept:
        notice(say("confirm.nothing_new", {"file": document}))
        return
    acts = _reviewed(work) if interactive else _chosen(work, accept)
    if acts:
        _record(work, acts, described, attach, by, passphrase_fd)


def _day(document: str, day: date | None, interactive: bool) -> date | None:
    """The day given, or asked for where a document has none and somebody is there to ask."""
    if day is not None or not interactive:
        return day
    from travaux.secretariat.reading import read_taken, take_one

    reading = must(read_taken(must(take_one(document))))
    if reading.doc.date is not None:
        return None
    given: date = click.prompt(say("confirm.ask_date", {"file": document}), type=DAY, err=True)
    return given


def _chosen(work: Work, accept: str | None) -> list[Act]:
    """The acts of the proposals named, or of all; unknown ids end the command before anything is recorded."""
    wanted = None if accept is None else [i.strip() for i in accept.split(",") if i.strip()]
    known = {p.id: p for p in work.review.proposals}
    lost = [i for i in wanted or () if i not in known]
    if lost:
        file = work.taken.held.name
        fail(Fault("confirm.no_proposal", Place(file), {"id": i, "file": file}) for i in lost)
    work.accept(None if wanted is None else set(wanted))
    for match in work.likely():
        names = {"what": match.what, "new": match.new, "name": match.name, "known": match.known}
        notice(say("confirm.looks_like", names))
    return work.review.acts()


def _reviewed(work: Work) -> list[Act] | None:
    """The acts that a person accepted, or None where they left for later."""
    from travaux.cli.review_loop import End

    if work.edition:
        click.pause(say("confirm.press"), err=True)
    loop = work.loop()
    if loop.run() is End.RECORD:
        return work.review.acts()
    place = {"register": work.path, "file": work.taken.held.name}
    notice(say("confirm.left", place))
    return None


def _record(
    work: Work, acts: Sequence[Act], described: dict[str, str], attach: bool, by: str | None, fd: int | None
) -> None:
    from travaux.cli.console import progress
    from travaux.cli.signing import keyring
    from travaux.secretariat.confirming import record
    from travaux.secretariat.door import Secretariat
    from travaux.secretariat.submitting import sole_signer

    listed = work.with_source(acts, **described)
    with must(Secretariat.open(work.path, write=True)) as office:
        keys = keyring(office.log.origin, fd)
        signer = by or must(sole_signer(keys))
        must(keys.signer(signer))
        with progress(say("confirm.would_record")):
            done = record(office, work.taken, listed, signer, keys, attach=attach)
    if isinstance(done, Refused):
        work.keep(work.review)
        fail(done.faults)
    work.recorded()
    name = work.taken.held.name
    for note in done.notes:
        notice(note.line())
    told: dict[str, Any] = {"n": len(done.receipts), "file": name, "signer": signer}
    err().print(say("confirm.recorded", told), markup=False)
    code = "confirm.kept_file" if attach else "confirm.not_kept_file"
    err().print(say(code, {"register": work.path, "file": name}), markup=False)
    if not sys.stdout.isatty():
        for receipt in done.receipts:
            click.echo(receipt.id[:SHORT])

"""``travaux report``, ``answer``, ``extend``: a party speaks about a measure in one line."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from travaux.acts.base import Act, Evidence
from travaux.acts.fault import Place, Refused, refused
from travaux.acts.kinds import Answer, DecideExtension, Report, RequestExtension
from travaux.acts.when import When
from travaux.cli.console import must
from travaux.cli.options import DAY, REGISTER, today
from travaux.cli.showing import SHORT
from travaux.cli.signing import by_option, keyring, passphrase_option
from travaux.secretariat.door import Secretariat
from travaux.secretariat.submitting import Submission, sole_signer, submit

CLAIMS = ("not-started", "under-way", "done", "done-in-part", "will-not-be-done", "not-ours")
REASONS = ("not-in-force", "not-shown", "other-measure", "in-part", "other")


@click.command("report")
@click.argument("register", type=REGISTER)
@click.argument("measure")
@click.argument("claim", type=click.Choice(CLAIMS))
@click.option("--words", default="", help="In your words.")
@click.option("--evidence", multiple=True, metavar="WHAT[=ADDRESS]", help="What proves it; repeatable.")
@click.option("--on", type=DAY, help="When (default: today).")
@by_option
@passphrase_option
def report_command(
    register: Path | str,
    measure: str,
    claim: str,
    words: str,
    evidence: tuple[str, ...],
    on: date | None,
    by: str | None,
    passphrase_fd: int | None,
) -> None:
    """Report where your party stands with a measure it owes. A claim of yours: the others may answer.

    \b
    Example:  travaux report ministries.travaux price-list done --evidence "Gazette 12=https://example.org/12"
    """  # fmt: skip
    act = Report(
        measure=measure, claim=claim.replace("-", "_"), words=words, on=_on(on),
        evidence=tuple(Evidence(what=w, address=a) for w, _, a in (e.partition("=") for e in evidence)),
    )  # fmt: skip
    _say(register, act, by, passphrase_fd)


@click.command("answer")
@click.argument("register", type=REGISTER)
@click.argument("report")
@click.argument("says", type=click.Choice(["accepts", "disputes", "needs-evidence"]))
@click.option("--reason", type=click.Choice(REASONS), help="Why it is disputed.")
@click.option("--words", default="", help="In your words.")
@click.option("--on", type=DAY, help="When (default: today).")
@by_option
@passphrase_option
def answer_command(
    register: Path | str,
    report: str,
    says: str,
    reason: str | None,
    words: str,
    on: date | None,
    by: str | None,
    passphrase_fd: int | None,
) -> None:
    """Answer what another party reports. REPORT is the report's act, or its first characters.

    \b
    Example:  travaux answer ministries.travaux 3f2a91c0 disputes --reason not-in-force
    """  # fmt: skip
    with must(Secretariat.open(register)) as office:
        found = must(office.find(report))
    if not isinstance(found.act, Report):
        must(refused("signing.no_report", act=report))
    act = Answer(
        measure=getattr(found.act, "measure", ""), report=found.id, says=says.replace("-", "_"),
        reason=(reason or "").replace("-", "_"), words=words, on=_on(on),
    )  # fmt: skip
    _say(register, act, by, passphrase_fd)


@click.command("extend")
@click.argument("register", type=REGISTER)
@click.argument("measure")
@click.argument("what", type=click.Choice(["ask", "notice", "grant", "refuse"]))
@click.option("--to", metavar="WHEN", help="The new date: 2032-06-30, 2032-Q2, “by 2032-06-30”.")
@click.option("--why", default="", help="The reasons; needed to ask.")
@click.option("--on", type=DAY, help="When (default: today).")
@by_option
@click.option("--with", "with_", multiple=True, metavar="KEY", help="A further key that signs; repeatable.")
@passphrase_option
def extend_command(
    register: Path | str,
    measure: str,
    what: str,
    to: str | None,
    why: str,
    on: date | None,
    by: str | None,
    with_: tuple[str, ...],
    passphrase_fd: int | None,
) -> None:
    """Ask for another date of a measure, give notice of it, or decide on the open request of the other side.

    A date is never edited: it is superseded by a decision, and the first promise stays visible.

    \b
    Examples: travaux extend ministries.travaux second-ferry ask --to 2032-06-30 --why "The yard is late."
              travaux extend ministries.travaux second-ferry grant --by tolia/delegation
    """  # fmt: skip
    when = _when(to) if to else None
    if what in ("ask", "notice"):
        if not why:
            raise click.UsageError("Say why with --why: reasons are part of a request.")  # noqa: TRY003
        asked = RequestExtension(measure=measure, why=why, to=when, notice=what == "notice", on=_on(on))
        _say(register, asked, by, passphrase_fd, with_)
        return
    request = must(_open_request(register, measure))
    decision = "refused" if what == "refuse" else "otherwise" if when else "granted"
    decided = DecideExtension(
        measure=measure, request=request, decision=decision, to=when, why=why, on=_on(on)
    )
    _say(register, decided, by, passphrase_fd, with_)


def _open_request(register: Path | str, thing: str) -> str | Refused:
    from travaux.register.measures import measure
    from travaux.register.moved import Asked

    with must(Secretariat.open(register)) as office:
        found = measure(office.as_of(for_="parties"), thing)
        waiting = [r for r in found.requests if r.state is Asked.OPEN] if found else []
        return waiting[-1].entered.id if waiting else refused("signing.no_request", measure=thing)


def _say(
    register: Path | str, act: Act, by: str | None, passphrase_fd: int | None, with_: tuple[str, ...] = ()
) -> None:
    with must(Secretariat.open(register, write=True)) as office:
        keys = keyring(office.log.origin, passphrase_fd)
        said = Submission(act, by or must(sole_signer(keys)), with_=with_, place=Place(str(register)))
        receipts = must(submit(office, [said], keys))
        click.echo(f"{receipts[0].id[:SHORT]}  recorded")


def _on(day: date | None) -> When:
    return When.day(day or today())


def _when(text: str) -> When:
    found: Any = must(When.parse(text))
    made: When = found
    return made

"""``verify``: a register, or an exported directory, checked whole, alone or beside its mirrors."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from travaux.cli.console import err, must, out, print_json, progress
from travaux.cli.options import REGISTER, format_option
from travaux.messages import say
from travaux.record.findings import Finding, Report
from travaux.record.keys import to_base64
from travaux.secretariat.checking import FIRST, KNOWN, Checked, check
from travaux.secretariat.copies import Mirror, check_mirrors
from travaux.secretariat.home import Home

TRUST = {
    FIRST: "first meeting with this register; the id is remembered in your folder",
    KNOWN: "the same as at the first meeting",
    "told": "as given",
}


@click.command("verify")
@click.argument("record", type=REGISTER)
@click.argument("mirrors", type=REGISTER, nargs=-1, metavar="[MIRROR]...")
@click.option("--founding", default="", metavar="ID", help="The founding id, as told to you out of band.")
@click.option("--quorum", is_flag=True, help="An end of the record that no quorum cosigned is a fault.")
@click.option("--no-rules", is_flag=True, help="Leave out the rules of procedure (the last layer).")
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    help="Processes for signatures; left out, one a core where the record is long.",
)
@format_option("text", "json")
def verify_command(
    record: Path | str,
    mirrors: tuple[Path | str, ...],
    founding: str,
    quorum: bool,
    no_rules: bool,
    jobs: int | None,
    form: str,
) -> None:
    """Check a register file or an exported directory, offline: every byte, signature, right and rule.

    Says three things apart: unaltered, unforked up to an entry (a quorum cosigned this very history),
    complete (every party did). Ends with 1 where anything is wrong, naming each fault and its place.

    Each MIRROR, a register or exported directory too, is checked in the same way and held against the first:
    both must show the same history up to the size that both hold, and no mirror may hold more.

    \b
    Examples: travaux verify ministries.travaux
              travaux verify export/ --founding 5c1e… --quorum
              travaux verify ministries.travaux north.travaux south-mirror/
    """
    with progress("Verifying") as step:
        checked = must(
            check(
                record,
                Home.of(),
                founding=founding,
                quorum=quorum,
                rules=not no_rules,
                progress=step,
                workers=jobs or 0,
            )
        )
        beside = check_mirrors(
            record,
            checked.report.register,
            mirrors,
            Home.of(),
            rules=not no_rules,
            progress=step,
            workers=jobs or 0,
        )
    if form == "json":
        print_json(_as_json(checked) | ({"mirrors": [_mirror(m) for m in beside]} if mirrors else {}))
    else:
        _print_report(checked, beside)
    if checked.report.faults or not all(mirror.good for mirror in beside):
        sys.exit(1)


def _as_json(checked: Checked) -> dict[str, object]:
    report = checked.report
    return {
        "register": report.register, "origin": report.origin, "size": report.size,
        "root": to_base64(report.root), "trust": checked.trust, "unaltered": report.unaltered,
        "unforked": report.unforked, "complete": report.complete,
        "shielded": report.shielded, "withheld": report.withheld,
        "faults": [_finding(f) for f in report.faults], "notices": [_finding(f) for f in report.notices],
    }  # fmt: skip


def _finding(found: Finding) -> dict[str, object]:
    return {
        "layer": found.layer, "code": found.fault.code, "where": found.where, "entry": found.index,
        "byte": found.offset, "follows": found.follows, "sentence": found.sentence(),
    }  # fmt: skip


def _mirror(mirror: Mirror) -> dict[str, object]:
    report = mirror.checked.report if mirror.checked else None
    held = mirror.compared
    faults = mirror.refused or (held.faults if held else ())
    return {
        "where": mirror.where, "size": held.size if held else 0, "common": held.common if held else 0,
        "same": mirror.good, "first_other": held.other if held else None,
        "faults": [
            *([_finding(f) for f in report.faults] if report else []),
            *(_finding(Finding("mirror", f, mirror.where)) for f in faults),
        ],
    }  # fmt: skip


def _print_report(checked: Checked, mirrors: Sequence[Mirror]) -> None:
    report = checked.report
    withheld = f", {report.withheld} of them withheld from this copy" if report.withheld else ""
    size, marks = report.size, {True: "[green]yes[/]", False: "[red]NO[/]"}
    rows = [
        ("Register", report.origin),
        ("Founding id", _founding(checked)),
        ("Entries", f"{size}{withheld}"),
        ("Unaltered", marks[report.unaltered]),
        ("Unforked", _up_to(report.unforked, size, "a quorum cosigned this history", "no quorum cosigned")),
        ("Complete", _up_to(report.complete, size, "every party cosigned it", "not every party cosigned")),
        *_shielded(report),
        *(("Mirror", _standing(mirror)) for mirror in mirrors),
    ]
    out().print("\n".join(f"[bold]{name:<12}[/]{value}" for name, value in rows))  # whole, also into a pipe
    for found in report.faults:
        click.echo(f"fault  {found.layer}: {found.line()}", err=True)
    for mirror in mirrors:
        _print_mirror(mirror)
    for found in report.notices:
        err().print(f"notice {found.layer}: {found.line()}", markup=False)


def _shielded(report: Report) -> list[tuple[str, str]]:
    if not report.shielded:
        return []
    why = "an ML-DSA cosignature outlasts Ed25519"
    return [("Shielded", _up_to(report.shielded, report.size, why, "-"))]


def _standing(mirror: Mirror) -> str:
    """How a mirror stands beside the register, in a few words."""
    held = mirror.compared
    if held is None:
        return f"{mirror.where}: [red]NO[/]: it cannot be compared"
    behind = held.register - held.common
    late = f", {behind} behind" if behind and held.other is None else ""
    verdict = "the same" if mirror.good else "[red]NO[/]"
    return f"{mirror.where}: {held.size} entries{late}: {verdict}"


def _print_mirror(mirror: Mirror) -> None:
    for found in mirror.checked.report.faults if mirror.checked else ():
        click.echo(f"fault  mirror {mirror.where}: {found.layer}: {found.line()}", err=True)
    for fault in mirror.refused or (mirror.compared.faults if mirror.compared else ()):
        click.echo(f"fault  mirror: {fault.line()}", err=True)


def _founding(checked: Checked) -> str:
    """The founding id found, and what it was held against."""
    found, expected = checked.report.register, checked.expected
    if not found:
        return say("record.founding_unread")
    if expected and expected != found:
        code = "record.founding_not_told" if checked.trust == "told" else "record.founding_not_known"
        return say(code, {"found": found, "expected": expected})
    return f"{found} ({TRUST[checked.trust]})"


def _up_to(covered: int, size: int, why: str, lacking: str) -> str:
    if covered and covered >= size:
        return f"yes: {why}"
    return f"the first {covered} of {size} entries: {why}" if covered else f"not yet: {lacking}"

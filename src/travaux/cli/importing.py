"""``travaux import-plan``: a published plan, by its mapping, as proposed acts; editions side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from travaux.acts.fault import Place, Refused, refused
from travaux.acts.when import When
from travaux.cli.console import fail, must, notice, progress
from travaux.cli.options import DAY, REGISTER, format_option, today
from travaux.cli.signing import by_option, keyring, passphrase_option
from travaux.formats.plans import PlanFile, read_plan
from travaux.messages import say
from travaux.secretariat.attaching import read_file
from travaux.secretariat.door import Secretariat
from travaux.secretariat.plans.guessing import Guess, guess
from travaux.secretariat.plans.importing import Import, record, take
from travaux.secretariat.plans.kept import kept_mapping
from travaux.secretariat.plans.mapping import Mapping, read_mapping, write_mapping
from travaux.secretariat.plans.proposals import Edition
from travaux.secretariat.submitting import sole_signer


@dataclass(frozen=True, slots=True)
class _By:
    """The mapping used, its bytes, and the guess it is where nobody has confirmed it."""

    mapping: Mapping
    data: bytes
    guess: Guess | None = None


@click.command("import-plan")
@click.argument("register", type=REGISTER)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--mapping", type=click.Path(path_type=Path), metavar="M.toml", help="Which column is what; without it the one kept with the register, else a guess that records nothing.")  # fmt: skip # noqa: E501
@click.option("--write-mapping", type=click.Path(path_type=Path), metavar="M.toml", help="Write the mapping, guessed or kept, to a new file to correct.")  # fmt: skip # noqa: E501
@click.option("--source", default="", metavar="PUBLISHER", help="Use the mapping kept for this publisher.")
@click.option("--compare", type=click.Path(path_type=Path), metavar="OLD", help="An earlier edition: say what changed, and what without a decision.")  # fmt: skip # noqa: E501
@click.option("--edition", default="", metavar="NAME", help="How this edition is called.")
@click.option("--date", "on", type=DAY, help="The day this edition is of.")
@click.option("--record", "recording", is_flag=True, help="Record what is proposed: all of it, or nothing.")
@click.option("--cite", is_flag=True, help="Do not keep the file: the acts name it only.")
@click.option("--performed", is_flag=True, help="The undertakings are the signers' own acts, not what a source says.")  # fmt: skip # noqa: E501
@click.option(
    "--with", "with_", multiple=True, metavar="KEY", help="A further key that signs what is performed."
)
@format_option("table", "json", "acts")
@by_option
@passphrase_option
def import_plan_command(
    register: Path | str,
    file: Path,
    mapping: Path | None,
    write_mapping: Path | None,
    source: str,
    compare: Path | None,
    edition: str,
    on: date | None,
    recording: bool,
    cite: bool,
    performed: bool,
    with_: tuple[str, ...],
    form: str,
    by: str | None,
    passphrase_fd: int | None,
) -> None:
    """Read a published plan (xlsx, csv, tsv) into proposed acts, each from its row of the file.

    A mapping says which column is what; it is asked for once for each publisher and kept with the register.
    Without one the command shows a guess with its reasons. Deadlines may be written, drawn under months,
    quarters or years, or stand in columns for a year and its quarter. What can be read in two ways is
    listed as a question, cells that cannot be read are refused by address, and nothing is recorded while
    there is any.

    \b
    Examples: travaux import-plan union-state.travaux plan.xlsx --write-mapping plan.toml
              travaux import-plan union-state.travaux plan.xlsx --mapping plan.toml --date 2031-01-15 --record
              travaux import-plan union-state.travaux plan-2.xlsx --compare plan.xlsx --date 2032-01-15
    """  # fmt: skip
    plan, earlier = _plan(file), _plan(compare) if compare else None
    with must(Secretariat.open(register, write=recording)) as office:
        used = _mapping(office, plan, mapping, source)
        if write_mapping:
            _write(write_mapping, used)
        if used.guess:
            _tell_guess(used.guess)
        if on is None:
            notice(say("import_plan.told_today", {"day": today()}))
        seen = office.as_of(for_="parties")
        with progress(file.name) as step:
            made = must(
                take(
                    seen,
                    Edition(plan, When.day(on or today()), edition),
                    used.mapping,
                    earlier=earlier,
                    cite=cite,
                    performed=performed,
                    step=step,
                )
            )
        _show(made, form)
        if recording:
            _record(office, made, used, on, by, with_, passphrase_fd)
        elif made.faults:
            fail(made.faults)


def _plan(file: Path) -> PlanFile:
    return must(read_plan(file.name, must(read_file(file))))


def _mapping(office: Secretariat, plan: PlanFile, mapping: Path | None, source: str) -> _By:
    """The mapping given, else the one kept, else a guess."""
    if mapping:
        data = must(read_file(mapping))
        return _By(must(read_mapping(data, str(mapping))), data)
    kept = must(kept_mapping(office, plan, source))
    if kept:
        notice(say("import_plan.told_kept", {"source": kept.mapping.source or "-", "act": kept.act[:12]}))
        return _By(kept.mapping, kept.data)
    made = must(guess(plan, _parties(office)))
    return _By(made.mapping, write_mapping(made.mapping, made.reasons), made)


def _parties(office: Secretariat) -> dict[str, tuple[str, ...]]:
    """The parties of the register with their names, the keeper not among them."""
    founding = office.register.founding
    names = {f.id: (f.name, *f.names.values()) for f in founding.parties}
    return {p: names.get(p, ()) for p in office.party_ids()}


def _write(target: Path, used: _By) -> None:
    try:
        with target.open("xb") as file:
            file.write(used.data)
    except FileExistsError:
        must(refused("file.exists", Place(str(target))))
    except OSError as error:
        must(refused("file.not_written", Place(str(target)), detail=error.strerror or str(error)))
    notice(say("import_plan.told_written", {"file": target}))


def _tell_guess(made: Guess) -> None:
    notice(say("import_plan.told_guess"))
    for key, reason in made.reasons.items():
        if key.startswith(("columns", "table", "timeline", "plan.year", "ids.by")):
            notice(f"  {key}: {reason}")
    for what in made.lacking:
        notice("  " + say("import_plan.told_lacking", {"what": what}))


def _show(made: Import, form: str) -> None:
    from travaux.cli.importing_shown import acts_text, as_json, print_import

    if form == "json":
        from travaux.cli.console import print_json

        print_json(as_json(made))
    elif form == "acts":
        click.echo(acts_text(made), nl=False)
    else:
        print_import(made)


def _record(
    office: Secretariat,
    made: Import,
    used: _By,
    on: date | None,
    by: str | None,
    with_: tuple[str, ...],
    passphrase_fd: int | None,
) -> None:
    if used.guess:
        must(refused("import_plan.unmapped", Place(made.edition.file.name)))
    if on is None:
        must(refused("import_plan.no_date", Place(made.edition.file.name)))
    if not made.acts and not made.faults and not made.questions:
        notice(say("import_plan.told_none"))
        return
    keys = keyring(office.log.origin, passphrase_fd)
    done = record(office, made, used.data, by or must(sole_signer(keys)), keys, with_=with_)
    if isinstance(done, Refused):
        notice(say("import_plan.told_nothing_recorded"))
        fail(done.faults)
    measures = sum(bool(p.acts) for p in made.proposed)
    notice(say("import_plan.told_recorded", {"n": len(done.receipts), "measures": measures}))

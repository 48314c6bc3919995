"""``travaux found``: a register from a constitution, or step by step."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from travaux.acts.fault import Refused
from travaux.cli.console import must, notice, progress
from travaux.cli.options import REGISTER
from travaux.cli.signing import keyring, passphrase, passphrase_option
from travaux.record.keyfiles import ROUNDS
from travaux.record.prepared import read_prepared
from travaux.rules.ready import READY
from travaux.secretariat.apart import found_apart, prepare_founding
from travaux.secretariat.attaching import read_file, write_new
from travaux.secretariat.constitution import Constitution, constitution_of, read_constitution
from travaux.secretariat.founding import found, rules_of
from travaux.secretariat.home import Home
from travaux.secretariat.keyring import Keyring


@click.command("found")
@click.argument("paths", nargs=-1, metavar="[CONSTITUTION.toml] REGISTER", required=True)
@click.option(
    "--rounds", default=ROUNDS, show_default=True, help="Cost of guessing the passphrase (bcrypt rounds)."
)
@click.option(
    "--prepare",
    type=click.Path(path_type=Path),
    metavar="OUT",
    help="Write the founding act for every party to sign, where some hold their keys elsewhere.",
)
@click.option(
    "--attach",
    type=click.Path(path_type=Path),
    metavar="SIGNED",
    help="Found the register from the act that every party has signed.",
)
@passphrase_option
def found_command(
    paths: tuple[str, ...],
    rounds: int,
    prepare: Path | None,
    attach: Path | None,
    passphrase_fd: int | None,
) -> None:
    """Found a register: parties, keeper, languages, rules, and a key for every office.

    With one path you are asked what the constitution would say. All keys are made here, in TRAVAUX_HOME, but
    those of parties that name their own (docs/founding-apart.md). The founding id that is printed is what
    others compare, by voice or on paper, before they trust a copy.

    \b
    Example:  travaux found constitution.toml ministries.travaux
    A constitution:
              name = "Harbour commission"
              kind = "working"                  # or "observed": compiled from public sources
              origin = "harbour.example/commission"
              rules = "two-ministries"          # a ready rulebook, or a file beside this one
              quorum = 2
              [[party]]
              id = "north"
              name = "Ministry of the North"
              [[party]]
              id = "south"
              name = "Ministry of the South"
              [keeper]
              id = "desk"
              name = "Joint secretariat"
    """
    if len(paths) > 2:
        raise click.UsageError("Give a constitution and the register to make, or the register alone.")  # noqa: TRY003
    register = REGISTER.convert(paths[-1], None, None)
    constitution = must(read_constitution(Path(paths[0]))) if len(paths) == 2 else _asked()
    rules = must(rules_of(constitution, Path(paths[0]).parent))
    if attach is not None:
        _attach(constitution, rules, register, attach, passphrase_fd)
        return
    given = passphrase("New passphrase for all keys of this register", passphrase_fd, confirm=True)
    if prepare is not None:
        _prepare(constitution, rules, prepare, given, rounds)
        return
    with progress("Making keys"):
        done = must(found(constitution, rules, register, keyring(constitution.origin, None), given, rounds))
    Home.of().meet(constitution.origin, done.id)
    click.echo(f"Founded: {constitution.name}")
    click.echo(f"Register: {register}")
    click.echo(f"Founding id: {done.id}")
    click.echo(f"Keys ({len(done.keys)}): {Home.of().keys(constitution.origin)}")
    notice("Give the founding id to every party by a way of its own: whoever has it can verify any copy.")


def _prepare(constitution: Constitution, rules: bytes, target: Path, given: bytes, rounds: int) -> None:
    keys = Keyring(Home.of(), constitution.origin, lambda _: given)
    with progress("Making keys"):
        made = must(prepare_founding(constitution, rules, keys, given, rounds))
    must(write_new(target, made.data))
    click.echo(f"Founding id: {made.draft.id}")
    notice(f"Still to sign: {', '.join(made.missing) or 'nobody'} (travaux sign {target})")


def _attach(
    constitution: Constitution, rules: bytes, register: Path | str, signed: Path, passphrase_fd: int | None
) -> None:
    prepared = must(read_prepared(must(read_file(signed))))
    keys = keyring(constitution.origin, passphrase_fd)
    done = must(found_apart(constitution, rules, register, keys, prepared))
    Home.of().meet(constitution.origin, done.id)
    click.echo(f"Founded: {constitution.name}")
    click.echo(f"Founding id: {done.id}")
    for party, note in done.accredit.items():
        target = signed.with_name(f"accredit-{party}.note")
        must(write_new(target, note.data))
        notice(f"Puts the keys of {party} in force, once signed by {', '.join(note.missing)}: {target}")


def _asked() -> Constitution:
    """A constitution by questions, asked until it stands."""
    if not sys.stdin.isatty():
        raise click.UsageError("Without a constitution this asks questions, and here is no terminal.")  # noqa: TRY003
    while True:
        made = constitution_of(_answers())
        if not isinstance(made, Refused):
            return made
        for fault in made.faults:
            notice(fault.line())


def _answers() -> dict[str, Any]:
    kind = click.prompt("Kind", type=click.Choice(["working", "observed"]), default="working")
    values: dict[str, Any] = {
        "kind": kind,
        "name": click.prompt("Name of the process"),
        "origin": click.prompt("Origin, a lasting name such as harbour.example/commission"),
        "rules": click.prompt("Rules of procedure", type=click.Choice(list(READY))),
        "party": [],
    }
    while not values["party"] or click.confirm("Another party?", default=len(values["party"]) < 2):
        values["party"].append(_office("Party"))
    if kind == "observed" or click.confirm("Does a secretariat keep the register?", default=True):
        values["keeper"] = _office("Keeper")
    values["quorum"] = 1 if kind == "observed" else len(values["party"]) // 2 + 1
    return values


def _office(what: str) -> dict[str, str]:
    return {"id": click.prompt(f"{what}: short id in lower case"), "name": click.prompt(f"{what}: name")}

"""What commands that sign share: whose key, and where its passphrase comes from."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

from travaux.acts.fault import refused
from travaux.cli.console import fail
from travaux.secretariat.home import Home
from travaux.secretariat.keyring import Keyring

F = TypeVar("F", bound=Callable[..., Any])
VARIABLE = "TRAVAUX_PASSPHRASE"


def by_option(command: F) -> F:
    """Adds ``--by``: the name of the key that signs."""
    return click.option("--by", metavar="KEY", callback=_named, help="The key that signs, such as north/delegation; needed only if you hold several.")(command)  # fmt: skip # noqa: E501


def _named(_: click.Context, __: click.Parameter, given: str | None) -> str | None:
    """The name after ``--by``; what can name no key ends the command."""
    from travaux.record.keys import is_name

    if given is not None and not is_name(given):
        fail(refused("signing.by", name=given).faults)
    return given


def passphrase_option(command: F) -> F:
    """Adds ``--passphrase-fd``."""
    return click.option(
        "--passphrase-fd", type=int, metavar="N",
        help=f"Read the passphrase from this file descriptor (else {VARIABLE}, else you are asked).",
    )(command)  # fmt: skip


def keyring(origin: str, passphrase_fd: int | None) -> Keyring:
    """The user's keys for the register of `origin`; one passphrase, asked for once, serves all of them."""
    known: list[bytes] = []

    def ask(name: str) -> bytes:
        if not known:
            known.append(passphrase(f"Passphrase of {name}", passphrase_fd))
        return known[0]

    return Keyring(Home.of(), origin, ask)


def passphrase(prompt: str, fd: int | None, *, confirm: bool = False) -> bytes:
    """A passphrase from a descriptor, the environment or the terminal; without any the command ends."""
    if fd is not None:
        try:
            with os.fdopen(fd, "rb") as file:
                given = file.readline().rstrip(b"\r\n")
        except OSError:
            raise click.UsageError(f"The file descriptor {fd} cannot be read.") from None  # noqa: TRY003
    elif VARIABLE in os.environ:
        given = os.environ[VARIABLE].encode()
    elif sys.stdin.isatty():
        given = click.prompt(prompt, hide_input=True, confirmation_prompt=confirm, err=True).encode()
    else:
        fail(refused("signing.no_passphrase", variable=VARIABLE).faults)
    return given or fail(refused("signing.no_passphrase", variable=VARIABLE).faults)

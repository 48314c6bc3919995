"""Options that several commands share: dates, readers, formats."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from travaux.acts.fault import Refused
from travaux.record.address import Address, address, is_address

F = TypeVar("F", bound=Callable[..., Any])
PUBLIC = "public"


class Day(click.ParamType[date]):
    """An ISO date, or ``today``."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day; anything else is wrong usage."""
        if isinstance(value, date):
            return value
        if value == "today":
            return today()
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"“{value}” is no date; write it like 2021-09-09, or “today”.", param, ctx)


DAY = Day()


class RegisterPlace(click.ParamType[Path | str]):
    """A register: the path of a file, or an address ``postgresql://…``, which shows no password."""

    name = "register"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path | str:
        """The path, or the address; a malformed one is wrong usage."""
        text = str(value)
        if isinstance(value, Path | Address) or not is_address(text):
            return value if isinstance(value, Address) else Path(text)
        found = address(text)
        if isinstance(found, Refused):
            self.fail(found.faults[0].line(), param, ctx)
        return found


REGISTER = RegisterPlace()


def today() -> date:
    """The day it is, in UTC."""
    return datetime.now(UTC).date()


def format_option(*forms: str) -> Callable[[F], F]:
    """Adds ``--format`` (parameter `form`) with these choices; the first is the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(forms),
        default=forms[0],
        show_default=True,
        help="Form of the answer.",
    )


def reader_option(command: F) -> F:
    """Adds ``--for`` (parameter `for_`): whose eyes the answer is for."""
    return click.option(
        "--for", "for_", default=PUBLIC, metavar="public|PARTY", show_default=True,
        help="Who will read it: nothing else is shown, counted or searched.",
    )(command)  # fmt: skip


def day_options(command: F) -> F:
    """Adds ``--as-of`` and ``--recorded-by``."""
    for option in (
        click.option("--recorded-by", type=DAY, help="Only what was on the record by the end of that day."),
        click.option("--as-of", type=DAY, help="As things stood on that day (default: today)."),
    ):
        command = option(command)
    return command

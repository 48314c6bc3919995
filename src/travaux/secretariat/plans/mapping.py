"""The mapping of a source's plans: which column is what, and how it writes dates, bodies and statuses.

Asked for once per source, written by hand or guessed and corrected, and kept with the register. A column is
named by its heading (several rows of headings joined by “ / ”) or its letter.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as Table
from datetime import date
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from travaux.acts.fault import Fault, Place, Refused, refused
from travaux.acts.when import When

FORMAT: Final = "travaux-mapping/1"
CLAIMS: Final = ("not_started", "under_way", "done", "done_in_part", "will_not_be_done", "not_ours")
Claim = Annotated[str, Meta(pattern=rf"^({'|'.join(CLAIMS)}|none|)$")]
Id = Annotated[str, Meta(pattern=r"^([a-z0-9][a-z0-9.-]{0,79})?$")]
Day = Annotated[str, Meta(pattern=r"^(\d{4}-\d\d-\d\d)?$")]


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    pass


class Plan(_Part, frozen=True):
    """Which plan it is: the `id` and `title` of the programme or other instrument that holds the measures,
    and the first and last day it covers. `year` stands where a date has none."""

    id: Id = ""
    title: str = ""
    type: str = "programme"
    lang: Annotated[str, Meta(pattern=r"^([a-z]{2,3})?$")] = ""
    from_: Day = msgspec.field(default="", name="from")
    until: Day = ""
    year: Annotated[int, Meta(ge=0, le=2199)] = 0


class Where(_Part, frozen=True):
    """Where the table stands: its `sheets` (none named: all that hold the headings), the number of the
    first row of headings and of how many rows they take. `hidden` rows are read or left; rows that only go
    on from the one above (`continued`) are joined to it or refused."""

    sheets: tuple[str, ...] = ()
    header: Annotated[int, Meta(ge=0)] = 0
    rows: Annotated[int, Meta(ge=1, le=4)] = 1
    hidden: Annotated[str, Meta(pattern=r"^(read|leave)$")] = "read"
    continued: Annotated[str, Meta(pattern=r"^(join|refuse)$")] = "refuse"


class Columns(_Part, frozen=True):
    """Which column is what. Only `what` has to be named; two columns may be given as a list. Those of
    `deadline` and `start` are read together: a year, and the quarter, half, month or day of it."""

    what: str | tuple[str, ...] = ""
    number: str = ""
    programme: str = ""
    party: str = ""
    lead: str = ""
    also: str | tuple[str, ...] = ()
    deadline: str | tuple[str, ...] = ""
    start: str | tuple[str, ...] = ""
    status: str = ""
    evidence: str = ""
    indicator: str = ""
    baseline: str = ""
    target: str = ""
    source: str = ""
    condition: str = ""
    notes: str | tuple[str, ...] = ()


class Timeline(_Part, frozen=True):
    """Columns headed by periods, from the `first` to the `last`, in which deadlines are marked or coloured.

    `periods` says what a heading means that cannot be read (``2031-Q1``). Further `marks` count (words of a
    cell, or ``colour 4F81BD``), `idle` ones say nothing. `gaps` between marks are asked about, or spanned.
    """

    first: str = ""
    last: str = ""
    periods: dict[str, str] = {}
    marks: tuple[str, ...] = ()
    idle: tuple[str, ...] = ()
    gaps: Annotated[str, Meta(pattern=r"^(ask|span)$")] = "ask"


class Side(_Part, frozen=True):
    """One party's own columns: who leads for it and who carries out with them."""

    party: str
    lead: str = ""
    also: str = ""
    status: str = ""


class Party(_Part, frozen=True):
    """Who owes the measures: the parties' ids, for all rows (`fixed`), or the words of the column `party`
    for each of them (`names`)."""

    fixed: tuple[str, ...] = ()
    names: dict[str, str] = {}


class Written(_Part, frozen=True):
    """How dates are written: the `order` of 03/04/2031 (dmy or mdy), the month in which a financial year
    begins, and whether whole numbers are a spreadsheet's own days."""

    order: Annotated[str, Meta(pattern=r"^(dmy|mdy)?$")] = ""
    financial_year: Annotated[int, Meta(ge=0, le=12)] = 0
    serials: bool = False


class Listed(_Part, frozen=True):
    """How several bodies stand in one cell: what separates them, and the `legend` of abbreviations."""

    separators: tuple[str, ...] = ()
    legend: dict[str, str] = {}


class Ids(_Part, frozen=True):
    """How measures get their ids: a `prefix`, then the number or, where there is none, words of the text."""

    prefix: Id = ""
    by: Annotated[str, Meta(pattern=r"^(number|text|number_text)$")] = "number"


class Mapping(_Part, frozen=True):
    """All that has to be known of a source's plans. `source` is its publisher.

    `status` gives the claim that a word of the status column makes. `events` gives the id of what a deadline
    waits for. `answers` settle what could not be read, by the words of the cell or its address (``C14``,
    ``Sheet!C14``, or the range ``D14:F14`` where several cells were read together): a date, ``none``,
    ``continuous`` or a way of writing it that can be read.
    """

    format: Annotated[str, Meta(pattern=rf"^{FORMAT}$")] = FORMAT
    source: str = ""
    plan: Plan = Plan()
    table: Where = Where()
    columns: Columns = Columns()
    timeline: Timeline = Timeline()
    side: tuple[Side, ...] = ()
    party: Party = Party()
    dates: Written = Written()
    bodies: Listed = Listed()
    ids: Ids = Ids()
    status: dict[str, Claim] = {}
    events: dict[str, str] = {}
    answers: dict[str, str] = {}


def read_mapping(data: bytes, where: str) -> Mapping | Refused:
    """A mapping from its TOML. Refused: no TOML, an unknown field, a value out of form."""
    try:
        held = tomllib.loads(data.decode("utf-8-sig"))
        made = msgspec.convert(held, Mapping)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        return refused("import_plan.mapping", Place(where), detail=str(error))
    faults = [
        Fault("import_plan.mapping", Place(where), {"detail": f"“{d}” is no day"}) for d in _no_days(made)
    ]
    if faults:
        return Refused(tuple(faults))
    return made


def _no_days(mapping: Mapping) -> list[str]:
    days = [d for d in (mapping.plan.from_, mapping.plan.until, *mapping.timeline.periods.values()) if d]
    return [d for d in days if not isinstance(When.parse(d), When)]


def first_day(mapping: Mapping) -> date | None:
    """The first day the plan covers, None where its mapping does not say."""
    return date.fromisoformat(mapping.plan.from_) if mapping.plan.from_ else None


def names_of(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """One or several columns as a tuple of names, empty ones left out."""
    return tuple(v for v in ((value,) if isinstance(value, str) else value) if v)


def write_mapping(mapping: Mapping, reasons: Table[str, str]) -> bytes:
    """The TOML of a mapping, the reason for each guess as a comment beside it; `read_mapping` reads it."""
    held = msgspec.to_builtins(mapping)
    lines = [f"# {reasons[key]}" for key in ("", "source") if key in reasons]
    lines += [f"format = {_text(FORMAT)}", f"source = {_text(mapping.source)}"]
    for name in (
        "plan",
        "table",
        "columns",
        *(("timeline",) if mapping.timeline != Timeline() else ()),
        "party",
        "dates",
        "bodies",
        "ids",
        "status",
        "events",
        "answers",
    ):
        lines += ["", f"[{name}]", *_table(name, held.get(name, {}), reasons)]
    for side in held.get("side", ()):
        lines += ["", "[[side]]", *_table("side", side, reasons)]
    return ("\n".join(lines) + "\n").encode()


def _table(name: str, held: Table[str, object], reasons: Table[str, str]) -> list[str]:
    lines = [f"# {reasons[name]}"] if name in reasons else []
    nested = []
    for key, value in held.items():
        if isinstance(value, dict):
            nested += ["", f"[{name}.{key}]", *(f"{_text(k)} = {_text(v)}" for k, v in value.items())]
            continue
        if f"{name}.{key}" in reasons:
            lines.append(f"# {reasons[f'{name}.{key}']}")
        plain = name in ("plan", "table", "columns", "timeline", "party", "dates", "bodies", "ids", "side")
        lines.append(f"{key if plain else _text(key)} = {_value(value)}")
    return lines + nested


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(_text(v) for v in value)}]"
    return _text(value)


def _text(value: object) -> str:
    """A TOML basic string; JSON's escapes are TOML's too."""
    return msgspec.json.encode(str(value)).decode().replace("\x7f", "\\u007f")


__all__ = ["CLAIMS", "FORMAT", "Mapping", "first_day", "names_of", "read_mapping", "write_mapping"]

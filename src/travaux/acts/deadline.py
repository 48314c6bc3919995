"""Deadlines other than a date or period (those are a `When`): what a real plan writes beside a measure."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from travaux.acts.base import Ref, Value
from travaux.acts.when import When

Span = Annotated[
    str,
    Meta(
        pattern=r"^P(?=[0-9])([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+D)?$",
        description="A length in years, months, weeks and days (ISO 8601), such as P6M or P90D",
    ),
]


class AfterEvent(Value, frozen=True, tag_field="kind", tag="after_event"):
    """Due a set time after something happens: unknown until that is on record.

    `event` is the id of a measure (then: when it is agreed done), instrument (in force, else adopted),
    meeting (held) or subject. `certified_by` names the body whose word it takes.
    """

    event: Ref
    offset: Span = "P0D"
    certified_by: str = ""


class Recurring(Value, frozen=True, tag_field="kind", tag="recurring"):
    """Due again and again: the first time `first`, then each time `every` later, up to `until` if given."""

    first: When
    every: Span
    until: When | None = None


class Lasting(Value, frozen=True, tag_field="kind", tag="lasting"):
    """Due when `length` has passed since `start`."""

    start: When
    length: Span


class Inherited(Value, frozen=True, tag_field="kind", tag="inherited"):
    """Due when the measure `parent` is."""

    parent: Ref


class Continuous(Value, frozen=True, tag_field="kind", tag="continuous"):
    """Never due and never overdue; `report_every` says how often it is still reported on."""

    report_every: Span | None = None


Deadline = AfterEvent | Recurring | Lasting | Inherited | Continuous

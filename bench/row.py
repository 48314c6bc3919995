"""One row of the table that ``make bench`` prints."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of ours beside its limit or peer, measured in the same run.

    `ours` and `peer` are in `unit`; `ratio` is what the target speaks of; `ok` says whether it is met.
    """

    name: str
    ours: float
    peer: float | None
    ratio: float | None
    target: str
    unit: str
    ok: bool

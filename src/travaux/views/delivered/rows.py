"""Measures listed: in order, narrowed, by quarter, each made into a row when it is looked at.

A list is chosen from the state of delivery; nobody waits for ten thousand rows to see the first page of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, overload

from travaux.register.delivered import Delivered, Delivery
from travaux.views.delivered.making import lead_of, quarter, row_of
from travaux.views.delivered.row import Row
from travaux.views.wording import Wording


class Rows(Sequence[Row]):
    """Measures of a state as rows. A part of them (``rows[:50]``) is `Rows` again, and makes none.

    Two lists are equal where they show the same.
    """

    __slots__ = ("_state", "_w", "measures")

    def __init__(self, w: Wording, state: Delivery, measures: tuple[Delivered, ...] | None = None) -> None:
        self._w = w
        self._state = state
        self.measures = state.measures if measures is None else measures

    def __len__(self) -> int:
        return len(self.measures)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Rows: ...
    def __getitem__(self, at: int | slice) -> Row | Rows:
        if isinstance(at, slice):
            return Rows(self._w, self._state, self.measures[at])
        return row_of(self._w, self.measures[at], self._state)

    def __iter__(self) -> Iterator[Row]:
        return (row_of(self._w, d, self._state) for d in self.measures)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rows) and len(self) == len(other) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(d.measure.id for d in self.measures))

    def where(self, holds: Callable[[Delivered], Any]) -> Rows:
        """Those of which something holds."""
        return Rows(self._w, self._state, tuple([d for d in self.measures if holds(d)]))

    @property
    def moved(self) -> Rows:
        """Measures whose date is not the one first promised."""
        return self.where(lambda d: d.measure.moved)

    @property
    def disputed(self) -> Rows:
        """Measures of which a party disputes what another reports."""
        return self.where(lambda d: d.counted.disputed)

    @property
    def unreported(self) -> Rows:
        """Measures not withdrawn of which at least one party that owes has reported nothing."""
        return self.where(lambda d: not d.counted.withdrawn and any(not s.claims for s in d.counted.sides))

    @property
    def waiting(self) -> Rows:
        """Measures whose date hangs on something that has not happened."""
        return self.where(lambda d: d.due.waits_for)

    def of_body(self, name: str) -> Rows:
        """Measures that a body leads or carries out with others, by its name."""
        return self.where(lambda d: name in self._bodies(d))

    def by_quarter(self) -> dict[str, Rows]:
        """These under the quarter they are due in, in order of time; those without a date last, under ""."""
        found: dict[str, list[Delivered]] = {}
        for d in sorted(self.measures, key=lambda d: d.measure.id):
            found.setdefault(quarter(d), []).append(d)
        order = sorted(found, key=lambda q: (not q, q))
        return {q: Rows(self._w, self._state, tuple(found[q])) for q in order}

    def _bodies(self, d: Delivered) -> Iterator[str]:
        for owed in d.measure.owed:
            lead = lead_of(d.measure, owed.party)
            if lead is not None:
                yield from (self._w.name(body) for body in (lead.body, *lead.also))

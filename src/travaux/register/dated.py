"""The order of things in time: which act came first, which is the latest, which may not have happened yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar, cast

from travaux.acts.base import Deed
from travaux.acts.when import OPEN_START, Past, When
from travaux.register.fold import AsOf, Entered

D = TypeVar("D", bound=Deed)
V = TypeVar("V")


def day_of(when: When) -> date:
    """The day a `When` is sorted by: its first day, or its last one where the start is open."""
    return when.last if when.first == OPEN_START else when.first


def of_kind(entries: Iterable[Entered[Any]], kind: type[D]) -> tuple[Entered[D], ...]:
    """The acts of one kind among `entries`, by the day they happened."""
    return chronological(cast(Entered[D], e) for e in entries if isinstance(e.act, kind))


def deeds(entries: Iterable[Entered[Any]], kinds: tuple[type[Deed], ...]) -> tuple[Entered[Deed], ...]:
    """The acts of several kinds among `entries`, by the day they happened."""
    return chronological(cast(Entered[Deed], e) for e in entries if isinstance(e.act, kinds))


class Sorted:
    """Acts sorted once by the day they happened, and given out by kind."""

    def __init__(self, entries: Iterable[Entered[Any]]) -> None:
        self._by_kind: dict[type[Any], list[Entered[Any]]] = {}
        dated = (e for e in entries if isinstance(e.act, Deed))
        for entered in sorted(dated, key=lambda e: (day_of(e.act.on), e.index)):
            self._by_kind.setdefault(type(entered.act), []).append(entered)

    def of(self, kind: type[D]) -> tuple[Entered[D], ...]:
        """The acts of one kind."""
        return tuple(self._by_kind.get(kind, ()))

    def of_any(self, kinds: Iterable[type[Deed]]) -> tuple[Entered[Deed], ...]:
        """The acts of several kinds."""
        found = [e for kind in kinds for e in self._by_kind.get(kind, ())]
        return chronological(found) if len(found) > 1 else tuple(found)


def chronological(entries: Iterable[Entered[D]]) -> tuple[Entered[D], ...]:
    """Acts by the day they happened; on one day, in the order they were recorded."""
    return tuple(sorted(entries, key=lambda e: (day_of(e.act.on), e.index)))


def latest(entries: Iterable[Entered[D]]) -> tuple[Entered[D], ...]:
    """The last word on each basis: the last performed act, then every reported act of the last such day.

    Performed and reported acts never replace each other, and two sources of one day stand side by side.
    """
    ordered = chronological(entries)
    performed = [e for e in ordered if e.performed]
    reported = [e for e in ordered if not e.performed]
    last_day = day_of(reported[-1].act.on) if reported else None
    return (*performed[-1:], *(e for e in reported if day_of(e.act.on) == last_day))


def perhaps(asof: AsOf, when: When) -> bool:
    """True where, on the day asked, the thing may or may not have happened yet."""
    return asof.on is not None and when.past(asof.on) is Past.PERHAPS


def naming(acts: Iterable[Entered[Any]], kind: type[D], field: str, thing: str) -> tuple[Entered[D], ...]:
    """The acts of one kind whose `field` is `thing`, by date."""
    return tuple(e for e in of_kind(acts, kind) if getattr(e.act, field) == thing)


def last_said(values: Iterable[V]) -> V | None:
    """The last value that says something: not empty, not None."""
    found: V | None = None
    for value in values:
        found = value or found
    return found

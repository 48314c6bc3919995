"""When a measure is due: seven kinds of deadline, each with its precision, resolved as far as is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from enum import Enum

import msgspec

from travaux.acts.deadline import AfterEvent, Continuous, Deadline, Inherited, Lasting, Recurring
from travaux.acts.when import OPEN_END, When
from travaux.delivery.spans import later, shifted


class Kind(Enum):
    """The kind of a deadline, as a plan states it."""

    DATE = "date"
    PERIOD = "period"
    AFTER_EVENT = "after_event"
    RECURRING = "recurring"
    DURATION = "duration"
    INHERITED = "inherited"
    NONE = "none"


class Terms(msgspec.Struct, frozen=True, gc=False):
    """A deadline as promised: a date or period, or a `deadline` of another sort, or neither."""

    due: When | None = None
    deadline: Deadline | None = None


class Due(msgspec.Struct, frozen=True, gc=False):
    """A deadline resolved: its `kind`, and `when` it is due, None while that is unknown or there is no date.

    `waits_for` is the event or measure whose date is not known yet. `circular` is true where the deadline
    hangs, through others, on itself.
    """

    kind: Kind
    when: When | None = None
    waits_for: str = ""
    circular: bool = False


_BY_DAY = re.compile(r"by \d{4}-\d\d-\d\d\Z")
Happened = Callable[[str], "When | None"]
TermsOf = Callable[[str], "Terms | None"]


def resolve(terms: Terms, terms_of: TermsOf, happened: Happened) -> Due:
    """When it is due.

    `terms_of(measure)` gives the terms of another measure (None: no such measure), `happened(event)` when an
    event is on record as having happened (None: not yet).
    """
    kind, seen = kind_of(terms), set[str]()
    while isinstance(terms.deadline, Inherited):
        parent = terms.deadline.parent
        if parent in seen:
            return Due(Kind.INHERITED, waits_for=parent, circular=True)
        seen.add(parent)
        found = terms_of(parent)
        if found is None:
            return Due(Kind.INHERITED, waits_for=parent)
        terms = found
    deadline = terms.deadline
    if isinstance(deadline, AfterEvent):
        event = happened(deadline.event)
        if event is None:
            return Due(kind, waits_for=deadline.event, circular=_hangs(deadline.event, terms_of))
        return Due(kind, shifted(event, deadline.offset))
    return Due(kind, _plain(terms))


def kind_of(terms: Terms) -> Kind:
    """The kind of a deadline."""
    match terms.deadline:
        case AfterEvent():
            return Kind.AFTER_EVENT
        case Recurring():
            return Kind.RECURRING
        case Lasting():
            return Kind.DURATION
        case Inherited():
            return Kind.INHERITED
        case Continuous():
            return Kind.NONE
        case None:
            if terms.due is None:
                return Kind.NONE
            return Kind.DATE if terms.due.exact or _BY_DAY.match(terms.due.expr) else Kind.PERIOD


def occurrences(deadline: Recurring, until: date) -> Iterator[When]:
    """Each time it is due, up to the day `until` (inclusive) and its own end.

    The n-th is counted from the first, so that the end of a month stays the end of a month.
    """
    end = min(until, deadline.until.last) if deadline.until else until
    first, times = deadline.first, 0
    while True:
        when = first if times == 0 else _repeated(first, deadline.every, times)
        if when.last > end or (times and when.last <= first.last):
            return
        yield when
        times += 1


def _repeated(first: When, every: str, times: int) -> When:
    """`first` moved on by `every`, `times` times over."""
    digits, span = "", "P"
    for sign in every.removeprefix("P"):
        if sign.isdigit():
            digits += sign
        else:
            span += f"{int(digits) * times}{sign}"
            digits = ""
    return shifted(first, span)


def _plain(terms: Terms) -> When | None:
    match terms.deadline:
        case Recurring(first=first):
            return first
        case Lasting(start=start, length=length):
            last = start.last if start.last == OPEN_END else later(start.last, length)
            return None if last == OPEN_END else When.day(last)
        case Continuous():
            return None
        case _:
            return terms.due


def _hangs(event: str, terms_of: TermsOf) -> bool:
    """True where an event is a measure that waits, through others, for itself."""
    seen: set[str] = set()
    thing = event
    while thing not in seen:
        seen.add(thing)
        terms = terms_of(thing)
        match terms.deadline if terms else None:
            case AfterEvent(event=before) | Inherited(parent=before):
                thing = before
            case _:
                return False
    return True

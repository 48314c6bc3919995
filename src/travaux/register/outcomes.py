"""Outcomes known so far, and what lies ahead: what a forecast is made from."""

from __future__ import annotations

from datetime import date, timedelta

from travaux.acts.when import OPEN_END, When
from travaux.delivery.forecast import Coming, Past
from travaux.delivery.runs import Plan
from travaux.register.delivered import Delivery, done_on
from travaux.register.measures import Measure, Obligation


def outcomes(state: Delivery) -> list[Past]:
    """Every measure whose first date has passed: on time if it was agreed done by then, else late."""
    found = []
    for one in state.measures:
        m = one.measure
        due = _last(m.dues[0].when)
        if due is None or due >= state.on or m.obligation is Obligation.WITHDRAWN:
            continue
        done = done_on(m, state.parties)
        on_time = done is not None and done.last <= due
        known = done.last if on_time and done else due + timedelta(days=1)
        found.append(Past(m.id, _body(m), m.last.under, due, known, on_time, _moves(m, due)))
    return found


def delays(state: Delivery) -> list[int]:
    """Days late of each measure agreed done, counted from its first date; 0 where it was on time."""
    found = []
    for one in state.measures:
        due, done = _last(one.measure.dues[0].when), done_on(one.measure, state.parties)
        if due is not None and done is not None and done.last != OPEN_END:
            found.append(max((done.last - due).days, 0))
    return found


def coming(state: Delivery) -> list[Coming]:
    """Every measure still owed whose date lies ahead."""
    return [
        Coming(d.measure.id, _body(d.measure), d.measure.last.under, due, len(d.measure.dues) - 1)
        for d in state.measures
        if (due := _last(d.due.when)) is not None and due >= state.on and _open(d.measure, state)
    ]


def plans(state: Delivery) -> list[Plan]:
    """The measures still owed that have a date, with what each requires, for runs over their links."""
    return [
        Plan(d.measure.id, due, tuple((x.to, x.lag) for x in d.measure.links if x.sort == "requires"))
        for d in state.measures
        if (due := _last(d.due.when)) is not None and _open(d.measure, state)
    ]


def _open(m: Measure, state: Delivery) -> bool:
    return m.obligation is not Obligation.WITHDRAWN and done_on(m, state.parties) is None


def _body(m: Measure) -> str:
    """Who leads it: the first lead body, else the first party that owes."""
    return m.leads[0].body if m.leads else m.owed[0].party


def _moves(m: Measure, due: date) -> int:
    """How often its date had moved by the day it was first due."""
    return sum(d.acts[-1].act.on.last <= due for d in m.dues[1:])


def _last(when: When | None) -> date | None:
    return None if when is None or when.last == OPEN_END else when.last

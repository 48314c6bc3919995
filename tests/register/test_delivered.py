"""The state of delivery as of a day: the same from scratch and one by one, whatever was asked before."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.register.delivering import DAYS, processes
from tests.rules.stage import Stage, ready_book
from travaux.register import delivered
from travaux.register.delivered import delivery, due_of
from travaux.register.fold import Entered, Register, fold
from travaux.register.measures import measure, measures


def fresh(acts: list[Entered[Any]], day: date | None, on: date, size: int | None = None) -> object:
    """The state of a register that nobody has asked anything."""
    return delivery(fold(acts).as_of(day, size), on)


@settings(max_examples=40, deadline=None)
@given(processes(most=12), st.lists(DAYS, min_size=1, max_size=2))
def test_a_register_that_grows_tells_what_one_made_from_scratch_does(
    acts: list[Entered[Any]], days: list[date]
) -> None:
    """Law 3, through what the register keeps: asked at every size, of several days, before and after."""
    register = Register()
    ahead = register.as_of(days[0], len(acts) + 5)  # sees the register grow
    for n, entered in enumerate(acts, 1):
        register.add(entered)
        for day in days:
            assert delivery(register.as_of(day), day) == fresh(acts[:n], day, day)
        assert delivery(ahead, days[0]) == fresh(acts[:n], days[0], days[0])
        assert delivery(register.as_of(), days[0]) == fresh(acts[:n], None, days[0])
    for n in range(1, len(acts) + 1):
        assert delivery(register.as_of(days[-1], n), days[-1]) == fresh(acts[:n], days[-1], days[-1])
    assert len(register._delivered) <= delivered.KEPT


@settings(max_examples=60, deadline=None)
@given(processes(), DAYS)
def test_one_measure_is_due_when_the_state_of_all_says_so(acts: list[Entered[Any]], day: date) -> None:
    asof = fold(acts).as_of(day)
    for d in delivery(asof, day).measures:
        one = measure(asof, d.measure.id)
        assert one is not None
        assert due_of(asof, one) == d.due


def ferry_line() -> Stage:
    return Stage(ready_book("two-ministries"))


def test_a_state_is_worked_out_once_for_all_who_ask_of_the_same_day() -> None:
    register, on = ferry_line().register, date(2031, 6, 1)
    first = delivery(register.as_of(on), on)
    assert delivery(register.as_of(on), on) is first
    for other in range(2, 2 + delivered.KEPT):
        assert delivery(register.as_of(date(2031, 6, other)), on) is not first
    assert delivery(register.as_of(on), on) is not first


@settings(max_examples=40, deadline=None)
@given(processes(most=8), st.data(), DAYS)
def test_two_registers_of_one_size_share_no_state(
    acts: list[Entered[Any]], data: st.DataObject, day: date
) -> None:
    """A reader's register lacks acts that another's has: the same size, the same day, another state."""
    kept = [e for e in acts[1:-1] if data.draw(st.booleans())]
    fewer = [acts[0], *kept, acts[-1]]
    whole, part = fold(acts).as_of(day), fold(fewer).as_of(day)
    assert whole.size == part.size
    assert [d.measure for d in delivery(part, day).measures] == list(measures(part))
    assert [d.measure for d in delivery(whole, day).measures] == list(measures(whole))

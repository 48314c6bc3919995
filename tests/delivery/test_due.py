"""Lengths on the calendar, and seven kinds of deadline."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travaux.acts.deadline import AfterEvent, Continuous, Inherited, Lasting, Recurring
from travaux.acts.when import When
from travaux.delivery.due import Due, Kind, Terms, occurrences, resolve
from travaux.delivery.spans import later, months_between, shifted


def when(text: str) -> When:
    made = When.parse(text)
    assert isinstance(made, When)
    return made


@pytest.mark.parametrize(
    ("day", "span", "expected"),
    [
        ("2031-01-31", "P1M", "2031-02-28"),
        ("2032-01-31", "P1M", "2032-02-29"),
        ("2032-02-29", "P1Y", "2033-02-28"),
        ("2031-11-30", "P3M", "2032-02-29"),
        ("2031-03-01", "P1Y2M1W3D", "2032-05-11"),
        ("2031-03-01", "P0D", "2031-03-01"),
        ("9999-12-01", "P1Y", "9999-12-31"),
    ],
)
def test_a_length_after_a_day(day: str, span: str, expected: str) -> None:
    assert later(date.fromisoformat(day), span) == date.fromisoformat(expected)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 500), st.integers(0, 500))
def test_days_add_up(day: date, first: int, second: int) -> None:
    assert later(later(day, f"P{first}D"), f"P{second}D") == day + timedelta(days=first + second)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 120))
def test_months_between_undoes_adding_months(day: date, months: int) -> None:
    assert round(months_between(day, later(day, f"P{months}M"))) == months


def test_a_period_moves_with_both_ends_and_open_ends_stay_open() -> None:
    assert str(shifted(when("2031-02"), "P1M")) == "2031-03-01/2031-03-28"
    assert str(shifted(when("by 2031-06-01"), "P10D")) == "by 2031-06-11"
    assert str(shifted(when("2031-06-01"), "P1D")) == "2031-06-02"


def nothing(_: str) -> None:
    return None


def test_each_kind_of_deadline() -> None:
    event = AfterEvent(event="law", offset="P90D")
    cases = {
        Kind.DATE: (Terms(when("2031-06-01")), "2031-06-01"),
        Kind.PERIOD: (Terms(when("2031-Q2")), "2031-Q2"),
        Kind.DURATION: (Terms(None, Lasting(start=when("2031-01-31"), length="P1M")), "2031-02-28"),
        Kind.RECURRING: (Terms(None, Recurring(first=when("2031-05-15"), every="P1Y")), "2031-05-15"),
        Kind.AFTER_EVENT: (Terms(None, event), None),
        Kind.NONE: (Terms(None, Continuous()), None),
    }
    for kind, (terms, expected) in cases.items():
        due = resolve(terms, nothing, nothing)
        assert due.kind is kind
        assert (str(due.when) if due.when else None) == expected
    assert resolve(Terms(None, event), nothing, nothing).waits_for == "law"
    assert resolve(Terms(), nothing, nothing) == Due(Kind.NONE)


def test_after_an_event_it_is_due_once_the_event_is_on_record() -> None:
    terms = Terms(None, AfterEvent(event="law", offset="P1M"))
    assert str(resolve(terms, nothing, {"law": when("2031-01-31")}.get).when) == "2031-02-28"


def test_an_inherited_date_is_that_of_the_parent_however_far() -> None:
    held = {
        "a": Terms(None, Inherited(parent="b")),
        "b": Terms(None, Inherited(parent="c")),
        "c": Terms(when("2031")),
    }
    due = resolve(held["a"], held.get, nothing)
    assert (due.kind, str(due.when)) == (Kind.INHERITED, "2031")


def test_deadlines_that_hang_on_each_other_are_told_and_never_loop() -> None:
    held = {"a": Terms(None, Inherited(parent="b")), "b": Terms(None, Inherited(parent="a"))}
    assert resolve(held["a"], held.get, nothing).circular
    after = {"a": Terms(None, AfterEvent(event="b")), "b": Terms(None, AfterEvent(event="a"))}
    due = resolve(after["a"], after.get, nothing)
    assert due.circular
    assert due.when is None


def test_the_end_of_a_month_stays_the_end_of_a_month() -> None:
    every = Recurring(first=when("2031-01-31"), every="P1M")
    days = [str(w) for w in occurrences(every, date(2031, 4, 30))]
    assert days == ["2031-01-31", "2031-02-28", "2031-03-31", "2031-04-30"]
    leap = Recurring(first=when("2032-02-29"), every="P1Y", until=when("2036-12-31"))
    assert [str(w) for w in occurrences(leap, date(2040, 1, 1))] == [
        "2032-02-29", "2033-02-28", "2034-02-28", "2035-02-28", "2036-02-29",
    ]  # fmt: skip


def test_an_empty_step_recurs_once() -> None:
    assert len(list(occurrences(Recurring(first=when("2031-01-31"), every="P0D"), date(2040, 1, 1)))) == 1

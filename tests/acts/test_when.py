"""`When`: what is written is read, and the interval answers honestly."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.acts.strategies import PATIENT, days, whens
from travaux.acts.fault import Refused
from travaux.acts.when import OPEN_END, OPEN_START, Past, When


@given(whens())
@settings(PATIENT)
def test_it_is_read_back_as_it_is_written(when: When) -> None:
    assert When.parse(str(when)) == when
    assert str(When.parse(str(when))) == str(when)


@given(whens())
@settings(PATIENT)
def test_its_first_day_is_not_after_its_last(when: When) -> None:
    assert OPEN_START <= when.first <= when.last <= OPEN_END
    assert when.exact == (when.first == when.last)


@given(whens(), days())
@settings(PATIENT)
def test_it_has_happened_perhaps_inside_and_surely_at_the_end(when: When, day: date) -> None:
    past = when.past(day)
    assert (past is Past.YES) == (day >= when.last)
    assert (past is Past.NO) == (day < when.first)
    assert (past is Past.PERHAPS) == (when.first <= day < when.last)


@given(whens(), days(), st.integers(0, 1000))
@settings(PATIENT)
def test_what_has_happened_stays_happened(when: When, day: date, later: int) -> None:
    order = [Past.NO, Past.PERHAPS, Past.YES]
    after = date.fromordinal(min(day.toordinal() + later, date.max.toordinal()))
    assert order.index(when.past(day)) <= order.index(when.past(after))


@given(days())
def test_a_day_is_exact(day: date) -> None:
    when = When.day(day)
    assert (when.first, when.last, str(when), when.exact) == (day, day, day.isoformat(), True)
    if day > date.min:
        assert when.past(day - timedelta(days=1)) is Past.NO


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021-09-09", "2021-09-09", "2021-09-09"),
        ("2021-10", "2021-10-01", "2021-10-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2021", "2021-01-01", "2021-12-31"),
        ("2021-Q3", "2021-07-01", "2021-09-30"),
        ("2021-H1", "2021-01-01", "2021-06-30"),
        ("2021-H2", "2021-07-01", "2021-12-31"),
        ('2021-10-21/2021-10-31 "late October"', "2021-10-21", "2021-10-31"),
        ("2021-09/2021-Q4", "2021-09-01", "2021-12-31"),
        ("by 2023-12-01", "0001-01-01", "2023-12-01"),
        ("../2023-12", "0001-01-01", "2023-12-31"),
        ("from 2021-09-10", "2021-09-10", "9999-12-31"),
        ("2021-09-10/..", "2021-09-10", "9999-12-31"),
        ("2021-09-10T23:30+03:00", "2021-09-10", "2021-09-10"),
    ],
)
def test_every_written_form_names_its_days(text: str, first: str, last: str) -> None:
    when = When.parse(text)
    assert isinstance(when, When)
    assert (when.first.isoformat(), when.last.isoformat()) == (first, last)


def test_the_words_of_the_source_are_kept() -> None:
    when = When.parse('2021-10-21/2021-10-31 "late October"')
    assert isinstance(when, When) and when.words == "late October" and not when.exact


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2021-09-10/2021-09-09", "when.order"),
        *((text, "when.form") for text in (
            "", "soon", "2021-13", "2021-02-29", "09.09.2021", "2021-9-9", "../..", "2021-Q5",
            "2021-09-09 late", "2021-09-10T23:30", "2021-09-10T25:00Z", "0000", "by",
            "２０２１-09-09", "2021-09-09\n", "by 2021/2022",
        )),
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str, code: str) -> None:
    got = When.parse(text)
    assert isinstance(got, Refused) and [f.code for f in got.faults] == [code]


@given(st.text(max_size=30) | st.text('0123456789-/QH.byfrom "TZ:+', max_size=30))
@example("../2021")
def test_any_text_is_a_date_or_a_fault(text: str) -> None:
    got = When.parse(text)
    assert isinstance(got, Refused) or When.parse(str(got)) == got

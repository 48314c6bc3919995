"""Deadlines as people write them: certain ones typed, the others asked about, none invented."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travaux.acts.when import When
from travaux.formats.plans import Timed, Unsure, Ways, read_deadline

# as written -> our own expression of the date or period
CERTAIN = {
    "31.12.2031": "2031-12-31",
    "31.12.31": "2031-12-31",
    "12/31/2031": "2031-12-31",
    "31/12/2031": "2031-12-31",
    "05/05/2031": "2031-05-05",
    "2031-12-31": "2031-12-31",
    "2031/12/31": "2031-12-31",
    "2031-12-31 00:00:00": "2031-12-31",
    "31 December 2031": "2031-12-31",
    "31st December 2031": "2031-12-31",
    "December 31, 2031": "2031-12-31",
    "31-Dec-2031": "2031-12-31",
    "31-Dec-31": "2031-12-31",
    "31 декабря 2031 г.": "2031-12-31",
    "31 декабря 2031¹": "2031-12-31",
    "31 December 2031*": "2031-12-31",
    "1er juillet 2031": "2031-07-01",
    "30. Juni 2031": "2031-06-30",
    "30 de junio de 2031": "2031-06-30",
    "29 February 2032": "2032-02-29",
    "до 1 июля 2031": "by 2031-07-01",
    "не позднее 30.06.2031": "by 2031-06-30",
    "no later than 30 June 2031": "by 2031-06-30",
    "until 31 December 2031": "by 2031-12-31",
    "avant le 30 juin 2031": "by 2031-06-30",
    "bis 30. Juni 2031": "by 2031-06-30",
    "да 1 ліпеня 2031 г.": "by 2031-07-01",
    "by end of 2031": "by 2031",
    "End of Q2 2031": "by 2031-Q2",
    "до конца 2031 года": "by 2031",
    "к концу 2031 года": "by 2031",
    "до конца II квартала 2031 г.": "by 2031-Q2",
    "до 2031 года включительно": "by 2031",
    "by the end of June 2031": "by 2031-06",
    "End-June 2031": "by 2031-06",
    "end-2031": "by 2031",
    "fin 2031": "by 2031",
    "d'ici fin 2031": "by 2031",
    "Ende 2031": "by 2031",
    "finales de 2031": "by 2031",
    "2031": "2031",
    "2031 г.": "2031",
    "в 2031 году": "2031",
    "в течение 2031 года": "2031",
    "during 2031": "2031",
    "Im Laufe des Jahres 2031": "2031",
    "Q2 2031": "2031-Q2",
    "2Q2031": "2031-Q2",
    "Q3/2031": "2031-Q3",
    "2031 Q4": "2031-Q4",
    "2nd quarter of 2031": "2031-Q2",
    "II квартал 2031 г.": "2031-Q2",
    "ІІ квартал 2031 г.": "2031-Q2",
    "4-й квартал 2031 года": "2031-Q4",
    "IV кв. 2031": "2031-Q4",
    "T2 2031": "2031-Q2",
    "1er trimestre 2031": "2031-Q1",
    "deuxième trimestre 2031": "2031-Q2",
    "2. Quartal 2031": "2031-Q2",
    "H1 2031": "2031-H1",
    "first half of 2031": "2031-H1",
    "I полугодие 2031 г.": "2031-H1",
    "S1 2031": "2031-H1",
    "June 2031": "2031-06",
    "Jun-31": "2031-06",
    "июнь 2031 г.": "2031-06",
    "лістапад 2031 г.": "2031-11",
    "снежань 2031": "2031-12",
    "Août 2031": "2031-08",
    "dez. 2031": "2031-12",
    "12.2031": "2031-12",
    "12/2031": "2031-12",
    "2031-12": "2031-12",
    "2031-2033": "2031/2033",
    "2031–2033 гг.": "2031/2033",
    "2031-33": "2031/2033",
    "I-II квартал 2031": "2031-Q1/2031-Q2",
    "III–IV кварталы 2031 г.": "2031-Q3/2031-Q4",
    "Q1-Q3 2031": "2031-Q1/2031-Q3",
    "Q4 2031 – Q1 2032": "2031-Q4/2032-Q1",
    "июнь–август 2031": "2031-06/2031-08",
    "с января по март 2031 г.": "2031-01/2031-03",
    "January 2031 to December 2032": "2031-01/2032-12",
    "15-20 мая 2031": "2031-05-15/2031-05-20",
    "01.01.2031 – 31.12.2031": "2031-01-01/2031-12-31",
    "с 01.01.2031 по 31.12.2031": "2031-01-01/2031-12-31",
    "с 2031 года": "from 2031",
}
# as written -> sort and the field that counts
OTHER = {
    "ongoing": Timed("continuous"),
    "постоянно": Timed("continuous"),
    "на постоянной основе": Timed("continuous"),
    "en continu": Timed("continuous"),
    "laufend": Timed("continuous"),
    "пастаянна": Timed("continuous"),
    "annually": Timed("recurring", every="P1Y"),
    "ежегодно, до 15 мая": Timed("recurring", every="P1Y", day=(5, 15)),
    "annually by 31 March": Timed("recurring", every="P1Y", day=(3, 31)),
    "ежеквартально": Timed("recurring", every="P3M"),
    "semi-annually": Timed("recurring", every="P6M"),
    "каждые 3 года": Timed("recurring", every="P3Y"),
    "в течение 90 дней после вступления в силу": Timed(
        "after_event", offset="P90D", event="вступления в силу"
    ),
    "within six months of adoption": Timed("after_event", offset="P6M", event="adoption"),
    "через 3 месяца со дня принятия": Timed("after_event", offset="P3M", event="принятия"),
    "upon ratification": Timed("after_event", offset="P0D", event="ratification"),
    "6 months": Timed("duration", offset="P6M"),
    "12 месяцев": Timed("duration", offset="P12M"),
    "-": Timed("none"),
    "—": Timed("none"),
    "n/a": Timed("none"),
}
ASKED = {
    "03/04/2031": "ambiguous_day",
    "2031/32": "fiscal_year",
    "FY 2031/32": "fiscal_year",
    "mid-2031": "vague",
    "середина 2031 года": "vague",
    "spring 2031": "vague",
    "short-term": "vague",
    "biannually": "vague",
    "3-6 months": "vague",
    "TBD": "undetermined",
    "уточняется": "undetermined",
    "1 июля": "no_year",
    "II квартал": "no_year",
    "May-30": "month_or_day",
    "before July 2031": "before_period",
    "до июня 2031 г.": "before_period",
    "Q2, Q4 2031": "several_dates",
    "до 1 июля 2031, до 1 октября 2031": "several_dates",
    "10 рабочих дней": "working_days",
    "30 days before the summit": "before_event",
    "ежемесячно до 10 числа": "recurring",
}
WRONG = {
    "30 February": "no_such_day",
    "30 февраля 2031": "no_such_day",
    "31.04.2031": "no_such_day",
    "29 February 2031": "no_such_day",
    "13/13/2031": "no_such_day",
    "2033-2031": "no_such_day",
    "see annex": "unread_deadline",
    "Completed": "unread_deadline",
    "48212": "unread_deadline",
}


@pytest.mark.parametrize(("words", "expr"), CERTAIN.items())
def test_a_date_or_period_that_reads_in_one_way(words: str, expr: str) -> None:
    read = read_deadline(words)
    assert isinstance(read, Timed), read
    assert read.due is not None
    assert read.due.expr == expr


@pytest.mark.parametrize(("words", "timed"), OTHER.items())
def test_other_sorts_of_deadline(words: str, timed: Timed) -> None:
    assert read_deadline(words) == timed


@pytest.mark.parametrize(("words", "code"), ASKED.items())
def test_what_reads_in_two_ways_is_asked_about(words: str, code: str) -> None:
    read = read_deadline(words)
    assert isinstance(read, Unsure), read
    assert (read.code, read.wrong) == (f"import_plan.{code}", False)


@pytest.mark.parametrize(("words", "code"), WRONG.items())
def test_what_is_no_deadline_is_refused(words: str, code: str) -> None:
    read = read_deadline(words)
    assert isinstance(read, Unsure), read
    assert (read.code, read.wrong) == (f"import_plan.{code}", True)


def test_recurring_keeps_the_years_it_runs() -> None:
    read = read_deadline("ежегодно 2031-2033 гг.")
    assert isinstance(read, Timed)
    assert (read.sort, read.every, str(read.due)) == ("recurring", "P1Y", "2031/2033")


def test_the_words_of_the_source_stay_with_the_date() -> None:
    read = read_deadline("до 1 июля 2031 г.")
    assert isinstance(read, Timed)
    assert read.due is not None
    assert read.due.words == "до 1 июля 2031 г."


@pytest.mark.parametrize(
    ("words", "ways", "expr"),
    [
        ("03/04/2031", Ways(order="dmy"), "2031-04-03"),
        ("03/04/2031", Ways(order="mdy"), "2031-03-04"),
        ("2031/32", Ways(fiscal=4), "2031-04-01/2032-03-31"),
        ("II квартал", Ways(year=2031), "2031-Q2"),
        ("1 июля", Ways(year=2031), "2031-07-01"),
        ("48212", Ways(serials=True), "2031-12-30"),
    ],
)
def test_what_a_mapping_settles(words: str, ways: Ways, expr: str) -> None:
    read = read_deadline(words, ways)
    assert isinstance(read, Timed), read
    assert read.due is not None
    assert read.due.expr == expr


@pytest.mark.parametrize(
    ("value", "expr"),
    [
        (datetime(2031, 6, 30), "2031-06-30"),
        (date(2031, 6, 30), "2031-06-30"),
        (48212, "2031-12-30"),
        (2031, "2031"),
        (2031.0, "2031"),
    ],
)
def test_values_of_a_spreadsheet(value: object, expr: str) -> None:
    read = read_deadline(value, spreadsheet=True)
    assert isinstance(read, Timed), read
    assert read.due is not None
    assert read.due.expr == expr


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_reads_back_in_each_certain_form(day: date) -> None:
    for form in (
        f"{day:%d.%m.%Y}",
        f"{day:%Y-%m-%d}",
        f"{day.day} {day:%B} {day.year}",
        f"{day:%B} {day.day}, {day.year}",
    ):
        read = read_deadline(form)
        assert isinstance(read, Timed), form
        assert read.due is not None
        assert (read.due.first, read.due.last) == (day, day)


@given(st.text(max_size=60) | st.text("0123456789./-QI квартал г", max_size=24))
def test_any_text_is_a_deadline_or_a_question(text: str) -> None:
    read = read_deadline(text)
    if isinstance(read, Timed) and read.due is not None:
        assert isinstance(When.parse(str(read.due)), When)
    else:
        assert isinstance(read, Timed | Unsure)

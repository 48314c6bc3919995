"""Language versions held against each other: structure, names, numbers, dates, terms, brackets."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from travaux.text.concordance import Concordance, Sort, concordance
from travaux.text.concordance.dates import dates, numbers, spelt
from travaux.text.concordance.table import table
from travaux.text.language import guessed

EN = """Article 1
Arvia, Tolia and Nuria meet within 30 days of 5 May 2031 at the “Harbour Desk”.
(a) tolls of 1,500.5 ducats;
(b) [shall][should] publish;
(c) on 7 March 2032.

Article 2
The “Harbour Desk” serves Belarus and Russia in three languages.
"""
RU = """Статья 1
Арвия, Толия и Нурия встречаются в течение 30 дней с 5 мая 2031 г. в «Портовом бюро».
а) сборы в 1 500,5 дуката;
б) [должны][могут] публиковать;
в) 7 марта 2032 года.

Статья 2
«Портовое бюро» обслуживает Беларусь и Россию на 3 языках.
"""


def found(made: Concordance) -> list[tuple[Sort, int, int, str, str]]:
    return [(d.sort, d.first.line, d.second.line, d.says, d.against) for d in made.differences]


def test_two_versions_that_agree_have_no_difference() -> None:
    made = concordance({"en": EN, "ru": RU})
    assert found(made) == []
    assert [(f.units, f.headings, f.items, f.dates, f.brackets) for f in made.figures] == [
        (7, 2, 3, 2, 2)
    ] * 2


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (RU.replace("30 дней", "20 дней"), (Sort.NUMBER, 2, 2, "30", "20")),
        (RU.replace("5 мая", "6 мая"), (Sort.DATE, 2, 2, "2031-05-05", "2031-05-06")),
        (RU.replace(", Толия и Нурия", " и Толия"), (Sort.NAME, 2, 2, "Nuria", "")),
        (RU.replace("[могут] ", ""), (Sort.BRACKET, 4, 4, "2", "1")),
        (RU.replace("«Портовое бюро» о", "Оно о"), (Sort.TERM, 8, 8, "Harbour Desk", "")),
        (
            RU.replace("«Портовое бюро»", "«Бюро связи»"),
            (Sort.TERM, 8, 8, "Harbour Desk", "Бюро связи ≠ Портовом бюро"),
        ),
        (RU.replace("и Россию ", ""), (Sort.NAME, 8, 8, "Russia", "")),
        (RU.replace("в) 7 марта 2032 года.\n", ""), (Sort.UNIT, 5, 4, "(c) on 7 March 2032.", "")),
        (RU.replace("Статья 2", "Статья 3"), (Sort.LABEL, 7, 7, "Article 2", "Статья 3")),
    ],
)  # fmt: skip
def test_each_sort_of_difference_is_told_with_both_places(
    wrong: str, told: tuple[Sort, int, int, str, str]
) -> None:
    assert wrong != RU
    assert found(concordance({"en": EN, "ru": wrong})) == [told]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "on 5 May 2031, on May 5, 2031, on the 5th of May 2031, 2031-05-05"),
        ("ru", "5 мая 2031 г., 05.05.2031"),
        ("be", "5 мая 2031 г., 5.05.2031"),
        ("fr", "le 5 mai 2031"),
    ],
)
def test_a_date_is_the_same_in_every_language(lang: str, text: str) -> None:
    assert {value.plain for value in dates(text, lang)} == {"2031-05-05"}
    assert len(dates(text, lang)) == text.count(",") - (lang == "en") + 1


def test_belarusian_and_french_months_and_a_month_alone() -> None:
    assert [v.plain for v in dates("1 студзеня 2031 г. і 30 лістапада 2032", "be")] == [
        "2031-01-01",
        "2032-11-30",
    ]
    assert [v.plain for v in dates("le 1er août 2031, en décembre 2032", "fr")] == ["2031-08-01", "2032-12"]
    assert [v.plain for v in dates("31 February 2031", "en")] == []


def test_numbers_are_the_same_with_either_decimal_mark() -> None:
    assert [v.plain for v in numbers("1,500.5 and 12.75 and -3", "en", [])] == ["1500.5", "12.75", "-3"]
    assert [v.plain for v in numbers("1 500,5 и 12,75 и −3", "ru", [])] == ["1500.5", "12.75", "-3"]
    assert (
        spelt("in three languages", "en")
        == spelt("на трёх языках", "ru")
        == spelt("на трох мовах", "be")
        == {"3"}
    )


def test_the_language_is_told_by_letters_and_small_words() -> None:
    assert guessed(EN) == "en" and guessed(RU) == "ru"
    assert guessed("Бакі сустракаюцца і публікуюць табліцу ў Вельмары.") == "be"
    assert guessed("Les parties publient le tableau des taxes dans un mois.") == "fr"
    assert guessed("12 34") is None


def test_the_table_says_both_places() -> None:
    lines = list(table(concordance({"en": EN, "ru": RU.replace("30 дней", "20 дней")})))
    assert any("en 2:36" in line and "ru 2:44" in line for line in lines), lines


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_can_be_held_against_each_other(one: str, other: str) -> None:
    made = concordance({"en": one, "be": other})
    assert len(made.figures) == 2
    assert concordance({"en": one, "fr": one}).figures[0].brackets == one.count("[")


def test_adjectives_of_names_and_offices_are_no_difference() -> None:
    english = """between the Republic of Arvia and the Tolian Republic on Night Crossings
The Government of the Republic of Arvia and the Government of the Tolian Republic, hereinafter “the Parties”,
The Board sits in Velmar and reports to Arvia."""
    russian = """между Республикой Арвия и Толийской Республикой о ночных переправах
Правительство Республики Арвия и Правительство Толийской Республики, далее «Стороны»,
Совет находится в Велмаре и отчитывается перед Арвией."""
    assert found(concordance({"en": english, "ru": russian})) == []
    elsewhere = concordance({"en": english, "ru": russian.replace("Велмаре", "Кестоне") + " В Велмаре тихо."})
    assert [(d.sort, d.says) for d in elsewhere.differences] == []
    lost = concordance({"en": english, "ru": russian.replace("в Велмаре ", "") + "\nВ Велмаре тихо."})
    assert (Sort.NAME, "Velmar") in [(d.sort, d.says) for d in lost.differences]

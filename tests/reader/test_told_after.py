"""Whose report a clause is where a publisher, an institution or the next sentence tells it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.reader.scoring import reading

DAY = date(2032, 10, 22)
EN = "Minister Per Dal of Arvia met Minister Hul Sen of Tolia.\n\n"
RU = "Министр Арвии Пелл Остин встретился с министром Толии Мирой Венн.\n\n"

# form: (head, what follows it, [(words of a statement, speaker)])
FORMS = {
    "a ministry of a party": (
        EN,
        "The lock is safe, Tolia's foreign ministry said.",
        [("The lock is safe", None)],
    ),
    "an agency in the present": (EN, "The lock is safe, RIK reports.", [("The lock is safe", None)]),
    "a publisher behind a report": (
        EN,
        "Per Dal said that the lock was safe, RIK reported.",
        [("the lock was safe", "Per Dal")],
    ),
    "a publisher behind a speech without a clause": (EN, "Per Dal announced his visit, RIK reported.", []),
    "a person behind the clause": (EN, "The lock is safe, Per Dal said.", [("The lock is safe", "Per Dal")]),
    "an adjunct without a comma": (
        EN,
        "The lock is safe, Per Dal said answering a question.",
        [("The lock is safe", "Per Dal")],
    ),
    "said this": (
        EN,
        "The lock is safe. Hul Sen said this at a briefing.",
        [("The lock is safe", "Hul Sen")],
    ),
    "said this was": (EN, "The lock is safe. Hul Sen said this was new.", [("this was new", "Hul Sen")]),
    "announced by": (
        EN,
        "The lock is safe. This was announced on Thursday by Hul Sen.",
        [("The lock is safe", "Hul Sen")],
    ),
    "not announced of a question": (EN, "Is the lock safe? This was asked by Hul Sen.", []),
    "of this": (RU, "Шлюз открыт. Об этом сообщил Пелл Остин.", [("Шлюз открыт", "Пелл Остин")]),
    "of this on a day": (
        RU,
        "Шлюз открыт. Об этом в среду сообщила журналистам Мира Венн.",
        [("Шлюз открыт", "Мира Венн")],
    ),
    "of this in a document": (RU, "Шлюз открыт. Об этом говорится в коммюнике.", [("Шлюз открыт", None)]),
    "of this behind a report": (
        RU,
        "Пелл Остин заявил, что шлюз открыт. Об этом сообщает агентство.",
        [("шлюз открыт", "Пелл Остин")],
    ),
    "a day and hearers between verb and subject": (
        RU,
        "Шлюз в Хальме открыт, заявил 21 октября журналистам Пелл Остин.",
        [("Шлюз в Хальме открыт", "Пелл Остин")],
    ),
    "a relay": (RU, "Второй шлюз пока закрыт, передает РИК.", [("Второй шлюз пока закрыт", None)]),
    "a relay in marks": (
        RU,
        "Второй шлюз пока закрыт, передает «Речной вестник».",
        [("Второй шлюз пока закрыт", None)],
    ),
    "a relay behind a report": (
        RU,
        "Шлюз в Хальме открыт, рассказал Пелл Остин по итогам встречи, передает РИК.",
        [("Шлюз в Хальме открыт", "Пелл Остин")],
    ),
    "an office": (
        RU,
        "Министры подписали протокол, сообщил Офис президента.",
        [("Министры подписали протокол", None)],
    ),
    "a service behind a naming": (
        RU,
        "Пелл Остин назвал встречу полезной, сообщает пресс-служба министерства.",
        [("встречу полезной", "Пелл Остин")],
    ),
    "a statement made": (
        RU,
        "Шлюз откроют весной.\n\nС таким заявлением выступила Мира Венн.",
        [("Шлюз откроют весной", "Мира Венн")],
    ),
    "of this, and where it was published": (
        RU,
        "Шлюз открыт. Об этом заявил в интервью газете замглавы Министерства рек (МР) Юрий Малый.",
        [("Шлюз открыт", "Юрий Малый")],
    ),
    "a head by the letters of a body": (
        RU,
        "Председатель коллегии Речной комиссии Кел Доро прибыл. Глава коллегии РК добавил, что шлюз открыт.",
        [("шлюз открыт", "Кел Доро")],
    ),
    "a quotation and its publisher": (RU, "«Шлюз открыт», – сказал Пелл Остин, передает РИК.", []),
    "an agreement inside a report": (
        EN,
        "Per Dal said that he and Hul Sen both agreed that the lock was safe.",
        [("he and Hul Sen both agreed that the lock was safe", "Per Dal")],
    ),
    "a diplomat without a name": (
        EN,
        "Per Dal spoke first. A senior river diplomat said that the lock was safe.",
        [("the lock was safe", None)],
    ),
    "an office with commas": (
        EN,
        "Envoy Ola Renn was there. Renn, minister of trade, industry and energy, said the lock was safe.",
        [("the lock was safe", "Ola Renn")],
    ),
    "a clause with a gap": (
        EN,
        "The meeting, which Per Dal said on Monday he hopes will end the dispute, opened late.",
        [],
    ),
    "an office in letters": (
        EN,
        "PM Hul Sen said that the lock was safe.",
        [("the lock was safe", "Hul Sen")],
    ),
    "a verb that is no tail": (RU, "Пелл Остин, открывая встречу, предложил создать фонд.", []),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_report_told_behind_its_clause(form: str) -> None:
    head, words, expected = FORMS[form]
    found = reading(head + words, DAY)
    assert [(s["text"], s["speaker"]) for s in found["statements"]] == expected


QUOTES = {
    "a tag between two quotations": (
        EN + "“The lock is safe,” said the UN envoy for Tolia, Martin Gale, “and I thank both crews.”",
        ["Martin Gale", "Martin Gale"],
    ),
    "a title, its complement, a name": (
        EN + "“The lock is safe,” said the mediator of the talks, Hana Weil.",
        ["Hana Weil"],
    ),
    "in his statement": (
        RU + "Пелл Остин открыл встречу.\n\n«Шлюз нужен обеим странам», – говорится в его заявлении.",
        ["Пелл Остин"],
    ),
    "a publisher relays the last speaker": (
        EN + "Per Dal said that the lock was safe.\n\n“We are glad of it,” the agency reports.",
        ["Per Dal"],
    ),
    "a long title behind its noun": (
        EN + "Per Dal said it at the forum “Shared waters in a dry century and what they cost both banks”.",
        [],
    ),
}


@pytest.mark.parametrize("form", QUOTES)
def test_whose_quotation_it_is(form: str) -> None:
    text, expected = QUOTES[form]
    assert [q["speaker"] for q in reading(text, DAY)["quotes"]] == expected


DATES = {
    "slashes, the day first": ("The text of 22/10/2032 is final.", ["2032-10-22"]),
    "slashes, the month first": ("The text of 10/22/2032 is final.", ["2032-10-22"]),
    "slashes that could be either": ("The text of 10/11/2032 is final.", ["2032"]),
    "a month of next year": ("The next round will be in January next year.", ["2033-01"]),
    "a day of next year": ("The next round will be on 5 March next year.", ["2033-03-05"]),
    "a day of next year, in Russian": ("Следующая встреча пройдет 5 марта следующего года.", ["2033-03-05"]),
    "held in": ("The round held in February will be repeated.", ["2032-02"]),
    "to be held in": ("The round will be held in February.", ["2033-02"]),
    "held in, in Russian": ("Встреча, состоявшаяся в феврале, будет повторена.", ["2032-02"]),
    "after a day's talks": ("Work will go on after Wednesday’s talks.", ["2032-10-20"]),
    "expected before": ("A result was expected before the end of November.", ["2032-11"]),
    "days of a short month": ("The summit will be from Nov. 10-11.", ["2032-11-10/2032-11-11"]),
    "a year in figures, in Russian": ("Шлюз откроют в 2040-м.", ["2040"]),
    "years in figures, in Russian": ("К 2040-м годам шлюз устареет.", ["204X"]),
    "were due to": ("The talks were due to start on Monday.", ["2032-10-25"]),
}


@pytest.mark.parametrize("form", DATES)
def test_what_a_date_is_worth(form: str) -> None:
    text, expected = DATES[form]
    head = RU if "Russian" in form else EN
    dates = [d["value"] for d in reading(head + text, DAY)["dates"]]
    assert [v for v in dates if not str(v).endswith("_REF")] == expected


PROMISES = {
    "arrived at a consensus": (
        "The two sides arrived at a consensus to open the lock.",
        [("The two sides arrived at a consensus to open the lock", "agreed")],
    ),
    "was also agreed upon": (
        "A joint tariff was also agreed upon.",
        [("A joint tariff was also agreed upon", "agreed")],
    ),
    "had already agreed": ("The ministers had already agreed on the patrols.", []),
    "long ago": ("The two sides committed to open the lock back in 2028.", []),
    "a list behind between": (
        "Contacts between Arvia, Tolia and Nuria on the lock will deepen.",
        [],
    ),
    "a noun behind a place": ("This first Tolia meeting will discuss the lock.", []),
    "what was agreed": ("More work is needed to ensure that what was agreed today will be implemented.", []),
    "two sides behind between": (
        "The group hopes that talks in Velmar between Arvia and Tolia will resume in May.",
        [],
    ),
    "as soon as possible": (
        "Both sides pledged to open the lock as soon as possible.",
        [("Both sides pledged to open the lock as soon as possible", "agreed")],
    ),
    "they, after both": (
        "Both sides praised the crews. They undertook to open the lock.",
        [("They undertook to open the lock", "agreed")],
    ),
    "they, after one": (
        "The crews of Tolia were praised. They undertook to open the lock.",
        [("They undertook to open the lock", "declared")],
    ),
    "a list that acts": (
        "Arvia, Tolia and Nuria will open the lock.",
        [("Arvia, Tolia and Nuria will open the lock", "agreed")],
    ),
}


@pytest.mark.parametrize("form", PROMISES)
def test_what_is_promised(form: str) -> None:
    text, expected = PROMISES[form]
    head = EN + "President Ana Roe of Nuria came too.\n\n"
    assert [(c["text"], c["status"]) for c in reading(head + text, DAY)["commitments"]] == expected


def test_an_adjective_before_an_office_names_a_country_the_document_never_names() -> None:
    found = reading(
        "Bolivian Foreign Minister Juan Paz and Minister Per Dal said that the model was good.", DAY
    )
    assert [s["speaker"] for s in found["statements"]] == ["Juan Paz; Per Dal"]
    assert "Bolivia" in found["parties"]
    found = reading(
        "Nigerian Foreign Minister Juan Paz and Minister Per Dal said that the model was good.", DAY
    )
    assert "Nigeria" in found["parties"] and "Niger" not in found["parties"]


DUE = {
    "this year": (EN + "Tolia would host the summit this year, Hul Sen said.", ["2032"]),
    "at this year's level": (EN + "Tolia will keep the price at this year’s level.", [None]),
    "this year, and a hope": (
        EN + "Hul Sen said that Tolia would host the summit this year and look forward to the visit in May.",
        ["2032"],
    ),
    "a time before the clause": (EN + "By 1 May, Tolia will open the lock.", ["2033-05-01"]),
    "a time before a reported clause": (
        EN + "Hul Sen said that in December, Tolia would open the lock.",
        ["2032-12"],
    ),
    "a time before another clause": (EN + "Tolia closed the lock in 2031, and Arvia will open it.", [None]),
    "this year, in Russian": (RU + "Толия проведет саммит в этом году.", ["2032"]),
    "at the level of this year, in Russian": (RU + "Толия сохранит цену на уровне этого года.", [None]),
    "planned, in Russian": (RU + "Соглашение планируется подписать 1 ноября.", ["2032-11-01"]),
    "hoped, in Russian": (RU + "Мира Венн выразила надежду, что Толия откроет мост в мае.", []),
    "thought, in Russian": (RU + "«Думаю, мост будет построен в мае», – сказал Пелл Остин.", []),
    "going on, in Russian": (RU + "Сейчас ведется работа над соглашением.", []),
}


@pytest.mark.parametrize("form", DUE)
def test_when_a_promise_is_due(form: str) -> None:
    text, expected = DUE[form]
    assert [c["due"] for c in reading(text, DAY)["commitments"]] == expected


def test_what_was_settled_by_nobody_named_is_agreed() -> None:
    words = "«Условлено, что сроки будут согласованы в мае», – сказал Пелл Остин."
    assert [c["status"] for c in reading(RU + words, DAY)["commitments"]] == ["agreed"]
    words = "«Сроки будут согласованы в мае», – сказал Пелл Остин."
    assert [c["status"] for c in reading(RU + words, DAY)["commitments"]] == ["declared"]

"""Layouts whose deadlines are written: in one cell, or in columns for the year and a part of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from tests.formats.plans.houses import delimited, xlsx
from tests.secretariat.layouts.gold import ASK, Gold, Layout


def accession_csv() -> bytes:
    """A programme of accession: the year and the quarter in columns of their own."""
    return delimited(
        (
            ("Code", "Measure", "Competent institution", "Year", "Quarter", "Remarks"),
            ("3.1.1", "Adopt the law on company accounts", "Ministry of Economy", "2031", "I", ""),
            ("3.1.2", "Set up the audit chamber", "Ministry of Finance", "2031", "IV", "new body"),
            ("3.1.3", "Train inspectors", "Labour Inspectorate", "2032", "II-III", ""),
            ("3.1.4", "Align the by-laws", "Ministry of Economy", "2032", "", ""),
            ("3.1.5", "Publish the guidance", "Ministry of Economy", "", "III", ""),
            ("3.1.6", "Report on progress", "Ministry of Finance", "2031", "continuous", ""),
            ("3.1.7", "Review the fees", "Ministry of Finance", "", "", "after the audit"),
        ),
        ";",
    )


ACCESSION_CSV = (
    Gold("3.1.1", "Adopt the law on company accounts", "2031-Q1", "Ministry of Economy"),
    Gold("3.1.2", "Set up the audit chamber", "2031-Q4", "Ministry of Finance"),
    Gold("3.1.3", "Train inspectors", "2032-Q2/2032-Q3", "Labour Inspectorate"),
    Gold("3.1.4", "Align the by-laws", "2032", "Ministry of Economy"),
    Gold("3.1.5", "Publish the guidance", ASK, "Ministry of Economy"),
    Gold("3.1.6", "Report on progress", "continuous", "Ministry of Finance"),
    Gold("3.1.7", "Review the fees", "", "Ministry of Finance"),
)


def eurasian_xlsx() -> bytes:
    """A plan of measures of the Eurasian union: section rows, sorts of documents, several bodies."""

    def change(_: Any, sheet: Worksheet) -> None:
        for row in (5, 9):
            sheet.merge_cells(f"A{row}:E{row}")

    return xlsx(
        (
            ("УТВЕРЖДЕН распоряжением Совета",),
            ("ПЛАН мероприятий по сближению правил торговли",),
            ("№ п/п", "Мероприятие", "Вид документа", "Срок реализации", "Ответственный исполнитель"),
            (1, 2, 3, 4, 5),
            ("I. Общие вопросы",),
            ("1.", "Подготовка перечня препятствий", "доклад", "III квартал 2031 г.",
             "Комиссия, государства-члены"),
            ("2.", "Согласование критериев", "решение Совета", "2031 – 2033 годы", "Комиссия"),
            ("3.", "Обмен сведениями о рынке", "—", "на постоянной основе", "государства-члены"),
            ("II. Техническое регулирование",),
            ("4.", "Пересмотр регламента", "проект решения",
             "в течение 6 месяцев с даты вступления договора в силу", "Комиссия"),
            ("5.", "Обзор практики", "обзор", "ежегодно, до 1 марта, начиная с 2032 года", "Комиссия"),
            ("6.", "Методика оценки", "методика", "I полугодие 2032 г.", "Комиссия, государства-члены"),
            ("7.", "Проверка лабораторий", "отчет", "декабрь 2031 г. – март 2032 г.", "государства-члены"),
        ),
        change,
        "План",
    )  # fmt: skip


EURASIAN = (
    Gold("1", "Подготовка перечня препятствий", "2031-Q3", "Комиссия", ("государства-члены",)),
    Gold("2", "Согласование критериев", "2031/2033", "Комиссия"),
    Gold("3", "Обмен сведениями о рынке", "continuous", "государства-члены"),
    Gold("4", "Пересмотр регламента", "P6M after вступления договора в силу", "Комиссия"),
    Gold("5", "Обзор практики", "every P1Y", "Комиссия"),
    Gold("6", "Методика оценки", "2032-H1", "Комиссия", ("государства-члены",)),
    Gold("7", "Проверка лабораторий", "2031-12/2032-03", "государства-члены"),
)


def ministers_xlsx() -> bytes:
    """A complex of measures of a Council of Ministers: many executors in a cell, with lines and commas."""
    return xlsx(
        (
            ("Комплекс мер по развитию приграничной торговли на 2031–2033 годы",),
            ("", "Наименование мероприятия", "Срок исполнения", "Исполнители"),
            ("1", "Упростить порядок пропуска товаров", "до 1 июля 2031 г.", "ГТК, Минтранс, облисполкомы"),
            (
                "2",
                "Открыть склады у границы",
                "2031–2033 гг.",
                "облисполкомы,\nМинский горисполком,\nМинторг",
            ),
            ("3", "Вести учет перевозок", "ежеквартально", "Белстат"),
            (
                "4",
                "Подготовить предложения о пошлинах",
                "I полугодие 2032 г.",
                "Минэкономики (свод), Минфин, МИД",
            ),
            ("5", "Принять иные меры", "по мере необходимости", "заинтересованные"),
            ("6", "Обучить сотрудников", "сентябрь 2031 г., март 2032 г.", "ГТК"),
            ("* Сроки считаются со дня опубликования.",),
        )
    )


MINISTERS = (
    Gold("1", "Упростить порядок пропуска товаров", "by 2031-07-01", "ГТК", ("Минтранс", "облисполкомы")),
    Gold("2", "Открыть склады у границы", "2031/2033", "облисполкомы", ("Минский горисполком", "Минторг")),
    Gold("3", "Вести учет перевозок", ASK, "Белстат"),
    Gold("4", "Подготовить предложения о пошлинах", "2032-H1", "Минэкономики", ("Минфин", "МИД")),
    Gold("5", "Принять иные меры", ASK, "заинтересованные"),
    Gold("6", "Обучить сотрудников", ASK, "ГТК"),
)


def steps_xlsx() -> bytes:
    """Steps of a recovery plan: the quarter and the year under one heading, as text and numbers."""

    def change(_: Any, sheet: Worksheet) -> None:
        sheet.merge_cells("E1:F1")
        for column in "ABCDG":
            sheet.merge_cells(f"{column}1:{column}2")

    return xlsx(
        (
            ("No", "Related reform", "Step", "Qualitative indicator",
             "Indicative timeline for completion", None, "Responsible ministry"),
            (None, None, None, None, "Quarter", "Year", None),
            ("1.1", "Reform 1. Courts", "Entry into force of the law on judges", "law in force", "Q2", 2031,
             "Ministry of Justice"),
            ("1.2", "Reform 1. Courts", "Selection of the new council", "members appointed", "Q4", 2031,
             "Ministry of Justice"),
            ("2.1", "Reform 2. Energy", "Market rules adopted", "rules adopted", "Q1", 2032,
             "Ministry of Energy"),
            ("2.2", "Reform 2. Energy", "Grid plan published", "plan published", 3, 2032,
             "Ministry of Energy"),
            ("2.3", "Reform 2. Energy", "Tariffs reviewed", "review published", "Q2, Q4", 2032,
             "Energy Regulator"),
        ),
        change,
    )  # fmt: skip


STEPS = (
    Gold("1.1", "Entry into force of the law on judges", "2031-Q2", "Ministry of Justice"),
    Gold("1.2", "Selection of the new council", "2031-Q4", "Ministry of Justice"),
    Gold("2.1", "Market rules adopted", "2032-Q1", "Ministry of Energy"),
    Gold("2.2", "Grid plan published", "2032-Q3", "Ministry of Energy"),
    Gold("2.3", "Tariffs reviewed", ASK, "Energy Regulator"),
)


def structural_csv() -> bytes:
    """A matrix of structural conditions: end of months, a prior action, statuses as words."""
    return delimited(
        (
            ("Reform measures", "Rationale", "Target date", "Status"),
            (
                "Submit the budget to parliament in line with the programme",
                "Fiscal discipline",
                "End-June 2031",
                "Met",
            ),
            (
                "Appoint the members of the supervisory board",
                "Governance",
                "end-September 2031",
                "In progress",
            ),
            ("Keep the reserve above the floor", "External stability", "Continuous", "In progress"),
            ("Publish the audit of the state bank", "Transparency", "Prior action", "Met"),
            ("Adopt the law on insolvency", "Private credit", "mid-December 2031", "Not started"),
        )
    )


STRUCTURAL = (
    Gold("", "Submit the budget to parliament in line with the programme", "by 2031-06"),
    Gold("", "Appoint the members of the supervisory board", "by 2031-09"),
    Gold("", "Keep the reserve above the floor", "continuous"),
    Gold("", "Publish the audit of the state bank", ASK),
    Gold("", "Adopt the law on insolvency", ASK),
)


def notified_csv() -> bytes:
    """Trade measures notified: an indicative and a definitive date, assistance wanted."""
    return delimited(
        (
            ("Article", "Measure", "Category", "Indicative date", "Definitive date for implementation",
             "Assistance required", "Lead agency"),
            ("1.3", "Open enquiry points", "B", "31 December 2031", "30 June 2032", "", "Trade Ministry"),
            ("3", "Give advance rulings", "C", "31 December 2032", "31 December 2033", "training", "Customs"),
            ("7.7", "Recognise authorised operators", "C", "31 December 2033", "To be determined", "advice",
             "Customs"),
            ("10.4", "Run the single window", "C", "31 December 2034", "22 August 2035", "funds",
             "Trade Ministry"),
        )
    )  # fmt: skip


NOTIFIED = (
    Gold("1.3", "Open enquiry points", "2032-06-30", "Trade Ministry"),
    Gold("3", "Give advance rulings", "2033-12-31", "Customs"),
    Gold("7.7", "Recognise authorised operators", ASK, "Customs"),
    Gold("10.4", "Run the single window", "2035-08-22", "Trade Ministry"),
)


def secretariat_xlsx() -> bytes:
    """A plan of an international secretariat: bilingual headings, footnotes, real dates beside words."""
    return xlsx(
        (
            ("Plan of action / Plan d'action",),
            (
                "No. / N°",
                "Action / Mesure",
                "Responsible / Responsable",
                "Deadline / Délai",
                "Indicator / Indicateur",
            ),
            ("1", "Set up the roster of mediators", "Mediation Unit", "Q3 2031", "roster in use"),
            (
                "2",
                "Review the field offices",
                "Inspection Office (lead), Field Division",
                datetime(2031, 11, 30),
                "",
            ),
            ("3", "Evaluate the plan", "Evaluation Board", "Mid-term", "report"),
            ("4", "Brief the members", "Office of the Secretary General", "Continuous¹", ""),
            ("5", "Adopt the code of conduct", "Legal Office", "Within 6 months of adoption", "code adopted"),
            ("6", "Translate the handbook", "Language Service; Field Division", "3-5 May 2032", ""),
            ("7", "Train the staff", "Staff Academy", "Q2/Q3 2032", "200 trained"),
            ("¹ Subject to the budget.",),
        )
    )


SECRETARIAT = (
    Gold("1", "Set up the roster of mediators", "2031-Q3", "Mediation Unit"),
    Gold("2", "Review the field offices", "2031-11-30", "Inspection Office", ("Field Division",)),
    Gold("3", "Evaluate the plan", ASK, "Evaluation Board"),
    Gold("4", "Brief the members", "continuous", "Office of the Secretary General"),
    Gold("5", "Adopt the code of conduct", "P6M after adoption", "Legal Office"),
    Gold("6", "Translate the handbook", "2032-05-03/2032-05-05", "Language Service", ("Field Division",)),
    Gold("7", "Train the staff", "2032-Q2/2032-Q3", "Staff Academy"),
)

WRITTEN = (
    Layout("accession.csv", accession_csv, ACCESSION_CSV),
    Layout("eurasian.xlsx", eurasian_xlsx, EURASIAN),
    Layout("kompleks.xlsx", ministers_xlsx, MINISTERS),
    Layout("steps.xlsx", steps_xlsx, STEPS),
    Layout("structural.csv", structural_csv, STRUCTURAL),
    Layout("notified.csv", notified_csv, NOTIFIED),
    Layout("secretariat.xlsx", secretariat_xlsx, SECRETARIAT),
)

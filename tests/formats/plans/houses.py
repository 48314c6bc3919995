"""Invented plans in the house styles that plans come in; every one is made when it is asked for."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

Rows = Sequence[Sequence[Any]]
YELLOW = PatternFill("solid", fgColor="FFFFFF00")


def xlsx(rows: Rows, change: Callable[[Any, Worksheet], None] | None = None, name: str = "Plan") -> bytes:
    """A workbook of one sheet with these rows; `change` may do more to the book and sheet."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    if change:
        change(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def delimited(rows: Rows, separator: str = ",", encoding: str = "utf-8", ending: str = "\r\n") -> bytes:
    """A text file of these rows."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=ending).writerows(rows)
    return out.getvalue().encode(encoding)


def ministry_ru(rows: Rows | None = None) -> bytes:
    """Russian ministry: a title of three rows, numbered columns, section rows, co-executors after a comma."""
    body = rows or (
        ("I. Налоговая политика",),
        (
            "1.",
            "Подготовить проект договора о косвенных налогах",
            "Минфин, Минэкономики",
            "до 1 июля 2031 г.",
            "",
        ),
        (
            "2.",
            "Согласовать перечень товаров",
            "Министерство финансов (отв.), МИД",
            "II квартал 2031 г.",
            "проект",
        ),
        ("3.", "Обеспечить обмен данными", "Минфин совместно с Министерством юстиции", "постоянно", ""),
        ("II. Таможенное дело",),
        ("4.", "Представить доклад", "Государственный таможенный комитет", "ежегодно, до 15 мая", "*"),
        ("5.", "Принять порядок", "ГТК", "в течение 90 дней после вступления в силу", ""),
        ("* По мере готовности материалов",),
    )

    def change(_: Any, sheet: Worksheet) -> None:
        sheet.merge_cells("A1:E1")
        for row in sheet.iter_rows(min_row=6):
            if row[1].value is None and row[0].value:
                sheet.merge_cells(start_row=row[0].row, end_row=row[0].row, start_column=1, end_column=5)

    head = (
        ("УТВЕРЖДЕНО решением Комиссии",),
        ("План мероприятий по реализации программы на 2031 год",),
        (),
        ("№ п/п", "Наименование мероприятия", "Ответственный исполнитель", "Срок исполнения", "Примечание"),
        (1, 2, 3, 4, 5),
    )
    return xlsx((*head, *body), change, "План")


def open_government() -> bytes:
    """An open-government plan: headings in two rows, start and end dates as real dates, status words."""

    def change(_: Any, sheet: Worksheet) -> None:
        sheet.merge_cells("D2:E2")
        for column in "ABCFG":
            sheet.merge_cells(f"{column}2:{column}3")

    return xlsx(
        (
            ("National action plan 2031-2033",),
            (
                "Ref.",
                "Commitment / milestone",
                "Lead institution",
                "Timeframe",
                None,
                "Status",
                "Supporting institutions",
            ),
            (None, None, None, "Start date", "End date", None, None),
            (
                "1.1",
                "Publish the register of contracts",
                "Ministry of Finance",
                datetime(2031, 1, 1),
                datetime(2031, 6, 30),
                "In progress",
                "Audit Office; Data Agency",
            ),
            (
                "1.2",
                "Open the company register",
                "Ministry of Justice",
                datetime(2031, 3, 1),
                datetime(2031, 12, 31),
                "Completed",
                None,
            ),
            (
                "1.10",
                "Train 200 officers",
                "Civil Service Agency",
                datetime(2032, 1, 1),
                "31/12/2032",
                "Not started",
                "Data Agency",
            ),
            (
                "2.1",
                "Hold public hearings",
                "Parliament Secretariat",
                datetime(2031, 1, 1),
                "Quarterly",
                "On hold by decree",
                None,
            ),
        ),
        change,
    )


def french_csv() -> bytes:
    """French: semicolons, Windows-1252, a line break inside a cell."""
    return delimited(
        (
            ("N°", "Mesure", "Pilote", "Partenaires", "Échéance", "Indicateur"),
            (
                "A1",
                "Créer un guichet unique\npour les entreprises",
                "Ministère de l'Économie",
                "Chambre de commerce",
                "fin 2031",
                "guichet ouvert",
            ),
            (
                "A2",
                "Réduire les délais",
                "Ministère de la Justice",
                "",
                "2e trimestre 2031",
                "délai < 30 jours",
            ),
            ("A3", "Évaluer le dispositif", "Cour des comptes", "", "d'ici le 30 juin 2032", ""),
            ("A4", "Former les agents", "Ministère de l'Économie", "", "en continu", "12 500 agents"),
        ),
        ";",
        "cp1252",
    )


def recommendations_tsv() -> bytes:
    """An audit follow-up: tabs, UTF-16, American dates that settle their order."""
    return delimited(
        (
            ("Recommendation no.", "Recommendation", "Responsible", "Target date", "Comments"),
            ("R-1", "Reconcile accounts monthly", "Treasury", "03/04/2031", ""),
            ("R-2", "Lock the master file", "Treasury", "12/31/2031", "needs funds"),
            ("R-3", "Review user rights", "IT Department", "TBD", ""),
        ),
        "\t",
        "utf-16",
    )


def reform_matrix() -> bytes:
    """A reform matrix: text merged over rows, formulas, a totals row, a hidden row, a coloured cell."""

    def change(book: Any, sheet: Worksheet) -> None:
        sheet.merge_cells("A3:A4")
        sheet.merge_cells("B3:B4")
        sheet.row_dimensions[5].hidden = True
        sheet["D6"].fill = YELLOW
        sheet["B7"].font = Font(strike=True)
        hidden = book.create_sheet("Old")
        hidden.append(("No", "Action", "Deadline"))
        hidden.append((9, "Something of last year", "2030"))
        hidden.sheet_state = "hidden"

    return xlsx(
        (
            ("Matrix of reforms",),
            ("No", "Action", "Responsible body", "Deadline", "Cost, USD"),
            (1, "Adopt the law on audits", "Ministry of Finance", "Q2 2031", 1000),
            (None, None, "Parliament", None, None),
            (2, "Set up the agency", "Ministry of Justice", 48212, 2500),
            (3, "Appoint the board", "Cabinet Office", None, None),
            (4, "Close the old office", "Cabinet Office", "2031", None),
            (5, "Publish accounts", "Audit Office", "=1+", None),
            ("Total", None, None, None, "=SUM(E3:E8)"),
        ),
        change,
    )


def belarusian_csv() -> bytes:
    """Belarusian, Windows-1251, commas in quotes."""
    return delimited(
        (
            ("№", "Мерапрыемства", "Адказны выканаўца", "Тэрмін выканання"),
            (
                "1",
                "Падрыхтаваць праект пагаднення аб ўзаемным прызнанні",
                "Міністэрства эканомікі",
                "да 1 ліпеня 2031 г.",
            ),
            ("2", "Забяспечыць абмен данымі", "Міністэрства фінансаў", "пастаянна"),
            ("3", "Правесці ацэнку", "Міністэрства эканомікі", "лістапад 2031 г."),
        ),
        ",",
        "cp1251",
    )


def two_parties() -> bytes:
    """Two states: each has columns for its own body and status."""
    return xlsx(
        (
            (
                "Item",
                "Measure",
                "Body of the North",
                "Body of the South",
                "Due date",
                "Status of the North",
                "Status of the South",
            ),
            (
                "1",
                "Open the crossing at the bridge",
                "Border Service",
                "Customs Office",
                "2031-06-30",
                "done",
                "in progress",
            ),
            (
                "2",
                "Recognise each other's licences",
                "Transport Ministry",
                "Road Agency",
                "by end of 2031",
                "in progress",
                "not started",
            ),
        )
    )


def strategy_sheets() -> bytes:
    """A strategy with a sheet for each pillar and a sheet of abbreviations."""

    def change(book: Any, _: Worksheet) -> None:
        other = book.create_sheet("Pillar 2")
        for row in (
            ("Pillar 2: Trade",),
            ("Code", "Activity", "Lead agency", "Timeline"),
            ("T1", "Cut the number of forms", "MoT, MoF", "Q1-Q3 2031"),
            ("T2", "Join the convention", "MFA", "2031/32"),
        ):
            other.append(row)
        legend = book.create_sheet("Abbreviations")
        for short in (
            ("MoF", "Ministry of Finance"),
            ("MoT", "Ministry of Trade"),
            ("MFA", "Ministry of Foreign Affairs"),
        ):
            legend.append(short)

    return xlsx(
        (
            ("Pillar 1: Finance",),
            ("Code", "Activity", "Lead agency", "Timeline"),
            ("F1", "Audit the state funds", "MoF", "30.06.2031"),
            ("F2", "Publish the budget", "MoF; Treasury", "annually"),
        ),
        change,
        "Pillar 1",
    )


def german_csv() -> bytes:
    """German: semicolons and a byte order mark, no numbers."""
    return delimited(
        (
            ("Maßnahme", "Zuständig", "Frist", "Stand der Umsetzung"),
            (
                "Das Register für alle öffnen",
                "Bundesministerium der Justiz",
                "bis 30. Juni 2031",
                "in Umsetzung",
            ),
            ("Den Bericht vorlegen", "Bundesministerium der Finanzen", "Ende 2031", "umgesetzt"),
            ("Die Fristen verkürzen", "Bundesamt für Verfahren", "laufend", "offen"),
        ),
        ";",
        "utf-8-sig",
    )


HOUSES: dict[str, Callable[[], bytes]] = {
    "ministry.xlsx": ministry_ru,
    "open-government.xlsx": open_government,
    "plan.csv": french_csv,
    "audit.tsv": recommendations_tsv,
    "matrix.xlsx": reform_matrix,
    "plan-be.csv": belarusian_csv,
    "two.xlsx": two_parties,
    "strategy.xlsx": strategy_sheets,
    "massnahmen.csv": german_csv,
}

"""Layouts whose deadlines are drawn: marks and colours under months, quarters and years."""

from __future__ import annotations

from typing import Any

from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from tests.formats.plans.houses import delimited, xlsx
from tests.secretariat.layouts.gold import ASK, Gold, Layout

BLUE, GREEN, GREY = (PatternFill("solid", fgColor=c) for c in ("FF4F81BD", "FF9BBB59", "FFD9D9D9"))
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")


def filled(sheet: Worksheet, cells: str, fill: PatternFill = BLUE) -> None:
    """Colour a range (``E5:G5``)."""
    first, _, last = cells.partition(":")
    for row in sheet[f"{first}:{last or first}"]:
        for cell in row:
            cell.fill = fill


def open_schedule() -> bytes:
    """An open-government schedule: coloured months under two years, numbers that begin again with each
    commitment, section rows grey across the whole table."""

    def change(_: Any, sheet: Worksheet) -> None:
        sheet.merge_cells("D2:O2")
        sheet.merge_cells("P2:U2")
        for column in "ABC":
            sheet.merge_cells(f"{column}2:{column}3")
        for row in (4, 8):
            sheet.merge_cells(f"A{row}:U{row}")
            filled(sheet, f"A{row}:U{row}", GREY)
        for cells in ("D5:F5", "G6", "I6:J6", "N7:Q7", "D9:D9", "E10:H10"):
            filled(sheet, cells)

    return xlsx(
        (
            ("Schedule of the open government plan 2031-2032",),
            ("No", "Commitments and milestones", "Implementing body", "2031", *[None] * 11, "2032"),
            (None, None, None, *MONTHS, *MONTHS[:6]),
            ("1. Put the land register on line",),
            (1, "Collect the data of the five cities", "Land Agency"),
            (2, "Design and test the system", "Land Agency"),
            (3, "Open the system to everybody", "Land Agency; Ministry of Justice"),
            ("2. Let citizens take part in the budget",),
            (1, "Write the guide to participation", "Ministry of Finance"),
            (2, "Hold two rounds of hearings", "Ministry of Finance"),
            (3, "Publish what was taken up", "Ministry of Finance"),
        ),
        change,
    )


OPEN_SCHEDULE = (
    Gold("1", "Collect the data of the five cities", "2031-01/2031-03", "Land Agency"),
    Gold("2", "Design and test the system", ASK, "Land Agency"),
    Gold("3", "Open the system to everybody", "2031-11/2032-02", "Land Agency", ("Ministry of Justice",)),
    Gold("1", "Write the guide to participation", "2031-01", "Ministry of Finance"),
    Gold("2", "Hold two rounds of hearings", "2031-02/2031-05", "Ministry of Finance"),
    Gold("3", "Publish what was taken up", "", "Ministry of Finance"),
)


def blueprint_years() -> bytes:
    """A regional blueprint: strategic measures merged downwards, ticks under years, headings that are
    numbers, one row ticked throughout, one with a word in place of ticks."""

    def change(_: Any, sheet: Worksheet) -> None:
        sheet.merge_cells("D2:G2")
        sheet.merge_cells("A4:A6")
        for column in "ABC":
            sheet.merge_cells(f"{column}2:{column}3")

    return xlsx(
        (
            ("Consolidated work plan",),
            ("Strategic measure", "Action line", "Sectoral body", "Timeline"),
            (None, None, None, 2031, 2032, 2033, 2034),
            ("A. Trade in goods", "Review the rules of origin", "Committee on Origin", "✓", "✓", None, None),
            (None, "Link the single windows", "Customs Committee", None, "✓", "✓", "✓"),
            (None, "Publish all tariffs", "Trade Office", "✓", "✓", "✓", "✓"),
            ("B. Services", "Begin talks on services", "Services Committee", None, None, "✔", None),
            ("B. Services", "Report on mobility", "Services Committee", "annually", None, None, None),
            ("B. Services", "Recognise diplomas", "Education Board", None, None, None, None),
        ),
        change,
    )


BLUEPRINT_YEARS = (
    Gold("", "Review the rules of origin", "2031/2032", "Committee on Origin"),
    Gold("", "Link the single windows", "2032/2034", "Customs Committee"),
    Gold("", "Publish all tariffs", "2031/2034", "Trade Office"),
    Gold("", "Begin talks on services", "2033", "Services Committee"),
    Gold("", "Report on mobility", ASK, "Services Committee"),
    Gold("", "Recognise diplomas", "", "Education Board"),
)


def quarters_ru() -> bytes:
    """A Russian schedule: Х and + under quarters of two years, a bar merged over quarters, a gap, two
    colours, and an empty row."""

    def change(_: Any, sheet: Worksheet) -> None:
        sheet.merge_cells("D3:G3")
        sheet.merge_cells("H3:K3")
        for column in "ABC":
            sheet.merge_cells(f"{column}3:{column}4")
        sheet.merge_cells("E7:G7")
        filled(sheet, "E7", BLUE)
        filled(sheet, "F10:G10", BLUE)
        filled(sheet, "H10", GREEN)

    quarters = ("I кв.", "II кв.", "III кв.", "IV кв.")
    return xlsx(
        (
            ("План-график реализации дорожной карты",),
            (),
            ("№ п/п", "Мероприятие", "Ответственный исполнитель", "2031 год", None, None, None, "2032 год"),
            (None, None, None, *quarters, *quarters),
            ("1", "Подготовить обзор законодательства", "Минюст", "Х", "Х"),
            ("2", "Согласовать перечень услуг", "Минэкономики", None, None, None, "+", "+"),
            ("3", "Создать рабочую группу", "Минфин"),
            ("4", "Провести переговоры", "МИД", "Х", None, "Х"),
            ("5", "Внести проект договора", "МИД", None, None, None, None, None, None, None, "x"),
            ("6", "Запустить систему", "Минсвязи"),
            ("7", "Оценить итоги", "Минэкономики"),
        ),
        change,
    )


QUARTERS_RU = (
    Gold("1", "Подготовить обзор законодательства", "2031-Q1/2031-Q2", "Минюст"),
    Gold("2", "Согласовать перечень услуг", "2031-Q4/2032-Q1", "Минэкономики"),
    Gold("3", "Создать рабочую группу", "2031-Q2/2031-Q4", "Минфин"),
    Gold("4", "Провести переговоры", ASK, "МИД"),
    Gold("5", "Внести проект договора", "2032-Q4", "МИД"),
    Gold("6", "Запустить систему", ASK, "Минсвязи"),
    Gold("7", "Оценить итоги", "", "Минэкономики"),
)


def programme_money() -> bytes:
    """A programme of two states: money by years is no timeline; the deadline has a column of its own."""

    def change(_: Any, sheet: Worksheet) -> None:
        sheet.merge_cells("E2:H2")
        for column in "ABCD":
            sheet.merge_cells(f"{column}2:{column}3")

    return xlsx(
        (
            ("Перечень мероприятий программы",),
            (
                "№",
                "Наименование мероприятия",
                "Срок выполнения",
                "Исполнители",
                "Объем финансирования, тыс. руб.",
            ),
            (None, None, None, None, "Всего", "2031", "2032", "2033"),
            (1, 2, 3, 4, 5, 6, 7, 8),
            (
                "1.1",
                "Разработать опытный образец",
                "2031–2032 гг.",
                "Минпром (отв.); Академия наук",
                30,
                10,
                20,
                0,
            ),
            ("1.2", "Провести испытания", "2033 г.", "Академия наук", 1, 0, 0, 1),
            ("1.3", "Выпустить первую партию", "IV квартал 2033 г.", "Минпром", 1, None, None, 1),
            ("Итого", None, None, None, 32, 10, 20, 2),
        ),
        change,
    )


PROGRAMME_MONEY = (
    Gold("1.1", "Разработать опытный образец", "2031/2032", "Минпром", ("Академия наук",)),
    Gold("1.2", "Провести испытания", "2033", "Академия наук"),
    Gold("1.3", "Выпустить первую партию", "2033-Q4", "Минпром"),
)


def quarters_csv() -> bytes:
    """A work plan as text: quarters with their years in the headings, 1 and x as marks, a letter that a
    legend would explain."""
    return delimited(
        (
            ("Ref", "Activity", "Lead", "Q1 2031", "Q2 2031", "Q3 2031", "Q4 2031", "Comments"),
            ("1.1", "Draft the by-law", "Ministry of Justice", "x", "x", "", "", ""),
            ("1.2", "Consult the regions", "Regional Council", "", "1", "1", "1", "with the cities"),
            ("1.3", "Test the form", "Data Agency", "", "P", "L", "L", ""),
            ("1.4", "Print the form", "Data Agency", "", "", "", "X", ""),
        )
    )


QUARTERS_CSV = (
    Gold("1.1", "Draft the by-law", "2031-Q1/2031-Q2", "Ministry of Justice"),
    Gold("1.2", "Consult the regions", "2031-Q2/2031-Q4", "Regional Council"),
    Gold("1.3", "Test the form", ASK, "Data Agency"),
    Gold("1.4", "Print the form", "2031-Q4", "Data Agency"),
)

DRAWN = (
    Layout("open-schedule.xlsx", open_schedule, OPEN_SCHEDULE),
    Layout("blueprint.xlsx", blueprint_years, BLUEPRINT_YEARS),
    Layout("grafik.xlsx", quarters_ru, QUARTERS_RU),
    Layout("programma.xlsx", programme_money, PROGRAMME_MONEY),
    Layout("quarters.csv", quarters_csv, QUARTERS_CSV),
)

"""Layouts written after the importer was repaired, and read once before anything was done for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from tests.formats.plans.houses import delimited, xlsx
from tests.secretariat.layouts.drawn import BLUE, GREEN, GREY, filled
from tests.secretariat.layouts.gold import ASK, Gold, Layout


def road_map_fr() -> bytes:
    """A French road map: half-years under two years, axes as section rows, a word in place of marks."""

    def change(_: Any, sheet: Worksheet) -> None:
        sheet.merge_cells("D3:E3")
        sheet.merge_cells("F3:G3")
        for column in "ABCH":
            sheet.merge_cells(f"{column}3:{column}4")
        for row in (5, 9):
            sheet.merge_cells(f"A{row}:H{row}")
            filled(sheet, f"A{row}:H{row}", GREY)
        sheet.merge_cells("D8:G8")

    return xlsx(
        (
            ("Feuille de route pour des services publics proches",),
            ("Version soumise au comité",),
            ("N°", "Action", "Pilote", "Calendrier 2031", None, "Calendrier 2032", None, "Indicateurs"),
            (None, None, None, "S1", "S2", "S1", "S2"),
            ("Axe 1 : accueillir",),
            (
                "1.1",
                "Ouvrir des maisons de services",
                "Direction des territoires",
                "■",
                "■",
                None,
                None,
                "40 ouvertes",
            ),
            (
                "1.2",
                "Former les agents d'accueil",
                "École du service public",
                None,
                "■",
                "■",
                None,
                "800 agents",
            ),
            (
                "1.3",
                "Répondre en cinq jours",
                "Direction des usagers",
                "permanent",
                None,
                None,
                None,
                "95 % des cas",
            ),
            ("Axe 2 : simplifier",),
            (
                "2.1",
                "Supprimer dix formulaires",
                "Secrétariat à la simplification",
                None,
                None,
                None,
                "■",
                "",
            ),
            (
                "2.2",
                "Partager les données, avec l'accord des usagers",
                "Direction du numérique",
                "■",
                None,
                "■",
                None,
            ),
            ("2.3", "Publier un bilan", "Cour des comptes"),
            ("Note : le calendrier dépend du vote du budget.",),
        ),
        change,
    )


ROAD_MAP = (
    Gold("1.1", "Ouvrir des maisons de services", "2031-H1/2031-H2", "Direction des territoires"),
    Gold("1.2", "Former les agents d'accueil", "2031-H2/2032-H1", "École du service public"),
    Gold("1.3", "Répondre en cinq jours", ASK, "Direction des usagers"),
    Gold("2.1", "Supprimer dix formulaires", "2032-H2", "Secrétariat à la simplification"),
    Gold("2.2", "Partager les données, avec l'accord des usagers", ASK, "Direction du numérique"),
    Gold("2.3", "Publier un bilan", "", "Cour des comptes"),
)


def measures_de() -> bytes:
    """A German plan of measures: quarter and year of the beginning and of the end, four columns."""
    return delimited(
        (
            ("Maßnahmenplan 2031-2033",),
            ("Nr.", "Maßnahme", "Federführung", "Beteiligte", "Beginn Quartal", "Beginn Jahr",
             "Abschluss Quartal",
             "Abschluss Jahr", "Stand"),
            ("1", "Das Meldewesen vereinfachen", "Innenressort", "Länder", "1", "2031", "4", "2031",
             "in Umsetzung"),
            ("2", "Die Fachverfahren verbinden", "Digitalressort", "Innenressort; Länder", "2", "2031",
             "2", "2033",
             "in Umsetzung"),
            ("3", "Das Handbuch vorlegen", "Justizressort", "", "", "", "3", "2032", "umgesetzt"),
            ("4", "Die Gebühren prüfen", "Finanzressort", "", "3", "2031", "", "2032", "noch nicht begonnen"),
            ("5", "Den Beirat anhören", "Innenressort", "", "", "", "laufend", "", "in Umsetzung"),
            ("6", "Den Bericht beraten", "Innenressort", "", "4", "2032", "1", "2032", "noch nicht begonnen"),
        ),
        ";",
        "utf-8-sig",
    )  # fmt: skip


MEASURES_DE = (
    Gold("1", "Das Meldewesen vereinfachen", "2031-Q4", "Innenressort", ("Länder",)),
    Gold("2", "Die Fachverfahren verbinden", "2033-Q2", "Digitalressort", ("Innenressort", "Länder")),
    Gold("3", "Das Handbuch vorlegen", "2032-Q3", "Justizressort"),
    Gold("4", "Die Gebühren prüfen", "2032", "Finanzressort"),
    Gold("5", "Den Beirat anhören", "continuous", "Innenressort"),
    Gold("6", "Den Bericht beraten", ASK, "Innenressort"),
)


def results_framework() -> bytes:
    """A results framework: baselines and targets by year are figures; the date stands at the end."""

    def change(_: Any, sheet: Worksheet) -> None:
        sheet.merge_cells("D2:G2")
        for column in "ABCHIJ":
            sheet.merge_cells(f"{column}2:{column}3")

    return xlsx(
        (
            ("Results framework and monitoring",),
            ("Ref", "Activity", "Indicator", "Target values", None, None, None, "Data source",
             "Responsible agency",
             "Completion date"),
            (None, None, None, "Baseline", 2031, 2032, 2033, None, None, None),
            ("1", "Connect the clinics", "clinics connected", 0, 10, 40, 90, "survey", "Health Agency",
             datetime(2033, 12, 31)),
            ("2", "Pass the law on data", "law in force (1 = yes)", 0, 0, 1, 1, "gazette", "Parliament",
             "December 2032"),
            ("3", "Train nurses", "nurses trained", 0, 100, 200, 300, "register",
             "Nursing School, with support from the Health Agency", "FY2033"),
            ("4", "Keep the help line open", "calls answered", "n/a", "90%", "90%", "95%", "log",
             "Health Agency", "ongoing"),
            ("Total", None, None, 0, 110, 241, 391, None, None, None),
        ),
        change,
    )  # fmt: skip


RESULTS = (
    Gold("1", "Connect the clinics", "2033-12-31", "Health Agency"),
    Gold("2", "Pass the law on data", "2032-12", "Parliament"),
    Gold("3", "Train nurses", ASK, "Nursing School", ("Health Agency",)),
    Gold("4", "Keep the help line open", "continuous", "Health Agency"),
)


def months_by_day() -> bytes:
    """A work plan of a mission: headings are real first days of months, bars in two colours with a key."""

    def change(_: Any, sheet: Worksheet) -> None:
        for cell in sheet[1][3:]:
            cell.number_format = "mmm-yy"
        filled(sheet, "D2:F2", BLUE)
        filled(sheet, "F3:I3", BLUE)
        filled(sheet, "E4", GREEN)
        filled(sheet, "B8", GREEN)

    months = [datetime(2031, m, 1) for m in range(4, 10)]
    return xlsx(
        (
            ("Item", "Task", "Owner", *months),
            ("A", "Visit the crossing points", "Field Team"),
            ("B", "Draft the joint report", "Reporting Unit"),
            ("C", "Hold the workshop on mines", "Training Unit"),
            ("D", "Agree the next mandate", "Head of Mission"),
            (),
            ("Key", None, None),
            (None, None, "green: subject to funds"),
        ),
        change,
        "Work plan",
    )


MONTHS_BY_DAY = (
    Gold("A", "Visit the crossing points", "2031-04/2031-06", "Field Team"),
    Gold("B", "Draft the joint report", "2031-06/2031-09", "Reporting Unit"),
    Gold("C", "Hold the workshop on mines", ASK, "Training Unit"),
    Gold("D", "Agree the next mandate", "", "Head of Mission"),
)

LATE = (
    Layout("feuille.xlsx", road_map_fr, ROAD_MAP),
    Layout("massnahmen.csv", measures_de, MEASURES_DE),
    Layout("results.xlsx", results_framework, RESULTS),
    Layout("mission.xlsx", months_by_day, MONTHS_BY_DAY),
)

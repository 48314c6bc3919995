"""Four plans in two editions each. The second is renumbered, calls a body by another name throughout, and
writes its dates in another form; one date moved, one measure was dropped, one added, two were merged and
one was split. Nothing else changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from tests.formats.plans.houses import delimited, xlsx
from tests.secretariat.layouts.drawn import filled

REAL = {"moved": 1, "dropped": 1, "added": 1, "merged": 1, "split": 1}


@dataclass(frozen=True, slots=True)
class Editions:
    """Two editions of one plan: their files, and the texts of what moved, was dropped and was added."""

    name: str
    first: bytes
    second: bytes
    moved: str
    dropped: str
    added: str


def trade_ru() -> Editions:
    """A complex of measures in Russian: days become ends of periods, a ministry takes another name."""
    head = ("№", "Наименование мероприятия", "Срок исполнения", "Исполнители")
    first = (
        ("1", "Упростить порядок пропуска товаров", "до 1 июля 2031 г.", "Комитет по торговле"),
        ("2", "Открыть склады у границы", "2031–2033 гг.", "Комитет по торговле; Минтранс"),
        ("3", "Издать справочник перевозчика", "IV квартал 2031 г.", "Минтранс"),
        ("4", "Согласовать перечень льгот", "I полугодие 2032 г.", "Минфин"),
        ("5", "Обучить таможенников", "сентябрь 2032 г.", "ГТК"),
        ("6", "Обучить пограничников", "сентябрь 2032 г.", "ГТК"),
        ("7", "Построить пункт пропуска и проложить к нему дорогу", "2033 г.", "Минтранс"),
        ("8", "Оценить ход торговли", "31.12.2033", "Комитет по торговле"),
    )
    second = (
        ("1.1", "Открыть склады у границы", "2031–2033 годы", "Министерство торговли; Минтранс"),
        ("1.2", "Упростить порядок пропуска товаров", "до 01.07.2031", "Министерство торговли"),
        ("1.3", "Согласовать перечень льгот", "до конца 2032 г.", "Минфин"),
        ("2.1", "Обучить таможенников и пограничников", "09.2032", "ГТК"),
        ("2.2", "Построить пункт пропуска", "2033", "Минтранс"),
        ("2.3", "Проложить дорогу к пункту пропуска", "2033", "Минтранс"),
        ("2.4", "Оценить ход торговли", "31 декабря 2033 г.", "Министерство торговли"),
        ("2.5", "Ввести единый талон", "I квартал 2033 г.", "Минфин"),
    )
    return Editions(
        "torgovlya.xlsx", xlsx((head, *first)), xlsx((head, *second)), "Согласовать перечень льгот",
        "Издать справочник перевозчика", "Ввести единый талон",
    )  # fmt: skip


def accession() -> Editions:
    """The year and the quarter in columns of their own: Roman figures become Q1 to Q4."""
    head = ("Code", "Measure", "Competent institution", "Year", "Quarter")
    first = (
        ("1", "Adopt the law on company accounts", "Ministry of Economy", "2031", "I"),
        ("2", "Set up the audit chamber", "Ministry of Finance", "2031", "IV"),
        ("3", "Train the inspectors of labour", "Labour Inspectorate", "2032", "II"),
        ("4", "Publish the guidance for employers", "Ministry of Economy", "2032", "III"),
        ("5", "Draft the rules on pensions", "Pension Fund", "2032", "IV"),
        ("6", "Consult the unions on pensions", "Pension Fund", "2032", "IV"),
        ("7", "Collect the statistics and publish them every week", "Statistics Office", "2033", "I"),
        ("8", "Close the transitional office", "Ministry of Finance", "2033", "II"),
    )
    second = (
        ("A.1", "Adopt the law on company accounts", "Ministry for Economic Growth", 2031, "Q1"),
        ("A.2", "Set up the audit chamber", "Ministry of Finance", 2031, "Q4"),
        ("A.3", "Publish the guidance for employers", "Ministry for Economic Growth", 2033, "Q1"),
        ("A.4", "Draft the rules on pensions and consult the unions on pensions", "Pension Fund", 2032, "Q4"),
        ("B.1", "Collect the statistics", "Statistics Office", 2033, "Q1"),
        ("B.2", "Publish the statistics every week", "Statistics Office", 2033, "Q1"),
        ("B.3", "Close the transitional office", "Ministry of Finance", 2033, "Q2"),
        ("B.4", "Open a desk for complaints", "Labour Inspectorate", 2033, "Q3"),
    )
    return Editions(
        "accession.csv", delimited((head, *first)), delimited((head, *second)),
        "Publish the guidance for employers", "Train the inspectors of labour", "Open a desk for complaints",
    )  # fmt: skip


def drawn() -> Editions:
    """Coloured months: the second edition is marked with crosses and goes on for two months more."""
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun")

    def sheet(
        more: Sequence[str], rows: Sequence[tuple[Any, ...]], draw: Callable[[Worksheet, int, str], None]
    ) -> bytes:
        def change(_: Any, page: Worksheet) -> None:
            page.merge_cells(start_row=1, end_row=1, start_column=4, end_column=9 + len(more))
            for column in "ABC":
                page.merge_cells(f"{column}1:{column}2")
            for n, row in enumerate(rows, 3):
                draw(page, n, row[3])

        head = (
            ("No", "Activity", "Lead agency", "2031", *[None] * (5 + len(more))),
            (None,) * 3 + months + tuple(more),
        )
        return xlsx((*head, *(row[:3] for row in rows)), change)

    def colour(page: Worksheet, n: int, cells: str) -> None:
        first, _, last = cells.partition(":")
        filled(page, f"{first}{n}:{last or first}{n}")

    def cross(page: Worksheet, n: int, cells: str) -> None:
        first, _, last = cells.partition(":")
        for row in page[f"{first}{n}:{last or first}{n}"]:
            for cell in row:
                cell.value = "x"

    one = (
        ("1", "Survey the harbour", "Port Office", "D:E"),
        ("2", "Dredge the channel", "Port Office", "F:H"),
        ("3", "Paint the sheds", "Works Agency", "D"),
        ("4", "Train the pilots", "Pilot School", "E:F"),
        ("5", "Print the chart of lights", "Survey Agency", "G"),
        ("6", "Print the chart of depths", "Survey Agency", "G"),
        ("7", "Repair the quay and replace its cranes", "Works Agency", "E:I"),
        ("8", "Report to the council", "Port Office", "I"),
    )
    two = (
        ("1", "Dredge the channel", "Harbour Authority", "F:H"),
        ("2", "Survey the harbour", "Harbour Authority", "D:E"),
        ("3", "Train the pilots", "Pilot School", "J:K"),
        ("4", "Print the charts of lights and depths", "Survey Agency", "G"),
        ("5", "Repair the quay", "Works Agency", "E:I"),
        ("6", "Replace the cranes of the quay", "Works Agency", "E:I"),
        ("7", "Report to the council", "Harbour Authority", "I"),
        ("8", "Mark the wrecks", "Works Agency", "K"),
    )
    return Editions(
        "harbour.xlsx", sheet((), one, colour), sheet(("Jul", "Aug"), two, cross), "Train the pilots",
        "Paint the sheds", "Mark the wrecks",
    )  # fmt: skip


def reform() -> Editions:
    """A matrix in French with day dates; the second edition names periods in other words."""
    head = ("N°", "Mesure", "Pilote", "Échéance")
    first = (
        ("1", "Ouvrir le guichet unique", "Ministère du Commerce", "31/12/2031"),
        ("2", "Numériser les archives", "Ministère du Commerce", "fin 2032"),
        ("3", "Créer la bourse aux stages", "Agence de l'emploi", "2e trimestre 2031"),
        ("4", "Évaluer les aides", "Cour des comptes", "30/06/2032"),
        ("5", "Former les agents des douanes", "École des douanes", "2032"),
        ("6", "Former les agents du fisc", "École des douanes", "2032"),
        ("7", "Rédiger la charte et la diffuser dans les écoles", "Ministère de la Culture", "mars 2032"),
        ("8", "Fermer les bureaux annexes", "Ministère de la Culture", "en continu"),
    )
    second = (
        ("C1", "Ouvrir le guichet unique", "Ministère de l'Économie", "31 décembre 2031"),
        ("C2", "Numériser les archives", "Ministère de l'Économie", "d'ici fin 2032"),
        ("C3", "Évaluer les aides", "Cour des comptes", "31/12/2032"),
        ("C4", "Former les agents des douanes et du fisc", "École des douanes", "année 2032"),
        ("C5", "Rédiger la charte", "Ministère de la Culture", "03/2032"),
        ("C6", "Diffuser la charte dans les écoles", "Ministère de la Culture", "03/2032"),
        ("C7", "Fermer les bureaux annexes", "Ministère de la Culture", "continu"),
        ("C8", "Publier les marchés", "Cour des comptes", "T3 2032"),
    )
    return Editions(
        "reforme.csv", delimited((head, *first), ";", "cp1252"), delimited((head, *second), ";"),
        "Évaluer les aides", "Créer la bourse aux stages", "Publier les marchés",
    )  # fmt: skip


EDITIONS = (trade_ru, accession, drawn, reform)

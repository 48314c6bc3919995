"""Files into cells: encodings, separators, merged, hidden, struck and coloured cells, formulas, damage."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.plans.houses import HOUSES, delimited, reform_matrix, xlsx
from travaux.acts.fault import Refused
from travaux.formats.plans import PlanFile, read_plan
from travaux.formats.plans.delimited import encoding_of

ROWS = (
    ("№", "Мера", "Срок"),
    ("1", "Создать реестр, открытый\nдля всех", "2031"),
    ("2", "Принять порядок «А»", "2032"),
)
FRENCH = (("N°", "Mesure"), ("1", "Créer un guichet à l'échéance prévue"), ("2", "Réduire les délais"))


def plan(name: str, data: bytes) -> PlanFile:
    file = read_plan(name, data)
    assert isinstance(file, PlanFile), file
    return file


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r", "cp866", "iso8859-5"]
)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_usual_encoding_and_separator(encoding: str, separator: str) -> None:
    rows = [[c.replace("«", '"').replace("»", '"').replace("№", "N") for c in row] for row in ROWS]
    file = plan("plan.csv", delimited(rows, separator, encoding))
    (sheet,) = file.sheets
    assert [[line.text(c) for c in (1, 2, 3)] for line in sheet.lines] == rows
    assert [line.n for line in sheet.lines] == [1, 2, 3]
    assert bool(file.notes) == (not encoding.startswith("utf"))


def test_western_letters() -> None:
    file = plan("plan.csv", delimited(FRENCH, ";", "cp1252"))
    assert file.sheets[0].lines[1].text(2) == "Créer un guichet à l'échéance prévue"


def test_a_row_knows_its_characters_in_the_text() -> None:
    file = plan("plan.csv", delimited(ROWS))
    line = file.sheets[0].lines[1]
    assert file.text[line.start : line.end] == '1,"Создать реестр, открытый\nдля всех",2031'


def test_the_line_that_names_the_separator_is_not_a_row() -> None:
    file = plan("plan.csv", b"sep=;\r\nNo;Action, large\r\n1;Do it, now\r\n")
    assert file.sheets[0].lines[0].text(2) == "Action, large"


def test_what_a_workbook_hides_merges_strikes_and_colours() -> None:
    file = plan("matrix.xlsx", reform_matrix())
    sheet, old = file.sheets
    by_row = {line.n: line for line in sheet.lines}
    assert by_row[4].cells[2].text == "Adopt the law on audits"
    assert by_row[4].cells[2].spread == "B3"
    assert by_row[5].hidden
    assert by_row[6].cells[4].fill == "FFFF00"
    assert not by_row[6].cells[4].text
    assert by_row[7].cells[2].struck
    assert by_row[8].cells[4].fault == "import_plan.formula"
    assert old.hidden
    assert {n.code for n in file.notes} == {"import_plan.hidden_sheet", "import_plan.hidden_rows"}


def test_numbers_and_dates_as_they_are_read() -> None:
    def formats(_: object, sheet: object) -> None:
        sheet["A2"].number_format = "0.00"  # type: ignore[index]

    file = plan("p.xlsx", xlsx((("No", "When"), (1.1, datetime(2031, 6, 30)), (3.0, "x")), formats))
    lines = file.sheets[0].lines
    assert (lines[1].text(1), lines[1].text(2), lines[2].text(1)) == ("1.10", "2031-06-30", "3")
    assert file.text[lines[1].start : lines[1].end] == "1.10\t2031-06-30"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"%PDF-1.7 ...", "other_file"),
        (b"\xd0\xcf\x11\xe0old", "other_file"),
        (b"PK\x03\x04broken", "no_workbook"),
        (b"\x00\x01\x02\x03" * 50, "no_text"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, code: str) -> None:
    file = read_plan("plan", data)
    assert isinstance(file, Refused)
    assert file.faults[0].code == f"import_plan.{code}"


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_refused(data: bytes) -> None:
    assert isinstance(read_plan("plan.csv", data), PlanFile | Refused)


@given(st.data())
def test_a_damaged_workbook_is_a_table_or_refused(data: st.DataObject) -> None:
    whole = WORKBOOK
    at = data.draw(st.integers(0, len(whole) - 1))
    broken = whole[:at] + bytes([data.draw(st.integers(0, 255))]) + whole[at + 1 :]
    assert isinstance(read_plan("plan.xlsx", broken), PlanFile | Refused)


WORKBOOK = xlsx((("No", "Action", "Deadline"), ("1", "Do it", "2031")))


@pytest.mark.parametrize("name", HOUSES)
def test_every_house_style_is_read(name: str) -> None:
    file = plan(name, HOUSES[name]())
    assert any(sheet.lines for sheet in file.sheets)
    for sheet in file.sheets:
        for line in sheet.lines:
            first = min(line.cells)
            assert " ".join(line.text(first).split())[:3] in file.text[line.start : line.end]


def test_utf8_is_told_from_single_bytes() -> None:
    assert encoding_of("дело".encode()) == "utf-8"
    assert encoding_of("обычный русский текст о мерах".encode("cp1251")) == "cp1251"
    assert encoding_of("обычный русский текст о мерах".encode("koi8-r")) == "koi8-r"

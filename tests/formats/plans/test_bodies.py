"""Several bodies in one cell: split where it is certain, asked about where not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travaux.formats.plans import Bodies, read_bodies
from travaux.formats.plans.bodies import Splitting, alike

CELLS = {
    "Ministry of Finance": ["Ministry of Finance"],
    "Ministry of Labour, Health and Social Affairs": ["Ministry of Labour, Health and Social Affairs"],
    "Министерство труда и социальной защиты": ["Министерство труда и социальной защиты"],
    "Ministry of Finance; Ministry of Justice": ["Ministry of Finance", "Ministry of Justice"],
    "MoF, MoJ": ["MoF", "MoJ"],
    "Минфин, Минэкономики, МИД": ["Минфин", "Минэкономики", "МИД"],
    "Минфин, Минюст (отв.)": ["Минюст", "Минфин"],
    "Ministry of Justice, Ministry of Finance (lead)": ["Ministry of Finance", "Ministry of Justice"],
    "Ministry of Finance and Central Bank": ["Ministry of Finance", "Central Bank"],
    "Министерство финансов совместно с Министерством юстиции": [
        "Министерство финансов",
        "Министерство юстиции",
    ],
    "Ministère des Finances, en collaboration avec la Banque centrale": [
        "Ministère des Finances",
        "Banque centrale",
    ],
    "Ministry of Finance\nMinistry of Justice": ["Ministry of Finance", "Ministry of Justice"],
    "Ministry of\nFinance": ["Ministry of Finance"],
    "- MoF\n- MoJ": ["MoF", "MoJ"],
    "Ответственный: Минфин; соисполнители: Минюст, МВД": ["Минфин", "Минюст", "МВД"],
    "Ministry of Finance / Customs Service": ["Ministry of Finance", "Customs Service"],
    "Минтруд, заинтересованные (по согласованию)": ["Минтруд", "заинтересованные"],
    "Ministry of Finance (Budget Department)": ["Ministry of Finance (Budget Department)"],
    "Ministry of Finance; ministry of  finance": ["Ministry of Finance"],
    "": [],
}


@pytest.mark.parametrize(("cell", "names"), CELLS.items())
def test_the_bodies_of_a_cell(cell: str, names: list[str]) -> None:
    assert list(read_bodies(cell).every) == names


def test_a_comma_that_might_separate_is_asked_about() -> None:
    found = read_bodies("Treasury, Ministry of Labour and friends")
    assert found.doubt == "import_plan.one_body_or_more"
    assert found.every == ("Treasury, Ministry of Labour and friends",)
    how = Splitting(separators=(",",))
    assert read_bodies("Treasury, Ministry of Labour and friends", how).every == (
        "Treasury",
        "Ministry of Labour and friends",
    )


def test_a_legend_spells_abbreviations_out() -> None:
    how = Splitting(legend={"MoF": "Ministry of Finance"})
    assert read_bodies("MoF (lead), Audit Office", how).every == ("Ministry of Finance", "Audit Office")


def test_names_that_stand_alone_elsewhere_may_be_separated() -> None:
    how = Splitting(known=frozenset({alike("Lighthouse Keepers"), alike("Harbour Pilots")}))
    assert read_bodies("Lighthouse Keepers, Harbour Pilots", how).every == (
        "Lighthouse Keepers",
        "Harbour Pilots",
    )


@given(st.text(max_size=120))
def test_no_cell_breaks_it_and_no_body_stands_twice(text: str) -> None:
    names = [alike(n) for n in read_bodies(text).every]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("cell", "lead", "also"),
    [
        ("Inspection Office (lead), Field Division", "Inspection Office", ("Field Division",)),
        ("Ministry of Labour, Family and Youth (lead), Hydromet", "Ministry of Labour, Family and Youth",
         ("Hydromet",)),
        ("Ministry of Education, Science and Sport", "Ministry of Education, Science and Sport", ()),
    ],
)  # fmt: skip
def test_what_is_marked_as_lead_ends_there(cell: str, lead: str, also: tuple[str, ...]) -> None:
    assert read_bodies(cell) == Bodies(lead, also)


def test_a_comma_before_a_name_that_may_be_a_body_is_asked_about() -> None:
    assert read_bodies("Ministry of Finance, Treasury").doubt == "import_plan.one_body_or_more"

"""Invented drafts in ten styles, counted by hand before they were read."""

from __future__ import annotations

import re
import textwrap
import tomllib
from pathlib import Path

import pytest

from travaux.text.model import Kind, Stance
from travaux.text.parse import Parsed, counts, parse, render

DRAFTS = Path(__file__).parent / "drafts"
EXPECTED = tomllib.loads((DRAFTS / "expected.toml").read_text("utf-8"))


def draft(name: str) -> str:
    return (DRAFTS / f"{name}.txt").read_text("utf-8")


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_counts_are_those_of_a_careful_reader(name: str) -> None:
    parsed, wanted = parse(draft(name)), EXPECTED[name]
    held = counts(parsed)
    found = {
        "points": held.decision_points,
        "options": held.options,
        "blanks": held.blanks,
        "parties": list(parsed.parties),
        "wrappers": held.wrappers,
    }
    assert found == {"wrappers": 0, **wanted}
    assert render(parsed) == draft(name)


def wrapped(text: str, width: int) -> str:
    lines = (
        textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)
        for line in text.split("\n")
    )
    return "\n".join("\n".join(line) for line in lines)


LAYOUTS = {
    "line ends of two characters": lambda text: text.replace("\n", "\r\n"),
    "a byte order mark": lambda text: "\ufeff" + text,
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "blanks in empty lines": lambda text: text.replace("\n\n", "\n \n"),
    "an indent": lambda text: re.sub(r"(?m)^(?=.)", "    ", text),
    "lines of 60": lambda text: wrapped(text, 60),
    "lines of 90": lambda text: wrapped(text, 90),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_layout_changes_no_count(name: str, layout: str) -> None:
    text = LAYOUTS[layout](draft(name))
    parsed = parse(text)
    one, other = counts(parsed), counts(parse(draft(name)))
    assert (one.decision_points, one.options, one.blanks) == (
        other.decision_points,
        other.options,
        other.blanks,
    )
    assert parsed.parties == parse(draft(name)).parties
    assert render(parsed) == text


def defects(parsed: Parsed) -> list[tuple[str, int, int]]:
    return [(defect.code.removeprefix("brackets."), defect.line, defect.col) for defect in parsed.defects]


def test_broken_brackets_are_told_by_line_and_column() -> None:
    assert defects(parse(draft("broken"))) == [
        ("unclosed", 3, 29),
        ("far", 7, 4),
        ("far", 7, 21),
        ("unclosed", 9, 16),
        ("unclosed", 17, 4),
    ]


def test_names_that_are_not_on_the_list_are_a_defect_and_nobody() -> None:
    parsed = parse(draft("waste"))
    assert defects(parsed) == [("slash_doubled", 5, 11), ("party_misspelt", 7, 8)]
    assert "NUX" not in parsed.parties
    [misspelt] = [defect for defect in parsed.defects if defect.code == "brackets.party_misspelt"]
    assert misspelt.proposed is not None
    assert (misspelt.proposed.insert, draft("waste")[misspelt.proposed.start : misspelt.proposed.end]) == (
        "NUR",
        "NUX",
    )


def test_stances_are_read_from_what_parties_do() -> None:
    parsed = parse(draft("names"))
    [first] = parsed.points[0].readings
    assert {held.party: held.stance for held in first.stances} == {
        "ARV": Stance.SUPPORTS,
        "TOL": Stance.SUPPORTS,
        "NUR": Stance.OPPOSES,
        "KES": Stance.OPPOSES,
    }
    assert parsed.points[0].kind is Kind.INSERTION
    notes = [held for note in parsed.notes for held in note.stances]
    assert {(held.party, held.stance) for held in notes} == {
        ("ARV", Stance.CONSIDERING),
        ("KES", Stance.SCRUTINY),
    }


def test_one_token_is_one_decision_and_pages_are_no_words() -> None:
    parsed = parse(draft("pages"))
    [macro] = parsed.macros
    assert len(macro.brackets) == 3
    [publishes] = [point for point in parsed.points if point.readings[0].words.startswith("publishes")]
    assert publishes.readings[0].words == "publishes them without delay"


def test_couplings_told_in_words_are_offered() -> None:
    parsed = parse(draft("ministries"))
    links = [(link.labels, link.coupling.exclusive) for link in parsed.links]
    assert links == [(("2", "4"), True), (("paragraph 4",), False)]
    ids = {point.id: point.unit for point in parsed.points}
    assert [ids[name] for name in parsed.links[0].coupling.brackets] == ["2", "4"]
    assert Kind.PARKED in {point.kind for point in parsed.points}


def test_operations_and_marks_of_status_are_kept_with_their_provision() -> None:
    operations = [
        provision.operation for provision in parse(draft("signals")).provisions if provision.operation
    ]
    assert operations == ["ADD", "MOD", "SUP", "NOC"]
    health = {provision.label: provision.status for provision in parse(draft("health")).provisions}
    assert health["Article 4"] == "yellow"
    assert health["Article 4, 2"] == "white"


def test_provisions_have_counts_of_their_own() -> None:
    by = {
        one.label: (one.decision_points, one.options, one.blanks)
        for one in counts(parse(draft("treaty"))).provisions
    }
    assert by["Article 3, 2"] == (1, 2, 0)
    assert by["Article 4 bis"] == (3, 3, 1)

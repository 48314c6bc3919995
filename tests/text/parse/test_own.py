"""Our own notation read as a draft agrees with the notation's own reader."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings

from tests.text.generator import case
from tests.text.test_compile import VERSIONS
from travaux.acts.fault import Refused
from travaux.text import notation
from travaux.text.compile import compile  # noqa: A004
from travaux.text.model import brackets
from travaux.text.parse import counts, parse, render, resolve


@settings(max_examples=300, deadline=None)
@given(VERSIONS)
def test_every_wording_comes_out_of_a_compile_that_was_read(versions: dict[str, str]) -> None:
    text = notation.render(compile(versions))
    parsed = parse(text)
    assert parsed.convention.own
    assert render(parsed) == text
    assert {party: resolve(parsed, party) for party in versions} == versions


@pytest.mark.parametrize("parties", [2, 5, 20])
def test_places_of_a_compile_are_found_where_they_stand(parties: int) -> None:
    for seed in range(15):
        made = compile(case(random.Random(seed + 500), parties).versions)
        text = notation.render(made)
        parsed = parse(text)
        assert parsed.text == made.text
        assert [point.id for point in parsed.points] == [site.id for site in brackets(made.text)]
        assert counts(parsed).decision_points == made.counts.sites
        for point in parsed.points:
            assert text[point.start] == "[" and text[point.end - 1] == "]"
            assert text.split("\n")[point.line - 1][point.col - 1] == "["


def test_a_text_that_only_begins_like_ours_is_read_as_a_draft() -> None:
    parsed = parse("Wordings: ARV, TOL\n\nFerries run [daily] and ] more")
    assert not parsed.convention.own
    assert [defect.code for defect in parsed.defects] == ["brackets.own_refused", "brackets.stray"]
    assert counts(parsed).decision_points == 1


def test_a_party_without_a_wording_is_refused() -> None:
    parsed = parse(notation.render(compile({"ARV": "Ferries run.", "TOL": "Ferries may run."})))
    found = resolve(parsed, "KES")
    assert isinstance(found, Refused)
    assert found.faults[0].code == "brackets.not_named"

"""Our notation is self-contained: what is rendered is read back equal, and gives every wording."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.text.generator import case
from tests.text.test_compile import VERSIONS
from travaux.acts.fault import Refused
from travaux.text import notation
from travaux.text.compile import compile  # noqa: A004
from travaux.text.resolve import resolve


@settings(max_examples=400, deadline=None)
@given(VERSIONS, st.booleans())
def test_what_is_rendered_is_read_back_equal(versions: dict[str, str], grouped: bool) -> None:
    made = compile(versions)
    groups = {"G 7": ["Arvia", "Tolia", "Nuria", "a, b"]} if grouped else None
    text = notation.render(made, groups)
    text.encode("utf-8")
    assert notation.parse(text) == made


def test_the_file_alone_gives_a_wording_back() -> None:
    versions = {f"P{k}": "Fares fall." if k < 8 else "Fares [rise] by (b) 5 %, no text." for k in range(9)}
    text = notation.render(compile(versions))
    assert "all others" in text
    read = notation.parse(text)
    assert not isinstance(read, Refused)
    assert {party: resolve(read, party) for party in versions} == versions


def test_an_optional_word_takes_its_blank_along() -> None:
    long = "of the standing committee on fares and tolls "
    made = compile({"ARV": f"Parties {long}take measures", "NUR": f"Parties {long}take appropriate measures"})
    assert notation.render(made).endswith("take [appropriate (NUR)] measures\n")


@pytest.mark.parametrize("parties", [2, 5, 20])
def test_edited_provisions_are_read_back_equal(parties: int) -> None:
    for seed in range(15):
        versions = case(random.Random(seed), parties).versions
        made = compile(versions)
        read = notation.parse(notation.render(made))
        assert read == made
        assert {party: resolve(read, party) for party in versions} == versions


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet='[]()|\\␣u{}0aAB," \n', max_size=40))
def test_any_text_at_all_is_read_or_refused(body: str) -> None:
    found = notation.parse(f"Wordings: A, B\n\n{body}")
    if isinstance(found, Refused):
        assert found.faults[0].line()


@pytest.mark.parametrize(
    ("body", "code", "col"),
    [
        ("ab [c (A)", "text.notation_open", 4),
        ("ab] c", "text.notation_stray", 3),
        ("[c]", "text.notation_names", 3),
        ("[c (KES)]", "text.notation_party", 1),
        ("[c (A)][d (A)]", "text.notation_party", 8),
        ("\\u{110000}", "text.notation_escape", 1),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(body: str, code: str, col: int) -> None:
    found = notation.parse(f"Wordings: A, B\n\n{body}\n")
    assert isinstance(found, Refused)
    assert (found.faults[0].code, found.faults[0].place.line, found.faults[0].place.col) == (code, 3, col)
    assert found.faults[0].sentence()


def test_ten_thousand_nested_brackets_are_read_and_rendered() -> None:
    deep = "Wordings: A, B\n\n" + "[x" * 10_000 + " (A)]" * 10_000 + "\n"
    read = notation.parse(deep)
    assert not isinstance(read, Refused)
    assert notation.parse(notation.render(read)) == read

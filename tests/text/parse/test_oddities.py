"""Oddities are told with place and repair, and the text stays as it is."""

from __future__ import annotations

import pytest

from travaux.text.parse import parse, render

ODD: list[tuple[str, str, int, int]] = [
    ("Ferries run [daily and at night.\n\nFares.", "unclosed", 1, 13),
    ("Ferries run daily]] here.", "stray", 1, 18),
    ("A {note that is never closed", "brace", 1, 3),
    ("Within [] days", "empty", 1, 8),
    ("[ARV, TOL: a word][NUR4: other words]", "digits_glued", 1, 20),
    ("[ARV//TOL: words]", "slash_doubled", 1, 5),
    ("[words (ARV)] [words (TOL)]", "options_equal", 1, 16),
    ("[words (ARV, TOL)] [other (TOL)]", "party_twice", 1, 21),
    ("[ARV supports; TOL, ARV oppose: words]", "party_both", 1, 33),
    ("Option 1: a.\n\nOption 3: b.", "option_gap", 3, 1),
    ("Option 1: a text.\n\nOther.", "option_alone", 1, 1),
    ("Article 1\n\n2. First.\n\n2. Second.", "label_twice", 5, 1),
    ("[fares*][tolls] once.\n\n* One decision.", "token_once", 1, 1),
    ("4. [words]\n\nNote: 4 and 19 are decided together.", "link_unknown", 3, 1),
    ("Ferries \u202erun", "invisible", 1, 9),
    ("1. Ferries.\n\nB. [Night crossings\n\n2. Run.\n\nC. Fares\n\n3. Rise.]", "far", 3, 4),
]


@pytest.mark.parametrize(("text", "code", "line", "col"), ODD)
def test_oddity(text: str, code: str, line: int, col: int) -> None:
    parsed = parse(text)
    found = [(d.code, d.line, d.col) for d in parsed.defects]
    assert (f"brackets.{code}", line, col) in found
    assert len(found) == 1
    assert parsed.defects[0].what and parsed.defects[0].repair
    assert render(parsed) == text


def test_a_proposed_repair_mends_what_it_is_proposed_for() -> None:
    for text in (
        "Ferries run [daily and at night. Fares fall.",
        "Ferries run daily] here.",
        "[ARV, TOL: a][NUR4: b]",
    ):
        [defect] = parse(text).defects
        assert defect.proposed is not None
        mended = text[: defect.proposed.start] + defect.proposed.insert + text[defect.proposed.end :]
        assert not parse(mended).defects


QUESTIONS = [
    ("See [here](https://example.org/a).", "link"),
    ("He wrote “[t]he ferry” [sic].", "editorial"),
    ("It is known.[12]", "reference"),
    ("As held in [2019] ABC 12.", "citation"),
    ("- [ ] to do", "tick"),
    ("A daily / weekly timetable", "slash"),
    ("1. [agreed] Ferries run.", "status"),
]


@pytest.mark.parametrize(("text", "code"), QUESTIONS)
def test_what_is_probably_no_dispute_is_asked(text: str, code: str) -> None:
    parsed = parse(text)
    assert f"brackets.{code}" in [question.code for question in parsed.questions]
    assert not parsed.points
    assert not parsed.defects

"""Each surface form of brackets by itself: decision points, options, blanks, parties."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from travaux.text.parse import counts, parse

FORMS = tomllib.loads(Path(__file__).with_name("forms.toml").read_text("utf-8"))["forms"]


@pytest.mark.parametrize(("text", "points", "options", "blanks", "parties"), FORMS)
def test_form(text: str, points: int, options: int, blanks: int, parties: str) -> None:
    parsed = parse(text)
    held = counts(parsed)
    found = (held.decision_points, held.options, held.blanks, ", ".join(parsed.parties))
    assert found == (points, options, blanks, ", ".join(sorted(filter(None, parties.split(", ")))))

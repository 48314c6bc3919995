"""Why an item is there, and what was considered and let go."""

from __future__ import annotations

import pytest

from tests.reader.scoring import reading
from travaux.acts.fault import Refused
from travaux.reader.explain import Explanation, explain
from travaux.text.source import Document

TEXT = """Talks in Velmar, 3 March 2031

President of Arvia Ona Tal met Prime Minister of Tolia Kel Doro in Velmar on Monday.

“We think the lane will help trade, and we will open it in May,” Ona Tal said.
"""


def explained(item: str) -> Explanation:
    found = explain(Document("x.txt", TEXT), item)
    assert not isinstance(found, Refused)
    return found


def of(found: Explanation, name: str) -> object:
    """A field that every kind of item has."""
    return getattr(found.item, name)


@pytest.mark.parametrize(
    ("item", "kind", "rule"),
    [
        ("q01", "quotes", "quote.after.s-v"),
        ("t02", "dates", "timex.weekday"),
        ("c01", "commitments", "commitment.will"),
        ("m01", "meetings", "meeting.held"),
    ],
)
def test_the_rule_that_fired_is_told(item: str, kind: str, rule: str) -> None:
    found = explained(item)
    assert (found.kind, of(found, "rule")) == (kind, rule)
    assert TEXT[found.item.start : found.item.end] == found.item.text


def test_a_candidate_that_was_let_go_is_told_with_its_words_and_reason() -> None:
    rejected = explained("q01").rejected
    assert [(r.kind, r.rule, r.why) for r in rejected] == [("commitments", "commitment.will", "embedded")]
    assert all(TEXT[r.start : r.end] == r.text for r in rejected)
    assert "will help trade" in rejected[0].text


def test_every_item_of_a_reading_can_be_explained() -> None:
    found = reading(TEXT)
    ids = [
        i["id"]
        for v in found.values()
        if isinstance(v, list)
        for i in v
        if isinstance(i, dict) and "start" in i
    ]
    assert ids
    for item in ids:
        assert of(explained(item), "id") == item


def test_an_id_that_no_item_has_is_refused() -> None:
    found = explain(Document("x.txt", TEXT), "c99")
    assert isinstance(found, Refused)
    assert [f.code for f in found.faults] == ["reader.no_item"]

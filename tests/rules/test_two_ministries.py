"""The ladder of two ministries, from the table to the decision."""

from __future__ import annotations

from tests.rules.stage import Stage, ready_book
from travaux.rules.judge import standing


def stage() -> Stage:
    made = Stage(ready_book("two-ministries"))
    made.text("tariff")
    return made


def test_a_text_goes_up_two_levels() -> None:
    s = stage()
    s.do("approve", "arvia", subject="tariff", at="working-group")
    assert s.refused("adopt", "arvia", subject="tariff", at="working-group") == [
        "quorum_not_met", "no_word_in_writing",
    ]  # fmt: skip
    s.do("approve", "tolia", subject="tariff", at="working-group")
    s.do("adopt", "desk", subject="tariff", at="working-group")
    s.do("refer", "desk", subject="tariff", to="commission")
    assert s.refused("approve", "arvia", subject="tariff", at="working-group")[0] == "lies_elsewhere"
    s.do("approve", "arvia", subject="tariff", at="commission")
    s.do("object", "tolia", subject="tariff", at="commission", why="the dues are too high")
    verdict = s.verdict("adopt", "arvia", subject="tariff", at="commission", form="agreement")
    assert not verdict.allowed
    assert "Because: tolia objected (the dues are too high)." in verdict.lines()
    s.do("approve", "tolia", subject="tariff", at="commission")
    s.do("adopt", "tolia", subject="tariff", at="commission", form="agreement")
    found = standing(s.asof(), s.book, "tariff")
    assert (found.level, found.waits) == ("commission", False)

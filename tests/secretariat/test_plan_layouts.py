"""Plans in the layouts that are published, read on the guess alone and set beside a careful reading."""

from __future__ import annotations

import pytest

from tests.secretariat.layouts.drawn import DRAWN
from tests.secretariat.layouts.gold import Layout, guessed, score
from tests.secretariat.layouts.late import LATE
from tests.secretariat.layouts.written import WRITTEN
from travaux.acts.fault import Refused
from travaux.secretariat.plans.mapping import Timeline, read_mapping, write_mapping

EVERY = (*DRAWN, *WRITTEN, *LATE)


@pytest.mark.parametrize("layout", EVERY, ids=lambda one: one.name)
def test_nothing_wrong_is_taken_as_certain_and_nothing_is_lost(layout: Layout) -> None:
    found = score(layout)
    assert not found.counts.get("wrong", 0), found.told
    assert not found.counts.get("lost", 0), found.told
    assert found.counts.get("asked", 0) <= (layout.name == "mission.xlsx"), found.told


def test_questions_are_few() -> None:
    """One where a person has to say, one for each word of a status, and one for a line of a key."""
    assert sum(score(layout).questions for layout in EVERY) <= 24


@pytest.mark.parametrize("layout", EVERY, ids=lambda one: one.name)
def test_the_guess_gives_reasons_and_is_written_as_a_mapping_that_reads_back(layout: Layout) -> None:
    found = guessed(layout)
    assert not isinstance(found, Refused)
    _, made = found
    assert read_mapping(write_mapping(made.mapping, made.reasons), "m.toml") == made.mapping
    told = {"timeline"} if made.mapping.timeline != Timeline() else {"columns.deadline"}
    assert told <= set(made.reasons)


def test_columns_that_hold_something_and_are_not_taken_are_told() -> None:
    layout = next(one for one in EVERY if one.name == "programma.xlsx")
    found = guessed(layout)
    assert not isinstance(found, Refused)
    assert "taken for figures" in found[1].reasons["columns"]
    assert "E “Объем финансирования, тыс. руб. / Всего" in found[1].reasons["columns"]

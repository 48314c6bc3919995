"""Two editions of four plans in the layouts they are published in: exactly the real changes are told."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable

import pytest

from tests.cli.desk import Desk, desk
from tests.cli.test_import_plan import BY, attempt, board, mapping
from tests.secretariat.layouts.drawn import open_schedule
from tests.secretariat.layouts.editions import EDITIONS, REAL, Editions

__all__ = ["desk"]


@pytest.mark.parametrize("plan", EDITIONS, ids=lambda one: one.__name__)
def test_exactly_the_real_changes_are_told(desk: Desk, plan: Callable[[], Editions]) -> None:
    made = plan()
    register = desk.found()
    old, new = desk.write(f"old-{made.name}", made.first), desk.write(made.name, made.second)
    attempt(desk, "import-plan", str(register), str(old), "--write-mapping", "m.toml", "--date", "2031-01-15")
    with_mapping = (str(new), "--mapping", "m.toml", "--compare", str(old), "--date", "2032-01-15")
    page = json.loads(attempt(desk, "import-plan", str(register), *with_mapping, "--format", "json").stdout)
    changes = page["compared"]["changes"]
    assert Counter(c["sort"] for c in changes) == REAL
    told = {c["sort"]: c["what"] for c in changes}
    assert (told["moved"], told["dropped"], told["added"]) == (made.moved, made.dropped, made.added)
    assert page["compared"]["doubts"] == []
    assert len(page["compared"]["renamed"]) == 1
    assert all(c["decided"] == [] for c in changes)


def test_a_drawn_deadline_is_recorded_with_the_cells_it_was_read_from(desk: Desk) -> None:
    register = desk.found()
    file = desk.write("schedule.xlsx", open_schedule())
    how = mapping(desk, register, file, answers='"Plan!G6:J6" = "2031-04/2031-07"')
    again = (str(register), str(file), "--mapping", str(how), *BY)
    desk.run("import-plan", *again, "--record")
    rows = board(desk, register)
    assert len(rows) == 6
    due = {r["what"]: r["due"] for r in rows}
    assert "2031-01/2031-03" in str(due["Collect the data of the five cities"])
    acts = desk.run("log", str(register), "--format", "json").stdout
    assert "2031 / Nov – 2032 / Feb (N7:Q7)" in acts
    assert "nothing new" in desk.run("import-plan", *again, "--record").stderr

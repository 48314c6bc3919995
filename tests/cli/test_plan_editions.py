"""Two editions of four plans in the layouts they are published in: exactly the real changes are told."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable

import pytest

from tests.cli.desk import Desk, desk
from tests.cli.test_import_plan import attempt
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

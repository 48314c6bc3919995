"""Any table at all is guessed at and read, or refused; no row of it goes without a word."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.plans.houses import delimited
from travaux.acts.fault import Refused
from travaux.formats.plans import PlanFile, read_plan
from travaux.secretariat.plans.guessing import guess
from travaux.secretariat.plans.headings import lay
from travaux.secretariat.plans.rows import read_rows

HEADS = [
    "No",
    "Action",
    "Deadline",
    "Responsible",
    "Status",
    "Срок",
    "Мероприятие",
    "№",
    "Примечание",
    "",
    "Total",
]
CELLS = [
    "",
    "1",
    "1.",
    "1.1",
    "2",
    "Do it",
    "Total",
    "31.12.2031",
    "03/04/2031",
    "TBD",
    "-",
    "MoF, MoJ",
    "* note",
    "1)",
    "Итого",
    "II.",
    "done",
]
cell = st.sampled_from(CELLS) | st.text(max_size=12)
tables = st.lists(st.lists(cell, min_size=1, max_size=6), max_size=10)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(HEADS), min_size=1, max_size=6), tables)
def test_any_table_is_read_or_refused(head: list[str], body: list[list[str]]) -> None:
    file = read_plan("plan.csv", delimited([head, *body]))
    if isinstance(file, Refused):
        return
    assert isinstance(file, PlanFile)
    made = guess(file, {"north": ("The North",)})
    if isinstance(made, Refused):
        return
    laid = lay(file, made.mapping)
    if isinstance(laid, Refused):
        assert all(f.line() for f in laid.faults)
        return
    reading = read_rows(file, laid, made.mapping)
    lines = sum(len(one.body) for one in laid)
    joined = lines - len(reading.rows) - len(reading.passed)
    assert joined >= 0
    assert joined == 0 or made.mapping.table.continued == "join"
    for fault in (*reading.faults, *reading.questions):
        assert fault.line().startswith("plan.csv:")

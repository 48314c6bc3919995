"""Lists, quarters and the minister's page are chosen from the state; the rows must say the same."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.register.delivering import DAYS, MEASURES, PARTIES, processes
from travaux.register.fold import AsOf, Entered, fold
from travaux.views.delivered.board import Board, board, board_json, board_values
from travaux.views.delivered.minister import AHEAD, DECISIONS, MinisterPage, minister_page
from travaux.views.delivered.row import Row
from travaux.views.wording import Wording, wording

LAWS = settings(max_examples=60, deadline=None)


def shown(acts: list[Entered[Any]], day: date) -> tuple[Wording, Board]:
    """The board of a drawn process."""
    w = wording(fold(acts).as_of(day))
    return w, board(w, day)


def disputes(row: Row) -> list[str]:
    """The acts that dispute a claim of this measure."""
    return [r.said.act for c in row.cells for r in c.replies if r.said and r.said.code == "disputes"]


@LAWS
@given(processes(), DAYS)
def test_each_list_holds_the_rows_that_say_so(acts: list[Entered[Any]], day: date) -> None:
    _, made = shown(acts, day)
    rows = list(made.rows)
    assert list(made.rows.moved) == [r for r in rows if r.moved]
    assert list(made.rows.disputed) == [r for r in rows if disputes(r)]
    assert list(made.rows.waiting) == [r for r in rows if r.waits_for]
    assert list(made.rows.unreported) == [
        r for r in rows if r.obligation != "withdrawn" and any(not c.claims for c in r.cells)
    ]
    for body in ("arvia-office", "port"):
        assert list(made.rows.of_body(body)) == [
            r for r in rows if any(body in (c.lead, *c.also) for c in r.cells)
        ]


@LAWS
@given(processes(), DAYS, st.integers(0, 4), st.integers(0, 4))
def test_a_part_of_a_list_is_the_part_of_its_rows(
    acts: list[Entered[Any]], day: date, start: int, stop: int
) -> None:
    _, made = shown(acts, day)
    rows = list(made.rows)
    assert list(made.rows[start:stop]) == rows[start:stop]
    assert [made.rows[n] for n in range(len(made.rows))] == rows
    assert made.rows == made.rows[:]
    assert (made.rows[:1] == made.rows) == (len(rows) <= 1)


@LAWS
@given(processes(), DAYS)
def test_quarters_lose_no_measure_and_stand_in_order(acts: list[Entered[Any]], day: date) -> None:
    _, made = shown(acts, day)
    quarters = made.rows.by_quarter()
    assert sorted(r.id for rows in quarters.values() for r in rows) == sorted(r.id for r in made.rows)
    assert all(r.quarter == q for q, rows in quarters.items() for r in rows)
    assert all((not a, a) < (not b, b) for a, b in pairwise(quarters))


@LAWS
@given(processes(), DAYS)
def test_what_is_written_holds_every_row(acts: list[Entered[Any]], day: date) -> None:
    _, made = shown(acts, day)
    held = board_values(made)
    assert held["rows"] == msgspec.to_builtins(tuple(made.rows))
    assert msgspec.json.decode(board_json(made)) == msgspec.json.decode(msgspec.json.encode(held))


@LAWS
@given(processes(), DAYS)
def test_counts_are_those_of_the_rows(acts: list[Entered[Any]], day: date) -> None:
    _, made = shown(acts, day)
    rows, counts = list(made.rows), made.counts
    withdrawn = [r for r in rows if r.obligation == "withdrawn"]
    assert (counts.removed, counts.current) == (len(withdrawn), len(rows) - len(withdrawn))
    assert counts.base + counts.added == len(rows)
    if not counts.added:
        for group in counts.groups:
            assert group.n == sum(r.group == group.group for r in rows)
        assert counts.claimed == sum(any(s.code == "done" for c in r.cells for s in c.claims) for r in rows)
        for one in counts.by_party:
            own = [c for r in rows for c in r.cells if c.party == one.party]
            done = [c for c in own if any(s.code == "done" for s in c.claims)]
            assert (one.claims_done, one.owes) == (len(done), len(own))


def changed(asof: AsOf, day: date, before: date) -> Board:
    """A board compared with an earlier day."""
    return board(wording(asof), day, compare=(asof._register.as_of(before), before))


@LAWS
@given(processes(), DAYS, DAYS)
def test_no_change_is_missed_where_rows_differ(acts: list[Entered[Any]], one: date, other: date) -> None:
    """Whatever a row says on the later day and did not say on the earlier one is told as a change."""
    before, day = sorted((one, other))
    register = fold(acts)
    made = changed(register.as_of(day), day, before)
    told = {(c.measure, c.sort) for c in made.changes}
    old = {r.id: r for r in board(wording(register.as_of(before)), before).rows}
    for row in made.rows:
        past = old.get(row.id)
        assert (past is None) == ((row.id, "added") in told)
        if past is None:
            continue
        said = {s.act for c in past.cells for s in c.claims}
        new = {s.act for c in row.cells for s in c.claims} - said
        assert ((row.id, "claim") in told) == bool(new)
        assert ((row.id, "answer") in told) == bool(answers(row) - answers(past))
        assert ((row.id, "moved") in told) == (len(row.dates) > len(past.dates))
        assert ((row.id, "obligation") in told) == (row.obligation != past.obligation)
        assert ((row.id, "passed") in told) == bool(row.overdue_days and not past.overdue_days)
        assert ((row.id, "finding") in told) == bool(row.finding and row.finding != past.finding)


def answers(row: Row) -> set[str]:
    """The acts that answer a claim."""
    return {r.said.act for c in row.cells for r in c.replies if r.said}


def page_of(acts: list[Entered[Any]], day: date, party: str) -> tuple[list[Row], Board, MinisterPage]:
    w, made = shown(acts, day)
    return list(made.rows), made, minister_page(w, made, party)


@LAWS
@given(processes(), DAYS, st.sampled_from(PARTIES))
def test_the_decisions_wanted_are_the_oldest_of_all_that_rows_hold(
    acts: list[Entered[Any]], day: date, party: str
) -> None:
    rows, made, page = page_of(acts, day, party)
    asked = [(a.days, a.act) for r in rows for a in r.asking]
    open_acts = {act for _, act in asked} | {act for r in rows for act in disputes(r)}
    mutual = sum(c.mutual for c in made.circles)
    told = [act for d in page.decisions for act in d.acts]
    assert len(page.decisions) + page.more == mutual + len(asked) + sum(len(disputes(r)) for r in rows)
    assert len(page.decisions) == min(DECISIONS, len(page.decisions) + page.more)
    assert set(told) <= open_acts
    shown_days = [d.days for d in page.decisions]
    assert shown_days == sorted(shown_days, reverse=True)
    if page.more:
        assert all(days <= shown_days[-1] for days, act in asked if act not in told)
    assert {d.days for d in page.decisions if d.sort == "extension"} <= {days for days, _ in asked}


@LAWS
@given(processes(), DAYS, st.sampled_from(PARTIES))
def test_the_page_counts_and_looks_ahead_as_the_rows_do(
    acts: list[Entered[Any]], day: date, party: str
) -> None:
    rows, _, page = page_of(acts, day, party)
    late = [r for r in rows if r.overdue_days]
    ours = sum(
        any(c.party == party and all(s.code != "done" for s in c.claims) for c in r.cells) for r in late
    )
    number = sum(bool(disputes(r)) for r in rows)
    for words in (f"{len(late)} are overdue", f"on {ours} of which"):
        assert words in page.sentence
    assert str(number) in page.sentence
    live = [r for r in rows if r.obligation != "withdrawn"]
    for bar in page.bars:
        own = [c for r in live for c in r.cells if c.party == bar.party]
        parts = {p.code: p.n for p in bar.parts}
        assert bar.owes == len(own) == sum(parts.values())
        assert parts["none"] == sum(not c.claims for c in own)
        assert parts["done"] == sum({s.code for s in c.claims} == {"done"} for c in own)
    near = [r for r in live if r.days_left is not None and r.days_left <= AHEAD]
    assert [(c.measure, c.days) for c in page.coming] == sorted(
        ((r.id, r.days_left or 0) for r in near), key=lambda item: (item[1], item[0])
    )
    assert [c.owes for c in page.coming] == [
        tuple(c.name for c in next(r for r in rows if r.id == one.measure).cells) for one in page.coming
    ]
    assert set(MEASURES) >= {r.id for r in rows}

"""A small process of measures for tests of the views of delivery: two parties, disputes, moves, waits."""

from __future__ import annotations

from datetime import date

from tests.register.registers import act_id
from tests.rules.stage import Stage, ready_book
from travaux.views.delivered.board import Board, board
from travaux.views.wording import wording

TODAY = date(2032, 3, 1)
BOTH = ("tolia/delegation",)


def played() -> Stage:
    """Eight measures: agreed done, disputed, moved, overdue, asked for, waiting, mutual wait, withdrawn."""
    stage = Stage(ready_book("two-ministries"))
    for measure, parties, due in (
        ("fares", ["arvia"], "2031-06-30"),
        ("lights", ["tolia"], "2031-09-30"),
        ("dredge", ["arvia"], "2031-12-31"),
        ("piers", ["arvia", "tolia"], "2031-10-31"),
        ("berth", ["tolia"], "2032-06-30"),
        ("old", ["arvia"], "2031-05-01"),
    ):
        stage.do(
            "undertake",
            "arvia",
            BOTH,
            measure=measure,
            parties=parties,
            what=f"complete the {measure}",
            due=due,
        )
    stage.do(
        "undertake",
        "arvia",
        measure="timetable",
        parties=["arvia"],
        what="publish a timetable",
        deadline={"kind": "after_event", "event": "berth", "offset": "P30D"},
    )
    stage.do(
        "undertake",
        "tolia",
        measure="quay",
        parties=["tolia"],
        what="open the quay",
        due="2032-04-01",
        links=[{"sort": "requires", "to": "dredge"}],
    )
    stage.do(
        "amend_measure",
        "arvia",
        BOTH,
        measure="dredge",
        why="order",
        links=[{"sort": "requires", "to": "quay"}],
    )
    stage.do(
        "report", "arvia", measure="fares", claim="done", on="2031-06-01", evidence=[{"what": "Gazette 12"}]
    )
    stage.do("answer", "tolia", measure="fares", report=last(stage), says="accepts", on="2031-06-10")
    stage.do("report", "tolia", measure="lights", claim="done", on="2031-09-01")
    stage.do(
        "answer",
        "arvia",
        measure="lights",
        report=last(stage),
        says="disputes",
        reason="not_shown",
        on="2031-09-20",
    )
    stage.do(
        "request_extension",
        "arvia",
        measure="dredge",
        why="ice",
        to="2032-06-30",
        notice=True,
        on="2031-08-01",
    )
    stage.do("request_extension", "tolia", measure="berth", why="strike", to="2033-12-31", on="2032-01-10")
    stage.do("withdraw_measure", "arvia", BOTH, measure="old", on="2031-04-01")
    return stage


def last(stage: Stage) -> str:
    """The id of the last act."""
    return act_id(len(stage.register) - 1)


def board_of(stage: Stage, on: date = TODAY, compare: date | None = None) -> Board:
    """The board of a stage."""
    before = (stage.register.as_of(compare), compare) if compare else None
    return board(wording(stage.register.as_of(on)), on, compare=before)

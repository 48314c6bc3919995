"""Delivery under the rules: whose claim, whose answer, what is done together, how a date may move."""

from __future__ import annotations

from datetime import date

import pytest

from tests.register.registers import act_id
from tests.rules.stage import Stage, ready_book
from travaux.register.delivered import delivery
from travaux.register.measures import measure

BOTH = ("tolia/delegation",)
THREE = ("tolia/delegation", "nuria/delegation")


@pytest.fixture
def stage() -> Stage:
    made = Stage(ready_book("two-ministries"))
    made.do("undertake", "arvia", BOTH, measure="piers", parties=["arvia", "tolia"], what="rebuild two piers",
            due="2031-12-31")  # fmt: skip
    made.do("undertake", "arvia", measure="dredge", parties=["arvia"], what="dredge", due="2031-12-31")
    return made


def last_id(stage: Stage) -> str:
    return act_id(len(stage.register) - 1)


def codes(
    stage: Stage, kind: str, party: str, /, cosigners: tuple[str, ...] = (), **values: object
) -> set[str]:
    verdict = stage.verdict(kind, party, cosigners, **values)
    assert not verdict.allowed
    assert verdict.say()
    return {s.code.removeprefix("rules.") for s in verdict.reasons}


def test_a_party_reports_only_on_what_it_owes(stage: Stage) -> None:
    assert codes(stage, "report", "tolia", measure="dredge", claim="done") == {"does_not_owe"}
    assert "not_a_measure" in codes(stage, "report", "tolia", measure="arvia", claim="done")
    stage.do("report", "arvia", measure="dredge", claim="under_way")


def test_an_answer_is_to_the_report_that_stands_and_by_another(stage: Stage) -> None:
    stage.do("report", "arvia", measure="dredge", claim="done")
    first = last_id(stage)
    assert codes(stage, "answer", "arvia", measure="dredge", report=first, says="accepts") == {
        "answers_itself"
    }
    assert codes(stage, "answer", "tolia", measure="dredge", report=first, says="disputes") == {
        "dispute_without_reason"
    }
    assert codes(stage, "answer", "tolia", measure="dredge", report="0" * 64, says="accepts") == {
        "no_such_report"
    }
    stage.do("answer", "tolia", measure="dredge", report=first, says="disputes", reason="not_shown")
    stage.do("report", "arvia", measure="dredge", claim="done", words="soundings published")
    assert codes(stage, "answer", "tolia", measure="dredge", report=first, says="accepts") == {
        "report_superseded"
    }
    stage.do("answer", "tolia", measure="dredge", report=last_id(stage), says="accepts")


def test_a_new_report_has_no_answer_yet(stage: Stage) -> None:
    stage.do("report", "arvia", measure="dredge", claim="done")
    stage.do("answer", "tolia", measure="dredge", report=last_id(stage), says="accepts")
    stage.do("report", "arvia", measure="dredge", claim="done_in_part")
    held = measure(stage.asof(), "dredge")
    assert held is not None
    assert held.owed[0].answers == {}


def test_findings_and_changes_are_made_together(stage: Stage) -> None:
    for kind, values in {
        "find": {"finding": "fulfilled"},
        "amend_measure": {"why": "a third pier", "what": "rebuild three piers"},
        "suspend_measure": {},
        "withdraw_measure": {},
    }.items():
        assert codes(stage, kind, "arvia", measure="piers", **values) == {"not_together"}
        assert not stage.verdict(kind, "desk", measure="piers", **values).allowed
        assert stage.verdict(kind, "arvia", BOTH, measure="piers", **values).allowed
    assert codes(stage, "find", "arvia", BOTH, measure="piers", finding="reopened") == {"nothing_to_reopen"}


def test_a_withdrawn_measure_takes_no_more_reports(stage: Stage) -> None:
    stage.do("withdraw_measure", "arvia", BOTH, measure="dredge")
    assert codes(stage, "report", "arvia", measure="dredge", claim="done") == {"measure_withdrawn"}
    assert codes(stage, "withdraw_measure", "arvia", BOTH, measure="dredge") == {"measure_withdrawn"}


def test_nobody_assesses_what_it_owes(stage: Stage) -> None:
    assert codes(stage, "assess", "arvia", measure="dredge", value="B", scale="A to E") == {"assesses_itself"}
    stage.do("assess", "tolia", measure="dredge", value="B", scale="A to E")


def test_a_date_moves_by_notice_within_the_clock_and_once(stage: Stage) -> None:
    notice = {"measure": "dredge", "why": "ice", "notice": True}
    assert codes(stage, "request_extension", "arvia", **notice, to="2033-07-31") == {"no_notice"}
    assert codes(stage, "request_extension", "arvia", **notice, to="2031-12-30") >= {"not_later"}
    assert codes(stage, "request_extension", "arvia", **notice) >= {"one_deadline"}
    assert codes(stage, "request_extension", "tolia", **notice, to="2032-06-30") >= {"does_not_owe"}
    stage.do("request_extension", "arvia", **notice, to="2032-06-30")
    held = measure(stage.asof(), "dredge")
    assert held is not None
    assert [str(d.when) for d in held.dues] == ["2031-12-31", "2032-06-30"]
    assert codes(stage, "request_extension", "arvia", **notice, to="2032-09-30") == {"no_notice"}


def test_late_notice_is_refused_and_a_late_request_is_allowed(stage: Stage) -> None:
    late = {"measure": "dredge", "why": "ice", "to": "2032-06-30", "on": "2032-01-10"}
    assert codes(stage, "request_extension", "arvia", **late, notice=True) == {"no_notice"}
    stage.do("request_extension", "arvia", **late)
    held = measure(stage.asof(), "dredge")
    assert held is not None
    assert str(held.due) == "2031-12-31"


def test_a_request_moves_nothing_until_the_others_agree(stage: Stage) -> None:
    stage.do("request_extension", "arvia", measure="dredge", why="ice", to="2033-12-31")
    request = last_id(stage)
    assert codes(stage, "request_extension", "arvia", measure="dredge", why="ice", to="2034-01-31") == {
        "request_open"
    }
    assert "decides_itself" in codes(
        stage, "decide_extension", "arvia", measure="dredge", request=request, decision="granted"
    )
    assert str(measure(stage.asof(), "dredge").due) == "2031-12-31"  # type: ignore[union-attr]
    stage.do(
        "decide_extension",
        "tolia",
        ("arvia/delegation",),
        measure="dredge",
        request=request,
        decision="otherwise",
        to="2033-06-30",
    )
    held = measure(stage.asof(), "dredge")
    assert held is not None
    assert [str(d.when) for d in held.dues] == ["2031-12-31", "2033-06-30"]
    assert held.dues[1].request is held.requests[0]
    assert codes(
        stage,
        "decide_extension",
        "tolia",
        ("arvia/delegation",),
        measure="dredge",
        request=request,
        decision="refused",
    ) == {"request_closed"}


def test_an_overdue_measure_with_an_open_request_stays_overdue(stage: Stage) -> None:
    stage.do("request_extension", "arvia", measure="dredge", why="ice", to="2033-12-31")
    state = delivery(stage.asof(), date(2032, 1, 31))
    late = state.of("dredge")
    assert late is not None
    assert (late.counted.overdue, late.days) == (True, 31)


def test_after_an_event_the_date_counts_from_when_it_is_on_record(stage: Stage) -> None:
    stage.do("undertake", "arvia", measure="fares", parties=["arvia"], what="publish fares",
             deadline={"kind": "after_event", "event": "dredge", "offset": "P30D"})  # fmt: skip
    waits = delivery(stage.asof(), date(2031, 6, 1)).of("fares")
    assert waits is not None
    assert (waits.due.when, waits.due.waits_for) == (None, "dredge")
    stage.do("report", "arvia", measure="dredge", claim="done", on="2031-05-01")
    stage.do("answer", "tolia", measure="dredge", report=last_id(stage), says="accepts", on="2031-05-10")
    due = delivery(stage.asof(), date(2031, 6, 1)).of("fares")
    assert due is not None
    assert str(due.due.when) == "2031-06-09"


def test_mutual_waits_end_when_what_is_waited_for_is_agreed_done(stage: Stage) -> None:
    from travaux.delivery.waits import circles

    stage.do("undertake", "arvia", measure="berth", parties=["arvia"], what="open the berth",
             links=[{"sort": "requires", "to": "dredge"}])  # fmt: skip
    stage.do(
        "amend_measure",
        "arvia",
        BOTH,
        measure="dredge",
        why="order",
        links=[{"sort": "requires", "to": "berth"}],
    )
    waits = delivery(stage.asof(), date(2031, 6, 1)).waits
    assert [c.measures for c in circles(waits, {})] == [("berth", "dredge")]
    stage.do("find", "arvia", BOTH, measure="berth", finding="fulfilled")
    assert circles(delivery(stage.asof(), date(2031, 6, 1)).waits, {}) == ()

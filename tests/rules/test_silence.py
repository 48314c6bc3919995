"""Silence: its clock over weekends, zones and changes of clocks; who breaks it, and what then."""

from __future__ import annotations

from typing import Any

import pytest

from tests.register.registers import day
from tests.rules.stage import Stage, book, one_level
from travaux.rules.book import Rulebook
from travaux.rules.judge import standing


def quiet(rule: str, zone: str = "UTC") -> Rulebook:
    return one_level(f'{{ is = "silence", {rule} }}', head=f'zone = "{zone}"')


def opened(rules: Rulebook, on: str, until: str, parties: int = 3) -> Stage:
    s = Stage(rules, parties=parties)
    s.text("tariff")
    s.do("open_silence", "arvia", subject="tariff", at="board", on=on, until=until)
    return s


def result(s: Stage, on: str, **values: Any) -> list[str]:
    """The reasons of the verdict on a result dated `on`, "yes" first where it is allowed."""
    verdict = s.verdict("adopt", "arvia", subject="tariff", at="board", on=on, **values)
    assert verdict.reasons
    return (["yes"] if verdict.allowed else []) + [r.code.removeprefix("rules.") for r in verdict.reasons]


def test_silence_holds_when_its_time_has_run_out_and_not_before() -> None:
    s = opened(quiet("hours = 72"), "2031-03-03T18:00+03:00", "2031-03-06T18:00+03:00")
    assert result(s, "2031-03-06T15:00Z") == ["silence_runs"]
    assert result(s, "2031-03-06T15:01Z") == ["yes", "silence_kept"]
    assert result(s, "2031-03-06T16:00+03:00") == ["silence_runs"]


@pytest.mark.parametrize(
    ("until", "allowed"),
    [
        ("2031-03-06T17:59+03:00", False),
        ("2031-03-06T18:00+03:00", True),
        ("2031-03-06T15:00Z", True),
        ("2031-03-06T17:30+04:00", False),
    ],
)
def test_hours_are_counted_whatever_the_zone(until: str, allowed: bool) -> None:
    s = Stage(quiet("hours = 72"), parties=3)
    s.text("tariff")
    verdict = s.verdict(
        "open_silence", "arvia", subject="tariff", at="board", on="2031-03-03T18:00+03:00", until=until
    )
    assert verdict.allowed is allowed, verdict.say()


@pytest.mark.parametrize(
    ("on", "until", "allowed"),
    [
        # Brussels goes from +01:00 to +02:00 on 30 March 2031, and back on 26 October.
        ("2031-03-29T12:00+01:00", "2031-03-30T12:00+02:00", False),  # 23 hours
        ("2031-03-29T12:00+01:00", "2031-03-30T13:00+02:00", True),
        ("2031-10-25T12:00+02:00", "2031-10-26T11:00+01:00", True),  # 24 hours
        ("2031-10-25T12:00+02:00", "2031-10-26T10:59+01:00", False),
    ],
)
def test_hours_are_elapsed_hours_when_clocks_change(on: str, until: str, allowed: bool) -> None:
    s = Stage(quiet("hours = 24", "Europe/Brussels"), parties=3)
    s.text("tariff")
    verdict = s.verdict("open_silence", "arvia", subject="tariff", at="board", on=on, until=until)
    assert verdict.allowed is allowed


def test_a_day_ends_in_the_zone_of_the_rules() -> None:
    s = opened(quiet("hours = 24", "Asia/Tokyo"), "2031-03-03T09:00+09:00", "2031-03-05")
    assert result(s, "2031-03-05T14:59Z") == ["silence_runs"]  # 23:59 in Tokyo
    assert result(s, "2031-03-05T15:00Z") == ["yes", "silence_kept"]
    s.do("object", "tolia", subject="tariff", at="board", on="2031-03-05T14:59Z")
    assert result(s, "2031-03-05T15:00Z")[0] == "silence_broken"


@pytest.mark.parametrize(
    ("until", "allowed"),
    [
        ("2031-03-10T15:00Z", False),  # Friday 7th, then Monday: one working day
        ("2031-03-12T14:59Z", False),
        ("2031-03-12T15:00Z", True),
        ("2031-03-12", True),
    ],
)
def test_working_days_leave_out_weekends(until: str, allowed: bool) -> None:
    s = Stage(quiet("working_days = 3"), parties=3)
    s.text("tariff")
    asked: dict[str, Any] = {"subject": "tariff", "at": "board", "on": "2031-03-07T15:00Z", "until": until}
    assert s.verdict("open_silence", "arvia", **asked).allowed is allowed


def test_working_days_leave_out_holidays() -> None:
    s = Stage(quiet("working_days = 1, holidays = [2031-03-10]"), parties=3)
    s.text("tariff")
    asked: dict[str, Any] = {"subject": "tariff", "at": "board", "on": "2031-03-07T15:00Z"}
    assert not s.verdict("open_silence", "arvia", **asked, until="2031-03-10").allowed
    assert s.verdict("open_silence", "arvia", **asked, until="2031-03-11").allowed


def test_one_objection_in_time_breaks_it_and_a_late_one_does_not() -> None:
    s = opened(quiet("hours = 24"), "2031-03-03T12:00Z", "2031-03-05T12:00Z")
    s.do("object", "nuria", subject="tariff", at="board", on="2031-03-05T12:01Z")
    assert result(s, "2031-03-06") == ["yes", "silence_kept"]
    s.do("object", "tolia", subject="tariff", at="board", on="2031-03-05T12:00Z", why="the rate")
    verdict = s.verdict("adopt", "arvia", subject="tariff", at="board", on="2031-03-06")
    assert [r.code for r in verdict.reasons] == ["rules.silence_broken", "rules.silence_fail"]
    assert "(the rate)" in verdict.say()
    meanings = {m: v.code for m, v in verdict.meanings.items()}
    assert meanings == {
        "arvia": "rules.means_silence_agreed",
        "tolia": "rules.means_objects",
        "nuria": "rules.means_objects_late",
    }
    s.do("approve", "tolia", subject="tariff", at="board", on="2031-03-05T12:00Z")
    assert result(s, "2031-03-06") == ["yes", "silence_kept"]


def test_an_objection_dated_by_a_day_alone_is_in_time_on_the_last_day() -> None:
    s = opened(quiet("hours = 24"), "2031-03-03T12:00Z", "2031-03-05T12:00Z")
    s.do("object", "tolia", subject="tariff", at="board", on="2031-03-05")
    assert result(s, "2031-03-06")[0] == "silence_broken"


def test_only_the_breakers_break_it() -> None:
    s = opened(quiet('hours = 1, breakers = ["nuria"], effect = "reopen"'), "2031-03-03", "2031-03-05")
    s.do("object", "tolia", subject="tariff", at="board", on="2031-03-04")
    assert result(s, "2031-03-06")[0] == "yes"
    s.do("object", "nuria", subject="tariff", at="board", on="2031-03-04")
    assert result(s, "2031-03-06") == ["silence_broken", "silence_reopen"]


def test_extension_is_for_the_rules_to_allow() -> None:
    again: dict[str, Any] = {"subject": "tariff", "at": "board"}
    fixed = opened(quiet("hours = 24"), "2031-03-03", "2031-03-05")
    assert fixed.refused("open_silence", "arvia", **again, on="2031-03-04", until="2031-03-09") == [
        "silence_running"
    ]
    moved = opened(quiet("hours = 24, extension = true, confirm = true"), "2031-03-03", "2031-03-05")
    assert moved.refused("open_silence", "arvia", **again, on="2031-03-04", until="2031-03-04") == [
        "silence_running"
    ]
    moved.do("open_silence", "arvia", **again, on="2031-03-04", until="2031-03-09")
    assert result(moved, "2031-03-08") == ["silence_runs"]
    assert result(moved, "2031-03-10") == ["yes", "silence_kept", "silence_letter"]


def test_who_may_open_it_and_where() -> None:
    s = Stage(quiet("hours = 1"), parties=2)
    s.text("tariff")
    asked: dict[str, Any] = {"subject": "tariff", "at": "board", "until": "2031-03-09"}
    assert s.refused("open_silence", "desk", **asked) == ["silence_opener"]
    assert "not_a_member" in s.refused("open_silence", "nuria", **asked)
    assert s.refused("adopt", "arvia", subject="tariff", at="board") == ["silence_not_opened"]
    loud = Stage(one_level('{ is = "consensus" }'), parties=2)
    loud.text("tariff")
    assert loud.refused("open_silence", "arvia", **asked) == ["no_silence_here"]
    keeper = Stage(quiet('hours = 1, opened_by = ["keeper"]'), parties=2)
    keeper.text("tariff")
    keeper.do("open_silence", "desk", **asked)


def test_a_broken_silence_can_lead_to_a_vote() -> None:
    rules = one_level(
        '{ is = "silence_or_vote", silence = { is = "silence", hours = 24 }, '
        'vote = { is = "majority", of = "members" } }'
    )
    s = opened(rules, "2031-03-03", "2031-03-05")
    for party in ("arvia", "tolia"):
        s.do("approve", party, subject="tariff", at="board", on="2031-03-04")
    assert result(s, "2031-03-04") == ["silence_runs"]
    s.do("object", "nuria", subject="tariff", at="board", on="2031-03-04")
    assert result(s, "2031-03-06")[:2] == ["yes", "silence_broken"]
    s.do("object", "tolia", subject="tariff", at="board", on="2031-03-06")
    assert result(s, "2031-03-06")[0] == "silence_broken"


def test_silence_ends_by_the_clock_without_an_act() -> None:
    s = opened(quiet("hours = 24"), "2031-03-03", "2031-03-05")
    on = s.register.as_of(day("2031-03-05"))
    assert not standing(on, s.book, "tariff").agreed
    after = standing(s.register.as_of(day("2031-03-06")), s.book, "tariff")
    assert after.agreed and after.waits
    assert after.reasons[-1].code == "rules.only_result_missing"


def test_a_lower_level_agreed_by_silence_can_be_sent_up() -> None:
    rules = book(
        'title = "T"\n[[level]]\nid = "board"\nnames = { en = "B" }\nabove = "council"\n'
        'decides = { is = "silence", hours = 24 }\n'
        '[[level]]\nid = "council"\nnames = { en = "C" }\ndecides = { is = "consensus" }\n'
    )
    s = opened(rules, "2031-03-03", "2031-03-05")
    assert s.refused("refer", "arvia", subject="tariff", to="council", on="2031-03-05") == ["refer_open"]
    s.do("refer", "arvia", subject="tariff", to="council", on="2031-03-06")

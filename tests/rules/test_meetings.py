"""Consensus, unanimity, quorum and conditional yeses: in writing and at meetings."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.stage import PARTIES, Stage, one_level
from travaux.rules.judge import Verdict

UNANIMOUS = '{ is = "unanimity" }'
SOME = '{ is = "all_of", rules = [{ is = "quorum", present = "NUMBER" }, { is = "willing", least = 1 }] }'


def stage(rule: str, parties: int = 3, more: str = "") -> Stage:
    s = Stage(one_level(rule, more), parties=parties)
    s.text("tariff")
    return s


def say(s: Stage, votes: str, thing: str = "tariff", **values: Any) -> None:
    for party, letter in zip(PARTIES, votes, strict=False):
        kind = {"y": "approve", "n": "object", "a": "abstain"}.get(letter)
        if kind:
            s.do(kind, party, subject=thing, at="board", **values)


def verdict(s: Stage, thing: str = "tariff", **values: Any) -> Verdict:
    return s.verdict("adopt", "arvia", subject=thing, at="board", **values)


@pytest.mark.parametrize(
    ("rule", "votes", "holds"),
    [
        ('{ is = "consensus" }', "yyy", True),
        ('{ is = "consensus" }', "yaa", True),
        ('{ is = "consensus" }', "aaa", False),
        ('{ is = "consensus" }', "yyn", False),
        ('{ is = "consensus" }', "yy-", False),
        (UNANIMOUS, "yyy", True),
        (UNANIMOUS, "yya", False),
        (UNANIMOUS, "yy-", False),
        (UNANIMOUS, "yyn", False),
        ('{ is = "unanimity", abstention = "allows" }', "yaa", True),
        ('{ is = "unanimity", abstention = "allows" }', "aaa", False),
        ('{ is = "unanimity", abstention = "allows" }', "ya-", False),
        ('{ is = "unanimity", absence = "allows" }', "y--", True),
        ('{ is = "unanimity", absence = "allows" }', "---", False),
        ('{ is = "unanimity", absence = "allows" }', "ya-", False),
        ('{ is = "unanimity_of_states" }', "yyy", True),
        ('{ is = "unanimity_of_states" }', "yyn", False),
        (SOME.replace("NUMBER", "2"), "y--", False),
        (SOME.replace("NUMBER", "2"), "yn-", True),
        (SOME.replace("NUMBER", ">1/2"), "ya-", True),
    ],
)  # fmt: skip
def test_in_writing(rule: str, votes: str, holds: bool) -> None:
    s = stage(rule)
    say(s, votes)
    assert verdict(s).allowed is holds, verdict(s).say()


def test_at_a_meeting_consensus_leaves_out_the_absent_and_hears_the_silent_as_no_objection() -> None:
    s = stage('{ is = "all_of", rules = [{ is = "quorum", present = "2" }, { is = "consensus" }] }')
    s.do("meet", "arvia", meeting="session", who=["arvia", "tolia"])
    s.do("approve", "arvia", subject="tariff", at="board", meeting="session")
    assert not verdict(s, meeting="session").allowed  # tolia is only said to have been there
    s.do("meet", "tolia", meeting="session", who=["arvia", "tolia"])
    found = verdict(s, meeting="session")
    assert found.allowed
    assert [m.code.removeprefix("rules.means_") for m in found.meanings.values()] == [
        "agrees", "silence_no_objection", "absence_no_objection",
    ]  # fmt: skip
    s.do("object", "nuria", subject="tariff", at="board")
    assert not verdict(s, meeting="session").allowed


def test_the_keepers_record_of_presence_counts_only_where_the_level_says_so() -> None:
    rule = '{ is = "all_of", rules = [{ is = "quorum", present = "all" }, { is = "consensus" }] }'
    for more, holds in (("", False), ('presence = "recorded"', True)):
        s = stage(rule, more=more)
        s.do("meet", "desk", meeting="session", who=["arvia", "tolia", "nuria"])
        assert not verdict(s, meeting="session").allowed  # nobody is in favour: the keeper decides nothing
        s.do("approve", "nuria", subject="tariff", at="board", meeting="session")
        assert verdict(s, meeting="session").allowed is holds


def test_an_objection_of_somebody_absent_counts_unless_only_those_present_object() -> None:
    for rule, holds in (('{ is = "consensus" }', False), ('{ is = "consensus", present_only = true }', True)):
        s = stage(rule, more='presence = "recorded"')
        s.do("meet", "desk", meeting="session", who=["arvia", "tolia"])
        say(s, "yy", meeting="session")
        s.do("object", "nuria", subject="tariff", at="board")
        assert verdict(s, meeting="session").allowed is holds
        s.do("object", "nuria", subject="tariff", at="board", meeting="session")
        assert not verdict(s, meeting="session").allowed


def test_a_word_in_writing_is_no_presence_at_a_meeting() -> None:
    s = stage('{ is = "all_of", rules = [{ is = "quorum", present = "all" }, { is = "unanimity" }] }')
    s.do("convene", "arvia", meeting="session", title="Session", planned="2031-03-01")
    say(s, "yy", meeting="session")
    say(s, "--y")
    assert not verdict(s, meeting="session").allowed
    assert verdict(s).allowed


def test_a_conditional_yes_waits_until_its_condition_is_decided() -> None:
    s = stage(UNANIMOUS, parties=2)
    s.text("dues")
    say(s, "y")
    s.do("approve", "tolia", subject="tariff", at="board", conditions=["dues"])
    found = verdict(s)
    assert [r.code for r in found.reasons] == ["rules.waits_condition"]
    assert [c.code for c in found.change] == ["rules.meet_condition"]
    say(s, "yy", "dues")
    s.do("adopt", "desk", subject="dues", at="board")
    assert verdict(s).allowed


def test_yeses_that_wait_for_each_other_are_found_and_listed() -> None:
    s = stage(UNANIMOUS, parties=2)
    for name in ("dues", "night"):
        s.text(name)
    s.do("approve", "arvia", subject="tariff", at="board", conditions=["dues"])
    s.do("approve", "tolia", subject="tariff", at="board")
    s.do("approve", "tolia", subject="dues", at="board", conditions=["night"])
    assert [r.code for r in verdict(s).reasons] == ["rules.waits_condition"]
    s.do("approve", "arvia", subject="night", at="board", conditions=["tariff"])
    found = verdict(s)
    assert [r.code for r in found.reasons] == ["rules.waits_in_circle"]
    assert found.reasons[0].values["things"] == ("tariff", "dues", "night")
    assert [c.code for c in found.change] == ["rules.break_circle"]
    s.do("bundle", "arvia", package="deal", names={"en": "Deal"}, elements=["tariff", "dues", "night"])
    s.do("approve", "arvia", subject="deal", at="board", conditions=["dues"])
    s.do("approve", "tolia", subject="deal", at="board")
    assert verdict(s, "deal").allowed


def test_ad_referendum_waits_counts_for_its_ends_and_lapses() -> None:
    for more, holds in (("", False), ('ad_referendum = ["adopt"]', True)):
        s = stage(UNANIMOUS, parties=2, more=more)
        say(s, "y")
        s.do("approve", "tolia", subject="tariff", at="board", ad_referendum="2031-03-10")
        assert verdict(s).allowed is holds
        s.day = s.day.replace(day=10)
        assert verdict(s).allowed is holds
        s.later()
        late = verdict(s)
        assert not late.allowed
        assert late.meanings["tolia"].code == "rules.means_lapsed"
        assert late.missing == ("tolia",)
        s.do("approve", "tolia", subject="tariff", at="board")
        assert verdict(s).allowed


def test_a_reservation_of_a_sort_that_does_not_block_is_noted() -> None:
    rule = (
        '{ is = "all_of", rules = [{ is = "unanimity" }, { is = "reservation", blocks = ["substantive"] }] }'
    )
    s = stage(rule, parties=2)
    say(s, "yy")
    s.do("reserve", "tolia", subject="tariff", sort="linguistic")
    found = verdict(s)
    assert found.allowed
    assert "rules.reserved_noted" in [r.code for r in found.reasons]
    s.do("reserve", "tolia", subject="tariff", sort="substantive", until="2031-03-05")
    assert not verdict(s).allowed
    s.later(10)
    assert verdict(s).allowed


def test_a_reservation_on_an_element_holds_up_its_package() -> None:
    rule = '{ is = "all_of", rules = [{ is = "unanimity" }, { is = "reservation" }] }'
    s = stage(rule, parties=2)
    s.do("reserve", "tolia", subject="tariff", sort="scrutiny")
    s.do("bundle", "arvia", package="deal", names={"en": "Deal"}, elements=["tariff"])
    say(s, "yy", "deal")
    assert [r.code for r in verdict(s, "deal").reasons] == ["rules.reserved"]
    s.do("lift", "tolia", subject="tariff")
    assert verdict(s, "deal").allowed


def test_a_package_reopens_when_one_element_is_withdrawn() -> None:
    s = stage(UNANIMOUS, parties=2)
    s.text("dues", party="tolia")
    s.do("bundle", "arvia", package="deal", names={"en": "Deal"}, elements=["tariff", "dues"])
    say(s, "yy", "deal")
    s.do("withdraw", "tolia", instrument="dues")
    assert [r.code for r in verdict(s, "deal").reasons] == ["rules.said_nothing"]
    say(s, "yy", "deal")
    assert verdict(s, "deal").allowed

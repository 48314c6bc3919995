"""What each kind of act needs, apart from decisions: for every reason against, an act that meets it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.register.registers import GAZETTE, act_id
from tests.rules.stage import Stage, ready_book
from travaux.acts.kinds import FAMILIES
from travaux.acts.vocabulary import CLASSES
from travaux.rules.judge import CHECKS, DECISIONS


def stage(*texts: str) -> Stage:
    s = Stage(ready_book("two-ministries"), parties=2)
    for name in texts or ("tariff",):
        s.text(name)
    return s


def decided(s: Stage, thing: str, at: str = "working-group") -> None:
    for party in ("arvia", "tolia"):
        s.do("approve", party, subject=thing, at=at)
    s.do("adopt", "desk", subject=thing, at=at)


def final(s: Stage, thing: str) -> None:
    decided(s, thing)
    s.do("refer", "desk", subject=thing, to="commission")
    decided(s, thing, "commission")


def test_every_check_belongs_to_a_kind_of_act() -> None:
    assert set(CHECKS) | set(DECISIONS) <= set(CLASSES)
    assert set(CLASSES) == {str(c.__struct_config__.tag) for kinds in FAMILIES.values() for c in kinds}


def test_what_nobody_introduced_is_unknown_and_the_nearest_is_named() -> None:
    s = stage()
    verdict = s.verdict("approve", "arvia", subject="tarif", at="working-group")
    assert [r.code for r in verdict.reasons] == ["rules.unknown_thing_near"]
    assert "did you mean tariff?" in verdict.faults()[0].sentence()
    assert s.refused("take_position", "arvia", subject="zzzz", stance="yes") == ["unknown_thing"]
    assert s.refused("refer", "arvia", subject="tariff", to="senate") == ["unknown_place"]
    assert s.refused("undertake", "arvia", measure="pier", parties=["nobody"], what="x") == ["unknown_thing"]
    claim = {"of": "pier", "figure": "3"}
    assert s.refused("state", "arvia", claim=claim, words="x") == ["unknown_thing"]


def test_an_id_is_of_one_sort() -> None:
    s = stage()
    assert s.refused("convene", "arvia", meeting="tariff", title="x", planned="2031-04") == ["other_sort"]
    assert s.refused("introduce", "arvia", what="body", id="tolia", names={"en": "T"}) == ["other_sort"]
    s.do("introduce", "tolia", what="party", id="tolia", names={"en": "Tolia"})


def test_a_party_speaks_for_itself_only() -> None:
    s = stage()
    s.do("introduce", "tolia", what="person", id="ona", names={"en": "Minister"},
         offices=[{"title": "Minister", "of": "tolia"}])  # fmt: skip
    s.do("introduce", "tolia", what="body", id="board", names={"en": "Board"})
    assert s.refused("approve", "arvia", actor="tolia", subject="tariff", at="working-group") == [
        "not_its_voice"
    ]
    assert s.refused("state", "arvia", person="ona", words="x") == ["not_its_voice"]
    assert s.refused("approve", "arvia", actor="board", subject="tariff", at="working-group") == [
        "not_its_voice"
    ]
    s.do("state", "tolia", person="ona", words="x")
    s.do("state", "arvia", person="ona", words="x", basis=GAZETTE)
    s.do("approve", "tolia", actor="ona", subject="tariff", at="working-group")
    assert s.refused("introduce", "arvia", what="party", id="tolia", names={"en": "T"}) == ["names_another"]


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("table", {"instrument": "dues", "type": "plan", "titles": {"en": "Dues"}}),
        ("withdraw", {"instrument": "tariff"}),
        ("reserve", {"subject": "tariff", "sort": "scrutiny"}),
        ("approve", {"subject": "tariff", "at": "working-group"}),
        ("object", {"subject": "tariff", "at": "working-group"}),
        ("abstain", {"subject": "tariff", "at": "working-group"}),
        ("sign", {"subject": "tariff"}),
        ("bundle", {"package": "deal", "names": {"en": "Deal"}, "elements": ["tariff"]}),
        ("undertake", {"measure": "pier", "parties": ["arvia"], "what": "x"}),
        ("take_position", {"subject": "tariff", "stance": "yes"}),
        ("classify", {"instrument": "tariff", "category": "sensitive"}),
    ],
)
def test_the_keeper_does_nothing_of_substance_and_an_observed_register_holds_reports_only(
    kind: str, values: dict[str, Any]
) -> None:
    assert stage().refused(kind, "desk", **values) == ["keeper_alone"]
    seen = Stage(ready_book("two-ministries"), kind="observed")
    seen.do("table", "desk", instrument="tariff", type="plan", titles={"en": "T"}, basis=GAZETTE)
    assert seen.refused(kind, "desk", **values) == ["observed_only_reports"]
    seen.do(kind, "desk", **values, basis=GAZETTE)


def test_a_reported_act_is_nobodys_consent_but_must_name_known_things() -> None:
    s = stage()
    s.do("approve", "arvia", actor="tolia", subject="tariff", at="commission", basis=GAZETTE)
    s.do("adopt", "desk", subject="tariff", at="working-group", basis=GAZETTE)
    s.do("approve", "arvia", subject="tariff", at="working-group")
    assert "no_word_in_writing" in s.refused("adopt", "arvia", subject="tariff", at="working-group")
    assert s.refused("approve", "arvia", subject="tarif", at="commission", basis=GAZETTE) == [
        "unknown_thing_near"
    ]


def test_words_are_said_by_members_where_the_thing_lies() -> None:
    s = stage()
    assert s.refused("approve", "arvia", subject="tariff", at="commission") == ["lies_elsewhere"]
    assert s.refused("approve", "arvia", subject="tolia", at="working-group") == ["not_decidable"]
    s.do("introduce", "arvia", what="body", id="board", names={"en": "Board"})
    assert s.refused("approve", "arvia", subject="tariff", at="board") == ["not_a_level"]
    assert s.refused("approve", "arvia", subject="tariff", at="working-group", conditions=["tariff"]) == [
        "waits_for_itself"
    ]
    assert s.refused("approve", "arvia", subject="tariff", at="working-group", ad_referendum="2031-01") == [
        "confirmed_before"
    ]
    decided(s, "tariff")
    assert s.refused("object", "arvia", subject="tariff", at="working-group") == ["already_decided"]
    assert s.refused("adopt", "arvia", subject="tariff", at="working-group") == ["already_decided"]


def test_a_party_that_is_no_member_has_no_word() -> None:
    s = Stage(ready_book("two-ministries"), parties=2)
    s.text("tariff")
    assert s.refused("approve", "nuria", subject="tariff", at="working-group") == ["not_a_member"]
    assert s.refused("adopt", "nuria", subject="tariff", at="working-group") == ["not_a_member"]
    assert s.refused("refer", "nuria", subject="tariff", to="commission", points=[{"matter": "x"}]) == [
        "not_a_member"
    ]
    s.do("admit", "arvia", party={"id": "nuria", "name": "Nuria"})
    s.do("approve", "nuria", subject="tariff", at="working-group")


def test_a_referral_goes_one_level_with_the_open_points_or_back() -> None:
    s = stage()
    assert s.refused("refer", "arvia", subject="tariff", to="commission") == ["refer_open"]
    assert s.refused("refer", "desk", subject="tariff", to="commission", points=[{"matter": "x"}]) == [
        "refer_open"
    ]
    s.do("refer", "arvia", subject="tariff", to="working-group")
    assert s.refused("refer", "arvia", subject="tariff", to="working-group") == ["already_there"]
    points = [{"matter": "the rate", "words": {"arvia": "two", "tolia": "three"}}]
    s.do("refer", "arvia", subject="tariff", to="commission", points=points)
    assert s.refused("refer", "desk", subject="tariff", to="working-group") == ["keeper_alone"]
    s.do("refer", "tolia", subject="tariff", to="working-group")
    final(s, "tariff")
    assert s.refused("refer", "arvia", subject="tariff", to="working-group") == ["already_final"]
    assert s.refused("refer", "arvia", subject="arvia", to="commission", points=points)[0] == "not_decidable"
    s.do("introduce", "arvia", what="body", id="board", names={"en": "Board"})
    assert s.refused("refer", "arvia", subject="tariff", to="board") == ["not_a_level"]


def test_a_provisional_yes_sends_a_text_up_but_does_not_decide_it() -> None:
    s = stage()
    s.do("approve", "arvia", subject="tariff", at="working-group")
    s.do("approve", "tolia", subject="tariff", at="working-group", ad_referendum="2031-03-10")
    assert s.refused("adopt", "arvia", subject="tariff", at="working-group") == ["ad_referendum_waits"]
    s.later(30)
    assert s.refused("refer", "arvia", subject="tariff", to="commission") == ["refer_open"]
    s.later(-30)
    s.do("refer", "desk", subject="tariff", to="commission")


def test_a_text_belongs_to_those_who_tabled_it() -> None:
    s = stage()
    retabled: dict[str, Any] = {"instrument": "tariff", "type": "plan", "titles": {"en": "T"}}
    assert s.refused("table", "tolia", **retabled) == ["not_its_text"]
    assert s.refused("withdraw", "tolia", instrument="tariff") == ["not_its_text"]
    s.do("table", "arvia", ("tolia/delegation",), **retabled)
    s.do("withdraw", "tolia", instrument="tariff")
    assert s.refused("withdraw", "arvia", instrument="tariff") == ["withdrawn"]
    assert s.refused("approve", "arvia", subject="tariff", at="working-group") == ["withdrawn"]
    s.do("table", "arvia", **retabled)
    final(s, "tariff")
    assert s.refused("withdraw", "arvia", instrument="tariff") == ["already_final"]
    assert s.refused("table", "arvia", **retabled) == ["already_final"]


def test_a_package_is_decided_as_a_whole() -> None:
    s = stage("dues", "tariff", "night")
    deal: dict[str, Any] = {"package": "deal", "names": {"en": "Deal"}}
    assert s.refused("bundle", "arvia", **deal, elements=["arvia"])[0] == "not_an_instrument"
    assert s.refused("bundle", "arvia", **deal, elements=["dues", "dues"]) == ["element_twice"]
    s.do("bundle", "arvia", **deal, elements=["dues", "tariff"])
    assert s.refused("bundle", "tolia", **deal, elements=["dues"]) == ["not_its_package"]
    assert s.refused("bundle", "arvia", package="two", names={"en": "2"}, elements=["dues"]) == ["in_package"]
    for kind in ("approve", "object", "abstain", "adopt"):
        assert "in_package" in s.refused(kind, "arvia", subject="dues", at="working-group"), kind
    assert s.refused("refer", "arvia", subject="dues", to="commission", points=[{"matter": "x"}]) == [
        "in_package"
    ]
    assert s.refused("detach", "arvia", package="deal", element="night") == ["not_in_package"]
    assert s.refused("detach", "tolia", package="deal", element="dues") == ["not_its_package"]
    for party in ("arvia", "tolia"):
        s.do("approve", party, subject="deal", at="working-group")
    s.do("detach", "arvia", package="deal", element="dues")
    assert s.refused("adopt", "arvia", subject="deal", at="working-group") == [
        "quorum_not_met", "no_word_in_writing",
    ]  # fmt: skip
    s.do("withdraw", "arvia", instrument="tariff")
    assert s.refused("approve", "arvia", subject="deal", at="working-group") == ["empty_package"]
    decided(s, "dues")
    s.do("refer", "arvia", subject="dues", to="commission")
    assert s.refused("bundle", "arvia", **deal, elements=["dues", "night"]) == ["elements_apart"]
    assert s.refused("bundle", "arvia", **deal, elements=["tariff"]) == ["withdrawn"]


def test_a_reservation_blocks_until_its_party_lifts_it() -> None:
    s = stage()
    s.do("reserve", "tolia", subject="tariff", sort="substantive", condition="a lower rate")
    for party in ("arvia", "tolia"):
        s.do("approve", party, subject="tariff", at="working-group")
    assert s.refused("adopt", "arvia", subject="tariff", at="working-group") == ["reserved"]
    assert s.refused("lift", "arvia", subject="tariff") == ["not_its_reservation"]
    assert s.refused("lift", "tolia", subject="tariff", sort="scrutiny") == ["not_its_reservation"]
    s.do("lift", "tolia", subject="tariff")
    assert s.refused("lift", "tolia", subject="tariff") == ["no_reservation_held"]
    s.do("adopt", "arvia", subject="tariff", at="working-group")
    assert s.refused("reserve", "arvia", subject="tolia", sort="scrutiny") == ["not_decidable"]


def test_results_have_the_forms_of_the_level() -> None:
    s = stage()
    decided(s, "tariff")
    s.do("refer", "desk", subject="tariff", to="commission")
    for party in ("arvia", "tolia"):
        s.do("approve", party, subject="tariff", at="commission")
    assert s.refused("adopt", "desk", subject="tariff", at="commission", form="decree") == ["form"]
    s.do("adopt", "desk", subject="tariff", at="commission", form="programme")


def test_a_result_is_not_dated_before_the_words_it_would_leave_out() -> None:
    s = stage()
    for party in ("arvia", "tolia"):
        s.do("approve", party, subject="tariff", at="working-group")
    s.later(-3)
    verdict = s.verdict("adopt", "arvia", subject="tariff", at="working-group")
    assert [r.code for r in verdict.reasons] == ["rules.dated_before"] * 2
    assert not verdict.allowed


def test_signing_and_force() -> None:
    s = stage()
    assert s.refused("enter_into_force", "desk", subject="tariff") == ["not_yet_in_force"]
    assert s.refused("sign", "arvia", subject="arvia") == ["not_an_instrument"]
    s.text("treaty", parties=["arvia"])
    assert s.refused("sign", "tolia", subject="treaty") == ["not_its_party"]
    s.do("sign", "arvia", subject="treaty")
    s.do("enter_into_force", "desk", subject="treaty")
    final(s, "tariff")
    s.do("enter_into_force", "desk", subject="tariff")
    s.do("withdraw", "arvia", instrument="treaty")
    assert s.refused("ratify", "arvia", subject="treaty") == ["withdrawn"]


def test_a_party_binds_itself_and_others_by_what_they_signed_or_adopted() -> None:
    s = stage()
    both: dict[str, Any] = {
        "measure": "pier",
        "parties": ["arvia", "tolia"],
        "what": "light the pier",
        "under": "tariff",
    }
    assert s.refused("undertake", "arvia", **both) == ["binds_others"]
    assert s.verdict("undertake", "arvia", ("tolia/delegation",), **both).allowed
    final(s, "tariff")
    s.do("undertake", "arvia", **both)
    assert s.refused("report", "arvia", measure="tariff", claim="done") == ["not_a_measure"]
    s.do("report", "arvia", measure="pier", claim="done")


def test_the_rules_are_replaced_by_all_together() -> None:
    s = stage()
    assert s.refused("amend_rules", "arvia", rules="1" * 64) == ["amend_needs_all"]
    assert s.verdict("amend_rules", "arvia", ("tolia/delegation",), rules="1" * 64).allowed


def test_corrections_are_of_ones_own_act_and_no_way_round_the_rules() -> None:
    s = stage("dues", "tariff")
    position = _do(s, "take_position", "arvia", subject="dues", stance="yes")
    table = act_id(2)
    yes = _do(s, "approve", "arvia", subject="tariff", at="working-group")
    moved = {"act": "approve", "on": "2031-03-01", "subject": "dues", "at": "working-group"}

    def correct(party: str, which: str, **values: Any) -> list[str]:
        return s.refused("correct", party, corrects=which, why="a slip", **values)

    assert correct("tolia", position) == ["not_its_act"]
    assert correct("arvia", "f" * 64) == ["no_such_act"]
    assert correct("desk", act_id(0)) == ["not_correctable"]
    assert correct("arvia", table) == ["not_struck"]
    assert correct("arvia", yes, instead=moved) == ["not_moved"]
    assert correct("arvia", yes, instead={**moved, "act": "object"}) == ["other_kind", "not_moved"]
    reported = {
        "act": "take_position",
        "on": "2031-03-01",
        "subject": "dues",
        "stance": "x",
        "basis": GAZETTE,
    }
    assert correct("arvia", position, instead=reported) == ["basis_stays"]
    strange = {"act": "take_position", "on": "2031-03-01", "subject": "duty", "stance": "x"}
    assert correct("arvia", position, instead=strange)[0].startswith("unknown_thing")
    foreign = {"act": "take_position", "on": "2031-03-01", "subject": "dues", "stance": "x", "actor": "tolia"}
    assert correct("arvia", position, instead=foreign) == ["not_its_voice"]
    other = {"act": "table", "on": "2031-03-01", "instrument": "night", "type": "plan", "titles": {"en": "N"}}
    assert correct("arvia", table, instead=other) == ["other_thing", "not_moved"]
    later = {"act": "approve", "on": "2031-02-01", "subject": "tariff", "at": "working-group"}
    assert correct("arvia", yes, instead=later) == ["not_moved"]
    decided(s, "tariff")
    assert correct("arvia", yes) == ["decided_since"]
    s.do("correct", "arvia", corrects=position, why="a slip")
    assert correct("arvia", position) == ["no_such_act"]


MOVE = {"host": "ferry.example/log+0ad67818+AQ==", "base": {"size": 1, "root": "AA=="}}
NEW_HOST = "ferry.example/log"


def test_a_quorum_of_parties_moves_the_host_and_the_new_host_signs() -> None:
    s = Stage(ready_book("two-ministries"), parties=3, quorum=2)
    for party, cosigners, against in (
        ("arvia", (NEW_HOST,), ["move_quorum"]),
        ("arvia", ("arvia/root-2", NEW_HOST), ["move_quorum"]),
        ("arvia", ("desk/root-1", NEW_HOST), ["move_quorum"]),
        ("desk", (NEW_HOST,), ["move_keeper_alone"]),
        ("arvia", ("tolia/root-1",), ["move_new_host"]),
        ("desk", (), ["move_keeper_alone", "move_new_host"]),
    ):
        assert s.refused("move_host", party, cosigners=cosigners, **MOVE) == against
    verdict = s.verdict("move_host", "arvia", cosigners=(NEW_HOST,), **MOVE)
    assert "tolia, nuria" in verdict.faults()[0].sentence()
    assert verdict.rule.say().startswith("the record moves to another host")
    s.do("move_host", "arvia", cosigners=("tolia/root-1", NEW_HOST), **MOVE)
    alone = Stage(ready_book("two-ministries"), kind="observed")
    alone.do("move_host", "desk", cosigners=(NEW_HOST,), **MOVE)


def _do(s: Stage, kind: str, party: str, **values: Any) -> str:
    s.do(kind, party, **values)
    return act_id(len(s.register) - 1)

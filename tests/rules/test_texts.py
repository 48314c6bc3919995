"""Words before the rules: who may propose, take sides, settle, couple, merge and correct them."""

from __future__ import annotations

import pytest

from tests.rules.stage import Stage, book, one_level
from travaux.register.wording import rolling
from travaux.rules.texts import formal
from travaux.text.live import pick
from travaux.text.model import brackets

LADDER = """
title = "Test"
entry = ["board"]
[[level]]
id = "board"
names = { en = "Board" }
above = "council"
presence = "recorded"
decides = { is = "consensus" }
[[level]]
id = "council"
names = { en = "Council" }
drafting = "closed"
decides = { is = "consensus" }
"""
SHALL, SHOULD = "Fares shall be public.", "Fares should be public."


def stage(parties: int = 2) -> Stage:
    made = Stage(book(LADDER), parties=parties)
    made.text()
    made.do("propose", "arvia", instrument="tariff", unit="art-1", lang="en", words=SHALL)
    made.do("propose", "tolia", instrument="tariff", unit="art-1", lang="en", words=SHOULD)
    return made


def bracket(made: Stage, option: str = "shall") -> str:
    text = rolling(made.asof(), "tariff")
    return next(b.id for _, _, s in text.sheets() for b in brackets(s.tree) if pick(b, option) is not None)


def on(made: Stage, **more: object) -> dict[str, object]:
    return {"instrument": "tariff", "bracket": bracket(made), **more}


def test_a_party_speaks_for_itself_and_the_keeper_for_nobody() -> None:
    made = stage()
    words = {"instrument": "tariff", "unit": "art-1", "lang": "en", "words": "Other."}
    assert made.refused("propose", "arvia", actor="tolia", **words) == ["not_its_voice"]
    assert made.refused("support", "desk", **on(made, option="shall")) == ["keeper_alone"]
    assert made.refused("oppose", "desk", **on(made, option="shall")) == ["keeper_alone"]
    assert made.refused("settle", "desk", **on(made, option="shall", at="board")) == ["keeper_alone"]


def test_the_keeper_puts_a_text_on_the_table_once() -> None:
    made = stage()
    words = {"instrument": "tariff", "unit": "art-2", "lang": "en", "words": "A draft."}
    made.do("propose", "desk", **words)
    assert made.refused("propose", "desk", **{**words, "words": "Another."}) == ["text_on_the_table"]
    made.do("propose", "arvia", **{**words, "words": "Another."})


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"unit": "art-9", "operation": "deletion"}, "text_no_unit"),
        ({"unit": "art-9", "operation": "move", "place": {"after": ""}}, "text_no_unit"),
        ({"unit": "art-1", "operation": "move"}, "text_no_place"),
        ({"unit": "art-1", "operation": "insertion", "words": "x"}, "text_unit_there"),
        ({"unit": "art-2"}, "text_no_words"),
        ({"unit": "art-1", "bracket": "gone", "words": "x"}, "text_no_bracket"),
        ({"unit": "art-2", "words": "x", "place": {"after": "art-9"}}, "text_no_unit"),
        ({"unit": "art-2", "words": "x", "place": {"under": "art-9"}}, "text_no_unit"),
    ],
)
def test_a_proposal_names_what_is_there(values: dict[str, object], code: str) -> None:
    made = stage()
    assert made.refused("propose", "arvia", instrument="tariff", lang="en", **values) == [code]


def test_sides_are_taken_on_what_is_there() -> None:
    made = stage()
    for kind in ("support", "oppose"):
        assert made.refused(kind, "arvia", **on(made, option="might")) == ["text_no_option"]
        assert made.refused(kind, "arvia", instrument="tariff", bracket="gone") == ["text_no_bracket"]
    named = {"instrument": "tariff", "unit": "art-1", "lang": "en"}
    assert made.refused("support", "arvia", like="desk", **named) == ["text_no_wording_of"]
    made.do("support", "arvia", like="tolia", **named)
    assert not list(brackets(rolling(made.asof(), "tariff").sheet("art-1", "en").tree))  # type: ignore[union-attr]


def test_words_are_settled_when_no_member_stands_by_others() -> None:
    made = stage(3)
    settle = on(made, option="shall", at="board")
    assert made.refused("settle", "arvia", **settle) == ["text_other_words", "text_silent"]
    made.do("support", "nuria", **on(made, option="shall"))
    made.do("support", "tolia", stance="flexible_if", condition="later", **on(made, option="shall"))
    assert made.refused("settle", "arvia", **settle) == ["text_not_yet"]
    made.do("oppose", "tolia", **on(made, option="shall"))
    assert made.refused("settle", "arvia", **settle) == ["text_opposed"]
    made.do("support", "tolia", stance="no_objection", **on(made, option="shall"))
    made.do("settle", "arvia", **settle)


def test_a_member_that_signs_has_agreed() -> None:
    made = stage()
    made.do("settle", "arvia", cosigners=("tolia/delegation",), **on(made, option="should", at="board"))
    assert not list(brackets(rolling(made.asof(), "tariff").sheet("art-1", "en").tree))  # type: ignore[union-attr]


def test_in_a_meeting_silence_does_not_stand_in_the_way() -> None:
    made = stage(3)
    made.do("meet", "desk", meeting="talks", body="", who=["arvia", "tolia", "nuria"])
    made.do("support", "tolia", stance="no_objection", **on(made, option="shall"))
    made.do("settle", "arvia", meeting="talks", **on(made, option="shall", at="board"))


def test_a_member_that_is_not_at_the_meeting_has_not_agreed_by_silence() -> None:
    made = stage(3)
    made.do("meet", "desk", meeting="talks", body="", who=["arvia", "tolia"])
    made.do("support", "tolia", stance="no_objection", **on(made, option="shall"))
    settle = on(made, option="shall", at="board")
    assert made.refused("settle", "arvia", meeting="talks", **settle) == ["text_silent"]


def test_a_reservation_stands_in_the_way_but_ad_referendum() -> None:
    made = stage()
    made.do("support", "tolia", **on(made, option="shall", stance="no_objection"))
    made.do("reserve", "tolia", subject="tariff", bracket=bracket(made), sort="parliamentary")
    settle = on(made, option="shall", at="board")
    assert made.refused("settle", "arvia", **settle) == ["text_reserved"]
    assert made.verdict("settle", "arvia", degree="ad_ref", **settle).allowed
    made.do("lift", "tolia", subject="tariff", bracket=bracket(made))
    made.do("settle", "arvia", **settle)


def test_a_reservation_on_a_part_is_lifted_there() -> None:
    made = stage()
    assert made.refused("reserve", "tolia", subject="tariff", unit="art-9", sort="scrutiny") == [
        "text_no_unit"
    ]
    assert made.refused("reserve", "tolia", subject="tariff", bracket="x", sort="scrutiny") == [
        "text_no_bracket"
    ]
    made.do("reserve", "tolia", subject="tariff", unit="art-1", sort="scrutiny")
    assert made.refused("lift", "tolia", subject="tariff", bracket=bracket(made)) == ["not_its_reservation"]
    made.do("lift", "tolia", subject="tariff", unit="art-1")


def test_words_are_settled_where_the_text_lies() -> None:
    made = stage()
    assert "lies_elsewhere" in made.refused("settle", "arvia", **on(made, option="shall", at="council"))
    assert made.refused("settle", "arvia", **on(made, option="shall", at="nowhere")) == ["unknown_place"]
    assert "text_no_option" in made.refused("settle", "arvia", **on(made, option="might", at="board"))


def test_a_level_may_be_closed_to_new_words() -> None:
    made = stage()
    made.do("refer", "arvia", subject="tariff", to="council", points=[{"matter": "shall or should"}])
    words = {"instrument": "tariff", "unit": "art-1", "lang": "en", "words": "Anew."}
    assert made.refused("propose", "arvia", **words) == ["text_closed"]
    made.do("support", "arvia", **on(made, option="should"))


def test_a_unit_is_settled_by_all_and_moved_by_all() -> None:
    made = stage()
    unit = {"instrument": "tariff", "unit": "art-1", "lang": "en", "at": "board"}
    assert made.refused("settle", "arvia", **unit) == ["text_needs_all"]
    made.do("reserve", "tolia", subject="tariff", unit="art-1", sort="scrutiny")
    assert made.refused("settle", "arvia", **unit) == ["text_reserved"]
    assert made.refused("settle", "arvia", **{**unit, "unit": "art-9"}) == ["text_no_unit"]
    made.do("settle", "arvia", cosigners=("tolia/delegation",), **unit)
    place = {"instrument": "tariff", "unit": "art-1", "at": "board", "place": {"after": ""}}
    assert made.refused("settle", "arvia", **place) == ["text_needs_all"]
    made.do("propose", "tolia", instrument="tariff", unit="art-1", lang="en", operation="move", place={})
    made.do("settle", "arvia", **place)


def test_taking_a_bracket_further_is_for_those_who_hold_it_open() -> None:
    made = stage()
    parked = on(made, at="board", degree="aim_agreed")
    assert made.refused("settle", "arvia", **parked) == ["text_needs_all"]
    made.do("settle", "arvia", cosigners=("tolia/delegation",), **parked)
    made.do("settle", "arvia", **on(made, at="board", degree="discussed"))


def test_couplings_bind_nobody_who_did_not_sign() -> None:
    made = stage()
    for party, words in (("arvia", "Dogs travel free."), ("tolia", "Dogs pay.")):
        made.do("propose", party, instrument="tariff", unit="art-2", lang="en", words=words)
    ids = [bracket(made), bracket(made, "travel free")]
    made.do("couple", "arvia", instrument="tariff", brackets=ids)
    for sort in ("exclusive", "same"):
        assert made.refused("couple", "arvia", instrument="tariff", brackets=ids, sort=sort) == [
            "text_needs_all"
        ]
    assert made.refused("couple", "arvia", instrument="tariff", brackets=[ids[0], "x"]) == ["text_no_bracket"]
    both = ("tolia/delegation",)
    made.do("couple", "arvia", cosigners=both, instrument="tariff", brackets=ids, sort="exclusive")
    made.do("settle", "arvia", cosigners=both, **on(made, option="shall", at="board"))
    second = {"instrument": "tariff", "bracket": ids[1], "option": "pay", "at": "board"}
    refused = made.verdict("settle", "arvia", cosigners=both, **second)
    assert [r.code for r in refused.reasons] == ["rules.text_excluded"]


def test_the_same_decision_in_two_places_has_the_same_options() -> None:
    made = stage()
    for party, words in (("arvia", "Dogs travel free."), ("tolia", "Dogs pay.")):
        made.do("propose", party, instrument="tariff", unit="art-2", lang="en", words=words)
    ids, both = [bracket(made), bracket(made, "pay")], ("tolia/delegation",)
    made.do("couple", "arvia", cosigners=both, instrument="tariff", brackets=ids, sort="same")
    refused = made.verdict("settle", "arvia", cosigners=both, **on(made, option="shall", at="board"))
    assert [r.code for r in refused.reasons] == ["rules.text_same_differs"]


def test_options_are_merged_for_the_chair_or_by_all_that_proposed_them() -> None:
    made = stage()
    merge = on(made, options=["shall", "should"], words="is to")
    assert made.refused("streamline", "arvia", **merge) == ["text_needs_all"]
    made.do("streamline", "desk", **merge)
    assert "text_no_option" in made.refused("streamline", "desk", **{**merge, "options": ["might"]})


def test_a_rectification_is_formal() -> None:
    made = stage()
    unit = {"instrument": "tariff", "unit": "art-1", "lang": "en"}
    assert made.refused("rectify", "desk", was="public", now="secret", **unit) == ["text_not_formal"]
    assert made.refused("rectify", "desk", was="gone", now="Gone", **unit) == ["text_words_not_there"]
    assert made.refused("rectify", "desk", was="x", now="X", **{**unit, "unit": "art-9"}) == ["text_no_unit"]
    made.do("rectify", "desk", was="Fares", now="fares", **unit)


@pytest.mark.parametrize(
    ("was", "now", "same"),
    [
        ("the ferry , and", "the ferry, and", True),
        ("Article", "article", True),
        ("(a) fares", "(b) fares", True),
        ("shall", "should", False),
        ("12 days", "21 days", False),
        ("no fares", "fares", False),
        ("ferry’s", "ferry's", True),
    ],
)
def test_formal_means_that_no_word_changes(was: str, now: str, same: bool) -> None:
    assert formal(was, now) is same


def test_after_an_adoption_subject_to_legal_review_only_form_changes() -> None:
    made = Stage(one_level('{ is = "consensus" }'))
    made.text()
    words = {"instrument": "tariff", "unit": "art-1", "lang": "en"}
    made.do("propose", "arvia", words="Fares are public .", **words)
    for party in ("arvia", "tolia"):
        made.do("approve", party, subject="tariff", at="board")
    made.do("adopt", "arvia", subject="tariff", at="board", legal_review=True)
    assert "only_formal" in made.refused("propose", "arvia", words="Fares are secret.", **words)
    made.do("rectify", "desk", was="public .", now="public.", **words)


def test_words_in_a_document_are_judged_where_it_is_held_and_let_pass_where_it_is_not() -> None:
    for held in (True, False):
        made = stage()
        if held:
            made.register.documents = {"a" * 64: "Dogs travel free."}.get
        named = {"instrument": "tariff", "unit": "art-2", "lang": "en"}
        made.do("propose", "arvia", document="a" * 64, **named)
        made.do("propose", "tolia", words="Dogs pay.", **named)
        verdict = made.verdict("oppose", "tolia", instrument="tariff", bracket="gone", option="no")
        assert verdict.allowed is not held
        if held:
            made.do("oppose", "tolia", **on(made, bracket=bracket(made, "travel free"), option="travel free"))

"""Entry into force by deposits, and the gate of legal review."""

from __future__ import annotations

from typing import Any

import pytest

from tests.register.registers import act_id
from tests.rules.stage import PARTIES, Stage, one_level
from tests.rules.test_majority import TABLE
from travaux.rules.judge import Verdict


def stage(force: str, parties: int = 5, named: list[str] | None = None) -> Stage:
    s = Stage(one_level('{ is = "unanimity" }', head=f"{TABLE}\n[force]\n{force}"), parties=parties)
    s.text("treaty", parties=named or [])
    return s


def deposit(s: Stage, *parties: str, on: str = "2031-03-01") -> None:
    for party in parties:
        s.do("ratify", party, subject="treaty", deposited=True, on=on)


def force(s: Stage, on: str = "2031-03-01") -> Verdict:
    return s.verdict("enter_into_force", "desk", subject="treaty", on=on)


@pytest.mark.parametrize(("number", "many", "holds"), [
    ("3", 2, False), ("3", 3, True), ("2/3", 3, False), ("2/3", 4, True), ("all", 4, False), ("all", 5, True),
    (">1/2", 2, False), (">1/2", 3, True),
])  # fmt: skip
def test_so_many_deposits(number: str, many: int, holds: bool) -> None:
    s = stage(f'is = "deposits"\nnumber = "{number}"')
    deposit(s, *PARTIES[:many])
    assert force(s).allowed is holds
    if not holds:
        assert force(s).missing == PARTIES[many:]


def test_a_ratification_counts_once_it_is_deposited_and_on_its_day() -> None:
    s = stage('is = "deposits"\nnumber = "2"\ndays = 30')
    s.do("ratify", "arvia", subject="treaty")
    deposit(s, "tolia", on="2031-03-01")
    assert not force(s, "2031-12-31").allowed
    deposit(s, "arvia", on="2031-04-01")
    assert not force(s, "2031-04-30").allowed
    assert force(s, "2031-05-01").allowed
    assert [c.code for c in force(s, "2031-04-30").change] == ["rules.wait_until"]


def test_not_before_a_day_and_not_without_those_named() -> None:
    s = stage('is = "deposits"\nnumber = "2"\nnot_before = 2031-06-01\namong = ["nuria"]')
    deposit(s, "arvia", "tolia")
    assert not force(s, "2031-07-01").allowed
    deposit(s, "nuria")
    assert not force(s, "2031-05-31").allowed
    assert force(s, "2031-06-01").allowed


def test_a_share_of_a_quantity() -> None:
    s = stage('is = "deposits"\nnumber = "2"\nweight = "65%"\ntable = "people"')
    deposit(s, "nuria", "kesia", "moria")
    assert not force(s).allowed  # 35 of 100
    deposit(s, "tolia")
    assert not force(s).allowed  # 60
    deposit(s, "arvia")
    assert force(s).allowed


def test_only_the_parties_to_the_text_count() -> None:
    s = stage('is = "deposits"\nnumber = "all"', named=["arvia", "tolia"])
    deposit(s, "arvia", "tolia")
    assert force(s).allowed
    assert s.refused("ratify", "nuria", subject="treaty") == ["not_its_party"]


def test_after_an_adoption_subject_to_legal_review_only_the_form_changes() -> None:
    rules = one_level('{ is = "unanimity" }', head="")
    s = Stage(rules, parties=2)
    s.text("treaty", document="1" * 64)
    wording: dict[str, Any] = {
        "instrument": "treaty",
        "unit": "article-1",
        "lang": "en",
        "words": "Ferries run.",
    }
    s.do("propose", "arvia", **wording)
    for party in ("arvia", "tolia"):
        s.do("approve", party, subject="treaty", at="board")
    s.do("adopt", "desk", subject="treaty", at="board", legal_review=True)
    assert s.refused("propose", "tolia", **{**wording, "words": "Ferries may run."}) == ["only_formal"]
    text: dict[str, Any] = {"instrument": "treaty", "type": "agreement", "titles": {"en": "Treaty"}}
    assert "only_formal" in s.refused("table", "arvia", **text, document="2" * 64)
    formal = {"instrument": "treaty", "unit": "article-1", "lang": "en", "was": "run.", "now": "run;"}
    assert "only_formal" not in [r.code for r in s.verdict("rectify", "desk", **formal).reasons]


def test_words_that_change_open_a_new_round_and_a_decision_closes_the_words() -> None:
    s = Stage(one_level('{ is = "unanimity" }'), parties=2)
    s.text("treaty")
    wording: dict[str, Any] = {
        "instrument": "treaty",
        "unit": "article-1",
        "lang": "en",
        "words": "Ferries run.",
    }
    for party in ("arvia", "tolia"):
        s.do("approve", party, subject="treaty", at="board")
    s.do("propose", "tolia", **wording)
    assert s.refused("adopt", "desk", subject="treaty", at="board") == ["said_nothing"]
    for party in ("arvia", "tolia"):
        s.do("approve", party, subject="treaty", at="board")
    s.do("adopt", "desk", subject="treaty", at="board")
    assert s.refused("propose", "tolia", **{**wording, "words": "Ferries stop."}) == ["already_decided"]
    assert "already_decided" in s.refused(
        "settle", "tolia", instrument="treaty", at="board", unit="article-1"
    )


def test_the_highest_level_adopts_no_words_that_are_open() -> None:
    s = Stage(one_level('{ is = "unanimity" }'), parties=2)
    s.text("treaty")
    s.text("dues")
    for party, words in (("arvia", "Ferries run daily."), ("tolia", "Ferries run weekly.")):
        s.do("propose", party, instrument="treaty", unit="article-1", lang="en", words=words)
    s.do("bundle", "arvia", package="deal", names={"en": "Deal"}, elements=["treaty", "dues"])
    for party in ("arvia", "tolia"):
        s.do("approve", party, subject="deal", at="board")
    assert s.refused("adopt", "desk", subject="deal", at="board") == ["words_open"]
    s.do("propose", "tolia", instrument="treaty", unit="article-1", lang="en", words="Ferries run daily.")
    for party in ("arvia", "tolia"):
        s.do("approve", party, subject="deal", at="board")
    s.do("adopt", "desk", subject="deal", at="board")


def test_a_yes_is_not_carried_over_to_corrected_words() -> None:
    s = Stage(one_level('{ is = "unanimity" }'), parties=2)
    s.text("treaty")
    words: dict[str, Any] = {
        "instrument": "treaty",
        "unit": "article-1",
        "lang": "en",
        "words": "Ferries run.",
    }
    s.do("propose", "arvia", **words)
    for party in ("arvia", "tolia"):
        s.do("approve", party, subject="treaty", at="board")
    assert s.verdict("adopt", "desk", subject="treaty", at="board").allowed
    instead = {**words, "act": "propose", "on": "2031-03-01", "words": "Ferries stop."}
    s.do("correct", "arvia", corrects=act_id(2), why="a slip", instead=instead)
    assert s.refused("adopt", "desk", subject="treaty", at="board") == ["said_nothing"]
    s.do("correct", "arvia", corrects=act_id(2), why="struck")
    assert s.refused("adopt", "desk", subject="treaty", at="board") == ["said_nothing"]
    for party in ("arvia", "tolia"):
        s.do("approve", party, subject="treaty", at="board")
    s.do("propose", "arvia", **words)
    proposed = act_id(len(s.register) - 1)
    for party in ("arvia", "tolia"):
        s.do("approve", party, subject="treaty", at="board")
    s.do("adopt", "desk", subject="treaty", at="board")
    assert s.refused("correct", "arvia", corrects=proposed, why="regret") == ["decided_since"]

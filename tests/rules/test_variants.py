"""Rules that choose rules: classes, the state concerned, deciding how to decide, an open rule, subsets."""

from __future__ import annotations

from typing import Any

from tests.rules.stage import PARTIES, Stage, one_level


def stage(rule: str, parties: int = 3, more: str = "", **text: Any) -> Stage:
    s = Stage(one_level(rule, more), parties=parties)
    s.text("tariff", **text)
    return s


def say(s: Stage, votes: str) -> None:
    for party, letter in zip(PARTIES, votes, strict=False):
        kind = {"y": "approve", "n": "object", "a": "abstain"}.get(letter)
        if kind:
            s.do(kind, party, subject="tariff", at="board")


def allowed(s: Stage) -> bool:
    return s.verdict("adopt", "arvia", subject="tariff", at="board").allowed


def classify(s: Stage, category: str, *parties: str) -> None:
    for party in parties:
        s.do("classify", party, instrument="tariff", category=category)


def test_a_sensitive_matter_takes_the_stricter_rule() -> None:
    rule = (
        '{ is = "by_class", classes = ["sensitive"], set_by = "any", then = { is = "unanimity" }, '
        'otherwise = { is = "majority", of = "members" } }'
    )
    s = stage(rule)
    say(s, "yyn")
    assert allowed(s)
    classify(s, "budgetary", "tolia")
    assert allowed(s)
    classify(s, "sensitive", "nuria")
    assert not allowed(s)
    verdict = s.verdict("adopt", "arvia", subject="tariff", at="board")
    assert verdict.reasons[0].code == "rules.in_class"


def test_a_class_that_all_must_put_is_not_put_by_some() -> None:
    rule = (
        '{ is = "by_class", classes = ["vote"], then = { is = "majority", of = "members" }, '
        'otherwise = { is = "unanimity" } }'
    )
    s = stage(rule)
    say(s, "yyn")
    classify(s, "vote", "arvia", "tolia")
    assert not allowed(s)
    classify(s, "vote", "nuria")
    assert allowed(s)


def test_consensus_minus_the_state_concerned() -> None:
    rule = '{ is = "without_concerned", classes = ["exit"], rule = { is = "unanimity" } }'
    s = Stage(one_level(rule), parties=3)
    s.do("table", "nuria", instrument="tariff", type="notice", titles={"en": "Exit"}, parties=["nuria"])
    say(s, "yyn")
    assert not allowed(s)
    classify(s, "exit", "arvia")
    assert not allowed(s)  # not all others
    classify(s, "exit", "tolia")
    verdict = s.verdict("adopt", "arvia", subject="tariff", at="board")
    assert verdict.allowed
    assert {m: v.code for m, v in verdict.meanings.items()} == {
        "arvia": "rules.means_agrees", "tolia": "rules.means_agrees", "nuria": "rules.means_concerned",
    }  # fmt: skip
    say(s, "-a")
    assert not allowed(s)


def test_a_text_that_names_everybody_concerns_nobody() -> None:
    rule = '{ is = "without_concerned", classes = ["exit"], rule = { is = "unanimity" } }'
    s = Stage(one_level(rule), parties=2)
    s.do("table", "arvia", instrument="tariff", type="n", titles={"en": "x"}, parties=["arvia", "tolia"])
    classify(s, "exit", "arvia", "tolia")
    say(s, "yn")
    assert not allowed(s)


def test_a_body_decides_how_to_decide() -> None:
    rule = (
        '{ is = "decide_how", otherwise = { is = "consensus" }, ways = ['
        '{ name = "two thirds", rule = { is = "majority", of = "members", share = "2/3" } },'
        '{ name = "the willing", rule = { is = "willing", least = 2 } } ] }'
    )
    s = stage(rule)
    say(s, "yyn")
    verdict = s.verdict("adopt", "arvia", subject="tariff", at="board")
    assert verdict.reasons[0].code == "rules.no_way_chosen"
    assert "rules.choose_way" in [c.code for c in verdict.change]
    classify(s, "by two thirds", "arvia", "tolia")
    assert not allowed(s)
    classify(s, "by two thirds", "nuria")
    assert allowed(s)


def test_an_open_rule_is_named_and_consensus_applies() -> None:
    s = stage('{ is = "unsettled", named = "rule 42", proposals = ["two thirds", "consensus"] }')
    say(s, "yyn")
    verdict = s.verdict("adopt", "arvia", subject="tariff", at="board")
    assert not verdict.allowed
    assert "the body's own rule of decision is open: rule 42 (two thirds / consensus)" in verdict.say()
    say(s, "--y")
    assert allowed(s)


def test_a_willing_subset_goes_first() -> None:
    s = stage('{ is = "willing", least = 2 }')
    say(s, "yn")
    assert not allowed(s)
    say(s, "--y")
    verdict = s.verdict("adopt", "arvia", subject="tariff", at="board")
    assert verdict.allowed
    assert verdict.meanings["tolia"].code == "rules.means_not_bound"


def test_statements_are_noted_and_change_nothing() -> None:
    rule = '{ is = "all_of", rules = [{ is = "unanimity" }, { is = "statements" }] }'
    s = stage(rule, parties=2)
    say(s, "yy")
    s.do("state", "tolia", subject="tariff", words="we read article 2 narrowly")
    verdict = s.verdict("adopt", "arvia", subject="tariff", at="board")
    assert verdict.allowed
    assert "Because: tolia made a statement: we read article 2 narrowly." in verdict.lines()


def test_any_of_needs_one_and_all_of_needs_each() -> None:
    either = stage('{ is = "any_of", rules = [{ is = "unanimity" }, { is = "majority", of = "members" }] }')
    say(either, "yyn")
    assert allowed(either)
    both = stage('{ is = "all_of", rules = [{ is = "unanimity" }, { is = "majority", of = "members" }] }')
    say(both, "yyn")
    assert not allowed(both)


def proxy(s: Stage, giver: str, holder: str, stance: str = "proxy") -> None:
    s.do("take_position", giver, subject=holder, stance=stance)


def test_a_proxy_speaks_for_a_member_that_says_nothing() -> None:
    s = stage('{ is = "unanimity" }', more="proxies = 1")
    say(s, "yy")
    assert not allowed(s)
    proxy(s, "nuria", "tolia")
    verdict = s.verdict("adopt", "arvia", subject="tariff", at="board")
    assert verdict.allowed
    assert verdict.meanings["nuria"].code == "rules.means_by_proxy"
    assert "nuria: tolia speaks for it as its proxy: its yes counts in favour." in verdict.lines()
    s.do("object", "nuria", subject="tariff", at="board")
    assert not allowed(s)  # its own word comes first


def test_a_proxy_ends_and_a_level_without_proxies_knows_none() -> None:
    s = stage('{ is = "unanimity" }', more="proxies = 1")
    say(s, "yy")
    proxy(s, "nuria", "tolia")
    proxy(s, "nuria", "tolia", stance="no proxy")
    assert not allowed(s)
    none = stage('{ is = "unanimity" }')
    say(none, "yy")
    proxy(none, "nuria", "tolia")
    assert not allowed(none)


def test_a_member_speaks_for_no_more_than_the_level_allows_and_makes_no_quorum() -> None:
    s = stage('{ is = "majority", of = "members", share = "all" }', parties=4, more="proxies = 1")
    say(s, "yy")
    proxy(s, "kesia", "tolia")
    proxy(s, "nuria", "tolia")
    assert not allowed(s)
    proxy(s, "nuria", "arvia")
    assert allowed(s)
    quorum = stage('{ is = "all_of", rules = [{ is = "quorum", present = "all" }, { is = "unanimity" }] }',
                   more="proxies = 1")  # fmt: skip
    say(quorum, "yy")
    proxy(quorum, "nuria", "tolia")
    assert not allowed(quorum)

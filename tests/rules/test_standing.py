"""Where a thing stands and why it waits, in working and observed registers; and the verdict in words."""

from __future__ import annotations

from typing import Any

from tests.register.registers import GAZETTE, day
from tests.rules.stage import Stage, one_level, ready_book
from travaux.rules.judge import standing


def where(s: Stage, thing: str = "tariff", on: str = "") -> tuple[str, bool, list[str]]:
    asof = s.register.as_of(day(on)) if on else s.asof()
    found = standing(asof, s.book, thing)
    return found.level, found.waits, [r.code.removeprefix("rules.") for r in found.reasons]


def test_a_text_nobody_spoke_on_stands_off_the_ladder() -> None:
    s = Stage(ready_book("two-ministries"))
    s.text()
    assert where(s) == ("", False, [])
    assert where(s, "arvia") == ("", False, [])
    assert where(s, "nothing") == ("", False, [])


def test_it_says_what_it_waits_for_at_each_level() -> None:
    s = Stage(ready_book("two-ministries"))
    s.text()
    s.do("approve", "arvia", subject="tariff", at="working-group")
    level, waits, why = where(s)
    assert (level, waits) == ("working-group", True)
    assert why[0] == "asks" and {"quorum_not_met", "no_word_in_writing", "needed"} <= set(why)
    s.later()
    s.do("approve", "tolia", subject="tariff", at="working-group")
    assert where(s)[2][-1] == "only_result_missing"
    assert "only_result_missing" not in where(s, on="2031-03-01")[2]
    s.do("adopt", "desk", subject="tariff", at="working-group")
    assert where(s) == ("working-group", False, ["decided_here", "next_level"])
    s.do("refer", "desk", subject="tariff", to="commission")
    assert where(s)[:2] == ("commission", True)
    for party in ("arvia", "tolia"):
        s.do("approve", party, subject="tariff", at="commission")
    s.do("adopt", "desk", subject="tariff", at="commission")
    assert where(s) == ("commission", False, ["decided_here"])
    assert where(s, on="2031-03-01")[0] == "working-group"


def test_an_element_stands_with_its_package_and_a_withdrawn_text_nowhere() -> None:
    s = Stage(ready_book("two-ministries"))
    s.text("dues")
    s.text("tariff")
    s.do("bundle", "arvia", package="deal", names={"en": "Deal"}, elements=["dues", "tariff"])
    s.do("approve", "arvia", subject="deal", at="working-group")
    assert where(s, "dues")[0] == "working-group"
    assert where(s, "dues")[2][0] == "stands_with_package"
    assert where(s, "deal")[:2] == ("working-group", True)
    s.do("withdraw", "arvia", instrument="dues")
    assert where(s, "dues") == ("", False, [])


def told(s: Stage, kind: str, on: str, **values: Any) -> None:
    s.do(kind, "desk", on=on, basis=GAZETTE, **values)


def test_an_observed_register_shows_what_sources_report() -> None:
    s = Stage(ready_book("union-state"), kind="observed")
    told(s, "table", "2031-01-01", instrument="tariff", type="decree", titles={"en": "T"})
    assert where(s) == ("", False, [])
    told(s, "adopt", "2031-03-04", subject="tariff", at="presidents")
    assert where(s) == ("presidents", False, ["result_reported"])
    told(s, "refer", "2031-03-02", subject="tariff", to="council-of-ministers")
    assert where(s) == ("council-of-ministers", True, ["no_result_reported", "asks"])
    told(s, "adopt", "2031-03-05", subject="tariff", at="council-of-ministers")
    assert where(s) == ("council-of-ministers", False, ["result_reported", "next_level"])
    assert where(s, on="2031-03-04")[:2] == ("council-of-ministers", True)
    told(s, "bundle", "2031-03-06", package="deal", names={"en": "D"}, elements=["tariff"])
    told(s, "table", "2031-03-06", instrument="dues", type="decree", titles={"en": "D"})
    told(s, "bundle", "2031-03-07", package="deal", names={"en": "D"}, elements=["tariff", "dues"])
    told(s, "adopt", "2031-03-08", subject="deal", at="supreme-state-council")
    assert where(s, "dues") == (
        "supreme-state-council", False, ["stands_with_package", "result_reported"],
    )  # fmt: skip
    told(s, "withdraw", "2031-03-09", instrument="tariff")
    assert where(s) == ("", False, [])


def test_a_level_apart_moves_nothing() -> None:
    s = Stage(ready_book("union-state"))
    s.text()
    for party in ("arvia", "tolia"):
        s.do("approve", party, subject="tariff", at="presidents")
    s.do("adopt", "desk", subject="tariff", at="presidents")
    assert where(s)[0] == "ministries"
    assert s.refused("refer", "arvia", subject="tariff", to="presidents") == ["not_a_level"]


def test_a_verdict_says_everything_in_words() -> None:
    head = '[sources]\ntreaty = { title = "Treaty", article = "article 3" }\n'
    head += 'custom = { title = "Custom", unverified = true }'
    parts = '{ is = "unanimity", source = "custom" }, { is = "quorum", present = "all" }'
    rule = f'{{ is = "all_of", rules = [{parts}] }}'
    s = Stage(one_level(rule, more='source = "treaty"', head=head))
    s.text()
    s.do("object", "tolia", subject="tariff", at="board", why="too dear")
    names = {"arvia": "Arvia", "tolia": "Tolia", "tariff": "the tariff"}
    lines = s.verdict("adopt", "arvia", subject="tariff", at="board").lines(name=lambda i: names.get(i, i))
    assert lines == [
        "Refused.",
        "Rule: all of these: unanimity, all members in favour; a quorum of 2 of 2 members.",
        "Source: Custom (unverified: no source confirmed it).",
        "Source: Treaty, article 3.",
        "A part of this rule is unverified: no source confirmed it.",
        "Because: Tolia objected (too dear).",
        "Because: nothing was said by: Arvia.",
        "Because: 1 of 2 members take part, and 2 are needed; absent: Arvia.",
        "Arvia: it is absent, which is no yes.",
        "Tolia: its no stands in the way.",
        "Missing: Arvia.",
        "What would change it: Tolia withdraws its objection and says yes.",
        "What would change it: a yes of: Arvia.",
        "What would change it: 1 more take part, of: Arvia.",
    ]
    (fault,) = s.verdict("adopt", "arvia", subject="tariff", at="board").faults()
    assert fault.code == "rules.not_decided"
    assert fault.sentence().startswith("not decided: all of these: unanimity")
    assert "; tolia withdraws its objection" in fault.sentence()


def test_levels_are_called_by_the_names_of_the_rulebook() -> None:
    s = Stage(ready_book("two-ministries"))
    s.text()
    verdict = s.verdict("approve", "arvia", subject="tariff", at="commission")
    assert "tariff lies at Working group, not at Joint commission" in verdict.say()
    assert (
        "Рабочая группа" in verdict.lines("en", lambda i: "Рабочая группа" if i == "working-group" else i)[2]
    )
    assert verdict.faults()[0].sentence().startswith("tariff lies at Working group")

"""The ladders of real bodies, at the boundaries that their sources give."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from tests.register.registers import act, act_id
from tests.rules.stage import Stage, ready_book
from travaux.register.fold import Entered
from travaux.rules.book import Rulebook
from travaux.rules.judge import Verdict, judge

EU = ready_book("eu-council")
STATES = tuple(EU.tables[0].weights)  # the heaviest first


class Council:
    """The Council with a text referred to it and the votes of its members."""

    def __init__(self, book: Rulebook = EU, states: tuple[str, ...] = STATES, level: str = "council") -> None:
        self.book, self.level, self.states = book, level, states
        self.stage = Stage(book, parties=1)
        self.stage.register = type(self.stage.register)()
        parties = [{"id": s, "name": s} for s in states]
        found = act("found", name="C", kind="working", origin="c.example", host="desk", keeper="desk",
                    quorum=1, rules="0" * 64, parties=[*parties, {"id": "desk", "name": "Desk"}])  # fmt: skip
        self._add("desk", found)
        self._say(states[0], "table", instrument="act", type="regulation", titles={"en": "Act"})
        for rung in book.upward(book.entry)[1:] if level != book.entry else ():
            self._say(states[0], "refer", subject="act", to=rung, points=[{"matter": "all"}])
            if rung == level:
                break

    def vote(
        self, yes: Iterable[str], no: Iterable[str] = (), abstain: Iterable[str] = (), **values: Any
    ) -> Verdict:
        self._say("desk", "meet", meeting="session", who=list(self.states))
        for kind, members in (("approve", yes), ("object", no), ("abstain", abstain)):
            for member in members:
                self._say(member, kind, subject="act", at=self.level, meeting="session")
        result = act("adopt", on="2031-03-02", subject="act", at=self.level, meeting="session", **values)
        return judge(self.stage.register.as_of(), result, "desk", self.book)

    def classify(self, category: str, *members: str) -> None:
        for member in members:
            self._say(member, "classify", instrument="act", category=category)

    def _say(self, party: str, kind: str, **values: Any) -> None:
        made = act(kind, on="2031-03-01", **values)
        verdict = judge(self.stage.register.as_of(), made, party, self.book)
        assert verdict.allowed, verdict.say()
        self._add(party, made)

    def _add(self, party: str, made: Any) -> None:
        n = len(self.stage.register)
        self.stage.register.add(Entered(n, act_id(n), f"{party}/key", party, made))


def test_the_council_needs_fifteen_members_and_sixty_five_per_cent() -> None:
    assert Council().vote(STATES[:15]).allowed
    assert not Council().vote(STATES[:14]).allowed  # 55 % of 27 is 14.85
    light = [s for s in STATES if s not in ("germany", "france", "italy", "spain")]
    verdict = Council().vote(light)  # 23 members, 42 %
    assert not verdict.allowed
    weighs = next(r for r in verdict.finding.parts[1].reasons if r.code == "rules.weighs")  # type: ignore[union-attr]
    assert weighs.values["percent"] < "50"  # type: ignore[operator]


def test_three_members_are_too_few_to_block_and_four_are_not() -> None:
    three = [s for s in STATES if s not in ("germany", "france", "italy")]  # 53 % in favour
    assert Council().vote(three, no=("germany", "france", "italy")).allowed
    four = [s for s in three if s != "malta"]
    assert not Council().vote(four, no=("germany", "france", "italy", "malta")).allowed
    assert not Council().vote(four, abstain=("germany", "france", "italy", "malta")).allowed


def test_without_a_proposal_seventy_two_per_cent_of_members_and_no_minority_clause() -> None:
    for many, holds in ((19, False), (20, True)):  # 72 % of 27 is 19.44
        c = Council()
        c.classify("no-proposal", "malta")
        assert c.vote(STATES[:many]).allowed is holds
    c = Council()
    c.classify("no-proposal", "malta")
    assert not c.vote([s for s in STATES if s not in ("germany", "france", "italy")]).allowed


def test_abstention_does_not_stop_unanimity_in_the_council() -> None:
    for abstaining, no, holds in ((("malta",), (), True), ((), ("malta",), False)):
        c = Council()
        c.classify("unanimity", "cyprus")
        verdict = c.vote([s for s in STATES if s != "malta"], no=no, abstain=abstaining)
        assert verdict.allowed is holds
        assert any(a.article == "article 238(2) to (4)" for a in verdict.sources)


def test_the_union_state_council_needs_every_state() -> None:
    book = ready_book("union-state")
    states = ("belarus", "russia")
    for yes, no, holds in ((states, (), True), (("belarus",), ("russia",), False), (("russia",), (), False)):
        verdict = Council(book, states, "supreme-state-council").vote(yes, no=no, form="decree")
        assert verdict.allowed is holds
        assert "resolution 12 of 27 June 2000" in verdict.say()
    assert "unverified" in verdict.say()


EAEU = ("armenia", "belarus", "kazakhstan", "kyrgyzstan", "russia")


def test_leaving_the_eaeu_is_decided_without_the_state_that_leaves() -> None:
    book = ready_book("eaeu")
    c = Council(book, EAEU, "supreme-council")
    named = act(
        "table", on="2031-03-01", instrument="act", type="notice", titles={"en": "N"}, parties=["armenia"]
    )
    c._add("armenia", named)
    assert not c.vote(EAEU[1:], no=("armenia",)).allowed
    c.classify("exit", *EAEU[1:])
    assert c.vote((), ()).allowed
    board = Council(book, EAEU, "board")
    assert not board.vote(EAEU[:3]).allowed
    assert board.vote(EAEU[:4]).allowed
    board.classify("sensitive", "russia")
    assert not board.vote((), no=("russia",)).allowed


@pytest.mark.parametrize(("important", "yes", "no", "holds"), [
    (False, 3, 2, True), (False, 2, 2, False), (True, 3, 2, False), (True, 4, 2, True),
])  # fmt: skip
def test_the_general_assembly_counts_those_voting(important: bool, yes: int, no: int, holds: bool) -> None:
    states = tuple(f"state-{n}" for n in range(8))
    c = Council(ready_book("un-general-assembly"), states, "plenary")
    if important:
        c.classify("important", "state-7")
    assert c.vote(states[:yes], no=states[yes : yes + no]).allowed is holds


def test_the_wto_hears_no_objection_of_the_absent() -> None:
    states = tuple(f"state-{n}" for n in range(5))
    c = Council(ready_book("wto"), states, "general-council")
    c._say("state-4", "object", subject="act", at="general-council")
    c.states = states[:4]
    assert c.vote(("state-0",)).allowed
    assert not c.vote((), no=("state-3",)).allowed


def test_the_asean_summit_decides_how_to_decide() -> None:
    states = tuple(f"state-{n}" for n in range(3))
    c = Council(ready_book("asean"), states, "summit")
    assert not c.vote(states[:2], no=states[2:]).allowed
    c.classify("by two thirds", *states)
    assert c.vote(()).allowed

"""``travaux why``: the grounds of an act on the record, and no more of them than its reader may see."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.desk import Desk, desk
from tests.cli.test_register_life import TABLED
from tests.cli.test_sealed import act_id

__all__ = ["desk"]

SAID = "on: 2031-03-01\nsubject: dredging\nat: working-group\n"


def adopted(desk: Desk, audience: str) -> Path:
    """A register in which both say yes, for this audience, and the result is public."""
    register = desk.found()
    desk.act(register, TABLED)
    for party in ("north", "south"):
        desk.act(register, f"act: approve\nsigner: {party}/delegation\naudience: {audience}\n{SAID}")
    desk.act(register, f"act: adopt\nsigner: north/delegation\n{SAID}")
    return register


def test_a_result_tells_its_rule_its_source_and_what_each_word_meant(desk: Desk) -> None:
    register = adopted(desk, "public")
    told = desk.run("why", str(register), act_id(desk, register, "adopt")[:8]).stdout
    assert "Allowed." in told
    assert "Rule: " in told
    assert "Ministry of the North: " in told
    assert "Ministry of the South: " in told
    table = desk.run("why", str(register), act_id(desk, register, "table"), "--format", "json").stdout
    said = json.loads(table)
    assert (said["allowed"], said["rechecked"]) == (True, True)
    founding = desk.run("why", str(register), act_id(desk, register, "found")).stdout
    assert "no rule judges it" in founding


def test_what_is_said_later_changes_no_earlier_verdict(desk: Desk) -> None:
    register = adopted(desk, "public")
    first = act_id(desk, register, "adopt")
    before = desk.run("why", str(register), first).stdout
    desk.act(
        register, "act: refer\nsigner: north/delegation\non: 2031-03-02\nsubject: dredging\nto: commission\n"
    )
    desk.act(
        register, "act: object\nsigner: south/delegation\non: 2031-03-03\nsubject: dredging\nat: commission\n"
    )
    assert desk.run("why", str(register), first).stdout == before


@pytest.mark.parametrize("reader", ["public", "north"])
def test_the_grounds_of_a_restricted_vote_are_for_those_who_may_see_it(desk: Desk, reader: str) -> None:
    register = adopted(desk, "parties")
    result = act_id(desk, register, "adopt")
    told = desk.run("why", str(register), result, "--for", reader).stdout
    assert ("Not to be rechecked" in told) is (reader == "public")
    assert ("Ministry of the South: " in told) is (reader == "north")
    assert "Allowed." in told
    vote = act_id(desk, register, "approve", "north")
    code = 1 if reader == "public" else 0
    desk.run("why", str(register), vote, "--for", reader, code=code)


def test_an_act_nobody_knows_is_said_so(desk: Desk) -> None:
    register = desk.found()
    assert "no act is known" in desk.run("why", str(register), "ffff0000", code=1).stderr
    desk.run("why", str(register), "ffff0000", "--for", "nobody", code=1)

"""Renderings: clean only where nothing is open, names only where asked for, any depth."""

from __future__ import annotations

from travaux.acts.fault import Refused
from travaux.text.compile import compile  # noqa: A004
from travaux.text.model import Bracket, Option, Position, Run, Stance, Text
from travaux.text.render import attributed, clean, columns, one_party, unattributed

LONG = "of the standing committee on fares and tolls "
MADE = compile({"ARV": f"Parties {LONG}take steps", "NUR": f"Parties {LONG}take early steps"}).text


def test_clean_refuses_while_a_bracket_is_open_and_names_it() -> None:
    found = clean(MADE)
    assert isinstance(found, Refused)
    assert [fault.sentence() for fault in found.faults] == [
        "still open: early / —; settle it, or ask for another rendering"
    ]
    assert clean((Run("Fares fall."),)) == "Fares fall."


def test_names_are_shown_only_where_asked_for() -> None:
    assert "NUR" in attributed(MADE) and "ARV" in attributed(MADE)
    assert "NUR" not in unattributed(MADE) and "[early ]" in unattributed(MADE)


def test_each_stance_is_told_apart_from_support() -> None:
    option = Option((Run("may"),), (Position("ARV"), Position("KES", Stance.OPPOSES)))
    assert attributed((Bracket("x", (option,)),)) == "[may (ARV; opposes: KES)]"
    assert columns((Bracket("x", (option,)),))[0].stances == (("", "ARV"), ("opposes", "KES"))


def test_a_party_reads_its_own_options() -> None:
    assert one_party(MADE, "NUR") == f"Parties {LONG}take early steps"
    assert isinstance(one_party(MADE, "KES"), Refused)


def test_ten_thousand_nested_brackets_are_rendered() -> None:
    text: Text = (Run("x"),)
    for k in range(10_000):
        text = (Bracket(str(k), (Option(text),)),)
    assert unattributed(text) == "[" * 10_000 + "x" + "]" * 10_000

"""What an opening may bring to light: acts of kinds that may be sealed, within the scope of their key."""

from __future__ import annotations

from typing import Any

import pytest

from tests.register.registers import FOUND, act, entered
from travaux.acts.fault import Fault, Refused
from travaux.record.entry import Entry, build
from travaux.record.keys import to_base64
from travaux.record.opening import openings_of
from travaux.record.parts import Hidden
from travaux.record.tree import EMPTY_ROOT
from travaux.register.fold import Part, Register, fold
from travaux.register.keys import scope_at
from travaux.secretariat.unsealing import NEVER, Content, content_of

POSITION = {"act": "take_position", "on": "2031-01-02", "subject": "dues", "stance": "yes"}
BODY = {k: v for k, v in POSITION.items() if k != "act"}
KEY = "arvia/delegation"
VKEY = f"{KEY}+32edd059+AWLPd/+N9ydSKLQttRARgGSV10UT/Sd/QCW7Msq5Nb/4"


def register(*scopes: tuple[str, ...]) -> Register:
    """A register whose key was put in force for each of `scopes` in turn, at log index 1, 2 …"""
    founding = entered(0, act("found", **FOUND))
    accredited = [
        entered(n, act("accredit", keys=[{"vkey": VKEY, "role": "delegation", "kinds": list(kinds)}]))
        for n, kinds in enumerate(scopes, start=1)
    ]
    return fold([founding, *accredited])


def opened(
    content: dict[str, Any],
    *scopes: tuple[str, ...],
    to: str | tuple[str, ...] = "parties",
    kind: str = "sealed",
    body: dict[str, Any] | None = None,
    index: int = 9,
) -> Content | Fault:
    """What a part of an act at log `index` says, where its key has these scopes."""
    made = build(
        kind, body or {}, by=KEY, n=1, prev="a" * 64, register="b" * 64, seen=(0, to_base64(EMPTY_ROOT)),
        hidden=[Hidden(content, to)],
    )  # fmt: skip
    assert not isinstance(made, Refused), made
    entry = Entry(made.text.encode() + b"\n", made.envelope, made.id, (), index)
    return content_of(openings_of(made)[0], entry, register(*(scopes or (("*",),))))


def code(found: Content | Fault) -> str:
    return found.code if isinstance(found, Fault) else ""


def test_an_act_and_a_note_come_to_light_as_they_were_said() -> None:
    said = opened(POSITION | {"pad": "xxxx", "blobs": []})
    assert said == Content(act("take_position", **BODY))
    assert opened({"note": "Mandate allows forty."}) == Content(note="Mandate allows forty.")
    beside = opened(
        {"note": "x"}, kind="take_position", body={k: v for k, v in POSITION.items() if k != "act"}
    )
    assert beside == Content(note="x")


@pytest.mark.parametrize("kind", sorted(NEVER))
def test_an_act_about_keys_rules_or_the_record_never_comes_out_of_a_seal(kind: str) -> None:
    assert code(opened({"act": kind})) == "procedure.never_sealed"


def test_what_binds_others_was_sealed_so_that_all_of_them_can_open_it_or_is_void() -> None:
    yes = {"act": "approve", "on": "2031-01-02", "subject": "dues", "at": "board"}
    assert code(opened(yes, to=("arvia",))) == "procedure.sealed_from"
    assert isinstance(opened(yes), Content)
    assert isinstance(opened(POSITION, to=("arvia",)), Content)


def test_the_key_must_have_been_allowed_to_say_it_when_it_was_said() -> None:
    narrow, wide = ("approve",), ("approve", "take_position")
    assert code(opened(POSITION, narrow)) == "record.scope"
    assert isinstance(opened(POSITION, wide), Content)
    assert code(opened(POSITION, wide, narrow)) == "record.scope"
    assert isinstance(opened(POSITION, wide, narrow, index=2), Content)
    assert code(opened(POSITION, wide, index=1)) == "record.scope"
    assert scope_at(register(("*",)).as_of(), "tolia/delegation", 9) == ()


@pytest.mark.parametrize(
    "content",
    [{}, {"note": 1}, {"note": "x", "why": "y"}, {"words": "x"}, {"pad": "x"}],
)
def test_a_part_without_an_act_holds_a_note_and_nothing_else(content: dict[str, Any]) -> None:
    assert code(opened(content)) == "procedure.part_fields"


def test_what_has_no_schema_is_void_and_never_an_error() -> None:
    assert code(opened({"act": "take_position"})) == "act.missing_field"
    assert code(opened({"act": "no_such_kind"})).startswith("act.unknown_kind")
    assert code(opened({"act": 3})) == "procedure.part_kind"
    assert code(opened(POSITION | {"extra": "x"})) == "act.unknown_field"
    assert code(opened(POSITION, kind="take_position", body={"on": "2031-01-02"})) == "procedure.part_kind"


def test_a_part_is_known_as_disclosed_from_the_disclosure_on() -> None:
    part = Part(
        "parties",
        "disclosed",
        act("take_position", **BODY),
        since=7,
    )
    assert part.by(8) == part
    assert part.by(7) == Part("parties")

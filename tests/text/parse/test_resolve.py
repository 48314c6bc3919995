"""What a party would read in a draft of another hand: told, or a fault that says where it is not."""

from __future__ import annotations

from travaux.acts.fault import Refused
from travaux.text.parse import CONVENTIONS, parse, resolve

DRAFT = (
    "Ferries [ARV, TOL: shall] [NUR: should] run [ARV propose; NUR opposes: also at night], "
    "[daily (ARV)] [weekly (NUR)]."
)


def test_a_party_reads_what_it_supports_and_not_what_it_opposes() -> None:
    parsed = parse(DRAFT)
    assert resolve(parsed, "ARV") == "Ferries shall run also at night, daily."
    assert resolve(parsed, "NUR") == "Ferries should run, weekly."


def test_where_the_draft_does_not_tell_a_fault_says_where() -> None:
    found = resolve(parse(DRAFT), "TOL")
    assert isinstance(found, Refused)
    assert [(f.code, f.place.line, f.place.col) for f in found.faults] == [
        ("brackets.not_told", 1, DRAFT.index("[ARV propose") + 1),
        ("brackets.not_told", 1, DRAFT.index("[daily") + 1),
    ]


def test_no_text_is_a_position() -> None:
    parsed = parse("Option 1 (ARV): Ferries run.\n\nOption 2 (NUR): No text\n")
    assert resolve(parsed, "ARV") == "Ferries run.\n"
    assert resolve(parsed, "NUR") == "\n"


def test_an_option_of_several_slashes_is_not_told_by_one_attribution() -> None:
    assert isinstance(resolve(parse("Ferries [ARV: will/may] run [NUR: daily]"), "ARV"), Refused)


def test_given_names_are_used_as_they_are() -> None:
    parsed = parse("[Isle of Arv, U (K): shall][Tolia: may]", parties=["Isle of Arv", "U (K)", "Tolia"])
    assert resolve(parsed, "Isle of Arv") == resolve(parsed, "U (K)") == "shall"
    assert parsed.source.value == "given"


def test_the_convention_is_said_and_can_be_set() -> None:
    told = parse("Brackets show words proposed for deletion.\n\nFerries run [daily].")
    assert (told.convention.name, told.why.values["line"]) == ("deletions", 1)
    assert told.points[0].kind.value == "deletion"
    asked = parse("Ferries [may] [shall] run", convention=CONVENTIONS["independent"])
    assert (len(asked.points), asked.why.code) == (2, "brackets.why_set")

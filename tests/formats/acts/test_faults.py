"""What is wrong in a file of acts: every fault at once, each at its line and column, and quickly."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travaux.acts.fault import Refused
from travaux.formats.acts import LARGEST, parse_acts, read_acts
from travaux.formats.acts.blocks import MANY
from travaux.formats.acts.nodes import DEEPEST

GOOD = "act: cancel\nmeeting: m\non: 2031-03-03\n"
PAGE = Path(__file__).parents[3] / "docs" / "notation-acts.md"


def faults(text: str) -> list[tuple[int, int, str]]:
    """Line, column and code of every fault of a file."""
    got = parse_acts(text, "some.acts")
    assert isinstance(got, Refused), got
    assert all(f.place.where == "some.acts" for f in got.faults)
    return [(f.place.line, f.place.col, f.code.removeprefix("notation.")) for f in got.faults]


# One line put behind a good act; the fault it gives, on line 4.
LINES = (
    ("note: &a x", 7, "anchor"), ("note: *a", 7, "alias"), ("note: !!str x", 7, "tag"),
    ("!x note: x", 1, "tag"), ("&a note: x", 1, "anchor"), ("<<: {note: x}", 1, "merge"),
    ("note: >", 7, "folded"), ("? note", 1, "complex"), ("\tnote: x", 1, "tab"), ("note:\tx", 6, "tab"),
    ("note: x\ty", 8, "tab"), ("note: |2", 7, "literal"), ("meeting: n", 1, "duplicate"),
    ("note:", 1, "value"), ("note: # c", 1, "value"), ("note: a: b", 8, "colon"),
    ("note: - a", 7, "dash"), ("note: @a", 7, "start"), ("note: 'a", 7, "unclosed_quote"),
    ('note: "a', 7, "unclosed_quote"), ('note: "a\\q"', 9, "escape"), ('note: "\\ud800"', 8, "escape"),
    ("note: 'a' b", 11, "after"), ("note: 'a'#b", 10, "after"), ("note: [a", 7, "flow_open"),
    ("note: [a b: c]", 11, "flow_comma"), ("note: {a}", 8, "flow_name"),
    ("note: {a: b, a: c}", 14, "duplicate"), ("note: {[a]: b}", 8, "complex"),
    ("note: {<<: b}", 8, "merge"), ("note: |", 7, "no_text"), ("  note: x", 3, "indent"),
    ("note", 1, "field"), ("- note", 1, "field"), ("%YAML 1.2", 1, "directive"),
    ("note: [a, - b]", 11, "dash"), ("...", 1, "end_mark"), ("--- x", 5, "separator"),
    ("note:x", 1, "field"), ("a" * 1001 + ": x", 1, "long_name"), ("audience: all", 11, "audience"),
    ("with: a", 7, "names"), ("with: []", 7, "names"), ("with: [a/b, a/b]", 13, "twice"),
    ("signer: [a]", 9, "words"), ('signer: ""', 9, "words"),
    ("note: " + "[" * DEEPEST, 7 + DEEPEST - 1, "deep"),
    ("why: [a]", 1, "act.not_value"), ("whi: a", 1, "act.unknown_field_near"),
    ("where: a", 1, "act.unknown_field"), ("basis: {kind: cited}", 1, "act.missing_field"),
    ("basis: {kind: heard}", 9, "act.choice"), ("also: [x]", 8, "act.not_fields"),
)  # fmt: skip


@pytest.mark.parametrize(("line", "col", "code"), LINES)
def test_a_line_that_is_wrong_is_named_with_its_place(line: str, col: int, code: str) -> None:
    assert (4, col, code) in faults(GOOD + line + "\n")


@pytest.mark.parametrize(("line", "col", "code"), LINES[:30])
def test_the_same_line_is_the_only_fault(line: str, col: int, code: str) -> None:
    assert faults(GOOD + line + "\n") == [(4, col, code)]


def test_a_file_that_is_wrong_in_its_fortieth_block_gives_all_its_faults_and_no_act() -> None:
    wrong = "act: meet\nmeeting: B A D\non: 2031-02-30\nwhom: [north]\n"
    blocks = [GOOD] * 39 + [wrong] + [GOOD] * 5 + [wrong]
    line, last = 39 * 4 + 1, 45 * 4 + 1 + 1
    assert faults("---\n".join(blocks)) == [
        (line + 1, 1, "act.form"), (line + 2, 1, "when.form"), (line + 3, 1, "act.unknown_field_near"),
        (last + 1, 1, "act.form"), (last + 2, 1, "when.form"), (last + 3, 1, "act.unknown_field_near"),
    ]  # fmt: skip


def test_a_fault_of_the_lines_and_one_of_a_value_are_told_together() -> None:
    assert faults("act: cancel\nmeeting: 'm\non: never\n") == [(2, 10, "unclosed_quote"), (3, 1, "when.form")]


def test_a_fault_is_placed_at_the_field_deep_inside() -> None:
    text = "act: introduce\non: 2031\nwhat: person\nid: a\nnames: {en: A, EN: B}\n"
    text += "offices:\n- title: x\n  of: ''\n"
    assert faults(text) == [(5, 16, "act.form"), (8, 3, "act.empty")]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n---\n", "   \n", "\ufeff"])
def test_a_file_without_an_act_is_a_fault(text: str) -> None:
    assert faults(text) == [(0, 0, "none")]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a\x00", (1, 2)), (GOOD + "note: \x1b[31m", (4, 7)), ("a: b\rc", (1, 5)), ("a\u2028", (1, 2)),
        ("act: a\n\u202ex", (2, 1)), ("x\ufeff", (1, 2)), ("\ud800", (1, 1)), ("a\x85", (1, 2)),
    ],
)  # fmt: skip
def test_a_character_that_hides_something_is_refused_once(text: str, place: tuple[int, int]) -> None:
    assert faults(text) == [(*place, "character")]


def test_bombs_huge_and_binary_files_give_one_fault() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(9))
    assert {code for _, _, code in faults(bomb)} == {"kind", "anchor"}
    assert faults("x" * (LARGEST + 1)) == [(0, 0, "large")]
    for data, code in ((b"\xff\xfe\x00" * 100, "encoding"), (b"PK\x03\x04" + b"x" * 100, "character")):
        got = read_acts(data, "some.acts")
        assert isinstance(got, Refused) and [f.code for f in got.faults] == [f"notation.{code}"]


@pytest.mark.parametrize("opened", ["[", "{a: ", "- ", "- a: ", '["', "{["])
def test_nothing_nests_without_end(opened: str) -> None:
    assert faults(GOOD + "note:\n  " + opened * 200_000)


def test_fields_below_each_other_do_not_nest_without_end() -> None:
    text = "".join(" " * n + "note:\n" for n in range(DEEPEST + 3))
    assert faults("act: cancel\n" + text)[0] == (DEEPEST + 2, DEEPEST + 1, "deep")


def test_the_faults_of_a_file_of_faults_are_not_listed_without_end() -> None:
    found = faults("act: nothing\n---\n" * (MANY + 100))
    assert len(found) == MANY + 1 and found[-1][2] == "many"


@given(st.integers(0, 5), st.integers(0, 5), st.sampled_from(["\n", "\r\n"]))
def test_line_ends_comments_and_separators_around_acts_change_nothing(n: int, m: int, end: str) -> None:
    text = "---\n" * n + "# c\n\n" + GOOD + "---  # next\n" * m + "---\n" + GOOD
    assert parse_acts(text.replace("\n", end)) == parse_acts(GOOD + "---\n" + GOOD)


def test_the_example_of_the_page_is_acts() -> None:
    example = re.search(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert example is not None
    got = parse_acts(example[1])
    assert not isinstance(got, Refused), [f.line() for f in got.faults]
    assert [w.signer for w in got] == ["north/delegation"] * 2

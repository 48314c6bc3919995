"""Any string at all is read, and given back character for character; raw counts count every bracket."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from travaux.text.model import Run, walk
from travaux.text.parse import CONVENTIONS, Parsed, counts, parse, render
from travaux.text.parse.data import data
from travaux.text.parse.table import table

PIECES = [
    "[", "]", "[", "]", "{", "}", "/", "(", ")", "\\[", "\\]", "\\", "|", " ", "\n", "\n\n", "\r\n", "\f",
    ":", ";", ".", "Option 1: ", "Option 2:\n", "Alternative A: ", "(a) ", "1. ", "1 alt. ", "Article 4\n",
    "Page 2\n",
    "* ", "word*", "ARV", "NUR4", "TOL", " proposes", "; NUR opposes: ", "No text", "X", "XX", "##", "…",
    "Note: 1 and 4 are linked", "{align with 1}",
    "(if 1 stays, 4 goes)", "(ARV, TOL)", "shall", "ferr", "y",
    "\ud800", "\x00", "\u202e", "\u2028", "é", "e\u0301", "漢", "👨‍👩‍👧", "https://a.b/c", "[sic]", "[x](y)",
    "Wordings: ARV\n\n", "____", "Parties: ARV, TOL\n", "[Option 1] ", "[a] ", "\n[b] ", "– TOL reserves\n",
]  # fmt: skip
TEXTS = st.one_of(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.text(max_size=60))


@settings(max_examples=300, deadline=None)
@given(
    TEXTS, st.sampled_from([None, *CONVENTIONS.values()]), st.sampled_from([(), ("ARV", "TOL", "a [b], c")])
)
def test_what_is_read_is_given_back(text: str, convention: object, parties: tuple[str, ...]) -> None:
    parsed = parse(text, convention=convention, parties=parties)  # type: ignore[arg-type]
    assert render(parsed) == text
    assert all(parsed.slices)
    assert table(parsed, "file")
    assert data(parsed)["chars"] == len(text)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_marks_are_slices_of_their_own(text: str) -> None:
    slices = parse(text).slices
    at = 0
    for piece in slices:
        assert text.startswith(piece, at)
        if piece[0] in "[]{}":
            assert len(piece) == 1
        elif set(piece) & set("[]{}"):
            assert piece[0] == "\\" and len(piece) == 2
        at += len(piece)
    assert at == len(text)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_raw_counts_are_those_of_one_stack_over_every_bracket(text: str) -> None:
    parsed = parse(text)
    stack: list[tuple[int, int]] = []
    stray: list[tuple[int, int]] = []
    deepest = top = 0
    for number, line in enumerate(text.split("\n"), 1):
        for col, char in enumerate(line, 1):
            if char == "[":
                top += not stack
                stack.append((number, col))
                deepest = max(deepest, len(stack))
            elif char == "]" and stack:
                stack.pop()
            elif char == "]":
                stray.append((number, col))
    raw = parsed.raw
    assert (raw.opens, raw.closes) == (text.count("["), text.count("]"))
    assert (raw.top, raw.top + raw.nested, raw.depth) == (top, raw.opens, deepest)
    assert (parsed.unclosed, parsed.stray) == (tuple(stack), tuple(stray))


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_places_nest_and_lie_in_the_text(text: str) -> None:
    parsed = parse(text)
    spans = [(point.start, point.end) for point in parsed.points]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans, key=lambda span: (span[0], -span[1]))
    stack: list[int] = []
    for start, end in spans:
        while stack and stack[-1] <= start:
            stack.pop()
        assert not stack or end <= stack[-1]
        stack.append(end)
    assert len({point.id for point in parsed.points}) == len(parsed.points)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from([p for p in PIECES if "\\" not in p and "*" not in p]), max_size=30).map("".join)
)
def test_words_of_the_interpreted_text_are_words_of_the_source_in_their_order(text: str) -> None:
    parsed = parse(text)
    if parsed.convention.own or any(mark in text for mark in ("____", "\u2028")):
        return
    words = "".join(event.text for event in walk(parsed.text) if isinstance(event, Run))
    rest = iter(text)
    assert all(char in rest for char in words)


def test_a_stray_bracket_does_its_harm_in_its_own_paragraph() -> None:
    quiet = "Ferries [may][will] run [daily]."
    clean = parse(f"1. {quiet}\n\n2. {quiet}\n\n3. {quiet}\n")
    broken = parse(f"1. {quiet}\n\n2. Ferries ] run {quiet}\n\n3. {quiet}\n")
    assert counts(broken).decision_points == counts(clean).decision_points
    assert [d.code for d in broken.defects] == ["brackets.stray"]


@pytest.mark.parametrize(
    "text", ["[" * 10_000 + "x" + "]" * 10_000, "[\n\n" * 10_000 + "x" + "\n\n]" * 10_000]
)
def test_ten_thousand_brackets_in_each_other(text: str) -> None:
    parsed = parse(text)
    assert render(parsed) == text
    assert parsed.raw.depth == 10_000
    assert max(point.depth for point in parsed.points) >= 9_999
    assert not parsed.defects


def test_crlf_and_lone_surrogates_keep_lines_and_columns() -> None:
    text = "a\r\n\ud800b] c\r\n[d"
    parsed = parse(text)
    assert render(parsed) == text
    assert (parsed.stray, parsed.unclosed) == (((2, 3),), ((3, 1),))


def test_same_text_same_result_whatever_was_read_before() -> None:
    rng = random.Random(3)
    texts = ["".join(rng.choices(PIECES, k=30)) for _ in range(30)]
    first: list[Parsed] = [parse(text) for text in texts]
    assert [parse(text) for text in reversed(texts)] == first[::-1]
    assert all(a.points is not b.points for a, b in pairwise(first) if a.points)

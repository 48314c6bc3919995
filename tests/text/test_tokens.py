"""Tokens lose nothing; typography has no part in what is compared."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from travaux.text.tokens import BREAK, LABEL, tokenize

ODD = st.text(alphabet="aÉe\u0301 \u00a0\n\r\t(a)1.,;’'-\u00ad\u200d\u2066\ud800\0中ก👨👩\u2028", max_size=20)


@settings(max_examples=500)
@given(ODD | st.text())
def test_tokens_and_gaps_give_the_text_back(text: str) -> None:
    tokens = tokenize(text)
    assert tokens.text() == text
    assert len(tokens.gaps) == len(tokens.surfaces) + 1 == len(tokens.keys) + 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the café", "the cafe\u0301"),
        ("“fares”", '"fares"'),
        ("board’s", "board's"),
        ("ship\u00adyard", "shipyard"),
        ("5 %", "5\u00a0%"),
        ("(a) tolls; (b) cranes", "(a) tolls; (c) cranes"),
    ],
)
def test_typography_has_one_key(one: str, other: str) -> None:
    assert tokenize(one).keys == tokenize(other).keys


@pytest.mark.parametrize(
    ("one", "other"),
    [("May", "may"), ("1.5", "15"), ("a.", "a,"), ("under (b)", "under (c)"), ("a\nb", "a\n\nb")],
)
def test_substance_has_two_keys(one: str, other: str) -> None:
    assert tokenize(one).keys != tokenize(other).keys


def test_numbers_words_labels_and_breaks_are_single_tokens() -> None:
    assert tokenize("(a) Re-open 1,000.5 ports\n\nnow").keys == (
        LABEL,
        "Re-open",
        "1,000.5",
        "ports",
        BREAK,
        "now",
    )


def test_long_white_space_at_an_end_takes_no_long_time() -> None:
    for letter in ("", "é"):
        for blank in ("\n", " ", "\x1c", "\u200b"):
            text = letter + blank * 200_000
            assert tokenize(text).text() == text

"""A proposal whose words are not in the source, typography aside, is refused."""

from __future__ import annotations

import json

import pytest

from tests.cases import case
from tests.reader.scoring import text_of
from travaux.reader import find_anchor, find_anchors

CHANGES = [
    (" not ", " "),
    (" will ", " will not "),
    (" are ", " are not "),
    ("28", "38"),
    (" is ", " is not "),
    (" have ", " have never "),
]


def test_no_quotation_with_one_changed_word_is_anchored() -> None:
    folder = case("communiques")
    text = text_of(folder / "moscow-2021-09-09.txt")
    quotes = json.loads((folder / "moscow-2021-09-09.gold.json").read_text(encoding="utf-8"))["quotes"]
    tampered = []
    for q in quotes:
        change = next(((a, b) for a, b in CHANGES if a in q["text"]), None)
        if change:
            tampered.append(q["text"].replace(*change, 1))
    assert len(tampered) == 31
    assert [t for t in tampered if find_anchors(text, t)] == []


@pytest.mark.parametrize(
    "invented",
    [
        "We will open all borders by 1 May 2022",
        "Belarus and Russia have agreed to introduce a single currency in 2023",
        "We promise to publish every programme tomorrow",
    ],
)
def test_no_invented_promise_is_anchored(invented: str) -> None:
    assert find_anchors(text_of(case("communiques") / "moscow-2021-09-09.txt"), invented) == []


def test_every_true_quotation_typed_in_ascii_is_anchored_where_it_stands() -> None:
    folder = case("communiques")
    text = text_of(folder / "moscow-2021-09-09.txt")
    quotes = json.loads((folder / "moscow-2021-09-09.gold.json").read_text(encoding="utf-8"))["quotes"]
    plain = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "–": "-", "…": "..."})
    found = [find_anchor(text, q["text"].translate(plain)) for q in quotes]
    assert found == [(q["start"], q["end"]) for q in quotes]


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("He said «мы е\u0308лки\u00a0видим» there", "мы ёлки видим", (9, 23)),
        ("we\u00a0will\u00adnot", "we willnot", (0, 11)),
        ("a — b", "a - b", (0, 5)),
        ("wait… now", "wait... now", (0, 9)),
        ("The Sides", "the sides", None),
        ("28 of 30", "8 of 3", None),
        ("again and again", "again", None),
        ("anything", "", None),
    ],
)
def test_an_anchor_is_blind_to_typography_and_to_nothing_else(
    text: str, words: str, place: tuple[int, int] | None
) -> None:
    assert find_anchor(text, words) == place

"""What holds for any text at all."""

from __future__ import annotations

import sys
import unicodedata
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reader.scoring import reading
from travaux.acts.fault import Refused
from travaux.reader import read
from travaux.reader.fold import fold
from travaux.text.source import Document

TEXT = """Ferry talks in Velmar, 3 March 2031

President of Arvia Ona Tal met her Tolian counterpart in Velmar on Monday.

“If the fares are ready, we are ready to sign the ferry agreement in April,” she said.
“We don't need a pier,” she added.

The President of Tolia Kel Doro noted that the harbour works will be completed by 1 June 2032.
He stressed that “the crew – all of it – comes first”.

The sides agreed to open the line on 5 May 2031 and will publish the fares.
"""
KINDS = (
    "quotes",
    "statements",
    "dates",
    "meetings",
    "bodies",
    "instruments",
    "commitments",
    "positions",
    "refusals",
)
FRAGMENTS = st.lists(
    st.sampled_from(
        [
            "“",
            "”",
            '"',
            "«",
            "»",
            "(",
            "[",
            ")",
            "]",
            ":",
            ";",
            ",",
            ".",
            "\n",
            "\n\n",
            "–",
            "- ",
            "If ",
            "we will ",
            "said ",
            "that ",
            "President ",
            "of ",
            "Arvia ",
            "Ona Tal ",
            "3 March ",
            "2031 ",
            "by ",
            "according to ",
            "он ",
            "сказал ",
            "что ",
            "будет ",
            "Президент ",
            "России ",
            "1. ",
            "No. ",
            "today ",
            "€",
            "\u00ad",
            "\u0301",
            "\r\n",
            "🛳",
        ]
    ),
    max_size=80,
).map("".join)


def facts(found: dict[str, Any]) -> dict[str, Any]:
    """A reading without offsets and typography."""
    level = str.maketrans({"“": '"', "”": '"', "’": "'", "–": "-", "\u00a0": " ", "\r": None})

    def plain(v: Any) -> Any:
        return unicodedata.normalize("NFC", v.translate(level)) if isinstance(v, str) else v

    return {
        kind: [{k: plain(v) for k, v in item.items() if k not in ("start", "end")} for item in found[kind]]
        for kind in KINDS
    }


def test_reading_twice_gives_the_same_bytes() -> None:
    one, two = (read(Document("x", TEXT)) for _ in range(2))
    assert not isinstance(one, Refused) and not isinstance(two, Refused)
    assert one.json() == two.json()


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.replace("\n", "\r\n"),
        lambda t: unicodedata.normalize("NFD", t),
        lambda t: t.replace(" President", "\u00a0President").replace("3 March", "3\u00a0March"),
        lambda t: t.replace("“", '"').replace("”", '"'),
        lambda t: t.replace("'", "’"),
        lambda t: t.replace("“", "«").replace("”", "»"),
        lambda t: "\ufeff" + t,
        lambda t: t.replace("harbour", "har\u00adbour"),
    ],
)
def test_typography_changes_no_fact(change: Any) -> None:
    text = change(TEXT)
    found = reading(text)
    for kind in KINDS:
        assert all(text[i["start"] : i["end"]] == i["text"] for i in found[kind])
    soft = {ord("\u00ad"): None, ord("«"): '"', ord("»"): '"'}
    expected = {
        k: [{a: b for a, b in i.items() if a != "text"} for i in v] for k, v in facts(reading(TEXT)).items()
    }
    got = {k: [{a: b for a, b in i.items() if a != "text"} for i in v] for k, v in facts(found).items()}
    assert str(got).translate(soft) == str(expected).translate(soft)


def test_a_paragraph_in_front_shifts_every_offset_and_changes_nothing_else() -> None:
    more = "Weather was mild over the strait.\n\n"
    before, after = reading(TEXT), reading(TEXT.replace("President of Arvia", more + "President of Arvia", 1))
    at = TEXT.index("President of Arvia")
    for kind in KINDS:
        moved = [
            {
                **i,
                "start": i["start"] + len(more) * (i["start"] >= at),
                "end": i["end"] + len(more) * (i["start"] >= at),
            }
            for i in before[kind]
        ]
        assert after[kind] == moved


@settings(max_examples=150, deadline=None)
@given(FRAGMENTS)
def test_any_mixture_of_words_and_marks_gives_a_reading_or_a_refusal(text: str) -> None:
    found = read(Document("x", text))
    if not isinstance(found, Refused):
        for kind in KINDS:
            assert all(text[i.start : i.end] == i.text for i in getattr(found, kind))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_folding_keeps_the_way_back(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.shape)
    spans = [folded.span(i, i + 1) for i in range(len(folded.text))]
    assert all(0 <= s < e <= len(text) for s, e in spans)
    assert all(a[1] <= b[0] or a == b for a, b in pairwise(spans))


def work(text: str) -> int:
    """How many calls a reading takes: its size without a clock."""
    calls = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        read(Document("x", text))
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize(
    "mark",
    [
        '"', "“", "(", "[", "«", ".", '" ', 'a"', "If , ", "said that ", "1. ", "we will ", "\n- ",
        "Name: ", "he said, ", "и, он сказал, ", "by 1 May and ",
        "the ", "Arvia ", "agreed to and to ", ", he said, ",
    ],
)  # fmt: skip
def test_a_hostile_text_is_read_in_work_that_grows_with_its_length(mark: str) -> None:
    """Four times the text takes no more than some six times the work: nothing is quadratic."""
    short, long = (work("Arvia said hello. " + mark * (size // len(mark))) for size in (3_000, 12_000))
    assert long < 6 * short

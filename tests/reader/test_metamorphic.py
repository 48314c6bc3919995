"""A change of the text that says what must change in the reading, and nothing else."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from tests.cases import case
from tests.reader.scoring import HERE, reading, text_of

KINDS = ("quotes", "statements", "dates", "meetings", "commitments", "positions", "refusals")
ENGLISH = ["readout-without-marks", "transcript", "joint-statement", "press-conference", "secretary-readout"]


def document(name: str) -> str:
    return text_of(HERE / "documents" / f"{name}.txt")


def swapped(text: str, pairs: list[tuple[str, str]]) -> str:
    """The text with both words of each pair exchanged."""
    table = {a: b for x, y in pairs for a, b in ((x, y), (y, x))}
    return re.sub("|".join(sorted(map(re.escape, table), key=len, reverse=True)), lambda m: table[m[0]], text)


TALKS = """Talks in Velmar, 3 March 2031

President of Arvia Ona Tal met President of Tolia Kel Doro in Velmar on 3 March 2031.

“If Tolia opens the lane, we are ready to sign the ferry agreement in April,” Ona Tal said.

According to Kel Doro, Tolia will send two ships by 1 June 2031. The Tolian leader noted that Arvia had been
patient. “We will not raise the fees this year,” the President of Tolia stressed.

The two sides agreed to open the line on 5 May 2031. Arvia will publish the fares by 1 April 2031. Tolia will
not join the mechanism.
"""


def test_two_presidents_exchanged_exchange_their_words_and_duties() -> None:
    pairs = [("Ona Tal", "Kel Doro"), ("Arvia", "Tolia"), ("Arvian", "Tolian")]
    before, after = reading(TALKS), reading(swapped(TALKS, pairs))
    for kind in ("quotes", "statements"):
        assert [swapped(i["speaker"] or "", pairs) for i in before[kind]] == [
            i["speaker"] for i in after[kind]
        ]
        assert [i["speaker"] for i in before[kind]]
    for a, b in zip(before["commitments"], after["commitments"], strict=True):
        assert sorted(swapped(p, pairs) for p in a["parties"]) == sorted(b["parties"])
        assert (a["status"], a["due"]) == (b["status"], b["due"])


def test_leaders_of_the_case_exchanged_exchange_their_words() -> None:
    text = text_of(case("communiques") / "moscow-2021-09-09.txt")
    pairs = [
        ("Aleksandr Lukashenko", "Vladimir Putin"),
        ("Lukashenko", "Putin"),
        ("Belarusian", "Russian"),
        ("Belarus", "Russia"),
    ]
    before, after = reading(text), reading(swapped(text, pairs))
    said = [swapped(q["speaker"] or "", pairs) for q in before["quotes"]]
    same = sum(a == (b["speaker"] or "") for a, b in zip(said, after["quotes"], strict=True))
    assert same >= 0.95 * len(said)


@pytest.mark.parametrize("name", ENGLISH)
def test_a_year_added_moves_relative_values_and_no_absolute_one(name: str) -> None:
    text = document(name)
    day = reading(text)["doc"]["date"]
    here = date.fromisoformat(day)
    before, after = reading(text, here), reading(text, here.replace(year=here.year + 1))
    for a, b in zip(before["dates"], after["dates"], strict=True):
        absolute = re.search(r"\b(?:19|20)\d\d\b", a["text"]) or a["type"] != "DATE" or a["value"] is None
        if absolute:
            assert a["value"] == b["value"]
        elif "W" not in a["value"] and a["rule"] != "timex.weekday":
            shifted = str(int(a["value"][:4]) + 1) + a["value"][4:]
            assert b["value"].split("/")[0] == shifted.split("/")[0]


def test_an_attribution_taken_away_leaves_nobody_and_less_confidence() -> None:
    head = (
        "Talks, 3 March 2031\n\nPresident of Arvia Ona Tal arrived. President of Tolia Kel Doro arrived too."
    )
    text = head + "\n\n{}\n"
    told = reading(text.format("“We will open the lane in May,” Ona Tal said."))["quotes"][0]
    bare = reading(text.format("“We will open the lane in May.”"))["quotes"][0]
    assert told["speaker"] == "Ona Tal"
    assert bare["speaker"] is None
    assert bare["confidence"] < told["confidence"]


@pytest.mark.parametrize(
    ("words", "without", "before", "after"),
    [
        ("Tolia will not join the mechanism.", "Tolia will join the mechanism.", "refused", "declared"),
        ("Arvia does not intend to leave.", "Arvia does intend to leave.", "refused", "declared"),
        ("Толия не присоединится к механизму.", "Толия присоединится к механизму.", "refused", "declared"),
        ("Арвия не намерена уходить.", "Арвия намерена уходить.", "refused", "declared"),
    ],
)
def test_not_taken_away_changes_the_status(words: str, without: str, before: str, after: str) -> None:
    english = "Talks, 3 March 2031\n\nPresident of Arvia Ona Tal met President of Tolia Kel Doro.\n\n"
    russian = (
        "Переговоры, 3 марта 2031 года\n\nПрезидент Арвии Анна Талова встретилась с президентом Толии "
        "Павлом Доровым.\n\n"
    )
    head = english if words.isascii() else russian
    found = [[c["status"] for c in reading(head + w)["commitments"]] for w in (words, without)]
    assert found == [[before], [after]]


def test_a_due_phrase_dropped_leaves_the_neighbours_own() -> None:
    before = reading(TALKS)
    after = reading(TALKS.replace(" on 5 May 2031", ""))
    changed = [
        (a["due"], b["due"])
        for a, b in zip(before["commitments"], after["commitments"], strict=True)
        if a["due"] != b["due"]
    ]
    assert changed == [("2031-05-05", None)]


@pytest.mark.parametrize("name", [*ENGLISH, "talks-readout.ru", "agency-news.ru"])
def test_a_paragraph_put_in_front_of_the_last_shifts_offsets_only(name: str) -> None:
    text = document(name).rstrip() + "\n"
    at = text.rindex("\n", 0, len(text) - 1) + 1
    more = "* * *\n\n"
    before, after = reading(text), reading(text[:at] + more + text[at:])

    def moved(item: dict[str, Any]) -> dict[str, Any]:
        step = len(more) if item["start"] >= at else 0
        return {**item, "start": item["start"] + step, "end": item["end"] + step}

    for kind in KINDS:
        assert after[kind] == [moved(i) for i in before[kind]]


def test_both_languages_of_the_case_tell_the_same_facts() -> None:
    folder = case("communiques")
    english, russian = (reading(text_of(folder / f"moscow-2021-09-09{tail}.txt")) for tail in ("", ".ru"))
    assert english["doc"]["date"] == russian["doc"]["date"]
    told = {(d["value"], d["type"]) for d in english["dates"]}
    assert {(d["value"], d["type"]) for d in russian["dates"]} <= told
    dues = {(c["due"], c["status"]) for c in english["commitments"] if c["due"]}
    ours = {(c["due"], c["status"]) for c in russian["commitments"] if c["due"]}
    assert len(ours & dues) >= len(ours) - 1

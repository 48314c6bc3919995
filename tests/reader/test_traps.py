"""The traps of the genre, one test each: in invented documents, and in the development case where it is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.cases import case
from tests.reader.scoring import reading, text_of

HEAD = """Talks with Prime Minister of Tolia Kel Doro

• 14

President of Arvia Ona Tal met Prime Minister of Tolia Kel Doro in Velmar on 9 September. The Zapad 2031
exercise ended on 8 September.

"""


def moscow() -> tuple[str, dict[str, Any]]:
    text = text_of(case("communiques") / "moscow-2021-09-09.txt")
    return text, reading(text)


def one(found: dict[str, Any], kind: str, words: str) -> dict[str, Any]:
    """The only item of a kind whose words hold `words`."""
    items = [i for i in found[kind] if words in i["text"]]
    assert len(items) == 1, [i["text"] for i in found[kind]]
    item: dict[str, Any] = items[0]
    return item


# --- the due date ------------------------------------------------------------------------------------------


def test_a_due_date_never_leaks_into_the_next_sentence_or_a_second_act() -> None:
    found = reading(
        HEAD
        + "A document will be signed by 1 December 2033 on the gas market. Then an agreement will be signed "
        "on the oil market and an agreement on electricity. Arvia will open the lane by 1 June 2032 and "
        "Tolia will pay for the buoys. The sides agreed to close the pit by May 2034 and to clean the shore "
        "in 2036."
    )
    dues = {c["text"][:28]: c["due"] for c in found["commitments"]}
    assert dues == {
        "A document will be signed by": "2033-12-01",
        "an agreement will be signed ": None,
        "Arvia will open the lane by ": "2032-06-01",
        "Tolia will pay for the buoys": None,
        "The sides agreed to close th": "2034-05",
        "to clean the shore in 2036": "2036",
    }


def test_the_due_date_of_the_case_binds_the_gas_document_only() -> None:
    _, found = moscow()
    assert one(found, "commitments", "common natural gas market")["due"] == "2023-12-01"
    assert one(found, "commitments", "combining the markets of oil")["due"] is None


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("The price Tolia will pay for gas in 2032 will remain at this year's level.", "2032"),
        ("Tolia will pay in 2033 the price of 2031.", "2033"),
    ],
)
def test_of_two_dates_in_a_clause_the_time_of_the_act_is_taken(words: str, due: str) -> None:
    found = reading("Talks in Velmar, 3 March 2031\n\nPresident of Arvia Ona Tal spoke of Tolia.\n\n" + words)
    assert [c["due"] for c in found["commitments"]] == [due]


# --- the year ----------------------------------------------------------------------------------------------


def test_a_year_is_inferred_with_its_evidence_or_not_at_all() -> None:
    text, found = moscow()
    assert found["doc"]["date"] == "2021-09-09"
    evidence = found["doc"]["date_evidence"]
    assert evidence
    assert all(text[e["start"] : e["end"]] == e["text"] for e in evidence)
    bare = reading(
        "Ona Tal, President of Arvia, met her guests on 9 September.\n\nTomorrow she will fly home."
    )
    assert bare["doc"]["date"] is None
    assert bare["doc"]["date_evidence"] == []
    assert [d["value"] for d in bare["dates"]] == ["XXXX-09-09", None]


def test_a_planned_january_in_a_december_text_lies_ahead() -> None:
    found = reading(
        "Talks in Velmar, 15 December 2031\n\nArvia and Tolia will meet again on 20 January. They met on "
        "28 November."
    )
    assert [d["value"] for d in found["dates"]] == ["2031-12-15", "2032-01-20", "2031-11-28"]


def test_the_curly_apostrophe_makes_no_difference_to_a_date() -> None:
    texts = [f"Note, 3 March 2031\n\nArvia praised today{mark}s talks." for mark in "'’"]
    assert [[d["value"] for d in reading(t)["dates"]] for t in texts] == [["2031-03-03"] * 2] * 2


@pytest.mark.parametrize(
    "words", ["We may go.", "The march was long.", "Wait a second.", "We sat in the sun."]
)
def test_common_words_are_no_dates(words: str) -> None:
    assert [d["text"] for d in reading("Note, 3 March 2031\n\n" + words)["dates"]] == ["3 March 2031"]


# --- who speaks --------------------------------------------------------------------------------------------


def test_the_headline_names_nobody_and_counters_are_no_words_of_the_document() -> None:
    found = reading(
        HEAD + "“We are patient people here,” the President said. The President added that the lane is open. "
        "Tal spoke."
    )
    assert [q["speaker"] for q in found["quotes"]] == ["Ona Tal"]
    assert [s["speaker"] for s in found["statements"]] == ["Ona Tal"]
    assert all("14" not in i["text"] for k in ("dates", "commitments", "statements") for i in found[k])


def test_the_person_named_inside_a_quotation_does_not_speak_it() -> None:
    found = reading(HEAD + "Ona Tal spoke last. “Kel Doro and I have agreed on the lane,” she noted.")
    assert [q["speaker"] for q in found["quotes"]] == ["Ona Tal"]


def test_he_after_a_sentence_about_colleagues_means_its_subject() -> None:
    found = reading(
        HEAD + "Answering a question about his colleagues in Riva, Kel Doro remarked that they were late. He "
        "noted that the lane would open. In his words, the talks were useful."
    )
    assert [s["speaker"] for s in found["statements"]] == ["Kel Doro"] * 3


def test_bare_titles_mean_the_holder_and_a_counterpart_the_other_one() -> None:
    found = reading(
        HEAD
        + "The Prime Minister stressed that time is short. The Arvian leader replied that there is time. "
        "Her Tolian counterpart noted that winter is near."
    )
    assert [s["speaker"] for s in found["statements"]] == ["Kel Doro", "Ona Tal", "Kel Doro"]


# --- marks -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "quotes"),
    [
        ("”We will open the lane,” Ona Tal said.", ["We will open the lane,"]),
        ('Ona Tal said: "We will open the lane.“', ["We will open the lane."]),
        ("“We call it ‘the lane of peace’ here,” Ona Tal said.", ["We call it ‘the lane of peace’ here,"]),
        ("“We [Arvia and Tolia] will open it,” Ona Tal said.", ["We [Arvia and Tolia] will open it,"]),
        ("“We will open it,” Ona Tal added. “It is time.”", ["We will open it,", "It is time."]),
        (
            "“We will open it soon enough for all, Ona Tal said.",
            ["We will open it soon enough for all, Ona Tal said."],
        ),
        ("Arvia’s ships don't stop: it's the sailors' rule.", []),
        ("The so-called “open lane” is closed.", []),
        ("The ship “Northern Star” sailed from Velmar.", []),
    ],
)
def test_a_marks_role_comes_from_its_neighbours(words: str, quotes: list[str]) -> None:
    assert [q["text"] for q in reading(HEAD + words)["quotes"]] == quotes


def test_a_quotation_that_is_never_closed_says_so_and_is_unsure() -> None:
    _, found = moscow()
    unclosed = [q for q in found["quotes"] if q.get("unclosed")]
    assert len(unclosed) == 1
    assert all(q["confidence"] <= 0.5 for q in unclosed)
    assert unclosed[0]["confidence"] < min(q["confidence"] for q in found["quotes"] if q is not unclosed[0])


def test_a_further_part_of_a_speech_continues_its_group() -> None:
    found = reading(HEAD + "“We will open it,” Ona Tal added. “It is time for it.”")
    first, second = found["quotes"]
    assert first["group"] == second["group"]
    assert second["continuation"] is True
    assert "continuation" not in first


def test_a_single_line_break_divides_paragraphs_after_a_stop() -> None:
    found = reading(
        HEAD + "“We will open the lane,” Ona Tal said.\n“We will wait for the spring,” Kel Doro said."
    )
    assert [q["speaker"] for q in found["quotes"]] == ["Ona Tal", "Kel Doro"]


# --- what is no promise ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "This will help the ports.",
        "The lane will contribute to trade.",
        "Will Arvia open the lane?",
        "Ona Tal called on Riva to open its ports.",
        "The sides signed the agreement in 2029.",
        "Both sides agreed on the importance of dialogue.",
        "We hope that ships will come.",
    ],
)
def test_consequences_questions_calls_and_facts_are_no_commitments(words: str) -> None:
    assert reading(HEAD + words)["commitments"] == []


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("We have agreed to open the lane.", "agreed"),
        ("Arvia will open the lane.", "declared"),
        ("We are ready to open the lane.", "conditional"),
        ("If ships come, Arvia will open the lane.", "conditional"),
        ("It is too early to open the lane.", "deferred"),
        ("Arvia will not open the lane.", "refused"),
        ("If ships come, Arvia will not open the lane.", "refused"),
        ("We do not intend to open the lane as fast as possible.", "deferred"),
        ("Arvia's premier did not rule out that Arvia may open the lane.", "deferred"),
    ],
)
def test_of_several_cues_the_weakest_promise_wins(words: str, status: str) -> None:
    found = reading(HEAD + (f"“{words},” Ona Tal said." if words.startswith("We ") else words))
    assert [c["status"] for c in found["commitments"]] == [status]


# --- not knowing -------------------------------------------------------------------------------------------


def test_of_two_equal_antecedents_nobody_is_named_for_sure() -> None:
    found = reading(
        "Talks, 3 March 2031\n\nPresident of Arvia Ona Tal and President of Tolia Mira Venn met in Velmar. "
        "She said that the lane was open. “It is open to all of us here,” she added."
    )
    for item in [*found["statements"], *found["quotes"]]:
        assert item["speaker"] is None or item["confidence"] <= 0.5
    assert found["statements"]
    assert found["quotes"]


def test_who_is_not_named_stays_null_with_the_words_as_mention() -> None:
    found = reading(HEAD + "According to the President of Riva, it is too early for night crossings.")
    (statement,) = found["statements"]
    assert statement["speaker"] is None
    assert statement["mention"] == "the President of Riva"


def test_a_day_the_user_tells_is_taken_and_said_so() -> None:
    found = reading("Ona Tal, President of Arvia, spoke tomorrow.", date(2031, 3, 3))
    assert found["doc"]["date_evidence"] == [{"source": "user"}]
    assert [d["value"] for d in found["dates"]] == ["2031-03-04"]

"""What documents say of one matter: promises repeated and moved, statements that contradict each other."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travaux.secretariat.linking import Link, links
from travaux.secretariat.wording import likeness, matter, stem

DUES = "The two sides agreed to sign the agreement on harbour dues"


def reading(file: str, date: str | None, **lists: list[dict[str, Any]]) -> dict[str, Any]:
    kinds = "quotes statements commitments positions refusals".split()
    persons = [{"name": "Ona Tal", "party": "Arvia"}, {"name": "Ed Rau", "party": "Tolia"}]
    made: dict[str, Any] = {"doc": {"file": file, "date": date, "lang": "en"}, "persons": persons}
    for kind in kinds:
        made[kind] = [
            {"id": f"{kind[0]}{n:02}", "start": n * 1000, "end": n * 1000 + len(i["text"]), **i}
            for n, i in enumerate(lists.get(kind, []), 1)
        ]
    return made


def promise(text: str, status: str = "agreed", due: str | None = None, *parties: str) -> dict[str, Any]:
    return {"text": text, "status": status, "due": due, "parties": list(parties or ("Arvia", "Tolia"))}


def said(text: str, speaker: str = "Ona Tal") -> dict[str, Any]:
    return {"text": text, "speaker": speaker}


def told(*readings: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    return [(x.how, x.first.place, x.second.place, x.why) for x in links(readings)]


def test_a_promise_said_again_is_linked_whatever_the_order_of_the_documents() -> None:
    one = reading("a", "2031-03-03", commitments=[promise(DUES, due="2031-12-01")])
    two = reading("b", "2031-05-05", commitments=[promise(f"{DUES} as planned", due="2031-12-01")])
    assert told(one, two) == told(two, one) == [("repeated", "a#c01", "b#c01", "")]


def test_a_moved_date_and_a_changed_status_are_told_as_such() -> None:
    one = reading("a", "2031-03-03", commitments=[promise(DUES, due="2031-12-01")])
    two = reading("b", "2032-01-05", commitments=[promise(DUES, "deferred", "2032-06-01")])
    assert told(one, two) == [
        ("changed", "a#c01", "b#c01", "agreed → deferred"),
        ("moved", "a#c01", "b#c01", "2031-12-01 → 2032-06-01"),
    ]


@pytest.mark.parametrize(
    ("words", "how"),
    [
        ("the agreement on harbour dues has not yet been signed", "pending"),
        ("the agreement on harbour dues has been signed", "done"),
    ],
)
def test_a_later_word_on_a_promise_is_linked_to_it(words: str, how: str) -> None:
    one = reading("a", "2031-03-03", commitments=[promise(DUES, due="2031-12-01")])
    two = reading("b", "2031-12-03", statements=[said(words, "Ed Rau")])
    assert told(one, two) == [(how, "a#c01", "b#s01", "")]


def test_another_matter_or_other_parties_are_not_linked() -> None:
    one = reading("a", "2031-03-03", commitments=[promise(DUES)])
    other = reading(
        "b", "2031-05-05", commitments=[promise("The two sides agreed to open a booking office in Velmar")]
    )
    third = reading("c", "2031-05-05", commitments=[promise(DUES, "agreed", None, "Norland")])
    assert told(one, other, third) == []


def test_one_person_who_says_the_opposite_or_another_figure_is_told_with_both_places() -> None:
    first = [
        said("We will open the second pier in Port Kesh"),
        said("The line carried 28 thousand passengers last year"),
    ]
    later = [
        said("We will not open the second pier in Port Kesh"),
        said("The line carried 31 thousand passengers last year"),
    ]
    one, two = reading("a", "2031-03-03", quotes=first), reading("b", "2031-12-03", quotes=later)
    assert told(one, two) == [
        ("contradicted", "a#q01", "b#q01", ""), ("contradicted", "a#q02", "b#q02", "28 / 31"),
    ]  # fmt: skip


def test_what_two_sides_say_differently_is_no_contradiction_of_either() -> None:
    one = reading("a", "2031-03-03", quotes=[said("We will open the second pier in Port Kesh", "Ona Tal")])
    two = reading("b", "2031-12-03", quotes=[said("We will not open the second pier in Port Kesh", "Ed Rau")])
    assert told(one, two) == []


def test_an_opposite_stance_of_one_party_is_told() -> None:
    def stance(word: str) -> dict[str, Any]:
        return {
            "text": f"Tolia {word}s a shared harbour police",
            "party": "Tolia",
            "stance": word,
            "speaker": None,
        }

    one, two = (
        reading("a", "2031-03-03", positions=[stance("support")]),
        reading("b", "2032-03-03", positions=[stance("oppose")]),
    )
    assert told(one, two) == [("contradicted", "a#p01", "b#p01", "support / oppose")]


def test_russian_endings_do_not_part_one_matter() -> None:
    a = matter("Стороны договорились подписать соглашение о портовых сборах", "ru")
    b = matter("соглашение о портовых сборах пока не подписано", "ru")
    assert likeness(a, b) > 0.55
    assert (a.negative, b.negative) == (False, True)


@pytest.mark.parametrize(
    "words", [("signed", "signs", "signing", "sign"), ("ferry", "ferries"), ("programme", "programmes")]
)
def test_forms_of_one_word_have_one_stem(words: tuple[str, ...]) -> None:
    assert len({stem(w) for w in words}) == 1


WORDS = st.lists(
    st.sampled_from("ferry harbour dues pier not agreement sign 28 30 passengers night".split()), max_size=8
)


@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "b", "c"]), WORDS, st.sampled_from(["Ona Tal", "Ed Rau"])), max_size=8
    )
)
def test_links_do_not_depend_on_the_order_and_never_link_a_saying_with_itself(
    sayings: list[tuple[str, list[str], str]],
) -> None:
    readings = [
        reading(f, "2031-03-03", quotes=[said(" ".join(w), p) for g, w, p in sayings if g == f])
        for f in "abc"
    ]
    found: list[Link] = links(readings)
    assert found == links(readings[::-1])
    assert all(x.first.place != x.second.place and set(x.first.who) & set(x.second.who) for x in found)

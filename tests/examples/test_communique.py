"""What the Union State example says of the communiqué is what stands there. Needs the case."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.cases import case
from tests.examples.built import GOLD, SOURCE, Built, anchors, build, good
from travaux.acts.base import Act
from travaux.acts.basis import Anchored
from travaux.acts.kinds import Convene, Deny, Introduce, Meet, Refuse, State, TakePosition, Undertake
from travaux.examples import UNION_STATE
from travaux.secretariat.attaching import attach
from travaux.secretariat.confirming import prospect
from travaux.secretariat.documents import check_anchor
from travaux.secretariat.door import Secretariat
from travaux.secretariat.reading import plain, read_taken, take_one

PEOPLE = {"Aleksandr Lukashenko": "aleksandr-lukashenko", "Vladimir Putin": "vladimir-putin"}
PARTIES = {"Belarus": "belarus", "Russia": "russia"}
FITTING: dict[str, tuple[type[Act], ...]] = {
    "agreed": (Undertake, Convene),
    "conditional": (Undertake, State, TakePosition),
    "declared": (State,),
    "deferred": (TakePosition, State),
    "refused": (Refuse,),
}


@pytest.fixture(scope="module")
def text() -> str:
    return case(SOURCE).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def gold() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(case(GOLD).read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def said(union_state: Built) -> list[tuple[Act, Anchored]]:
    return list(anchors(union_state.acts()))


def covering(said: list[tuple[Act, Anchored]], item: dict[str, Any]) -> Iterator[Any]:
    """The acts that stand on a good part of an item's characters."""
    for act, anchor in said:
        shared = min(anchor.end, item["end"]) - max(anchor.start, item["start"])
        if shared * 2 > min(anchor.end - anchor.start, item["end"] - item["start"]):
            yield act


def test_every_anchor_is_that_slice(said: list[tuple[Act, Anchored]], text: str) -> None:
    assert [(a, f.line()) for a, b in said if (f := check_anchor(b, text))] == []
    for _, anchor in said:
        words = text[anchor.start : anchor.end]
        assert words == words.strip() and words


def test_every_number_and_day_we_name_stands_there(said: list[tuple[Act, Anchored]], text: str) -> None:
    for act, anchor in said:
        words = text[anchor.start : anchor.end]
        ours = " ".join(str(getattr(act, f, "")) for f in ("words", "stance", "what", "title", "why"))
        for number in re.findall(r"\d+", ours):
            assert number in words or number == "2021", (number, ours, words)
        for when in (getattr(act, "due", None), getattr(act, "planned", None)):
            if when is not None and when.exact:
                assert str(when.last.day) in words and f"{when.last:%B}" in words, (when, words)


def test_every_quotation_is_on_record_under_its_speaker(
    said: list[tuple[Act, Anchored]], gold: dict[str, Any]
) -> None:
    for item in gold["quotes"]:
        speakers = {getattr(a, "person", "") for a in covering(said, item)} - {""}
        assert speakers == {PEOPLE[item["speaker"]]}, item["text"]


def test_every_statement_is_on_record_under_its_speaker(
    said: list[tuple[Act, Anchored]], gold: dict[str, Any]
) -> None:
    for item in gold["statements"]:
        found = list(covering(said, item))
        assert found, item["text"]
        speakers = {getattr(a, "person", "") for a in found} - {""}
        assert not speakers or speakers == {PEOPLE[item["speaker"]]}, item["text"]


def test_every_commitment_is_on_record_as_firmly_as_it_was_made(
    said: list[tuple[Act, Anchored]], gold: dict[str, Any]
) -> None:
    for item in (c for c in gold["commitments"] if not c.get("optional")):
        found = [a for a in covering(said, item) if isinstance(a, FITTING[item["status"]])]
        assert found, item["text"]
        bound = {p for a in found if isinstance(a, Undertake) for p in a.parties}
        assert not bound or bound == {PARTIES[p] for p in item["parties"]}, item["text"]
        if item["due"]:
            dates = [getattr(a, "due", None) or getattr(a, "planned", None) for a in found]
            assert any(d and d.last.isoformat().startswith(item["due"]) for d in dates), item["text"]


def test_every_position_is_that_of_its_party(said: list[tuple[Act, Anchored]], gold: dict[str, Any]) -> None:
    for item in gold["positions"]:
        held = [a for a in covering(said, item) if isinstance(a, TakePosition | Refuse | Deny)]
        assert {a.actor for a in held} == {PARTIES[item["party"]]}, item["text"]


def test_every_refusal_is_on_record_as_one(said: list[tuple[Act, Anchored]], gold: dict[str, Any]) -> None:
    for item in gold["refusals"]:
        found = [a for a in covering(said, item) if isinstance(a, Refuse)]
        assert {a.actor for a in found} == {PARTIES[item["party"]]}, item["text"]


def test_every_meeting_with_a_day_is_planned_or_held_as_it_says(
    union_state: Built, gold: dict[str, Any]
) -> None:
    held = {str(a.on) for a in union_state.acts() if isinstance(a, Meet)}
    planned = [a.planned for a in union_state.acts() if isinstance(a, Convene)]
    for item in (m for m in gold["meetings"] if m["when"] and m["status"] in ("held", "planned")):
        there = (
            held if item["status"] == "held" else {p.last.isoformat()[: len(item["when"])] for p in planned}
        )
        assert item["when"] in there, item["text"]


def test_every_body_that_is_named_is_introduced(union_state: Built, gold: dict[str, Any]) -> None:
    bodies = [a for a in union_state.acts() if isinstance(a, Introduce) and a.what == "body"]
    names = {n.removeprefix("a ") for b in bodies for n in (*b.names.values(), *b.aliases)}
    assert [i["text"] for i in gold["bodies"] if i["text"] not in names] == []


def test_attaching_the_document_shows_its_words(tmp_path: Any, text: str) -> None:
    made = build(UNION_STATE, tmp_path)
    assert "words not held here" in made.brief("2021-09-09")
    with good(Secretariat.open(made.path, write=True)) as office:
        done = good(attach(office, case(SOURCE)))
    assert done.anchors > 130
    told = made.brief("2021-09-09")
    assert "words not held here" not in told
    assert "“it is too early for Belarus and Russia to switch to a single currency”" in told


def test_reading_the_document_again_knows_the_people_and_parties(union_state: Built) -> None:
    taken = good(take_one(str(case(SOURCE))))
    reading = plain(good(read_taken(taken)))
    with good(Secretariat.open(union_state.path)) as office:
        found = good(prospect(office.as_of(), taken, reading, office.text, keep_words=False, on=None))
    new = {
        n
        for p in found.proposals
        for a in p.needs
        if isinstance(a, Introduce) and a.what in ("person", "party")
        for n in a.names.values()
    }
    assert not new & {*PEOPLE, *PARTIES}

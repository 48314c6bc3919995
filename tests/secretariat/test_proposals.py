"""Proposals: what the reader found becomes acts, each anchored, none merged on a guess."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cases import case
from travaux.acts.basis import Anchored
from travaux.acts.fault import Refused
from travaux.acts.kinds import Found, Introduce, Refuse, State, TakePosition, Undertake
from travaux.acts.vocabulary import from_values, kind_of
from travaux.acts.when import When
from travaux.register.fold import Entered, Register
from travaux.secretariat.documents import Held, check_anchor, digest
from travaux.secretariat.naming import folded, slug
from travaux.secretariat.proposals import Proposal, in_order, propose

RULES = "0" * 64


def register(*parties: tuple[str, str]) -> Register:
    founding = from_values(
        "found",
        {
            "name": "Test", "kind": "observed", "origin": "test.example/register", "host": "k", "quorum": "1",
            "rules": RULES, "keeper": "desk",
            "parties": [{"id": i, "name": n} for i, n in parties],
        },
    )  # fmt: skip
    assert isinstance(founding, Found)
    made = Register()
    made.add(Entered(0, "f" * 64, "desk/root-1", "desk", founding))
    return made


def reading(**lists: list[dict[str, Any]]) -> dict[str, Any]:
    kinds = "quotes statements meetings bodies instruments commitments positions refusals".split()
    empty: dict[str, Any] = {kind: [] for kind in kinds}
    persons = [{"name": "Ona Tal", "role": "President of Arvia", "party": "Arvia", "aliases": ["Tal"]}]
    doc = {"file": "d.txt", "lang": "en", "date": "2031-03-03"}
    return {"doc": doc, "persons": persons, **empty, **lists}


def item(text: str, document: str, **fields: Any) -> dict[str, Any]:
    start = document.index(text)
    common = {"start": start, "end": start + len(text), "text": text, "rule": "test.rule", "confidence": 0.9}
    return {**common, **fields}


DOCUMENT = "Tal said the ferry will run. Arvia will publish the fares by May. Night crossings are too early."


def made(found: list[Proposal] | Refused) -> list[Proposal]:
    assert not isinstance(found, Refused), found
    return found


def held() -> Held:
    return Held("d.txt", DOCUMENT.encode(), DOCUMENT)


def test_a_statement_becomes_the_speakers_words_anchored_in_the_document() -> None:
    said = item("the ferry will run", DOCUMENT, id="s01", kind="indirect", speaker="Ona Tal", mention="Tal")
    (proposal,) = made(propose(register(("arvia", "Arvia")).as_of(), reading(statements=[said]), held()))
    (act,) = proposal.acts
    assert isinstance(act, State)
    assert (act.person, act.actor, act.direct) == ("ona-tal", "arvia", False)
    assert isinstance(act.basis, Anchored)
    assert act.basis.words == "the ferry will run"
    assert check_anchor(act.basis, DOCUMENT) is None
    assert [kind_of(a) for a in proposal.needs] == ["introduce"]


def test_a_name_the_register_knows_is_matched_and_not_introduced_again() -> None:
    known = register(("arvia", "Arvia"))
    introduced = from_values(
        "introduce", {"on": "2030", "what": "person", "id": "tal", "names": {"en": "ONA  TAL"}}
    )
    assert isinstance(introduced, Introduce)
    known.add(Entered(1, "1" * 64, "desk/keeper", "desk", introduced))
    said = item("the ferry will run", DOCUMENT, id="s01", kind="indirect", speaker="Ona Tal", mention="Tal")
    (proposal,) = made(propose(known.as_of(), reading(statements=[said]), held()))
    assert proposal.needs == ()
    assert proposal.acts[0].person == "tal"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("status", "kind"),
    [("agreed", Undertake), ("conditional", Undertake), ("declared", State), ("refused", Refuse),
     ("deferred", TakePosition)],
)  # fmt: skip
def test_the_status_of_a_commitment_decides_the_act(status: str, kind: type) -> None:
    promise = item(
        "Arvia will publish the fares by May", DOCUMENT, id="c01", parties=["Arvia"], status=status,
        due="2031-05", condition=None,
    )  # fmt: skip
    (proposal,) = made(propose(register(("arvia", "Arvia")).as_of(), reading(commitments=[promise]), held()))
    assert [type(a) for a in proposal.acts] == [kind]
    act = proposal.acts[0]
    assert isinstance(act, Undertake | State | Refuse | TakePosition)
    assert act.reported, "what a document says is never performed"


def test_a_deferred_commitment_that_is_also_a_position_is_recorded_once() -> None:
    words = "Night crossings are too early"
    promise = item(words, DOCUMENT, id="c01", parties=["Arvia"], status="deferred", due=None, condition=None)
    position = item(
        words, DOCUMENT, id="p01", party="Arvia", subject="night crossings", stance="not now", speaker=None
    )
    found = made(
        propose(
            register(("arvia", "Arvia")).as_of(),
            reading(commitments=[promise], positions=[position]),
            held(),
        )
    )
    assert [p.id for p in found] == ["p01"]


def test_a_second_reading_proposes_nothing_that_is_already_on_the_record() -> None:
    said = item("the ferry will run", DOCUMENT, id="s01", kind="indirect", speaker=None, mention=None)
    made_register = register(("arvia", "Arvia"))
    (proposal,) = made(propose(made_register.as_of(), reading(statements=[said]), held()))
    made_register.add(Entered(1, "1" * 64, "desk/keeper", "desk", proposal.acts[0]))
    assert made(propose(made_register.as_of(), reading(statements=[said]), held())) == []


def test_without_any_date_the_document_is_refused_and_a_date_given_helps() -> None:
    undated = reading()
    undated["doc"]["date"] = None
    asked = propose(register().as_of(), undated, held())
    assert isinstance(asked, Refused)
    assert asked.faults[0].code == "confirm.no_date"
    when = When.parse("2031-03")
    assert isinstance(when, When)
    assert propose(register().as_of(), undated, held(), on=when) == []


def test_words_that_may_not_be_kept_are_left_out_of_every_act() -> None:
    promise = item(
        "Arvia will publish the fares by May", DOCUMENT, id="c01", parties=["Arvia"], status="agreed",
        due="2031-05", condition=None,
    )  # fmt: skip
    found = made(
        propose(
            register(("arvia", "Arvia")).as_of(), reading(commitments=[promise]), held(), keep_words=False
        )
    )
    assert "publish" not in repr(found[0].acts)


def test_the_real_communique_gives_anchored_acts_for_every_line_of_its_gold() -> None:
    gold = json.loads(case("communiques/moscow-2021-09-09.gold.json").read_text(encoding="utf-8"))
    file = case("communiques/moscow-2021-09-09.txt")
    text = file.read_bytes().decode("utf-8")
    for kind in reading():
        for one in gold[kind] if isinstance(gold.get(kind), list) else []:
            if isinstance(one, dict):
                one.setdefault("rule", "gold")
                one.setdefault("confidence", 1.0)
    known = register(("belarus", "Belarus"), ("russia", "Russia")).as_of()
    found = made(propose(known, gold, Held(file.name, file.read_bytes(), text)))
    assert len(found) > 120
    for proposal in found:
        for act in (*proposal.needs, *proposal.acts):
            basis = act.basis  # type: ignore[attr-defined]
            assert check_anchor(basis, text) is None
            assert basis.slice == digest(text[basis.start : basis.end])
    due = [a.due for p in found for a in p.acts if isinstance(a, Undertake) and a.due]
    assert When.parse("by 2023-12-01") in due


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the Supreme State Council", "supreme-state-council"),
        ("Союзное государство", "soyuznoe-gosudarstvo"),
        ("  §§ ", "unnamed"),
        ("Réunion d’été", "reunion-d-ete"),
    ],
)
def test_an_id_is_made_of_latin_words(words: str, expected: str) -> None:
    assert slug(words) == expected


def test_two_spellings_of_one_name_are_one_and_two_names_are_two() -> None:
    assert folded("The  European Union") == folded("european union")
    assert folded("Министерство её") == folded("министерство ее")
    assert folded("Central Bank") != folded("Central Banks")


def test_whatever_an_act_speaks_of_is_introduced_before_it() -> None:
    words = "Tal said the ferry will run"
    met = item(
        "the ferry will run",
        DOCUMENT,
        id="m01",
        status="held",
        when="2031-03-03",
        where=None,
        who=["Ona Tal"],
    )
    said = item(words, DOCUMENT, id="s01", kind="indirect", speaker="Ona Tal", mention="Tal")
    late = item(
        "Night crossings are too early", DOCUMENT, id="s02", kind="indirect", speaker="Ona Tal", mention=None
    )
    found = made(propose(register().as_of(), reading(statements=[late, said], meetings=[met]), held()))
    for start in range(len(found)):
        known: set[str] = set()
        for act in in_order(found[start:]):
            if isinstance(act, Introduce):
                assert {o.of for o in act.offices} <= known
                known.add(act.id)
            if isinstance(act, State):
                assert {act.person, act.actor} <= known


@pytest.mark.parametrize("speaker", ["Tolia", "the Ferry Council"])
def test_a_party_or_body_that_speaks_is_the_actor_and_no_person_is_introduced(speaker: str) -> None:
    known = register(("arvia", "Arvia"), ("tolia", "Tolia"))
    council = from_values(
        "introduce", {"on": "2030", "what": "body", "id": "council", "names": {"en": "Ferry Council"}}
    )
    assert isinstance(council, Introduce)
    known.add(Entered(1, "1" * 64, "desk/keeper", "desk", council))
    said = item("the ferry will run", DOCUMENT, id="s01", kind="indirect", speaker=speaker, mention=None)
    refusal = item(
        "Night crossings are too early",
        DOCUMENT,
        id="r01",
        speaker=speaker,
        party=None,
        what=None,
        reason=None,
    )
    found = made(propose(known.as_of(), reading(statements=[said], refusals=[refusal]), held()))
    assert [p.needs for p in found] == [(), ()]
    wanted = "tolia" if speaker == "Tolia" else "council"
    for proposal in found:
        (act,) = proposal.acts
        assert isinstance(act, State | Refuse)
        assert (act.person, act.actor) == ("", wanted)


def test_a_person_of_the_text_who_is_called_like_a_party_stays_a_person() -> None:
    said = item("the ferry will run", DOCUMENT, id="s01", kind="indirect", speaker="Ona Tal", mention="Tal")
    (proposal,) = made(propose(register(("x", "Ona Tal")).as_of(), reading(statements=[said]), held()))
    assert proposal.acts[0].person == "ona-tal"  # type: ignore[attr-defined]

"""What a review is made of: matches offered, proposals joined, editions compared, decisions kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.register.registers import GAZETTE, act, register
from tests.secretariat.test_proposals import DOCUMENT, held, item, made, reading
from travaux.acts.basis import Anchored
from travaux.acts.fault import Refused
from travaux.acts.kinds import Introduce, State, Undertake
from travaux.acts.when import When
from travaux.cli.review import Choice, Review
from travaux.secretariat.documents import Held, check_anchor
from travaux.secretariat.editions import compared, earlier_edition
from travaux.secretariat.home import Home
from travaux.secretariat.joining import joined
from travaux.secretariat.matching import Known, alikeness
from travaux.secretariat.proposals import Proposal, propose
from travaux.secretariat.unfinished import Drawer, Kept, Note, put, taken

FARES = "Arvia will publish the fares by May"


def said(words: str, number: str, **fields: object) -> dict[str, object]:
    return item(words, DOCUMENT, id=number, kind="indirect", speaker=None, mention=None, **fields)


def proposals(*known: object, **lists: list[dict[str, object]]) -> list[Proposal]:
    base = register(*known)  # type: ignore[arg-type]
    return made(propose(base.as_of(), reading(**lists), held()))


def two() -> list[Proposal]:
    return proposals(
        statements=[said("the ferry will run", "s01"), said("Night crossings are too early", "s02")]
    )


# --- matches ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "a", "b", "offered"),
    [
        ("person", "Ona Tal", "O. Tal", True),
        ("person", "Aleksandr Lukashenko", "Александр Лукашенко", True),
        ("person", "Ona Tal", "Una Tal", False),
        ("person", "Ona Tal", "Ed Rau", False),
        ("body", "the Joint Council", "Joint Council", True),
        ("body", "Joint Council", "Council, Joint", True),
        ("body", "Joint Council", "Ferry Board", False),
    ],
)
def test_what_looks_like_a_known_name_is_offered(what: str, a: str, b: str, offered: bool) -> None:
    assert (alikeness(what, a, b) >= 0.84) is offered


def person(known: str, name: str) -> object:
    return act("introduce", on="2030", what="person", id=known, names={"en": name}, basis=GAZETTE)


def test_a_person_who_may_be_known_is_offered_and_never_merged_on_its_own() -> None:
    statement = item(
        "the ferry will run", DOCUMENT, id="s01", kind="indirect", speaker="Ona Tal", mention="Tal"
    )
    known = register(person("o-tal", "O. Tal"))  # type: ignore[arg-type]
    found = made(propose(known.as_of(), reading(statements=[statement]), held()))
    assert [a.id for a in found[0].needs if isinstance(a, Introduce)] == ["ona-tal"]
    (match,) = Known(known.as_of()).matches(found[0].needs)
    assert (match.new, match.known, match.what) == ("ona-tal", "o-tal", "person")
    review = Review(found, DOCUMENT)
    review.match(match)
    review.accept()
    (recorded,) = review.acts()
    assert isinstance(recorded, State) and recorded.person == "o-tal"


def test_a_promise_that_may_be_known_becomes_one_more_word_on_the_same_measure() -> None:
    fields = {"measure": "fares", "parties": ["arvia"], "due": "by 2031-04-01", "basis": GAZETTE}
    earlier = act("undertake", on="2030", what="Arvia publishes the fares", **fields)
    promise = item(
        FARES, DOCUMENT, id="c01", parties=["Arvia"], status="agreed", due="2031-05", condition=None
    )
    base = register(earlier)
    found = made(propose(base.as_of(), reading(commitments=[promise]), held()))
    match = next(m for m in Known(base.as_of()).matches(found[0].acts) if m.what == "moved")
    assert match.due == "by 2031-04-01"
    review = Review(found, DOCUMENT)
    review.match(match)
    review.accept()
    (again,) = review.acts()
    assert isinstance(again, Undertake)
    assert (again.measure, str(again.due)) == ("fares", "2031-05")


# --- joining ---------------------------------------------------------------------------------------------


def test_neighbours_joined_are_one_stretch_with_an_anchor_that_holds() -> None:
    first, second = two()
    both = joined(first, second, DOCUMENT)
    basis = both.acts[0].basis  # type: ignore[attr-defined]
    assert basis.words == DOCUMENT[first.start : second.end]
    assert check_anchor(basis, DOCUMENT) is None


def test_far_ones_joined_are_one_fact_with_two_anchors() -> None:
    text = "Arvia will pay." + " " * 400 + "Arvia is going to pay."
    document = Held("d.txt", text.encode(), text)
    items = [
        item(w, text, id=f"s0{n}", kind="indirect", speaker=None, mention=None)
        for n, w in enumerate(("Arvia will pay", "Arvia is going to pay"), 1)
    ]
    first, second = made(propose(register().as_of(), reading(statements=items), document))
    both = joined(first, second, text)
    one = both.acts[0]
    assert isinstance(one, State) and isinstance(one.basis, Anchored) and isinstance(one.also[0], Anchored)
    assert (one.basis.words, one.also[0].words) == ("Arvia will pay", "Arvia is going to pay")


def test_two_names_joined_are_one_thing_under_both() -> None:
    bodies = [item("the ferry", DOCUMENT, id="b01"), item("the fares", DOCUMENT, id="b02")]
    review = Review(proposals(bodies=bodies), DOCUMENT)
    second = review.proposals[1]
    review.join(second)
    review.accept()
    (one,) = review.acts()
    assert isinstance(one, Introduce)
    assert (list(one.names.values()), one.aliases) == (["the ferry"], ("the fares",))
    assert review.open == []


# --- the review itself -----------------------------------------------------------------------------------


def test_the_surest_proposal_comes_first() -> None:
    items = [said("the ferry will run", "s01", confidence=0.5), said("Night crossings are too early", "s02")]
    items[1]["confidence"] = 0.7
    found = Review(proposals(statements=items), DOCUMENT)
    assert [p.id for p in found.open] == ["s02", "s01"]


STEPS = st.lists(st.sampled_from(["accept", "reject", "unclear", "join", "undo"]), max_size=20)


@given(STEPS)
def test_undoing_every_step_leads_back_to_the_start(steps: list[str]) -> None:
    review = Review(two(), DOCUMENT)
    start = list(review.open)
    for step in steps:
        if step == "undo":
            review.undo()
        elif step == "join" and review.current and (other := review.partner(review.current)):
            review.join(other)
        elif step != "join" and review.current:
            getattr(review, step)()
        decided = sum(review.count(c) for c in Choice)
        assert decided == len(review.decisions)
    while review.undo():
        pass
    assert review.open == start
    assert review.acts() == []


# --- decisions kept --------------------------------------------------------------------------------------


def test_a_review_that_is_left_comes_back_word_for_word(tmp_path: Path) -> None:
    drawer = Drawer(Home(tmp_path), "test.example/register")
    (first, _) = two()
    note = Note(kind="statements", start=1, end=2, choice="rejected", why="не обещание", acts=put(first.acts))
    kept = Kept(document="0" * 64, text="1" * 64, name="d.txt", notes=(note,))
    assert drawer.load("0" * 64) is None
    assert not isinstance(drawer.save(kept), Refused)
    again = drawer.load("0" * 64)
    assert isinstance(again, Kept)
    assert again == kept
    assert taken(again.notes[0].acts or ()) == first.acts


def test_a_review_file_that_is_broken_is_said_and_not_overwritten(tmp_path: Path) -> None:
    drawer = Drawer(Home(tmp_path), "o/r")
    file = drawer.file("0" * 64)
    file.parent.mkdir(parents=True)
    file.write_text('{"document": 7')
    found = drawer.load("0" * 64)
    assert isinstance(found, Refused) and found.faults[0].code == "confirm.kept"
    assert file.read_text() == '{"document": 7'


# --- editions --------------------------------------------------------------------------------------------


def test_another_edition_says_what_changed_and_which_acts_lost_their_words() -> None:
    base = register()
    statements = [
        said(w, f"s0{n}")
        for n, w in enumerate(("the ferry will run", FARES, "Night crossings are too early"), 1)
    ]
    found = made(propose(base.as_of(), reading(statements=statements), held()))
    full = register(*(a for p in found for a in p.acts))
    corrected = DOCUMENT.replace("by May", "by June")
    new = Held("d2.txt", corrected.encode(), corrected)
    edition = earlier_edition(full.as_of(), new, lambda sha: DOCUMENT if sha == held().text_sha256 else None)
    assert edition is not None
    assert edition.earlier == held().sha256
    assert [e.act.basis.words for e in edition.lost] == [FARES]  # type: ignore[attr-defined]
    assert len(edition.kept) == 2
    assert edition.repeats("the ferry will run") and not edition.repeats(FARES)
    days = [When.parse(d) for d in ("2031-03-03", "2031-03-04")]
    same, later = (earlier_edition(full.as_of(), new, lambda _: None, d) for d in days if isinstance(d, When))
    assert same is not None and later is None
    (change,) = edition.changes
    assert "by May" in change.before and "by June" in change.after


def test_another_document_is_no_edition_and_the_same_one_neither() -> None:
    base = register()
    statements = [
        said(w, f"s0{n}")
        for n, w in enumerate(("the ferry will run", FARES, "Night crossings are too early"), 1)
    ]
    full = register(
        *(a for p in made(propose(base.as_of(), reading(statements=statements), held())) for a in p.acts)
    )
    other = "Something else altogether."
    assert earlier_edition(full.as_of(), Held("o.txt", other.encode(), other), lambda _: None) is None
    assert earlier_edition(full.as_of(), held(), lambda _: None) is None


@given(st.lists(st.sampled_from("abc"), max_size=8), st.lists(st.sampled_from("abc"), max_size=8))
def test_texts_differ_exactly_where_changes_are_told(old: list[str], new: list[str]) -> None:
    assert (list(compared("\n".join(old), "\n".join(new))) == []) == (
        [w for w in old if w] == [w for w in new if w]
    )

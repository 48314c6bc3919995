"""The page of a rolling text: brackets with their numbers and sides, renderings, progress, what changed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import jsonschema
import msgspec
import pytest

from tests.register.drafting import Talks, talks
from travaux.acts.fault import Refused
from travaux.formats.text_tables import places_of
from travaux.text.page import Piece, TextPage, schema
from travaux.views.rolling import Asked, text_page

SCHEMA = Path(__file__).parents[2] / "docs" / "schema" / "text.schema.json"


def page(made: Talks, rendering: str = "attributed", party: str = "", **more: object) -> TextPage:
    before = more.pop("before", None)
    register = made.register()
    asked = Asked(rendering, party, **more)  # type: ignore[arg-type]
    told = text_page(
        register.as_of(),
        "dues",
        asked,
        before=register.as_of(before) if before else None,  # type: ignore[arg-type]
    )
    assert isinstance(told, TextPage), told
    return told


def words(pieces: tuple[Piece, ...]) -> str:
    return "".join(p.words if p.place is None else "[…]" for p in pieces)


def busy() -> Talks:
    made = talks()
    made.on("support", "kessia", "should")
    made.on("oppose", "tolia", "may", why="too weak")
    made.add("reserve", "tolia", subject="dues", unit="art-2", sort="parliamentary", condition="budget vote")
    made.propose("kessia", "Dogs travel free.", "dogs", operation="insertion", place={"after": "art-1"})
    made.propose("kessia", "", "art-2", operation="move", place={})
    return made


def test_units_have_labels_texts_and_notes() -> None:
    told = page(busy())
    assert [(u.id, u.label, words(u.pieces)) for u in told.units] == [
        ("art-1", "1", "The parties […] publish the annual table of fares […]every spring."),
        ("dogs", "1 bis", "[…]"),
        ("art-2", "2", "Ferries run daily[…]."),
    ]
    assert told.units[2].wanted == ("Kessia wants this unit to the beginning",)
    assert [(s.name, s.note) for s in told.units[2].reserved] == [("Tolia", "parliamentary: budget vote")]


def test_brackets_are_numbered_in_the_order_of_the_page_and_name_their_sides() -> None:
    told = page(busy())
    places = [place for _, place in places_of(told)]
    assert [place.number for place in places] == [1, 2, 3, 4]
    first = {o.words: [(s.name, s.stance) for s in o.sides] for o in places[0].options}
    assert first == {
        "should": [("Kessia", "supports"), ("Tolia", "supports")],
        "may": [("Nuria", "supports"), ("Tolia", "opposes")],
        "shall": [("Arvia", "supports")],
    }
    assert places[0].since == "4 Mar 2031"
    assert {place.kind for place in places} == {"alternatives", "insertion", "unknown"}


def test_a_rendering_without_names_holds_none_anywhere() -> None:
    made = busy()
    made.on("streamline", "desk", None, among="may", options=["shall", "should"], words="is to")
    for rendering in ("bracketed", "clean"):
        asked = Asked(rendering, compare=date(2031, 3, 5))
        register = made.register()
        told = text_page(register.as_of(), "dues", asked, before=register.as_of(date(2031, 3, 5)))
        text = "".join(f.line() for f in told.faults) if isinstance(told, Refused) else str(told)
        for name in ("arvia", "tolia", "nuria", "kessia"):
            assert name not in text
            assert name.title() not in text


def test_a_party_reads_its_own_options_and_brackets_where_it_took_none() -> None:
    made = busy()
    assert words(page(made, "party", "arvia").units[0].pieces) == (
        "The parties shall publish the annual table of fares every spring."
    )
    assert words(page(made, "party", "kessia").units[0].pieces) == (
        "The parties should publish the annual table of fares […]every spring."
    )


def test_clean_refuses_while_anything_is_open_and_says_what() -> None:
    made = busy()
    told = text_page(made.register().as_of(), "dues", Asked("clean"))
    assert isinstance(told, Refused)
    assert len(told.faults) == 4
    assert "unit 1" in told.faults[0].line() and "should" in told.faults[0].line()


def test_settled_words_are_marked_with_their_act() -> None:
    made = talks()
    settled = made.on("settle", "arvia", " and at night", at="board", degree="ad_ref")
    told = page(made)
    marked = [(p.words, p.state, p.act) for p in told.units[1].pieces]
    assert marked == [
        ("Ferries run daily ", "shared", ""),
        ("and at night", "conditional", settled.id),
        (".", "shared", ""),
    ]  # fmt: skip
    assert [(a.words, a.level, a.state) for a in told.settled] == [("and at night", "board", "conditional")]


def test_progress_says_what_is_open_by_level_and_holder_and_how_it_was_counted() -> None:
    told = page(busy()).progress
    assert (len(told.points), len(told.wrappers)) == (3, 1)
    assert dict(told.by_holder) == {"Nuria": 3, "Arvia": 2, "Tolia": 2, "Kessia": 1}
    assert sum(n for _, n in told.by_level) == 3
    assert told.units == 3
    assert "open point is a bracket" in told.method
    days = [m.day for m in told.history]
    assert days == sorted(days) and days[0] == "2031-03-03"
    assert told.history[-1].points == 3


def test_what_changed_is_told_act_by_act() -> None:
    made = busy()
    told = page(made, before=date(2031, 3, 7), compare=date(2031, 3, 7))
    assert [(c.unit, c.added, c.opened, c.moved) for c in told.changes] == [
        ("art-1", (), 0, False), ("art-1", (), 0, False), ("art-2", (), 0, False),
        ("dogs", ("Dogs travel free.",), 1, False), ("art-2", (), 0, False),
    ]  # fmt: skip
    assert all(c.said and c.act for c in told.changes)


def test_what_cannot_be_shown_is_refused_by_name() -> None:
    asof = talks().register().as_of()
    for asked, code in (
        (Asked(lang="fr"), "text.no_language"),
        (Asked("party", "moria"), "text.no_party"),
    ):
        told = text_page(asof, "dues", asked)
        assert isinstance(told, Refused) and told.faults[0].code == code
    told = text_page(asof, "nothing", Asked())
    assert isinstance(told, Refused) and "dues" in told.faults[0].line()


def test_an_act_without_effect_is_shown_with_the_reason() -> None:
    made = talks()
    made.add("oppose", "arvia", instrument="dues", bracket="gone")
    assert "gone" in page(made).lost[0].why


def test_couplings_are_listed() -> None:
    made = talks()
    ids = [made.bracket("may"), made.bracket(" and at night")]
    made.add("couple", "arvia", instrument="dues", brackets=ids, why="one deal")
    told = page(made)
    assert [(link.word, link.brackets, link.why) for link in told.links] == [
        ("decided together", tuple(ids), "one deal")
    ]
    assert next(p for _, p in places_of(told)).coupled == (ids[1],)


@pytest.mark.parametrize("rendering", ["bracketed", "attributed", "columns", "progress"])
def test_the_page_is_json_that_the_schema_describes(rendering: str) -> None:
    told = page(busy(), rendering)
    body = msgspec.json.encode(told)
    assert msgspec.json.decode(body, type=TextPage) == told
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(json.loads(body))


def test_the_schema_in_the_documentation_is_not_stale() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == json.loads(json.dumps(schema()))

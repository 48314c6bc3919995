"""Law 10 for delivery: what a reader may not see changes no byte of any page, count or file it gets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib import import_module
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.register.delivering import DAYS, PARTIES, processes
from tests.register.registers import FOUND, act, act_id
from tests.rules.stage import ready_book
from travaux.cli.delivery_forms import FORMS
from travaux.register.fold import Entered, Register
from travaux.secretariat.door import PUBLIC, Secretariat, given_to
from travaux.secretariat.procedure import Procedure
from travaux.secretariat.showing import board_of, minister_of, outlook_of
from travaux.views.delivered.board import Board, board_json

BOOK = ready_book("two-ministries")
AUDIENCES = st.one_of(
    st.sampled_from(["public", "parties"]),
    st.lists(st.sampled_from(PARTIES), min_size=1, max_size=2, unique=True).map(tuple),
)
READERS = (PUBLIC, *PARTIES)


def office(acts: list[Entered[Any]]) -> Secretariat:
    """A secretariat that holds these acts and no document."""
    procedure = Procedure(lambda _: None, Register(), BOOK)
    for entered in acts:
        procedure.register.add(entered)
    return Secretariat(None, procedure)  # type: ignore[arg-type]


@st.composite
def addressed(draw: st.DrawFn) -> list[Entered[Any]]:
    """A drawn process whose acts are for one or for all."""
    acts = draw(processes())
    audiences = draw(st.lists(AUDIENCES, min_size=len(acts), max_size=len(acts)))
    pairs = zip(acts[1:], audiences, strict=False)
    return [acts[0], *(msgspec.structs.replace(e, audience=a) for e, a in pairs)]


def pages(held: Secretariat, reader: str, day: date, before: date) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of everything about delivery that `reader` can ask for."""
    boards = {
        "board": board_of(held, day, for_=reader),
        "compared": board_of(held, day, compare=before, for_=reader),
        "programme": board_of(held, day, programme="plan", for_=reader),
        "body": board_of(held, day, body="port", for_=reader),
    }
    for name, page in boards.items():
        yield name, board_json(page)
    yield from files(boards["compared"])
    if reader != PUBLIC:
        yield "minister", msgspec.json.encode(minister_of(held, reader, day, compare=before))
        yield "outlook", msgspec.json.encode(outlook_of(held, reader, day))


def files(page: Board) -> Iterator[tuple[str, bytes]]:
    """(form, bytes) of a board in every form it is written in."""
    for form, (module, name) in FORMS.items():
        codec = getattr(import_module(f"travaux.formats.delivery.{module}"), name)
        yield form, codec(board_json(page))


@settings(max_examples=25, deadline=None)
@given(addressed(), DAYS, DAYS, st.permutations(READERS))
def test_a_reader_gets_what_it_would_get_if_the_rest_had_never_been_said(
    acts: list[Entered[Any]], one: date, other: date, order: list[str]
) -> None:
    """One office that holds everything, asked by all in any order; one for each that holds its own only."""
    before, day = sorted((one, other))
    whole = office(acts)
    for reader in order:
        own = office([e for e in acts if given_to(e, reader)])
        wanted = dict(pages(own, reader, day, before))
        for name, found in pages(whole, reader, day, before):
            assert found == wanted[name], (reader, name)


@settings(max_examples=25, deadline=None)
@given(addressed(), DAYS, st.sampled_from(READERS))
def test_an_act_added_for_others_changes_nothing_for_a_reader(
    acts: list[Entered[Any]], day: date, reader: str
) -> None:
    """The same office before and after: what it keeps from one question to the next tells nothing new."""
    held = office(acts[:1])
    shown = [board_json(board_of(held, day, for_=reader))]
    for entered in acts[1:]:
        held.register.add(entered)
        shown.append(board_json(board_of(held, day, for_=reader)))
        if not given_to(entered, reader):
            assert shown[-1] == shown[-2]


def test_the_laws_above_compare_files_that_hold_something() -> None:
    """A form that is always empty would pass them."""
    from tests.views.delivered import board_of as made
    from tests.views.delivered import played

    held = dict(files(made(played())))
    empty = dict(files(made(played(), date(2030, 1, 1))))
    assert set(held) == set(FORMS)
    assert all(held[form] != empty[form] for form in FORMS)


def test_what_was_worked_out_for_one_reader_is_not_shown_to_the_next() -> None:
    """Both see a register of the same size on the same day, and the one who sees less asks last."""
    day, due, on = date(2031, 6, 1), "2031-05-01", "2031-04-01"
    said = (
        ("public", act("found", **FOUND)),
        ("public", act("undertake", measure="piers", parties=["arvia"], what="mend", due=due, on=on)),
        ("parties", act("report", measure="piers", claim="done", on=on)),
        ("public", act("undertake", measure="quay", parties=["tolia"], what="open", due=due, on=on)),
    )
    held = office([Entered(n, act_id(n), "arvia/key", "arvia", a, to) for n, (to, a) in enumerate(said)])
    for reader, claims in (("arvia", 1), ("public", 0), ("arvia", 1)):
        page = board_of(held, day, for_=reader)
        (piers,) = (r for r in page.rows if r.id == "piers")
        assert (len(piers.cells[0].claims), page.counts.claimed) == (claims, claims)

"""Persons, bodies, instruments, meetings, promises, positions, figures and sources, as the acts tell them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from tests.register.made import entries
from tests.register.registers import GAZETTE, HERALD, act, act_id, as_of, day, ferry, register
from travaux.acts.base import Act
from travaux.acts.kinds import Lift, Report, Reserve
from travaux.acts.when import When
from travaux.register.dated import chronological, latest
from travaux.register.fold import AsOf, Entered, fold
from travaux.register.measures import InTime, clock, measure, measures
from travaux.register.meetings import Held, meeting, meetings
from travaux.register.names import directory, name
from travaux.register.positions import figures, matters, position
from travaux.register.sources import sources
from travaux.register.things import bodies, instrument, instruments, persons, subjects


def asked(on: str = "2031-12-31", *acts: Act) -> AsOf:
    return as_of(register(*(acts or ferry())), on)


def ids(entries: Any) -> list[str]:
    return [e.id for e in entries]


# --- names ------------------------------------------------------------------------------------------------


def named(on: str, **names: str) -> Act:
    return act("introduce", on=on, what="body", id="board", names=names, basis=GAZETTE)


def test_the_last_name_whose_day_has_come_holds() -> None:
    made = register(named("2031-01-01", en="Board"), named("2031-06-01", en="Authority"))
    assert [name(as_of(made, d), "board") for d in ("2031-05-31", "2031-06-01")] == ["Board", "Authority"]


def test_a_name_missing_in_a_language_falls_back_and_an_unknown_thing_is_its_id() -> None:
    made = register(named("2031-01-01", en="Board", ru="Совет"), named("2031-06-01", en="Authority"))
    asof = as_of(made, "2031-07-01")
    assert [name(asof, "board", lang) for lang in ("en", "ru", "be")] == ["Authority", "Совет", "Authority"]
    assert name(asof, "nobody") == "nobody"


def test_parties_instruments_packages_meetings_and_measures_have_names() -> None:
    bundle = act("bundle", on="2031-02-02", package="all", names={"en": "The set"}, elements=["programmes"])
    asof = as_of(register(*ferry(), bundle), "2031-12-31")
    expected = {
        "arvia": "Arvia", "programmes": "Ferry programmes", "all": "The set",
        "velmar": "Talks of the presidents", "piers": "rebuild two piers",
    }  # fmt: skip
    assert {t: name(asof, t) for t in expected} == expected
    assert name(asof, "arvia", "ru") == "Арвия"


@settings(deadline=None)
@given(entries())
def test_a_directory_names_every_thing_as_a_single_look_up_does(acts: list[Entered[Act]]) -> None:
    asof = fold(acts).as_of(day("2031-01-20"))
    known = directory(asof)
    for thing in ("dues", "tariff", "night", "arvia"):
        assert known.name(thing) == name(asof, thing)


# --- persons, bodies, subjects ----------------------------------------------------------------------------


def test_a_person_has_the_offices_introduced_each_with_its_act() -> None:
    (person,) = persons(asked())
    ((office, by),) = person.offices
    assert (person.id, office.title, office.of, by) == ("ona-tal", "President", "arvia", act_id(3))


def test_a_later_introduction_adds_to_a_body_what_it_says_and_keeps_the_rest() -> None:
    first = act("introduce", on="2031-01-01", what="body", id="board", names={"en": "B"}, members=["arvia"])
    second = act("introduce", on="2031-02-01", what="body", id="board", names={"en": "B"}, successor="agency")
    (body,) = bodies(asked("2031-03-01", first, second))
    assert (body.members, body.successor, ids(body.said)) == (("arvia",), "agency", [act_id(1), act_id(2)])
    assert [s.id for s in subjects(asked())] == ["fares", "night"]


# --- instruments ------------------------------------------------------------------------------------------


def test_what_happened_to_an_instrument_stays_separate_dated_facts() -> None:
    made = instrument(asked(), "programmes")
    assert made is not None
    told = [(f.what, f.at, f.signer, str(f.on)) for f in made.facts]
    assert told == [
        ("approve", "board", "arvia", "2031-03-03"),
        ("approve", "board", "tolia", "2031-03-03"),
        ("adopt", "board", "", "2031-03-03"),
        ("adopt", "council", "", "2031-03-20"),
        ("adopt", "council", "", "2031-03-21"),
    ]


def test_sources_that_differ_about_a_date_are_both_kept() -> None:
    made = instrument(asked(), "programmes")
    assert made is not None
    ((first, second),) = made.differing()
    assert (str(first.on), str(second.on)) == ("2031-03-20", "2031-03-21")
    assert first.act.id != second.act.id


def test_an_instrument_is_known_from_its_tabling_on() -> None:
    assert instrument(asked("2031-01-31"), "programmes") is None
    assert [i.id for i in instruments(asked("2031-02-01"))] == ["programmes"]
    assert [i.id for i in instruments(asked("2031-02-02"))] == ["programmes", "harbour-dues"]


def test_a_package_loses_what_was_detached_and_regains_it_when_bundled_again() -> None:
    bundle: dict[str, Any] = {"package": "set", "names": {"en": "Set"}, "elements": ["a", "b"]}
    acts = [
        act("bundle", on="2031-01-01", **bundle),
        act("detach", on="2031-01-02", package="set", element="a"),
        act("bundle", on="2031-01-03", **bundle),
    ]
    parts = [i.elements for n in (1, 2, 3) if (i := instrument(asked("2031-02-01", *acts[:n]), "set"))]
    assert parts == [("a", "b"), ("b",), ("a", "b")]


def test_a_later_tabling_keeps_what_it_does_not_say() -> None:
    acts = [
        act(
            "table",
            on="2031-01-01",
            instrument="x",
            type="plan",
            titles={"en": "X"},
            number="7",
            derived=["y"],
        ),
        act("table", on="2031-02-01", instrument="x", type="decree", titles={"en": "X2"}),
        act("withdraw", on="2031-03-01", instrument="x"),
    ]
    made = instrument(asked("2031-12-01", *acts), "x")
    assert made is not None
    assert (made.type, made.titles["en"], made.number, made.derived) == ("decree", "X2", "7", ("y",))
    assert ids(made.withdrawn) == [act_id(3)]


# --- meetings ---------------------------------------------------------------------------------------------


def plan(planned: str, on: str = "2031-01-01") -> Act:
    return act("convene", on=on, meeting="talks", title="Talks", planned=planned, basis=GAZETTE)


def of_talks(kind: str, on: str, **values: Any) -> Act:
    return act(kind, on=on, meeting="talks", **{"basis": GAZETTE, **values})


@pytest.mark.parametrize(
    ("acts", "on", "status", "when"),
    [
        ([plan("2031-03-01")], "2031-02-01", Held.PLANNED, "2031-03-01"),
        ([plan("2031-03-01")], "2031-03-02", Held.UNREPORTED, "2031-03-01"),
        ([plan("2031-03")], "2031-03-15", Held.PLANNED, "2031-03"),
        ([plan("2031-03-01"), of_talks("cancel", "2031-02-01")], "2031-03-09", Held.CANCELLED, "2031-03-01"),
        ([plan("2031-03-01"), of_talks("postpone", "2031-02-01")], "2031-03-09", Held.POSTPONED, None),
        ([plan("2031-03-01"), of_talks("postpone", "2031-02-01", to="2031-05")], "2031-03-09", Held.POSTPONED,
         "2031-05"),
        ([plan("2031-03-01"), of_talks("meet", "2031-03-02")], "2031-03-09", Held.HELD, "2031-03-02"),
        ([of_talks("meet", "2031-03-01/2031-03-31")], "2031-03-09", Held.PERHAPS, "2031-03-01/2031-03-31"),
        ([of_talks("cancel", "2031-01-05"), plan("2031-03-01"), plan("2031-04-01", "2031-01-09")],
         "2031-02-01", Held.PLANNED, "2031-04-01"),
    ],
)  # fmt: skip
def test_a_meeting_is_what_its_acts_say_as_of_the_day(
    acts: list[Act], on: str, status: Held, when: str | None
) -> None:
    made = meeting(asked(on, *acts), "talks")
    assert made is not None
    assert (made.status, str(made.when) if made.when else None) == (status, when)


def test_two_sources_that_differ_about_a_meeting_are_both_kept() -> None:
    days = [of_talks("meet", "2031-03-02"), of_talks("meet", "2031-03-03", basis=HERALD)]
    made = meeting(asked("2031-04-01", *days), "talks")
    assert made is not None
    assert made.differs
    assert [str(e.act.on) for e in made.held] == ["2031-03-02", "2031-03-03"]
    assert [m.id for m in meetings(asked())] == ["velmar", "autumn"]


# --- promises ---------------------------------------------------------------------------------------------


def test_the_first_promise_stays_visible_when_its_date_moves() -> None:
    made = measure(asked(), "tariff")
    assert made is not None
    assert [(str(d.when), len(d.acts)) for d in made.dues] == [("by 2031-07-01", 1), ("by 2031-12-01", 1)]
    assert (str(made.first.due), str(made.due), made.moved) == ("by 2031-07-01", "by 2031-12-01", True)
    earlier = measure(asked("2031-08-14"), "tariff")
    assert earlier is not None
    assert (str(earlier.due), earlier.moved) == ("by 2031-07-01", False)


def test_each_party_that_owes_has_its_own_claims_and_no_other() -> None:
    done = act("report", on="2031-05-01", actor="arvia", measure="tariff", claim="done", basis=GAZETTE)
    made = measure(asked("2031-12-31", *ferry(), done), "tariff")
    assert made is not None
    assert [(o.party, [c.act.claim for c in o.current]) for o in made.owed] == [
        ("arvia", ["done"]),
        ("tolia", []),
    ]
    assert not hasattr(made, "status")


def test_words_of_somebody_who_does_not_owe_stand_beside_the_parties() -> None:
    made = measure(asked(), "piers")
    assert made is not None
    assert [o.party for o in made.owed] == ["arvia"]
    assert made.owed[0].says_done
    assert made.owed[0].shows_evidence
    assert [e.actor for e in made.others] == ["tolia"]


def test_a_date_gone_by_is_counted_in_days_and_an_open_end_never_passes() -> None:
    due = When.parse("2031-09")
    assert isinstance(due, When)
    asked_on = {"2031-08-01": "ahead", "2031-08-31": "soon", "2031-09-30": "soon", "2031-10-20": "passed"}
    assert {d: clock(due, day(d)).state.value for d in asked_on} == asked_on
    assert clock(due, day("2031-10-20")).days == 20
    open_end = When.parse("from 2031-09-01")
    assert isinstance(open_end, When)
    assert clock(open_end, day("2099-01-01")).state is InTime.UNDATED
    assert clock(None, day("2031-01-01")).state is clock(due, None).state is InTime.UNDATED


def test_measures_come_by_date_and_the_undated_last() -> None:
    late = act("undertake", on="2031-01-01", measure="a", parties=["arvia"], what="some day", basis=GAZETTE)
    assert [m.id for m in measures(asked("2031-12-31", late, *ferry()))] == ["piers", "tariff", "lights", "a"]


@settings(deadline=None)
@given(entries())
def test_no_act_of_one_party_changes_what_the_other_is_shown_to_claim(acts: list[Entered[Act]]) -> None:
    asof = fold(acts).as_of()
    for made in measures(asof):
        for owed in made.owed:
            assert all(e.actor == owed.party for e in (*owed.claims, *owed.words))
            reports = [e for e in asof.acts(Report) if e.act.measure == made.id and e.actor == owed.party]
            assert sorted(ids(owed.claims)) == sorted(ids(reports))


# --- positions, figures -----------------------------------------------------------------------------------


def test_a_position_keeps_its_history_and_the_last_word_holds() -> None:
    acts = [
        act("take_position", on=f"2031-0{n}-01", actor="arvia", subject="fares", stance=s, basis=GAZETTE)
        for n, s in ((3, "no"), (1, "yes"))
    ]
    held = position(asked("2031-12-31", *acts), "arvia", "fares")
    assert held is not None
    assert [e.act.stance for e in held.history] == ["yes", "no"]  # type: ignore[attr-defined]
    assert [e.act.stance for e in held.current] == ["no"]  # type: ignore[attr-defined]
    assert position(asked("2031-12-31", *acts), "tolia", "fares") is None


def test_a_report_of_a_position_never_replaces_the_one_the_party_signed() -> None:
    own = act("take_position", on="2031-01-01", actor="arvia", subject="fares", stance="no")
    told = act("take_position", on="2031-02-01", actor="arvia", subject="fares", stance="yes", basis=GAZETTE)
    held = position(asked("2031-12-31", own, told), "arvia", "fares")
    assert held is not None
    assert [(e.performed, e.act.stance) for e in held.current] == [(True, "no"), (False, "yes")]  # type: ignore[attr-defined]


def test_a_denial_does_not_replace_the_position_and_a_refusal_does() -> None:
    holds = act("take_position", on="2031-01-01", actor="arvia", subject="fares", stance="yes", basis=GAZETTE)
    denies = act("deny", on="2031-02-01", actor="arvia", subject="fares", what="a delay", basis=GAZETTE)
    refuses = act("refuse", on="2031-03-01", actor="arvia", subject="fares", what="to pay", basis=GAZETTE)
    held = [position(asked("2031-12-31", *(holds, denies, refuses)[:n]), "arvia", "fares") for n in (2, 3)]
    assert [ids(p.current) for p in held if p] == [[act_id(1), act_id(2)], [act_id(2), act_id(3)]]


@settings(deadline=None)
@given(entries())
def test_matters_and_single_positions_agree(acts: list[Entered[Act]]) -> None:
    asof = fold(acts).as_of(day("2031-01-25"))
    for matter in matters(asof):
        for side in matter.sides:
            assert side == position(asof, side.party, matter.subject)
        assert [s.party for s in matter.sides] == sorted(s.party for s in matter.sides)


@settings(deadline=None)
@given(entries())
def test_the_last_word_is_of_the_last_day_on_each_basis(acts: list[Entered[Act]]) -> None:
    reports = chronological(fold(acts).as_of().acts(Report))
    now = latest(reports)
    assert len([e for e in now if e.performed]) <= 1
    assert {e.performed for e in now} == {e.performed for e in reports}
    assert set(ids(now)) <= set(ids(reports))


def test_a_reservation_lives_until_its_own_party_lifts_it() -> None:
    reserve = act("reserve", on="2031-01-01", actor="tolia", subject="fares", sort="scrutiny", basis=GAZETTE)
    other = act("lift", on="2031-01-02", actor="arvia", subject="fares", basis=GAZETTE)
    sort = act("lift", on="2031-01-03", actor="tolia", subject="fares", sort="linguistic", basis=GAZETTE)
    own = act("lift", on="2031-01-04", actor="tolia", subject="fares", sort="scrutiny", basis=GAZETTE)
    live = []
    for n in range(1, 5):
        held = position(asked("2031-12-31", *(reserve, other, sort, own)[:n]), "tolia", "fares")
        live.append(len(held.reserved) if held else 0)
    assert live == [1, 1, 1, 0]
    assert {Reserve, Lift} == {type(reserve), type(own)}


def test_a_report_that_a_reservation_is_lifted_does_not_lift_the_one_the_party_signed() -> None:
    signed = act("reserve", on="2031-01-01", actor="tolia", subject="fares", sort="scrutiny")
    told = act("lift", on="2031-01-04", actor="tolia", subject="fares", basis=GAZETTE)
    held = position(asked("2031-12-31", signed, told), "tolia", "fares")
    assert held is not None
    assert ids(held.reserved) == [act_id(1)]


def test_a_refusal_without_a_subject_is_a_matter_of_its_own() -> None:
    found = matters(asked())
    assert sorted(m.subject for m in found) == ["", "harbour-dues", "night"]
    assert [s.party for m in found if m.subject == "night" for s in m.sides] == ["arvia", "tolia"]


def test_figures_of_fulfilment_stand_side_by_side_as_said() -> None:
    given_ = [(f.who, f.claim.figure, f.claim.base) for f in figures(asked())]
    assert given_ == [("ona-tal", "over 50", None), ("tolia", "40", 120)]


# --- sources ----------------------------------------------------------------------------------------------


def test_every_publication_is_a_source_with_the_acts_that_stand_on_it() -> None:
    held = sources(asked(), lambda sha: sha == "a" * 64)
    told = [(s.publisher, bool(s.sha256), s.held) for s in held]
    assert told == [("Gazette", False, False), ("Gazette", True, True), ("Herald", False, False)]
    herald = held[-1]
    assert act_id(13) in herald.acts
    assert len(herald.acts) == 3


def test_a_further_source_of_an_act_counts_as_well() -> None:
    both = act("adopt", on="2031-01-01", subject="x", at="board", basis=GAZETTE, also=[HERALD])
    assert [s.publisher for s in sources(asked("2031-12-31", both)) if act_id(1) in s.acts] == [
        "Gazette",
        "Herald",
    ]

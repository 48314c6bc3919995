"""The fold: what a register shows is a pure function of its acts, for any day and any log size."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.register.made import DAYS, FIRST, entries, sealings
from tests.register.registers import FOUND, act, act_id, as_of, day, entered, ferry, register
from travaux.acts.base import Act, Deed
from travaux.acts.kinds import Correct, Sealed, TakePosition
from travaux.acts.when import Past
from travaux.register.fold import AsOf, Entered, Register, fold, things_of

DATES = st.one_of(st.none(), DAYS)
Picture = dict[str, list[tuple[str, Act, str | None]]]


def picture(asof: AsOf) -> Picture:
    """Everything an `AsOf` shows: all acts, by kind, by thing and by id."""
    every = list(asof.every())
    shown = {"every": [_told(e) for e in every]}
    for kind in {type(e.act) for e in every}:
        shown[f"kind {kind.__name__}"] = [_told(e) for e in asof.acts(kind)]
    for thing in ("dues", "tariff", "night"):
        shown[f"thing {thing}"] = [_told(e) for e in asof.about(thing)]
    shown["ids"] = [_told(e) for n in range(20) if (e := asof.act(act_id(n)))]
    return shown


def _told(entered: Entered[Act]) -> tuple[str, Act, str | None]:
    return entered.id, entered.act, entered.corrected.id if entered.corrected else None


@settings(deadline=None)
@given(entries(), DATES)
def test_folding_one_by_one_equals_folding_from_scratch(acts: list[Entered[Act]], on: date | None) -> None:
    grown = Register()
    for n, one in enumerate(acts, start=1):
        grown.add(one)
        assert picture(grown.as_of(on)) == picture(fold(acts[:n]).as_of(on))


@settings(deadline=None)
@given(entries(), DATES, st.data())
def test_as_recorded_by_a_size_is_the_fold_of_that_prefix(
    acts: list[Entered[Act]], on: date | None, data: st.DataObject
) -> None:
    size = data.draw(st.integers(1, len(acts)))
    assert picture(fold(acts).as_of(on, recorded=size)) == picture(fold(acts[:size]).as_of(on))


@settings(deadline=None)
@given(entries(), DATES, st.data())
def test_an_older_state_stays_true_while_acts_are_added(
    acts: list[Entered[Act]], on: date | None, data: st.DataObject
) -> None:
    size = data.draw(st.integers(1, len(acts)))
    growing = fold(acts[:size])
    older = growing.as_of(on)
    before = picture(older)
    for one in acts[size:]:
        growing.add(one)
    assert picture(older) == before


@settings(deadline=None)
@given(entries(), DATES)
def test_a_day_shows_all_acts_that_had_or_may_have_happened_and_no_other(
    acts: list[Entered[Act]], on: date | None
) -> None:
    asof = fold(acts).as_of(on)
    current = [e for one in acts if (e := asof.act(one.id))]
    expected = [
        e.id for e in current if on is None or not isinstance(e.act, Deed) or e.act.on.past(on) is not Past.NO
    ]
    assert [e.id for e in asof.every()] == expected


@settings(deadline=None)
@given(entries())
def test_a_correction_shows_from_its_index_on_and_never_before(acts: list[Entered[Act]]) -> None:
    made = fold(acts)
    for one in acts:
        act = one.act
        if not isinstance(act, Correct):
            continue
        earlier = made.as_of(recorded=one.index).act(act.corrects)
        assert earlier is None or earlier.corrected is None or earlier.corrected.index < one.index
        now = made.as_of(recorded=one.index + 1).act(act.corrects)
        assert (now is None) == (act.instead is None)
        assert now is None or (now.act == act.instead and now.corrected == one)


@settings(deadline=None)
@given(entries(), DATES)
def test_performed_and_reported_acts_are_told_apart(acts: list[Entered[Act]], on: date | None) -> None:
    for shown in fold(acts).as_of(on).every():
        if isinstance(shown.act, Deed):
            assert shown.performed == (shown.act.basis is None)
            assert shown.performed or shown.actor == shown.act.actor


@settings(max_examples=30, deadline=None)
@given(entries(), DATES)
def test_an_act_stands_with_every_thing_it_names(acts: list[Entered[Act]], on: date | None) -> None:
    asof = fold(acts).as_of(on)
    for thing in ("dues", "tariff", "night"):
        named = [e.id for e in asof.every() if not isinstance(e.act, Correct) and thing in things_of(e.act)]
        assert [e.id for e in asof.about(thing)] == named


def test_what_may_have_happened_is_shown_inside_its_interval_only() -> None:
    made = register(act("meet", on="2031-03-01/2031-03-09", meeting="talks"))
    shown = {d: bool(as_of(made, d).about("talks")) for d in ("2031-02-28", "2031-03-01", "2031-03-10")}
    assert shown == {"2031-02-28": False, "2031-03-01": True, "2031-03-10": True}


def test_an_act_corrected_to_another_thing_leaves_the_first_one() -> None:
    wrong = act("take_position", on="2031-01-02", actor="arvia", subject="dues", stance="yes")
    instead = {
        "act": "take_position",
        "on": "2031-01-02",
        "subject": "night",
        "stance": "yes",
        "actor": "arvia",
    }
    made = register(wrong, act("correct", corrects=act_id(1), why="wrong matter", instead=instead))
    now, before = made.as_of(), made.as_of(recorded=2)
    assert [len(s.about(t)) for s in (before, now) for t in ("dues", "night")] == [1, 0, 0, 1]


def test_a_later_day_never_shows_less() -> None:
    made = register(*ferry())
    days = [FIRST + timedelta(days=n) for n in range(0, 330, 11)]
    counts = [len(list(made.as_of(d).every())) for d in days]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]


def test_the_founding_act_is_the_first_one() -> None:
    assert register().founding.name == "Ferry line"
    empty = Register()
    empty.add(entered(0, act("seal", note="none")))
    try:
        empty.founding  # noqa: B018
    except TypeError:
        return
    raise AssertionError(day("2031-01-01"), TakePosition)


@settings(deadline=None)
@given(sealings(), DATES)
def test_what_was_sealed_counts_from_its_disclosure_and_changes_nothing_before(
    acts: list[Entered[Act]], on: date | None
) -> None:
    whole = fold(acts)
    for size in range(1, acts[-1].index + 2):
        then = [e for e in acts if e.index < size]
        asof = whole.as_of(on, recorded=size)
        assert list(asof.recorded_acts()) == then
        if then:
            assert picture(asof) == picture(fold(then).as_of(on))


@settings(deadline=None)
@given(sealings())
def test_a_disclosed_act_stands_once_in_the_place_of_the_sealed_one(acts: list[Entered[Act]]) -> None:
    asof = fold(acts).as_of()
    revealed = {e.id: e for e in acts if e.revealed}
    every = list(asof.every())
    for one in acts:
        standing = revealed.get(one.id, one)
        shown = [e for e in every if e.id == one.id]
        assert len(shown) <= 1
        if one.revealed:
            assert asof.act(one.id) == (shown[0] if shown else None)
        assert all(isinstance(e.act, Sealed) is isinstance(standing.act, Sealed) for e in shown)


def test_a_reader_who_was_given_the_disclosure_alone_sees_what_it_disclosed() -> None:
    said = act("take_position", on="2031-01-02", actor="arvia", subject="dues", stance="yes")
    founding = entered(0, act("found", **FOUND))
    alone = Entered(7, act_id(3), "arvia/key", "arvia", said, revealed=act_id(7))
    made = fold([founding, alone])
    assert made.as_of().act(act_id(3)) == alone
    assert made.as_of(recorded=7).act(act_id(3)) is None

"""The ladder from the acts alone: levels, rounds, words, packages, reservations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.register.made import entries
from tests.register.registers import GAZETTE, act, act_id, day, entered, register
from travaux.register.filing import filed, sort_of
from travaux.register.fold import AsOf, Entered, Register, fold
from travaux.register.ladder import (
    Stance,
    decided,
    level_of,
    package,
    package_of,
    reservations,
    results,
    round_start,
    said,
    silence,
    stances,
    withdrawn,
)


@dataclass
class Log:
    """Acts one after another, on a working register; `on` is their day unless they say otherwise."""

    register: Register = field(default_factory=lambda: register(working=True))
    on: str = "2031-03-01"

    def __call__(self, kind: str, party: str = "arvia", **values: Any) -> int:
        n = len(self.register)
        dated = {} if kind == "correct" else {"on": self.on}
        self.register.add(entered(n, act(kind, **{**dated, **values}), party))
        return n

    @property
    def now(self) -> AsOf:
        return self.register.as_of()


def log_with_text(*names: str) -> Log:
    log = Log()
    for name in names or ("tariff",):
        log("table", instrument=name, type="agreement", titles={"en": name}, document="1" * 64)
    return log


def test_a_thing_lies_where_it_was_last_referred_or_decided() -> None:
    log = log_with_text()
    assert level_of(log.now, "tariff") == ""
    log("refer", subject="tariff", to="board")
    assert level_of(log.now, "tariff") == "board"
    log("adopt", subject="tariff", at="board")
    log("refer", subject="tariff", to="council")
    assert level_of(log.now, "tariff") == "council"
    log("adopt", subject="tariff", at="summit")
    assert level_of(log.now, "tariff", {"summit"}) == "council"
    log("withdraw", instrument="tariff")
    assert level_of(log.now, "tariff") == ""
    assert withdrawn(log.now, "tariff")


def test_reported_steps_move_nothing_and_are_told_apart() -> None:
    log = log_with_text()
    log("refer", subject="tariff", to="board", basis=GAZETTE)
    log("approve", actor="tolia", subject="tariff", at="board", basis=GAZETTE)
    assert level_of(log.now, "tariff") == ""
    assert stances(log.now, "tariff", "board") == {}
    assert [(h.party, h.stance) for h in said(log.now, "tariff", "board")] == [("tolia", Stance.YES)]


def test_the_last_word_of_a_party_holds() -> None:
    log = log_with_text()
    log("object", "arvia", subject="tariff", at="board")
    log("approve", "tolia", subject="tariff", at="board", conditions=["tariff"])
    log("approve", "arvia", subject="tariff", at="board", ad_referendum="2031-05-01")
    log("approve", "arvia", subject="tariff", at="council")
    held = stances(log.now, "tariff", "board")
    assert {p: h.stance for p, h in held.items()} == {
        "arvia": Stance.AD_REFERENDUM, "tolia": Stance.CONDITIONAL,
    }  # fmt: skip


def test_a_round_ends_when_a_thing_arrives_anew_or_its_text_changes() -> None:
    log = log_with_text()
    log("approve", subject="tariff", at="board")
    log("table", instrument="tariff", type="agreement", titles={"en": "t"}, document="1" * 64)
    assert "arvia" in stances(log.now, "tariff", "board")  # the same text again
    changed = log("table", instrument="tariff", type="agreement", titles={"en": "t"}, document="2" * 64)
    assert stances(log.now, "tariff", "board") == {}
    assert round_start(log.now, "tariff", "board") == changed
    log("approve", subject="tariff", at="board")
    log("adopt", subject="tariff", at="board")
    assert decided(log.now, "tariff", "board") is not None
    log("refer", subject="tariff", to="council")
    assert decided(log.now, "tariff", "board") is not None
    log("refer", subject="tariff", to="board")
    assert decided(log.now, "tariff", "board") is None
    assert len(results(log.now, "tariff")) == 1


def test_a_text_tabled_with_other_parties_is_another_text() -> None:
    log = Log()
    for parties in (["arvia"], ["arvia"], ["arvia", "tolia"]):
        log("table", instrument="tariff", type="agreement", titles={"en": "t"}, parties=parties)
        held = stances(log.now, "tariff", "board")
        log("approve", subject="tariff", at="board")
    assert held == {}
    log("table", instrument="tariff", type="agreement", titles={"en": "t"}, parties=["arvia", "tolia"])
    assert "arvia" in stances(log.now, "tariff", "board")


def test_a_silence_belongs_to_its_round() -> None:
    log = log_with_text()
    log("open_silence", subject="tariff", at="board", until="2031-03-05")
    opened = silence(log.now, "tariff", "board")
    assert opened is not None and opened.index == len(log.register) - 1
    assert silence(log.now, "tariff", "council") is None
    log("refer", subject="tariff", to="board")
    assert silence(log.now, "tariff", "board") is None


def test_a_package_holds_its_elements_and_carries_them() -> None:
    log = log_with_text("dues", "tariff")
    for thing in ("dues", "tariff"):
        log("refer", subject=thing, to="board")
    log("bundle", package="deal", names={"en": "Deal"}, elements=["dues", "tariff"])
    assert level_of(log.now, "deal") == "board"
    made = package_of(log.now, "dues")
    assert made is not None and made.id == "deal"
    log("approve", subject="deal", at="board")
    log("adopt", subject="deal", at="board")
    assert decided(log.now, "dues", "board") is not None
    log("refer", subject="deal", to="council")
    assert level_of(log.now, "tariff") == "council"


def test_a_package_reopens_when_an_element_leaves_or_changes() -> None:
    for step in (
        {"kind": "detach", "package": "deal", "element": "dues"},
        {"kind": "withdraw", "instrument": "dues"},
        {"kind": "table", "instrument": "dues", "type": "a", "titles": {"en": "d"}, "document": "2" * 64},
        {"kind": "bundle", "package": "deal", "names": {"en": "Deal"}, "elements": ["tariff"]},
    ):
        log = log_with_text("dues", "tariff")
        log("bundle", package="deal", names={"en": "Deal"}, elements=["dues", "tariff"])
        log("approve", subject="deal", at="board")
        log("approve", subject="tariff", at="board")
        log(**step)
        assert stances(log.now, "deal", "board") == {}, step
        assert "arvia" in stances(log.now, "tariff", "board"), step
        left = package(log.now, "deal")
        assert left is not None
        assert left.elements == (("dues", "tariff") if step["kind"] == "table" else ("tariff",)), step


def test_packages_that_hold_each_other_end_no_loop() -> None:
    log = Log()
    log("bundle", package="one", names={"en": "One"}, elements=["two"])
    log("bundle", package="two", names={"en": "Two"}, elements=["one"])
    assert level_of(log.now, "one") == ""
    assert decided(log.now, "two", "board") is None


def test_a_reservation_is_lifted_by_its_party_sort_and_part() -> None:
    log = log_with_text()
    log("reserve", "arvia", subject="tariff", sort="scrutiny")
    log("reserve", "arvia", subject="tariff", sort="linguistic", unit="article-2")
    log("reserve", "tolia", subject="tariff", sort="scrutiny")
    log("lift", "arvia", subject="tariff", sort="scrutiny")
    log("lift", "arvia", subject="tariff", unit="article-3")
    assert [(r.party, r.act.sort) for r in reservations(log.now, "tariff")] == [
        ("arvia", "linguistic"), ("tolia", "scrutiny"),
    ]  # fmt: skip
    log("lift", "arvia", subject="tariff")
    assert [r.party for r in reservations(log.now, "tariff")] == ["tolia"]


def test_corrections_apply_and_what_lies_ahead_does_not_count() -> None:
    log = log_with_text("dues", "tariff")
    said_yes = log("approve", subject="tariff", at="board")
    instead = {"act": "approve", "on": "2031-03-01", "subject": "dues", "at": "board"}
    log("correct", corrects=act_id(said_yes), why="the wrong text", instead=instead)
    assert stances(log.now, "tariff", "board") == {}
    assert "arvia" in stances(log.now, "dues", "board")
    assert "arvia" in stances(log.register.as_of(recorded=said_yes + 1), "tariff", "board")
    log("approve", "tolia", subject="dues", at="board", on="2031-04-01")
    assert "tolia" not in stances(log.register.as_of(day("2031-03-31")), "dues", "board")


def test_an_id_has_the_sort_of_its_first_declaration() -> None:
    log = log_with_text()
    log("undertake", measure="signal", parties=["arvia"], what="light the pier")
    assert [sort_of(log.now, i) for i in ("tariff", "signal", "arvia", "desk", "none")] == [
        "instrument", "measure", "party", "keeper", "",
    ]  # fmt: skip
    assert sort_of(log.register.as_of(recorded=1), "tariff") == ""


@given(entries(), st.data())
def test_the_files_grow_with_the_register_as_if_made_at_once(
    made: list[Entered[Any]], data: st.DataObject
) -> None:
    grown = Register()
    for e in made:
        grown.add(e)
        if data.draw(st.booleans()):
            filed(grown.as_of())
    at_once, piecewise = filed(fold(made).as_of()), filed(grown.as_of())
    assert {k: [e.id for e in v] for k, v in at_once.steps.items() if v} == {
        k: [e.id for e in v] for k, v in piecewise.steps.items() if v
    }
    size = data.draw(st.integers(1, len(made)))
    for thing in ("dues", "tariff", "night"):
        then, earlier = grown.as_of(recorded=size), fold(made[:size]).as_of()
        assert stances(then, thing, "board") == stances(earlier, thing, "board")
        assert level_of(then, thing) == level_of(earlier, thing)
        assert sort_of(then, thing) == sort_of(earlier, thing)

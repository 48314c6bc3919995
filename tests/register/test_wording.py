"""From acts to the rolling text: as of any date, whoever acts first, and every change owed to an act."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.register.drafting import FARES, SIDES, Talks, negotiations, talks
from tests.register.registers import GAZETTE, act_id, day
from travaux.acts.kinds import Propose
from travaux.register.changes import changes_by_act, printed
from travaux.register.fold import Register, fold
from travaux.register.wording import rolling, steps
from travaux.text.effects import Effects, effects
from travaux.text.model import Degree, Stance, brackets
from travaux.text.paths import plain
from travaux.text.progress import AGREED, CONDITIONAL, OPEN, SHARED, progress, state_of
from travaux.text.render import unattributed
from travaux.text.rolling import Rolling
from travaux.text.tokens import tokenize
from travaux.text.witness import Witness


def shown(made: Rolling, unit: str = "art-1", lang: str = "en") -> str:
    sheet = made.sheet(unit, lang)
    assert sheet is not None
    return unattributed(sheet.text())


def words(made: Rolling, party: str, unit: str = "art-1") -> str:
    sheet = made.sheet(unit, "en")
    witness = sheet.witness(party) if sheet else None
    assert witness is not None
    return witness.words


def position(held: Witness | None) -> tuple[str, ...]:
    """What a party has said: its wording, or the words it took sides for where it has none of its own."""
    if held is None or (held.whole and not held.loose):
        return (held.words,) if held else ()
    keys = tokenize(held.words).keys
    return tuple(" ".join(keys[a:b]) for a, b in held.held)


def test_wordings_become_one_bracketed_text() -> None:
    made = talks().text()
    assert shown(made).startswith("The parties [may][shall][should] publish the annual table of fares")
    assert shown(made, "art-2") == "Ferries run daily[ and at night]."
    assert made.labelled() == (("art-1", "1"), ("art-2", "2"))


def test_the_text_of_any_day_is_that_of_the_acts_till_then() -> None:
    made = talks().register()
    assert shown(rolling(made.as_of(day("2031-03-03")), "dues")) == FARES
    assert "[shall][should]" in shown(rolling(made.as_of(day("2031-03-04")), "dues"))
    assert shown(rolling(made.as_of(None, 3), "dues")) == FARES


@given(negotiations())
@settings(max_examples=40, deadline=None)
def test_folding_one_by_one_is_folding_from_scratch(made: Talks) -> None:
    grown = Register()
    for entered in made.entries:
        grown.add(entered)
        now = rolling(grown.as_of(), "dues")
    assert now == rolling(fold(made.entries).as_of(), "dues")
    assert [s.after for s in steps(grown.as_of(), "dues")][-1] == now
    assert now.unplaced == ()


@given(negotiations())
@settings(max_examples=40, deadline=None)
def test_what_was_shown_stays_answerable_after_more_acts(made: Talks) -> None:
    register = made.register()
    for size in range(3, len(made.entries) + 1, 3):
        then = rolling(fold(made.entries[:size]).as_of(), "dues")
        assert rolling(register.as_of(None, size), "dues") == then


@given(negotiations())
@settings(max_examples=40, deadline=None)
def test_a_party_reads_its_last_wording_unless_it_or_a_settlement_said_otherwise(made: Talks) -> None:
    text = made.text()
    last: dict[tuple[str, str], str] = {}
    for entered in made.entries[2:]:
        act = entered.act
        if isinstance(act, Propose) and act.operation == "wording":
            last[act.unit, entered.party] = act.words
        else:
            bracket = getattr(act, "bracket", "")
            unit = text.where[bracket][0] if bracket in text.where else ""
            every = type(act).__name__ == "Settle"
            moved = type(act).__name__ == "Support" and getattr(act, "stance", "") == "supports"
            for key in list(last):
                if key[0] == unit and (every or (moved and key[1] == entered.party)):
                    del last[key]
    for (unit, party), told in last.items():
        assert words(text, party, unit) == told


@given(st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_acts_of_different_parties_may_come_in_any_order(rng: random.Random) -> None:
    acts = [
        ("propose", "arvia", {"words": FARES}),
        ("propose", "tolia", {"words": FARES.replace("shall", "should")}),
        ("propose", "nuria", {"words": FARES.replace("spring", "autumn")}),
        ("propose", "arvia", {"words": "One.", "unit": "art-2"}),
    ]
    rng.shuffle(acts)
    made = Talks()
    for _, party, values in acts:
        made.propose(party, **values)
    assert shown(made.text()) == (
        "The parties [shall][should] publish the annual table of fares every [spring][autumn]."
    )
    stances = [
        lambda t: t.on("support", "kessia", "should"),
        lambda t: t.on("oppose", "tolia", "autumn"),
        lambda t: t.on("support", "nuria", "should", stance="flexible_if", condition="fares fall"),
        lambda t: t.add(
            "reserve", "arvia", subject="dues", bracket=t.bracket("autumn"), sort="parliamentary"
        ),
    ]
    orders = []
    for _ in range(2):
        rng.shuffle(stances)
        talk = Talks()
        talk.entries = list(made.entries)
        for one in stances:
            one(talk)
        sheet = talk.text().sheet("art-1", "en")
        assert sheet is not None
        orders.append(
            [
                (b.id, plain(o), [(p.party, p.stance, p.note) for p in o.stances])
                for b in brackets(sheet.text())
                for o in b.options
            ]
        )
    assert orders[0] == orders[1]


@given(negotiations())
@settings(max_examples=40, deadline=None)
def test_an_act_on_stances_changes_the_stances_of_its_party_alone(made: Talks) -> None:
    for step in steps(made.register().as_of(), "dues"):
        if type(step.entered.act).__name__ not in ("Oppose", "Reserve", "Support"):
            continue
        for unit, lang, sheet in step.after.sheets():
            was = step.before.sheet(unit, lang)
            assert was is not None
            for party in SIDES:
                if party != step.entered.party:
                    assert position(sheet.witness(party)) == position(was.witness(party))
                    assert [t for t in sheet.taken if t.position.party == party] == [
                        t for t in was.taken if t.position.party == party
                    ] or sheet.lapsed


@given(negotiations(), st.integers(2, 14), st.integers(2, 14))
@settings(max_examples=40, deadline=None)
def test_between_any_two_versions_every_word_is_owed_to_a_named_act(made: Talks, one: int, two: int) -> None:
    register = made.register()
    before, after = (register.as_of(day("2031-03-01") + timedelta(days=n)) for n in (one, two))
    changes = changes_by_act(before, after, "dues")
    balance: Counter[str] = Counter()
    for change in changes:
        assert change.entered.id in {e.id for e in made.entries}
        for text in change.added:
            balance.update(tokenize(text).keys)
        for text in change.removed:
            balance.subtract(tokenize(text).keys)
    difference = printed(rolling(after, "dues"), "en")
    difference.subtract(printed(rolling(before, "dues"), "en"))
    assert {k: n for k, n in balance.items() if n} == {k: n for k, n in difference.items() if n}
    if one == two:
        assert changes == ()


def test_an_act_recorded_late_or_corrected_is_named_for_what_it_changes() -> None:
    made = talks()
    before = made.register().as_of(None, len(made.entries))
    wrong = made.entries[3]
    instead = {"act": "propose", "on": "2031-03-04", "instrument": "dues", "unit": "art-1", "lang": "en",
               "words": FARES.replace("shall", "must")}  # fmt: skip
    made.add("correct", "tolia", corrects=wrong.id, why="a slip", instead=instead)
    made.propose("kessia", FARES.replace("shall", "will"), on="2031-03-01")
    register = made.register()
    changes = changes_by_act(register.as_of(None, before.recorded), register.as_of(), "dues")
    assert {(c.entered.id, c.undone) for c in changes} >= {
        (wrong.id, False), (wrong.id, True), (act_id(len(made.entries) - 1), False),
    }  # fmt: skip
    assert next(c.added for c in changes if c.entered.id == wrong.id and not c.undone) == ("must",)


def test_a_unit_that_moves_is_named_and_its_words_are_not() -> None:
    made = talks()
    before = made.register().as_of(None, len(made.entries))
    made.propose("tolia", "", "art-2", operation="move", place={"after": ""})
    made.add("settle", "tolia", instrument="dues", at="board", unit="art-2", place={})
    register = made.register()
    changes = changes_by_act(register.as_of(None, before.recorded), register.as_of(), "dues")
    told = [(c.unit, c.moved, c.added, c.removed) for c in changes]
    assert told == [("art-2", False, (), ()), ("art-2", True, (), ())]
    assert made.text().labelled()[0] == ("art-2", "1")
    assert made.text().provisions["art-2"].wanted["tolia"].after == ""


def test_an_inserted_unit_is_bis_and_in_brackets_until_it_is_settled() -> None:
    made = talks()
    for party in ("nuria", "arvia"):
        made.propose(
            party, "Dogs travel free.", f"dogs-{party}", operation="insertion", place={"after": "art-1"}
        )
    text = made.text()
    assert [label for _, label in text.labelled()] == ["1", "1 bis", "1 ter", "2"]
    assert shown(text, "dogs-nuria") == "[Dogs travel free.]"
    made.add(
        "propose", "tolia", instrument="dues", unit="fees", lang="en", words="Fees.", place={"under": "art-2"}
    )
    assert made.text().labelled()[-1] == ("fees", "2.1")
    units = made.text().units()
    assert [u.id for u in units[-1].units] == ["fees"]


def test_a_deletion_is_a_wording_with_nothing_in_it() -> None:
    made = talks()
    made.propose("tolia", "", "art-2", operation="deletion")
    assert words(made.text(), "tolia", "art-2") == ""
    sheet = made.text().sheet("art-2", "en")
    assert sheet is not None
    empty = [o.parties for b in brackets(sheet.text()) for o in b.options if not o.text]
    assert ("tolia",) in empty


def test_settled_words_count_as_agreed_and_conditional_ones_apart() -> None:
    made = talks()
    made.on("settle", "arvia", "should", at="board")
    made.on("settle", "arvia", " and at night", at="board", degree="ad_ref")
    made.add("settle", "arvia", instrument="dues", at="board", unit="art-2", lang="en")
    told = progress(made.text(), "en")
    assert told.words[CONDITIONAL] == 0
    assert told.words[AGREED] == 1 + 6
    assert told.words[SHARED] == 10
    assert told.words[OPEN] == 3
    assert [p.holders() for p in told.points] == [("arvia", "nuria", "tolia")]
    assert told.clean == ("art-2",)
    assert told.settled == 3


def test_progress_says_who_holds_what_since_when_and_at_which_level() -> None:
    made = talks()
    opened = made.entries[3].id
    made.on("settle", "arvia", None, among="may", at="board", degree="aim_agreed", condition="art-2 first")
    made.add("propose", "arvia", instrument="dues", unit="art-3", lang="en", words="To be written.")
    told = progress(made.text(), "en")
    point = next(p for p in told.points if p.level)
    assert (point.level, point.degree, point.condition, point.opened) == (
        "board", Degree.AIM_AGREED, "art-2 first", opened,
    )  # fmt: skip
    assert told.undiscussed == ("art-3",)
    assert len(told.points) == 3


def test_one_decision_in_several_places_is_one_point_and_settled_at_once() -> None:
    made = Talks()
    for unit in ("art-1", "art-2"):
        made.propose("arvia", f"In {unit} fares are public.", unit)
        made.propose("tolia", f"In {unit} tariffs are public.", unit)
    ids = [b.id for _, _, s in made.text().sheets() for b in brackets(s.tree)]
    assert len(set(ids)) == 2
    made.add("couple", "arvia", instrument="dues", brackets=ids, sort="same")
    assert len(progress(made.text(), "en").points) == 1
    made.add("support", "nuria", instrument="dues", bracket=ids[0], option="fares")
    for name in ids:
        found = made.text().locate(name)
        assert found is not None
        assert "nuria" in {p for o in found[2].options for p in o.parties}
    assert made.text().links()[1][0].brackets == tuple(ids)
    made.add("settle", "arvia", instrument="dues", at="board", bracket=ids[1], option="tariffs")
    assert shown(made.text(), "art-1") == "In art-1 tariffs are public."
    assert progress(made.text(), "en").words[AGREED] == 2


def test_words_coupled_to_something_open_are_agreed_on_condition() -> None:
    made = talks()
    ids = [made.bracket("may"), made.bracket(" and at night")]
    made.add("couple", "arvia", instrument="dues", brackets=ids)
    made.on("settle", "arvia", "may", at="board")
    text = made.text()
    sheet = text.sheet("art-1", "en")
    assert sheet is not None
    assert state_of(text, sheet.agreements[0]) == CONDITIONAL
    made.on("settle", "arvia", " and at night", at="board")
    text = made.text()
    sheet = text.sheet("art-1", "en")
    assert sheet is not None
    assert state_of(text, sheet.agreements[0]) == AGREED


def test_what_taking_an_option_would_do_is_told_party_by_party() -> None:
    made = talks()
    made.on("oppose", "kessia", "may")
    ids = [made.bracket("may"), made.bracket(" and at night")]
    made.add("couple", "arvia", instrument="dues", brackets=ids, sort="exclusive")
    text = made.text()
    told = effects(text, ids[0], "may")
    assert isinstance(told, Effects)
    assert {(e.party, e.gives, e.gets, e.same) for e in told.parties} == {
        ("arvia", "shall", "may", False), ("nuria", "may", "may", True), ("tolia", "should", "may", False),
        ("kessia", "", "may", False),
    }  # fmt: skip
    assert [p.stance for e in told.parties if e.party == "kessia" for p in e.stances] == [Stance.OPPOSES]
    assert told.shuts == (ids[1],)
    assert not isinstance(effects(text, "nowhere", "may"), Effects)


def test_the_text_on_the_table_and_reported_acts() -> None:
    made = talks()
    made.add("propose", "desk", instrument="dues", unit="art-2", lang="en", words="Ferries sink.",
             actor="nuria", basis=GAZETTE)  # fmt: skip
    assert "sink" not in shown(made.text(), "art-2")
    seen = Talks(kind="observed")
    seen.add("propose", "desk", instrument="dues", unit="art-2", lang="en", words="Ferries sink.",
             actor="nuria", basis=GAZETTE)  # fmt: skip
    assert words(seen.text(), "nuria", "art-2") == "Ferries sink."


def test_what_several_parties_sign_is_the_word_of_each() -> None:
    made = talks()
    joint = replace(made.propose("arvia", "Ferries run."), cosigners=("tolia/delegation", "desk/keeper"))
    made.entries[-1] = joint
    assert words(made.text(), "arvia") == words(made.text(), "tolia") == "Ferries run."
    assert words(made.text(), "nuria") != "Ferries run."


def test_sides_that_nobody_is_named_for_are_nobodys() -> None:
    seen = Talks(kind="observed")
    for party, told in (("arvia", "Ferries run."), ("tolia", "Ferries sink.")):
        seen.propose("desk", told, actor=party, basis=GAZETTE)
    before = seen.text()
    seen.on("support", "desk", "run", basis=GAZETTE)
    assert [u.fault.code for u in seen.text().unplaced] == ["text.nobody_speaks"]
    assert seen.text().provisions == before.provisions


def test_an_act_that_names_what_is_not_there_is_listed_and_does_nothing() -> None:
    made = talks()
    before = made.text()
    made.add("oppose", "arvia", instrument="dues", bracket="gone", option="may not")
    made.add("rectify", "arvia", instrument="dues", unit="art-9", lang="en", was="x", now="y")
    made.add("propose", "arvia", instrument="dues", unit="art-1", lang="en", document="a" * 64)
    text = made.text()
    assert [u.fault.code for u in text.unplaced] == [
        "text.no_bracket", "text.no_unit", "text.document_not_held",
    ]  # fmt: skip
    assert text.provisions == before.provisions


def test_as_of_a_day_before_a_bracket_had_its_id_an_option_is_found_by_its_words() -> None:
    made = Talks()
    made.propose("arvia", FARES, on="2031-03-20")
    made.propose("tolia", FARES.replace("shall", "should"), on="2031-03-05")
    made.propose("nuria", FARES.replace("shall", "may"), on="2031-03-06")
    made.on("support", "kessia", "should", on="2031-03-07")
    text = rolling(made.register().as_of(day("2031-03-10")), "dues")
    sheet = text.sheet("art-1", "en")
    assert sheet is not None and text.unplaced == ()
    (bracket,) = brackets(sheet.text())
    assert {plain(o): o.parties for o in bracket.options} == {
        "should": ("kessia", "tolia"),
        "may": ("nuria",),
    }


def test_a_long_wording_is_a_document() -> None:
    made = talks()
    made.add("propose", "arvia", instrument="dues", unit="art-1", lang="en", document="a" * 64)
    text = rolling(made.register().as_of(), "dues", {"a" * 64: "A long one."}.get)
    assert words(text, "arvia") == "A long one."


def test_languages_of_a_unit_are_texts_of_their_own() -> None:
    made = talks()
    made.propose("arvia", "Паромы ходят ежедневно.", "art-2", lang="ru")
    assert made.text().languages() == ("en", "ru")
    assert shown(made.text(), "art-2", "ru") == "Паромы ходят ежедневно."
    assert shown(made.text(), "art-2", "en") == "Ferries run daily[ and at night]."

"""The live text of a unit: what proposals, stances and settlements do to it, and what they leave alone."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.text.generator import case
from travaux.acts.fault import Refused
from travaux.text.compile import compile as compile_wordings
from travaux.text.drafting import (
    lifted,
    like,
    merging,
    optioned,
    rectified,
    reserving,
    sided,
    stanced,
    worded,
)
from travaux.text.live import Reserved, Sheet, mark, pick
from travaux.text.model import Bracket, Degree, Kind, Position, Stance, Text, brackets
from travaux.text.paths import find, held_by, plain, way
from travaux.text.render import unattributed
from travaux.text.settling import Level, parked, settled, settled_whole
from travaux.text.tokens import tokenize
from travaux.text.witness import BASE

BOARD = Level("board", Degree.WORDS_AGREED)
SEEDS = st.integers(0, 10**6)


def sheet(versions: dict[str, str], key: str = "k") -> Sheet:
    made = Sheet(key)
    for party, words in versions.items():
        made = worded(made, party, words, f"act of {party}")
    return made


def must(made: Sheet | Refused) -> Sheet:
    assert isinstance(made, Sheet), made
    return made


def options(text: Text) -> dict[str, set[str]]:
    """For each bracket, the marks of its options (which do not hang on the order of options)."""
    return {b.id: {mark(o) for o in b.options} for b in brackets(text)}


def stances(text: Text, party: str) -> set[tuple[str, str, Stance]]:
    return {
        (b.id, mark(o), p.stance)
        for b in brackets(text)
        for o in b.options
        for p in o.stances
        if p.party == party
    }


def inside(text: Text, name: str) -> set[str]:
    """The ids of a bracket and of those in it."""
    here = find(text, name)
    assert here is not None
    return {b.id for b in brackets((here,))}


def outside(text: Text, name: str) -> set[str]:
    """The ids of the brackets that neither are nor hold nor lie in the bracket."""
    holds = {b.id for b in brackets(text) if name in {i.id for i in brackets((b,))}}
    return {b.id for b in brackets(text)} - holds - inside(text, name)


FERRY = {
    "arvia": "The parties shall publish the annual table of fares every spring.",
    "tolia": "The parties should publish the annual table of fares every spring.",
    "nuria": "The parties may publish the annual table of fares and of tolls every spring.",
}


def modal(made: Sheet) -> Bracket:
    return next(b for b in brackets(made.text()) if pick(b, "shall") is not None)


@given(SEEDS, st.sampled_from([2, 3, 5, 9]))
@settings(max_examples=60, deadline=None)
def test_every_party_reads_its_last_wording_and_the_text_is_the_compile_of_all(seed: int, n: int) -> None:
    versions = case(random.Random(seed), n).versions
    made = sheet(versions)
    assert {w.name: w.words for w in made.witnesses} == versions
    compiled = compile_wordings(versions).text
    assert list(options(made.tree).values()) == list(options(compiled).values())


@given(SEEDS, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_parties_proposals_changes_no_bracket_and_no_stance(
    seed: int, rng: random.Random
) -> None:
    versions = case(random.Random(seed), 5).versions
    order = list(versions)
    rng.shuffle(order)
    one, two = sheet(versions), sheet({party: versions[party] for party in order})
    assert unattributed(one.text()) == unattributed(two.text())
    for party in versions:
        held = [{(m, s) for _, m, s in stances(made.text(), party)} for made in (one, two)]
        assert held[0] == held[1]


@given(SEEDS, st.sampled_from([3, 5, 8]))
@settings(max_examples=60, deadline=None)
def test_one_more_wording_keeps_the_ids_of_all_places_that_stay_open(seed: int, n: int) -> None:
    versions = case(random.Random(seed), n).versions
    *first, last = versions
    before = sheet({p: versions[p] for p in first})
    after = worded(before, last, versions[last], "last")
    kept = set(options(before.tree)) & set(options(after.tree))
    assert set(options(before.tree)) - kept <= set(after.aliases)
    for party in first:
        assert after.witness(party) == before.witness(party)


@given(SEEDS, st.sampled_from([3, 5, 8]))
@settings(max_examples=60, deadline=None)
def test_an_edit_beyond_agreed_words_changes_nothing_in_the_brackets_before_it(seed: int, n: int) -> None:
    agreed = " The depositary keeps a register of carriers and publishes it every year in both languages."
    versions = {p: w + agreed for p, w in case(random.Random(seed), n).versions.items() if w}
    before = sheet(versions)
    mover = next(iter(versions))
    made = worded(before, mover, versions[mover].replace("every year", "each spring"), "late")
    assert {name: bags(made.tree)[name] for name in bags(before.tree)} == bags(before.tree)
    assert len(options(made.tree)) == len(options(before.tree)) + (len(versions) > 1)


def bags(text: Text) -> dict[str, set[tuple[str, ...]]]:
    """For each bracket, the words of its options in order of text: a bracket whose edge slid over words that
    repeat (a capital at the start of a sentence aside) is the same bracket.
    """
    return {
        b.id: {tuple(sorted(key.casefold() for key in tokenize(plain(o)).keys)) for o in b.options}
        for b in brackets(text)
    }


@given(SEEDS, st.sampled_from([3, 5, 8]), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_a_settled_bracket_goes_and_the_others_stay_what_they_are(
    seed: int, n: int, rng: random.Random
) -> None:
    made = sheet(case(random.Random(seed), n).versions)
    for bracket in list(brackets(made.tree))[:3]:
        option = plain(rng.choice(bracket.options))
        done = must(settled(made, bracket.id, option, BOARD, "settle"))
        assert find(done.tree, bracket.id) is None
        assert outside(made.tree, bracket.id) <= set(options(done.tree))
        (agreement,) = done.agreements
        assert (agreement.words, agreement.at, agreement.degree) == (option, "board", Degree.WORDS_AGREED)


@given(SEEDS, st.sampled_from([3, 5, 8]), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_a_stance_is_its_partys_alone(seed: int, n: int, rng: random.Random) -> None:
    versions = case(random.Random(seed), n).versions
    made = sheet(versions)
    for bracket in list(brackets(made.tree))[:3]:
        option = plain(rng.choice(bracket.options))
        mover = rng.choice([*versions, "silent"])
        acts = [
            sided(made, mover, bracket.id, option, "side"),
            stanced(made, bracket.id, option, Position(mover, Stance.OPPOSES, "", "no")),
            stanced(made, bracket.id, option, Position(mover, Stance.FLEXIBLE_IF, "fares fall", "if")),
            reserving(made, Reserved(mover, "scrutiny", "", "r", bracket.id)),
        ]
        for done in map(must, acts):
            others = [p for p in versions if p != mover]
            assert [done.witness(p) for p in others] == [made.witness(p) for p in others]
            for party in others:
                words = {(m, s) for _, m, s in stances(made.text(), party)}
                if mover == "silent":
                    assert {(m, s) for _, m, s in stances(done.text(), party)} == words
    assert lifted(made, "nobody", "", None) == made


@given(SEEDS, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_an_option_that_somebody_supports_stays_when_its_author_moves_on(
    seed: int, rng: random.Random
) -> None:
    versions = case(random.Random(seed), 4).versions
    made = sheet(versions)
    found = list(brackets(made.tree))
    if not found:
        return
    bracket = rng.choice(found)
    option = rng.choice([o for o in bracket.options if o.text])
    made = must(sided(made, "silent", bracket.id, plain(option), "side"))
    words = plain(option)
    for party in option.parties:
        made = worded(made, party, "Nothing is left of what stood here before.", f"again {party}")
    silent = made.witness("silent")
    assert silent is not None
    if "[" not in words:
        assert words in silent.words


def test_support_moves_the_supporter_and_no_word_of_another_party() -> None:
    made = sheet(FERRY)
    done = must(sided(made, "arvia", modal(made).id, "should", "s"))
    arvia = done.witness("arvia")
    assert arvia is not None and arvia.words == FERRY["tolia"]
    assert [plain(o) for o in find(done.tree, modal(made).id).options] == ["should", "may"]  # type: ignore[union-attr]


def test_a_silent_party_speaks_only_where_it_took_sides() -> None:
    made = must(sided(sheet(FERRY), "kessia", modal(sheet(FERRY)).id, "should", "s"))
    held = stances(made.text(), "kessia")
    assert {(b, s) for b, _, s in held} == {(modal(sheet(FERRY)).id, Stance.SUPPORTS)}


def test_what_a_party_would_read_now_is_told_only_where_it_has_said_so() -> None:
    made = must(sided(sheet(FERRY), "kessia", modal(sheet(FERRY)).id, "should", "s"))
    for party, words in FERRY.items():
        assert made.reading(party) == words
    for party, code in (("kessia", "text.no_option"), ("moria", "text.no_version")):
        told = made.reading(party)
        assert isinstance(told, Refused) and told.faults[0].code == code
    rest = next(b.id for b in brackets(made.tree) if pick(b, "") is not None)
    whole = must(sided(made, "kessia", rest, "", "s"))
    assert whole.reading("kessia") == FERRY["tolia"]


def test_graded_stances_replace_each_other_and_stand_beside_support() -> None:
    made = sheet(FERRY)
    name = modal(made).id
    for stance in (Stance.OPPOSES, Stance.CONSIDERING, Stance.NO_OBJECTION):
        made = must(stanced(made, name, "may", Position("arvia", stance, "", stance.value)))
    bracket = find(made.text(), name)
    assert bracket is not None
    held = {plain(o): [(p.party, p.stance) for p in o.stances] for o in bracket.options}
    assert held["may"] == [("nuria", Stance.SUPPORTS), ("arvia", Stance.NO_OBJECTION)]
    assert held["shall"] == [("arvia", Stance.SUPPORTS)]


def test_a_stance_follows_its_option_and_lapses_with_it() -> None:
    made = sheet(FERRY)
    name = modal(made).id
    made = must(stanced(made, name, "may", Position("arvia", Stance.OPPOSES, "", "no")))
    more = worded(made, "kessia", FERRY["arvia"].replace("shall", "must"), "more")
    assert more.taken == made.taken
    gone = worded(more, "nuria", FERRY["tolia"], "joins")
    assert not gone.taken
    assert [t.position.act for t in gone.lapsed] == ["no"]


def test_reservations_are_lifted_one_by_one() -> None:
    made = sheet(FERRY)
    name = modal(made).id
    for sort in ("scrutiny", "linguistic"):
        made = must(reserving(made, Reserved("tolia", sort, "until spring", sort, name)))
    made = must(reserving(made, Reserved("tolia", "scrutiny", "", "whole")))
    should = next(o for o in find(made.text(), name).options if plain(o) == "should")  # type: ignore[union-attr]
    assert [(p.stance, p.note) for p in should.stances[1:]] == [
        (Stance.SCRUTINY, "linguistic: until spring"),
        (Stance.SCRUTINY, "scrutiny: until spring"),
    ]
    assert [r.act for r in lifted(made, "tolia", "scrutiny", name).reserved] == ["linguistic", "whole"]
    assert [r.act for r in lifted(made, "tolia", "", "").reserved] == ["scrutiny", "linguistic"]
    assert [r.act for r in lifted(made, "arvia", "", None).reserved] == ["scrutiny", "linguistic", "whole"]


def test_a_party_that_reserves_and_holds_nothing_stands_by_every_option() -> None:
    made = sheet(FERRY)
    made = must(reserving(made, Reserved("kessia", "parliamentary", "", "r", modal(made).id)))
    assert {s for _, _, s in stances(made.text(), "kessia")} == {Stance.SCRUTINY}
    assert len(stances(made.text(), "kessia")) == 3


def test_joining_a_wording_takes_it_to_the_character() -> None:
    odd = FERRY["tolia"].replace("annual table", "annual\u00a0table")
    made = sheet({**FERRY, "tolia": odd})
    done = must(like(made, "kessia", "tolia", "j"))
    kessia = done.witness("kessia")
    assert kessia is not None and kessia.words == odd
    assert isinstance(like(made, "kessia", "nobody", "j"), Refused)


def test_typography_of_a_party_survives_what_happens_elsewhere_in_the_unit() -> None:
    odd = FERRY["tolia"].replace("annual table", "annual\u00a0table")
    made = sheet({**FERRY, "tolia": odd})
    moved = must(sided(made, "tolia", modal(made).id, "may", "s"))
    assert moved.witness("tolia").words == odd.replace("should", "may")  # type: ignore[union-attr]
    done = must(settled(made, modal(made).id, "shall", BOARD, "x"))
    assert done.witness("tolia").words == odd.replace("should", "shall")  # type: ignore[union-attr]


def test_one_option_more_is_the_partys_own_wording_with_that_place_changed() -> None:
    made = sheet(FERRY)
    done = must(optioned(made, "arvia", modal(made).id, "will", "w"))
    assert done.witness("arvia").words == FERRY["arvia"].replace("shall", "will")  # type: ignore[union-attr]
    gone = must(
        optioned(made, "nuria", next(b.id for b in brackets(made.tree) if pick(b, "") is not None), "", "w")
    )
    assert gone.witness("nuria").words == FERRY["nuria"].replace(" and of tolls", "")  # type: ignore[union-attr]
    assert len(options(gone.tree)) == 1


def test_a_text_on_the_table_is_nobodys_position_and_tells_what_an_option_does() -> None:
    made = worded(
        worded(Sheet("k"), BASE, "Ferries run daily.", "t"), "arvia", "Ferries run daily and at night.", "p"
    )
    (bracket,) = brackets(made.text())
    assert bracket.kind is Kind.INSERTION
    assert [o.parties for o in bracket.options] == [("arvia",), ()]
    made = worded(worded(Sheet("k"), BASE, "Ferries run daily.", "t"), "arvia", "Ferries run.", "p")
    assert [b.kind for b in brackets(made.text())] == [Kind.DELETION]


def test_settled_words_stay_agreed_until_somebody_touches_them() -> None:
    made = must(settled(sheet(FERRY), modal(sheet(FERRY)).id, "should", BOARD, "x"))
    assert all(w.agreed for w in made.witnesses)
    again = worded(made, "arvia", FERRY["tolia"].replace("every", "each"), "p")
    assert again.witness("arvia").agreed == made.witness("arvia").agreed  # type: ignore[union-attr]
    back = worded(made, "arvia", FERRY["arvia"], "p")
    assert back.witness("arvia").agreed == ()  # type: ignore[union-attr]


def test_a_parked_bracket_stays_open_at_its_level_and_says_what_it_waits_for() -> None:
    made = sheet(FERRY)
    how = Level("board", Degree.AIM_AGREED, "fares follow article 9")
    bracket = find(must(parked(made, modal(made).id, how, "x")).text(), modal(made).id)
    assert bracket is not None
    assert (bracket.kind, bracket.level, bracket.degree, bracket.condition) == (
        Kind.PARKED, "board", Degree.AIM_AGREED, "fares follow article 9",
    )  # fmt: skip


def test_a_unit_settled_as_a_whole_has_its_common_words_agreed() -> None:
    made = settled_whole(sheet(FERRY), BOARD, "x")
    spans = {w.name: w.agreed for w in made.witnesses}
    assert spans["arvia"] == ((0, (0, 2)), (0, (3, 9)), (0, (9, 12)))


def test_merged_options_are_kept_and_show_whose_words_went_where() -> None:
    made = sheet(FERRY)
    name = modal(made).id
    done = must(merging(made, name, ["shall", "should"], "is to", "m"))
    (merge,) = done.merges
    assert merge.parents == (("shall", ("arvia",)), ("should", ("tolia",)))
    assert {plain(o) for o in find(done.text(), name).options} == {"shall", "should", "may", "is to"}  # type: ignore[union-attr]
    shown = find(done.shown(), name)
    assert shown is not None
    assert {plain(o): o.parties for o in shown.options} == {"may": ("nuria",), "is to": ()}
    for party, words in FERRY.items():
        assert done.witness(party).words == words  # type: ignore[union-attr]
    stands = must(sided(done, "arvia", name, "shall", "again"))
    assert {plain(o) for o in find(stands.shown(), name).options} == {"may", "is to", "shall"}  # type: ignore[union-attr]
    assert isinstance(merging(made, name, ["never"], "x", "m"), Refused)


def test_a_rectification_changes_marks_in_every_wording_and_disturbs_no_bracket() -> None:
    made = sheet({p: w.replace("table of", "table , of") for p, w in FERRY.items()})
    made = must(stanced(made, modal(made).id, "may", Position("arvia", Stance.OPPOSES, "", "no")))
    done = must(rectified(made, "table , of", "table of", "fix"))
    assert {w.name: w.words for w in done.witnesses} == FERRY
    assert options(done.tree) == options(made.tree)
    assert done.taken == made.taken
    assert isinstance(rectified(made, "not there", "x", "fix"), Refused)


@pytest.mark.parametrize("name", ["shall", "#000000", "no such option"])
def test_what_is_not_there_is_refused(name: str) -> None:
    made = sheet(FERRY)
    assert isinstance(sided(made, "arvia", "no-bracket", "shall", "x"), Refused)
    bad = name if name != "shall" else "shall not"
    for done in (
        sided(made, "arvia", modal(made).id, bad, "x"),
        settled(made, modal(made).id, bad, BOARD, "x"),
        stanced(made, modal(made).id, bad, Position("arvia", Stance.OPPOSES)),
    ):
        assert isinstance(done, Refused)


def test_an_option_is_named_by_its_words_typography_aside_or_by_its_mark() -> None:
    made = sheet({"a": "We meet at the ferry’s pier.", "b": "We meet at the old harbour."})
    (bracket,) = brackets(made.tree)
    told = [plain(o) for o in bracket.options]
    assert pick(bracket, told[0].replace("’", "'")) == 0
    assert pick(bracket, mark(bracket.options[1])) == 1
    assert pick(bracket, f"  {told[1]} ") == 1


@given(st.lists(st.text(max_size=30), min_size=2, max_size=5), st.text(max_size=20))
@settings(max_examples=80, deadline=None)
def test_any_strings_at_all_round_trip_through_the_live_text(texts: list[str], more: str) -> None:
    versions = {f"p{n}": t for n, t in enumerate(texts)}
    made = sheet(versions)
    for bracket in list(brackets(made.tree))[:2]:
        made = must(optioned(made, "p0", bracket.id, more, "o")) if find(made.tree, bracket.id) else made
    made = worded(made, "p0", texts[0], "back")
    assert {w.name: w.words for w in made.witnesses} == versions


def bare(words: str) -> str:
    """Letters and digits, whatever the case and the composition."""
    return "".join(c for c in unicodedata.normalize("NFC", words).casefold() if c.isalnum())


def consistent(made: Sheet) -> None:
    """What holds of every sheet, whatever was done to it."""
    ids = [b.id for b in brackets(made.tree)]
    assert len(ids) == len(set(ids))
    assert set(ids) <= set(made.opened)
    live = {(b.id, mark(o)) for b in brackets(made.tree) for o in b.options}
    assert {(t.bracket, t.mark) for t in made.taken} <= live
    assert set(made.parked) <= set(ids)
    for witness in made.witnesses:
        taken = way(made.tree, held_by(witness.name))
        assert taken is not None
        own = tokenize(witness.words).keys
        assert bare(taken.words) == bare(witness.words)
        assert witness.scope | witness.loose <= set(ids)
        for number, (start, end) in witness.agreed:
            assert 0 <= start < end <= len(own) + 1 and number < len(made.agreements)
    made.shown()


def done_to(made: Sheet, rng: random.Random, pool: list[str], act: str) -> Sheet | Refused:
    """One random act of one of four parties, or of the desk."""
    party = rng.choice(["p1", "p2", "p3", "silent"])
    found = list(brackets(made.tree))
    sort = rng.choice(["side", "stance", "settle", "whole", "park", "merge", "option", "like", "rectify"])
    if not found or rng.random() < 0.4:
        return worded(made, rng.choice([party, party, BASE]), rng.choice(pool), act)
    bracket = rng.choice(found)
    option = mark(rng.choice(bracket.options))
    match sort:
        case "side":
            return sided(made, party, bracket.id, option, act)
        case "stance":
            return stanced(made, bracket.id, option, Position(party, Stance.OPPOSES, "", act))
        case "settle":
            return settled(made, bracket.id, option, BOARD, act)
        case "whole":
            return settled_whole(made, BOARD, act)
        case "park":
            return parked(made, bracket.id, Level("board", Degree.AIM_AGREED), act)
        case "merge":
            return merging(made, bracket.id, [option], rng.choice(pool) or "x", act)
        case "option":
            return optioned(made, party, bracket.id, rng.choice(pool)[:20], act)
        case "like":
            return like(made, party, rng.choice(["p1", "p2"]), act)
        case _:
            return rectified(made, rng.choice(pool)[:6] or "x", "zz", act)


@given(SEEDS, st.lists(st.text(max_size=20), min_size=4, max_size=6), st.booleans())
@settings(max_examples=80, deadline=None)
def test_any_acts_in_any_order_leave_a_sheet_that_holds_together(
    seed: int, odd: list[str], plain_words: bool
) -> None:
    rng = random.Random(seed)
    pool = list(case(rng, 5, 25).versions.values()) if plain_words else odd
    made = Sheet("k")
    for n in range(12):
        done = done_to(made, rng, pool, f"act {n}")
        made = made if isinstance(done, Refused) else done
        consistent(made)

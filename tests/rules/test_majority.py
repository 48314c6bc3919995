"""Majorities at every boundary, and what each stance, absence included, means under them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.stage import PARTIES, Stage, book, one_level
from travaux.rules.book import Rulebook
from travaux.rules.judge import Verdict
from travaux.rules.majority import percent
from travaux.rules.threshold import bar


def vote(rules: Rulebook, votes: str, *, parties: int = 5, there: str = "") -> Verdict:
    """The verdict on a result after `votes`, one letter a member: y, n, a (abstains), - (nothing).

    `there` says who recorded itself at the meeting, in the same order.
    """
    s = Stage(rules, parties=parties)
    s.text("tariff")
    for party, letter in zip(PARTIES, there, strict=False):
        if letter == "x":
            s.do("meet", party, meeting="session", who=[party])
    for party, letter in zip(PARTIES, votes, strict=False):
        kind = {"y": "approve", "n": "object", "a": "abstain"}.get(letter)
        if kind:
            s.do(kind, party, subject="tariff", at="board")
    return s.verdict("adopt", "arvia", subject="tariff", at="board", meeting="session" if there else "")


def lacking(verdict: Verdict) -> tuple[int, tuple[str, ...]]:
    """(how many more, of whom) a verdict says are needed."""
    (change,) = verdict.change
    parties = change.values["parties"]
    assert isinstance(parties, tuple)
    return int(str(change.values["n"])), parties


@pytest.mark.parametrize(
    ("of", "share", "votes", "holds"),
    [
        ("members", ">1/2", "yyynn", True),
        ("members", ">1/2", "yynn-", False),
        ("members", "3/5", "yyyaa", True),
        ("members", "2/3", "yyyyn", True),
        ("members", "2/3", "yyyaa", False),
        ("members", "all", "yyyyy", True),
        ("members", "3", "yyy--", True),
        ("members", "4", "yyy--", False),
        ("voting", ">1/2", "yna--", False),
        ("voting", ">1/2", "yyna-", True),
        ("voting", ">1/2", "yaaaa", True),
        ("voting", "2/3", "yyn--", True),
        ("voting", "2/3", "yynn-", False),
        ("voting", "75%", "yyyn-", True),
        ("voting", "75.1%", "yyyn-", False),
        ("voting", ">1/2", "aaaaa", False),
        ("voting", ">1/2", "-----", False),
        ("present", ">1/2", "yyaa-", False),
        ("present", ">1/2", "yyya-", True),
        ("present", "1/2", "yyaa-", True),
    ],
)
def test_a_majority_counts_its_own_base(of: str, share: str, votes: str, holds: bool) -> None:
    verdict = vote(one_level(f'{{ is = "majority", of = "{of}", share = "{share}" }}'), votes)
    assert verdict.allowed is holds, verdict.say()


def test_abstention_absence_and_taking_no_part_are_three_things() -> None:
    def meaning(of: str, there: str) -> list[str]:
        rules = one_level(f'{{ is = "majority", of = "{of}", share = ">1/2" }}')
        verdict = vote(rules, "yna--", there=there)
        return [m.code.removeprefix("rules.means_") for m in verdict.meanings.values()]

    assert meaning("voting", "xxxx-") == [
        "agrees", "counts_against", "abstention_not_counted", "no_part_not_counted", "absence_not_counted",
    ]  # fmt: skip
    assert meaning("members", "xxxx-")[2:] == [
        "abstention_not_in_favour", "no_part_not_in_favour", "absence_not_in_favour",
    ]  # fmt: skip
    assert meaning("present", "xxxx-")[2:] == [
        "abstention_not_in_favour", "no_part_not_in_favour", "absence_not_counted",
    ]  # fmt: skip


@given(
    st.sampled_from(["members", "present", "voting"]),
    st.sampled_from([">1/2", "1/2", "2/3", "3/4", "all", "60%", "2"]),
    st.text("yna-", min_size=5, max_size=5),
    st.data(),
)
def test_the_number_lacking_is_enough_whoever_they_are(
    of: str, share: str, votes: str, data: st.DataObject
) -> None:
    rules = one_level(f'{{ is = "majority", of = "{of}", share = "{share}" }}')
    verdict = vote(rules, votes)
    if verdict.allowed:
        assert verdict.change == () and verdict.missing == ()
        return
    n, among = lacking(verdict)
    joining = set(data.draw(st.permutations(among))[:n])
    changed = "".join("y" if p in joining else v for p, v in zip(PARTIES, votes, strict=True))
    assert vote(rules, changed).allowed


WEIGHTS = {"arvia": 40, "tolia": 25, "nuria": 20, "kesia": 10, "moria": 5}
TABLE = (
    '[[table]]\nid = "people"\nsince = 2031-01-01\nunit = "per cent"\ntotal = 100\n'
    f"[table.weights]\n{chr(10).join(f'{p} = {w}' for p, w in WEIGHTS.items())}\n"
)


def double(members: str = "60%", weight: str = "65%", blocking: int = 0, at_least: int = 0) -> Rulebook:
    return one_level(
        f'{{ is = "double_majority", members = "{members}", weight = "{weight}", table = "people", '
        f"blocking = {blocking}, at_least = {at_least} }}",
        head=TABLE,
    )


@pytest.mark.parametrize(
    ("votes", "holds"),
    [
        ("yyy--", True),  # 3 of 5, 85 %
        ("yy---", False),  # 65 % of the weight, 2 of 5 heads
        ("y-yy-", True),  # 3 of 5, 70 %
        ("y-y-y", True),  # 3 of 5, exactly 65 %
        ("y--yy", False),  # 3 of 5, 55 %
        ("-yyyy", False),  # 4 of 5, 60 %
    ],
)
def test_a_double_majority_needs_heads_and_weight(votes: str, holds: bool) -> None:
    assert vote(double(), votes).allowed is holds


def test_a_minority_too_small_to_block_does_not_block() -> None:
    alone = vote(double(blocking=2), "-yyyy")
    assert alone.allowed
    assert "rules.too_few_to_block" in [r.code for r in alone.reasons]
    assert not vote(double(blocking=2), "--yyy").allowed
    assert not vote(double(members="all", blocking=2), "-yyyy").allowed
    assert not vote(double(at_least=4), "yyy--").allowed
    assert vote(double(at_least=4), "yyyy-").allowed


def test_weight_alone_and_weights_that_are_not_known() -> None:
    assert vote(double(members=""), "yy---").allowed
    assert not vote(double(members="", weight=">65%"), "yy---").allowed
    old = book(
        TABLE.replace("2031-01-01", "2031-06-01").join(["title = 'T'\n", ""])
        + '[[level]]\nid = "board"\nnames = { en = "B" }\n'
        'decides = { is = "double_majority", table = "people" }\n'
    )
    verdict = vote(old, "yyyyy")
    assert [r.code for r in verdict.reasons] == ["rules.no_weight"]


@given(
    st.text("yna-", min_size=5, max_size=5),
    st.integers(0, 3),
    st.sampled_from(["50%", "65%", ">60%"]),
    st.data(),
)
def test_a_double_majority_is_its_definition_and_says_what_it_lacks(
    votes: str, blocking: int, weight: str, data: st.DataObject
) -> None:
    rules = double(weight=weight, blocking=blocking)
    verdict = vote(rules, votes)
    yes = [p for p, v in zip(PARTIES, votes, strict=True) if v == "y"]
    heads = Fraction(len(yes), 5) >= Fraction(3, 5)
    weighs = bar(weight).met(sum(WEIGHTS[p] for p in yes), 100)
    assert verdict.allowed is (heads and (weighs or (5 - len(yes)) < blocking))
    if not verdict.allowed:
        n, among = lacking(verdict)
        joining = set(data.draw(st.permutations(among))[:n])
        assert vote(
            rules, "".join("y" if p in joining else v for p, v in zip(PARTIES, votes, strict=True))
        ).allowed


def test_a_share_just_below_never_reads_as_reached() -> None:
    assert percent(Fraction(64999, 1000), 100) == "64.99"
    assert percent(65, 100) == "65"
    assert percent(0, 0) == "0"


@given(st.sampled_from(["all", "1/2", ">1/2", "2/3", "55%", "72%", "3", ">2"]), st.integers(1, 60))
def test_the_number_needed_is_the_smallest_that_meets_the_bar(text: str, base: int) -> None:
    wanted = bar(text)
    needed = wanted.needed(base)
    assert wanted.met(needed, base)
    assert not wanted.met(needed - 1, base)

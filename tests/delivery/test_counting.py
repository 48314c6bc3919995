"""The counting rule: precedence, the three counts, and that differing parties never have one value."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from travaux.delivery.counting import Counted, Group, Side, tally
from travaux.delivery.extensions import TFA_17, Timing, by_notice, timing
from travaux.delivery.spans import later
from travaux.delivery.waits import Wait, circles

from datetime import date  # isort: skip

CLAIMS = ("not_started", "under_way", "done", "done_in_part", "will_not_be_done", "not_ours")
ANSWERS = ("", "accepts", "disputes", "needs_evidence")


def accepted(party: str) -> Side:
    """A side that says done and that all others accept; drawn alone it would hardly ever come up."""
    return Side(party, frozenset({"done"}), {o: "accepts" for o in "abcd" if o != party})


def sides_of(party: str) -> st.SearchStrategy[Side]:
    others = st.fixed_dictionaries({o: st.sampled_from(ANSWERS) for o in "abcd" if o != party})
    return st.builds(Side, st.just(party), st.frozensets(st.sampled_from(CLAIMS), max_size=2), others)


@st.composite
def counted(draw: st.DrawFn) -> Counted:
    parties = draw(st.lists(st.sampled_from("abc"), min_size=1, max_size=3, unique=True))
    sides = [draw(st.one_of(st.just(accepted(p)), sides_of(p))) for p in parties]
    finding = draw(st.sampled_from(("", "fulfilled", "fulfilled_late", "fulfilled_in_part", "not_fulfilled")))
    flags = [draw(st.booleans()) for _ in range(3)]
    return Counted("m", sides, finding, *flags)


@given(counted())
def test_a_dispute_is_never_counted_as_agreed(one: Counted) -> None:
    if any("disputes" in s.answers.values() for s in one.sides) and not one.withdrawn:
        assert one.group is Group.DISPUTED


@given(counted())
def test_without_a_finding_agreed_needs_every_side_and_every_answer(one: Counted) -> None:
    agreed = one.agreed
    if not one.finding:
        assert agreed == all(
            s.claims == {"done"} and set(s.answers.values()) == {"accepts"} for s in one.sides
        )
    else:
        assert agreed == one.finding.startswith("fulfilled") - (one.finding == "fulfilled_in_part")


@given(st.lists(counted(), max_size=12))
def test_groups_add_up_to_the_base_and_the_strict_count_is_the_smallest(many: list[Counted]) -> None:
    found = tally(many)
    assert sum(found.groups.values()) == found.base == len(many)
    assert found.strict <= found.base
    for party, (says, owes) in found.by_party.items():
        assert says <= owes == sum(s.party == party for m in many for s in m.sides)


@given(counted())
def test_precedence(one: Counted) -> None:
    order = list(Group)
    assert Counted(one.measure, one.sides, one.finding, withdrawn=True).group is Group.WITHDRAWN
    without = Counted(one.measure, one.sides, one.finding, one.withdrawn, overdue=False, waiting=one.waiting)
    late = Counted(one.measure, one.sides, one.finding, one.withdrawn, overdue=True, waiting=one.waiting)
    assert order.index(late.group) <= max(order.index(without.group), order.index(Group.OVERDUE))


def test_no_claim_is_no_report_and_never_a_failure() -> None:
    assert Counted("m", [Side("a", frozenset(), {})]).group is Group.NO_REPORT
    assert Counted("m", [Side("a", frozenset({"under_way"}), {"b": ""})]).group is Group.UNDER_WAY
    assert Counted("m", [Side("a", frozenset({"done"}), {"b": ""})]).group is Group.CLAIMED
    assert Counted("m", [Side("a", frozenset({"done"}), {"b": "accepts"})]).group is Group.AGREED_DONE


def test_mutual_waits_are_circles_that_cross_parties() -> None:
    waits = [Wait("a1", "b1", "requires"), Wait("b1", "a1", "condition"), Wait("a2", "a1", "requires"),
             Wait("a3", "a4", "requires"), Wait("a4", "a3", "requires")]  # fmt: skip
    owing = {"a1": ["a"], "b1": ["b"], "a2": ["a"], "a3": ["a"], "a4": ["a"]}
    first, second = circles(waits, owing)
    assert (first.measures, first.parties, first.mutual) == (("a1", "b1"), ("a", "b"), True)
    assert (second.measures, second.mutual) == (("a3", "a4"), False)


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20))
def test_circles_are_the_sets_that_reach_each_other(edges: list[tuple[int, int]]) -> None:
    reach = {n: {n} for n in range(8)}
    for _ in range(8):
        for a, b in edges:
            for n in range(8):
                if a in reach[n]:
                    reach[n].add(b)
    expected = set()
    for n in range(8):
        same = frozenset(m for m in range(8) if m in reach[n] and n in reach[m])
        if any(a in same and b in same for a, b in edges):
            expected.add(tuple(sorted(str(m) for m in same)))
    found = circles([Wait(str(a), str(b), "requires") for a, b in edges], {})
    assert {c.measures for c in found} == expected


def test_a_long_chain_needs_no_recursion() -> None:
    assert circles([Wait(f"m{n:06}", f"m{n + 1:06}", "requires") for n in range(50_000)], {}) == ()


def test_an_extension_keeps_the_clock_of_article_17() -> None:
    due = date(2031, 12, 31)
    assert timing(TFA_17, date(2031, 9, 2), due) is Timing.IN_TIME
    assert timing(TFA_17, date(2031, 9, 3), due) is Timing.SHORT_NOTICE
    assert timing(TFA_17, date(2032, 1, 1), due) is Timing.AFTER_THE_DATE
    assert timing(TFA_17, date(2032, 1, 1), None) is Timing.NO_DATE
    assert by_notice(TFA_17, due, later(due, "P18M"), 0, Timing.IN_TIME)
    assert not by_notice(TFA_17, due, later(due, "P18M1D"), 0, Timing.IN_TIME)
    assert not by_notice(TFA_17, due, later(due, "P1M"), 1, Timing.IN_TIME)
    assert not by_notice(TFA_17, due, later(due, "P1M"), 0, Timing.SHORT_NOTICE)

"""Forecasts: tested on what was known before, hidden without skill, the same runs for the same seed."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travaux.delivery.forecast import Coming, Past, backtest, chance, critical_path, earned, order
from travaux.delivery.runs import Plan, finishes

START = date(2031, 1, 1)


def history(rates: dict[str, float], n: int = 60, seed: int = 3) -> list[Past]:
    """Made-up outcomes of bodies that keep their dates at these rates."""
    dice = random.Random(seed)
    found = []
    for k in range(n):
        body = sorted(rates)[k % len(rates)]
        due = START + timedelta(days=7 * k)
        found.append(Past(f"m{k}", body, "plan", due, due + timedelta(days=1), dice.random() < rates[body]))
    return found


def ahead(body: str, moves: int = 0) -> Coming:
    return Coming("x", body, "plan", START + timedelta(days=4000), moves)


def test_a_body_that_keeps_its_dates_is_likelier_than_one_that_does_not() -> None:
    past = history({"good": 0.95, "bad": 0.1})
    assert chance(ahead("good"), past) > 0.7 > 0.3 > chance(ahead("bad"), past)
    assert chance(ahead("bad"), past) < chance(ahead("new"), past) < chance(ahead("good"), past)


def test_each_move_of_the_date_lowers_the_chance() -> None:
    past = history({"good": 0.9})
    assert [chance(ahead("good", n), past) for n in (0, 1, 2)] == sorted(
        (chance(ahead("good", n), past) for n in (0, 1, 2)), reverse=True
    )


@given(st.lists(st.booleans(), max_size=50), st.integers(0, 20))
def test_a_chance_is_never_sure(outcomes: list[bool], moves: int) -> None:
    past = [Past(f"m{n}", "b", "p", START, START, o) for n, o in enumerate(outcomes)]
    assert 0 < chance(Coming("x", "b", "p", START, moves), past) < 1


def test_skill_shows_where_bodies_differ_and_hides_where_they_do_not() -> None:
    assert backtest(history({"good": 0.97, "bad": 0.05}, 120)).shown
    same = backtest(history({"one": 0.5, "two": 0.5}, 120))
    assert same.n >= 20
    assert not same.shown


def test_too_few_outcomes_show_nothing() -> None:
    assert not backtest(history({"good": 1.0, "bad": 0.0}, 12)).shown
    assert backtest([]).n == 0


def test_the_back_test_never_looks_ahead() -> None:
    """An outcome that became known after a date does not help to forecast it."""
    late = [Past(f"m{n}", "b", "p", START, START + timedelta(days=999), True) for n in range(40)]
    assert backtest(late).n == 0


def test_bins_hold_every_forecast() -> None:
    tested = backtest(history({"good": 0.9, "bad": 0.2}, 80))
    assert sum(b.n for b in tested.bins) == tested.n


def test_earned_schedule() -> None:
    dues = [START + timedelta(days=30 * n) for n in range(4)]
    assert earned(dues, 2) == dues[1]
    assert earned(dues, 9) == dues[3]
    assert earned(dues, 0) is None


@given(st.integers(1, 30), st.randoms(use_true_random=False))
def test_order_puts_needs_first_and_leaves_circles_out(n: int, dice: random.Random) -> None:
    names = [f"m{k}" for k in range(n)]
    needs = {m: tuple({dice.choice(names) for _ in range(dice.randrange(3))}) for m in names}
    found = order(names, needs)
    for k, measure in enumerate(found):
        assert all(x in found[:k] for x in needs[measure])
    for lost in set(names) - set(found):
        assert any(x not in found for x in needs[lost])


def test_the_critical_path_adds_up() -> None:
    ends = critical_path(
        {"a": 10, "b": 5, "c": 1}, {"b": ("a",), "c": ("b",)}, {"a": 0.0, "b": 0.0, "c": 100.0}.__getitem__
    )
    assert ends == {"a": 10.0, "b": 15.0, "c": 101.0}


numpy = pytest.importorskip("numpy")


def test_without_delays_every_measure_is_on_time_and_with_them_chains_suffer_more() -> None:
    plans = [Plan(f"m{k}", START + timedelta(days=k), ((f"m{k - 1}", 0),) if k else ()) for k in range(6)]
    assert all(f.on_time == 1 for f in finishes(plans, [0, 0, 0], 2000))
    found = {f.measure: f for f in finishes(plans, [0, 0, 10, 40], 5000)}
    assert found["m5"].on_time < found["m0"].on_time
    assert found["m0"].half <= found["m0"].four_fifths


def test_runs_are_the_same_for_the_same_seed_and_order_does_not_matter() -> None:
    plans = [Plan("a", START), Plan("b", START + timedelta(days=9), (("a", 3),))]
    assert finishes(plans, [0, 5, 30], 3000, seed=1) == finishes(plans[::-1], [30, 0, 5], 3000, seed=1)
    assert finishes(plans, [], 100) == []


def test_a_circle_is_left_out() -> None:
    plans = [Plan("a", START, (("b", 0),)), Plan("b", START, (("a", 0),)), Plan("c", START)]
    assert [f.measure for f in finishes(plans, [0, 1], 100)] == ["c"]

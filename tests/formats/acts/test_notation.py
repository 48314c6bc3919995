"""Laws of the plain notation: it round-trips, and what it accepts is YAML of the same meaning."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.acts.strategies import PATIENT, acts, words
from tests.formats.acts.styles import Said, documents, slips
from travaux.acts.base import Act
from travaux.acts.fault import Refused
from travaux.formats.acts import Aside, Written, parse_acts, read_acts, render_acts
from travaux.formats.acts.nodes import values
from travaux.formats.acts.stream import blocks


def written() -> st.SearchStrategy[Written]:
    """Acts with every envelope."""
    names = st.from_regex(r"[a-z][a-z0-9.-]{0,8}/[a-z]{1,8}", fullmatch=True) | words(1)
    lists = st.lists(names, min_size=1, max_size=3, unique=True).map(tuple)
    return st.builds(
        Written,
        act=acts(),
        signer=st.just("") | names,
        audience=st.sampled_from(["public", "parties"]) | lists,
        with_=st.just(()) | lists,
        sealed=st.sampled_from(["", "parties"]) | lists,
        aside=st.none() | st.builds(Aside, words(1), st.just("parties") | lists),
    )


def read(text: str) -> list[Any] | None:
    """The values of every block, or None where anything is wrong."""
    found = blocks(text)
    if isinstance(found, Refused):
        return None
    listed = list(found)
    return None if any(b.faults or b.fields is None for b in listed) else [values(b.fields) for b in listed]  # type: ignore[arg-type]


def as_yaml(text: str) -> list[Any]:
    """The values of every document that is not empty, as a YAML processor has them."""
    return [d for d in yaml.load_all(text, yaml.BaseLoader) if d not in (None, "")]


@given(st.lists(written(), min_size=1, max_size=3))
@settings(PATIENT, max_examples=100)
def test_what_is_rendered_reads_back_as_the_same_acts(said: list[Written]) -> None:
    text = render_acts(said)
    assert parse_acts(text) == tuple(said)
    assert read_acts(text.encode()) == tuple(said)


@given(st.lists(acts(), min_size=1, max_size=3))
@settings(PATIENT, max_examples=50)
def test_what_is_rendered_is_yaml_of_the_same_meaning(said: list[Act]) -> None:
    text = render_acts(said)
    assert as_yaml(text) == read(text)


@given(words())
@example("")
@settings(PATIENT, max_examples=150)
def test_any_words_can_be_a_value_a_name_or_an_item(said: str) -> None:
    act = _point(said)
    text = render_acts([act])
    assert [w.act for w in parse_acts(text)] == [act]  # type: ignore[union-attr]
    assert as_yaml(text) == read(text)


def _point(said: str) -> Act:
    from travaux.acts.base import Point
    from travaux.acts.families.ladder import Refer
    from travaux.acts.when import When

    day = When.parse("2031-03-03")
    assert isinstance(day, When)
    points = (
        Point(matter=said or "x", words={said: said}),
        Point(matter="x", words={"a": said, said[:5]: ""}),
    )
    return Refer(on=day, subject="x", to="y", points=points, why=said)


@given(st.lists(documents(), min_size=1, max_size=3))
@settings(PATIENT, max_examples=100)
def test_every_style_is_read_as_what_it_says(said: list[Said]) -> None:
    text = "---\n".join(lines for _, lines in said)
    assert as_yaml(text) == [value for value, _ in said]
    assert read(text) == [value for value, _ in said]


@given(slips())
@settings(PATIENT, max_examples=200)
def test_what_is_accepted_is_yaml_of_the_same_meaning(text: str) -> None:
    _accepted_as_yaml(text)


@pytest.mark.slow
@given(slips())
@settings(PATIENT, max_examples=20_000)
def test_what_is_accepted_is_yaml_of_the_same_meaning_at_length(text: str) -> None:
    _accepted_as_yaml(text)


def _accepted_as_yaml(text: str) -> None:
    ours = read(text)
    if ours is not None:
        assert as_yaml(text) == ours


@given(st.text() | st.text("ab:-#|[]{},'\"\\ \n\t&*!>?%<", max_size=60))
@settings(PATIENT, max_examples=500)
def test_any_text_at_all_is_acts_or_faults(text: str) -> None:
    ours = read(text)
    if ours is not None:
        assert as_yaml(text.removeprefix("\ufeff")) == ours
    got = parse_acts(text, "some.acts")
    if isinstance(got, Refused):
        assert all(f.place.where == "some.acts" and f.sentence() for f in got.faults)


@given(st.binary(max_size=200))
def test_any_bytes_are_acts_or_faults(data: bytes) -> None:
    got = read_acts(data, "some.acts")
    assert not isinstance(got, Refused) or all(f.line().startswith("some.acts") for f in got.faults)


LABELLED = """\
act: report
label: survey
on: 2031-02-01
measure: dredge
claim: done
---
act: answer
on: 2031-02-09
measure: dredge
report: {named}
says: accepts
"""


def test_a_later_act_names_an_earlier_one_by_its_label() -> None:
    from travaux.formats.acts.labels import placeholder

    read = parse_acts(LABELLED.format(named="survey"))
    assert not isinstance(read, Refused)
    first, second = read
    assert first.label == "survey"
    assert second.act.report == placeholder("survey")  # type: ignore[attr-defined]
    assert parse_acts(render_acts([first, second])) == (first, second)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (LABELLED.format(named="other"), "notation.label_unknown"),
        (LABELLED.format(named="survey").replace("label: survey", "label: Survey 1"), "notation.label"),
        (LABELLED.format(named="survey") + "label: survey\n", "notation.label_twice"),
    ],
)
def test_a_label_that_is_odd_twice_or_unknown_is_told_at_its_place(text: str, code: str) -> None:
    found = parse_acts(text)
    assert isinstance(found, Refused)
    assert code in [f.code for f in found.faults]
    assert all(f.place.line for f in found.faults)

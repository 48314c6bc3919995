"""Walking, building and rebuilding agree with each other at any depth."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from travaux.text.model import Bracket, Option, Position, Run, Text, brackets, build, joined, rebuild, walk

RUNS = st.builds(Run, st.text(min_size=1, max_size=3))
PIECES = st.recursive(
    RUNS,
    lambda inner: st.builds(
        Bracket,
        st.text(max_size=2),
        st.lists(
            st.builds(Option, st.lists(inner, max_size=3).map(joined), st.just((Position("ARV"),))),
            max_size=3,
        ).map(tuple),
    ),
    max_leaves=12,
)
TEXTS = st.lists(PIECES, max_size=4).map(joined)


@given(TEXTS)
def test_a_text_is_built_from_its_own_walk(text: Text) -> None:
    assert build(walk(text)) == text


@given(TEXTS)
def test_rebuilding_without_change_changes_nothing(text: Text) -> None:
    assert rebuild(text, lambda bracket: (bracket,)) == text


@given(TEXTS)
def test_dropping_every_bracket_leaves_the_runs_of_the_outer_level(text: Text) -> None:
    kept = rebuild(text, lambda _: ())
    assert "".join(p.text for p in kept if isinstance(p, Run)) == "".join(
        p.text for p in text if isinstance(p, Run)
    )
    assert not list(brackets(kept))


def test_depth_has_no_limit() -> None:
    text: Text = (Run("x"),)
    for k in range(10_000):
        text = (Bracket(str(k), (Option(text),)),)
    assert rebuild(text, lambda bracket: (bracket,)) == text
    assert sum(1 for _ in brackets(text)) == 10_000
    assert hash(text[0]) == hash(build(walk(text))[0])

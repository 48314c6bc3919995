"""Touches turn the printed text into the written one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from travaux.text.typography import touched, touches


@given(st.text(max_size=30), st.text(max_size=30))
def test_touching_the_printed_text_gives_the_written_one(printed: str, written: str) -> None:
    assert touched(printed, touches(printed, written)) == written


@given(st.text(max_size=30))
def test_nothing_is_kept_where_nothing_differs(text: str) -> None:
    assert touches(text, text) == ()

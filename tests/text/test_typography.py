"""Touches turn the printed text into the written one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from travaux.acts.fault import Refused
from travaux.text.compile import compile  # noqa: A004
from travaux.text.notation import parse, render
from travaux.text.resolve import resolve
from travaux.text.typography import Touch, touched, touches

ENDS = st.lists(st.sampled_from(["\r", "\n", "\r\n", "a", " "]), max_size=8).map("".join)


@given(st.text(max_size=30), st.text(max_size=30))
def test_touching_the_printed_text_gives_the_written_one(printed: str, written: str) -> None:
    assert touched(printed, touches(printed, written)) == written


@given(st.text(max_size=30))
def test_nothing_is_kept_where_nothing_differs(text: str) -> None:
    assert touches(text, text) == ()


def test_line_ends_that_are_all_cr_lf_are_one_touch_and_print_as_lines() -> None:
    versions = {"Arvia": "Fees\r\nfall.\r\n", "Tolia": "Fees\nfall.\n", "Nuria": "Fees\r\nfall.\n"}
    made = compile(versions)
    assert made.counts.sites == 0
    assert dict(made.typography)["Arvia"] == (Touch(-1, 0, "\r\n"),)
    read = parse(render(made))
    assert not isinstance(read, Refused)
    assert {party: resolve(read, party) for party in versions} == versions
    assert render(made).endswith("\n\nFees\nfall.\n\n")


@given(ENDS, ENDS)
def test_any_mixture_of_line_ends_is_given_back(printed: str, written: str) -> None:
    assert touched(printed, touches(printed, written)) == written
    made = compile({"Arvia": printed, "Tolia": written})
    assert (resolve(made, "Arvia"), resolve(made, "Tolia")) == (printed, written)

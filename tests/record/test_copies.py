"""Copies held against each other: the first entry that differs is the first that differs."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.record.test_tree import LEAVES, naive
from tests.record.world import founded, must, propose
from travaux.acts.fault import Refused
from travaux.record.copies import Leaves, compared, leaves_of
from travaux.record.directory import export_directory


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 299))
def test_the_first_other_entry_is_found(one: int, two: int, fork: int) -> None:
    first, second = LEAVES[:one], [*LEAVES[:fork], *LEAVES[fork + 300 :]][:two]
    found = compared(Leaves("r", b"".join(first)), Leaves("m", b"".join(second)))
    common = min(one, two)
    pairs = zip(first, second, strict=False)
    assert found.other == next((n for n, (a, b) in enumerate(pairs) if a != b), None)
    assert (found.other is None) == (naive(first[:common]) == naive(second[:common]))
    assert [f.code for f in found.faults] == (
        ["record.copy_other"] if found.other is not None else ["record.copy_ahead"] if two > one else []
    )


def test_every_place_gives_the_same_leaves(where: Path | str, tmp_path: Path) -> None:
    with founded(where, 5) as log:
        must(propose(log, "arvia", "for the parties", audience="parties"))
        must(export_directory(log, tmp_path / "public"))
        must(export_directory(log, tmp_path / "all", "arvia.example"))
    own = must(leaves_of(where))
    assert own.size == 9
    assert {must(leaves_of(tmp_path / name)).hashes for name in ("public", "all")} == {own.hashes}
    assert isinstance(leaves_of(tmp_path), Refused)
    assert isinstance(leaves_of(tmp_path / "nothing"), Refused)

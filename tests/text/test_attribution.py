"""A compressed list of parties says exactly the same parties."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from travaux.acts.fault import Refused
from travaux.text.attribution import compress, expand

NAMES = st.text(max_size=6) | st.sampled_from(
    ["ARV", "TOL", "a and b", "a, b", "all others", "X except Y", 'q"']
)


@given(st.frozensets(NAMES, max_size=12), st.data())
def test_expanding_a_compressed_list_gives_the_same_parties(
    among: frozenset[str], data: st.DataObject
) -> None:
    subsets = st.frozensets(st.sampled_from(sorted(among)), max_size=12) if among else st.just(frozenset())
    groups = data.draw(st.dictionaries(NAMES, subsets, max_size=3))
    groups = {name: members for name, members in groups.items() if name not in among}
    names = data.draw(subsets)
    assert expand(compress(names, groups), among, groups) == names


def test_a_group_with_one_exception_is_shorter_than_its_members() -> None:
    coast = ["ARV", "TOL", "NUR", "KES", "OST"]
    assert compress(["ARV", "NUR", "KES", "OST"], {"Coast": coast}) == "Coast except TOL"


def test_an_unknown_name_is_refused() -> None:
    assert isinstance(expand("ARV, NOBODY", ["ARV"]), Refused)

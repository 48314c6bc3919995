"""Laws of the tree: proofs made are proofs that hold, and nothing else holds."""

from __future__ import annotations

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from travaux.record.history import History
from travaux.record.tree import (
    EMPTY_ROOT,
    Range,
    complete_root,
    consistency_proof,
    consistent,
    included,
    inclusion_proof,
    leaf_hash,
    nodes,
    split,
)

SIZES = st.integers(1, 300)
LEAVES = [leaf_hash(str(i).encode()) for i in range(700)]


def naive(leaves: list[bytes]) -> bytes:
    """The root by the definition."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return sha256(b"\x01" + naive(leaves[:k]) + naive(leaves[k:])).digest()


def test_the_root_of_the_known_eight_leaves() -> None:
    """The tree of the reference tests of Certificate Transparency, whose hashes are of RFC 6962 §2.1."""
    held = Range()
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ):
        held.append(leaf_hash(bytes.fromhex(leaf)))
    assert held.root().hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@given(SIZES)
def test_the_range_has_the_root_of_the_definition(size: int) -> None:
    grown = Range()
    for leaf in LEAVES[:size]:
        grown.append(leaf)
    assert grown.root() == naive(LEAVES[:size])
    loaded = Range.load(size, grown.dump())
    assert loaded is not None
    assert loaded.root() == grown.root()
    assert Range.load(size, grown.dump() + bytes(32)) is None


@given(SIZES, st.data())
def test_an_inclusion_proof_holds_for_its_leaf_alone(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size - 1))
    root, proof = naive(LEAVES[:size]), inclusion_proof(index, size, nodes(LEAVES.__getitem__))
    assert included(index, size, LEAVES[index], proof, root)
    assert included(other, size, LEAVES[index], proof, root) == (other == index)
    assert included(index, size, LEAVES[other], proof, root) == (other == index)
    assert not included(index, size, LEAVES[index], [*proof, bytes(32)], root)
    assert not included(index, size, LEAVES[index], proof, bytes(32))
    if proof:
        assert not included(index, size, LEAVES[index], proof[:-1], root)
        assert not included(index, size, LEAVES[index], [proof[0][:31], *proof[1:]], root)


@given(SIZES, st.data())
def test_a_consistency_proof_holds_for_a_prefix_alone(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(0, size))
    before, root = naive(LEAVES[:old]), naive(LEAVES[:size])
    proof = consistency_proof(old, size, nodes(LEAVES.__getitem__))
    assert consistent(old, size, before, root, proof)
    fork = naive([*LEAVES[: max(old - 1, 0)], sha256(b"other").digest()])
    assert not (old and consistent(old, size, fork, root, proof))
    if 0 < old < size:
        assert not consistent(old, size, before, root, [])
        assert not consistent(old, size, before, root, [*proof, bytes(32)])


@given(SIZES, st.data())
def test_history_knows_its_root_at_any_size(size: int, data: st.DataObject) -> None:
    history = History()
    for leaf in LEAVES[:size]:
        history.append(leaf)
    for at in data.draw(st.lists(st.integers(0, size), max_size=4)):
        assert history.root_at(at) == naive(LEAVES[:at])
    index = data.draw(st.integers(0, size - 1))
    assert included(index, size, LEAVES[index], history.proof(index), history.root_at(size))


@given(SIZES, st.data())
def test_many_leaves_at_once_are_the_same_history(size: int, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, size))
    one, many = History(), History()
    for leaf in LEAVES[:size]:
        one.append(leaf)
    many.extend(LEAVES[:cut])
    many.extend(LEAVES[cut:size])
    at = data.draw(st.integers(0, size))
    assert (many.leaves, many.range.dump()) == (one.leaves, one.range.dump())
    assert many.root_at(at) == one.root_at(at)


def test_a_full_tile_joins_as_one() -> None:
    whole, tiled = Range(), Range()
    for leaf in LEAVES[:512]:
        whole.append(leaf)
    for start in (0, 256):
        tiled.append_subtree(complete_root(LEAVES[start : start + 256]), 256)
    assert (tiled.size, tiled.root(), tiled.dump()) == (512, whole.root(), whole.dump())

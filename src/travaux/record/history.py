"""The tree of a log as it grew: its leaves, and the root that it had at any size."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from travaux.record.tree import EMPTY_ROOT, HASH, Node, Range, complete_root, inclusion_proof, nodes

STEP: Final = 16


class History:
    """Leaf hashes in order, with a stop at every sixteenth from which the root of any size is near."""

    __slots__ = ("_asked", "_stops", "leaves", "range")

    def __init__(self) -> None:
        """An empty history."""
        self.leaves = bytearray()
        self.range = Range()
        self._stops: list[Range] = []
        self._asked = (0, EMPTY_ROOT)

    @property
    def size(self) -> int:
        """The number of leaves."""
        return self.range.size

    def append(self, leaf: bytes) -> None:
        """Add a leaf."""
        if self.range.size % STEP == 0:
            self._stops.append(self.range.copy())
        self.leaves += leaf
        self.range.append(leaf)

    def extend(self, leaves: Sequence[bytes]) -> None:
        """Add many leaves; faster where whole sixteens stand at their place."""
        at = 0
        while at < len(leaves):
            group = leaves[at : at + STEP]
            if self.range.size % STEP or len(group) < STEP:
                self.append(leaves[at])
                at += 1
                continue
            self._stops.append(self.range.copy())
            self.leaves += b"".join(group)
            self.range.append_subtree(complete_root(group), STEP)
            at += STEP

    def leaf(self, index: int) -> bytes:
        """The hash of entry `index`."""
        return bytes(self.leaves[index * HASH : (index + 1) * HASH])

    def root_at(self, size: int) -> bytes:
        """The root of the first `size` entries; needs 0 <= size <= the size now."""
        if size != self._asked[0]:
            self._asked = (size, self._root(size))
        return self._asked[1]

    def _root(self, size: int) -> bytes:
        if size == self.range.size:
            return self.range.root()
        past = self._stops[size // STEP].copy()
        for index in range(past.size, size):
            past.append(self.leaf(index))
        return past.root()

    def node(self) -> Node:
        """The hash of any span of the tree."""
        return nodes(self.leaf, self.range.spans())

    def proof(self, index: int, size: int | None = None) -> list[bytes]:
        """The inclusion proof of entry `index` in the tree of `size`, by default the whole."""
        return inclusion_proof(index, self.range.size if size is None else size, self.node())

"""The tree of a log as it grew: its leaves, and the root that it had at any size."""

from __future__ import annotations

from travaux.record.tiles import WIDTH
from travaux.record.tree import HASH, Node, Range, inclusion_proof, nodes


class History:
    """Leaf hashes in order. With `roots`, the root at every size is kept as the log grows (32 bytes each)."""

    __slots__ = ("_roots", "_stops", "leaves", "range")

    def __init__(self, roots: bool = False) -> None:
        """An empty history."""
        self.leaves = bytearray()
        self.range = Range()
        self._stops: list[Range] = []
        self._roots = bytearray() if roots else None

    @property
    def size(self) -> int:
        """The number of leaves."""
        return self.range.size

    def append(self, leaf: bytes) -> None:
        """Add a leaf."""
        if self.range.size % WIDTH == 0:
            self._stops.append(self.range.copy())
        self.leaves += leaf
        self.range.append(leaf)
        if self._roots is not None:
            self._roots += self.range.root()

    def leaf(self, index: int) -> bytes:
        """The hash of entry `index`."""
        return bytes(self.leaves[index * HASH : (index + 1) * HASH])

    def root_at(self, size: int) -> bytes:
        """The root of the first `size` entries; needs 0 <= size <= the size now."""
        if size == self.range.size:
            return self.range.root()
        if self._roots is not None and size:
            return bytes(self._roots[(size - 1) * HASH : size * HASH])
        past = self._stops[size // WIDTH].copy()
        for index in range(past.size, size):
            past.append(self.leaf(index))
        return past.root()

    def node(self) -> Node:
        """The hash of any span of the tree."""
        return nodes(self.leaf, self.range.spans())

    def proof(self, index: int, size: int | None = None) -> list[bytes]:
        """The inclusion proof of entry `index` in the tree of `size`, by default the whole."""
        return inclusion_proof(index, self.range.size if size is None else size, self.node())

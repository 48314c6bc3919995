"""The Merkle tree of RFC 9162: hashes, the compact range that grows it, proofs made and checked.

Hashes are 32 bytes. Proofs run from the leaf upwards. A tree of n leaves splits at the largest power of two
below n.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import Final

EMPTY_ROOT: Final = sha256(b"").digest()
HASH: Final = 32

Node = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry as a leaf."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees."""
    return sha256(b"\x01" + left + right).digest()


class Range:
    """A compact range: the roots of the complete subtrees of `size` leaves, largest first."""

    __slots__ = ("peaks", "size")

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        """The range of `size` leaves with these peaks: one for each bit of the size that is set."""
        self.size, self.peaks = size, list(peaks)

    @staticmethod
    def load(size: int, data: bytes) -> Range | None:
        """A range from the bytes of `dump`; None where their number does not fit the size."""
        if size < 0 or len(data) != HASH * size.bit_count():
            return None
        return Range(size, (data[i : i + HASH] for i in range(0, len(data), HASH)))

    def dump(self) -> bytes:
        """The peaks, one after the other."""
        return b"".join(self.peaks)

    def copy(self) -> Range:
        """A range that grows apart from this one."""
        return Range(self.size, self.peaks)

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash."""
        count, peaks = self.size, self.peaks
        while count & 1:
            leaf = node_hash(peaks.pop(), leaf)
            count >>= 1
        peaks.append(leaf)
        self.size += 1

    def append_subtree(self, root: bytes, leaves: int) -> None:
        """Add a complete subtree of `leaves` leaves (a power of two that divides the size)."""
        count, peaks = self.size // leaves, self.peaks
        while count & 1:
            root = node_hash(peaks.pop(), root)
            count >>= 1
        peaks.append(root)
        self.size += leaves

    def root(self) -> bytes:
        """The root of the tree so far."""
        if not self.peaks:
            return EMPTY_ROOT
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root

    def spans(self) -> dict[tuple[int, int], bytes]:
        """The peaks by the span of leaves [lo, hi) that each one covers."""
        spans, lo, bits = {}, 0, self.size
        for peak in self.peaks:
            width = 1 << (bits.bit_length() - 1)
            spans[lo, lo + width] = peak
            lo, bits = lo + width, bits - width
        return spans


def complete_root(leaves: Sequence[bytes]) -> bytes:
    """The root of a power of two of leaf hashes, level by level."""
    level = list(leaves)
    while len(level) > 1:
        pairs = iter(level)
        level = [sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=True)]
    return level[0]


def split(size: int) -> int:
    """The largest power of two below `size` (which is at least 2)."""
    return 1 << ((size - 1).bit_length() - 1)


def nodes(
    leaf: Callable[[int], bytes], known: dict[tuple[int, int], bytes] | None = None, *, keep: bool = False
) -> Node:
    """The hash of any span [lo, hi) of a tree, from its leaves and from spans `known` already.

    With `keep` every span is hashed once, for many proofs in one tree; it takes room for each.
    """
    held = dict(known or {})

    def node(lo: int, hi: int) -> bytes:
        found = held.get((lo, hi))
        if found is not None:
            return found
        if hi - lo == 1:
            return leaf(lo)
        middle = lo + split(hi - lo)
        made = node_hash(node(lo, middle), node(middle, hi))
        if keep:
            held[lo, hi] = made
        return made

    return node


def inclusion_proof(index: int, size: int, node: Node) -> list[bytes]:
    """The siblings that prove leaf `index` in the tree of `size`; needs 0 <= index < size."""
    lo, hi, path = 0, size, []
    while hi - lo > 1:
        middle = lo + split(hi - lo)
        if index < middle:
            path.append((middle, hi))
            hi = middle
        else:
            path.append((lo, middle))
            lo = middle
    return [node(*span) for span in reversed(path)]


def consistency_proof(old: int, size: int, node: Node) -> list[bytes]:
    """The hashes that prove the tree of `size` an extension of the tree of `old`; needs 0 <= old <= size."""
    if old in (0, size):
        return []
    lo, hi, whole, path = 0, size, True, []
    while old != hi:
        middle = lo + split(hi - lo)
        if old <= middle:
            path.append((middle, hi))
            hi = middle
        else:
            path.append((lo, middle))
            lo, whole = middle, False
    start = [] if whole else [node(lo, hi)]
    return start + [node(*span) for span in reversed(path)]


def included(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> bool:
    """True when `proof` shows `leaf` at `index` in the tree of `size` with `root`."""
    if not 0 <= index < size or not _widths((leaf, root, *proof)):
        return False
    ends = _walk(index, size - 1, proof, [leaf])
    return ends is not None and ends[0] == root


def consistent(old: int, size: int, old_root: bytes, root: bytes, proof: Sequence[bytes]) -> bool:
    """True when `proof` shows the tree (`size`, `root`) to extend the tree (`old`, `old_root`)."""
    if not 0 <= old <= size or not _widths((old_root, root, *proof)):
        return False
    if old == size:
        return not proof and old_root == root
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    if not proof:
        return False
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    first, second = old - 1, size - 1
    while first & 1:
        first, second = first >> 1, second >> 1
    ends = _walk(first, second, path[1:], [path[0], path[0]])
    return ends is not None and ends == [root, old_root]


def _walk(first: int, second: int, proof: Sequence[bytes], hashes: list[bytes]) -> list[bytes] | None:
    """Climb `proof`: hashes[0] takes every sibling, the others only those on the left; None if it misfits."""
    for sibling in proof:
        if second == 0:
            return None
        if first & 1 or first == second:
            hashes = [node_hash(sibling, h) for h in hashes]
            while first & 1 == 0 and first:
                first, second = first >> 1, second >> 1
        else:
            hashes[0] = node_hash(hashes[0], sibling)
        first, second = first >> 1, second >> 1
    return hashes if second == 0 else None


def _widths(hashes: Iterable[bytes]) -> bool:
    return all(len(h) == HASH for h in hashes)

"""A register from one store into another, empty one, whichever databases keep them."""

from __future__ import annotations

from itertools import islice
from typing import Final

from travaux.record.store import Store, StoreError
from travaux.record.tree import Range, leaf_hash

STEP: Final = 256


def copy_store(source: Store, target: Store) -> None:
    """Copy all that `source` holds at one moment, in one transaction of `target`, which holds nothing yet.

    Every entry is hashed on the way; a root other than the head's is a `StoreError`, and nothing is copied.
    """
    with source.reading(), target.writing():
        size, peaks = source.head()
        grown, entries = Range(), source.rows(0, size)
        while chunk := list(islice(entries, STEP)):
            target.insert(chunk)
            for row in chunk:
                grown.append(leaf_hash(row.entry))
        if (grown.size, grown.dump()) != (size, peaks):
            raise StoreError("record.other_root", source.where, size=size)
        _head(source, target, size, peaks)
        for cosignature in source.cosignatures():
            target.put_cosignature(cosignature)
        for digest in source.blob_hashes():
            target.put_blob(digest, source.blob(digest) or b"")
        for opening in source.openings():
            target.put_opening(opening)
        for key, value in source.metas():
            target.set_meta(key, value)


def _head(source: Store, target: Store, size: int, peaks: bytes) -> None:
    """The checkpoints, and the head where there is one to set."""
    note = source.checkpoint(size) if size else None
    if note is not None:
        target.set_head(0, size, peaks, note)
    elif size:
        raise StoreError("record.no_checkpoint", source.where, size=size)
    for other, kept in source.checkpoints():
        target.put_checkpoint(other, kept)


__all__ = ["copy_store"]

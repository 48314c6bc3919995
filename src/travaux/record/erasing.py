"""Which documents acts have erased: their bytes are neither kept, nor fetched, nor handed on."""

from __future__ import annotations

from typing import Final

from travaux.record.bodies import EraseBody, read_body
from travaux.record.entry import HEADER, read_entry
from travaux.record.store import Store

_ERASE: Final = f'{HEADER}{{"act":"erase"'.encode()  # the kind stands first in an entry


def erased_by(raw: bytes) -> str:
    """The hash of the document that an admitted entry erases, "" where it erases none."""
    if not raw.startswith(_ERASE):
        return ""
    body = read_body(EraseBody, read_entry(raw, -1).envelope.body)
    return body.sha256 if isinstance(body, EraseBody) else ""


def erased_in(store: Store) -> set[str]:
    """The hashes of all documents that acts in a store have erased."""
    return {gone for row in store.rows() if (gone := erased_by(row.entry))}

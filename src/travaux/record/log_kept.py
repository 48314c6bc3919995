"""What a register keeps beside the log: documents under their hashes, and the openings of sealed parts.

The log never forgets; these may: an erased document leaves its hash, a dropped opening its commitment.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from travaux.acts.fault import Refused, refused
from travaux.record.entry import Entry
from travaux.record.envelope import MAX_BLOB
from travaux.record.opening import Opening
from travaux.record.store import OpeningRow, Store, refusing
from travaux.record.writer import Writer


class Kept:
    """The part of a `Log` that holds documents and openings."""

    store: Store
    _writer: Writer | None

    def entry(self, which: int | str) -> Entry | Refused:
        """One entry; see `Log`."""
        raise NotImplementedError

    @refusing
    def put_blob(self, data: bytes) -> str | Refused:
        """Keep a document (at most 256 MiB) under the hash of its bytes, which is returned."""
        if len(data) > MAX_BLOB:
            return refused("record.blob_size", size=len(data), limit=MAX_BLOB)
        if self._writer is None:
            return refused("record.not_writing")
        digest = sha256(data).hexdigest()
        with self.store.writing():
            self.store.put_blob(digest, data)
        return digest

    def blob(self, digest: str) -> bytes | None:
        """A document by its hash, None where it is not held; bytes of another hash count as not held."""
        data = self.store.blob(digest) if len(digest) == 64 else None
        return data if data is not None and sha256(data).hexdigest() == digest else None

    @refusing
    def erase_blob(self, digest: str) -> str | Refused:
        """Take the bytes of a document away for good; its hash stays. Whether it may be is not asked here."""
        if self._writer is None:
            return refused("record.not_writing")
        with self.store.writing():
            self.store.empty_blob(digest)
        self.store.forget()
        return digest

    def opening(self, act: str, part: int) -> Opening | None:
        """What opens a part of the act `act` (its whole id), None where it is not held."""
        return next((o for o in self.openings(act) if o.part == part), None)

    def openings(self, act: str = "") -> Iterator[Opening]:
        """The openings held beside the log, of one act or of all."""
        return (Opening(*row) for row in self.store.openings(act))

    @refusing
    def keep_opening(self, opening: Opening) -> Entry | Refused:
        """Keep an opening that was brought here; returns the act that it opens.

        Refused: no act of that id, an opening that does not fit the commitment (``record.opening_other``).
        """
        if self._writer is None:
            return refused("record.not_writing")
        entry = self.entry(opening.act)
        if isinstance(entry, Refused):
            return entry
        if not opening.fits(entry):
            return refused("record.opening_other", act=opening.act[:12], part=opening.part)
        with self.store.writing():
            self.store.put_opening(OpeningRow(opening.act, opening.part, opening.salt, opening.content))
        return entry

    @refusing
    def drop_opening(self, act: str, part: int) -> bool | Refused:
        """Forget an opening for good; false where it was not held. Its commitment can no longer be tested."""
        if self._writer is None:
            return refused("record.not_writing")
        if self.opening(act, part) is None:
            return False
        with self.store.writing():
            self.store.drop_opening(act, part)
        self.store.forget()
        return True

    def blobs(self) -> Iterator[str]:
        """The hashes of the documents held."""
        return self.store.blob_hashes()

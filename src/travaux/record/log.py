"""`Log`: the door to one register. Read it, draft acts for it, append, cosign, ask for receipts.

The log signs nothing on its own: the host's and the witnesses' signers are given by the caller.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from travaux.acts.fault import Refused, refused
from travaux.record.admission import RulesLayer
from travaux.record.authority import Authority
from travaux.record.backup import backup_store
from travaux.record.checkpoint import (
    parse_checkpoint,
)
from travaux.record.entry import Audience, Draft, Entry, build, read_entry
from travaux.record.envelope import MAX_BLOB
from travaux.record.keys import Signer, to_base64
from travaux.record.log_cosigned import Cosigned
from travaux.record.log_kept import Kept
from travaux.record.opening import Opening
from travaux.record.parts import Hidden
from travaux.record.places import create_store, open_store
from travaux.record.receipt import Receipt
from travaux.record.store import OpeningRow, Row, Store, StoreError, refusing
from travaux.record.tree import HASH, Range, inclusion_proof, nodes
from travaux.record.writer import Beside, Writer


class Log(Cosigned, Kept):
    """A register opened; made by `open`, `create` or, over another store, by the constructor."""

    def __init__(self, store: Store, writer: Writer | None = None) -> None:
        """The log of an open store; without a `writer` it is read only."""
        self.store, self._writer = store, writer
        self._authority: tuple[int, Authority] | None = None

    @staticmethod
    def open(
        path: Path | str, *, write: bool = False, rules: RulesLayer | None = None, wait: float = 5.0
    ) -> Log | Refused:
        """The register in the file `path`, or at an address ``postgresql://…``.

        With `write` every entry is hashed again up to the stored root, and `rules` is fed all of them.
        Refused: no register, a newer version, damage, a file that may not be written.
        """
        store = open_store(path, write, wait)
        return store if isinstance(store, Refused) else _opened(store, write, rules)

    @staticmethod
    def create(path: Path | str, *, rules: RulesLayer | None = None) -> Log | Refused:
        """A new, empty register, open for writing; its first act founds it. What is there is refused."""
        store = create_store(path)
        return store if isinstance(store, Refused) else _opened(store, True, rules)

    def __enter__(self) -> Log:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self.store.close()

    @property
    def where(self) -> str:
        """The file, for people."""
        return self.store.where

    @property
    def size(self) -> int:
        """The number of entries now."""
        return self.store.head()[0]

    @property
    def root(self) -> bytes:
        """The root of the tree now."""
        return Range(*_peaks(self.store)).root()

    def root_at(self, size: int) -> bytes:
        """The root of the first `size` entries; needs 0 <= size <= the size now."""
        grown, leaves = Range(), self.store.leaves(0, size)
        for at in range(0, size * HASH, HASH):
            grown.append(leaves[at : at + HASH])
        return grown.root()

    @property
    def register(self) -> str | None:
        """The id of the founding act, None before there is one."""
        return self.authority.register or None

    @property
    def origin(self) -> str:
        """The name under which the host signs; "" before the founding."""
        return self.authority.origin

    @property
    def authority(self) -> Authority:
        """The parties, keys and seals in force after the last entry."""
        if self._writer and self._writer.fresh():
            return self._writer.state.authority
        size = self.size
        if self._authority is None or self._authority[0] != size:
            folded = Authority()
            for row in self.store.key_rows():
                folded.apply(_entry(row), row.index)
            self._authority = (size, folded)
        return self._authority[1]

    def entries(self, start: int = 0, stop: int | None = None) -> Iterator[Entry]:
        """The entries [start, stop) in order; a damaged file raises `StoreError` on the way."""
        return map(_entry, self.store.rows(start, stop))

    @refusing
    def entry(self, which: int | str) -> Entry | Refused:
        """One entry by its index, or by the id of its act."""
        index = self._index(which)
        row = None if isinstance(index, Refused) else self.store.row(index)
        return _entry(row) if row else refused("record.no_act", act=which)

    @refusing
    def draft(
        self,
        kind: str,
        body: dict[str, Any],
        by: str,
        *,
        audience: Audience = "public",
        blobs: Sequence[str | tuple[str, int]] = (),
        with_: Sequence[str] = (),
        after: Draft | None = None,
        salt: bytes | None = None,
        hidden: Sequence[Hidden] = (),
    ) -> Draft | Refused:
        """An act of `by` as the next of his, on the last checkpoint here; sign it with `sign`.

        `blobs` are hashes of documents held here, or (hash, bytes). `after` is the author's act before in the
        same batch. A `salt` is drawn for every act that is not public, and for each of the `hidden` parts.
        Nothing is checked but the form.
        """
        sized = [b if isinstance(b, tuple) else (b, self._blob_size(b)) for b in blobs]
        lost = next((h for h, size in sized if size < 0), None)
        if lost is not None:
            return refused("record.no_blob", sha256=lost)
        size, peaks = _peaks(self.store)
        n, prev = self._next(by, after)
        own = "" if audience == "public" else to_base64(salt or os.urandom(32))
        return build(
            kind, body, by=by, n=n, prev=prev, register=self.register, audience=audience, salt=own,
            seen=(size, to_base64(Range(size, peaks).root())), blobs=sized, with_=with_,
            hidden=hidden,
        )  # fmt: skip

    def append(self, data: bytes, host: Signer) -> Receipt | Refused:
        """Admit one signed entry; the receipt leaves only after the entry is durable.

        The same act again gives its receipt. Every fault that speaks against it is listed; the file is then
        unchanged.
        """
        done = self.append_all([data], host)
        return done if isinstance(done, Refused) else done[0]

    @refusing
    def append_all(
        self,
        entries: Sequence[bytes],
        host: Signer,
        openings: Sequence[Opening] = (),
        documents: Sequence[bytes] = (),
    ) -> list[Receipt] | Refused:
        """Admit several entries in one transaction with one checkpoint: all of them or none.

        `openings` of their sealed parts are kept with them; they are not held against the commitments.
        So are `documents`, each of at most 256 MiB; where the entries are refused, none of them is kept.
        """
        if self._writer is None:
            return refused("record.not_writing")
        long = next((len(d) for d in documents if len(d) > MAX_BLOB), 0)
        if long:
            return refused("record.blob_size", size=long, limit=MAX_BLOB)
        opened = tuple(OpeningRow(o.act, o.part, o.salt, o.content) for o in openings)
        return self._writer.append(entries, host, self.receipt, Beside(opened, tuple(documents)))

    @refusing
    def receipt(self, which: int | str) -> Receipt | Refused:
        """The proof that an act is in the log, up to the last checkpoint with its cosignatures."""
        index = self._index(which)
        if isinstance(index, Refused):
            return index
        note = self.checkpoint()
        if isinstance(note, Refused):
            return note
        at = parse_checkpoint(note.text)
        row = self.store.row(index)
        if isinstance(at, Refused) or row is None:
            return refused("record.no_act", act=which)
        leaves = self.store.leaves(0, at.size)
        node = nodes(lambda i: leaves[i * HASH : (i + 1) * HASH])
        return Receipt(index, tuple(inclusion_proof(index, at.size, node)), note, at, row.id)

    @refusing
    def backup(self, path: Path | str) -> Path | str | Refused:
        """Write a consistent copy to a new file or address, also while others write; none is overwritten."""
        return backup_store(self.store, path)

    def _index(self, which: int | str) -> int | Refused:
        if isinstance(which, int):
            return which if 0 <= which < self.size else refused("record.no_act", act=which)
        index = (
            self.store.find(which) if len(which) == 64 and not set(which) - set("0123456789abcdef") else -1
        )
        return index if index >= 0 else refused("record.no_act", act=which)

    def _next(self, by: str, after: Draft | None) -> tuple[int, str | None]:
        if after is not None and after.envelope.by == by:
            return after.envelope.n + 1, after.id
        for row in self.store.author_heads():
            if row.by == by:
                return row.n + 1, row.id
        return 0, None

    def _blob_size(self, digest: str) -> int:
        data = self.blob(digest)
        return -1 if data is None else len(data)


def _opened(store: Store, write: bool, rules: RulesLayer | None) -> Log | Refused:
    if not write:
        return Log(store)
    writer = Writer.load(store, rules)
    if isinstance(writer, Refused):
        store.close()
        return writer
    return Log(store, writer)


def _peaks(store: Store) -> tuple[int, list[bytes]]:
    size, data = store.head()
    loaded = Range.load(size, data)
    if loaded is None:
        raise StoreError("record.damaged", store.where, detail="the head does not fit its size")
    return size, loaded.peaks


def _entry(row: Row) -> Entry:
    try:
        return read_entry(row.entry, row.index, row.id)
    except ValueError as error:
        raise StoreError("record.damaged", f"entry {row.index}", detail=str(error)) from error


__all__ = ["Log"]

"""Where a verification reads a log from: a store, or a directory of tiles."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Protocol

import msgspec

from travaux.acts.fault import Refused
from travaux.record.checkpoint import Checkpoint, parse_checkpoint, read_cosignature
from travaux.record.findings import Finding, finding
from travaux.record.history import History
from travaux.record.note import Line, Note, parse_line, parse_note
from travaux.record.opening import Opening
from travaux.record.store import Row, Store, StoreError


class Item(msgspec.Struct, frozen=True, gc=False):
    """An entry as read: `raw` is None where it is withheld or lost; `leaf` is its stored hash, if any."""

    index: int
    raw: bytes | None
    leaf: bytes | None
    where: str
    offset: int = 0
    withheld: bool = False
    row: Row | None = None


class Source(Protocol):
    """A log to verify. What is wrong with its files or rows is added to `findings` on the way."""

    findings: list[Finding]
    where: str

    def last(self) -> Checkpoint | None:
        """The checkpoint that is to be verified, as read."""

    def leaves(self) -> bytes:
        """The stored leaf hashes, as far as they can be read."""

    def items(self) -> Iterator[Item]:
        """The entries in order."""

    def notes(self) -> Iterator[tuple[str, Note]]:
        """Every checkpoint with its lines, and where it stands; the last one is among them."""

    def finish(self, history: History) -> None:
        """Compare what else is stored of the tree with what the entries make."""

    def blobs(self) -> Iterator[tuple[str, str, int, bool]]:
        """Each document held: where, the hash it is kept under, its size, and whether its bytes fit."""

    def blob(self, where: str, digest: str) -> bytes:
        """The bytes of a document of `blobs`, by where it stands and its hash."""

    def openings(self) -> Iterator[tuple[str, bytes]]:
        """What opens sealed parts, as files: where it stands, and the bytes."""

    def policy(self) -> str | None:
        """The trust policy that lies beside the log for strangers, if any."""

    def strangers(self) -> Iterator[str]:
        """What lies there and is no part of a log."""


class StoreSource:
    """A register file or another store."""

    def __init__(self, store: Store) -> None:
        """The source over an open store."""
        self.store, self.where = store, store.where
        self.findings: list[Finding] = []
        self.size, self.peaks = store.head()

    def last(self) -> Checkpoint | None:
        """The checkpoint of the head's size."""
        data = self.store.checkpoint(self.size) if self.size else None
        note = parse_note(data) if data is not None else None
        at = parse_checkpoint(note.text) if isinstance(note, Note) else None
        return at if isinstance(at, Checkpoint) else None

    def leaves(self) -> bytes:
        """The leaf column."""
        return self.store.leaves(0, self.size)

    def items(self) -> Iterator[Item]:
        """The rows of entries; first what the database says of its file."""
        self.findings += [
            finding("files", "record.damaged", self.where, detail=d) for d in self.store.damage()
        ]
        expected = 0
        for row in self.store.rows():
            while expected < min(row.index, self.size):
                self.findings.append(finding("files", "record.gap", self.where, expected))
                yield Item(expected, None, None, self.where)
                expected += 1
            yield Item(row.index, row.entry, row.leaf, f"entry {row.index}", row=row)
            expected = row.index + 1
        if expected != self.size:
            self.findings.append(finding("tree", "record.head", "head", size=self.size, found=expected))

    def notes(self) -> Iterator[tuple[str, Note]]:
        """Checkpoints with the cosignatures of their size."""
        lines = self._cosignatures()
        for size, data in self.store.checkpoints():
            where, note = f"checkpoint {size}", parse_note(data)
            at = note if isinstance(note, Refused) else parse_checkpoint(note.text)
            for refused in (note, at):
                if isinstance(refused, Refused):
                    self.findings += [Finding("checkpoint", f, where) for f in refused.faults]
            if isinstance(note, Refused) or isinstance(at, Refused):
                continue
            if at.size != size:
                self.findings.append(finding("checkpoint", "record.row", where, column="size"))
            yield where, Note(note.text, (*note.lines, *lines.pop(size, ())))
        for size in sorted(lines):
            self.findings.append(
                finding("checkpoint", "record.no_checkpoint", f"cosignature {size}", size=size)
            )

    def finish(self, history: History) -> None:
        """The head row against the entries."""
        if self.peaks != history.range.dump():
            self.findings.append(finding("tree", "record.head", "head", size=self.size, found=history.size))

    def blobs(self) -> Iterator[tuple[str, str, int, bool]]:
        """The documents."""
        for digest in self.store.blob_hashes():
            data = self.store.blob(digest) if len(digest) == 64 else None
            good = data is not None and sha256(data).hexdigest() == digest
            yield f"blob {digest}", digest, len(data or b""), good

    def blob(self, where: str, digest: str) -> bytes:
        """The bytes of a document of `blobs`."""
        data = self.store.blob(digest)
        if data is None:
            raise StoreError("record.no_blob", where, sha256=digest)
        return data

    def openings(self) -> Iterator[tuple[str, bytes]]:
        """The rows of openings."""
        for row in self.store.openings():
            yield f"opening {row.act[:12]} {row.part}", Opening(*row).data

    def policy(self) -> str | None:
        """A store keeps none: it is made at an export."""
        return None

    def strangers(self) -> Iterator[str]:
        """A store holds nothing else."""
        return iter(())

    def _cosignatures(self) -> dict[int, list[Line]]:
        """Lines by size; a row whose columns do not fit its line is a fault."""
        lines: dict[int, list[Line]] = {}
        for row in self.store.cosignatures():
            where = f"cosignature {row.size} {row.name}"
            line = parse_line(row.line)
            if isinstance(line, Refused):
                self.findings += [Finding("checkpoint", f, where) for f in line.faults]
                continue
            read = read_cosignature(line)
            fits = not isinstance(read, Refused) and (read.name, read.id, read.time) == (
                row.name, row.key_id, row.time,
            )  # fmt: skip
            if not fits:
                self.findings.append(finding("checkpoint", "record.row", where, column="name, keyid or time"))
            lines.setdefault(row.size, []).append(line)
        return lines

"""What the SQLite store keeps beside the log: documents by hash, and the openings of sealed parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from travaux.record.store import OpeningRow, StoreError


class SqliteKept:
    """The part of the store that may forget; the log itself never does."""

    @property
    def where(self) -> str:
        """The file; see the store."""
        raise NotImplementedError

    def run(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run one statement; see the store."""
        raise NotImplementedError

    def stream(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Run one question and give its rows as they come; see the store."""
        raise NotImplementedError

    def put_blob(self, sha256: str, data: bytes) -> None:
        """Keep a document; one that was emptied gets its bytes back."""
        sql = (
            "INSERT INTO blob VALUES (?, ?)"
            " ON CONFLICT DO UPDATE SET bytes = excluded.bytes WHERE bytes IS NULL"
        )
        self.run(sql, (bytes.fromhex(sha256), data))

    def blob(self, sha256: str) -> bytes | None:
        """A document by its hash, or None."""
        found = self.run("SELECT bytes FROM blob WHERE sha256 = ?", (bytes.fromhex(sha256),))
        return bytes(found[0][0]) if found and found[0][0] is not None else None

    def blob_hashes(self) -> Iterator[str]:
        """The hashes of the documents held."""
        for (found,) in self.stream("SELECT sha256 FROM blob WHERE bytes IS NOT NULL ORDER BY sha256"):
            yield bytes(found).hex()

    def empty_blob(self, sha256: str) -> None:
        """Take a document's bytes away; free pages are overwritten (``secure_delete``)."""
        self.run("UPDATE blob SET bytes = NULL WHERE sha256 = ?", (bytes.fromhex(sha256),))

    def put_opening(self, row: OpeningRow) -> None:
        """Keep an opening; one that is there stays."""
        sql = "INSERT OR IGNORE INTO opening VALUES (?, ?, ?, ?)"
        self.run(sql, (bytes.fromhex(row.act), row.part, row.salt, row.content))

    def openings(self, act: str = "") -> Iterator[OpeningRow]:
        """The openings held, by act and part."""
        only = "WHERE act = ?" if act else ""
        sql = f"SELECT act, part, salt, content FROM opening {only} ORDER BY act, part"  # noqa: S608
        for found, part, salt, content in self.stream(sql, (bytes.fromhex(act),) if act else ()):
            yield OpeningRow(bytes(found).hex(), int(part), bytes(salt), bytes(content))

    def forget(self) -> None:
        """Fold the write-ahead log into the file and empty it; who reads an earlier state hinders it."""
        hindered = self.run("PRAGMA wal_checkpoint(TRUNCATE)")[0][0]
        if hindered:
            raise StoreError("record.still_read", self.where)

    def drop_opening(self, act: str, part: int) -> None:
        """Forget an opening; free pages are overwritten (``secure_delete``)."""
        self.run("DELETE FROM opening WHERE act = ? AND part = ?", (bytes.fromhex(act), part))

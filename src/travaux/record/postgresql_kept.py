"""What the PostgreSQL store keeps beside the log: documents by hash, and the openings of sealed parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from travaux.record.store import OpeningRow


class PostgresqlKept:
    """The part of the store that may forget; the log itself never does.

    What is forgotten leaves the table at once, and the server's files when it next vacuums.
    """

    def do(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Run one statement without an answer; see the store."""
        raise NotImplementedError

    def run(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run one statement; see the store."""
        raise NotImplementedError

    def put_blob(self, sha256: str, data: bytes) -> None:
        """Keep a document; one that was emptied gets its bytes back."""
        sql = (
            "INSERT INTO blob VALUES (%s, %s) ON CONFLICT (sha256)"
            " DO UPDATE SET bytes = excluded.bytes WHERE blob.bytes IS NULL"
        )
        self.do(sql, (bytes.fromhex(sha256), data))

    def blob(self, sha256: str) -> bytes | None:
        """A document by its hash, or None."""
        found = self.run("SELECT bytes FROM blob WHERE sha256 = %s", (bytes.fromhex(sha256),))
        return bytes(found[0][0]) if found and found[0][0] is not None else None

    def blob_hashes(self) -> Iterator[str]:
        """The hashes of the documents held."""
        for (found,) in self.run("SELECT sha256 FROM blob WHERE bytes IS NOT NULL ORDER BY sha256"):
            yield bytes(found).hex()

    def empty_blob(self, sha256: str) -> None:
        """Take a document's bytes away."""
        self.do("UPDATE blob SET bytes = NULL WHERE sha256 = %s", (bytes.fromhex(sha256),))

    def put_opening(self, row: OpeningRow) -> None:
        """Keep an opening; one that is there stays."""
        sql = "INSERT INTO opening VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING"
        self.do(sql, (bytes.fromhex(row.act), row.part, row.salt, row.content))

    def openings(self, act: str = "") -> Iterator[OpeningRow]:
        """The openings held, by act and part."""
        only = "WHERE act = %s" if act else ""
        sql = f"SELECT act, part, salt, content FROM opening {only} ORDER BY act, part"  # noqa: S608
        for found, part, salt, content in self.run(sql, (bytes.fromhex(act),) if act else ()):
            yield OpeningRow(bytes(found).hex(), int(part), bytes(salt), bytes(content))

    def forget(self) -> None:
        """Nothing: the server overwrites when it vacuums, which is for its operator to order."""

    def drop_opening(self, act: str, part: int) -> None:
        """Forget an opening."""
        self.do("DELETE FROM opening WHERE act = %s AND part = %s", (bytes.fromhex(act), part))

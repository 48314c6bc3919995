"""The PostgreSQL store: one schema, one register; processes of several hosts, one writer at a time.

A writer locks the head row, so that indexes follow each other without gap. Needs psycopg 3; `places` imports
this module only when an address of a server is given.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psycopg

from travaux.acts.fault import Refused
from travaux.record.address import Address
from travaux.record.bodies import READ
from travaux.record.copying import copy_store
from travaux.record.postgresql_kept import PostgresqlKept
from travaux.record.postgresql_link import Connection, connect, lost_in, store_error
from travaux.record.postgresql_schema import DROP, TABLES
from travaux.record.sqlite import WINDOW, create_store
from travaux.record.store import CosignatureRow, Row, StoreError

PAGE: Final = 256
SETTLE: Final = 20.0
_COLUMNS: Final = "idx, id, by, n, leaf, entry"
_READ: Final = " OR ".join(
    f"substr(entry, 16, {len(k) + 9}) = convert_to('{{\"act\":\"{k}\"', 'UTF8')" for k in sorted(READ)
)
_NEW: Final = f"SELECT {_COLUMNS} FROM entry WHERE idx >= %d ORDER BY idx LIMIT {PAGE}"  # noqa: S608
_LOCK: Final = (
    "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL synchronous_commit = on;"
    " SELECT size, range FROM head WHERE one = 1 FOR UPDATE; SELECT key, value FROM meta; "
)
_HEAD: Final = """
WITH kept AS (INSERT INTO checkpoint VALUES (%s, %s)),
    gone AS (DELETE FROM checkpoint WHERE size > %s AND size <= %s AND size NOT IN (SELECT size FROM cosig))
UPDATE head SET size = %s, range = %s WHERE one = 1
"""


@dataclass(slots=True)
class _Held:
    """What a writer read with the lock (`new`: what others appended), and the `last` id it inserted."""

    size: int
    peaks: bytes
    metas: dict[str, str]
    new: list[Row]
    last: bytes = b""


class PostgresStore(PostgresqlKept):
    """A `Store` over one schema of a server; made by `create_server` and `open_server`."""

    def __init__(self, url: Address, connection: Connection, wait: float) -> None:
        """The store of an open connection; `wait` is how many seconds a writer waits for another."""
        self.url, self._db, self._wait = url, connection, wait
        self._held: _Held | None = None
        self._known = 2**62

    @property
    def where(self) -> str:
        """The address, which holds no password when shown and still opens the register again."""
        return self.url

    def close(self) -> None:
        """Close the connection."""
        self._db.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the lock on the head row; a second writer waits, then is refused (``record.busy``).

        Statements go over the wire together up to the next question: the lock is held for a short time.
        Where the connection breaks in mid-commit, the server is asked for the act that was being recorded.
        """
        try:
            self._held = held = self._lock()
            self._known = held.size
            with self._db.pipeline():
                yield
                done = self._db.execute("COMMIT", prepare=False)
            self._known = held.size
            if done.statusmessage != "COMMIT":
                raise StoreError("record.store", self.where, detail=f"COMMIT: {done.statusmessage}")
        except psycopg.Error as error:
            if not lost_in(error):
                self._renew()
                raise store_error(error, self.url) from error
            self._settle(held.last, error)
        except StoreError:
            self._renew()
            raise
        except BaseException:
            self._undo()
            raise
        finally:
            self._held = None

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read as of one moment."""
        self.do("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield
        finally:
            with suppress(psycopg.Error):
                self._db.execute("ROLLBACK")

    def run(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a statement; what the database refuses becomes a `StoreError`."""
        try:
            return self._db.execute(sql, values, binary=True).fetchall()
        except psycopg.Error as error:
            raise store_error(error, self.url) from error

    def do(self, sql: str, values: Sequence[Any] = ()) -> None:
        """A statement without rows; inside `writing` what it meets may be told by a later one."""
        try:
            self._db.execute(sql, values)
        except psycopg.Error as error:
            raise store_error(error, self.url) from error

    def head(self) -> tuple[int, bytes]:
        """The number of entries and the peaks of the tree."""
        if self._held is not None:
            return self._held.size, self._held.peaks
        found = self.run("SELECT size, range FROM head WHERE one = 1")
        if not found:
            raise StoreError("record.damaged", self.where, detail="no head")
        return int(found[0][0]), bytes(found[0][1])

    def stands(self, index: int) -> tuple[int, bytes | None]:
        """The size of the head and the bytes of one entry, in one question."""
        found = self.run("SELECT size, entry FROM head LEFT JOIN entry ON idx = %s WHERE one = 1", (index,))
        if not found:
            raise StoreError("record.damaged", self.where, detail="no head")
        return int(found[0][0]), found[0][1]

    def rows(self, start: int = 0, stop: int | None = None) -> Iterator[Row]:
        """The entries [start, stop) in order, fetched in pages."""
        end = 2**62 if stop is None else stop
        new = self._held.new if self._held else []
        if new and (start, end) == (new[0].index, new[-1].index + 1):
            yield from new
            return
        sql = f"SELECT {_COLUMNS} FROM entry WHERE idx >= %s AND idx < %s ORDER BY idx LIMIT {PAGE}"  # noqa: S608
        while start < end:
            page = self.run(sql, (start, end))
            yield from map(Row._make, page)
            start = end if len(page) < PAGE else page[-1][0] + 1

    def key_rows(self) -> Iterator[Row]:
        """The entries of kinds that the record reads: the kind stands first in the JSON."""
        yield from map(Row._make, self.run(f"SELECT {_COLUMNS} FROM entry WHERE {_READ} ORDER BY idx"))  # noqa: S608

    def author_heads(self) -> Iterator[Row]:
        """The last entry of each author."""
        sql = f"SELECT DISTINCT ON (by) {_COLUMNS} FROM entry ORDER BY by, n DESC"  # noqa: S608
        yield from map(Row._make, self.run(sql))

    def row(self, index: int) -> Row | None:
        """One entry."""
        found = self.run(f"SELECT {_COLUMNS} FROM entry WHERE idx = %s", (index,))  # noqa: S608
        return Row._make(found[0]) if found else None

    def find(self, ident: str) -> int:
        """The index of an act, or -1."""
        found = self.run("SELECT idx FROM entry WHERE id = %s", (bytes.fromhex(ident),))
        return int(found[0][0]) if found else -1

    def leaves(self, start: int, stop: int) -> bytes:
        """The leaf hashes of [start, stop)."""
        sql = "SELECT string_agg(leaf, ''::bytea ORDER BY idx) FROM entry WHERE idx >= %s AND idx < %s"
        return bytes(self.run(sql, (start, stop))[0][0] or b"")

    def insert(self, rows: Sequence[Row]) -> None:
        """Append rows; several go over the wire without waiting for each other."""
        sql = "INSERT INTO entry VALUES (%s, %s, %s, %s, %s, %s)"
        try:
            self._db.cursor().executemany(sql, rows)
        except psycopg.Error as error:
            raise store_error(error, self.url) from error
        if self._held and rows:
            self._held.last = rows[-1].key

    def set_head(self, first: int, size: int, peaks: bytes, note: bytes) -> None:
        """Cover the rows from `first` on; of checkpoints nobody cosigned only the last 256 sizes stay."""
        self.do(_HEAD, (size, note, first - WINDOW, size - WINDOW, size, peaks))
        if self._held:
            self._held.size, self._held.peaks = size, peaks

    def checkpoints(self) -> Iterator[tuple[int, bytes]]:
        """The stored checkpoints by size."""
        yield from self.run("SELECT size, note FROM checkpoint ORDER BY size")

    def checkpoint(self, size: int) -> bytes | None:
        """The checkpoint of one size."""
        found = self.run("SELECT note FROM checkpoint WHERE size = %s", (size,))
        return bytes(found[0][0]) if found else None

    def put_checkpoint(self, size: int, note: bytes) -> None:
        """Keep a checkpoint beside those of appends; one that is there stays."""
        self.do("INSERT INTO checkpoint VALUES (%s, %s) ON CONFLICT DO NOTHING", (size, note))

    def put_cosignature(self, row: CosignatureRow) -> None:
        """Keep a cosignature; the first of a key on a size stays."""
        values = (row.size, row.name, row.key_id, row.time, row.line)
        self.do("INSERT INTO cosig VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING", values)

    def cosignatures(self, size: int | None = None) -> Iterator[CosignatureRow]:
        """The cosignatures by size and name."""
        only = "" if size is None else "WHERE size = %s"
        sql = f"SELECT size, name, keyid, time, line FROM cosig {only} ORDER BY size, name, keyid"  # noqa: S608
        for found in self.run(sql, () if size is None else (size,)):
            yield CosignatureRow(*found)

    def meta(self, key: str) -> str:
        """A setting, or an empty string; a writer has read them with the head."""
        if self._held is not None:
            return self._held.metas.get(key, "")
        found = self.run("SELECT value FROM meta WHERE key = %s", (key,))
        return str(found[0][0]) if found else ""

    def set_meta(self, key: str, value: str) -> None:
        """Keep a setting."""
        sql = "INSERT INTO meta VALUES (%s, %s) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
        self.do(sql, (key, value))
        if self._held:
            self._held.metas[key] = value

    def metas(self) -> Iterator[tuple[str, str]]:
        """All settings by name."""
        yield from self.run("SELECT key, value FROM meta ORDER BY key")

    def backup(self, path: str) -> None:
        """Copy into a new register file; the copy is of one moment."""
        target = create_store(Path(path))
        if isinstance(target, Refused):
            raise StoreError(target.faults[0].code, path, **target.faults[0].values)
        try:
            copy_store(self, target)
        finally:
            target.close()

    def damage(self) -> Iterator[str]:
        """Nothing: the server checks its pages as they are read."""
        return iter(())

    def make(self, schema: bool) -> None:
        """Make the tables, all or none of them; with `schema` the schema as well."""
        try:
            self._db.execute("BEGIN; SET LOCAL synchronous_commit = on")
            if schema:
                self._db.execute(f'CREATE SCHEMA "{self.url.schema}"')
            self._db.execute(TABLES)
            self._db.execute("COMMIT")
        except psycopg.Error as error:
            self._undo()
            raise store_error(error, self.url) from error

    def discard(self) -> None:
        """Drop the tables of a register that was just created and could not be filled.

        It follows a fault that is already told; where the server is gone by now, the empty tables stay.
        """
        with suppress(psycopg.Error):
            self._db.execute(f"BEGIN; {DROP} COMMIT")

    def _lock(self) -> _Held:
        try:
            cursor = self._db.execute(_LOCK + _NEW % self._known)
            answers = [cursor.fetchall() if cursor.description else [] for _ in _results(cursor)]
        except psycopg.Error as error:
            raise store_error(error, self.url) from error
        heads, metas, new = answers[-3:]
        if not heads:
            raise StoreError("record.damaged", self.where, detail="no head")
        return _Held(int(heads[0][0]), bytes(heads[0][1]), dict(metas), [Row._make(row) for row in new])

    def _settle(self, last: bytes, cause: psycopg.Error) -> None:
        """Whether a commit without an answer took place: ask behind the lock that it held for its last act.

        Returns where it did. Else the fault says that nothing was recorded, or that it cannot be known yet.
        """
        self._db.close()
        until = time.monotonic() + SETTLE
        while True:
            try:
                self._db = connect(self.url, write=True, wait=max(self._wait, 1.0))
                self._lock()
                found = self.run("SELECT 1 FROM entry WHERE id = %s", (last,))
                self._undo()
                break
            except StoreError:
                self._db.close()
                if time.monotonic() > until:
                    raise StoreError("record.unsettled", self.where) from cause
                time.sleep(0.2)
        if not found:
            raise StoreError("record.not_recorded" if last else "record.unsettled", self.where) from cause

    def _renew(self) -> None:
        """Go on with another connection, if there is one to be had.

        After a statement that failed among others, the driver takes some for prepared that never were.
        """
        self._db.close()
        with suppress(StoreError):
            self._db = connect(self.url, write=True, wait=self._wait)

    def _undo(self) -> None:
        """Roll back; a connection that is gone was rolled back by the server."""
        with suppress(psycopg.Error):
            if not self._db.closed:
                self._db.execute("ROLLBACK")


def _results(cursor: psycopg.Cursor[tuple[Any, ...]]) -> Iterator[None]:
    """Stand on each result of several statements in turn."""
    yield
    while cursor.nextset():
        yield

"""The SQLite store: one file, one register.

SQLite from 3.51.3 on keeps a write-ahead log with ``synchronous=FULL``; older versions, whose write-ahead log
could be corrupted by two connections, keep a rollback journal with ``synchronous=EXTRA``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import apsw

from travaux.acts.fault import Refused
from travaux.record.bodies import READ
from travaux.record.durable import remove, sync_folder
from travaux.record.schema import APPLICATION, TABLES, VERSION
from travaux.record.sqlite_kept import SqliteKept
from travaux.record.store import CosignatureRow, Row, StoreError

WAL_SINCE: Final = (3, 51, 3)
WINDOW: Final = 256
_ROW: Final = (int, bytes, str, int, bytes, bytes)
_COLUMNS: Final = "idx, id, by, n, leaf, entry"
_READ: Final = " OR ".join(
    f'substr(entry, 16, {len(k) + 9}) = CAST(\'{{"act":"{k}"\' AS BLOB)' for k in sorted(READ)
)


class SqliteStore(SqliteKept):
    """A `Store` over one SQLite file; made by `create` and `open_store`."""

    def __init__(self, path: Path, connection: apsw.Connection) -> None:
        """The store of an open connection."""
        self.path, self._db = path, connection
        self.journal = ""

    @property
    def where(self) -> str:
        """The path of the file."""
        return str(self.path)

    def close(self) -> None:
        """Close the file; the last connection folds the write-ahead log into it."""
        self._db.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the write lock; a second writer waits, then is refused (``record.busy``)."""
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self._commit()
        except BaseException:
            if not self._db.getautocommit():
                self._db.execute("ROLLBACK")
            raise

    def _commit(self) -> None:
        """Commit. A rollback journal is gone for good only once its folder is synced.

        The library does that too, but passes over a folder that it cannot open.
        """
        self.run("COMMIT")
        try:
            if self.journal == "delete":
                sync_folder(self.path.parent)
        except OSError as error:
            raise StoreError("record.store", self.where, detail=error.strerror or str(error)) from error

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read as of one moment."""
        self.run("BEGIN")
        try:
            yield
        finally:
            if not self._db.getautocommit():
                self._db.execute("ROLLBACK")

    def run(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a statement; what the database refuses becomes a `StoreError`."""
        try:
            return self._db.execute(sql, values).fetchall()
        except apsw.Error as error:
            if isinstance(error, apsw.IOError | apsw.FullError):
                # What could not be written or synced is not tried again on closing: the next opening decides.
                self._db.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
            raise store_error(error, self.path) from error

    def stream(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a statement one by one, as `run` otherwise."""
        try:
            yield from self._db.execute(sql, values)
        except apsw.Error as error:
            raise store_error(error, self.path) from error

    def head(self) -> tuple[int, bytes]:
        """The number of entries and the peaks of the tree."""
        found = self.run("SELECT size, range FROM head WHERE one = 1")
        if not found:
            raise StoreError("record.damaged", self.where, detail="no head")
        size, peaks = _typed(found[0], "head", int, bytes)
        return size, peaks

    def stands(self, index: int) -> tuple[int, bytes | None]:
        """The size of the head and the bytes of one entry."""
        row = self.row(index)
        return self.head()[0], row.entry if row else None

    def rows(self, start: int = 0, stop: int | None = None) -> Iterator[Row]:
        """The entries [start, stop) in order."""
        end = 2**62 if stop is None else stop
        sql = f"SELECT {_COLUMNS} FROM entry WHERE idx >= ? AND idx < ? ORDER BY idx"  # noqa: S608
        yield from map(_row, self.stream(sql, (start, end)))

    def key_rows(self) -> Iterator[Row]:
        """The entries of kinds that the record reads: the kind stands first in the JSON."""
        sql = f"SELECT {_COLUMNS} FROM entry WHERE {_READ} ORDER BY idx"  # noqa: S608
        yield from map(_row, self.stream(sql))

    def author_heads(self) -> Iterator[Row]:
        """The last entry of each author."""
        last = "SELECT by, max(n) AS n FROM entry GROUP BY by"
        sql = f"SELECT {_COLUMNS} FROM entry JOIN ({last}) USING (by, n)"  # noqa: S608
        yield from map(_row, self.stream(sql))

    def row(self, index: int) -> Row | None:
        """One entry."""
        found = self.run(f"SELECT {_COLUMNS} FROM entry WHERE idx = ?", (index,))  # noqa: S608
        return _row(found[0]) if found else None

    def find(self, ident: str) -> int:
        """The index of an act, or -1."""
        found = self.run("SELECT idx FROM entry WHERE id = ?", (bytes.fromhex(ident),))
        return int(found[0][0]) if found else -1

    def leaves(self, start: int, stop: int) -> bytes:
        """The leaf hashes of [start, stop)."""
        sql = "SELECT leaf FROM entry WHERE idx >= ? AND idx < ? ORDER BY idx"
        return b"".join(_typed(r, "leaf", bytes)[0] for r in self.stream(sql, (start, stop)))

    def insert(self, rows: Sequence[Row]) -> None:
        """Append rows."""
        for row in rows:
            self.run("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)", row)

    def set_head(self, first: int, size: int, peaks: bytes, note: bytes) -> None:
        """Cover the rows from `first` on; of checkpoints nobody cosigned only the last 256 sizes stay."""
        self.run("INSERT INTO checkpoint VALUES (?, ?)", (size, note))
        old = "DELETE FROM checkpoint WHERE size > ? AND size <= ? AND size NOT IN (SELECT size FROM cosig)"
        self.run(old, (first - WINDOW, size - WINDOW))
        self.run("UPDATE head SET size = ?, range = ? WHERE one = 1", (size, peaks))

    def checkpoints(self) -> Iterator[tuple[int, bytes]]:
        """The stored checkpoints by size."""
        for found in self.stream("SELECT size, note FROM checkpoint ORDER BY size"):
            size, note = _typed(found, f"checkpoint {found[0]}", int, bytes)
            yield size, note

    def checkpoint(self, size: int) -> bytes | None:
        """The checkpoint of one size."""
        found = self.run("SELECT note FROM checkpoint WHERE size = ?", (size,))
        return bytes(found[0][0]) if found else None

    def put_checkpoint(self, size: int, note: bytes) -> None:
        """Keep a checkpoint beside those of appends; one that is there stays."""
        self.run("INSERT OR IGNORE INTO checkpoint VALUES (?, ?)", (size, note))

    def put_cosignature(self, row: CosignatureRow) -> None:
        """Keep a cosignature; the first of a key on a size stays."""
        values = (row.size, row.name, row.key_id, row.time, row.line)
        self.run("INSERT OR IGNORE INTO cosig VALUES (?, ?, ?, ?, ?)", values)

    def cosignatures(self, size: int | None = None) -> Iterator[CosignatureRow]:
        """The cosignatures by size and name."""
        only = "" if size is None else "WHERE size = ?"
        sql = f"SELECT size, name, keyid, time, line FROM cosig {only} ORDER BY size, name, keyid"  # noqa: S608
        for found in self.stream(sql, () if size is None else (size,)):
            yield CosignatureRow(*_typed(found, f"cosignature {found[0]}", int, str, bytes, int, str))

    def meta(self, key: str) -> str:
        """A setting, or an empty string."""
        found = self.run("SELECT value FROM meta WHERE key = ?", (key,))
        return str(found[0][0]) if found else ""

    def set_meta(self, key: str, value: str) -> None:
        """Keep a setting."""
        self.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def metas(self) -> Iterator[tuple[str, str]]:
        """All settings by name."""
        for key, value in self.stream("SELECT key, value FROM meta ORDER BY key"):
            yield str(key), str(value)

    def backup(self, path: str) -> None:
        """Copy page by page while others read and write; the copy is of one moment."""
        try:
            target = apsw.Connection(path)
            with target.backup("main", self._db, "main") as copy:
                copy.step()
            target.pragma("journal_mode", "delete")
            target.close()
        except apsw.Error as error:
            raise store_error(error, Path(path)) from error

    def damage(self) -> Iterator[str]:
        """What ``PRAGMA integrity_check`` says, unless all is well."""
        for (text,) in self.stream("PRAGMA integrity_check"):
            if text != "ok":
                yield str(text).replace("\n", " ")

    def discard(self) -> None:
        """Take the file away, with those that SQLite keeps beside it."""
        self._db.close()
        _take_away(self.path)


def _take_away(path: Path) -> None:
    """Remove a register file that was just made, with those that SQLite keeps beside it."""
    for end in ("", "-wal", "-shm", "-journal"):
        remove(Path(f"{path}{end}"))


def create_store(path: Path) -> SqliteStore | Refused:
    """A new, empty register file; one that is there is never overwritten."""
    try:
        path.open("xb").close()
    except FileExistsError:
        return Refused((StoreError("record.exists", str(path)).fault,))
    except OSError as error:
        return Refused((StoreError("record.unwritable", str(path), detail=error.strerror or "").fault,))
    try:
        store = _connect(path, write=True, wait=5.0)
        try:
            with store.writing():
                store.run(TABLES)
                store.run(f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}")
        except StoreError:
            store.close()
            raise
        return store
    except StoreError as error:
        _take_away(path)
        return Refused((error.fault,))


def open_store(path: Path, write: bool, wait: float = 5.0) -> SqliteStore | Refused:
    """The register in a file. `wait`: seconds to wait for another writer.

    Refused: no such file, no register, a newer version, a damaged file, one that may not be written.
    """
    try:
        if not path.is_file():
            raise StoreError("record.missing", str(path))
        store = _connect(path, write, wait)
        try:
            _check(store, write)
        except StoreError:
            store.close()
            raise
        return store
    except OSError as error:
        return Refused((StoreError("record.unreadable", str(path), detail=error.strerror or "").fault,))
    except StoreError as error:
        return Refused((error.fault,))


def _check(store: SqliteStore, write: bool) -> None:
    if store.run("PRAGMA application_id")[0][0] != APPLICATION:
        raise StoreError("record.not_register", store.where)
    version = store.run("PRAGMA user_version")[0][0]
    if version != VERSION:
        raise StoreError("record.newer", store.where, version=version, known=VERSION)
    if write and store._db.readonly("main"):
        raise StoreError("record.read_only", store.where)
    store.head()


def _connect(path: Path, write: bool, wait: float) -> SqliteStore:
    try:
        db = _open(path, write)
        store = SqliteStore(path, db)
        db.set_busy_timeout(int(wait * 1000))
        db.execute("PRAGMA mmap_size = 0; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
        if write and not db.readonly("main"):
            _durable(store)
            store.run("PRAGMA secure_delete = ON")  # what is erased must not lie in free pages
        return store
    except apsw.Error as error:
        raise store_error(error, path) from error


def _open(path: Path, write: bool) -> apsw.Connection:
    if write:
        return apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        # A connection that may write takes its -wal and -shm files away when it closes.
        db = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
        db.execute("PRAGMA query_only = ON")
        return db
    uri = f"file:{quote(str(path.resolve()))}?mode=ro"
    flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    try:
        db = apsw.Connection(uri, flags=flags)
        db.execute("PRAGMA schema_version").fetchall()
    except (apsw.CantOpenError, apsw.ReadOnlyError):
        wal = Path(f"{path}-wal")
        if wal.exists() and wal.stat().st_size:
            raise
        return apsw.Connection(f"{uri}&immutable=1", flags=flags)
    return db


def _durable(store: SqliteStore) -> None:
    """Choose the journal by the library's version, and read back what was granted."""
    found = tuple(map(int, apsw.sqlite_lib_version().split(".")))
    mode = "wal" if found >= WAL_SINCE else "delete"
    granted = store.run(f"PRAGMA journal_mode = {mode}")[0][0]
    if granted != mode:
        granted = store.run("PRAGMA journal_mode = delete")[0][0]
    store.journal = str(granted)
    store.run("PRAGMA synchronous = FULL" if granted == "wal" else "PRAGMA synchronous = EXTRA")


def _row(found: tuple[Any, ...]) -> Row:
    if tuple(map(type, found)) != _ROW:
        raise StoreError("record.damaged", f"entry {found[0]}", detail="a row that is torn")
    return Row._make(found)


def _typed(found: tuple[Any, ...], where: str, *types: type) -> tuple[Any, ...]:
    """The values of a row; a damaged page gives others than its table allows."""
    if all(isinstance(value, kind) for value, kind in zip(found, types, strict=True)):
        return found
    raise StoreError("record.damaged", where, detail="a row that is torn")


def store_error(error: apsw.Error, path: Path) -> StoreError:
    """What the database refused, as a fault of ours."""
    codes: list[tuple[type[apsw.Error] | tuple[type[apsw.Error], ...], str]] = [
        ((apsw.BusyError, apsw.LockedError), "record.busy"),
        (apsw.FullError, "record.disk_full"),
        (apsw.ReadOnlyError, "record.read_only"),
        (apsw.NotADBError, "record.not_register"),
        (apsw.CorruptError, "record.damaged"),
        ((apsw.CantOpenError, apsw.PermissionsError), "record.unreadable"),
    ]
    code = next((c for kind, c in codes if isinstance(error, kind)), "record.store")
    told = str(error)  # of a failed write the library sometimes says only “not an error”
    return StoreError(code, str(path), detail=type(error).__name__ if told == "not an error" else told)

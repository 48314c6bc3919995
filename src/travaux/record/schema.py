"""The tables of the SQLite store, and what a file must be to count as a register."""

from __future__ import annotations

from typing import Final

VERSION: Final = 1
APPLICATION: Final = 0x54726176
TABLES: Final = """
CREATE TABLE entry (
    idx INTEGER PRIMARY KEY CHECK (idx >= 0), id BLOB NOT NULL UNIQUE, by TEXT NOT NULL, n INTEGER NOT NULL,
    leaf BLOB NOT NULL, entry BLOB NOT NULL, UNIQUE (by, n)
) STRICT;
CREATE TRIGGER entry_stays BEFORE UPDATE ON entry
    BEGIN SELECT RAISE(ABORT, 'entries never change'); END;
CREATE TRIGGER entry_kept BEFORE DELETE ON entry
    BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;
CREATE TABLE checkpoint (size INTEGER PRIMARY KEY CHECK (size >= 1), note BLOB NOT NULL) STRICT;
CREATE TABLE cosig (
    size INTEGER NOT NULL, name TEXT NOT NULL, keyid BLOB NOT NULL, time INTEGER NOT NULL,
    line TEXT NOT NULL, PRIMARY KEY (size, name, keyid)
) STRICT, WITHOUT ROWID;
CREATE TABLE head (
    one INTEGER PRIMARY KEY CHECK (one = 1), size INTEGER NOT NULL, range BLOB NOT NULL
) STRICT;
CREATE TABLE blob (sha256 BLOB PRIMARY KEY, bytes BLOB) STRICT;
CREATE TABLE opening (
    act BLOB NOT NULL, part INTEGER NOT NULL, salt BLOB NOT NULL, content BLOB NOT NULL,
    PRIMARY KEY (act, part)
) STRICT;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
INSERT INTO head VALUES (1, 0, x'');
"""

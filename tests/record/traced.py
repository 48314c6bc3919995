"""A process to be traced: ``traced.py REGISTER ACTS [how…]`` appends, says what was acknowledged, and ends.

It says ``ready``; ``act ID SIZE ROOT`` for each receipt; ``site FOLDER SIZE ROOT`` for each export. What is
refused goes to standard error, a line each, with exit code 1. `how`: ``delete`` keeps a rollback journal as
old versions of SQLite have it, ``small`` folds the write-ahead log into the file every few pages, ``publish``
exports after every act, ``create`` makes the register first. Those of `WRONG` are wrong on purpose, each in
one way: the tests of the tests.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, NoReturn

sys.path.insert(0, str(Path(__file__).parents[2]))

import apsw

from tests.record.world import founded, must, propose
from travaux.acts.fault import Refused
from travaux.record import directory, sqlite
from travaux.record.log import Log
from travaux.record.sqlite import SqliteStore

SETTINGS = {
    "small": "wal_autocheckpoint = 8",
    "normal": "synchronous = NORMAL",
    "full": "synchronous = FULL",
}
WRONG = ("normal", "full", "early", "no-file-sync", "no-folder-sync", "deaf")


def say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def fail(found: Refused) -> NoReturn:
    for fault in found.faults:
        os.write(2, (fault.line() + "\n").encode())
    sys.exit(1)


def export(log: Log, folder: Path) -> None:
    done = directory.export_directory(log, folder / f"site-{log.size}", "arvia.example")
    if isinstance(done, Refused):
        fail(done)
    say("site", f"site-{log.size}", log.size, log.root.hex())


def act(log: Log, nth: int) -> None:
    receipt = propose(log, "arvia" if nth % 2 else "tolia", f"wording {nth}")
    if isinstance(receipt, Refused):
        fail(receipt)
    say("act", receipt.id, receipt.checkpoint.size, receipt.checkpoint.root.hex())


def bend(how: list[str]) -> None:
    """Put one thing wrong."""
    if "delete" in how:
        sqlite.WAL_SINCE = (99,)  # type: ignore[misc]
    durable = sqlite._durable

    def other(store: SqliteStore) -> None:
        durable(store)
        for name in set(how) & set(SETTINGS):
            store.run(f"PRAGMA {SETTINGS[name]}")
        if "full" in how:
            store.journal = ""  # nor does the store sync the folder itself

    sqlite._durable = other
    if "no-file-sync" in how:
        directory.sync_tree = _folders_alone
    if "no-folder-sync" in how:
        directory.sync_tree, directory.sync_folder = _files_alone, lambda _: None
    if "deaf" in how:
        _deafen()


def _folders_alone(path: Path) -> None:
    from travaux.record.durable import sync_folder

    for folder, _, _ in os.walk(path, topdown=False):
        sync_folder(Path(folder))


def _files_alone(path: Path) -> None:
    from travaux.record.durable import sync_file

    for file in path.rglob("*"):
        if file.is_file():
            sync_file(file)


def _deafen() -> None:
    """A store that does not hear when a sync fails."""

    class Deaf(apsw.VFSFile):
        def xSync(self, flags: int) -> None:
            try:
                super().xSync(flags)
            except apsw.Error:
                return

    class Disk(apsw.VFS):
        def __init__(self) -> None:
            super().__init__("deaf", "unix", makedefault=True)

        def xOpen(self, name: Any, flags: Any) -> Deaf:
            return Deaf("unix", name, flags)

    KEPT.append(Disk())


KEPT: list[object] = []


def publish_early(log: Log, folder: Path) -> None:
    """Let the files out before the commit that makes their entries durable."""
    behind = SqliteStore.set_head

    def set_head(store: SqliteStore, first: int, size: int, peaks: bytes, note: bytes) -> None:
        behind(store, first, size, peaks, note)
        export(log, folder)

    SqliteStore.set_head = set_head  # type: ignore[method-assign]


def main(path: Path, acts: int, how: list[str]) -> None:
    bend(how)
    if "create" in how:
        say("ready")
        founded(path).close()
    log = Log.open(path, write=True)
    if isinstance(log, Refused):
        fail(log)
    if "early" in how:
        publish_early(log, path.parent)
    say("ready")
    for nth in range(acts):
        act(log, nth)
        if "publish" in how and "early" not in how:
            export(log, path.parent)
    must(log).close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])

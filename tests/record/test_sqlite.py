"""The file itself: damage, versions, rights, a full disk, triggers."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import apsw
import pytest

from tests.record.world import HOST, batch, founded, must, propose
from travaux.acts.fault import Refused
from travaux.record.log import Log
from travaux.record.sqlite import store_error
from travaux.record.store import StoreError
from travaux.record.verify import verify


def code(found: object) -> str:
    assert isinstance(found, Refused)
    assert all(f.line() for f in found.faults)
    return found.faults[0].code


@pytest.fixture
def path(tmp_path: Path) -> Path:
    founded(tmp_path / "r.travaux", 40).close()
    return tmp_path / "r.travaux"


def test_entries_can_be_neither_changed_nor_deleted(path: Path) -> None:
    with apsw.Connection(str(path)) as db:
        for sql in ("UPDATE entry SET n = 9", "DELETE FROM entry"):
            with pytest.raises(apsw.ConstraintError):
                db.execute(sql)


def test_what_is_no_register_is_refused_in_words(tmp_path: Path) -> None:
    for name, data in (
        ("empty", b""),
        ("text", b"hello " * 5000),
        ("head", b"SQLite format 3\0" + bytes(80)),
    ):
        (tmp_path / name).write_bytes(data)
        for found in (
            Log.open(tmp_path / name),
            Log.open(tmp_path / name, write=True),
            verify(tmp_path / name),
        ):
            assert code(found) in ("record.not_register", "record.damaged")
    assert code(Log.open(tmp_path / "nothing")) == "record.missing"
    assert code(Log.open(tmp_path)) == "record.missing"
    other = apsw.Connection(str(tmp_path / "other.db"))
    other.execute("CREATE TABLE t (x)")
    other.close()
    assert code(Log.open(tmp_path / "other.db")) == "record.not_register"
    assert code(Log.create(tmp_path / "text")) == "record.exists"
    assert code(Log.create(tmp_path / "no" / "folder")) == "record.unwritable"


def test_a_newer_version_is_refused(path: Path) -> None:
    db = apsw.Connection(str(path))
    db.execute("PRAGMA user_version = 2")
    db.close()
    assert code(Log.open(path)) == "record.newer"
    assert code(verify(path)) == "record.newer"


def test_a_truncated_file_is_found(path: Path) -> None:
    whole = path.read_bytes()
    for part in (0.2, 0.5, 0.9, 0.99):
        path.write_bytes(whole[: int(len(whole) * part)])
        assert isinstance(Log.open(path, write=True), Refused)
        report = verify(path)
        assert isinstance(report, Refused) or report.faults


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_read_only_file_can_be_read_but_not_written(path: Path) -> None:
    path.chmod(0o400)
    path.parent.chmod(0o500)
    try:
        assert code(Log.open(path, write=True)) in ("record.read_only", "record.unreadable")
        with must(Log.open(path)) as log:
            assert len(list(log.entries())) == log.size
        assert must(verify(path)).unaltered
    finally:
        path.parent.chmod(0o700)


def test_no_file_is_left_beside_a_register_at_rest(path: Path) -> None:
    with must(Log.open(path)) as log:
        assert log.size
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_a_full_disk_loses_nothing(path: Path) -> None:
    with must(Log.open(path, write=True)) as log:
        pages = log.store.run("PRAGMA page_count")[0][0]  # type: ignore[attr-defined]
        log.store.run(f"PRAGMA max_page_count = {pages + 1}")  # type: ignore[attr-defined]
        size, found = log.size, None
        while not isinstance(found, Refused):
            size = log.size
            found = propose(log, "arvia", "x" * 10_000)
        assert code(found) == "record.disk_full"
        assert log.size == size
        assert code(propose(log, "arvia", "x")) == "record.reopen"
    with must(Log.open(path, write=True)) as log:
        assert log.size == size
        must(propose(log, "arvia", "room again"))
    assert must(verify(path)).unaltered


def test_an_entry_changed_at_rest_stops_the_writer(path: Path) -> None:
    db = apsw.Connection(str(path))
    db.execute("DROP TRIGGER entry_stays")
    entry = db.execute("SELECT entry FROM entry WHERE idx = 7").get
    db.execute("UPDATE entry SET entry = ? WHERE idx = 7", (entry.replace(b"wording", b"Wording"),))
    db.close()
    found = Log.open(path, write=True)
    assert code(found) == "record.other_root"


def test_a_lost_row_is_named(path: Path) -> None:
    db = apsw.Connection(str(path))
    db.execute("DROP TRIGGER entry_kept; DELETE FROM entry WHERE idx = 7")
    db.close()
    assert code(Log.open(path, write=True)) == "record.gap"
    report = must(verify(path))
    assert ("record.gap", 7) in [(f.fault.code, f.index) for f in report.faults]


def test_an_older_copy_put_in_its_place_is_noticed(path: Path, tmp_path: Path) -> None:
    shutil.copy(path, tmp_path / "old")
    with must(Log.open(path, write=True)) as log:
        must(propose(log, "arvia", "new"))
        db = apsw.Connection(str(tmp_path / "old"))
        with apsw.Connection(str(path)).backup("main", db, "main") as copy:
            copy.step()
        assert code(propose(log, "arvia", "newer")) == "record.went_back"


def test_every_error_of_the_database_has_a_sentence() -> None:
    for name in (
        "BusyError",
        "FullError",
        "ReadOnlyError",
        "NotADBError",
        "CorruptError",
        "CantOpenError",
        "IOError",
    ):
        error = store_error(getattr(apsw, name)("detail"), Path("r.travaux"))
        assert isinstance(error, StoreError)
        assert error.fault.line().startswith("r.travaux: ")


def test_checkpoints_nobody_cosigned_are_kept_for_a_while(path: Path) -> None:
    with must(Log.open(path, write=True)) as log:
        for text in range(300):
            must(log.append_all(batch(log, [str(text)]), HOST))
        sizes = [size for size, _ in log.store.checkpoints()]
        assert sizes == list(range(log.size - 255, log.size + 1))

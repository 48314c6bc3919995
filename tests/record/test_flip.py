"""Any changed byte is found, in an export and in a register file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from tests.cases import case
from tests.record.world import cosigned, founded, must, propose
from travaux.record.directory import export_directory
from travaux.record.verify import Report, verify

MASKS = (0x01, 0x20, 0x80)


def files_of(folder: Path) -> Iterator[Path]:
    return (f for f in sorted(folder.rglob("*")) if f.is_file())


def flips(file: Path, folder: Path, masks: tuple[int, ...], step: int = 1) -> list[tuple[str, int, int]]:
    """The changed bytes that verification did not find."""
    data, missed = file.read_bytes(), []
    for at in range(0, len(data), step):
        for mask in masks:
            file.write_bytes(data[:at] + bytes([data[at] ^ mask]) + data[at + 1 :])
            report = verify(folder)
            if isinstance(report, Report) and report.unaltered:
                missed.append((file.name, at, mask))
    file.write_bytes(data)
    return missed


@pytest.fixture
def export(tmp_path: Path) -> Path:
    with founded(tmp_path / "r.travaux", 3) as log:
        cosigned(log)
        must(propose(log, "arvia", "for the parties", audience="parties"))
        must(export_directory(log, tmp_path / "public"))
        must(export_directory(log, tmp_path / "party", "arvia.example"))
    return tmp_path


@pytest.mark.parametrize("name", ["public", "party"])
def test_a_flipped_byte_of_an_export_is_found(export: Path, name: str) -> None:
    folder = export / name
    assert must(verify(folder)).unaltered
    for file in files_of(folder):
        assert flips(file, folder, (0x20,), step=7) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["public", "party"])
def test_every_flipped_byte_of_an_export_is_found(export: Path, name: str) -> None:
    for file in files_of(export / name):
        assert flips(file, export / name, MASKS) == []


@pytest.mark.slow
def test_every_flipped_byte_of_the_example_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "register"
    shutil.copytree(case("record/register"), folder)
    for part in ("checkpoint", "tile", "blob"):
        for file in files_of(folder / part) if part != "checkpoint" else [folder / part]:
            assert flips(file, folder, MASKS) == []


ROWS = {
    "entry": ("entry", "entry", "idx", lambda f: f"entry {f}"),
    "leaf": ("entry", "leaf", "idx", lambda f: f"entry {f}"),
    "id": ("entry", "id", "idx", lambda f: f"entry {f}"),
    "checkpoint": ("checkpoint", "note", "size", lambda f: f"checkpoint {f}"),
    "cosignature": ("cosig", "line", "size", lambda f: (f"cosignature {f}", f"checkpoint {f}")),
    "key": ("cosig", "keyid", "size", lambda f: (f"cosignature {f}", f"checkpoint {f}")),
    "blob": ("blob", "bytes", "hex(sha256)", lambda f: f"blob {str(f).lower()}"),
    "hash": ("blob", "sha256", "1", lambda f: "blob"),
    "head": ("head", "range", "1", lambda f: "head"),
}


@pytest.mark.parametrize("what", ROWS)
def test_a_flipped_byte_of_a_row_is_found_and_named(tmp_path: Path, what: str) -> None:
    table, column, key, named = ROWS[what]
    path = tmp_path / "r.travaux"
    with founded(path, 3) as log:
        cosigned(log)
    with apsw.Connection(str(path)) as db:
        db.execute("DROP TRIGGER entry_stays")
        sql = f"SELECT rowid, {key}, {column} FROM {table}"
        if table == "cosig":
            sql = f"SELECT name, {key}, {column} FROM {table}"
        rows = db.execute(sql).fetchall()
    ident = "name" if table == "cosig" else "rowid"
    for row, label, value in rows:
        data = value.encode() if isinstance(value, str) else value
        for at in range(0, len(data), 5):
            changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
            stored = changed.decode("utf-8", "surrogateescape") if isinstance(value, str) else changed
            if isinstance(stored, str) and not stored.isprintable():
                continue
            change(path, f"UPDATE {table} SET {column} = ? WHERE {ident} = ?", (stored, row))
            report = must(verify(path))
            change(path, f"UPDATE {table} SET {column} = ? WHERE {ident} = ?", (value, row))
            places = [f.placed().place.where for f in report.faults]
            assert any(p.startswith(named(label)) for p in places), (what, label, at, places)
    assert must(verify(path)).unaltered


def change(path: Path, sql: str, values: tuple[object, ...]) -> None:
    with apsw.Connection(str(path)) as db:
        db.execute(sql, values)
    db.close()

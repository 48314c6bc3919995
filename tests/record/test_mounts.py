"""A disk of its own under the register: one that fills up, one that may only be read.

It needs the right to mount (as root in a container it may be missing): without it these tests skip.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.record.test_sqlite import code
from tests.record.world import founded, must, propose
from travaux.acts.fault import Refused
from travaux.record import sqlite
from travaux.record.directory import export_directory, import_directory
from travaux.record.log import Log
from travaux.record.mirror import Followed, follow
from travaux.record.published import Folder
from travaux.record.verify import verify

KIND = ["tmpfs", "ext4"]


@contextmanager
def mounted(kind: str, folder: Path, size: int = 2) -> Iterator[Path]:
    """A file system of `size` MiB at ``folder/disk`` in the block: in memory, or on a loop device."""
    at, image = folder / "disk", folder / "image"
    at.mkdir()
    if kind == "ext4":
        if shutil.which("mkfs.ext4") is None:
            pytest.skip("mkfs.ext4 is not installed (Debian: e2fsprogs)")
        with image.open("wb") as file:
            file.truncate(size << 20)
        tried("mkfs.ext4", "-q", "-O", "^has_journal", "-m", "0", str(image))
        tried("mount", "-o", "loop", str(image), str(at))
    else:
        tried("mount", "-t", "tmpfs", "-o", f"size={size}m", "tmpfs", str(at))
    try:
        yield at
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True)


def tried(*command: str) -> None:
    """Run what needs a right, or skip."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        pytest.skip(f"{command[0]}: {error}")
    if done.returncode:
        pytest.skip(f"{command[0]} is not allowed here: {done.stderr.strip()[:100]}")


def fill(disk: Path) -> None:
    """Leave no room at all."""
    with suppress(OSError), (disk / "filler").open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            continue


def until_refused(log: Log, acknowledged: list[str]) -> Refused:
    for nth in range(10_000):
        found = propose(log, "arvia", f"{nth} " + "x" * 9_000)
        if isinstance(found, Refused):
            return found
        acknowledged.append(found.id)
    pytest.fail("the disk never filled up")


@pytest.mark.parametrize("mode", ["wal", "delete"])
@pytest.mark.parametrize("kind", KIND)
def test_a_full_disk_loses_nothing_and_goes_on_with_room(
    kind: str, mode: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if mode == "delete":
        monkeypatch.setattr(sqlite, "WAL_SINCE", (99,))
    with mounted(kind, tmp_path) as disk:
        filler = disk / "filler"
        filler.write_bytes(bytes(400_000))
        said: list[str] = []
        log = founded(disk / "r.travaux", 3)
        found = until_refused(log, said)
        assert code(found) in ("record.disk_full", "record.store")
        assert code(propose(log, "arvia", "x")) == "record.reopen"
        log.close()
        filler.unlink()
        with must(Log.open(disk / "r.travaux", write=True)) as again:
            assert set(said) <= {e.id for e in again.entries()}
            must(propose(again, "tolia", "room again"))
        assert must(verify(disk / "r.travaux")).unaltered


@pytest.mark.parametrize("kind", KIND)
def test_a_copy_that_finds_no_room_leaves_nothing_behind(kind: str, tmp_path: Path) -> None:
    with founded(tmp_path / "r.travaux") as log, mounted(kind, tmp_path, 1) as disk:
        must(log.put_blob(bytes(100)))
        for nth in range(150):
            must(propose(log, "arvia", f"{nth} " + "x" * 9_000))
        before = sorted(p.name for p in disk.iterdir())
        attempts: list[Callable[[], object]] = [
            lambda: export_directory(log, disk / "site", "arvia.example"),
            lambda: log.backup(disk / "copy.travaux"),
            lambda: import_directory(tmp_path / "r.travaux", disk / "m.travaux"),
        ]
        for attempt in attempts:
            assert code(attempt()) in (
                "record.unwritable",
                "record.no_copy",
                "record.disk_full",
                "record.store",
            )
            assert sorted(p.name for p in disk.iterdir()) == before


@pytest.mark.parametrize("kind", KIND)
def test_a_register_for_which_there_is_no_room_leaves_no_file(kind: str, tmp_path: Path) -> None:
    with mounted(kind, tmp_path) as disk:
        fill(disk)
        assert code(Log.create(disk / "r.travaux")) in ("record.disk_full", "record.store")
        assert not list(disk.glob("r.travaux*"))
        (disk / "filler").unlink()
        founded(disk / "r.travaux").close()


def test_a_mirror_that_finds_no_room_stays_where_it_was(tmp_path: Path) -> None:
    with founded(tmp_path / "r.travaux", 3) as log, mounted("tmpfs", tmp_path, 1) as disk:
        must(export_directory(log, tmp_path / "one", "arvia.example"))
        assert isinstance(follow(disk / "m.travaux", Folder(tmp_path / "one")), Followed)
        for nth in range(150):
            must(propose(log, "arvia", f"{nth} " + "x" * 9_000))
        must(export_directory(log, tmp_path / "two", "arvia.example"))
        assert code(follow(disk / "m.travaux", Folder(tmp_path / "two"))) in (
            "record.disk_full",
            "record.store",
        )
        assert must(verify(disk / "m.travaux")).size == 6
        assert isinstance(follow(disk / "n.travaux", Folder(tmp_path / "two")), Refused)
        assert not list(disk.glob("n.travaux*"))


@pytest.mark.parametrize("kind", KIND)
def test_a_disk_that_may_only_be_read_is_read_and_verified(kind: str, tmp_path: Path) -> None:
    with mounted(kind, tmp_path) as disk:
        founded(disk / "r.travaux", 4).close()
        tried("mount", "-o", "remount,ro", str(disk))
        assert code(Log.open(disk / "r.travaux", write=True)) in ("record.read_only", "record.unreadable")
        with must(Log.open(disk / "r.travaux")) as log:
            assert len(list(log.entries())) == log.size == 7
            assert code(export_directory(log, disk / "site", "arvia.example")) == "record.unwritable"
            assert code(log.backup(disk / "copy.travaux")) == "record.no_copy"
            must(export_directory(log, tmp_path / "site", "arvia.example"))
        assert must(verify(disk / "r.travaux")).unaltered
        assert code(Log.create(disk / "new.travaux")) == "record.unwritable"
        assert code(follow(disk / "m.travaux", Folder(tmp_path / "site"))) == "record.unwritable"
        assert [p.name for p in disk.iterdir() if p.name != "lost+found"] == ["r.travaux"]

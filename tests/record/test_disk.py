"""The disk of the power-cut simulator, and the reader of traces, by themselves."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from tests.record.disk import SECTOR, Disk, Image, applied, held, put, sectors
from tests.record.tracing import (
    Cut,
    Made,
    Opened,
    Removed,
    Renamed,
    Said,
    Step,
    Synced,
    Wrote,
    need_strace,
    read_trace,
    run_traced,
)


def after(image: Image, *steps: Step, drawn: int = 40) -> tuple[Image, Image, list[Image]]:
    """The disk after steps: with nothing loose, with everything, and other states."""
    disk = Disk(image)
    for step in steps:
        disk.do(step)
    none, everything, *others = disk.images(Random(3), drawn)
    return none, everything, others


NEW, BYTES = Opened("a", True, False), Wrote("a", 0, b"x" * 1024)


def test_a_write_is_durable_after_its_own_sync() -> None:
    none, everything, others = after({"a": b"old"}, BYTES)
    assert (none, everything) == ({"a": b"old"}, {"a": b"x" * 1024})
    assert {len(o["a"] or b"") for o in others} == {3, 512, 1024}
    none, everything, others = after({"a": b"old", "b": b""}, BYTES, Synced("b"), Synced(""))
    assert none == {"a": b"old", "b": b""}
    none, everything, others = after({"a": b"old"}, BYTES, Synced("a"))
    assert {none["a"], everything["a"], *(o["a"] for o in others)} == {b"x" * 1024}


def test_a_name_is_durable_after_the_sync_of_its_folder_or_of_the_new_file() -> None:
    assert after({}, NEW, BYTES)[0] == {}
    assert after({}, NEW, BYTES, Synced(""))[0] == {"a": b""}
    assert after({}, NEW, BYTES, Synced("a"))[0] == {"a": b"x" * 1024}
    assert after({"a": b"1"}, Removed("a"))[0] == {"a": b"1"}
    assert after({"a": b"1"}, Removed("a"), Synced(""))[0] == {}
    renamed = [NEW, BYTES, Synced("a"), Renamed("a", "b")]
    assert after({"b": b"1"}, *renamed)[0] == {"a": b"x" * 1024, "b": b"1"}
    assert after({"b": b"1"}, *renamed, Synced("b"))[0] == {"a": b"x" * 1024, "b": b"1"}
    assert after({"b": b"1"}, *renamed, Synced(""))[0] == {"b": b"x" * 1024}


def test_changes_to_a_folder_come_in_their_order() -> None:
    _, _, others = after({"a": b"1"}, Opened("b", True, False), Removed("a"), Opened("c", True, False))
    assert {"".join(sorted(o)) for o in others} == {"a", "ab", "b", "bc"}
    assert sorted(after({}, Opened("b", True, False), Opened("c", True, False), Synced("c"))[0]) == ["b", "c"]


def test_a_folder_within_a_folder_has_its_own_sync() -> None:
    steps = [Made("f"), Opened("f/a", True, False), Wrote("f/a", 0, b"1"), Synced("f/a")]
    assert after({}, *steps)[0] == {}
    assert after({}, *steps, Synced(""))[0] == {"f": None, "f/a": b"1"}
    assert after({}, *steps, Synced("f"), Renamed("f", "g"))[1] == {"g": None, "g/a": b"1"}


def test_what_a_failed_sync_left_is_never_sure_again() -> None:
    again = Wrote("a", 1024, b"y")
    none, everything, _ = after({"a": b""}, BYTES, Synced("a", False), again, Synced("a"), Synced("a"))
    assert none == {"a": bytes(1024) + b"y"}
    assert everything == {"a": b"x" * 1024 + b"y"}


def test_writes_tear_at_the_sectors_of_the_disk() -> None:
    parts = sectors(Wrote("a", SECTOR - 2, b"abcdef"))
    assert parts == [Wrote("a", SECTOR - 2, b"ab"), Wrote("a", SECTOR, b"cdef")]
    assert applied(b"12345", [Cut("a", 2), Wrote("a", 4, b"x")]) == b"12\0\0x"
    assert applied(b"", [Cut("a", 3)]) == bytes(3)


def test_a_rename_between_folders_is_not_guessed_at() -> None:
    disk = Disk({"a": b"", "f": None})
    with pytest.raises(ValueError, match="a"):
        disk.do(Renamed("a", "f/a"))


def test_an_image_goes_out_and_comes_back(tmp_path: Path) -> None:
    image: Image = {"f": None, "f/g": None, "f/g/a": b"1", "b": b""}
    put(image, tmp_path)
    assert held(tmp_path) == image
    assert next(islice(Disk(image).images(Random(), 0), 1)) == image


SCRIPT = """
import os, sys
os.chdir(sys.argv[1])
with open("new", "wb", buffering=0) as file:
    file.write(b"one"); file.write(b"two"); file.seek(1); file.write(b"N")
    os.fsync(file.fileno()); os.pwrite(file.fileno(), b"end", 600); os.ftruncate(file.fileno(), 4)
here = os.getcwd()
os.mkdir(f"{here}/f"); os.rename(f"{here}/new", f"{here}/f2"); os.unlink(f"{here}/f2"); os.rmdir(f"{here}/f")
number = os.open(".", os.O_RDONLY); os.fsync(number)
os.write(1, b"said\\n")
"""


def test_a_trace_is_read_as_it_was_done(tmp_path: Path) -> None:
    need_strace()
    folder = tmp_path / "a folder"
    folder.mkdir()
    run = run_traced([sys.executable, "-S", "-c", SCRIPT, str(folder)], folder)
    assert (run.code, run.said) == (0, ("said",))
    steps = run.steps(folder)
    assert steps[1:] == [
        Wrote("new", 0, b"one"), Wrote("new", 3, b"two"), Wrote("new", 1, b"N"), Synced("new"),
        Wrote("new", 600, b"end"), Cut("new", 4), Made("f"), Renamed("new", "f2"), Removed("f2"),
        Removed("f"), Opened("", False, False), Synced(""), Said("said\n"),
    ]  # fmt: skip
    assert steps[0] == Opened("new", True, True)


def test_a_call_that_cannot_be_replayed_is_no_silence(tmp_path: Path) -> None:
    line = 'link("\\x2f\\x66\\x2f\\x61", "\\x2f\\x66\\x2f\\x62") = 0'
    with pytest.raises(ValueError, match="link"):
        list(read_trace(line, "/f"))
    with pytest.raises(ValueError, match="a"):
        list(read_trace('unlink("\\x61") = 0', "/f"))
    with pytest.raises(ValueError, match="unfinished"):
        list(read_trace("12 fsync(3<\\x2f\\x66> <unfinished ...>", "/f"))


def test_without_the_tracer_the_tests_skip_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(pytest.skip.Exception, match="strace is not installed"):
        need_strace()

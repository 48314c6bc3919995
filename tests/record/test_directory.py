"""Export and import: every reader gets what is theirs, the same bytes each time, and can verify it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.record.world import DELEGATES, HOST, RULES, batch, cosigned, founded, key, must, propose
from travaux.acts.fault import Refused
from travaux.record.directory import export_directory, import_directory
from travaux.record.log import Log
from travaux.record.verify import verify


@pytest.fixture
def log(tmp_path: Path) -> Log:
    log = founded(tmp_path / "r.travaux", 3)
    for audience, words in (("parties", b"a paper of the parties"), (("tolia.example",), b"for Tolia alone")):
        digest = must(log.put_blob(words))
        must(propose(log, "tolia", "kept back", audience=audience, blobs=[digest]))
    digest = must(log.put_blob(b"a public paper"))
    must(propose(log, "tolia", "open again", blobs=[digest]))
    must(log.put_blob(b"cited by nobody"))
    cosigned(log)
    must(propose(log, "arvia", "after the cosigning"))
    return log


def tree(folder: Path) -> dict[str, bytes]:
    files = sorted(f for f in folder.rglob("*") if f.is_file())
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in files}


def test_each_reader_gets_their_entries_and_documents(log: Log, tmp_path: Path) -> None:
    held = {"public": (2, 2), "arvia.example": (1, 3), "tolia.example": (0, 4)}
    for reader, (withheld, blobs) in held.items():
        done = must(export_directory(log, tmp_path / reader, reader))
        assert (done.withheld, done.blobs) == (withheld, blobs)
        report = must(verify(tmp_path / reader, founding=log.register or ""))
        assert (report.unaltered, report.size, report.withheld) == (True, log.size, withheld)
        assert report.unforked == log.size - 1
        files = tree(tmp_path / reader)
        assert any("tile/entries/" in f for f in files) == (withheld == 0)
        whole = b"".join(files.values())
        assert (b"a paper of the parties" in whole) == (reader != "public")
        assert (b"for Tolia alone" in whole) == (reader == "tolia.example")
        assert RULES in whole
        assert b"cited by nobody" not in whole


def test_the_same_log_gives_the_same_bytes(log: Log, tmp_path: Path) -> None:
    must(export_directory(log, tmp_path / "a"))
    must(log.put_blob(b"one more that nobody cites"))
    must(export_directory(log, tmp_path / "b"))
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


def test_a_restricted_word_changes_no_byte_of_a_public_entry(tmp_path: Path) -> None:
    files = []
    for words in ("yes", "no"):
        with founded(tmp_path / f"{words}.travaux") as log:
            must(propose(log, "tolia", words, audience="parties", salt=bytes(32)))
            must(export_directory(log, tmp_path / words))
            files.append(tree(tmp_path / words))
    same = [f for f in files[0] if files[0][f] == files[1][f]]
    assert set(files[0]) - set(same) == {"checkpoint", "tile/0/000.p/4"}


def test_a_mirror_says_the_same_and_takes_no_acts(log: Log, tmp_path: Path) -> None:
    must(export_directory(log, tmp_path / "d", "tolia.example"))
    must(import_directory(tmp_path / "d", tmp_path / "m.travaux", founding=log.register or ""))
    with must(Log.open(tmp_path / "m.travaux", write=True)) as mirror:
        assert (mirror.root, mirror.register) == (log.root, log.register)
        refused = propose(mirror, "arvia", "x")
        assert isinstance(refused, Refused)
        assert refused.faults[0].code == "record.mirror"
        cosigned(mirror)
        must(export_directory(mirror, tmp_path / "again", "tolia.example"))
        assert must(verify(tmp_path / "again", quorum=True)).complete == log.size
    must(export_directory(must(Log.open(tmp_path / "m.travaux")), tmp_path / "third", "tolia.example"))
    assert tree(tmp_path / "again") == tree(tmp_path / "third")


def test_with_the_host_key_an_import_goes_on(log: Log, tmp_path: Path) -> None:
    must(export_directory(log, tmp_path / "d", "tolia.example"))
    wrong = import_directory(
        tmp_path / "d", tmp_path / "w.travaux", host=key("record.example/commission", nth="2")
    )
    assert isinstance(wrong, Refused)
    assert not (tmp_path / "w.travaux").exists()
    must(import_directory(tmp_path / "d", tmp_path / "h.travaux", host=HOST))
    with must(Log.open(tmp_path / "h.travaux", write=True)) as moved:
        must(propose(moved, "arvia", "goes on"))
        assert moved.size == log.size + 1
    assert must(verify(tmp_path / "h.travaux")).unaltered


def test_what_cannot_be_a_mirror_is_refused(log: Log, tmp_path: Path) -> None:
    must(export_directory(log, tmp_path / "public"))
    assert isinstance(import_directory(tmp_path / "public", tmp_path / "m"), Refused)
    must(export_directory(log, tmp_path / "d", "tolia.example"))
    assert isinstance(import_directory(tmp_path / "d", tmp_path / "r.travaux"), Refused)
    assert isinstance(import_directory(tmp_path / "d", tmp_path / "m", founding="0" * 64), Refused)
    assert isinstance(import_directory(tmp_path / "nothing", tmp_path / "m"), Refused)
    assert not (tmp_path / "m").exists()


def test_an_export_overwrites_nothing(log: Log, tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    must(export_directory(log, tmp_path / "d"))
    before = tree(tmp_path / "d")
    assert isinstance(export_directory(log, tmp_path / "d"), Refused)
    assert isinstance(export_directory(log, tmp_path / "e", "nuria.example"), Refused)
    assert tree(tmp_path / "d") == before
    assert not (tmp_path / "e").exists()


def test_tiles_beyond_one_hold_too(tmp_path: Path) -> None:
    with founded(tmp_path / "r.travaux") as log:
        must(log.append_all(batch(log, [str(i) for i in range(600)]), HOST))
        cosigned(log)
        must(export_directory(log, tmp_path / "d", "arvia.example"))
    report = must(verify(tmp_path / "d", quorum=True))
    assert (report.unaltered, report.complete) == (True, 603)
    for name in ("tile/entries/001", "tile/0/001", "tile/1/000.p/2"):
        data = (tmp_path / "d" / name).read_bytes()
        (tmp_path / "d" / name).write_bytes(data[:40] + bytes([data[40] ^ 1]) + data[41:])
        found = must(verify(tmp_path / "d"))
        assert any(f.where == name for f in found.faults), name
        (tmp_path / "d" / name).unlink()
        found = must(verify(tmp_path / "d"))
        assert any(f.where == name and f.fault.code == "record.file_missing" for f in found.faults), name
        (tmp_path / "d" / name).write_bytes(data)
    assert must(verify(tmp_path / "d")).unaltered


def test_a_full_tile_serves_for_a_partial_one(log: Log, tmp_path: Path) -> None:
    must(export_directory(log, tmp_path / "d", "tolia.example"))
    size = log.size
    must(log.append_all(batch(log, [str(i) for i in range(256 - size)]), HOST))
    must(export_directory(log, tmp_path / "full", "tolia.example"))
    (tmp_path / "full" / "checkpoint").write_bytes((tmp_path / "d" / "checkpoint").read_bytes())
    report = must(verify(tmp_path / "full"))
    assert (report.size, [f.line() for f in report.faults if "tile/1" not in f.where]) == (size, [])


def test_a_checkpoint_of_an_absurd_size_is_no_endless_work(log: Log, tmp_path: Path) -> None:
    must(export_directory(log, tmp_path / "d"))
    text = (tmp_path / "d" / "checkpoint").read_text().replace(f"\n{log.size}\n", "\n999999999999999999\n", 1)
    (tmp_path / "d" / "checkpoint").write_text(text)
    report = must(verify(tmp_path / "d"))
    assert {"record.file_missing", "record.host_signature"} <= {f.fault.code for f in report.faults}
    for bad in ("", "hello", "a\nb\nc\n\n— x AAAAAAAA\n"):
        (tmp_path / "d" / "checkpoint").write_text(bad)
        assert must(verify(tmp_path / "d")).faults
    assert DELEGATES

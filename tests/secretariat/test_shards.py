"""An archive in a folder: same bytes whatever the number of processes, after a stop, and by a scheduler."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import pytest

from travaux.acts.fault import Fault, Refused
from travaux.secretariat import many, reading, shards
from travaux.secretariat.archive import Paper, papers
from travaux.secretariat.many import Outcome, read_many
from travaux.secretariat.running import run, run_dask
from travaux.secretariat.shards import Plan, plans, readings_of, shard_of

TEXT = "Ferry talks in Velmar, 3 March 2031\n\nThe two sides agreed to open pier {n} by {n} May 2031.\n"


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(shards, "PER_SHARD", 3)
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(1, 9):
        (folder / f"{n:02}.txt").write_text(TEXT.format(n=n), encoding="utf-8")
    (folder / "bad.txt").write_bytes(b"\x00\x01" * 200)
    with zipfile.ZipFile(folder / "more.zip", "w") as package:
        for n in range(10, 14):
            package.writestr(f"{n}.txt", TEXT.format(n=n))
    return folder


def planned(folder: Path, out: Path, **options: bool) -> list[Plan]:
    found = plans(out, [p for p in papers([str(folder)]) if isinstance(p, Paper)], **options)
    assert not isinstance(found, Refused), found
    return found


def content(out: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(out.iterdir())}


def counts(done: object) -> tuple[int, int, int]:
    assert isinstance(done, list)
    return sum(d.read for d in done), sum(d.copied for d in done), sum(len(d.refused) for d in done)


def test_one_and_two_processes_and_a_scheduler_write_the_same_bytes(archive: Path, tmp_path: Path) -> None:
    outs = [tmp_path / name for name in ("one", "two", "dask")]
    assert counts(run(planned(archive, outs[0], parquet=True))) == (12, 0, 1)
    assert counts(run(planned(archive, outs[1], parquet=True), jobs=2)) == (12, 0, 1)
    assert counts(run_dask(planned(archive, outs[2], parquet=True), "processes", jobs=2)) == (12, 0, 1)
    first, second, third = map(content, outs)
    assert len(first) > 9
    assert first == second == third


def test_every_document_has_one_manifest_line_and_a_failure_is_one_of_them(
    archive: Path, tmp_path: Path
) -> None:
    run(planned(archive, tmp_path / "out"))
    lines = [
        json.loads(row) for f in (tmp_path / "out").glob("manifest-*") for row in f.read_text().splitlines()
    ]
    assert len(lines) == 13
    (bad,) = [line for line in lines if line["status"] == "refused"]
    assert bad["file"].endswith("bad.txt") and "no text" in bad["faults"][0]
    assert sorted(r["doc"]["file"] for r in readings_of(tmp_path / "out")) == sorted(
        line["file"] for line in lines if line["status"] == "read"
    )
    assert all(line["items"]["commitments"] == 1 for line in lines if line["status"] == "read")


def test_a_second_run_reads_only_what_changed(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(planned(archive, out))
    before = {p.name: p.stat().st_mtime_ns for p in out.iterdir()}
    assert counts(run(planned(archive, out))) == (0, 12, 1)
    assert {p.name: p.stat().st_mtime_ns for p in out.iterdir()} == before
    (archive / "03.txt").write_text(TEXT.format(n=30), encoding="utf-8")
    (archive / "04.txt").unlink()
    assert counts(run(planned(archive, out))) == (1, 10, 1)
    fresh = tmp_path / "fresh"
    (fresh / "x").mkdir(parents=True)
    (fresh / "x").rmdir()
    (fresh / "archive.json").write_bytes((out / "archive.json").read_bytes())
    run(planned(archive, fresh))
    assert content(fresh) == content(out)


def test_the_same_text_in_another_wrapping_is_not_read_again(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Встреча в Вельмаре 3 марта 2031 года. Стороны договорились открыть причал.\n"
    (archive / "02.txt").write_text(text, encoding="utf-8")
    out, whole = tmp_path / "out", tmp_path / "whole"
    run(planned(archive, out))
    (archive / "02.txt").write_bytes(text.encode("cp1251"))
    monkeypatch.setattr(many, "read_taken", lambda *_, **__: pytest.fail("read again"))
    assert counts(run(planned(archive, out))) == (0, 12, 1)
    monkeypatch.undo()
    whole.mkdir()
    (whole / "archive.json").write_bytes((out / "archive.json").read_bytes())
    run(planned(archive, whole))
    assert content(out) == content(whole)


def test_other_rules_or_another_date_read_everything_again(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    run(planned(archive, out))
    monkeypatch.setattr(shards, "rules_hash", lambda: "0" * 64)
    assert counts(run(planned(archive, out))) == (12, 0, 1)


def test_a_run_that_was_ended_goes_on_and_ends_in_the_same_bytes(archive: Path, tmp_path: Path) -> None:
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    run(planned(archive, whole))
    half = planned(archive, cut)
    run(half[: len(half) // 2])
    (cut / "readings-0099.new").write_bytes(b"half a line")
    some = half[len(half) // 2]
    (cut / f"readings-{some.number:04}.jsonl").write_bytes(b"{}\n")  # readings without their manifest
    assert counts(run(planned(archive, cut)))[1] > 0
    (cut / "readings-0099.new").unlink()
    assert content(cut) == content(whole)


def test_a_folder_that_holds_something_else_is_not_written_into(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    found = plans(tmp_path / "out", [])
    assert isinstance(found, Refused) and found.faults[0].code == "read.out_not_empty"


def test_the_shard_of_a_document_is_told_by_its_name_alone() -> None:
    assert [shard_of(f"{n}.txt", 4) for n in range(4)] == [shard_of(f"{n}.txt", 4) for n in range(4)]
    assert {shard_of(f"{n}.txt", 4) for n in range(100)} == {0, 1, 2, 3}


def test_an_error_inside_the_reader_is_one_line_and_the_others_are_read(
    monkeypatch: pytest.MonkeyPatch, archive: Path
) -> None:
    true = many.read_taken

    def breaks(taken: reading.Taken, **options: object) -> object:
        if taken.held.name.endswith("02.txt"):
            raise RecursionError
        return true(taken, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(many, "read_taken", breaks)
    found = list(read_many(p for p in papers([str(archive)]) if isinstance(p, Paper)))
    assert sum(bool(o.json) for o in found) == 11
    assert [o.faults[0].code for o in found if not o.json] == ["read.failed", "intake.binary"]


def _dies(chunk: list[Paper], day: object) -> list[Outcome]:
    if any(p.name.endswith("02.txt") for p in chunk):
        os._exit(9)
    return [Outcome(p.name, b"{}\n") for p in chunk]


def test_a_process_that_dies_costs_one_document(monkeypatch: pytest.MonkeyPatch, archive: Path) -> None:
    monkeypatch.setattr(many, "read_chunk", _dies)
    found = list(read_many((p for p in papers([str(archive)]) if isinstance(p, Paper)), jobs=2))
    assert len(found) == 13
    assert [(o.name[-6:], [f.code for f in o.faults]) for o in found if o.faults] == [
        ("02.txt", ["read.died"])
    ]
    assert isinstance(found[1].faults[0], Fault)

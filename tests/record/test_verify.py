"""What verification says: all faults, apart from notices; rules asked; progress told."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from tests.record.world import HOST, Veto, batch, cosigned, founded, must, propose
from travaux.acts.fault import Refused
from travaux.record.log import Log
from travaux.record.verify import verify


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with founded(tmp_path / "r.travaux", 6) as log:
        cosigned(log)
        must(propose(log, "arvia", "tail"))
    return tmp_path / "r.travaux"


def test_unforked_and_complete_are_said_apart(path: Path) -> None:
    report = must(verify(path))
    assert (report.unaltered, report.size, report.unforked, report.complete) == (True, 10, 9, 9)
    assert [n.fault.code for n in report.notices] == ["record.tail"]
    strict = must(verify(path, quorum=True))
    assert (strict.unaltered, [f.fault.code for f in strict.faults]) == (True, ["record.tail"])
    assert all(f.line() for f in (*report.notices, *strict.faults))


def test_another_founding_id_is_a_fault(path: Path) -> None:
    with must(Log.open(path)) as log:
        assert must(verify(path, founding=log.register or "")).unaltered
    report = must(verify(path, founding="ab" * 32))
    assert [(f.layer, f.fault.code, f.index) for f in report.faults] == [("authority", "record.founding", 0)]


def test_the_rules_are_asked_in_order_and_may_object(path: Path) -> None:
    layer = Veto(lambda entry: b"wording 2" in entry.body)
    report = must(verify(path, rules=layer))
    assert layer.seen == [0, 1, 2, 3, 4, 6, 7, 8, 9]
    assert [(f.layer, f.fault.code, f.index) for f in report.faults] == [("rules", "test.veto", 5)]


def test_all_faults_are_listed_and_not_their_echoes(path: Path) -> None:
    db = apsw.Connection(str(path))
    db.execute("DROP TRIGGER entry_stays")
    for index in (4, 7):
        raw = db.execute("SELECT entry FROM entry WHERE idx = ?", (index,)).get
        db.execute("UPDATE entry SET entry = ? WHERE idx = ?", (raw.replace(b"wording", b"Wording"), index))
    db.close()
    report = must(verify(path))
    assert {f.index for f in report.faults if f.fault.code == "record.leaf"} == {4, 7}
    assert {f.index for f in report.faults if f.fault.code == "record.signature"} == {4, 7}
    assert {f.index for f in report.faults} <= {4, 6, 7, 9}


def test_progress_reaches_the_end(path: Path) -> None:
    with must(Log.open(path, write=True)) as log:
        must(log.append_all(batch(log, [str(i) for i in range(600)]), HOST))
    told: list[tuple[int, int]] = []
    assert must(verify(path, progress=lambda done, total: told.append((done, total)))).unaltered
    assert told == [(512, 610), (610, 610)]


def test_a_document_that_is_not_held_is_a_notice(path: Path) -> None:
    with must(Log.open(path, write=True)) as log:
        must(propose(log, "arvia", "see", blobs=[("ab" * 32, 7)]))
    report = must(verify(path))
    assert report.unaltered
    assert ("record.blob_missing", 10) in [(n.fault.code, n.index) for n in report.notices]


def test_several_processes_find_the_same(path: Path) -> None:
    db = apsw.Connection(str(path))
    db.execute("DROP TRIGGER entry_stays")
    raw = db.execute("SELECT entry FROM entry WHERE idx = 5").get
    db.execute("UPDATE entry SET entry = ? WHERE idx = 5", (raw.replace(b"wording", b"Wording"),))
    db.close()
    alone, together = must(verify(path)), must(verify(path, workers=2))
    assert sorted(f.line() for f in alone.faults) == sorted(f.line() for f in together.faults)
    assert not alone.unaltered


def alter(path: Path, index: int, old: bytes = b"wording", new: bytes = b"Wording") -> None:
    db = apsw.Connection(str(path))
    db.execute("DROP TRIGGER IF EXISTS entry_stays")
    raw = db.execute("SELECT entry FROM entry WHERE idx = ?", (index,)).get
    assert old in raw
    db.execute("UPDATE entry SET entry = ? WHERE idx = ?", (raw.replace(old, new), index))
    db.close()


def test_what_follows_from_a_changed_entry_says_so_and_stands_behind_it(path: Path) -> None:
    alter(path, 4)
    report = must(verify(path))
    assert [f.fault.code for f in report.faults if f.follows is None] == ["record.leaf"]
    assert report.faults[0].fault.code == "record.leaf"
    assert [c.code for c in report.causes] == ["record.leaf"]
    chained = next(f for f in report.faults if f.fault.code == "record.prev")
    assert (chained.follows, chained.surely) == (4, True)
    assert chained.line().endswith("follows from the fault at entry 4")
    signature = next(f for f in report.faults if f.fault.code == "record.signature")
    assert "let arvia" not in signature.line()


def test_two_changed_entries_are_two_causes(path: Path) -> None:
    alter(path, 4)
    alter(path, 7)
    report = must(verify(path))
    assert [(f.fault.code, f.index) for f in report.faults if f.follows is None] == [
        ("record.leaf", 4), ("record.leaf", 7),
    ]  # fmt: skip


def test_a_later_fault_of_the_rules_only_may_follow(path: Path) -> None:
    alter(path, 4)
    report = must(verify(path, rules=Veto(lambda e: b"tail" in e.body)))
    assert [(f.index, f.follows, f.surely) for f in report.faults if f.layer == "rules"] == [(9, 4, False)]


def test_a_fault_before_the_changed_entry_follows_from_nothing(path: Path) -> None:
    alter(path, 7)
    report = must(verify(path, rules=Veto(lambda e: b"wording 2" in e.body)))
    assert [(f.layer, f.follows) for f in report.faults if f.index == 5] == [("rules", None)]


def test_a_folder_that_is_no_export_is_one_refusal(tmp_path: Path) -> None:
    refused = verify(tmp_path)
    assert isinstance(refused, Refused)
    assert [f.code for f in refused.faults] == ["record.no_export"]


def test_a_damaged_file_is_told_once_and_to_be_restored(path: Path) -> None:
    with must(Log.open(path)):
        data = bytearray(path.read_bytes())
    for size in range(4096, len(data), 8192):
        cut = path.with_name("cut.travaux")
        cut.write_bytes(data[:size])
        found = verify(cut)
        lines = [f.line() for f in found.faults]
        assert lines
        assert len(lines) == len(set(lines))
        assert not any("verify" in line for line in lines)
        assert any("mirror" in line for line in lines)

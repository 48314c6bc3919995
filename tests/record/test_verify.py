"""What verification says: all faults, apart from notices; rules asked; progress told."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from tests.record.world import HOST, Veto, batch, cosigned, founded, must, propose
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
    assert (strict.unaltered, [f.fault.code for f in strict.faults]) == (False, ["record.tail"])
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

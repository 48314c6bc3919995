"""The record against its limits in the same run: the bare store, the bare signature library.

``TRAVAUX_BENCH_ACTS`` sets how many acts are verified (100,000), ``TRAVAUX_BENCH_APPENDS`` how many appended
(2,000). The verification runs on one core; the row beside it says what two processes do.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import apsw
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench.row import Row
from travaux.acts.fault import Refused
from travaux.record.entry import Draft, build, sign
from travaux.record.founding import Founding, founding_body
from travaux.record.keys import KeyPair, to_base64
from travaux.record.log import Log
from travaux.record.verify import Report, verify

ACTS = int(os.environ.get("TRAVAUX_BENCH_ACTS", "100000"))
APPENDS = int(os.environ.get("TRAVAUX_BENCH_APPENDS", "2000"))
BATCH = 500
WORDS = "Each Party shall publish its measures not later than thirty days after their adoption. "


def key(name: str) -> KeyPair:
    return KeyPair.of(name, Ed25519PrivateKey.from_private_bytes(sha256(name.encode()).digest()))


T = TypeVar("T")
Clock = Callable[[], float]
HOST = key("record.example/commission")
ROOT = key("arvia.example/root-1")
DELEGATE = key("arvia.example/delegation")


def must(value: T | Refused) -> T:
    if isinstance(value, Refused):
        raise SystemExit([f.line() for f in value.faults])
    return value


def founded(path: Path) -> Log:
    """A register of one party whose delegation may act."""
    log = must(Log.create(path))
    body = founding_body(
        name="Bench", kind="working", host=HOST.vkey,
        parties=[Founding("arvia.example", "Arvia", [ROOT.vkey], 1)], quorum=1, rules="0" * 64,
    )  # fmt: skip
    for kind, fields, signers in (
        ("found", body, [ROOT]),
        (
            "accredit",
            {"keys": [{"vkey": str(DELEGATE.vkey), "role": "delegation", "kinds": ["*"]}]},
            [ROOT, DELEGATE],
        ),
    ):
        draft = must(log.draft(kind, fields, ROOT.vkey.name, with_=[s.vkey.name for s in signers[1:]]))
        must(log.append(must(sign(draft, signers)), HOST))
    return log


def acts(log: Log, many: int) -> Iterator[bytes]:
    """Signed acts of one author, each behind the one before, on the checkpoint there is now."""
    before: Draft | None = None
    seen = (log.size, to_base64(log.root))
    prev = next(
        (e for e in reversed(list(log.entries(max(0, log.size - 1)))) if e.by == DELEGATE.vkey.name), None
    )
    n, last = (prev.n + 1, prev.id) if prev else (0, None)
    for nth in range(many):
        body = {"lang": "en", "on": "2026-11-24", "text": f"{nth}. {WORDS}", "unit": f"art-{nth % 97}"}
        before = must(
            build("propose", body, by=DELEGATE.vkey.name, n=n + nth, prev=before.id if before else last,
                  register=log.register, seen=seen)
        )  # fmt: skip
        yield must(sign(before, [DELEGATE]))


def timed(work: Callable[[], object], clock: Clock = time.perf_counter) -> float:
    start = clock()
    work()
    return clock() - start


def bare_commits(folder: Path, many: int) -> float:
    """Commits per second of the store alone: one row of the same size, same journal and synchronous."""
    db = apsw.Connection(str(folder / "bare.db"))
    db.execute("PRAGMA journal_mode = wal; PRAGMA synchronous = FULL; PRAGMA mmap_size = 0")
    db.execute("CREATE TABLE t (k INTEGER PRIMARY KEY, data BLOB)")
    data = os.urandom(560)

    def work() -> None:
        for nth in range(many):
            db.execute("BEGIN IMMEDIATE")
            db.execute("INSERT INTO t VALUES (?, ?)", (nth, data))
            db.execute("COMMIT")

    rate = many / timed(work)
    db.close()
    return rate


def bare_verifications(many: int, clock: Clock = time.perf_counter) -> float:
    """Single verifications per second of `cryptography` on one core, over texts of the same size."""
    public = DELEGATE.private.public_key()
    text = os.urandom(430)
    signature = DELEGATE.private.sign(text)

    def work() -> None:
        for _ in range(many):
            public.verify(signature, text)

    return many / timed(work, clock)


def appends(folder: Path) -> list[Row]:
    log = founded(folder / "append.travaux")
    prepared = list(acts(log, APPENDS))
    bare, waits = bare_commits(folder, APPENDS), []

    def work() -> None:
        for data in prepared:
            start = time.perf_counter()
            must(log.append(data, HOST))
            waits.append(time.perf_counter() - start)

    rate = APPENDS / timed(work)
    bare = (bare + bare_commits_again(folder)) / 2
    log.close()
    slow = sorted(waits)[int(len(waits) * 0.99)] * 1000
    return [
        Row("durable append with receipt, one act a commit / bare commit", rate, bare, rate / bare, "≥ 0.25",
            "1/s", rate / bare >= 0.25),
        Row("the same, 99th percentile", slow, None, None, "≤ 20 ms", "ms", slow <= 20),
    ]  # fmt: skip


def bare_commits_again(folder: Path) -> float:
    """The bare rate once more after the appends, so that a busy machine weighs on both."""
    (folder / "bare.db").unlink()
    return bare_commits(folder, APPENDS)


def cold(folder: Path) -> list[Row]:
    path = folder / "cold.travaux"
    with founded(path) as log:
        data = acts(log, ACTS)
        for _ in range(0, ACTS, BATCH):
            must(log.append_all([next(data) for _ in range(BATCH)], HOST))
    cpu = time.process_time  # what one core works on alone is not slowed by others who wait for it
    before = bare_verifications(20_000, cpu)
    alone = ACTS / timed(lambda: whole(verify(path)), cpu)
    bare = (before + bare_verifications(20_000, cpu)) / 2
    first = bare_verifications(20_000)
    both = ACTS / timed(lambda: whole(verify(path, workers=2)))
    wall = (first + bare_verifications(20_000)) / 2
    start = time.perf_counter()
    must(Log.open(path, write=True)).close()
    again = time.perf_counter() - start
    name = f"cold verification of {ACTS:,} acts, one core / bare verify"
    return [
        Row(name, alone, bare, alone / bare, "≥ 0.6", "1/s", alone / bare >= 0.6),
        Row("the same as “travaux verify” does it, two processes / bare verify of one core", both, wall,
            both / wall, "≥ 0.6", "1/s", both / wall >= 0.6),
        Row(f"open for writing: re-hash of {ACTS:,} to the root", again, None, None, f"≤ {ACTS / 2e5:g} s",
            "s", again <= ACTS / 2e5),
    ]  # fmt: skip


def whole(report: Report | Refused) -> None:
    if isinstance(report, Refused) or report.faults:
        raise SystemExit(1)


def rows() -> list[Row]:
    """All rows of the record."""
    with tempfile.TemporaryDirectory() as folder:
        return [*appends(Path(folder)), *cold(Path(folder))]


if __name__ == "__main__":
    for row in rows():
        print(row)

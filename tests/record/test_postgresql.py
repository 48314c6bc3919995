"""The PostgreSQL store on a real server: addresses, settings, rights, copies, what dies in mid-run."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.record.test_kill import WORKER, lost, run_and_kill
from tests.record.world import (
    DELEGATES,
    HOST,
    add,
    batch,
    cosigned,
    founded,
    must,
    propose,
)
from tests.servers import Server, binaries, remove, start
from travaux.acts.fault import Refused
from travaux.record.address import Address, address
from travaux.record.directory import export_directory, import_directory
from travaux.record.entry import parse_entry
from travaux.record.log import Log
from travaux.record.postgresql import PostgresStore
from travaux.record.store import StoreError
from travaux.record.verify import verify

psycopg = pytest.importorskip("psycopg")
KILLS = int(os.environ.get("TRAVAUX_SERVER_KILLS", "36"))


def code(found: object) -> str:
    assert isinstance(found, Refused)
    assert all(f.line() for f in found.faults)
    return found.faults[0].code


def schema_of(url: str) -> str:
    return must(address(url)).schema  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def own() -> Iterator[Server]:
    """A server to stop and to start with other settings; each test leaves it running as it was."""
    found = binaries()
    if found is None:
        pytest.skip("no PostgreSQL server is installed (Debian: postgresql)")
    made = start(found)
    yield made
    remove(made)


# --- addresses


def test_a_password_is_never_shown() -> None:
    for text in (
        "postgresql://desk:s3cret%2F@db.example:5432/conference?schema=talks",
        "postgres://desk@db.example/conference?password=s3cret%2F&sslmode=require",
        "postgresql://desk:s3cret%2F@[::1]:5432,b.example/conference",
    ):
        at = must(address(text))
        assert at.secrets == {"password": "s3cret/"}
        assert "s3cret" not in f"{at} {at!r} {at.conninfo}"
        assert at.startswith("postgresql://desk@")
        assert must(address(at)) is at
    assert must(address("postgresql:///d?host=/run/pg")) == "postgresql:///d?host=/run/pg&schema=travaux"


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://desk:s3/cret@db.example/conference", "postgresql://desk:s3?cret@db.example/d",
        "postgresql://desk:12#s3cret@db.example/d", "postgresql://db.example:s3cret/d",
        "postgresql://desk:s3cret@db.example/d?schema=Talks", "postgresql://desk:s3cret@[db.example/d",
        "postgresql://desk:s3cret@db.example/d?schema=pg_toast",
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_read_is_refused_without_its_words(text: str) -> None:
    found = Log.open(text)
    assert code(found) == "record.address"
    assert isinstance(found, Refused)
    assert "s3" not in found.faults[0].line()


def test_an_unreachable_server_is_refused_without_the_password() -> None:
    for found in (
        Log.open("postgresql://desk:s3cret@127.0.0.1:1/d"),
        Log.create("postgresql://desk:s3cret@127.0.0.1:1/d"),
        verify("postgresql://desk:s3cret@127.0.0.1:1/d"),
    ):
        assert code(found) == "record.unreachable"
        assert isinstance(found, Refused)
        assert "s3cret" not in found.faults[0].line()
    assert code(Log.open("postgresql://127.0.0.1:1/d?no_such=1")) == "record.unreachable"


def test_without_the_driver_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    found = Log.open("postgresql://db.example/d")
    assert code(found) == "record.no_driver"
    assert isinstance(found, Refused)
    assert "travaux[postgresql]" in found.faults[0].line()


# --- what is there


def test_what_is_no_register_is_refused_and_nothing_overwritten(server: Server) -> None:
    url = server.url()
    assert code(Log.open(url)) == "record.no_schema"
    server.sql(f"CREATE SCHEMA {schema_of(url)}")
    assert code(Log.open(url, write=True)) == "record.no_schema"
    founded(url).close()
    assert code(Log.create(url)) == "record.exists"
    other = server.url()
    server.sql(f"CREATE SCHEMA {schema_of(other)}; CREATE TABLE {schema_of(other)}.t (x integer)")
    assert code(Log.create(other)) == "record.exists"
    assert code(verify(other)) == "record.no_schema"


def test_entries_can_be_neither_changed_nor_deleted(server: Server) -> None:
    url = server.url()
    founded(url).close()
    for sql in ("UPDATE {}.entry SET n = 9", "DELETE FROM {}.entry", "TRUNCATE {}.entry"):
        with pytest.raises(psycopg.errors.RaiseException):
            server.sql(sql.format(schema_of(url)))


def test_a_newer_form_is_refused(server: Server) -> None:
    url = server.url()
    founded(url).close()
    server.sql(f"UPDATE {schema_of(url)}.form SET version = 2")
    assert code(Log.open(url)) == "record.newer"
    assert code(verify(url)) == "record.newer"


def test_changed_and_lost_rows_are_found(server: Server) -> None:
    url = server.url()
    founded(url, 6).close()
    name = schema_of(url)
    server.sql(f"ALTER TABLE {name}.entry DISABLE TRIGGER ALL")
    server.sql(f"UPDATE {name}.entry SET entry = overlay(entry placing 'X' from 40) WHERE idx = 5")
    assert code(Log.open(url, write=True)) == "record.other_root"
    assert 5 in {f.index for f in must(verify(url)).faults}
    server.sql(f"DELETE FROM {name}.entry WHERE idx = 5")
    assert code(Log.open(url, write=True)) == "record.gap"
    assert ("record.gap", 5) in [(f.fault.code, f.index) for f in must(verify(url)).faults]


def test_who_may_only_read_can_verify_and_not_write(server: Server) -> None:
    url = server.url()
    name = schema_of(url)
    founded(url, 2).close()
    server.sql(
        f"CREATE ROLE reader_{name} LOGIN; GRANT USAGE ON SCHEMA {name} TO reader_{name};"
        f"GRANT SELECT ON ALL TABLES IN SCHEMA {name} TO reader_{name}"
    )
    reading = url.replace("chair@", f"reader_{name}@")
    assert must(verify(reading)).unaltered
    assert code(Log.open(reading, write=True)) == "record.read_only"
    assert code(Log.create(reading + "_new")) == "record.read_only"


def test_a_second_desk_needs_no_right_to_change_entries(server: Server) -> None:
    url = server.url()
    name = schema_of(url)
    founded(url, 2).close()
    desk = f"desk_{name}"
    server.sql(
        f"CREATE ROLE {desk} LOGIN; GRANT USAGE ON SCHEMA {name} TO {desk};"
        f"GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA {name} TO {desk};"
        f"GRANT UPDATE ON {name}.head, {name}.blob, {name}.meta TO {desk};"
        f"GRANT DELETE ON {name}.checkpoint TO {desk}"
    )
    with must(Log.open(url.replace("chair@", f"{desk}@"), write=True)) as log:
        must(propose(log, "arvia", "from the second desk"))
        must(log.put_blob(b"a document"))
        cosigned(log)
        assert isinstance(log.store, PostgresStore)
        with pytest.raises(StoreError) as caught:
            log.store.run("DELETE FROM entry")
        assert caught.value.fault.code == "record.read_only"
    assert must(verify(url)).unaltered


def test_a_server_that_may_lose_acts_is_refused(own: Server) -> None:
    url = own.url()
    founded(url).close()
    for setting in ("fsync", "full_page_writes"):
        own.stop()
        own.run(f"{setting}=off")
        found = Log.open(url, write=True)
        assert code(found) == "record.unsafe"
        assert isinstance(found, Refused)
        assert setting in found.faults[0].line()
        assert code(Log.create(own.url())) == "record.unsafe"
        assert must(verify(url)).unaltered
    own.stop()
    own.run("synchronous_commit=off")
    with must(Log.open(url, write=True)) as log, log.store.writing():
        assert log.store.run("SELECT current_setting('synchronous_commit')") == [("on",)]
    own.stop()
    own.run()


def test_a_replica_is_refused(own: Server) -> None:
    url = own.url()
    founded(url).close()
    own.stop()
    signal = own.folder / "data" / "standby.signal"
    signal.touch()
    own.run()
    try:
        assert code(Log.open(url)) == "record.replica"
        assert code(Log.open(url, write=True)) == "record.replica"
    finally:
        own.stop("immediate")
        signal.unlink()
        own.run()


# --- copies


def test_copies_go_both_ways_and_stay_the_same(server: Server, tmp_path: Path) -> None:
    url, file = server.url(), tmp_path / "copy.travaux"
    with founded(url, 5) as log:
        cosigned(log)
        must(propose(log, "arvia", "after"))
        root, size = log.root, log.size
        must(log.backup(file))
        assert code(log.backup(file)) == "record.exists_backup"
    back = server.url()
    with must(Log.open(file)) as log:
        assert (log.root, log.size) == (root, size)
        must(log.backup(back))
        assert code(log.backup(back)) == "record.exists"
    first, second = must(verify(url)), must(verify(back))
    assert (first.root, first.unforked, first.complete) == (second.root, second.unforked, second.complete)
    assert first.unaltered and second.unaltered
    with must(Log.open(url)) as one, must(Log.open(back, write=True)) as other:
        assert list(one.store.rows()) == list(other.store.rows())
        assert list(one.store.checkpoints()) == list(other.store.checkpoints())
        assert list(one.store.cosignatures()) == list(other.store.cosignatures())
        assert {h: one.blob(h) for h in one.blobs()} == {h: other.blob(h) for h in other.blobs()}
        assert must(propose(other, "arvia", "goes on")).index == size


def test_export_and_import_across_stores(server: Server, tmp_path: Path) -> None:
    file, mirror, copy = tmp_path / "r.travaux", server.url(), tmp_path / "again.travaux"
    with founded(file, 5) as log:
        cosigned(log)
        root = log.root
        must(export_directory(log, tmp_path / "out", "arvia.example"))
    assert must(import_directory(tmp_path / "out", mirror)).root == root
    assert code(import_directory(tmp_path / "out", mirror)) == "record.exists"
    with must(Log.open(mirror, write=True)) as log:
        assert code(propose(log, "arvia", "x")) == "record.mirror"
        must(export_directory(log, tmp_path / "out2", "arvia.example"))
    one, two = (
        {p.relative_to(tmp_path / d): p.read_bytes() for p in (tmp_path / d).rglob("*") if p.is_file()}
        for d in ("out", "out2")
    )
    assert one == two
    assert must(import_directory(mirror, copy, host=HOST)).root == root
    with must(Log.open(copy, write=True)) as log:
        must(propose(log, "arvia", "goes on"))
    wrong = server.url()
    assert code(import_directory(file, wrong, host=DELEGATES["arvia"])) == "record.wrong_host"
    assert code(Log.open(wrong)) == "record.no_schema"


def test_a_damaged_register_is_not_copied(server: Server) -> None:
    url, to = server.url(), server.url()
    founded(url, 5).close()
    name = schema_of(url)
    server.sql(f"ALTER TABLE {name}.entry DISABLE TRIGGER ALL; DELETE FROM {name}.entry WHERE idx = 6")
    with must(Log.open(url)) as log:
        assert code(log.backup(to)) == "record.other_root"
    assert code(Log.open(to)) == "record.no_schema"


# --- clients and servers that die


def test_eight_writers_leave_no_gap(server: Server) -> None:
    eight_writers(server, 0.5)


@pytest.mark.slow
def test_eight_writers_leave_no_gap_for_long(server: Server) -> None:
    eight_writers(server, 20.0)


def eight_writers(server: Server, seconds: float) -> None:
    """Two authors, four processes each: those overtaken draft again; all that was acknowledged is there."""
    url = server.url()
    founded(url).close()
    children = [
        subprocess.Popen([sys.executable, str(WORKER), url, "busy"], stdout=subprocess.PIPE) for _ in range(8)
    ]
    said: set[str] = set()
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
    time.sleep(seconds)
    for child in children:
        child.kill()
    for child in children:
        assert child.stdout is not None
        said |= {line for line in child.stdout.read().decode().split("\n")[:-1] if line}
        child.wait()
    assert len(said) >= 8
    assert lost(url, said) == set()
    with must(Log.open(url)) as log:
        assert [e.index for e in log.entries()] == list(range(log.size))
    assert must(verify(url)).unaltered


def test_one_kill_loses_nothing(server: Server) -> None:
    url = server.url()
    founded(url).close()
    acknowledged = set(run_and_kill(url, 0.1))
    assert acknowledged
    assert lost(url, acknowledged) == set()


@pytest.mark.slow
def test_no_acknowledged_act_is_lost_by_kills_of_clients(server: Server) -> None:
    url, chance, acknowledged = server.url(), random.Random(13), set()
    founded(url).close()
    for _ in range(KILLS):
        acknowledged.update(run_and_kill(url, chance.uniform(0.001, 0.1)))
        assert lost(url, acknowledged) == set()
    assert len(acknowledged) > KILLS
    assert must(verify(url)).unaltered


@pytest.mark.slow
def test_the_loop_would_see_an_acknowledgement_before_the_commit(server: Server) -> None:
    url, chance = server.url(), random.Random(14)
    founded(url).close()
    for _ in range(KILLS * 5):
        if lost(url, set(run_and_kill(url, chance.uniform(0.001, 0.02), "early"))):
            return
    pytest.fail("no early acknowledgement was ever lost")


def test_a_server_that_crashes_in_mid_run_loses_nothing(own: Server) -> None:
    url, said = own.url(), []
    log = founded(url)
    for _ in range(2):
        while len(said) % 7 < 5:
            said.append(must(propose(log, "arvia", f"before {len(said)}")).id)
        data = batch(log, ["into the void"])
        own.stop("immediate")
        assert code(log.append_all(data, HOST)) == "record.connection"
        assert code(log.append_all(data, HOST)) == "record.reopen"
        own.run()
        log = must(Log.open(url, write=True))
        said += [must(propose(log, "tolia", f"after {nth}")).id for nth in range(2)]
    with log:
        assert set(said) <= {e.id for e in log.entries()}
    assert must(verify(url)).unaltered


class Wire:
    """Carries bytes between a client and the server until `cut` says of the client's bytes: no further."""

    def __init__(self, port: int) -> None:
        self.port, self.cut, self.lock = port, "", threading.Lock()
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.at: int = self.listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no new connection."""
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self.listening.accept()
            except OSError:
                return
            there = socket.create_connection(("127.0.0.1", self.port))
            dead = threading.Event()
            for one, other, up in ((client, there, True), (there, client, False)):
                threading.Thread(target=self._carry, args=(one, other, up, dead), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket, up: bool, dead: threading.Event) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                with self.lock:
                    cut = self.cut if up and b"COMMIT\0" in data else ""
                    self.cut = "" if cut else self.cut
                if cut:
                    dead.set()
                if cut == "before" or (dead.is_set() and not up):
                    break
                other.sendall(data)
                if cut == "after":
                    time.sleep(0.3)
                    break
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


def test_a_commit_without_an_answer_is_settled_by_asking_for_the_act(server: Server) -> None:
    wire = Wire(server.port)
    url = server.tcp(wire.at)
    with founded(url) as log:
        wire.cut = "after"
        receipt = must(propose(log, "arvia", "committed, and nobody said so"))
        assert must(log.entry(receipt.id)).index == receipt.index == log.size - 1
        must(propose(log, "arvia", "the next"))
        size = log.size
        wire.cut = "before"
        data = batch(log, ["never arrived"])[0]
        assert code(log.append(data, HOST)) == "record.not_recorded"
        assert code(log.append(data, HOST)) == "record.reopen"
    with must(Log.open(url, write=True)) as log:
        assert log.size == size
        assert must(log.append(data, HOST)).id == must(parse_entry(data)).id
    wire.close()
    assert must(verify(url.replace(str(wire.at), str(server.port)))).unaltered


def test_what_cannot_be_settled_is_said_and_can_be_sent_again(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("travaux.record.postgresql.SETTLE", 0.1)
    wire = Wire(server.port)
    url = server.tcp(wire.at)
    with founded(url) as log:
        data = batch(log, ["who knows"])[0]
        wire.cut = "after"
        wire.close()
        assert code(log.append(data, HOST)) == "record.unsettled"
    with must(Log.open(url.replace(str(wire.at), str(server.port)), write=True)) as log:
        size = log.size
        assert must(log.append(data, HOST)).index == size - 1 == log.size - 1


def test_what_a_transaction_of_documents_meets_is_told(server: Server) -> None:
    url = server.url()
    with founded(url) as log:
        server.sql(f"DROP TABLE {schema_of(url)}.blob")
        assert code(log.put_blob(b"lost")) == "record.damaged"
        must(propose(log, "arvia", "the log itself goes on"))


def test_a_store_error_has_the_address_and_no_password(server: Server) -> None:
    url = server.url().replace("chair@", "chair:s3cret@")
    with founded(url) as log:
        store = log.store
        assert isinstance(store, PostgresStore)
        assert isinstance(store.where, Address)
        with pytest.raises(StoreError) as caught:
            store.run("SELECT 's3cret' FROM nowhere")
        assert "s3cret" not in caught.value.fault.line()
        assert "s3cret" not in log.where
        with must(Log.open(log.where, write=True)) as again:
            must(add(again, "propose", {"text": "reopened"}, [DELEGATES["tolia"]]))

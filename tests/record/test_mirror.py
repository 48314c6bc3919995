"""Mirrors: followed step by step over HTTP, and what a dishonest or broken host gets."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.record import world
from travaux.acts.fault import Refused
from travaux.record.directory import export_directory
from travaux.record.evidence import Evidence, judge_evidence
from travaux.record.log import Log
from travaux.record.mirror import Followed, follow
from travaux.record.published import Folder, Web, published_at
from travaux.record.verify import verify

PARTY = "arvia.example"


class _Files(SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Nothing is printed."""


@contextmanager
def serving(handler: Callable[..., BaseHTTPRequestHandler]) -> Iterator[str]:
    """The address of a server that runs in the block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def publish(log: Log, folder: Path, for_: str = PARTY) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    world.must(export_directory(log, folder, for_))


def fork_of(log: Log, tmp_path: Path, texts: list[str]) -> Log:
    """The same history, continued otherwise in a copy: what a dishonest host would keep in a drawer."""
    copy = tmp_path / f"drawer-{len(texts)}.travaux"
    world.must(log.backup(copy))
    other = world.must(Log.open(copy, write=True))
    for text in texts:
        world.must(world.propose(other, "arvia", text))
    return other  # type: ignore[no-any-return]


def codes(result: object) -> set[str]:
    assert isinstance(result, Refused), result
    return {f.code for f in result.faults}


def test_followed_over_http_step_by_step(tmp_path: Path) -> None:
    site, mirror = tmp_path / "site", tmp_path / "mirror.travaux"
    with (
        world.founded(tmp_path / "a.travaux", acts=250) as log,
        serving(partial(_Files, directory=site)) as at,
    ):
        publish(log, site)
        first = follow(mirror, Web(at), founding=log.register or "")
        assert isinstance(first, Followed), first
        assert (first.size, first.new, first.missing) == (253, 253, ())
        for nth in range(10):
            world.must(world.propose(log, "arvia", f"later {nth}"))
        world.cosigned(log)
        publish(log, site)
        second = follow(mirror, Web(at))
        assert isinstance(second, Followed), second
        assert (second.size, second.new) == (263, 10)
        again = follow(mirror, Web(at))
        assert isinstance(again, Followed)
        assert again.new == 0
        report = world.must(verify(mirror, founding=log.register or "", quorum=True))
        assert report.faults == ()
        assert (report.size, report.unforked, report.root) == (263, 263, log.root)
        assert codes(follow(mirror, Web(at), founding="0" * 64)) == {"record.founding"}


def test_a_mirror_of_a_mirror_and_one_register_that_takes_acts(tmp_path: Path) -> None:
    with world.founded(tmp_path / "a.travaux", acts=3) as log:
        publish(log, tmp_path / "one")
        assert isinstance(follow(tmp_path / "m.travaux", Folder(tmp_path / "one")), Followed)
        with world.must(Log.open(tmp_path / "m.travaux")) as mirror:
            publish(mirror, tmp_path / "two")
        assert isinstance(follow(tmp_path / "n.travaux", Folder(tmp_path / "two")), Followed)
        publish(log, tmp_path / "open", "public")
        assert isinstance(follow(tmp_path / "p.travaux", Folder(tmp_path / "open")), Followed)
        world.must(world.propose(log, "arvia", "hidden", audience="parties"))
        publish(log, tmp_path / "open", "public")
        assert codes(follow(tmp_path / "p.travaux", Folder(tmp_path / "open"))) == {"mirror.withheld"}
    assert codes(follow(tmp_path / "a.travaux", Folder(tmp_path / "one"))) == {"mirror.not_a_mirror"}


@pytest.mark.parametrize("longer", [0, 1, 4])
def test_two_histories_are_kept_as_evidence_that_convicts_by_itself(tmp_path: Path, longer: int) -> None:
    site, mirror = tmp_path / "site", tmp_path / "m.travaux"
    with world.founded(tmp_path / "a.travaux", acts=4) as log:
        drawer = fork_of(log, tmp_path, [f"otherwise {n}" for n in range(1 + longer)])
        world.must(world.propose(log, "tolia", "in the open"))
        publish(log, site)
        world.cosigned(log)
        world.cosigned(drawer)
        publish(log, site)
        assert isinstance(follow(mirror, Folder(site)), Followed)
        publish(drawer, site)
        before = mirror.read_bytes()
        found = follow(mirror, Folder(site))
        assert isinstance(found, Evidence), found
        judged = judge_evidence(found.data)
        assert not isinstance(judged, Refused), judged
        assert judged.forked
        assert judged.host == world.HOST.vkey
        assert judged.register == log.register
        assert {judged.first.size, judged.second.size} == {8, 8 + longer}
        assert set(judged.cosigners) == {w.vkey for w in world.WITNESSES.values()}
        assert found.name.startswith("fork-")
        drawer.close()
        with world.must(Log.open(mirror)) as kept:
            assert (kept.size, kept.root) == (log.size, log.root)
        assert len(before) == mirror.stat().st_size


def test_a_shorter_fork_and_an_older_tree(tmp_path: Path) -> None:
    site, mirror = tmp_path / "site", tmp_path / "m.travaux"
    with world.founded(tmp_path / "a.travaux", acts=4) as log:
        publish(log, tmp_path / "old")
        drawer = fork_of(log, tmp_path, ["otherwise"])
        for text in ("one", "two", "three"):
            world.must(world.propose(log, "tolia", text))
        publish(log, site)
        publish(drawer, tmp_path / "other")
        drawer.close()
        assert isinstance(follow(mirror, Folder(site)), Followed)
        fork = follow(mirror, Folder(tmp_path / "other"))
        assert isinstance(fork, Evidence)
        judged = world.must(judge_evidence(fork.data))
        assert (judged.forked, judged.first.size, judged.second.size) == (True, 8, 10)
        old = follow(mirror, Folder(tmp_path / "old"))
        assert isinstance(old, Evidence)
        assert old.name.startswith("older-")
        judged = world.must(judge_evidence(old.data))
        assert (judged.forked, judged.first.size, judged.second.size) == (False, 7, 10)


def test_evidence_with_any_byte_changed_convicts_nobody_else(tmp_path: Path) -> None:
    with world.founded(tmp_path / "a.travaux", acts=2) as log:
        drawer = fork_of(log, tmp_path, ["otherwise"])
        world.must(world.propose(log, "tolia", "in the open"))
        publish(log, tmp_path / "site")
        follow(tmp_path / "m.travaux", Folder(tmp_path / "site"))
        publish(drawer, tmp_path / "site")
        drawer.close()
        found = follow(tmp_path / "m.travaux", Folder(tmp_path / "site"))
        register = log.register
    assert isinstance(found, Evidence)
    data = found.data
    assert isinstance(judge_evidence(data + b"x"), Refused)
    assert isinstance(judge_evidence(b""), Refused)
    for at in range(len(data)):
        judged = judge_evidence(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        if not isinstance(judged, Refused) and judged.register == register:
            assert judged.host == world.HOST.vkey
            assert judged.first.root != judged.second.root


def test_garbage_changes_nothing(tmp_path: Path) -> None:
    site, mirror = tmp_path / "site", tmp_path / "m.travaux"
    with world.founded(tmp_path / "a.travaux", acts=5) as log:
        publish(log, site)
        assert isinstance(follow(mirror, Folder(site)), Followed)
        for text in ("a", "b"):
            world.must(world.propose(log, "tolia", text))
        publish(log, site)
        files = [f for f in site.rglob("*") if f.is_file() and "tile/0" not in f.as_posix()]
        files = [f for f in files if f.name == "checkpoint" or "entries" in f.as_posix()]
        assert files
        for file in files:
            good = file.read_bytes()
            for bad in (b"", b"\xff" * 200, good[:-1], good + b"x", good[:-9] + b"A" + good[-8:]):
                file.write_bytes(bad)
                assert codes(follow(mirror, Folder(site)))
            file.unlink()
            assert codes(follow(mirror, Folder(site))) <= {"mirror.missing", "mirror.no_source"}
            file.write_bytes(good)
        with world.must(Log.open(mirror)) as kept:
            assert kept.size == 8
        done = follow(mirror, Folder(site))
        assert isinstance(done, Followed)
        assert done.new == 2
    assert not isinstance(follow(tmp_path / "new.travaux", Folder(tmp_path / "nowhere")), Followed)
    assert not (tmp_path / "new.travaux").exists()


def test_rules_and_documents_are_judged_before_anything_is_kept(tmp_path: Path) -> None:
    with world.founded(tmp_path / "a.travaux", acts=2) as log:
        publish(log, tmp_path / "site")
    veto = world.Veto(lambda entry: entry.index == 4)
    got = follow(tmp_path / "m.travaux", Folder(tmp_path / "site"), rules=lambda blob: veto)
    assert codes(got) == {"test.veto"}
    assert not (tmp_path / "m.travaux").exists()
    (document,) = (tmp_path / "site" / "blob").rglob("??????????*")
    document.write_bytes(b"[rules]\nladder = 'another'\n\n")
    assert codes(follow(tmp_path / "m.travaux", Folder(tmp_path / "site"))) == {"mirror.blob"}
    document.unlink()
    assert codes(follow(tmp_path / "m.travaux", Folder(tmp_path / "site"))) == {"mirror.rules"}


class _Odd(_Files):
    """A host that sends readers elsewhere, answers without end, or fails."""

    def do_GET(self) -> None:
        if self.path.startswith("/away"):
            self.send_response(302)
            self.send_header("Location", "http://localhost.invalid/checkpoint")
            self.end_headers()
        elif self.path.startswith("/endless"):
            self.send_response(200)
            self.end_headers()
            piece = b"x" * 65_536
            try:
                while True:
                    self.wfile.write(piece)
            except OSError:
                return
        elif self.path.startswith("/slow"):
            self.send_response(200)
            self.end_headers()
            stop = threading.Event()
            try:
                for _ in range(40):
                    self.wfile.write(b"x")
                    self.wfile.flush()
                    stop.wait(0.1)
            except OSError:
                return
        elif self.path.startswith("/silent"):
            threading.Event().wait(1.0)
        else:
            self.send_error(503)


def test_a_host_that_misbehaves(tmp_path: Path) -> None:
    mirror = tmp_path / "m.travaux"
    with serving(_Odd) as at:
        assert codes(follow(mirror, Web(f"{at}/away"))) == {"mirror.redirect"}
        assert codes(follow(mirror, Web(f"{at}/endless"))) == {"mirror.large"}
        assert codes(follow(mirror, Web(f"{at}/slow", patience=0.3))) == {"mirror.slow"}
        assert codes(follow(mirror, Web(f"{at}/silent", timeout=0.2))) == {"mirror.unreachable"}
        assert codes(follow(mirror, Web(f"{at}/broken"))) == {"mirror.status"}
    assert codes(follow(mirror, Web(at))) == {"mirror.unreachable"}
    assert not mirror.exists()
    for address in ("ftp://harbour.example/", "file:///etc", "http://", "http://harbour.example/?a=b"):
        assert codes(published_at(address)) == {"mirror.address"}
    assert codes(published_at(str(tmp_path / "nowhere"))) == {"mirror.no_source"}

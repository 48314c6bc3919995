"""Servers without end, keys with which anybody can sign, clocks that run backwards."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.record import world
from tests.record.test_mirror import PARTY, codes, publish
from travaux.acts.fault import Refused
from travaux.record import ed25519
from travaux.record.checkpoint import Checkpoint, cosign
from travaux.record.entry import sign
from travaux.record.evidence import Evidence, judge_evidence
from travaux.record.keys import COSIGNATURE, KeyPair, VKey
from travaux.record.log import Log
from travaux.record.mirror import Followed, follow
from travaux.record.note import Line, Note
from travaux.record.policy import parse_policy
from travaux.record.published import Folder, Web
from travaux.record.tiles import bundle_tiles
from travaux.record.verify import verify

# --- servers that never end


@dataclass
class Endless:
    """Answers each request of one file with `pieces` for ever, of others with the files of `site`."""

    site: Path
    file: str
    pieces: Callable[[], Iterator[bytes]]
    sent: int = 0

    def answer(self, client: socket.socket) -> None:
        with suppress(OSError), client:
            path = client.recv(65536).split(b" ")[1].decode().lstrip("/")
            if path.startswith(self.file):
                for piece in self.pieces():
                    client.sendall(piece)
                    self.sent += len(piece)
                return
            found = self.site / path
            data = found.read_bytes() if found.is_file() else b""
            status = b"200 OK" if found.is_file() else b"404 Not Found"
            client.sendall(b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s" % (status, len(data), data))


@contextmanager
def serving(endless: Endless) -> Iterator[str]:
    listening = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        while True:
            try:
                client, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=endless.answer, args=(client,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()


def forever(first: bytes, piece: bytes, wait: float = 0.0) -> Callable[[], Iterator[bytes]]:
    def pieces() -> Iterator[bytes]:
        yield first
        while True:
            yield piece
            time.sleep(wait)

    return pieces


OK = b"HTTP/1.1 200 OK\r\n"
HEAVY = forever(OK + b"\r\n", b"x" * 65_536)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    with world.founded(tmp_path / "a.travaux", acts=2) as log:
        publish(log, tmp_path / "site")
    return tmp_path / "site"


@pytest.mark.parametrize("file", ["checkpoint", "tile/entries", "blob/"])
def test_a_file_without_end_is_read_no_further_than_it_may_be(site: Path, tmp_path: Path, file: str) -> None:
    endless = Endless(site, file, HEAVY)
    if file == "blob/":
        (rules,) = (site / "blob").rglob("??????????*")
        endless.file = rules.relative_to(site).as_posix()
    else:
        most = {"checkpoint": 1 << 20, "tile/entries": 5 * (2 + 61_440)}[file]
    with serving(endless) as at:
        patience = 300.0 if file != "blob/" else 1.0
        expected = {"mirror.large"} if file != "blob/" else {"mirror.large", "mirror.slow"}
        assert codes(follow(tmp_path / "m.travaux", Web(at, patience=patience))) <= expected
    if file != "blob/":
        assert endless.sent < most + (8 << 20)  # what lies in the buffers of the system
    assert not (tmp_path / "m.travaux").exists()


@pytest.mark.parametrize(
    "pieces",
    [
        forever(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n", 0.001),
        forever(OK, b"X-More: and more\r\n", 0.1),
        forever(OK + b"X-Long: ", b"x", 0.05),
        forever(b"H", b"T", 0.05),
        forever(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n", 0.05),
        forever(OK + b"\r\n", b"x", 0.05),
    ],
    ids=["interim answers", "headers", "one header", "no answer", "chunks", "bytes"],
)
def test_patience_ends_whatever_a_server_goes_on_with(
    site: Path, tmp_path: Path, pieces: Callable[[], Iterator[bytes]]
) -> None:
    with serving(Endless(site, "checkpoint", pieces)) as at:
        start = time.monotonic()
        found = follow(tmp_path / "m.travaux", Web(at, timeout=5.0, patience=0.4))
        assert time.monotonic() - start < 4.0
        assert codes(found) <= {"mirror.slow", "mirror.unreachable"}
        assert codes(found)


def test_pipes_and_devices_are_no_files_of_a_mirror(site: Path, tmp_path: Path) -> None:
    import os

    (site / "checkpoint").unlink()
    os.mkfifo(site / "checkpoint")
    assert codes(follow(tmp_path / "m.travaux", Folder(site))) == {"mirror.no_source"}


def test_a_mirror_that_was_there_is_not_moved_by_any_of_it(site: Path, tmp_path: Path) -> None:
    mirror = tmp_path / "m.travaux"
    assert isinstance(follow(mirror, Folder(site)), Followed)
    with world.must(Log.open(tmp_path / "a.travaux", write=True)) as log:
        world.must(world.propose(log, "arvia", "one more"))
        publish(log, site, PARTY)
        (tile,) = bundle_tiles(log.size, "entries")
    with serving(Endless(site, tile.path, HEAVY)) as at:
        assert codes(follow(mirror, Web(at))) == {"mirror.large"}
    assert world.must(verify(mirror)).size == 5


# --- keys with which anybody can sign


class Anybody:
    """A signer for a key that is the identity: S·B = R + k·A holds for S = 1, R = B, whatever the text."""

    def __init__(self, name: str, public: bytes, kind: int = 1) -> None:
        self.vkey = VKey.of(name, kind, public)

    def sign(self, message: bytes) -> bytes:
        return bytes([0x58] + [0x66] * 31) + (1).to_bytes(32, "little")


IDENTITY = bytes([1]) + bytes(31)
WEAK = sorted(ed25519.LOW_ORDER)


def test_without_the_rule_for_keys_the_library_takes_such_a_signature() -> None:
    anybody = Anybody("arvia.example/delegation-2", IDENTITY)
    assert ed25519.verify(IDENTITY, anybody.sign(b"any text"), b"any text")


@pytest.mark.parametrize("public", WEAK, ids=lambda key: key.hex()[:8])
def test_no_door_takes_a_key_of_low_order(public: bytes, tmp_path: Path) -> None:
    anybody = Anybody("arvia.example/other", public)
    witness = Anybody("arvia.example/watch", public, COSIGNATURE)
    with world.founded(tmp_path / "r.travaux") as log:
        roots = [world.ROOTS["arvia"], anybody]
        attempts: list[tuple[str, dict[str, Any], list[Any]]] = [
            ("accredit", keys(anybody.vkey, "delegation", kinds=["*"]), roots),
            ("accredit", keys(witness.vkey, "witness"), roots[:1]),
            ("roots", {"party": "arvia.example", "roots": [str(anybody.vkey)], "threshold": 1}, roots),
        ]
        for kind, body, signers in attempts:
            found = world.add(log, kind, body, signers)
            assert "record.key_weak" in codes(found), (kind, found)
        assert log.size == 3
    with world.must(Log.create(tmp_path / "new.travaux")) as log:
        host, roots = Anybody(world.HOST.vkey.name, public), list(world.ROOTS.values())
        body = world.body_of_founding() | {"host": str(host.vkey)}
        draft = world.must(log.draft("found", body, roots[0].vkey.name, with_=[roots[1].vkey.name]))
        assert "record.key_weak" in codes(log.append(world.must(sign(draft, roots)), host))
    text = f"log {world.HOST.vkey}\nwitness a {witness.vkey}\ngroup g 1 a\nquorum g\n"
    assert "anybody" in world.must_not(parse_policy(text))


def keys(vkey: VKey, role: str, **more: Any) -> dict[str, Any]:
    return {"keys": [{"vkey": str(vkey), "role": role} | more]}


def test_evidence_convicts_nobody_by_a_key_with_which_anybody_signs() -> None:
    anybody = Anybody("record.example/commission", IDENTITY)
    notes = []
    for root in (bytes(32), bytes([1] * 32)):
        text = Checkpoint(anybody.vkey.name, 3, root).text
        notes.append(Note(text, (Line(anybody.vkey.name, anybody.vkey.id, anybody.sign(text.encode())),)))
    made = Evidence(anybody.vkey, notes[0], notes[1], bytes([1] * 32))
    assert codes(judge_evidence(made.data)) == {"mirror.evidence"}


# --- clocks that run backwards

MOMENT = 1_795_546_800
DAY = 86_400


def cosigned(log: Log, who: dict[str, int]) -> None:
    for party, at in who.items():
        world.must(log.cosign(world.WITNESSES[party], at))


def seal(log: Log) -> Any:
    body = log.seal_body()
    return body if isinstance(body, Refused) else world.add(log, "seal", body, [world.DELEGATES["arvia"]])


def test_a_witness_whose_clock_went_back_does_not_cosign(tmp_path: Path) -> None:
    with world.founded(tmp_path / "r.travaux", 1) as log:
        cosigned(log, {"arvia": MOMENT, "tolia": MOMENT})
        world.must(world.propose(log, "arvia", "later"))
        refused = log.cosign(world.WITNESSES["arvia"], MOMENT - DAY)
        assert codes(refused) == {"record.clock_back"}
        assert isinstance(refused, Refused)
        assert "2026-11-23 19:00:00 UTC" in refused.faults[0].line()
        cosigned(log, {"arvia": MOMENT, "tolia": MOMENT + 1})
        assert codes(log.cosign(world.WITNESSES["arvia"], -1)) == {"record.clock_back"}
    assert world.must(verify(tmp_path / "r.travaux", quorum=True)).unaltered


def test_a_seal_does_not_go_back_in_time_and_old_answers_stay(tmp_path: Path) -> None:
    with world.founded(tmp_path / "r.travaux", 1) as log:
        days = [datetime.fromtimestamp(MOMENT, UTC).date() + timedelta(days=n) for n in range(-2, 3)]
        cosigned(log, {"arvia": MOMENT, "tolia": MOMENT})
        world.must(seal(log))
        before = {day: log.sealed_size(day) for day in days}
        world.must(world.propose(log, "arvia", "later"))
        at = world.must(log.checkpoint())
        size = log.size
        for party, moment in (("arvia", MOMENT - DAY), ("tolia", MOMENT - DAY)):
            line = elsewhere(log, world.WITNESSES[party], size, moment)
            world.must(log.add_cosignature(line, size))
        assert at
        assert codes(seal(log)) == {"record.seal_order"}
        assert {day: log.sealed_size(day) for day in days} == before


def test_one_clock_of_two_that_went_back_moves_no_certified_time(tmp_path: Path) -> None:
    with world.founded(tmp_path / "r.travaux", 1) as log:
        cosigned(log, {"arvia": MOMENT, "tolia": MOMENT})
        world.must(seal(log))
        world.must(world.propose(log, "arvia", "later"))
        size = log.size
        world.must(log.add_cosignature(elsewhere(log, world.WITNESSES["arvia"], size, 1), size))
        cosigned(log, {"tolia": MOMENT + DAY})
        world.must(seal(log))
        assert [s.time for s in log.authority.seals] == [MOMENT, MOMENT + DAY]
        assert log.sealed_size(date(2026, 11, 24)).size == 4
    assert world.must(verify(tmp_path / "r.travaux")).unaltered


def elsewhere(log: Log, witness: KeyPair, size: int, moment: int) -> str:
    """A cosignature that a witness made on a machine with another clock."""
    return str(world.must(cosign(Checkpoint(log.origin, size, log.root), witness, moment)).line)

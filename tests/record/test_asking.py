"""A public witness is asked over HTTP; what it answers counts only if it is its cosignature on this tree."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from tests.record import world
from tests.record.test_mirror import codes, fork_of, serving
from travaux.record.asking import WebDoor, ask
from travaux.record.checkpoint import cosign, parse_checkpoint
from travaux.record.keys import COSIGNATURE, KeyPair
from travaux.record.log import Log
from travaux.record.witnessing import Answer, Seen, add_checkpoint

WITNESS = world.key("witness.example/w1", COSIGNATURE)
NOW = 1_795_546_800
Say = Callable[[bytes], Answer]


class _Door(BaseHTTPRequestHandler):
    def __init__(self, say: Say, *args: Any) -> None:
        self.say = say
        super().__init__(*args)

    def do_POST(self) -> None:
        answer = self.say(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(answer.status)
        if answer.status == 302:
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.send_header("Content-Type", answer.type)
        self.end_headers()
        self.wfile.write(answer.body.encode())

    def log_message(self, *args: Any) -> None:
        """Nothing is printed."""


class Outside:
    """A witness that knows the test register."""

    def __init__(self, witness: KeyPair = WITNESS) -> None:
        self.seen: dict[str, Seen] = {}
        self.witness, self.asked = witness, 0

    def __call__(self, data: bytes) -> Answer:
        self.asked += 1
        origin = world.HOST.vkey.name
        answer = add_checkpoint(data, {origin: world.HOST.vkey}, self.seen, self.witness, NOW)
        if answer.seen:
            self.seen[origin] = answer.seen
        return answer


def asking(log: Log, say: Say, known: int = 0) -> Any:
    with serving(partial(_Door, say)) as at:
        return ask(log, WebDoor(at, timeout=2), WITNESS.vkey, known)


def test_a_witness_follows_the_log(tmp_path: Path) -> None:
    outside = Outside()
    with world.founded(tmp_path / "r.travaux", acts=4) as log:
        for n in range(6):
            made = world.must(asking(log, outside))
            at = world.must(parse_checkpoint(world.must(log.checkpoint()).text))
            assert made.verifies(WITNESS.vkey, at)
            for m in range(n):
                world.must(world.propose(log, "arvia", f"{n} {m}"))
        assert outside.seen[log.origin] == Seen(at.size, at.root)
        before = outside.asked
        world.must(asking(log, outside, known=at.size))
        assert outside.asked == before + 1


def test_what_a_witness_does_not_cosign(tmp_path: Path) -> None:
    outside = Outside()
    with world.founded(tmp_path / "r.travaux", acts=4) as log:
        fork = fork_of(log, tmp_path, ["otherwise", "and on", "and on"])
        world.must(world.propose(log, "arvia", "in the open"))
        world.must(world.propose(log, "arvia", "and more"))
        world.must(asking(log, outside))
        assert codes(asking(fork, outside)) == {"witness.proof"}
        old = fork_of(fork, tmp_path, [])
        world.must(asking(fork, Outside()))
    with world.founded(tmp_path / "small.travaux", acts=1) as small:
        assert codes(asking(small, outside)) == {"witness.ahead"}
    for status, code in ((400, "form"), (403, "signature"), (404, "origin"), (422, "proof"), (500, "status")):
        assert codes(asking(old, lambda _, s=status: Answer(s))) == {f"witness.{code}"}


@pytest.mark.parametrize(
    "how", ["another key", "another tree", "nothing", "garbage", "too much", "redirect", "409"]
)
def test_another_answer_is_no_cosignature(how: str, tmp_path: Path) -> None:
    with world.founded(tmp_path / "r.travaux", acts=4) as log:
        at = world.must(parse_checkpoint(world.must(log.checkpoint()).text))
        stranger = world.key("witness.example/w1", COSIGNATURE, nth="another")
        fork = fork_of(log, tmp_path, ["otherwise"])
        other = world.must(parse_checkpoint(world.must(fork.checkpoint()).text))
        said = {
            "another key": Answer(200, str(world.must(cosign(at, stranger, NOW)).line)),
            "another tree": Answer(200, str(world.must(cosign(other, WITNESS, NOW)).line)),
            "nothing": Answer(200), "garbage": Answer(200, "hello\n\x00—"), "redirect": Answer(302),
            "too much": Answer(200, "x" * 70_000), "409": Answer(409, "0\n"),
        }[how]  # fmt: skip
        wanted = {"redirect": "witness.status", "409": "witness.status"}.get(how, "witness.answer")
        assert codes(asking(log, lambda _: said)) == {wanted}


def test_no_witness_there(tmp_path: Path) -> None:
    with world.founded(tmp_path / "r.travaux") as log:
        assert codes(ask(log, WebDoor("http://127.0.0.1:1"), WITNESS.vkey)) == {"witness.unreachable"}
        assert codes(ask(log, WebDoor("file:///etc"), WITNESS.vkey)) == {"mirror.address"}


def test_a_witness_that_trickles_is_left(tmp_path: Path) -> None:
    class Slow(_Door):
        def do_POST(self) -> None:
            self.send_response(200)
            self.end_headers()
            for _ in range(100):
                self.wfile.write(b"x")
                time.sleep(0.05)

    with world.founded(tmp_path / "r.travaux") as log, serving(partial(Slow, lambda _: Answer(200))) as at:
        start = time.monotonic()
        assert codes(ask(log, WebDoor(at, timeout=0.5), WITNESS.vkey)) == {"witness.unreachable"}
        assert time.monotonic() - start < 3

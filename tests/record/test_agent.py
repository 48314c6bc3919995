"""An ssh-agent that cannot be trusted: whatever it answers, there is one clear sentence and no signature."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.record import world
from travaux.acts.fault import Refused
from travaux.record import ed25519
from travaux.record.agent import MAX_ANSWER, Agent, AgentKey, blob_of
from travaux.record.checkpoint import Checkpoint, cosign, sign_checkpoint
from travaux.record.entry import sign
from travaux.record.keys import COSIGNATURE, VKey
from travaux.record.log import Log

PAIR = world.DELEGATES["arvia"]
OTHER = world.DELEGATES["tolia"]
TEXT = b"travaux/act/v1\n{}\n"
Answer = Callable[[bytes], bytes]

pytestmark = pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no Unix sockets here")


def packed(*parts: bytes) -> bytes:
    return b"".join(len(p).to_bytes(4, "big") + p for p in parts)


def signed(signature: bytes, kind: bytes = b"ssh-ed25519") -> bytes:
    return packed(b"\x0e" + packed(packed(kind, signature)))


def honest(request: bytes) -> bytes:
    """What OpenSSH's agent answers."""
    size = int.from_bytes(request[5:9], "big")
    at = 9 + size
    text = request[at + 4 : at + 4 + int.from_bytes(request[at : at + 4], "big")]
    assert (request[4], request[at + 4 + len(text) :]) == (13, bytes(4))
    return signed(PAIR.private.sign(text))  # type: ignore[call-arg]


@contextmanager
def serving(path: Path, answer: Answer, slowly: float = 0) -> Iterator[Agent]:
    """An agent that answers each request once; with `slowly`, a byte at a time."""
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    server.bind(str(path))
    server.listen()
    stop = threading.Event()

    def serve() -> None:
        while not stop.is_set():
            try:
                line, _ = server.accept()
            except OSError:
                return
            with line:
                try:
                    said = answer(line.recv(1 << 16))
                    for piece in [said[n : n + 1] for n in range(len(said))] if slowly else [said]:
                        line.sendall(piece)
                        stop.wait(slowly)
                except OSError:
                    pass

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield Agent(str(path), patience=0.6)
    finally:
        stop.set()
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join()


def silent(_: bytes) -> bytes:
    time.sleep(1.5)
    return b""


HOSTILE: dict[str, tuple[Answer, str]] = {
    "garbage": (lambda _: packed(b"hello, world"), "agent.garbage"),
    "nothing": (lambda _: b"", "agent.garbage"),
    "an empty answer": (lambda _: bytes(4), "agent.garbage"),
    "half an answer": (lambda r: honest(r)[:-20], "agent.garbage"),
    "a length that lies": (lambda r: b"\x00\x00\x01\x00" + honest(r)[4:], "agent.garbage"),
    "a huge answer": (lambda _: (1 << 31).to_bytes(4, "big") + bytes(1 << 20), "agent.garbage"),
    "just too much": (lambda _: packed(bytes(MAX_ANSWER + 1)), "agent.garbage"),
    "the largest answer": (lambda _: packed(b"\x0e" * MAX_ANSWER), "agent.garbage"),
    "a refusal": (lambda _: packed(b"\x05"), "agent.declined"),
    "silence": (silent, "agent.silent"),
    "another key's signature": (lambda _: signed(OTHER.sign(TEXT)), "agent.signature"),
    "a signature of another text": (lambda _: signed(PAIR.sign(TEXT + b"x")), "agent.signature"),
    "too short a signature": (lambda _: signed(PAIR.sign(TEXT)[:63]), "agent.signature"),
    "too long a signature": (lambda _: signed(PAIR.sign(TEXT) + b"\0"), "agent.signature"),
    "a FIDO signature": (
        lambda _: signed(PAIR.sign(TEXT), b"sk-ssh-ed25519@openssh.com"), "agent.signature",
    ),
    "a signature and more": (
        lambda _: packed(b"\x0e" + packed(packed(b"ssh-ed25519", PAIR.sign(TEXT)), b"")), "agent.garbage",
    ),
}  # fmt: skip


def code(found: object) -> str:
    assert isinstance(found, Refused), found
    (fault,) = found.faults
    assert fault.line()
    return fault.code


def test_an_honest_agent_signs(tmp_path: Path) -> None:
    asked = []
    with serving(tmp_path / "s", lambda r: asked.append(r) or honest(r)) as agent:  # type: ignore[func-returns-value]
        made = AgentKey(PAIR.vkey, agent).sign(TEXT)
    assert asked == [packed(b"\x0d" + packed(blob_of(PAIR.vkey.public), TEXT) + bytes(4))]
    assert isinstance(made, bytes)
    assert ed25519.verify(PAIR.vkey.public, made, TEXT)


@pytest.mark.parametrize("how", HOSTILE)
def test_a_hostile_agent_gets_one_sentence(how: str, tmp_path: Path) -> None:
    answer, wanted = HOSTILE[how]
    start = time.monotonic()
    with serving(tmp_path / "s", answer) as agent:
        assert code(AgentKey(PAIR.vkey, agent).sign(TEXT)) == wanted
        assert time.monotonic() - start < 1.4


@pytest.mark.parametrize("how", ["a huge answer", "just too much", "an empty answer"])
def test_an_answer_of_that_length_is_not_even_read(how: str, tmp_path: Path) -> None:
    with serving(tmp_path / "s", HOSTILE[how][0]) as agent:
        made = AgentKey(PAIR.vkey, agent).sign(TEXT)
    assert isinstance(made, Refused)
    assert "an answer of" in made.faults[0].line()


def test_a_trickle_ends_with_the_time(tmp_path: Path) -> None:
    with serving(tmp_path / "s", honest, slowly=0.05) as agent:
        start = time.monotonic()
        assert code(AgentKey(PAIR.vkey, agent).sign(TEXT)) == "agent.silent"
        assert time.monotonic() - start < 1.4


@pytest.mark.parametrize("how", HOSTILE)
def test_nothing_is_recorded(how: str, tmp_path: Path) -> None:
    """By whichever key the agent is asked: an author's, a witness's, the host's."""
    with serving(tmp_path / "s", HOSTILE[how][0]) as agent, world.founded(tmp_path / "r.travaux") as log:
        before, author = log.size, AgentKey(PAIR.vkey, agent)
        draft = world.must(log.draft("propose", {"text": "x"}, PAIR.vkey.name))
        code(sign(draft, [author]))
        code(log.cosign(AgentKey(world.WITNESSES["arvia"].vkey, agent), 1_795_546_800))
        entry = world.must(sign(draft, [PAIR]))
        code(log.append(entry, AgentKey(world.HOST.vkey, agent)))
        assert log.size == before
        assert not list(log.store.cosignatures())
    with world.must(Log.open(tmp_path / "r.travaux", write=True)) as log:
        assert log.size == before
        assert world.must(log.append(entry, world.HOST)).index == before


def test_a_witness_and_a_host_sign_by_an_agent(tmp_path: Path) -> None:
    at = Checkpoint("record.example/commission", 3, bytes(32))
    witness = VKey.of("arvia.example/witness", COSIGNATURE, PAIR.vkey.public)
    with serving(tmp_path / "s", honest) as agent:
        assert world.must(cosign(at, AgentKey(witness, agent), 7)).verifies(witness, at)
        assert world.must(sign_checkpoint(at, AgentKey(PAIR.vkey, agent))).lines


def listed(*keys: tuple[bytes, bytes], count: int = -1) -> bytes:
    number = len(keys) if count < 0 else count
    return packed(b"\x0c" + number.to_bytes(4, "big") + packed(*(p for key in keys for p in key)))


def test_the_keys_of_an_agent(tmp_path: Path) -> None:
    sk = packed(b"sk-ssh-ed25519@openssh.com", bytes(32), b"ssh:")
    offered = (
        (blob_of(PAIR.vkey.public), b"north/delegation"),
        (sk, b"fido\x1b[31m"),
        (b"\0", "ключ".encode()),
    )
    with serving(tmp_path / "s", lambda _: listed(*offered)) as agent:
        own, fido, odd = world.must(agent.identities())
    assert (own.kind, own.public, own.comment) == ("ssh-ed25519", PAIR.vkey.public, "north/delegation")
    assert own.fingerprint.startswith("SHA256:")
    assert (fido.kind, fido.comment) == ("sk-ssh-ed25519@openssh.com", "fido?[31m")
    assert (odd.kind, odd.comment) == ("", "ключ")


NO_LISTS = (
    listed(count=1), listed((b"", b""), count=2), packed(b"\x0c"), packed(b"\x0c\0\0\0\0extra"),
    packed(b"\x05"),
)  # fmt: skip


@pytest.mark.parametrize("said", NO_LISTS)
def test_a_list_that_is_none(said: bytes, tmp_path: Path) -> None:
    with serving(tmp_path / "s", lambda _: said) as agent:
        assert code(agent.identities()) == "agent.garbage"


def test_no_agent_at_all(tmp_path: Path) -> None:
    assert code(Agent("").identities()) == "agent.none"
    assert code(Agent(str(tmp_path / "nowhere")).identities()) == "agent.unreachable"
    assert code(Agent(str(tmp_path / ("long" * 50))).sign(PAIR.vkey, TEXT)) == "agent.unreachable"
    (tmp_path / "file").write_text("no socket")
    assert code(Agent(str(tmp_path / "file")).sign(PAIR.vkey, TEXT)) == "agent.unreachable"


@settings(deadline=None, max_examples=60)
@given(said=st.binary(max_size=200), whole=st.booleans())
def test_any_bytes_are_a_fault_and_never_an_exception(
    said: bytes, whole: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("a")
    with serving(folder / "s", lambda _: packed(said) if whole else said) as agent:
        code(agent.sign(PAIR.vkey, TEXT))

"""ML-DSA-44 cosignatures: the published one, keys in files, seals, and a machine that lacks the algorithm."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import case
from tests.record import world
from travaux.acts.fault import Refused
from travaux.record import mldsa, pkcs8
from travaux.record.checkpoint import (
    Checkpoint,
    Cosignature,
    cosign,
    parse_checkpoint,
    read_cosignature,
    shielding,
)
from travaux.record.entry import MAX_LARGE
from travaux.record.keyfiles import load_key, new_key, public_key
from travaux.record.keys import MLDSA44, KeyPair, VKey, parse_vkey
from travaux.record.log import Log
from travaux.record.note import Line, Note, parse_line, parse_note
from travaux.record.policy import parse_policy, policy_of
from travaux.record.sealing import encoded, fitted
from travaux.record.verify import verify

pytestmark = pytest.mark.skipif(not mldsa.available(), reason="the cryptography library here has no ML-DSA")
NAME = "arvia.example/witness-pq"
NOW = 1_795_546_800


def pq(name: str = NAME) -> KeyPair:
    return KeyPair.of(name, mldsa.generate(), MLDSA44)


def published() -> tuple[dict[str, Any], VKey, Cosignature, Checkpoint]:
    told = json.loads(case("record/mldsa.json").read_text())
    note = world.must(parse_note(case("record/register/checkpoint").read_bytes()))
    made = world.must(read_cosignature(world.must(parse_line(told["line"].strip()))))
    return told, world.must(parse_vkey(told["vkey"])), made, world.must(parse_checkpoint(note.text))


def test_the_published_cosignature_verifies() -> None:
    from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

    told, vkey, made, at = published()
    assert shielding(vkey.name, at, made.time).hex() == told["message"]
    assert made.verifies(vkey, at)
    assert len(str(made.line).encode()) - 1 == len("— ".encode()) + len(told["name"]) + 1 + 4 * 811
    pair = KeyPair.of(told["name"], MLDSA44PrivateKey.from_seed_bytes(bytes.fromhex(told["seed"])), MLDSA44)
    assert pair.vkey == vkey
    again = world.must(cosign(at, pair, made.time))
    assert again.verifies(vkey, at)


def test_whatever_differs_does_not_verify() -> None:
    _, vkey, made, at = published()
    others = (
        replace(at, size=at.size + 1), replace(at, origin=at.origin + "x"), replace(at, root=bytes(32)),
    )  # fmt: skip
    assert not any(made.verifies(vkey, other) for other in others)
    renamed = VKey.of("arvia.example/witness-qp", MLDSA44, vkey.public)
    assert not replace(made, name=renamed.name, id=renamed.id).verifies(renamed, at)
    assert not replace(made, time=made.time + 1).verifies(vkey, at)
    for byte in range(0, mldsa.SIGNATURE, 97):
        flipped = bytearray(made.signature)
        flipped[byte] ^= 1
        assert not replace(made, signature=bytes(flipped)).verifies(vkey, at)
    assert not replace(made, signature=made.signature[:64]).verifies(vkey, at)
    for length in (0, 71, 73, 2427, 2429):
        assert isinstance(read_cosignature(Line(NAME, bytes(4), b"\1" * length)), Refused)


def test_a_key_comes_back_with_its_passphrase_only(tmp_path: Path) -> None:
    path = tmp_path / "w"
    pair = world.must(new_key(path, NAME, b"secret words", witness=True, ml_dsa=True, rounds=2))
    assert path.stat().st_mode & 0o777 == 0o600
    assert (public_key(path, NAME, witness=True), pair.vkey.kind) == (pair.vkey, MLDSA44)
    again = world.must(load_key(path, NAME, b"secret words", witness=True))
    at = Checkpoint("record.example/commission", 3, bytes(32))
    assert world.must(cosign(at, again, NOW)).verifies(pair.vkey, at)
    assert code(load_key(path, NAME, b"other words", witness=True)) == "record.passphrase_wrong"
    assert code(load_key(path, NAME, None, witness=True)) == "record.passphrase_needed"
    assert code(load_key(path, NAME, b"secret words")) == "record.mldsa_role"
    other = str(pq().vkey).encode()
    path.write_bytes(path.read_bytes().replace(str(pair.vkey).encode(), other))
    assert code(load_key(path, NAME, b"secret words", witness=True)) == "record.key_other"
    assert code(new_key(tmp_path / "d", "arvia.example/delegation", b"x", ml_dsa=True)) == "record.mldsa_role"


def test_the_cost_of_the_passphrase_stands_in_the_file(tmp_path: Path) -> None:
    world.must(new_key(tmp_path / "w", NAME, b"words", witness=True, ml_dsa=True, rounds=100))
    body = unpem((tmp_path / "w").read_text().partition("\n")[2])
    assert bytes.fromhex("0202400002010802010a") in body


def unpem(pem: str) -> bytes:
    from base64 import b64decode

    return b64decode("".join(pem.strip().split("\n")[1:-1]))


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here")
def test_openssl_reads_what_is_written_and_its_own_is_read(tmp_path: Path) -> None:
    key = Ed25519PrivateKey.generate()
    plain = key.private_bytes(form.Encoding.DER, form.PrivateFormat.PKCS8, form.NoEncryption())
    (tmp_path / "ours").write_text(pkcs8.encrypted(plain, b"words", 10))
    run = ["openssl", "pkey", "-in", "ours", "-passin", "pass:words", "-outform", "DER"]
    assert subprocess.run(run, cwd=tmp_path, check=True, capture_output=True).stdout == plain
    assert world.must(load_key(tmp_path / "ours", "arvia.example/delegation", b"words")).private
    (tmp_path / "plain").write_bytes(plain)
    run = "openssl pkcs8 -topk8 -scrypt -inform DER -in plain -out theirs -passout pass:words"
    subprocess.run(run.split(), cwd=tmp_path, check=True)
    theirs = world.must(load_key(tmp_path / "theirs", "arvia.example/delegation", b"words"))
    assert theirs.private.private_bytes_raw() == key.private_bytes_raw()
    assert code(load_key(tmp_path / "theirs", NAME, b"other")) == "record.passphrase_wrong"
    assert code(load_key(tmp_path / "theirs", NAME, None)) == "record.passphrase_needed"
    assert code(public_key(tmp_path / "theirs", NAME)) == "record.key_sealed"


def with_pq(path: Path, names: tuple[str, ...] = (NAME,)) -> tuple[Log, list[KeyPair]]:
    """A register whose parties have ML-DSA witnesses beside the usual ones."""
    log, pairs = world.founded(path, acts=4), [pq(name) for name in names]
    for pair in pairs:
        keys = [{"vkey": str(pair.vkey), "role": "witness"}]
        root = world.ROOTS[pair.vkey.party.partition(".")[0]]
        world.must(world.add(log, "accredit", {"keys": keys}, [root]))
    return log, pairs


def test_a_seal_with_such_a_line_shields_what_lies_below(tmp_path: Path) -> None:
    log, (pair,) = with_pq(tmp_path / "r.travaux")
    with log:
        assert verify(tmp_path / "r.travaux").shielded == 0  # type: ignore[union-attr]
        world.cosigned(log)
        world.must(log.cosign(pair, NOW))
        size = log.size
        world.must(world.add(log, "seal", world.must(log.seal_body()), [world.DELEGATES["arvia"]]))
        report = world.must(verify(tmp_path / "r.travaux"))
        assert (report.faults, report.shielded, report.unforked, log.size) == ((), size, size, size + 1)
        assert log.authority.seals[-1].shields == {"arvia.example"}
        policy = policy_of(log.authority, log.size)
        assert NAME not in policy
        assert not isinstance(parse_policy(policy), Refused)


def test_it_counts_in_no_quorum(tmp_path: Path) -> None:
    log, pairs = with_pq(tmp_path / "r.travaux", (NAME, "tolia.example/witness-pq"))
    with log:
        world.must(log.cosign(world.WITNESSES["arvia"], NOW))
        for pair in pairs:
            world.must(log.cosign(pair, NOW))
        assert code(log.seal_body()) == "record.nothing_to_seal"
        report = world.must(verify(tmp_path / "r.travaux"))
        assert (report.faults, report.shielded, report.unforked) == ((), log.size, 0)
        body = {"note": str(world.must(log.checkpoint()))}
        assert code(world.add(log, "seal", body, [world.DELEGATES["arvia"]])) == "record.seal_quorum"


def test_a_false_line_is_refused_on_a_seal_and_a_fault_on_a_checkpoint(tmp_path: Path) -> None:
    log, (pair,) = with_pq(tmp_path / "r.travaux")
    with log:
        world.cosigned(log)
        world.must(log.cosign(pair, NOW))
        note = world.must(log.checkpoint())
        *others, line = note.lines
        assert line.name == NAME
        false = Line(NAME, line.id, line.signature[:-1] + bytes([line.signature[-1] ^ 1]))
        body = {"note": str(Note(note.text, (*others, false)))}
        assert code(world.add(log, "seal", body, [world.DELEGATES["arvia"]])) == "record.cosignature"
        log.store.run("UPDATE cosig SET line = ? WHERE name = ?", (str(false)[:-1], NAME))  # type: ignore[attr-defined]
        faults = world.must(verify(tmp_path / "r.travaux")).faults
        assert [f.fault.code for f in faults] == ["record.cosignature"]


def test_a_machine_without_the_algorithm_says_what_it_did_not_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log, (pair,) = with_pq(tmp_path / "r.travaux")
    with log:
        world.cosigned(log)
        world.must(log.cosign(pair, NOW))
        world.must(world.add(log, "seal", world.must(log.seal_body()), [world.DELEGATES["arvia"]]))
        world.cosigned(log)
        monkeypatch.setattr(mldsa, "available", lambda: False)
        report = world.must(verify(tmp_path / "r.travaux"))
        assert (report.faults, report.shielded, report.unforked) == ((), 0, log.size)
        told = [n for n in report.notices if n.fault.code == "record.mldsa_unchecked"]
        assert [n.layer for n in told] == ["authority", "checkpoint"]
        assert "was not checked here" in told[0].line()
        assert code(log.add_cosignature(str(pair_line(log, pair)), log.size)) == "record.mldsa_missing"
        world.must(world.propose(log, "arvia", "later"))
        world.cosigned(log, NOW + 100)
        body = {"note": str(Note((n := world.must(log.checkpoint())).text, (*n.lines, pair_line(log, pair))))}
        assert code(world.add(log, "seal", body, [world.DELEGATES["arvia"]])) == "record.mldsa_missing"
        made = new_key(tmp_path / "w", NAME, b"x", witness=True, ml_dsa=True)
        assert code(made) == "record.mldsa_missing"


def pair_line(log: Log, pair: KeyPair) -> Line:
    """A line of the last checkpoint, made where the algorithm is."""
    at = world.must(parse_checkpoint(world.must(log.checkpoint()).text))
    return world.must(cosign(at, pair, NOW)).line  # type: ignore[no-any-return]


def test_a_seal_holds_as_many_lines_as_an_entry_can(tmp_path: Path) -> None:
    names = tuple(f"arvia.example/witness-{n:02}" for n in range(24))
    log, pairs = with_pq(tmp_path / "r.travaux", names)
    with log:
        world.cosigned(log)
        for pair in pairs:
            world.must(log.cosign(pair, NOW))
        body = world.must(log.seal_body())
        receipt = world.must(world.add(log, "seal", body, [world.DELEGATES["arvia"]]))
        raw = world.must(log.entry(receipt.index)).raw
        assert 16 * 3274 < len(raw) <= MAX_LARGE
        assert raw.count(b"witness-") == 17
        assert world.must(verify(tmp_path / "r.travaux")).faults == ()


@given(st.lists(st.sampled_from([64, 72, 2428]), max_size=40), st.integers(0, 61_440))
def test_short_lines_come_first_and_the_room_is_kept(lengths: list[int], room: int) -> None:
    lines = tuple(Line(f"a/{n}", n.to_bytes(4, "big"), bytes(size)) for n, size in enumerate(lengths))
    made = fitted(Note("o\n1\nr\n", lines), room)
    assert made.lines == tuple(li for li in lines if li in made.lines)
    assert not made.lines or sum(len(encoded(str(li))) for li in made.lines) <= room
    left = [li for li in lines if li not in made.lines]
    assert not left or max((len(li.signature) for li in made.lines), default=0) <= max(
        len(li.signature) for li in left
    )


def code(found: object) -> str:
    assert isinstance(found, Refused), found
    assert all(f.line() for f in found.faults)
    return found.faults[0].code

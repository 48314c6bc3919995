"""Private keys in files: only the passphrase opens them, and stock tools read them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from travaux.acts.fault import Refused
from travaux.record.ed25519 import verify
from travaux.record.keyfiles import load_key, new_key
from travaux.record.keys import KeyPair

NAME = "arvia.example/delegation"


def code(found: object) -> str:
    assert isinstance(found, Refused)
    assert found.faults[0].line()
    return found.faults[0].code


@pytest.fixture
def made(tmp_path: Path) -> KeyPair:
    pair = new_key(tmp_path / "keys" / "d", NAME, b"secret words", rounds=2)
    assert isinstance(pair, KeyPair)
    return pair


def test_a_key_comes_back_with_its_passphrase_only(made: KeyPair, tmp_path: Path) -> None:
    path = tmp_path / "keys" / "d"
    again = load_key(path, NAME, b"secret words")
    assert isinstance(again, KeyPair)
    assert again.vkey == made.vkey
    assert verify(made.vkey.public, again.sign(b"text"), b"text")
    assert path.stat().st_mode & 0o777 == 0o600
    assert code(load_key(path, NAME, b"other words")) == "record.passphrase_wrong"
    assert code(load_key(path, NAME, None)) == "record.passphrase_needed"
    assert code(load_key(path, NAME, b"")) == "record.passphrase_needed"
    assert code(load_key(tmp_path / "lost", NAME, b"x")) == "record.key_lost"


def test_nothing_is_overwritten_and_nothing_is_left_unprotected(made: KeyPair, tmp_path: Path) -> None:
    assert made
    assert code(new_key(tmp_path / "keys" / "d", NAME, b"x", rounds=1)) == "record.key_exists"
    assert code(new_key(tmp_path / "e", NAME, b"")) == "record.key_unprotected"
    assert code(new_key(tmp_path / "e", "Arvia", b"x")) == "record.name"
    assert code(new_key(tmp_path / "keys" / "d" / "e", NAME, b"x", rounds=1)) == "record.unwritable"
    assert not (tmp_path / "e").exists()


def test_other_files_are_no_keys(tmp_path: Path) -> None:
    rsa = generate_private_key(65537, 2048).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for name, data in {
        "text": b"hello",
        "empty": b"",
        "cut": b"-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n",
    }.items():
        (tmp_path / name).write_bytes(data)
        assert code(load_key(tmp_path / name, NAME, b"x")) in ("record.key_file", "record.passphrase_wrong")
    (tmp_path / "rsa").write_bytes(rsa)
    assert code(load_key(tmp_path / "rsa", NAME, None)) == "record.key_kind"
    assert code(load_key(tmp_path, NAME, b"x")) == "record.unreadable"


def test_a_key_without_a_passphrase_is_said_so(tmp_path: Path) -> None:
    bare = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "bare").write_bytes(bare)
    assert isinstance(load_key(tmp_path / "bare", NAME, None), KeyPair)
    assert code(load_key(tmp_path / "bare", NAME, b"x")) == "record.passphrase_none"


def test_the_printed_form_hides_the_private_half(made: KeyPair) -> None:
    assert repr(made) == f"KeyPair({made.vkey.short})"


@pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="ssh-keygen is not installed")
def test_openssh_reads_the_file_and_its_comment(made: KeyPair, tmp_path: Path) -> None:
    path = tmp_path / "keys" / "d"
    run = ["ssh-keygen", "-y", "-P", "secret words", "-f", str(path)]
    said = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    assert said.split()[2] == NAME
    assert made.vkey.public.hex() in __import__("base64").b64decode(said.split()[1]).hex()
    other = tmp_path / "theirs"
    run = ["ssh-keygen", "-q", "-t", "ed25519", "-a", "2", "-C", NAME, "-N", "words", "-f", str(other)]
    subprocess.run(run, check=True)
    assert isinstance(load_key(other, NAME, b"words"), KeyPair)

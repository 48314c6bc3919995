"""Our own output, checked by programs that share no code with ours: OpenSSL and Go."""

from __future__ import annotations

import base64
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cases import case
from tests.record.world import DELEGATES, HOST, WITNESSES, cosigned, founded, must
from travaux.record.checkpoint import cosigned as message_of
from travaux.record.checkpoint import parse_checkpoint, read_cosignature
from travaux.record.keys import VKey
from travaux.record.log import Log

DER = bytes.fromhex("302a300506032b6570032100")
GO_PATHS = ("/usr/share/gocode", str(Path.home() / "go"))


@pytest.fixture
def log(tmp_path: Path) -> Log:
    log = founded(tmp_path / "r.travaux", 6)
    cosigned(log)
    return log


def openssl(folder: Path, vkey: VKey, message: bytes, signature: bytes) -> bool:
    """What OpenSSL says of one signature."""
    for name, data in {"pub": DER + vkey.public, "text": message, "sig": signature}.items():
        (folder / name).write_bytes(data)
    command = [
        "openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "pub", "-rawin", "-in",
        "text", "-sigfile", "sig",
    ]  # fmt: skip
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")
def test_openssl_agrees_with_acts_checkpoint_and_cosignatures(log: Log, tmp_path: Path) -> None:
    entry = must(log.entry(5))
    key = next(d.vkey for d in DELEGATES.values() if d.vkey.name == entry.by)
    raw = entry.raw.decode().split("\n")
    text = "\n".join([*raw[:2], ""]).encode()
    signature = base64.b64decode(raw[3].split(" ")[2])[-64:]
    assert openssl(tmp_path, key, text, signature)
    assert not openssl(tmp_path, key, text + b" ", signature)
    note = must(log.checkpoint())
    at = must(parse_checkpoint(note.text))
    assert openssl(tmp_path, HOST.vkey, note.text.encode(), note.lines[0].signature)
    for line in note.lines[1:]:
        cosignature = must(read_cosignature(line))
        witness = next(w.vkey for w in WITNESSES.values() if w.vkey.name == line.name)
        assert openssl(tmp_path, witness, message_of(at, cosignature.time), cosignature.signature)


@pytest.fixture(scope="module")
def check(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Go checker, built, or a skip that says what is not there."""
    return built(case("record/check.go"), tmp_path_factory.mktemp("go"))


def built(source: Path, folder: Path) -> Path:
    """A Go program, built in a folder, or a skip that says what is not there."""
    go, gopath = (
        shutil.which("go"),
        next((p for p in GO_PATHS if (Path(p) / "src/golang.org/x/mod").is_dir()), None),
    )
    if go is None or gopath is None:
        pytest.skip("go or golang.org/x/mod is not installed")
    environment = {
        "GO111MODULE": "off",
        "GOPATH": gopath,
        "GOCACHE": str(folder / "cache"),
        "PATH": "/usr/bin:/bin",
    }
    program = folder / source.stem
    subprocess.run([go, "build", "-o", str(program), str(source)], env=environment, check=True)
    return program


def test_go_agrees_with_our_receipts(check: Path, log: Log, tmp_path: Path) -> None:
    for entry in log.entries(3):
        (tmp_path / "act").write_bytes(entry.raw)
        (tmp_path / "receipt").write_text(must(log.receipt(entry.index)).text)
        key = next(d.vkey for d in DELEGATES.values() if d.vkey.name == entry.by)
        command = [str(check), str(tmp_path / "act"), str(key), str(tmp_path / "receipt"), str(HOST.vkey)]
        said = subprocess.run(command, capture_output=True, text=True, check=False)
        assert f"is entry {entry.index} of {log.size}" in said.stdout
        (tmp_path / "receipt").write_text(must(log.receipt(0)).text)
        assert subprocess.run(command, capture_output=True, check=False).returncode != 0

"""Keys in a real ssh-agent: enrolled once, then every command that signs asks it; no private file is here."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.desk import PASSPHRASE, Desk, desk  # noqa: F401 - a fixture
from tests.record.test_agent import HOSTILE, listed, serving
from travaux.secretariat import keyring
from travaux.secretariat.home import Home

ORIGIN = "harbour.example/commission"
TABLED = """\
act: table
instrument: dredging
type: programme
titles: {en: Dredging programme}
on: 2031-02-01
signer: north/delegation
"""
TOOLS = ("ssh-agent", "ssh-add", "ssh-keygen")
real = pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason="no ssh-agent here")


@pytest.fixture
def agent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A running agent, its socket in the environment."""
    path = tmp_path / "agent"
    process = subprocess.Popen(["ssh-agent", "-D", "-a", str(path)], stdout=subprocess.DEVNULL)
    monkeypatch.setenv("SSH_AUTH_SOCK", str(path))
    for _ in range(200):
        if path.exists():
            break
        time.sleep(0.02)
    yield path
    process.terminate()
    process.wait()


def add(file: Path, folder: Path) -> None:
    """Hand a key file to the agent, with its passphrase, as a person would type it."""
    ask = folder / "ask.sh"
    ask.write_text(f"#!/bin/sh\necho '{PASSPHRASE}'\n")
    ask.chmod(0o700)
    told = {**os.environ, "SSH_ASKPASS": str(ask), "SSH_ASKPASS_REQUIRE": "force", "DISPLAY": ":0"}
    subprocess.run(["ssh-add", "-q", str(file)], env=told, check=True, stdin=subprocess.DEVNULL)


def into_the_agent(desk: Desk, *names: str) -> None:  # noqa: F811
    """Move keys of this user into the agent: their files are gone."""
    for name in names:
        file = Home(desk.home).key_file(ORIGIN, name)
        add(file, desk.folder)
        file.unlink()
        assert name in desk.run("key", "agent", ORIGIN, name).stdout


@real
def test_a_delegation_a_witness_and_the_host_sign_by_the_agent(desk: Desk, agent: Path) -> None:  # noqa: F811
    harbour = desk.found()
    vkey = desk.run("key", "show", ORIGIN, "north/delegation").stdout
    into_the_agent(desk, "north/delegation", "north/witness", ORIGIN)
    assert desk.run("key", "show", ORIGIN, "north/delegation").stdout == vkey
    assert vkey.strip() in desk.run("key", "list", ORIGIN).stdout
    desk.passphrase = None
    desk.act(harbour, TABLED)
    assert "dredging" in desk.run("log", str(harbour), "--format", "acts").stdout
    assert "north/witness cosigned" in desk.run("cosign", str(harbour), "--by", "north/witness").stdout
    desk.run("act", str(harbour), str(desk.write("j.acts", TABLED.replace("dredging", "lights"))),
             "--prepare", "j.note")  # fmt: skip
    assert "Signed by: north/delegation" in desk.run("sign", "j.note").stdout
    desk.run("act", str(harbour), "j.note", "--attach")
    assert desk.run("verify", str(harbour)).exit_code == 0
    for file in Home(desk.home).keys(ORIGIN).iterdir():
        public = file.read_text().startswith("ssh-ed25519 ")
        assert public == (file.name in ("north+delegation", "north+witness", ORIGIN.replace("/", "+")))


@real
def test_a_key_that_left_the_agent_signs_nothing(desk: Desk, agent: Path) -> None:  # noqa: F811
    harbour = desk.found()
    into_the_agent(desk, "north/delegation")
    subprocess.run(["ssh-add", "-q", "-D"], check=True, stderr=subprocess.DEVNULL)
    before = harbour.read_bytes()
    told = desk.act(harbour, TABLED, code=1).stderr
    assert "does not sign with the key of north/delegation" in told
    assert harbour.read_bytes() == before


@real
def test_which_key_of_the_agent(desk: Desk, agent: Path) -> None:  # noqa: F811
    make = ["ssh-keygen", "-q", "-N", "", "-f"]
    for n, kind, comment in ((1, "ed25519", "mine"), (2, "ed25519", "mine"), (3, "rsa", "old")):
        subprocess.run([*make, f"k{n}", "-t", kind, "-C", comment], cwd=desk.folder, check=True)
        subprocess.run(["ssh-add", "-q", f"k{n}"], cwd=desk.folder, check=True, stderr=subprocess.DEVNULL)
    prints = re.findall(r"SHA256:\S+", subprocess.check_output(["ssh-add", "-l"], text=True))
    enrol = ("key", "agent", ORIGIN, "north/delegation")
    assert "holds no key “north/delegation”" in (said := desk.run(*enrol, code=1).stderr)
    assert all(p in said for p in prints)
    assert "holds several keys “mine”" in desk.run(*enrol, "--key", "mine", code=1).stderr
    assert "type ssh-rsa" in desk.run(*enrol, "--key", prints[2], code=1).stderr
    assert not Home(desk.home).key_file(ORIGIN, "north/delegation").exists()
    vkey = desk.run(*enrol, "--key", prints[1]).stdout.strip()
    shown = desk.run("key", "show", ORIGIN, "north/delegation", "--format", "ssh").stdout
    assert shown.split()[1] == (desk.folder / "k2.pub").read_text().split()[1]
    assert vkey.startswith("north/delegation+")
    assert "there is a key already" in desk.run(*enrol, "--key", prints[0], code=1).stderr
    assert "cannot name a key" in desk.run("key", "agent", ORIGIN, "North", code=1).stderr


def test_a_fido_key_cannot_sign_acts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    kind = b"sk-ssh-ed25519@openssh.com"
    blob = len(kind).to_bytes(4, "big") + kind + b"\0\0\0\x20" + bytes(32) + b"\0\0\0\x04ssh:"
    with serving(desk.folder / "s", lambda _: listed((blob, b"north/delegation"))):
        monkeypatch.setenv("SSH_AUTH_SOCK", str(desk.folder / "s"))
        said = desk.run("key", "agent", ORIGIN, "north/delegation", code=1).stderr
    assert "is a FIDO key" in said
    assert len(said.splitlines()) == 1
    file = Home(desk.home).key_file(ORIGIN, "north/delegation")
    file.parent.mkdir(parents=True)
    file.write_text("sk-ssh-ed25519@openssh.com AAAA north/delegation\n")
    assert "is a FIDO key" in desk.run("key", "show", ORIGIN, "north/delegation", code=1).stderr


@pytest.mark.parametrize("how", HOSTILE)
def test_a_hostile_agent_gets_one_line_and_records_nothing(
    how: str, desk: Desk, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:  # fmt: skip
    harbour = desk.found()
    monkeypatch.setattr(keyring, "PATIENCE", 0.6)
    shown = desk.run("key", "show", ORIGIN, "north/delegation", "--format", "ssh").stdout
    file = Home(desk.home).key_file(ORIGIN, "north/delegation")
    file.unlink()
    file.write_text(shown)
    before = harbour.read_bytes()
    with serving(desk.folder / "s", HOSTILE[how][0]):
        monkeypatch.setenv("SSH_AUTH_SOCK", str(desk.folder / "s"))
        said = desk.act(harbour, TABLED, code=1).stderr
    assert len(said.splitlines()) == 1, said
    assert "ssh-agent" in said
    assert harbour.read_bytes() == before


def test_without_an_agent_the_sentence_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    assert "no ssh-agent is known here" in desk.run("key", "agent", ORIGIN, "north/delegation", code=1).stderr

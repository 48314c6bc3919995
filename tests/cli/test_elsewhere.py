"""Acts that are prepared here, signed elsewhere, and recorded by the host."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from docs.make import DOCS

from tests.cli.desk import PASSPHRASE, Desk, desk  # noqa: F401 - a fixture
from travaux.record.keys import VKey, parse_vkey

ORIGIN = "harbour.example/commission"
JOINT = """\
act: table
instrument: dredging
type: programme
titles: {en: Dredging programme}
on: 2031-02-01
signer: north/delegation
with: [south/delegation]
"""


@pytest.fixture
def harbour(desk: Desk) -> Path:  # noqa: F811
    return desk.found()


def recipes() -> list[str]:
    """The shell recipes of the page about OpenSSL, in order."""
    page = (DOCS / "signing-elsewhere.md").read_text(encoding="utf-8").partition("## With OpenSSL")[2]
    return re.findall(r"```sh\n(.*?)```", page, re.DOTALL)


def apart(desk: Desk, name: str, *keys: str) -> Desk:  # noqa: F811
    """A second user, whose home gets the named keys of the first: they are then nowhere else."""
    from travaux.secretariat.home import Home

    other = Desk(desk.folder, desk.home.with_name(name))
    for key in keys:
        target = Home(other.home).key_file(ORIGIN, key)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(Home(desk.home).key_file(ORIGIN, key), target)
    return other


def test_each_party_signs_at_home_and_the_host_records(desk: Desk, harbour: Path) -> None:  # noqa: F811
    south = apart(desk, "south-home", "south/delegation")
    desk.run("act", str(harbour), str(desk.write("j.acts", JOINT)), "--prepare", "j.note")
    first = desk.run("sign", "j.note", "--by", "north/delegation")
    assert "Dredging programme" in first.stdout
    assert "Still to sign: south/delegation" in first.stderr
    assert "south/delegation" in desk.run("act", str(harbour), "j.note", "--attach", code=1).stderr
    unmet = south.run("sign", "j.note", code=1)
    assert "--register" in unmet.stderr
    second = south.run("sign", "j.note", "--register", ORIGIN)
    assert "Signed by: north/delegation, south/delegation" in second.stdout
    assert not second.stderr
    desk.run("act", str(harbour), "j.note", "--attach")
    assert "dredging" in desk.run("log", str(harbour), "--kind", "table", "--format", "acts").stdout
    assert desk.run("verify", str(harbour)).exit_code == 0


def test_a_key_that_is_not_asked_for_does_not_sign(desk: Desk, harbour: Path) -> None:  # noqa: F811
    desk.run("act", str(harbour), str(desk.write("j.acts", JOINT)), "--prepare", "j.note")
    before = (desk.folder / "j.note").read_bytes()
    assert "not asked" in desk.run("sign", "j.note", "--by", "north/root-1", code=1).stderr
    assert "not asked" in desk.run("sign", "j.note", "--by", "north/witness", code=1).stderr
    desk.run("sign", "j.note", "--show")
    assert (desk.folder / "j.note").read_bytes() == before
    desk.run("sign", str(desk.write("odd.note", b"\xff\xfe\n\n\n")), code=1)
    desk.run("sign", "nowhere.note", code=1)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here")
def test_the_printed_recipe_signs_with_openssl(desk: Desk, harbour: Path) -> None:  # noqa: F811
    from cryptography.hazmat.primitives import serialization

    from travaux.record.keyfiles import load_key
    from travaux.record.keys import KeyPair
    from travaux.secretariat.home import Home

    desk.run("act", str(harbour), str(desk.write("j.acts", JOINT)), "--prepare", "joint.note")
    pair = load_key(
        Home(desk.home).key_file(ORIGIN, "south/delegation"), "south/delegation", b"correct horse"
    )
    assert isinstance(pair, KeyPair)
    pkcs8 = pair.private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    desk.write("south.pem", pkcs8)
    signs, shows = recipes()
    subprocess.run(["bash", "-euc", signs], cwd=desk.folder, check=True)
    shown = subprocess.run(
        ["bash", "-euc", shows], cwd=desk.folder, check=True, capture_output=True, text=True
    )
    assert parse_vkey(shown.stdout.strip()) == pair.vkey
    assert isinstance(pair.vkey, VKey)
    desk.run("sign", "joint.note", "--by", "north/delegation")
    desk.run("act", str(harbour), "joint.note", "--attach")
    desk.run("verify", str(harbour))

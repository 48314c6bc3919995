"""A party's node: it follows what the host publishes, cosigns, and keeps what convicts the host."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.desk import Desk, desk  # noqa: F401 - a fixture
from tests.cli.test_elsewhere import apart

TABLED = """\
act: table
signer: north/delegation
instrument: {name}
type: programme
titles: {{en: A programme}}
on: 2031-02-01
"""


@pytest.fixture
def harbour(desk: Desk) -> Path:  # noqa: F811
    return desk.found()


def test_a_party_follows_cosigns_and_the_host_takes_the_line(desk: Desk, harbour: Path) -> None:  # noqa: F811
    south = apart(desk, "south-home", "south/witness")
    desk.run("export", str(harbour), "site", "--for", "south")
    south.run("mirror", "site", "south.travaux", "--founding", "0" * 64, code=1)
    told = south.run("mirror", "site", "south.travaux", "--cosign", "--line", "south.note")
    assert "4 entries, 4 new" in told.stdout
    assert "south/witness cosigned" in told.stdout
    desk.run("cosign", str(harbour), "--by", "north/witness")
    assert "south/witness" in desk.run("cosign", str(harbour), "--line", "south.note").stdout
    assert "yes: a quorum" in desk.run("verify", str(harbour), "--quorum").stdout
    desk.run("cosign", str(harbour), "--line", str(desk.write("odd.note", "nothing")), code=1)
    desk.run("export", str(harbour), "again", "--for", "south")
    assert "4 entries, 0 new" in south.run("mirror", "again", "south.travaux").stdout
    assert "yes: a quorum" in south.run("verify", "south.travaux", "--quorum").stdout
    south.run("mirror", "gopher://harbour.example", "south.travaux", code=1)


def test_two_histories_convict_the_host(desk: Desk, harbour: Path) -> None:  # noqa: F811
    shutil.copy(harbour, desk.folder / "drawer.travaux")
    south = apart(desk, "south-home")
    for register, name in ((harbour, "dredging"), (desk.folder / "drawer.travaux", "lights")):
        desk.act(register, TABLED.format(name=name))
        desk.run("export", str(register), name, "--for", "south")
    south.run("mirror", "dredging", "south.travaux")
    said = south.run("mirror", "lights", "south.travaux", code=1).stderr
    (evidence,) = desk.folder.glob("fork-*.evidence")
    assert str(evidence.name) in said
    judged = south.run("evidence", evidence.name, code=1)
    assert "harbour.example/commission+" in judged.stderr
    assert "two histories" in judged.stderr
    assert "dredging" in south.run("log", "south.travaux", "--format", "acts").stdout
    south.run("evidence", str(desk.write("odd.evidence", b"\x00\xff")), code=1)

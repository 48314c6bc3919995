"""The commands on a register that a PostgreSQL server keeps, and copies between it and files."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.desk import CONSTITUTION, Desk, desk
from tests.servers import Server

__all__ = ["desk"]

TABLED = """\
act: table
signer: north/delegation
instrument: dredging
type: programme
titles: {en: Dredging programme}
on: 2031-02-01
"""


def test_a_register_lives_on_a_server(desk: Desk, server: Server) -> None:
    url = server.url().replace("chair@", "chair:s3cret@")
    made = desk.run("found", str(desk.write("constitution.toml", CONSTITUTION)), url, "--rounds", "2").output
    acts = str(desk.write("these.acts", TABLED))
    said = [made, desk.run("act", url, acts).output, desk.run("log", url).output]
    assert "Dredging programme" in said[-1]
    for party in ("north", "south"):
        said.append(desk.run("cosign", url, "--by", f"{party}/witness").output)
    said.append(desk.run("seal", url, "--by", "desk/keeper").output)
    report = desk.run("verify", url, "--format", "json").output
    assert json.loads(report)["unaltered"]
    said.append(report)

    file = desk.folder / "copy.travaux"
    back = server.url()
    said.append(desk.run("backup", url, str(file)).output)
    said.append(desk.run("import", str(file), back, "--writable").output)
    desk.run("export", back, "mirror", "--for", "north")
    desk.run("import", "mirror", "again.travaux")
    roots = {json.loads(desk.run("verify", str(at), "--format", "json").output)["root"]
             for at in (url, file, back, desk.folder / "again.travaux")}  # fmt: skip
    assert len(roots) == 1
    said.append(desk.run("found", "constitution.toml", url, "--rounds", "2", code=1).output)
    assert "s3cret" not in "".join(said)


def test_a_founding_that_fails_leaves_no_key_and_no_table(desk: Desk, server: Server) -> None:
    constitution = str(desk.write("constitution.toml", CONSTITUTION))
    wrong = desk.run("found", constitution, "postgresql://x:s3cret@127.0.0.1:1/d", "--rounds", "2", code=1)
    assert "cannot be reached" in wrong.stderr
    assert "s3cret" not in wrong.output
    assert json.loads(desk.run("key", "list", "--format", "json").stdout) == []
    desk.run("found", constitution, server.url(), "--rounds", "2")


def test_an_address_that_cannot_be_read_is_wrong_usage(desk: Desk, tmp_path: Path) -> None:
    bad = "postgresql://x:s3/cret@h/d"
    for args in (("log", bad), ("verify", bad), ("receipt", bad, "3f2a"), ("found", "c.toml", bad)):
        wrong = desk.run(*args, code=2)
        assert "no address of a register" in wrong.stderr
        assert "s3" not in wrong.output
    assert not list(tmp_path.glob("postgresql*"))

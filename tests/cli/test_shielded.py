"""ML-DSA keys on the command line: made, accredited, cosigning beside the usual key, told by verify."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.desk import Desk, desk  # noqa: F401 - a fixture
from travaux.acts.kinds import Seal
from travaux.formats.acts import Written, render_acts
from travaux.record import mldsa
from travaux.secretariat.door import Secretariat

ORIGIN = "harbour.example/commission"
pytestmark = pytest.mark.skipif(not mldsa.available(), reason="the cryptography library here has no ML-DSA")


def key(desk: Desk, name: str, *more: str, code: int = 0) -> str:  # noqa: F811
    return desk.run("key", "new", ORIGIN, name, "--rounds", "2", *more, code=code).output.strip()


def accredited(desk: Desk) -> Path:  # noqa: F811
    """A register where the North has an ML-DSA witness as well."""
    harbour = desk.found()
    vkey = key(desk, "north/witness-pq", "--ml-dsa")
    keys = f'keys: [{{vkey: "{vkey}", role: witness}}]'
    desk.act(harbour, f"act: accredit\nsigner: north/root-1\n{keys}\n")
    return harbour


def test_both_keys_cosign_and_verify_says_what_is_shielded(desk: Desk) -> None:  # noqa: F811
    harbour = accredited(desk)
    two = desk.run("cosign", str(harbour), code=1).stderr
    assert "say which with --by" in two  # keys of several parties lie here
    for name in ("north/witness", "north/witness-pq", "south/witness"):
        desk.run("cosign", str(harbour), "--by", name)
    seal(desk, harbour)
    said = desk.run("verify", str(harbour)).stdout
    assert "Shielded    the first 5 of" in said
    told = json.loads(desk.run("verify", str(harbour), "--format", "json").stdout)
    assert (told["shielded"], told["unforked"], told["faults"]) == (5, 5, [])
    listed = desk.run("key", "list", ORIGIN).stdout
    assert "(ML-DSA-44)" in listed
    assert max(map(len, listed.splitlines())) < 300


def seal(desk: Desk, harbour: Path) -> None:  # noqa: F811
    """Seal, after a trial: a seal may be longer than other acts."""
    with Secretariat.open(harbour) as office:  # type: ignore[union-attr]
        note = office.log.seal_body()["note"]  # type: ignore[index]
    long = note + note.split("\n")[-2] * 6
    assert len(long) > 2 * 8192
    written = render_acts([Written(Seal(note=long), signer="desk/keeper")])
    tried = desk.run("act", str(harbour), str(desk.write("s.acts", written)), "--dry-run")
    assert "would be recorded" in tried.stdout
    desk.run("seal", str(harbour), "--by", "desk/keeper")


def test_a_party_cosigns_with_all_its_witness_keys(desk: Desk) -> None:  # noqa: F811
    from travaux.secretariat.home import Home

    harbour = accredited(desk)
    Home(desk.home).key_file(ORIGIN, "south/witness").unlink()
    said = desk.run("cosign", str(harbour)).stdout
    assert said.count("cosigned the record up to entry 4") == 2
    desk.run("export", str(harbour), "site", "--for", "north")
    desk.run("mirror", "site", "north.travaux", "--cosign", "--line", "lines.note")
    assert (desk.folder / "lines.note").read_text().count("— north/witness") == 2
    assert desk.run("cosign", str(harbour), "--line", "lines.note").stdout.count("cosigned") == 2


def test_a_machine_without_ml_dsa(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    harbour = accredited(desk)
    for name in ("north/witness", "north/witness-pq", "south/witness"):
        desk.run("cosign", str(harbour), "--by", name)
    desk.run("seal", str(harbour), "--by", "desk/keeper")
    monkeypatch.setattr(mldsa, "available", lambda: False)
    done = desk.run("verify", str(harbour))
    assert "Shielded" not in done.stdout
    assert "north/witness-pq was not checked here" in done.stderr
    assert "install a newer" in desk.run("cosign", str(harbour), "--by", "north/witness-pq", code=1).stderr
    assert "install a newer" in key(desk, "south/witness-pq", "--ml-dsa", code=1)
    desk.run("key", "show", ORIGIN, "north/witness-pq")


def test_only_witnesses_have_such_keys(desk: Desk) -> None:  # noqa: F811
    assert "only cosign checkpoints" in key(desk, "north/delegation", "--ml-dsa", code=1)
    key(desk, "north/witness-pq", "--ml-dsa")
    shown = desk.run("key", "show", ORIGIN, "north/witness-pq", "--format", "ssh", code=1)
    assert "ssh-keygen has no form" in shown.stderr

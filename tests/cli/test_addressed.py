"""Whom an act is for, and who signs it: what is refused, and that an author is given its own act."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.desk import Desk, desk
from tests.cli.test_register_life import TABLED

__all__ = ["desk"]


@pytest.fixture
def harbour(desk: Desk) -> Path:
    return desk.found()


def size(desk: Desk, register: Path) -> int:
    return int(json.loads(desk.run("verify", str(register), "--format", "json").stdout)["size"])


@pytest.mark.parametrize("audience", ["[nobody]", "[north, nobody]"])
def test_an_audience_that_names_no_party_is_refused_at_its_act(
    desk: Desk, harbour: Path, audience: str
) -> None:
    before = size(desk, harbour)
    told = desk.act(harbour, f"{TABLED}audience: {audience}\n", code=1).stderr
    assert "these.acts:1: " in told
    assert "“nobody”" in told
    assert "north, south" in told
    tried = desk.run("act", str(harbour), "these.acts", "--dry-run", code=1)
    assert "“nobody”" in tried.stderr
    assert size(desk, harbour) == before


def test_the_keeper_may_stand_beside_a_party_and_never_alone(desk: Desk, harbour: Path) -> None:
    assert "desk alone" in desk.act(harbour, f"{TABLED}audience: [desk]\n", code=1).stderr
    desk.act(harbour, f"{TABLED}audience: [desk, south]\n")


def test_an_author_is_given_its_own_act_and_a_third_is_not(desk: Desk, harbour: Path) -> None:
    desk.act(harbour, f"{TABLED}audience: [south]\n")
    for reader, seen in (("north", True), ("south", True), ("desk", False), ("public", False)):
        desk.run("export", str(harbour), reader, "--for", reader)
        held = b"".join(f.read_bytes() for f in (desk.folder / reader).rglob("*") if f.is_file())
        assert (b"Dredging programme" in held) is seen, reader
    assert "Dredging" in desk.run("log", str(harbour), "--for", "north").stdout
    assert "Dredging" not in desk.run("log", str(harbour)).stdout


def test_one_who_signs_with_the_author_is_given_the_act_too(desk: Desk, harbour: Path) -> None:
    desk.act(harbour, f"{TABLED}audience: [north]\nwith: [south/delegation]\n")
    assert "Dredging" in desk.run("log", str(harbour), "--for", "south").stdout


@pytest.mark.parametrize(
    ("with_", "word"),
    [("[north/delegation]", "its author already"), ("[south/delegation, south/delegation]", "twice")],
)
def test_a_key_that_signs_twice_is_refused_in_words(desk: Desk, harbour: Path, with_: str, word: str) -> None:
    told = desk.act(harbour, f"{TABLED}with: {with_}\n", code=1).stderr
    assert "these.acts:" in told
    assert word in told
    assert "envelope" not in told


def test_verify_says_that_an_audience_names_nobody(
    desk: Desk, harbour: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as lenient:
        for module in ("procedure", "submitting"):
            lenient.setattr(f"travaux.secretariat.{module}.audience_faults", lambda *_: ())
        desk.act(harbour, f"{TABLED}audience: [nobody]\n")
    found = json.loads(desk.run("verify", str(harbour), "--format", "json", code=1).stdout)
    assert [f["code"] for f in found["faults"]] == ["procedure.audience"]


def test_what_nobody_could_record_is_not_prepared_either(desk: Desk, harbour: Path) -> None:
    path = str(desk.write("a.acts", f"{TABLED}audience: [nobody]\n"))
    assert "“nobody”" in desk.run("act", str(harbour), path, "--prepare", "a.note", code=1).stderr
    assert not (desk.folder / "a.note").exists()

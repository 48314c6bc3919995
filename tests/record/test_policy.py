"""The trust policy of an export: what a stranger's tool is told to believe."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.record import world
from travaux.acts.fault import Refused
from travaux.record.directory import export_directory
from travaux.record.keys import COSIGNATURE
from travaux.record.note import Note, parse_note
from travaux.record.policy import Group, parse_policy
from travaux.record.verify import verify

LOG, A, B = world.HOST.vkey, world.WITNESSES["arvia"].vkey, world.WITNESSES["tolia"].vkey
LINES = [f"log {LOG}", f"witness a {A}", f"witness b {B}", "group both 2 a b", "quorum both"]


def test_the_exported_policy_accepts_what_a_quorum_cosigned_and_nothing_else(tmp_path: Path) -> None:
    with world.founded(tmp_path / "r.travaux", acts=3) as log:
        world.cosigned(log)
        world.must(export_directory(log, tmp_path / "site"))
    text = (tmp_path / "site" / "policy").read_text()
    policy = world.must(parse_policy(text))
    assert policy.logs == {LOG.name: LOG}
    assert policy.witnesses == {A.name: A, B.name: B}
    assert policy.groups == {"all-parties": Group(2, (A.name, B.name))}
    note = world.must(parse_note((tmp_path / "site" / "checkpoint").read_bytes()))
    assert policy.accepts(note)
    for nth in range(3):
        assert not policy.accepts(Note(note.text, note.lines[:nth] + note.lines[nth + 1 :]))
    assert not policy.accepts(Note(note.text.replace("\n6\n", "\n7\n"), note.lines))


def test_verify_faults_a_policy_that_somebody_changed(tmp_path: Path) -> None:
    with world.founded(tmp_path / "r.travaux", acts=1) as log:
        world.must(export_directory(log, tmp_path / "site"))
    assert world.must(verify(tmp_path / "site")).faults == ()
    file = tmp_path / "site" / "policy"
    file.write_text(file.read_text().replace("group all-parties 2", "group all-parties 1"))
    assert [f.fault.code for f in world.must(verify(tmp_path / "site")).faults] == ["record.policy_other"]
    file.unlink()
    assert world.must(verify(tmp_path / "site")).faults == ()


def test_a_party_with_two_witnesses_has_one_vote(tmp_path: Path) -> None:
    second = world.key("arvia.example/witness-2", COSIGNATURE)
    with world.founded(tmp_path / "r.travaux") as log:
        keys = {"keys": [{"vkey": str(second.vkey), "role": "witness"}]}
        world.must(world.add(log, "accredit", keys, [world.ROOTS["arvia"]]))
        world.must(log.cosign(world.WITNESSES["arvia"], 1_795_546_800))
        world.must(log.cosign(second, 1_795_546_801))
        world.must(export_directory(log, tmp_path / "site"))
        note = world.must(log.checkpoint())
        policy = world.must(parse_policy((tmp_path / "site" / "policy").read_text()))
        assert not policy.accepts(note)
        world.must(log.cosign(world.WITNESSES["tolia"], 1_795_546_802))
        assert policy.accepts(world.must(log.checkpoint()))


@pytest.mark.parametrize(
    "lines",
    [
        [],
        LINES[:-1],
        LINES[1:],
        [*LINES, "quorum both"],
        [LINES[0], LINES[1], f"witness c {A}", LINES[2], *LINES[3:]],
        [LINES[0], LINES[1], "group both 2 a b", LINES[2], "quorum both"],
        [*LINES[:3], "group both 3 a b", "quorum both"],
        [*LINES[:3], "group both 0 a b", "quorum both"],
        [*LINES[:3], "group both 02 a b", "quorum both"],
        [*LINES[:3], "group both ² a b", "quorum both"],
        [*LINES[:3], "group both 1 a a", "quorum both"],
        [*LINES[:3], "group one any a", "group two all a b", "quorum two"],
        [*LINES[:3], "group a 2 a b", "quorum a"],
        [*LINES[:3], "group none 2 a b", "quorum none"],
        [*LINES[:4], "quorum others"],
        [f"log {A}", *LINES[1:]],
        [LINES[0], f"witness a {LOG}", *LINES[2:]],
        [*LINES[:4], "quorom both"],
    ],
)
def test_a_bad_policy_is_refused(lines: list[str]) -> None:
    assert isinstance(parse_policy("\n".join(lines) + "\n"), Refused)


def test_the_forms_that_are_allowed() -> None:
    assert not isinstance(parse_policy("\n".join(["# trust", "", *LINES])), Refused)
    for end in (
        ["group g any a b", "quorum g"],
        ["group g all a b", "quorum g"],
        ["quorum none"],
        ["quorum a"],
    ):
        assert not isinstance(parse_policy("\n".join([*LINES[:3], *end])), Refused)

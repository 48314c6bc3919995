"""The host is gone for good: a quorum goes on from a mirror, and what was promised before still holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.record import world
from tests.record.test_mirror import codes
from travaux.record.directory import export_directory
from travaux.record.entry import sign
from travaux.record.evidence import Evidence, judge_evidence
from travaux.record.keys import to_base64
from travaux.record.log import Log
from travaux.record.mirror import Followed, follow
from travaux.record.moved import GoneOver, keep_up, parting
from travaux.record.note import Note, sign_line
from travaux.record.published import Folder
from travaux.record.verify import verify

NEW_HOST = world.key(world.HOST.vkey.name, nth="after the flood")


def moving(log: Log, parties: list[str]) -> bytes:
    """The act that moves the host, signed by the roots of `parties` and by the new host key."""
    body = {"base": {"root": to_base64(log.root), "size": log.size}, "host": str(NEW_HOST.vkey)}
    signers = [*(world.ROOTS[p] for p in parties), NEW_HOST]
    names = [s.vkey.name for s in signers]
    draft = world.must(log.draft("move_host", body, names[0], with_=names[1:]))
    data: bytes = world.must(sign(draft, signers))
    return data


def test_a_quorum_goes_on_from_a_mirror_and_old_receipts_still_prove(tmp_path: Path) -> None:
    with world.founded(tmp_path / "host.travaux", acts=20) as log:
        world.cosigned(log)
        founding, old = log.register or "", world.must(log.receipt(9))
        entry = world.must(log.entry(9)).raw
        world.must(export_directory(log, tmp_path / "site", "arvia.example"))
    for party in ("arvia", "tolia"):
        done = follow(tmp_path / f"{party}.travaux", Folder(tmp_path / "site"), founding=founding)
        assert isinstance(done, Followed)
    for lost in (tmp_path / "host.travaux", *(tmp_path / "site").glob("checkpoint")):
        lost.unlink()

    with world.must(Log.open(tmp_path / "arvia.travaux", write=True)) as mirror:
        act = moving(mirror, ["arvia"])
        assert codes(mirror.append(act, NEW_HOST)) == {"record.move_quorum"}
        draft = world.must(mirror.draft("propose", {"text": "x"}, world.DELEGATES["arvia"].vkey.name))
        entry_of_arvia = world.must(sign(draft, [world.DELEGATES["arvia"]]))
        assert codes(mirror.append(entry_of_arvia, NEW_HOST)) == {"record.mirror"}
    with world.must(Log.open(tmp_path / "arvia.travaux", write=True)) as log:
        world.must(log.append(moving(log, ["arvia", "tolia"]), NEW_HOST))
        draft = world.must(log.draft("propose", {"text": "we go on"}, world.DELEGATES["tolia"].vkey.name))
        after = world.must(sign(draft, [world.DELEGATES["tolia"]]))
        assert world.must(log.append(after, NEW_HOST)).proves(after, NEW_HOST.vkey)
        world.cosigned(log, 1_795_600_000)
        again = world.must(log.receipt(9))
        assert again.proves(entry, NEW_HOST.vkey)
        assert old.proves(entry, world.HOST.vkey)
        world.must(export_directory(log, tmp_path / "new-site", "tolia.example"))

    done = follow(tmp_path / "tolia.travaux", Folder(tmp_path / "new-site"), founding=founding)
    assert isinstance(done, Followed)
    assert done.new == 2
    for kept in ("arvia.travaux", "tolia.travaux", "new-site"):
        report = world.must(verify(tmp_path / kept, founding=founding, quorum=True))
        assert report.faults == (), kept
        assert report.unforked == report.complete == 25


@dataclass
class Moved:
    """A register that went on elsewhere at entry 24, and the copies made before."""

    folder: Path
    founding: str
    log: Log

    def follow(self, name: str, site: str) -> object:
        """What the mirror `name` makes of a site."""
        return keep_up(self.folder / name, Folder(self.folder / site), founding=self.founding)


@pytest.fixture
def moved(tmp_path: Path) -> Iterator[Moved]:
    """The host published 23 entries, then 25 to Tolia alone, was lost, and came back as `drawer.travaux`."""
    with world.founded(tmp_path / "host.travaux", acts=20) as log:
        founding = log.register or ""
        world.cosigned(log)
        world.must(export_directory(log, tmp_path / "site", "arvia.example"))
        world.must(log.backup(tmp_path / "drawer.travaux"))
        with world.must(Log.open(tmp_path / "drawer.travaux", write=True)) as other:
            for n in range(4):
                world.must(world.propose(other, "arvia", f"from the drawer {n}"))
            world.must(export_directory(other, tmp_path / "drawer", "arvia.example"))
        for n in range(2):
            world.must(world.propose(log, "tolia", f"late {n}"))
        world.must(export_directory(log, tmp_path / "late-site", "tolia.example"))
        world.must(log.backup(tmp_path / "before.travaux"))
    for name, site in (("arvia", "site"), ("tolia", "site"), ("tolia", "late-site")):
        done = follow(tmp_path / f"{name}.travaux", Folder(tmp_path / site), founding=founding)
        assert isinstance(done, Followed)
    with world.must(Log.open(tmp_path / "arvia.travaux", write=True)) as log:
        world.must(log.append(moving(log, ["arvia", "tolia"]), NEW_HOST))
        world.must(export_directory(log, tmp_path / "new-site", "tolia.example"))
        yield Moved(tmp_path, founding, log)


def test_a_mirror_that_was_ahead_goes_over_and_keeps_the_dead_branch(moved: Moved) -> None:
    before = (moved.folder / "tolia.travaux").read_bytes()
    done = moved.follow("tolia.travaux", "new-site")
    assert isinstance(done, GoneOver)
    assert (done.dead, done.followed.size, done.followed.new) == (2, 24, 1)
    assert done.branch.read_bytes() == before
    report = world.must(verify(moved.folder / "tolia.travaux", founding=moved.founding))
    assert (report.faults, report.size, report.unforked) == ((), 24, 23)
    branch = world.must(verify(done.branch, founding=moved.founding))
    assert (branch.faults, branch.size) == ((), 25)
    assert not (moved.folder / "tolia.travaux.moved").exists()
    with world.must(Log.open(done.branch)) as old:
        assert parting(old, moved.log) == 23
        again = list(old.entries(23))
    with world.must(Log.open(moved.folder / "tolia.travaux")) as mirror:
        draft = world.must(mirror.draft("propose", {"text": "late 0"}, world.DELEGATES["tolia"].vkey.name))
    assert draft.envelope.n == again[0].n
    entry = world.must(sign(draft, [world.DELEGATES["tolia"]]))
    assert world.must(moved.log.append(entry, NEW_HOST)).proves(entry, NEW_HOST.vkey)


def test_who_signs_the_move_has_cosigned_nothing_beyond_it(moved: Moved) -> None:
    with world.must(Log.open(moved.folder / "tolia.travaux", write=True)) as mirror:
        world.must(mirror.cosign(world.WITNESSES["tolia"], 1_795_600_000))
    before = (moved.folder / "tolia.travaux").read_bytes()
    assert codes(moved.follow("tolia.travaux", "new-site")) == {"mirror.move_back"}
    assert (moved.folder / "tolia.travaux").read_bytes() == before
    assert {p.name for p in moved.folder.glob("tolia*")} == {"tolia.travaux"}


def test_the_old_host_that_only_went_on_is_set_aside(moved: Moved) -> None:
    assert isinstance(moved.follow("tolia.travaux", "new-site"), GoneOver)
    assert codes(moved.follow("tolia.travaux", "late-site")) == {"mirror.set_aside"}
    assert codes(moved.follow("tolia.travaux", "drawer")) == {"mirror.set_aside"}


def test_the_old_host_that_rewrote_what_it_had_signed_is_convicted(moved: Moved, tmp_path: Path) -> None:
    with world.founded(tmp_path / "rewritten.travaux", acts=30) as other:
        world.must(export_directory(other, tmp_path / "rewritten", "tolia.example"))
    assert isinstance(moved.follow("tolia.travaux", "new-site"), GoneOver)
    assert codes(moved.follow("tolia.travaux", "rewritten")) == {"mirror.set_aside"}
    with world.founded(tmp_path / "other.travaux", acts=0) as other:
        for n in range(30):
            world.must(world.propose(other, "arvia", f"rewritten {n}"))
        world.must(export_directory(other, tmp_path / "other", "tolia.example"))
    for held in ("tolia.travaux", next(moved.folder.glob("tolia-dead-*")).name):
        found = moved.follow(held, "other")
        assert_convicted(found, moved.founding)


def assert_convicted(found: object, founding: str) -> None:
    assert isinstance(found, Evidence)
    judged = world.must(judge_evidence(found.data))
    assert judged.forked
    assert (judged.host, judged.register) == (world.HOST.vkey, founding)


def test_a_move_on_another_history_is_no_reason_to_leave_ones_own(moved: Moved) -> None:
    with world.must(Log.open(moved.folder / "drawer.travaux", write=True)) as log:
        world.must(log.append(moving(log, ["arvia", "tolia"]), NEW_HOST))
        world.must(export_directory(log, moved.folder / "drawer-moved", "tolia.example"))
    before = (moved.folder / "tolia.travaux").read_bytes()
    codes(moved.follow("tolia.travaux", "drawer-moved"))
    assert (moved.folder / "tolia.travaux").read_bytes() == before
    assert {p.name for p in moved.folder.glob("tolia*")} == {"tolia.travaux"}


def test_an_unknown_host_without_a_move_changes_nothing(moved: Moved, tmp_path: Path) -> None:
    site = tmp_path / "late-site" / "checkpoint"
    text = site.read_text().partition("\n\n")[0] + "\n"
    site.write_text(str(Note(text, (sign_line(text, NEW_HOST),))))
    before = (moved.folder / "tolia.travaux").read_bytes()
    assert "record.host_signature" in codes(moved.follow("tolia.travaux", "late-site"))
    assert (moved.folder / "tolia.travaux").read_bytes() == before

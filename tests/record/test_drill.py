"""The host is gone for good: a quorum goes on from a mirror, and what was promised before still holds."""

from __future__ import annotations

from pathlib import Path

from tests.record import world
from tests.record.test_mirror import codes
from travaux.record.directory import export_directory
from travaux.record.entry import sign
from travaux.record.keys import to_base64
from travaux.record.log import Log
from travaux.record.mirror import Followed, follow
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

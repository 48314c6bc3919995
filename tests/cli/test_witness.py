"""A public witness cosigns by ``travaux witness``: the checkpoint with its line, for strangers."""

from __future__ import annotations

from functools import partial

from tests.cli.desk import Desk, desk  # noqa: F401 - a fixture
from tests.record.test_asking import NOW, WITNESS, _Door
from tests.record.test_mirror import serving
from travaux.acts.fault import Refused
from travaux.record.checkpoint import parse_checkpoint, read_cosignature
from travaux.record.keys import parse_vkey
from travaux.record.note import parse_note
from travaux.record.witnessing import add_checkpoint

ORIGIN = "harbour.example/commission"


def test_the_checkpoint_is_written_with_the_line_of_the_witness(desk: Desk) -> None:  # noqa: F811
    harbour = str(desk.found())
    host = parse_vkey(desk.run("key", "show", ORIGIN, ORIGIN).stdout.strip())
    assert not isinstance(host, Refused)
    with serving(partial(_Door, lambda d: add_checkpoint(d, {ORIGIN: host}, {}, WITNESS, NOW))) as at:
        said = desk.run("witness", harbour, at, "out.note", "--key", str(WITNESS.vkey)).stdout
        assert "witness.example/w1 cosigned the record up to entry 3" in said
        desk.run("witness", harbour, at, "out.note", "--key", str(WITNESS.vkey), code=1)
        desk.run("witness", harbour, at, "other.note", "--key", "no key", code=1)
    note = parse_note((desk.folder / "out.note").read_bytes())
    assert not isinstance(note, Refused)
    at_ = parse_checkpoint(note.text)
    made = read_cosignature(note.lines[1])
    assert not isinstance(at_, Refused) and not isinstance(made, Refused)
    assert made.verifies(WITNESS.vkey, at_)
    told = desk.run(
        "witness", harbour, "http://127.0.0.1:1/", "none.note", "--key", str(WITNESS.vkey), code=1
    )
    assert "cannot be reached" in told.stderr
    assert not (desk.folder / "none.note").exists()

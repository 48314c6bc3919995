"""Sealed parts by parties that mean no good: what no form of Travaux would write, properly signed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.cli.desk import PASSPHRASE, Desk, desk
from tests.cli.test_sealed import OFFER, SECRET, act_id, harbour
from travaux.acts.fault import Refused
from travaux.record.entry import sign
from travaux.record.opening import openings_of
from travaux.record.parts import Hidden
from travaux.secretariat.door import Secretariat
from travaux.secretariat.home import Home
from travaux.secretariat.keyring import Keyring

__all__ = ["desk", "harbour"]

POSITION = {"act": "take_position", "on": "2031-03-01", "subject": "fees", "stance": "Yes, in May."}
SOUTH = ("--by", "south/delegation")


def signed(
    desk: Desk, register: Path, contents: Sequence[dict[str, Any]] = (), body: dict[str, Any] | None = None
) -> str:
    """The id of an act of the South, as its own tools might write it; the openings left with the host."""
    with Secretariat.open(register, write=True) as office:  # type: ignore[union-attr]
        keys = Keyring(Home(desk.home), office.log.origin, lambda _: PASSPHRASE.encode())
        hidden = [Hidden(c, "parties") for c in contents]
        kind = "sealed" if contents else "disclose"
        made = office.log.draft(kind, body or {}, SOUTH[1], hidden=hidden)
        entry = sign(made, [keys.signer(SOUTH[1])])
        done = office.log.append_all([entry], keys.host(), openings_of(made))
        return done.faults[0].code if isinstance(done, Refused) else done[0].id


@pytest.mark.parametrize(
    "blobs",
    [
        [{"sha256": "z" * 64, "size": 1}],
        [{"sha256": "../" * 20 + "abcd", "size": 1}],
        [{"sha256": "A" * 64, "size": True}],
        [{"sha256": "a" * 64, "size": -1}],
        [{"sha256": "a" * 64, "size": 2**53 - 1}],
        [{"sha256": ["a"], "size": 1}, 3, None],
        {"sha256": "a" * 64},
        "a" * 64,
    ],
)
def test_documents_that_are_none_stop_no_command(desk: Desk, harbour: Path, blobs: object) -> None:
    sealed = signed(desk, harbour, [POSITION | {"blobs": blobs}])
    desk.run("export", str(harbour), "north", "--for", "north")
    desk.run("mirror", "north", "mirror.travaux")
    desk.run("disclose", str(harbour), sealed, *SOUTH)
    assert "in May" in desk.run("log", str(harbour)).stdout
    desk.run("verify", str(harbour))


def test_two_acts_sealed_as_one_leave_no_choice_for_later(desk: Desk, harbour: Path) -> None:
    sealed = signed(desk, harbour, [POSITION, POSITION | {"stance": "No, never."}])
    told = desk.run("disclose", str(harbour), sealed, "1", *SOUTH).stderr
    assert "counts for nothing" in told
    desk.run("disclose", str(harbour), sealed, "0", *SOUTH)
    told = desk.run("log", str(harbour), "--kind", "take_position").stdout
    assert "in May" in told
    assert "never" not in told
    with Secretariat.open(harbour) as office:  # type: ignore[union-attr]
        states = [office.as_of(recorded=size).act(sealed) for size in range(6, 10)]
    assert [type(e.act).__name__ if e else "" for e in states] == ["", "Sealed", "Sealed", "TakePosition"]


def test_a_disclosure_that_no_copy_could_carry_is_refused(desk: Desk, harbour: Path) -> None:
    desk.act(harbour, OFFER)
    sealed = act_id(desk, harbour, "sealed")
    with Secretariat.open(harbour, write=True) as office:  # type: ignore[union-attr]
        opening = office.log.put_blob(office.log.opening(sealed, 0).data)
    body = {"discloses": sealed, "opening": opening}
    assert signed(desk, harbour, body=body) == "procedure.disclose_uncited"


def test_a_mirror_does_not_go_on_without_what_opens_a_disclosed_act(desk: Desk, harbour: Path) -> None:
    desk.act(harbour, OFFER)
    sealed = act_id(desk, harbour, "sealed")
    desk.run("disclose", str(harbour), sealed, *SOUTH)
    desk.run("export", str(harbour), "site", "--for", "north")
    opening = desk.run("opening", "show", str(harbour), sealed, "--for", "north").stdout
    digest = sha256(opening.encode()).hexdigest()
    file = desk.folder / "site" / "blob" / "sha256" / digest[:2] / digest[2:]
    held = file.read_bytes()
    file.unlink()
    assert "discloses is not served" in desk.run("mirror", "site", "north.travaux", code=1).stderr
    file.write_bytes(held)
    desk.run("mirror", "site", "north.travaux")
    assert SECRET in desk.run("log", "north.travaux").stdout


def test_long_words_where_a_kind_or_a_field_belongs_fill_no_line(desk: Desk, harbour: Path) -> None:
    kind = signed(desk, harbour, [{"act": "k" * 900_000}])
    fields = signed(desk, harbour, [{f"field{n}": n for n in range(40_000)}])
    when = signed(desk, harbour, [POSITION | {"on": "2" * 900_000}])
    for sealed in (kind, fields, when):
        assert len(desk.run("disclose", str(harbour), sealed, *SOUTH).stderr) < 600
    assert len(desk.run("log", str(harbour), "--format", "json").stdout) < 20_000


def cited(desk: Desk, harbour: Path) -> str:
    """The hash of a document of the North that the register holds."""
    paper = desk.write("paper.txt", "Names that should not have been printed.\n")
    north = ("--by", "north/delegation")
    desk.run("sources", "add", str(harbour), str(paper), "--publisher", "A Gazette", *north)
    sources = json.loads(desk.run("sources", "list", str(harbour), "--format", "json").stdout)
    return str(sources[0]["sha256"])


def test_words_that_no_source_says_are_not_disclosed_while_it_is_held(desk: Desk, harbour: Path) -> None:
    held = cited(desk, harbour)
    anchor = {
        "kind": "anchored", "source": held, "text": held, "start": 0, "end": 7,
        "slice": sha256(b"Bananas").hexdigest(), "words": "Bananas",
    }  # fmt: skip
    said = {"act": "state", "on": "2031-03-01", "words": "Bananas", "basis": anchor}
    sealed = signed(desk, harbour, [said])
    assert "other words" in desk.run("disclose", str(harbour), sealed, *SOUTH, code=1).stderr
    desk.run("verify", str(harbour))


def test_a_disclosed_act_counts_alike_with_its_source_and_without(desk: Desk, harbour: Path) -> None:
    paper = desk.write("paper.txt", "Names that should not have been printed.\n")
    held = sha256(paper.read_bytes()).hexdigest()
    anchor = {
        "kind": "anchored", "source": held, "text": held, "start": 0, "end": 7,
        "slice": sha256(b"Bananas").hexdigest(), "words": "Bananas",
    }  # fmt: skip
    sealed = signed(
        desk, harbour, [{"act": "state", "on": "2031-03-01", "words": "Bananas", "basis": anchor}]
    )
    desk.run("disclose", str(harbour), sealed, *SOUTH)
    before = desk.run("log", str(harbour), "--kind", "state", "--format", "acts").stdout
    assert "Bananas" in before
    desk.run("sources", "add", str(harbour), str(paper))
    assert desk.run("log", str(harbour), "--kind", "state", "--format", "acts").stdout == before
    assert "other words" in desk.run("verify", str(harbour), code=1).stderr


def test_a_step_that_binds_is_not_sealed_from_a_party_by_its_audience(desk: Desk, harbour: Path) -> None:
    block = "act: approve\nsigner: south/delegation\non: 2031-03-01\nsubject: dredging\nat: working-group\n"
    told = desk.act(harbour, block + "sealed: parties\naudience: [south]\n", code=1).stderr
    assert "binds others" in told


def test_a_mirror_holds_the_documents_of_the_parts_it_may_open(desk: Desk, harbour: Path) -> None:
    with Secretariat.open(harbour, write=True) as office:  # type: ignore[union-attr]
        digest = office.log.put_blob(b"A plan of the channel.\n")
    cite = "act: cite\nsigner: south/delegation\non: 2031-03-01\nid: plan\nsealed: parties\n"
    desk.act(harbour, f"{cite}document: {{publisher: X, sha256: {digest}}}\n")
    for reader, held in (("north", True), ("public", False)):
        desk.run("export", str(harbour), reader, "--for", reader)
        desk.run("mirror", reader, f"{reader}.travaux")
        assert (b"A plan of the channel" in (desk.folder / f"{reader}.travaux").read_bytes()) is held

"""Who learns what of sealed, restricted and erased things, in copies and in answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.desk import Desk, desk
from tests.cli.test_sealed import OFFER, act_id, harbour
from tests.cli.test_why import adopted
from travaux.secretariat.door import Secretariat

__all__ = ["desk", "harbour"]

NORTH = ("--by", "north/delegation")
SOUTH = ("--by", "south/delegation")
WORDS = "Names that should not have been printed."


def source(desk: Desk, register: Path, name: str = "paper.txt", data: str = WORDS + "\n") -> str:
    """The hash of a document that the North made a source."""
    paper = desk.write(name, data)
    desk.run("sources", "add", str(register), str(paper), "--publisher", "A Gazette", *NORTH)
    sources = json.loads(desk.run("sources", "list", str(register), "--format", "json").stdout)
    return str(sources[0]["sha256"])


def test_a_public_copy_whose_grounds_are_withheld_is_not_called_altered(desk: Desk) -> None:
    register = adopted(desk, "parties")
    desk.run("export", str(register), "public")
    told = desk.run("verify", "public")
    assert "cannot be judged again from this copy" in told.stderr
    assert "fault" not in told.stderr
    desk.run("export", str(register), "north", "--for", "north")
    assert "judged again" not in desk.run("verify", "north").stderr


def test_a_restricted_act_disclosed_to_all_leaves_the_public_copy_sound(desk: Desk, harbour: Path) -> None:
    desk.act(harbour, OFFER + "audience: parties\n")
    sealed = act_id(desk, harbour, "sealed", "north")
    desk.run("disclose", str(harbour), sealed, *SOUTH)
    desk.run("export", str(harbour), "public")
    told = desk.run("verify", "public")
    assert "fault" not in told.stderr


@pytest.mark.parametrize("size", [4, 8, 64])
def test_a_restricted_act_is_answered_for_as_one_that_is_not_there(
    desk: Desk, harbour: Path, size: int
) -> None:
    desk.act(harbour, OFFER + "audience: parties\n")
    act = act_id(desk, harbour, "sealed", "north")[:size]
    unknown = "".join("0" if c == "1" else "1" for c in act)
    for command in (("why",), ("opening", "show")):
        there, not_there = (
            desk.run(*command, str(harbour), which, code=1).stderr.replace(which, "")
            for which in (act, unknown)
        )
        assert there == not_there


def test_beginnings_of_ids_are_ambiguous_only_among_what_the_reader_may_see(
    desk: Desk, harbour: Path
) -> None:
    desk.act(harbour, OFFER + "audience: parties\n")
    with Secretariat.open(harbour) as office:  # type: ignore[union-attr]
        acts = list(office.register.as_of().recorded_acts())
        hidden, shown = acts[-1], acts[0]
        object.__setattr__(office, "_seen_by", {})
        twin = shown.id[:8] + hidden.id[8:]
        office.register._acts[-1] = type(hidden)(
            hidden.index, twin, hidden.by, hidden.party, hidden.act, hidden.audience
        )
        assert office.find(shown.id[:8], "public") is shown
        assert office.find(shown.id[:8], "north") is not shown


def test_a_correction_is_for_those_to_whom_the_act_was_disclosed(desk: Desk, harbour: Path) -> None:
    desk.act(harbour, OFFER)
    sealed = act_id(desk, harbour, "sealed")
    desk.run("disclose", str(harbour), sealed, "--to", "parties", *SOUTH)
    instead = desk.write(
        "instead.acts", "act: take_position\non: 2031-03-01\nsubject: fees\nstance: Kanarek\n"
    )
    desk.run("correct", str(harbour), sealed, "--why", "A slip.", "--instead", str(instead), *SOUTH)
    assert "Kanarek" not in desk.run("log", str(harbour)).stdout
    assert "Kanarek" in desk.run("log", str(harbour), "--for", "north").stdout


def test_the_erasure_of_a_document_is_for_those_who_may_know_of_it(desk: Desk, harbour: Path) -> None:
    with Secretariat.open(harbour, write=True) as office:  # type: ignore[union-attr]
        digest = office.log.put_blob(WORDS.encode())
    cite = "act: cite\nsigner: north/delegation\non: 2031-03-01\nid: x\naudience: [north]\n"
    desk.act(harbour, f"{cite}document: {{publisher: X, sha256: {digest}}}\n")
    before = desk.run("log", str(harbour)).stdout
    desk.run("erase", str(harbour), digest, "--why", "It names persons.", *NORTH)
    assert desk.run("log", str(harbour)).stdout == before
    assert "erased" in desk.run("log", str(harbour), "--for", "north").stdout
    assert "erased" not in desk.run("log", str(harbour), "--for", "south").stdout
    assert WORDS.encode() not in harbour.read_bytes()


def test_the_text_of_an_erased_page_is_named_and_can_be_erased(desk: Desk, harbour: Path) -> None:
    page = source(desk, harbour, "page.html", f"<html><body><p>{WORDS}</p></body></html>\n")
    told = desk.run("erase", str(harbour), page, "--why", "It names persons.", *NORTH).stderr
    text = told.split()[-1]
    assert len(text) == 64
    assert WORDS.encode() in harbour.read_bytes()
    told = desk.run("erase", str(harbour), text, "--why", "It names persons.", *NORTH).stderr
    assert "still held" not in told
    assert WORDS.encode() not in harbour.read_bytes()


def test_a_document_that_only_a_correction_proposes_is_never_erased(desk: Desk, harbour: Path) -> None:
    digest = source(desk, harbour)
    propose = "act: propose\non: 2031-03-01\ninstrument: dredging\nunit: art-1\nlang: en\n"
    desk.act(harbour, f"{propose}signer: north/delegation\nwords: Short.\n")
    instead = desk.write("instead.acts", f"{propose}document: {digest}\n")
    act = act_id(desk, harbour, "propose")
    desk.run("correct", str(harbour), act, "--why", "It is longer.", "--instead", str(instead), *NORTH)
    told = desk.run("erase", str(harbour), digest, "--why", "No.", *NORTH, code=1).stderr
    assert "judge the record again" in told


def test_erased_bytes_that_are_still_held_go_into_no_export_and_no_copy(desk: Desk, harbour: Path) -> None:
    digest = source(desk, harbour)
    desk.run("erase", str(harbour), digest, "--why", "It names persons.", *NORTH)
    with Secretariat.open(harbour, write=True) as office:  # type: ignore[union-attr]
        office.log.put_blob(f"{WORDS}\n".encode())  # as after a crash between the act and the erasing
    desk.run("export", str(harbour), "site", "--for", "south")
    file = desk.folder / "site" / "blob" / "sha256" / digest[:2] / digest[2:]
    assert not file.exists()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{WORDS}\n")
    desk.run("import", "site", "imported.travaux")
    desk.run("import", str(harbour), "copied.travaux")
    for copy in ("imported.travaux", "copied.travaux"):
        assert WORDS.encode() not in (desk.folder / copy).read_bytes()


def test_a_mirror_fetches_nothing_that_was_erased_and_misses_none_of_it(desk: Desk, harbour: Path) -> None:
    digest = source(desk, harbour)
    desk.run("export", str(harbour), "first", "--for", "south")
    desk.run("erase", str(harbour), digest, "--why", "It names persons.", *NORTH)
    desk.run("export", str(harbour), "second", "--for", "south")
    assert "not served" not in desk.run("mirror", "second", "fresh.travaux").output
    desk.act(harbour, "act: cite\nsigner: north/delegation\non: 2031-03-02\nid: again\n"
             f"document: {{publisher: X, sha256: {digest}}}\n")  # fmt: skip
    desk.run("export", str(harbour), "third", "--for", "south")
    served = desk.folder / "third" / "blob" / "sha256" / digest[:2] / digest[2:]
    served.parent.mkdir(parents=True, exist_ok=True)
    served.write_text(f"{WORDS}\n")
    desk.run("mirror", "third", "fresh.travaux")
    assert WORDS.encode() not in (desk.folder / "fresh.travaux").read_bytes()


def test_bytes_that_a_reader_keeps_in_the_file_are_not_called_gone(desk: Desk, harbour: Path) -> None:
    digest = source(desk, harbour)
    with Secretariat.open(harbour) as reader:  # type: ignore[union-attr]
        if reader.log.store.run("PRAGMA journal_mode")[0][0] != "wal":
            pytest.skip("a rollback journal lets nobody read an earlier state")
        with reader.log.store.reading():
            assert reader.log.size == 7
            told = desk.run("erase", str(harbour), digest, "--why", "It names persons.", *NORTH, code=1)
            assert "another process reads" in told.stderr
    told = desk.run("erase", str(harbour), digest, "--why", "It names persons.", *NORTH)
    assert "was on the record" in told.stdout
    assert WORDS.encode() not in harbour.read_bytes()

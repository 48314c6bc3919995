"""Sealed acts as users meet them: said now, opened to whom it concerns, disclosed later, erased."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.desk import Desk, desk
from tests.cli.test_register_life import TABLED
from tests.servers import Server
from travaux.acts.fault import Refused
from travaux.secretariat.disclosing import disclose
from travaux.secretariat.door import Secretariat
from travaux.secretariat.home import Home
from travaux.secretariat.keyring import Keyring

__all__ = ["desk"]

FEES = """\
---
act: introduce
signer: north/delegation
on: 2031-02-01
what: subject
id: fees
names: {en: Harbour fees}
"""
SECRET = "Forty-five days, and not one more."
OFFER = f"""\
act: take_position
signer: south/delegation
on: 2031-03-01
subject: fees
stance: {SECRET}
sealed: parties
sealed_note: {{to: [south], text: Mandate allows forty.}}
"""


@pytest.fixture
def harbour(desk: Desk) -> Path:
    register = desk.found()
    desk.act(register, TABLED + FEES)
    return register


def act_id(desk: Desk, register: Path, kind: str, reader: str = "public") -> str:
    told = desk.run("log", str(register), "--for", reader, "--format", "json").stdout
    return str([a for a in json.loads(told) if a["kind"] == kind][-1]["id"])


def test_an_offer_is_sealed_read_by_the_other_side_and_disclosed(desk: Desk, harbour: Path) -> None:
    desk.act(harbour, OFFER)
    assert SECRET not in desk.run("log", str(harbour)).stdout
    assert SECRET in desk.run("log", str(harbour), "--for", "north").stdout
    assert "forty" not in desk.run("log", str(harbour), "--for", "north").stdout.replace(SECRET, "")
    assert "forty" in desk.run("log", str(harbour), "--for", "south").stdout
    offer = act_id(desk, harbour, "sealed")
    desk.run("disclose", str(harbour), offer, "--by", "north/delegation", code=1)
    desk.run("disclose", str(harbour), offer, "--by", "south/delegation")
    told = desk.run("log", str(harbour)).stdout
    assert SECRET in told
    assert "forty" not in told.replace(SECRET, "")
    assert SECRET in desk.run("brief", str(harbour), "--as-of", "2031-04-01").stdout
    assert "before" in desk.run("disclose", str(harbour), offer, "--by", "south/delegation", code=1).stderr
    desk.run("verify", str(harbour))


@pytest.mark.parametrize(
    ("block", "word"),
    [
        (OFFER.replace("sealed: parties", "sealed: [nobody]"), "“nobody”"),
        (OFFER.replace("sealed: parties", "sealed: everyone"), "names nobody who may open it"),
        (OFFER.replace("sealed: parties", "sealed: [desk]"), "desk alone"),
        (OFFER.replace("sealed: parties", "sealed: [north]\naudience: [south]"), "not for its eyes"),
        (OFFER.replace("{to: [south], text: Mandate allows forty.}", "Forty."), "two fields"),
        (OFFER.replace("{to: [south], text: Mandate allows forty.}", "{to: [x], text: Forty.}"), "“x”"),
        (OFFER.replace("south/delegation", "desk/keeper"), "keeper"),
        (TABLED.replace("table", "correct") + "sealed: parties\n", ""),
        ("act: approve\nsigner: south/delegation\non: 2031-03-01\nsubject: dredging\nat: commission\n"
         "sealed: [north]\n", "binds others"),
        ("act: sealed\nsigner: south/delegation\n", "no part"),
    ],
)  # fmt: skip
def test_what_may_not_be_sealed_is_refused_in_words_and_nothing_is_recorded(
    desk: Desk, harbour: Path, block: str, word: str
) -> None:
    before = harbour.read_bytes()
    told = desk.act(harbour, block, code=1).stderr
    assert word in told
    assert "these.acts:" in told
    assert harbour.read_bytes() == before


def test_a_sealed_act_counts_for_nothing_until_it_is_disclosed(desk: Desk, harbour: Path) -> None:
    said = "on: 2031-03-01\nsubject: dredging\n"
    for party in ("north", "south"):
        block = f"act: approve\nsigner: {party}/delegation\n{said}at: working-group\nsealed: parties\n"
        desk.act(harbour, block)
    result = f"act: adopt\nsigner: north/delegation\n{said}at: working-group\n"
    assert "not decided" in desk.act(harbour, result, code=1).stderr
    sealed = json.loads(desk.run("opening", "list", str(harbour), "--format", "json").stdout)
    assert [s["state"] for s in sealed] == ["sealed", "sealed"]
    for one in sealed:
        desk.run("disclose", str(harbour), one["act"], "--by", f"{one['party']}/delegation")
    desk.act(harbour, result)
    desk.run("verify", str(harbour))


def test_what_the_rules_refuse_when_it_is_disclosed_is_shown_void(desk: Desk, harbour: Path) -> None:
    block = "act: approve\nsigner: north/delegation\non: 2031-03-01\nsubject: quay\nat: working-group\n"
    desk.act(harbour, block + "sealed: parties\n")
    sealed = act_id(desk, harbour, "sealed")
    told = desk.run("disclose", str(harbour), sealed, "--by", "north/delegation")
    assert "counts for nothing" in told.stderr
    assert "counts for nothing" in desk.run("log", str(harbour)).stdout
    desk.run("verify", str(harbour))


def test_openings_travel_with_an_export_to_their_readers_only(desk: Desk, harbour: Path) -> None:
    desk.act(harbour, OFFER)
    held = {}
    for reader in ("north", "south", "public"):
        desk.run("export", str(harbour), reader, "--for", reader)
        held[reader] = b"".join(f.read_bytes() for f in (desk.folder / reader).rglob("*") if f.is_file())
        desk.run("verify", reader)
    assert [SECRET.encode() in held[r] for r in ("north", "south", "public")] == [True, True, False]
    assert [b"forty" in held[r] for r in ("north", "south", "public")] == [False, True, False]
    desk.run("import", "north", "mirror.travaux")
    assert SECRET in desk.run("log", "mirror.travaux", "--for", "north").stdout
    assert "not delivered" in desk.run("log", "mirror.travaux", "--for", "south").stdout
    opening = desk.folder / "north" / "openings"
    (file,) = opening.iterdir()
    file.write_bytes(file.read_bytes().replace(b"Forty-five", b"Forty-four"))
    told = desk.run("verify", "north", code=1).stderr
    assert f"openings/{file.name}" in told
    assert "does not open part 0" in told


def test_an_opening_is_handed_over_added_and_dropped(desk: Desk, harbour: Path) -> None:
    desk.act(harbour, OFFER.replace("sealed: parties", "sealed: [north]"))
    sealed = act_id(desk, harbour, "sealed")
    desk.run("export", str(harbour), "bare", "--for", "north")
    for file in (desk.folder / "bare" / "openings").iterdir():
        file.unlink()
    desk.run("import", "bare", "mirror.travaux")
    desk.run("opening", "show", str(harbour), sealed, "1", "--for", "north", code=1)
    desk.run("opening", "show", str(harbour), sealed, code=1)
    shown = desk.run("opening", "show", str(harbour), sealed, "--for", "north").stdout
    good = desk.write("offer.opening", shown)
    bad = desk.write("bad.opening", shown.replace("Forty-five", "Forty-four"))
    assert "does not open" in desk.run("opening", "add", "mirror.travaux", str(bad), code=1).stderr
    assert "no opening" in desk.run("opening", "add", "mirror.travaux", str(harbour), code=1).stderr
    assert SECRET not in desk.run("log", "mirror.travaux", "--for", "north").stdout
    desk.run("opening", "add", "mirror.travaux", str(good))
    assert SECRET in desk.run("log", "mirror.travaux", "--for", "north").stdout
    assert SECRET in desk.run("search", "mirror.travaux", "forty-five", "--for", "north").stdout
    assert SECRET not in desk.run("search", "mirror.travaux", "forty-five").stdout
    desk.run("verify", "mirror.travaux")
    desk.run("opening", "drop", "mirror.travaux", sealed, "--yes")
    assert SECRET not in desk.run("log", "mirror.travaux", "--for", "north").stdout
    assert SECRET.encode() not in (desk.folder / "mirror.travaux").read_bytes()
    desk.run("opening", "drop", "mirror.travaux", sealed, "--yes", code=1)


def test_a_sealed_act_is_prepared_signed_apart_and_keeps_its_opening(desk: Desk, harbour: Path) -> None:
    offer = desk.write("offer.acts", OFFER)
    desk.run("act", str(harbour), str(offer), "--prepare", "offer.note")
    desk.run("sign", "offer.note", "--by", "south/delegation", "--register", "harbour.example/commission")
    desk.run("act", str(harbour), "offer.note", "--attach")
    assert SECRET in desk.run("log", str(harbour), "--for", "north").stdout


def test_a_document_is_erased_by_all_whose_acts_name_it(desk: Desk, harbour: Path) -> None:
    file = desk.write("paper.txt", "Names that should not have been printed.\n")
    desk.run(
        "sources", "add", str(harbour), str(file), "--publisher", "A Gazette", "--by", "north/delegation"
    )
    sources = json.loads(desk.run("sources", "list", str(harbour), "--format", "json").stdout)
    (digest,) = [s["sha256"] for s in sources]
    desk.run("export", str(harbour), "old", "--for", "south")
    why = ("--why", "It names private persons.")
    desk.run("erase", str(harbour), digest, *why, "--by", "south/delegation", code=1)
    desk.run("erase", str(harbour), digest, "--why", " ", "--by", "north/delegation", code=1)
    desk.run("erase", str(harbour), "0" * 64, *why, "--by", "north/delegation", code=1)
    assert b"private persons" not in harbour.read_bytes()
    desk.run("erase", str(harbour), digest, *why, "--by", "north/delegation")
    assert b"should not have been" not in harbour.read_bytes()
    told = desk.run("verify", str(harbour))
    assert "erased" in told.stderr
    assert "erased" in desk.run("sources", "add", str(harbour), str(file), code=1).stderr
    assert "erased" in desk.run("log", str(harbour)).stdout


def test_a_mirror_gets_the_openings_that_are_for_it_and_carries_an_erasure_out(
    desk: Desk, harbour: Path
) -> None:
    paper = desk.write("paper.txt", "Names that should not have been printed.\n")
    source = ("--publisher", "A Gazette", "--by", "north/delegation")
    desk.run("sources", "add", str(harbour), str(paper), *source)
    desk.act(harbour, OFFER)
    desk.run("export", str(harbour), "first", "--for", "north")
    desk.run("mirror", "first", "north.travaux")
    copy = desk.folder / "north.travaux"
    assert b"should not have been" in copy.read_bytes()
    assert SECRET in desk.run("log", str(copy), "--for", "north").stdout
    assert "forty" not in desk.run("log", str(copy), "--for", "south").stdout.replace(SECRET, "")
    sources = json.loads(desk.run("sources", "list", str(harbour), "--format", "json").stdout)
    why = ("--why", "It names private persons.", "--by", "north/delegation")
    desk.run("erase", str(harbour), sources[0]["sha256"], *why)
    desk.run("disclose", str(harbour), act_id(desk, harbour, "sealed"), "--by", "south/delegation")
    desk.run("export", str(harbour), "second", "--for", "north")
    desk.run("mirror", "second", str(copy))
    assert b"should not have been" not in copy.read_bytes()
    assert SECRET in desk.run("log", str(copy)).stdout
    desk.run("verify", str(copy))


def test_a_mirror_takes_no_false_opening(desk: Desk, harbour: Path) -> None:
    desk.act(harbour, OFFER)
    desk.run("export", str(harbour), "site", "--for", "north")
    (opening,) = (desk.folder / "site" / "openings").iterdir()
    opening.write_bytes(opening.read_bytes().replace(b"Forty-five", b"Forty-four"))
    told = desk.run("mirror", "site", "north.travaux", code=1).stderr
    assert "does not open" in told
    assert opening.name in told
    assert not (desk.folder / "north.travaux").exists()


def test_openings_and_erasures_on_a_server(desk: Desk, harbour: Path, server: Server) -> None:
    desk.act(harbour, OFFER)
    sealed, url = act_id(desk, harbour, "sealed"), server.url()
    desk.run("backup", str(harbour), url)
    assert SECRET in desk.run("log", url, "--for", "north").stdout
    desk.run("opening", "drop", url, sealed, "1", "--yes")
    desk.run("backup", url, "back.travaux")
    assert SECRET in desk.run("log", "back.travaux", "--for", "south").stdout
    assert "not delivered" in desk.run("log", "back.travaux", "--for", "south").stdout
    shown = desk.run("opening", "show", str(harbour), sealed, "1", "--for", "south").stdout
    desk.run("opening", "add", url, str(desk.write("note.opening", shown)))
    assert "forty" in desk.run("log", url, "--for", "south").stdout
    paper = desk.write("paper.txt", "Names that should not have been printed.\n")
    desk.run("sources", "add", url, str(paper), "--publisher", "A Gazette", "--by", "north/delegation")
    (source,) = json.loads(desk.run("sources", "list", url, "--format", "json").stdout)
    desk.run("erase", url, source["sha256"], "--why", "It names persons.", "--by", "north/delegation")
    (source,) = json.loads(desk.run("sources", "list", url, "--format", "json").stdout)
    assert source["state"] != "held"
    desk.run("disclose", url, sealed, "--by", "south/delegation")
    assert SECRET in desk.run("log", url).stdout
    desk.run("verify", url)


def test_what_the_record_is_judged_by_is_never_erased(desk: Desk, harbour: Path) -> None:
    acts = desk.run("log", str(harbour), "--kind", "found", "--format", "acts").stdout
    (rules,) = [row.split()[1].strip('"') for row in acts.splitlines() if row.startswith("rules: ")]
    desk.act(harbour, OFFER)
    desk.run("disclose", str(harbour), act_id(desk, harbour, "sealed"), "--by", "south/delegation")
    acts = desk.run("log", str(harbour), "--kind", "disclose", "--format", "acts").stdout
    (opening,) = [row.split()[1].strip('"') for row in acts.splitlines() if row.startswith("opening: ")]
    for digest in (rules, opening):
        signing = ("--by", "south/delegation", "--with", "north/delegation", "--with", "desk/keeper")
        told = desk.run("erase", str(harbour), digest, "--why", "It is odd.", *signing, code=1).stderr
        assert "judge the record again" in told
    desk.run("verify", str(harbour))


def test_what_is_disclosed_to_the_parties_stays_sealed_for_the_public(desk: Desk, harbour: Path) -> None:
    desk.act(harbour, OFFER)
    sealed = act_id(desk, harbour, "sealed")
    desk.run("disclose", str(harbour), sealed, "--to", "parties", "--by", "south/delegation")
    at = str(harbour)
    for command in (
        ("log", at), ("log", at, "--format", "acts"), ("opening", "list", at, "--format", "json"),
        ("brief", at, "--as-of", "2031-04-01"),
    ):  # fmt: skip
        for reader, seen in (("public", False), ("north", True)):
            assert (SECRET in desk.run(*command, "--for", reader).stdout) is seen, (command, reader)
    desk.run("export", str(harbour), "site")
    held = b"".join(f.read_bytes() for f in (desk.folder / "site").rglob("*") if f.is_file())
    assert SECRET.encode() not in held


def test_a_disclosure_by_hand_needs_the_opening_of_that_very_part(desk: Desk, harbour: Path) -> None:
    desk.act(harbour, OFFER)
    desk.act(harbour, OFFER.replace("not one", "no hour"))
    first, second = (s["act"] for s in json.loads(
        desk.run("opening", "list", str(harbour), "--format", "json").stdout
    )[::2])  # fmt: skip
    block = "act: disclose\nsigner: south/delegation\n"
    unheld = desk.act(harbour, f"{block}discloses: {first}\nopening: {'0' * 64}\n", code=1).stderr
    assert "is not held here" in unheld
    desk.run("disclose", str(harbour), second, "--by", "south/delegation")
    acts = desk.run("log", str(harbour), "--kind", "disclose", "--format", "acts").stdout
    (other,) = [row.split()[1].strip('"') for row in acts.splitlines() if row.startswith("opening: ")]
    wrong = desk.act(harbour, f"{block}discloses: {first}\nopening: {other}\n", code=1).stderr
    assert "does not open part 0" in wrong
    assert (
        "no sealed part 2"
        in desk.act(harbour, f"{block}discloses: {first}\nopening: {other}\npart: 2\n", code=1).stderr
    )
    assert SECRET not in desk.run("log", str(harbour)).stdout
    shown = desk.run("opening", "show", str(harbour), second[:8], "--for", "north").stdout
    assert second in shown


def test_a_disclosed_wording_stands_in_the_text_and_takes_further_ones(desk: Desk, harbour: Path) -> None:
    def proposes(party: str, text: str, more: str = "") -> None:
        block = f"act: propose\nsigner: {party}/delegation\non: 2031-03-01\ninstrument: dredging\n"
        desk.act(harbour, f"{block}unit: art-1\nlang: en\nwords: {text}\n{more}")

    proposes("north", "The channel is dredged in May.")
    proposes("south", "The channel is dredged in June.", "sealed: parties\n")
    at = ("text", str(harbour), "dredging", "--as-of", "2031-04-01", "--rendering", "attributed")
    assert "June" not in desk.run(*at).stdout
    desk.run("disclose", str(harbour), act_id(desk, harbour, "sealed"), "--by", "south/delegation")
    told = desk.run(*at).stdout
    assert "May" in told
    assert "June" in told
    proposes("north", "The channel is dredged in June.")
    assert "May" not in desk.run(*at).stdout
    desk.run("verify", str(harbour))


def test_openings_that_come_after_their_act_are_kept_and_those_that_lack_are_named(
    desk: Desk, harbour: Path
) -> None:
    offer = desk.write("offer.acts", OFFER)
    desk.run("act", str(harbour), str(offer), "--prepare", "offer.note")
    desk.run("sign", "offer.note", "--by", "south/delegation", "--register", "harbour.example/commission")
    opening = desk.folder / "offer.note.part-0.opening"
    opening.rename(desk.folder / "apart")
    told = desk.run("act", str(harbour), "offer.note", "--attach").stderr
    assert "opens part 0" in told
    assert "opens part 1" not in told
    assert SECRET not in desk.run("log", str(harbour), "--for", "north").stdout
    (desk.folder / "apart").rename(opening)
    assert "Nothing here" not in desk.run("act", str(harbour), "offer.note", "--attach").stderr
    assert SECRET in desk.run("log", str(harbour), "--for", "north").stdout


def test_who_fails_to_disclose_takes_nothing_from_a_disclosure_of_another(desk: Desk, harbour: Path) -> None:
    desk.act(harbour, OFFER)
    sealed = act_id(desk, harbour, "sealed")
    slow = Secretariat.open(harbour, write=True)
    assert isinstance(slow, Secretariat)
    with slow:
        desk.run("disclose", str(harbour), sealed, "--by", "south/delegation")
        locked = Keyring(Home(desk.home), slow.log.origin, lambda _: b"another word")
        assert isinstance(disclose(slow, sealed, 0, "public", "south/delegation", locked), Refused)
    assert SECRET in desk.run("log", str(harbour)).stdout
    assert "not held" not in desk.run("verify", str(harbour)).stderr


def test_a_disclosure_that_is_refused_leaves_no_document(desk: Desk, harbour: Path) -> None:
    desk.act(harbour, OFFER)
    sealed = act_id(desk, harbour, "sealed")
    desk.run("disclose", str(harbour), sealed, "--by", "north/delegation", code=1)
    with Secretariat.open(harbour) as office:  # type: ignore[union-attr]
        assert len(list(office.log.blobs())) == 1  # the rules


def test_what_was_erased_comes_back_by_no_door(desk: Desk, harbour: Path) -> None:
    words = "Mr. A said: “We will dredge the channel by 1 May 2031.”\n"
    paper = desk.write("paper.txt", words)
    source = ("--publisher", "A Gazette", "--by", "north/delegation")
    desk.run("sources", "add", str(harbour), str(paper), *source)
    (digest,) = [s["sha256"] for s in json.loads(
        desk.run("sources", "list", str(harbour), "--format", "json").stdout
    )]  # fmt: skip
    desk.run("export", str(harbour), "old", "--for", "south")
    desk.run("erase", str(harbour), digest, "--why", "It names persons.", "--by", "north/delegation")
    before = desk.run("log", str(harbour)).stdout
    told = desk.run("sources", "add", str(harbour), str(paper), *source, "--title", "Again", code=1).stderr
    assert "erased" in told
    confirm = ("confirm", str(harbour), str(paper), "--all", "--publisher", "B", "--by", "north/delegation")
    desk.run(*confirm, "--attach", code=1)
    assert desk.run("log", str(harbour)).stdout == before
    assert b"dredge the channel by" not in harbour.read_bytes()
    page = desk.write("page.html", f"<html><body><p>{words.strip()}</p></body></html>")
    desk.run("sources", "add", str(harbour), str(page), *source, "--title", "Page")


def test_who_signs_a_sealed_text_is_shown_what_it_hides_or_that_it_is_unread(
    desk: Desk, harbour: Path
) -> None:
    joint = OFFER.replace("signer: south/delegation", "signer: south/delegation\nwith: [north/delegation]")
    desk.run("act", str(harbour), str(desk.write("joint.acts", joint)), "--prepare", "joint.note")
    told = desk.run("sign", "joint.note", "--show")
    assert SECRET in told.stdout
    assert "unread" not in told.stderr
    (desk.folder / "joint.note.part-0.opening").unlink()
    told = desk.run("sign", "joint.note", "--show")
    assert SECRET not in told.stdout
    assert "Part 0 is sealed" in told.stderr
    note = desk.folder / "joint.note.part-1.opening"
    note.write_bytes(note.read_bytes().replace(b"forty", b"fifty"))
    assert "does not open" in desk.run("sign", "joint.note", "--show", code=1).stderr


def test_a_party_discloses_with_a_later_key_what_a_recalled_one_sealed(desk: Desk, harbour: Path) -> None:
    desk.act(harbour, OFFER)
    first = act_id(desk, harbour, "sealed")
    desk.run("disclose", str(harbour), first, "1", "--to", "parties", "--by", "south/delegation")
    made = desk.run("key", "new", "harbour.example/commission", "south/second", "--rounds", "2").stdout
    vkey = next(w for w in made.split() if w.startswith("south/second+"))
    keys = f'keys: [{{vkey: "{vkey}", role: delegation, kinds: ["*"]}}]\nwith: [south/second]\n'
    desk.act(harbour, f"act: accredit\nsigner: south/root-1\n{keys}")
    acts = desk.run("log", str(harbour), "--kind", "accredit", "--format", "acts").stdout
    old = next(w for w in acts.split() if "south/delegation+" in w).strip('",').split("+")
    desk.act(harbour, f'act: recall\nsigner: south/root-1\nkeys: ["{old[0]}+{old[1]}"]\nwhy: It was lost.\n')
    desk.run("disclose", str(harbour), first, "--by", "south/delegation", code=1)
    assert SECRET not in desk.run("log", str(harbour)).stdout
    desk.run("disclose", str(harbour), first, "--by", "south/second")
    assert SECRET in desk.run("log", str(harbour)).stdout
    desk.run("verify", str(harbour))

"""The life of a register through its commands: founded, acted in, shown, proved, copied."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.desk import PASSPHRASE, Desk, desk

__all__ = ["desk"]

TABLED = """\
act: table
signer: north/delegation
instrument: dredging
type: programme
titles: {en: Dredging programme}
on: 2031-02-01
"""
OBSERVED = """\
name = "Ferry talks, observed"
kind = "observed"
origin = "desk.example/ferry"
rules = "two-ministries"
[[party]]
id = "north"
name = "North"
[[party]]
id = "south"
name = "South"
[keeper]
id = "desk"
name = "Newsroom"
"""


@pytest.fixture
def harbour(desk: Desk) -> Path:
    return desk.found()


def test_founding_prints_the_id_and_makes_every_key_once(desk: Desk, harbour: Path) -> None:
    keys = json.loads(desk.run("key", "list", "--format", "json").stdout)
    assert sorted(k["name"] for k in keys) == [
        "desk/keeper", "desk/root-1", "harbour.example/commission",
        "north/delegation", "north/root-1", "north/witness",
        "south/delegation", "south/root-1", "south/witness",
    ]  # fmt: skip
    again = desk.run("found", "constitution.toml", "other.travaux", "--rounds", "2", code=1)
    assert "there" in again.stderr
    assert not (desk.folder / "other.travaux").exists()


def test_a_register_is_never_founded_over_another_file(desk: Desk, harbour: Path) -> None:
    before = harbour.read_bytes()
    desk.run("found", "constitution.toml", str(harbour), "--rounds", "2", code=1)
    assert harbour.read_bytes() == before


def test_a_wrong_constitution_names_every_field(desk: Desk) -> None:
    path = desk.write("bad.toml", 'name = "X"\nkind = "secret"\n')
    assert "bad.toml" in desk.run("found", str(path), "x.travaux", code=1).stderr
    path = desk.write("bad.toml", "name = \n")
    assert "TOML" in desk.run("found", str(path), "x.travaux", code=1).stderr


def test_acts_are_recorded_and_told(desk: Desk, harbour: Path) -> None:
    assert "recorded" in desk.act(harbour, TABLED).stdout
    log = json.loads(desk.run("log", str(harbour), "--format", "json").stdout)
    assert [one["kind"] for one in log] == ["found", "accredit", "accredit", "accredit", "table"]
    found = json.loads(desk.run("search", str(harbour), "dredging", "--format", "json").stdout)
    assert [hit["act"]["id"] for hit in found] == [log[-1]["id"]]
    acts = desk.run("log", str(harbour), "--kind", "table", "--format", "acts").stdout
    assert "instrument: dredging" in acts


def test_what_the_log_gives_as_acts_can_be_read_again(desk: Desk, harbour: Path) -> None:
    desk.act(harbour, TABLED)
    acts = desk.run("log", str(harbour), "--kind", "table", "--format", "acts").stdout
    file = str(desk.write("again.acts", acts))
    again = desk.run("act", str(harbour), file, "--dry-run", "--by", "north/delegation")
    assert "would be recorded" in again.stdout


def test_one_wrong_block_and_nothing_of_the_file_is_recorded(desk: Desk, harbour: Path) -> None:
    many = "---\n".join(TABLED.replace("dredging", f"dredging-{n}") for n in range(45))
    lines = many.splitlines()
    wrong = [n for n, line in enumerate(lines) if line == "type: programme"]
    lines[wrong[39]] = "typ: programme"
    lines[wrong[41]] = "type: [1"
    refused = desk.act(harbour, "\n".join(lines), code=1)
    assert f"these.acts:{wrong[39] + 1}" in refused.stderr
    assert f"these.acts:{wrong[41] + 1}" in refused.stderr
    assert "table" not in [
        o["kind"] for o in json.loads(desk.run("log", str(harbour), "--format", "json").stdout)
    ]


def test_an_act_against_the_rules_is_refused_with_reasons_and_its_line(desk: Desk, harbour: Path) -> None:
    desk.act(harbour, TABLED)
    adopt = "act: adopt\nsigner: desk/keeper\nsubject: dredging\nat: working-group\non: 2031-02-02\n"
    refused = desk.act(harbour, adopt, code=1)
    assert "these.acts:1" in refused.stderr
    assert "Ministry of the North" in refused.stderr or "north" in refused.stderr
    shown = desk.run("act", str(harbour), str(desk.write("a.acts", adopt)), "--dry-run", code=1)
    assert "would be refused" in shown.stdout


def test_two_refusals_of_one_file_are_told_at_once_and_nothing_is_written(desk: Desk, harbour: Path) -> None:
    adopt = "act: adopt\nsigner: desk/keeper\nsubject: dredging\nat: {}\non: 2031-02-02\n"
    refused = desk.act(
        harbour, f"{TABLED}---\n{adopt.format('working-group')}---\n{adopt.format('commission')}", code=1
    )
    assert "these.acts:8" in refused.stderr
    assert "these.acts:14" in refused.stderr
    assert "table" not in desk.run("log", str(harbour), "--format", "json").stdout


def test_brief_in_every_form(desk: Desk, harbour: Path) -> None:
    desk.act(harbour, TABLED)
    text = desk.run("brief", str(harbour), "--as-of", "2031-03-01").stdout
    assert "Dredging programme" in text
    assert "Dredging programme" not in desk.run("brief", str(harbour), "--as-of", "2031-01-01").stdout
    page = desk.run("brief", str(harbour), "--as-of", "2031-03-01", "--format", "html").stdout
    assert page.startswith("<!DOCTYPE html>")
    assert (
        json.loads(desk.run("brief", str(harbour), "--format", "json").stdout)["register"]
        == "Harbour commission"
    )
    assert desk.run("brief", str(harbour), "--format", "pdf").stdout_bytes.startswith(b"%PDF-")


def test_correct_supersedes_and_keeps_the_first_version(desk: Desk, harbour: Path) -> None:
    desk.act(harbour, TABLED)
    act = json.loads(desk.run("log", str(harbour), "--format", "json").stdout)[-1]["id"]
    instead = desk.write(
        "instead.acts", TABLED.replace("Dredging programme", "Dredging and survey programme")
    )
    desk.run("correct", str(harbour), act[:8], "--why", "The title was short.", "--instead", str(instead))
    text = desk.run("brief", str(harbour), "--as-of", "2031-03-01").stdout
    assert "Dredging and survey programme" in text
    first = json.loads(desk.run("log", str(harbour), "--format", "json").stdout)[-2]
    assert first["id"] == act
    assert "corrected" in first["marks"]


def test_one_party_cannot_correct_another(desk: Desk, harbour: Path) -> None:
    desk.act(harbour, TABLED)
    act = json.loads(desk.run("log", str(harbour), "--format", "json").stdout)[-1]["id"]
    refused = desk.run("correct", str(harbour), act[:8], "--why", "No.", "--by", "south/delegation", code=1)
    assert "correct" in refused.stderr
    assert "corrected" not in desk.run("log", str(harbour), "--format", "json").stdout


def test_cosigned_sealed_verified_and_dated(desk: Desk, harbour: Path) -> None:
    desk.act(harbour, TABLED)
    for witness in ("north/witness", "south/witness"):
        desk.run("cosign", str(harbour), "--by", witness)
    desk.run("seal", str(harbour), "--by", "desk/keeper")
    report = json.loads(desk.run("verify", str(harbour), "--format", "json").stdout)
    assert (report["unaltered"], report["unforked"], report["complete"], report["size"]) == (True, 5, 5, 6)
    sure = desk.run("log", str(harbour), "--recorded-by", "today", "--format", "json")
    assert [o["kind"] for o in json.loads(sure.stdout)][-1] == "table"
    assert "Provisional" in sure.stderr
    before = desk.run("log", str(harbour), "--recorded-by", "2020-01-01", "--format", "json")
    assert json.loads(before.stdout) == []


def test_export_withholds_import_mirrors(desk: Desk, harbour: Path) -> None:
    desk.act(harbour, TABLED)
    hidden = (
        TABLED.replace("dredging", "ice")
        .replace("Dredging", "CANARY")
        .replace("signer", "audience: parties\nsigner")
    )
    desk.act(harbour, hidden)
    desk.run("export", str(harbour), "public")
    assert not any(b"CANARY" in f.read_bytes() for f in (desk.folder / "public").rglob("*") if f.is_file())
    assert "1 of them withheld" in desk.run("verify", "public").stdout
    for command in (["brief"], ["log"], ["search", "CANARY"], ["sources", "list"]):
        shown = desk.run(
            command[0],
            *(command[1:2] if command[0] == "sources" else []),
            str(harbour),
            *(command[1:] if command[0] == "search" else []),
        )
        assert "CANARY" not in shown.stdout
    assert "CANARY" in desk.run("log", str(harbour), "--for", "south").stdout
    desk.run("export", str(harbour), "whole", "--for", "south")
    desk.run("import", "whole", "mirror.travaux")
    assert (
        "mirror" in desk.act(desk.folder / "mirror.travaux", TABLED.replace("dredging", "d2"), code=1).stderr
    )
    desk.run("import", "whole", "moved.travaux", "--writable")
    desk.act(desk.folder / "moved.travaux", TABLED.replace("dredging", "d2"))


def test_receipt_and_backup(desk: Desk, harbour: Path) -> None:
    desk.act(harbour, TABLED)
    act = json.loads(desk.run("log", str(harbour), "--format", "json").stdout)[-1]["id"]
    assert desk.run("receipt", str(harbour), act[:10]).stdout.startswith("c2sp.org/tlog-proof@v1\nindex 4\n")
    desk.run("backup", str(harbour), "copy.travaux")
    desk.run("backup", str(harbour), "copy.travaux", code=1)
    assert json.loads(desk.run("verify", "copy.travaux", "--format", "json").stdout)["size"] == 5


def test_prepared_signed_elsewhere_and_attached(desk: Desk, harbour: Path) -> None:
    from travaux.record.entry import parse_draft, sign
    from travaux.record.keyfiles import load_key
    from travaux.secretariat.home import Home

    desk.run("act", str(harbour), str(desk.write("a.acts", TABLED)), "--prepare", "a.note")
    draft = parse_draft((desk.folder / "a.note").read_bytes())
    key = load_key(
        Home(desk.home).key_file("harbour.example/commission", "north/delegation"),
        "north/delegation",
        PASSPHRASE.encode(),
    )
    signed = sign(draft, [key])  # type: ignore[arg-type, list-item]
    assert isinstance(signed, bytes)
    desk.run("act", str(harbour), str(desk.write("signed.note", signed)), "--attach")
    assert "dredging" in desk.run("log", str(harbour), "--kind", "table", "--format", "acts").stdout


def test_a_source_is_attached_only_if_an_act_names_it_and_then_words_show(desk: Desk) -> None:
    from hashlib import sha256

    register = desk.found("ferry.travaux", OBSERVED)
    text = "Ferry talks, 3 March 2031\n\nThe ministers agreed to publish fares by 1 June 2031.\n"
    source = desk.write("talks.txt", text)
    whole, slice_ = sha256(text.encode()).hexdigest(), sha256(b"publish fares").hexdigest()
    start = text.index("publish fares")
    refused = desk.run("sources", "add", str(register), str(source), code=1)
    assert whole in refused.stderr
    desk.act(register, f"""\
act: introduce
what: subject
id: fares
names: {{en: Fares}}
on: 2031-03-03
basis: {{kind: cited, publisher: Gazette}}
---
act: take_position
actor: north
subject: fares
stance: to be published
on: 2031-03-03
basis:
  kind: anchored
  source: {whole}
  text: {whole}
  start: {start}
  end: {start + 13}
  slice: {slice_}
""")  # fmt: skip
    assert "publish fares" not in desk.run("brief", str(register), "--as-of", "2031-03-04").stdout
    assert "1 anchors show" in desk.run("sources", "add", str(register), str(source)).stdout
    assert "publish fares" in desk.run("brief", str(register), "--as-of", "2031-03-04").stdout
    desk.run("verify", str(register))


def test_an_anchor_that_is_not_in_the_held_document_is_refused(desk: Desk) -> None:
    from hashlib import sha256

    register = desk.found("ferry.travaux", OBSERVED)
    source = desk.write("talks.txt", "The ministers agreed.\n")
    desk.run("sources", "add", str(register), str(source), "--publisher", "Gazette")
    whole = sha256(source.read_bytes()).hexdigest()
    refused = desk.act(register, f"""\
act: state
actor: north
words: agreed nothing
on: 2031-03-03
basis: {{kind: anchored, source: {whole}, text: {whole}, start: 4, end: 13, slice: {"0" * 64}}}
""", code=1)  # fmt: skip
    assert "4 to 13" in refused.stderr

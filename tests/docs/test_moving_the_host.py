"""The chapter on moving the host, command by command: it is lost, a quorum goes on, it comes back."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from docs.make import DOCS

from tests.cli.desk import Desk
from tests.cli.test_elsewhere import ORIGIN, apart
from travaux.secretariat.home import Home

PAGE = (DOCS / "moving-the-host.md").read_text(encoding="utf-8")
SENT = re.compile(r"# (\S+) goes to (\w+)")
TABLED = """\
act: table
instrument: {name}
type: programme
titles: {{en: "{name}"}}
on: 2031-02-01
signer: {party}/delegation
"""
PARTIES = ("north", "south")


class Three:
    """The host and two parties, each with its folder and home; no key lies in two places."""

    def __init__(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.patch, self.said, self.errors = monkeypatch, "", ""
        folders = {name: tmp_path / name for name in ("harbour", *PARTIES)}
        for folder in folders.values():
            folder.mkdir()
        harbour = Desk(folders["harbour"], tmp_path / "harbour-home")
        monkeypatch.chdir(harbour.folder)
        harbour.found()
        self.founding = harbour.run("verify", "harbour.travaux").stdout.split("Founding id")[1].split()[0]
        self.desks = {"harbour": harbour}
        for party in PARTIES:
            own = [f"{party}/{role}" for role in ("root-1", "delegation", "witness")]
            self.desks[party] = Desk(folders[party], apart(harbour, f"{party}-home", *own).home)
        for name, party in (("dredging", "north"), ("lights", "south"), ("buoys", "north")):
            harbour.write(f"{name}.acts", TABLED.format(name=name, party=party))

    def prepare(self, name: str, party: str) -> None:
        """An act of a party, prepared on the host's register and signed at home."""
        harbour, home = self.desks["harbour"], self.desks[party]
        self.patch.chdir(harbour.folder)
        harbour.run("act", "harbour.travaux", f"{name}.acts", "--prepare", f"{name}.note")
        home.run("sign", f"{name}.note", "--register", ORIGIN)

    def walk(self, until: str = "", since: str = "") -> None:
        """Every block of the page in order, from one heading on and up to another."""
        page = PAGE.partition(since)[2] if since else PAGE
        page = page.partition(until)[0] if until else page
        for block in re.findall(r"```sh\n(.*?)```", page, re.DOTALL):
            where, *rows = block.strip().split("\n")
            desk = self.desks[where.removeprefix("# ")]
            for row in rows:
                if sent := SENT.fullmatch(row):
                    target = self.desks[sent[2]].folder / sent[1]
                    copy = shutil.copytree if (desk.folder / sent[1]).is_dir() else shutil.copy
                    copy(desk.folder / sent[1], target)
                else:
                    self.run(desk, row)

    def run(self, desk: Desk, row: str) -> None:
        command, refused, _ = row.partition(" # refused")
        command, _, target = command.partition(" > ")
        for name, party in (("dredging", "north"), ("lights", "south"), ("buoys", "north")):
            if f"{name}.note --attach" in command:
                self.prepare(name, party)
        _, *args = shlex.split(command.replace("FOUNDING", self.founding).replace("ACT", self.said[:12]))
        args = [str(next(desk.folder.glob(a)).name) if "*" in a else a for a in args]
        cheap = ["--rounds", "2"] if args[0] == "move-host" else []
        self.patch.chdir(desk.folder)
        done = desk.run(*args, *cheap, code=1 if refused else 0)
        self.said, self.errors = done.stdout, done.stderr
        if target:
            desk.write(target, self.said)


@pytest.fixture
def three(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Three:
    return Three(tmp_path, monkeypatch)


def test_the_chapter_can_be_walked(three: Three) -> None:
    three.walk()
    assert "its term as host ended" in three.errors
    south, north = three.desks["south"], three.desks["north"]
    again = (south.folder / "again.acts").read_text()
    assert again.startswith("act: table\nsigner: south/delegation\n")
    assert again.count("instrument: lights") == again.count("act:") == 1
    three.patch.chdir(south.folder)
    assert "7 entries, 0 new" in south.run("mirror", "onward", "south.travaux").stdout
    assert "another host" in south.run("log", "south.travaux").stdout
    branch = next(south.folder.glob("south-dead-*")).name
    assert south.run("dead-branch", branch, "south.travaux").stdout == ""
    assert south.run("verify", branch).exit_code == 0
    assert Home(north.home).key_file(ORIGIN, ORIGIN).exists()


def test_a_receipt_of_the_dead_branch_says_so(three: Three) -> None:
    three.walk("## 2.")
    harbour, south = three.desks["harbour"], three.desks["south"]
    late = harbour.run("log", str(harbour.folder / "harbour.travaux"), "--format", "json").stdout
    ident = re.findall(r'"id": "([0-9a-f]{64})"', late)[-1]
    receipt = harbour.run("receipt", str(harbour.folder / "harbour.travaux"), ident).stdout
    south.write("late.tlog-proof", receipt)
    three.patch.chdir(south.folder)
    south.run("receipt", "south.travaux", "late.tlog-proof", "--check")
    north = three.desks["north"]
    ahead = north.run("receipt", str(north.folder / "north.travaux"), "late.tlog-proof", "--check", code=1)
    assert "the receipt is of 6 entries, and this copy holds 5" in ahead.stderr
    changed = receipt.replace("index 5", "index 4")
    south.write("changed.tlog-proof", changed)
    false = south.run("receipt", "south.travaux", "changed.tlog-proof", "--check", code=1)
    assert "does not prove" in false.stderr
    three.walk(since="## 2.")
    three.patch.chdir(south.folder)
    dead = south.run("receipt", "south.travaux", "late.tlog-proof", "--check", code=1)
    assert "another history" in dead.stderr


def test_too_few_or_the_keeper_alone_move_nothing(three: Three) -> None:
    three.walk("## 2.")
    north = three.desks["north"]
    three.patch.chdir(north.folder)
    few = north.run("move-host", "north.travaux", "few.note", "--party", "north", "--rounds", "2", code=1)
    assert "1 of the 2 parties needed" in few.stderr
    desk = north.run("move-host", "north.travaux", "few.note", "--party", "desk", "--rounds", "2", code=1)
    assert "is no party" in desk.stderr
    assert not Home(north.home).key_file(ORIGIN, ORIGIN).exists()
    assert not (north.folder / "few.note").exists()
    harbour = three.desks["harbour"]
    three.patch.chdir(harbour.folder)
    own = harbour.run("move-host", "harbour.travaux", "own.note", "--rounds", "2", code=1)
    assert "hosts or hosted this register" in own.stderr


def test_a_move_that_lacks_a_signature_or_was_changed_records_nothing(three: Three) -> None:
    three.walk("## 3.")
    north, south = three.desks["north"], three.desks["south"]
    three.patch.chdir(north.folder)
    before = (north.folder / "north.travaux").read_bytes()
    lacks = north.run("act", "north.travaux", "move.note", "--attach", code=1)
    assert "north/root-1, south/root-1" in lacks.stderr
    note = (south.folder / "move.note").read_text()
    larger = re.sub(r'("base":{[^}]*"size":)5', r"\g<1>7", note)
    other = re.sub(r'("base":{"root":")..', r"\g<1>AA", note)
    for changed in (larger, other, note.replace("is lost.", "is gone.")):
        assert changed != note
        for desk, root in ((south, "south/root-1"), (north, "north/root-1")):
            three.patch.chdir(desk.folder)
            desk.write("other.note", changed)
            desk.run("sign", "other.note", "--register", ORIGIN, "--by", root)
            changed = (desk.folder / "other.note").read_text()
        refused = north.run("act", "north.travaux", "other.note", "--attach", code=1).stderr
        assert ("another tree" in refused) == ("is lost." in changed)
        assert ("signature of harbour.example/commission" in refused) == ("is gone." in changed)
    assert (north.folder / "north.travaux").read_bytes() == before


def test_nobody_signs_away_what_he_cosigned(three: Three) -> None:
    three.walk("## 3.")
    south, north = three.desks["south"], three.desks["north"]
    three.patch.chdir(south.folder)
    south.run("mirror", "last", "south.travaux", "--cosign", "--line", "late.cosigned")
    beyond = south.run("sign", "move.note", "--against", "south.travaux", code=1)
    assert "south cosigned 6 entries" in beyond.stderr
    assert "south/root-1" not in (south.folder / "move.note").read_text().partition("\n\n")[2]
    south.run("move-host", "south.travaux", "mine.note", "--rounds", "2")
    shutil.copy(south.folder / "mine.note", north.folder / "mine.note")
    three.patch.chdir(north.folder)
    behind = north.run("sign", "mine.note", "--against", "north.travaux", code=1)
    assert "your copy holds 5 entries, and the act was made on 6" in behind.stderr


def test_a_root_remembers_what_its_witness_cosigned_without_any_copy(three: Three) -> None:
    three.walk("## 3.")
    south = three.desks["south"]
    three.patch.chdir(south.folder)
    south.run("mirror", "last", "south.travaux", "--cosign", "--line", "late.cosigned")
    (south.folder / "south.travaux").unlink()
    beyond = south.run("sign", "move.note", "--register", ORIGIN, code=1)
    assert "south cosigned 6 entries" in beyond.stderr


def test_the_old_host_with_other_acts_is_convicted(three: Three) -> None:
    harbour, south = three.desks["harbour"], three.desks["south"]
    three.patch.chdir(harbour.folder)
    harbour.run("backup", "harbour.travaux", "drawer.travaux")
    three.walk()
    three.patch.chdir(harbour.folder)
    for n in range(9):
        text = f"act: introduce\nwhat: subject\nid: s{n}\nnames: {{en: S}}\non: 2031-02-01\n"
        harbour.act(harbour.folder / "drawer.travaux", f"{text}signer: desk/keeper\n")
    harbour.run("export", "drawer.travaux", "drawer", "--for", "south")
    shutil.copytree(harbour.folder / "drawer", south.folder / "drawer")
    three.patch.chdir(south.folder)
    said = south.run("mirror", "drawer", "south.travaux", code=1).stderr
    (evidence,) = south.folder.glob("fork-*.evidence")
    assert evidence.name in said
    assert "two histories" in south.run("evidence", evidence.name, code=1).stderr

"""The chapter on founding apart, command by command, with two homes that never meet."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from docs.make import DOCS

from tests.cli.desk import Desk

ORIGIN = "harbour.example/commission"
PAGE = (DOCS / "founding-apart.md").read_text(encoding="utf-8")
SENT = re.compile(r"# (\S+) goes to (\w+)")


class Two:
    """The two machines, each with its folder and home."""

    def __init__(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.desks = {
            n: Desk(tmp_path / n, tmp_path / f"{n}-home", f"secret of {n}") for n in ("north", "south")
        }
        self.patch, self.founding, self.said = monkeypatch, "", ""
        for desk in self.desks.values():
            desk.folder.mkdir()

    def walk(self, until: str = "") -> None:
        """Every block of the page in order, up to a heading."""
        page = PAGE.partition(until)[0] if until else PAGE
        for language, block in re.findall(r"```(sh|toml)\n(.*?)```", page, re.DOTALL):
            if language == "toml":
                self.constitution(block)
            else:
                self.block(block)

    def constitution(self, text: str) -> None:
        for role in ("root-1", "delegation", "witness"):
            vkey = self.desks["south"].run("key", "show", ORIGIN, f"south/{role}").stdout.strip()
            text = text.replace(f"south/{role}+…", vkey)
        self.desks["north"].write("constitution.toml", text)

    def block(self, block: str) -> None:
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
        _, *args = shlex.split(row.replace("FOUNDING", self.founding))
        cheap = ["--rounds", "2"] if args[0] in ("key", "found") else []
        self.patch.chdir(desk.folder)
        self.said = desk.run(*args, *cheap).stdout
        if "Founding id: " in self.said and not self.founding:
            self.founding = self.said.partition("Founding id: ")[2].split()[0]


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Two:
    return Two(tmp_path, monkeypatch)


def keys(desk: Desk) -> set[str]:
    return {p.name.replace("+", "/") for p in (desk.home / "keys").rglob("*") if p.is_file()}


def test_the_chapter_can_be_walked(two: Two) -> None:
    two.walk()
    assert "yes: a quorum cosigned this history" in two.said
    assert keys(two.desks["south"]) == {"south/root-1", "south/delegation", "south/witness"}
    assert keys(two.desks["north"]) == {ORIGIN, "north/root-1", "north/delegation", "north/witness"}


def test_what_was_not_signed_by_all_or_was_changed_founds_nothing(two: Two) -> None:
    two.walk("## 4.")
    north = two.desks["north"]
    two.patch.chdir(north.folder)
    note = (north.folder / "founding.note").read_text()
    text, _, lines = note.partition("\n\n")
    alone = "".join(li for li in lines.splitlines(keepends=True) if "south" not in li)
    attach = ("found", "constitution.toml", "harbour.travaux", "--attach")
    north.write("alone.note", f"{text}\n\n{alone}")
    assert "south/root-1" in north.run(*attach, "alone.note", code=1).stderr
    north.write("other.note", note.replace('"quorum":2', '"quorum":1'))
    assert "not the founding act" in north.run(*attach, "other.note", code=1).stderr
    mixed = lines[:-9] + ("AAAA" if lines[-9:-5] != "AAAA" else "BBBB") + lines[-5:]
    north.write("false.note", f"{text}\n\n{mixed}")
    assert "signature" in north.run(*attach, "false.note", code=1).stderr
    assert not (north.folder / "harbour.travaux").exists()
    assert "elsewhere" in north.run("found", "constitution.toml", "harbour.travaux", code=1).stderr
    north.run("found", "constitution.toml", "harbour.travaux", "--prepare", "again.note")
    assert (north.folder / "again.note").read_text().startswith(text)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("south/root-1+…", "north/root-1+…", "is no key of south"),
        ('witness = "south/witness+…"', 'witness = "south/delegation+…"', "is no key of south"),
        ('roots = ["south/root-1+…"]', "", "fewer roots"),
        ('roots = ["south/root-1+…"]', 'threshold = 2\nroots = ["south/root-1+…"]', "fewer roots"),
    ],
)
def test_keys_that_do_not_fit_are_refused_before_anything_is_made(
    two: Two, old: str, new: str, said: str
) -> None:
    two.walk("## 2.")
    (block,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    two.constitution(block.replace(old, new))
    north = two.desks["north"]
    two.patch.chdir(north.folder)
    refused = north.run("found", "constitution.toml", "h.travaux", "--prepare", "f.note", code=1)
    assert said in refused.stderr
    assert not north.home.exists()

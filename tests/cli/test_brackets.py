"""``travaux brackets``: counts for programs, a page for people, one clear line for what is no draft."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from travaux.cli.commands import travaux

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schema/brackets.schema.json").read_text("utf-8"))
DRAFTS = Path(__file__).parents[1] / "text" / "parse" / "drafts"


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(travaux, ["brackets", *map(str, args)])


@pytest.mark.parametrize("draft", sorted(DRAFTS.glob("*.txt")), ids=lambda path: path.stem)
def test_json_keeps_its_schema_and_counts_every_bracket(draft: Path) -> None:
    result = run(draft, "--format", "json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    jsonschema.validate(found, SCHEMA)
    text = draft.read_text("utf-8")
    assert (found["chars"], found["opens"], found["closes"]) == (len(text), text.count("["), text.count("]"))
    assert found["top"] + found["nested"] == found["opens"]


def test_oddities_are_results_and_are_shown_by_file_line_and_column(tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("Ferries [ARV: shall][NUX: may] run [daily.\n", "utf-8")
    result = run(draft, "--parties", "ARV, NUR")
    assert result.exit_code == 0
    assert f"{draft}:1:22: “NUX” is not among the parties; perhaps NUR is meant" in result.stdout
    assert f"{draft}:1:36: brackets opened here and never closed: 1" in result.stdout
    raw = json.loads(run(draft, "--format", "json").stdout)
    assert raw["unclosed"] == [{"line": 1, "col": 36}]
    assert raw["stray"] == []


def test_a_convention_can_be_set(tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("Ferries run [daily].\n", "utf-8")
    found = json.loads(run(draft, "--format", "json", "--convention", "deletions").stdout)
    assert found["kinds"] == {"deletion": 1}
    assert found["convention"]["guessed"] is False
    assert run(draft, "--convention", "martian").exit_code == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "holds no text"),
        (b"\xef\xbb\xbf \r\n", "holds no text"),
        (b"\x00\x01\x02 [\x03]" * 20, "is no text"),
        (b"caf\xe9 [a]", "1:4"),
        (b"%PDF-1.7 [a]", "PDF"),
        (None, "cannot be read"),
    ],
)
def test_what_is_no_draft_gets_one_line(tmp_path: Path, data: bytes | None, words: str) -> None:
    draft = tmp_path / "draft.txt"
    if data is not None:
        draft.write_bytes(data)
    result = run(draft)
    assert result.exit_code == 1
    assert result.stdout == ""
    [line] = result.stderr.splitlines()
    assert words in line
    assert line.startswith(str(draft))


def test_several_drafts_and_text_that_is_hostile(tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.txt"
    hostile.write_bytes("A [\x1b[2J\u202e] b\r\n".encode() + b"\xed\xa0\x80 [c]\n" + b"words " * 100)
    result = run(hostile, DRAFTS / "waste.txt")
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    assert "waste.txt: " in result.stdout
    lines = run(hostile, DRAFTS / "waste.txt", "--format", "json").stdout.splitlines()
    assert [Path(json.loads(line)["file"]).stem for line in lines] == ["hostile", "waste"]

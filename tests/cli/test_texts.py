"""The four commands on texts: exact bytes out, one clear line for what cannot be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from travaux.cli.commands import travaux

SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"
NAMES = st.sampled_from(["Arvia", "U (K)", "a, b", "[x]", 'q"', "all others", "no text", "a and b", "\u202e"])
CHUNKS = [b"shall ", b"should ", b"\r\n", b"\n\n", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\0", b"[a (Arvia)]",
          b"| \\", "é\u00a0\u202e’".encode(), "中文".encode(), b"(a) ", b"The board. "]  # fmt: skip
FILES = st.lists(st.sampled_from(CHUNKS), max_size=8).map(b"".join)


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(travaux, [str(arg) for arg in args])


def checked(result: Result, schema: str) -> Any:
    assert result.exit_code == 0, result.output
    value = json.loads(result.stdout)
    jsonschema.validate(value, json.loads((SCHEMAS / f"{schema}.schema.json").read_text("utf-8")))
    return value


def write(folder: Path, **files: str | bytes) -> list[Path]:
    paths = []
    for name, content in files.items():
        path = folder / f"{name}.txt"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        paths.append(path)
    return paths


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(NAMES, FILES, min_size=1, max_size=4))
def test_resolve_gives_back_each_file_that_compile_took_byte_for_byte(
    tmp_path: Path, files: dict[str, bytes]
) -> None:
    args = []
    for k, (name, data) in enumerate(files.items()):
        (tmp_path / f"{k}.txt").write_bytes(data)
        args.append(f"{name}={tmp_path / f'{k}.txt'}")
    made = run("compile", *args)
    assert made.exit_code == 0, made.output
    together = tmp_path / "together.txt"
    for printed in (made.stdout_bytes, b"\xef\xbb\xbf" + made.stdout_bytes.replace(b"\n", b"\r\n")):
        together.write_bytes(printed)
        assert {name: run("resolve", together, "--party", name).stdout_bytes for name in files} == files


def test_compile_says_in_json_what_is_open_and_who_holds_what(tmp_path: Path) -> None:
    a, b = write(tmp_path, a="Parties shall take early measures.", b="Parties should take measures.")
    made = checked(run("compile", f"ARV={a}", f"TOL={b}", "--alpha", "0.5", "--format", "json"), "compile")
    assert (made["sites"], made["contested_words"], made["options"]) == (2, 3, 4)
    assert made["parties"] == ["ARV", "TOL"]
    assert [(r["words"].strip(), r["parties"], r["kind"]) for r in made["readings"]] == [
        ("shall", ["ARV"], "alternatives"),
        ("should", ["TOL"], "alternatives"),
        ("early", ["ARV"], "unknown"),
    ]
    assert made["text"] == run("compile", f"ARV={a}", f"TOL={b}", "--alpha", "0.5").stdout


def test_the_price_of_a_bracket_is_a_number(tmp_path: Path) -> None:
    (a,) = write(tmp_path, a="x")
    assert {run("compile", f"A={a}", "--alpha", bad).exit_code for bad in ("nan", "0", "inf", "x")} == {2}


def test_a_base_tells_insertions_from_deletions_and_holds_nothing(tmp_path: Path) -> None:
    base, a, b = write(
        tmp_path,
        base="Parties take early measures on tolls in the northern strait at their own cost.",
        a="Parties take measures on tolls in the northern strait at their own cost.",
        b="Parties take early measures on tolls in the northern strait, with care, at their own cost.",
    )
    made = checked(run("compile", f"A={a}", f"B={b}", "--base", base, "--format", "json"), "compile")
    assert [(r["kind"], r["words"].strip(" ,"), r["parties"]) for r in made["readings"]] == [
        ("deletion", "early", ["B"]),
        ("insertion", "with care", ["B"]),
    ]
    same = checked(run("compile", f"A={a}", f"B={a}", "--base", base, "--format", "json"), "compile")
    assert same["sites"] == 0


def test_compare_tells_words_moves_and_every_change(tmp_path: Path) -> None:
    first = "1. The board publishes the table of fees every year in spring."
    second = "2. Every vessel is inspected once a year by the pilots of the board."
    third = "3. Each region keeps its own register of licensed pilots and vessels."
    a, b = write(tmp_path, a=f"{first}\n{second}\n{third}", b=f"{second}\n{third}\n{first} It is free.")
    made = checked(run("compare", a, b, "--format", "json"), "compare")
    assert (made["deleted_words"], made["inserted_words"], len(made["moves"])) == (0, 3, 1)
    assert made["moves"][0]["edited"] and made["moves"][0]["from"]["line"] == 1
    only = checked(run("compare", a, b, "--format", "json", "--only", "substance"), "compare")
    assert all(not change["formal"] for change in only["changes"]) and only["changes"]
    shown = run("compare", a, b)
    assert "{+It is free.+}" in shown.stdout and "move 1" in shown.stdout
    assert "\x1b" not in shown.stdout
    assert run("compare", a, a).stdout == "the two texts are the same, character for character\n"


def test_the_page_of_a_comparison_is_whole_and_escaped(tmp_path: Path) -> None:
    from lxml import html

    text = (
        "1. The board publishes <b>the</b> table of fees.\n2. שלום every vessel is inspected once a year.\n"
    )
    lines = text.splitlines()
    a, b = write(tmp_path, a=text + "3. Each region keeps a register of pilots \u202e here.", b="\n".join([
        "3. Each region keeps a register of licensed pilots \u202e here.", *lines]))  # fmt: skip
    made = run("compare", a, b, "--format", "html").stdout
    tree = html.fromstring(made)
    assert "<b>" not in made and "\u202e" not in made
    assert {p.get("dir") for p in tree.xpath("//main//p[not(@class)]")} == {"auto"}
    assert [ins.text_content() for ins in tree.xpath("//ins[not(@class)]")] == ["inserted:  licensed"]
    ids = set(tree.xpath("//@id"))
    assert len(ids) == len(tree.xpath("//@id"))
    links = [href[1:] for href in tree.xpath("//a/@href")]
    assert links and set(links) <= ids
    assert any(link.startswith("from-") for link in links) and any(link.startswith("to-") for link in links)


def test_several_versions_tell_the_history_of_each_paragraph(tmp_path: Path) -> None:
    a, b, c = write(tmp_path, a="Fees fall every year.", b="Fees fall every season.", c="")
    made = checked(run("compare", a, b, c, "--format", "json"), "compare")
    assert [step["events"] for step in made["threads"][0]["steps"]] == [["born"], ["edited"], ["gone"]]
    assert "b.txt: edited" in run("compare", a, b, c).stdout
    assert run("compare", a, b, c, "--format", "html").exit_code == 2


def test_concordance_lists_differences_with_places(tmp_path: Path) -> None:
    en, ru = write(
        tmp_path,
        en="1. The Parties meet within 30 days of the notice and publish the table.",
        ru="1. Стороны встречаются в течение 20 дней и публикуют таблицу.",
    )
    made = checked(run("concordance", en, ru, "--format", "json"), "concordance")
    assert [(d["kind"], d["says"]) for d in made["differences"]] == [("number", ["30", "20"])]
    assert "30 | 20" in run("concordance", f"en={en}", f"ru={ru}").stdout
    twice = run("concordance", en, en)
    assert twice.exit_code == 1 and "second version" in twice.stderr
    assert run("concordance", en).exit_code == 2


def _faulty(tmp_path: Path) -> dict[str, tuple[list[str], int, str]]:
    good, latin, wide, zipped, empty = write(
        tmp_path, good="x", latin=b"caf\xe9\n", wide="x".encode("utf-16"), zipped=b"PK\x03\x04..", empty=""
    )
    return {
        "missing": (["compile", f"A={good}", "B=nowhere.txt"], 1, "nowhere.txt: the file cannot be read"),
        "latin": (["compile", f"A={latin}"], 1, "latin.txt:1:4: this is no text in UTF-8"),
        "wide": (["compare", str(good), str(wide)], 1, "this is a UTF-16 file"),
        "zip": (["resolve", str(zipped), "--party", "A"], 1, "this is a Word or zip file"),
        "folder": (["compare", str(good), str(tmp_path)], 1, "cannot be read"),
        "twice": (["compile", f"A={good}", f"A={good}"], 1, "“A” hands in two wordings"),
        "unnamed": (["compile", str(good)], 2, "is not NAME=FILE"),
        "no-name": (["compile", f"={good}"], 2, "is not NAME=FILE"),
        "not-ours": (["resolve", str(good), "--party", "A"], 1, "good.txt:1:1: the text does not begin with"),
        "empty": (["resolve", str(empty), "--party", "A"], 1, "empty.txt:1:1: the text does not begin with"),
        "input-twice": (["compare", "-", "-"], 2, "standard input can be read once only"),
    }


_SORTS = "missing latin wide zip folder twice unnamed no-name not-ours empty input-twice"


@pytest.mark.parametrize("name", _SORTS.split())
def test_what_cannot_be_taken_is_refused_in_one_line(tmp_path: Path, name: str) -> None:
    args, code, told = _faulty(tmp_path)[name]
    result = run(*args)
    assert result.exit_code == code and result.stdout == ""
    assert told in result.stderr and "Traceback" not in result.stderr
    if code == 1:
        assert result.stderr.count("\n") == 1


def test_a_party_that_handed_in_nothing_is_refused_with_those_that_did(tmp_path: Path) -> None:
    (a,) = write(tmp_path, a="x")
    (tmp_path / "t.txt").write_bytes(run("compile", f"ARV={a}").stdout_bytes)
    result = run("resolve", tmp_path / "t.txt", "--party", "TOL")
    assert result.exit_code == 1 and "choose one of ARV" in result.stderr

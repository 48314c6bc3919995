"""`travaux read`: what is printed, what is refused in one line, and that one bad document stops nothing."""

from __future__ import annotations

import json
import tarfile
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from travaux.cli.commands import travaux
from travaux.secretariat.reading import KINDS

FERRY = (
    "Ferry talks in Velmar, 3 March 2031\n\n"
    "President of Arvia Ona Tal met her Tolian counterpart in Velmar on Monday.\n\n"
    "“If the fare list is ready, we are ready to sign the ferry agreement in April,” she said.\n\n"
    "According to the President of Tolia, it is too early for night crossings.\n"
)


def run(*arguments: str, given: bytes | None = None) -> Result:
    return CliRunner().invoke(travaux, ["read", *arguments], input=given, catch_exceptions=False)


@pytest.fixture
def ferry(tmp_path: Path) -> Path:
    file = tmp_path / "ferry.txt"
    file.write_bytes(FERRY.encode())
    return file


def test_json_is_one_object_with_the_keys_of_the_contract_in_order(ferry: Path) -> None:
    result = run(str(ferry), "--format", "json")
    assert result.exit_code == 0
    assert result.stdout.endswith("}\n")
    found = json.loads(result.stdout)
    kinds = [k for k in found if k not in ("doc", "persons", "parties")]
    assert list(found)[:3] == ["doc", "persons", "parties"]
    assert kinds == list(KINDS)
    assert found["doc"]["date"] == "2031-03-03"
    for kind in ("quotes", "statements", "dates", "commitments"):
        assert found[kind]
        assert all(FERRY[i["start"] : i["end"]] == i["text"] for i in found[kind])


def test_the_table_names_each_item_with_place_confidence_and_words(ferry: Path) -> None:
    out = run(str(ferry)).stdout
    assert "Ferry talks in Velmar" in out
    assert "q01" in out and "5:2" in out and "she" not in out.split("“If the fare list")[0][-40:]
    assert "Nothing is recorded" in run("--help").stdout


def test_several_documents_are_json_lines_in_order_and_a_bad_one_is_a_line_on_stderr(
    ferry: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    result = run(str(ferry), str(empty), str(tmp_path / "none.txt"), str(ferry), "--format", "json")
    assert result.exit_code == 1
    assert [json.loads(line)["doc"]["file"] for line in result.stdout.splitlines()] == [str(ferry)] * 2
    assert sorted(line.split(";")[0] for line in result.stderr.splitlines()) == sorted(
        [f"{empty} is empty", f"{tmp_path / 'none.txt'}: the file cannot be read (No such file or directory)"]
    )


def test_two_processes_print_the_same_bytes_as_one(ferry: Path, tmp_path: Path) -> None:
    for n in range(12):
        (tmp_path / f"{n:02}.txt").write_bytes(FERRY.replace("April", f"{n + 1} April").encode())
    one, two = (run(str(tmp_path), "--format", "json", "--jobs", jobs) for jobs in ("1", "2"))
    assert one.exit_code == two.exit_code == 0
    assert one.stdout_bytes == two.stdout_bytes
    assert one.stdout_bytes.count(b"\n") == 13


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"\x00\x01\x02" * 400, "no text in an encoding"),
        ("Стороны договорились".encode("utf-16")[:-1], "breaks it at byte"),
        (b"%PDF-1.7 cut", ""),
        (b"PK\x03\x04 cut", ""),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"12345 67890", "no words"),
    ],
)
def test_what_cannot_be_read_ends_in_one_line_and_exit_code_1(data: bytes, said: str, tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_bytes(data)
    result = run(str(file))
    assert result.exit_code == 1
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert said in line and str(file) in line


def test_control_characters_of_a_document_never_reach_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "hostile.txt"
    file.write_text(FERRY.replace("fare list", "fare\x1b[2Jlist \u202eabc"))
    out = run(str(file)).stdout
    assert "fare" in out
    assert "\x1b" not in out and "\u202e" not in out


def test_standard_input_is_a_document(ferry: Path) -> None:
    result = run("-", "--format", "json", given=FERRY.encode())
    assert json.loads(result.stdout)["doc"]["n_chars"] == len(FERRY)


def test_folders_and_archives_are_opened_and_nested_ones_named(ferry: Path, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    (folder / "b").mkdir(parents=True)
    (folder / "b" / "two.txt").write_text(FERRY)
    (folder / ".hidden").write_text("x")
    (folder / "b" / "loop").symlink_to(folder)
    with zipfile.ZipFile(folder / "a.zip", "w") as package:
        package.writestr("one.txt", FERRY)
        package.writestr("inner.zip", b"PK\x03\x04")
    with tarfile.open(folder / "c.tar.gz", "w:gz") as tar:
        tar.add(ferry, "three.txt")
    result = run(str(folder), "--format", "json")
    names = [json.loads(line)["doc"]["file"] for line in result.stdout.splitlines()]
    assert names == [f"{folder}/a.zip/one.txt", f"{folder}/b/two.txt", f"{folder}/c.tar.gz/three.txt"]
    assert result.exit_code == 1
    assert "inner.zip: an archive inside an archive is not opened" in result.stderr


def test_a_bomb_in_an_archive_is_never_unpacked_whole(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package, package.open("big.txt", "w") as big:
        for _ in range(60):
            big.write(b"a " * 500_000)
    result = run(str(bomb))
    assert result.exit_code == 1
    assert "60000000 bytes" in result.stderr


def test_a_truncated_archive_is_one_line(ferry: Path, tmp_path: Path) -> None:
    tar = tmp_path / "cut.tar.gz"
    with tarfile.open(tar, "w:gz") as package:
        package.add(ferry, "three.txt")
    tar.write_bytes(tar.read_bytes()[:200])
    result = run(str(tar))
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) <= 2 and "cut.tar.gz" in result.stderr


def test_explain_shows_rule_and_words_and_an_unknown_id_is_refused(ferry: Path) -> None:
    shown = run(str(ferry), "--explain", "q01").stdout
    assert "quote.after.s-v" in shown and "If the fare list is ready" in shown
    lost = run(str(ferry), "--explain", "q99")
    assert lost.exit_code == 1 and "no item q99" in lost.stderr


def test_the_text_that_offsets_count_in_is_written_with_its_map(tmp_path: Path) -> None:
    page = tmp_path / "p.html"
    page.write_text(
        "<html><body><h1>Talks</h1><p>Arvia will publish the fares by 1 May 2031.</p></body></html>"
    )
    out = tmp_path / "out.txt"
    result = run(str(page), "--format", "json", "--text", str(out))
    found = json.loads(result.stdout)
    text = out.read_bytes().decode()
    assert all(text[i["start"] : i["end"]] == i["text"] for i in found["commitments"])
    blocks = json.loads((tmp_path / "out.txt.map.json").read_text())
    assert [(b["kind"], b["place"]) for b in blocks] == [("heading", "body/h1[1]"), ("body", "body/p[1]")]


@pytest.mark.parametrize("arguments", [["--date", "soon"], ["--jobs", "-1"], ["--format", "xml"]])
def test_wrong_usage_is_exit_code_2(arguments: list[str], ferry: Path) -> None:
    assert run(str(ferry), *arguments).exit_code == 2
    assert run().exit_code == 2
    assert run(str(ferry), str(ferry), "--explain", "q01").exit_code == 2

"""Tools under copyleft licences are measured beside us and never imported."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import travaux

ROOT = Path(__file__).parents[2]
REFUSED = {"collatex", "patiencediff", "pylatexenc", "pyspoa", "spoa", "docxodus", "python_redlines"}


def imported(folder: Path) -> Iterator[tuple[str, str]]:
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((str(file), alias.name.split(".")[0]) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield str(file), node.module.split(".")[0]


def test_no_other_comparer_is_imported_by_the_product_or_its_tests() -> None:
    found = [*imported(Path(travaux.__file__).parent), *imported(ROOT / "tests")]
    assert ("rapidfuzz" in {name for _, name in found}) and not [one for one in found if one[1] in REFUSED]


def test_no_program_under_such_a_licence_is_started_by_the_product() -> None:
    programs = {"wdiff", "dwdiff", "git"}
    for file in Path(travaux.__file__).parent.rglob("*.py"):
        words = {
            node.value
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        assert not words & programs, file

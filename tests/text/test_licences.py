"""Tools under copyleft licences are measured beside us, never imported and never started by the product."""

from __future__ import annotations

import re
from pathlib import Path

import travaux

PRODUCT = Path(travaux.__file__).parent
TESTS = Path(__file__).parents[1]
IMPORTED = re.compile(r"^\s*(?:import|from)\s+(?:collatex|patiencediff|pyspoa|spoa|python_redlines)\b", re.M)
STARTED = re.compile(r"""["'](?:wdiff|dwdiff|git)["']""")


def test_no_other_comparer_is_imported_by_the_product_or_its_tests() -> None:
    assert IMPORTED.search("\nfrom collatex import Collation") and not IMPORTED.search("import collections")
    files = [*PRODUCT.rglob("*.py"), *TESTS.rglob("*.py")]
    assert len(files) > 100
    assert [file for file in files if IMPORTED.search(file.read_text(encoding="utf-8"))] == []


def test_no_program_under_such_a_licence_is_started_by_the_product() -> None:
    assert STARTED.search('run(["wdiff", "-s"])')
    files = list(PRODUCT.rglob("*.py"))
    assert [file for file in files if STARTED.search(file.read_text(encoding="utf-8"))] == []

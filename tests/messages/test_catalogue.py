"""The catalogue and the code name the same sentences."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path

import travaux
from travaux import messages

SOURCE = Path(travaux.__file__).parent
CATALOGUE = SOURCE / "messages" / "en"
CODE = re.compile(r"[a-z_]+\.[a-z][a-z0-9_.-]*\Z")


def areas() -> dict[str, dict[str, object]]:
    return {f.stem: tomllib.loads(f.read_text(encoding="utf-8")) for f in sorted(CATALOGUE.glob("*.toml"))}


def literals() -> Iterator[tuple[Path, int, str]]:
    """Every string of the source that has the form of a code in an area that exists."""
    names = set(areas())
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            text = node.value if isinstance(node, ast.Constant) else None
            if isinstance(text, str) and CODE.match(text) and text.partition(".")[0] in names:
                yield file.relative_to(SOURCE), node.lineno, text


def faults_raised() -> Iterator[tuple[Path, int, str]]:
    """Every literal code given to `Fault(...)` or `refused(...)`."""
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args
            if named and node.func.id in ("Fault", "refused") and isinstance(node.args[0], ast.Constant):
                yield file.relative_to(SOURCE), node.lineno, str(node.args[0].value)


def test_every_fault_in_the_code_has_a_sentence() -> None:
    entries = areas()
    lost = [
        (str(f), line, code)
        for f, line, code in faults_raised()
        if code.partition(".")[2] not in entries.get(code.partition(".")[0], {})
    ]
    assert lost == []


def test_every_sentence_is_a_template_that_can_be_filled() -> None:
    for area, entries in areas().items():
        for name, entry in entries.items():
            assert CODE.match(f"{area}.{name}"), f"{area}.{name}"
            texts = [entry] if isinstance(entry, str) else [entry["text"], entry.get("remedy", "")]  # type: ignore[index]
            fields = {f for text in texts for _, f, _, _ in string.Formatter().parse(str(text)) if f}
            said = messages.say(f"{area}.{name}", dict.fromkeys(fields, 7))
            assert said, f"{area}.{name}"


def test_no_sentence_of_the_catalogue_is_unused() -> None:
    used = {code for _, _, code in literals()}
    built = re.compile("|".join(BUILT))
    unused = [
        f"{area}.{name}"
        for area, entries in areas().items()
        for name in entries
        if f"{area}.{name}" not in used and not built.match(f"{area}.{name}")
    ]
    assert unused == []


# Codes that the source puts together from parts (an area and the name of a kind, status or rule).
BUILT = (r"view\.", r"rules\.", r"minister\.", r"feed\.", r"field\.", r"page\.")

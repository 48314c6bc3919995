"""Each word of the glossary is defined once."""

from __future__ import annotations

import re
from collections import Counter

from docs.make import DOCS

_TERM = re.compile(r"^- \*\*(?P<terms>[^*]+)\*\*(?P<rest>.*)$", re.MULTILINE)


def terms() -> list[tuple[str, str]]:
    """Every term of docs/glossary.md with its definition; a line may define several."""
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    return [(t.strip().lower(), m["rest"]) for m in _TERM.finditer(text) for t in m["terms"].split(",")]


def test_each_term_is_defined_once() -> None:
    assert [t for t, n in Counter(t for t, _ in terms()).items() if n > 1] == []


def test_each_term_is_followed_by_its_definition() -> None:
    assert len(terms()) > 40
    assert [t for t, rest in terms() if not re.match(r": \S.{10,}\.?$", rest)] == []


def test_every_line_of_a_list_is_a_term() -> None:
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    assert [line for line in text.split("\n") if line.startswith("- ") and not _TERM.match(line)] == []

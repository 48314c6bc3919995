"""The whole table: ``python -m bench [--markdown] [--peers] [NAME…]``.

Runs every module that measures, or those named; ``--markdown`` prints the table of docs/benchmarks.md.

A module that measures has a function ``rows``; each is run in turn, on one core unless its row says else.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from bench.row import Row
from bench.table import page, printed

_FIRST = ("machine",)
_LAST = ("record",)  # the long ones come last
_WITHIN = ("text_compile", "text_compare")  # rows that the module `text` gives as well


def names() -> list[str]:
    """Modules of this folder that measure, in order of name."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    found = [file.stem for file in files if "\ndef rows(" in file.read_text(encoding="utf-8")]
    chosen = [name for name in found if name not in _WITHIN]
    return sorted(chosen, key=lambda name: (name not in _FIRST, name in _LAST))


def all_rows(chosen: list[str]) -> Iterator[Row]:
    """Rows of each module as soon as they are measured."""
    for name in chosen:
        yield from import_module(f"bench.{name}").rows()


if __name__ == "__main__":
    chosen = [name for name in sys.argv[1:] if not name.startswith("-")]
    show = page if "--markdown" in sys.argv[1:] else printed
    show(all_rows(chosen or names()))

"""Reading any bracketed text, in any convention: `parse`, `render`, `resolve`, `counts`."""

from __future__ import annotations

from travaux.text.parse.convention import CONVENTIONS, Convention
from travaux.text.parse.counts import Counts, counts
from travaux.text.parse.parsed import Defect, Link, Note, Parsed, Point, Reading, Repair, render
from travaux.text.parse.reading import parse
from travaux.text.parse.view import resolve

__all__ = [
    "CONVENTIONS",
    "Convention",
    "Counts",
    "Defect",
    "Link",
    "Note",
    "Parsed",
    "Point",
    "Reading",
    "Repair",
    "counts",
    "parse",
    "render",
    "resolve",
]

"""A text that was read as plain data for JSON (``docs/schema/brackets.schema.json``)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from travaux.text.model import Position
from travaux.text.parse.counts import Counts, counts
from travaux.text.parse.parsed import Defect, Parsed, Point, Reading


def data(parsed: Parsed) -> dict[str, Any]:
    """Raw counts, interpreted counts, and every place, oddity and coupling behind them."""
    held = counts(parsed)
    raw = parsed.raw
    return {
        "chars": raw.chars,
        "lines": len(parsed.lines.starts),
        "opens": raw.opens,
        "closes": raw.closes,
        "top": raw.top,
        "nested": raw.nested,
        "depth": raw.depth,
        "unclosed": _places(parsed.unclosed),
        "stray": _places(parsed.stray),
        "decision_points": held.decision_points,
        "options": held.options,
        "blanks": held.blanks,
        "parties": list(parsed.parties),
        "party_source": parsed.source.value,
        "convention": {
            "name": parsed.convention.name,
            "why": parsed.why.what,
            "guessed": parsed.why.code != "brackets.why_set",
        },
        **_interpreted(parsed, held),
        "points": [_point(point) for point in parsed.points],
        "defects": _defects(parsed.defects),
        "questions": _defects(parsed.questions),
    }


def _places(found: Iterable[tuple[int, int]]) -> list[dict[str, int]]:
    return [{"line": line, "col": col} for line, col in found]


def _interpreted(parsed: Parsed, held: Counts) -> dict[str, Any]:
    return {
        "nested_points": held.nested,
        "wrappers": held.wrappers,
        "kinds": dict(held.kinds),
        "tokens": [{"name": macro.name, "points": list(macro.brackets)} for macro in parsed.macros],
        "by_party": [
            {"party": one.party, "points": one.points, "stances": {s.value: n for s, n in one.stances}}
            for one in held.held
        ],
        "provisions": [
            {
                "label": one.label,
                "line": one.line,
                "decision_points": one.decision_points,
                "options": one.options,
                "blanks": one.blanks,
                "parties": list(one.parties),
            }
            for one in held.provisions
        ],
        "links": [
            {
                "line": link.line,
                "col": link.col,
                "labels": list(link.labels),
                "points": list(link.coupling.brackets),
                "exclusive": link.coupling.exclusive,
                "note": link.coupling.note,
            }
            for link in parsed.links
        ],
        "notes": [
            {
                "line": note.line,
                "col": note.col,
                "provision": note.unit,
                "words": note.words,
                "parties": list(note.parties),
                "stances": _stances(note.stances),
            }
            for note in parsed.notes
        ],
        "marks": [
            {"provision": one.label, "line": one.line, "operation": one.operation, "status": one.status}
            for one in parsed.provisions
            if one.operation or one.status
        ],
    }


def _point(point: Point) -> dict[str, Any]:
    return {
        "id": point.id,
        "line": point.line,
        "col": point.col,
        "start": point.start,
        "end": point.end,
        "provision": point.unit,
        "kind": point.kind.value,
        "depth": point.depth,
        "counted": point.counted,
        "options": [_reading(reading) for reading in point.readings],
    }


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "words": reading.words,
        "sort": reading.sort,
        "label": reading.label,
        "stances": _stances(reading.stances),
    }


def _stances(held: Iterable[Position]) -> list[dict[str, str]]:
    return [{"party": one.party, "stance": one.stance.value, "note": one.note} for one in held]


def _defects(found: Iterable[Defect]) -> list[dict[str, Any]]:
    return [_defect(one) for one in found]


def _defect(one: Defect) -> dict[str, Any]:
    told: dict[str, Any] = {
        "code": one.code,
        "line": one.line,
        "col": one.col,
        "what": one.what,
        "repair": one.repair,
    }
    if one.proposed is not None:
        told["edit"] = {"start": one.proposed.start, "end": one.proposed.end, "insert": one.proposed.insert}
    return told

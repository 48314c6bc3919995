"""A comparison and a history as plain data; ``docs/schema/compare.schema.json`` describes it."""

from __future__ import annotations

from typing import Any

from travaux.text.compare.history import History
from travaux.text.compare.result import Change, Comparison, Move, Spot


def compared(
    comparison: Comparison, names: tuple[str, str], *, only_substance: bool = False
) -> dict[str, Any]:
    """Figures, moves and changes; with `only_substance` the changes of form are counted and not listed."""
    tally = comparison.tally
    return {
        "old": names[0],
        "new": names[1],
        "inserted_words": tally.inserted_words,
        "deleted_words": tally.deleted_words,
        "moved_words": tally.moved_words,
        "substance_changes": tally.substance,
        "formal_changes": tally.formal,
        "paragraphs": dict(tally.paragraphs),
        "moves": [_move(move) for move in comparison.moves],
        "changes": [_change(c) for c in comparison.changes if c.substance or not only_substance],
    }


def _move(move: Move) -> dict[str, Any]:
    return {
        "move": move.number,
        "scope": move.scope,
        "words": move.words,
        "edited": move.edited,
        "from": _spot(move.at_old),
        "to": _spot(move.at_new),
        "acts": list(move.acts),
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "aspect": change.aspect.value,
        "formal": not change.substance,
        "whole_paragraph": change.whole,
        "old": change.old,
        "new": change.new,
        "deleted_words": change.deleted_words,
        "inserted_words": change.inserted_words,
        "at_old": _spot(change.at_old),
        "at_new": _spot(change.at_new),
        "move": change.move or None,
        "acts": list(change.acts),
    }


def _spot(spot: Spot) -> dict[str, Any]:
    return {
        "line": spot.line,
        "col": spot.col,
        "start": spot.start,
        "end": spot.end,
        "paragraph": spot.paragraph,
        "label": spot.label,
    }


def told(made: History) -> dict[str, Any]:
    """Threads with their steps."""
    return {
        "versions": list(made.versions),
        "threads": [
            {
                "thread": thread.number,
                "id": thread.id,
                "words": thread.words,
                "parent": thread.parent or None,
                "heir": thread.heir or None,
                "steps": [
                    {
                        "version": step.version,
                        "paragraph": step.paragraph or None,
                        "label": step.label,
                        "events": [event.value for event in step.events],
                        "deleted_words": step.deleted_words,
                        "inserted_words": step.inserted_words,
                        "acts": list(step.acts),
                    }
                    for step in thread.steps
                ],
            }
            for thread in made.threads
        ],
    }

"""Reading bracketed drafts: seconds for large drafts and for hostile ones. No peer reads such texts."""

from __future__ import annotations

import random
from statistics import median
from time import perf_counter

from bench.row import Row
from travaux.text.parse import parse, render

_WORDS = """
the parties shall ensure that ferry harbour services timetables passengers crossings annual plans
reports of and in to with appropriate measures night public port
""".split()
_OPEN = (
    "[shall][should] ", "[ARV, TOL: daily [or weekly]][NUR: at night] ", "[X] days ", "[and at night] ",
    "[fares*][tariffs] ", "crossing[s] ", "[ARV/TOL propose; NUR opposes: in winter] ", "[harbour]/[port] ",
)  # fmt: skip
_HOSTILE = ("[", "]", "/", "(", "{", "[a]", "[(", "Option 1: ", "ARV, ")


def rows() -> list[Row]:
    """Drafts with their targets in seconds, one core."""
    rng = random.Random(92_000)
    found = [
        _row("parse, 400,000 characters, 1,500 brackets", _draft(rng, 400_000, 1_500), 0.6),
        _row("parse, 1,000,000 characters, 10,000 brackets", _draft(rng, 1_000_000, 10_000), 1.0),
        _row("parse, 10,000 brackets in each other", "[" * 10_000 + "x" + "]" * 10_000, 1.0),
    ]
    for mark in _HOSTILE[:4]:
        found.append(_row(f"parse, a million times {mark}", mark * 1_000_000, 5.0))
    for mark in _HOSTILE[4:]:
        half, whole = mark * (100_000 // len(mark)), mark * (200_000 // len(mark))
        ratio = _seconds(whole) / _seconds(half)
        found.append(
            Row(f"parse, twice as much of {mark}", ratio, None, ratio, "<= 3 times", "x", ratio <= 3)
        )
    return found


def _draft(rng: random.Random, chars: int, brackets: int) -> str:
    """Numbered paragraphs with all sorts of brackets; exact in neither figure, close in both."""
    parts: list[str] = []
    size = opened = number = 0
    while size < chars:
        number += 1
        words = [f"{number}."]
        for _ in range(rng.randint(1, 5)):
            due = brackets * size / chars
            words += rng.choices(_WORDS, k=rng.randint(8, 20))
            while opened <= due:
                words.append(place := rng.choice(_OPEN).strip())
                opened += place.count("[")
                due = brackets * (size + 100) / chars
        paragraph = " ".join(words) + "."
        if number % 25 == 0:
            paragraph = f"{number}. Option 1: {paragraph}\n\nOption 2: {paragraph}\n\nOption 3: No text"
        parts.append(paragraph)
        size += len(paragraph) + 2
    return "\n\n".join(parts) + "\n\n* One decision for the whole text.\n"


def _seconds(text: str) -> float:
    took = []
    for _ in range(3):
        start = perf_counter()
        parsed = parse(text)
        took.append(perf_counter() - start)
        assert render(parsed) == text
    return median(took)


def _row(name: str, text: str, limit: float) -> Row:
    took = _seconds(text)
    return Row(name, round(took, 3), None, None, f"<= {limit} s", "s", took <= limit)


if __name__ == "__main__":
    for row in rows():
        print(f"{row.name:60} {row.ours:8.3f} {row.unit}  {row.target:12} {'ok' if row.ok else 'MISSED'}")

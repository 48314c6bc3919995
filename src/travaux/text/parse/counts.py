"""Counts beside the raw ones: open points, options, blanks, who holds what, per provision. No single figure
of progress is made of them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from travaux.text.model import Stance
from travaux.text.parse.parsed import Parsed, Point


@dataclass(frozen=True, slots=True)
class Held:
    """In how many open points a party takes each stance."""

    party: str
    stances: tuple[tuple[Stance, int], ...]
    points: int


@dataclass(frozen=True, slots=True)
class PerProvision:
    """The counts of one provision; `label` is empty before the first one."""

    label: str
    line: int
    decision_points: int
    options: int
    blanks: int
    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """Interpreted counts. `decision_points` are the open places, those of one token counted once, brackets
    around the whole text and blanks without brackets left out; `options` what they put forward; `blanks`
    values to be filled in, with brackets or without; `nested` decision points inside others.
    """

    decision_points: int
    options: int
    blanks: int
    nested: int
    wrappers: int
    macros: int
    kinds: tuple[tuple[str, int], ...]
    held: tuple[Held, ...]
    provisions: tuple[PerProvision, ...]


def counts(parsed: Parsed) -> Counts:
    """The counts of a text that was read."""
    again = {name for macro in parsed.macros for name in macro.brackets[1:]}
    points = [point for point in parsed.points if point.id not in again]
    counted = [point for point in points if point.counted]
    return Counts(
        decision_points=len(counted),
        options=sum(point.options for point in points),
        blanks=sum(point.blanks for point in points),
        nested=sum(_nested(counted)),
        wrappers=sum(point.wrapper for point in points),
        macros=len(parsed.macros),
        kinds=tuple(sorted(Counter(point.kind.value for point in counted).items())),
        held=_held(parsed, points),
        provisions=_provisions(parsed, points),
    )


def _nested(points: list[Point]) -> list[bool]:
    end = -1
    found = []
    for point in points:
        found.append(point.start < end)
        end = max(end, point.end)
    return found


def _held(parsed: Parsed, points: list[Point]) -> tuple[Held, ...]:
    stances: dict[str, Counter[Stance]] = {party: Counter() for party in parsed.parties}
    places: Counter[str] = Counter()
    for point in points:
        said = {(held.party, held.stance) for reading in point.readings for held in reading.stances}
        for party, stance in said:
            stances.setdefault(party, Counter())[stance] += 1
        places.update({party for party, _ in said})
    order = list(Stance)
    return tuple(
        Held(party, tuple(sorted(found.items(), key=lambda item: order.index(item[0]))), places[party])
        for party, found in sorted(stances.items())
    )


def _provisions(parsed: Parsed, points: list[Point]) -> tuple[PerProvision, ...]:
    lines = {provision.label: provision.line for provision in reversed(parsed.provisions)}
    by: dict[str, list[Point]] = {}
    for point in points:
        by.setdefault(point.unit, []).append(point)
    return tuple(
        PerProvision(
            label,
            lines.get(label, found[0].line),
            sum(point.counted for point in found),
            sum(point.options for point in found),
            sum(point.blanks for point in found),
            tuple(sorted({held.party for point in found for r in point.readings for held in r.stances})),
        )
        for label, found in by.items()
        if any(not point.wrapper for point in found)
    )

"""One measure as a plan writes it, and what is the same of several rows: their bodies, their numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from travaux.acts.fault import Fault, Place
from travaux.formats.plans import Bodies
from travaux.formats.plans.bodies import alike
from travaux.secretariat.plans.due import NO_DUE, Due


@dataclass(frozen=True, slots=True)
class Led:
    """The bodies of a row for one party; `party` is empty where the source has one column for all."""

    party: str
    bodies: Bodies


@dataclass(frozen=True, slots=True)
class Planned:
    """One measure as a plan writes it. `place` is its row in the file, `start` and `end` its characters.

    `due` is its deadline, read; `claims` the (party or "", claim, words) of status columns; `evidence` what
    proves it (words, address). `questions` wait for a person, `faults` refuse the row.
    """

    place: str
    n: int
    start: int
    end: int
    number: str
    what: str
    section: tuple[str, ...] = ()
    programme: str = ""
    party: str = ""
    due: Due = NO_DUE
    led: tuple[Led, ...] = ()
    claims: tuple[tuple[str, str, str], ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()
    indicator: str = ""
    baseline: str = ""
    target: str = ""
    source: str = ""
    condition: str = ""
    notes: tuple[str, ...] = ()
    questions: tuple[Fault, ...] = ()
    faults: tuple[Fault, ...] = ()


def led_together(before: tuple[Led, ...], more: tuple[Led, ...]) -> tuple[Led, ...]:
    """Who leads and carries out a row that goes on in another: the first leads, the others join."""
    made = {one.party: one.bodies for one in before}
    for one in more:
        old = made.get(one.party)
        if old is None:
            made[one.party] = one.bodies
            continue
        also = dict.fromkeys(b for b in (*old.also, *one.bodies.every) if b != old.lead)
        made[one.party] = Bodies(old.lead, tuple(also))
    return tuple(Led(party, bodies) for party, bodies in made.items())


def numbered_once(rows: Sequence[Planned], *, by_text: bool) -> Iterator[Planned]:
    """The rows with a fault on each of several that bear one number: which is meant, a person says.

    Where ids are made of the text too (`by_text`), only the same number with the same text is one too many.
    """
    keys = [(r.number, alike(r.what) if by_text else "") if r.number else None for r in rows]
    counted = Counter(keys)
    first: dict[object, str] = {}
    for row, key in zip(rows, keys, strict=True):
        other = first.setdefault(key, row.place)
        if key is None or counted[key] < 2 or other == row.place:
            yield row
            continue
        values = {"number": row.number, "other": other, "n": counted[key]}
        yield replace(row, faults=(*row.faults, Fault("import_plan.number_twice", Place(row.place), values)))

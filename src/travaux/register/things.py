"""Persons, bodies, subjects and instruments: what acts speak of, computed when asked and never stored.

A thing holds the acts it stands on (`Entered`), so every fact keeps its date, its source and who said it;
acts that contradict each other are kept side by side. What may or may not have happened by the day asked is
kept and can be told apart with `travaux.register.dated.perhaps`. Meetings, promises, positions and
sources have modules of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from travaux.acts.base import Act, Deed, Names, Office
from travaux.acts.kinds import (
    Abstain,
    Adopt,
    Approve,
    Bundle,
    Classify,
    Detach,
    EnterIntoForce,
    Introduce,
    Object,
    OpenSilence,
    Publish,
    Ratify,
    Refer,
    Sign,
    Table,
    Withdraw,
)
from travaux.acts.vocabulary import kind_of
from travaux.acts.when import When
from travaux.register.dated import chronological, deeds, last_said, naming
from travaux.register.fold import AsOf, Entered

# What may be said to have happened to an instrument or package, each a separate dated fact.
FACTS: tuple[type[Deed], ...] = (
    Refer, Approve, Object, Abstain, OpenSilence, Adopt, Sign, Ratify, Publish, EnterIntoForce,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """A person: `offices` in the order they were introduced, each with the act that says so."""

    id: str
    offices: tuple[tuple[Office, str], ...]
    said: tuple[Entered[Introduce], ...]


@dataclass(frozen=True, slots=True)
class Body:
    """An organ: its `members` (parties), the body it stands `within`, the one that follows it."""

    id: str
    members: tuple[str, ...]
    within: str
    successor: str
    said: tuple[Entered[Introduce], ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """A matter that is talked about."""

    id: str
    within: str
    said: tuple[Entered[Introduce], ...]


@dataclass(frozen=True, slots=True)
class DatedFact:
    """One thing that happened to an instrument: `what` (the kind of act), where on the ladder, by whom.

    `at` is the level, "" where the kind has none. `signer` is the party or body that did it.
    """

    what: str
    at: str
    signer: str
    act: Entered[Deed]

    @property
    def on(self) -> When:
        """When it happened, as the act says."""
        return self.act.act.on


@dataclass(frozen=True, slots=True)
class Instrument:
    """A text under way or done, or a package of them (then `type` is "package" and `elements` its parts).

    `facts` are all that is said to have happened to it, by date; `tabled` the acts that put it on the table.
    """

    id: str
    type: str
    titles: Names
    number: str
    count: int | None
    derived: tuple[str, ...]
    within: str
    parties: tuple[str, ...]
    elements: tuple[str, ...]
    categories: tuple[str, ...]
    tabled: tuple[Entered[Deed], ...]
    facts: tuple[DatedFact, ...]
    withdrawn: tuple[Entered[Withdraw], ...]

    def differing(self) -> tuple[tuple[DatedFact, ...], ...]:
        """Facts of which the sources differ about the date: same kind, level and doer, other days."""
        groups: defaultdict[tuple[str, str, str], list[DatedFact]] = defaultdict(list)
        for fact in self.facts:
            groups[fact.what, fact.at, fact.signer].append(fact)
        return tuple(tuple(g) for k, g in groups.items() if k[0] != "refer" and len({f.on for f in g}) > 1)


def persons(asof: AsOf) -> tuple[Person, ...]:
    """All persons introduced, by id."""
    return tuple(
        Person(thing, tuple((o, e.id) for e in said for o in e.act.offices), said)
        for thing, said in _introduced(asof, "person")
    )


def bodies(asof: AsOf) -> tuple[Body, ...]:
    """All bodies introduced, by id; the last introduction that says a thing holds."""
    return tuple(
        Body(
            thing,
            last_said(e.act.members for e in said) or (),
            last_said(e.act.within for e in said) or "",
            last_said(e.act.successor for e in said) or "",
            said,
        )
        for thing, said in _introduced(asof, "body")
    )


def subjects(asof: AsOf) -> tuple[Subject, ...]:
    """All subjects introduced, by id."""
    return tuple(
        Subject(thing, last_said(e.act.within for e in said) or "", said)
        for thing, said in _introduced(asof, "subject")
    )


def instruments(asof: AsOf) -> tuple[Instrument, ...]:
    """All instruments tabled, in the order they were first tabled, then all packages."""
    tabled = dict.fromkeys(e.act.instrument for e in chronological(asof.acts(Table)))
    bundled = dict.fromkeys(e.act.package for e in chronological(asof.acts(Bundle)))
    return tuple(i for thing in (*tabled, *bundled) if (i := instrument(asof, thing)))


def instrument(asof: AsOf, thing: str) -> Instrument | None:
    """The instrument or package of that id, or None where no act has put it on the table."""
    acts = asof.about(thing)
    tables = naming(acts, Table, "instrument", thing)
    bundles = naming(acts, Bundle, "package", thing)
    if not tables and not bundles:
        return None
    last = tables[-1].act if tables else None
    return Instrument(
        id=thing,
        type=last.type if last else "package",
        titles=last.titles if last else bundles[-1].act.names,
        number=last_said(e.act.number for e in tables) or "",
        count=last_said(e.act.count for e in tables),
        derived=last_said(e.act.derived for e in tables) or (),
        within=last_said(e.act.within for e in tables) or "",
        parties=last_said(e.act.parties for e in tables) or (),
        elements=_elements(bundles, naming(acts, Detach, "package", thing)),
        categories=tuple(e.act.category for e in naming(acts, Classify, "instrument", thing)),
        tabled=(*tables, *bundles),
        facts=_facts(acts, thing),
        withdrawn=naming(acts, Withdraw, "instrument", thing),
    )


def _introduced(asof: AsOf, what: str) -> list[tuple[str, tuple[Entered[Introduce], ...]]]:
    found: defaultdict[str, list[Entered[Introduce]]] = defaultdict(list)
    for entered in chronological(asof.acts(Introduce)):
        if entered.act.what == what:
            found[entered.act.id].append(entered)
    return [(thing, tuple(found[thing])) for thing in sorted(found)]


def _facts(acts: Iterable[Entered[Act]], thing: str) -> tuple[DatedFact, ...]:
    said = (e for e in deeds(acts, FACTS) if e.act.subject == thing)
    return tuple(DatedFact(kind_of(e.act), _level(e.act), e.actor, e) for e in said)


def _level(act: Deed) -> str:
    return str(act.to) if isinstance(act, Refer) else str(getattr(act, "at", ""))


def _elements(bundles: tuple[Entered[Bundle], ...], detached: tuple[Entered[Detach], ...]) -> tuple[str, ...]:
    """The parts of a package: those of the last bundling, less what left it later."""
    if not bundles:
        return ()
    last = bundles[-1]
    left = {e.act.element for e in detached if e.index > last.index}
    return tuple(e for e in last.act.elements if e not in left)

"""Two editions of a plan side by side: what moved, was dropped, added, reworded or given to another lead,
and what only looks changed (names of bodies, numbering, spacing, the form of a date)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Mapping as Table
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from travaux.secretariat.plans.likeness import Bodies, plain_text
from travaux.secretariat.plans.matching import Pair, Paired, pair

Decided = Callable[["Change"], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Promise:
    """One measure as an edition, or the register, has it: `due` is its deadline without the words it was
    written in, `last` the last day of it, `lead` and `also` names of bodies."""

    place: str
    measure: str
    number: str
    what: str
    due: str = ""
    last: date | None = None
    words: str = ""
    lead: str = ""
    also: tuple[str, ...] = ()
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What differs in substance. `sort`: moved, dropped, added, merged, split, reworded, lead, bodies or
    indicator. `last` is the last day of the new deadline.

    `days` says by how much a date moved, where both are dates. `decided` are the acts of the register that
    cover it; without one it is a change without a decision.
    """

    sort: str
    measure: str
    number: str
    what: str
    old: str = ""
    new: str = ""
    old_place: str = ""
    new_place: str = ""
    days: int | None = None
    decided: tuple[str, ...] = ()
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two rows that may be one measure, under another number and in other words: a person says."""

    old: Promise
    new: Promise
    likeness: int


@dataclass(frozen=True, slots=True)
class Compared:
    """All that came of a comparison. `form` counts what only looks changed, by what it is; `renamed` are
    bodies that go by another name throughout. `pairs` are (old, new) rows of one measure, `joined` the old
    rows and the new ones that they were merged or split into."""

    changes: tuple[Change, ...]
    doubts: tuple[Doubt, ...]
    form: Table[str, int]
    renamed: Table[str, str]
    pairs: tuple[tuple[Promise, Promise], ...]
    same: int = 0
    joined: tuple[tuple[tuple[Promise, ...], tuple[Promise, ...]], ...] = ()

    @property
    def undecided(self) -> tuple[Change, ...]:
        """Changes without a decision."""
        return tuple(c for c in self.changes if not c.decided)


@dataclass(slots=True)
class _Work:
    bodies: Bodies
    form: Counter[str] = field(default_factory=Counter)
    changes: list[Change] = field(default_factory=list)


def compare(old: Sequence[Promise], new: Sequence[Promise], bodies: Bodies, decided: Decided) -> Compared:
    """What became of each measure of `old` in `new`. `bodies` knows which names are one body's, `decided`
    finds the acts of the register that cover a change."""
    paired = pair(old, new)
    pairs = [(old[p.old], new[p.new]) for p in paired.pairs]
    renamed = bodies.renamed(
        [(a.lead, b.lead) for a, b in pairs],
        {n for p in old for n in (p.lead, *p.also)},
        {n for p in new for n in (p.lead, *p.also)},
    )
    work = _Work(replace(bodies, also_same={**bodies.also_same, **renamed}))
    same = 0
    for (before, after), how in zip(pairs, paired.pairs, strict=True):
        count = len(work.changes)
        _differences(before, after, how, work)
        same += len(work.changes) == count
    work.changes += [
        Change(
            "dropped",
            old[i].measure,
            old[i].number,
            old[i].what,
            old=old[i].words or old[i].due,
            old_place=old[i].place,
        )
        for i in paired.dropped
    ]
    work.changes += [
        Change(
            "added",
            new[i].measure,
            new[i].number,
            new[i].what,
            new=new[i].words or new[i].due,
            new_place=new[i].place,
        )
        for i in paired.added
    ]
    work.changes += _joined(old, new, paired)
    if _reordered([p.old for p in sorted(paired.pairs, key=lambda p: p.new)]):
        work.form["order"] += 1
    doubts = tuple(Doubt(old[i], new[j], score) for i, j, score in paired.doubts)
    changes = tuple(replace(c, decided=decided(c)) for c in work.changes)
    joined = (
        *((tuple(old[i] for i in parts), (new[j],)) for parts, j in paired.merged),
        *(((old[i],), tuple(new[j] for j in parts)) for parts, i in paired.split),
    )
    return Compared(changes, doubts, dict(work.form), renamed, tuple(pairs), same, joined)


def _joined(old: Sequence[Promise], new: Sequence[Promise], paired: Paired) -> Iterator[Change]:
    """Rows merged into one, and rows split; the dates stand beside the texts."""
    for parts, whole in paired.merged:
        was, now = [old[i] for i in parts], new[whole]
        yield Change(
            "merged", "", now.number, now.what, _listed(was), _listed([now]), was[0].place, now.place,
            last=now.last,
        )  # fmt: skip
    for parts, whole in paired.split:
        before, made = old[whole], [new[j] for j in parts]
        yield Change(
            "split", before.measure, before.number, before.what, _listed([before]), _listed(made),
            before.place, made[0].place,
        )  # fmt: skip


def _listed(rows: Sequence[Promise]) -> str:
    return "; ".join(
        " ".join(filter(None, (r.number, r.what, f"({r.words or r.due})" if r.words or r.due else "")))
        for r in rows
    )


def _reordered(order: Sequence[int]) -> bool:
    return any(b < a for a, b in pairwise(order))


def _differences(old: Promise, new: Promise, how: Pair, work: _Work) -> None:
    del how

    def change(sort: str, was: str, now: str, days: int | None = None) -> None:
        measure = old.measure or new.measure
        work.changes.append(
            Change(
                sort,
                measure,
                new.number or old.number,
                new.what,
                was,
                now,
                old.place,
                new.place,
                days,
                last=new.last,
            )
        )

    if old.number != new.number:
        work.form["number"] += 1
    if plain_text(old.what) != plain_text(new.what):
        change("reworded", old.what, new.what)
    elif old.what != new.what:
        work.form["typography"] += 1
    _dates(old, new, change, work)
    _bodies(old, new, change, work)
    if plain_text(old.indicator) != plain_text(new.indicator):
        change("indicator", old.indicator, new.indicator)
    elif old.indicator != new.indicator:
        work.form["typography"] += 1


def _dates(old: Promise, new: Promise, change: Callable[..., None], work: _Work) -> None:
    one, two = old.due or plain_text(old.words), new.due or plain_text(new.words)
    if one != two and not (old.due and new.due and old.last and old.last == new.last and _precise(old, new)):
        days = (new.last - old.last).days if old.last and new.last else None
        change("moved", old.words or old.due, new.words or new.due, days)
    elif old.words and new.words and plain_text(old.words) != plain_text(new.words):
        work.form["date"] += 1


def _precise(old: Promise, new: Promise) -> bool:
    """Whether both deadlines end on one day and neither says more than that: “by 31 December”, “31.12”."""
    return old.due.split("/")[-1] == new.due.split("/")[-1]


def _bodies(old: Promise, new: Promise, change: Callable[..., None], work: _Work) -> None:
    same = work.bodies.same
    if bool(old.lead) != bool(new.lead) or (old.lead and not same(old.lead, new.lead)):
        change("lead", old.lead, new.lead)
    elif old.lead != new.lead:
        work.form["body"] += 1
    lost = [a for a in old.also if not any(same(a, b) for b in (*new.also, new.lead) if b)]
    come = [b for b in new.also if not any(same(a, b) for a in (*old.also, old.lead) if a)]
    if lost or come:
        change("bodies", "; ".join(old.also), "; ".join(new.also))
    elif old.also != new.also:
        work.form["body"] += 1


def by_sort(changes: Iterable[Change]) -> dict[str, int]:
    """How many changes of each sort."""
    return dict(Counter(c.sort for c in changes))

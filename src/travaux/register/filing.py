"""What the ladder and the rules look up at every act, filed once per register: ids, and steps by thing.

The files are derived from the acts and grow with the register; an `AsOf` reads them through its own size,
day and corrections (`AsOf.act`). They are a memory of work done, never a state of their own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final

from travaux.acts import kinds as k
from travaux.acts.base import Act
from travaux.acts.when import Past
from travaux.register.fold import AsOf, Entered, Register

# The groups that steps are filed by: what moves a thing, words said on it, what is held against it …
MOVES: Final = "moves"
WORDS: Final = "words"
HOLDS: Final = "holds"
SILENCES: Final = "silences"
CLASSES: Final = "classes"
MEETS: Final = "meets"
AFTER: Final = "after"
STATEMENTS: Final = "statements"
POSITIONS: Final = "positions"
BUNDLES: Final = "bundles"
WORDING: Final = "wording"
_SLIP: Final = 2
_LOCK: Final = Lock()
_GROUPS: Final[dict[type[Act], str]] = {
    k.Table: MOVES, k.Withdraw: MOVES, k.Refer: MOVES, k.Adopt: MOVES, k.Bundle: MOVES, k.Detach: MOVES,
    k.Approve: WORDS, k.Object: WORDS, k.Abstain: WORDS, k.Reserve: HOLDS, k.Lift: HOLDS,
    k.OpenSilence: SILENCES, k.Classify: CLASSES, k.Meet: MEETS,
    k.Sign: AFTER, k.Ratify: AFTER, k.EnterIntoForce: AFTER,
    k.State: STATEMENTS, k.TakePosition: POSITIONS, k.Propose: WORDING, k.Settle: WORDING,
}  # fmt: skip


@dataclass(slots=True)
class Filed:
    """`ids`: for each id, the acts that declare it; `steps`: for each group and thing, the acts on it.

    Both hold acts as first recorded, in log order. `sorts` is the sort that the first of `ids` gives,
    `shapes` the ids by first letter and length, `amended` for each instrument the indexes at which words
    proposed or settled in it were corrected.
    """

    size: int = 0
    sorts: dict[str, str] = field(default_factory=dict)
    shapes: defaultdict[tuple[str, int], list[str]] = field(default_factory=lambda: defaultdict(list))
    ids: defaultdict[str, list[Entered[Any]]] = field(default_factory=lambda: defaultdict(list))
    amended: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    steps: defaultdict[tuple[str, str], list[Entered[Any]]] = field(default_factory=lambda: defaultdict(list))


def filed(asof: AsOf) -> Filed:
    """The files of the register behind `asof`, brought up to its size."""
    register = asof._register
    kept: Filed = register._filed
    if kept is not None and kept.size == len(register._acts):
        return kept
    with _LOCK:
        kept = register._filed = register._filed or Filed()
        acts = register._acts
        while kept.size < len(acts):
            _file(kept, register, acts[kept.size])
            kept.size += 1
    return kept


def steps(
    asof: AsOf, group: str, thing: str, *, newest: bool = False, performed: bool = True
) -> Iterator[Entered[Any]]:
    """The acts of a group on `thing` that had happened for certain, in log order or the `newest` first.

    Performed acts, or only reported ones; corrections applied.
    """
    kept = filed(asof).steps.get((group, thing))
    return _shown(asof, thing, kept, newest, performed) if kept else iter(())


def _shown(
    asof: AsOf, thing: str, kept: list[Entered[Any]], newest: bool, performed: bool
) -> Iterator[Entered[Any]]:
    corrected, size, day = asof._register._corrections, asof.recorded, asof.on
    for first in reversed(kept) if newest else kept:
        if first.index >= size:
            continue
        entered: Entered[Any] | None = first
        if first.id in corrected:
            entered = asof.act(first.id)
            if entered is None or thing not in moved_by(entered.act):
                continue  # at this size, or by its correction, it is about another thing
        if (entered.act.basis is None) is performed and (  # type: ignore[union-attr]
            day is None or entered.act.on.past(day) is Past.YES  # type: ignore[union-attr]
        ):
            yield entered  # type: ignore[misc]


def sort_of(asof: AsOf, thing: str) -> str:
    """What sort of thing an id names (party, body, instrument …), or "" where nothing has declared it."""
    kept = filed(asof)
    declared = kept.ids.get(thing)
    if not declared or declared[0].index >= asof.recorded:
        return next((sort for sort, _ in declarations(asof, thing)), "") if declared else ""
    if declared[0].id in asof._register._corrections:
        return next((sort for sort, _ in declarations(asof, thing)), "")
    return kept.sorts[thing]


def declarations(asof: AsOf, thing: str) -> Iterator[tuple[str, Entered[Any]]]:
    """The acts that declare `thing`, in log order, each with the sort it gives."""
    for first in filed(asof).ids.get(thing, ()):
        entered = asof.act(first.id)
        if entered is not None:
            sort = next((s for s, declared in declared_by(entered.act) if declared == thing), "")
            if sort:
                yield sort, entered


def amended(asof: AsOf, instrument: str) -> int:
    """The index of the last correction of words proposed or settled in `instrument`, or -1."""
    indexes = filed(asof).amended.get(instrument, ())
    return next((n for n in reversed(indexes) if n < asof.recorded), -1)


def alike(asof: AsOf, thing: str) -> list[str]:
    """Declared ids with the first letter of `thing` and about its length, among which to look for a slip."""
    shapes = filed(asof).shapes
    lengths = range(max(1, len(thing) - _SLIP), len(thing) + _SLIP + 1)
    found = (i for n in lengths for i in shapes.get((thing[:1], n), ()))
    return [i for i in found if sort_of(asof, i)]


def declared_by(act: Act) -> tuple[tuple[str, str], ...]:
    """(sort, id) of everything that an act declares."""
    declare = _DECLARES.get(type(act))
    return declare(act) if declare else ()


def _founded(act: k.Found) -> tuple[tuple[str, str], ...]:
    parties = tuple(("party", p.id) for p in act.parties if p.id != act.keeper)
    return (*parties, ("keeper", act.keeper)) if act.keeper else parties


_DECLARES: Final[dict[type[Act], Callable[[Any], tuple[tuple[str, str], ...]]]] = {
    k.Found: _founded,
    k.Admit: lambda act: (("party", act.party.id),),
    k.Introduce: lambda act: ((act.what, act.id),),
    k.Table: lambda act: (("instrument", act.instrument),),
    k.Bundle: lambda act: (("package", act.package),),
    k.Convene: lambda act: (("meeting", act.meeting),),
    k.Meet: lambda act: (("meeting", act.meeting),),
    k.Undertake: lambda act: (("measure", act.measure),),
    k.Cite: lambda act: (("source", act.id),),
}


def _file(kept: Filed, register: Register, entered: Entered[Act]) -> None:
    act, first = entered.act, entered
    if isinstance(act, k.Correct):
        corrected = register._by_id.get(act.corrects)
        if corrected is not None and _GROUPS.get(type(corrected.act)) == WORDING:
            for text in dict.fromkeys(
                (*moved_by(corrected.act), *(moved_by(act.instead) if act.instead else ()))
            ):
                kept.amended[text].append(entered.index)
        if corrected is None or act.instead is None:
            return
        act, first = act.instead, corrected
    for sort, thing in declared_by(act):
        if not any(e is first for e in kept.ids[thing][-1:]):
            kept.ids[thing].append(first)
        if kept.ids[thing][0] is entered:
            kept.sorts[thing] = sort
        if len(kept.ids[thing]) == 1:
            kept.shapes[thing[:1], len(thing)].append(thing)
    group = _GROUPS.get(type(act))
    if group:
        for thing in moved_by(act):
            _insert(kept.steps[group, thing], first)
            if isinstance(act, k.Bundle | k.Detach):
                _insert(kept.steps[BUNDLES, thing], first)


def _insert(steps: list[Entered[Any]], first: Entered[Any]) -> None:
    """In log order, once; a corrected act may come late to a thing that only its new version names."""
    if not steps or steps[-1].index < first.index:
        steps.append(first)
        return
    at = bisect_left(steps, first.index, key=lambda e: e.index)
    if at == len(steps) or steps[at].index != first.index:
        steps.insert(at, first)


def moved_by(act: Act) -> tuple[str, ...]:
    """The things that a step is a step of."""
    match act:
        case k.Table() | k.Withdraw() | k.Classify() | k.Propose() | k.Settle():
            return (act.instrument,)
        case k.Bundle():
            return (act.package, *act.elements)
        case k.Detach():
            return (act.package, act.element)
        case k.Meet():
            return (act.meeting,)
        case k.State() if not act.subject:
            return ()
        case _:
            return (act.subject,)  # type: ignore[attr-defined]

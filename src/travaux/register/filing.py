"""What the ladder and the rules look up at every act, filed once per register: ids, and steps by thing.

The files are derived from the acts and grow with the register; an `AsOf` reads them through its own size,
day and corrections (`AsOf.act`). They are a memory of work done, never a state of their own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final
from weakref import WeakKeyDictionary

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
_GROUPS: Final[dict[type[Act], str]] = {
    k.Table: MOVES, k.Withdraw: MOVES, k.Refer: MOVES, k.Adopt: MOVES, k.Bundle: MOVES, k.Detach: MOVES,
    k.Approve: WORDS, k.Object: WORDS, k.Abstain: WORDS, k.Reserve: HOLDS, k.Lift: HOLDS,
    k.OpenSilence: SILENCES, k.Classify: CLASSES, k.Meet: MEETS,
    k.Sign: AFTER, k.Ratify: AFTER, k.EnterIntoForce: AFTER,
    k.State: STATEMENTS, k.TakePosition: POSITIONS,
}  # fmt: skip


@dataclass(slots=True)
class Filed:
    """`ids`: for each id, the acts that declare it; `steps`: for each group and thing, the acts on it.

    Both hold acts as first recorded, in log order.
    """

    size: int = 0
    ids: defaultdict[str, list[Entered[Any]]] = field(default_factory=lambda: defaultdict(list))
    steps: defaultdict[tuple[str, str], list[Entered[Any]]] = field(default_factory=lambda: defaultdict(list))
    lock: Lock = field(default_factory=Lock)


_FILED: WeakKeyDictionary[Register, Filed] = WeakKeyDictionary()


def filed(asof: AsOf) -> Filed:
    """The files of the register behind `asof`, brought up to its size."""
    register = asof._register
    kept = _FILED.get(register)
    if kept is None:
        kept = _FILED.setdefault(register, Filed())
    if kept.size < asof.recorded:
        with kept.lock:
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
    kept = filed(asof).steps.get((group, thing), ())
    corrected = asof._register._corrections
    for first in reversed(kept) if newest else kept:
        entered: Entered[Any] | None = asof.act(first.id)
        if entered is None or entered.performed is not performed:
            continue
        if first.id in corrected and thing not in moved_by(entered.act):
            continue  # at this size, or by its correction, it is about another thing
        if asof.on is None or entered.act.on.past(asof.on) is Past.YES:
            yield entered


def sort_of(asof: AsOf, thing: str) -> str:
    """What sort of thing an id names (party, body, instrument …), or "" where nothing has declared it."""
    return next((sort for sort, _ in declarations(asof, thing)), "")


def declarations(asof: AsOf, thing: str) -> Iterator[tuple[str, Entered[Any]]]:
    """The acts that declare `thing`, in log order, each with the sort it gives."""
    for first in filed(asof).ids.get(thing, ()):
        entered = asof.act(first.id)
        if entered is not None:
            sort = next((s for s, declared in declared_by(entered.act) if declared == thing), "")
            if sort:
                yield sort, entered


def known_ids(asof: AsOf) -> tuple[str, ...]:
    """Every id that some act declares, for suggesting the nearest one; what was struck may be among them."""
    return tuple(filed(asof).ids)


def declared_by(act: Act) -> tuple[tuple[str, str], ...]:
    """(sort, id) of everything that an act declares."""
    match act:
        case k.Found():
            parties = tuple(("party", p.id) for p in act.parties if p.id != act.keeper)
            return (*parties, ("keeper", act.keeper)) if act.keeper else parties
        case k.Admit():
            return (("party", act.party.id),)
        case k.Introduce():
            return ((act.what, act.id),)
        case k.Table():
            return (("instrument", act.instrument),)
        case k.Bundle():
            return (("package", act.package),)
        case k.Convene() | k.Meet():
            return (("meeting", act.meeting),)
        case k.Undertake():
            return (("measure", act.measure),)
        case k.Cite():
            return (("source", act.id),)
        case _:
            return ()


def _file(kept: Filed, register: Register, entered: Entered[Act]) -> None:
    act, first = entered.act, entered
    if isinstance(act, k.Correct):
        corrected = register._by_id.get(act.corrects)
        if corrected is None or act.instead is None:
            return
        act, first = act.instead, corrected
    for _, thing in declared_by(act):
        if not any(e is first for e in kept.ids[thing][-1:]):
            kept.ids[thing].append(first)
    group = _GROUPS.get(type(act))
    if group:
        for thing in moved_by(act):
            _insert(kept.steps[group, thing], first)


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
        case k.Table() | k.Withdraw() | k.Classify():
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

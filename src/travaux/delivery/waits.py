"""Who waits for whom: chains and circles over the links between measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wait:
    """`measure` waits for `on`, by a link of `sort` (requires or condition)."""

    measure: str
    on: str
    sort: str


@dataclass(frozen=True, slots=True)
class Circle:
    """Measures that wait for each other, sorted; `parties` are those who owe them, `waits` the links."""

    measures: tuple[str, ...]
    parties: tuple[str, ...]
    waits: tuple[Wait, ...]

    @property
    def mutual(self) -> bool:
        """True where it crosses parties: each side waits for the other."""
        return len(self.parties) > 1


def circles(waits: Iterable[Wait], owing: Mapping[str, Iterable[str]]) -> tuple[Circle, ...]:
    """The strongly connected components that hold a circle; `owing` names the parties of each measure.

    Waits that have come about are left out by the caller. Linear in the number of waits (Tarjan, 1972, with a
    stack of its own: chains may be long).
    """
    links = sorted(set(waits), key=lambda w: (w.measure, w.on, w.sort))
    after: dict[str, list[str]] = {}
    for wait in links:
        after.setdefault(wait.measure, []).append(wait.on)
        after.setdefault(wait.on, [])
    components = list(_components(after))
    place = {measure: n for n, component in enumerate(components) for measure in component}
    inside: dict[int, list[Wait]] = {}
    for wait in links:
        if place[wait.measure] == place[wait.on]:
            inside.setdefault(place[wait.measure], []).append(wait)
    found = []
    for n, held in inside.items():
        component = components[n]
        parties = sorted({p for m in component for p in owing.get(m, ())})
        found.append(Circle(tuple(sorted(component)), tuple(parties), tuple(held)))
    return tuple(sorted(found, key=lambda c: c.measures))


def _components(after: Mapping[str, list[str]]) -> list[set[str]]:
    """The strongly connected components of a graph given by its successors."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    held: list[str] = []
    on_hold: set[str] = set()
    found: list[set[str]] = []
    for root in sorted(after):
        if root in index:
            continue
        work = [(root, 0)]
        while work:
            node, at = work.pop()
            if at == 0:
                index[node] = low[node] = len(index)
                held.append(node)
                on_hold.add(node)
            following = after[node]
            if at:
                low[node] = min(low[node], low[following[at - 1]])
            while at < len(following) and following[at] in index:
                if following[at] in on_hold:
                    low[node] = min(low[node], index[following[at]])
                at += 1
            if at < len(following):
                work += [(node, at + 1), (following[at], 0)]
            elif low[node] == index[node]:
                found.append(_taken(node, held, on_hold))
    return found


def _taken(root: str, held: list[str], on_hold: set[str]) -> set[str]:
    component: set[str] = set()
    while root not in component:
        node = held.pop()
        on_hold.discard(node)
        component.add(node)
    return component

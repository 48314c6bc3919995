"""Paragraphs that belong together: pairs, and those that one paragraph was split into or several made one."""

from __future__ import annotations

from dataclasses import dataclass, field

from rapidfuzz.distance import LCSseq

from travaux.text.compare.lexicon import Side
from travaux.text.compare.pairing import Pairing

_LEAST, _SHARE = 4, 0.55


@dataclass(slots=True)
class Group:
    """Neighbouring paragraphs of each side (from 0); one side is empty for what is new or gone."""

    old: list[int] = field(default_factory=list)
    new: list[int] = field(default_factory=list)
    moved: bool = False


def groups(old: Side, new: Side, pairing: Pairing) -> list[Group]:
    """All groups: those with new paragraphs in their order, then the old ones that are gone."""
    by_old: dict[int, Group] = {}
    by_new: dict[int, Group] = {}
    for j, i in enumerate(pairing.partner):
        if i is not None:
            by_old[i] = by_new[j] = Group([i], [j], j in pairing.moved)
    for j in range(len(pairing.partner)):
        if j not in by_new and (home := _home(new, old, j, by_new, "new")):
            by_new[j] = home
    for i in range(len(old.draft.paragraphs)):
        if i not in by_old and (home := _home(old, new, i, by_old, "old")):
            by_old[i] = home
    listed = [by_new.get(j) or Group(new=[j]) for j in range(len(pairing.partner))]
    gone = [Group(old=[i]) for i in range(len(old.draft.paragraphs)) if i not in by_old]
    return [*{id(group): group for group in listed}.values(), *gone]


def _home(side: Side, other: Side, k: int, known: dict[int, Group], name: str) -> Group | None:
    """The group of a neighbour whose paragraph on the other side holds most of the words of `k` as well."""
    if side.draft.paragraphs[k].id or len(side.draft.content(k)) < 2 * _LEAST:
        return None
    for neighbour in (k - 1, k + 1):
        group = known.get(neighbour)
        if group is None:
            continue
        mine, theirs = (group.new, group.old) if name == "new" else (group.old, group.new)
        if len(theirs) == 1 and _holds(side, other, k, mine, theirs[0]):
            mine.append(k)
            mine.sort()
            return group
    return None


def _holds(side: Side, other: Side, k: int, mine: list[int], whole: int) -> bool:
    if side.draft.content(mine[0]) == other.draft.content(whole):
        return False
    code, parts = other.code(whole), {n: side.code(n) for n in [*mine, k]}
    if len(parts[k]) < _LEAST or len(code) < len(parts[k]):
        return False
    before = LCSseq.similarity(code, "".join(parts[n] for n in sorted(mine)))
    if len(code) - before < _SHARE * len(parts[k]):
        return False
    after = LCSseq.similarity(code, "".join(parts[n] for n in sorted(parts)))
    return after - before >= _SHARE * len(parts[k])

"""What changed in a rolling text between two moments, each change owed to the act that made it.

The words that a text prints (agreed or in brackets) are compared before and after every act, so that what the
acts added and removed is, in sum, exactly the difference between the two texts. An act that was recorded late
or corrected since is counted by what it does now, less what it did then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from rapidfuzz.distance import LCSseq

from travaux.register.drafts import Words
from travaux.register.fold import AsOf, Entered
from travaux.register.wording import Step, steps
from travaux.text.live import Sheet
from travaux.text.model import brackets
from travaux.text.render import unattributed
from travaux.text.rolling import Rolling
from travaux.text.tokens import Tokens, tokenize

_MARKS = ("[", "]")


@dataclass(frozen=True, slots=True)
class Change:
    """What one act did to a unit in one language: stretches of words `added` and `removed`, brackets opened
    and closed. `moved` says that the unit stands elsewhere since. `undone` marks what an act had done and
    does no more, because it was corrected or something recorded late came before it.
    """

    entered: Entered[Any]
    unit: str
    lang: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    moved: bool = False
    undone: bool = False


def changes_by_act(
    before: AsOf, after: AsOf, instrument: str, words: Words | None = None
) -> tuple[Change, ...]:
    """What changed from one moment to the other, in log order of the acts; empty where nothing did.

    The acts of `before` that still do the same are left out. Stances change no words: an act that only took
    a stance is listed without added or removed words when the text is otherwise as it was.
    """
    old, new = list(steps(before, instrument, words)), list(steps(after, instrument, words))
    same = sum(1 for _ in takewhile(lambda pair: _alike(*pair), zip(old, new, strict=False)))
    done = [change for step in new[same:] for change in changes_of(step)]
    gone = [reversed_change(change) for step in old[same:] for change in changes_of(step)]
    return tuple(_without_cancelled([*gone, *done]))


def changes_of(step: Step) -> Iterator[Change]:
    """What one act did, unit by unit; where it changed no text, the units it was about."""
    order_before, order_after = step.before.ordered(), step.after.ordered()
    moved = _moved(order_before, order_after)
    named: set[str] = set()
    for unit, lang, sheet in step.after.sheets():
        was = step.before.sheet(unit, lang)
        if sheet is was and unit not in moved:
            continue
        named.add(unit)
        yield _change(step.entered, unit, lang, was, sheet, unit in moved)
    for unit in order_after:
        if unit not in named and step.after.provisions[unit] is not step.before.provisions.get(unit):
            yield Change(step.entered, unit, "")


def reversed_change(change: Change) -> Change:
    """The change taken back."""
    return Change(
        change.entered, change.unit, change.lang, change.removed, change.added, change.closed, change.opened,
        change.moved, undone=True,
    )  # fmt: skip


def printed(rolling: Rolling, lang: str) -> Counter[str]:
    """How often each word stands in the text of one language, brackets included."""
    found: Counter[str] = Counter()
    for _, at, sheet in rolling.sheets():
        if at == lang:
            found.update(_keys(sheet))
    return found


def _change(
    entered: Entered[Any], unit: str, lang: str, was: Sheet | None, now: Sheet, moved: bool
) -> Change:
    added, removed = _difference(_tokens(was), _tokens(now))
    ids = [{b.id for b in brackets(sheet.tree)} if sheet else set() for sheet in (was, now)]
    return Change(
        entered,
        unit,
        lang,
        added,
        removed,
        tuple(sorted(ids[1] - ids[0])),
        tuple(sorted(ids[0] - ids[1])),
        moved,
    )


def _tokens(sheet: Sheet | None) -> Tokens:
    return tokenize("" if sheet is None else unattributed(sheet.tree))


def _keys(sheet: Sheet | None) -> tuple[str, ...]:
    return tuple(k for k in _tokens(sheet).keys if k not in _MARKS)


def _difference(old: Tokens, new: Tokens) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Stretches added and removed, compared by keys, in words as written; marks of brackets are no words."""
    numbers: dict[str, int] = {}
    one, two = ([numbers.setdefault(key, len(numbers)) for key in tokens.keys] for tokens in (old, new))
    added, removed = [], []
    for code in LCSseq.opcodes(one, two):
        if code.tag != "equal":
            removed.append(_stretch(old, code.src_start, code.src_end))
            added.append(_stretch(new, code.dest_start, code.dest_end))
    return tuple(filter(None, added)), tuple(filter(None, removed))


def _stretch(tokens: Tokens, start: int, end: int) -> str:
    parts = []
    for gap, surface in zip(tokens.gaps[start:end], tokens.surfaces[start:end], strict=True):
        parts.append(" " if surface in _MARKS else gap + surface)
    return "".join(parts).strip()


def _moved(before: tuple[str, ...], after: tuple[str, ...]) -> frozenset[str]:
    """The fewest units that had to move to get from one order to the other."""
    known = set(before) & set(after)
    old, new = [u for u in before if u in known], [u for u in after if u in known]
    if old == new:
        return frozenset()
    numbers = {unit: n for n, unit in enumerate(old)}
    blocks = LCSseq.editops(list(range(len(old))), [numbers[u] for u in new]).as_matching_blocks()
    stayed = {old[b.a + k] for b in blocks for k in range(b.size)}
    return frozenset(known - stayed)


def _alike(one: Step, other: Step) -> bool:
    return one.entered.id == other.entered.id and one.entered.act == other.entered.act


def _without_cancelled(listed: list[Change]) -> Iterator[Change]:
    """Changes that an act did then and does now in the same way say nothing of the difference."""
    done = Counter(_gist(c) for c in listed if not c.undone)
    undone = Counter(_gist(reversed_change(c)) for c in listed if c.undone)
    both: dict[Any, int] = dict(done & undone)
    left = {True: dict(both), False: dict(both)}
    for change in listed:
        gist = _gist(reversed_change(change) if change.undone else change)
        if left[change.undone].get(gist, 0):
            left[change.undone][gist] -= 1
        else:
            yield change


def _gist(change: Change) -> Any:
    return (
        change.entered.id, change.unit, change.lang, change.added, change.removed, change.opened,
        change.closed, change.moved,
    )  # fmt: skip

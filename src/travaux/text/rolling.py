"""The rolling text of an instrument: its units in order, each with a sheet per language, and what links them.

Units have permanent ids; numbers are labels that follow from the order. A unit that was inserted takes the
number of the unit before it with "bis", "ter" and so on, so that no other number changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from travaux.acts.fault import Fault, Refused, refused
from travaux.text.live import Sheet, pick
from travaux.text.model import Bracket, Coupling, Macro, Text, Unit, brackets
from travaux.text.paths import plain
from travaux.text.settling import Level, settled

_LATIN = ("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies")
TOGETHER, EXCLUSIVE, SAME = "together", "exclusive", "same"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the order of units: `under` a unit ("": at the top), `after` a sister ("": the first)."""

    under: str
    after: str
    act: str = ""


@dataclass(frozen=True, slots=True)
class Provision:
    """One unit: where it stands (`spot` None: at the end), its sheets, and where each party wants it.

    `inserted` marks one that was proposed into a text already there; `acts` are all that were about it.
    """

    id: str
    act: str
    spot: Spot | None = None
    inserted: bool = False
    sheets: Mapping[str, Sheet] = field(default_factory=dict)
    wanted: Mapping[str, Spot] = field(default_factory=dict)
    acts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coupled:
    """Brackets that an act has coupled: ``together``, ``exclusive`` or ``same``."""

    act: str
    sort: str
    brackets: tuple[str, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """An act that names what the text does not hold as of then; it stays on the record, without effect."""

    act: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class Rolling:
    """`provisions` in the order they came; `where` tells the unit and language of every bracket ever open."""

    instrument: str
    provisions: Mapping[str, Provision] = field(default_factory=dict)
    couplings: tuple[Coupled, ...] = ()
    where: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    unplaced: tuple[Unplaced, ...] = ()
    acts: tuple[str, ...] = ()

    def sheet(self, unit: str, lang: str) -> Sheet | None:
        """The text of a unit in a language."""
        provision = self.provisions.get(unit)
        return None if provision is None else provision.sheets.get(lang)

    def locate(self, bracket: str) -> tuple[str, str, Bracket] | None:
        """Unit, language and bracket of an id (or of what has taken its place); None where none is open."""
        unit, lang = self.where.get(bracket, ("", ""))
        sheet = self.sheet(unit, lang)
        found = None if sheet is None else sheet.bracket(bracket)
        return None if found is None else (unit, lang, found)

    def sheets(self) -> Iterator[tuple[str, str, Sheet]]:
        """Unit, language and sheet, in the order of the text."""
        for unit in self.ordered():
            for lang, sheet in sorted(self.provisions[unit].sheets.items()):
                yield unit, lang, sheet

    def languages(self) -> tuple[str, ...]:
        """The languages there is any text in."""
        return tuple(sorted({lang for p in self.provisions.values() for lang in p.sheets}))

    def ordered(self) -> tuple[str, ...]:
        """The ids of all units in the order of the text, parents before children."""
        return tuple(unit for unit, _ in self.labelled())

    def labelled(self) -> tuple[tuple[str, str], ...]:
        """(id, label) of all units in the order of the text."""
        return tuple(_labelled(_children(self.provisions), self.provisions))

    def units(self, text: Callable[[Sheet], Text] = Sheet.text) -> tuple[Unit, ...]:
        """The tree of units with their texts; `text` says which text of a sheet is wanted."""
        children, labels = _children(self.provisions), dict(self.labelled())

        def made(unit: str) -> Unit:
            sheets = self.provisions[unit].sheets
            texts = tuple((lang, text(sheets[lang])) for lang in sorted(sheets))
            return Unit(unit, labels[unit], texts, tuple(made(c) for c in children.get(unit, ())))

        return tuple(made(unit) for unit in children.get("", ()))

    def links(self) -> tuple[tuple[Coupling, ...], tuple[Macro, ...]]:
        """The couplings, and the decisions that stand in several places."""
        apart = (c for c in self.couplings if c.sort != SAME)
        couplings = tuple(Coupling(c.brackets, c.sort == EXCLUSIVE, c.why) for c in apart)
        return couplings, tuple(Macro(c.act, c.brackets) for c in self.couplings if c.sort == SAME)

    def same(self, bracket: str) -> tuple[str, ...]:
        """The open brackets that are one decision with this one, itself first."""
        found = [bracket]
        for coupled in self.couplings:
            now = [b[2].id for name in coupled.brackets if (b := self.locate(name))]
            if coupled.sort == SAME and bracket in now:
                found += now
        return tuple(dict.fromkeys(found))

    def coupled(self, bracket: str) -> tuple[Coupled, ...]:
        """The couplings in which a bracket, open or not, takes part."""
        return tuple(c for c in self.couplings if bracket in c.brackets)


def changed(rolling: Rolling, unit: str, lang: str, sheet: Sheet) -> Rolling:
    """`rolling` with another sheet in a unit that it has."""
    provision = rolling.provisions[unit]
    made = replace(provision, sheets={**provision.sheets, lang: sheet})
    new = {b.id: (unit, lang) for b in brackets(sheet.tree) if b.id not in rolling.where}
    where = {**rolling.where, **new} if new else rolling.where
    return replace(rolling, provisions={**rolling.provisions, unit: made}, where=where)


def with_unit(rolling: Rolling, unit: str, act: str, spot: Spot | None, inserted: bool) -> Rolling:
    """`rolling` with the unit, which is new where it was not there."""
    if unit in rolling.provisions:
        return rolling
    made = Provision(unit, act, spot, inserted)
    return replace(rolling, provisions={**rolling.provisions, unit: made})


def everywhere(
    rolling: Rolling, bracket: str, option: str, change: Callable[[Sheet, str, str], Sheet | Refused]
) -> Rolling | Refused:
    """`change` (sheet, bracket, words of the option) done in a bracket and in all that are one with it.

    Refused where the bracket itself is not open or has no such option; where another one has not, it stays.
    """
    here = rolling.locate(bracket)
    if here is None:
        return refused("text.no_bracket", bracket=bracket)
    number = pick(here[2], option)
    if number is None:
        return refused("text.no_such_option", bracket=bracket)
    words = plain(here[2].options[number])
    for name in rolling.same(here[2].id):
        found = rolling.locate(name)
        sheet = rolling.sheet(found[0], found[1]) if found else None
        if found is None or sheet is None or (name != here[2].id and pick(found[2], words) is None):
            continue
        made = change(sheet, found[2].id, words)
        if isinstance(made, Refused):
            return made
        rolling = changed(rolling, found[0], found[1], made)
    return rolling


def settle(rolling: Rolling, bracket: str, option: str, how: Level, act: str) -> Rolling | Refused:
    """An option settled, in every place where the same decision stands."""
    return everywhere(rolling, bracket, option, lambda s, b, words: settled(s, b, words, how, act))


def _children(provisions: Mapping[str, Provision]) -> dict[str, list[str]]:
    """The units under each unit ("": at the top), in order; what names a place that is not there is last."""
    children: dict[str, list[str]] = {"": []}
    placed: set[str] = set()
    waiting = list(provisions.values())
    while waiting:
        left = [p for p in waiting if not _put(p, children, placed, provisions)]
        if len(left) == len(waiting):
            children[""] += [p.id for p in left]
            break
        waiting = left
    return children


def _put(
    one: Provision, children: dict[str, list[str]], placed: set[str], provisions: Mapping[str, Provision]
) -> bool:
    spot = one.spot
    if spot is not None and spot.under and spot.under not in placed:
        return False
    row = children.setdefault(spot.under if spot else "", [])
    if spot is None:
        row.append(one.id)
    elif not spot.after:
        row.insert(0, one.id)
    elif spot.after not in row:
        return False
    else:
        at = row.index(spot.after) + 1
        while at < len(row) and _beside(provisions[row[at]], spot):
            at += 1
        row.insert(at, one.id)
    placed.add(one.id)
    return True


def _beside(other: Provision, spot: Spot) -> bool:
    return other.spot is not None and other.spot.after == spot.after


def _labelled(
    children: Mapping[str, Iterable[str]], provisions: Mapping[str, Provision]
) -> Iterator[tuple[str, str]]:
    stack: list[Iterator[tuple[str, str]]] = [_row(children.get("", ()), "", provisions)]
    while stack:
        one = next(stack[-1], None)
        if one is None:
            stack.pop()
            continue
        yield one
        stack.append(_row(children.get(one[0], ()), one[1] + ".", provisions))


def _row(ids: Iterable[str], stem: str, provisions: Mapping[str, Provision]) -> Iterator[tuple[str, str]]:
    number, extra = 0, 0
    for unit in ids:
        if provisions[unit].inserted:
            extra += 1
            told = _LATIN[extra - 1] if extra <= len(_LATIN) else f"({extra})"
            yield unit, f"{stem}{number} {told}"
        else:
            number, extra = number + 1, 0
            yield unit, f"{stem}{number}"

"""The fold: acts in, register out. The place where an act becomes state.

The register only grows: adding an act files it under every thing it names, and nothing is ever taken back.
What the register *shows* is asked of an `AsOf`: the acts recorded below a log index that had happened by a
day, corrections applied. So every earlier state stays answerable, and folding one by one is folding from
scratch. The fold never judges (`travaux.rules` does, before an act is appended).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from operator import attrgetter
from typing import Any, Generic, TypeVar

import msgspec

from travaux.acts.base import Act, Deed
from travaux.acts.collector import collector_resting
from travaux.acts.fault import Fault
from travaux.acts.kinds import Correct, Found
from travaux.acts.when import Past

A = TypeVar("A", bound=Act)
A_co = TypeVar("A_co", bound=Act, covariant=True)
Audience = str | tuple[str, ...]

_NAMING = (
    "id", "subject", "meeting", "body", "instrument", "derived", "within", "package", "element", "elements",
    "measure", "under", "person", "successor",
)  # fmt: skip
_THINGS: dict[type[Act], Callable[[Act], tuple[Any, ...]]] = {}


class Part(msgspec.Struct, frozen=True):
    """A sealed part of an act, as one reader knows it; `to` is who is given what opens it.

    `state` is ``sealed``, ``undelivered`` (for this reader, and nothing here opens it), ``opened``,
    ``disclosed`` (to all who may read the disclosure, at log index `since`) or ``void``: what it holds could
    not be said so, by the sentence of `fault`. An open part holds an `act`, or a `note` beside one.
    """

    to: Audience
    state: str = "sealed"
    act: Act | None = None
    note: str = ""
    since: int = -1
    fault: Fault | None = None

    def by(self, recorded: int) -> Part:
        """The part as it was known when the record had `recorded` entries."""
        return self if self.since < recorded else Part(self.to)


class Entered(msgspec.Struct, Generic[A_co], frozen=True, gc=False):
    """An act with its place on the record: log `index`, act `id`, signing key `by` and that key's `party`.

    `corrected` is the correction that put `act` in the place of the first version, if any. `parts` are the
    sealed parts of the act, in order. `revealed` is the id of the act that disclosed this one, "" for all
    that were said openly: then `index` is the place of the disclosure, and `id` that of the sealed act.
    """

    index: int
    id: str
    by: str
    party: str
    act: A_co
    audience: Audience = "public"
    cosigners: tuple[str, ...] = ()
    corrected: Entered[Correct] | None = None
    parts: tuple[Part, ...] = ()
    revealed: str = ""

    @property
    def actor(self) -> str:
        """Who acted: as the act says, else the party that signed; "" where a source does not say who."""
        return getattr(self.act, "actor", "") or (self.party if self.performed else "")

    @property
    def performed(self) -> bool:
        """True when this is the signer's own act, false when it is what a source says."""
        return getattr(self.act, "basis", None) is None


def not_held(_: str) -> str | None:
    """The answer of a reader who holds no document."""
    return None


class Register:
    """All acts of one register, filed by id, kind and thing. Only `add` changes it; ask through `as_of`.

    `documents` gives the text of a document by its hash, or None where it is not held: whoever folds sets it.
    """

    def __init__(self) -> None:
        self.documents: Callable[[str], str | None] = not_held
        self._acts: list[Entered[Act]] = []
        self._by_id: dict[str, Entered[Act]] = {}
        self._by_kind: defaultdict[type[Act], list[Entered[Act]]] = defaultdict(list)
        self._by_thing: defaultdict[str, list[Entered[Act]]] = defaultdict(list)
        self._corrections: dict[str, list[Entered[Correct]]] = {}
        self._sealed: dict[str, Entered[Act]] = {}  # of those disclosed since, as they first were
        self._filed: Any = None  # what `travaux.register.filing` keeps of these acts
        self._delivered: Any = None  # the states that `travaux.register.delivered` worked out last

    def __len__(self) -> int:
        return len(self._acts)

    @property
    def size(self) -> int:
        """The log size that the acts reach: one more than the index of the last."""
        return self._acts[-1].index + 1 if self._acts else 0

    @property
    def founding(self) -> Found:
        """The founding act; a register without one is a programming error."""
        act = self._acts[0].act
        if not isinstance(act, Found):
            raise TypeError(act)
        return act

    def add(self, entered: Entered[Act]) -> None:
        """File one act, in log order."""
        act = entered.act
        self._acts.append(entered)
        if entered.revealed and entered.id in self._by_id:
            self._sealed[entered.id] = self._by_id[entered.id]
        self._by_id[entered.id] = entered
        self._by_kind[type(act)].append(entered)
        if isinstance(act, Correct):
            self._file_correction(entered, act)
            return
        by_thing = self._by_thing
        for thing in things_of(act):
            by_thing[thing].append(entered)

    def as_of(self, on: date | None = None, recorded: int | None = None) -> AsOf:
        """The register as it stood: happened by `on` (None: no limit), recorded below index `recorded`."""
        return AsOf(self, on, self.size if recorded is None else recorded)

    def _file_correction(self, entered: Entered[Act], act: Correct) -> None:
        self._corrections.setdefault(act.corrects, []).append(entered)  # type: ignore[arg-type]
        first = self._by_id.get(act.corrects)
        if first is None or act.instead is None:
            return
        for thing in things_of(act.instead):
            filed = self._by_thing[thing]
            at = bisect_left(filed, first.index, key=lambda e: e.index)
            if at == len(filed) or filed[at].index != first.index:
                filed.insert(at, first)


class AsOf:
    """The register as it stood at a log size and on a day. Cheap to make; stays true while acts are added."""

    def __init__(self, register: Register, on: date | None, recorded: int) -> None:
        self._register = register
        self.on = on
        self.recorded = recorded

    @property
    def founding(self) -> Found:
        """The founding act."""
        return self._register.founding

    @property
    def size(self) -> int:
        """The log size really seen: an `AsOf` asked beyond the last act sees it grow as acts are added."""
        return min(self.recorded, self._register.size)

    def act(self, act_id: str) -> Entered[Act] | None:
        """The act of that id as it now reads, or None where it is unknown, later, or struck."""
        entered = self._register._by_id.get(act_id)
        if entered is not None and entered.revealed and entered.index >= self.recorded:
            entered = self._register._sealed.get(act_id)
        return None if entered is None else self._current(entered)

    def acts(self, kind: type[A]) -> list[Entered[A]]:
        """The acts of one kind that had happened, in log order, corrections applied."""
        return list(self._shown(self._register._by_kind.get(kind, ())))  # type: ignore[arg-type]

    def about(self, thing: str, start: int = 0) -> list[Entered[Act]]:
        """The acts that name `thing`, from log index `start` on, in log order, corrections applied."""
        filed = self._register._by_thing.get(thing, [])
        later = filed[bisect_left(filed, start, key=lambda e: e.index) :] if start else filed
        return [e for e in self._shown(later) if self._names(e, thing)]

    def every(self) -> Iterator[Entered[Act]]:
        """All acts, in log order, corrections applied; the corrections themselves among them."""
        return self._shown(self._register._acts)

    def recorded_acts(self) -> Iterator[Entered[Act]]:
        """The acts as first recorded, corrections not applied, whatever their date."""
        acts = self._register._acts
        return iter(acts[: bisect_left(acts, self.recorded, key=lambda e: e.index)])

    def corrections(self, act_id: str) -> list[Entered[Correct]]:
        """The corrections of an act so far, in log order."""
        return [c for c in self._register._corrections.get(act_id, ()) if c.index < self.recorded]

    def _shown(self, entries: Iterable[Entered[A]]) -> Iterator[Entered[A]]:
        for entered in entries:
            if entered.index >= self.recorded:
                continue
            current = self._current(entered)
            if current is not None and self._happened(current.act):
                yield current

    def _current(self, entered: Entered[A]) -> Entered[A] | None:
        if entered.index >= self.recorded:
            return None
        if entered.id in self._register._sealed and not self._still_sealed(entered):
            return None
        if entered.id not in self._register._corrections:
            return entered
        made = self.corrections(entered.id)
        if not made:
            return entered
        instead = made[-1].act.instead
        return None if instead is None else msgspec.structs.replace(entered, act=instead, corrected=made[-1])

    def _still_sealed(self, entered: Entered[Act]) -> bool:
        """False for a sealed act where what it held has been disclosed: that stands in its place."""
        return bool(entered.revealed) or self._register._by_id[entered.id].index >= self.recorded

    def _happened(self, act: Act) -> bool:
        return self.on is None or not isinstance(act, Deed) or act.on.past(self.on) is not Past.NO

    def _names(self, entered: Entered[Act], thing: str) -> bool:
        """An act that was ever corrected may be filed under things that it does not name at this size."""
        return entered.id not in self._register._corrections or thing in things_of(entered.act)


def fold(entries: Iterable[Entered[Act]]) -> Register:
    """The register of all `entries`, in log order."""
    register = Register()
    with collector_resting():
        for entered in entries:
            register.add(entered)
    return register


def things_of(act: Act) -> list[str]:
    """The ids of the things an act names (not its actor), without repetition."""
    named = _THINGS.get(type(act)) or _naming(type(act))
    found: list[str] = []
    for value in named(act):
        if not value:
            continue
        if type(value) is str:
            if value not in found:
                found.append(value)
        else:
            found += [thing for thing in dict.fromkeys(value) if thing not in found]
    return found


def _naming(kind: type[Act]) -> Callable[[Act], tuple[Any, ...]]:
    """What gives the fields of a kind that name things, all at once; kept for the next act of that kind."""
    fields = [f for f in _NAMING if f in kind.__struct_fields__]
    if len(fields) > 1:
        getter: Callable[[Act], Any] = attrgetter(*fields)
    else:
        getter = (lambda act: (getattr(act, fields[0]),)) if fields else (lambda _: ())
    _THINGS[kind] = getter
    return getter

"""The live text of one unit in one language: what acts have made of it, always compiled from kept wordings.

A `Sheet` is never patched. Each act changes the wordings that are kept (`travaux.text.drafting`), and the
text is compiled from all of them anew (`travaux.text.recast`); brackets that are where they were keep their
ids, and with them the stances, levels and couplings that acts have put on them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from travaux.acts.fault import Refused, refused
from travaux.text.model import Bracket, Degree, Kind, Option, Position, Run, Stance, Text, rebuild
from travaux.text.paths import find, held_by, plain, way
from travaux.text.tokens import tokenize
from travaux.text.witness import BASE, Witness


@dataclass(frozen=True, slots=True)
class Taken:
    """A stance short of a wording, on the option of that `mark` in `bracket`."""

    bracket: str
    mark: str
    position: Position


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was settled: the `words`, where (`at`), how far, on what condition, and what stood there before.

    `bracket` is "" where the words outside brackets of the whole unit were settled.
    """

    act: str
    at: str
    degree: Degree
    condition: str
    words: str
    bracket: str = ""
    before: Bracket | None = None


@dataclass(frozen=True, slots=True)
class Parked:
    """How far a bracket that is still open was taken, at which level, and what it waits for."""

    act: str
    at: str
    degree: Degree
    condition: str


@dataclass(frozen=True, slots=True)
class Merge:
    """Options that a chair merged into `words`: each parent's words with its proponents.

    `stood` tells by which act each proponent held them; one that has spoken since stands by its own words.
    """

    act: str
    witness: str
    bracket: str
    words: str
    parents: tuple[tuple[str, tuple[str, ...]], ...]
    stood: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reserved:
    """A reservation on a bracket, or with `bracket` "" on the whole unit."""

    party: str
    sort: str
    note: str
    act: str
    bracket: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """`tree` holds the names of witnesses as supporters; `text()` is what people are shown.

    `opened` tells by which act each bracket came to be; `aliases` where a bracket that is gone was taken up
    ("" where nothing is open any more); `lapsed` are stances on options that nobody holds any more.
    """

    key: str
    witnesses: tuple[Witness, ...] = ()
    tree: Text = ()
    taken: tuple[Taken, ...] = ()
    parked: Mapping[str, Parked] = field(default_factory=dict)
    agreements: tuple[Agreement, ...] = ()
    merges: tuple[Merge, ...] = ()
    reserved: tuple[Reserved, ...] = ()
    opened: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    lapsed: tuple[Taken, ...] = ()

    def witness(self, name: str) -> Witness | None:
        """The witness of a party, or of `BASE`."""
        return next((w for w in self.witnesses if w.name == name), None)

    def reading(self, party: str) -> str | Refused:
        """What `party` would read now, to the character; refused where it has taken no option of one."""
        own = self.witness(party)
        if own is None:
            names = ", ".join(w.name for w in self.witnesses if w.party and w.whole)
            return refused("text.no_version", party=party, parties=names)
        taken = way(self.tree, held_by(party))
        if taken is None or not all(own.speaks(p.bracket) for p in taken.passed):
            return refused("text.no_option", party=party)
        return own.words

    def bracket(self, name: str) -> Bracket | None:
        """The bracket of that id, or the one that has taken its place; None where neither is open."""
        seen: set[str] = set()
        while (found := find(self.tree, name)) is None and name in self.aliases and name not in seen:
            seen.add(name)
            name = self.aliases[name]
        return found

    def text(self) -> Text:
        """The bracketed text with everybody's stances, levels and degrees; nothing left out."""
        return rebuild(self.tree, lambda bracket: (self._dressed(bracket),))

    def shown(self) -> Text:
        """`text()` without the options that a chair merged into one and nobody has taken up again."""
        return rebuild(self.tree, lambda bracket: (self._short(bracket),))

    def merged_away(self, bracket: Bracket) -> tuple[int, ...]:
        """The numbers of the options of `bracket` that stand merged into another one."""
        gone = []
        for merge in self.merges:
            into = next((n for n, o in enumerate(bracket.options) if merge.witness in o.parties), None)
            witness = self.witness(merge.witness)
            if into is None or witness is None or not witness.speaks(bracket.id):
                continue
            gone += [n for n, o in enumerate(bracket.options) if n != into and self._rests(merge, bracket, o)]
        return tuple(dict.fromkeys(gone))

    def _rests(self, merge: Merge, bracket: Bracket, option: Option) -> bool:
        held = [w for w in self.witnesses if w.name in option.parties and w.speaks(bracket.id)]
        return bool(held) and all(merge.stood.get(w.name) == w.act for w in held)

    def _short(self, bracket: Bracket) -> Bracket:
        gone = self.merged_away(bracket)
        dressed = self._dressed(bracket)
        kept = tuple(o for n, o in enumerate(dressed.options) if n not in gone)
        return replace(dressed, options=kept)

    def _dressed(self, bracket: Bracket) -> Bracket:
        parked = self.parked.get(bracket.id)
        degree = Degree.PROPOSED if parked is None else parked.degree
        return Bracket(
            bracket.id,
            tuple(Option(o.text, self._stances(bracket, o)) for o in bracket.options),
            self._kind(bracket),
            "" if parked is None else parked.at,
            degree,
            "" if parked is None else parked.condition,
        )

    def _stances(self, bracket: Bracket, option: Option) -> tuple[Position, ...]:
        by_name = {w.name: w for w in self.witnesses}
        held = {
            name: Position(name, Stance.SUPPORTS, "", by_name[name].act)
            for name in option.parties
            if by_name[name].party and by_name[name].speaks(bracket.id)
        }
        name = mark(option)
        said = [t.position for t in self.taken if t.bracket == bracket.id and t.mark == name]
        for position in said:
            held.pop(position.party, None)
        said += [p for r in self.reserved if (p := _reserving(r, bracket, option)) is not None]
        order = list(Stance)
        said.sort(key=lambda p: (order.index(p.stance), p.party, p.note))
        return (*(held[party] for party in sorted(held)), *said)

    def _kind(self, bracket: Bracket) -> Kind:
        parked = self.parked.get(bracket.id)
        if parked is not None and parked.degree is Degree.AIM_AGREED:
            return Kind.PARKED
        if sum(bool(option.text) for option in bracket.options) > 1:
            return Kind.ALTERNATIVES
        base = next((option for option in bracket.options if BASE in option.parties), None)
        if base is None:
            return Kind.UNKNOWN
        return Kind.DELETION if base.text else Kind.INSERTION


def _reserving(held: Reserved, bracket: Bracket, option: Option) -> Position | None:
    """A reservation stands by the option its party holds; where it holds none, by every one with words."""
    if held.bracket != bracket.id:
        return None
    own = any(held.party in o.parties for o in bracket.options)
    if held.party not in option.parties if own else not option.text:
        return None
    note = f"{held.sort}: {held.note}" if held.note else held.sort
    return Position(held.party, Stance.SCRUTINY, note, held.act)


def mark(option: Option) -> str:
    """The mark of an option: a digest of its words and those of inner brackets, whatever their order."""
    if all(isinstance(piece, Run) for piece in option.text):
        words = plain(option)
    else:
        words = "".join(p.text for p in rebuild(option.text, _flat) if isinstance(p, Run)).strip()
    return "#" + blake2b(words.encode("utf-8", "surrogatepass"), digest_size=3).hexdigest()


def _flat(bracket: Bracket) -> tuple[Run]:
    told = ["".join(p.text for p in o.text if isinstance(p, Run)) for o in bracket.options]
    return (Run("".join(f"[{words}]" for words in sorted(told))),)


def pick(bracket: Bracket, option: str) -> int | None:
    """The number of the option of `bracket` that has these words, typography aside, or this mark."""
    wanted = option.strip()
    told = [plain(o) for o in bracket.options]
    if wanted in told:
        return told.index(wanted)
    for number, one in enumerate(bracket.options):
        if mark(one) == wanted:
            return number
    keys = tokenize(wanted).keys
    return next((n for n, words in enumerate(told) if tokenize(words).keys == keys), None)

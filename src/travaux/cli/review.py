"""A review of proposals, apart from any terminal: what was decided, where we are, what can be undone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import Enum

from travaux.acts.base import Act
from travaux.secretariat.joining import joined, same_thing
from travaux.secretariat.matching import Match, with_known
from travaux.secretariat.proposals import Proposal, in_order

Place = tuple[str, int, int]


class Choice(Enum):
    """What a person made of a proposal."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNCLEAR = "unclear"
    JOINED = "joined"
    MATCHED = "matched"


@dataclass(frozen=True, slots=True)
class Decided:
    """One step of a review, on the proposal at `place`.

    ACCEPTED: `acts` as edited, or None as proposed. REJECTED: `why`. JOINED: the proposal at `other` goes
    together with this one. MATCHED: a thing the document names is one of the register (`matched`); then the
    proposal is still to be decided, and the match holds for the whole document.
    """

    place: Place
    choice: Choice
    acts: tuple[Act, ...] | None = None
    why: str = ""
    other: Place | None = None
    matched: tuple[str, str] | None = None


def place_of(proposal: Proposal) -> Place:
    """What names a proposal: its kind and place; ids may change with the reader's rules."""
    return proposal.kind, proposal.start, proposal.end


@dataclass(slots=True)
class Review:
    """The proposals under review, surest first; `decisions` in the order they were taken."""

    proposals: list[Proposal]
    text: str
    decisions: list[Decided] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.proposals = sorted(self.proposals, key=lambda p: (-p.confidence, p.start, p.end, p.id))

    @property
    def matched(self) -> dict[str, str]:
        """Things of the document that the reviewer took for things of the register: new id -> known id."""
        there = {place_of(p): p for p in self.proposals}
        found: dict[str, str] = {}
        for d in self.decisions:
            pair = d.matched
            if d.choice is Choice.JOINED and d.other is not None:
                pair = same_thing(there[d.place], there[d.other])
            if pair:
                found[pair[0]] = pair[1]
        return {new: _last(known, found) for new, known in found.items()}

    @property
    def open(self) -> list[Proposal]:
        """The proposals nobody has decided on, joined ones put together, surest first."""
        settled = {d.place for d in self.decisions if d.choice not in (Choice.JOINED, Choice.MATCHED)}
        return [p for p in self._standing() if place_of(p) not in settled]

    @property
    def current(self) -> Proposal | None:
        """The next proposal to decide on, or None at the end."""
        return next(iter(self.open), None)

    def accept(self, acts: tuple[Act, ...] | None = None) -> None:
        """Accept the current proposal, as it stands or with `acts` as edited (introductions among them)."""
        self.decisions.append(Decided(self._at(), Choice.ACCEPTED, acts))

    def reject(self, why: str = "") -> None:
        """Reject the current proposal; the reason is kept with the decision."""
        self.decisions.append(Decided(self._at(), Choice.REJECTED, why=why))

    def unclear(self) -> None:
        """Leave the current proposal for somebody else."""
        self.decisions.append(Decided(self._at(), Choice.UNCLEAR))

    def join(self, other: Proposal) -> None:
        """Put `other` together with the current proposal: one stretch of words, or two anchors of one act."""
        self.decisions.append(Decided(self._at(), Choice.JOINED, other=place_of(other)))

    def match(self, match: Match) -> None:
        """Take a thing of the document for one of the register, here and everywhere in the document."""
        self.decisions.append(Decided(self._at(), Choice.MATCHED, matched=(match.new, match.known)))

    def undo(self) -> bool:
        """Take the last step back; False where there is none."""
        if self.decisions:
            self.decisions.pop()
            return True
        return False

    def count(self, choice: Choice) -> int:
        """How many proposals were decided so."""
        return sum(d.choice is choice for d in self.decisions)

    def partner(self, proposal: Proposal) -> Proposal | None:
        """The proposal that `proposal` would most likely be joined with: the next of its kind in the text."""
        after = [p for p in self.open if p.kind == proposal.kind and p.start > proposal.start]
        return min(after, key=lambda p: p.start, default=None)

    def acts_of(self, proposal: Proposal, acts: tuple[Act, ...] | None = None) -> tuple[Act, ...]:
        """What a proposal would record (introductions first), matches applied; or that of edited `acts`."""
        listed = (*proposal.needs, *proposal.acts) if acts is None else acts
        known = self.matched
        return tuple(a for a in (with_known(a, known) for a in listed) if a is not None)

    def acts(self) -> list[Act]:
        """The acts to record, in the order of the document, each introduction once and first."""
        edited = {d.place: d.acts for d in self.decisions if d.choice is Choice.ACCEPTED}
        chosen = [
            replace(p, needs=(), acts=self.acts_of(p, edited[place_of(p)]))
            for p in self._standing()
            if place_of(p) in edited
        ]
        return in_order(chosen)

    def _standing(self) -> list[Proposal]:
        """The proposals as joined so far; a proposal that went into another one is gone."""
        standing: dict[Place, Proposal] = {place_of(p): p for p in self.proposals}
        for d in self.decisions:
            if d.choice is Choice.JOINED and d.other in standing and d.place in standing:
                second = standing.pop(d.other)
                standing[d.place] = joined(standing[d.place], second, self.text)
        return list(standing.values())

    def _at(self) -> Place:
        """The place of the current proposal."""
        current = self.current
        if current is None:
            raise LookupError
        return place_of(current)


def _last(thing: str, known: dict[str, str]) -> str:
    """What a thing finally stands for: joined with another that was matched in turn."""
    seen = {thing}
    while (thing := known.get(thing, thing)) in known and thing not in seen:
        seen.add(thing)
    return thing


def restored(review: Review, steps: Iterable[Decided]) -> Review:
    """The review with earlier steps put back, those left out whose proposal is no longer there."""
    there = {place_of(p) for p in review.proposals}
    kept = [s for s in steps if s.place in there and (s.other is None or s.other in there)]
    return Review(review.proposals, review.text, kept)

"""A review of proposals, apart from any terminal: what was decided, where we are, what can be undone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum

from travaux.acts.base import Act
from travaux.secretariat.proposals import Proposal, in_order


class Choice(Enum):
    """What a person made of a proposal."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision on the proposal of `id`: the acts to record (edited ones among them), or why not."""

    id: str
    choice: Choice
    acts: tuple[Act, ...] = ()
    why: str = ""


@dataclass(slots=True)
class Review:
    """The proposals under review, surest first; `decisions` in the order they were taken."""

    proposals: list[Proposal]
    decisions: list[Decided] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.proposals = sorted(self.proposals, key=lambda p: (-p.confidence, p.start, p.id))

    @property
    def current(self) -> Proposal | None:
        """The next proposal nobody has decided on, or None at the end."""
        decided = {d.id for d in self.decisions}
        return next((p for p in self.proposals if p.id not in decided), None)

    def accept(self, acts: tuple[Act, ...] | None = None) -> None:
        """Accept the current proposal, as it stands or with `acts` as edited."""
        current = self._open()
        self.decisions.append(Decided(current.id, Choice.ACCEPTED, current.acts if acts is None else acts))

    def reject(self, why: str = "") -> None:
        """Reject the current proposal; the reason is kept with the decision."""
        self.decisions.append(Decided(self._open().id, Choice.REJECTED, why=why))

    def unclear(self) -> None:
        """Leave the current proposal for somebody else."""
        self.decisions.append(Decided(self._open().id, Choice.UNCLEAR))

    def undo(self) -> bool:
        """Take the last decision back; False where there is none."""
        if self.decisions:
            self.decisions.pop()
            return True
        return False

    def count(self, choice: Choice) -> int:
        """How many proposals were decided so."""
        return sum(d.choice is choice for d in self.decisions)

    def acts(self) -> list[Act]:
        """The acts to record, in the order of the document, each introduction once and first."""
        accepted = {d.id: d for d in self.decisions if d.choice is Choice.ACCEPTED}
        chosen = [replace(p, acts=accepted[p.id].acts) for p in self.proposals if p.id in accepted]
        return in_order(chosen)

    def _open(self) -> Proposal:
        if self.current is None:
            raise LookupError
        return self.current

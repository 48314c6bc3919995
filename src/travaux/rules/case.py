"""A case: one act before the rules, and what is asked of it again and again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from travaux.acts.base import Act
from travaux.acts.kinds import Found
from travaux.acts.vocabulary import kind_of
from travaux.register.filing import sort_of
from travaux.register.fold import AsOf
from travaux.rules.book import Rulebook
from travaux.rules.hearing import members_of
from travaux.rules.level import Level
from travaux.rules.sentence import Id, Sentence, sentence


@dataclass(frozen=True)
class Case:
    """An act that `party` signs (with the keys `cosigners`), on the register as it stands before it."""

    asof: AsOf
    act: Act
    party: str
    book: Rulebook
    cosigners: tuple[str, ...] = ()

    @cached_property
    def kind(self) -> str:
        """The id of the act's kind."""
        return kind_of(self.act)

    @cached_property
    def founding(self) -> Found:
        """The founding act of the register."""
        return self.asof.founding

    @property
    def keeper(self) -> bool:
        """True where the keeper signs alone: it can do nothing of substance."""
        return self.party == self.founding.keeper

    @property
    def observed(self) -> bool:
        """True in a register that is compiled from sources."""
        return self.founding.kind == "observed"

    @cached_property
    def performed(self) -> bool:
        """True when it is the signer's own act, not what a source says."""
        return getattr(self.act, "basis", None) is None

    @cached_property
    def signers(self) -> frozenset[str]:
        """The parties that sign: the author's and those of the further keys."""
        return frozenset((self.party, *(name.partition("/")[0] for name in self.cosigners)))

    def sort(self, thing: str) -> str:
        """What sort of thing an id names, "" where nothing has declared it."""
        return sort_of(self.asof, thing)

    def members(self, level: Level) -> tuple[str, ...]:
        """Those who decide at a level."""
        return members_of(self.asof, level)

    def refuse(self, code: str, **values: object) -> Sentence:
        """A reason against, with the party that signs."""
        return sentence(code, **{"party": Id(self.party), **values})

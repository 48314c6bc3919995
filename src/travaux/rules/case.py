"""A case: one act before the rules, and what is asked of it again and again."""

from __future__ import annotations

from dataclasses import dataclass

from travaux.acts.base import Act
from travaux.acts.vocabulary import kind_of
from travaux.register.filing import sort_of
from travaux.register.fold import AsOf
from travaux.rules.book import Rulebook
from travaux.rules.hearing import members_of
from travaux.rules.level import Level
from travaux.rules.sentence import Id, Sentence, sentence


@dataclass(frozen=True, slots=True)
class Case:
    """An act that `party` signs (with the keys `cosigners`), on the register as it stands before it.

    `kind` is the id of its kind; `performed` that it is the signer's own act, not what a source says;
    `keeper` that the keeper signs, who can do nothing of substance alone; `observed` that the register is
    compiled from sources. `Case.of` fills them in.
    """

    asof: AsOf
    act: Act
    party: str
    book: Rulebook
    cosigners: tuple[str, ...]
    kind: str
    performed: bool
    keeper: bool
    observed: bool

    @staticmethod
    def of(asof: AsOf, act: Act, party: str, book: Rulebook, cosigners: tuple[str, ...] = ()) -> Case:
        """The case of an act."""
        founding, performed = asof.founding, getattr(act, "basis", None) is None
        keeper, observed = party == founding.keeper, founding.kind == "observed"
        return Case(asof, act, party, book, cosigners, kind_of(act), performed, keeper, observed)

    def instead(self, act: Act) -> Case:
        """The case of another act of the same signers."""
        return Case.of(self.asof, act, self.party, self.book, self.cosigners)

    @property
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

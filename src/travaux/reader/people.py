"""The persons of a document, whom a mention means, and the two sides that its principals stand for."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from travaux.reader.language import Language
from travaux.reader.mentions import Mention
from travaux.reader.tokens import Tokens

NAMED, DESCRIBED, BARE, PRONOUN, FALLBACK = 0.98, 0.95, 0.85, 0.80, 0.50


@dataclass(slots=True)
class Person:
    """One person: `name` as in the nominative mention, `office` kind, `role` words, `aliases` with titles."""

    name: tuple[str, ...]
    office: str = ""
    party: str = ""
    role: str = ""
    count: int = 0
    first: int = 0
    sex: str = ""
    aliases: list[str] = field(default_factory=list)
    titled: bool = False
    variants: dict[tuple[str, ...], int] = field(default_factory=dict)

    @property
    def full(self) -> str:
        """The full name, words joined by one space."""
        return " ".join(self.name)


class Meant(msgspec.Struct, frozen=True, gc=False):
    """Whom a mention means: full names (several when joint), the factor of certainty, and how it was
    found."""

    names: tuple[str, ...]
    factor: float
    how: str

    @property
    def speaker(self) -> str | None:
        """The contract's form: one name, or several in alphabetical order joined by ``"; "``; None if
        nobody."""
        return "; ".join(sorted(dict.fromkeys(self.names))) if self.names else None


NOBODY = Meant((), FALLBACK, "unknown")
UNNAMED = Meant((), BARE, "unnamed")  # the document itself names nobody: "officials said", "it was noted"


class Sides:
    """Pairs of persons and parties, from a table of persons that a subclass fills."""

    def __init__(self, tokens: Tokens, lang: Language) -> None:
        self.t, self.lang = tokens, lang
        self.persons: list[Person] = []
        self.parties: list[str] = []
        self._principals: list[Person] | None = None
        self._sides: tuple[str, ...] | None = None
        self._by_name: dict[str, list[Person]] = {}

    def people(self, names: tuple[str, ...]) -> tuple[Person, ...]:
        """The persons of these full names, in the order of the table; asked for once it is built."""
        if not names:
            return ()
        if not self._by_name:
            for p in self.persons:
                self._by_name.setdefault(p.full, []).append(p)
        if len(names) == 1:
            return tuple(self._by_name.get(names[0], ()))
        return tuple(p for p in self.persons if p.full in names)

    def _pair(self, m: Mention) -> Meant:
        """The persons or parties that "the two leaders" or "the sides" mean."""
        if m.office == "persons":
            counts = self.lang.table("counts")
            number = next((counts[w] for w in self.t.low[max(m.i - 1, 0) : m.head + 1] if w in counts), 2)
            people = self._of_kind(m) or self.principals()
            if len(people) != number:
                people = self._colleagues()
            if len(people) == number:
                return Meant(tuple(p.full for p in people), DESCRIBED, "pair")
        sides = self.sides()
        quantified = m.i > 0 and self.t.low[m.i - 1] in self.lang.words("quantifiers")
        return Meant(sides, BARE, "pair") if len(sides) == 2 and not quantified else NOBODY

    def _of_kind(self, m: Mention) -> list[Person]:
        """The two holders of the office that a plural names: "both ministers"; none where not two."""
        kinds = self.lang.data["offices"].get("plural", {})
        word = self.t.low[m.head : m.j]
        offices = next((o for k, o in kinds.items() if k in word), ())
        people = [p for p in self.persons if p.office in offices]
        return people if len(people) == 2 else []

    def sides(self) -> tuple[str, ...]:
        """The parties of the document's principals; without principals the two parties that it names, unless
        it speaks of many."""
        if self._sides is None:
            told = tuple(dict.fromkeys(p.party for p in self.principals()))
            many = self.t.places(self.lang.words("many"))
            self._sides = told or (() if many else tuple(self.parties))
        return self._sides

    def signatories(self) -> Meant:
        """Who says "we" in a joint text: its two sides; nobody where they are more or fewer."""
        sides = self.sides()
        return Meant(sides, BARE, "joint text") if len(sides) == 2 else NOBODY

    def _colleagues(self) -> list[Person]:
        """The persons of the document's most shared high office."""
        order = self.lang.data["offices"]["principals"]
        by_office = {office: [p for p in self.persons if p.office == office] for office in order}
        return max(by_office.values(), key=len, default=[])

    def principals(self) -> list[Person]:
        """The highest person of each party, in order of first mention; settled once the table is built."""
        if self._principals is None:
            self._principals = self._highest()
        return self._principals

    def _highest(self) -> list[Person]:
        order = self.lang.data["offices"]["principals"]
        best: dict[str, Person] = {}
        for p in self.persons:
            if p.party and p.office in order:
                known = best.get(p.party)
                if known is None or order.index(p.office) < order.index(known.office):
                    best[p.party] = p
        return list(best.values())

    def party_of(self, name: str) -> str | None:
        """The party of the person with this full name, or the party itself."""
        if name in self.parties:
            return name
        found = self.people((name,))
        return (found[0].party or None) if found else None

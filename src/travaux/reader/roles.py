"""Who is who in a document: persons, their offices and parties, and what a title, a pair or a pronoun means.

The table is built from the document alone. A bare title means the host where the publisher's country is
known, else the holder of that office who is named most; nobody is ever taken from a headline only.
"""

from __future__ import annotations

from travaux.reader.casting import Casting, clipped
from travaux.reader.mentions import Mention
from travaux.reader.people import (
    BARE,
    DESCRIBED,
    NAMED,
    NOBODY,
    Meant,
    Person,
)


def _spells(alias: str, acronym: str) -> bool:
    """Whether words in a row of a title begin with the letters of an acronym."""
    return acronym in "".join(w[0] for w in alias.lower().split() if w[0].isalpha())


def _begins(role: str, word: str) -> bool:
    """Whether a title, or the second of two joined by a dash, begins with a word or what it is clipped of."""
    for part in role.split(" – "):
        first, _, rest = part.partition(" ")
        if first[:-1] and (word.startswith(first[: max(4, len(first) - 2)]) or clipped(word, first, rest)):
            return True
    return False


class Roles(Casting):
    """The role table of one document, and whom a mention means by it."""

    def person_of(self, m: Mention) -> Person | None:
        """The person whose name the mention holds."""
        if m.i in self._of_mention:
            return self._of_mention[m.i]
        found = [p for p in self.persons if m.name and self.names.same(p.name, m.name)]
        return found[0] if len(found) == 1 else (self._called(m) if not found else None)

    def meant(self, m: Mention, subject: Person | None = None, sex: str = "") -> Meant:
        """Whom a mention means outside of pronouns; `subject` is the last narration subject, `sex` what the
        verb tells of a bare title's holder."""
        if m.kind in ("titled", "name"):
            person = self.person_of(m)
            return Meant((person.full,), NAMED, "named") if person else NOBODY
        if m.kind == "title" and self.indefinite(m):
            return NOBODY
        if m.kind == "title" and (welcomed := self._welcomed(m)) is not None:
            return welcomed
        if m.kind == "title":
            words = [
                self.t.low[m.head],
                *(w for w in self.t.low[m.i : m.j] if w in self.lang.words("portfolios")),
                *(self.t.low[k] for k in range(m.head + 1, m.j) if self._cased and k in self._bodies),
            ]
            person = self.of_office(m.office, m.party, words, sex) or self._heading(m)
            person = person or self._of_body(m) or self._so_called(m)
            if person is None:
                return NOBODY
            return Meant(
                (person.full,), DESCRIBED if m.party else BARE, "described" if m.party else "bare title"
            )
        if m.kind == "counterpart":
            same = self.of_office(subject.office, m.party) if subject else None
            own = [p for p in self.persons if p.party == m.party]
            person = same or self.of_office("leader", m.party) or (own[0] if len(own) == 1 else None)
            return Meant((person.full,), DESCRIBED, "counterpart") if person else NOBODY
        if m.kind == "plural":
            return self._pair(m)
        if m.kind == "party":
            return Meant((m.party,), DESCRIBED, "party")
        if m.kind == "body":
            return Meant((self.t.text[self.t.start[m.i] : self.t.end[m.j - 1]],), DESCRIBED, "body")
        return NOBODY

    def _welcomed(self, m: Mention) -> Meant | None:
        """Whom "the host", "her guest" and "the visiting minister" mean: who received whom; None for another
        title."""
        visiting = any(self.t.low[k] in self.lang.words("visiting") for k in range(m.i, m.head))
        if m.office not in ("host", "guest") and not visiting:
            return None
        for hit in self.t.hits.get("receiving", []):
            sides = (range(hit.i - 1, max(hit.i - 40, -1), -1), range(hit.j, min(hit.j + 30, len(self.t))))
            found = [next((self._of_mention[k] for k in s if k in self._of_mention), None) for s in sides]
            person = found[0] if m.office == "host" else found[1]
            if person is not None and found[0] is not found[1]:
                return Meant((person.full,), BARE, "described")
        return NOBODY

    def described(self, word: str, party: str = "") -> Meant | None:
        """The one person of the party, if one is told, whose office a common noun like "diplomat" fits; None
        for none or several."""
        kinds = next(
            (k for w, k in self.lang.data["offices"].get("anyone_of", {}).items() if word.startswith(w)), ()
        )
        people = [p for p in self.persons if p.office in kinds and party in ("", p.party)]
        return Meant((people[0].full,), BARE, "described") if len(people) == 1 else None

    def _heading(self, m: Mention) -> Person | None:
        """The only person of a party as the head of its delegation."""
        bodies = self.lang.data["offices"].get("by_body", {})
        heads = any(bodies.get(w) == "envoy" for w in self.t.low[m.head : m.j])
        own = [p for p in self.persons if p.party == m.party]
        return own[0] if heads and m.party and len(own) == 1 else None

    def _so_called(self, m: Mention) -> Person | None:
        """The one person whose title begins with this head word, whatever the office is: the second of two
        offices, or a clipped word («госсекретарь»)."""
        if not self._cased:
            return None
        word = self.t.low[m.head]
        fitting = [p for p in self.persons if m.party in ("", p.party)]
        own = [p for p in fitting if _begins(p.role.lower(), word)]
        if not own and m.office == "expert":  # a rank inside a longer title
            own = [p for p in fitting if p.titled and self.called(p, word)]
        return own[0] if len(own) == 1 else None

    def _of_body(self, m: Mention) -> Person | None:
        """The one person whose title tells the same body as "head of B": «глава Коллегии» of a «председатель
        Коллегии»."""
        told = [self.t.low[k] for k in range(m.head + 1, m.j) if k in self._bodies]
        acronym = next((w for k in range(m.head + 1, m.j) if (w := self.t.word[k]).isupper()), "").lower()
        if acronym and self._cased:
            own = [p for p in self.persons if any(_spells(a, acronym) for a in p.aliases)]
            return own[0] if len(own) == 1 else None
        if m.office != "head" or not told or not self._cased:
            return None
        stems = [w[: max(4, len(w) - 2)] for w in told]
        own = [
            p
            for p in self.persons
            if all(any(w.lower().startswith(s) for a in p.aliases for w in a.split()) for s in stems)
        ]
        return own[0] if len(own) == 1 else None

    def indefinite(self, m: Mention) -> bool:
        """Whether a title is told of anybody who holds it: "a C government spokesman"."""
        for k in range(m.i, max(m.i - 4, -1), -1):
            if self.t.low[k] in self.lang.words("indefinites"):
                return True
            if k < m.i and (not self.t.low[k].isalpha() or self.t.low[k] in self.lang.words("prepositions")):
                return False
        return False

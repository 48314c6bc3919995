"""The role table filled from the document alone: persons with their names, offices, parties and sex.

Nobody is ever taken from a headline only; who holds an office is who is named most of those that fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from travaux.reader.language import Language
from travaux.reader.mentions import Mention
from travaux.reader.names import Names
from travaux.reader.people import (
    Person,
    Sides,
)
from travaux.reader.tokens import Tokens


def clipped(word: str, first: str, second: str) -> bool:
    """Whether a word is two words clipped into one: «спецпредставитель», «генсек»."""
    return any(word[:n] == first[:n] and word[n : n + 3] == second[:3] for n in (3, 4, 5))


class Casting(Sides):
    """Fills the role table of one document."""

    def __init__(self, tokens: Tokens, lang: Language, host: str = "") -> None:
        super().__init__(tokens, lang)
        self.host = host
        self.names = Names(lang)
        self._of_mention: dict[int, Person] = {}
        self._subjects: set[int] = set()
        self._governed: set[int] = set()
        self._named: dict[int, Mention] = {}
        self._bodies = tokens.at.get("body", {})
        self._cased = bool(lang.table("names"))
        self.joint = False

    # --- building ----------------------------------------------------------------------------------------

    def build(
        self, mentions: Sequence[Mention], speaking: set[int], subjects: set[int], quoted: Sequence[int]
    ) -> None:
        """Fill the table. `speaking` holds the mentions (first token) that are subjects of speech or
        labels."""
        self._subjects = subjects
        self._named = {m.i: m for m in mentions if m.kind == "party"}
        self._governed = {h.j for h in self.t.hits.get("source", [])}
        if "relay" in self.t.hits:
            self._governed.update(k + 1 for k in self.t.places(self.lang.words("relayed")))
        last: Mention | None = None
        for m in mentions:
            if m.kind == "titled":
                self._enter(m, titled=True)
                person = self._of_mention[m.i]
                if not m.office and not person.office and last is not None:
                    person.office = last.office  # "her C counterpart, N": of the same office
            last = m if m.kind in ("titled", "title") and m.office else last
        spoke: list[tuple[str, ...]] = [
            m.name for m in mentions if m.kind == "name" and m.i in speaking and len(m.name) == 1
        ]
        spoke += [
            m.name for m in mentions if m.kind == "name" and len(m.name) == 1 and self._opening(m, quoted)
        ]
        spoke += [m.name for m in mentions if m.i in speaking and m.kind == "name" and "." in m.name[0]]
        spoke = list(dict.fromkeys(spoke))
        for m in mentions:
            if m.kind == "name" and (
                self._known(m)
                or (len(m.name) > 1 and self._counts(m, speaking, spoke))
                or (len(m.name) == 1 and m.i in subjects and self._surname(m.name))
            ):
                self._enter(m, titled=False)
        for person in self.persons:
            person.name = self.names.settled(person.variants)
            person.sex = person.sex or self.names.sex_of(person.name)
        for m, sex in self._told_sexes(mentions):
            told = self._of_mention.get(m.i)
            if told is not None:
                told.sex = told.sex or sex
        for m in mentions:
            if m.kind in ("titled", "title") and not quoted[m.i]:
                for person in self._holders(m):
                    person.count += 1

    def _told_sexes(self, mentions: Sequence[Mention]) -> Iterator[tuple[Mention, str]]:
        """What stands beside a person's name and tells the sex: "for her part", "his C counterpart", the
        ending of a verb of speech."""
        ends = {m.j: m for m in mentions}
        starts = {m.i: m for m in mentions}
        table = self.lang.table("sexes")
        for hit in self.t.hits.get("own_part", []):
            for m in (starts.get(hit.j + 1), starts.get(hit.j), ends.get(hit.i - 1), ends.get(hit.i)):
                if m is not None and m.name:
                    yield m, hit.entry.form
                    break
        for hit in self.t.hits.get("speech", []):
            m = ends.get(hit.i) or starts.get(hit.j)
            form = self.t.low[hit.i]
            if m is not None and m.name and hit.entry.form == "past":
                sex = next((s for e, s in table.items() if form.endswith(e)), "")
                if sex:
                    yield m, sex
        for k in self.t.places(self.lang.words("counterpart") if self.lang.words("of") else ()):
            own = next(
                (x for n in (k - 1, k - 2, k - 3) if (x := self.lang.table("owners").get(self.t.low[n]))), ""
            )
            m = next((x for n in range(k - 4, max(k - 25, -1), -1) if (x := ends.get(n))), None)
            if own and m is not None and m.name:
                yield m, own

    def _surname(self, name: tuple[str, ...]) -> bool:
        """Whether a single word that speaks is a surname by its ending, where a language's surnames show."""
        return self._cased and len(name[0]) > 3 and bool(self.names.sex_of(name))

    def _counts(self, m: Mention, speaking: set[int], spoke: Sequence[tuple[str, ...]]) -> bool:
        """Whether a full name is that of a person: of a speaker, behind an honorific, or with the surname of
        somebody who speaks."""
        honoured = {self.t.low[k] for k in range(m.i, m.j)} & self.lang.words("honorifics")
        return m.i in speaking or bool(honoured) or any(self.names.same(m.name, n) for n in spoke)

    def _opening(self, m: Mention, quoted: Sequence[int]) -> bool:
        """Whether a surname alone opens a sentence of narration: it acts, though it may not speak."""
        if quoted[m.i] or m.i == 0 or m.j >= len(self.t) or not self.t.word[m.j].islower():
            return False
        return self.t.word[m.i - 1] in '.!?"' or self.t.new_line(m.i)

    def _known(self, m: Mention) -> bool:
        return any(self.names.same(p.name, m.name) for p in self.persons)

    def _enter(self, m: Mention, *, titled: bool) -> None:
        person = next((p for p in self.persons if self.names.same(p.name, m.name)), None) or self._called(m)
        if person is None:
            person = Person(m.name, first=m.i)
            self.persons.append(person)
        person.variants[m.name] = max(person.variants.get(m.name, 0), self._nominative(m))
        person.name = max(person.variants, key=len)
        role = self._role(m) if titled and m.office else ""
        fuller = len(role) > len(person.role) and (m.party == person.party or not person.party)
        if role and (not person.titled or fuller):
            person.office, person.titled, person.role = m.office, True, role
            person.party = m.party or person.party
        elif m.office == person.office:
            person.party = person.party or m.party
        if not person.party and self.t.word[m.j : m.j + 1] == ["("]:
            told = self._named.get(m.j + 1)  # "Ms. Ada Lind (Tolia)"
            person.party = told.party if told and self.t.word[told.j : told.j + 1] == [")"] else ""
        person.sex = person.sex or self._sex(m)
        person.count += 1
        alias = self.t.text[self.t.start[m.i] : self.t.end[m.j - 1]]
        if alias not in person.aliases and "\n" not in alias:
            person.aliases.append(alias)
        self._of_mention[m.i] = person

    def _called(self, m: Mention) -> Person | None:
        """The one person whose name begins with the mention's only word: "Mdm Tran" is "Tran Thi Mai"."""
        found = [p for p in self.persons if self.names.called(p.name, m.name)]
        return found[0] if len(found) == 1 else None

    def _nominative(self, m: Mention) -> int:
        """2 for a subject of speech or a title in the nominative, 0 after a preposition or in another
        case."""
        if m.oblique or (m.i and self.t.low[m.i - 1] in self.lang.words("prepositions")):
            return 0
        if m.i in self._governed and self.lang.table("names"):
            return 0
        return 2 if m.i in self._subjects or m.kind == "titled" else 1

    def _role(self, m: Mention) -> str:
        """The words of an office as they stand beside the name, the name left out."""
        first, last = m.i, m.j
        words = self.t.text[self.t.start[first] : self.t.end[last - 1]]
        name = re.search(r"\s*".join(map(re.escape, m.name)), words)
        if name is not None:
            words = (words[: name.start()] + words[name.end() :]).strip(" ,")
        dropped = self.lang.words("honorifics")
        kept = [w for w in words.split() if w.lower().strip(".,") not in dropped and w.strip(".,")]
        while kept and kept[0].lower() in self.lang.words("articles"):
            kept.pop(0)
        return self._in_nominative(" ".join(kept).strip(" ,"), m)

    def _in_nominative(self, role: str, m: Mention) -> str:
        """The words of an office with its head in the nominative, where the language has cases."""
        hit = self.t.hit("office", m.head)
        if hit is None or not self.lang.table("names") or hit.entry.form in ("", "0"):
            return role
        told = self.t.text[self.t.start[hit.i] : self.t.end[hit.j - 1]]
        plain = hit.entry.lemma
        plain = plain[:1].upper() + plain[1:] if told[:1].isupper() else plain
        return role.replace(told, plain, 1)

    def _sex(self, m: Mention) -> str:
        before = {self.t.low[k] for k in range(max(m.i - 2, 0), m.j)}
        if before & self.lang.words("feminine"):
            return "f"
        return "m" if before & self.lang.words("masculine") else ""

    # --- who holds an office -----------------------------------------------------------------------------

    def _holders(self, m: Mention) -> list[Person]:
        """The persons that a title with a party can mean; one, or none."""
        if m.kind == "titled":
            return []
        found = self.of_office(m.office, m.party)
        return [found] if found else []

    def of_office(self, office: str, party: str, words: Sequence[str] = (), sex: str = "") -> Person | None:
        """The holder of an office; for "leader" or "head of state" the principal of the party. Of several,
        the one to whom the document gives the title in these very `words`."""
        offices = self.lang.data["offices"]
        kinds = offices.get(office, [office]) if office in offices else [office]
        fitting = [p for p in self.persons if p.office in kinds and (not party or p.party == party)]
        fitting = [p for p in fitting if not sex or p.sex in ("", sex)]
        if office in kinds[:1]:  # a deputy is meant only where there is nobody else
            fitting = [p for p in fitting if not p.office.startswith("deputy")] or fitting
        if not party and self.host:
            fitting = [p for p in fitting if p.party == self.host] or fitting
        for word in words if len(fitting) > 1 else ():
            fitting = [p for p in fitting if self.called(p, word)] or fitting
        if office == "leader" and party and not fitting:
            fitting = [p for p in self.persons if p.party == party and p.office in offices["principals"]]
        if not fitting and office == "chair" and not party:
            return self._chairing()
        if not fitting:
            return None
        order = offices["principals"]
        best = (
            max(
                fitting,
                key=lambda p: (
                    -(kinds.index(p.office) if p.office in kinds else order.index(p.office)),
                    p.count,
                    -p.first,
                ),
            )
            if party
            else max(fitting, key=lambda p: (p.count, -p.first))
        )
        rivals = [
            p
            for p in fitting
            if p is not best and p.count == best.count and (not party or p.office == best.office)
        ]
        return None if rivals else best

    def called(self, person: Person, word: str) -> bool:
        """Whether a title with this head word stands by the person's name somewhere, in any case."""
        stem = word[: max(4, len(word) - 2)] if self.lang.table("names") else word
        aliases = [[w.strip(",").lower() for w in a.split()] for a in person.aliases]
        if any(w.startswith(stem) for words in aliases for w in words):
            return True
        return self._cased and any(clipped(word, a, b) for words in aliases for a, b in pairwise(words))

    def _chairing(self) -> Person | None:
        """The person of whom the document says that the meeting was "chaired by" them."""
        for hit in self.t.hits.get("chairing", []):
            for i in range(hit.j, min(hit.j + 8, len(self.t))):
                if i in self._of_mention:
                    return self._of_mention[i]
        return None

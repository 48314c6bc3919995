"""Noun phrases that can speak, promise or meet: names, titles, pronouns, parties, bodies and pairs.

A mention is found by its grammar, not resolved: who it means is said by `roles`. In the patterns below T is
an office, C a party, N a name: ``C-ian T N``, ``C's T N``, ``T of C N``, ``T N of C``, ``N, T of C``,
``T of C, N,``; Russian lacks "of" and uses the genitive, which the party's own form shows.
"""

from __future__ import annotations

import msgspec

from travaux.reader.bodies import Body
from travaux.reader.complements import Complements
from travaux.reader.introduced import Parties
from travaux.reader.language import Language
from travaux.reader.tokens import Hit, Tokens


class Mention(msgspec.Struct, frozen=True, gc=False):
    """Tokens `i`..`j` (exclusive). `kind`: name, titled, title, counterpart, pronoun, party, body, plural.

    `name` holds the name's tokens as they stand; `oblique` is true where its case shows it is no subject.
    """

    i: int
    j: int
    kind: str
    name: tuple[str, ...] = ()
    office: str = ""
    party: str = ""
    oblique: bool = False
    head: int = 0


_PORTFOLIO = ("minister", "deputy-minister")  # offices that a portfolio may stand before: "health minister"


class Finder(Complements):
    """Finds the mentions of one document."""

    def __init__(self, tokens: Tokens, lang: Language, parties: Parties, bodies: list[Body]) -> None:
        super().__init__(tokens, lang, parties)
        self.bodies = bodies
        self._owners = frozenset(lang.table("owners"))
        self._body_ends = {b.j: b.i for b in bodies}

    def mentions(self) -> list[Mention]:
        """All mentions in order; none overlaps another."""
        taken = bytearray(len(self.t))
        kept: list[Mention] = []
        offices = self._offices()
        inside = {k for m in offices for k in range(m.i + 1, m.j)}
        for found in (
            self._plurals("persons"),
            [m for m in self._plurals("parties") if m.i not in inside],
            offices,
            self._counterparts(),
            self._bodies(),
            self._parties(),
            self._names(),
            self._pronouns(),
        ):
            for mention in found:
                if taken.find(1, mention.i, mention.j) < 0:
                    taken[mention.i : mention.j] = b"\x01" * (mention.j - mention.i)
                    kept.append(mention)
        return sorted(kept, key=lambda m: m.i)

    # --- offices -----------------------------------------------------------------------------------------

    def _offices(self) -> list[Mention]:
        return [self._office(hit) for hit in self.t.hits.get("office", []) if self._is_office(hit)]

    def _is_office(self, hit: Hit) -> bool:
        """Whether an office is meant: "host" and "guest" are mere words without an article or an owner, or
        before a noun of theirs ("the host country")."""
        if hit.entry.kind not in ("host", "guest") or not self._of:
            return True
        owned = self._articles | self.lang.words("possessives")
        low = self.t.low[hit.j] if hit.j < len(self.t) else ""
        beside = low in self.lang.words("actors") or low in self.lang.words("directions")
        return hit.i > 0 and self.t.low[hit.i - 1] in owned and not beside and low != "city"

    def _office(self, hit: Hit) -> Mention:
        i, party = self._before(hit.i, hit.entry.kind)
        j, told, name = self._after(hit)
        party = party or told
        oblique = hit.entry.form not in ("", "0")
        kinds = self.lang.data["offices"].get("by_body", {})
        named = [kinds[w] for w in self.t.low[hit.j : j] if w in kinds] if hit.entry.kind == "head" else []
        office = named[0] if named else hit.entry.kind
        mention = Mention(i, j, "titled" if name else "title", name, office, party, oblique, hit.i)
        return mention if name else self._apposed(mention)

    def _before(self, i: int, office: str = "") -> tuple[int, str]:
        """(first token, party) of what stands before an office: modifiers, an adjective, an owner."""
        low = self.t.low
        plain = frozenset(self.lang.data["offices"]["plain"])
        party = ""
        while i > 0 and not self.t.new_line(i):
            if self._of and i in self._body_ends and not party:
                i = self._body_ends[i]
            elif low[i - 1] in plain:
                i -= 1
            elif self._cased and low[i - 1] == "–" and (twin := self._office_ending(i - 1)) is not None:
                i = twin  # «вице-премьер – министр N N»
            elif i - 1 in self.parties.adjective and not party:
                party = self.parties.adjective[i - 1]
                i -= 1
            elif (
                self._of and not party and (named := self._ending_at(i)) and low[named.i - 1] not in self._of
            ):
                party, i = named.entry.kind, named.i
            elif low[i - 1] == "'s" and not party and (owner := self._ending_at(i - 1)):
                return owner.i, owner.entry.kind
            elif (self.t.capital(i - 1) and low[i - 1] in self.lang.words("portfolios")) or (
                low[i - 1] in self.lang.words("portfolios") and (not self._of or office in _PORTFOLIO)
            ):
                i -= 1
            else:
                break
        if i > 0 and (
            low[i - 1] in self._owners or low[i - 1] in self._articles or low[i - 1] in self._honorifics
        ):
            i -= 1
        return i, party

    def _office_ending(self, j: int) -> int | None:
        """The first token of the office that ends before token j."""
        offices = self.t.at.get("office", {})
        return next((k for k in range(max(j - 3, 0), j) if k in offices and offices[k].j == j), None)

    def _ending_at(self, j: int) -> Hit | None:
        """The party whose naming ends before token j."""
        for i in range(j - 1, max(j - 5, -1), -1):
            hit = self.parties.at(i)
            if hit and hit.j == j:
                return hit
        return None

    def _after(self, hit: Hit) -> tuple[int, str, tuple[str, ...]]:
        """(end, party, name) of what follows an office."""
        j, party = self._scope(hit.j, hit.entry.kind)
        end, name = (j, ()) if self.t.new_line(j) else self.name_at(j)
        if self._cased:
            name = self.without_complement(name)
            if len(name) < 2 and (far := self.far_name(hit, j)) is not None:
                return far.end, party or far.party, far.name
            if len(name) == 1 and self.is_place(hit, end - 1):
                name = ()
                j = end
        if name and not party and end < len(self.t) and self.t.low[end] in self._of:
            after, party = self._scope(end, hit.entry.kind)
            if party:
                end = after
        return (end, party, name) if name else (j, party, ())

    def _apposed(self, mention: Mention) -> Mention:
        """A title without a name takes the name set beside it between commas, before or after."""
        t, size = self.t, len(self.t)
        if mention.i and mention.j < size and t.word[mention.i - 1] == "(" and t.word[mention.j] in ",)":
            start, name = self._name_before(mention.i - 1)
            owner = self.parties.at(mention.j + 1) if t.word[mention.j] == "," else None
            close = owner.j if owner else mention.j
            if len(name) > 1 and t.word[close : close + 1] == [")"]:
                party = owner.entry.kind if owner else mention.party
                return msgspec.structs.replace(
                    mention, i=start, j=close + 1, kind="titled", name=name, party=party, oblique=False
                )
        if mention.j + 1 < size and t.low[mention.j] in (",", "("):
            end, name = self.name_at(mention.j + 1)
            if t.low[mention.j] == "(":
                if len(name) > 1 and t.word[end : end + 1] == [")"]:
                    return msgspec.structs.replace(mention, j=end + 1, kind="titled", name=name)
            elif len(name) > 1 and (end >= size or t.word[end] in ',.();:–"'):
                return msgspec.structs.replace(mention, j=end, kind="titled", name=name)
        if mention.i >= 2 and t.low[mention.i - 1] == ",":
            start, name = self._name_before(mention.i - 1)
            closed = (
                mention.j >= size
                or t.word[mention.j] in ",.);:–"
                or t.low[mention.j] in self.lang.words("joiners")
            )
            if len(name) > 1 and closed:
                return msgspec.structs.replace(mention, i=start, kind="titled", name=name, oblique=False)
        return mention

    # --- names -------------------------------------------------------------------------------------------

    def _names(self) -> list[Mention]:
        found: list[Mention] = []
        i = self.t.caps.find(1)
        while i >= 0:
            end, name = self.name_at(i)
            if name:
                whole, name = name, self.own_name(i, name)
                i = i if name == whole or not name else self._start_of(name, i, end)
            if name:
                other = self._cased and len(name) > 1 and self.not_nominative(name)
                honoured = i > 0 and self.t.low[i - 1] in self._honorifics and not self.t.new_line(i)
                found.append(Mention(i - honoured, end, "name", name, oblique=other))
            i = self.t.caps.find(1, max(end, i + 1))
        return found

    def _start_of(self, name: tuple[str, ...], i: int, end: int) -> int:
        """The first token of what is left of a name that ended before token `end`."""
        return next((k for k in range(i, end) if self.t.word[k] == name[0].rstrip(".")), i)

    # --- the rest ----------------------------------------------------------------------------------------

    def _pronouns(self) -> list[Mention]:
        return [
            Mention(h.i, h.j, "pronoun", office=h.entry.kind, oblique=h.entry.form not in ("", "0"))
            for h in self.t.hits.get("pronoun", [])
            if h.entry.kind != "latter" or self._of or not "".join(self.t.word[h.j : h.j + 1]).isalpha()
        ]

    def _plurals(self, kind: str) -> list[Mention]:
        found = []
        for hit in (h for h in self.t.hits.get("plural", []) if h.entry.kind == kind):
            one = self.t.hit("office", hit.i) if self._cased else None
            if one is not None and one.entry.form == "1" and len(self._after(one)[2]) > 1:
                continue  # «встреча главы МИД N N»
            i = hit.i - 1 if hit.i and self.t.low[hit.i - 1] in self._articles else hit.i
            j = self._scope(hit.j, "")[0] if hit.entry.kind == "persons" else hit.j
            found.append(
                Mention(
                    i, j, "plural", office=hit.entry.kind, oblique=hit.entry.form not in ("", "0"), head=hit.i
                )
            )
        return found

    def _counterparts(self) -> list[Mention]:
        found = []
        words = self.lang.words("counterpart")
        for i in self.t.places(words):
            low, party, j = self.t.low[i], self._party_before(i), i + 1
            if not party and self.t.low[j : j + 1] and self.t.low[j] in self.lang.words("origins"):
                owner = self.parties.at(j + 1)
                party, j = (owner.entry.kind, owner.j) if owner else ("", j)
            if party:
                owned = self.lang.words("possessives")
                start = next((k for k in (i - 2, i - 1) if k >= 0 and self.t.low[k] in owned), max(i - 1, 0))
                end, name = self.name_at(j)
                if not name and j + 1 < len(self.t) and self.t.low[j] == ",":
                    end, name = self.name_at(j + 1)
                    name = (
                        name if len(name) > 1 and end < len(self.t) and self.t.word[end] in ',.);:–"' else ()
                    )
                kind = "titled" if name else "counterpart"
                oblique = low in self.lang.words("counterpart_oblique")
                found.append(Mention(start, end if name else j, kind, name, "", party, oblique, i))
        return found

    def _party_before(self, i: int) -> str:
        """The party of the adjective or plain name set directly before token i."""
        if i - 1 in self.parties.adjective:
            return self.parties.adjective[i - 1]
        owner = self._ending_at(i) if self._of else None
        return owner.entry.kind if owner else ""

    def _parties(self) -> list[Mention]:
        found = []
        governments = self.lang.words("governments")
        for i, hit in self.parties.named.items():
            found.append(
                Mention(i, hit.j, "party", party=hit.entry.kind, oblique=hit.entry.form == "oblique")
            )
        for i, party in self.parties.adjective.items():
            if i + 1 < len(self.t) and self.t.low[i + 1] in governments:
                start = i - 1 if i and self.t.low[i - 1] in self._articles else i
                found.append(Mention(start, i + 2, "party", party=party))
        return sorted(found, key=lambda m: m.i - m.j)

    def _bodies(self) -> list[Mention]:
        return [Mention(b.i, b.j, "body", oblique=not self._starts_nominative(b.i)) for b in self.bodies]

    def _starts_nominative(self, i: int) -> bool:
        hit = self.t.hit("body", i) or self.t.hit("body_name", i)
        return hit is None or hit.entry.form in ("", "0")

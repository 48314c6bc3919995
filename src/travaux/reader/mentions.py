"""Noun phrases that can speak, promise or meet: names, titles, pronouns, parties, bodies and pairs.

A mention is found by its grammar, not resolved: who it means is said by `roles`. In the patterns below T is
an office, C a party, N a name: ``C-ian T N``, ``C's T N``, ``T of C N``, ``T N of C``, ``N, T of C``,
``T of C, N,``; Russian lacks "of" and uses the genitive, which the party's own form shows.
"""

from __future__ import annotations

import msgspec

from travaux.reader.bodies import Body
from travaux.reader.introduced import Parties
from travaux.reader.language import Language
from travaux.reader.personal import PersonalNames
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


class Finder(PersonalNames):
    """Finds the mentions of one document."""

    def __init__(self, tokens: Tokens, lang: Language, parties: Parties, bodies: list[Body]) -> None:
        super().__init__(tokens, lang, parties)
        self.bodies = bodies
        self._of, self._articles = lang.words("of"), lang.words("articles")
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
        patronymics = tuple(self.lang.table("names").get("patronymics", ()))
        if (
            len(name) == 3
            and patronymics
            and name[1][0].isupper()
            and not name[1].lower().endswith(patronymics)
            and "." not in "".join(name)
        ):
            name = name[1:]
        if len(name) == 4 and patronymics and name[2].lower().endswith(patronymics):
            name = name[1:]  # «мэр Города Имя Отчество Фамилия»
        if name and not party and end < len(self.t) and self.t.low[end] in self._of:
            after, party = self._scope(end, hit.entry.kind)
            if party:
                end = after
        return (end, party, name) if name else (j, party, ())

    def _scope(self, j: int, office: str) -> tuple[int, str]:
        """(end, party) of "of C", "of Trade of C", "of the Council of C" after an office; j where none."""
        low, size, party = self.t.low, len(self.t), ""
        at = j
        for _ in range(4):
            k = at
            if k < size and low[k] in self.lang.words("posted") and self.parties.at(k + 1):
                at = self.parties.named[k + 1].j
                continue
            if self._of and k < size and low[k] in self._of:
                k += 1
            elif self._of:
                break
            while k < size and low[k] in self._articles:
                k += 1
            if (
                not self._of
                and k + 1 < size
                and self.t.word[k].islower()
                and self.parties.at(k + 1)
                and low[k].endswith(tuple(self.lang.words("genitives")))
            ):
                k += 1
            if not self._of and self._regional(k):
                k += 1
            end, told = self._scoped(k, office)
            if end == k:
                break
            at, party = end, told or party
            if told:
                break
        return at, party

    def _regional(self, k: int) -> bool:
        """Whether a capitalised adjective in the genitive stands at token k before a plain noun that an
        office is "of": «Озёрного края»."""
        if not self.t.capital(k) or k in self.parties.adjective or k in self.parties.named:
            return False
        plain = "".join(self.t.low[k + 1 : k + 2])
        told = plain in self.lang.words("portfolios") or k + 1 in self.t.at.get("body", {})
        return told and self.t.low[k].endswith(tuple(self.lang.words("genitives")))

    def _scoped(self, k: int, office: str) -> tuple[int, str]:
        """(end, party) of one complement at token k: a party, a body, or the words of a portfolio."""
        if party := self.parties.at(k):
            owned = "".join(self.t.low[party.j : party.j + 1]) in self.lang.words("governments")
            return party.j + (1 if owned and self._of else 0), party.entry.kind
        if k in self.parties.adjective:
            end, told = self._scoped(k + 1, office)
            return (end, told or self.parties.adjective[k]) if end > k + 1 else (k, "")
        inner = self.t.hit("office", k)
        if inner is not None and not self._of and inner.entry.form not in ("", "0"):
            return self._scope(inner.j, office)
        end = k
        words = self.lang.either("portfolios", "joiners", "generic")
        words = words.union(self.lang.data["offices"].get("by_body", ()))
        heads = self.t.at.get("body", {})
        while end < len(self.t) and (self.t.low[end] in words or end in heads):
            if end in heads and end > k and self.t.low[end - 1] in self.lang.words("joiners"):
                break
            end = heads[end].j if end in heads else end + 1
        while end > k and self.t.low[end - 1] in self.lang.words("joiners"):
            end -= 1
        return end, ""

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
                found.append(Mention(i, end, "name", name))
            i = self.t.caps.find(1, max(end, i + 1))
        return found

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
        hit = self.t.hit("body", i)
        return hit is None or hit.entry.form in ("", "0")

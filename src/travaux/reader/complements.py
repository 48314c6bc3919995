"""What an office is of: a country, a body, a portfolio, a region; and the name that follows all of it.

``T of C``, ``T of Trade of C``; Russian lacks "of": the complement stands in the genitive or behind «по», and
ends where the name begins: «советник главы ведомства по торговле N N».
"""

from __future__ import annotations

import msgspec

from travaux.reader.introduced import Parties
from travaux.reader.language import Language
from travaux.reader.personal import PersonalNames
from travaux.reader.tokens import Hit, Tokens
from travaux.reader.verbs import like_verb

_FARTHEST = 14  # tokens between an office and the name behind its complement


class Far(msgspec.Struct, frozen=True, gc=False):
    """A name behind a complement of several words: its `end`, its words, the party passed on the way."""

    end: int
    name: tuple[str, ...]
    party: str


class Complements(PersonalNames):
    """Finds the complements of the offices of one document."""

    def __init__(self, tokens: Tokens, lang: Language, parties: Parties) -> None:
        super().__init__(tokens, lang, parties)
        self._of, self._articles = lang.words("of"), lang.words("articles")
        names = lang.table("names")
        self._cased = bool(names) and not self._of
        self._patronymics = tuple(names.get("patronymics", ()))
        self._places = tuple(names.get("place_genitives", ()))
        self._women = tuple(names.get("feminine", ()))
        walls = lang.either(
            "that", "relatives", "finite", "negations", "openers", "contrast", "prepositions", "as_said"
        )
        self._walls = walls - lang.words("subjects_of")
        self._fullest: frozenset[str] | None = None
        self._heads = tokens.at.get("body", {})
        if self._cased:
            named = tokens.at.get("body_name", {})
            self._heads = self._heads | {k: h for k, h in named.items() if h.entry.form != "0"}

    # --- the name behind a complement in the genitive ------------------------------------------------------

    def without_complement(self, name: tuple[str, ...]) -> tuple[str, ...]:
        """A run of capitalised words behind an office without those that tell what the office is of: the
        name is what ends it, from the initial or the word before a patronymic on, else the last two words."""
        if not name or name[-1].lower() in self.lang.words("body_tails"):
            return ()
        if len(name) == 1 and len(name[0]) > 1 and name[0].isupper():
            return ()  # «глава ФТС»
        for k in range(1, len(name)):
            if name[k].lower().endswith(self._patronymics) and name[k][0].isupper() and k + 1 < len(name):
                return name[k - 1 :]
            if "." in name[k] and "." not in name[0] and k + 1 < len(name):
                return name[k:]
        particles = any(w[0].islower() for w in name[:-1])
        return name if len(name) < 3 or particles or "." in "".join(name) else name[-2:]

    def far_name(self, hit: Hit, j: int) -> Far | None:
        """The full name that ends an office's complement from token j on; None where a verb, a stop or a
        clause stands before one: «глава минтранса Арвии N N»."""
        party, k = "", j - 1
        while (k := k + 1) < min(j + _FARTHEST, len(self.t)):
            if self.t.word[k] == '"' and k > j:
                k = self._past_marks(k)
                continue
            if self.t.new_line(k) or not self.t.word[k][0].isalpha() or self.t.low[k] in self._walls:
                return None
            if k in self.parties.named or k in self.parties.adjective:
                party = party or self.parties.adjective.get(k, "") or self.parties.named[k].entry.kind
                continue
            if self.t.capital(k):
                end, name = self.name_at(k)
                full = self.without_complement(name)
                if (
                    len(full) > 1
                    and self._agrees(hit, full)
                    and not (full == name[-2:] and self._complement_only(hit, end, full))
                ):
                    return Far(end, full, party)
            elif self._verb(k):
                return None
        return None

    def _past_marks(self, k: int) -> int:
        """The mark that closes the name opened at token k: «глава компании "Рассвет" N N»; else the text's
        end."""
        for n in range(k + 2, min(k + 8, len(self.t))):
            if self.t.word[n] == '"':
                return n
        return len(self.t)

    def _agrees(self, hit: Hit, name: tuple[str, ...]) -> bool:
        """Whether a name can stand in the nominative where its office does: no «министр в беседе с N»."""
        return hit.entry.form not in ("", "0") or not self.not_nominative(name)

    def not_nominative(self, name: tuple[str, ...]) -> bool:
        """Whether the endings of a full name show a case that no subject has."""
        ends = (name[0].lower(), name[-1].lower())
        cases = self.lang.table("names").get("not_nominative", ())
        return any(all(w.endswith(tuple(case)) for w in ends) for case in cases)

    def _complement_only(self, hit: Hit, end: int, name: tuple[str, ...]) -> bool:
        """Whether two capitalised words go on into a name: they are part of the complement."""
        following = self.t.word[end : end + 1]
        return bool(following) and self.t.hit("body", end - 1) is not None and hit.i < end and len(name) == 2

    def _verb(self, k: int) -> bool:
        """Whether a lower-case word is a verb by its form, or one that the lexicon knows."""
        low = self.t.low[k]
        if any(self.t.hit(group, k) for group in ("speech", "modal", "meeting", "receiving")):
            return not self.t.hit("meeting", k) or like_verb(low, self.lang)
        return like_verb(low, self.lang)

    def is_place(self, hit: Hit, k: int) -> bool:
        """Whether the single capitalised word at token k, behind an office that is not in the genitive, is
        what the office is of, not a surname: it stands in the genitive, and ends no fuller name."""
        low = self.t.low[k]
        if hit.entry.form == "1" or not low.endswith(self._places) or low.endswith(self._women):
            return False
        return low[: max(4, len(low) - 2)] not in self._surnames()

    def own_name(self, i: int, name: tuple[str, ...]) -> tuple[str, ...]:
        """The name in a run of capitalised words at token i that follows no office: without what else is
        capitalised before it («Лиги Нейтральных Стран N N»), or only opens the sentence («Вечером N»)."""
        if not self._cased or len(name) < 2:
            return name
        if any(w.lower() in self.lang.words("body_tails") for w in name) or len(name) > 3:
            return self.without_complement(name)
        starts = i == 0 or self.t.word[i - 1] in ".!?" or self.t.new_line(i)
        if starts and len(name) == 2 and self.t.low[i + 1][: max(4, len(name[1]) - 2)] in self._surnames():
            known = any(self.t.word[k] == name[0] for k in self.t.seen[self.t.low[i]] if k != i)
            return name if known or self.t.low[i].endswith(self._patronymics) else name[1:]
        return name

    def _surnames(self) -> frozenset[str]:
        """What the cases of a surname share, of each last word of two or more capitalised ones."""
        if self._fullest is None:
            ends: set[str] = set()
            for i in self.t.capitals():
                low = self.t.low[i]
                starts = i < 2 or self.t.word[i - 2] in ".!?" or self.t.new_line(i - 1)
                whole = self.t.capital(i - 1) and not self.t.capital(i + 1) and not starts
                if whole and self._name_word(i - 1):
                    ends.add(low[: max(4, len(low) - 2)])
            self._fullest = frozenset(ends)
        return self._fullest

    # --- what an office is of ------------------------------------------------------------------------------

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
        if party and at + 1 < size and low[at] in self.lang.words("posted") and self.parties.at(at + 1):
            at = self.parties.named[at + 1].j  # «посол C в D N»
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
        heads = self._heads
        while end < len(self.t) and (self.t.low[end] in words or end in heads):
            if end in heads and end > k and self.t.low[end - 1] in self.lang.words("joiners"):
                break
            end = heads[end].j if end in heads else end + 1
        while end > k and self.t.low[end - 1] in self.lang.words("joiners"):
            end -= 1
        return end, ""

"""Who or what the subject of a clause is: we, a side, a thing."""

from __future__ import annotations

from travaux.reader.clauses import Clauses, Unit
from travaux.reader.mentions import Mention
from travaux.reader.page import Page
from travaux.reader.roles import Roles


class Actors:
    """Judges the subjects of the clauses of one page."""

    def __init__(self, page: Page, roles: Roles) -> None:
        self.page, self.roles = page, roles
        self.t, self.lang = page.tokens, page.lang
        self.c = Clauses(page)

    def _noun_before(self, k: int) -> bool:
        """Whether "that" at token k follows a noun: then it is a relative pronoun."""
        if k == 0:
            return False
        low = self.t.low[k - 1]
        return (
            low[0].isalpha()
            and not self.t.hit("speech", k - 1)
            and not self.t.hit("modal", k - 1)
            and low not in self.lang.words("finite")
        )

    def _reduced_relative(self, v: int, unit: Unit) -> bool:
        """ "the price Arvia will pay": the subject is set directly after another noun."""
        m = self._subject_mention(v, unit)
        if m is None or m.i <= unit.i or (m.kind == "pronoun" and m.office not in ("we", "they")):
            return False
        k = m.i - 1
        if self.t.low[k] in self.lang.words("articles"):
            k -= 1
        if k < unit.i or k < self.c.boundary(v, unit):
            return False
        low = self.t.low[k]
        free = (
            low in self.lang.words("prepositions")
            or low in self.c._conjunctions
            or low in self.lang.words("joiners")
            or low in self.lang.words("openers")
        )
        return (
            low.isalpha()
            and not free
            and not self.page.ends.get(k + 1)
            and not self.lang.words("verb_first")
            and self._nounish(k, unit)
        )

    def _nounish(self, k: int, unit: Unit) -> bool:
        """Whether the word at token k is the head of a noun phrase with an article of its own."""
        return any(
            self.t.low[n] in self.lang.words("articles") or self.t.low[n] in self.lang.words("determiners")
            for n in range(max(k - 4, unit.i), k)
        ) and not any(
            self.t.low[n] in self.lang.words("prepositions") for n in range(unit.i, min(unit.i + 1, k))
        )

    def _subject_mention(self, v: int, unit: Unit) -> Mention | None:
        k = v
        while k > unit.i and self.c._between(k - 1):
            k -= 1
        return self.page.ends.get(k)

    def _actor(self, start: int, v: int) -> str:
        """What the subject is: we, side (a party, body or person), it, thing, or "" for none."""
        k = v
        while k > start and self.c._between(k - 1):
            k -= 1
        m = self.page.ends.get(k)
        if m is not None and m.kind == "pronoun" and m.office in ("we", "i"):
            return "we"
        words = self.t.low[start:k]
        if m is not None and m.kind == "pronoun":
            return (
                "it"
                if m.office in ("they", "he", "she")
                else "it"
                if m.office == "it" and self._it_is_party(m)
                else "thing"
            )
        governments = self.lang.either("governments", "actors")
        if any(w in governments for w in words):
            return "side"
        if any(self._leads(m, start, k) for m in self.page.among(start, min(start + 3, k))):
            return "side"
        if any(w in self.lang.words("collective") for w in words[:3]):
            return "we"
        return "thing" if words else ""

    def _leads(self, m: Mention, start: int, end: int) -> bool:
        """Whether a mention is the head of the subject ``start:end``: no complement of another noun
        ("contacts between Arvia and Tolia"), no common noun that only opens the sentence."""
        sentence = self.page.sentence_at(m.i)
        if m.i == sentence.i and m.kind == "name" and len(m.name) == 1 and self.roles.person_of(m) is None:
            thing = any(self.t.hit(group, m.i) for group in ("instrument", "meeting"))
            return m.j == end and not thing
        unknown = m.kind == "name" and len(m.name) == 1 and self.roles.person_of(m) is None
        if (m.kind == "party" or unknown) and self._modifies(m, end):
            return False
        before = self.t.low[max(m.i - 2, start) : m.i]
        if before and before[-1] in self.lang.words("articles"):
            before = before[:-1]
        return not before or before[-1] not in self.lang.words("between_words")

    def _modifies(self, m: Mention, end: int) -> bool:
        """Whether a noun follows a party directly: "this first Brussels meeting"."""
        if self.lang.words("verb_first") or m.j >= end:
            return False
        free = self.lang.either("prepositions", "joiners", "articles", "relatives", "finite", "contrast")
        low = self.t.low[m.j]
        return low.isalpha() and self.t.word[m.j].islower() and low not in free and not self.c._between(m.j)

    def _it_is_party(self, m: Mention) -> bool:
        """Whether "it" follows a party or body that is a subject in the same sentence, or opens a sentence
        after one whose subject is a party or body."""
        sentence = self.page.sentence_at(m.i)
        if m.i == sentence.i and not self.page.hidden[m.i]:
            number = self.page.sentence_number(m.i)
            last = self.page.sentences[number - 1] if number else None
            if last is None or last.paragraph != sentence.paragraph:
                return False
            opening = next(iter(self.page.among(last.i, min(last.i + 4, last.j))), None)
            return opening is not None and opening.kind in ("party", "body") and not opening.oblique
        before = [x for x in self.page.among(sentence.i, m.i) if x.kind in ("party", "body")]
        prepositions = self.lang.words("prepositions")
        return any(not x.oblique and self.t.low[x.i - 1] not in prepositions for x in before)

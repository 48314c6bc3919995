"""Where the subject of a verb or of a sentence stands: a mention in the nominative, adverbs, appositions and
openings passed."""

from __future__ import annotations

import msgspec

from travaux.reader.mentions import Mention
from travaux.reader.page import Page
from travaux.reader.people import Person
from travaux.reader.roles import Roles
from travaux.reader.segments import Sentence


class Subject(msgspec.Struct, frozen=True, gc=False):
    """Who speaks: the mentions (two when joined by "and"), and where they stand to the verb."""

    mentions: tuple[Mention, ...]
    place: str

    @property
    def first(self) -> int:
        """The first token of the subject."""
        return self.mentions[0].i

    @property
    def last(self) -> int:
        """One past the last token of the subject."""
        return self.mentions[-1].j


class Nominatives:
    """Finds subjects on one page and remembers the last ones for pronouns."""

    def __init__(self, page: Page, roles: Roles) -> None:
        self.page, self.roles, self.t, self.lang = page, roles, page.tokens, page.lang
        self.last: tuple[Person, ...] = ()
        self._before: list[tuple[Person, ...]] = []
        self._phrases = {h.j: h.i for h in self.t.hits.get("adverb", []) if h.j > h.i + 1}
        self._silent = False  # the last who spoke has no name
        self._prepositions = self.lang.words("prepositions")
        self._verb_first = bool(self.lang.words("verb_first"))
        self._inserts, self._between = self.lang.words("inserts"), self.lang.words("between")
        self._articles, self._relatives = self.lang.words("articles"), self.lang.words("relatives")
        self._joiners = self.lang.words("joiners")
        self._skip = self.lang.words("adverb_words")
        self._finite, self._subordinators = self.lang.words("finite"), self.lang.words("subordinators")
        self._told_to = frozenset(w for w in self.lang.table("speech")["objects"] if " " not in w)
        self._gerunds = tuple(self.lang.data["gerunds"])
        self._latin = self.lang.data["script"] == "latin"

    # --- beside the verb ---------------------------------------------------------------------------------

    def before(self, i: int, floor: int) -> Subject | None:
        """The subject set before the verb at token i, not before token `floor`; adverbs between are
        passed."""
        k = self._past_adverbs(i, floor)
        m = self.page.ends.get(k)
        if m is None and k > floor and self.t.word[k - 1] in ",)":
            m = self._past_apposition(k - 1, floor)
            whole = self.page.ends.get(k - 1)  # "C's minister, N,": one mention with its commas
            if whole is not None and whole.name and "," in self.t.word[whole.i : whole.j]:
                m = whole
            elif m is not None and m.kind == "title" and whole and whole.i == m.j + 1 and whole.name:
                m = whole  # "the host, Minister N,": the name says who
        if m is None and k > floor and self.t.low[k - 1] in self._relatives:
            m = self.page.ends.get(k - 1) or (
                self.page.ends.get(k - 2) if self.t.word[k - 2] == "," else None
            )
        if m is not None and m.office == "it" and self.lang.words("verb_first"):
            m = self.page.ends.get(m.i) or m  # «S это отрицает»
        if m is not None and (whole := self._headed(m)) is not None:
            m = whole
        if m is None or m.i < floor or not self._can_be_subject(m):
            return None
        return self._joined(m, floor)

    def _headed(self, m: Mention) -> Mention | None:
        """The title directly before a body's letters, which tell what it heads: «глава коллегии ЕЭК»."""
        title = self.page.ends.get(m.i)
        letters = m.kind == "name" and m.j - m.i == 1 and self.t.word[m.i].isupper() and len(m.name[0]) > 1
        return title if letters and title is not None and title.kind == "title" else None

    def after(self, j: int, ceiling: int) -> Subject | None:
        """The subject set after the verb that ends before token j, adverbs between passed."""
        k = self._past_circumstances(j, ceiling)
        k = self._past_insert(self.page.names.get(k, k), ceiling)
        if self._verb_first:
            k = self._past_phrase(k, ceiling)
        m = self.page.at.get(k)
        if m is None and k + 1 < ceiling and self.t.low[k] in self._articles:
            m = self.page.at.get(k + 1)
        m = m or self._past_noun(k, ceiling)
        if m is None or m.oblique:
            return None
        found = [self._named_behind(m, ceiling)]
        m = found[0]
        if (
            m.j + 1 < ceiling
            and self.t.low[m.j] in self._joiners
            and (n := self.page.at.get(m.j + 1))
            and self._speaker(n)
            and not n.oblique
        ):
            found.append(n)
        return Subject(tuple(found), "after")

    def _named_behind(self, m: Mention, ceiling: int) -> Mention:
        """The full name behind a title, its plain complement and a comma: "said the mediator of the talks,
        N N"; else the title itself."""
        if m.kind != "title":
            return m
        of = self.lang.words("of")
        k = m.j
        while k < min(m.j + 6, ceiling) and k not in self.page.at and self.t.word[k].islower():
            k += 1
        plain = k == m.j or (self.t.low[m.j] in of and k > m.j + 1)
        n = self.page.at.get(k + 1) if plain and k < ceiling and self.t.word[k] == "," else None
        named = n is not None and n.kind == "name" and len(n.name) > 1 and not n.oblique
        return n if named and n is not None else m

    def _past_circumstances(self, k: int, ceiling: int) -> int:
        """The token after adverbs, and where the verb stands first after a day and those who were told:
        «заявил 3 марта журналистам S»."""
        while k < ceiling:
            low = self.t.low[k]
            if (
                self._adverb(k)
                or low in self._inserts
                or (self._verb_first and (low in self._between or low in self._told_to))
            ):
                k += 1
            elif self._verb_first and k in self.page.timed:
                k = self.page.timed[k]
            else:
                break
        return k

    def _past_noun(self, k: int, ceiling: int) -> Mention | None:
        """The full name that a common noun at token k is put before: "said hydrologist N N"."""
        barred = self.lang.either("prepositions", "joiners", "services", "finite")
        for n in range(k, min(k + 6, ceiling)):
            m = self.page.at.get(n)
            if m is not None and n > k:
                return m if m.kind in ("name", "titled") and len(m.name) > 1 and not m.oblique else None
            if not self.t.word[n].islower() or not self.t.word[n][0].isalpha() or self.t.low[n] in barred:
                return None
        return None

    def _past_insert(self, k: int, ceiling: int) -> int:
        """The token after adverbs between two commas at token k: "said, in turn, S"; k where none stand."""
        n = k + 1
        if k >= ceiling or self.t.word[k] != ",":
            return k
        while n < min(k + 6, ceiling) and n not in self.page.at and self.t.word[n].isalpha():
            n += 1
        told = n > k + 1 and self._adverb(n - 1)
        return n + 1 if told and n + 1 < ceiling and self.t.word[n] == "," else k

    def _past_phrase(self, k: int, ceiling: int) -> int:
        """The token after an adjunct between a verb and the subject behind it («заявил на брифинге S»): a
        preposition and a few plain words; k where no person or title follows it."""
        if k >= ceiling or self.t.low[k] not in self._prepositions:
            return k
        for n in range(k + 2, min(k + 7, ceiling)):
            m = self.page.at.get(n)
            if m is not None and m.kind in ("titled", "title", "name", "counterpart") and not m.oblique:
                return n
            if not self.t.word[n].isalpha():
                return k
        return k

    def _past_adverbs(self, i: int, floor: int) -> int:
        """The first token of the adverbs, of one word or several, that end before token i."""
        k = i
        while k > floor:
            if (first := self._phrases.get(k, -1)) >= floor:
                k = first
            elif self._adverb(k - 1):
                k -= 1
            else:
                break
        return k

    def _adverb(self, k: int) -> bool:
        low = self.t.low[k]
        return low in self._skip or (self._latin and low.endswith("ly") and k not in self.page.at)

    def _past_apposition(self, k: int, floor: int) -> Mention | None:
        """The mention before a comma-bound apposition or a bracket that closes at token k; the name before an
        office that holds commas itself: "N, minister of trade, industry and energy,"."""
        opening = "(" if self.t.word[k] == ")" else ","
        for b in range(k - 1, max(k - 30, floor), -1):
            if self.t.word[b] == opening:
                m = self.page.ends.get(b)
                divided = m is not None and m.kind == "title" and self.t.word[m.i - 1] == ","
                name = self.page.ends.get(m.i - 1) if m is not None and divided else None
                return name if name is not None and name.kind == "name" else m
        return None

    def _can_be_subject(self, m: Mention) -> bool:
        before = self.t.low[m.i - 1] if m.i else ""
        if m.oblique or (before in self._prepositions and not self.lang.words("prepositions_free")):
            return False
        return not (m.j < len(self.t) and self.t.low[m.j] == "'s")

    def _speaker(self, m: Mention) -> bool:
        return m.kind in ("titled", "title", "name", "counterpart", "party", "body", "plural")

    def _joined(self, m: Mention, floor: int) -> Subject | None:
        """The subject with a mention joined to it by "and" before."""
        if m.i - 2 >= floor and self.t.low[m.i - 1] in self._joiners:
            n = self.page.ends.get(m.i - 1)
            if n and self._speaker(n) and self._speaker(m) and self._can_be_subject(n):
                return Subject((n, m), "before")
            if n and not self._can_be_subject(n):
                return None
        return Subject((m,), "before")

    # --- of the sentence ---------------------------------------------------------------------------------

    def main(self, sentence: Sentence, upto: int) -> Subject | None:
        """The subject of a sentence's main clause before token `upto`: the first mention that can be one."""
        start = self._past_opening(sentence, upto)
        for m in self.page.among(start, upto):
            if (
                not self.page.hidden[m.i]
                and not self.page.bracketed[m.i]
                and self._can_be_subject(m)
                and m.office not in ("it", "we", "i", "you")
                and not self._mere_word(m)
            ):
                m = self._apposed(m)
                found = [m]
                if (
                    m.j + 1 < upto
                    and self.t.low[m.j] in self._joiners
                    and (n := self.page.at.get(m.j + 1))
                    and self._speaker(n)
                    and not n.oblique
                ):
                    found.append(n)
                return Subject(tuple(found), "main")
        return None

    def _mere_word(self, m: Mention) -> bool:
        """Whether a single capitalised word is nobody's name: it only opens the sentence."""
        return m.kind == "name" and len(m.name) == 1 and self.roles.person_of(m) is None

    def _apposed(self, m: Mention) -> Mention:
        """The titled name set behind a title and its comma: «вице-премьер C, председатель B N N»."""
        n = self.page.at.get(m.j + 1) if self.t.word[m.j : m.j + 1] == [","] else None
        return n if n is not None and m.kind == "title" and n.kind == "titled" and not n.oblique else m

    def _past_opening(self, sentence: Sentence, upto: int) -> int:
        """The token after an adverbial or participial opening's comma; the sentence's start without one."""
        i = self.past_dateline(sentence)
        while i < sentence.j and self.t.word[i] in "\"'([–-•":
            i += 1
        if i >= upto or not self._opens(i):
            return i
        for k in range(i, upto):
            if self.t.word[k] == "," and not self.page.hidden[k] and not self.page.bracketed[k]:
                return k + 1
        return i

    def past_dateline(self, sentence: Sentence) -> int:
        """The token after a dateline: a place at the start of a paragraph, a dash soon after, no verb
        between."""
        first = sentence.i
        if not self.t.capital(first) or self.t.start[first] != self.page.paras[sentence.paragraph].start:
            return first
        last = min(first + 16, sentence.j)
        if "–" not in (near := self.t.low[first + 1 : last]) and "-" not in near:
            return first
        for k in range(first + 1, last):
            low = self.t.low[k]
            if low in ("–", "-") and self.t.word[k - 1] not in ('"', ","):
                return k + 1 if any(self.t.word[n] in ",./(" for n in range(first, k)) else first
            if low in self._finite or low in ";:!?" or self.t.hit("speech", k):
                return first
        return first

    def _opens(self, i: int) -> bool:
        low = self.t.low[i]
        if low in self._subordinators:
            return True
        return low.endswith(self._gerunds) and i not in self.page.at and len(low) > 4

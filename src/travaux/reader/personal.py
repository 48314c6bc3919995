"""Personal names by their shape: runs of capitalised words of no other class, with particles and initials."""

from __future__ import annotations

from travaux.reader.introduced import Parties
from travaux.reader.language import Language
from travaux.reader.tokens import Tokens

_CLOSED = (
    "articles",
    "prepositions",
    "subordinators",
    "negations",
    "joiners",
    "that",
    "questions",
    "possessives",
    "openers",
)


class PersonalNames:
    """Finds personal names among the tokens of one document."""

    def __init__(self, tokens: Tokens, lang: Language, parties: Parties) -> None:
        self.t, self.lang, self.parties = tokens, lang, parties
        self._judged: dict[int, bool] = {}
        self._closed = frozenset().union(*(lang.words(group) for group in _CLOSED))
        self._honorifics, self._particles = lang.words("honorifics"), lang.words("particles")
        self._lettered = lang.words("lettered_offices")
        months = frozenset(m for m in lang.months if m not in lang.words("month_names"))
        self._never = (
            self._closed
            | months
            | frozenset(lang.weekdays)
            | lang.words("honorifics")
            | lang.words("adverb_words")
        )
        if not lang.words("of"):
            self._never |= {n for names in lang.data["countries"]["state_nouns"] for n in names}
        self._trades = tuple(lang.words("trades"))
        self._gerunds = tuple(lang.data["gerunds"])
        self._given = lang.words("given_names") | months
        classes = ("office", "body_name", "body", "instrument", "pronoun", "meeting", "plural", "modal")
        self._other = frozenset(i for c in classes for i in tokens.at.get(c, ()))

    def _honorific(self, i: int) -> bool:
        """Whether token i is passed before a name: "Ms", and an office in letters, "PM N"."""
        word = self.t.word[i]
        return self.t.low[i].rstrip(".") in self._honorifics or (
            word in self._lettered and i + 1 < len(self.t)
        )

    def name_at(self, i: int) -> tuple[int, tuple[str, ...]]:
        """(end, tokens) of the personal name that starts at token i; (i, ()) where none does."""
        t, size, start = self.t, len(self.t.start), i
        if i >= size or not (self._name_word(i) or self._honorific(i)):
            return i, ()
        while i < size and self._honorific(i):
            i += 2 if i + 1 < size and t.low[i + 1] in (".", "'") else 1
        name: list[str] = []
        while i < size and len(name) < 6:
            if self._name_word(i):
                if name and name[-1].endswith("-"):
                    name[-1] += t.word[i]
                else:
                    name.append(t.word[i])
                i += 1
                if len(t.word[i - 1]) == 1 and i < size and t.word[i] == ".":
                    name[-1] += "."
                    i += 1
                    if i + 1 < size and t.word[i] == "-" and t.capital(i + 1):
                        name[-1] += "-"
                        i += 1
            elif name and self._hyphened(i):
                name.append(t.word[i])
                i += 1
            elif name and (end := self._past_particles(i)) > i:
                name += t.word[i:end]
                i = end
            else:
                break
            if i < size and i > 0 and "\n" in t.text[t.end[i - 1] : t.start[i]]:
                break
        return (i, tuple(name)) if name else (start, ())

    def _hyphened(self, i: int) -> bool:
        """Whether token i is a particle and a name joined by a hyphen: «аль-Мансур»."""
        head, hyphen, tail = self.t.word[i].partition("-")
        return hyphen == "-" and tail[:1].isupper() and head in self._particles

    def _past_particles(self, i: int) -> int:
        """The token after the particles at token i ("van der", "de la"), where a name follows them; else
        i."""
        end = i
        while end < len(self.t) and end - i < 3 and self.t.low[end] in self._particles:
            end += 1
        return end if end < len(self.t) and self._name_word(end) else i

    def _name_before(self, j: int) -> tuple[int, tuple[str, ...]]:
        """(start, tokens) of the personal name that ends before token j."""
        i = j
        while i > 0 and j - i < 6 and (self._name_word(i - 1) or self.t.low[i - 1] in self._particles):
            i -= 1
        while i < j and not self._name_word(i):
            i += 1
        end, name = self.name_at(i)
        return (i, name) if end == j else (j, ())

    def _name_word(self, i: int) -> bool:
        """Whether token i can be part of a personal name: capitalised and of no other class."""
        if not self.t.capital(i):
            return False
        known = self._judged.get(i)
        if known is None:
            known = self._judged[i] = self._named(i)
        return known

    def _named(self, i: int) -> bool:
        """Whether a capitalised token is of no class but that of names; each is judged once."""
        t = self.t
        low = t.low[i]
        if not low[0].isalpha():
            return False
        if len(low) == 1 and i + 1 < len(t) and t.word[i + 1] == "." and t.end[i] == t.start[i + 1]:
            return True  # an initial
        if low in self._given and self._before_surname(i):
            return True
        if low in self._never or i in self._other or i in self.parties.named or i in self.parties.adjective:
            return False
        return not (self._opens_sentence(i) or self._trade(i))

    def _trade(self, i: int) -> bool:
        """Whether token i opens a sentence with what a person does, two names behind it: «Эколог N N»."""
        t = self.t
        if not t.low[i].endswith(self._trades) or not (t.capital(i + 1) and t.capital(i + 2)):
            return False
        return i == 0 or t.word[i - 1] in ".!?" or t.new_line(i)

    def _opens_sentence(self, i: int) -> bool:
        """Whether token i is a participle or gerund that opens a sentence: capital only by its place."""
        t, low = self.t, self.t.low[i]
        if not low.endswith(self._gerunds) or len(low) < 6 or i + 1 >= len(t) or not t.word[i + 1].islower():
            return False
        if i and t.word[i - 1] not in '.!?"–' and not t.new_line(i):
            return False
        following = t.low[i + 1]
        return t.hit("speech", i + 1) is None and following not in self.lang.words("adverb_words")

    def _before_surname(self, i: int) -> bool:
        """Whether a capitalised word of no other class follows one that is a given name too: "Per Lind"."""
        k = i + 1
        if not self.t.capital(k) or len(self.t.word[k]) < 3 or self.t.low[k] in self._given:
            return False
        taken = self.t.low[k] in self._never or k in self._other
        return not (taken or k in self.parties.named or k in self.parties.adjective)

"""The subject of a verb of speech, and whom a pronoun means: a memory fed by narration only."""

from __future__ import annotations

import msgspec

from travaux.reader.mentions import Mention
from travaux.reader.page import Page
from travaux.reader.people import BARE, FALLBACK, NOBODY, PRONOUN, Meant, Person
from travaux.reader.roles import Roles
from travaux.reader.segments import Sentence
from travaux.reader.tokens import Hit


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


class Subjects:
    """Finds subjects on one page and remembers the last ones for pronouns."""

    def __init__(self, page: Page, roles: Roles) -> None:
        self.page, self.roles, self.t, self.lang = page, roles, page.tokens, page.lang
        self.last: tuple[Person, ...] = ()
        self._before: list[tuple[Person, ...]] = []
        self._phrases = {h.j: h.i for h in self.t.hits.get("adverb", []) if h.j > h.i + 1}
        self._silent = False  # the last who spoke has no name
        self._prepositions = self.lang.words("prepositions")
        self._joiners = self.lang.words("joiners")
        self._skip = self.lang.words("adverb_words")
        self._finite, self._subordinators = self.lang.words("finite"), self.lang.words("subordinators")
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
        if m is None and k > floor and self.t.low[k - 1] in self.lang.words("relatives"):
            m = self.page.ends.get(k - 1) or (
                self.page.ends.get(k - 2) if self.t.word[k - 2] == "," else None
            )
        if m is not None and m.office == "it" and self.lang.words("verb_first"):
            m = self.page.ends.get(m.i) or m  # «S это отрицает»
        if m is None or m.i < floor or not self._can_be_subject(m):
            return None
        return self._joined(m, floor)

    def after(self, j: int, ceiling: int) -> Subject | None:
        """The subject set after the verb that ends before token j, adverbs between passed."""
        k = j
        while k < ceiling and (
            self._adverb(k)
            or self.t.low[k] in self.lang.words("inserts")
            or (self.lang.words("verb_first") and self.t.low[k] in self.lang.words("between"))
        ):
            k += 1
        k = self._past_insert(self.page.names.get(k, k), ceiling)
        if self.lang.words("verb_first"):
            k = self._past_phrase(k, ceiling)
        m = self.page.at.get(k)
        if m is None and k + 1 < ceiling and self.t.low[k] in self.lang.words("articles"):
            m = self.page.at.get(k + 1)
        m = m or self._past_noun(k, ceiling)
        if m is None or m.oblique:
            return None
        found = [m]
        if (
            m.j + 1 < ceiling
            and self.t.low[m.j] in self._joiners
            and (n := self.page.at.get(m.j + 1))
            and self._speaker(n)
            and not n.oblique
        ):
            found.append(n)
        return Subject(tuple(found), "after")

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
        """The mention before a comma-bound apposition or a bracket that closes at token k."""
        opening = "(" if self.t.word[k] == ")" else ","
        for b in range(k - 1, max(k - 30, floor), -1):
            if self.t.word[b] == opening:
                return self.page.ends.get(b)
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

    # --- who it is ---------------------------------------------------------------------------------------

    def meant(self, subject: Subject) -> Meant:
        """Whom a subject means; joint when several."""
        parts = [self.who(m) for m in subject.mentions]
        if len(parts) == 1:
            return parts[0]
        if any(not p.names for p in parts):
            return NOBODY
        return Meant(tuple(n for p in parts for n in p.names), min(p.factor for p in parts), "joint")

    def who(self, m: Mention) -> Meant:
        """Whom one mention means, pronouns included."""
        if m.kind == "title" and m.office == "anyone":
            return self.roles.described(self.t.low[m.head], m.party) or self.pronoun("")
        if m.kind == "pronoun" and m.office == "latter":
            return self._latter(m.i)
        if (again := self._again(m)) is not None:
            return again
        if m.kind == "title" and m.office in ("host", "guest"):
            told = self.roles.meant(m)
            return told if told.names else fallback(self.pronoun(self._verb_sex(m)))
        if m.kind != "pronoun":
            told = self.roles.meant(m, self.last[0] if len(self.last) == 1 else None, self._verb_sex(m))
            return told if told.names or m.kind != "title" else self._salient(m)
        if m.office in ("he", "she"):
            return self.pronoun("m" if m.office == "he" else "f", m.i)
        if m.office == "we" and self.roles.joint and not self.page.hidden[m.i]:
            return self.roles.signatories()
        if m.office == "they" and len(self.last) > 1:
            return Meant(tuple(p.full for p in self.last), PRONOUN, "pronoun")
        return NOBODY

    def _again(self, m: Mention) -> Meant | None:
        """A title without name, party or portfolio, of which the document has several holders, means the last
        subject where that is one of them; not for the highest offices, whose bare title means the host's."""
        offices = self.lang.data["offices"]
        plain = m.kind == "title" and not m.party and m.j - m.i <= 2 and m.office not in offices["hosts"]
        if not plain or len(self.last) != 1:
            return None
        kinds = offices.get(m.office, [m.office])
        holders = [p for p in self.roles.persons if p.office in kinds]
        last, sex = self.last[0], self._verb_sex(m)
        named = [p for p in holders if not p.role or self.roles.called(p, self.t.low[m.head])]
        fits = last in (named or holders)
        if len(holders) > 1 and fits and sex in ("", last.sex or sex):
            return Meant((last.full,), BARE, "bare title")
        return None

    def _salient(self, m: Mention) -> Meant:
        """A title that fits nobody's office told in the document means the last subject, for unsure, where
        nothing speaks against it: his party, sex, and an office that is told and differs."""
        if not self.lang.table("names") or len(self.last) != 1 or self._silent or self.roles.indefinite(m):
            return NOBODY
        last, sex, loose = self.last[0], self._verb_sex(m), self.lang.data["offices"]["loose"]
        fits = last.office == "" or (last.office in loose and m.office in loose)
        agrees = sex in ("", last.sex or sex) and m.party in ("", last.party or m.party)
        return fallback(Meant((last.full,), BARE, "bare title")) if fits and agrees else NOBODY

    def pro_dropped(self, i: int, hit: Hit) -> Meant:
        """Who is meant where only little words stand between a sentence's start and its verb: «И сам же
        ответил»."""
        words = self.lang.words("pro_drop")
        if not words or any(self.t.low[k] not in words for k in range(i, hit.i)):
            return NOBODY
        table = self.lang.table("sexes")
        sex = next((str(s) for e, s in table.items() if self.t.low[hit.i].endswith(e)), "")
        return self.pronoun(sex) if hit.entry.form == "past" else NOBODY

    def _verb_sex(self, m: Mention) -> str:
        """The sex that the verb of speech beside a title tells, where the language's verbs tell it."""
        table = self.lang.table("sexes")
        if not table or m.kind != "title":
            return ""
        for k in (m.i - 1, m.i - 2, m.j, m.j + 1):
            hit = self.t.hit("speech", k)
            if hit is not None and hit.entry.form == "past":
                return next((str(s) for e, s in table.items() if self.t.low[k].endswith(e)), "")
        return ""

    def pronoun(self, sex: str, at: int = 0) -> Meant:
        """The last narration subject that agrees in sex; several equal ones mean nobody."""
        if self._silent:
            return NOBODY
        for people in (self.last, *reversed(self._before)):
            fitting = [p for p in people if not p.sex or not sex or p.sex == sex]
            if len(fitting) == 1:
                return Meant((fitting[0].full,), PRONOUN, "pronoun")
            if fitting:
                return NOBODY
        return self._seen(at, sex)

    def _latter(self, at: int) -> Meant:
        """The person named last in the narration of this sentence and the one before."""
        first = self.page.sentences[max(self.page.sentence_number(at) - 1, 0)].i
        for k in range(at - 1, first - 1, -1):
            m = self.page.at.get(k)
            if m is not None and not self.page.hidden[k] and m.kind in ("titled", "title", "name"):
                who = self.roles.meant(m)
                if who.names:
                    return Meant(who.names, PRONOUN, "pronoun")
        return NOBODY

    def _seen(self, at: int, sex: str) -> Meant:
        """The one person named in the sentence before token `at` whose sex may fit, where no subject did."""
        if at <= 0 or not sex:
            return NOBODY
        number = self.page.sentence_number(at)
        first = self.page.sentences[max(number - 1, 0)].i
        near = {
            n: p
            for m in self.page.among(first, at)
            if not self.page.hidden[m.i] and m.kind != "pronoun"
            for n in self.roles.meant(m).names
            for p in self.roles.persons
            if p.full == n and p.sex in ("", sex)
        }
        return Meant((next(iter(near)),), FALLBACK, "pronoun") if len(near) == 1 else NOBODY

    def remember(self, meant: Meant, mentions: tuple[Mention, ...] = ()) -> None:
        """Keep who spoke or acted last; only persons are kept, and a pronoun tells a person's sex."""
        people = self.roles.people(meant.names)
        if not people:
            return
        self._silent = False
        if people != self.last:
            self._before = [*self._before[-3:], self.last]
        self.last = people
        if len(people) == 1 and len(mentions) == 1 and mentions[0].office in ("he", "she"):
            people[0].sex = people[0].sex or ("m" if mentions[0].office == "he" else "f")

    def spoke_unnamed(self, first: int, last: int) -> None:
        """Keep that somebody without a name spoke, where one is told among the tokens ``first:last``: a
        pronoun after it means nobody known."""
        unnamed = self.lang.words("unnamed")
        if any(self.t.low[k] in unnamed for k in range(first, last)):
            self._silent = True


def fallback(meant: Meant) -> Meant:
    """The same persons, held for unsure."""
    return Meant(meant.names, min(meant.factor, FALLBACK), "fallback")

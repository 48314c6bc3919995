"""The pieces of a speech frame: whether a word is a verb of speech here, its subject, its clause's bounds."""

from __future__ import annotations

from collections.abc import Iterable

from travaux.reader.nominatives import Subject
from travaux.reader.page import Page
from travaux.reader.segments import Sentence
from travaux.reader.subjects import Subjects
from travaux.reader.tokens import Hit


def by_first(phrases: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    """The words of phrases under their first word, in the order given."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append(words)
    return found


class Reports:
    """Reads verbs of speech on one page."""

    def __init__(self, page: Page, subjects: Subjects) -> None:
        self.page, self.s, self.t, self.lang = page, subjects, page.tokens, page.lang
        speech = self.lang.table("speech")
        self._bare = frozenset(speech["bare"])
        self._that = self.lang.words("that")
        self._finite = self.lang.words("finite")
        self._breaks = self.lang.words("joiners") | self.lang.words("contrast") | self._that
        self._correlatives = by_first(speech["correlatives"])
        self._addressing = frozenset(speech["addressing"])
        self._verb_first = bool(self.lang.words("verb_first"))
        self._services = self.lang.words("services")
        self._past = tuple(speech["past_endings"])
        self._objects = by_first(speech["objects"])

    def is_verb(self, hit: Hit, sentence: Sentence) -> bool:
        """Whether a speech word is used as a verb of someone's speech here: no noun, no passive."""
        if self.page.within[hit.i]:
            return False
        before = self.t.low[hit.i - 1] if hit.i > sentence.i else ""
        if hit.entry.form == "present" and not self.lang.words("verb_first"):
            beside = self.s.before(hit.i, sentence.i) or self.noun_before(hit.i)
            return beside is not None
        if before in self._that or before in self.lang.words("relatives"):
            return self.page.ends.get(hit.i - 1) is not None or self.s.before(hit.i, sentence.i) is not None
        nominal = self.lang.either("articles", "possessives", "prepositions")
        if before in nominal or before in self.lang.words("passives"):
            return False
        if before in self.lang.words("negations") and self.lang.words("verb_first"):
            return False
        if hit.entry.form == "base" and (hit.i - 1 in self.page.parties.adjective or self.t.capital(hit.i)):
            return False
        return not (
            self.t.capital(hit.i) and hit.i > sentence.i and hit.j - hit.i == 1 and hit.entry.form != "gerund"
        ) or bool(self.lang.words("verb_first"))

    def subject(self, hit: Hit, sentence: Sentence) -> Subject | None:
        """The subject of a verb of speech: beside it, else the sentence's own."""
        if hit.entry.form != "gerund":
            found = self.s.before(hit.i, sentence.i)
            if found is None and self.lang.words("verb_first"):
                found = self.s.after(hit.j, sentence.j)
            if found is not None:
                return found
            if self.noun_before(hit.i) is not None and not self.lang.words("verb_first"):
                return None
        return self.s.main(sentence, hit.i)

    def noun_before(self, i: int) -> tuple[int, int] | None:
        """The unnamed noun phrase set directly before token i: an article or numeral and lower-case words."""
        for k in range(i - 1, max(i - 8, -1), -1):
            low = self.t.low[k]
            if low in self.lang.words("articles") or low in self.lang.words("determiners"):
                return self.page.span_of(k, i) if i - k > 1 else None
            if not (low[0].isalpha() or low == "'s") or low in self._finite or low in self._breaks:
                return None
        return None

    def _content(self, hit: Hit, sentence: Sentence) -> tuple[int, str] | None:
        """(first token, rule) of the clause a verb reports; None where it reports none."""
        kind = hit.entry.kind
        j = hit.j
        if kind == "guard":
            return self._guarded(hit, sentence)
        if kind == "describe":
            return self._described(hit, sentence)
        k = self._past_adjuncts(j, sentence)
        if kind == "agree" and k < sentence.j and self.t.low[k] not in self._that:
            return None
        if k >= sentence.j or (
            self.page.hidden[k] and self.t.word[k] == '"' and self._whole_quote(k, sentence)
        ):
            return None
        if self.t.low[k] in self._that:
            start = k + 1
            return (start, "frame.s-v-that") if start < sentence.j else None
        if k + 1 < sentence.j and self.t.word[k] == "," and self._asks(k + 1, kind):
            return k + 1, "frame.s-v-question"
        if kind == "ask" and (colon := self._late_colon(k, sentence)) is not None:
            return colon + 1, "frame.s-v-colon"
        if (that := self._late_that(j, hit.entry.lemma, sentence)) is not None:
            return that + 1, "frame.s-v-that"
        if self.t.word[k] == ":":
            start = k + 1
            quoted = start < sentence.j and self.page.hidden[start]
            return None if quoted or start >= sentence.j else (start, "frame.s-v-colon")
        if (
            self.t.low[k] in self.lang.words("questions")
            and kind in ("ask", "think", "stress", "say")
            and self.t.low[k] != "who"
            and self.page.hit("speech", k + 1) is None
        ):
            return k, "frame.s-v-question"
        if hit.entry.form != "gerund" and hit.entry.lemma in self._bare and self._clause_at(k, sentence):
            return k, "frame.s-v-clause"
        return None

    def _asks(self, k: int, kind: str) -> bool:
        """Whether a question word at token k opens the clause of a verb of this class."""
        asks = self.t.low[k] in self.lang.words("questions") or any(
            w in self.lang.words("question_particles") for w in self.t.low[k + 1 : k + 3]
        )
        return asks and kind in ("ask", "think", "stress", "say")

    def _guarded(self, hit: Hit, sentence: Sentence) -> tuple[int, str] | None:
        k = hit.j
        if k < sentence.j and self.t.low[k] == ",":
            k += 1
        if k < sentence.j and self.t.low[k] in self._that:
            k += 1
        return (k, "frame.guarded") if k < sentence.j else None

    def _described(self, hit: Hit, sentence: Sentence) -> tuple[int, str] | None:
        """ "described X as Y": the clause is X as Y."""
        for k in range(hit.j, min(hit.j + 25, sentence.j)):
            if k == hit.j and self.t.low[k] in self.lang.words("naming"):
                return None
            if self.t.low[k] in self.lang.words("naming"):
                return hit.j, "frame.naming"
        if self.lang.words("verb_first") and hit.j + 1 < sentence.j and self.t.word[hit.j].isalpha():
            return hit.j, "frame.naming"
        return None

    def _past_adjuncts(self, j: int, sentence: Sentence) -> int:
        """The token after adverbs, an addressee and a day that may stand between a verb and its clause."""
        k = j
        for _ in range(4):
            before = k
            while k < sentence.j and self.t.low[k] in self._skipped():
                k += 1
            near = self._correlatives.get(self.t.low[k], ()) if k < len(self.t) else ()
            size = next((len(c) for c in near if tuple(self.t.low[k : k + len(c)]) == c), 0)
            if size and k + size < sentence.j and self.t.word[k + size] == ",":
                k += size
            k = self.page.names.get(k, self._past_object(k, sentence))
            if k == before:
                break
        if k + 1 < sentence.j and self.t.word[k] == "," and self.t.low[k + 1] in self._that:
            k += 1
        return k

    def _skipped(self) -> frozenset[str]:
        return self.lang.words("between")

    def _past_object(self, k: int, sentence: Sentence) -> int:
        """The token after "to reporters", "on Monday", "at a news conference" at token k."""
        start = k
        if k in self.page.timed:
            return self.page.timed[k]
        if k < sentence.j and self.t.low[k] in self.lang.words("prepositions"):
            k += 1
            while k < sentence.j and self.t.low[k] in self.lang.words("articles"):
                k += 1
            if k in self.page.timed:
                return self.page.timed[k]
            if k < sentence.j and self.t.low[k] in self.lang.weekdays:
                return k + 1
        for words in self._objects.get(self.t.low[k], ()) if k < len(self.t) else ():
            if tuple(self.t.low[k : k + len(words)]) == words:
                return k + len(words)
        m = self.page.at.get(k)
        if (
            m
            and (k > start or (m.j < sentence.j and self.t.low[m.j] in self._that))
            and m.kind != "pronoun"
            and k > start
        ):
            return m.j
        return start

    def _addressee(self, j: int, k: int) -> bool:
        """Whether one noun phrase fills the tokens ``j:k``."""
        return all(
            self.t.word[n].isalpha() and (n == j or self.t.low[n] not in self.lang.words("articles"))
            for n in range(j, k)
        )

    def _late_that(self, j: int, lemma: str, sentence: Sentence) -> int | None:
        """The "that" after a longer addressee or adjunct: no finite verb and no stop between."""
        for k in range(j, min(j + 14, sentence.j)):
            low = self.t.low[k]
            if low in self._that and k + 1 < sentence.j and self.t.low[k + 1] in self._finite:
                return None
            if low in self._that and not self.page.hidden[k]:
                before = self.t.low[k - 1]
                noun = (
                    k - j > 1
                    and before not in self.lang.weekdays
                    and not before[0].isdigit()
                    and before != ","
                )
                if noun and lemma in self._addressing and self._addressee(j, k):
                    return k
                return None if noun and not self._adjunct(j, k) else k
            if low in self._finite or low in '.;:!?"' or self.t.hit("speech", k):
                return None
            if low == "," and not self.lang.words("comma_that") and k != j:
                continue
        return None

    def _late_colon(self, k: int, sentence: Sentence) -> int | None:
        """The colon after the person asked, before words that are no quotation."""
        for n in range(k, min(k + 20, sentence.j - 2)):
            if self.t.word[n] == ":":
                return None if self.page.hidden[n + 1] else n
            if self.t.word[n] in ".;!?," or self.t.low[n] in self._finite:
                return None
        return None

    def _adjunct(self, j: int, k: int) -> bool:
        """Whether the tokens between a verb and "that" are an adjunct or an addressee, not its object."""
        low = self.t.low
        if low[j] in self.lang.words("complements") and low[j + 1] not in self.lang.weekdays:
            return False
        if low[j] in self.lang.words("prepositions") or low[j] in self.lang.words("between"):
            return True
        m = self.page.at.get(j) or self.page.at.get(j + 1)
        return m is not None and m.j == k

    def _clause_at(self, k: int, sentence: Sentence) -> bool:
        """Whether a finite clause without "that" starts at token k."""
        low = self.t.low[k]
        starts = (
            k in self.page.at or low in self.lang.words("articles") or low in self.lang.words("determiners")
            or low in self.lang.words("possessives") or self.t.capital(k) or low[0].isdigit() or low.isalpha()
        )  # fmt: skip
        closed = self.lang.either("prepositions", "joiners")
        if not starts or (low in closed and low not in ("in", "at", "on", "by", "under", "after")):
            return False
        m = self.page.at.get(k)
        if m is not None and m.office in ("he", "she", "they", "we") and self.t.word[m.j].isalpha():
            inner = self.t.hit("speech", m.j)  # "which he hopes will end": the clause has no subject here
            return inner is None or self.t.low[inner.j] not in self._finite
        for n in range(k, min(k + 30, sentence.j)):
            word = self.t.low[n]
            if word in self._finite and self.t.low[n - 1] not in self.lang.words("articles"):
                return n > k
            if n > k + 1 and self._past_verb(n, sentence):
                return True
            if word in self.lang.words("relatives") or word in self._that or word in ";:?!" or word == "to":
                return False
        return False

    def _past_verb(self, n: int, sentence: Sentence) -> bool:
        """Whether the word at token n is a verb in the past by its form, and no participle before a noun."""
        low, before = self.t.low[n], self.t.low[n - 1]
        if not before.isalpha() or before in self._breaks or before in self.lang.words("articles"):
            return False
        if low in self.lang.words("pasts"):
            return True
        if self.lang.words("verb_first") or not low.endswith(self._past) or len(low) < 5:
            return False
        if before.endswith("ly") or self.t.hit("speech", n):
            return False
        return n + 1 < sentence.j and not self.t.capital(n + 1) and not self.t.hit("office", n + 1)

    def _whole_quote(self, k: int, sentence: Sentence) -> bool:
        """Whether the quotation that opens at token k fills the rest of the sentence."""
        n = k
        while n < sentence.j and self.page.hidden[n]:
            n += 1
        return n >= sentence.j - 1 or self.t.word[n] in ",.–;"

    def _end(self, start: int, sentence: Sentence, cue: Hit) -> int:
        """One past the clause's last token: the sentence's end, or where a further report begins."""
        end = sentence.j
        for hit in self.t.within("speech", start + 1, sentence.j):
            if self.page.hidden[hit.i] or hit.i < start + 3 or hit.i == cue.i:
                continue
            if (cut := self._cut(hit, start, sentence)) is not None and cut > start + 1:
                end = cut
                break
        for hit in self.t.within("stance", start + 3, end):
            turned = hit.entry.kind == "refuse" and self.t.low[hit.i].endswith(self._past)
            if turned and self.t.low[hit.i - 1] in self.lang.words("joiners") and not self.page.hidden[hit.i]:
                end = hit.i - 1
                break
        while end > start and self.t.word[end - 1] in ".,;:–-!…" and not self.page.hidden[end - 1]:
            end -= 1
        return end

    def _contrasted(self, k: int, start: int) -> int | None:
        """Where "but" and an unnamed subject stand before the verb at token k: ", but the union warned"."""
        for n in range(k - 1, max(k - 8, start + 2), -1):
            low = self.t.low[n]
            if low in self.lang.words("contrast"):
                return (n - 1 if self.t.word[n - 1] == "," else n) if k - n > 1 else None
            if not (low.isalpha() or low == "'s") or low in self._finite or self.page.ends.get(n + 1):
                return None
        return None

    def _cut(self, hit: Hit, start: int, sentence: Sentence) -> int | None:
        """Where a further verb of speech ends the clause before it: ", adding that" or "and he
        stressed that"."""
        k = hit.i
        if hit.entry.form == "gerund":
            while k > start and self.s._adverb(k - 1):
                k -= 1
            return k - 1 if self.t.word[k - 1] in ",–;" else None
        if self._content(hit, sentence) is None:
            return None
        if (contrast := self._contrasted(k, start)) is not None:
            return contrast
        while k > start and self.s._adverb(k - 1):
            k -= 1
        m = self.page.ends.get(k)
        if m is not None and (
            m.kind in ("titled", "name", "title", "counterpart") or m.office in ("he", "she")
        ):
            k = m.i
        elif m is not None:
            return None
        clause_before = self.t.low[k - 1] in self.lang.words("joiners") or self.t.low[
            k - 1
        ] in self.lang.words("contrast")
        if clause_before:
            return k - 2 if self.t.word[k - 2] == "," else k - 1
        return k - 1 if self.t.word[k - 1] in ";" else None

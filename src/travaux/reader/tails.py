"""Reports whose speaker stands behind the clause or inside it: ``C, S V`` · ``C, V S`` · ``C, S V, C``; and
what every frame is."""

from __future__ import annotations

import msgspec

from travaux.reader.nominatives import Subject
from travaux.reader.people import UNNAMED, Meant
from travaux.reader.reports import Reports
from travaux.reader.segments import Sentence
from travaux.reader.tokens import Hit
from travaux.reader.verbs import like_verb

_LONGEST = 150  # tokens: a longer sentence has no speaker put into its middle


class Frame(msgspec.Struct, frozen=True, gc=False):
    """One reported clause: characters `start`..`end`; `cue` and `mention` are spans of characters or None.

    `verb` is the class of the verb (say, think, promise, refuse ...), `at` the cue's first token.
    """

    start: int
    end: int
    rule: str
    who: Meant
    mention: tuple[int, int] | None
    cue: tuple[int, int] | None
    verb: str
    lemma: str
    at: int
    sentence: int


class Tails(Reports):
    """Finds the speakers behind and inside the clauses of one page."""

    def _made(self, hit: Hit, subject: Subject | None, start: int, end: int, rule: str, number: int) -> Frame:
        who = self.s.meant(subject) if subject else UNNAMED
        mention = self.page.span_of(subject.first, subject.last) if subject else self.noun_before(hit.i)
        cue = self.page.span_of(hit.i, hit.j)
        first, last = self.page.span_of(start, end)
        return Frame(first, last, rule, who, mention, cue, hit.entry.kind, hit.entry.lemma, hit.i, number)

    def _tail(self, sentence: Sentence, number: int) -> Frame | None:
        """``C, S V`` and ``C, V S`` at the end of a sentence."""
        hits = [h for h in self.t.within("speech", sentence.i + 2, sentence.j) if not self.page.hidden[h.i]]
        for hit in reversed(hits[-2:]):
            if hit.entry.form in ("gerund", "base", "inf"):
                continue
            if not self.is_verb(hit, sentence) and not self._published(hit, sentence):
                continue
            subject, first, last = self._beside(hit, sentence)
            if subject is None and self._unnamed_after(hit, sentence) and self._told(sentence.i, hit.i):
                first, last = hit.i, sentence.j
            elif subject is None and (noun := self._unnamed_tail(hit, sentence)):
                first, last = noun, hit.j
            elif subject is None:
                continue
            if first <= sentence.i + 2 or not self._closes_sentence(last, sentence):
                continue
            comma = first - 1
            if self.t.word[comma] in ("–", "-") and self.t.word[comma - 1] == ",":
                comma -= 1
            if self.t.word[comma] != "," or self.page.hidden[comma - 1]:
                continue
            start = self.first_word(sentence)
            if comma - start < 3 or not self._stands_alone(start, comma):
                continue
            return self._made(hit, subject, start, comma, "frame.tail", number)
        return None

    def _inserted(self, sentence: Sentence, number: int) -> Frame | None:
        """``C, S V, C``: the speaker stands between two commas; the longer part is the clause."""
        if sentence.j - sentence.i > _LONGEST:
            return None
        for hit in self.t.within("speech", sentence.i + 2, sentence.j - 3):
            if (
                self.page.hidden[hit.i]
                or not self.is_verb(hit, sentence)
                or hit.entry.form in ("gerund", "base")
            ):
                continue
            subject, first, last = self._beside(hit, sentence)
            if (
                subject is None
                or last >= sentence.j
                or self.t.word[last] != ","
                or self.t.word[first - 1] != ","
            ):
                continue
            start, stop = self.first_word(sentence), sentence.j
            while stop > last and self.t.word[stop - 1] in ".!?…":
                stop -= 1
            parts = ((start, first - 1), (last + 1, stop))
            begin, end = max(parts, key=lambda p: p[1] - p[0])
            relative = self.t.low[last + 1] in self.lang.words("relatives") | self._that
            gerund = self.t.low[last + 1].endswith(tuple(self.lang.data["gerunds"]))
            if end - begin < 3 or relative or gerund or any(self.page.hidden[k] for k in range(begin, end)):
                continue
            if any(self.t.hit("speech", k) for k in (last + 1, last + 2)):
                continue
            return self._made(hit, subject, begin, end, "frame.inserted", number)
        return None

    def _publisher(self, sentence: Sentence) -> tuple[int, Hit] | None:
        """(the comma, the verb) of a tail that tells who published the words before it, and names nobody."""
        hits = self.t.within("speech", sentence.i + 3, sentence.j)[-2:]
        if self._verb_first:
            hits += self.t.within("relay", sentence.i + 3, sentence.j)[-1:]
        for hit in hits:
            if self.page.hidden[hit.i] or hit.entry.form in ("gerund", "base", "inf"):
                continue
            if self._verb_first:
                known = self.s.after(hit.j, sentence.j)
                named = known is not None and not self._service(known) and hit.entry.group == "speech"
                if not named and self._unnamed_after(hit, sentence):
                    return self._comma(hit.i), hit
            elif (first := self._unnamed_tail(hit, sentence)) and self._closes_sentence(hit.j, sentence):
                speaks = self.is_verb(hit, sentence) or self._published(hit, sentence)
                known = self._beside(hit, sentence)[0]
                if speaks and (known is None or self._letters(known)):
                    return first - 1, hit
        return None

    def _letters(self, subject: Subject) -> bool:
        """Whether a subject is a word of capitals that no person bears: "TASS"."""
        word = self.t.word[subject.first]
        return subject.last - subject.first == 1 and word.isupper() and not self.s.meant(subject).names

    def _comma(self, k: int) -> int:
        """The comma before the word at token k, a dash between them passed."""
        return k - 2 if self.t.word[k - 1] == "–" and self.t.word[k - 2] == "," else k - 1

    def _service(self, subject: Subject) -> bool:
        """Whether a subject is an office that speaks for somebody, and nobody's name: «Офис президента»."""
        return all(len(m.name) == 1 and m.name[0].lower() in self._services for m in subject.mentions)

    def _published(self, hit: Hit, sentence: Sentence) -> bool:
        """Whether a verb in the present follows a publisher's name: ", TASS reports"."""
        return (
            hit.entry.form == "present"
            and self.t.capital(hit.i - 1)
            and self._unnamed_tail(hit, sentence) > 0
        )

    def _unnamed_tail(self, hit: Hit, sentence: Sentence) -> int:
        """The first token of the few words between a comma and the verb that name nobody: ", officials said",
        ", Arvia's foreign ministry said", ", the Arvian news agency reported"."""
        if self._verb_first:
            return 0
        k = hit.i
        while k > sentence.i and hit.i - k < 9 and self._of_a_source(k - 1):
            k -= 1
        bare = self.t.low[k] in self._that or self.t.low[k] in self.lang.words("relatives")
        return k if not bare and 0 < hit.i - k < 9 and self.t.word[k - 1] == "," else 0

    def _of_a_source(self, k: int) -> bool:
        """Whether the word at token k can belong to the name of a source that is no person."""
        low = self.t.low[k]
        if low in self._finite or low in self._breaks or self.page.hidden[k]:
            return False
        m = self.page.at.get(k)
        person = m is not None and (m.kind in ("titled", "pronoun") or (m.kind == "name" and len(m.name) > 1))
        free = low in self.lang.words("prepositions") and low not in self.lang.words("of")
        return not person and not free and (low[0].isalpha() or low == "'s")

    def _unnamed_after(self, hit: Hit, sentence: Sentence) -> bool:
        """Whether a verb after a comma is followed by a speaker without a name to the end of the sentence:
        «, сообщил источник в делегации»."""
        if not self.lang.words("verb_first") or self.t.word[hit.i - 1] not in (",", "–"):
            return False
        named = {n for k, end in self.page.names.items() if hit.j <= k < sentence.j for n in range(k, end)}
        return 1 < sentence.j - hit.j < 14 and all(
            k in named or (self.t.low[k] not in self._finite and self.t.word[k] not in ',:"')
            for k in range(hit.j, sentence.j)
        )

    def _told(self, i: int, j: int) -> bool:
        """Whether a verb stands among the tokens ``i:j``: without one they are what follows' subject."""
        plural = tuple(self.lang.table("names").get("verbal_plural", ()))
        return any(
            low in self._finite or like_verb(low, self.lang) or low.endswith(plural) or self.t.hit("modal", k)
            for k, low in enumerate(self.t.low[i:j], i)
            if not self.page.within[k]
        )

    def _stands_alone(self, start: int, comma: int) -> bool:
        """Whether the words before a tail are a clause of their own, not an opening of the speaker's."""
        return (
            any(self.t.low[k] in self._finite for k in range(start, comma))
            or bool(self.lang.words("verb_first"))
            or (comma - start > 4 and not self.s._opens(start))
        )

    def _beside(self, hit: Hit, sentence: Sentence) -> tuple[Subject | None, int, int]:
        """(subject, first token, end) of "S V" or "V S"."""
        subject = self.s.before(hit.i, sentence.i)
        if subject is not None:
            first = self._determined(subject.first, sentence.i)
            if self.t.word[first - 1] in ",–":
                return subject, first, hit.j
        subject = self.s.after(hit.j, sentence.j)
        if subject is not None:
            first = hit.i
            while first > sentence.i and self.s._adverb(first - 1):
                first -= 1
            return subject, first, subject.last
        return None, 0, 0

    def _determined(self, k: int, floor: int) -> int:
        """The first of the few plain words that may stand between a comma and a subject at token k:
        ", their trade ministers said"."""
        first = k
        while (
            first > floor
            and k - first < 4
            and self.t.low[first - 1].isalpha()
            and self.t.word[first - 1].islower()
        ):
            if self.t.low[first - 1] in self._finite or self.t.low[first - 1] in self._breaks:
                return k
            first -= 1
        return first

    def _closes_sentence(self, last: int, sentence: Sentence) -> bool:
        """Whether nothing but an adjunct follows a tail."""
        if all(self.t.word[k] in '.!?…"' for k in range(last, sentence.j)):
            return True
        adjunct = (
            self.t.low[last] in self.lang.words("prepositions")
            or self.t.low[last] in self.lang.weekdays
            or self.t.low[last] in self.lang.words("between")
        )
        free, k = True, last
        while k < sentence.j:
            if (after := self.page.names.get(k)) is not None:
                k = after
                continue
            free = free and self.t.low[k] not in self._finite and self.t.word[k] not in ':"'
            k += 1
        gerund = (
            self.t.word[last] == ","
            and last + 1 < sentence.j
            and self.t.low[last + 1].endswith(tuple(self.lang.data["gerunds"]))
        )
        if adjunct and not gerund:
            comma = next((k for k in range(last, min(last + 8, sentence.j)) if self.t.word[k] == ","), None)
            gerund = comma is not None and self.t.low[min(comma + 1, sentence.j - 1)].endswith(
                tuple(self.lang.data["gerunds"])
            )
        directly = self.t.low[last].endswith(tuple(self.lang.data["gerunds"]))  # "said answering a question"
        return (adjunct and free and sentence.j - last < 18) or gerund or (directly and free)

    def first_word(self, sentence: Sentence) -> int:
        """The first word of a sentence, list marks, a joiner and a dateline ("VELMAR, 3 March –") passed."""
        i = self.s.past_dateline(sentence)
        while (
            i < sentence.j
            and (self.t.word[i] in '–-•*"' or self.t.low[i] in self.lang.words("joiners"))
            and not self.page.hidden[i]
        ):
            i += 1
        return i

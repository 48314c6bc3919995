"""Speech frames: who reported what, in narration. Q quote, S speaker, V verb of speech, C clause.

``S V that C`` · ``S V C`` (no "that", after verbs that allow it) · ``S V how C`` · ``According to S, C`` ·
``In S's words, C`` · ``C, S V`` · ``C, V S`` · ``S described X as Y`` · ``S did not rule out C`` ·
``it was noted that C``. Which words are verbs, and of which class, stands in the language's data.
"""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

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


class Frames(Reports):
    """Finds the frames of one page, sentence by sentence."""

    def of(self, sentence: Sentence, number: int) -> list[Frame]:
        """The frames of one sentence, in order; none inside another's clause."""
        cues = self._cues(sentence)
        if not cues:
            return []
        if (whole := self._tail(sentence, number) or self._inserted(sentence, number)) is not None:
            return [whole]
        found: list[Frame] = []
        done = 0
        for hit in cues:
            if self.t.start[hit.i] < done:
                continue
            frame = self._frame(hit, sentence, number)
            if frame is not None:
                found += self._coordinated(frame)
                done = frame.end
        return found

    def _coordinated(self, frame: Frame) -> list[Frame]:
        """``S V that C and that C``: each clause is a report of its own."""
        i, j = self.t.index(frame.start), self.t.index(frame.end)
        if self.t.low[i - 1] not in self._that:
            return [frame]
        for k in range(i + 3, j - 3):
            joined = self.t.low[k] in self.lang.words("joiners") and self.t.low[k + 1] in self._that
            if joined and not self.page.hidden[k]:
                stop = k - 1 if self.t.word[k - 1] == "," else k
                first = replace(frame, end=self.t.end[stop - 1])
                return [first, *self._coordinated(replace(frame, start=self.t.start[k + 2]))]
        return [frame]

    def _cues(self, sentence: Sentence) -> list[Hit]:
        cues = self.t.within("speech", sentence.i, sentence.j) + self.t.within(
            "source", sentence.i, sentence.j
        )
        seen = [h for h in cues if not self.page.hidden[h.i]]
        return sorted(seen, key=lambda h: (h.i, -h.j)) if len(seen) > 1 else seen

    def _frame(self, hit: Hit, sentence: Sentence, number: int) -> Frame | None:
        if hit.entry.group == "source":
            return self._source(hit, sentence, number)
        if hit.entry.kind == "impersonal":
            return self._impersonal(hit, sentence, number)
        if not self.is_verb(hit, sentence):
            return None
        if (said := self._as_said(hit, sentence, number)) is not None:
            return said
        found = self._content(hit, sentence)
        if found is None:
            return None
        start, rule = found
        end = self._end(start, sentence, hit)
        if end - start < 2:
            return None
        subject = self.subject(hit, sentence)
        opening = hit.entry.form == "past" and hit.i == sentence.i and not self.lang.words("verb_first")
        if subject is None and (opening or (hit.entry.form == "base" and not self._plural_before(hit, rule))):
            return None
        return self._made(hit, subject, start, end, rule, number)

    def _plural_before(self, hit: Hit, rule: str) -> bool:
        """Whether a plain plural is the subject of a present: "officials concede that"."""
        before = self.t.word[hit.i - 1] if hit.i else ""
        plural = before[:1].isalpha() and before.endswith("s") and before[1:].islower() and len(before) > 4
        return plural and rule == "frame.s-v-that"

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
            if not self.is_verb(hit, sentence) or hit.entry.form in ("gerund", "base", "inf"):
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
            start = self._first_word(sentence)
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
            start, stop = self._first_word(sentence), sentence.j
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

    def _unnamed_tail(self, hit: Hit, sentence: Sentence) -> int:
        """The first token of one to four common words between a comma and the verb: ", officials said"."""
        k = hit.i
        while (
            k > sentence.i
            and hit.i - k < 5
            and self.t.word[k - 1].islower()
            and self.t.low[k - 1] not in self._finite
        ):
            k -= 1
        if self.t.low[k] in self._that or self.t.low[k] in self.lang.words("relatives"):
            return 0
        return k if 0 < hit.i - k < 5 and self.t.word[k - 1] == "," else 0

    def _unnamed_after(self, hit: Hit, sentence: Sentence) -> bool:
        """Whether a verb after a comma is followed by a speaker without a name to the end of the sentence:
        «, сообщил источник в делегации»."""
        if not self.lang.words("verb_first") or self.t.word[hit.i - 1] not in (",", "–"):
            return False
        rest = range(hit.j, sentence.j)
        return 1 < len(rest) < 14 and all(
            self.t.low[k] not in self._finite and self.t.word[k] not in ',:"' for k in rest
        )

    def _told(self, i: int, j: int) -> bool:
        """Whether a verb stands among the tokens ``i:j``: without one they are what follows' subject."""
        return any(
            low in self._finite or like_verb(low, self.lang) or self.t.hit("modal", k)
            for k, low in enumerate(self.t.low[i:j], i)
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
        free = all(
            self.t.low[k] not in self._finite and self.t.word[k] not in ':"' for k in range(last, sentence.j)
        )
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
        return (adjunct and free and sentence.j - last < 18) or gerund

    def _first_word(self, sentence: Sentence) -> int:
        """The first word of a sentence, list marks, a joiner and a dateline ("VELMAR, 3 March –") passed."""
        i = self.s.past_dateline(sentence)
        while (
            i < sentence.j
            and (self.t.word[i] in '–-•*"' or self.t.low[i] in self.lang.words("joiners"))
            and not self.page.hidden[i]
        ):
            i += 1
        return i

    def _source(self, hit: Hit, sentence: Sentence, number: int) -> Frame | None:
        """``According to S, C`` · ``In S's words, C`` · ``C, according to S``."""
        if hit.entry.kind == "own":
            return self._own_words(hit, sentence, number)
        if hit.entry.kind == "owned":
            owner = self.page.ends.get(hit.i)
            if owner is None or self.t.low[owner.i - 1] not in self.lang.words("places"):
                return None
            return self._around(hit, Subject((owner,), "source"), owner.i - 1, hit.j, sentence, number)
        m = self.page.at.get(hit.j)
        if m is None and hit.j < sentence.j and self.t.low[hit.j] in self.lang.words("articles"):
            m = self.page.at.get(hit.j + 1)
        if m is not None and m.j < sentence.j and self.t.low[m.j] == "'s":
            m = None
        noun_end = m.j if m else self._noun_end(hit.j, sentence)
        subject = Subject((m,), "source") if m else None
        end = m.j if m else noun_end
        return self._around(hit, subject, hit.i, end, sentence, number)

    def _noun_end(self, j: int, sentence: Sentence) -> int:
        k = j
        while k < min(sentence.j, j + 30) and self.t.word[k] not in ",.;:":
            k += 1
        return k

    def _own_words(self, hit: Hit, sentence: Sentence, number: int) -> Frame | None:
        """ "in his words", «по его словам»: the pronoun stands inside the phrase."""
        m = next((x for k in range(hit.i, hit.j) if (x := self.page.at.get(k)) and x.kind == "pronoun"), None)
        sex = hit.entry.form
        who = self.s.pronoun("f" if sex == "f" else "m" if sex == "m" else "")
        frame = self._around(hit, Subject((m,), "source") if m else None, hit.i, hit.j, sentence, number)
        if frame is None:
            return None
        pronoun = next(k for k in range(hit.i, hit.j) if self.t.low[k] in self.lang.words("possessives"))
        return Frame(
            frame.start,
            frame.end,
            "frame.own-words",
            who,
            self.page.span_of(pronoun, pronoun + 1),
            frame.cue,
            "say",
            "",
            hit.i,
            number,
        )

    def _around(
        self, hit: Hit, subject: Subject | None, first: int, end: int, sentence: Sentence, number: int
    ) -> Frame | None:
        """The clause beside a source phrase: after its comma, or all before it at the sentence's end."""
        if end < sentence.j and self.t.word[end] == ",":
            start = end + 1
        elif all(self.t.word[k] in ".!?" for k in range(end, sentence.j)) and first - sentence.i > 2:
            start, stop = self._first_word(sentence), first
            while stop > start and self.t.word[stop - 1] in ",–-":
                stop -= 1
            return (
                self._made(hit, subject, start, stop, "frame.source-tail", number)
                if stop - start > 1
                else None
            )
        elif self.lang.words("verb_first") or subject is not None:
            start = end
        else:
            return None
        stop = self._end(start, sentence, hit)
        return (
            self._made(hit, subject, start, stop, "frame.according-to", number) if stop - start > 1 else None
        )

    def _as_said(self, hit: Hit, sentence: Sentence, number: int) -> Frame | None:
        """``As S noted, C`` · «как отметил S, C»: the report is what stands beside it."""
        subject = self.s.before(hit.i, sentence.i)
        first, end = (subject.first, hit.j) if subject else (hit.i, hit.j)
        if subject is None and (subject := self.s.after(hit.j, sentence.j)) is not None:
            end = subject.last
        if subject is None and self.lang.words("verb_first") and hit.i > sentence.i:
            comma = next(
                (k for k in range(hit.j, min(hit.j + 10, sentence.j)) if self.t.word[k] == ","), None
            )
            if comma is not None and self.t.low[hit.i - 1] in self.lang.words("as_said"):
                return self._around(hit, None, hit.i - 1, comma, sentence, number)
        if subject is None or first <= sentence.i or self.t.low[first - 1] not in self.lang.words("as_said"):
            return None
        return self._around(hit, subject, first - 1, end, sentence, number)

    def _impersonal(self, hit: Hit, sentence: Sentence, number: int) -> Frame | None:
        """``it was noted that C``: nobody is named, and nobody is guessed."""
        k = hit.j
        while k < sentence.j and (self.t.word[k] == "," or self.t.low[k] in self.lang.words("between")):
            k += 1
        if k >= sentence.j or self.t.low[k] not in self._that:
            return None
        end = self._end(k + 1, sentence, hit)
        first, last = self.page.span_of(k + 1, end) if end > k + 1 else (0, 0)
        if last <= first:
            return None
        return Frame(
            first,
            last,
            "frame.impersonal",
            UNNAMED,
            None,
            self.page.span_of(hit.i, hit.j),
            "agree" if self.t.low[hit.j - 1] in self.lang.table("speech")["agreeing"] else "say",
            "",
            hit.i,
            number,
        )

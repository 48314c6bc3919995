"""Speech frames: who reported what, in narration. Q quote, S speaker, V verb of speech, C clause.

``S V that C`` · ``S V C`` (no "that", after verbs that allow it) · ``S V how C`` · ``According to S, C`` ·
``In S's words, C`` · ``C, S V`` · ``C, V S`` · ``S described X as Y`` · ``S did not rule out C`` ·
``it was noted that C``. Which words are verbs, and of which class, stands in the language's data.
"""

from __future__ import annotations

from msgspec.structs import replace

from travaux.reader.nominatives import Subject
from travaux.reader.people import UNNAMED
from travaux.reader.segments import Sentence
from travaux.reader.tails import Frame, Tails
from travaux.reader.tokens import Hit


class Frames(Tails):
    """Finds the frames of one page, sentence by sentence."""

    def of(self, sentence: Sentence, number: int) -> list[Frame]:
        """The frames of one sentence, in order; none inside another's clause."""
        if (relayed := self._relayed(sentence, number)) is not None:
            return relayed
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

    def _relayed(self, sentence: Sentence, number: int) -> list[Frame] | None:
        """What stands before a publisher's tail («..., передает агентство», ", the agency reported"): the
        reports told there of persons by name, else the words themselves, told by nobody named. None without
        such a tail."""
        if (tail := self._publisher(sentence)) is None:
            return None
        comma, hit = tail
        if any(self.page.hidden[sentence.i : comma]):
            return None
        before = replace(sentence, j=comma)
        named = [f for f in self.of(before, number) if f.who.names]
        if named:
            return named
        if self._narrates_speech(before):
            return []
        start = self.first_word(sentence)
        told = hit.entry.group == "relay" or self._told(start, comma)
        if comma - start < 3 or not told or not self._stands_alone(start, comma):
            return None
        return [replace(self._made(hit, None, start, comma, "frame.tail", number), verb="say")]

    def _narrates_speech(self, sentence: Sentence) -> bool:
        """Whether a sentence tells that somebody by name spoke, without a clause: "S announced his plans"."""
        cues = [h for h in self.t.within("speech", sentence.i, sentence.j) if h.entry.kind != "agree"]
        subjects = (self.s.before(h.i, sentence.i) for h in cues if self.is_verb(h, sentence))
        subject = next((s for s in subjects if s is not None), None)
        return subject is not None and bool(self.s.meant(subject).names)

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
            start, stop = self.first_word(sentence), first
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

"""Reports that are told after their clause: «C. Об этом сообщил S.» · "C. S said this at a briefing." · "C.
This was announced by S."

The clause is the sentence before. Who told it stands behind or before the verb; an institution tells it
without a name («Об этом сообщает пресс-служба»), a document too («Об этом говорится в декларации»).
"""

from __future__ import annotations

from travaux.reader.frames import Frames
from travaux.reader.language import expand
from travaux.reader.nominatives import Subject
from travaux.reader.page import Page
from travaux.reader.people import UNNAMED
from travaux.reader.reports import by_first
from travaux.reader.segments import Sentence
from travaux.reader.subjects import Subjects
from travaux.reader.tails import Frame
from travaux.reader.tokens import Entry, Hit

_REACH = 12  # tokens between the words that point back and the verb


class Backward:
    """Reads the reports of one page whose clause is the sentence before."""

    def __init__(self, page: Page, subjects: Subjects, frames: Frames) -> None:
        self.page, self.s, self.frames = page, subjects, frames
        self.t, self.lang = page.tokens, page.lang
        speech = page.lang.table("speech")
        self._openings = by_first(w for phrase in speech["backward"] for _, w in expand(phrase))
        self._this = frozenset(speech["this"])
        self._made = frozenset(speech["made"])
        self._agents = frozenset(speech["agents"])

    def speakers(self) -> set[int]:
        """The first tokens of the mentions that are told to speak so, in the whole page."""
        told = (self._pointed(s) or self._said_this(s) for s in self.page.sentences)
        return {m.i for found in told if found is not None and found[0] for m in found[0].mentions}

    def of(self, sentence: Sentence, number: int, done: int) -> Frame | None:
        """The report that a sentence tells of the one before it; None where it tells none, or where that one
        is a report already (`done`: the last character that reports cover)."""
        told = self._pointed(sentence) or self._said_this(sentence)
        before = self.page.sentences[number - 1] if number and told else None
        if told is None or before is None or not self._tells(before):
            return None
        start = self.frames.first_word(before)
        first, last = self.page.span_of(start, self._stop(before))
        if first < done or last <= first:
            return None
        subject, hit = told
        who = self.s.meant(subject) if subject else UNNAMED
        mention = self.page.span_of(subject.first, subject.last) if subject else None
        cue = self.page.span_of(hit.i, hit.j)
        kind, lemma = hit.entry.kind, hit.entry.lemma
        return Frame(first, last, "frame.backward", who, mention, cue, kind, lemma, hit.i, number - 1)

    def _tells(self, before: Sentence) -> bool:
        """Whether the sentence before is narration that can be somebody's words: no headline, no question,
        no quotation."""
        kind = self.page.paras[before.paragraph].kind
        plain = not any(self.page.hidden[before.i : before.j]) and self.t.word[before.j - 1] not in "?:"
        return before.paragraph != self.page.headline and kind == "body" and plain

    def _stop(self, before: Sentence) -> int:
        end = before.j
        while end > before.i and self.t.word[end - 1] in ".!…":
            end -= 1
        return end

    def _pointed(self, sentence: Sentence) -> tuple[Subject | None, Hit] | None:
        """«Об этом сообщил S» · "This was announced by S"."""
        near = self._openings.get(self.t.low[sentence.i], ())
        size = next((len(w) for w in near if tuple(self.t.low[sentence.i : sentence.i + len(w)]) == w), 0)
        first = sentence.i + size
        hits = self.t.within("speech", first, min(first + _REACH, sentence.j)) if size else []
        hit = next((h for h in hits if not self.page.hidden[h.i]), None)
        if hit is None or (size and self.t.low[first - 1] in self._made):
            return self._stated(sentence.i, first, sentence) if size else None
        if self._agents:
            return self._by(hit, sentence)
        subject = self.s.after(hit.j, sentence.j) or self.s.before(hit.i, first)
        if subject is None or not self.s.meant(subject).names:
            subject = self._named(hit.j, sentence) or subject
        return (subject, hit) if subject is not None or self._unnamed(hit, sentence) else None

    def _named(self, i: int, sentence: Sentence) -> Subject | None:
        """The one person told by a full name in the nominative behind a verb, whatever adjuncts stand
        between."""
        full = [
            m
            for m in self.page.among(i, sentence.j)
            if m.kind in ("name", "titled") and len(m.name) > 1 and not m.oblique
        ]
        return Subject((full[0],), "after") if len(full) == 1 else None

    def _stated(self, i: int, j: int, sentence: Sentence) -> tuple[Subject | None, Hit] | None:
        """«С таким заявлением выступил S»: the words ``i:j`` are the verb."""
        subject = self.s.after(j, sentence.j) if self.t.low[j - 1] in self._made else None
        cue = Hit(i, j, Entry("speech", "say", "past", self.t.low[j - 1]))
        return (subject, cue) if subject is not None else None

    def _by(self, hit: Hit, sentence: Sentence) -> tuple[Subject | None, Hit] | None:
        for k in range(hit.j, min(hit.j + _REACH, sentence.j - 1)):
            if self.t.low[k] in self._agents:
                subject = self.s.after(k + 1, sentence.j)
                return (subject, hit) if subject is not None else None
        return None

    def _said_this(self, sentence: Sentence) -> tuple[Subject | None, Hit] | None:
        """ "S said this at a briefing": the object is the sentence before, and an adjunct or nothing
        follows."""
        adjuncts = self.lang.either("prepositions", "subordinators")
        for hit in self.t.within("speech", sentence.i + 1, sentence.j) if self._this else ():
            k = hit.j
            if k + 1 >= sentence.j or self.t.low[k] not in self._this or self.page.hidden[hit.i]:
                continue
            closes = self.t.word[k + 1] in ".," or self.t.low[k + 1] in adjuncts or k + 1 in self.page.timed
            subject = self.s.before(hit.i, sentence.i)
            if closes and subject is not None and hit.entry.kind in ("say", "stress"):
                return subject, hit
        return None

    def _unnamed(self, hit: Hit, sentence: Sentence) -> bool:
        """Whether what follows the verb is somebody or something without a name, to the sentence's end."""
        finite = self.lang.words("finite")
        rest = range(hit.j, sentence.j)
        return len(rest) > 1 and all(self.t.low[k] not in finite and self.t.word[k] not in ':"' for k in rest)

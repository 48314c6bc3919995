"""Whose words stand between the marks: sieves from sure to unsure, the first that fits decides.

``"Q," S V`` · ``"Q," V S`` · ``S V: "Q"`` · ``S V that the plan was "Q"`` · a further
part of the same speech ·
the speaker of the sentence before · the last speaker. The person named inside a quotation is never taken.
"""

from __future__ import annotations

from msgspec.structs import replace

from travaux.reader.people import BARE, NOBODY, Meant
from travaux.reader.quotes import Quoted
from travaux.reader.segments import Sentence
from travaux.reader.subjects import fallback
from travaux.reader.tags import Spoken, Tags
from travaux.reader.tails import Frame
from travaux.reader.tokens import Hit

_SHORT = 4  # words: less is a quotation only where a verb of speech stands by it


class Attribution(Tags):
    """Attributes the quotations of one page, in order."""

    def of(self, quote: Quoted, told: list[Frame]) -> Spoken | None:
        """The quotation with its speaker; None for a scare quote or a title. `told`: frames so far."""
        previous = self._previous(quote)
        found = self._after(quote) or self._before(quote, previous) or self._on(quote, previous)
        if found is None and self._is_name(quote):
            self.page.reject(quote.start, quote.end, "quotes", "quote.title", "title")
            return None
        if found is None and self._words(quote) < _SHORT:
            self.page.reject(quote.start, quote.end, "quotes", "quote.scare", "scare")
            return None
        if found is not None and found.rule == "quote.mixed" and self._far_from_cue(quote, found):
            self.page.reject(quote.start, quote.end, "quotes", "quote.scare", "scare")
            return None
        found = found or self._floating(quote, told) or self._neighbour(quote)
        if quote.bare:
            found = replace(found, flags=(*found.flags, "block"))
        if not quote.closed:
            found = replace(found, flags=(*found.flags, "unclosed"), who=fallback(found.who))
        self._last, self._last_quote = found, quote
        return found

    def _far_from_cue(self, quote: Quoted, found: Spoken) -> bool:
        """Whether few words in the narrator's clause stand in another clause than the verb of speech: a comma
        parts them that no "that" follows. A single plain word never is a quotation there."""
        if found.cue is None or self._words(quote) >= _SHORT:
            return False
        if self._words(quote) == 1:
            return self.t.word[self._spot(quote).i].islower()
        i, j = self.t.index(found.cue[1]), self._spot(quote).opens
        that = self.lang.words("that")
        return any(self.t.word[k] == "," and self.t.low[k + 1] not in that for k in range(i, j))

    def _words(self, quote: Quoted) -> int:
        return self._spot(quote).j - self._spot(quote).i

    def _is_name(self, quote: Quoted) -> bool:
        """Whether every word between the marks is capitalised or a link: a title or a name."""
        _, i, j, _ = self._spot(quote)
        if i >= j or self.t.word[j - 1] in ".,!?":
            return False
        words = 0
        for k in range(i, j):
            if self.t.word[k][0].isalpha():
                words += 1
                if words > 9 or not (self.t.caps[k] or self.t.low[k] in self._links):
                    return False
        return words > 0

    def _previous(self, quote: Quoted) -> Quoted | None:
        """The quotation before in the same paragraph, if it was taken."""
        last = self._last_quote
        return last if last and last.paragraph == quote.paragraph else None

    # --- before the quotation ----------------------------------------------------------------------------

    def _before(self, quote: Quoted, previous: Quoted | None) -> Spoken | None:
        """``S V: "Q"``, ``S V, "Q"``, and a clause that the quotation completes."""
        at = self._spot(quote).opens
        sentence = self.page.sentence_at(at)
        floor = max(sentence.i, self._spot(previous).closes if previous else sentence.i)
        if at <= floor or at > sentence.j:
            return self._block(quote)
        hits = [
            h
            for h in self.t.within("speech", floor, at)
            if not self.page.hidden[h.i] and self.frames.is_verb(h, sentence)
        ]
        if hits and self._spent(hits[-1], previous):
            return None
        sources = [h for h in self.t.within("source", floor, at) if not self.page.hidden[h.i]]
        colon = self.t.word[at - 1] == ":"
        if colon and (relay := self.relays.between(floor, at, behind=True)) is not None:
            subject, who, hit = relay
            return self._made(quote, subject, hit, "quote.before.relay", who)
        if hits:
            return self._by_verb(quote, self._nearest(hits, sentence, colon=colon), sentence, at, colon)
        if sources:
            return self._by_source(quote, sources[-1], sentence)
        if colon and (subject := self.s.main(sentence, at)):
            meant = self.s.meant(subject)
            return self._made(
                quote,
                subject,
                None,
                "quote.before.colon",
                Meant(meant.names, min(meant.factor, BARE), meant.how),
            )
        return None

    def _spent(self, hit: Hit, previous: Quoted | None) -> bool:
        """Whether a verb is the tag of the quotation before: ``"Q," V S, "Q"``."""
        last = self._last
        tag = previous is not None and last is not None and last.rule.startswith("quote.after")
        return tag and last is not None and last.cue == self.page.span_of(hit.i, hit.j)

    def _nearest(self, hits: list[Hit], sentence: Sentence, *, colon: bool) -> Hit:
        """The verb that a quotation belongs to: the last before a colon, else the first that has a
        subject."""
        if colon:
            return hits[-1]
        own = (h for h in hits if self.frames.subject(h, sentence) or self.frames.noun_before(h.i))
        return next(own, hits[-1])

    def _by_verb(self, quote: Quoted, hit: Hit, sentence: Sentence, at: int, colon: bool) -> Spoken | None:
        subject = self.frames.subject(hit, sentence)
        who = self.s.meant(subject) if subject else self.s.pro_dropped(sentence.i, hit)
        rule = "quote.before.s-v" if colon or self.t.word[at - 1] == "," else "quote.mixed"
        found = self._made(quote, subject, hit, rule, who)
        return found if rule == "quote.before.s-v" else replace(found, flags=("mixed",))

    def _by_source(self, quote: Quoted, hit: Hit, sentence: Sentence) -> Spoken | None:
        frame = self.frames._source(hit, sentence, 0)
        if frame is None:
            return None
        start, end = self.trimmed(quote)
        self.s.remember(frame.who)
        return Spoken(start, end, "quote.mixed.source", frame.who, frame.mention, frame.cue, flags=("mixed",))

    def _block(self, quote: Quoted) -> Spoken | None:
        """A quotation that is a paragraph of its own, after one that ended in a colon."""
        if quote.paragraph == 0:
            return None
        last = self.page.paras[quote.paragraph - 1]
        if (
            not self.t.text[last.start : last.end].endswith(":")
            or self.page.paras[quote.paragraph].start != quote.opens
        ):
            return None
        sentence = self.page.sentence_at(self.t.index(last.end) - 1)
        hits = [
            h for h in self.t.within("speech", sentence.i, sentence.j) if self.frames.is_verb(h, sentence)
        ]
        subject = self.frames.subject(hits[-1], sentence) if hits else self.s.main(sentence, sentence.j)
        return self._made(
            quote,
            subject,
            hits[-1] if hits else None,
            "quote.before.paragraph",
            self.s.meant(subject) if subject else NOBODY,
        )

    # --- without an attribution of its own ---------------------------------------------------------------

    def _on(self, quote: Quoted, previous: Quoted | None) -> Spoken | None:
        """A further part of the same speech: only the first part's attribution stands between the two."""
        last = self._last
        if last is None:
            return None
        if previous is not None and last.rule.startswith(("quote.after", "quote.on", "quote.before")):
            i, j = self._spot(previous).closes, self._spot(quote).opens
            if j - i > 30 or self.frame_between(i, j):
                return None
            return self._further(quote, last, "quote.on")
        before = self._last_quote
        if (
            before
            and not before.closed
            and before.paragraph == quote.paragraph - 1
            and self.page.paras[quote.paragraph].start == quote.opens
        ):
            return self._further(quote, last, "quote.reopened")
        return None

    def frame_between(self, i: int, j: int) -> bool:
        """Whether a report of its own stands among the tokens ``i:j``."""
        return any(
            self.frames._content(h, self.page.sentence_at(h.i)) is not None
            and self.frames.is_verb(h, self.page.sentence_at(h.i))
            for h in self.t.within("speech", i, j)
        )

    def _further(self, quote: Quoted, last: Spoken, rule: str) -> Spoken:
        start, end = self.trimmed(quote)
        return Spoken(
            start,
            end,
            rule,
            last.who,
            last.mention,
            last.cue,
            group="join",
            flags=("continuation",),
            verb=last.verb,
        )

    def _floating(self, quote: Quoted, told: list[Frame]) -> Spoken | None:
        """The speaker of the report before it in the same paragraph."""
        start, end = self.trimmed(quote)
        para = self.page.paras[quote.paragraph]
        near = [f for f in told if para.start <= f.start < quote.start]
        if near and near[-1].who.names:
            who = near[-1].who
            return Spoken(
                start,
                end,
                "quote.floating",
                Meant(who.names, min(who.factor, 0.8), who.how),
                near[-1].mention,
                None,
            )
        sentence = self.page.sentence_at(self._spot(quote).opens)
        number = self.page.sentence_number(sentence.i)
        previous = self.page.sentences[number - 1] if number else None
        if previous and previous.paragraph == quote.paragraph:
            subject = self.s.main(previous, previous.j)
            who = self.s.meant(subject) if subject else NOBODY
            if subject and who.names:
                return Spoken(
                    start,
                    end,
                    "quote.floating",
                    fallback(who),
                    self.page.span_of(subject.first, subject.last),
                    None,
                )
        return None

    def _neighbour(self, quote: Quoted) -> Spoken:
        """The last speaker, for unsure; nobody where none spoke in the paragraph before."""
        start, end = self.trimmed(quote)
        last = self._last
        if last and self._last_quote and quote.paragraph - self._last_quote.paragraph <= 2 and last.who.names:
            return Spoken(start, end, "quote.neighbour", fallback(last.who))
        return Spoken(start, end, "quote.unattributed", NOBODY)

"""Whose words stand between the marks: sieves from sure to unsure, the first that fits decides.

``"Q," S V`` · ``"Q," V S`` · ``S V: "Q"`` · ``S V that the plan was "Q"`` · a further
part of the same speech ·
the speaker of the sentence before · the last speaker. The person named inside a quotation is never taken.
"""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from travaux.reader.frames import Frame, Frames
from travaux.reader.marked import Spot, spot
from travaux.reader.page import Page
from travaux.reader.people import BARE, NOBODY, Meant
from travaux.reader.quotes import Quoted
from travaux.reader.relays import Relays
from travaux.reader.segments import Sentence
from travaux.reader.subjects import Subject, Subjects, fallback
from travaux.reader.tokens import Hit

_SHORT = 4  # words: less is a quotation only where a verb of speech stands by it


class Spoken(msgspec.Struct, frozen=True, gc=False):
    """One direct quotation: characters `start`..`end`, its speaker, and the rule that found the speaker.

    `flags` holds those of continuation, unclosed, block, mixed that are true; `group` joins parts.
    """

    start: int
    end: int
    rule: str
    who: Meant
    mention: tuple[int, int] | None = None
    cue: tuple[int, int] | None = None
    kind: str = "direct"
    group: str = ""
    flags: tuple[str, ...] = ()
    verb: str = ""


class Attribution:
    """Attributes the quotations of one page, in order."""

    def __init__(self, page: Page, subjects: Subjects, frames: Frames) -> None:
        self.page, self.s, self.frames, self.t, self.lang = page, subjects, frames, page.tokens, page.lang
        self.relays = Relays(page, subjects)
        self._stops: dict[int, int] = {}
        self._last: Spoken | None = None
        self._last_quote: Quoted | None = None
        self._links = (
            self.lang.words("prepositions") | self.lang.words("joiners") | self.lang.words("articles")
        )

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

    def _spot(self, quote: Quoted) -> Spot:
        """The tokens of a quotation."""
        return self.page.spots.get(quote.opens) or spot(quote, self.t)

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

    def _made(self, quote: Quoted, subject: Subject | None, hit: Hit | None, rule: str, who: Meant) -> Spoken:
        mention = self.page.span_of(subject.first, subject.last) if subject else None
        if subject is None and hit is not None:
            mention = self.frames.noun_before(hit.i)
        cue = self.page.span_of(hit.i, hit.j) if hit else None
        start, end = self.trimmed(quote)
        self.s.remember(who, subject.mentions if subject else ())
        if subject is None and hit is not None:
            self.s.spoke_unnamed(hit.j, min(hit.j + 4, len(self.t)))
        return Spoken(start, end, rule, who, mention, cue, verb=hit.entry.kind if hit else "")

    def trimmed(self, quote: Quoted) -> tuple[int, int]:
        """The words between the marks without white space at the ends."""
        start, end, text = quote.start, quote.end, self.t.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return start, end

    # --- after the quotation -----------------------------------------------------------------------------

    def _after(self, quote: Quoted) -> Spoken | None:
        """``"Q," S V`` and ``"Q," V S``."""
        i = self._spot(quote).closes
        limit = self._limit(quote)
        while i < limit and self.t.word[i] in ",–-":
            i += 1
        if i >= limit:
            return None
        if (relay := self.relays.between(i, self._first_stop(i, limit))) is not None:
            subject, who, hit = relay
            return self._made(quote, subject, hit, "quote.after.relay", who)
        found = self._s_v(i, limit) or self._v_s(i, limit)
        if found is None:
            return self._beside(quote, i, limit)
        subject, hit = found
        if hit.entry.form in ("gerund", "inf") or not self._is_tag(quote, hit, subject, limit):
            return None
        who = self.s.meant(subject) if subject else NOBODY
        order = "v-s" if subject and subject.first > hit.i else "s-v"
        return self._made(quote, subject, hit, f"quote.after.{order}", who)

    def _first_stop(self, i: int, limit: int) -> int:
        """The token at which the sentence that goes on at token i ends."""
        return min(max(self.page.sentence_at(i).j, i), limit)

    def _limit(self, quote: Quoted) -> int:
        """The token where the narration after a quotation ends: a stop, the next mark, the paragraph's
        end."""
        i = self._spot(quote).closes
        stop = self._stops.get(quote.paragraph, -1)
        if stop < 0:
            stop = self._stops[quote.paragraph] = self.t.index(self.page.paras[quote.paragraph].end)
        while i < stop and (self.t.word[i] != '"' or i in self.page.names):
            i = self.page.names.get(i, i + 1)
        return min(i, stop)

    def _s_v(self, i: int, limit: int) -> tuple[Subject | None, Hit] | None:
        """Subject and verb from token i on, adverbs and one apposition between."""
        for k in range(i + 1, min(i + 24, limit)):
            if self.t.word[k] in ".;:!?" and self.t.low[k - 1] not in self.lang.words("honorifics"):
                return None
            hit = self.page.hit("speech", k)
            if (
                hit is None
                or self.page.within[k]
                or hit.entry.form in ("gerund", "inf")
                or self.t.low[k - 1] in self.lang.words("passives")
            ):
                continue
            subject = self.s.before(k, i)
            if subject is not None and self._starts(subject, i):
                return subject, hit
            noun = self.frames.noun_before(k)
            if noun is not None and self.t.index(noun[0]) == i:
                return None, hit
            if subject is None and k - i > 8:
                return None
        return None

    def _beside(self, quote: Quoted, i: int, limit: int) -> Spoken | None:
        """``"Q," S grinned`` · «Q», – улыбнулся S: a tag whose verb is none of speech. It names one person
        in the nominative, and the words before it are not finished."""
        dashed = self.lang.words("verb_first") and self.t.word[i - 1] in "–-"
        within = self.t.word[self._spot(quote).closes - 2] == "," and not self.lang.words("verb_first")
        if not quote.closed or not (dashed or within):
            return None
        for k in range(i, min(limit, i + 16)):
            m = self.page.at.get(k)
            person = m is not None and (
                m.name or m.kind in ("title", "counterpart") or m.office in ("he", "she")
            )
            if m is None or not person or not self.s._can_be_subject(m) or (within and k > i + 2):
                continue
            subject = Subject((m,), "beside")
            who = self.s.meant(subject)
            if who.names:
                return self._made(quote, subject, None, "quote.after.beside", fallback(who))
        return None

    def _starts(self, subject: Subject, i: int) -> bool:
        """Whether a subject starts at token i, adverbs and an article before it passed."""
        k = i
        noun = len(subject.mentions[0].name) > 1 and subject.first - i < 5  # "hydrologist N N said"
        barred = self.lang.either("prepositions", "joiners", "finite")
        while k < subject.first and (
            self.s._adverb(k)
            or (noun and self.t.word[k].islower() and self.t.low[k] not in barred)
            or self.t.low[k] in self.lang.words("articles")
            or self.t.low[k] in self.lang.words("inserts")
        ):
            k += 1
        return k >= subject.first

    def _v_s(self, i: int, limit: int) -> tuple[Subject | None, Hit] | None:
        k = i
        while k < limit and self.s._adverb(k):
            k += 1
        hit = self.page.hit("speech", k) if k < limit else None
        if hit is None:
            return None
        subject = self.s.after(hit.j, limit)
        if subject is not None:
            return subject, hit
        if self.lang.words("verb_first"):
            return (None, hit) if self.t.word[i - 1] in "–," else None
        rest = self.t.word[hit.j : limit]  # "said one of them"
        plain = 1 < len(rest) < 9 and k == i and all(w.islower() or w in ".!?…" for w in rest)
        return (
            (None, hit)
            if plain and rest[0] in self.lang.words("determiners") | self.lang.words("articles")
            else None
        )

    def _is_tag(self, quote: Quoted, hit: Hit, subject: Subject | None, limit: int) -> bool:
        """Whether "S V" after a quotation belongs to it, and does not open a report of its own."""
        last = self.t.word[self._spot(quote).closes - 2] if quote.closed else ""
        after = max(hit.j, subject.last if subject else 0)
        ahead = limit < len(self.t) and self.t.word[limit - 1] == ":"
        if (after < limit and self.t.word[after] == ":") or (
            ahead and not self.t.within("speech", after, limit)
        ):
            return False
        if self.t.word[self._spot(quote).closes] in ",–-":
            return True
        sentence = self.page.sentence_at(hit.i)
        if last in (".", "…", ")", "") or last not in (",", "!", "?"):
            return self.frames._content(hit, sentence) is None
        return True

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
        sources = [h for h in self.t.within("source", floor, at) if not self.page.hidden[h.i]]
        colon = self.t.word[at - 1] == ":"
        if colon and (relay := self.relays.between(floor, at)) is not None:
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

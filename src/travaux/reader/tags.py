"""The tag behind a quotation, ``"Q," S V`` and ``"Q," V S``, and what a quotation with a speaker is."""

from __future__ import annotations

import msgspec

from travaux.reader.frames import Frames
from travaux.reader.marked import Spot, spot
from travaux.reader.nominatives import Subject
from travaux.reader.page import Page
from travaux.reader.people import NOBODY, Meant
from travaux.reader.quotes import Quoted
from travaux.reader.relays import Relays
from travaux.reader.subjects import Subjects, fallback
from travaux.reader.tokens import Hit


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


class Tags:
    """Reads the tags behind the quotations of one page."""

    def __init__(self, page: Page, subjects: Subjects, frames: Frames) -> None:
        self.page, self.s, self.frames, self.t, self.lang = page, subjects, frames, page.tokens, page.lang
        self.relays = Relays(page, subjects)
        self._stops: dict[int, int] = {}
        self._last: Spoken | None = None
        self._last_quote: Quoted | None = None
        self._links = (
            self.lang.words("prepositions") | self.lang.words("joiners") | self.lang.words("articles")
        )

    def _spot(self, quote: Quoted) -> Spot:
        """The tokens of a quotation."""
        return self.page.spots.get(quote.opens) or spot(quote, self.t)

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
        if not who.names and hit.entry.lemma in self.lang.table("speech")["publishing"]:
            return self._published(quote, subject, hit)
        order = "v-s" if subject and subject.first > hit.i else "s-v"
        return self._made(quote, subject, hit, f"quote.after.{order}", who)

    def _published(self, quote: Quoted, subject: Subject | None, hit: Hit) -> Spoken:
        """``"Q," the agency reports``: the publisher only relays; for unsure, the last one told to speak
        did."""
        who = fallback(self.s.pronoun(""))
        return self._made(quote, subject, hit, "quote.after.published", who)

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
            return (None, hit) if self.t.word[i - 1] in "–-," else None
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

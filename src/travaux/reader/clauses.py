"""Units of speech and the clauses in them: where a subject starts and where a clause ends.

A unit is the stretch in which one speaker says one sentence: a sentence inside a quotation or turn, a
reported clause, a bracketed remark, or a sentence of narration.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from operator import attrgetter, itemgetter

import msgspec

from travaux.reader.mentions import Mention
from travaux.reader.page import Page
from travaux.reader.people import Meant
from travaux.reader.segments import Sentence
from travaux.reader.tags import Spoken
from travaux.reader.tails import Frame

_STOPS = frozenset(".!?…")


class Unit(msgspec.Struct, frozen=True, gc=False):
    """Tokens `i`..`j`. `who` speaks (None: the narrator); `source` is quote, frame, narration or bracket."""

    i: int
    j: int
    source: str
    who: Meant | None = None
    verb: str = ""
    paragraph: int = 0


def units(page: Page, told: Sequence[Frame], spoken: Sequence[Spoken]) -> list[Unit]:
    """All units of a page in order."""
    found: list[Unit] = []
    framed: list[tuple[int, int]] = []
    cuts = bytearray(page.bracketed)
    for k in page.tokens.places(_STOPS):
        cuts[k] = 1
    for f in told:
        i, j = page.tokens.index(f.start), page.tokens.index(f.end)
        framed.append((f.start, f.end))
        found += _split(page, cuts, i, j, "frame", f.who, f.verb)
    framed.sort()
    reach = list(accumulate((e for _, e in framed), max))  # how far the reports up to each one go
    for q in spoken:
        before = bisect_right(framed, q.start, key=itemgetter(0))
        if not before or reach[before - 1] < q.end:
            found += _split(
                page, cuts, page.tokens.index(q.start), page.tokens.index(q.end), "quote", q.who, q.verb
            )
    by_sentence: dict[int, list[Frame]] = {}
    for f in told:
        by_sentence.setdefault(f.sentence, []).append(f)
    for number, s in enumerate(page.sentences):
        if s.paragraph == page.headline or page.paras[s.paragraph].kind == "aside":
            continue
        for first, last, who in _around(page, s, by_sentence.get(number, [])):
            for i, j in _visible(page, first, last):
                found += _split(page, cuts, i, j, "narration", who, "")
    return sorted(dict.fromkeys(found), key=attrgetter("i", "j"))


def _around(page: Page, s: Sentence, frames: Sequence[Frame]) -> list[tuple[int, int, Meant | None]]:
    """The stretches of a sentence outside its reports: (first, end, who acts where no subject stands)."""
    if not frames:
        return [(s.i, s.j, None)]
    index, at = page.tokens.index, s.i
    found: list[tuple[int, int, Meant | None]] = []
    who: Meant | None = None
    for f in sorted(frames, key=lambda f: f.start):
        marks = [x for x in (f.mention, f.cue) if x is not None]
        stop = min([index(f.start), *(i for a, _ in marks if (i := index(a)) >= at)])
        found.append((at, stop, who))
        at = max(at, index(f.end), *(index(b) for _, b in marks if index(b) <= s.j))
        who = f.who
    found.append((at, s.j, who))
    joiners = page.lang.words("joiners") | {","}
    cut: list[tuple[int, int, Meant | None]] = []
    for first, last, whose in found:
        if whose is not None:
            while first < last and page.tokens.low[first] in joiners:
                first += 1
        if last - first > 2:
            cut.append((first, last, whose))
    return cut


def _visible(page: Page, first: int, last: int) -> list[tuple[int, int]]:
    """The stretches of narration between quotations."""
    found: list[tuple[int, int]] = []
    while first < last:
        stop = page.hidden.find(1, first, last)
        stop = stop if stop >= 0 else last
        if stop > first:
            found.append((first, stop))
        first = page.hidden.find(0, stop, last)
        first = first if first >= 0 else last
    return found


def _split(
    page: Page, cuts: bytearray, first: int, last: int, source: str, who: Meant | None, verb: str
) -> list[Unit]:
    """Cut at stops (not inside brackets); what stands in brackets is a unit of its own. `cuts` marks the
    tokens that are either."""
    found: list[Unit] = []
    word = page.tokens.word
    start = first
    bracket = None
    short = page.lang.words("abbreviations")
    paragraph = page.sentence_at(first).paragraph if first < len(page.tokens) else 0

    def put(i: int, j: int, kind: str) -> None:
        while j > i and word[j - 1] in ".,;:!…\"'–-)]":
            j -= 1
        while i < j and word[i] in "\"'–-…,([•":
            i += 1
        if j - i > 1:
            found.append(Unit(i, j, kind, who, verb, paragraph))

    bracketed = page.bracketed
    k = cuts.find(1, first, last)
    while 0 <= k < last:
        if bracketed[k]:
            bracket = k if bracket is None else bracket
            k += 1
            continue
        if bracket is not None:
            put(bracket, k, source)
            bracket = None
        if word[k] in _STOPS and not (word[k] == "." and page.tokens.low[k - 1] in short):
            put(start, k + 1 if word[k] == "?" else k, source)
            start = k + 1
        k = cuts.find(1, k + 1, last)
    if bracket is not None:
        put(bracket, last, source)
    put(start, last, source)
    return found


class Clauses:
    """Where clauses start and end on one page."""

    def __init__(self, page: Page) -> None:
        self.page, self.t, self.lang = page, page.tokens, page.lang
        data = page.lang.data["commitments"]
        self._conjunctions = frozenset(data["conjunctions"])
        self._bounds = self._conjunctions | frozenset(",;:–\"'")
        self._finite = page.lang.words("finite")
        self._passed = page.lang.either("adverb_words", "auxiliaries")
        self._joiners = page.lang.words("joiners")
        self._closed = page.lang.either("prepositions", "joiners", "finite") | self._conjunctions
        self._parentheses: dict[str, list[tuple[str, ...]]] = {}
        for phrase in data["parenthetical"]:
            words = tuple(phrase.split())
            self._parentheses.setdefault(words[0], []).append(words)
        self._openings = self.t.places(self._parentheses)
        at = self.t.at
        self._timed_from = {end: first for first, end in page.timed.items()}
        self._openers_of_time = page.lang.either("that", "joiners")
        self._modals, self._speech, self._stances = (at.get(g, {}) for g in ("modal", "speech", "stance"))
        self._asides_of: dict[tuple[int, int], frozenset[int]] = {}
        self._subjects: dict[tuple[int, int, int], int] = {}
        self._clause_ends: dict[tuple[int, int], int] = {}
        self._pauses_at = self.t.places(self._joiners | page.lang.words("contrast") | {",", ";"})

    def boundary(self, v: int, unit: Unit) -> int:
        """The first token of the clause whose verb stands at token v: after a mark, a conjunction, an
        "and"."""
        k = v
        around, words, bracketed = self._asides(unit), self.t.low, self.page.bracketed
        while k > unit.i:
            low = words[k - 1]
            if (bracketed[k - 1] and not bracketed[v]) or k in around:
                k -= 1
                continue
            if low in self._bounds and not self._enumerates(k - 1):
                return k
            if low in self._joiners and not self._pairs(k - 1) and self._verb_between(unit.i, k - 1):
                return k
            k -= 1
        return k

    def _enumerates(self, k: int) -> bool:
        """Whether the comma at token k stands inside a list of mentions: "between A, B and C"."""
        if self.t.word[k] != "," or self.page.ends.get(k) is None:
            return False
        m = self._mention_at(k + 1)
        return m is not None and (self.t.word[m.j] == "," or self.t.low[m.j] in self._joiners)

    def _pairs(self, k: int) -> bool:
        """Whether the "and" at token k joins two mentions behind "between"."""
        m = self.page.ends.get(k)
        if m is None or self._mention_at(k + 1) is None:
            return False
        first = m.i
        while (before := self.page.ends.get(first - 1)) is not None and self.t.word[first - 1] == ",":
            first = before.i
        near = self.t.low[max(first - 2, 0) : first]
        return not self.lang.words("between_words").isdisjoint(near)

    def _mention_at(self, k: int) -> Mention | None:
        """The mention at token k, an article before it passed."""
        return self.page.at.get(k + 1 if self.t.low[k] in self.lang.words("articles") else k)

    def with_opening_time(self, start: int, unit: Unit) -> int:
        """The first token of a time set before the clause that starts at a token, with its comma: "By 1 May,
        S will"; the clause's own first token where none stands."""
        if start - 2 < unit.i or self.t.word[start - 1] != ",":
            return start
        k = self._timed_from.get(start - 1, -1)
        closed = self.lang.either("prepositions", "articles")
        while k > unit.i and self.t.low[k - 1] in closed:
            k -= 1
        alone = k == unit.i or (k > unit.i and self.t.low[k - 1] in self._openers_of_time)
        return k if k >= unit.i and alone else start

    def _asides(self, unit: Unit) -> frozenset[int]:
        """The tokens of ", for its part," between two marks of a unit: a clause runs past them."""
        known = self._asides_of.get((unit.i, unit.j))
        if known is None:
            found: set[int] = set()
            first = bisect_left(self._openings, unit.i + 1)
            for k in self._openings[first : bisect_left(self._openings, unit.j, first)]:
                if self.t.word[k - 1] != ",":
                    continue
                size = max(
                    (
                        len(p)
                        for p in self._parentheses.get(self.t.low[k], ())
                        if tuple(self.t.low[k : k + len(p)]) == p
                    ),
                    default=0,
                )
                if size and self.t.word[k - 1] == "," and self.t.word[k + size : k + size + 1] == [","]:
                    found.update(range(k, k + size + 2))
            known = self._asides_of[(unit.i, unit.j)] = frozenset(found)
        return known

    def _verb_between(self, i: int, j: int) -> bool:
        """Whether a finite verb stands after the last mark before token j."""
        for k in range(j - 1, i - 1, -1):
            if self.t.low[k] in self._finite or k in self._modals or k in self._speech:
                return True
            if self.t.word[k] in ",;:–":
                return False
        return False

    def subject(self, v: int, unit: Unit) -> int:
        """The first token of the noun phrase that is the subject of the verb at token v; v if there is
        none."""
        known = self._subjects.get((v, unit.i, unit.j))
        if known is None:
            known = self._subjects[v, unit.i, unit.j] = self._subject(v, unit)
        return known

    def _subject(self, v: int, unit: Unit) -> int:
        first = self.boundary(v, unit)
        if first < v and self.t.low[first] in self.lang.words("then"):
            first += 1
        if self.lang.words("verb_first"):
            return first
        k = v
        around = self._asides(unit)
        while k > first and (self._between(k - 1) or k in around):
            k -= 1
        if k == first:
            return v if first == v else first
        if self._modal_between(first, k):
            return first
        return self._chain(k, first)

    def _between(self, k: int) -> bool:
        low = self.t.low[k]
        return low in self._passed or (low.endswith("ly") and len(low) > 4)

    def _modal_between(self, i: int, j: int) -> bool:
        return bool(self.t.within("modal", i, j))

    def _chain(self, k: int, first: int) -> int:
        """Leftwards over "NP of NP and NP" from token k, not before token `first`."""
        links = self.lang.either("prepositions", "joiners")
        start = k
        while True:
            start = self._noun_phrase(k, first)
            if start == k or start <= first:
                return start
            if self.t.low[start - 1] not in links and not self._enumerates(start - 1):
                return start
            if start - 1 <= first:
                return start
            k = start - 1

    def _noun_phrase(self, k: int, first: int) -> int:
        """The start of the noun phrase that ends before token k."""
        m = self.page.ends.get(k)
        if m is not None and m.i >= first:
            start = m.i
            return (
                start - 1 if start > first and self.t.low[start - 1] in self.lang.words("articles") else start
            )
        start = k
        while start > first:
            low = self.t.low[start - 1]
            if low in self._closed or not (low[0].isalnum() or low == "'s"):
                break
            start -= 1
            if low in self.lang.words("articles"):
                break
        return start

    def end(self, v: int, unit: Unit) -> int:
        """One past the last token of the clause: the unit's end, or where a further verb of the same
        kind starts."""
        known = self._clause_ends.get((v, unit.j))
        if known is None:
            known = self._clause_ends[v, unit.j] = self._end(v, unit)
        return known

    def _end(self, v: int, unit: Unit) -> int:
        pauses = self._pauses_at
        for n in range(bisect_left(pauses, v + 1), bisect_left(pauses, unit.j)):
            k = pauses[n]
            if self.t.word[k] == ";":
                return k
            if self.page.bracketed[k] and not self.page.bracketed[v]:
                continue
            if self.t.word[k] == "," and self._other_clause(k + 1, unit):
                return k
            joins = self.t.low[k] in self._joiners or self.t.low[k] in self.lang.words("contrast")
            if (joins or self.t.word[k] == ",") and self._starts_clause(k + 1, unit):
                return k - 1 if self.t.word[k - 1] == "," and k - 1 > v else k
        return unit.j

    def _other_clause(self, k: int, unit: Unit) -> bool:
        """Whether an "and" at token k, behind a comma, opens a clause with a subject and verb of its own."""
        if k + 2 >= unit.j or self.t.low[k] not in self._joiners:
            return False
        if self.lang.words("comma_that"):
            return any(self.t.low[n] in self._finite for n in range(k + 1, min(k + 40, unit.j)))
        m = self.page.at.get(k + 1)
        start = m.j if m is not None else k + 2
        subject = m is not None and m.kind in ("pronoun", "party", "titled", "title", "name", "plural")
        return subject and start < unit.j and self.t.low[start] in self._finite

    def _starts_clause(self, k: int, unit: Unit) -> bool:
        """Whether a promise of its own starts at token k: a modal, a pair's "agreed", with or without
        subject."""
        if k < unit.j and (self.t.low[k] in self._joiners or self.t.low[k] in self.lang.words("contrast")):
            k += 1
        m = self.page.at.get(k) or (
            self.page.at.get(k + 1)
            if k + 1 < unit.j and self.t.low[k] in self.lang.words("articles")
            else None
        )
        if m is not None:
            k = m.j
        while k < unit.j and self._between(k) and k not in self._modals:
            k += 1
        hit = self._modals.get(k) if k < unit.j else None
        stance = self._stances.get(k) if k < unit.j else None
        if stance is not None and stance.entry.kind in ("defer", "refuse"):
            return True
        if hit is None and k + 1 < unit.j and self.t.low[k] in self._finite:
            hit = self._modals.get(k + 1)
        return hit is not None and hit.entry.kind not in ("may", "would")

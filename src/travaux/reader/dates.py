"""The dates of a page with their values, and the document's own day."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date

import msgspec

from travaux.reader.calendars import Calendar, Worth
from travaux.reader.docdate import Dated, document_day
from travaux.reader.items import Evidence
from travaux.reader.page import Page
from travaux.reader.timex import Found
from travaux.text.source import Document

_AHEAD = ("will", "perfective", "agree", "intend", "ready", "would")  # verbs after which a date lies ahead


_MARKS = frozenset(',;:"().!?')
_NEAR = 60  # tokens: in a longer sentence only these tell an expression's tense


class Timed(msgspec.Struct, frozen=True, gc=False):
    """One expression with its worth. `due` is true where a preposition makes it a limit ("by", "until")."""

    found: Found
    worth: Worth
    mod: str
    due: bool
    tense: str
    figurative: bool = False
    sure: float = 1.0


class Dates:
    """Reads the dates of one page; `day` is the document's own, `evidence` why."""

    def __init__(self, page: Page, document: Document, told: date | None) -> None:
        self.page, self.lang = page, page.lang
        self._due, self._by = (tuple(" " + w for w in page.lang.data["dates"][k]) for k in ("due_by", "by"))
        raw = [(f, self.tense(f)) for f in page.times]
        self.own = document_day(page, raw)
        self.day, self.evidence = self._day(document, told, self.own)
        self.all: list[Timed] = []
        calendar = Calendar(page.lang, self.day)
        for found, tense in raw:
            worth = calendar.worth(found, tense)
            if worth is not None:
                self.all.append(self._timed(found, worth, tense))
        self._starts = [t.found.start for t in self.all]

    def _day(
        self, document: Document, told: date | None, own: Dated
    ) -> tuple[date | None, tuple[Evidence, ...]]:
        if told is not None:
            return told, (Evidence(source="user"),)
        meta = document.date
        if own.rule == "text" or (own.day and meta is None):
            spans = (
                Evidence(start=s, end=e, text=self.page.words(a, b), rule=rule)
                for a, b, rule in own.evidence
                for s, e in (self.page.folded.span(a, b),)
            )
            return own.day, tuple(spans)
        if meta is not None:
            return date.fromisoformat(meta.value), (
                Evidence(source=meta.source, field=meta.field, value=meta.value),
            )
        return None, ()

    # --- the clause around an expression -----------------------------------------------------------------

    def tense(self, found: Found) -> str:
        """future or past by the cues of the clause that holds an expression, "" where both or neither
        stand."""
        page = self.page
        i = page.tokens.index(found.start)
        if i >= len(page.tokens):
            return ""
        sentence = page.sentence_at(i)
        near = max(sentence.i, i - _NEAR), min(sentence.j, i + _NEAR)
        if i > sentence.i and page.tokens.low[i - 1] in page.lang.data["tense"]["since"]:
            return "past"
        if self._over(found, i, sentence.i):
            return "past"
        said = page.tokens.within("speech", max(i - 3, sentence.i), i)
        if said and any(
            h.entry.form == "past"
            and h.entry.kind != "think"  # "expected by March"
            and all(
                page.tokens.word[k].isalpha() and page.tokens.low[k] not in page.lang.words("that")
                for k in range(h.j, i)
            )
            for h in said
        ):
            return "past"
        strong, ahead, behind = (page.lang.words(k) for k in ("strong", "future", "past"))
        for a, b in (self._clause(i, *near), near):
            words = page.tokens.low[a:b]
            if any(h.entry.kind in _AHEAD for h in page.tokens.within("modal", a, min(i, b))):
                return "future"
            if not strong.isdisjoint(words):
                return "future"
            future, past = not ahead.isdisjoint(words), not behind.isdisjoint(words)
            if future or past:
                return "" if future == past else "future" if future else "past"
        return ""

    def _over(self, found: Found, i: int, floor: int) -> bool:
        """Whether what happened then is over, whatever the clause goes on to tell: "held in March", "after
        Friday's talks"."""
        low, tense = self.page.tokens.low, self.lang.data["tense"]
        past = i > floor and low[i - 1] in tense["over"]
        if past and self.page.tokens.text[found.start : found.end].endswith("'s"):
            return True
        k = i
        while k > floor and low[k - 1] in self.lang.words("prepositions"):
            k -= 1
        passive = k - 2 >= floor and low[k - 2] in self.lang.words("copulas")
        return k > floor and low[k - 1].startswith(tuple(tense["participles"])) and not passive

    def _clause(self, i: int, first: int, last: int) -> tuple[int, int]:
        """The tokens around token i up to the next marks of a clause or quotation."""
        word = self.page.tokens.word
        a = i
        while a > first and word[a - 1] not in _MARKS:
            a -= 1
        b = i
        while b < last and word[b] not in _MARKS:
            b += 1
        return a, b

    def _timed(self, found: Found, worth: Worth, tense: str) -> Timed:
        page, dates = self.page, self.lang.data["dates"]
        i = page.tokens.index(found.start)
        before = " ".join(page.tokens.low[max(i - 4, 0) : i])
        before = before.removesuffix(" the")
        due = (" " + before).endswith(self._due)
        limit = due or (" " + before).endswith(self._by)
        if worth.type == "DURATION":
            due = limit = False
        mod = worth.mod or ("BY" if due else "BEFORE" if limit else "")
        figurative = found.rule == "day-relative" and any(
            w in dates["figurative"] for w in page.tokens.low[max(i - 6, 0) : i]
        )
        return Timed(found, worth, mod, due or limit, tense, figurative, self._sure(found, worth, tense))

    def _sure(self, found: Found, worth: Worth, tense: str) -> float:
        """What is unsure about a value: none, one that hangs on the document's day, one whose tense nothing
        tells."""
        if worth.value is None or worth.value.startswith("XXXX-"):
            return 0.7
        if worth.type != "DATE" or "year" in found.slots or found.rule in ("iso", "numeric", "decade"):
            return 1.0
        inferred = 0.9 if self.own.rule == "inferred" else 1.0
        return (0.95 if tense or found.rule == "day-relative" else 0.85) * inferred

    def within(self, start: int, end: int) -> list[Timed]:
        """The expressions inside the characters ``start:end``."""
        first = bisect_left(self._starts, start)
        if first == len(self._starts) or self._starts[first] >= end:
            return []
        last = bisect_left(self._starts, end, first)
        return [t for t in self.all[first:last] if t.found.end <= end]

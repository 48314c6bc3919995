"""Who is bound to what, by when, on what condition, and how firmly: on clauses, by grammar.

A clause is SUBJECT + TRIGGER + action. Of several cues in a clause the weakest promise wins: refused, then
deferred, conditional, agreed, declared. A due date is taken from the clause itself and never from another.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from travaux.reader.clauses import Unit
from travaux.reader.firmness import Firmness
from travaux.reader.segments import item_mark, mark_style
from travaux.reader.tokens import Hit
from travaux.reader.triggers import Trigger


class Promise(msgspec.Struct, frozen=True, gc=False):
    """One commitment: characters `start`..`end`; `condition` is a span of characters or None."""

    start: int
    end: int
    rule: str
    parties: tuple[str, ...]
    status: str
    due: str | None
    condition: tuple[int, int] | None
    action: int
    same_as: str = ""
    sure: float = 1.0


class Commitments(Firmness):
    """Finds the commitments of one page."""

    def all(self, units: Sequence[Unit]) -> list[Promise]:
        """The commitments of all units and lists, in order, none inside another."""
        self._found = self._every_trigger()
        self._places = [x.hit.i for x in self._found]
        found: list[Promise] = []
        for n, unit in enumerate(units):
            found += self._unit(unit, units, n)
        found += self._items(found)
        found.sort(key=lambda p: (p.start, -p.end))
        kept: list[Promise] = []
        for p in found:
            if kept and p.start < kept[-1].end and p.end <= kept[-1].end:
                continue
            kept.append(p)
        return kept

    def _every_trigger(self) -> list[Trigger]:
        hits = [Trigger(h, self._kind(h)) for h in self.t.hits.get("modal", ())]
        stances = self.t.hits.get("stance", ())
        hits += [Trigger(h, h.entry.kind) for h in stances if h.entry.kind in ("defer", "refuse")]
        return sorted(hits, key=lambda x: (x.hit.i, x.kind not in ("defer", "refuse"), -x.hit.j))

    def _unit(self, unit: Unit, units: Sequence[Unit], n: int) -> list[Promise]:
        if self.t.word[unit.j - 1] == "?":
            return self._rhetorical(unit, units, n)
        found: list[Promise] = []
        done = unit.i
        triggers = self._triggers(unit)
        main = self._main_clause(unit) if triggers else None
        for trigger in triggers:
            v = trigger.hit.i
            if v < done or (main is not None and v < main):
                continue
            promise = self._promise(trigger, unit, units, n, main)
            if promise is not None:
                found += self._acts(promise)
                done = self.t.index(promise.end)
        return found

    def _triggers(self, unit: Unit) -> list[Trigger]:
        """The triggers of a unit: by place, those that put off or refuse before others, the longest first."""
        first = bisect_left(self._places, unit.i)
        return self._found[first : bisect_left(self._places, unit.j, first)]

    def _kind(self, hit: Hit) -> str:
        """The kind of a modal: a perfective future promises, or refuses after "not"."""
        if hit.entry.kind != "perfective":
            return hit.entry.kind
        return "negative" if self.t.low[hit.i - 1] in self.lang.words("negations") else "will"

    def _promise(
        self, trigger: Trigger, unit: Unit, units: Sequence[Unit], n: int, main: int | None
    ) -> Promise | None:
        v = trigger.hit.i
        start = self.c.subject(v, unit)
        end = self.c.end(trigger.hit.j - 1, unit)
        bare = trigger.hit.j >= end and trigger.hit.entry.kind in ("will", "would", "may")
        why = "no action" if bare else self._refused(trigger, start, end, unit)
        if why:
            self.page.reject(
                self.t.start[start], self.t.end[end - 1], "commitments", f"commitment.{trigger.kind}", why
            )
            return None
        condition = self._condition(unit, main, v, end)
        status = self._status(trigger, start, end, unit, units, n, condition is not None)
        if status is None:
            return None
        if condition is not None and main is not None and condition[0] <= self.t.start[v]:
            start = unit.i
        parties = self._parties(start if main is None else max(start, main), v, unit)
        if not self.lang.words("concerns").isdisjoint(self.t.low[v : trigger.hit.j]):
            end = self._disowned(end, units, n)
        start = self.c.with_opening_time(start, unit)
        first, last = self.page.span_of(start, end)
        due = None
        if status != "refused":
            due = self._due(self.t.start[max(start, main or start)], last, condition)
        sure = self._sure(trigger, start, end, parties, status)
        return Promise(
            first,
            last,
            f"commitment.{trigger.kind}",
            parties,
            status,
            due,
            condition,
            trigger.hit.j,
            sure=sure,
        )

    def _sure(self, trigger: Trigger, start: int, end: int, parties: Sequence[str], status: str) -> float:
        """What is unsure about a promise: nobody is named, its subject is a thing, its being agreed is only
        concluded, its clause is long."""
        sure = 1.0 if parties else 0.85
        if self._actor(start, trigger.hit.i) in ("thing", ""):
            sure *= 0.9
        if status == "agreed" and trigger.kind != "agree":
            sure *= 0.9
        return sure * (0.85 if end - start > 45 else 1.0)

    def _acts(self, p: Promise) -> list[Promise]:
        """A promise of several dated acts, cut after each date that "and" and a further act follow: "submit
        a draft by May and publish it in June". No act takes the date of another."""
        first, last = p.action, self.t.index(p.end)
        for k in range(first + 1, last - 2):
            if self.t.low[k] not in self.lang.words("joiners") or p.status == "refused":
                continue
            if self._further_act(k, last) and self._dated(first, k):
                stop = k - 1 if self.t.word[k - 1] == "," else k
                due = self._due(p.start, self.t.end[stop - 1], p.condition)
                start = self.t.start[k + 1]
                kept = replace(p, end=self.t.end[stop - 1], due=due)
                if self.t.low[k + 1] in self.lang.words("vague_acts"):
                    return [kept]  # "and look forward to the visit in May"
                rest = replace(p, start=start, action=k + 1, due=self._due(start, p.end, p.condition))
                return [kept, *self._acts(rest)]
        return [p]

    def _further_act(self, k: int, last: int) -> bool:
        """Whether the "and" at token k joins a further act: an infinitive, or a plain word that follows a
        date and leads to another date."""
        low = self.t.low[k + 1]
        if low in self.lang.words("infinitive"):
            return True
        endings = tuple(self.lang.words("infinitives"))
        if endings:
            return low.endswith(endings)
        closed = self.lang.either("articles", "prepositions", "determiners")
        plain = low.isalpha() and not self.t.capital(k + 1) and low not in closed
        dated = not self._timed_ends.isdisjoint((k, k - 1))
        return plain and dated and k + 1 not in self.page.timed and self._dated(k + 1, last)

    def _disowned(self, end: int, units: Sequence[Unit], n: int) -> int:
        """The end of "It is not our border" after "it does not concern us": one refusal in two sentences."""
        following = units[n + 1] if n + 1 < len(units) else None
        if following is None or following.i > end + 2:
            return end
        words = tuple(self.t.low[following.i : following.i + 6])
        return following.j if self._is(words, "disowning") else end

    def _rhetorical(self, unit: Unit, units: Sequence[Unit], n: int) -> list[Promise]:
        """A question answered "No" by the one who asked it is a refusal."""
        following = next((u for u in units[n + 1 : n + 3] if u.i >= unit.j), None)
        answer = unit.j
        if answer >= len(self.t) or not self._begins(self.t.low[answer : answer + 1], "no"):
            return []
        own = any(x.kind == "pronoun" and x.office in ("we", "i") for x in self.page.among(unit.i, unit.j))
        if (
            not own
            or self.t.word[answer + 1 : answer + 2] not in (["."], ["!"])
            or (following and following.i < answer)
        ):
            return []
        first, last = self.page.span_of(unit.i, answer + 2)
        return [
            Promise(
                first, last, "commitment.question-no", self._speakers(unit), "refused", None, None, answer
            )
        ]

    def _items(self, found: Sequence[Promise]) -> list[Promise]:
        """The items of a list whose lead-in promises: each takes its subject and status from there."""
        made: list[Promise] = []
        lead: tuple[str, tuple[str, ...], str | None] | None = None
        style = ("", "")
        for number, p in enumerate(self.page.paras):
            text = self.t.text[p.start : p.end]
            here = mark_style(self.t.text, p)
            if text.endswith(":"):
                lead, style = self._lead_in(p.start, p.end), (here, "")
            elif (p.kind != "item" and not text.endswith((";", ","))) or (
                lead is not None and (here == style[0] != "" or (style[1] and here != style[1]))
            ):
                lead = None
            elif lead is not None:
                style = (style[0], here)
                made += self._item(number, lead, found)
        return made

    def _lead_in(self, start: int, end: int) -> tuple[str, tuple[str, ...], str | None] | None:
        """(status, parties, due) of a lead-in; None where it promises nothing."""
        i, j = self.t.index(start), self.t.index(end)
        unit = Unit(i, j - 1, "narration", None, "", self.page.sentence_at(i).paragraph)
        last = self.page.sentence_at(j - 1)
        unit = replace(unit, i=max(unit.i, last.i))
        for h in self.t.within("modal", unit.i, unit.j):
            if h.entry.kind not in ("agree", "will", "intend"):
                continue
            parties = self._parties(self.c.subject(h.i, unit), h.i, unit)
            status = (
                "agreed"
                if h.entry.kind == "agree" or self.joint or self._joint_subject(unit.i, h.i)
                else "declared"
            )
            return status, parties, self._due(self.t.start[unit.i], end, None)
        return None

    def _item(
        self, number: int, lead: tuple[str, tuple[str, ...], str | None], found: Sequence[Promise]
    ) -> list[Promise]:
        p = self.page.paras[number]
        if any(p.start <= x.start < p.end for x in found):
            return []
        start, end = item_mark(self.t.text, p), p.end
        text = self.t.text
        for tail in (" and", " и"):
            if text[start:end].endswith(tail):
                end -= len(tail)
        while end > start and text[end - 1] in ";.,: ":
            end -= 1
        if end - start < 8:
            return []
        due = self._due(start, end, None) or lead[2]
        return [Promise(start, end, "commitment.list-item", lead[1], lead[0], due, None, self.t.index(start))]

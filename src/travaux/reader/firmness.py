"""How firm a promise is, whom it binds, when it is due and on what condition: from its own clause."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from travaux.reader.clauses import Unit
from travaux.reader.dates import Timed
from travaux.reader.triggers import Trigger, Triggers


class Firmness(Triggers):
    """Reads status, parties, due date and condition of a clause that promises."""

    def _parties(self, start: int, v: int, unit: Unit) -> tuple[str, ...]:
        """The parties bound: named by the subject, both for joint words, else the speaker's own."""
        words = self.t.low[start:v]
        text = self.t.low[start : self.c.end(v, unit)]
        near = self.page.among(start, v)
        named = [x.party for x in near if x.kind == "party"]
        if named and self._actor(start, v) != "thing":
            return tuple(dict.fromkeys(named + self._bodies(start, v)))
        everybody = self._everybody()
        pair = any(x.kind == "plural" for x in near)
        own = self._speakers(unit)
        if unit.source == "frame" and len(own) == 1 and not pair:
            return own
        quoted = unit.source == "quote" and bool(own)  # "we" in one side's words is that side
        if pair or (self.joint and not quoted) or self._holds(text, "ours"):
            return everybody
        if (own or unit.who) and any(x.kind == "pronoun" and x.office in ("we", "i") for x in near):
            return own
        holder = next(
            (
                self.roles.party_of(n)
                for x in near
                if x.kind in ("titled", "title", "name")
                for n in self.roles.meant(x).names
            ),
            None,
        )
        if holder:
            return (holder,)
        body = [self.page.mention_words(x) for x in near if x.kind == "body"]
        if body:
            return (body[0],)
        if "it" in words and own:
            return own
        return everybody if self._is(self._after(v + 1, v + 6), "passive") else own

    def _bodies(self, start: int, v: int) -> list[str]:
        """Bodies that are subjects themselves: none that a preposition makes a part of another phrase."""
        closed = self.lang.either("prepositions", "articles")
        return [
            self.page.mention_words(x)
            for x in self.page.among(start, v)
            if x.kind == "body"
            and not (self.t.low[x.i - 1] in closed and self.t.low[x.i - 2] in closed)
            and self.t.low[x.i - 1] not in self.lang.words("prepositions")
        ]

    def _everybody(self) -> tuple[str, ...]:
        """Both sides, or all where more have a principal; nobody where only one is known."""
        sides = self.roles.sides()
        if len(sides) > 1 and self.roles.principals():
            return sides
        return tuple(self.roles.parties) if len(self.roles.parties) == 2 and len(sides) != 0 else ()

    def _speakers(self, unit: Unit) -> tuple[str, ...]:
        names = unit.who.names if unit.who else ()
        return tuple(dict.fromkeys(p for n in names if (p := self.roles.party_of(n))))

    def _status(
        self,
        trigger: Trigger,
        start: int,
        end: int,
        unit: Unit,
        units: Sequence[Unit],
        n: int,
        conditional: bool,
    ) -> str | None:
        cues = {trigger.kind}
        text = self.t.low[start:end]
        inside = self.t.within("modal", trigger.hit.i, trigger.hit.j)
        for h in self.t.within("stance", trigger.hit.i, end) + inside:
            if h.entry.kind in ("refuse", "defer", "negative"):
                cues.add(h.entry.kind)
        if trigger.kind in ("agree", "will", "intend") and self._is(
            self._after(trigger.hit.j, end), "deferring"
        ):
            cues.add("defer")
        if start < trigger.hit.i and text and text[0] in self.lang.words("nobodies"):
            cues.add("refuse")
        soft = self._holds(text, "softeners")
        if cues & {"refuse", "negative"}:
            return "deferred" if soft else "refused"
        if "defer" in cues:
            return "deferred"
        if conditional or trigger.kind == "ready":
            return "conditional"
        if unit.verb == "guard" or trigger.kind == "may":
            return "deferred"
        return "agreed" if self._agreed(trigger, start, end, unit, units, n) else "declared"

    def _agreed(
        self, trigger: Trigger, start: int, end: int, unit: Unit, units: Sequence[Unit], n: int
    ) -> bool:
        """Whether a promise is a joint or decided one."""
        if trigger.kind == "agree" or unit.verb == "agree":
            return True
        if self.t.low[unit.i] in self.lang.table("speech")["agreeing"]:
            return True  # «условлено, что сроки будут согласованы»
        after = self._after(trigger.hit.j, end)
        if trigger.kind == "will" and (
            self._is(after, "binding")
            or (trigger.hit.entry.kind == "perfective" and self._is(self._own_words(trigger), "binding"))
        ):
            return True
        one = unit.source == "frame" and unit.who is not None and len(unit.who.names) == 1
        if self.joint and unit.source != "quote" and not one and not self._alone(start, trigger.hit.i):
            return True
        act = after if trigger.hit.entry.kind != "perfective" else self._own_words(trigger)
        dated = self._dated(start, end)
        if unit.source == "narration" and unit.who is None and dated and self._is(act, "fixed"):
            return True
        joint = self._joint_subject(start, trigger.hit.i)
        if joint and unit.source != "quote" and (dated or unit.source == "narration"):
            return True
        return unit.source != "quote" and self._told_as_result(unit, units, n)

    def _alone(self, start: int, v: int) -> bool:
        """Whether one party alone is the subject in a joint text."""
        named = {x.party for x in self.page.among(start, v) if x.kind == "party"}
        return len(named) == 1

    def _joint_subject(self, start: int, v: int) -> bool:
        text = self.t.low[start:v]
        named = {x.party for x in self.page.among(start, v) if x.kind == "party"}
        return len(named) > 1 or self._holds(text, "joint") or self._both_before(start, v)

    def _both_before(self, start: int, v: int) -> bool:
        """Whether "they" opens a sentence after one of the same paragraph that a joint subject opens."""
        near = self.page.among(start, v)
        sentence, number = self.page.sentence_at(start), self.page.sentence_number(start)
        if not near or near[0].office != "they" or near[0].i != sentence.i or not number:
            return False
        last = self.page.sentences[number - 1]
        opening = self.t.low[last.i : min(last.i + 14, last.j)]
        return last.paragraph == sentence.paragraph and self._holds(opening, "joint")

    def _told_as_result(self, unit: Unit, units: Sequence[Unit], n: int) -> bool:
        """Whether a neighbouring unit of the same paragraph says that this is what the talks decided."""
        near = [u for u in units[max(n - 2, 0) : n + 2] if u.paragraph == unit.paragraph]
        return any(self._holds(self.t.low[u.i : u.j], "results") for u in near)

    def _due(self, first: int, last: int, condition: tuple[int, int] | None) -> str | None:
        """The limit told in the clause, or the time of the planned act; never one of the condition's."""
        held = self.dates.within(first, last)
        if not held:
            return None
        own = [
            d
            for d in held
            if d.worth.type == "DATE"
            and d.worth.value
            and not d.figurative
            and not d.worth.value.endswith("_REF")
            and not (condition and condition[0] <= d.found.start < condition[1])
        ]
        if any(d.worth.type == "SET" and (d.worth.value or "").startswith(("P", "XXXX")) for d in held):
            return None
        limits = [d for d in own if d.due]
        today = self.dates.day.isoformat() if self.dates.day else ""
        later = [
            d
            for d in own
            if d.worth.value
            and (not today or d.worth.value > today[: len(d.worth.value)] or self._within(d))
            and d.found.rule != "day-relative"
        ]
        for d in (*limits, *later):
            value = d.worth.value or ""
            if value.startswith("XXXX") or (self._current(d) and not d.due and not self._within(d)):
                continue
            return value.rsplit("/", 1)[-1]
        return None

    def _current(self, d: Timed) -> bool:
        """Whether an expression is of the unit that runs: "this year"."""
        return d.found.slots.get("rel", "").lower() in self.lang.data["dates"]["this"]

    def _within(self, d: Timed) -> bool:
        """Whether something is done within the year or month that runs ("this year"), and not measured by it
        ("at this year's level")."""
        endings = tuple(self.lang.data["dates"]["this_within"])
        adverbial = d.found.slots.get("rel", "").lower().endswith(endings)
        return d.found.rule == "relative-unit" and self._current(d) and adverbial and not self._owned(d)

    def _owned(self, d: Timed) -> bool:
        return self.t.text[d.found.start : d.found.end].endswith("'s")

    def _condition_end(self, k: int, size: int, end: int) -> int:
        """Where a condition set between two commas ends; else the clause's end."""
        if self.t.word[k - 1] != ",":
            return end
        return next((n for n in range(k + size + 1, end) if self.t.word[n] == ","), end)

    def _linking(self, k: int) -> bool:
        """Whether token k only links a condition to its word: "provided that"."""
        return self.t.low[k] in self.lang.words("that") or self.t.word[k] == ","

    def _condition(self, unit: Unit, main: int | None, v: int, end: int) -> tuple[int, int] | None:
        """The words of the condition: of the clause that opens the unit, or after "if", "once" behind
        the verb."""
        opening = self._condition_at(unit)
        if opening is not None and main is not None and main <= v:
            first = opening + self._length_at(opening)
            while first < main and self._linking(first):
                first += 1
            last = main
            while last > first and (self.t.word[last - 1] in ",)" or self.page.bracketed[last - 1]):
                last -= 1
            return self.page.span_of(first, last) if last > first else None
        for n in range(bisect_left(self._later, v + 1), bisect_left(self._later, end)):
            k = self._later[n]
            if self.page.bracketed[k]:
                continue
            size = self._length_at(k)
            while size and k + size < end and self._linking(k + size):
                size += 1
            if size and k + size < end:
                return self.page.span_of(k + size, self._condition_end(k, size, end))
        return None

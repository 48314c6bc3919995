"""Meetings: a verb of meeting, or a noun of meeting with its place or date; no gazetteer."""

from __future__ import annotations

import msgspec

from travaux.reader.clauses import Unit
from travaux.reader.dates import Dates, Timed
from travaux.reader.page import Page
from travaux.reader.subjects import Subjects
from travaux.reader.tokens import Hit


class Met(msgspec.Struct, frozen=True, gc=False):
    """One meeting: characters `start`..`end`, `status`, ISO `when` or None, `where` span or None, names."""

    start: int
    end: int
    rule: str
    status: str
    when: str | None
    where: tuple[int, int] | None
    who: tuple[str, ...]


class Meetings:
    """Finds the meetings of one page."""

    def __init__(self, page: Page, subjects: Subjects, dates: Dates) -> None:
        self.page, self.s, self.dates = page, subjects, dates
        self.t, self.lang = page.tokens, page.lang
        self._bare = frozenset(page.lang.data["meetings"]["timeless"])

    def all(self, units: list[Unit]) -> list[Met]:
        """The meetings of all units, each place and date once."""
        found: list[Met] = []
        for unit in units:
            for hit in self.t.within("meeting", unit.i, unit.j):
                met = self._met(hit, unit)
                if met is not None and not any(self._same(met, m) for m in found):
                    found.append(met)
        return found

    def _same(self, one: Met, other: Met) -> bool:
        if one.start < other.end and other.start < one.end:
            return True
        place = [self.page.words(*m.where).lower() if m.where else "" for m in (one, other)]
        return bool(place[0]) and place[0] == place[1] and (one.when == other.when or one.when is None)

    def _met(self, hit: Hit, unit: Unit) -> Met | None:
        kind = hit.entry.kind
        if self.page.within[hit.i] and kind == "noun" and any(b.i <= hit.i < b.j for b in self.page.bodies):
            return None
        end = self._end(hit.j, unit)
        start = self._start(hit, unit)
        things = self.lang.words("things_taken")
        if self.t.hit("receiving", hit.i) and not things.isdisjoint(self.t.low[hit.j : hit.j + 3]):
            return None  # «принял приглашение»
        date = next(
            (
                d
                for d in self.dates.within(self.t.start[start], self.t.end[end - 1])
                if d.worth.type == "DATE"
            ),
            None,
        )
        where = self._where(hit.i, end)
        if kind == "noun" and not self._counts(hit, date, where):
            return None
        if (
            kind in ("held", "planned")
            and date is None
            and where is None
            and not self._with_somebody(hit, end)
        ):
            return None
        status = self._status(hit, unit, date)
        when = self._when(date, status, unit)
        return Met(
            self.t.start[start],
            self.t.end[end - 1],
            f"meeting.{kind}",
            status,
            when,
            where,
            self._who(hit, end),
        )

    def _counts(self, hit: Hit, date: Timed | None, where: tuple[int, int] | None) -> bool:
        """Whether a noun tells a meeting of its own: dated or placed, or of a kind that needs neither; not
        where it is the meeting itself that decides or says something."""
        if any(self.t.hit(group, hit.j) for group in ("speech", "modal")) and self.t.capital(hit.i):
            return False
        if date is not None:
            return True
        before = {self.t.low[k] for k in range(max(hit.i - 3, 0), hit.i)}
        definite = bool(before & self.lang.words("definites"))
        if where is not None:
            return not definite
        return hit.entry.lemma in self._bare and not definite

    def _with_somebody(self, hit: Hit, end: int) -> bool:
        return any(m.kind in ("titled", "name", "title", "counterpart") for m in self.page.among(hit.j, end))

    def _start(self, hit: Hit, unit: Unit) -> int:
        k = hit.i
        if hit.entry.kind in ("noun", "planned"):
            while k > unit.i and (
                self.t.low[k - 1] in self.lang.words("meeting_adjectives")
                or self.t.low[k - 1] in self.lang.words("articles")
            ):
                k -= 1
        if not self.lang.words("of"):
            for d in self.dates.within(self.t.start[unit.i], self.t.start[hit.i]):
                if hit.i - self.t.index(d.found.end) <= 4:
                    k = min(k, self.t.index(d.found.start))
        return k

    def _end(self, j: int, unit: Unit) -> int:
        """The end of the phrases that belong to a meeting: with whom, where, when."""
        k = j
        finite, said = self.lang.words("finite"), self.t.at.get("speech", {})
        while k < unit.j:
            if self.t.word[k] in ";:–" or (
                self.t.low[k] in finite and not self._month(k) and not self.page.bracketed[k]
            ):
                break
            if self.t.word[k] == "," and not self._date_after(k + 1, unit):
                break
            if k in said and not self.page.within[k] and k > j + 1:
                break
            k += 1
        while k > j and (self.t.low[k - 1] in self.lang.words("joiners") or self.t.word[k - 1] in ","):
            k -= 1
        return max(k, j)

    def _month(self, k: int) -> bool:
        return self.t.capital(k) and self.t.low[k] in self.lang.months

    def _date_after(self, k: int, unit: Unit) -> bool:
        if k >= unit.j:
            return False
        at = self.t.start[k]
        return any(at <= d.found.start < at + 25 for d in self.dates.within(at, self.t.end[unit.j - 1]))

    def _where(self, i: int, end: int) -> tuple[int, int] | None:
        """The capitalised words after "in" or "at" that are no party's, body's or month's name."""
        places = self.lang.words("places")
        for k in range(max(i - 3, 0), end - 1):
            if self.t.low[k] not in places:
                continue
            n = k + 1
            while n < end and self.t.low[n] in self.lang.words("articles"):
                n += 1
            first = n
            while (
                n < end
                and self.t.capital(n)
                and self.t.low[n] not in self.lang.months
                and not any(b.i <= n < b.j for b in self.page.bodies)
            ):
                n += 1
            if n > first:
                return self.page.span_of(first, n)
        return None

    def _status(self, hit: Hit, unit: Unit, date: Timed | None) -> str:
        words = self.t.low[unit.i : unit.j]
        if any(h.entry.kind == "cancelled" for h in self.t.within("meeting", unit.i, unit.j)):
            return "cancelled"
        if hit.entry.kind == "held":
            return "held"
        if hit.entry.kind == "planned":
            return "planned"
        day = self.dates.day.isoformat() if self.dates.day else None
        if date is not None and date.worth.value and day and not date.worth.value.startswith("X"):
            value = date.worth.value
            if value[: len(day)] != day[: len(value)]:
                return "planned" if value > day else "held"
        strong = self.lang.either("strong", "planning")
        return "planned" if any(w in strong for w in words) else "held"

    def _when(self, date: Timed | None, status: str, unit: Unit) -> str | None:
        if date is not None:
            return date.worth.value
        if status == "held" and unit.source == "narration" and self.dates.day:
            return self.dates.day.isoformat()
        return None

    def _who(self, hit: Hit, end: int) -> tuple[str, ...]:
        names: list[str] = []
        sentence = self.page.sentence_at(hit.i)
        subject = self.s.before(hit.i, sentence.i) or self.s.main(sentence, hit.i)
        if subject:
            names += self.s.meant(subject).names
        for m in self.page.among(hit.j, end):
            if m.kind in ("titled", "name", "title", "counterpart", "plural"):
                names += self.s.who(m).names
        return tuple(dict.fromkeys(names))

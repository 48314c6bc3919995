"""Stances and refusals: the shortest clause that carries a party's view of a matter."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from travaux.reader.clauses import Clauses, Unit
from travaux.reader.commitments import Promise
from travaux.reader.page import Page
from travaux.reader.roles import Roles
from travaux.reader.tokens import Hit


class Stance(msgspec.Struct, frozen=True, gc=False):
    """One position: characters `start`..`end`, the `matter` as a span, the stance's plain name."""

    start: int
    end: int
    rule: str
    party: str | None
    matter: tuple[int, int] | None
    stance: str
    speaker: str | None


class No(msgspec.Struct, frozen=True, gc=False):
    """One refusal: characters `start`..`end`, `what` is refused and the `reason`, as spans."""

    start: int
    end: int
    rule: str
    party: str | None
    what: tuple[int, int] | None
    speaker: str | None
    reason: tuple[int, int] | None


class Positions:
    """Finds the positions and refusals of one page."""

    def __init__(self, page: Page, roles: Roles) -> None:
        self.page, self.roles, self.t, self.lang = page, roles, page.tokens, page.lang
        self.c = Clauses(page)
        self._plain = page.lang.data["stances"]
        self._because = [p.split() for p in self._plain["because"]]
        self._nominal = frozenset(self._plain["nominal"])
        self._verbal = tuple(self._plain["verbal"])
        self._saying = frozenset(w for p in page.lang.data["commitments"]["speaking"] for w in p.split()[:1])

    def all(self, units: Sequence[Unit]) -> list[Stance]:
        """One position a clause, where somebody speaks or a party is the subject."""
        found: list[Stance] = []
        for unit in units:
            done = 0
            for hit in self.t.within("stance", unit.i, unit.j):
                stance = self._stance(hit, unit) if self.t.start[hit.i] >= done else None
                if stance is not None:
                    found.append(stance)
                    done = stance.end
        return found

    def _stance(self, hit: Hit, unit: Unit) -> Stance | None:
        kind = hit.entry.kind
        party, speaker = self._whose(hit, unit)
        if (party is None and speaker is None) or self.t.word[unit.j - 1] == "?":
            return None
        start, end = self.c.subject(hit.i, unit), self.c.end(hit.j - 1, unit)
        if end - start < 2 or not self._predicate(hit, unit) or self._mere_noun(hit, start):
            return None
        matter = self._matter(hit, start, end)
        first, last = self.page.span_of(start, end)
        return Stance(first, last, f"position.{kind}", party, matter, self._plain[kind], speaker)

    def _predicate(self, hit: Hit, unit: Unit) -> bool:
        """Whether a stance word is said of something, and is no attribute or plain noun: it is a verb behind
        its subject, or a copula stands before it."""
        if hit.entry.kind in ("defer", "refuse", "deny") or hit.j - hit.i > 1:
            return True
        if self.t.low[hit.i] in self.lang.words("demands"):
            return self.t.low[hit.j : hit.j + 1] != [] and self.t.low[hit.j] not in self._saying
        weak = self.lang.either("articles", "adverb_words", "negations")
        for k in range(hit.i - 1, max(hit.i - 6, unit.i - 1), -1):
            low = self.t.low[k]
            if low in self.lang.words("finite") or low in self.lang.words("linking"):
                return True
            if k == hit.i - 1 and (self.page.ends.get(hit.i) or low in self.lang.words("that")):
                return True
            if low in weak or low in self.lang.words("joiners"):
                continue
            return k == hit.i - 1 and low.isalpha() and self.t.low[hit.i].endswith(self._verbal)
        return hit.i == unit.i or bool(self.lang.words("verb_first"))

    def _mere_noun(self, hit: Hit, start: int) -> bool:
        """Whether a noun or adjective of stance ("problem", "best") stands in a clause without a verb: then
        nothing is said of anything."""
        if self._nominal.isdisjoint(self.t.low[hit.i : hit.j]):
            return False
        linked = self.lang.either("finite", "linking")
        return linked.isdisjoint(self.t.low[start : hit.i]) and not self.t.within("modal", start, hit.i)

    def _matter(self, hit: Hit, start: int, end: int) -> tuple[int, int] | None:
        """What a stance is about: the words behind it, else its subject."""
        first = hit.j
        while first < end and self.t.low[first] in self.lang.either("prepositions", "that"):
            first += 1
        stops = self.lang.either("joiners", "contrast")
        if (
            first < end
            and self.t.word[first][0].isalnum()
            and self.t.low[first] not in stops
            and end - first > 1
        ):
            return self.page.span_of(first, end)
        last = start
        while last < hit.i and self.t.low[last] not in self.lang.words("finite"):
            last += 1
        return self.page.span_of(start, last) if last > start else None

    def _whose(self, hit: Hit, unit: Unit) -> tuple[str | None, str | None]:
        """(party, speaker) of a stance: the speaker's, or in narration the subject's."""
        if unit.who is not None:
            names = unit.who.names
            parties = [p for n in names if (p := self.roles.party_of(n))]
            return (parties[0] if parties else None), unit.who.speaker
        start = self.c.subject(hit.i, unit)
        m = next((x for x in self.page.among(start, hit.i) if x.kind != "pronoun"), None)
        if m is None or m.i > start + 2:
            return None, None
        if m.kind == "party":
            return m.party, None
        names = self.roles.meant(m).names
        return (
            (self.roles.party_of(names[0]), names[0])
            if len(names) == 1 and m.kind in ("titled", "title", "name")
            else (None, None)
        )

    def refusals(self, promises: Sequence[Promise], units: Sequence[Unit]) -> list[No]:
        """A refusal for each commitment that is refused."""
        found: list[No] = []
        refused = any(p.status == "refused" for p in promises)
        holding = {k: u for u in reversed(units) for k in range(u.i, u.j)} if refused else {}
        for p in promises:
            if p.status != "refused":
                continue
            unit = holding.get(self.t.index(p.start))
            speaker = unit.who.speaker if unit and unit.who else None
            end = self.t.index(p.end)
            reason = self._reason(p.action, end)
            stop = self.t.index(reason[0]) if reason else end
            what = self.page.span_of(p.action, stop) if stop > p.action else None
            party = p.parties[0] if p.parties else None
            found.append(No(p.start, p.end, "refusal." + p.rule.split(".")[1], party, what, speaker, reason))
        return found

    def _reason(self, i: int, j: int) -> tuple[int, int] | None:
        """The words from "because", "due to" on."""
        for k in range(i, j - 1):
            if any(self.t.low[k : k + len(words)] == words for words in self._because):
                return self.page.span_of(k, j)
        return None

"""Treaties, agreements, programmes and other instruments: a head noun that a name, a number or an
object makes one."""

from __future__ import annotations

import msgspec

from travaux.reader.clauses import Unit
from travaux.reader.page import Page
from travaux.reader.tokens import Hit


class Drawn(msgspec.Struct, frozen=True, gc=False):
    """The first mention of one instrument: characters `start`..`end`; `count` is 0 where none is told."""

    start: int
    end: int
    rule: str
    kind: str
    count: int


class Instruments:
    """Finds the instruments of one page."""

    def __init__(self, page: Page) -> None:
        self.page, self.t, self.lang = page, page.tokens, page.lang
        self._ending = {b.j: b for b in page.bodies}
        self._held = frozenset(k for b in page.bodies for k in range(b.i, b.j))
        self._owners = frozenset(h.j - 1 for h in page.parties.named.values())
        self._signed = page.lang.words("signing")
        self._numbers = page.lang.data["dates"]["numbers"]

    def all(self, units: list[Unit]) -> list[Drawn]:
        """First mentions only; the same words again are the same instrument."""
        found: list[Drawn] = []
        seen: set[str] = set()
        for unit in units:
            for hit in self.t.within("instrument", unit.i, unit.j):
                drawn = self._drawn(hit, unit)
                if drawn is None:
                    continue
                key = self._key(drawn)
                if key not in seen:
                    seen.add(key)
                    found.append(drawn)
        return found

    def _key(self, drawn: Drawn) -> str:
        words = [
            w
            for w in self.t.low[self.t.index(drawn.start) : self.t.index(drawn.end)]
            if w not in self.lang.words("articles")
        ]
        return " ".join(w.rstrip("s") for w in words)

    def _drawn(self, hit: Hit, unit: Unit) -> Drawn | None:
        if hit.i in self._held:
            return None
        start, count, named = self._left(hit.i, unit)
        end = self._right(hit.j, unit)
        kind = hit.entry.kind
        definite = start > unit.i - 1 and {self.t.low[start], self.t.low[hit.i - 1]} & self.lang.words(
            "definites"
        )
        planned = not (definite and not named) and any(
            self.t.low[k] in self._signed for k in range(max(unit.i, hit.i - 8), min(hit.j + 6, unit.j))
        )
        if not (named or count or end > hit.j or (planned and kind != "plan")):
            return None
        if planned and kind in ("agreement", "document", "treaty", "memorandum", "protocol"):
            kind = f"planned {kind}"
        rule = "instrument.named" if named else "instrument.counted" if count else "instrument.head"
        first, last = self.page.span_of(start, end)
        return Drawn(first, last, rule, kind, count)

    def _left(self, i: int, unit: Unit) -> tuple[int, int, bool]:
        """(start, count, named) from the words before a head noun."""
        k, count, named = i, 0, self.t.capital(i) and i > unit.i
        while k > unit.i:
            low, word = self.t.low[k - 1], self.t.word[k - 1]
            body = self._ending.get(k)
            if body is not None and body.i >= unit.i:
                k, named = body.i, True
                continue
            if low.isdigit() or (low in self._numbers and low not in self.lang.words("articles")):
                count = int(low) if low.isdigit() else self._numbers[low]
                k -= 1
                if 1800 <= count <= 2200:
                    count = 0
                break
            capital = word[0].isupper() and k - 1 > unit.i and low not in self.lang.words("openers")
            if capital or k - 1 in self.page.parties.adjective or (low == "'s" and k - 2 in self._owners):
                named, k = named or low not in self.lang.words("articles"), k - 1
                continue
            if low in self.lang.words("instrument_adjectives"):
                k -= 1
                continue
            if low in self.lang.words("articles"):
                k -= 1
            elif self._modifier(k - 1, unit):
                k -= 1
                continue
            break
        return k, count, named and k < i

    def _modifier(self, k: int, unit: Unit) -> bool:
        """Whether a lower-case word belongs to the noun: an article stands before it, one word between
        at most."""
        low = self.t.low[k]
        if not low.isalpha() or low in self.lang.words("prepositions") or low in self.lang.words("joiners"):
            return False
        before = self.t.low[max(k - 2, unit.i) : k]
        return any(w in self.lang.words("articles") for w in before)

    def _right(self, j: int, unit: Unit) -> int:
        """The end of "on X": up to the next verb or mark; j where no object follows."""
        if j >= unit.j or self.t.low[j] not in self.lang.words("about"):
            return j
        k = j + 1
        while (
            k < unit.j
            and self.t.low[k] not in self.lang.words("finite")
            and self.t.word[k] not in ',;:()–"'
            and not self.t.hit("modal", k)
        ):
            k += 1
        return k if k - j > 1 else j

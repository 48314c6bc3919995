"""Which words promise: the filters that tell an undertaking from a consequence, a wish or a report.

A trigger is a modal ("will"), an agreement, an intention, readiness, a "not now" or a "no". It counts when
somebody who can act is its subject, or a document is to be signed; not in a relative clause, not under "I
think", not for states and consequences.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import msgspec

from travaux.reader.actors import Actors
from travaux.reader.clauses import Unit
from travaux.reader.dates import Dates
from travaux.reader.language import load
from travaux.reader.page import Page
from travaux.reader.roles import Roles
from travaux.reader.segments import item_mark
from travaux.reader.tokens import Hit, tokenize


class Trigger(msgspec.Struct, frozen=True, gc=False):
    """A word or phrase that may promise; `kind` is will, negative, intend, agree, ready, may, defer,
    refuse."""

    hit: Hit
    kind: str


class Triggers(Actors):
    """Judges triggers on one page. `joint` is true in a text that speaks for several parties at once."""

    def __init__(self, page: Page, roles: Roles, dates: Dates, joint: bool) -> None:
        super().__init__(page, roles)
        self.dates, self.joint = dates, joint
        self._timed_ends = frozenset(page.timed.values())
        self._lists = _phrase_lists(page.lang.code)
        self._later = self.t.places(self._lists["later_conditions"])
        self._conditions, self._openers = page.lang.words("conditions"), page.lang.words("openers")
        self._passed = page.lang.words("adverb_words") | page.lang.words("softly")
        self._copulas = page.lang.words("copulas")
        self._vague = frozenset(page.lang.data["commitments"]["vague_heads"])

    def _main_clause(self, unit: Unit) -> int | None:
        """The token after the comma that closes a condition at the unit's start; None where there is none."""
        opening = self._condition_at(unit)
        if opening is None:
            return None
        modal, modals = None, self.t.at.get("modal", {})
        for k in range(unit.i, unit.j):
            if self.t.word[k] == "," and not self.page.bracketed[k]:
                return k + 1
            if self.t.low[k] in self.lang.words("then") and k > unit.i + 1:
                return k
            modal = k if modal is None and k in modals else modal
        phrase = self._begins(self.t.low[opening : opening + 5], "noun_conditions")
        return modal if phrase else None

    def _condition_at(self, unit: Unit) -> int | None:
        """The token of the condition word that opens a unit."""
        k = unit.i
        last = min(unit.i + 3, unit.j)
        while k < last and self.t.low[k] in self._openers and self.t.low[k] not in self._conditions:
            k += 1
        return k if k < unit.j and self._length_at(k) else None

    def _length_at(self, k: int) -> int:
        """The number of words of the condition phrase at token k; 0 for none."""
        if self.t.low[k] not in self._lists["later_conditions"]:
            return 0
        if self._begins(self.t.low[k : k + 5], "no_conditions"):
            return 0  # "as soon as possible"
        return self._begins(self.t.low[k : k + 5], "later_conditions")

    def _begins(self, words: Sequence[str], name: str) -> int:
        """The length of the longest phrase of a list that `words` begin with; 0 for none."""
        near = self._lists.get(name, {}).get(words[0], ()) if words else ()
        if not near:
            return 0
        size = 0
        for phrase in near:
            n = len(phrase)
            if n > size and (n == 1 or tuple(words[:n]) == phrase):
                size = n
        return size

    def _holds(self, words: Sequence[str], name: str) -> bool:
        """Whether a phrase of a list stands among `words`."""
        known = self._lists.get(name, {})
        if known.keys().isdisjoint(words):
            return False
        return any(w in known and self._begins(words[k : k + 8], name) for k, w in enumerate(words))

    def _after(self, j: int, end: int) -> tuple[str, ...]:
        """The words after a trigger, adverbs passed."""
        low = self.t.low
        k, end = j, min(end, len(low))
        while k < end and (low[k] in self._passed or (low[k].endswith("ly") and k + 1 < end)):
            k += 1
        return tuple(low[k : min(k + 6, end)])

    def _is(self, words: tuple[str, ...], name: str) -> bool:
        """Whether `words` begin with a phrase of a list of the language; adverbs after "be" are passed."""
        if (
            len(words) > 2
            and words[0] in self._copulas
            and (words[1].endswith("ly") or words[1] in self.lang.words("adverb_words"))
        ):
            words = (words[0], *words[2:])
        return self._begins(words, name) > 0

    def _refused(self, trigger: Trigger, start: int, end: int, unit: Unit) -> str:
        """Why a trigger makes no commitment (a message id), or "" where it does."""
        v, low = trigger.hit.i, self.t.low
        after = self._after(trigger.hit.j, end)
        if unit.verb == "guard" and trigger.kind in ("may", "will"):
            return ""
        if trigger.kind == "may" and self._main_clause(unit) is None:
            return "may"
        if low[v] in self.lang.words("backshifted") and unit.source != "frame":
            return "past"
        if trigger.kind == "would" and unit.source != "frame" and not self._under_terms(unit):
            return "would"
        if (start > unit.i and self._embedded(start, unit)) or self._hoped(unit):
            return "embedded"
        first = self.c.boundary(v, unit)
        if first > unit.i and low[first - 1] in self.lang.words("free_relatives"):
            return "relative"  # "what was agreed today will be done"
        if start > unit.i and self._inside_condition(start, unit):
            return "condition"
        before = low[v - 1] if v > unit.i else ""
        if before in self.lang.words("relatives") or (
            before in self.lang.words("that") and start >= v - 1 and self._noun_before(v - 1)
        ):
            return "relative"
        k = v
        while k > unit.i and self.c._between(k - 1):
            k -= 1
        if trigger.kind == "agree" and (
            before in self.lang.words("infinitive")
            or not self.lang.words("pluperfect").isdisjoint(low[max(k - 1, unit.i) : v])
        ):
            return "past"
        if trigger.kind in ("agree", "intend") and self._holds(low[start:end], "long_ago"):
            return "past"
        if trigger.kind == "agree" and (
            self._subordinate(start, unit) or before in self.lang.words("passives")
        ):
            return "aside"
        if trigger.kind == "agree" and self._is(after, "states"):
            return "state"
        if trigger.kind == "agree":
            return "" if self._agreed_action(trigger.hit, end) else "no action"
        actor = self._actor(start, v)
        if start == v and unit.source == "narration" and (unit.who is not None or self._led(v, unit)):
            actor = "side"
        if trigger.hit.entry.form == "we":
            actor = "we"
        if trigger.kind in ("defer", "refuse", "negative"):
            return self._refusal_filter(trigger, actor, after, v, unit)
        if self._reduced_relative(v, unit):
            return "reduced relative"
        passive = self._is(after, "passive")
        if passive and low[v] in self.lang.words("destined"):
            return ""
        if self._is(after, "states"):
            return "state"
        if self._is(after, "speaking") and actor == "we":
            return "speaking"
        if trigger.hit.entry.kind == "perfective" and self._is(self._own_words(trigger), "passive"):
            return ""
        if trigger.kind in ("will", "would") and trigger.hit.entry.kind != "perfective":
            if passive or self._binds(trigger, actor, start, end, unit):
                return ""
            if not actor:
                return "no actor"
            if self._is(after, "consequences") and actor == "thing":
                return "consequence"
            return "" if actor != "thing" else "no actor"
        return "" if actor and actor != "thing" else "no actor"

    def _binds(self, trigger: Trigger, actor: str, start: int, end: int, unit: Unit) -> bool:
        """Whether a thing's future is promised all the same: by "shall" or with a date in a text of several
        parties, or with a date where somebody promises it."""
        if actor != "thing" or self.t.low[start] in self._vague:
            return False
        shall = self.t.low[trigger.hit.i] in self.lang.words("binding_modals")
        joint = self.joint and unit.source == "narration" and (shall or self._dated(start, end))
        return joint or (unit.verb == "promise" and self._dated(start, end))

    def _dated(self, start: int, end: int) -> bool:
        """Whether a day, month or year stands among the tokens ``start:end``."""
        held = self.dates.within(self.t.start[start], self.t.end[end - 1])
        return any(d.worth.type == "DATE" and d.worth.value for d in held)

    def _own_words(self, trigger: Trigger) -> tuple[str, ...]:
        return tuple(self.t.low[trigger.hit.i : trigger.hit.j])

    def _refusal_filter(
        self, trigger: Trigger, actor: str, after: tuple[str, ...], v: int, unit: Unit
    ) -> str:
        """Refusals need somebody who refuses ("it", of one whose name is not told, too); "too early" needs
        nobody."""
        if trigger.kind == "defer":
            return "attribute" if self.t.low[v - 1] in self.lang.words("articles") else ""
        if self._is(after, "states") and trigger.kind == "negative":
            return "state"
        if self._is(after, "speaking"):
            return "speaking"
        if trigger.kind in ("negative", "refuse") and self._is(after, "passive"):
            return ""
        m = self.page.at.get(unit.i)
        own = (
            unit.source == "frame"
            and m is not None
            and m.office == "it"
            and not (unit.who and unit.who.how in ("named", "described", "pronoun", "bare title"))
        )
        if own and v - unit.i < 4:
            return ""
        if actor in ("", "thing") and not self.lang.words("concerns") & set(self.t.low[v : trigger.hit.j]):
            return "no actor"
        return ""

    def _agreed_action(self, hit: Hit, end: int) -> bool:
        """Whether "agreed" is followed by something to do: "agreed that" needs a modal in its clause."""
        if self._begins(self.t.low[hit.j : hit.j + 4], "idle"):
            return False
        if self.t.low[hit.i] in self.lang.words("passives"):
            return True  # "a ceasefire was also agreed upon"
        if end > hit.j and self._begins(self.t.low[hit.j : hit.j + 4], "deferring"):
            return True
        if self.t.low[hit.j - 1] in self.lang.words("that"):
            return any(
                self.t.hit("modal", k) or self.t.low[k] in self.lang.words("duty") for k in range(hit.j, end)
            )
        return end - hit.j > 1

    def _embedded(self, start: int, unit: Unit) -> bool:
        """Whether the clause is what somebody thinks or hopes inside the unit: "I think we will"."""
        k = start - 1
        if self.t.low[k] in self.lang.words("that") and k > unit.i:
            k -= 1
        if self.t.word[k] == "," and k > unit.i and self.lang.words("verb_first"):
            k -= 1  # «думаю, встреча состоится»
        return self._begins(self.t.low[k : k + 1], "embedding") > 0

    def _hoped(self, unit: Unit) -> bool:
        """Whether a reported clause is only hoped for: "S hopes that C", «S выразил надежду, что C»."""
        k = unit.i - 1
        while k > 0 and (self.t.low[k] in self.lang.words("that") or self.t.word[k] == ","):
            k -= 1
        return unit.source == "frame" and self.t.low[k] in self.lang.words("hopes")

    def _led(self, v: int, unit: Unit) -> bool:
        """Whether a unit opens an item of a list whose lead-in ends in a colon: its subject stands there."""
        p = self.page.paras[unit.paragraph]
        if p.kind != "item" or v != self.t.index(item_mark(self.t.text, p)):
            return False
        for q in reversed(self.page.paras[max(unit.paragraph - 30, 0) : unit.paragraph]):
            if q.kind != "item" or self.t.text[q.end - 1] == ":":
                return self.t.text[q.end - 1] == ":"
        return False

    def _inside_condition(self, start: int, unit: Unit) -> bool:
        """Whether the clause that starts at a token is itself the condition of another: "provided that
        the road will be open"."""
        k = start
        while k > unit.i and (self.t.low[k - 1] in self.lang.words("that") or self.t.word[k - 1] == ","):
            k -= 1
        main = self._main_clause(unit)
        return any(self._length_at(n) == k - n and k > n for n in range(max(k - 4, unit.i), k)) and (
            main is None or start > main
        )

    def _under_terms(self, unit: Unit) -> bool:
        """Whether the paragraph tells what an instrument contains: "under the draft, X would"."""
        first = self.t.index(self.page.paras[unit.paragraph].start)
        low = self.t.low
        return any(
            self._begins(low[k : k + 3], "under_terms")
            and any(
                self.t.hit("instrument", n) or low[n] in self.lang.words("outlines") for n in range(k, k + 6)
            )
            for k in range(first, unit.j)
        )

    def _subordinate(self, start: int, unit: Unit) -> bool:
        return start > unit.i and self.t.low[start - 1] in self.lang.words("asides")


@cache
def _phrase_lists(code: str) -> dict[str, dict[str, tuple[tuple[str, ...], ...]]]:
    """The lists of ``[commitments]`` of a language as token phrases by first word, made once."""
    found: dict[str, dict[str, tuple[tuple[str, ...], ...]]] = {}
    for name, phrases in load(code).data["commitments"].items():
        by_first = found.setdefault(name, {})
        for phrase in dict.fromkeys(tuple(tokenize(p).low) for p in phrases):
            by_first[phrase[0]] = (*by_first.get(phrase[0], ()), phrase)
    return found

"""What stands in quotation marks and is nobody's words: a name behind its noun, a word held at arm's length.

The grammar: words that somebody said are a clause of their own behind a colon, a comma or a dash, or before
one; inside the narrator's clause they go on in lower case. A capital directly behind a noun («форум "Степь и
море"») starts a name, and a single plain word before its noun («"зелёный" тариф») is an epithet.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from travaux.reader.language import Language
from travaux.reader.mentions import Mention
from travaux.reader.quotes import Quoted
from travaux.reader.tokens import Tokens

_LONGEST_NAME = 9  # words
_LONGEST_TITLE = 20  # words, behind the noun of an event or instrument


class Spot(NamedTuple):
    """The tokens of the opening mark, of the first word, one past the last, one past the closing mark."""

    opens: int
    i: int
    j: int
    closes: int


_PERSONS = ("name", "titled", "title", "pronoun", "counterpart")


def spot(q: Quoted, tokens: Tokens) -> Spot:
    """The tokens of a quotation."""
    starts = tokens.start
    o = bisect_left(starts, q.opens)
    i = bisect_left(starts, q.start, o)
    j = bisect_left(starts, q.end, i)
    return Spot(o, i, j, bisect_left(starts, q.closes, j))


class Marks:
    """Judges what stands in the quotation marks of one document; `ends` holds its mentions by their end."""

    def __init__(self, tokens: Tokens, ends: Mapping[int, Mention], lang: Language) -> None:
        self.t, self.ends = tokens, ends
        self._that, self._finite = lang.words("that"), lang.words("finite")
        self._prepositions = lang.words("prepositions")
        self._so_called = tuple(lang.words("so_called"))
        self._told = 3 if lang.words("verb_first") else 1  # words of a paper's name behind a verb
        groups = ("meeting", "instrument", "body")
        self._titled = {h.j for g in groups for h in tokens.hits.get(g, ())}
        self._verbs = {h.j for h in tokens.hits.get("speech", ())}

    def parted(self, quotes: Sequence[Quoted]) -> tuple[list[Quoted], list[Quoted], dict[int, Spot]]:
        """(quotations, names and epithets, the tokens of each by its opening mark)."""
        kept: list[Quoted] = []
        names: list[Quoted] = []
        spots: dict[int, Spot] = {}
        for q in quotes:
            at = spots[q.opens] = spot(q, self.t)
            (names if q.closed and self._is_name(at) else kept).append(q)
        return kept, names, spots

    def _is_name(self, at: Spot) -> bool:
        o, i, j, c = at
        word = self.t.word
        longest = _LONGEST_TITLE if o in self._titled else _LONGEST_NAME
        if not i < j <= i + longest * 3 or word[j - 1] in ".!?…,":
            return False
        words = 1 if j - i == 1 and word[i].isalpha() else sum(w[0].isalpha() for w in word[i:j])
        if not 0 < words <= longest:
            return False
        capital = self.t.caps[i] == 1 or word[i][0].isdigit()
        before = word[o - 1] if o and not self.t.new_line(o) else "."
        if before in ".!?…":
            return capital and words < 4 and word[c : c + 1] != [] and word[c].islower() and self._goes_on(c)
        if self._so_called and before.lower().startswith(self._so_called):
            return True
        if before == '"':  # the title behind the name of a paper
            return capital and not self._is_clause(i, j)
        return before[-1].isalpha() and self._behind_word(at, words, capital)

    def _behind_word(self, at: Spot, words: int, capital: bool) -> bool:
        """Whether a stretch directly behind a word is a name or an epithet."""
        o, i, j, c = at
        before = self.t.low[o - 1]
        if before in self._that:
            return words == 1 and self._goes_on(c)
        if o in self._verbs:  # the paper that somebody "told"
            most = self._told if capital else 1
            named = most > 1 or self._goes_on(c) or self._that_follows(c)
            return words <= most and named and not self._is_clause(i, j)
        person = self.ends.get(o)
        if person is not None and person.kind in _PERSONS:
            return False
        if capital:
            return not self._is_clause(i, j)
        return words < 4 and ((words == 1 and self._goes_on(c)) or before in self._prepositions)

    def _goes_on(self, c: int) -> bool:
        """Whether the narrator's clause goes on with a word at token c, behind the mark."""
        return c < len(self.t.word) and self.t.word[c][0].isalpha() and not self.t.new_line(c)

    def _that_follows(self, c: int) -> bool:
        return self.t.word[c : c + 1] == [","] and not self._that.isdisjoint(self.t.low[c + 1 : c + 2])

    def _is_clause(self, i: int, j: int) -> bool:
        """Whether the tokens ``i:j`` are a sentence by their verb, or by who speaks in it."""
        if not self._finite.isdisjoint(self.t.low[i:j]) or self.t.within("modal", i, j):
            return True
        return any(h.entry.kind in ("we", "i", "you") for h in self.t.within("pronoun", i, j))

"""Words and marks of a folded text, and the entries of the lexicon found among them.

Positions called `i`, `j` are token numbers; `start`/`end` are characters of the folded text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from operator import itemgetter

import msgspec

_LETTER = r"[^\W\d_]"
_MORE = rf"[a-zа-я]*{_LETTER}*"  # the plain letters first, which match faster
_TOKEN = re.compile(
    r"[A-Za-zА-Яа-я]++(?=[ ,\n])|"  # most words, found at once; what follows finds them too
    rf"{_LETTER}(?:\.(?:{_LETTER}\.)+"  # initials and abbreviations of letters
    rf"|{_MORE}(?:-{_LETTER}{_MORE})*(?:'(?!(?:s|ll|ve|re|d|m)\b){_LETTER}{_MORE})*)"
    r"|'(?:s|ll|ve|re|d|m)\b"
    r"|\d+(?:[.,:]\d+)*"
    r"|[^\w\s]|_"
)
_CUT = re.compile(rf"({_TOKEN.pattern})")


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One entry of a lexicon: its `group` (speech, office ...), its `kind` in the group, its `form`."""

    group: str
    kind: str
    form: str = ""
    lemma: str = ""


class Hit(msgspec.Struct, frozen=True, gc=False):
    """An entry that stands at the tokens `i` to `j` (exclusive)."""

    i: int
    j: int
    entry: Entry


# first word -> second word ("" for phrases of one word) -> (size, further words, entry), longest first
Lexicon = Mapping[str, Mapping[str, Sequence[tuple[int, list[str], Entry]]]]


@dataclass(slots=True)
class Tokens:
    """The tokens of one text, column by column (`caps`: 1 for a capital), and the lexicon's hits by group."""

    text: str
    start: list[int]
    end: list[int]
    word: list[str]
    low: list[str]
    caps: bytearray
    hits: dict[str, list[Hit]] = field(default_factory=dict)
    at: dict[str, dict[int, Hit]] = field(default_factory=dict)
    _firsts: dict[str, list[int]] = field(default_factory=dict)
    _places: dict[str, list[int]] = field(default_factory=dict)
    _capitals: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.start)

    def index(self, position: int) -> int:
        """The number of the first token that starts at or after the character `position`."""
        return bisect_left(self.start, position)

    def hit(self, group: str, i: int) -> Hit | None:
        """The group's longest hit that starts at token i."""
        found = self.at.get(group)
        return found.get(i) if found else None

    def within(self, group: str, i: int, j: int) -> list[Hit]:
        """The group's hits that start in ``i:j``."""
        found = self.hits.get(group)
        if not found:
            return []
        firsts = self._firsts.get(group) or self._counted(group, found)
        last = len(firsts) - 1
        a, b = firsts[max(i, 0) if i < last else last], firsts[j if j < last else last]
        return found[a:b] if a < b else []

    def _counted(self, group: str, found: Sequence[Hit]) -> list[int]:
        """How many of the group's hits start before each token; kept."""
        firsts: list[int] = []
        for n, hit in enumerate(found):
            firsts += [n] * (hit.i + 1 - len(firsts))
        firsts += [len(found)] * (len(self.start) + 1 - len(firsts))
        self._firsts[group] = firsts
        return firsts

    def places(self, words: Iterable[str]) -> list[int]:
        """The tokens that are one of `words` (lower case), in order."""
        known = self.seen
        return sorted(i for w in words if w in known for i in known[w])

    @property
    def seen(self) -> Mapping[str, Sequence[int]]:
        """Each word (lower case) of the text with its places; made once."""
        if not self._places:
            found: defaultdict[str, list[int]] = defaultdict(list)
            for i, low in enumerate(self.low):
                found[low].append(i)
            self._places = dict(found)
        return self._places

    def capitals(self) -> Sequence[int]:
        """The tokens that start with a capital letter, in order."""
        if not self._capitals:
            self._capitals = [i for i, capital in enumerate(self.caps) if capital]
        return self._capitals

    def new_line(self, i: int) -> bool:
        """Whether a line break stands before token i."""
        return 0 < i < len(self.start) and "\n" in self.text[self.end[i - 1] : self.start[i]]

    def capital(self, i: int) -> bool:
        """Whether token i starts with a capital letter."""
        caps = self.caps
        return 0 <= i < len(caps) and caps[i] == 1


def drop(tokens: Tokens, group: str, wrong: Callable[[Hit], bool]) -> None:
    """Take out the hits of a group that are `wrong` where they stand."""
    kept = [h for h in tokens.hits.get(group, []) if not wrong(h)]
    if group in tokens.hits:
        tokens._firsts.pop(group, None)
        tokens.hits[group], tokens.at[group] = kept, {h.i: h for h in kept}


def tokenize(text: str) -> Tokens:
    """The tokens of a folded text; white space is in none of them."""
    parts = _CUT.split(text)  # gap, token, gap ... gap
    reach = list(accumulate(map(len, parts)))
    words = parts[1::2]
    caps = bytearray(map(str.isupper, map(itemgetter(0), words)))
    return Tokens(text, reach[0:-1:2], reach[1::2], words, list(map(str.lower, words)), caps)


def tag(tokens: Tokens, lexicon: Lexicon) -> None:
    """Find the lexicon's entries among the tokens: the longest of each group at each place."""
    low = tokens.low
    until: defaultdict[str, int] = defaultdict(int)
    hits: defaultdict[str, list[Hit]] = defaultdict(list)
    for i, by_second in enumerate(map(lexicon.get, low)):
        if by_second is None:
            continue
        second = low[i + 1] if i + 1 < len(low) else ""
        for size, rest, entry in by_second.get(second, by_second[""]):
            group = entry.group
            if until[group] > i or (size > 2 and low[i + 2 : i + size] != rest):
                continue
            until[group] = i + size
            hits[group].append(Hit(i, i + size, entry))
    tokens.hits.update(hits)
    tokens.at.update({group: {h.i: h for h in found} for group, found in hits.items()})

"""Words and marks of a folded text, and the entries of the lexicon found among them.

Positions called `i`, `j` are token numbers; `start`/`end` are characters of the folded text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # initials and abbreviations of letters
    r"|[^\W\d_]+(?:-[^\W\d_]+)*(?:'(?!(?:s|ll|ve|re|d|m)\b)[^\W\d_]+)*"
    r"|'(?:s|ll|ve|re|d|m)\b"
    r"|\d+(?:[.,:]\d+)*"
    r"|[^\w\s]|_"
)


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
    _starts: dict[str, list[int]] = field(default_factory=dict)
    _places: dict[str, list[int]] = field(default_factory=dict)

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
        starts = self._starts.get(group)
        if starts is None:
            starts = self._starts[group] = [h.i for h in found]
        return found[bisect_left(starts, i) : bisect_left(starts, j)]

    def places(self, words: Iterable[str]) -> list[int]:
        """The tokens that are one of `words` (lower case), in order; the index is made once."""
        if not self._places:
            for i, low in enumerate(self.low):
                self._places.setdefault(low, []).append(i)
        return sorted(i for w in words for i in self._places.get(w, ()))

    def capitals(self) -> Iterator[int]:
        """The tokens that start with a capital letter, in order."""
        i = self.caps.find(1)
        while i >= 0:
            yield i
            i = self.caps.find(1, i + 1)

    def new_line(self, i: int) -> bool:
        """Whether a line break stands before token i."""
        return 0 < i < len(self.start) and "\n" in self.text[self.end[i - 1] : self.start[i]]

    def capital(self, i: int) -> bool:
        """Whether token i starts with a capital letter."""
        return 0 <= i < len(self.caps) and self.caps[i] == 1


def drop(tokens: Tokens, group: str, wrong: Callable[[Hit], bool]) -> None:
    """Take out the hits of a group that are `wrong` where they stand."""
    kept = [h for h in tokens.hits.get(group, []) if not wrong(h)]
    if group in tokens.hits:
        tokens._starts.pop(group, None)
        tokens.hits[group], tokens.at[group] = kept, {h.i: h for h in kept}


def tokenize(text: str) -> Tokens:
    """The tokens of a folded text; white space is in none of them."""
    spans = [m.span() for m in _TOKEN.finditer(text)]
    words = [text[s:e] for s, e in spans]
    caps = bytearray(map(str.isupper, [w[0] for w in words]))
    return Tokens(text, [s for s, _ in spans], [e for _, e in spans], words, [w.lower() for w in words], caps)


def tag(tokens: Tokens, lexicon: Lexicon) -> None:
    """Find the lexicon's entries among the tokens: the longest of each group at each place."""
    low, hits, at = tokens.low, tokens.hits, tokens.at
    until: dict[str, int] = {}
    for i, word in enumerate(low):
        by_second = lexicon.get(word)
        if by_second is None:
            continue
        second = low[i + 1] if i + 1 < len(low) else ""
        for size, rest, entry in by_second.get(second, by_second[""]):
            group = entry.group
            if until.get(group, 0) > i or (size > 2 and low[i + 2 : i + size] != rest):
                continue
            hit = Hit(i, i + size, entry)
            until[group] = i + size
            at.setdefault(group, {})[i] = hit
            hits.setdefault(group, []).append(hit)

"""The Russian dash: it cuts the speaker into a quotation («A, – said S. – B»), and it opens a paragraph of
speech that has no marks («– A, – said S. – B.»).

The tag between two dashes is found by its form: a verb of speech directly behind the first dash, or any verb
in the past with a person beside it; it ends at the next dash behind a stop or a comma.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec.structs import replace

from travaux.reader.language import Language
from travaux.reader.mentions import Mention
from travaux.reader.quotes import Quoted
from travaux.reader.segments import Paragraph
from travaux.reader.tokens import Tokens

_BEFORE = (",", "!", "?", "…", ".")
_LONGEST_TAG = 20  # tokens


class Dashes:
    """Reads the dashes of one document; nothing in a language that does not speak in dashes."""

    def __init__(self, tokens: Tokens, at: Mapping[int, Mention], lang: Language) -> None:
        self.t, self.at, self.on = tokens, at, bool(lang.words("verb_first"))
        self._past = tuple(lang.table("speech")["past_endings"])
        self._starts = tokens.places(("–", "-")) if self.on else []

    def interrupted(self, found: Sequence[Quoted]) -> list[Quoted]:
        """Quotations in marks, each cut where a tag stands inside: «A» and «B»."""
        if not self._starts:
            return list(found)
        cut: list[Quoted] = []
        for q in found:
            rest = q
            last = self.t.index(q.end)
            for i in self._within(self.t.index(q.start) + 2, last - 3):
                if self.t.start[i] < rest.start or not self._tag(i, last):
                    continue
                resumed = self._resumed(i, last)
                if resumed is not None and self.t.start[i - 1] > rest.start:
                    end = self.t.start[i - 1] + (self.t.word[i - 1] != ",")
                    cut.append(replace(rest, end=end, closes=end, closed=True))
                    rest = replace(rest, start=self.t.start[resumed + 1], opens=self.t.start[resumed])
            cut.append(rest)
        return cut

    def paragraphs(self, paras: Sequence[Paragraph], taken: set[int]) -> list[Quoted]:
        """Speech of paragraphs that open with a dash: those with a tag, and those behind a colon. `taken`
        holds the numbers of paragraphs that have quotations in marks."""
        if not self.on:
            return []
        found: list[Quoted] = []
        for p in paras:
            if self.t.text[p.start] in "–-" and p.number not in taken and p.kind != "aside":
                found += self._paragraph(p)
        told = {q.paragraph for q in found} | taken
        return found + [q for q in self._behind_colons(paras) if q.paragraph not in told]

    def _paragraph(self, p: Paragraph) -> list[Quoted]:
        """The parts of one paragraph's speech; none where it has no tag."""
        found: list[Quoted] = []
        first, last = self.t.index(p.start), self.t.index(p.end)
        opened = first
        for i in self._within(first + 2, last - 1):
            if i <= opened + 1 or not self._tag(i, last):
                continue
            end = self.t.start[i - 1] + (self.t.word[i - 1] != ",")
            start = self.t.start[opened + 1]
            found.append(Quoted(start, end, self.t.start[opened], end, p.number, bare=True))
            resumed = self._resumed(i, last)
            if resumed is None:
                return found
            opened = resumed
        if found and opened + 1 < last:
            found.append(
                Quoted(self.t.start[opened + 1], p.end, self.t.start[opened], p.end, p.number, bare=True)
            )
        return found

    def _behind_colons(self, paras: Sequence[Paragraph]) -> Iterator[Quoted]:
        """A paragraph that opens with a dash, behind one that ends in a colon. Several in a row, or one in
        lower case, are a list."""
        text = self.t.text
        opens = [text[p.start] == "–" for p in paras]
        for n, (before, p) in enumerate(pairwise(paras)):
            if any(opens[n + 2 : n + 3]) or not opens[n + 1] or text[before.end - 1] != ":":
                continue
            start = p.start + 1
            while start < p.end and text[start].isspace():
                start += 1
            if p.end - start > 8 and text[start].isupper() and "–" not in text[start : p.end]:
                yield Quoted(start, p.end, p.start, p.end, p.number)

    def _within(self, i: int, j: int) -> Iterator[int]:
        """The dashes among the tokens ``i:j`` that stand behind a stop or a comma; a hyphen counts with space
        on both sides."""
        t = self.t
        for k in self._starts[bisect_left(self._starts, i) : bisect_left(self._starts, j)]:
            spaced = t.word[k] == "–" or (t.start[k] > t.end[k - 1] and t.end[k] < t.start[k + 1])
            if spaced and t.word[k - 1] in _BEFORE:
                yield k

    def _tag(self, i: int, last: int) -> bool:
        """Whether a tag starts behind the dash at token i: a verb of speech, or a verb in the past and a
        person, before any stop."""
        end = min(i + 4, last)
        near = self.t.within("speech", i + 1, end) or self.t.within("relay", i + 1, end)
        if near:
            return near[0].entry.form != "gerund"
        verb = any(
            self.t.word[k].islower() and self.t.low[k].endswith(self._past)
            for k in range(i + 1, min(i + 3, last))
        )
        for k in range(i + 1, min(i + 10, last)) if verb else ():
            if self.t.word[k] in ".,:;!?":
                return False
            m = self.at.get(k)
            if m is not None and not m.oblique and (m.name or m.kind == "title" or m.office in ("he", "she")):
                return True
        return False

    def _resumed(self, i: int, last: int) -> int | None:
        """The dash after which the words go on behind the tag at token i; None where none does."""
        return next((k for k in self._within(i + 2, min(i + _LONGEST_TAG, last - 1)) if self._ends(k)), None)

    def _ends(self, k: int) -> bool:
        return self.t.word[k - 1] in ".,"

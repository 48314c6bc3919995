"""Two wordings of one paragraph, word by word: pieces that rebuild both, cut at words and marks only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from travaux.text.compare.edges import Stretch, settled
from travaux.text.compare.lexicon import Lexicon
from travaux.text.compare.result import Aspect, Piece
from travaux.text.compile_align import align, similarity
from travaux.text.tokens import BREAK, LABEL, Tokens, is_word, tokenize

_BRACKETS = frozenset("[]")
_SYMBOLS = frozenset("%‰/\\*#&@{}")
_RIVAL = 1 / 3
_ASCII_WORD = re.compile(r"\d+(?:[.,]\d+)*(?![A-Za-z])|[A-Za-z0-9]+(?:['-][A-Za-z0-9]+)*")
_LOOK_BACK = 5
_FORMS = {"art": "article", "articles": "article", "sections": "section", "annexes": "annex",
          "chapters": "chapter", "clauses": "clause", "статьи": "статья", "статье": "статья",
          "статьей": "статья", "статьями": "статья", "ст": "статья", "артыкула": "артыкул",
          "артыкуле": "артыкул", "арт": "артыкул", "paragraphs": "paragraph", "para": "paragraph",
          "sec": "section", "приложения": "приложение", "приложении": "приложение"}  # fmt: skip

Renumbered = Mapping[tuple[str, str], str]
"""(word of a heading, old value) → new value, for headings whose number changed."""


@dataclass(frozen=True, slots=True)
class Row:
    """Tokens of one side, and the same as one character each."""

    tokens: Tokens
    code: str

    def text(self, start: int, end: int) -> str:
        """Gaps and surfaces of tokens `start` to `end`, the first gap with them."""
        pairs = zip(self.tokens.gaps[start:end], self.tokens.surfaces[start:end], strict=True)
        return "".join([part for pair in pairs for part in pair])


def differences(old: Row, new: Row, lexicon: Lexicon, renumbered: Renumbered) -> list[Piece]:
    """What `old` and `new` share and where they differ, in order; nothing of either is left out."""
    writer = _Writer(old, new, renumbered)
    for stretch in _stretches(old, new, lexicon):
        writer.up_to(stretch[0], stretch[2])
        writer.changed(stretch)
    writer.up_to(len(old.code), len(new.code))
    writer.gap(old.tokens.gaps[-1], new.tokens.gaps[-1])
    return writer.pieces()


def _stretches(old: Row, new: Row, lexicon: Lexicon) -> list[Stretch]:
    n, m = len(old.code), len(new.code)
    if n and m and similarity(old.code, new.code) < _RIVAL:
        return [(0, n, 0, m)]
    found: list[Stretch] = []
    a = b = 0
    for i, j, size in [*align(old.code, new.code, lexicon.weights), (n, m, 0)]:
        if i > a or j > b:
            found.append((a, i, b, j))
        a, b = i + size, j + size
    return settled(found, old.code, new.code, old.tokens.surfaces, new.tokens.surfaces)


class _Writer:
    """Pieces in order; what is kept is joined as it comes."""

    def __init__(self, old: Row, new: Row, renumbered: Renumbered):
        self._old, self._new, self._renumbered = old, new, renumbered
        self._done: list[Piece] = []
        self._kept: list[str] = []
        self._a = self._b = 0
        self._gap_done = False

    def pieces(self) -> list[Piece]:
        """All pieces; what is kept stands in one piece between two changes."""
        self._flush()
        return self._done

    def _flush(self) -> None:
        if kept := "".join(self._kept):
            self._done.append(Piece(kept, kept, Aspect.KEPT))
        self._kept.clear()

    def _add(self, old: str, new: str, aspect: Aspect) -> None:
        if old == new:
            self._kept.append(old)
            return
        self._flush()
        self._done.append(Piece(old, new, aspect))

    def gap(self, old: str, new: str) -> None:
        """White space and invisible marks between two tokens."""
        if self._gap_done:
            self._gap_done = False
        else:
            self._add(old, new, Aspect.SPACE)

    def up_to(self, a: int, b: int) -> None:
        """Shared tokens up to `a` in the old and `b` in the new row."""
        old, new, n = self._old.tokens, self._new.tokens, a - self._a
        if n and not self._gap_done:
            alike = old.surfaces[self._a : a] == new.surfaces[self._b : b]
            if alike and old.gaps[self._a : a] == new.gaps[self._b : b]:
                self._kept.append(self._old.text(self._a, a))
                self._a, self._b = a, b
                return
        for i, j in zip(range(self._a, a), range(self._b, b), strict=True):
            self.gap(old.gaps[i], new.gaps[j])
            self._add(old.surfaces[i], new.surfaces[j], _form(old.surfaces[i], new.surfaces[j], old.keys[i]))
        self._a, self._b = a, b

    def changed(self, stretch: Stretch) -> None:
        """A stretch that differs, with the gap that goes with it."""
        a0, a1, b0, b1 = stretch
        old, new = self._old, self._new
        lead_old, lead_new = old.tokens.gaps[a0], new.tokens.gaps[b0]
        after_old, after_new = old.tokens.gaps[a1], new.tokens.gaps[b1]
        aspect = self._aspect(stretch)
        replaced = a0 < a1 and b0 < b1
        trails = not replaced and after_old != after_new and lead_old == lead_new
        words_old, words_new = old.text(a0, a1), new.text(b0, b1)
        if (replaced or trails) and lead_old == lead_new:
            self._kept.append(lead_old)
            words_old, words_new = words_old[len(lead_old) :], words_new[len(lead_new) :]
        if trails:
            words_old, words_new = self._trailing(a0 < a1, words_old, words_new, after_old, after_new)
        self._add(words_old, words_new, aspect)
        self._a, self._b = a1, b1

    def _trailing(self, deleted: bool, old: str, new: str, gap_old: str, gap_new: str) -> tuple[str, str]:
        """The gap after a pure insertion or deletion goes with it; the one before it is shared."""
        self._gap_done = True
        return (old + gap_old, new) if deleted else (old, new + gap_new)

    def _aspect(self, stretch: Stretch) -> Aspect:
        a0, a1, b0, b1 = stretch
        keys = (*self._old.tokens.keys[a0:a1], *self._new.tokens.keys[b0:b1])
        sorts = set(map(_sort, keys))
        if sorts == {Aspect.NUMBERING}:
            return Aspect.NUMBERING
        if Aspect.WORDS not in sorts:
            for aspect in (Aspect.BRACKETS, Aspect.PARAGRAPHS):
                if aspect in sorts:
                    return aspect
            return Aspect.PUNCTUATION
        return Aspect.REFERENCE if self._follows(stretch) else Aspect.WORDS

    def _follows(self, stretch: Stretch) -> bool:
        """Whether one number takes the place of another as the heading it points to was renumbered."""
        a0, a1, b0, b1 = stretch
        if a1 - a0 != 1 or b1 - b0 != 1 or not self._renumbered:
            return False
        was, now = self._old.tokens.keys[a0], self._new.tokens.keys[b0]
        words = [key.lower() for key in self._old.tokens.keys[max(0, a0 - _LOOK_BACK) : a0]]
        return any(self._renumbered.get((_FORMS.get(word, word), was)) == now for word in words)


def heading_word(word: str) -> str:
    """The form of a heading's word that references are looked up by."""
    return _FORMS.get(word, word)


@lru_cache(maxsize=16384)
def _sort(key: str) -> Aspect:
    if key == LABEL:
        return Aspect.NUMBERING
    if key == BREAK:
        return Aspect.PARAGRAPHS
    if key in _BRACKETS:
        return Aspect.BRACKETS
    if is_word(key) or key in _SYMBOLS:
        return Aspect.WORDS
    marks = all(unicodedata.category(c)[0] in "PZCM" for c in key)
    return Aspect.PUNCTUATION if marks else Aspect.WORDS


def _form(old: str, new: str, key: str) -> Aspect:
    if key == LABEL:
        return Aspect.NUMBERING
    if key == BREAK:
        return Aspect.SPACE
    return Aspect.CASE if old != new and old.casefold() == new.casefold() else Aspect.TYPOGRAPHY


def word_count(text: str) -> int:
    """Words of `text` as figures count them: numbers and words, no marks and no labels."""
    if text.isascii() and "(" not in text and "\n" not in text and not text.lstrip()[:1].isdigit():
        return len(_ASCII_WORD.findall(text))
    return sum(map(is_word, tokenize(text).keys))

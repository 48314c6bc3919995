"""Tokens of paragraphs as one character each, made when first asked for."""

from __future__ import annotations

from collections.abc import Sequence

from travaux.text.compare.paragraphs import Draft
from travaux.text.tokens import BREAK, LABEL, Tokens, anchor_weight

_FIRST, _SURROGATES, _LAST = 0x100, range(0xD800, 0xE000), 0x10FFFF
_ENDS = frozenset([".", "?", "!", ":", "…", BREAK, LABEL])


class Lexicon(dict[str, str]):
    """Key of a token → its character; `weights` says how much sharing that character tells.

    Where a text has more distinct tokens than there are characters, the rest are one character that no two
    sides share: they are then shown as changed, which is more than need be and never less.
    """

    def __init__(self) -> None:
        super().__init__()
        self.weights: dict[str, float] = {}
        self._next = _FIRST

    def __missing__(self, key: str) -> str:
        if self._next > _LAST:
            return chr(_LAST)
        letter = self[key] = chr(self._next)
        self.weights[letter] = anchor_weight(key)
        self._next += 1
        if self._next == _SURROGATES.start:
            self._next = _SURROGATES.stop
        return letter

    def code(self, keys: Sequence[str]) -> str:
        """One character a token; a capital that only begins a sentence is that of the small letter."""
        folded = list(keys)
        begins = True
        for k, key in enumerate(keys):
            if begins and key[:1].isupper() and key[1:].islower():
                folded[k] = key.lower()
            begins = key in _ENDS or (begins and not key[0].isalnum())
        return "".join(map(self.__getitem__, folded))


class Side:
    """One version with tokens and character strings of its paragraphs, kept until `forget`."""

    def __init__(self, draft: Draft, lexicon: Lexicon):
        self.draft = draft
        self._lexicon = lexicon
        self._tokens: dict[int, Tokens] = {}
        self._codes: dict[int, str] = {}

    def tokens(self, k: int) -> Tokens:
        """The tokens of the words of paragraph `k` (from 0), its label left out."""
        if (known := self._tokens.get(k)) is None:
            known = self._tokens[k] = self.draft.tokens(k)
        return known

    def code(self, k: int) -> str:
        """The same, one character a token."""
        if (known := self._codes.get(k)) is None:
            known = self._codes[k] = self._lexicon.code(self.tokens(k).keys)
        return known

    def forget(self, k: int) -> None:
        """Drop what is kept of a paragraph that is done with."""
        self._tokens.pop(k, None)
        self._codes.pop(k, None)

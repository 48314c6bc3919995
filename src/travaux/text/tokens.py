"""A text as tokens and the gaps between them, without loss.

In: any ``str`` at all (lone surrogates, NUL, bidi controls included). Out: `Tokens`, whose gaps and surfaces
joined in turn give the text back, code point for code point. Two surfaces that differ in typography only
(no-break space, composed or decomposed letters, shape of quotes and apostrophes, soft hyphens, bidi marks,
the label of a list item) have one key: comparing keys compares substance.

Character classes follow Unicode (UAX #29 grapheme clusters; UAX #15 normalisation form C).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import regex  # type: ignore[import-untyped, unused-ignore]

_IGNORED = r"\u00ad\u200b\u2060\ufeff\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
_GAP = rf"((?:[\s{_IGNORED}](?![\p{{M}}\u200d]))*)"
_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
_CJK = rf"{_UNSPACED}\p{{M}}*"
_LETTER = rf"(?:[[\p{{L}}\p{{Nd}}]--{_UNSPACED}][\p{{M}}\u200c\u200d\u00ad]*)"
_NUMBER = r"\p{Nd}+(?:[.,]\p{Nd}+)*(?![\p{M}\p{L}])"
_WORD = rf"{_LETTER}+(?:['’ʼ\-\u2010\u2011]{_LETTER}+)*"
_PATTERN = regex.compile(rf"(?V1){_GAP}({_CJK}|{_NUMBER}|{_WORD}|\X|(?s:.))")
_ASCII = re.compile(r"(\s*)(\d+(?:[.,]\d+)*(?![A-Za-z])|[A-Za-z0-9]+(?:['\-][A-Za-z0-9]+)*|\S)")
_BLANKS = (
    "\t\n\v\f\r \x85\u00a0\u00ad\u061c\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u202f\u205f\u2060\u2066\u2067\u2068\u2069\u3000\ufeff"
)
"""White space and ignored marks, for cutting them off an end in one pass."""
_LABEL = re.compile(
    r"(?:(?<=\A)|(?<=\n)|(?<=[;:,]\s)|(?<=\band\s)|(?<=\bor\s))[ \t]*"
    r"(\((?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2})\)|(?:(?<=\A)|(?<=\n))\d{1,3}[.)])(?=\s)"
)
_SHAPES = {
    **dict.fromkeys(map(ord, "“”„‟«»"), '"'),
    **dict.fromkeys(map(ord, "‘’‚‛ʼ"), "'"),
    **dict.fromkeys(map(ord, "\u2010\u2011"), "-"),
    **dict.fromkeys([0xAD], None),
}

BREAK = "\n\n"
"""The key of a paragraph break; no other token has white space in its key."""
LABEL = " label"
"""The key of every label of a list item: labels are derived, not text."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """`surfaces` as written, `keys` for comparing, and `gaps`: one before each surface and one at the end."""

    surfaces: tuple[str, ...]
    keys: tuple[str, ...]
    gaps: tuple[str, ...]

    def text(self) -> str:
        """The text that was tokenised, exactly."""
        parts = [part for pair in zip(self.gaps, self.surfaces, strict=False) for part in pair]
        return "".join(parts) + self.gaps[-1]


def tokenize(text: str) -> Tokens:
    """The tokens of `text`: numbers, words (inner hyphens and apostrophes kept), single characters of scripts
    written without blanks, single grapheme clusters of anything else, and paragraph breaks.

    White space and invisible marks are gaps, except that a run holding two line ends between two tokens is a
    token of its own: a new paragraph is substance.
    """
    pairs = _pairs(text)
    if "\n" not in text:
        gaps, surfaces = ([gap for gap, _ in pairs], [surface for _, surface in pairs])
    else:
        gaps, surfaces = _with_breaks(pairs)
    used = sum(map(len, gaps)) + sum(map(len, surfaces))
    gaps.append(text[used:])
    return Tokens(tuple(surfaces), tuple(map(key, surfaces)), tuple(gaps))


def _pairs(text: str) -> list[tuple[str, str]]:
    """(gap, surface) for each token, with labels of list items taken whole."""
    if "(" not in text and "\n" not in text and not text.lstrip(" \t")[:1].isdigit():
        return _plain(text)
    pairs: list[tuple[str, str]] = []
    start = 0
    for label in _LABEL.finditer(text):
        before = _plain(text[start : label.start(1)])
        used = start + sum(len(gap) + len(surface) for gap, surface in before)
        pairs += [*before, (text[used : label.start(1)], label[1])]
        start = label.end(1)
    return pairs + _plain(text[start:])


def _plain(text: str) -> list[tuple[str, str]]:
    if text.isascii():
        return _ASCII.findall(text, 0, len(text.rstrip()))
    found: list[tuple[str, str]] = _PATTERN.findall(text, endpos=len(text.rstrip(_BLANKS)))
    return found


def _with_breaks(pairs: list[tuple[str, str]]) -> tuple[list[str], list[str]]:
    gaps: list[str] = []
    surfaces: list[str] = []
    for gap, surface in pairs:
        if surfaces and gap.count("\n") > 1:
            gaps += ["", ""]
            surfaces += [gap, surface]
        else:
            gaps.append(gap)
            surfaces.append(surface)
    return gaps, surfaces


@lru_cache(maxsize=65536)
def key(surface: str) -> str:
    """What `surface` is compared by: form C, straight quotes and apostrophes, no soft hyphen; a label is
    any label, a break any break. Case, digits and punctuation marks are never folded.
    """
    if surface.isalnum() and surface.isascii():
        return surface
    if surface.count("\n") > 1:
        return BREAK
    if len(surface) > 1 and surface[-1] in ".)" and surface.isascii():
        return LABEL
    return unicodedata.normalize("NFC", surface).translate(_SHAPES)


@lru_cache(maxsize=65536)
def print_weight(token_key: str) -> float:
    """How much of a line a token takes: a word 1, a character of an unspaced script 0.6, a mark less."""
    if token_key == BREAK:
        return 0.3
    if not any(map(str.isalnum, token_key)) or token_key == LABEL:
        return 0.4
    return 0.6 if _is_cjk(token_key) else 1.0


@lru_cache(maxsize=65536)
def anchor_weight(token_key: str) -> float:
    """How much a shared token says that two wordings run in step here: long words most, marks least."""
    if token_key == BREAK:
        return 0.1
    if token_key == LABEL or not any(map(str.isalnum, token_key)):
        return 0.3
    if _is_cjk(token_key):
        return 0.6
    return 1.0 if len(token_key) > 3 else 0.5


@lru_cache(maxsize=65536)
def is_word(token_key: str) -> bool:
    """Whether a token counts as a word in figures: letters or digits, not a mark, a label or a break."""
    return token_key != LABEL and any(map(str.isalnum, token_key))


_CJK_ONE = regex.compile(rf"(?V1){_CJK}")


def _is_cjk(token_key: str) -> bool:
    return not token_key.isascii() and _CJK_ONE.fullmatch(token_key) is not None

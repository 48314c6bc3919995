"""A shadow copy of a text in which typography is levelled, with the way back to the true characters.

Reading and matching happen on the shadow; every result is carried back, so an anchor is always exact.
Levelled are: composed and decomposed letters, CR before LF, a byte order mark, soft hyphens and zero-width
characters, kinds of space, kinds of apostrophe and of dash, ``ё``. Case, digits and words never are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_DROPPED = (
    "\ufeff\u00ad\u200b\u200c\u200d\u2060\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_UNEVEN = re.compile(f"[{_DROPPED}\\u0300-\\u036f]|\\r")
_LEVEL = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»〝〞＂", '"'),
        **dict.fromkeys("‘’‚‛`´ʼ", "'"),
        **dict.fromkeys("—―−", "–"),
        **dict.fromkeys("‐‑", "-"),
        **dict.fromkeys(
            "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t",
            " ",
        ),
        "ё": "е",
        "Ё": "Е",
        "\u2028": "\n",
        "\u2029": "\n",
        "\x85": "\n",
    }
)
_MARKS = frozenset(map(chr, _LEVEL))
_LOOSE = re.compile(r"\s+|…|\.{3}|-{2,}|–+")


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is the shadow; `shape` is as long, with the marks as they were; `true` is the document's text.

    `starts[i]`/`ends[i]` are the true bounds of shadow character i; both are empty where nothing moved.
    """

    text: str
    shape: str
    true: str
    starts: Sequence[int] = ()
    ends: Sequence[int] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The true bounds of the shadow's ``start:end`` (end exclusive); an empty span stays empty."""
        if not self.starts:
            return start, end
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else len(self.true)
            return at, at
        return self.starts[start], self.ends[end - 1]

    def words(self, start: int, end: int) -> str:
        """The true characters behind the shadow's ``start:end``."""
        first, last = self.span(start, end)
        return self.true[first:last]


def fold(text: str) -> Folded:
    """The shadow of `text`; one pass, and no map where no character was dropped or joined."""
    if _UNEVEN.search(text) is None:
        return Folded(_levelled(text), text, text)
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end, piece in _characters(text):
        for char in piece:
            pieces.append(char)
            starts.append(start)
            ends.append(end)
    shape = "".join(pieces)
    return Folded(_levelled(shape), shape, text, starts, ends)


def _levelled(text: str) -> str:
    """The text with each kind of mark written one way; only the marks that are there are looked for."""
    for mark in set(text) & _MARKS:
        text = text.replace(mark, _LEVEL[ord(mark)])
    return text


def _characters(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, levelled) for each kept character with the marks that combine with it."""
    size = len(text)
    at = 0
    while at < size:
        char = text[at]
        end = at + 1
        while end < size and unicodedata.combining(text[end]):
            end += 1
        if end - at > 1:
            yield at, end, unicodedata.normalize("NFC", text[at:end])
        elif char == "\r":
            if text[end : end + 1] != "\n":
                yield at, end, "\n"
        elif char not in _DROPPED:
            yield at, end, char
        at = end


def _loose(text: str) -> tuple[str, list[int], list[int]]:
    """A string to compare words by: one space for any run of them, one form of dots and dashes, with a
    map."""
    folded = fold(text)
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    last = 0

    def put(piece: str, start: int, end: int) -> None:
        for char in piece:
            pieces.append(char)
            starts.append(start)
            ends.append(end)

    for match in _LOOSE.finditer(folded.text):
        for i in range(last, match.start()):
            put(folded.text[i], i, i + 1)
        kind = match[0][0]
        put(" " if kind.isspace() else "…" if kind in "…." else "-", match.start(), match.end())
        last = match.end()
    for i in range(last, len(folded.text)):
        put(folded.text[i], i, i + 1)
    true = [folded.span(s, e) for s, e in zip(starts, ends, strict=True)]
    return "".join(pieces).replace("–", "-"), [t[0] for t in true], [t[1] for t in true]


def find_anchors(text: str, words: str) -> list[tuple[int, int]]:
    """Every place of `text` where `words` stand whole: (start, end) in true characters, end exclusive.

    Blind to typography only; a changed letter, digit, sign or word is not found. Empty `words`: nowhere.
    """
    hay, starts, ends = _loose(text)
    needle = _loose(words)[0].strip()
    if not needle:
        return []
    found: list[tuple[int, int]] = []
    at = hay.find(needle)
    while at >= 0:
        end = at + len(needle)
        if not (_joined(hay, at) or _joined(hay, end)):
            found.append((starts[at], ends[end - 1]))
        at = hay.find(needle, at + 1)
    return found


def find_anchor(text: str, words: str) -> tuple[int, int] | None:
    """The only place of `words` in `text`, or None where they stand nowhere, or more than once."""
    found = find_anchors(text, words)
    return found[0] if len(found) == 1 else None


def _joined(text: str, at: int) -> bool:
    """Whether the cut at `at` would go through a word."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()

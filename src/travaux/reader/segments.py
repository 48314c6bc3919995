"""Paragraphs and sentences, aware of quotation marks and brackets.

A paragraph is a block of the document, or lines between empty lines; a single line break ends one when the
line before it ended with a stop and the next starts like a sentence, or when either line is a list item.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from travaux.reader.language import Language
from travaux.reader.tokens import Tokens

_EMPTY = re.compile(r"\n[ \f\v]*\n\s*|\n")
_ITEM = re.compile(
    r"[ ]*(?:[•·▪◦‣*–-]\s+|\(?(?:\d{1,3}|[a-zа-я]|[ivx]{1,5})[.)]\s+|§\s*\d|\d{1,3}(?:\.\d{1,3})+\.?\s+)",
    re.I,
)
_STOP = ".!?…:;"
_STOPS = (".", "!", "?", "…", '"', "'")
_OPENERS = "\"'([–-•"


class Paragraph(msgspec.Struct, frozen=True, gc=False):
    """Characters `start`..`end` of the folded text, trimmed; `kind` is body, item, heading or aside."""

    start: int
    end: int
    kind: str = "body"
    number: int = 0


class Sentence(msgspec.Struct, frozen=True, gc=False):
    """Tokens `i`..`j` (exclusive) of one sentence, in paragraph number `paragraph`."""

    i: int
    j: int
    paragraph: int


def paragraphs(text: str, blocks: Sequence[tuple[int, int, str]] = ()) -> list[Paragraph]:
    """The paragraphs of a folded text; `blocks` are (start, end, kind) where the carrier told them."""
    found: list[Paragraph] = []
    if blocks:
        for start, end, kind in blocks:
            if text[start:end].strip():
                found.append(_trimmed(text, start, end, kind, len(found)))
        return found
    start = 0
    for match in _EMPTY.finditer(text):
        if match[0].count("\n") < 2 and not _ends_paragraph(text, start, match.start(), match.end()):
            continue
        if text[start : match.start()].strip():
            found.append(_trimmed(text, start, match.start(), "", len(found)))
        start = match.end()
    if text[start:].strip():
        found.append(_trimmed(text, start, len(text), "", len(found)))
    return found


def _ends_paragraph(text: str, start: int, stop: int, after: int) -> bool:
    """Whether one line break at `stop` divides paragraphs; `after` is where the next line starts."""
    line = text.rfind("\n", start, stop) + 1 or start
    before = text[line:stop].rstrip()
    following = text[after : after + 60].lstrip(" ")
    if not before or not following:
        return True
    if _ITEM.match(following):
        return True
    starts = following[0].isupper() or following[0] in _OPENERS or following[0].isdigit()
    ended = before[-1] in _STOP or (before[-1] in "\"')" and before[-2:-1] in tuple(".!?…"))
    if starts and ended:
        return True
    if len(text) >= 10**6 or not starts:
        return starts
    end = text.find("\n", after)
    return len(before) < 60 and (end if end >= 0 else len(text)) - after > len(before) * 2


def _trimmed(text: str, start: int, end: int, kind: str, number: int) -> Paragraph:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if not kind:
        kind = "item" if _ITEM.match(text[start : start + 20]) else "body"
    return Paragraph(start, end, kind, number)


def item_mark(text: str, paragraph: Paragraph) -> int:
    """Where the words of a list item start, after its bullet or number; the paragraph's start if none."""
    match = _ITEM.match(text, paragraph.start, paragraph.end)
    return match.end() if match else paragraph.start


def mark_style(text: str, paragraph: Paragraph) -> str:
    """The sort of a list item's mark: bullet, number, letter; "" for a paragraph without one."""
    match = _ITEM.match(text, paragraph.start, paragraph.end)
    if match is None:
        return ""
    mark = match[0].strip(" ().")
    return "number" if mark[:1].isdigit() else "letter" if mark[:1].isalpha() else "bullet"


def sentences(
    tokens: Tokens, paras: Sequence[Paragraph], inside: Sequence[int], lang: Language
) -> list[Sentence]:
    """The sentences of all paragraphs. `inside[i]` tells the tokens within quotation marks or brackets."""
    found: list[Sentence] = []
    short = lang.words("abbreviations")
    stops = tokens.places(_STOPS)
    n = 0
    for paragraph in paras:
        first, last = tokens.index(paragraph.start), tokens.index(paragraph.end)
        while n < len(stops) and stops[n] < last:
            i = stops[n]
            n += 1
            if i < first:
                continue
            closes = inside[i] and _closes_full(tokens, i, last, inside)
            if closes or (not inside[i] and _ends(tokens, i, last, short)):
                j = i + 1 if closes else _after_closers(tokens, i + 1, last)
                found.append(Sentence(first, j, paragraph.number))
                first = j
        if first < last:
            found.append(Sentence(first, last, paragraph.number))
    return found


def _ends(tokens: Tokens, i: int, last: int, short: frozenset[str]) -> bool:
    """Whether token i ends a sentence: a stop, not of an abbreviation, before something that can start
    one."""
    word = tokens.word[i]
    if word not in (".", "!", "?", "…"):
        return False
    if i + 1 >= last:
        return True
    if word == "." and i and tokens.end[i - 1] == tokens.start[i]:
        before = tokens.low[i - 1]
        if before in short or (len(before) == 1 and tokens.capital(i - 1)):
            return False
    j = _after_closers(tokens, i + 1, last)
    if j >= last:
        return True
    following = tokens.word[j]
    return following[0].isupper() or following[0].isdigit() or following in "\"'([–•"


def _closes_full(tokens: Tokens, i: int, last: int, inside: Sequence[int]) -> bool:
    """Whether token i is the mark that closes a quotation which itself ended with a stop."""
    if (
        tokens.word[i] not in ('"', "'")
        or i + 1 >= last
        or inside[i + 1]
        or tokens.word[i - 1] not in (".", "!", "?", "…")
    ):
        return False
    return tokens.capital(i + 1)


def _after_closers(tokens: Tokens, i: int, last: int) -> int:
    """The first token from i that is no further stop or closing mark set solid against the one before."""
    while i < last and tokens.word[i] in "\"').!?…]" and tokens.start[i] == tokens.end[i - 1]:
        i += 1
    return i

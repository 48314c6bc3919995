"""Where attributions stand: before a colon inside the bracket, in parentheses at its end or after it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from travaux.text.parse.names import Lexicon, Said, abbreviates

_COLON = re.compile(r"[^\[\]{}:]{0,160}?:")
_PAREN = re.compile(r"\(([^()\[\]{}]{1,200})\)[\s.,;]*\Z")
_DASH = re.compile(r"[ \t\n][–—-]{1,2}[ \t]([^–—\[\](){}:;.]{2,80})[ \t\n]*\Z")
_AFTER = re.compile(r"[ \t]{0,2}\(([^()\[\]{}\n]{1,200})\)")
_FOR = re.compile(r"\s*(?:For|In the case of|As regards) (?:the )?")
_BEFORE = re.compile(r"\(([^()\[\]{}]{2,160})\)[ \t]+(?=[^\W\d])")
_DASHES = ("–", "—", "-")
_BEHIND = re.compile(r"[ \t]{1,2}[–—-][ \t]([^–—\[\](){}\n]{2,80}?)(?=\.?[ \t]*(?:\n|\Z))")
_SIGN = re.compile(r"[:(–—]| - ")
_MARKED = re.compile(r"[(–—]| - ")
_LONGEST = 220
_COLONS = 4


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution and the words that are left: text[start:end] is the option without it."""

    said: Said | None
    start: int
    end: int


def signed(text: str, start: int, end: int) -> bool:
    """Whether a bracket around text[start:end] has any sign of an attribution, in it or right behind."""
    if end - start <= 2 * _LONGEST:
        return _SIGN.search(text, start, end + 4) is not None
    head = _SIGN.search(text, start, start + _LONGEST)
    return head is not None or _SIGN.search(text, end - _LONGEST, end + 4) is not None


def led(text: str, start: int, end: int, lexicon: Lexicon) -> Found:
    """Names before a colon at the head of text[start:end]; of several colons the last that names reach."""
    best = Found(None, start, end)
    if text[start : start + 1] == "(" and (match := _BEFORE.match(text, start, min(end, start + _LONGEST))):
        said = lexicon.said(text, *match.span(1))
        return Found(said, match.end(), end) if said is not None and said.stances else best
    at = start
    if text.find(":", start, min(end, start + _LONGEST)) < 0:
        return best
    for _ in range(_COLONS):
        match = _COLON.match(text, at, min(end, at + _LONGEST))
        if match is None:
            break
        said = lexicon.said(text, start, match.end() - 1)
        if said is not None:
            best = Found(said, match.end(), end)
        at = match.end()
    return best


def trailed(text: str, start: int, end: int, lexicon: Lexicon) -> Found:
    """Names in parentheses, or after a dash, at the end of text[start:end]."""
    low = max(start, end - _LONGEST)
    if not _MARKED.search(text, low, end):
        return Found(None, start, end)
    opening = text.rfind("(", low, end)
    match = _PAREN.match(text, opening, end) if opening >= 0 else None
    if match is not None and (said := _told(text, match, lexicon)) is not None:
        return Found(said, start, match.start())
    dash = max(text.rfind(mark, low, end) for mark in ("–", "—", " - "))
    match = (
        _DASH.match(text, max(start, dash - 1 if text[dash : dash + 1] in "–—" else dash), end)
        if dash > start
        else None
    )
    if match is not None and (said := lexicon.said(text, *match.span(1))) is not None:
        return Found(said, start, match.start())
    return Found(None, start, end)


def followed(text: str, at: int, end: int, lexicon: Lexicon) -> Found:
    """Names in parentheses right after a bracket that ends at `at`; `end` is where they end."""
    match = _AFTER.match(text, at, min(end, at + _LONGEST)) if "(" in text[at : at + 3] else None
    if match is not None and (said := _told(text, match, lexicon)) is not None:
        return Found(said, at, match.end())
    match = (
        _BEHIND.match(text, at, min(end, at + _LONGEST))
        if text[at : at + 3].strip(" ")[:1] in _DASHES
        else None
    )
    if match is not None and (said := lexicon.said(text, *match.span(1))) is not None and said.verbs:
        return Found(said, at, match.end())
    return Found(None, at, at)


def _told(text: str, match: re.Match[str], lexicon: Lexicon) -> Said | None:
    """What parentheses say; an abbreviation of the words before them is no party."""
    said = lexicon.said(text, *match.span(1))
    if said is None or said.stances or said.verbs:
        return said
    return None if abbreviates(match[1].strip(), text[max(0, match.start() - 120) : match.start()]) else said

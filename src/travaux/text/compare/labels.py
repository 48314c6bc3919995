"""The label at the start of a paragraph: what it is, and where the words begin.

A label ("Article 5", "3 bis.", "(a)", "II.") is derived from order and says nothing about identity, so it is
kept apart from the words. Headings are known in English, French, Russian and Belarusian.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEADS = (
    "article|art|section|sec|chapter|part|title|annex|appendix|schedule|clause|paragraph|para|"
    "chapitre|partie|titre|annexe|appendice|paragraphe|"
    "статья|ст|глава|раздел|часть|пункт|приложение|"
    "артыкул|арт|раздзел|частка|дадатак"
)
_AFTER = r"(?:\s?(?:bis|ter|quater|quinquies|alt))?"
_VALUE = rf"(?:\d{{1,4}}(?:\.\d{{1,3}})*|[IVXLCDM]{{1,8}}|[A-ZА-Я]){_AFTER}\b"
_HEADING = re.compile(
    rf"(?P<word>(?i:{_HEADS}))\.?\s+(?P<value>{_VALUE})[.:)]?"
    r"(?=\s*\Z|\s*[.:—–]|\s*\n|\s+[A-ZА-ЯЁІЎ«“\"(\[])"
)
_ITEM = re.compile(
    rf"(?:(?:OP|PP)\s?\d{{1,3}}{_AFTER}[.:)]?"
    rf"|\(?(?:\d{{1,3}}(?:\.\d{{1,3}})*{_AFTER}|[a-zа-яё]{{1,2}}|[ivxlc]{{1,6}}|[A-Z])\)"
    rf"|(?:\d{{1,3}}(?:\.\d{{1,3}})*{_AFTER}|[IVXLC]{{1,6}}|[A-Z])\."
    r"|\d{1,3}(?:\.\d{1,3})+"
    r"|[-–—•·*])(?=\s|\Z)"
)
_LEAD = re.compile(r"[\s\ufeff\u200b\u200e\u200f\u2060]*")


@dataclass(frozen=True, slots=True)
class Label:
    """`start` to `end` (offsets, end exclusive) hold the label as written; `words` is where the text begins.

    `word` is the word of a heading in lower case ("article"), empty for items of lists; `value` what it
    counts by.
    """

    start: int
    end: int
    words: int
    word: str = ""
    value: str = ""

    @property
    def heading(self) -> bool:
        """Whether the label names a part of the text by a word."""
        return bool(self.word)


def label_at(text: str, start: int, end: int) -> Label | None:
    """The label of the paragraph that stands at `start` to `end`, or None."""
    begin = _LEAD.match(text, start, end)
    at = begin.end() if begin else start
    if heading := _HEADING.match(text, at, end):
        word, value = heading["word"].lower(), heading["value"]
        return Label(at, heading.end(), _blank(text, heading.end(), end), word, value)
    if item := _ITEM.match(text, at, end):
        return Label(at, item.end(), _blank(text, item.end(), end), "", item[0].strip("().: "))
    return None


def _blank(text: str, start: int, end: int) -> int:
    match = _LEAD.match(text, start, end)
    return match.end() if match else start

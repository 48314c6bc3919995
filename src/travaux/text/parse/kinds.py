"""What stands in a pair of brackets: words in dispute, a blank, “no text”, a note, a mark of status, or
brackets that are no dispute at all (links, editorial brackets, references).
"""

from __future__ import annotations

import re
from enum import StrEnum


class Sort(StrEnum):
    """The sort of a pair of brackets."""

    WORDS = "words"
    BLANK = "blank"
    NONE = "none"
    NOTE = "note"
    STATUS = "status"
    PARKED = "parked"
    LITERAL = "literal"
    NAMES = "names"


_VALUE = (
    r"(?:X{1,4}|[YZN]{1,2}|x{1,3}|n|_{1,20}|\?{1,5}|…|\.{3,8}|\#{1,6}|•|●"
    r"|\d{0,4}(?:X{1,4}|x{1,4}|_{1,8}|\#{1,4}|\?{1,4})|\d{1,9}(?:[.,]\d{1,6}){0,3})"
)
_UNIT = (
    r"(?:%|per ?cent(?:um)?|days?|weeks?|months?|years?|hours?|minutes?|million|billion|thousand|EUR|USD"
    r"|euros?|dollars?|"
    r"(?:calendar|working|consecutive|clear) days|members?|parties|meetings?|ratifications?|states)"
)
_HOLE = re.compile(
    r"(?:[\s…_•●■□]*+|\.{2,8}|\?{1,10}|[-–—]{1,20}|\#{1,20}|\*)\Z"
    r"|(?:X{1,3}|YY?|NN?|x{1,2})(?: \w+){1,3}\Z"
    rf"|(?=[\d.,]*+(?:\s?(?:-|–|—|to|or|/|\+)\s?[\d.,]*+)?[XYZNxn_\#?…•●])"
    rf"(?:{_VALUE})(?:\s?(?:-|–|—|to|or|/|\+)\s?{_VALUE}){{0,3}}(?:(?:\s|-){_UNIT})?\Z"
    r"|(?:(?:DD|dd|D|XX|xx|__)[ ./-])?(?:MM|mm|Month|month|XX|xx|__)[ ./-](?:YYYY|yyyy|YY|20XX|20xx|20__"
    r"|Year|year|XXXX)\Z"
)
_TOLD = re.compile(
    r"(?:tb[dca]|t\.b\.[dca]\.?|to be (?:determined|decided|completed|defined|confirmed|inserted|added"
    r"|agreed|fixed|set|"
    r"supplied|specified|developed|discussed|drafted|filled(?: in)?)(?:[ ,].{0,80})?"
    r"|(?:please )?(?:insert|complete|specify|fill in)\b.{0,80}|placeholder\b.{0,160}|blank|left blank"
    r"|(?:(?:a|the|exact|relevant|specific) )?(?:date|dates|number|numbers|name|names|place|amount"
    r"|percentage|year|month|day|figure"
    r"|article number)(?: to be \w+(?: \w+)?)?"
    r"|(?:.{0,60}\b)?(?:text|language|wording|details|contents?|sub-?para(?:graph)?s?|paragraphs?"
    r"|articles?|section|list) to be "
    r"(?:supplied|completed|determined|inserted|added|drafted|provided|developed|confirmed|decided"
    r"|discussed)\b.{0,60}"
    r"|(?:date|number|name|title|amount|percentage)s? of [^.;:\[\]]{2,80}"
    r")\Z",
    re.IGNORECASE,
)
_NO_TEXT = re.compile(
    r"(?:\(?(?:no|without) (?:text|article|paragraph|provision|reference|section|chapter|additional text"
    r"|such (?:provision|paragraph|article))"
    r"(?: (?:on|for|about|regarding|here|in|to)\b.{0,120})?\)?|\(?(?:delet(?:e|ed|ion)|omit(?:ted)?|strike)"
    r"(?: (?:the |this |whole |entire )*(?:text|article|paragraph|provision|words?|sentence|option"
    r"|section))?\)?"
    r"|(?:articles?|paragraphs?|sections?|provisions?|sentences?|text)(?: [\w.()]{1,12})?"
    r" (?:to be |is |should be )?(?:deleted|omitted|removed))[ .;]*\Z",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"\s*[*_]{0,3}(?i:(?:(?:editor(?:ial)?|drafting|negotiators?|translators?|facilitators?"
    r"|co-?facilitators?|chairs?|co-?chairs?|chairperson|secretariat|"
    r"explanatory|technical|legal|rapporteur)(?:[’']s?|s[’'])?[ ])?(?:foot)?(?:notes?|comments?"
    r"|remarks?)\b(?:[ ]\w+){0,4}?[ ]?[:–—.-]"
    r"|n\.?b\.?[ :]|(?:secretariat|facilitators?|co-?facilitators?|chair|co-?chairs?|editor)[ ]?:"
    r"|rationale:|explanation:|coupling:|link:)"
)
_STATUS = re.compile(
    r"(?:(?i:text )?(?i:green|yellow|white|grey|gray|blue|orange|red|amber)(?: text)?"
    r"|(?i:(?:provisionally |initially )?agreed(?: text| language| words| in (?:plenary|principle|the"
    r" (?:working|drafting) group|informals))?"
    r"|(?:agreed )?ad ref(?:erendum|\.)?|not (?:yet )?(?:discussed|agreed|addressed)|clean(?: text)?"
    r"|closed|open|pending|under discussion"
    r"|converged|convergence|for discussion|consensus))"
    r"(?:[ ]?[(,;:–—-].{0,60}|[ ](?:on[ ])?\d.{0,40})?[ .]*\Z"
)
_PARKED = re.compile(
    r"[*_]*(?i:(?:parked|pending|agreed (?:in substance|ad ref(?:erendum|\.)?)|subject to|kept in"
    r" brackets|bracketed pending)"
    r"(?:[ ,][^:\[\]]{0,120})?):"
)
_OPTION = re.compile(
    r"[*_]{0,3}(?i:option|alternative|alt\.?|variant)[ ](?:\d{1,2}|[A-Z]|[IVX]{1,5})[*_]{0,3}[ :.]{0,3}\Z"
)
_SHELVED = re.compile(r"(?i:parked)\b[^:]{0,60}\Z")
_SIC = re.compile(
    r"(?:sic!?|(?:emphasis|underlining|italics) (?:added|supplied|in (?:the )?original)|footnotes?"
    r" omitted|translation|original .{2,20})\Z",
    re.IGNORECASE,
)
_LINK = re.compile(r"\((?:https?:|mailto:|www\.|/|\#|\.\.?/)[^()\s]{0,400}\)|\[[\w-]{1,20}\]:")
_YEAR = re.compile(r"(?:1[89]|20)\d\d\Z")
_COURT = re.compile(r"[ \t](?:\d{1,3}[ \t])?(?:[A-Z]{2,6}|[A-Z]\.[A-Z]\.)(?=[ \t]\d|[ \t][IVX]+\b|[ \t]\()")


def literal(text: str, start: int, end: int) -> str | None:
    """Why the brackets at `start` and `end` (the closing one) are probably no dispute, or None."""
    if end - start > 200:
        return None
    words, before, after = text[start + 1 : end], text[start - 1 : start], text[end + 1 : end + 2]
    if _LINK.match(text, end + 1):
        return "brackets.link"
    if words.startswith("^") or (before == "!" and after == "("):
        return "brackets.link"
    if _SIC.match(words.strip()):
        return "brackets.editorial"
    if (
        words.isdigit()
        and len(words) < 4
        and (before.isalpha() or before in tuple('.,;:!?”"’'))
        and not after.isalpha()
    ):
        return "brackets.reference"
    if _YEAR.match(words) and _COURT.match(text, end + 1):
        return "brackets.citation"
    if len(words) == 1 and words.isalpha() and before in tuple('“"‘«') and after.islower():
        return "brackets.editorial"
    if words in (" ", "x", "X") and before in ("", " ", "\t", "\n") and _tick(text, start):
        return "brackets.tick"
    return None


def _tick(text: str, start: int) -> bool:
    line = text.rfind("\n", 0, start) + 1
    return start - line < 12 and bool(re.fullmatch(r"[ \t]*[-*+][ \t]+", text[line:start]))


def sort_of(words: str, glued: bool) -> Sort:
    """The sort of brackets with `words` in them (no attribution, no inner bracket); `glued` to a letter."""
    if len(words) > 400:
        return (
            Sort.NOTE
            if _NOTE.match(words[:80])
            else Sort.PARKED
            if _PARKED.match(words[:200])
            else Sort.WORDS
        )
    bare = words.strip().strip("*_") if words.strip("*_ \t\n") else words.strip()
    bare = " ".join(bare.split()) if len(bare) < 400 else bare
    if not glued and (_HOLE.match(bare) or _TOLD.match(bare)):
        return Sort.BLANK
    if glued and bare in ("", "…", "..."):
        return Sort.BLANK
    if _OPTION.match(bare):
        return Sort.NAMES
    if _NO_TEXT.match(bare):
        return Sort.NONE
    if _NOTE.match(words):
        return Sort.NOTE
    if _STATUS.match(bare):
        return Sort.STATUS
    return Sort.PARKED if _PARKED.match(bare) or _SHELVED.match(bare) else Sort.WORDS


def hole(words: str) -> bool:
    """Whether a blank is one by its signs (X, ##, …) and not by words such as “date”."""
    return _HOLE.match(words.strip().strip("*_")) is not None


_VALUE_WORDS = re.compile(
    r"[\d.,/ –—-]+|(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    rf"|\b(?:by|in|from|before|not later than|the|end of|mid|early|late|to|of|{_UNIT})(?![a-z])|%",
    re.IGNORECASE,
)


def number(words: str) -> bool:
    """Whether `words` are a value: a number, a date, a year, a share."""
    bare = words.strip(" \t\n*_")
    return len(bare) < 60 and any(map(str.isdigit, bare)) and not _VALUE_WORDS.sub("", bare)


_MEASURE = re.compile(rf"{_UNIT}(?![a-z])")


def measure(words: str) -> bool:
    """Whether `words` begin with a unit of measure (“months”, “per cent”)."""
    return _MEASURE.match(words.strip(" \t\n*_")) is not None

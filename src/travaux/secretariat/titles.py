"""What a meeting may be called by the words of a document: a noun phrase, or nothing."""

from __future__ import annotations

import re
from typing import Final

_ARTICLE: Final = r"(?:(?:the|an?|their|its|this|another)\s+)?"
_BEFORE: Final = r"(?:[\w’'-]+\s+){0,3}?"
_NOUN: Final = (
    r"(?:talks|negotiations|consultations|meetings?|sessions?|summits?|conferences?|conversations?|forums?|"
    r"visits?|rounds?|dialogue)"
)
_PHRASE: Final = re.compile(rf"{_ARTICLE}(?P<phrase>{_BEFORE}{_NOUN}\b.*)\Z", re.IGNORECASE | re.DOTALL)
_INSIDE: Final = re.compile(rf"\b(?P<phrase>{_NOUN}\b.*)\Z", re.IGNORECASE | re.DOTALL)
_RUSSIAN: Final = re.compile(
    r"(?P<phrase>(?:[\w-]+(?:ое|ая|ий|ый|ие|ые)\s+)?"
    r"(?:переговоры|встреча|заседание|совещание|саммит|консультации|визит|сессия|конференция|форум)\b.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_VERB: Final = re.compile(
    r"(?:is|are|was|were|will|would|has|have|had|held|holds?|met|meets?|to|on|at|in|it|he|she|they|there)\b",
    re.IGNORECASE,
)
_DATE: Final = re.compile(
    r",?\s+(?:on\s+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s*)?"
    r"(?:\d{1,2}\s+[A-Z][a-z]+|[A-Z][a-z]+\s+\d{1,2})(?:,?\s+\d{4})?\s*\Z"
)
_CLAUSE: Final = re.compile(
    r",?\s+(?:which|that|who|is|are|was|were|will|would|has|have|had|takes?|took|состоится|состоялось|пройд[её]т)\b.*\Z",
    re.IGNORECASE | re.DOTALL,
)
_GENERAL: Final = {"en": "Meeting", "ru": "Встреча", "be": "Сустрэча"}
_LONGEST: Final = 120  # characters


def general_title(lang: str) -> str:
    """What a meeting is called that has no name of its own."""
    return _GENERAL.get(lang, _GENERAL["en"])


def meeting_title(words: str, where: str = "") -> str:
    """The noun phrase in `words` that names a meeting, its date and its place (`where`) at the end left out.

    "" where the words are a clause without one (“is scheduled for 9 December”) or in another case.
    """
    text = " ".join(words.split())
    whole = None if _VERB.match(text) else _PHRASE.match(text)
    found = whole or _INSIDE.search(text) or _RUSSIAN.match(text)
    if found is None:
        return ""
    phrase = _DATE.sub("", _CLAUSE.sub("", found["phrase"]))
    if where:
        phrase = re.sub(rf",?\s+in\s+{re.escape(where)}\Z", "", phrase)
    phrase = phrase.rstrip(" ,;:.")
    if len(phrase) > _LONGEST:
        phrase = phrase[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
    return phrase[:1].upper() + phrase[1:]

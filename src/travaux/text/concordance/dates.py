"""Dates and numbers of a text, the same in every language: dates as ISO, numbers as plain decimals.

Names of months are those of CLDR, in the forms they take within a date and alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import get_month_names

_ISO = r"(?P<y1>\d{4})-(?P<m1>\d{2})-(?P<d1>\d{2})"
_DOTS = r"(?P<d2>\d{1,2})[./](?P<m2>\d{1,2})[./](?P<y2>\d{4})"
_NUMBER = re.compile(r"(?<![\w.,])[-−]?\d+(?:[ \u00a0\u202f]\d{3}(?!\d))*(?:[.,]\d+)*(?![^\W\d_])")
_COMMA_IS_DECIMAL = frozenset(("ru", "be", "uk", "fr", "de", "es", "it", "pl"))


@dataclass(frozen=True, slots=True)
class Value:
    """A date or number in plain form and where it stands (offsets, end exclusive)."""

    plain: str
    start: int
    end: int


def dates(text: str, lang: str) -> list[Value]:
    """Every full date, and every month with a year (as ``2031-05``), in order."""
    found: list[Value] = []
    for match in _pattern(lang).finditer(text):
        plain = _plain(match, lang)
        if plain:
            found.append(Value(plain, *match.span()))
    return found


def numbers(text: str, lang: str, taken: list[Value]) -> list[Value]:
    """Every number outside the spans of `taken` (dates), in order; percent signs are not part of it."""
    covered = [(value.start, value.end) for value in taken]
    found: list[Value] = []
    for match in _NUMBER.finditer(text):
        if not any(start <= match.start() < end for start, end in covered):
            found.append(Value(_decimal(match[0], lang), *match.span()))
    return found


def _decimal(written: str, lang: str) -> str:
    plain = re.sub(r"[ \u00a0\u202f]", "", written).replace("−", "-")
    if lang in _COMMA_IS_DECIMAL:
        plain = plain if re.fullmatch(r"-?\d+\.\d+", plain) else plain.replace(".", "")
        plain = plain.replace(",", ".")
    elif re.fullmatch(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?", plain):
        plain = plain.replace(",", "")
    return plain


def _plain(match: re.Match[str], lang: str) -> str:
    told = match.groupdict()
    year, day, month = "", "", ""
    for n in "12345":
        year, day = told.get(f"y{n}") or year, told.get(f"d{n}") or day
        month = told.get(f"m{n}") or month
    number = _months(lang).get(month.lower()) or (int(month) if month.isdigit() else 0)
    try:
        return date(int(year), number, int(day)).isoformat() if day else f"{year}-{number:02}"
    except ValueError:
        return ""


@cache
def _months(lang: str) -> dict[str, int]:
    try:
        locale = Locale.parse(lang, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    names: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, context, locale).items():
                names[name.lower()] = number
    return names


@cache
def _pattern(lang: str) -> re.Pattern[str]:
    """Dates in figures, day-month-year and month-day-year with names, month and year."""
    names = "|".join(sorted(map(re.escape, _months(lang)), key=lambda name: -len(name)))
    named = (
        rf"\b(?P<d3>\d{{1,2}})(?:st|nd|rd|th|er|-га|-го)?[ \u00a0]+(?:of |de )?(?P<m3>{names})\b\.?,?"
        rf"[ \u00a0]+(?:de )?(?P<y3>\d{{4}})"
        rf"|\b(?P<m4>{names})\b\.?[ \u00a0]+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,?[ \u00a0]+(?P<y4>\d{{4}})"
        rf"|\b(?P<m5>{names})\b\.?[ \u00a0]+(?:of |de )?(?P<y5>\d{{4}})"
    )
    return re.compile(rf"(?<!\d)(?:{_ISO}|{_DOTS})(?!\d)|(?:{named})(?!\d)", re.IGNORECASE)


_WORDS = {
    "en": "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve",
    "fr": "deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze",
    "ru": "дв(?:а|е|ух|ум|умя)|тр(?:и|ех|ёх|ем|ём|емя)|четыр(?:е|ех|ёх|ем|ём|ьмя)|пят(?:ь|и|ью)"
    "|шест(?:ь|и|ью)"
    "|сем(?:ь|и|ью)|вос(?:емь|ьми|емью)|девят(?:ь|и|ью)|десят(?:ь|и|ью)|одиннадцат(?:ь|и|ью)"
    "|двенадцат(?:ь|и|ью)",
    "be": "дв(?:а|е|ух|ум|ума)|тр(?:ы|ох|ом|ыма)|чатыр(?:ы|ох|ом|ма)|пяц(?:ь|і|цю)|шэсц(?:ь|і|цю)"
    "|сем(?:|і|ю)|вос(?:ем|ьмі)|дзевяц(?:ь|і|цю)|дзесяц(?:ь|і|цю)|адзінаццац(?:ь|і)|дванаццац(?:ь|і)",
}


def spelt(text: str, lang: str) -> set[str]:
    """Numbers from 2 to 12 that the text says in words, as figures."""
    found: set[str] = set()
    for number, word in enumerate(_WORDS.get(lang, "").split("|") if lang in ("en", "fr") else (), 2):
        if re.search(rf"\b{word}\b", text, re.IGNORECASE):
            found.add(str(number))
    if lang in ("ru", "be"):
        found |= set(_inflected(text, lang))
    return found


def _inflected(text: str, lang: str) -> Iterator[str]:
    depth, start = 0, 0
    words: list[str] = []
    source = _WORDS[lang]
    for k, letter in enumerate(source + "|"):
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and depth == 0:
            words.append(source[start:k])
            start = k + 1
    for number, word in enumerate(words, 2):
        if re.search(rf"\b{word}\b", text, re.IGNORECASE):
            yield str(number)

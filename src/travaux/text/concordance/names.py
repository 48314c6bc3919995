"""Parties and other names of a text, so that one name can be found again in another language and script.

Countries are known by CLDR in each language, in any case form; other names by their sound: both are written
in Latin letters and compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError
from rapidfuzz.distance import Indel

_LATIN = {
    **dict(zip("абвгдежзийклмнопрстуфхцчшщъыьэюяёіўїєґ", (
        "a b v g d e zh z i i k l m n o p r s t u f h ts ch sh sch _ y _ e iu ia e i u i e g"
    ).split(), strict=True)),
    **dict(zip("àâäáéèêëíîïóôöúùûüçñ", "aaaaeeeeiiiooouuuucn", strict=True)),
}  # fmt: skip
_NAME = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_LIKE = 0.72
_STEM, _SHARED = 4, 0.66  # an adjective of a name shares its beginning
_JOINS = frozenset(", and и і ды et y und".split())
_STOPS = ".:;!?—–-(\n"


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written, where it stands, and `sound`: Latin letters, or ``=XX`` for a country."""

    written: str
    sound: str
    start: int
    end: int
    begins: bool


def names(text: str, lang: str) -> list[Name]:
    """Capitalised words and countries, in order; `begins` marks a word that begins a sentence."""
    found: list[Name] = []
    for match in _NAME.finditer(text):
        word = match[0]
        country = _countries(lang).get(_stem(word)) if word[0].isupper() else None
        if country or (word[0].isupper() and len(word) > 2):
            before = text[: match.start()].rstrip(" \t\"'“«(")
            begins = not before or before[-1] in _STOPS
            found.append(Name(word, f"={country}" if country else sound(word), *match.span(), begins))
    return found


def sound(word: str) -> str:
    """`word` in Latin letters without the ending that cases change."""
    plain = "".join(_LATIN.get(letter, letter) for letter in word.lower()).replace("_", "")
    return plain.replace("y", "i").replace("ii", "i").replace("c", "k")


def alike(one: str, other: str) -> bool:
    """Whether two sounds can be one name in two languages."""
    if one.startswith("=") or other.startswith("="):
        return one == other
    pairs = zip(one, other, strict=False)
    shared = next((k for k, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
    if shared >= max(_STEM, _SHARED * min(len(one), len(other))):
        return True
    return one[0] == other[0] and Indel.normalized_similarity(one, other) >= _LIKE


def listed(text: str, found: Iterable[Name]) -> Iterable[tuple[Name, Name]]:
    """Names beside each other in an enumeration; a word that a capital follows is no name by itself."""
    before: Name | None = None
    for name in found:
        if before is not None:
            between = set(text[before.end : name.start].replace(",", " , ").split())
            after = text[name.end : name.end + 2]
            if between and between <= _JOINS and not (after[:1] == " " and after[1:].isupper()):
                yield before, name
        before = name


def _stem(word: str) -> str:
    plain = word.lower()
    if not plain.isascii() and len(plain) > 4:
        plain = re.sub(r"(?:ией|ями|ях|ям|ам|ой|ей|ью|ия|ию|ии|ыя|ыі|ыю|[аяуюыиіеэоёйь])\Z", "", plain)
    return plain


@cache
def _countries(lang: str) -> Mapping[str, str]:
    """Stem of a one-word country name → its code."""
    try:
        territories = Locale.parse(lang, sep="-").territories
    except (UnknownLocaleError, ValueError):
        return {}
    return {
        _stem(name): code
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and _NAME.fullmatch(name) and len(_stem(name)) > 3
    }

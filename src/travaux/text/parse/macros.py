"""One decision in many places: a token in brackets that a footnote explains once (`[fares*][tariffs]`)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from travaux.text.model import Macro
from travaux.text.parse.kinds import Sort
from travaux.text.parse.sites import Site

_SIGN = re.compile(r"(?<=\w)[ ]?(?:\*{1,3}|†{1,2}|‡|[¹²³⁴-⁹])\Z")
_ANY = re.compile(r"\w[ ]?[*†‡¹²³⁴-⁹]")
_LONGEST = 80


def macros(text: str, found: Sequence[Site], ids: Sequence[str]) -> tuple[list[Macro], list[int]]:
    """The macros, and the sites whose sign comes back nowhere."""
    if not _ANY.search(text):
        return [], []
    alike: dict[frozenset[str], list[int]] = {}
    signed: set[frozenset[str]] = set()
    for k, site in enumerate(found):
        words = [text[choice.start : choice.end] for choice in site.choices]
        if site.bare or any(len(word) > _LONGEST or "[" in word for word in words) or not site.pairs:
            continue
        if any(choice.sort is Sort.BLANK for choice in site.choices) and len(words) == 1:
            continue
        key = frozenset(_SIGN.sub("", word.strip()).casefold() for word in words)
        alike.setdefault(key, []).append(k)
        if any(
            _SIGN.search(word.strip()) and not word.strip().startswith("*") and not _crossing(words)
            for word in words
        ):
            signed.add(key)
    made = []
    single = []
    for key, places in alike.items():
        if key in signed and len(places) > 1:
            made.append(Macro(" / ".join(_name(text, found[places[0]])), tuple(ids[k] for k in places)))
        elif key in signed:
            single.append(places[0])
    return made, single


def _crossing(words: Sequence[str]) -> bool:
    """Whether emphasis begins in one bracket and ends in another (`*at][by*`)."""
    return any(word.strip().startswith("*") for word in words)


def _name(text: str, site: Site) -> list[str]:
    return [_SIGN.sub("", text[choice.start : choice.end].strip()) for choice in site.choices]

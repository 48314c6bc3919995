"""Verbs that no list can hold: forms that a language builds by a regular pattern, tagged by their shape.

Russian makes the future of a perfective verb by its ending alone; a prefix and a consonant before the ending
tell it from the present of an imperfective one. The patterns and their exceptions are the language's data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from travaux.reader.language import Language, load
from travaux.reader.tokens import Entry, Hit, Tokens

_NEAR = 3  # tokens in which "we" must stand before a form of the first person


@dataclass(frozen=True, slots=True)
class _Shapes:
    third: re.Pattern[str]
    first: re.Pattern[str]
    never: frozenset[str]
    never_ending: tuple[str, ...]


@cache
def _shapes(code: str) -> _Shapes | None:
    table = load(code).table("perfectives")
    if not table:
        return None
    prefix = "(?:" + "|".join(sorted(table["prefixes"], key=len, reverse=True)) + ")"
    third, first = ("|".join(table[k]) for k in ("third", "first"))
    return _Shapes(
        re.compile(rf"{prefix}[а-я]+(?:{third})(?:ся)?"),
        re.compile(rf"{prefix}[а-я]+(?:{first})(?:ся)?"),
        frozenset(table["never"]),
        tuple(e + s for e in table["never_ending"] for s in ("", "ся")),
    )


def tag_verbs(tokens: Tokens, lang: Language) -> None:
    """Add the verbs told by their shape to the hits of the group "modal"; those of the lexicon stay."""
    shapes = _shapes(lang.code)
    if shapes is None:
        return
    taken = tokens.at.setdefault("modal", {})
    covered = {k for h in tokens.hits.get("modal", []) for k in range(h.i, h.j)}
    others = [tokens.at.get(g, {}) for g in ("speech", "office", "meeting", "body", "instrument", "party")]
    more: list[Hit] = []
    for low, places in tokens.seen.items():
        if len(low) < 6 or low in shapes.never or low.endswith(shapes.never_ending):
            continue
        form = "sg" if shapes.third.fullmatch(low) else "we" if shapes.first.fullmatch(low) else ""
        for i in places if form else ():
            if i in covered or tokens.caps[i] or any(i in group for group in others):
                continue
            near = tokens.within("pronoun", max(i - _NEAR, 0), i) if form == "we" else ()
            if form == "sg" or any(h.entry.kind == "we" for h in near):
                more.append(Hit(i, i + 1, Entry("modal", "perfective", form, low)))
    more.sort(key=lambda h: h.i)
    taken.update({h.i: h for h in more})
    tokens._firsts.pop("modal", None)
    tokens.hits["modal"] = sorted([*tokens.hits.get("modal", []), *more], key=lambda h: h.i)


def like_verb(low: str, lang: Language) -> bool:
    """Whether a word (lower case) has the ending of a finite verb or gerund, where a language's endings tell;
    nouns that only end alike are listed in its data."""
    endings, nouns = _verbal(lang.code)
    return low.endswith(endings) and low not in nouns


@cache
def _verbal(code: str) -> tuple[tuple[str, ...], frozenset[str]]:
    lang = load(code)
    return tuple(lang.table("names").get("verbal", ())), lang.words("unverbal")

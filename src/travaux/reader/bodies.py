"""Councils, banks, unions and other bodies: a capitalised span around a head noun, no gazetteer needed."""

from __future__ import annotations

from dataclasses import dataclass

from travaux.reader.introduced import Parties
from travaux.reader.language import Language
from travaux.reader.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Body:
    """Tokens `i`..`j` (exclusive) that name a body, the article left out; `known` when a list holds it."""

    i: int
    j: int
    known: bool = False


def find_bodies(tokens: Tokens, lang: Language, parties: Parties) -> list[Body]:
    """All namings of bodies, in order, none overlapping another; the longest wins."""
    spans: list[Body] = []
    for hit in tokens.hits.get("body_name", []):
        if tokens.capital(hit.i):
            spans.append(Body(hit.i, hit.j, True))
    for hit in tokens.hits.get("body", []):
        if tokens.capital(hit.i):
            spans.append(_around(tokens, lang, parties, hit.i, hit.j))
        elif (j := _owned(tokens, lang, parties, hit.j)) > hit.j:
            spans.append(Body(hit.i, j))
    found: list[Body] = []
    for body in sorted(spans, key=lambda b: (b.i, -b.j)):
        if body.j - body.i > 1 or body.known or len(tokens.word[body.i]) > 3:
            if found and body.i < found[-1].j:
                continue
            found.append(body)
    return found


def _around(tokens: Tokens, lang: Language, parties: Parties, i: int, j: int) -> Body:
    """The capitalised words around a head, and what it is "of"."""
    closed = lang.either("articles", "prepositions", "subordinators", "that")
    while (
        i > 0
        and tokens.capital(i - 1)
        and tokens.low[i - 1] not in closed
        and tokens.word[i - 1][0].isalpha()
        and not tokens.new_line(i)
    ):
        if tokens.hit("office", i - 1) or tokens.low[i - 1] in lang.words("adverb_words"):
            break
        i -= 1
    return Body(i, _rightwards(tokens, lang, parties, j))


def _rightwards(tokens: Tokens, lang: Language, parties: Parties, j: int) -> int:
    """The end of a body's name: further capitalised words, joined by "of", "and", "for", "the"."""
    size, linked = len(tokens), False
    links = lang.either("of", "articles", "joiners")
    while j < size:
        k = j
        while k < size and k - j < 3 and tokens.low[k] in links:
            k += 1
        if (
            k >= size
            or not tokens.word[k][0].isupper()
            or any(tokens.new_line(n) for n in range(j, k + 1))
            or (k > j and tokens.low[j] in lang.words("articles"))
        ):
            break
        joined = k > j and tokens.low[j] in lang.words("joiners")
        if joined and (
            tokens.low[k - 1] in lang.words("articles")
            or k in parties.named
            or tokens.hit("office", k)
            or _new_head(tokens, k)
        ):
            break
        if (
            k == j
            and not linked
            and (
                tokens.hit("office", k)
                or (lang.words("of") and k in parties.named)
                or not _same_case(tokens, lang, k)
            )
        ):
            break
        linked = linked or k > j
        j = parties.named[k].j if k in parties.named else k + 1
        if not lang.words("of") and j < size and tokens.low[j] in lang.words("body_tails"):
            j += 1
    return j


def _new_head(tokens: Tokens, k: int) -> bool:
    """Whether a capitalised run from k on holds a head of its own: then "and" joins two bodies."""
    while k < len(tokens) and tokens.capital(k):
        if tokens.hit("body", k):
            return True
        k += 1
    return False


def _same_case(tokens: Tokens, lang: Language, k: int) -> bool:
    return (
        bool(tokens.hit("body", k))
        or not lang.words("of")
        or tokens.hit("body_name", k) is not None
        or tokens.low[k] == "state"
    )


def _owned(tokens: Tokens, lang: Language, parties: Parties, j: int) -> int:
    """The end of "of the C-ian government" after a common noun; j where that does not follow."""
    of = lang.words("of")
    k = j
    if not of or k >= len(tokens) or tokens.low[k] != "of":
        return j
    k += 1
    if k < len(tokens) and tokens.low[k] in lang.words("articles"):
        k += 1
    governments = lang.words("governments")
    if k in parties.adjective and k + 1 < len(tokens) and tokens.low[k + 1] in governments:
        return k + 2
    return j

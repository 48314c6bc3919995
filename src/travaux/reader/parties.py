"""Which words of a document name a party: a country that CLDR knows, or one the document itself introduces.

An unknown capitalised word becomes a party where an office or a government is said to be "of" it, or where
an adjective made from it stands before an office; nothing is taken from outside the document.
"""

from __future__ import annotations

from itertools import takewhile

from travaux.reader.introduced import Parties, beside, could_be, derives, initial, introduced, surnames
from travaux.reader.language import Language, countries, inflections
from travaux.reader.tokens import Entry, Hit, Tokens


def find_parties(tokens: Tokens, lang: Language) -> Parties:
    """All namings of parties in a document; `order` counts them by first appearance."""
    found = Parties()
    for hit in tokens.hits.get("party", []):
        if tokens.capital(hit.i) and hit.entry.kind:
            found.named[hit.i] = hit
    for hit in tokens.hits.get("demonym", []):
        found.adjective[hit.i] = hit.entry.kind
    _compound(tokens, lang, found)
    found.surnames = surnames(tokens, lang)
    unknown = dict(introduced(tokens, lang, found))
    if unknown:
        _spread(tokens, lang, found, unknown)
        _spread(tokens, lang, found, dict(beside(tokens, lang, found)))
    _derived(tokens, lang, found)
    _by_office(tokens, lang, found)
    _states(tokens, lang, found)
    for i in sorted([*found.named, *found.adjective]):
        name = found.named[i].entry.kind if i in found.named else found.adjective[i]
        found.order[name] = found.order.get(name, 0) + 1
    return found


def _compound(tokens: Tokens, lang: Language, found: Parties) -> None:
    """ "the Northern Federation", «Горной Республики»: a capitalised word before a noun of state."""
    nouns: dict[str, str] = {}
    for first, *others in lang.data["countries"]["state_nouns"]:
        nouns.update(dict.fromkeys((first, *others), first))
    endings = lang.data["countries"].get("adjective_endings", [])
    openers, articles = lang.words("openers"), lang.words("articles")
    for i in tokens.places(nouns):
        head, low = nouns[tokens.low[i]], tokens.low[i]
        if tokens.capital(i):
            _named_state(tokens, lang, found, i)
        if not tokens.capital(i) or not tokens.capital(i - 1) or i - 1 in found.adjective:
            continue
        before = tokens.low[i - 1]
        if before in openers or before in articles or not before.isalpha() or i - 1 in found.named:
            continue
        if endings and not any(before.endswith(e) for e, _ in endings):
            continue
        plain = next((n for e, n in endings if before.endswith(e) for n in [before[: -len(e)] + n]), before)
        oblique = low != head
        found.named[i - 1] = Hit(
            i - 1, i + 1, Entry("party", f"{plain.title()} {head.title()}", "oblique" if oblique else "")
        )


def _named_state(tokens: Tokens, lang: Language, found: Parties, i: int) -> None:
    """ "the Republic of Belmara", «Республики Алтынск»: a noun of state at token i, a name behind it."""
    of = lang.words("of")
    k = i + 1
    if of and (k >= len(tokens) or tokens.low[k] not in of):
        return
    k += 1 if of else 0
    last = tokens.word[k : k + 1]
    followed = tokens.capital(k + 1) and not (not of and initial(tokens, k + 1))
    if not of and (not last or followed or (i and tokens.capital(i - 1))):
        return
    if could_be(tokens, lang, found, k) and not followed and not tokens.new_line(k):
        found.named[k] = Hit(k, k + 1, Entry("party", tokens.word[k]))
        found.named[i] = Hit(i, k + 1, Entry("party", tokens.word[k]))


def _spread(tokens: Tokens, lang: Language, found: Parties, unknown: dict[str, str]) -> None:
    """Mark every naming of the introduced parties, under the nominative that the document itself has."""
    suffixes = lang.data["countries"]["suffixes"]
    words: dict[str, str] = {}  # each capitalised word as it is written first
    for i in tokens.capitals():
        if tokens.word[i] not in found.genitives:
            words.setdefault(tokens.low[i], tokens.word[i])
    for stem, name in unknown.items():
        best = name
        for ending, *_ in suffixes:
            if stem + ending in words:
                best = words[stem + ending]
                break
        else:
            best = _nominative(name, stem, suffixes, name in found.genitives)
        forms = {best.lower(), name.lower(), *inflections(best.lower(), suffixes)}
        for i in tokens.places(forms):
            if tokens.capital(i) and i not in found.named:
                case = "" if tokens.low[i] == best.lower() else "oblique"
                found.named[i] = Hit(i, i + 1, Entry("party", best, case))


def _nominative(name: str, stem: str, suffixes: list[list[str]], genitive: bool) -> str:
    """The nominative of a name known in an oblique case only, by the table of endings; one that surely stands
    in the genitive is never its own nominative."""
    ending = name.lower()[len(stem) :]
    for first, *others in suffixes:
        if ending in others or (ending == first and not genitive):
            return name[: len(stem)] + first
    return name


def _derived(tokens: Tokens, lang: Language, found: Parties) -> None:
    """Adjectives that no list holds, matched to the parties of this document by their common beginning."""
    endings = sorted(lang.data["countries"]["endings"], key=len, reverse=True)
    names, ends = sorted({h.entry.kind for h in found.named.values()}), tuple(endings)
    need_capital = lang.data["script"] == "latin"
    made: dict[int, str] = {}
    for word, places in tokens.seen.items() if names else ():
        if not word.endswith(ends):
            continue
        fits = (n for e in endings if word.endswith(e) for n in names if derives(word[: -len(e)], n))
        if name := next(fits, ""):
            made.update(dict.fromkeys(places, name))
    for i in sorted(made):
        if i not in found.named and i not in found.adjective and (tokens.caps[i] or not need_capital):
            found.adjective[i] = made[i]


def _by_office(tokens: Tokens, lang: Language, found: Parties) -> None:
    """The adjective of a country that the document never names, told by the office behind it: "the Cambodian
    Prime Minister"."""
    endings = sorted(lang.data["countries"]["endings"], key=len, reverse=True)
    latin = lang.data["script"] == "latin"
    for hit in tokens.hits.get("office", ()):
        k = hit.i - 1
        known = k in found.named or k in found.adjective
        if k < 0 or known or tokens.new_line(hit.i) or (latin and not tokens.caps[k]):
            continue
        bases = [tokens.low[k][: -len(e)] for e in endings if tokens.low[k].endswith(e)]
        fits = [n for n in countries(lang.code) if any(derives(b, n) for b in bases)] if bases else []
        if fits:
            found.adjective[k] = max(fits, key=lambda n: _alike(n.lower(), tokens.low[k]))


def _alike(name: str, word: str) -> int:
    """How many first letters two words share: "Nigerian" is of Nigeria, not of Niger."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(name, word, strict=False)))


def _states(tokens: Tokens, lang: Language, found: Parties) -> None:
    """ "Republic of Arvia" is one naming of Arvia."""
    nouns = {n for names in lang.data["countries"]["state_nouns"] for n in names}
    for i, hit in list(found.named.items()) if not lang.words("of") else ():
        if i and tokens.low[i - 1] in nouns and tokens.capital(i - 1) and i - 1 not in found.named:
            found.named[i - 1] = Hit(i - 1, hit.j, hit.entry)
    for form in lang.data["countries"]["forms"]:
        words = form.split()
        for i, hit in list(found.named.items()) if words[0] in tokens.seen else ():
            first = i - len(words)
            if first >= 0 and tokens.low[first:i] == words and tokens.capital(first):
                found.named[first] = Hit(first, hit.j, hit.entry)

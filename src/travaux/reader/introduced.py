"""What in a document shows that an unknown capitalised word is a party: an office is "of" it, it owns one, an
adjective made from it stands before an office, it acts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from travaux.reader.language import Language, load
from travaux.reader.tokens import Hit, Tokens


@dataclass(slots=True)
class Parties:
    """Parties at token positions: `named[i]` for names, `adjective[i]` for words like "Arvian"."""

    named: dict[int, Hit] = field(default_factory=dict)
    adjective: dict[int, str] = field(default_factory=dict)
    order: dict[str, int] = field(default_factory=dict)
    surnames: frozenset[str] = frozenset()
    genitives: set[str] = field(default_factory=set)

    def at(self, i: int) -> Hit | None:
        """The party that is named from token i on."""
        return self.named.get(i)


def introduced(tokens: Tokens, lang: Language, found: Parties) -> Iterator[tuple[str, str]]:
    """(stem, name) of each capitalised word that an office or government is "of", or owns."""
    of, articles = lang.words("of"), lang.words("articles")
    states = {n for names in lang.data["countries"]["state_nouns"] for n in names}
    genitives = tuple(lang.words("genitives")) or ("\0",)
    heads = {h.j for h in tokens.hits.get("office", []) if h.entry.kind in lang.words("state_heads")}
    governments = lang.words("governments")
    heads |= {i + 1 for i in tokens.places(governments)}
    heads |= {h.j for h in tokens.hits.get("plural", []) if of and h.entry.kind == "persons"}
    ministers = {h.j for h in tokens.hits.get("office", []) if h.entry.kind == "minister"} - (
        heads if of else set()
    )
    heads |= ministers
    owners = {h.i for h in tokens.hits.get("office", [])} | {j - 1 for j in heads}
    seen = Counter(tokens.word[i] for i in tokens.capitals())
    for j in sorted(heads):
        i = _past_portfolio(tokens, lang, j) if j in ministers else j
        if of:
            named = _past_name(tokens, found, i)
            if named > i and named < len(tokens) and tokens.low[named] in of:
                i = named
            if i >= len(tokens) or tokens.low[i] not in of or (j in ministers and i == j):
                continue
            i += 1
        while i < len(tokens) and (tokens.low[i] in articles or tokens.low[i] in states):
            i += 1 if tokens.low[i] in articles or not of else 2
        if not of and i + 1 < len(tokens) and tokens.low[i].endswith(genitives) and tokens.word[i].islower():
            i += 1
        if (not of and _adjectival(tokens, lang, i)) or tokens.hit("body", i + 1):
            continue
        if could_be(tokens, lang, found, i) and (
            of or _genitive(tokens, lang, i, seen) or _before_name(tokens, lang, i)
        ):
            if not of:
                found.genitives.add(tokens.word[i])
            yield stem_of(tokens.low[i], lang), tokens.word[i]
    yield from _by_use(tokens, lang, found)
    for i in tokens.places(lang.words("counterpart")) if of else ():
        from_there = i + 2 < len(tokens) and tokens.low[i + 1] in lang.words("origins")
        if from_there and could_be(tokens, lang, found, i + 2) and not tokens.capital(i + 3):
            yield stem_of(tokens.low[i + 2], lang), tokens.word[i + 2]
    modifiers = lang.words("portfolios") | frozenset(lang.data["offices"]["plain"])
    for i in sorted(owners):
        while i >= 3 and of and tokens.low[i - 1] in modifiers:
            i -= 1
        if i >= 2 and tokens.low[i - 1] == "'s" and could_be(tokens, lang, found, i - 2):
            yield stem_of(tokens.low[i - 2], lang), tokens.word[i - 2]


def _past_portfolio(tokens: Tokens, lang: Language, j: int) -> int:
    """The token after "of Trade and Industry"; j where no portfolio stands there."""
    i = j + 1 if j < len(tokens) and tokens.low[j] in lang.words("of") else j
    words = lang.words("portfolios") | lang.words("joiners")
    start = i
    while i < len(tokens) and tokens.low[i] in words:
        i += 1
    return i if i > start else j


def _by_use(tokens: Tokens, lang: Language, found: Parties) -> Iterator[tuple[str, str]]:
    """Words that act like parties: an adjective made from one stands before an office, or "between X
    and Y"."""
    capitals: dict[str, list[str]] = {}
    for name in sorted({w for i in tokens.capitals() if len(w := tokens.word[i]) > 3}):
        capitals.setdefault(name.lower()[:3], []).append(name)
    endings = sorted(lang.data["countries"]["endings"], key=len, reverse=True)
    latin = lang.data["script"] == "latin"
    governments = lang.words("governments")
    places = {h.i - 1 for h in tokens.hits.get("office", [])}
    places |= {i - 1 for i in tokens.places(governments | lang.words("counterpart"))}
    for i in sorted(p for p in places if p >= 0):
        word = tokens.low[i]
        if i in found.adjective or (latin and not tokens.capital(i)):
            continue
        for ending in endings:
            names = [
                c
                for c in capitals.get(word[:3], ())
                if word.endswith(ending) and c.lower() != word and derives(word[: -len(ending)], c)
            ]
            if names:
                yield stem_of(names[0].lower(), lang), names[0]
                break
    yield from _attributive(tokens, lang, found)
    yield from _bracketed(tokens, lang, found)
    relations = lang.words("relations")
    for i in tokens.places(lang.words("between_words")):
        if i + 3 >= len(tokens) or tokens.low[i + 2] not in lang.words("joiners"):
            continue
        if tokens.low[i - 1] in relations or tokens.hit("meeting", i - 1) or tokens.hit("instrument", i - 1):
            for k in (i + 1, i + 3):
                if could_be(tokens, lang, found, k) and not tokens.capital(k + 1):
                    yield stem_of(tokens.low[k], lang), tokens.word[k]
    yield from _acting(tokens, lang, found)


def _attributive(tokens: Tokens, lang: Language, found: Parties) -> Iterator[tuple[str, str]]:
    """A capitalised word that recurs and stands directly before a high office, no other capital before it:
    "the Costaverde president"."""
    if not lang.words("of"):
        return
    no_name = frozenset(lang.data["offices"]["plain"]) | lang.words("honorifics") | lang.words("portfolios")
    no_name |= lang.words("prepositions") | lang.words("articles") | lang.words("adverb_words")
    endings = lang.data["countries"]["endings"]
    leads = lang.words("articles") | lang.words("possessives")
    seen = Counter(tokens.word[i] for i in tokens.capitals())
    names: dict[str, list[str]] = {}
    for name in sorted({h.entry.kind for h in found.named.values()} | set(seen)):
        names.setdefault(name.lower()[:3], []).append(name)

    def made(k: int) -> bool:
        """Whether the word is an adjective of another name in the document."""
        low = tokens.low[k]
        bases = [low[: -len(e)] for e in endings if e and low.endswith(e)]
        near = [n for n in names.get(low[:3], ()) if n.lower() != low]
        return any(derives(base, n) for base in bases for n in near)

    offices = [h.i for h in tokens.hits.get("office", []) if h.entry.kind in lang.words("state_heads")]
    for i in sorted([*offices, *tokens.places(lang.words("counterpart"))]):
        k = i - 1
        if k < 1 or tokens.low[k] in no_name:
            continue
        led = tokens.low[k - 1] in leads
        alone = led or not (tokens.capital(k - 1) or tokens.word[k - 1] in ".:" or tokens.new_line(k))
        recurs = seen[tokens.word[k]] > 1
        if alone and recurs and could_be(tokens, lang, found, k) and not made(k):
            yield stem_of(tokens.low[k], lang), tokens.word[k]
    for i in tokens.places(lang.words("governments")):
        k = i - 1
        if k < 1 or tokens.low[k - 1] not in lang.words("articles") or tokens.low[k] in no_name:
            continue
        if seen[tokens.word[k]] > 1 and could_be(tokens, lang, found, k) and not made(k):
            yield stem_of(tokens.low[k], lang), tokens.word[k]


def _bracketed(tokens: Tokens, lang: Language, found: Parties) -> Iterator[tuple[str, str]]:
    """A single word in brackets behind a name with an honorific: "Ms. Ada Lind (Tolia)"."""
    for i in tokens.places(frozenset("(")):
        closed = tokens.low[i + 2 : i + 3] == [")"] and i > 1
        if not closed or not tokens.capital(i - 1) or not could_be(tokens, lang, found, i + 1):
            continue
        if any(w in lang.words("honorifics") for w in tokens.low[max(i - 7, 0) : i - 1]):
            yield stem_of(tokens.low[i + 1], lang), tokens.word[i + 1]


def beside(tokens: Tokens, lang: Language, found: Parties) -> Iterator[tuple[str, str]]:
    """A single capitalised word joined by "and" to a party that the document introduced."""
    for i, hit in list(found.named.items()):
        for k, edge in ((i - 2, i - 3), (hit.j + 1, hit.j + 2)):
            link = i - 1 if k < i else hit.j
            joined = 0 <= k < len(tokens) and tokens.low[link] in lang.words("joiners")
            if joined and not tokens.capital(edge) and could_be(tokens, lang, found, k):
                yield stem_of(tokens.low[k], lang), tokens.word[k]


def _acting(tokens: Tokens, lang: Language, found: Parties) -> Iterator[tuple[str, str]]:
    """A single capitalised word that recurs, never stands beside another one, and is a modal's subject; or
    one that says of itself that "it" will or cannot."""
    caps = tokens.caps

    def alone(word: str) -> bool:
        places = [n for n in tokens.places((word.lower(),)) if tokens.word[n] == word]
        beside = any((n and caps[n - 1]) or caps[n + 1 : n + 2] == b"\x01" for n in places)
        common = word.lower() in tokens.word  # a plain noun that only opens sentences
        return len(places) > 1 and not beside and not common

    for hit in tokens.hits.get("speech", []):
        k = hit.j + 1
        said = hit.j < len(tokens) and tokens.low[hit.j] in lang.words("that") and tokens.hit("pronoun", k)
        own = said and said.entry.kind == "it" and tokens.hit("modal", k + 1)
        lone = hit.i and not (hit.i > 1 and caps[hit.i - 2]) and could_be(tokens, lang, found, hit.i - 1)
        if own and lone:
            yield stem_of(tokens.low[hit.i - 1], lang), tokens.word[hit.i - 1]
    known: dict[str, bool] = {}
    for hit in tokens.hits.get("modal", []):
        i = hit.i - 1
        word = tokens.word[i] if i >= 0 else ""
        if not word or not caps[i] or not could_be(tokens, lang, found, i):
            continue
        if word not in known:
            known[word] = alone(word)
        if known[word]:
            yield stem_of(word.lower(), lang), word


def could_be(tokens: Tokens, lang: Language, found: Parties, i: int) -> bool:
    """Whether token i may be the name of an unknown party: a capitalised word of no other class."""
    if not tokens.capital(i) or i in found.named or i in found.adjective or len(tokens.word[i]) < 3:
        return False
    low = tokens.low[i]
    if low in found.surnames:
        return False
    taken = (
        low.startswith(tuple(lang.words("ministries")))
        or low in lang.words("portfolios")
        or low in lang.months
        or low in lang.weekdays
    )
    taken = taken or low in lang.words("openers") or tokens.hit("plural", i) is not None
    return not (
        taken
        or tokens.hit("pronoun", i)
        or tokens.hit("office", i)
        or tokens.hit("body", i)
        or low in lang.words("generic")
    )


def _adjectival(tokens: Tokens, lang: Language, i: int) -> bool:
    """Whether a capitalised word is an adjective before a common noun: «Степного экономического союза»."""
    endings = tuple(lang.words("genitives"))
    return i + 1 < len(tokens) and tokens.low[i].endswith(endings) and tokens.word[i + 1].islower()


def _past_name(tokens: Tokens, found: Parties, i: int) -> int:
    """The token after the capitalised words of a name at token i, four at most."""
    k = i
    while k < min(i + 4, len(tokens)) and tokens.capital(k) and tokens.word[k].isalpha():
        if k in found.named or tokens.hit("office", k):
            return i
        k += 1
    return k


def surnames(tokens: Tokens, lang: Language) -> frozenset[str]:
    """Words that somewhere end a run of capitalised words after an honorific, an office or another name: they
    are persons', not parties'. Nothing in a language whose offices stand directly before a party."""
    if not lang.words("of"):
        return frozenset()
    closed = (
        lang.words("openers") | lang.words("articles") | lang.words("prepositions") | lang.words("directions")
    )
    heads = {h.j for h in tokens.hits.get("office", [])}
    found: set[str] = set()
    low, caps, honorifics, parties = (
        tokens.low,
        tokens.caps,
        lang.words("honorifics"),
        tokens.at.get("party", {}),
    )
    for i in tokens.capitals():
        if i == 0 or len(low[i]) < 3 or low[i] in found:
            continue
        before = low[i - 1]
        honoured = before in honorifics or (before == "." and low[i - 2] in honorifics)
        named = caps[i - 1] and before.isalpha() and before not in closed and i - 1 not in parties
        if honoured or i in heads or (named and i - 1 not in heads):
            found.add(low[i])
    return frozenset(found)


def _before_name(tokens: Tokens, lang: Language, i: int) -> bool:
    """Whether two further capitalised words follow, the first no patronymic: then they are the person's name
    and token i is what the office is of."""
    patronymics = tuple(lang.table("names").get("patronymics", ()))
    last = i + 3 if "".join(tokens.low[i + 2 : i + 3]) in lang.words("particles") else i + 2
    more = tokens.capital(i + 1) and tokens.capital(last) and tokens.word[i + 1].isalpha()
    return bool(patronymics) and more and not tokens.low[i + 1].endswith(patronymics)


def _genitive(tokens: Tokens, lang: Language, i: int, seen: Counter[str]) -> bool:
    """Whether a word set directly after an office looks like a place: it recurs in another form."""
    stem = stem_of(tokens.low[i], lang)
    alone = tokens.capital(i + 1) and tokens.word[i + 1].isalpha() and not tokens.capital(i + 2)
    particle = tokens.low[i + 2 : i + 3] and tokens.low[i + 2] in lang.words("particles")
    if tokens.low[i].endswith("ии") and (initial(tokens, i + 1) or not tokens.capital(i + 1)):
        return True
    if alone and not particle and not _adjective_of(tokens, lang, stem) and not tokens.low[i].endswith("ии"):
        return False  # «президент Имя Фамилия»
    forms = {w for w in seen if (low := w.lower()).startswith(stem) and stem_of(low, lang) == stem}
    return len(forms) > 1 or seen[tokens.word[i]] > 1 or _adjective_of(tokens, lang, stem)


def initial(tokens: Tokens, i: int) -> bool:
    """Whether token i is an initial, or several: «С.», «С.В.»."""
    low = "".join(tokens.low[i : i + 2])
    return tokens.capital(i) and low[1:2] == "."


def _adjective_of(tokens: Tokens, lang: Language, stem: str) -> bool:
    endings = tuple(lang.data["countries"]["endings"])
    return any(w.startswith(stem) and w != stem and w.endswith(endings) for w in tokens.seen)


def stem_of(word: str, lang: Language) -> str:
    """The part of a name that its cases share; the word itself in a language without cases."""
    forms = _case_endings(lang.code)
    if not word.endswith(forms):
        return word
    ending = next((f for f in forms if word.endswith(f) and len(word) - len(f) >= 3), "")
    return word[: len(word) - len(ending)]


@cache
def _case_endings(code: str) -> tuple[str, ...]:
    """All endings of the names' cases, in the order of the table."""
    return tuple(form for forms in load(code).data["countries"]["suffixes"] for form in forms if form)


def derives(base: str, name: str) -> bool:
    """Whether an adjective's base and a name begin alike up to the name's ending."""
    low = name.lower()
    if len(base) < 3:
        return False
    if " " in low:  # «Горская Республика»: «горский»
        first = low.split()[0]
        return (
            first.endswith(("ая", "ий", "ый", "ое")) and first.startswith(base) and len(first) < len(base) + 5
        )
    short = low.rstrip("aeiouyаеиоуыэюяьй")
    return (
        base == low
        or (low.startswith(base) and len(low) - len(base) <= 2)
        or (len(short) > 2 and base.startswith(short) and len(base) - len(short) <= 2)
    )

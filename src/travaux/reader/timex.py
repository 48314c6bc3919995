"""Dates in prose: the grammar that finds them. What they are worth is said by `calendars`.

The word classes come from CLDR and the language's data, the forms from its ``[dates.forms]``. The one
compiled pattern runs only near words that can belong to a date, and never backtracks over more than one form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import msgspec

from travaux.reader.language import Language, load
from travaux.reader.openings import DIGIT, first_words
from travaux.reader.tokens import Tokens

_REACH = 8  # tokens from the start of an expression to its first telling word
_YEAR = r"(?:1[89]|20|21)\d\d"
_SLOT = re.compile(r"\{([a-z0-9]+)\}")
_GROUP = re.compile(r"\(\?(?:P<\w+>|<?[=!:])")
_LETTERS = re.compile(r"[^\W\d_]+")
_NAMED = re.compile(r"\(\?P<(\w+)>")


class Found(msgspec.Struct, frozen=True, gc=False):
    """One expression: characters `start`..`end`, the `rule` (name of its form), the words of its slots."""

    start: int
    end: int
    rule: str
    slots: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """A language's date grammar: its forms, the words that can begin each (`DIGIT` for a number), the words
    that only dates have, and all words that can stand inside an expression."""

    parts: tuple[str, ...]
    rules: tuple[str, ...]
    slots: tuple[tuple[tuple[str, str], ...], ...]
    begin: Mapping[str, tuple[int, ...]]
    triggers: frozenset[str]
    cased: frozenset[str]
    firsts: frozenset[str]
    vocabulary: frozenset[str]


def _choice(words: object) -> str:
    """Alternatives, longest first."""
    return "(?:" + "|".join(re.escape(w) for w in sorted(map(str, words), key=len, reverse=True)) + ")"  # type: ignore[call-overload]


def _grown(table: Mapping[str, Mapping[str, object]] | None) -> str:
    """A number and a unit grown together; nothing in a language that has none."""
    if not table:
        return "(?!)"
    number, stem, ending = (_choice(table[k]) for k in ("numbers", "stems", "endings"))
    return rf"(?P<grown>{number}|\d{{1,3}}-?)(?P<stem>{stem}){ending}"


def _classes(lang: Language) -> dict[str, str]:
    dates = lang.data["dates"]
    month, weekday = _choice(lang.months), _choice(lang.weekdays)
    numbers = rf"(?:(?!{_YEAR}\b)\d{{1,4}}(?:[.,]\d+)?|{_choice(dates['numbers'])})"
    plain = {name: _choice(dates[name]) for name in ("vague", "this", "next", "last", "every", "over")}
    return {
        **plain,
        "month": f"(?P<month>{month})",
        "month2": f"(?P<month2>{month})",
        "weekday": f"(?P<weekday>{weekday})",
        "day": r"(?P<day>[0-3]?\d)",
        "day2": r"(?P<day2>[0-3]?\d)",
        "year": f"(?P<year>{_YEAR})",
        "year2": f"(?P<year2>{_YEAR})",
        "num": f"(?P<num>{numbers})",
        "unit": f"(?P<unit>{_choice(dates['units'])})",
        "part": f"(?P<part>{_choice(dates['parts'])})",
        "half": f"(?P<half>{_choice(dates['halves'])})",
        "season": f"(?P<season>{_choice(dates['seasons'])})",
        "today": f"(?P<today>{_choice(dates['tomorrow'])})",
        "rate": f"(?P<rate>{_choice(dates['rates'])})",
        "ordinal": f"(?P<ordinal>{_choice(dates['ordinals'])})",
        "grown": _grown(dates.get("compounds")),
        "ago": f"(?P<ago>{_choice(dates['ago'])})",
        "before": f"(?P<before>{_choice(dates['before'])})",
        "later": f"(?P<later>{_choice(dates['later'])})",
    }


@cache
def grammar(code: str) -> Grammar:
    """The date grammar of a language, made once."""
    lang = load(code)
    classes = _classes(lang)
    parts: list[str] = []
    rules: list[str] = []
    slots: list[tuple[tuple[str, str], ...]] = []
    begin: dict[str, set[int]] = {}
    for rule, forms in lang.data["dates"]["forms"].items():
        for form in forms:
            n = len(rules)
            filled = _SLOT.sub(lambda m: classes.get(m[1], m[0]), form)
            names = _NAMED.findall(filled)
            slots.append(tuple((name, f"{name}_{n}") for name in dict.fromkeys(names)))
            parts.append(f"(?P<r{n}>{_NAMED.sub(lambda m, n=n: f'(?P<{m[1]}_{n}>', filled)})")  # type: ignore[misc]
            rules.append(rule)
            for word in (*first_words(filled), *(_compounds(lang) if "{grown}" in form else ())):
                begin.setdefault(word, set()).add(n)
    cased = frozenset(lang.data["dates"]["ambiguous"])
    firsts = frozenset(begin)
    return Grammar(
        tuple(parts),
        tuple(rules),
        tuple(slots),
        {word: tuple(sorted(numbers)) for word, numbers in begin.items()},
        _triggers(lang),
        cased,
        firsts,
        _vocabulary(lang, firsts),
    )


@cache
def pattern(code: str, numbers: tuple[int, ...]) -> re.Pattern[str]:
    """The forms with these numbers as one pattern."""
    parts = grammar(code).parts
    return re.compile(r"(?<![\w-])(?:" + "|".join(parts[n] for n in numbers) + r")(?![\w])(?!-\w)", re.I)


def _compounds(lang: Language) -> list[str]:
    """One-word durations, number and unit grown together, in all their forms."""
    table = lang.data["dates"].get("compounds")
    if not table:
        return []
    return [n + s + e for n in ("", *table["numbers"]) for s in table["stems"] for e in table["endings"]]


def _triggers(lang: Language) -> frozenset[str]:
    """The last words of the phrases that only dates have."""
    dates = lang.data["dates"]
    phrases = [
        *lang.months,
        *lang.weekdays,
        *_compounds(lang),
        *(p for c in ("units", "seasons", "tomorrow", "rates") for p in dates[c]),
    ]
    return frozenset(phrase.split()[-1] for phrase in phrases) | frozenset(dates["lone"])


def _vocabulary(lang: Language, firsts: frozenset[str]) -> frozenset[str]:
    """Every word that can stand inside an expression, from the classes and the forms; the marks too."""
    dates = lang.data["dates"]
    found = set(firsts) | _triggers(lang) | set(",.-–/'") | {"'s"}
    phrases = [
        p for table in dates.values() if isinstance(table, dict | list) for p in table if isinstance(p, str)
    ]
    phrases += [_GROUP.sub("(", _SLOT.sub(" ", f)) for forms in dates["forms"].values() for f in forms]
    for phrase in phrases:
        found.update(w.lower() for w in _LETTERS.findall(phrase))
    return frozenset(found)


def expressions(tokens: Tokens, lang: Language) -> Iterator[Found]:
    """Every date expression of the text, left to right, none overlapping another."""
    known = grammar(lang.code)
    done = 0
    for i, first in _starts(tokens, known):
        at = tokens.start[i]
        forms = known.begin.get(first, ()) if at >= done else ()
        match = pattern(lang.code, forms).match(tokens.text, at) if forms else None
        if match is None:
            continue
        n = int(match.lastgroup[1:]) if match.lastgroup else 0
        slots = {k: v for k, g in known.slots[n] if (v := match[g])}
        found = Found(at, match.end(), known.rules[n], slots)
        if _capital_where_needed(found, tokens.text, known.cased):
            done = match.end()
            yield found


def _starts(tokens: Tokens, known: Grammar) -> Iterator[tuple[int, str]]:
    """The tokens that can begin an expression, each with the key of its forms: of a class that begins one, a
    trigger not far behind. Linear."""
    done = 0
    triggers = known.triggers
    words = (w for w in tokens.seen if w in triggers or (not w.isalpha() and _trigger(w, triggers)))
    for k in tokens.places(words):
        run = k
        while run > max(done, k - _REACH) and _inside(tokens.low[run - 1], known):
            run -= 1
        for i in range(run, k + 1):
            if first := _first(tokens.low[i], known.firsts):
                yield i, first
        done = k + 1


def _first(low: str, firsts: frozenset[str]) -> str:
    """The key under which the forms that a word can begin are kept; "" where it begins none."""
    if low[0].isdigit():
        return DIGIT
    if low in firsts:
        return low
    part = low.split("-", 1)[0] if "-" in low else ""
    return part if part in firsts else ""


def _inside(low: str, known: Grammar) -> bool:
    """Whether a word can stand inside an expression."""
    return low in known.vocabulary or low[0].isdigit() or _hyphened(low, known.vocabulary)


def _trigger(low: str, triggers: frozenset[str]) -> bool:
    """Whether a word can belong to a date: of a class that only dates have, or a year."""
    if low in triggers or ("-" in low and _hyphened(low, triggers)):
        return True
    return low[0].isdigit() and len(low) >= 4 and (low[:4].isdigit() or low.count(".") == 2)


def _hyphened(low: str, triggers: frozenset[str]) -> bool:
    """A compound such as "mid-march" or "six-month"."""
    return "-" in low and any(part in triggers for part in low.split("-"))


def _capital_where_needed(found: Found, text: str, cased: frozenset[str]) -> bool:
    """Words that are also common words ("may", "march") need a capital, and alone a preposition before
    them."""
    for slot in ("month", "weekday"):
        word = found.slots.get(slot, "")
        if word.lower() in cased:
            if not word[:1].isupper():
                return False
            if found.rule in ("month", "weekday") and not re.search(
                r"\b(?:the|in|on|by|since|until|of|from|to|this|last|next|before|after)\s$",
                text[max(found.start - 8, 0) : found.start],
                re.I,
            ):
                return False
    if found.slots.get("rate", "")[:1].isupper() and not re.search(
        r"(?:^|[.!?:\n]\s*)$", text[max(found.start - 3, 0) : found.start]
    ):
        return False
    if (
        found.rule == "season-year"
        and "year" not in found.slots
        and found.slots.get("season", "").lower() == "fall"
    ):
        return "rel" in found.slots
    return True

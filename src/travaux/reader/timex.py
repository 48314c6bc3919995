"""Dates in prose: the grammar that finds them. What they are worth is said by `calendars`.

The word classes come from CLDR and the language's data, the forms from its ``[dates.forms]``. The one
compiled pattern runs only near words that can belong to a date, and never backtracks over more than one form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from travaux.reader.language import Language, load
from travaux.reader.tokens import Tokens

_BEFORE, _AFTER = 42, 60  # characters around a trigger word that one expression can span
_YEAR = r"(?:1[89]|20|21)\d\d"
_SLOT = re.compile(r"\{([a-z0-9]+)\}")
_NAMED = re.compile(r"\(\?P<(\w+)>")


@dataclass(frozen=True, slots=True)
class Found:
    """One expression: characters `start`..`end`, the `rule` (name of its form), the words of its slots."""

    start: int
    end: int
    rule: str
    slots: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """A language's compiled date grammar and the words that can begin or hold an expression."""

    pattern: re.Pattern[str]
    rules: tuple[str, ...]
    slots: tuple[tuple[tuple[str, str], ...], ...]
    triggers: frozenset[str]
    cased: frozenset[str]


def _choice(words: object) -> str:
    """Alternatives, longest first."""
    return "(?:" + "|".join(re.escape(w) for w in sorted(map(str, words), key=len, reverse=True)) + ")"  # type: ignore[call-overload]


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
        "ago": f"(?P<ago>{_choice(dates['ago'])})",
        "before": f"(?P<before>{_choice(dates['before'])})",
        "later": f"(?P<later>{_choice(dates['later'])})",
    }


@cache
def grammar(code: str) -> Grammar:
    """The date grammar of a language, compiled once."""
    lang = load(code)
    classes = _classes(lang)
    parts: list[str] = []
    rules: list[str] = []
    slots: list[tuple[tuple[str, str], ...]] = []
    for rule, forms in lang.data["dates"]["forms"].items():
        for form in forms:
            n = len(rules)
            filled = _SLOT.sub(lambda m: classes.get(m[1], m[0]), form)
            names = _NAMED.findall(filled)
            slots.append(tuple((name, f"{name}_{n}") for name in dict.fromkeys(names)))
            parts.append(f"(?P<r{n}>{_NAMED.sub(lambda m, n=n: f'(?P<{m[1]}_{n}>', filled)})")  # type: ignore[misc]
            rules.append(rule)
    pattern = re.compile(r"(?<![\w-])(?:" + "|".join(parts) + r")(?![\w])(?!-\w)", re.I)
    return Grammar(
        pattern, tuple(rules), tuple(slots), _triggers(lang), frozenset(lang.data["dates"]["ambiguous"])
    )


def _triggers(lang: Language) -> frozenset[str]:
    dates = lang.data["dates"]
    phrases = [
        *lang.months,
        *lang.weekdays,
        *dates["units"],
        *dates["seasons"],
        *dates["tomorrow"],
        *dates["rates"],
    ]
    return frozenset(
        word for phrase in phrases for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", phrase)
    ) | {"year-end"}


def expressions(tokens: Tokens, lang: Language) -> Iterator[Found]:
    """Every date expression of the text, left to right, none overlapping another."""
    known = grammar(lang.code)
    done = 0
    for start, end in _windows(tokens, known.triggers):
        at = max(start, done)
        while (match := known.pattern.search(tokens.text, at, end)) is not None:
            n = int(match.lastgroup[1:]) if match.lastgroup else 0
            found = Found(
                match.start(),
                match.end(),
                known.rules[n],
                {k: v for k, g in known.slots[n] if (v := match[g])},
            )
            at = done = match.end()
            if _capital_where_needed(found, tokens.text, known.cased):
                yield found


def _windows(tokens: Tokens, triggers: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Merged stretches of text around the words that can belong to a date; linear."""
    start = end = -1
    size = len(tokens.text)
    for i, low in enumerate(tokens.low):
        first = low[0]
        if not (
            low in triggers
            or (first in "12" and low[:4].isdigit() and len(low) >= 4)
            or _hyphened(low, triggers)
        ):
            continue
        left, right = max(tokens.start[i] - _BEFORE, 0), min(tokens.end[i] + _AFTER, size)
        if left <= end:
            end = right
            continue
        if end >= 0:
            yield start, end
        start, end = left, right
    if end >= 0:
        yield start, end


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
                r"\b(?:in|on|by|since|until|of|from|to|this|last|next|before|after)\s$",
                text[max(found.start - 8, 0) : found.start],
                re.I,
            ):
                return False
    if (
        found.rule == "season-year"
        and "year" not in found.slots
        and found.slots.get("season", "").lower() == "fall"
    ):
        return "rel" in found.slots
    return True

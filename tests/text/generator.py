"""Invented provisions, edits with a known truth, and versions of many parties; same seed, same texts."""

from __future__ import annotations

import random
from dataclasses import dataclass

SUBJECTS = (
    "each harbour authority|the joint board|every carrier|the host region|both registries|the "
    "pilot office|a licensed broker|the audit panel"
).split("|")
MODALS = ["shall", "should", "may", "will", "must", "is to"]
VERBS = (
    "publish review fund inspect register insure translate archive certify suspend restore "
    "calibrate measure approve notify deliver escort weigh seal compare"
).split()
ADJECTIVES = (
    "annual local maritime seasonal digital reliable shared coastal frozen regional quarterly "
    "neutral verified open modest standing rural secure early tidal"
).split()
NOUNS = (
    "ledgers tolls beacons timetables cranes permits pipelines archives samples seeds orchards "
    "bridges turbines vessels routes tariffs quotas reservoirs maps markets shelters depots"
).split()
TAILS = (
    "in the northern strait|under annex 4|within 30 days|by common notice|through the shared "
    "desk|before the spring session|at its own cost|with due care|in good faith"
).split("|")
RIVALS = {
    "shall": ["should", "may"],
    "should": ["shall"],
    "may": ["shall", "will"],
    "and": ["or"],
    "annual": ["yearly"],
    "must": ["ought to"],
    "within": ["not later than"],
    "shared": ["common", "jointly held"],
}
INVENTED = [
    "".join(
        random.Random(k).choice(p)
        for p in ("bdfgklmnprstv", "aeiou", "bdglmnrstz", "aeiou", "lnrst", ["s", "ment", "ity", "ion"])
    )
    for k in range(2200)
]


@dataclass(frozen=True)
class Edit:
    """Words `start` to `end` (exclusive) of the base become `words`."""

    start: int
    end: int
    words: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """Versions by party, the edits each party made on the base (None: its text is no edit of the base)."""

    base: tuple[str, ...]
    versions: dict[str, str]
    edits: dict[str, tuple[Edit, ...] | None]


def spell(words: tuple[str, ...] | list[str]) -> str:
    """Words with blanks between, none before punctuation."""
    text = " ".join(words)
    for mark in ",.;:":
        text = text.replace(f" {mark}", mark)
    return text


def _noun_phrase(rng: random.Random) -> list[str]:
    noun = INVENTED[int(rng.paretovariate(0.5)) % 2200] if rng.random() < 0.45 else rng.choice(NOUNS)
    first = [rng.choice(ADJECTIVES)] if rng.random() < 0.8 else []
    return [*first, *(["and", rng.choice(ADJECTIVES)] if first and rng.random() < 0.3 else []), noun]


def _clause(rng: random.Random) -> list[str]:
    words = [rng.choice(VERBS), *_noun_phrase(rng)]
    if rng.random() < 0.6:
        words += ["and", *_noun_phrase(rng)]
    if rng.random() < 0.5:
        words += [
            "for",
            "the",
            rng.choice(["upkeep", "renewal", "safety", "supply"]),
            "of",
            *_noun_phrase(rng),
        ]
    return words + ([",", *rng.choice(TAILS).split()] if rng.random() < 0.5 else [])


def paragraph(rng: random.Random, size: int) -> tuple[str, ...]:
    """About `size` words of invented provision; marks are words of their own here."""
    words: list[str] = []
    while len(words) < size:
        words += [*rng.choice(SUBJECTS).split(), rng.choice(MODALS), *_clause(rng), "."]
    return (*words[: size - 1], ".")


def edit(rng: random.Random, base: tuple[str, ...]) -> Edit:
    """One edit at a random word."""
    at, roll = rng.randrange(len(base) - 1), rng.random()
    if roll < 0.35:
        near = next((k for k in [*range(at, len(base)), *range(at)] if base[k] in RIVALS), at)
        return Edit(near, near + 1, tuple(rng.choice(RIVALS.get(base[near], ["any"])).split()))
    if roll < 0.6:
        more = [
            [rng.choice(ADJECTIVES)],
            ["and", rng.choice(ADJECTIVES)],
            rng.choice(TAILS).split(),
            ["as", "appropriate", ","],
        ]
        return Edit(at, at, tuple(rng.choice(more)))
    if roll < 0.8:
        return Edit(at, min(len(base) - 1, at + rng.randint(1, 6)), ())
    return Edit(at, min(len(base) - 1, at + rng.randint(1, 4)), tuple(_noun_phrase(rng)))


def applied(
    base: tuple[str, ...], edits: tuple[Edit, ...], start: int = 0, end: int | None = None
) -> list[str]:
    """Words `start` to `end` of the base with the edits that lie there."""
    words: list[str] = []
    at = start
    for one in sorted(edits, key=lambda e: (e.start, e.end)):
        words += [*base[at : one.start], *one.words]
        at = one.end
    return [*words, *base[at : len(base) if end is None else end]]


def _apart(one: Edit, others: list[Edit]) -> bool:
    return all(one.end < other.start or other.end < one.start for other in others)


def case(rng: random.Random, parties: int, size: int = 60) -> Case:
    """A provision with a version for each of `parties`; popular edits are shared by several."""
    base = paragraph(rng, size)
    pool = [edit(rng, base) for _ in range(min(12, 3 + int(parties**0.5)))]
    rival = paragraph(rng, size // 2)
    versions: dict[str, str] = {}
    edits: dict[str, tuple[Edit, ...] | None] = {}
    for k in range(parties):
        name, roll = f"P{k:03}", rng.random()
        if parties > 2 and roll < 0.03:
            versions[name], edits[name] = ("" if roll < 0.02 else spell(rival)), None
            continue
        mine: list[Edit] = []
        for _ in range(rng.choice([0, 0, 1, 1, 2, 3])):
            known = pool[min(len(pool) - 1, int(rng.expovariate(3 / len(pool))))]
            one = known if rng.random() < 0.85 else edit(rng, base)
            mine += [one] * _apart(one, mine)
        edits[name] = tuple(mine)
        versions[name] = spell(applied(base, tuple(mine)))
    return Case(base, versions, edits)


def oracle(made: Case) -> tuple[int, int]:
    """(sites, contested words) that one who saw every edit would print."""
    known = [held for held in made.edits.values() if held is not None]
    zones: list[list[int]] = []
    for one in sorted({e for held in known for e in held}, key=lambda e: (e.start, e.end)):
        if zones and one.start <= zones[-1][1]:
            zones[-1][1] = max(zones[-1][1], one.end)
        else:
            zones.append([one.start, one.end])
    sites = words = 0
    for start, end in zones:
        inside = {
            tuple(applied(made.base, tuple(e for e in held if start <= e.start and e.end <= end), start, end))
            for held in known
        }
        if len(inside) > 1:
            sites += 1
            words += sum(word not in ",.;:" for reading in inside for word in reading)
    return sites + any(held is None for held in made.edits.values()), words

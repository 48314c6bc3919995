"""Parties' wordings of one provision, compiled into one bracketed text that gives each of them back.

Words that all wordings share stand once, outside brackets; shared is not agreed: agreement is an act. Order
and names of parties do not change the tree. Differences of typography alone open no bracket: the form with
most supporters is printed, and `Compiled.typography` keeps what each party wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from travaux.acts.fault import Refused, refused
from travaux.text.compile_print import Printer, Wording, identified
from travaux.text.compile_windows import Solver
from travaux.text.model import Bracket, Run, Text, brackets
from travaux.text.resolve import Held, chosen
from travaux.text.tokens import BREAK, LABEL, Tokens, anchor_weight, is_word, print_weight, tokenize
from travaux.text.typography import Touch, touches, unlined

_FIRST_CHARACTER, _SURROGATES = 0x20, range(0xD800, 0xE000)
_SENTENCE_ENDS = frozenset([".", "?", "!", ":", BREAK, LABEL])


@dataclass(frozen=True, slots=True)
class Counts:
    """`sites` are brackets, nested ones included; `readings` printed options, the empty one not counted;
    `contested_words` the words of options that hold no further bracket.
    """

    sites: int
    readings: tuple[int, ...]
    contested_words: int
    options: int


@dataclass(frozen=True, slots=True)
class Compiled:
    """One bracketed text, its `parties` in order of name, and each one's own typography where it differs."""

    text: Text
    parties: tuple[str, ...]
    typography: tuple[tuple[str, tuple[Touch, ...]], ...] = ()

    @property
    def counts(self) -> Counts:
        """Sites, readings per site, contested words and options in all."""
        sites = list(brackets(self.text))
        readings = tuple(sum(bool(option.text) for option in site.options) for site in sites)
        return Counts(len(sites), readings, _contested(sites), sum(len(site.options) for site in sites))


def named(pairs: Iterable[tuple[str, str]]) -> dict[str, str] | Refused:
    """Versions by party from (party, wording) pairs; two wordings under one name are refused."""
    versions: dict[str, str] = {}
    for party, wording in pairs:
        if party in versions:
            return refused("text.party_twice", party=party)
        versions[party] = wording
    return versions


def compile(versions: Mapping[str, str], *, alpha: float = 3.0) -> Compiled:  # noqa: A001
    """The bracketed text of `versions`, party → wording (any string; "" proposes that nothing stands here).

    `alpha` is the price of a bracket in words: less gives more and smaller brackets, more gives fewer and
    larger ones. A party without a version is in no option. ``resolve(compile(v), p) == v[p]`` for every p.
    """
    wordings = _wordings(versions)
    parties = tuple(sorted(versions))
    if not wordings:
        return Compiled((), parties)
    text = _text(wordings, alpha)
    return Compiled(text, parties, _typography(text, wordings))


def _wordings(versions: Mapping[str, str]) -> list[Wording]:
    """Distinct wordings, most supporters first, then by text."""
    holders: dict[str, list[str]] = {}
    for party, text in versions.items():
        holders.setdefault(text, []).append(party)
    order = sorted(holders, key=lambda text: (-len(holders[text]), text))
    return [Wording(text, tokenize(unlined(text)), tuple(sorted(holders[text]))) for text in order]


def _text(wordings: list[Wording], alpha: float) -> Text:
    names = sorted({key for wording in wordings for key in wording.tokens.keys})
    letters = dict(zip(names, _letters(len(names)), strict=True))
    strings = ["".join(map(letters.__getitem__, _unraised(wording.tokens, letters))) for wording in wordings]
    counts: dict[str, int] = {}
    for string, wording in zip(strings, wordings, strict=True):
        counts[string] = counts.get(string, 0) + len(wording.parties)
    order = tuple(sorted(counts, key=lambda string: (-counts[string], string)))
    printed = {letter: print_weight(name) for name, letter in letters.items()}
    anchors = {letter: anchor_weight(name) for name, letter in letters.items()}
    solver = Solver(printed, anchors, alpha, sum(map(len, order)))
    _, plan = solver.solve(order, tuple(counts[string] for string in order))
    rank = {string: k for k, string in enumerate(order)}
    groups: list[list[int]] = [[] for _ in order]
    for k, string in enumerate(strings):
        groups[rank[string]].append(k)
    return identified(Printer(wordings).text(plan, groups))


def _letters(count: int) -> Iterator[str]:
    """`count` rising characters, none of them a surrogate."""
    before = min(count, _SURROGATES.start - _FIRST_CHARACTER)
    yield from map(chr, range(_FIRST_CHARACTER, _FIRST_CHARACTER + before))
    yield from map(chr, range(_SURROGATES.stop, _SURROGATES.stop + count - before))


def _unraised(tokens: Tokens, known: Mapping[str, str]) -> Sequence[str]:
    """The keys; a capital that only begins a sentence is the small letter, where that word is known."""
    begins = [0, *(k for k, key in enumerate(tokens.keys, 1) if key in _SENTENCE_ENDS)]
    keys = list(tokens.keys)
    for k in begins:
        key = keys[k] if k < len(keys) else ""
        if key[:1].isupper() and (small := key[0].lower() + key[1:]) in known:
            keys[k] = small
    return keys


def _typography(text: Text, wordings: list[Wording]) -> tuple[tuple[str, tuple[Touch, ...]], ...]:
    found = []
    held: Held = {}
    for wording in wordings:
        plain = chosen(text, wording.parties[0], held)
        if plain != wording.text:
            made = touches(plain or "", wording.text)
            found += [(party, made) for party in wording.parties]
    return tuple(sorted(found))


def _contested(sites: Iterable[Bracket]) -> int:
    innermost = (
        option.text
        for site in sites
        for option in site.options
        if all(isinstance(piece, Run) for piece in option.text)
    )
    runs = (piece.text for text in innermost for piece in text if isinstance(piece, Run))
    return sum(is_word(key) for run in runs for key in tokenize(run).keys)

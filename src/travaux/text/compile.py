"""Parties' wordings of one provision, compiled into one bracketed text that gives each of them back.

Words that all wordings share stand once, outside brackets; shared is not agreed: agreement is an act. Order
and names of parties do not change the tree. Differences of typography alone open no bracket: the form with
most supporters is printed, and `Compiled.typography` keeps what each party wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from travaux.acts.fault import Refused, refused
from travaux.text.compile_print import Printer, Wording, identified
from travaux.text.compile_windows import Solver
from travaux.text.model import Bracket, Run, Text, brackets
from travaux.text.resolve import Held, chosen
from travaux.text.tokens import BREAK, LABEL, Tokens, anchor_weight, is_word, print_weight, tokenize
from travaux.text.typography import Touch, touches

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
    letters = _letters(wordings)
    text = _text(wordings, letters, alpha)
    return Compiled(text, parties, _typography(text, wordings))


def _wordings(versions: Mapping[str, str]) -> list[Wording]:
    """Distinct wordings, most supporters first, then by text."""
    holders: dict[str, list[str]] = {}
    for party, text in versions.items():
        holders.setdefault(text, []).append(party)
    order = sorted(holders, key=lambda text: (-len(holders[text]), text))
    return [Wording(text, tokenize(text), tuple(sorted(holders[text]))) for text in order]


def _text(wordings: list[Wording], letters: list[str], alpha: float) -> Text:
    keys = _keys(wordings)
    strings = ["".join(map(letters.__getitem__, row)) for row in keys]
    counts: dict[str, int] = {}
    for string, wording in zip(strings, wordings, strict=True):
        counts[string] = counts.get(string, 0) + len(wording.parties)
    order = tuple(sorted(counts, key=lambda string: (-counts[string], string)))
    names = _alphabet(wordings)
    printed = {letter: print_weight(name) for letter, name in zip(letters, names, strict=True)}
    anchors = {letter: anchor_weight(name) for letter, name in zip(letters, names, strict=True)}
    solver = Solver(printed, anchors, alpha, sum(map(len, order)))
    _, plan = solver.solve(order, tuple(counts[string] for string in order))
    rank = {string: k for k, string in enumerate(order)}
    groups: list[list[int]] = [[] for _ in order]
    for k, string in enumerate(strings):
        groups[rank[string]].append(k)
    return identified(Printer(wordings).text(plan, groups))


def _alphabet(wordings: list[Wording]) -> list[str]:
    return sorted({key for wording in wordings for key in wording.tokens.keys})


def _letters(wordings: list[Wording]) -> list[str]:
    """One character for each key in order of text, none of them a surrogate."""
    letters = []
    code = _FIRST_CHARACTER
    for _ in _alphabet(wordings):
        code = _SURROGATES.stop if code == _SURROGATES.start else code
        letters.append(chr(code))
        code += 1
    return letters


def _keys(wordings: list[Wording]) -> list[list[int]]:
    """Numbers of keys per wording; a capital that only begins a sentence is that of the small word."""
    number = {key: k for k, key in enumerate(_alphabet(wordings))}
    return [[number[key] for key in _unraised(wording.tokens, number)] for wording in wordings]


def _unraised(tokens: Tokens, known: Mapping[str, int]) -> list[str]:
    keys = list(tokens.keys)
    begins = True
    for k, key in enumerate(tokens.keys):
        if begins and key[:1].isupper() and (small := key[0].lower() + key[1:]) in known:
            keys[k] = small
        begins = key in _SENTENCE_ENDS
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

"""From a plan over token strings to a `Text` of literal words, with blanks put where a reader expects them.

Every token brings the gap before it. A gap that depends on the option before it moves into that option; a
blank that all options begin with moves out of the bracket. What still differs for a party is typography.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from travaux.text.compile_windows import Plan, Site, Sub
from travaux.text.model import (
    Bracket,
    Degree,
    Kind,
    Option,
    Piece,
    Position,
    Run,
    Text,
    joined,
    rebuild,
    walk,
)
from travaux.text.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Wording:
    """One distinct wording, its tokens, and the parties that hold it."""

    text: str
    tokens: Tokens
    parties: tuple[str, ...]


class Printer:
    """One pass over a plan: for each wording, how many of its tokens are printed already."""

    def __init__(self, wordings: Sequence[Wording]):
        self._wordings = wordings
        self._at = [0] * len(wordings)
        self._stances: dict[tuple[int, ...], tuple[Position, ...]] = {}
        self._holders = {wording.parties[0]: k for k, wording in enumerate(wordings)}
        self._positions = {party: Position(party) for wording in wordings for party in wording.parties}

    def text(self, plan: Plan, groups: list[list[int]]) -> Text:
        """The text of `plan`; `groups` lists for each wording of the plan those here that it stands for."""
        pieces = self._pieces(plan, groups)
        return self._settled([*pieces, *self._gap_after(pieces, groups)])

    def _pieces(self, plan: Plan, groups: list[list[int]]) -> list[Piece]:
        pieces: list[Piece] = []
        for part in plan:
            if isinstance(part, str):
                pieces += self._run(part, groups, pieces)
            elif isinstance(part, Sub):
                pieces += self._pieces(part.plan, _regrouped(part, groups))
            else:
                pieces.append(self._bracket(part, groups))
        return pieces

    def _run(self, string: str, groups: list[list[int]], before: list[Piece]) -> list[Piece]:
        """The words of `string` as the wording with most supporters has them, the first gap apart."""
        if not string:
            return []
        members = [k for group in groups for k in group]
        gaps: list[Piece]
        if before and isinstance(before[-1], Bracket):
            gaps = self._gap_after(before, groups)
        else:
            gaps = [Run(self._gap(min(members)))]
        leader = min(members)
        tokens, start = self._wordings[leader].tokens, self._at[leader]
        end = start + len(string)
        pairs = zip(tokens.surfaces[start:end], tokens.gaps[start + 1 : end + 1], strict=True)
        words = [part for pair in pairs for part in pair]
        for k in members:
            self._at[k] += len(string)
        return [*gaps, Run("".join(words[:-1]))]

    def _gap(self, wording: int) -> str:
        return self._wordings[wording].tokens.gaps[self._at[wording]]

    def _gap_after(self, before: list[Piece], groups: list[list[int]]) -> list[Piece]:
        """The gap before the next token; where it depends on the bracket just printed, it goes in there."""
        leader = min(k for group in groups for k in group)
        if not before or not isinstance(before[-1], Bracket):
            return [Run(self._gap(leader))]
        last = before[-1]
        holder = self._holders
        gaps = []
        for option in last.options:
            lead = min(holder[held.party] for held in option.stances if held.party in holder)
            gaps.append(self._gap(lead))
        if len(set(gaps)) == 1:
            return [Run(gaps[0])]
        options = tuple(
            Option(joined((*option.text, Run(gap))), option.stances)
            for option, gap in zip(last.options, gaps, strict=True)
        )
        before[-1] = Bracket(last.id, options, last.kind, last.level, last.degree)
        return []

    def _bracket(self, site: Site, groups: list[list[int]]) -> Bracket:
        options = []
        for plan, numbers in site.options:
            inside = set(numbers)
            members = [group if k in inside else [] for k, group in enumerate(groups)]
            pieces = joined(self._pieces(plan, members))
            wordings = tuple(sorted(k for group in members for k in group))
            options.append(Option(pieces, self._supports(wordings)))
        options.sort(key=lambda option: (not option.text, -len(option.stances), _plain(option.text)))
        return Bracket("", tuple(options), degree=Degree.PROPOSED)

    def _supports(self, wordings: tuple[int, ...]) -> tuple[Position, ...]:
        if (known := self._stances.get(wordings)) is None:
            names = sorted(party for k in wordings for party in self._wordings[k].parties)
            known = self._stances[wordings] = tuple(self._positions[name] for name in names)
        return known

    def _settled(self, pieces: Sequence[Piece]) -> Text:
        if any(_nests(piece) for piece in pieces):
            pieces = rebuild(tuple(pieces), lambda bracket: (_spaced_inside(bracket),))
        return _spaced(pieces)


def _nests(piece: Piece) -> bool:
    if isinstance(piece, Run):
        return False
    return any(isinstance(inner, Bracket) for option in piece.options for inner in option.text)


def _regrouped(part: Sub, groups: list[list[int]]) -> list[list[int]]:
    merged: list[list[int]] = [[] for _ in range(max(part.numbers) + 1)]
    for number, group in zip(part.numbers, groups, strict=True):
        merged[number] += group
    return merged


def _spaced_inside(bracket: Bracket) -> Bracket:
    options = tuple(Option(_spaced(option.text), option.stances) for option in bracket.options)
    return Bracket(bracket.id, options, bracket.kind, bracket.level, bracket.degree, bracket.condition)


def _spaced(text: Sequence[Piece]) -> Text:
    """Blanks at the edge of brackets moved out of them, where every reading stays the same."""
    pieces = list(joined(text))
    for k, piece in enumerate(pieces):
        if not isinstance(piece, Bracket):
            continue
        filled = [option for option in piece.options if option.text]
        if not all(_starts_blank(option.text) for option in filled):
            continue
        after = pieces[k + 1] if k + 1 < len(pieces) else None
        if len(filled) == len(piece.options):
            pieces[k] = _turned(piece, "")
        elif isinstance(after, Run) and after.text.startswith(" "):
            pieces[k] = _turned(piece, " ")
            pieces[k + 1] = Run(after.text[1:])
        else:
            continue
        before = pieces[k - 1] if k else None
        if isinstance(before, Run):
            pieces[k - 1] = Run(before.text + " ")
        else:
            pieces[k] = piece
            if isinstance(after, Run):
                pieces[k + 1] = after
    return joined(pieces)


def _starts_blank(text: Text) -> bool:
    return isinstance(text[0], Run) and text[0].text.startswith(" ")


def _turned(bracket: Bracket, end: str) -> Bracket:
    """`bracket` with the first blank of each filled option taken off, and `end` put behind it."""
    options = []
    for option in bracket.options:
        text = option.text
        if text and isinstance(text[0], Run):
            text = joined((Run(text[0].text[1:]), *text[1:], Run(end)))
        options.append(Option(text, option.stances))
    return Bracket(bracket.id, tuple(options), bracket.kind, bracket.level, bracket.degree, bracket.condition)


def _plain(text: Text) -> str:
    return "".join(event.text for event in walk(text) if isinstance(event, Run))


def identified(text: Text, prefix: str = "") -> Text:
    """`text` with the kind and an id of every bracket: a digest of its options, numbered among equals.
    The same text gets the same ids, whoever holds what.
    """
    seen: dict[str, int] = {}

    def name(bracket: Bracket) -> tuple[Bracket]:
        told = "\0".join([prefix, *sorted(map(_outline, bracket.options))])
        digest = blake2b(told.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
        seen[digest] = seen.get(digest, 0) + 1
        number = f"-{seen[digest]}" if seen[digest] > 1 else ""
        rivals = sum(bool(option.text) for option in bracket.options)
        kind = Kind.ALTERNATIVES if rivals > 1 else Kind.UNKNOWN
        return (Bracket(digest + number, bracket.options, kind, degree=bracket.degree),)

    return rebuild(text, name)


def _outline(option: Option) -> str:
    """The words of an option, with ids in place of brackets."""
    return "".join(piece.text if isinstance(piece, Run) else f"\1{piece.id}\1" for piece in option.text)

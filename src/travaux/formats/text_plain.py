"""A rolling text as plain text for people: clean, in brackets, with names, as one party would read it.

In: the page (`travaux.text.page`). Out: lines without colour, every unit after its number. Wording is printed
as it is, only control characters and marks of direction are shown by their numbers, so that no text can
rearrange the line it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from travaux import messages
from travaux.text.attribution import ALL_OTHERS, compress
from travaux.text.page import Choice, Piece, Place, Side, TextPage, UnitPage

Groups = Mapping[str, Collection[str]]
_MANY = 4
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)

_BRACKETS = re.compile(r"[\[\]]")


def plain_text(page: TextPage, groups: Groups | None = None, *, lang: str = "en") -> str:
    """The units one after the other, an empty line between them; ends with a line end."""
    bracketed = any(piece.place for unit in page.units for piece in unit.pieces)
    printer = Printer(groups or {}, marked=bracketed, lang=lang)
    return "\n\n".join(map(printer.unit, page.units)) + "\n"


def visible(words: str) -> str:
    """Words with control characters and marks of direction shown by their numbers."""
    return _CONTROL.sub(lambda match: f"\\u{{{ord(match[0]):x}}}", words)


@dataclass(frozen=True, slots=True)
class Printer:
    """How to print: `groups` for long lists of names, brackets `numbered`, options `named`, our language.

    Where `marked`, a bracket of the wording itself has a backslash before it.
    """

    groups: Groups = field(default_factory=dict)
    numbered: bool = False
    named: bool = True
    marked: bool = True
    lang: str = "en"

    def say(self, code: str, **values: object) -> str:
        """The sentence ``view.<code>``."""
        return messages.say(f"view.{code}", values, self.lang)

    def unit(self, unit: UnitPage) -> str:
        """One unit: label, words, notes on where parties want it and who reserves its position."""
        words = self.pieces(unit.pieces) if unit.held else f"({self.say('no_text_in_language')})"
        reserved = (self.say("reserved_unit", name=s.name, note=visible(s.note)) for s in unit.reserved)
        indent = "  " * unit.depth
        notes = (f"{indent}   — {note}" for note in (*unit.wanted, *reserved))
        return "\n".join([f"{indent}{unit.label}  {words or self.say('no_text')}", *notes])

    def pieces(self, pieces: Sequence[Piece]) -> str:
        """Words and brackets as one string."""
        return "".join(self.words(p.words) if p.place is None else self.place(p.place) for p in pieces)

    def words(self, words: str) -> str:
        """Literal words, with everything made visible that could be taken for something else."""
        told = visible(words)
        return _BRACKETS.sub(r"\\\g<0>", told) if self.marked else told

    def place(self, place: Place) -> str:
        """The options of a bracket, the blanks at their edges put outside."""
        lead, trail = edges(place.options)
        most = largest(place.options)
        told = [words for o in place.options if (words := self.option(o, others=o is most)) is not None]
        number = f"{place.number}: " if self.numbered and told else ""
        marked = "".join(f"[{words}]" for words in told)
        return lead + marked.replace("[", f"[{number}", 1) + trail

    def option(self, option: Choice, *, others: bool = False) -> str | None:
        """An option with its names; None for one that nobody is named for and that has no words."""
        names = self.names(option, others=others)
        if not option.pieces and not names:
            return None
        words = self.pieces(option.pieces).strip() or self.say("no_text")
        return f"{words} ({names})" if names else words

    def names(self, option: Choice, *, others: bool = False) -> str:
        """Everything that stands in the parentheses of an option; nothing where no names are wanted."""
        said = (*self.sides(option.sides, others=others), self.merged(option)) if self.named else ()
        return "; ".join(part for part in said if part)

    def sides(self, sides: Sequence[Side], *, others: bool = False) -> tuple[str, str]:
        """Who supports (``all others`` where that is asked), and every other stance; either may be empty."""
        names = [s.name for s in sides if s.stance == "supports"]
        said = ALL_OTHERS if others and names else compress(names, self.groups)
        rest: dict[tuple[str, str], list[str]] = {}
        for side in sides:
            if side.stance != "supports":
                rest.setdefault((side.word, visible(side.note)), []).append(side.name)
        told = (
            f"{word}: {compress(held, self.groups)}" + (f" ({note})" if note else "")
            for (word, note), held in rest.items()
        )
        return said, "; ".join(told)

    def merged(self, option: Choice) -> str:
        """From which words, and whose, an option was merged."""
        told = [
            self.say("merged_parent", words=visible(p.words) or self.say("no_text"), names=", ".join(p.names))
            for p in option.parents
        ]
        return self.say("merged_from", parents=", ".join(told)) if told else ""


def largest(options: Iterable[Choice]) -> Choice | None:
    """The option that may be told as “all others”: the one most parties hold, where they are many."""
    best = max(options, key=_held, default=None)
    return best if best is not None and best.pieces and _held(best) > _MANY else None


def _held(option: Choice) -> int:
    return sum(side.stance == "supports" for side in option.sides)


def edges(options: Sequence[Choice]) -> tuple[str, str]:
    """The blanks at the beginning and the end of the first option that has words."""
    filled = next((o for o in options if o.pieces), None)
    if filled is None:
        return "", ""
    first, last = filled.pieces[0].words, filled.pieces[-1].words
    if len(filled.pieces) == 1 and not first.strip():
        return first, ""
    return first[: len(first) - len(first.lstrip())], last[len(last.rstrip()) :]

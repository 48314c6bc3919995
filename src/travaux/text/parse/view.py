"""What one party would read now in a draft, where its attributions tell that."""

from __future__ import annotations

from travaux.acts.fault import Fault, Place, Refused, refused, refused_all
from travaux.text.model import Bracket, Option, Piece, Stance
from travaux.text.parse.parsed import Parsed
from travaux.text.resolve import chosen
from travaux.text.typography import touched

_WITH = (Stance.SUPPORTS,)


def resolve(parsed: Parsed, party: str) -> str | Refused:
    """The words that `party` stands for: in each bracket the option it supports, nothing where it opposes
    the only one. Refused: a party the draft does not name (``brackets.not_named``); one fault for each
    bracket in which the draft does not tell (``brackets.not_told``, with line and column). In our own
    notation exactly what the party handed in.
    """
    if party not in parsed.parties:
        return refused("brackets.not_named", party=party, parties=", ".join(parsed.parties) or "—")
    if parsed.convention.own:
        words = chosen(parsed.text, party)
        if words is None:
            return refused("text.no_option", party=party)
        return touched(words, dict(parsed.typography).get(party, ()))
    places = {point.id: (point.line, point.col) for point in parsed.points}
    parts: list[str] = []
    faults: list[Fault] = []
    stack: list[Piece | None] = list(reversed(parsed.text))
    while stack:
        piece = stack.pop()
        if piece is None:
            _mend(parts, "")
        elif not isinstance(piece, Bracket):
            _mend(parts, piece.text)
        elif (option := _told(piece, party)) is None:
            faults.append(
                Fault(
                    "brackets.not_told",
                    Place("", *places[piece.id]),
                    {"party": party, "options": _options(piece)},
                )
            )
        elif option.text:
            stack.extend(reversed(option.text))
        else:
            parts.append("")
    return refused_all(faults) or "".join(parts)


def _told(bracket: Bracket, party: str) -> Option | None:
    """The option of `party`: the one it supports, or nothing where it opposes the only one."""
    supported = [option for option in bracket.options if party in option.parties]
    if len(supported) == 1:
        return supported[0]
    if supported or len(bracket.options) > 1:
        return None
    against = any(
        held.party == party and held.stance is Stance.OPPOSES for held in bracket.options[0].stances
    )
    return Option(()) if against else None


def _mend(parts: list[str], words: str) -> None:
    """Add `words`; where nothing was taken before them, one of two blanks or a blank before a stop goes."""
    if words and len(parts) > 1 and parts[-1] == "" and parts[-2].endswith(" "):
        if words[0] == " ":
            words = words[1:]
        elif words[0] in ",.;:":
            parts[-2] = parts[-2][:-1]
    parts.append(words)


def _options(bracket: Bracket) -> str:
    shown = [
        "".join(p.text for p in option.text if not isinstance(p, Bracket)).strip()
        for option in bracket.options
    ]
    return " / ".join(words[:60] or "—" for words in shown)

"""Comparing versions of a text: complete, moves shown as moves, form apart from substance.

``compare(old, new)`` gives a `Comparison`; `old_of` and `new_of` rebuild both sides from it, character for
character, for any strings at all.
"""

from __future__ import annotations

from collections.abc import Sequence

from travaux.text.compare.groups import groups
from travaux.text.compare.lexicon import Lexicon, Side
from travaux.text.compare.pairing import pair
from travaux.text.compare.paragraphs import Provision, draft
from travaux.text.compare.report import Reporter
from travaux.text.compare.result import (
    Aspect,
    Authors,
    Change,
    Comparison,
    Fate,
    Move,
    Piece,
    Spot,
    Tally,
    Unit,
    new_of,
    old_of,
)
from travaux.text.compare.sentences import linked
from travaux.text.compare.units import units

__all__ = [
    "Aspect",
    "Authors",
    "Change",
    "Comparison",
    "Fate",
    "Move",
    "Piece",
    "Provision",
    "Spot",
    "Tally",
    "Unit",
    "compare",
    "new_of",
    "old_of",
]

Source = str | Sequence[Provision]


def compare(
    old: Source, new: Source, *, authors: Authors | None = None, versions: tuple[str, str] = ("old", "new")
) -> Comparison:
    """Everything that differs between `old` and `new`, any two strings, or provisions with permanent ids.

    Paragraphs are paired by id where both sides have one, else by their words; numbers are labels and pair
    nothing. `authors` tells for (version, id of a unit) which acts changed it, the version being the second
    of `versions`. Nothing is refused.
    """
    before, after = draft(old), draft(new)
    lexicon = Lexicon()
    left, right = Side(before, lexicon), Side(after, lexicon)
    found = groups(left, right, pair(left, right))
    listed = units(left, right, found, lexicon)
    listed = linked(listed, lexicon, max((unit.move for unit in listed), default=0))
    rest = before.text[before.tail :], after.text[after.tail :]
    tail = (Piece(*rest, Aspect.KEPT if rest[0] == rest[1] else Aspect.SPACE),) if any(rest) else ()
    return Reporter(before, after, authors, versions).report(listed, tail)

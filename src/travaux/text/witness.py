"""The wordings that a live text is compiled from, and for whom each of them speaks.

A **witness** is one wording that is kept. That of a party that handed in a wording speaks for it everywhere,
save in brackets where it had to follow others to be a whole text (`loose`). A party that has only taken sides
in some brackets has a witness too, which speaks for it in these (`scope`) and follows the others elsewhere.
Two sorts speak for nobody: the text on the table that no party owns, and a chair's merged option.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from travaux.text.model import Bracket, Text
from travaux.text.paths import Choose, Span, held_by, lead, moved, way
from travaux.text.typography import Touch, touched, touches

BASE = " table"
"""The name of the text on the table that no party owns; no party's id begins with a blank."""
MERGED = " merged "
"""Before the act that merged options: the name of its witness."""


@dataclass(frozen=True, slots=True)
class Witness:
    """`words` exactly as handed in (or as they follow from what was decided since), and the `act` behind.

    `held` are the tokens that a party without a wording of its own has taken sides for; `agreed` are tokens
    that a settlement holds, each with its number among the settlements of the text.
    """

    name: str
    words: str
    act: str = ""
    whole: bool = True
    scope: frozenset[str] = frozenset()
    loose: frozenset[str] = frozenset()
    held: tuple[Span, ...] = ()
    agreed: tuple[tuple[int, Span], ...] = ()

    @property
    def party(self) -> bool:
        """True where it is a party's, false for a text that is nobody's."""
        return not self.name.startswith(" ")

    def speaks(self, bracket: str) -> bool:
        """Whether it says anything in that bracket, or only follows the others there."""
        return bracket not in self.loose if self.whole else bracket in self.scope

    def reworded(self, words: str) -> Witness:
        """The same with other words; agreed tokens stay where they are still there."""
        if words == self.words:
            return self
        agreed = marks_moved(self.agreed, self.words, words)
        return replace(self, words=words, agreed=agreed, held=moved(self.words, words, self.held))


def marks_moved(marks: tuple[tuple[int, Span], ...], old: str, new: str) -> tuple[tuple[int, Span], ...]:
    """Agreed tokens of `old`, where they stand in `new`."""
    if old == new or not marks:
        return marks
    return tuple((n, span) for n, one in marks for span in moved(old, new, (one,)))


def voices(witnesses: Iterable[Witness], bracket: str) -> dict[str, float]:
    """What each witness weighs where somebody follows the others; the text on the table weighs little."""
    return {w.name: 1.0 if w.party else 0.5 for w in witnesses if w.speaks(bracket) and not _merged(w)}


def _merged(witness: Witness) -> bool:
    return witness.name.startswith(MERGED)


def choosing(
    witness: Witness | None, witnesses: Iterable[Witness], fixed: dict[str, int], followed: set[str]
) -> Choose:
    """Take the options of `fixed`; else those of `witness`, where it speaks; else what most others hold.

    The brackets where the others were followed are put into `followed`.
    """
    listed = tuple(witnesses)

    def choose(bracket: Bracket) -> int:
        if bracket.id in fixed:
            return fixed[bracket.id]
        if witness is not None and witness.speaks(bracket.id):
            own = held_by(witness.name)(bracket)
            if own is not None:
                return own
        followed.add(bracket.id)
        return lead(bracket, voices(listed, bracket.id))

    return choose


def read(
    tree: Text, witness: Witness | None, witnesses: Iterable[Witness], fixed: dict[str, int]
) -> tuple[str, set[str]]:
    """The words of `witness` with the options of `fixed` taken, as printed, and where it followed others."""
    followed: set[str] = set()
    taken = way(tree, choosing(witness, witnesses, fixed, followed))
    assert taken is not None
    return taken.words, followed


def retouched(before: str, made: tuple[Touch, ...], after: str) -> str:
    """`after`, printed, with the typography `made` of `before` kept at both ends that the two share."""
    if not made:
        return after
    start = next((k for k, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), None)
    start = min(len(before), len(after)) if start is None else start
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    shift = len(after) - len(before)
    kept = [t for t in made if t.start + t.length <= start]
    late = [t for t in made if t.start >= len(before) - end and t not in kept]
    return touched(after, (*kept, *(replace(t, start=t.start + shift) for t in late)))


def touches_of(printed: str, witness: Witness) -> tuple[Touch, ...]:
    """How the words of `witness` differ in typography from how they are printed."""
    return () if printed == witness.words else touches(printed, witness.words)

"""What a settlement does to a sheet: a bracket goes, and words stand as agreed at a level."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from travaux.acts.fault import Refused, refused
from travaux.text.live import Agreement, Parked, Sheet, pick
from travaux.text.model import Bracket, Degree, Piece, Run, Text, rebuild
from travaux.text.paths import Span, covered, find, held_by, plain, spans_of, token_starts, way
from travaux.text.recast import recast
from travaux.text.witness import Witness, choosing, retouched, touches_of


@dataclass(frozen=True, slots=True)
class Level:
    """What a settlement says beside the words: the level, how far, on what condition."""

    at: str
    degree: Degree
    condition: str = ""


def settled(sheet: Sheet, bracket: str, option: str, how: Level, act: str) -> Sheet | Refused:
    """The bracket goes; the words of the option stand in every wording that reached it, and are agreed."""
    found = option_of(sheet, bracket, option)
    if isinstance(found, Refused):
        return found
    here, number = found
    chosen = here.options[number]
    number_of = len(sheet.agreements)
    shown = find(sheet.text(), here.id)
    made = Agreement(act, how.at, how.degree, how.condition, plain(chosen), here.id, shown)
    tree = rebuild(sheet.tree, lambda b: _replaced(b, here.id, number))
    witnesses = [_agreeing(w, sheet, tree, here.id, number_of) for w in sheet.witnesses]
    now = replace(sheet, agreements=(*sheet.agreements, made), witnesses=tuple(witnesses))
    done = recast(now, witnesses, act, settled=tree, unchanged={w.name: None for w in witnesses})
    return replace(done, aliases={**done.aliases, here.id: ""})


def parked(sheet: Sheet, bracket: str, how: Level, act: str) -> Sheet | Refused:
    """The bracket stays open, taken so far at that level."""
    here = sheet.bracket(bracket)
    if here is None:
        return refused("text.no_bracket", bracket=bracket)
    held = Parked(act, how.at, how.degree, how.condition)
    return replace(sheet, parked={**sheet.parked, here.id: held})


def settled_whole(sheet: Sheet, how: Level, act: str) -> Sheet:
    """The words outside all brackets of the unit are agreed."""
    open_ones = {p.id for p in sheet.tree if isinstance(p, Bracket)}
    words = "".join(p.text if isinstance(p, Run) else "[…]" for p in sheet.tree)
    made = Agreement(act, how.at, how.degree, how.condition, words)
    number = len(sheet.agreements)
    witnesses = []
    for one in sheet.witnesses:
        taken = way(sheet.tree, held_by(one.name))
        spans = spans_of(taken, open_ones) if taken else ()
        witnesses.append(replace(one, agreed=_marked(one.agreed, number, spans)))
    return replace(sheet, agreements=(*sheet.agreements, made), witnesses=tuple(witnesses))


def option_of(sheet: Sheet, bracket: str, option: str) -> tuple[Bracket, int] | Refused:
    """The open bracket of that id and the number of the option named; refused where either is not there."""
    here = sheet.bracket(bracket)
    if here is None:
        return refused("text.no_bracket", bracket=bracket)
    number = pick(here, option)
    return refused("text.no_such_option", bracket=bracket) if number is None else (here, number)


def without(whole: Span, parts: Iterable[Span]) -> list[Span]:
    """The parts of a span that lie in none of `parts`."""
    found, at = [], whole[0]
    for start, end in sorted(p for p in parts if p[0] >= whole[0] and p[1] <= whole[1]):
        found.append((at, start))
        at = max(at, end)
    return [(a, b) for a, b in [*found, (at, whole[1])] if a < b]


def _replaced(bracket: Bracket, name: str, number: int) -> tuple[Piece, ...]:
    return bracket.options[number].text if bracket.id == name else (bracket,)


def _agreeing(witness: Witness, sheet: Sheet, tree: Text, bracket: str, agreement: int) -> Witness:
    """`witness` with the settled words in their place, where its way leads there."""
    whole = replace(witness, whole=True, loose=frozenset())
    before = way(sheet.tree, choosing(whole, sheet.witnesses, {}, set()))
    assert before is not None
    place = next((c for c in covered(before) if c.bracket == bracket), None)
    if place is None:
        return witness
    followed: set[str] = set()
    after = way(tree, choosing(whole, sheet.witnesses, {}, followed))
    assert after is not None
    words = retouched(before.words, touches_of(before.words, witness), after.words)
    made = witness.reworded(words)
    longer = len(token_starts(after.words)) - len(token_starts(before.words))
    span = (place.start, place.end + longer)
    inner = {c.bracket: (c.start, c.end) for c in covered(after)}
    spans = without(span, [p for p in inner.values() if span[0] <= p[0] and p[1] <= span[1]])
    loose = made.loose | followed if made.whole else made.loose
    return replace(made, loose=loose, agreed=_marked(made.agreed, agreement, tuple(spans)))


def _marked(
    marks: tuple[tuple[int, tuple[int, int]], ...], number: int, spans: Iterable[tuple[int, int]]
) -> tuple[tuple[int, tuple[int, int]], ...]:
    """Marks with new ones, which replace older ones on the same tokens."""
    listed = list(spans)
    kept = [(n, part) for n, span in marks for part in without(span, _clipped(span, listed))]
    return tuple(sorted([*kept, *((number, span) for span in listed)], key=lambda m: m[1]))


def _clipped(span: tuple[int, int], parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    cut = [(max(a, span[0]), min(b, span[1])) for a, b in parts]
    return [(a, b) for a, b in cut if a < b]

"""What each act of the text family does to a sheet. Pure; nothing is judged here (`travaux.rules.texts`).

Every function gives the sheet after the act, or a refusal where the act names what is not there: a bracket,
an option, a wording, words. An act of one party changes its own wording and stances and nobody else's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from travaux.acts.fault import Refused, refused
from travaux.text.live import Merge, Reserved, Sheet, Taken, mark, pick
from travaux.text.model import Bracket, Option, Position, Run, Text, brackets, joined, rebuild
from travaux.text.paths import above, covered, find, mapped, plain, way
from travaux.text.recast import recast
from travaux.text.settling import option_of, without
from travaux.text.witness import (
    BASE,
    MERGED,
    Witness,
    choosing,
    marks_moved,
    read,
    retouched,
    touches_of,
)


def worded(sheet: Sheet, name: str, words: str, act: str) -> Sheet:
    """The whole unit in the wording of `name` (a party, or `BASE`), to the character."""
    own = sheet.witness(name)
    agreed = own.agreed if own else _agreed(sheet)
    before = own.words if own else _leading(sheet)
    made = Witness(name, words, act, agreed=marks_moved(agreed, before, words))
    done = recast(sheet, _with(sheet, made), act)
    return _consistent(done, name)


def like(sheet: Sheet, party: str, other: str, act: str) -> Sheet | Refused:
    """`party` joins the wording of `other`."""
    found = sheet.witness(other)
    if found is None or not found.whole:
        return refused("text.no_wording_of", party=other)
    made = replace(found, name=party, act=act)
    return _consistent(recast(sheet, _with(sheet, made), act), party)


def optioned(sheet: Sheet, name: str, bracket: str, words: str, act: str) -> Sheet | Refused:
    """`words` as what `name` wants in one bracket; the rest of the unit stays as it has it."""
    here = sheet.bracket(bracket)
    if here is None:
        return refused("text.no_bracket", bracket=bracket)
    known = pick(here, words)
    if known is not None:
        return _takes(sheet, name, here, known, act)
    edged = _edged(here, words)
    tree = _spliced(sheet.tree, here.id, (*here.options, Option(joined((Run(edged),)))))
    made, _ = _taking(replace(sheet, tree=tree), name, here.id, len(here.options), act)
    return _consistent(recast(sheet, _with(sheet, made), act), name)


def sided(sheet: Sheet, party: str, bracket: str, option: str, act: str) -> Sheet | Refused:
    """`party` supports an option: its own wording reads so from now on."""
    found = option_of(sheet, bracket, option)
    return found if isinstance(found, Refused) else _takes(sheet, party, *found, act)


def stanced(sheet: Sheet, bracket: str, option: str, position: Position) -> Sheet | Refused:
    """A stance short of support, or against; the last one of a party on an option holds."""
    found = option_of(sheet, bracket, option)
    if isinstance(found, Refused):
        return found
    here, number = found
    one = Taken(here.id, mark(here.options[number]), position)
    others = (t for t in sheet.taken if not _same(t, one))
    return replace(sheet, taken=(*others, one))


def reserving(sheet: Sheet, held: Reserved) -> Sheet | Refused:
    """A reservation on a bracket or the whole unit."""
    if held.bracket:
        here = sheet.bracket(held.bracket)
        if here is None:
            return refused("text.no_bracket", bracket=held.bracket)
        held = replace(held, bracket=here.id)
    return replace(sheet, reserved=(*sheet.reserved, held))


def lifted(sheet: Sheet, party: str, sort: str, bracket: str | None) -> Sheet:
    """Reservations of `party` lifted: of one `sort` ("": all), on a bracket, the unit ("") or (None) both."""
    here = sheet.bracket(bracket) if bracket else None
    named = here.id if here else bracket
    kept = tuple(
        r
        for r in sheet.reserved
        if r.party != party or (sort and r.sort != sort) or (named is not None and r.bracket != named)
    )
    return replace(sheet, reserved=kept)


def merging(sheet: Sheet, bracket: str, options: Iterable[str], words: str, act: str) -> Sheet | Refused:
    """A chair's wording in the place of several options, which stay as its parents."""
    here = sheet.bracket(bracket)
    if here is None:
        return refused("text.no_bracket", bracket=bracket)
    numbers = [pick(here, option) for option in options]
    if None in numbers:
        return refused("text.no_such_option", bracket=bracket)
    parents = tuple((plain(o), _speakers(sheet, here, o)) for n, o in enumerate(here.options) if n in numbers)
    stood = {w.name: w.act for w in sheet.witnesses if any(w.name in names for _, names in parents)}
    name = MERGED + act
    done = optioned(sheet, name, here.id, words, act)
    if isinstance(done, Refused):
        return done
    return replace(done, merges=(*done.merges, Merge(act, name, here.id, words, parents, stood)))


def rectified(sheet: Sheet, was: str, now: str, act: str) -> Sheet | Refused:
    """`was` becomes `now` in every wording that holds it once."""
    holding = [w for w in sheet.witnesses if w.words.count(was) == 1]
    if not holding:
        return refused("text.words_not_there", words=was)
    made = [w.reworded(w.words.replace(was, now)) if w in holding else w for w in sheet.witnesses]
    moves = {
        w.name: None if w.words == v.words else mapped(v.words, w.words)
        for w, v in zip(made, sheet.witnesses, strict=True)
    }
    return recast(sheet, made, act, unchanged=moves)


def _with(sheet: Sheet, made: Witness) -> list[Witness]:
    return [*(w for w in sheet.witnesses if w.name != made.name), made]


def _same(one: Taken, other: Taken) -> bool:
    return (one.bracket, one.mark, one.position.party) == (other.bracket, other.mark, other.position.party)


def _consistent(sheet: Sheet, name: str) -> Sheet:
    """Without what `name` said short of support on options that it now holds."""
    if not sheet.taken:
        return sheet
    held = {(b.id, mark(o)) for b in brackets(sheet.tree) for o in b.options if name in o.parties}
    kept = tuple(t for t in sheet.taken if t.position.party != name or (t.bracket, t.mark) not in held)
    return replace(sheet, taken=kept)


def _takes(sheet: Sheet, name: str, here: Bracket, number: int, act: str) -> Sheet:
    made, _ = _taking(sheet, name, here.id, number, act)
    return _consistent(recast(sheet, _with(sheet, made), act), name)


def _taking(sheet: Sheet, name: str, bracket: str, number: int, act: str) -> tuple[Witness, set[str]]:
    """The witness of `name` once it takes an option, and where it follows others for it."""
    own = sheet.witness(name)
    fixed = {**(above(sheet.tree, bracket) or {}), bracket: number}
    followed: set[str] = set()
    guide = own or _holder(sheet, bracket, number)
    taken = way(sheet.tree, choosing(guide, sheet.witnesses, fixed, followed))
    assert taken is not None
    if own is None:
        followed |= {p.bracket for p in taken.passed if p.bracket not in fixed}
        words = guide.words if guide else taken.words
        made = Witness(name, words, act, whole=False, agreed=_agreed_for(sheet, words))
    else:
        before, _ = read(sheet.tree, replace(own, whole=True, loose=frozenset()), sheet.witnesses, {})
        made = own.reworded(retouched(before, touches_of(before, own), taken.words))
    if made.whole:
        return replace(made, act=act, loose=(made.loose - set(fixed)) | followed), followed
    places = {c.bracket: (c.start, c.end) for c in covered(taken)}
    held = without(places[bracket], [places[b] for b in followed if b in places])
    return replace(made, act=act, scope=made.scope | set(fixed), held=(*made.held, *held)), followed


def _holder(sheet: Sheet, bracket: str, number: int) -> Witness | None:
    """One whose whole wording holds the option: the first by words."""
    here = find(sheet.tree, bracket)
    names = here.options[number].parties if here else ()
    found = [w for w in sheet.witnesses if w.name in names and w.whole and not w.loose]
    return min(found, key=lambda w: (w.words, w.name), default=None)


def _edged(bracket: Bracket, words: str) -> str:
    """`words` with the blanks at both ends that the filled options of the bracket have."""
    if not words.strip():
        return ""
    filled = next((o.text for o in bracket.options if o.text), ())
    told = "".join(p.text for p in filled if isinstance(p, Run))
    start = told[: len(told) - len(told.lstrip())]
    end = told[len(told.rstrip()) :]
    return f"{start}{words.strip()}{end}"


def _spliced(tree: Text, bracket: str, options: tuple[Option, ...]) -> Text:
    return rebuild(tree, lambda b: (replace(b, options=options) if b.id == bracket else b,))


def _speakers(sheet: Sheet, bracket: Bracket, option: Option) -> tuple[str, ...]:
    return tuple(
        w.name for w in sheet.witnesses if w.party and w.name in option.parties and w.speaks(bracket.id)
    )


def _source(sheet: Sheet) -> Witness | None:
    """The wording a newcomer's is compared with: the text on the table, else the first whole one."""
    return sheet.witness(BASE) or next((w for w in sheet.witnesses if w.whole), None)


def _leading(sheet: Sheet) -> str:
    found = _source(sheet)
    return found.words if found else ""


def _agreed(sheet: Sheet) -> tuple[tuple[int, tuple[int, int]], ...]:
    found = _source(sheet)
    return found.agreed if found else ()


def _agreed_for(sheet: Sheet, words: str) -> tuple[tuple[int, tuple[int, int]], ...]:
    return marks_moved(_agreed(sheet), _leading(sheet), words)

"""A sheet compiled anew from the wordings that are kept, with ids, stances and scopes carried over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from hashlib import blake2b

from travaux.text.carry import Carried, Move, carry
from travaux.text.compile import Compiled
from travaux.text.compile import compile as compile_wordings
from travaux.text.live import Sheet, Taken, mark
from travaux.text.model import Bracket, Option, Position, Text, brackets, rebuild
from travaux.text.paths import covered, held_by, way
from travaux.text.witness import Witness, read, retouched, touches_of

_PASSES = 4


def recast(
    sheet: Sheet,
    witnesses: Iterable[Witness],
    act: str,
    *,
    settled: Text | None = None,
    unchanged: Mapping[str, Move | None] | None = None,
) -> Sheet:
    """`sheet` compiled from `witnesses`, owed to `act`, ids carried over.

    `settled` is the text where a settlement has put the same words into every wording: it stands as it is,
    unless two options of a bracket have become one, or somebody holds neither of them. `unchanged` names the
    parties whose wording is the same before and after; left out, they follow from the wordings.
    """
    before = {w.name: w.words for w in sheet.witnesses}
    listed = tuple(sorted(witnesses, key=lambda w: w.name))
    same = unchanged
    if same is None:
        same = {w.name: None for w in listed if before.get(w.name) == w.words}
    live = {b.id for b in brackets(sheet.tree)}
    made = sheet if settled is None else replace(sheet, tree=settled)
    stands = settled if settled is not None and _stands(settled, listed) else None
    for _ in range(_PASSES):
        made = _passed(made, listed, same, stands)
        listed = tuple(_following(w, made) for w in made.witnesses)
        changed = {w.name for w, v in zip(listed, made.witnesses, strict=True) if w.words != v.words}
        if not changed:
            break
        same, stands = {w.name: None for w in listed if w.name not in changed}, None
    opened = {b.id: act for b in brackets(made.tree) if b.id not in live}
    return replace(made, opened={**sheet.opened, **opened})


def compiled(witnesses: Iterable[Witness]) -> Text:
    """The compile of their wordings. Who only takes sides by a wording that is there changes no bracket."""
    listed = list(witnesses)
    hosts = {w.words: w.name for w in reversed(listed) if w.whole}
    guests = {w.name: hosts[w.words] for w in listed if not w.whole and w.words in hosts}
    text = _compiled(tuple((w.name, w.words) for w in listed if w.name not in guests)).text
    return _joined_by(text, guests) if guests else text


def _joined_by(text: Text, guests: Mapping[str, str]) -> Text:
    """`text` with each guest standing wherever its host stands."""

    def option(one: Option) -> Option:
        names = {*one.parties, *(guest for guest, host in guests.items() if host in one.parties)}
        return Option(one.text, tuple(map(Position, sorted(names))))

    return rebuild(text, lambda b: (replace(b, options=tuple(map(option, b.options))),))


@lru_cache(maxsize=2048)
def _compiled(versions: tuple[tuple[str, str], ...]) -> Compiled:
    return compile_wordings(dict(versions))


def _stands(text: Text, witnesses: Iterable[Witness]) -> bool:
    """Whether no bracket has two options of the same words, and everybody has a way through."""
    if any(len({mark(o) for o in b.options}) < len(b.options) for b in brackets(text)):
        return False
    return all(way(text, held_by(w.name)) for w in witnesses)


def _passed(
    sheet: Sheet, listed: tuple[Witness, ...], same: Mapping[str, Move | None], stands: Text | None
) -> Sheet:
    def fresh(raw: str) -> str:
        return blake2b(f"{sheet.key}\0{raw}".encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()

    told = {w.words: (w.name, same[w.name]) for w in reversed(listed) if w.name in same}
    carried = carry(sheet.tree, stands or compiled(listed), told.values(), fresh)
    live = {b.id for b in brackets(carried.text)}
    gone = [b.id for b in brackets(sheet.tree) if b.id not in live]
    aliases = {name: next(iter(carried.heirs.get(name, ())), "") for name in gone}
    kept, lost = _stances_carried(sheet, carried, same)
    return replace(
        sheet,
        witnesses=tuple(_inheriting(w, carried) for w in listed),
        tree=carried.text,
        taken=kept,
        lapsed=(*sheet.lapsed, *lost),
        parked={name: how for name, how in sheet.parked.items() if name in live},
        reserved=tuple(replace(r, bracket=_heir(r.bracket, aliases)) for r in sheet.reserved),
        aliases={**sheet.aliases, **aliases},
    )


def _heir(bracket: str, aliases: Mapping[str, str]) -> str:
    return aliases.get(bracket) or bracket


def _inheriting(witness: Witness, carried: Carried) -> Witness:
    """Scope and looseness pass to whatever stands in the place of a bracket; held words are held anywhere."""
    if witness.whole and not witness.loose:
        return witness
    scope, loose = (
        frozenset(h for name in names for h in carried.heirs.get(name, ()))
        for names in (witness.scope, witness.loose)
    )
    if witness.held and (taken := way(carried.text, held_by(witness.name))):
        places = covered(taken)
        scope |= {c.bracket for c in places if any(c.start < b and a < c.end for a, b in witness.held)}
    return replace(witness, scope=scope, loose=loose)


def _following(witness: Witness, sheet: Sheet) -> Witness:
    """`witness` with the words it now has, where it follows others."""
    if witness.whole and not witness.loose:
        return witness
    alike = None if witness.whole else _alike(witness, sheet)
    if alike is not None:
        return witness.reworded(alike.words)
    printed, _ = read(sheet.tree, witness, sheet.witnesses, {})
    now, _ = read(sheet.tree, replace(witness, whole=True, loose=frozenset()), sheet.witnesses, {})
    if printed == now:
        return witness
    return witness.reworded(retouched(now, touches_of(now, witness), printed))


def _alike(witness: Witness, sheet: Sheet) -> Witness | None:
    """A whole wording that says the same where `witness` speaks: the one most parties hold, then by words."""
    own = way(sheet.tree, held_by(witness.name))
    wanted = {(p.bracket, p.option) for p in own.passed if p.bracket in witness.scope} if own else set()
    found = [
        w
        for w in sheet.witnesses
        if w.whole and not w.loose and (taken := way(sheet.tree, held_by(w.name)))
        if wanted <= {(p.bracket, p.option) for p in taken.passed}
    ]
    count = Counter(w.words for w in found)
    return min(found, key=lambda w: (-count[w.words], w.words, w.name), default=None)


def _stances_carried(
    sheet: Sheet, carried: Carried, same: Mapping[str, Move | None]
) -> tuple[tuple[Taken, ...], tuple[Taken, ...]]:
    """Stances on the options that go on, and those on options that do not."""
    old = {b.id: b for b in brackets(sheet.tree)} if sheet.taken else {}
    new = {b.id: b for b in brackets(carried.text)} if sheet.taken else {}
    kept, lost = [], []
    for one in sheet.taken:
        before = old.get(one.bracket)
        after = new.get(next(iter(carried.heirs.get(one.bracket, ())), ""))
        goes = _option_now(before, after, one.mark, same) if before and after else None
        if after is None or goes is None:
            lost.append(one)
        else:
            kept.append(replace(one, bracket=after.id, mark=mark(goes)))
    return tuple(kept), tuple(lost)


def _option_now(before: Bracket, after: Bracket, name: str, same: Mapping[str, Move | None]) -> Option | None:
    """The option of that mark, or the one that those who held it and did not move now hold."""
    for option in after.options:
        if mark(option) == name:
            return option
    held = next((o.parties for o in before.options if mark(o) == name), ())
    stayed = {party for party in held if party in same}
    found = [(len(stayed & set(o.parties)), n) for n, o in enumerate(after.options)]
    best = max(found, key=lambda pair: (pair[0], -pair[1]))
    return after.options[best[1]] if best[0] else None

"""What each act of the text family does to a rolling text: acts in the terms of `travaux.text`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from travaux.acts import kinds as k
from travaux.acts.base import Act
from travaux.acts.fault import Refused, refused
from travaux.register.fold import Entered
from travaux.text import drafting
from travaux.text.live import Reserved, Sheet, pick
from travaux.text.model import Degree, Position, Stance, brackets
from travaux.text.rolling import Coupled, Rolling, Spot, Unplaced, changed, everywhere, settle, with_unit
from travaux.text.settling import Level, parked, settled_whole
from travaux.text.witness import BASE, Witness

_SPOKEN: Final = (k.Support, k.Oppose, k.Reserve, k.Lift)
Words = Callable[[str], str | None]
"""The text of a document by its hash, or None where it is not held."""


def applied(rolling: Rolling, entered: Entered[Any], parties: frozenset[str], words: Words) -> Rolling:
    """`rolling` after one more act; an act that names what is not there only joins the unplaced.

    What several parties sign together is the word of each of them.
    """
    made = rolling
    for n, name in enumerate(_speakers(entered, parties)):
        if name == BASE and isinstance(entered.act, _SPOKEN):
            next_one: Rolling | Refused = refused("text.nobody_speaks")
        else:
            next_one = _EFFECTS[type(entered.act)](made, entered, name, words)
        if isinstance(next_one, Refused) and n == 0:
            unplaced = (*rolling.unplaced, Unplaced(entered.id, next_one.faults[0]))
            return replace(rolling, acts=(*rolling.acts, entered.id), unplaced=unplaced)
        if not isinstance(next_one, Refused):
            made = next_one
    return replace(made, acts=(*rolling.acts, entered.id))


def _speakers(entered: Entered[Any], parties: frozenset[str]) -> tuple[str, ...]:
    """Whose word an act is: that of the parties that sign it, or of the one a source names; else nobody's."""
    own = entered.party if entered.performed else entered.actor
    first = own if own in parties else BASE
    if not entered.performed or not isinstance(entered.act, (*_SPOKEN, k.Propose)):
        return (first,)
    others = (name.partition("/")[0] for name in entered.cosigners)
    return tuple(dict.fromkeys((first, *(o for o in others if o in parties))))


def _propose(r: Rolling, e: Entered[k.Propose], name: str, words: Words) -> Rolling | Refused:
    act = e.act
    spot = None if act.place is None else Spot(act.place.under, act.place.after, e.id)
    if act.operation == "move":
        return _move(r, act.unit, name, spot)
    told = "" if act.operation == "deletion" else words(act.document) if act.document else act.words
    if told is None:
        return refused("text.document_not_held", document=act.document)
    r = with_unit(r, act.unit, e.id, spot, act.operation == "insertion")
    sheet = r.sheet(act.unit, act.lang) or _new(r, act.unit, act.lang, e.id)
    made = (
        drafting.optioned(sheet, name, act.bracket, told, e.id)
        if act.bracket
        else drafting.worded(sheet, name, told, e.id)
    )
    return (
        made if isinstance(made, Refused) else _touching(changed(r, act.unit, act.lang, made), act.unit, e.id)
    )


def _new(r: Rolling, unit: str, lang: str, act: str) -> Sheet:
    """A sheet without words; that of an inserted unit knows that nothing stood there."""
    sheet = Sheet(f"{r.instrument}\0{unit}\0{lang}")
    return replace(sheet, witnesses=(Witness(BASE, "", act),)) if r.provisions[unit].inserted else sheet


def _move(r: Rolling, unit: str, name: str, spot: Spot | None) -> Rolling | Refused:
    provision = r.provisions.get(unit)
    if provision is None or spot is None:
        return refused("text.no_unit", unit=unit)
    made = replace(provision, wanted={**provision.wanted, name: spot})
    return _touching(replace(r, provisions={**r.provisions, unit: made}), unit, spot.act)


def _support(r: Rolling, e: Entered[k.Support], name: str, words: Words) -> Rolling | Refused:  # noqa: ARG001
    act = e.act
    if act.like:
        sheet = r.sheet(act.unit, act.lang)
        if sheet is None:
            return refused("text.no_unit", unit=act.unit)
        made = drafting.like(sheet, name, act.like, e.id)
        return (
            made
            if isinstance(made, Refused)
            else _touching(changed(r, act.unit, act.lang, made), act.unit, e.id)
        )
    if act.stance == "supports":
        return _in_bracket(r, act, e.id, lambda s, b, o: drafting.sided(s, name, b, o, e.id))
    position = Position(name, Stance(act.stance), act.condition, e.id)
    return _in_bracket(r, act, e.id, lambda s, b, o: drafting.stanced(s, b, o, position))


def _oppose(r: Rolling, e: Entered[k.Oppose], name: str, words: Words) -> Rolling | Refused:  # noqa: ARG001
    position = Position(name, Stance.OPPOSES, e.act.why, e.id)
    return _in_bracket(r, e.act, e.id, lambda s, b, o: drafting.stanced(s, b, o, position))


def _in_bracket(
    r: Rolling,
    act: k.Support | k.Oppose | k.Settle,
    act_id: str,
    change: Callable[[Sheet, str, str], Sheet | Refused],
) -> Rolling | Refused:
    """A change on an option of a bracket, in all its places; an id not known as of then is told by words."""
    option = act.option or ""
    bracket = act.bracket
    if r.locate(bracket) is None:
        bracket = _by_words(r, option) or bracket
    made = everywhere(r, bracket, option, change)
    if isinstance(made, Refused):
        return made
    unit = r.where[bracket][0]
    return _touching(made, unit, act_id)


def _by_words(r: Rolling, option: str) -> str:
    """The only open bracket with an option of these words; "" where there is none or more than one."""
    found = [
        b.id for _, _, s in r.sheets() for b in brackets(s.tree) if option and pick(b, option) is not None
    ]
    return found[0] if len(found) == 1 else ""


def _reserve(r: Rolling, e: Entered[k.Reserve], name: str, words: Words) -> Rolling | Refused:  # noqa: ARG001
    act = e.act
    until = str(act.until) if act.until else ""
    held = Reserved(name, act.sort, "; ".join(t for t in (act.condition, until) if t), e.id, act.bracket)
    if not act.unit and not act.bracket:
        return r
    places = _places(r, act.unit, act.bracket)
    if not places:
        return (
            refused("text.no_bracket", bracket=act.bracket)
            if act.bracket
            else refused("text.no_unit", unit=act.unit)
        )
    for unit, lang, sheet in places:
        made = drafting.reserving(sheet, held)
        if isinstance(made, Refused):
            return made
        r = _touching(changed(r, unit, lang, made), unit, e.id)
    return r


def _lift(r: Rolling, e: Entered[k.Lift], name: str, words: Words) -> Rolling | Refused:  # noqa: ARG001
    act = e.act
    part = act.bracket if act.bracket else "" if act.unit else None
    places = _places(r, act.unit, act.bracket) if part is not None else list(r.sheets())
    for unit, lang, sheet in places:
        made = drafting.lifted(sheet, name, act.sort, part)
        if made != sheet:
            r = _touching(changed(r, unit, lang, made), unit, e.id)
    return r


def _places(r: Rolling, unit: str, bracket: str) -> list[tuple[str, str, Sheet]]:
    if bracket:
        found = r.locate(bracket)
        sheet = r.sheet(found[0], found[1]) if found else None
        return [(found[0], found[1], sheet)] if found and sheet else []
    return [(u, lang, s) for u, lang, s in r.sheets() if u == unit]


def _settle(r: Rolling, e: Entered[k.Settle], name: str, words: Words) -> Rolling | Refused:  # noqa: ARG001
    act = e.act
    how = Level(act.at, Degree(act.degree), act.condition)
    if act.bracket and act.option is not None:
        known = act.bracket if r.locate(act.bracket) else _by_words(r, act.option) or act.bracket
        made = settle(r, known, act.option, how, e.id)
        return made if isinstance(made, Refused) else _touching(made, r.where[known][0], e.id)
    if act.bracket:
        return _park(r, act.bracket, how, e.id)
    return _settle_unit(r, act, how, e.id)


def _park(r: Rolling, bracket: str, how: Level, act: str) -> Rolling | Refused:
    here = r.locate(bracket)
    if here is None:
        return refused("text.no_bracket", bracket=bracket)
    for name in r.same(here[2].id):
        found = r.locate(name)
        sheet = r.sheet(found[0], found[1]) if found else None
        if found is None or sheet is None:
            continue
        made = parked(sheet, found[2].id, how, act)
        if isinstance(made, Refused):
            return made
        r = _touching(changed(r, found[0], found[1], made), found[0], act)
    return r


def _settle_unit(r: Rolling, act: k.Settle, how: Level, act_id: str) -> Rolling | Refused:
    provision = r.provisions.get(act.unit)
    if provision is None:
        return refused("text.no_unit", unit=act.unit)
    if act.place is not None:
        spot = Spot(act.place.under, act.place.after, act_id)
        provision = replace(provision, spot=spot)
        r = replace(r, provisions={**r.provisions, act.unit: provision})
    if act.place is None or act.lang:
        for lang in (act.lang,) if act.lang else tuple(provision.sheets):
            sheet = provision.sheets.get(lang)
            if sheet is None:
                return refused("text.no_unit", unit=act.unit)
            r = changed(r, act.unit, lang, settled_whole(sheet, how, act_id))
    return _touching(r, act.unit, act_id)


def _couple(r: Rolling, e: Entered[k.Couple], name: str, words: Words) -> Rolling | Refused:  # noqa: ARG001
    ids = []
    for bracket in e.act.brackets:
        found = r.locate(bracket)
        if found is None:
            return refused("text.no_bracket", bracket=bracket)
        ids.append(found[2].id)
    made = Coupled(e.id, e.act.sort, tuple(dict.fromkeys(ids)), e.act.why)
    r = replace(r, couplings=(*r.couplings, made))
    for unit in dict.fromkeys(r.where[b][0] for b in ids):
        r = _touching(r, unit, e.id)
    return r


def _streamline(r: Rolling, e: Entered[k.Streamline], name: str, words: Words) -> Rolling | Refused:  # noqa: ARG001
    found = r.locate(e.act.bracket)
    sheet = r.sheet(found[0], found[1]) if found else None
    if found is None or sheet is None:
        return refused("text.no_bracket", bracket=e.act.bracket)
    made = drafting.merging(sheet, found[2].id, e.act.options, e.act.words, e.id)
    return (
        made if isinstance(made, Refused) else _touching(changed(r, found[0], found[1], made), found[0], e.id)
    )


def _rectify(r: Rolling, e: Entered[k.Rectify], name: str, words: Words) -> Rolling | Refused:  # noqa: ARG001
    sheet = r.sheet(e.act.unit, e.act.lang)
    if sheet is None:
        return refused("text.no_unit", unit=e.act.unit)
    made = drafting.rectified(sheet, e.act.was, e.act.now, e.id)
    return (
        made
        if isinstance(made, Refused)
        else _touching(changed(r, e.act.unit, e.act.lang, made), e.act.unit, e.id)
    )


def _touching(r: Rolling, unit: str, act: str) -> Rolling:
    """The act among those about the unit."""
    provision = r.provisions[unit]
    if provision.acts[-1:] == (act,):
        return r
    made = replace(provision, acts=(*provision.acts, act))
    return replace(r, provisions={**r.provisions, unit: made})


_EFFECTS: Final[dict[type[Act], Callable[[Rolling, Any, str, Words], Rolling | Refused]]] = {
    k.Propose: _propose,
    k.Support: _support,
    k.Oppose: _oppose,
    k.Reserve: _reserve,
    k.Lift: _lift,
    k.Settle: _settle,
    k.Couple: _couple,
    k.Streamline: _streamline,
    k.Rectify: _rectify,
}
TEXT_ACTS: Final = tuple(_EFFECTS)

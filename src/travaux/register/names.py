"""What things are called: the names of everything that acts speak of.

Names are dated. The last introduction whose day has come holds; a name it lacks in the language asked for is
taken from an earlier one, else from another language, else it is the id itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from travaux.acts.base import Act, Deed, Names
from travaux.acts.kinds import Admit, Bundle, Convene, Introduce, Meet, Table, Undertake
from travaux.register.dated import chronological, of_kind
from travaux.register.fold import AsOf

_NAMING: tuple[type[Deed], ...] = (Undertake, Convene, Meet, Bundle, Table, Introduce)


@dataclass(frozen=True, slots=True)
class Directory:
    """All names of one `AsOf`: per id, the names of each introduction, the last one first.

    `told` remembers what was asked before.
    """

    known: Mapping[str, tuple[Names, ...]]
    told: dict[tuple[str, str], str] = field(default_factory=dict, compare=False)

    def name(self, thing: str, lang: str = "en") -> str:
        """The name of `thing` in `lang`; see the module for what stands in where there is none."""
        asked = (thing, lang)
        if asked not in self.told:
            self.told[asked] = _choose(self.known.get(thing, ()), lang) or thing
        return self.told[asked]

    def names(self, thing: str) -> tuple[str, ...]:
        """Every name `thing` has or had, without repetition; empty for an unknown id."""
        return tuple(dict.fromkeys(n for names in self.known.get(thing, ()) for n in names.values()))


def directory(asof: AsOf) -> Directory:
    """The names of everything that has one, made once for a whole view."""
    found: dict[str, list[Names]] = {}
    for founder in asof.founding.parties:
        found.setdefault(founder.id, []).append({"": founder.name, **founder.names})
    for admitted in asof.acts(Admit):
        party = admitted.act.party
        found.setdefault(party.id, []).insert(0, {"": party.name, **party.names})
    for kind in _NAMING:
        for entered in chronological(asof.acts(kind)):
            given = _given(entered.act)
            if given:
                found.setdefault(given[0], []).insert(0, given[1])
    return Directory({thing: tuple(names) for thing, names in found.items()})


def name(asof: AsOf, thing: str, lang: str = "en") -> str:
    """The name of one thing; for many things make a `directory` once."""
    parties = (*asof.founding.parties, *(e.act.party for e in asof.acts(Admit)))
    given: list[Names] = [{"": p.name, **p.names} for p in parties if p.id == thing]
    about = asof.about(thing)
    for kind in _NAMING:
        given += [n for e in of_kind(about, kind) if (n := _named(e.act, thing))]
    return _choose(tuple(reversed(given)), lang) or thing


def _named(act: Act, thing: str) -> Names | None:
    given = _given(act)
    return given[1] if given and given[0] == thing else None


def _given(act: Act) -> tuple[str, Names] | None:
    """The id and the names an act gives, if it names anything."""
    match act:
        case Introduce():
            return act.id, act.names
        case Table():
            return act.instrument, act.titles
        case Bundle():
            return act.package, act.names
        case Convene() | Meet() if act.title:
            return act.meeting, {"": act.title}
        case Undertake():
            return act.measure, {"": act.what}
        case _:
            return None


def _choose(given: tuple[Names, ...], lang: str) -> str:
    for names in given:
        if lang in names:
            return names[lang]
    return next((names.get("") or names.get("en") or next(iter(names.values())) for names in given), "")

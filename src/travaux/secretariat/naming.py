"""From names in documents to ids in the register: a match where there is one, else an introduction.

Nothing is merged on a guess: only a name or alias that is the same, case and spacing aside, is a match.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from travaux.acts.base import Act, Deed, Office
from travaux.acts.basis import Basis
from travaux.acts.kinds import Admit, Found, Introduce, Table
from travaux.acts.when import When
from travaux.register.fold import AsOf

_LATIN = dict(
    pair.split(":")
    for pair in (
        "а:a б:b в:v г:g д:d е:e ё:e ж:zh з:z и:i і:i й:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ў:u ф:f "
        "х:kh ц:ts ч:ch ш:sh щ:shch ъ: ы:y ь: э:e ю:yu я:ya"
    ).split()
)
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """A thing by its id; `introduction` are the acts that must stand first if it is new, else empty."""

    id: str
    introduction: tuple[Act, ...] = ()


@dataclass(slots=True)
class Naming:
    """The names of one register, and those that one document adds. `lang` is the document's language."""

    register: AsOf
    lang: str
    on: When
    _ids: dict[tuple[str, str], str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)
    _new: dict[str, tuple[Act, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        founders = [f for e in self.register.acts(Found) for f in e.act.parties]
        for founder in (*founders, *(e.act.party for e in self.register.acts(Admit))):
            self._file("party", founder.id, (founder.name, *founder.names.values()))
        for entered in self.register.acts(Introduce):
            act = entered.act
            self._file(act.what, act.id, (*act.names.values(), *act.aliases))
        for tabled in self.register.acts(Table):
            self._file("instrument", tabled.act.instrument, tabled.act.titles.values())
        for deed in self.register.every():
            self._taken.update(ids_made(deed.act))

    def side(self, name: str) -> Named | None:
        """The party or body of this very name; None where neither the register nor the text has one."""
        known = self._ids.get(("party", folded(name))) or self._ids.get(("body", folded(name)))
        return Named(known, self._new.get(known, ())) if known else None

    def party(self, name: str, basis: Basis) -> Named:
        """A party by name; one the register does not know is introduced.

        In a working register the parties are those who founded it or were admitted: a document makes no other
        one, and a side that it names besides is introduced as a body.
        """
        known = self.side(name) if self._working else None
        return known or self._named("body" if self._working else "party", name, basis)

    @property
    def _working(self) -> bool:
        return any(e.act.kind == "working" for e in self.register.acts(Found))

    def subject(self, name: str, basis: Basis) -> Named:
        """A subject by name."""
        return self._named("subject", name, basis)

    def body(self, name: str, basis: Basis) -> Named:
        """A body by name."""
        return self._named("body", name, basis)

    def person(self, name: str, basis: Basis, role: str = "", party: str = "") -> Named:
        """A person by full name, with the office the document gives."""
        known = self._ids.get(("person", folded(name)))
        if known:
            return Named(known, self._new.get(known, ()))
        of = self.party(party, basis) if party else None
        offices = (Office(title=role, of=of.id),) if of and role else ()
        made = self._introduce("person", name, basis, offices)
        self._new[made.id] = (*(of.introduction if of else ()), *made.introduction)
        return Named(made.id, self._new[made.id])

    def instrument(self, title: str, sort: str, basis: Basis, count: int | None = None) -> Named:
        """An instrument by its title as the document gives it."""
        known = self._ids.get(("instrument", folded(title)))
        if known:
            return Named(known, self._new.get(known, ()))
        new = self._fresh(title)
        act = Table(
            instrument=new, type=sort, titles={self.lang: title}, on=self.on, basis=basis, count=count
        )
        return self._keep("instrument", new, title, act)

    def fresh(self, words: str) -> str:
        """A new id made of `words`, unlike any other in the register or this document."""
        return self._fresh(words)

    def _named(self, what: str, name: str, basis: Basis) -> Named:
        known = self._ids.get((what, folded(name)))
        return Named(known, self._new.get(known, ())) if known else self._introduce(what, name, basis)

    def _introduce(self, what: str, name: str, basis: Basis, offices: tuple[Office, ...] = ()) -> Named:
        new = self._fresh(name)
        act = Introduce(what=what, id=new, names={self.lang: name}, on=self.on, basis=basis, offices=offices)
        return self._keep(what, new, name, act)

    def _keep(self, what: str, new: str, name: str, act: Deed) -> Named:
        self._ids[what, folded(name)] = new
        self._new[new] = (act,)
        return Named(new, (act,))

    def _fresh(self, words: str) -> str:
        stem, n = slug(words), 1
        new = stem
        while new in self._taken:
            n += 1
            new = f"{stem}-{n}"
        self._taken.add(new)
        return new

    def _file(self, what: str, thing: str, names: Iterable[str]) -> None:
        self._taken.add(thing)
        for name in names:
            self._ids[what, folded(name)] = thing


def folded(name: str) -> str:
    """A name for comparison: case, spacing, accents, ё and a leading article aside."""
    plain = unicodedata.normalize("NFKC", name).casefold().replace("ё", "е")
    return " ".join(_ARTICLE.sub("", plain).split())


def slug(words: str) -> str:
    """An id made of words: Latin letters, digits and hyphens, at most 48 characters."""
    stem = latin(words).replace(" ", "-")
    return (stem if len(stem) <= 48 else stem[:48].rsplit("-", 1)[0]) or "unnamed"


def latin(words: str) -> str:
    """Words in plain Latin letters and digits, lower case, one space between them, a leading article gone."""
    letters = "".join(_LATIN.get(c, c if c.isalnum() else "-") for c in _ARTICLE.sub("", words).casefold())
    plain = unicodedata.normalize("NFKD", letters).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", " ", plain).strip()


def ids_made(act: Act) -> tuple[str, ...]:
    """The ids of the things that an act makes or speaks of as its own."""
    fields = ("id", "meeting", "instrument", "package", "measure")
    return tuple(v for f in fields if (v := getattr(act, f, "")))

"""Rules of procedure as data: the levels, who decides at each by which rule, and the articles it stands on.

The file is TOML; `docs/rules.md` describes it with an example. `Rulebook.parse` is strict: what is unknown,
contradicts itself or cannot be reached is a fault with its place inside the file (``$.level[1].above``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import msgspec

from travaux.acts.fault import Fault, Place, Refused, refused
from travaux.acts.kinds import Found
from travaux.acts.vocabulary import explain
from travaux.delivery.extensions import TFA_17, Extensions
from travaux.rules.level import PARTIES, Article, BookFile, Level
from travaux.rules.table import Table
from travaux.rules.tree import AnyRule
from travaux.rules.validate import faults_of


@dataclass(frozen=True, slots=True, eq=False)
class Rulebook:
    """Rules of procedure, checked. `levels` stand the lowest first; `zone` is that of all its clocks.

    A thing that was tabled and never referred lies at `entry`, the first of the levels a text may enter at.
    """

    title: str
    levels: tuple[Level, ...]
    zone: ZoneInfo
    entries: tuple[str, ...]
    sources: Mapping[str, Article]
    by_id: Mapping[str, Level]
    apart: frozenset[str]
    tables: tuple[Table, ...] = ()
    force: AnyRule | None = None
    note: str = ""
    extensions: Extensions = TFA_17

    @staticmethod
    def parse(data: bytes, where: str) -> Rulebook | Refused:
        """The rulebook of a file's bytes; every fault of it, placed in `where`."""
        try:
            values = tomllib.loads(data.decode("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
            return refused("rules.toml", Place(where), detail=str(error))
        try:
            file = msgspec.convert(values, BookFile)
        except (msgspec.ValidationError, RecursionError) as error:
            fault = explain(error) if isinstance(error, msgspec.ValidationError) else Fault("rules.too_deep")
            return Refused((fault.at(f"{where}: {fault.place.where or '$'}"),))
        found = faults_of(file)
        return Refused(tuple(f.at(f"{where}: {f.place.where}") for f in found)) if found else _book(file)

    @property
    def entry(self) -> str:
        """Where a text lies that nobody has referred yet."""
        return self.entries[0]

    def level(self, level_id: str) -> Level | None:
        """The level of that id, or None."""
        return self.by_id.get(level_id)

    def rank(self, level_id: str) -> int:
        """The place of a level, 0 the lowest; -1 where it is unknown."""
        return next((n for n, lv in enumerate(self.levels) if lv.id == level_id), -1)

    def upward(self, level_id: str) -> tuple[str, ...]:
        """The level and those above it, to the top."""
        found: list[str] = []
        while level_id in self.by_id:
            found.append(level_id)
            level_id = self.by_id[level_id].above
        return tuple(found)

    def name(self, thing: str, lang: str = "en") -> str:
        """What a level is called in `lang`, else in English or its first language; "" for no level."""
        level = self.by_id.get(thing)
        if level is None or not level.names:
            return ""
        return level.names.get(lang) or level.names.get("en") or next(iter(level.names.values()))

    def table(self, key: str, day: date) -> Table | None:
        """The table of weights of that id in force on `day`, or None."""
        held = [t for t in self.tables if t.id == key and t.since <= day]
        return max(held, key=lambda t: t.since, default=None)

    def article(self, key: str) -> Article | None:
        """The article of a key, or None."""
        return self.sources.get(key)


def _book(file: BookFile) -> Rulebook:
    return Rulebook(
        file.title,
        file.level,
        ZoneInfo(file.zone),
        file.entry or (file.level[0].id,),
        file.sources,
        {level.id: level for level in file.level},
        frozenset(level.id for level in file.level if level.apart),
        file.table,
        file.force,
        file.note,
        file.extensions,
    )


def misfits(book: Rulebook, founding: Found) -> tuple[Fault, ...]:
    """Where a rulebook does not fit the parties of a register: members it names that are none of them."""
    parties = {p.id for p in founding.parties if p.id != founding.keeper}
    return tuple(
        Fault("rules.unknown_member", Place(f"$.level[{n}].members"), {"level": level.id, "party": member})
        for n, level in enumerate(book.levels)
        if level.members != PARTIES
        for member in level.members
        if member not in parties
    )

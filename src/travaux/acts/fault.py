"""What is wrong, where, and what to do: a value, never a string and never an exception.

Functions that can refuse return ``T | Refused``. Exceptions are for programming errors only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from travaux import messages


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fault lies: a file or row (`where`), line and column from 1 (characters), 0 when unknown."""

    where: str = ""
    line: int = 0
    col: int = 0

    def __str__(self) -> str:
        numbers = [str(n) for n in (self.line, self.col) if n]
        return ":".join([self.where, *numbers] if self.where else numbers)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. `code` is a message id (``area.name``); `values` fill its wording."""

    code: str
    place: Place = Place()
    values: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, lang: str = "en") -> str:
        """What is wrong and what to do, in one line, without the place."""
        what, cure = messages.say(self.code, self.values, lang), messages.remedy(self.code, self.values, lang)
        return f"{what}; {cure}" if cure else what

    def line(self, lang: str = "en") -> str:
        """``file:line:col: what; what to do``: the form every command prints on standard error."""
        place = str(self.place)
        return f"{place}: {self.sentence(lang)}" if place else self.sentence(lang)

    def at(self, where: str, line: int = 0, col: int = 0) -> Fault:
        """The same fault at another place; a line or column already known stays unless one is given."""
        return replace(self, place=Place(where, line or self.place.line, col or self.place.col))


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal: one or more faults. Never empty."""

    faults: tuple[Fault, ...]

    def __post_init__(self) -> None:
        if not self.faults:
            raise ValueError(self)  # a refusal gives at least one reason


def refused(code: str, place: Place = Place(), **values: object) -> Refused:
    """A refusal for one reason: ``return refused("record.chain", Place(f"entry {i}"), n=3)``."""
    return Refused((Fault(code, place, values),))


def refused_all(faults: Iterable[Fault]) -> Refused | None:
    """A refusal for all of `faults`, or None where there are none."""
    listed = tuple(faults)
    return Refused(listed) if listed else None

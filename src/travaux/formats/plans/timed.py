"""What a deadline as written comes to: `Timed` where it is certain, `Unsure` where a person has to say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from travaux.acts.when import When


@dataclass(frozen=True, slots=True)
class Ways:
    """How a source writes dates, where its mapping says so.

    `order` is dmy or mdy for days such as 03/04/2031. `year` stands where a date has none. `fiscal` is the
    month (1-12) in which its financial years begin, 0 where unknown. `serials` takes whole numbers of a text
    file for spreadsheet days.
    """

    order: str = ""
    year: int = 0
    fiscal: int = 0
    serials: bool = False


PLAIN: Final = Ways()


@dataclass(frozen=True, slots=True)
class Timed:
    """A deadline that reads in one way only. `sort` says which of the fields count:

    date, period: `due`. after_event: `event` in its words, `offset` later. recurring: `every`, up to a `day`
    (month, day of month) of the year where it is said; `due` is the span of the first and last time where
    it is said. duration: `offset`. continuous: `due` is its span where it is said. none: the source says
    there is no deadline.
    """

    sort: str
    due: When | None = None
    every: str = ""
    day: tuple[int, int] | None = None
    offset: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True)
class Unsure:
    """A deadline that a person has to say: `code` is the question, or what is wrong; `offered` are readings.

    `wrong` where it cannot be a deadline at all (30 February) or cannot be read.
    """

    code: str
    offered: tuple[str, ...] = ()
    wrong: bool = False


def due_of(expr: str, words: str = "") -> When | None:
    """A `When` of our own expression with the words of the source, None where it is no date."""
    plain = " ".join(words.replace('"', "”").split())[:200]
    made = When.parse(f'{expr} "{plain}"' if plain and plain != expr else expr)
    return made if isinstance(made, When) else None

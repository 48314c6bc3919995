"""Views asked of a register: the brief with its ladder, as the rules of procedure have it."""

from __future__ import annotations

from datetime import date

from travaux.register.fold import AsOf
from travaux.register.names import directory
from travaux.register.things import Instrument
from travaux.rules.standing import standing
from travaux.secretariat.door import PUBLIC, Secretariat
from travaux.views.brief import brief
from travaux.views.page import Brief
from travaux.views.standing import Ladder, Place


def brief_of(
    office: Secretariat,
    on: date,
    recorded: int | None = None,
    *,
    compare: date | None = None,
    for_: str = PUBLIC,
    lang: str = "en",
) -> Brief:
    """The brief as of the day `on`, from what was on the record at size `recorded`, for one reader."""
    asof = office.as_of(on, recorded, for_)
    before = office.as_of(compare, recorded, for_) if compare else None
    ladder = ladder_of(office, lang)
    return brief(asof, compare=before, lang=lang, words=office.words, holds=office.holds, ladder=ladder)


def ladder_of(office: Secretariat, lang: str) -> Ladder:
    """The rungs of the rulebook in force, and where the rules say that a text stands on them."""
    book = office.book

    def place(asof: AsOf, text: Instrument) -> Place:
        found = standing(asof, book, text.id)
        if not found.level:
            return Place("", waits=False)
        names = directory(asof)
        said = tuple(r.say(lang, lambda thing: names.name(thing, lang)) for r in found.reasons)
        return Place(found.level, found.waits, said)

    return Ladder(tuple(level.id for level in book.levels), place)

"""Views asked of a register: the brief with its ladder, as the rules of procedure have it."""

from __future__ import annotations

from datetime import date

import msgspec

from travaux.acts.base import Names
from travaux.register.delivered import delivery
from travaux.register.fold import AsOf
from travaux.register.names import directory
from travaux.register.things import Instrument
from travaux.rules.standing import standing
from travaux.secretariat.door import PUBLIC, Secretariat
from travaux.views.brief import brief
from travaux.views.delivered.board import Board, board
from travaux.views.delivered.minister import MinisterPage, minister_page
from travaux.views.delivered.outlook import Outlook, outlook
from travaux.views.page import Brief
from travaux.views.standing import Ladder, Place
from travaux.views.wording import wording


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


def board_of(
    office: Secretariat,
    on: date,
    recorded: int | None = None,
    *,
    compare: date | None = None,
    for_: str = PUBLIC,
    programme: str = "",
    body: str = "",
    base_on: date | None = None,
    lang: str = "en",
) -> Board:
    """The measures as of the day `on`, for one reader; those of one `programme` or `body` (ids) only."""
    w = wording(office.as_of(on, recorded, for_), lang, office.words, level_names(office))
    before = (office.as_of(compare, recorded, for_), compare) if compare else None
    page = board(w, on, compare=before, programme=programme, base_on=base_on, reader=for_)
    return msgspec.structs.replace(page, rows=page.rows.of_body(w.name(body))) if body else page


def outlook_of(office: Secretariat, party: str, on: date, recorded: int | None = None) -> Outlook:
    """The forecast for one party, from what it may see."""
    asof = office.as_of(on, recorded, party)
    return outlook(wording(asof, "en", office.words), delivery(asof, on))


def minister_of(
    office: Secretariat,
    party: str,
    on: date,
    recorded: int | None = None,
    *,
    compare: date | None = None,
    lang: str = "en",
) -> MinisterPage:
    """The page of one party's minister, from what that party may see."""
    page = board_of(office, on, recorded, compare=compare, for_=party, lang=lang)
    return minister_page(wording(office.as_of(on, recorded, party), lang, office.words), page, party)


def level_names(office: Secretariat) -> dict[str, Names]:
    """What the rules in force call their levels."""
    return {level.id: level.names for level in office.book.levels if level.names}


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

    levels = tuple(level.id for level in book.levels)
    return Ladder(levels, place, level_names(office), frozenset(book.apart))

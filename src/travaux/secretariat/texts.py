"""The rolling text asked of a register: with the levels of its rules of procedure, for one reader."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from travaux.acts.fault import Refused, refused
from travaux.acts.kinds import Introduce
from travaux.register.fold import AsOf
from travaux.register.names import directory
from travaux.register.wording import rolling
from travaux.rules.hearing import lies
from travaux.rules.standing import standing
from travaux.secretariat.door import PUBLIC, Secretariat
from travaux.text.compile import compile as compile_wordings
from travaux.text.notation import render
from travaux.text.page import TextPage
from travaux.views.rolling import Asked, text_page


def text_of(
    office: Secretariat,
    instrument: str,
    asked: Asked,
    on: date,
    recorded: int | None = None,
    *,
    for_: str = PUBLIC,
    lang: str = "en",
) -> TextPage | Refused:
    """The text of `instrument` as of the day `on`, from what was on the record at size `recorded`."""
    asof = office.as_of(on, recorded, for_)
    before = office.as_of(asked.compare, recorded, for_) if asked.compare else None
    here = _level(office, asof, instrument)
    names = directory(asof)

    def level(found: str) -> str:
        at = found or here
        return (office.book.name(at, lang) or names.name(at, lang)) if at else ""

    return text_page(asof, instrument, asked, before=before, lang=lang, levels=level)


def groups_of(
    office: Secretariat, on: date, for_: str = PUBLIC, lang: str = "en"
) -> dict[str, Collection[str]]:
    """The bodies that have members, by name, with the names of their members: the groups of long lists."""
    asof = office.as_of(on, None, for_)
    names = directory(asof)
    bodies = (e.act for e in asof.acts(Introduce) if e.act.what == "body" and e.act.members)
    return {names.name(b.id, lang): tuple(names.name(m, lang) for m in b.members) for b in bodies}


def _level(office: Secretariat, asof: AsOf, instrument: str) -> str:
    """Where the instrument lies: by the rules in a working register, as reported in an observed one."""
    if asof.founding.kind == "observed":
        return standing(asof, office.book, instrument).level
    return lies(asof, office.book, instrument)


def notation_of(
    office: Secretariat,
    instrument: str,
    asked: Asked,
    on: date,
    recorded: int | None = None,
    *,
    for_: str = PUBLIC,
) -> str | Refused:
    """The parties' wordings of one unit in our plain notation, so that each can be taken out of it again.

    Parties without a wording of their own, and a text on the table that is nobody's, are not in it.
    """
    made = rolling(office.as_of(on, recorded, for_), instrument)
    unit = asked.unit or next(iter(made.provisions), "")
    if len(made.provisions) > 1 and not asked.unit:
        return refused("text.which_unit", units=", ".join(made.ordered()))
    langs = [lang for u, lang, _ in made.sheets() if u == unit and asked.lang in ("", lang)]
    sheet = made.sheet(unit, langs[0]) if langs else None
    if sheet is None:
        return refused("text.no_unit", unit=unit)
    return render(compile_wordings({w.name: w.words for w in sheet.witnesses if w.party and w.whole}))

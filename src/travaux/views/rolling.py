"""The rolling text of an instrument as a page: units with their brackets, progress, and what changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from travaux.acts.fault import Refused, refused
from travaux.acts.kinds import Propose
from travaux.register.changes import changes_by_act
from travaux.register.drafts import Words
from travaux.register.fold import AsOf
from travaux.register.ladder import level_of
from travaux.register.wording import rolling
from travaux.text.effects import Effects, effects
from travaux.text.page import (
    FORMAT,
    Agreed,
    ChangeLine,
    Link,
    Lost,
    TextPage,
    UnitPage,
    Would,
    WouldPage,
)
from travaux.text.progress import state_of
from travaux.text.rolling import Rolling
from travaux.views.drafted import Levels, Maker, own_text
from travaux.views.progress import progress_page
from travaux.views.sentence import sentence
from travaux.views.wording import Wording, wording

RENDERINGS = ("clean", "bracketed", "attributed", "columns", "party", "progress")
_NAMELESS = ("clean", "bracketed")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a text: rendering, party, language ("": that of most units), day to compare with.

    With a `unit` only that one is shown. `taking` is a bracket and an option: what would it change, for whom?
    """

    rendering: str = "bracketed"
    party: str = ""
    lang: str = ""
    compare: date | None = None
    unit: str = ""
    taking: tuple[str, str] | None = None


def text_page(
    asof: AsOf,
    instrument: str,
    asked: Asked = Asked(),
    *,
    words: Words | None = None,
    before: AsOf | None = None,
    lang: str = "en",
    levels: Levels | None = None,
) -> TextPage | Refused:
    """The page of `instrument` as `asof` has it; `before` is the register at the day to compare with.

    `levels` gives the name of a level, that of "" being the one where the instrument lies now.

    Refused: no text, no such language, a party that is none of the register, and the clean rendering while
    anything is open, which says what.
    """
    made = rolling(asof, instrument, words)
    at = _language(asof, made, asked)
    if isinstance(at, Refused):
        return at
    would = effects(made, *asked.taking) if asked.taking else None
    if isinstance(would, Refused):
        return would
    w = wording(asof, lang)
    maker = Maker(made, w, asked.rendering not in _NAMELESS, levels or _levels(asof, instrument, w))
    units = tuple(_units(maker, asked, at))
    if asked.rendering == "clean" and (open_ones := _open(units, maker.w)):
        return open_ones
    return TextPage(
        FORMAT,
        asof.founding.name,
        asof.founding.kind,
        instrument,
        w.name(instrument),
        at,
        made.languages(),
        asof.on.isoformat() if asof.on else "",
        asked.rendering,
        w.say(f"stand_{asof.founding.kind}", day=w.day(asof.on) if asof.on else w.say("all_days")),
        units,
        progress_page(asof, made, at, w, words, maker.numbers, maker.levels, named=maker.named),
        w.name(asked.party) if asked.party else "",
        asked.compare.isoformat() if asked.compare else "",
        tuple(_links(made, w)),
        tuple(_settled(made, maker, at)),
        tuple(_changes(before, asof, made, maker, words)) if before else (),
        tuple(Lost(u.act, u.fault.sentence(lang)) for u in made.unplaced),
        _would(would, maker, asked) if would and maker.named else None,
    )


def _language(asof: AsOf, text: Rolling, asked: Asked) -> str | Refused:
    """The language to show, where what is asked for is there."""
    languages = text.languages()
    if not text.provisions:
        known = sorted({e.act.instrument for e in asof.acts(Propose)})
        return refused("text.no_text", instrument=text.instrument, texts=", ".join(known) or "-")
    lang = asked.lang or _main(text, languages)
    if lang not in languages:
        return refused("text.no_language", lang=lang, languages=", ".join(languages))
    if asked.rendering == "party" and not any(s.witness(asked.party) for _, _, s in text.sheets()):
        return refused("text.no_party", party=asked.party)
    if asked.unit and asked.unit not in text.provisions:
        return refused("text.no_unit", unit=asked.unit)
    return lang


def _levels(asof: AsOf, instrument: str, w: Wording) -> Levels:
    here = level_of(asof, instrument)
    return lambda level: w.name(level or here) if level or here else ""


def _main(text: Rolling, languages: tuple[str, ...]) -> str:
    """The language that most units have a text in."""
    return max(languages, key=lambda lang: (sum(at == lang for _, at, _ in text.sheets()), lang), default="")


def _units(maker: Maker, asked: Asked, lang: str) -> Iterator[UnitPage]:
    for unit, label in maker.text.labelled():
        if asked.unit not in ("", unit):
            continue
        sheet = maker.text.sheet(unit, lang)
        wanted = tuple(_wanted(maker, unit)) if maker.named else ()
        depth = label.count(".")
        if sheet is None:
            yield UnitPage(unit, label, depth, (), False, wanted)
            continue
        shown = sheet.shown() if asked.rendering != "party" else own_text(sheet, asked.party)
        whole = [maker.reserved(r) for r in sheet.reserved if not r.bracket] if maker.named else []
        yield UnitPage(unit, label, depth, maker.pieces(sheet, shown, True), True, wanted, tuple(whole))


def _wanted(maker: Maker, unit: str) -> Iterator[str]:
    """Where parties want the unit, where that is not where it stands."""
    provision = maker.text.provisions[unit]
    for party, spot in sorted(provision.wanted.items()):
        now = provision.spot
        if now is None or (now.under, now.after) != (spot.under, spot.after):
            labels = dict(maker.text.labelled())
            place = (
                maker.w.say("place_after", unit=labels.get(spot.after, spot.after))
                if spot.after
                else maker.w.say("place_first")
            )
            yield maker.w.say("wanted", who=maker.w.name(party), place=place)


def _open(units: tuple[UnitPage, ...], w: Wording) -> Refused | None:
    """What is still open, one fault a bracket outside brackets; None where nothing is."""
    faults = [
        fault
        for unit in units
        for piece in unit.pieces
        if piece.place
        for fault in refused(
            "text.open_in",
            unit=unit.label,
            bracket=piece.place.id,
            options=" / ".join(c.words or w.say("no_text") for c in piece.place.options),
        ).faults
    ]
    return Refused(tuple(faults)) if faults else None


def _links(text: Rolling, w: Wording) -> Iterator[Link]:
    for one in text.couplings:
        yield Link(one.sort, w.say(f"link_{one.sort}"), one.brackets, one.act, one.why)


def _settled(text: Rolling, maker: Maker, lang: str) -> Iterator[Agreed]:
    labels = dict(text.labelled())
    for unit, at, sheet in text.sheets():
        for one in sheet.agreements if at == lang else ():
            yield Agreed(
                unit,
                labels[unit],
                one.words,
                maker.levels(one.at),
                maker.w.say(f"degree_{one.degree.value}"),
                state_of(text, one),
                maker.day(one.act),
                one.act,
                one.condition,
            )


def _changes(
    before: AsOf, after: AsOf, text: Rolling, maker: Maker, words: Words | None
) -> Iterator[ChangeLine]:
    labels = dict(text.labelled())
    for one in changes_by_act(before, after, text.instrument, words):
        entered = one.entered
        yield ChangeLine(
            entered.id,
            maker.w.when(entered.act.on),
            sentence(entered, maker.w) if maker.named else maker.w.say("change_by_act"),
            one.unit,
            labels.get(one.unit, ""),
            one.added,
            one.removed,
            len(one.opened),
            len(one.closed),
            one.moved,
            one.undone,
        )


def _would(told: Effects, maker: Maker, asked: Asked) -> WouldPage:
    bracket, option = asked.taking or ("", "")
    lines = tuple(
        Would(
            one.party,
            maker.w.name(one.party),
            one.gives,
            one.gets,
            one.same,
            tuple(map(maker.side, one.stances)),
        )
        for one in told.parties
    )
    return WouldPage(bracket, option, lines, told.also, told.closes, told.frees, told.shuts)

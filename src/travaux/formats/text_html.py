"""A rolling text as one HTML page: self-contained, semantic, made to be read, heard and printed.

Brackets are real characters, so that a copy of the page is a bracketed text; each has a number that leads to
its row in the table of open brackets. No script, no link outward, no state told by colour alone. Wording in
any direction is kept from rearranging what stands around it. The same page gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from html import escape
from importlib import resources
from string import Template

from travaux.formats.progress_svg import progress_svg
from travaux.formats.text_plain import Groups, Printer, edges, largest, visible
from travaux.formats.text_tables import places_in, tables
from travaux.text.page import Choice, Piece, Place, TextPage, UnitPage


def text_html(page: TextPage, groups: Groups | None = None, *, lang: str = "en") -> str:
    """The page as a whole HTML document, to be kept as UTF-8; `lang` is that of our own words."""
    printer = Printer(groups or {}, lang=lang)
    parts = [] if page.rendering == "progress" else [_text(page, printer)]
    chart = progress_svg(page.progress.history, lang)
    title = printer.say("text_title", title=page.title)
    return _template().substitute(
        lang=escape(lang, quote=True),
        title=escape(visible(title)),
        stand=escape(page.stand),
        about=escape(about(page, printer)),
        body="\n".join([*parts, *tables(page, printer, chart)]),
        ends=escape(printer.say("ends_with_acts")),
    )


@cache
def _template() -> Template:
    return Template((resources.files(__package__) / "text.html").read_text(encoding="utf-8"))


def about(page: TextPage, printer: Printer) -> str:
    """One line: which rendering this is, in which language, and which others there are."""
    if page.rendering == "party":
        kind = printer.say("text_of_party", party=page.party)
    else:
        kind = printer.say(f"text_{page.rendering}")
    others = ", ".join(lang for lang in page.languages if lang != page.lang)
    told = (
        printer.say("text_language", lang=page.lang, others=others)
        if others
        else printer.say("text_only_language", lang=page.lang)
    )
    return f"{told}; {kind}"


def _text(page: TextPage, printer: Printer) -> str:
    legend = "".join(
        f'<span><span class="{state}">{escape(printer.say(f"words_{state}"))}</span></span>'
        for state in ("agreed", "conditional")
        if any(piece.state == state for unit in page.units for piece in unit.pieces)
    )
    units = "\n".join(_unit(page, unit, printer) for unit in page.units)
    told = f'<p class="note legend">{legend}</p>\n' if legend else ""
    heading = f'<h2 id="text">{escape(printer.say("col_text"))}</h2>'
    return f'<section aria-labelledby="text">\n{heading}\n{told}{units}\n</section>'


def _unit(page: TextPage, unit: UnitPage, printer: Printer) -> str:
    name = f"unit-{escape(unit.id, quote=True)}"
    reserved = (printer.say("reserved_unit", name=s.name, note=visible(s.note)) for s in unit.reserved)
    notes = "".join(f"<li>{escape(note)}</li>" for note in (*unit.wanted, *reserved))
    beside = page.rendering == "columns"
    if unit.held:
        inline = replace(printer, named=not beside)
        words = _pieces(unit.pieces, inline) or f'<span class="none">{escape(printer.say("no_text"))}</span>'
        body = f'<p class="words" lang="{escape(page.lang, quote=True)}" dir="auto">{words}</p>'
    else:
        body = f'<p class="none">{escape(printer.say("no_text_in_language"))}</p>'
    after = f'\n<ul class="notes note">{notes}</ul>' if notes else ""
    after = (_beside(unit, printer) if beside else "") + after
    return (
        f'<section class="{"unit wide" if beside else "unit"}" aria-labelledby="{name}">\n'
        f'<h3 id="{name}">{escape(unit.label)}</h3>\n'
        f"{body}{after}\n</section>"
    )


def _beside(unit: UnitPage, printer: Printer) -> str:
    """The column beside a unit: for each of its brackets, who is for which option and what else was said."""
    told = []
    for place in places_in(unit):
        most = largest(place.options)
        lines = []
        for option in place.options:
            said = (*printer.sides(option.sides, others=option is most), printer.merged(option))
            names = escape("; ".join(part for part in said if part) or printer.say("nobody_holds"))
            words = escape(visible(option.words) or printer.say("no_text"))
            lines.append(f"<li><bdi>{words}</bdi> — <bdi>{names}</bdi></li>")
        told.append(f"<dt>{place.number}</dt><dd><ul>{''.join(lines)}</ul></dd>")
    return f'\n<dl class="beside">{"".join(told)}</dl>' if told else ""


def _pieces(pieces: Sequence[Piece], printer: Printer) -> str:
    return "".join(_piece(piece, printer) for piece in pieces)


def _piece(piece: Piece, printer: Printer) -> str:
    if piece.place is not None:
        return _place(piece.place, printer)
    words = escape(visible(piece.words))
    if piece.state not in ("agreed", "conditional") or not piece.words.strip():
        return words
    told = escape(printer.say(f"words_{piece.state}"), quote=True)
    return f'<span class="{piece.state}" title="{told}">{words}</span>'


def _place(place: Place, printer: Printer) -> str:
    lead, trail = edges(place.options)
    most = largest(place.options)
    shown = (_option(option, printer, others=option is most) for option in place.options)
    options = "".join(told for told in shown if told)
    name = escape(f"{printer.say('col_place')} {place.number}, {place.kind_word}", quote=True)
    number = (
        f'<sup><a href="#place-{place.number}"><span class="quiet">{escape(printer.say("col_place"))} </span>'
        f"{place.number}</a></sup>"
    )
    return (
        f'{escape(lead)}<span class="place" role="group" aria-label="{name}">{options}{number}</span>'
        f"{escape(trail)}"
    )


def _option(option: Choice, printer: Printer, *, others: bool) -> str:
    names = printer.names(option, others=others)
    if not option.pieces and not names:
        return ""
    words = _stripped(option.pieces, printer)
    who = f' <span class="who">(<bdi>{escape(names)}</bdi>)</span>' if names else ""
    return f'<span class="mark">[</span>{words}{who}<span class="mark">]</span>'


def _stripped(pieces: Sequence[Piece], printer: Printer) -> str:
    """The pieces of an option without the blanks at its ends, kept together in one direction."""
    words = _pieces(pieces, printer).strip()
    if not words:
        return f'<span class="none">{escape(printer.say("no_text"))}</span>'
    return f"<bdi>{words}</bdi>"

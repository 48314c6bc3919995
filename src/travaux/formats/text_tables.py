"""The tables beside a rolling text: open brackets, what was settled, progress, what changed. As HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from travaux.formats.text_plain import Printer, largest, visible
from travaux.text.page import Choice, Piece, Place, PointLine, TextPage, UnitPage
from travaux.text.progress import STATES

SHORT = 8  # characters of an act's id that a person sees
_NAMED = ("attributed", "columns", "party", "progress")


def tables(page: TextPage, printer: Printer, chart: str) -> Iterator[str]:
    """The sections after the text, in the order a reader needs them; empty ones are left out."""
    told = _section("progress", printer.say("text_progress_title"), _progress(page, printer, chart))
    if page.rendering == "progress":
        yield told
    yield from _beside(page, printer)
    if page.rendering != "progress":
        yield told
    if page.lost:
        lost = "".join(f"<li><code>{_short(one.act)}</code> {escape(one.why)}</li>" for one in page.lost)
        yield _section("lost", printer.say("text_lost"), f"<ul>{lost}</ul>")


def _beside(page: TextPage, printer: Printer) -> Iterator[str]:
    places = list(places_of(page))
    if places:
        yield _section("places", printer.say("text_places"), _places(page, printer, places))
    if page.compared:
        told = _changes(page, printer) if page.changes else f"<p>{escape(printer.say('no_changes'))}</p>"
        yield _section("changes", printer.say("text_changes", day=page.compared), told)
    if page.settled:
        yield _section("settled", printer.say("text_settled"), _settled(page, printer))
    if page.links:
        yield _section("links", printer.say("text_links"), _links(page))


def places_of(page: TextPage) -> Iterator[tuple[str, Place]]:
    """Every bracket of the page with the label of its unit, outer before inner."""
    return ((unit.label, place) for unit in page.units for place in places_in(unit))


def places_in(unit: UnitPage) -> Iterator[Place]:
    """The brackets of a unit, outer before inner."""
    stack: list[Piece] = list(reversed(unit.pieces))
    while stack:
        piece = stack.pop()
        if piece.place is not None:
            yield piece.place
            for option in reversed(piece.place.options):
                stack.extend(reversed(option.pieces))


def _section(name: str, title: str, body: str) -> str:
    return f'<section aria-labelledby="{name}">\n<h2 id="{name}">{escape(title)}</h2>\n{body}\n</section>'


def _table(
    caption: str,
    heads: Sequence[str],
    rows: Iterable[str],
    figures: Sequence[int] = (),
    *,
    quiet: bool = False,
) -> str:
    """A table; a `quiet` caption says what a heading above it says already, to those who listen."""
    name = f'<span class="quiet">{escape(caption)}</span>' if quiet else escape(caption)
    told = "".join(
        f'<th scope="col"{_figure(n, figures)}>{escape(head)}</th>' for n, head in enumerate(heads)
    )
    body = "\n".join(rows)
    return (
        f"<table>\n<caption>{name}</caption>\n<thead><tr>{told}</tr></thead>\n"
        f"<tbody>\n{body}\n</tbody>\n</table>"
    )


def _row(head: str, cells: Iterable[str], name: str = "", figures: Sequence[int] = ()) -> str:
    """A row with its head; cells are HTML already, a head is text."""
    opened = f'<tr id="{name}">' if name else "<tr>"
    told = "".join(f"<td{_figure(n, figures)}>{cell}</td>" for n, cell in enumerate(cells, 1))
    return f'{opened}<th scope="row">{escape(head)}</th>{told}</tr>'


def _figure(n: int, figures: Sequence[int]) -> str:
    return ' class="figure"' if n in figures else ""


def _places(page: TextPage, printer: Printer, places: list[tuple[str, Place]]) -> str:
    named = page.rendering in _NAMED
    heads = [printer.say(f"col_{h}") for h in ("place", "unit", "option", "level", "since")]
    if named:
        heads[3:3] = [printer.say("col_for"), printer.say("col_other")]
    rows = [row for label, place in places for row in _place_rows(printer, label, place, named)]
    return _table(printer.say("text_places"), heads, rows, quiet=True)


def _place_rows(printer: Printer, label: str, place: Place, named: bool) -> Iterator[str]:
    """One row an option; number, unit, level and date stand in the first and span all."""
    most = largest(place.options)
    many = f' rowspan="{len(place.options)}"' if len(place.options) > 1 else ""
    degree = "; ".join(part for part in (place.level, place.degree_word, place.condition) if part)
    since = f"{escape(place.since)} <code>{_short(place.act)}</code>" if place.act else ""
    for n, option in enumerate(place.options):
        cells = [f"<td>{_words(option, printer)}</td>"]
        if named:
            said, rest = printer.sides(option.sides, others=option is most)
            merged = printer.merged(option)
            other = "; ".join(part for part in (rest, merged) if part)
            cells += [f"<td><bdi>{escape(said)}</bdi></td>", f"<td><bdi>{escape(other)}</bdi></td>"]
        if n == 0:
            first = f'<th scope="row"{many}>{place.number} <code>{escape(place.id)}</code></th>'
            last = f"<td{many}>{escape(degree)}</td><td{many}>{since}</td>"
            cells = [first, f"<td{many}>{escape(label)}</td>", *cells, last]
            yield f'<tr id="place-{place.number}">{"".join(cells)}</tr>'
        else:
            yield f"<tr>{''.join(cells)}</tr>"


def _words(option: Choice, printer: Printer) -> str:
    told = escape(visible(option.words)) if option.words else f"<em>{escape(printer.say('no_text'))}</em>"
    return f"<bdi>{told}</bdi> <code>{escape(option.mark)}</code>"


def _settled(page: TextPage, printer: Printer) -> str:
    heads = [printer.say(f"col_{h}") for h in ("unit", "words", "level", "degree", "day", "act")]
    rows = (
        _row(
            one.label,
            (
                f"<bdi>{escape(visible(one.words)) or escape(printer.say('no_text'))}</bdi>",
                escape(one.level),
                escape("; ".join(part for part in (one.degree, one.condition) if part)),
                escape(one.when),
                f"<code>{_short(one.act)}</code>",
            ),
        )
        for one in page.settled
    )
    return _table(printer.say("text_settled"), heads, rows, quiet=True)


def _links(page: TextPage) -> str:
    told = (
        f"<li>{escape(link.word)}: {escape(', '.join(link.brackets))}"
        f"{': ' + escape(visible(link.why)) if link.why else ''} <code>{_short(link.act)}</code></li>"
        for link in page.links
    )
    return f"<ul>{''.join(told)}</ul>"


def _changes(page: TextPage, printer: Printer) -> str:
    heads = [printer.say(f"col_{h}") for h in ("day", "act", "unit", "words")]
    rows = (
        _row(
            change.when,
            (
                f"<bdi>{escape(visible(change.said))}</bdi> <code>{_short(change.act)}</code>",
                escape(change.label),
                "<br>".join(f"<bdi>{escape(visible(one))}</bdi>" for one in change_words(change, printer)),
            ),
        )
        for change in page.changes
    )
    return _table(printer.say("text_changes", day=page.compared), heads, rows, quiet=True)


def change_words(change: object, printer: Printer) -> list[str]:
    """What one act changed, in short lines."""
    told = []
    for field in ("added", "removed"):
        words = getattr(change, field)
        if words:
            quoted = ", ".join(printer.say("quote", words=w) for w in words)
            told.append(printer.say(f"change_{field}", words=quoted))
    told += [
        printer.say(f"change_{field}", n=n) for field in ("opened", "closed") if (n := getattr(change, field))
    ]
    told += [printer.say("change_moved")] if getattr(change, "moved", False) else []
    told = told or [printer.say("change_stances")]
    return [*told, printer.say("change_undone")] if getattr(change, "undone", False) else told


def _progress(page: TextPage, printer: Printer, chart: str) -> str:
    told = page.progress
    say = printer.say
    undiscussed = ", ".join(told.undiscussed) or say("none")
    units = say("text_progress_units", units=told.units, clean=told.clean, undiscussed=undiscussed)
    words = [_row(say(f"words_{s}"), (str(told.words.get(s, 0)),), figures=(1,)) for s in STATES]
    by_level = [_row(level, (str(n),), figures=(1,)) for level, n in told.by_level]
    by_holder = [_row(name, (str(n),), figures=(1,)) for name, n in told.by_holder]
    parts = [
        f"<p>{escape(units)}</p>",
        _table(say("text_progress_words"), (say("col_state"), say("col_words")), words, (1,)),
    ]
    if told.points:
        parts.append(_points(printer, say("text_progress_points"), told.points))
    if told.wrappers:
        parts.append(_points(printer, say("text_progress_wrappers"), told.wrappers))
    if by_level:
        heads = (say("col_level"), say("col_points"))
        parts.append(_table(say("text_progress_by_level"), heads, by_level, (1,)))
    if by_holder:
        heads = (say("col_holders"), say("col_points"))
        parts.append(_table(say("text_progress_by_holder"), heads, by_holder, (1,)))
    parts += [f"<figure>\n{chart}</figure>", _history(page, printer)]
    method = (
        f'<p class="method"><strong>{escape(say("text_progress_method"))}.</strong> {escape(told.method)}</p>'
    )
    return "\n".join([*parts, method])


def _points(printer: Printer, caption: str, points: Sequence[PointLine]) -> str:
    heads = [printer.say(f"col_{h}") for h in ("place", "unit", "level", "degree", "since", "holders")]
    rows = (
        _row(
            ", ".join(map(str, point.numbers)) or ", ".join(point.brackets),
            (
                escape(point.label),
                escape(point.level),
                escape("; ".join(part for part in (point.degree, point.condition) if part)),
                escape(point.since),
                f"<bdi>{escape(', '.join(point.holders))}</bdi>",
            ),
        )
        for point in points
    )
    return _table(caption, heads, rows)


def _history(page: TextPage, printer: Printer) -> str:
    say = printer.say
    heads = (say("col_day"), say("col_points"), *(say(f"words_{s}") for s in STATES))
    rows = (
        _row(m.day, map(str, (m.points, m.agreed, m.conditional, m.shared, m.open)), figures=(1, 2, 3, 4, 5))
        for m in page.progress.history
    )
    return _table(say("text_progress_history"), heads, rows, (1, 2, 3, 4, 5))


def _short(act: str) -> str:
    return escape(act[:SHORT])

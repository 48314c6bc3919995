"""A rolling text on the terminal: the text itself, and tables of brackets, changes and progress."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from travaux.cli.console import notice
from travaux.formats.text_html import about
from travaux.formats.text_plain import Groups, Printer, largest, plain_text, visible
from travaux.formats.text_tables import change_words, places_of
from travaux.text.page import PointLine, TextPage, WouldPage
from travaux.text.progress import AGREED, CONDITIONAL, STATES

SHORT = 12  # characters of an act's id that a person copies


def print_page(page: TextPage, groups: Groups, console: Console) -> None:
    """The rendering that the page was made for; with a day to compare, what changed follows."""
    printer = Printer(groups, numbered=page.rendering == "columns", named=page.rendering != "columns")
    if page.rendering == "progress":
        _progress(page, printer, console)
    elif page.rendering == "columns":
        console.print("\n\n".join(map(printer.unit, page.units)), markup=False)
        if any(places_of(page)):
            console.print()
            console.print(_places(page, Printer(groups)))
    else:
        console.print(plain_text(page, groups), markup=False, end="")
        _caution(page, printer)
    if page.taking:
        console.print()
        _taking(page.taking, printer, console)
    if page.compared:
        console.print()
        console.print(_changes(page, printer) if page.changes else printer.say("no_changes"))
    for lost in page.lost:
        console.print(f"{lost.act[:SHORT]}: {lost.why}", markup=False)


def _caution(page: TextPage, printer: Printer) -> None:
    """On standard error, where a text without brackets is not a text agreed."""
    words = page.progress.words
    if page.rendering == "clean" and words[AGREED] < sum(words.values()):
        counts = {"agreed": words[AGREED], "conditional": words[CONDITIONAL]}
        notice(printer.say("clean_is_not_agreed", words=sum(words.values()), **counts))


def _table(title: str, heads: Sequence[str]) -> Table:
    return Table(*heads, title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")


def _places(page: TextPage, printer: Printer) -> Table:
    say = printer.say
    heads = [say(f"col_{h}") for h in ("place", "unit", "option", "for", "other", "level", "since")]
    table = _table(say("text_places"), heads)
    for label, place in places_of(page):
        most = largest(place.options)
        for n, option in enumerate(place.options):
            names, rest = printer.sides(option.sides, others=option is most)
            other = "; ".join(part for part in (rest, printer.merged(option)) if part)
            words = f"{visible(option.words) or say('no_text')}  {option.mark}"
            first = (f"{place.number}  {place.id}", label) if n == 0 else ("", "")
            how = "; ".join(part for part in (place.level, place.degree_word, place.condition) if part)
            last = (how, place.since) if n == 0 else ("", "")
            table.add_row(*map(_plain, (*first, words, names, other, *last)))
    return table


def _changes(page: TextPage, printer: Printer) -> Table:
    say = printer.say
    heads = [say(f"col_{h}") for h in ("day", "unit", "act", "words")]
    table = _table(say("text_changes", day=page.compared), heads)
    for change in page.changes:
        said = f"{change.said}  {change.act[:SHORT]}"
        lines = "\n".join(change_words(change, printer))
        table.add_row(*map(_plain, (change.when, change.label, visible(said), visible(lines))))
    return table


def _taking(told: WouldPage, printer: Printer, console: Console) -> None:
    say = printer.say
    option = visible(told.option) or say("no_text")
    title = say("taking_title", option=option, bracket=told.bracket)
    table = _table(title, [say(f"col_{h}") for h in ("party", "gives", "gets", "other")])
    for one in told.parties:
        gives = say("taking_same") if one.same else visible(one.gives) or say("no_text")
        gets = "" if one.same else visible(one.gets) or say("no_text")
        notes = (f"{s.word}: {s.note}" if s.note else s.word for s in one.sides if s.stance != "supports")
        table.add_row(*map(_plain, (one.name, gives, gets, visible("; ".join(notes)))))
    console.print(table)
    for field in ("also", "closes", "frees", "shuts"):
        if brackets := getattr(told, field):
            console.print(say(f"taking_{field}", brackets=", ".join(brackets)), markup=False)


def _progress(page: TextPage, printer: Printer, console: Console) -> None:
    told, say = page.progress, printer.say
    console.print(f"{page.title}: {say('text_progress')}; {about(page, printer)}\n", markup=False)
    undiscussed = ", ".join(told.undiscussed) or say("none")
    units = say("text_progress_units", units=told.units, clean=told.clean, undiscussed=undiscussed)
    console.print(units, markup=False)
    words = "; ".join(f"{say(f'words_{s}')}: {told.words.get(s, 0)}" for s in STATES)
    console.print(f"{say('text_progress_words')}: {words}", markup=False)
    for title, pairs in (("by_level", told.by_level), ("by_holder", told.by_holder)):
        if pairs:
            counts = "; ".join(f"{name}: {n}" for name, n in pairs)
            console.print(f"{say(f'text_progress_{title}')}: {counts}", markup=False)
    for title, points in (("points", told.points), ("wrappers", told.wrappers)):
        if points:
            console.print()
            console.print(_points(printer, say(f"text_progress_{title}"), points))
    console.print(f"\n{say('text_progress_method')}: {told.method}", markup=False)


def _points(printer: Printer, title: str, points: Sequence[PointLine]) -> Table:
    heads = ("place", "unit", "option", "holders", "level", "degree", "since")
    table = _table(title, [printer.say(f"col_{h}") for h in heads])
    for point in points:
        name = ", ".join(point.brackets)
        how = "; ".join(part for part in (point.degree, point.condition) if part)
        options = " / ".join(map(visible, point.options))
        cells = (name, point.label, options, ", ".join(point.holders), point.level, how, point.since)
        table.add_row(*map(_plain, cells))
    return table


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)

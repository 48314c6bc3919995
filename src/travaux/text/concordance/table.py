"""A concordance as lines for a terminal: figures first, then one line a difference."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from travaux import messages
from travaux.text.compare.visible import visible
from travaux.text.concordance import Concordance, Difference, Place, Sort

_SORTS: dict[Sort, Callable[[], str]] = {
    Sort.UNIT: lambda: messages.say("concordance.unit"),
    Sort.LABEL: lambda: messages.say("concordance.label"),
    Sort.NAME: lambda: messages.say("concordance.name"),
    Sort.NUMBER: lambda: messages.say("concordance.number"),
    Sort.DATE: lambda: messages.say("concordance.date"),
    Sort.TERM: lambda: messages.say("concordance.term"),
    Sort.BRACKET: lambda: messages.say("concordance.bracket"),
}
_FIGURES = ("units", "headings", "items", "numbers", "dates", "terms", "brackets")


def table(made: Concordance) -> Iterator[str]:
    """The figures of each language in columns, then the differences with both places."""
    heads = messages.say("concordance.heads").split("|")
    rows = [[one.lang, *(str(getattr(one, name)) for name in _FIGURES)] for one in made.figures]
    widths = [max(len(row[k]) for row in (heads, *rows)) for k in range(len(heads))]
    for row in (heads, *rows):
        yield "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))
    yield ""
    if not made.differences:
        yield messages.say("concordance.none")
        return
    yield messages.say("concordance.count", {"count": len(made.differences)})
    yield from map(_told, made.differences)


def _told(found: Difference) -> str:
    says, against = (visible(words) or "—" for words in (found.says, found.against))
    return f"{_at(found.first)} | {_at(found.second)} | {_SORTS[found.sort]()}: {says} | {against}"


def _at(place: Place) -> str:
    label = f" {visible(place.label)}" if place.label else ""
    return f"{place.lang} {place.line}:{place.col}{label}"

"""Making lines: the text through the catalogue, the marks and sources from the acts it stands on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from travaux.acts.when import When
from travaux.register.fold import Entered
from travaux.views.page import Line, Mark, Side
from travaux.views.wording import Wording

Acts = Sequence[Entered[Any]]


def line(
    w: Wording,
    code: str,
    entries: Acts,
    *,
    when: When | None = None,
    group: str = "",
    marks: Iterable[Mark] = (),
    sides: Iterable[Side] = (),
    quote: str = "",
    **values: str,
) -> Line:
    """The line ``view.<code>`` filled with `values`, standing on `entries`."""
    return Line(
        code=f"view.{code}",
        text=w.say(code, **values),
        values=values,
        acts=tuple(dict.fromkeys(e.id for e in entries)),
        marks=marks_of(w, entries, marks),
        on=str(when) if when else "",
        when=w.when(when) if when else "",
        group=group,
        sources=named(w, entries),
        quote=quote,
        sides=tuple(sides),
    )


def side(
    w: Wording, party: str, text: str, entries: Acts, marks: Iterable[Mark] = (), name: str = ""
) -> Side:
    """What one side says, standing on `entries`."""
    return Side(
        party=party,
        name=name or (w.name(party) if party else w.say("nobody")),
        text=text,
        acts=tuple(dict.fromkeys(e.id for e in entries)),
        marks=marks_of(w, entries, marks),
        sources=named(w, entries),
    )


def named(w: Wording, entries: Acts) -> str:
    """The sources of several acts, each once."""
    return "; ".join(dict.fromkeys(s for e in entries if (s := w.sources(e.act))))


def marks_of(w: Wording, entries: Acts, more: Iterable[Mark] = ()) -> tuple[Mark, ...]:
    """The marks that follow from the acts, then those given. (In an observed register all is reported.)"""
    found: list[Mark] = []
    if any(w.perhaps(e) for e in entries):
        found.append("perhaps")
    if any(e.corrected for e in entries):
        found.append("corrected")
    if w.asof.founding.kind == "working" and any(not e.performed for e in entries):
        found.append("reported")
    return tuple(dict.fromkeys((*found, *more)))

"""Making lines: the text through the catalogue, the marks and sources from the acts it stands on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from travaux.acts.basis import Anchored
from travaux.acts.when import When
from travaux.register.fold import Entered
from travaux.register.sources import bases
from travaux.views.page import Line, Mark, Side
from travaux.views.wording import QUOTES, Wording

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
    quoted: bool = False,
    **values: str,
) -> Line:
    """The line ``view.<code>`` filled with `values`; `quoted` adds the source's words where they are held."""
    text = w.say(code, **values)
    quote, held = source_words(w, entries, text) if quoted else ("", ())
    return Line(
        code=f"view.{code}",
        text=text,
        values=values,
        acts=tuple(dict.fromkeys(e.id for e in entries)),
        marks=marks_of(w, entries, (*marks, *held)),
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
    """What one side says, standing on `entries`, with the source's words where they are held."""
    quote, held = source_words(w, entries, text)
    return Side(
        party=party,
        name=name or (w.name(party) if party else w.say("nobody")),
        text=text,
        acts=tuple(dict.fromkeys(e.id for e in entries)),
        marks=marks_of(w, entries, (*marks, *held)),
        sources=named(w, entries),
        quote=quote,
    )


def source_words(w: Wording, entries: Acts, text: str) -> tuple[str, tuple[Mark, ...]]:
    """The exact words that anchored acts stand on, unless `text` has them; a mark where they are not held."""
    anchors = [b for e in entries for b in bases(e.act) if isinstance(b, Anchored)]
    found = [w.quoted(a) for a in anchors]
    words = [w.say("quote", words=q.strip(QUOTES)) for q in found if q and q.strip(QUOTES) not in text]
    missing = None in found and w.say("not_held") not in text
    return " ".join(dict.fromkeys(words)), ("not_held",) if missing else ()


def named(w: Wording, entries: Acts) -> str:
    """The sources of several acts, each once."""
    if all(e.performed for e in entries):
        return ""
    return "; ".join(dict.fromkeys(s for e in entries for s in w.each_source(e.act)))


def marks_of(w: Wording, entries: Acts, more: Iterable[Mark] = ()) -> tuple[Mark, ...]:
    """The marks that follow from the acts, then those given. (In an observed register all is reported.)"""
    found: list[Mark] = []
    if any(w.perhaps(e) for e in entries):
        found.append("perhaps")
    if any(e.corrected for e in entries):
        found.append("corrected")
    if any(e.revealed for e in entries):
        found.append("disclosed")
    if w.asof.founding.kind == "working" and any(not e.performed for e in entries):
        found.append("reported")
    return tuple(dict.fromkeys((*found, *more)))

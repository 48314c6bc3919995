"""The acts in order: date, who, kind, one sentence, id. No log index, so that it may be public."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

import msgspec

from travaux.acts.base import Act, Deed
from travaux.acts.vocabulary import family_of, kind_of
from travaux.acts.when import Past
from travaux.register.fold import Entered, things_of
from travaux.views.line import marks_of, named
from travaux.views.page import Mark
from travaux.views.sentence import sentence
from travaux.views.wording import Wording


class LogLine(msgspec.Struct, frozen=True, kw_only=True):
    """One act. `on` is its date as written, "" for acts without one; `when` the same for people."""

    id: str
    kind: str
    family: str
    on: str
    when: str
    actor: str
    who: str
    sentence: str
    sources: str = ""
    marks: tuple[Mark, ...] = ()
    note: str = ""


def log(w: Wording, *, kinds: Iterable[str] = (), about: str = "") -> Iterator[LogLine]:
    """The acts of `w.asof` in the order they were recorded, each as it was first recorded.

    An act corrected since is marked so, a struck one too; what it now says stands with its correction.
    `kinds` keeps only those kinds (ids; empty: all), `about` only the acts that name a thing.
    """
    return (log_line(entered, w) for entered in logged(w, kinds=kinds, about=about))


def logged(w: Wording, *, kinds: Iterable[str] = (), about: str = "") -> Iterator[Entered[Act]]:
    """The acts of `log`, as they were recorded."""
    wanted, on = frozenset(kinds), w.asof.on
    for entered in w.asof.recorded_acts():
        act = entered.act
        if wanted and kind_of(act) not in wanted:
            continue
        if about and about not in things_of(act):
            continue
        if on is None or not isinstance(act, Deed) or act.on.past(on) is not Past.NO:
            yield entered


def things_named(w: Wording) -> frozenset[str]:
    """The ids of all things that any act on record names, whatever its date."""
    return frozenset(thing for entered in w.asof.recorded_acts() for thing in things_of(entered.act))


def nearest(w: Wording, thing: str, named: Iterable[str]) -> str:
    """The id among `named` that is most like `thing`, or whose name is; "" where none comes near."""
    spelled = {name: i for i in sorted(named) for name in (i, w.name(i).casefold())}
    near = get_close_matches(thing.casefold(), spelled, n=1)
    return spelled[near[0]] if near else ""


def log_line(entered: Entered[Act], w: Wording) -> LogLine:
    """One act as a line of the log."""
    act, kind = entered.act, kind_of(entered.act)
    when = act.on if isinstance(act, Deed) else None
    return LogLine(
        id=entered.id,
        kind=kind,
        family=family_of(kind),
        on=str(when) if when else "",
        when=w.when(when) if when else "",
        actor=entered.actor,
        who=w.name(entered.actor) if entered.actor else "",
        sentence=sentence(entered, w),
        sources=named(w, [entered]),
        marks=_marks(entered, w),
        note=act.note,
    )


def _marks(entered: Entered[Act], w: Wording) -> tuple[Mark, ...]:
    made = w.asof.corrections(entered.id)
    since = ("corrected" if made[-1].act.instead else "struck",) if made else ()
    return marks_of(w, [entered], since)

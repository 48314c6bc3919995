"""Where we stand: two sentences, and the ladder with what waits on which rung."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from travaux.acts import kinds as k
from travaux.acts.base import Deed, Names
from travaux.register.dated import day_of
from travaux.register.fold import AsOf, Entered
from travaux.register.measures import InTime, Measure
from travaux.register.positions import Matter
from travaux.register.things import Instrument
from travaux.views.line import line
from travaux.views.page import Line
from travaux.views.promised import overdue, owed_now
from travaux.views.sentence import sentence
from travaux.views.wording import Wording


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands: its `level` ("" before the first), whether it waits there for a decision, and why.

    `reasons` are sentences of the rules: which rule, who is missing, what would change it.
    """

    level: str
    waits: bool
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs, the lowest first, and who says where a text stands on them.

    `names` are what the rules call the rungs; `apart` are those that stand beside the ladder.
    """

    levels: tuple[str, ...]
    place: Callable[[AsOf, Instrument], Place]
    names: Mapping[str, Names] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()


_STEPS: Final[dict[type[Deed], int]] = {
    k.Approve: 1, k.Object: 1, k.Sign: 2, k.Publish: 3, k.Adopt: 4, k.Ratify: 5, k.EnterIntoForce: 6,
}  # fmt: skip


def by_acts(_: AsOf, text: Instrument) -> Place:
    """Where the acts alone put a text: at the level of its last step; it waits there until one adopts it."""
    on_level = [f for f in text.facts if f.at]
    if not on_level:
        return Place("", waits=False)
    level = on_level[-1].at
    adopted = any(f.what == "adopt" and f.at == level for f in on_level)
    return Place(level, waits=not adopted and not text.withdrawn)


BY_ACTS: Final = Ladder((), by_acts)


def standing_lines(
    w: Wording,
    texts: Sequence[Instrument],
    places: Sequence[Place],
    owed: Sequence[Measure],
    matters: Sequence[Matter],
) -> tuple[Line, ...]:
    """The two sentences: the last formal step and what waits; promises past their date and open matters."""
    return _first(w, texts, places), _second(w, owed, matters)


def ladder_lines(
    w: Wording, ladder: Ladder, texts: Sequence[Instrument], places: Sequence[Place]
) -> tuple[Line, ...]:
    """One line a text with its separate dated facts, by rung from the top; a package stands for its parts.

    A level apart stands behind the rungs, as it is above none of them.
    """
    inside = {e for t in texts for e in t.elements}
    rungs = [level for level in ladder.levels or _levels(texts) if level not in ladder.apart]
    rank = {level: n for n, level in enumerate((*sorted(ladder.apart), *rungs))}
    rows = [(t, p) for t, p in zip(texts, places, strict=True) if t.id not in inside or t.facts]
    rows.sort(key=lambda row: (-rank.get(row[1].level, -1), not row[1].waits, -_last_day(row[0])))
    return tuple(_row(w, text, place, place.level in ladder.apart) for text, place in rows)


def _levels(texts: Sequence[Instrument]) -> tuple[str, ...]:
    """The levels as texts came to them: what was reached later stands higher."""
    facts = sorted((f for t in texts for f in t.facts if f.at), key=lambda f: day_of(f.on))
    return tuple(dict.fromkeys(f.at for f in facts))


def _last_day(text: Instrument) -> int:
    return max(day_of(e.act.on) for e in (*text.tabled, *(f.act for f in text.facts))).toordinal()


def _row(w: Wording, text: Instrument, place: Place, apart: bool) -> Line:
    group = w.name(place.level) if place.level else w.say("group_no_level")
    if apart:
        group = w.say("group_apart", level=group)
    code = "text_withdrawn" if text.withdrawn else "text_waits" if place.waits else "text_stands"
    facts = "; ".join(_facts(w, text)) or w.say("on_the_table", when=w.when(text.tabled[0].act.on))
    why = w.say("because", reasons="; ".join(place.reasons)) if place.reasons and place.waits else ""
    entries: list[Entered[Any]] = [f.act for f in text.facts] or list(text.tabled)
    marks = ("differs",) if text.differing() else ()
    return line(
        w, code, entries, when=entries[-1].act.on, group=group, marks=marks,
        title=_title(w, text), facts=facts, why=why,
    )  # fmt: skip


def _title(w: Wording, text: Instrument) -> str:
    return w.name(text.id) if text.count is None else w.say("counted", title=w.name(text.id), n=text.count)


def _facts(w: Wording, text: Instrument) -> list[str]:
    """Each thing that happened, once, with every date it is said to have happened on and all who did it."""
    by_doer: dict[tuple[str, str, bool, str], dict[str, str]] = {}
    decided = {f.at for f in text.facts if f.what == "adopt"}
    for fact in text.facts:
        if fact.what == "refer" and fact.at in decided:
            continue
        dates = by_doer.setdefault((fact.what, fact.at, fact.act.performed, fact.signer), {})
        dates[w.when(fact.on)] = w.sources(fact.act.act)
    joined: dict[tuple[str, str, bool, tuple[str, ...]], list[str]] = {}
    for (what, at, performed, doer), dates in by_doer.items():
        joined.setdefault((what, at, performed, _dates(dates)), []).append(doer)
    return [
        _fact(w, what, at, performed, ", ".join(d), who) for (what, at, performed, d), who in joined.items()
    ]


def _dates(dates: dict[str, str]) -> tuple[str, ...]:
    """The dates given for one fact; where there are several, each with its source."""
    return tuple(f"{d} ({s})" if s and len(dates) > 1 else d for d, s in dates.items())


def _fact(w: Wording, what: str, at: str, performed: bool, when: str, doers: list[str]) -> str:
    who = w.listed(tuple(sorted(d for d in doers if d)))
    code = f"fact_{what}" + ("_by" if who else "")
    said = w.say(code, who=who, at=w.name(at) if at else "", when=when)
    told_apart = w.asof.founding.kind == "working" and not performed
    return w.say("fact_reported", fact=said) if told_apart else said


def _first(w: Wording, texts: Sequence[Instrument], places: Sequence[Place]) -> Line:
    facts = [(t, f) for t in texts for f in t.facts if type(f.act.act) in _STEPS]
    steps = [f.act for _, f in facts]
    waiting = [t for t, p in zip(texts, places, strict=True) if p.waits]
    waits = w.say("standing_waits", things=w.listed(tuple(t.id for t in waiting[:4]))) if waiting else ""
    if not steps:
        tabled = [t.tabled[-1] for t in texts[:1]]
        return line(w, "standing_no_step", tabled, waits=waits)
    last = max(steps, key=lambda e: (day_of(e.act.on), _STEPS[type(e.act)], -e.index))
    text, what = next((t, f) for t, f in facts if f.act is last)
    same = [f for f in text.facts if (f.what, f.at, f.on) == (what.what, what.at, what.on)]
    doers = tuple(dict.fromkeys(f.signer for f in same if f.signer))
    entries = [
        *(f.act for f in (same if len(doers) > 1 else [what])),
        *(t.facts[-1].act for t in waiting[:4]),
    ]
    if len(doers) > 1:
        fact = _fact(w, what.what, what.at, last.performed, w.when(what.on), list(doers))
        return line(w, "standing_step_several", entries, title=_title(w, text), fact=fact, waits=waits)
    return line(w, "standing_step", entries, step=sentence(last, w), date=w.when(last.act.on), waits=waits)


def _second(w: Wording, owed: Sequence[Measure], matters: Sequence[Matter]) -> Line:
    on = w.asof.on
    late = [m for m in owed if overdue(m, on)]
    soon = [m for m in owed if m.clock(on).state is InTime.SOON and owed_now(m)]
    entries: list[Entered[Any]] = [m.promised[0] for m in (*late, *soon)]
    entries += [m.sides[0].history[-1] for m in matters[:1] if m.sides[0].history]
    return line(
        w,
        "standing_promises" if owed else "standing_no_promises",
        entries,
        promises=w.count("promises", len(owed)),
        late=w.count("late", len(late)),
        soon=w.count("soon", len(soon)),
        matters=w.count("matters", len(matters)),
    )

"""Promises by date with each side's words, what one side alone announced, and figures side by side.

A date gone by is "overdue" only where nobody who owes says it is done, and never "failed".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from travaux.acts.kinds import State
from travaux.register.dated import day_of
from travaux.register.fold import Entered
from travaux.register.measures import InTime, Measure, Obligation, clock
from travaux.register.moved import Asked, Date
from travaux.register.positions import Figure
from travaux.views.line import line
from travaux.views.owing import measure_sides
from travaux.views.page import Line, Mark
from travaux.views.sentence import claimed, spoken_words
from travaux.views.sentence_delivery import deadline
from travaux.views.wording import Wording, clipped

_WORDS = 240  # characters
_GROUPS = ("passed", "soon", "ahead", "undated", "suspended", "withdrawn")
_UNDATED = 99_999  # days: behind everything that has a date


@dataclass(frozen=True, slots=True)
class Promised:
    """A line about a promise, and how many days its date lies from the day asked.

    `near` is None where it has no place on the first page: it is not owed now, or nobody shares it.
    """

    line: Line
    near: int | None


def promises(w: Wording, owed: Iterable[Measure], said: Iterable[Entered[State]]) -> tuple[Promised, ...]:
    """The measures under their state in time, then the statements that announce one.

    The date that went by last stands first, what is due next follows; what rests or is withdrawn stands
    behind what is owed.
    """
    on = w.asof.on
    ordered = sorted(owed, key=lambda m: _order(m, on))
    announced = [e for e in said if e.act.announces]
    announced.sort(key=lambda e: (e.act.due.last if e.act.due else date.max, e.index))
    return (
        *(Promised(_promise(w, m), _near(m, on)) for m in ordered),
        *(Promised(_announced(w, e), _UNDATED) for e in announced),
    )


def nearest_first(found: Iterable[Promised]) -> list[Line]:
    """The lines that may stand on the first page, those whose date is nearest to the day asked first."""
    return [p.line for p in sorted((p for p in found if p.near is not None), key=lambda p: p.near or 0)]


def overdue(measure: Measure, on: date | None) -> bool:
    """True where a date has gone by, the measure is owed, and nobody says or found that it is done."""
    passed = measure.clock(on).state is InTime.PASSED
    return passed and owed_now(measure) and not called_done(measure)


def called_done(measure: Measure) -> bool:
    """True where a party that owes says it is done, or the parties found it fulfilled."""
    found = measure.finding
    return any(o.says_done for o in measure.owed) or (
        found is not None and found.act.finding in ("fulfilled", "fulfilled_late")
    )


def owed_now(measure: Measure) -> bool:
    """True while it is owed: neither withdrawn nor resting."""
    return measure.obligation in (Obligation.IN_FORCE, Obligation.AMENDED)


def _group(measure: Measure, on: date | None) -> str:
    return measure.clock(on).state.value if owed_now(measure) else measure.obligation.value


def _order(measure: Measure, on: date | None) -> tuple[int, int]:
    at = measure.clock(on)
    return _GROUPS.index(_group(measure, on)), at.days


def _near(measure: Measure, on: date | None) -> int | None:
    if measure.obligation is Obligation.WITHDRAWN:
        return None
    at = measure.clock(on)
    return _UNDATED if at.state is InTime.UNDATED or not owed_now(measure) else at.days


def claim_lines(w: Wording, given: Iterable[Figure]) -> tuple[Line, ...]:
    """The figures of fulfilment, each as said: who, when, of what, out of which total if one was named."""
    return tuple(figure_line(w, f) for f in given)


def _promise(w: Wording, measure: Measure) -> Line:
    last = measure.last
    state, marks = _state(w, measure)
    values = {
        "parties": w.listed(tuple(o.party for o in measure.owed)),
        "what": clipped(w.said(measure.what, last.basis), 2 * _WORDS),
        "state": state,
        "moved": _history(w, measure),
        "condition": w.say("clause_condition", text=last.condition) if last.condition else "",
        "number": w.say("clause_number", text=measure.number) if measure.number else "",
        "under": w.say("clause_under", text=w.name(last.under)) if last.under else "",
    }
    entries: list[Entered[Any]] = [e for due in measure.dues for e in due.acts]
    entries += [] if owed_now(measure) else [_rested(measure)]
    entries += [r.entered for r in measure.requests if r.state is Asked.OPEN]
    group = w.say(f"group_{_group(measure, w.asof.on)}")
    return line(
        w, "promise", entries, when=measure.due, group=group, marks=marks, sides=measure_sides(w, measure),
        quoted=True, **values,
    )  # fmt: skip


def _rested(measure: Measure) -> Entered[Any]:
    """The act by which it is not owed now."""
    return measure.withdrawn[-1] if measure.withdrawn else measure.suspended[-1]


def _state(w: Wording, measure: Measure) -> tuple[str, tuple[Mark, ...]]:
    """The state in time in words, with its marks; the same wording whoever owes."""
    marks: list[Mark] = ["moved"] if measure.moved else []
    done = [o for o in measure.owed if o.says_done]
    if done:
        marks.append("claimed")
        if not any(o.shows_evidence for o in done):
            marks.append("no_evidence")
    if measure.last.condition:
        marks.append("conditional")
    if not owed_now(measure):
        return _resting(w, measure), tuple(marks)
    at = measure.clock(w.asof.on)
    if at.state is InTime.PASSED:
        late = "time_conditional" if measure.last.condition else "time_overdue"
        code = "time_claimed" if called_done(measure) else late
        marks.append({"time_overdue": "overdue"}.get(code, "passed"))
        return w.say(code, days=w.count("days", at.days)), tuple(marks)
    if at.state is InTime.UNDATED:
        return deadline(measure.terms.deadline, w) or w.say("time_undated"), tuple(marks)
    if at.state is InTime.SOON:
        marks.append("soon")
    return w.say("time_ahead", days=w.count("days", at.days)), tuple(marks)


def _resting(w: Wording, measure: Measure) -> str:
    """Withdrawn or suspended: when, by whom, under what, why, until when."""
    entered = _rested(measure)
    act = entered.act
    until = getattr(act, "until", None)
    return w.say(
        f"time_{measure.obligation.value}",
        when=w.when(act.on),
        who=w.say("by_whom", who=w.name(entered.actor)) if entered.actor else "",
        under=w.say("clause_under", text=w.name(act.under)) if act.under else "",
        why=w.say("reason", why=act.why) if act.why else "",
        until=w.say("clause_until", text=w.when(until)) if until else "",
    )


def _history(w: Wording, measure: Measure) -> str:
    """The dates promised before, each extension with who asked and agreed, and what is asked now."""
    said = []
    if measure.moved:
        said.append(w.say("first_promised", dates=", ".join(w.when(d.when) for d in measure.dues[:-1])))
        said += [how for d in measure.dues if (how := extended(w, d))]
    for request in measure.requests:
        if request.state is Asked.OPEN:
            to = w.when(request.terms.due) if request.terms.due else deadline(request.terms.deadline, w)
            who, why = w.name(request.entered.actor), request.entered.act.why
            said.append(w.say("extension_open", who=who, to=to or w.say("deadline_open"), why=why))
    return "".join(said)


def extended(w: Wording, due: Date) -> str:
    """Who asked for a date and why, and who agreed; "" for one that was promised."""
    request = due.request
    if request is None:
        return ""
    asked = w.name(request.entered.actor) if request.entered.actor else w.say("nobody")
    if request.state is Asked.NOTICE:
        return w.say("extended_by_notice", who=asked, why=request.entered.act.why)
    agreed = tuple(dict.fromkeys(e.actor for e in request.decisions if e.actor))
    code = "extended" if agreed else "extended_unnamed"
    return w.say(code, who=asked, why=request.entered.act.why, agreed=w.listed(agreed))


def _announced(w: Wording, entered: Entered[State]) -> Line:
    act = entered.act
    at = clock(act.due, w.asof.on)
    passed = at.state is InTime.PASSED
    state = w.say("time_passed" if passed else "time_undated", days=w.count("days", at.days))
    if at.state in (InTime.SOON, InTime.AHEAD):
        state = w.say("time_ahead", days=w.count("days", at.days))
    return line(
        w, "announced", [entered], when=act.due, group=w.say("group_announced"), marks=("announced",),
        who=w.who(entered), what=clipped(spoken_words(act, w), 2 * _WORDS), said=w.when(act.on), state=state,
    )  # fmt: skip


def figure_line(w: Wording, figure: Figure, group: str = "") -> Line:
    """A figure as said, under what it is of or another heading."""
    said = figure.said
    base = "" if figure.claim.base is not None else w.say("no_base")
    return line(
        w, "claim", [said], when=said.act.on, group=group or w.name(figure.claim.of), marks=("claimed",),
        who=w.who(said), figure=claimed(figure.claim, w), base=base,
        quoted=True,
    )  # fmt: skip


def latest_figures(given: Iterable[Figure]) -> dict[str, date]:
    """The last figure of each speaker on each programme: the id of its act, and its day."""
    last: dict[tuple[str, str], Figure] = {}
    for figure in sorted(given, key=lambda f: day_of(f.said.act.on)):
        last[figure.claim.of, figure.who] = figure
    return {f.said.id: day_of(f.said.act.on) for f in last.values()}

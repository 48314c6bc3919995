"""Promises by date with each side's words, what one side alone announced, and figures side by side.

A date gone by is "overdue" only where nobody who owes says it is done, and never "failed".
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from travaux.acts.kinds import Report, State
from travaux.acts.vocabulary import kind_of
from travaux.register.dated import day_of
from travaux.register.fold import Entered
from travaux.register.measures import Clock, InTime, Measure, Owed, clock
from travaux.register.positions import Figure
from travaux.views.line import line, side
from travaux.views.page import Line, Mark, Side
from travaux.views.sentence import claimed, spoken_words
from travaux.views.wording import Wording, clipped

_WORDS = 240  # characters
_GROUPS = {InTime.PASSED: 0, InTime.SOON: 1, InTime.AHEAD: 2, InTime.UNDATED: 3}


def promise_lines(w: Wording, owed: Iterable[Measure], said: Iterable[Entered[State]]) -> tuple[Line, ...]:
    """The measures by date under their state in time, then those of the statements that announce one."""
    on = w.asof.on
    ordered = sorted(owed, key=lambda m: _GROUPS[m.clock(on).state])
    announced = [e for e in said if e.act.announces]
    announced.sort(key=lambda e: (e.act.due.last if e.act.due else date.max, e.index))
    return (*(_promise(w, m, m.clock(on)) for m in ordered), *(_announced(w, e) for e in announced))


def claim_lines(w: Wording, given: Iterable[Figure]) -> tuple[Line, ...]:
    """The figures of fulfilment, each as said: who, when, of what, out of which total if one was named."""
    return tuple(figure_line(w, f) for f in given)


def _promise(w: Wording, measure: Measure, at: Clock) -> Line:
    last = measure.last
    state, marks = _state(w, measure, at)
    values = {
        "parties": w.listed(tuple(o.party for o in measure.owed)),
        "what": clipped(w.said(last.what, last.basis), 2 * _WORDS),
        "state": state,
        "moved": _history(w, measure) if measure.moved else "",
        "condition": w.say("clause_condition", text=last.condition) if last.condition else "",
        "number": w.say("clause_number", text=last.number) if last.number else "",
        "under": w.say("clause_under", text=w.name(last.under)) if last.under else "",
    }
    sides = [_owing(w, o) for o in measure.owed] + [_other(w, e) for e in measure.others]
    entries = [e for due in measure.dues for e in due.acts]
    group = w.say(f"group_{at.state.value}")
    return line(
        w, "promise", entries, when=measure.due, group=group, marks=marks, sides=sides, quoted=True, **values
    )


def _state(w: Wording, measure: Measure, at: Clock) -> tuple[str, tuple[Mark, ...]]:
    """The state in time in words, with its marks; the same wording whoever owes."""
    marks: list[Mark] = ["moved"] if measure.moved else []
    done = [o for o in measure.owed if o.says_done]
    if done:
        marks.append("claimed")
        if not any(o.shows_evidence for o in done):
            marks.append("no_evidence")
    if measure.last.condition:
        marks.append("conditional")
    if at.state is InTime.PASSED:
        code = "time_claimed" if done else "time_conditional" if measure.last.condition else "time_overdue"
        marks.append({"time_overdue": "overdue"}.get(code, "passed"))
        return w.say(code, days=w.count("days", at.days)), tuple(marks)
    if at.state is InTime.UNDATED:
        return w.say("time_undated"), tuple(marks)
    if at.state is InTime.SOON:
        marks.append("soon")
    return w.say("time_ahead", days=w.count("days", at.days)), tuple(marks)


def _history(w: Wording, measure: Measure) -> str:
    return w.say("first_promised", dates=", ".join(w.when(d.when) for d in measure.dues[:-1]))


def _owing(w: Wording, owed: Owed) -> Side:
    """One party that owes: its claims and its words, or that no report of it is on record."""
    said = [_claim(w, e) for e in owed.current] or [w.say("no_report")]
    said += [_words(w, e) for e in owed.words]
    return side(w, owed.party, "; ".join(said), (*owed.current, *owed.words))


def _claim(w: Wording, entered: Entered[Report]) -> str:
    act = entered.act
    evidence = "; ".join(e.what for e in act.evidence)
    return w.say(
        "claims",
        claim=w.say(f"claim_{act.claim}"),
        when=w.when(act.on),
        words=w.say("reason", why=clipped(act.words, _WORDS)) if act.words else "",
        evidence=w.say("shows", evidence=evidence) if evidence else w.say("shows_nothing"),
    )


def _other(w: Wording, entered: Entered[Any]) -> Side:
    """Words about a measure by somebody who does not owe it, or of whom the source does not say so."""
    said = _claim(w, entered) if isinstance(entered.act, Report) else _words(w, entered)
    return side(w, entered.actor, said, [entered], name=w.who(entered))


def _words(w: Wording, entered: Entered[Any]) -> str:
    """What somebody said of a measure, beside the name of the side."""
    act = entered.act
    own = spoken_words(act, w) if isinstance(act, State) else w.said(act.what, act.basis)
    code = {"refuse": "side_refuses", "deny": "side_denies"}.get(kind_of(act), "side_holds")
    speaker = w.say("through", person=w.name(act.person)) if act.person and entered.actor else ""
    return w.say(code, what=clipped(own, _WORDS), when=w.when(act.on), speaker=speaker, why="")


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

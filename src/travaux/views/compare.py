"""What changed between two states of a register: new acts, corrections, moved dates, dates gone by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from travaux.acts import kinds as k
from travaux.acts.base import Act, Deed
from travaux.acts.when import When
from travaux.register.dated import day_of, of_kind
from travaux.register.fold import AsOf, Entered
from travaux.register.measures import InTime, Measure, measures
from travaux.register.positions import Figure
from travaux.views.line import line
from travaux.views.page import Line
from travaux.views.promised import extended, figure_line, overdue
from travaux.views.sentence import sentence
from travaux.views.wording import Wording

# What a change is about, in the order a reader needs it. Acts of other kinds change no matter of substance.
GROUPS: Final[dict[str, tuple[type[Act], ...]]] = {
    "ladder": (
        k.Adopt, k.Approve, k.Object, k.Abstain, k.Sign, k.Ratify, k.Publish, k.EnterIntoForce, k.Refer,
        k.OpenSilence, k.Table, k.Withdraw, k.Classify, k.Bundle, k.Detach, k.AmendRules,
    ),
    "texts": (k.Settle, k.Propose, k.Support, k.Oppose, k.Streamline, k.Couple, k.Rectify),
    "promises": (
        k.Undertake, k.WithdrawMeasure, k.SuspendMeasure, k.AmendMeasure, k.Find, k.Report, k.Answer,
        k.DecideExtension, k.RequestExtension, k.Assess,
    ),
    "claims": (),
    "matters": (k.TakePosition, k.Refuse, k.Deny, k.Reserve, k.Lift),
    "meetings": (k.Meet, k.Convene, k.Postpone, k.Cancel),
    "statements": (k.State,),
}  # fmt: skip
_GRAVE: Final = {kind: n for kinds in GROUPS.values() for n, kind in enumerate(kinds)}
_GROUP: Final = {kind: group for group, kinds in GROUPS.items() for kind in kinds}


@dataclass(frozen=True, slots=True)
class Changes:
    """What `after` shows and `before` did not.

    `new` are acts by group (see `GROUPS`), the latest first; `corrected` the corrections made between;
    `moved` the measures whose due date is another one, before and after; `passed` those whose date has gone
    by between and that nobody says are done.
    """

    new: dict[str, tuple[Entered[Act], ...]]
    corrected: tuple[Entered[k.Correct], ...]
    moved: tuple[tuple[Measure, Measure], ...]
    passed: tuple[Measure, ...]


def changes(before: AsOf, after: AsOf) -> Changes:
    """Everything that changed from `before` to `after`, two states of one register."""
    seen = {e.id for e in before.every()}
    new: dict[str, list[Entered[Act]]] = {group: [] for group in GROUPS}
    for entered in after.every():
        group = group_of(entered.act)
        if group and entered.id not in seen:
            new[group].append(entered)
    corrections = {e.id for e in before.acts(k.Correct)}
    then = {m.id: m for m in measures(before)}
    now = measures(after)
    return Changes(
        new={g: tuple(sorted(es, key=_latest_first)) for g, es in new.items()},
        corrected=tuple(e for e in after.acts(k.Correct) if e.id not in corrections),
        moved=tuple((then[m.id], m) for m in now if m.id in then and then[m.id].due != m.due),
        passed=tuple(m for m in now if overdue(m, after.on) and not _passed(then.get(m.id, m), before)),
    )


def change_lines(found: Changes, w: Wording) -> tuple[Line, ...]:
    """The changes as lines, by group; the dates that went by and moved stand with the promises."""
    lines: list[Line] = []
    moving = {e.id for _, m in found.moved for e in m.dues[-1].acts}
    for group, entries in found.new.items():
        heading = w.say(f"section_{group}")
        if group == "promises":
            lines += [_moved(old, new, w, heading) for old, new in found.moved]
            lines += [_went_by(m, w, heading) for m in found.passed]
        lines += [_new(e, w, heading) for e in entries if e.id not in moving]
    heading = w.say("section_corrections")
    lines += [_corrected(c, w, heading) for c in found.corrected]
    return tuple(lines)


def group_of(act: Act) -> str:
    """The group of `GROUPS` an act belongs to, or "" for the housekeeping of the record."""
    return "claims" if isinstance(act, k.State) and act.claim else _GROUP.get(type(act), "")


def _on(act: Act) -> When | None:
    return act.on if isinstance(act, Deed) else None


def _latest_first(entered: Entered[Act]) -> tuple[int, int, int]:
    """The latest day first; on one day the graver step, then as recorded."""
    when = _on(entered.act)
    return (-day_of(when).toordinal() if when else 0), _GRAVE[type(entered.act)], entered.index


def _passed(measure: Measure, asof: AsOf) -> bool:
    return measure.clock(asof.on).state is InTime.PASSED


def _new(entered: Entered[Act], w: Wording, group: str) -> Line:
    act = entered.act
    for said in of_kind([entered], k.State):
        if said.act.claim:
            return figure_line(w, Figure(said, said.act.claim), group)
    return line(w, "change", [entered], when=_on(act), group=group, text=sentence(entered, w))


def _moved(old: Measure, new: Measure, w: Wording, group: str) -> Line:
    return line(
        w, "moved", new.dues[-1].acts, group=group, marks=("moved",),
        measure=w.name(new.id), before=w.when(old.due), after=w.when(new.due), how=extended(w, new.dues[-1]),
    )  # fmt: skip


def _went_by(measure: Measure, w: Wording, group: str) -> Line:
    return line(
        w, "went_by", measure.dues[-1].acts, when=measure.due, group=group, marks=("overdue",),
        measure=w.name(measure.id),
    )  # fmt: skip


def _corrected(correction: Entered[k.Correct], w: Wording, group: str) -> Line:
    first = w.asof.act(correction.act.corrects)
    why = correction.act.why
    if first is None:
        return line(w, "struck_line", [correction], group=group, why=why)
    return line(w, "corrected_line", [correction, first], group=group, why=why, now=sentence(first, w))

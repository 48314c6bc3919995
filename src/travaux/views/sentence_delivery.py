"""How the acts of delivery are told; see `travaux.views.sentence`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from travaux.acts import kinds as k
from travaux.acts.base import Act
from travaux.acts.deadline import AfterEvent, Continuous, Deadline, Inherited, Lasting, Recurring

if TYPE_CHECKING:
    from travaux.views.wording import Wording


def deadline(value: Deadline | None, w: Wording) -> str:
    """A deadline that is no plain date, in words; "" for none."""
    match value:
        case AfterEvent():
            code = "deadline_at_event" if value.offset == "P0D" else "deadline_after_event"
            return w.say(code, span=span(value.offset, w), event=w.name(value.event))
        case Recurring():
            return w.say("deadline_recurring", span=span(value.every, w), first=w.when(value.first))
        case Lasting():
            return w.say("deadline_lasting", span=span(value.length, w), start=w.when(value.start))
        case Inherited():
            return w.say("deadline_inherited", parent=w.name(value.parent))
        case Continuous():
            return w.say("deadline_continuous")
        case None:
            return ""


def span(text: str, w: Wording) -> str:
    """A length (ISO 8601, of days, weeks, months, years) in words."""
    parts, number = [], ""
    for sign in text.removeprefix("P"):
        if sign.isdigit():
            number += sign
        else:
            parts.append(w.count(f"span_{sign.lower()}", int(number)))
            number = ""
    return " ".join(parts)


def _measure(act: Any, w: Wording) -> dict[str, object]:
    return {"measure": w.name(act.measure)}


def _undertake(act: Any, w: Wording) -> dict[str, object]:
    due = deadline(act.deadline, w)
    what = w.said(act.what, act.basis)
    return {"parties": w.listed(act.parties), "what": w.say("due_so", what=what, due=due) if due else what}


def _report(act: Any, w: Wording) -> dict[str, object]:
    return {**_measure(act, w), "claim": w.say(f"claim_{act.claim}")}


def _assess(act: Any, w: Wording) -> dict[str, object]:
    return {**_measure(act, w), "value": act.value, "scale": act.scale}


def _moved(act: Any, w: Wording) -> dict[str, object]:
    to = w.when(act.to) if act.to else deadline(act.deadline, w)
    return {**_measure(act, w), "to": to or w.say("deadline_open")}


DELIVERY_VALUES: Final[dict[type[Act], Callable[[Any, Wording], dict[str, object]]]] = {
    k.Undertake: _undertake,
    k.Report: _report,
    **dict.fromkeys((k.Answer, k.Find, k.AmendMeasure, k.SuspendMeasure, k.WithdrawMeasure), _measure),
    k.Assess: _assess,
    **dict.fromkeys((k.RequestExtension, k.DecideExtension), _moved),
}
DELIVERY_VARIANTS: Final[dict[type[Act], Callable[[Any], str]]] = {
    k.Undertake: lambda a: "undertake_one" if len(a.parties) == 1 else "undertake",
    k.Answer: lambda a: f"answer_{a.says}",
    k.Find: lambda a: f"find_{a.finding}",
    k.RequestExtension: lambda a: "request_extension_notice" if a.notice else "request_extension",
    k.DecideExtension: lambda a: f"decide_extension_{a.decision}",
    k.SuspendMeasure: lambda a: "suspend_measure_resumes" if a.resumes else "suspend_measure",
}

"""How a measure of a state of delivery becomes a row, and the phrases that rows share with other pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from travaux.acts.base import Evidence
from travaux.acts.families.delivery import Lead
from travaux.acts.when import OPEN_END, When
from travaux.delivery.due import Terms
from travaux.register.delivered import Delivered, Delivery
from travaux.register.fold import Entered
from travaux.register.measures import Measure, Owed
from travaux.register.moved import Asked, Date, Request
from travaux.views.delivered.row import Asking, Cell, Dated, Proof, Reply, Row, Said
from travaux.views.line import named
from travaux.views.sentence_delivery import deadline as deadline_words
from travaux.views.wording import Wording


def row_of(w: Wording, d: Delivered, state: Delivery) -> Row:
    """One measure of a state of delivery as a row."""
    m, due, on = d.measure, d.due, state.on
    last = m.last
    group = d.counted.group.value
    return Row(
        id=m.id,
        number=m.number,
        what=what_of(w, m),
        programme=last.under,
        programme_name=w.name(last.under) if last.under else "",
        shape=last.shape,
        obligation=m.obligation.value,
        group=group,
        group_word=w.say(f"group_{group}"),
        kind=due.kind.value,
        due=str(due.when) if due.when else "",
        due_when=due_words(w, d),
        quarter=quarter(d),
        overdue_days=d.days,
        days_left=days_left(d, on),
        waits_for=w.name(due.waits_for) if due.waits_for else "",
        condition=last.condition,
        cells=tuple([_cell(w, m, owed, state) for owed in m.owed]),
        dates=_dates(w, m),
        finding=_said(w, m.finding, m.finding.act.finding, "found") if m.finding else None,
        assessments=tuple([_said(w, e, e.act.value, "") for e in m.assessments]),
        asking=tuple([asking(w, r, on) for r in open_requests(m)]),
        test=m.acceptance.test or m.acceptance.words if m.acceptance else "",
        sources=named(w, m.promised),
        acts=tuple([e.id for e in m.promised]),
    )


def lead_of(m: Measure, party: str) -> Lead | None:
    """Who answers for a measure on the side of one party, where the record says so."""
    return next((one for one in m.leads if one.party == party), None)


def what_of(w: Wording, m: Measure) -> str:
    """What is promised, in our words or the source's."""
    return w.said(m.what, m.last.basis)


def due_words(w: Wording, d: Delivered) -> str:
    """When it is due, for people: a date, else the deadline in words."""
    if d.due.when:
        return w.when(d.due.when)
    return _open_words(w, d.measure.terms)


def _open_words(w: Wording, terms: Terms) -> str:
    return deadline_words(terms.deadline, w) or w.say("undated")


def open_requests(m: Measure) -> list[Request]:
    """The requests for another date that are still open."""
    return [r for r in m.requests if r.state is Asked.OPEN]


def days_left(d: Delivered, on: date) -> int | None:
    """Days until it is due, seen from the day `on`; None where that has passed, is open or unknown."""
    last = _last(d.due.when)
    return (last - on).days if last is not None and last >= on else None


def quarter(d: Delivered) -> str:
    """The quarter it is due in, such as ``2031-Q2``; "" without a date."""
    last = _last(d.due.when)
    return "" if last is None else f"{last.year}-Q{(last.month + 2) // 3}"


def _last(when: When | None) -> date | None:
    return None if when is None or when.last == OPEN_END else when.last


def _cell(w: Wording, m: Measure, owed: Owed, state: Delivery) -> Cell:
    lead = lead_of(m, owed.party)
    agree = _agree(m)
    since = max([e.act.on.last for e in owed.current], default=state.on)
    replies = [
        Reply(
            party=p,
            name=w.name(p),
            said=_said(w, a, a.act.says, "answer", a.act.reason) if (a := owed.answers.get(p)) else None,
            silent_days=0 if a or p in agree else max((state.on - since).days, 0),
        )
        for p in state.parties
        if p != owed.party and owed.current
    ]
    return Cell(
        party=owed.party,
        name=w.name(owed.party),
        lead=w.name(lead.body) if lead else "",
        also=tuple([w.name(b) for b in lead.also]) if lead else (),
        claims=tuple([_said(w, e, e.act.claim, "claim") for e in owed.current]),
        replies=tuple(replies),
        history=len(owed.claims),
    )


def _agree(m: Measure) -> set[str]:
    """Those who owe a result together with others and say it is done: they need not answer the others."""
    joint = len(m.owed) > 1 and m.last.shape in ("", "joint")
    return {o.party for o in m.owed if o.says_done} if joint else set()


def _said(w: Wording, entered: Entered[Any], code: str, words: str, reason: str = "") -> Said:
    act, actor = entered.act, entered.actor
    return Said(
        code=code,
        word=w.say(f"{words}_{code}") if words else f"{code} ({getattr(act, 'scale', '')})",
        on=str(act.on),
        when=w.when(act.on),
        act=entered.id,
        words=getattr(act, "words", ""),
        reason=w.say(f"dispute_{reason}") if reason else "",
        by=w.name(actor) if actor else "",
        sources="" if entered.performed else named(w, [entered]),
        evidence=tuple([_proof(e) for e in getattr(act, "evidence", ())]),
    )


def _proof(evidence: Evidence) -> Proof:
    return Proof(what=evidence.what, address=evidence.address, sha256=evidence.sha256 or "")


def _dates(w: Wording, m: Measure) -> tuple[Dated, ...]:
    found: list[Dated] = []
    before: Date | None = None
    for one in m.dues:
        found.append(_dated(w, one, before))
        before = one
    return tuple(found)


def _dated(w: Wording, one: Date, before: Date | None) -> Dated:
    request = one.request
    agreed = tuple([w.name(d.actor) for d in request.decisions]) if request else ()
    return Dated(
        on=str(one.when) if one.when else "",
        when=w.when(one.when) if one.when else _open_words(w, one.terms),
        kind="promised" if request is None else request.state.value,
        since=w.when(one.acts[-1].act.on),
        since_on=str(one.acts[-1].act.on),
        acts=tuple([e.id for e in one.acts]),
        asked_by=w.name(request.entered.actor) if request else "",
        agreed_by=agreed,
        why=request.entered.act.why if request else "",
        moved_days=_between(before.when if before else None, one.when),
    )


def _between(old: When | None, new: When | None) -> int | None:
    if old is None or new is None or date.max in (old.last, new.last):
        return None
    return (new.last - old.last).days


def asking(w: Wording, request: Request, on: date) -> Asking:
    """A request that is still open, as of the day `on`."""
    act = request.entered.act
    to = w.when(act.to) if act.to else deadline_words(act.deadline, w)
    return Asking(
        act=request.entered.id,
        party=request.entered.actor,
        name=w.name(request.entered.actor),
        on=w.when(act.on),
        to=to,
        why=act.why,
        lacking=tuple(w.name(p) for p in request.lacking),
        days=days_open(request, on),
    )


def days_open(request: Request, on: date) -> int:
    """For how many days a request has been on the table, seen from the day `on`."""
    return max((on - request.entered.act.on.first).days, 0)

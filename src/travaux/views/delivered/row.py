"""One measure as a row: no field of it merges what two parties say.

Every page, table, feed and file about delivery is made of these rows.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from travaux.acts.base import Evidence
from travaux.acts.when import OPEN_END, When
from travaux.delivery.counting import group_of
from travaux.register.delivered import Delivered, Delivery
from travaux.register.fold import Entered
from travaux.register.measures import Measure, Owed
from travaux.register.moved import Asked, Date, Request
from travaux.views.line import named
from travaux.views.sentence_delivery import deadline as deadline_words
from travaux.views.wording import Wording


class _Part(msgspec.Struct, frozen=True, kw_only=True):
    pass


class Proof(_Part, frozen=True):
    """A piece of evidence that a report names."""

    what: str
    address: str = ""
    sha256: str = ""


class Said(_Part, frozen=True):
    """One act about a measure: `code` is its value as recorded, `word` the same for people."""

    code: str
    word: str
    on: str
    when: str
    act: str
    words: str = ""
    reason: str = ""
    by: str = ""
    sources: str = ""
    evidence: tuple[Proof, ...] = ()


class Reply(_Part, frozen=True):
    """Another party's answer to a claim; `said` is None while it is silent, for `silent_days`."""

    party: str
    name: str
    said: Said | None = None
    silent_days: int = 0


class Cell(_Part, frozen=True):
    """One party that owes: its lead body, what it claims now, and what each other party answers.

    `claims` is empty where nothing was reported; it holds several where sources of one day differ.
    """

    party: str
    name: str
    lead: str = ""
    also: tuple[str, ...] = ()
    claims: tuple[Said, ...] = ()
    replies: tuple[Reply, ...] = ()
    history: int = 0


class Dated(_Part, frozen=True):
    """A deadline: promised, or moved to by a request. `moved_days` counts from the one before, if both are
    dates."""

    on: str
    when: str
    kind: str
    since: str
    since_on: str
    acts: tuple[str, ...]
    asked_by: str = ""
    agreed_by: tuple[str, ...] = ()
    why: str = ""
    moved_days: int | None = None


class Asking(_Part, frozen=True):
    """A request for another date that is still open: by whom, to when, and whose word is missing."""

    act: str
    party: str
    name: str
    on: str
    to: str
    why: str
    lacking: tuple[str, ...]
    days: int


class Row(_Part, frozen=True):
    """A measure. `due` is its date as it now holds, resolved ("" for none), `kind` the kind of deadline.

    `group` is where the counting rule counts it. `obligation` is set by joint decision; `finding` is the
    joint body's; `assessments` are outsiders'. `waits_for` names the event a date hangs on.
    """

    id: str
    number: str
    what: str
    programme: str
    programme_name: str
    shape: str
    obligation: str
    group: str
    group_word: str
    kind: str
    due: str
    due_when: str
    quarter: str
    overdue_days: int
    days_left: int | None
    waits_for: str
    condition: str
    cells: tuple[Cell, ...]
    dates: tuple[Dated, ...]
    finding: Said | None = None
    assessments: tuple[Said, ...] = ()
    asking: tuple[Asking, ...] = ()
    test: str = ""
    sources: str = ""
    acts: tuple[str, ...] = ()

    @property
    def moved(self) -> bool:
        """True where the date is not the one first promised."""
        return len(self.dates) > 1

    @property
    def disputed(self) -> bool:
        """True where a party disputes what another reports."""
        return any(r.said and r.said.code == "disputes" for c in self.cells for r in c.replies)


def rows(w: Wording, state: Delivery) -> tuple[Row, ...]:
    """All measures as rows, by the date that now holds."""
    return tuple(_row(w, d, state) for d in state.measures)


def _row(w: Wording, d: Delivered, state: Delivery) -> Row:
    m, due = d.measure, d.due
    under, last = m.last.under, m.last
    group = group_of(d.counted)
    dated = due.when if due.when and due.when.last != OPEN_END else None
    shown = w.when(due.when) if due.when else deadline_words(m.terms.deadline, w) or w.say("undated")
    return Row(
        id=m.id,
        number=m.number,
        what=w.said(m.what, last.basis),
        programme=under,
        programme_name=w.name(under) if under else "",
        shape=last.shape,
        obligation=m.obligation.value,
        group=group.value,
        group_word=w.say(f"group_{group.value}"),
        kind=due.kind.value,
        due=str(due.when) if due.when else "",
        due_when=shown,
        quarter=quarter(dated),
        overdue_days=d.days,
        days_left=(dated.last - state.on).days if dated and dated.last >= state.on else None,
        waits_for=w.name(due.waits_for) if due.waits_for else "",
        condition=last.condition,
        cells=tuple(_cell(w, m, owed, state) for owed in m.owed),
        dates=_dates(w, m),
        finding=_said(w, m.finding, m.finding.act.finding, "found") if m.finding else None,
        assessments=tuple(_said(w, e, e.act.value, "") for e in m.assessments),
        asking=tuple(_asking(w, r, state.on) for r in m.requests if r.state is Asked.OPEN),
        test=m.acceptance.test or m.acceptance.words if m.acceptance else "",
        sources=named(w, m.promised),
        acts=tuple(e.id for e in m.promised),
    )


def quarter(when: When | None) -> str:
    """The quarter a date falls into, such as ``2031-Q2``; "" without a date."""
    return "" if when is None else f"{when.last.year}-Q{(when.last.month - 1) // 3 + 1}"


def _cell(w: Wording, m: Measure, owed: Owed, state: Delivery) -> Cell:
    lead = next((one for one in m.leads if one.party == owed.party), None)
    joint = m.last.shape in ("", "joint")
    agree = {o.party for o in m.owed if joint and o.says_done}
    since = max((e.act.on.last for e in owed.current), default=state.on)
    replies = tuple(
        Reply(
            party=p,
            name=w.name(p),
            said=_said(w, a, a.act.says, "answer", a.act.reason) if (a := owed.answers.get(p)) else None,
            silent_days=0 if a or p in agree else max((state.on - since).days, 0),
        )
        for p in state.parties
        if p != owed.party and owed.current
    )
    return Cell(
        party=owed.party,
        name=w.name(owed.party),
        lead=w.name(lead.body) if lead else "",
        also=tuple(w.name(b) for b in lead.also) if lead else (),
        claims=tuple(_said(w, e, e.act.claim, "claim") for e in owed.current),
        replies=replies,
        history=len(owed.claims),
    )


def _said(w: Wording, entered: Entered[Any], code: str, words: str, reason: str = "") -> Said:
    act = entered.act
    return Said(
        code=code,
        word=w.say(f"{words}_{code}") if words else f"{code} ({getattr(act, 'scale', '')})",
        on=str(act.on),
        when=w.when(act.on),
        act=entered.id,
        words=getattr(act, "words", ""),
        reason=w.say(f"dispute_{reason}") if reason else "",
        by=w.name(entered.actor) if entered.actor else "",
        sources=named(w, [entered]),
        evidence=tuple(_proof(e) for e in getattr(act, "evidence", ())),
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
    agreed = tuple(w.name(d.actor) for d in request.decisions) if request else ()
    words = w.when(one.when) if one.when else deadline_words(one.terms.deadline, w) or w.say("undated")
    return Dated(
        on=str(one.when) if one.when else "",
        when=words,
        kind="promised" if request is None else request.state.value,
        since=w.when(one.acts[-1].act.on),
        since_on=str(one.acts[-1].act.on),
        acts=tuple(e.id for e in one.acts),
        asked_by=w.name(request.entered.actor) if request else "",
        agreed_by=agreed,
        why=request.entered.act.why if request else "",
        moved_days=_between(before.when if before else None, one.when),
    )


def _between(old: When | None, new: When | None) -> int | None:
    if old is None or new is None or date.max in (old.last, new.last):
        return None
    return (new.last - old.last).days


def _asking(w: Wording, request: Request, on: date) -> Asking:
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
        days=max((on - act.on.first).days, 0),
    )

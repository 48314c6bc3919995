"""Delivery: who may report, answer, find, assess, ask for another date, decide on it, change a measure.

A party's claim is its own; an answer is another party's; a finding, an amendment, a suspension and a
withdrawal are joint; a date moves by notice within the clock of the agreement, or by the others' agreement.
The keeper can do none of this alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from travaux.acts import kinds as k
from travaux.acts.when import When
from travaux.delivery.extensions import Timing, by_notice, timing
from travaux.register.delivered import due_of
from travaux.register.measures import Measure, Obligation, measure
from travaux.register.moved import Asked, Request, parties_of
from travaux.rules.binding import measure as is_measure
from travaux.rules.binding import settled_by
from travaux.rules.case import Case
from travaux.rules.sentence import Id, Ids, Sentence, sentence


def report(case: Case) -> Iterator[Sentence]:
    """A party reports on a measure that it owes and that is still owed."""
    held = _held(case)
    if held is None:
        yield from is_measure(case)
        return
    yield from _owes(case, held)
    yield from _still_owed(case, held)


def answer(case: Case) -> Iterator[Sentence]:
    """Another party answers the report that now stands."""
    held, act = _held(case), _act(case)
    if held is None:
        yield from is_measure(case)
        return
    side = next((o for o in held.owed if any(e.id == act.report for e in o.claims)), None)
    if side is None:
        yield case.refuse("no_such_report", measure=Id(act.measure), report=act.report[:8])
        return
    if side.party in case.signers:
        yield case.refuse("answers_itself")
    if all(e.id != act.report for e in side.current):
        yield case.refuse("report_superseded", report=act.report[:8], now=side.current[-1].id[:8])
    if act.says == "disputes" and not (act.reason or act.words):
        yield case.refuse("dispute_without_reason")


def find(case: Case) -> Iterator[Sentence]:
    """A finding is made together: all parties sign it."""
    held = _held(case)
    if held is None:
        yield from is_measure(case)
        return
    yield from _together(case)
    if _act(case).finding == "reopened" and held.finding is None:
        yield case.refuse("nothing_to_reopen", measure=Id(held.id))


def assess(case: Case) -> Iterator[Sentence]:
    """An assessor is nobody who owes the measure."""
    held = _held(case)
    if held is None:
        yield from is_measure(case)
    elif any(o.party in case.signers for o in held.owed):
        yield case.refuse("assesses_itself", measure=Id(held.id))


def request_extension(case: Case) -> Iterator[Sentence]:
    """A party that owes a measure asks for a later date; by notice only within the agreement's clock."""
    held, act = _held(case), _act(case)
    if held is None:
        yield from is_measure(case)
        return
    yield from _owes(case, held)
    yield from _still_owed(case, held)
    if (act.to is None) == (act.deadline is None):
        yield case.refuse("one_deadline")
        return
    due = _due(case, held)
    if act.to and due and act.to.last <= due.last:
        yield case.refuse("not_later", due=due.last, to=act.to.last)
    if _open(held):
        yield case.refuse("request_open", request=_open(held)[0].entered.id[:8])
    if act.notice:
        yield from _notice(case, held, act, due)


def decide_extension(case: Case) -> Iterator[Sentence]:
    """A party that did not ask answers an open request; granting otherwise names the date."""
    held, act = _held(case), _act(case)
    if held is None:
        yield from is_measure(case)
        return
    asked = next((r for r in held.requests if r.entered.id == act.request), None)
    if asked is None:
        yield case.refuse("no_such_request", measure=Id(held.id), request=act.request[:8])
        return
    if asked.state is not Asked.OPEN:
        yield case.refuse("request_closed", request=act.request[:8])
    if case.signers == {asked.entered.actor}:
        yield case.refuse("decides_itself")
    if act.decision == "otherwise" and (act.to is None) == (act.deadline is None):
        yield case.refuse("one_deadline")
    if case.book.extensions.decides == "joint":
        yield from _together(case)


def change(case: Case) -> Iterator[Sentence]:
    """A measure is amended, suspended or withdrawn together, or by an instrument its parties adopted."""
    held, act = _held(case), _act(case)
    if held is None:
        yield from is_measure(case)
        return
    if held.obligation is Obligation.WITHDRAWN:
        yield case.refuse("measure_withdrawn", measure=Id(held.id))
    if not (act.under and settled_by(case, act.under, [o.party for o in held.owed])):
        yield from _together(case)


def _notice(case: Case, held: Measure, act: k.RequestExtension, due: When | None) -> Iterator[Sentence]:
    settings = case.book.extensions
    asked = timing(settings, act.on.first, due.last if due else None)
    given = sum(r.state is Asked.NOTICE for r in held.requests)
    if by_notice(settings, due.last if due else None, act.to.last if act.to else None, given, asked):
        return
    if asked is Timing.IN_TIME and given >= settings.notices:
        why = sentence("notice_used", n=settings.notices)
    elif asked is Timing.IN_TIME:
        why = sentence("notice_too_long", months=settings.short_months)
    else:
        why = sentence(f"notice_{asked.value}", days=settings.ask_days)
    yield case.refuse("no_notice", why=why, source=settings.source or case.book.title)


def _act(case: Case) -> Any:
    return case.act


def _held(case: Case) -> Measure | None:
    return measure(case.asof, _act(case).measure)


def _owes(case: Case, held: Measure) -> Iterator[Sentence]:
    owing = [o.party for o in held.owed]
    if case.party not in owing:
        yield case.refuse("does_not_owe", measure=Id(held.id), parties=Ids(owing))


def _still_owed(case: Case, held: Measure) -> Iterator[Sentence]:
    if held.obligation is Obligation.WITHDRAWN:
        yield case.refuse("measure_withdrawn", measure=Id(held.id))


def _together(case: Case) -> Iterator[Sentence]:
    """All parties sign; the keeper's hand is not needed and does not count."""
    missing = [p for p in parties_of(case.asof) if p not in case.signers]
    if missing:
        yield case.refuse("not_together", parties=Ids(missing))


def _open(held: Measure) -> list[Request]:
    return [r for r in held.requests if r.state is Asked.OPEN]


def _due(case: Case, held: Measure) -> When | None:
    """When the measure is due now; through events and parents only where its deadline hangs on them."""
    if held.terms.deadline is None:
        return held.due
    return due_of(case.asof, held).when

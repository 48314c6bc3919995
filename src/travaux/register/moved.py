"""How the date of a measure moved: every promise and every extension, who asked, who agreed, why."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any

import msgspec

from travaux.acts.kinds import Admit, DecideExtension, RequestExtension, Undertake
from travaux.acts.when import When
from travaux.delivery.due import Terms
from travaux.register.dated import day_of
from travaux.register.fold import AsOf, Entered


class Asked(Enum):
    """What became of a request for another date."""

    OPEN = "open"
    NOTICE = "notice"
    GRANTED = "granted"
    REFUSED = "refused"


class Date(msgspec.Struct, frozen=True, gc=False):
    """A deadline as it was promised or extended to: `acts` are those it stands on, by date.

    `when` is the date or period, None where the deadline is of another sort or there is none. `request` is
    the one that led to it; None where it was promised.
    """

    when: When | None
    terms: Terms
    acts: tuple[Entered[Any], ...]
    request: Request | None = None


class Request(msgspec.Struct, frozen=True, gc=False):
    """A request for another date, the decisions on it, and what they add up to.

    `lacking` are the parties whose agreement is still missing, in the order of the founding act.
    """

    entered: Entered[RequestExtension]
    decisions: tuple[Entered[DecideExtension], ...]
    state: Asked
    terms: Terms
    lacking: tuple[str, ...] = ()


def parties_of(asof: AsOf) -> tuple[str, ...]:
    """The parties of the register, the keeper not among them, in the order of the founding act."""
    founding = asof.founding
    admitted = (e.act.party.id for e in asof.acts(Admit))
    return tuple(p for p in (*(f.id for f in founding.parties), *admitted) if p != founding.keeper)


def requests(
    asof: AsOf,
    asked: Iterable[Entered[RequestExtension]],
    decided: Iterable[Entered[DecideExtension]],
) -> tuple[Request, ...]:
    """What became of each request for another date of a measure; requests and decisions by date."""
    decisions = tuple(decided)
    parties = parties_of(asof)
    return tuple(
        _request(entered, [d for d in decisions if d.act.request == entered.id], parties) for entered in asked
    )


def dates(promised: Iterable[Entered[Undertake]], asked: Iterable[Request]) -> tuple[Date, ...]:
    """The deadlines in the order they were promised or moved; one said again joins the one before."""
    steps: list[tuple[Any, Terms, tuple[Entered[Any], ...], Request | None]] = [
        ((day_of(e.act.on), e.index), Terms(e.act.due, e.act.deadline), (e,), None) for e in promised
    ]
    for request in asked:
        if request.state in (Asked.NOTICE, Asked.GRANTED):
            acts = (request.entered, *request.decisions)
            at = max((day_of(e.act.on), e.index) for e in acts)
            steps.append((at, request.terms, acts, request))
    found: list[Date] = []
    for _, terms, acts, by in sorted(steps, key=lambda step: step[0]):
        silent = terms == Terms()
        if found and (silent or found[-1].terms == terms):
            found[-1] = Date(found[-1].when, found[-1].terms, (*found[-1].acts, *acts), found[-1].request)
        else:
            found.append(Date(terms.due, terms, acts, by))
    return tuple(found)


def _request(
    entered: Entered[RequestExtension],
    decisions: list[Entered[DecideExtension]],
    parties: tuple[str, ...],
) -> Request:
    act = entered.act
    given = tuple(decisions)
    asked = Terms(act.to, act.deadline)
    if act.notice:
        return Request(entered, given, Asked.NOTICE, asked)
    last = {who: d for d in decisions for who in _deciding(d)}
    if any(d.act.decision == "refused" for d in last.values()):
        return Request(entered, given, Asked.REFUSED, asked)
    others = tuple(p for p in parties if p != entered.actor)
    lacking = tuple(p for p in others if p not in last)
    reported = bool(given) and not given[-1].performed
    if given and (reported or not lacking):
        terms = _terms(given[-1].act, asked)
        return Request(entered, given, Asked.GRANTED, terms)
    return Request(entered, given, Asked.OPEN, asked, lacking)


def _deciding(entered: Entered[DecideExtension]) -> tuple[str, ...]:
    """The parties whose word a decision is: its actor, and those whose keys signed it too."""
    return (entered.actor, *(name.partition("/")[0] for name in entered.cosigners))


def _terms(act: DecideExtension, asked: Terms) -> Terms:
    if act.decision != "otherwise":
        return asked
    return Terms(act.to, act.deadline)


__all__ = ["Asked", "Date", "Request", "dates", "parties_of", "requests"]

"""Corrections: one's own act only, and never a way round the rules: what others built upon stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from travaux.acts import kinds as k
from travaux.acts.base import Act, Deed
from travaux.register.filing import declared_by
from travaux.register.fold import Entered
from travaux.register.ladder import decided
from travaux.rules.case import Case
from travaux.rules.hearing import lies
from travaux.rules.sentence import Id, Ids, Sentence

# Steps that others may have built upon: they are not struck, and not moved to another thing.
_BUILT_UPON: Final = (
    k.Table, k.Withdraw, k.Refer, k.Adopt, k.OpenSilence, k.Bundle, k.Detach, k.EnterIntoForce, k.Settle,
)  # fmt: skip
_WORDS: Final = (k.Approve, k.Object, k.Abstain)
_HOLDS: Final = (k.Reserve, k.Lift, k.Sign, k.Ratify)
# Steps whose day decides whether they were in time: it is not moved either.
_TIMED: Final = (*_WORDS, k.OpenSilence, k.Ratify)
# Kinds whose correction is not judged as if it were said anew: it may only change what moves nothing.
NOT_ANEW: Final = (*_BUILT_UPON, *_WORDS, *_HOLDS)
_KEPT: Final = (
    "subject", "at", "to", "package", "element", "elements", "instrument", "document", "measure", "bracket",
    "unit", "option", "sort", "ad_referendum", "until", "legal_review", "parties",
)  # fmt: skip


def correction(case: Case) -> Iterator[Sentence]:
    """What speaks against putting another act in the place of an earlier one, or striking it."""
    act = case.act
    if not isinstance(act, k.Correct):
        return
    earlier = case.asof.act(act.corrects)
    if earlier is None:
        yield case.refuse("no_such_act", act=act.corrects[:12])
        return
    if not isinstance(earlier.act, Deed):
        yield case.refuse("not_correctable")
        return
    if earlier.party != case.party:
        yield case.refuse("not_its_act", owners=Ids((earlier.party,)))
    if act.instead is not None:
        yield from _instead(case, earlier, act.instead)
    if earlier.performed:
        yield from _effects(case, earlier, act.instead)


def _instead(case: Case, earlier: Entered[Act], instead: Act) -> Iterator[Sentence]:
    if type(instead) is not type(earlier.act):
        yield case.refuse("other_kind")
    elif declared_by(instead) != declared_by(earlier.act):
        yield case.refuse("other_thing")
    if (getattr(instead, "basis", None) is None) is not earlier.performed:
        yield case.refuse("basis_stays")


def _effects(case: Case, earlier: Entered[Act], instead: Act | None) -> Iterator[Sentence]:
    act = earlier.act
    if isinstance(act, k.Propose | k.Settle):
        yield from _words_open(case, earlier, act.instrument)
    if isinstance(act, _BUILT_UPON):
        if instead is None:
            yield case.refuse("not_struck")
        else:
            yield from _moved(case, act, instead)
    elif isinstance(act, _WORDS):
        done = decided(case.asof, act.subject, act.at)
        if done and done.index > earlier.index:
            yield case.refuse("decided_since", thing=Id(act.subject), level=Id(act.at))
        if instead is not None:
            yield from _moved(case, act, instead)
    elif isinstance(act, _HOLDS) and instead is not None:
        yield from _moved(case, act, instead)


def _words_open(case: Case, earlier: Entered[Act], instrument: str) -> Iterator[Sentence]:
    """Corrected words open a new round; those of a text that was decided since stay as they were."""
    at = lies(case.asof, case.book, instrument)
    done = decided(case.asof, instrument, at)
    if done and done.index > earlier.index:
        yield case.refuse("decided_since", thing=Id(instrument), level=Id(at))


def _moved(case: Case, act: Act, instead: Act) -> Iterator[Sentence]:
    """What an act is about, and where, is not for a correction."""
    kept = (*_KEPT, "on") if isinstance(act, _TIMED) else _KEPT
    if any(getattr(act, f, None) != getattr(instead, f, None) for f in kept):
        yield case.refuse("not_moved")

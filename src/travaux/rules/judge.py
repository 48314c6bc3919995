"""Judge: every act of every family, before it is appended, and again whenever the record is verified.

`CHECKS` is the one place where a kind of act gets its rule: kind id -> checks, each a function from `Case`
to the reasons against. A kind without an entry is judged by what all acts have in common: it names known
things, and a party speaks for itself. `DECISIONS` are the kinds that need a level's rule to hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from travaux.acts.base import Act, Deed
from travaux.acts.kinds import Correct
from travaux.register.fold import AsOf
from travaux.rules import binding, delivering, moves, tabling, voices
from travaux.rules.book import Rulebook
from travaux.rules.case import Case
from travaux.rules.corrections import NOT_ANEW, correction
from travaux.rules.decision import Decision, decide, decide_force
from travaux.rules.known import clashes, unknown
from travaux.rules.sentence import Sentence, sentence
from travaux.rules.standing import Standing, standing
from travaux.rules.verdict import Verdict

__all__ = ["CHECKS", "DECISIONS", "Check", "Standing", "Verdict", "judge", "standing"]

Check = Callable[[Case], Iterable[Sentence]]

CHECKS: Final[dict[str, tuple[Check, ...]]] = {
    "amend_rules": (voices.amends,),
    "introduce": (voices.names_others,),
    "table": (tabling.table,),
    "withdraw": (tabling.withdraw,),
    "reserve": (moves.reserve,),
    "lift": (moves.lift,),
    "refer": (moves.refer,),
    "approve": (moves.word,),
    "object": (moves.word,),
    "abstain": (moves.word,),
    "open_silence": (moves.open_silence,),
    "adopt": (moves.result,),
    "sign": (tabling.sign,),
    "ratify": (tabling.sign,),
    "enter_into_force": (tabling.in_force,),
    "propose": (tabling.only_formal,),
    "settle": (tabling.only_formal,),
    "streamline": (tabling.only_formal,),
    "bundle": (tabling.bundle,),
    "detach": (tabling.detach,),
    "undertake": (binding.undertake,),
    "report": (delivering.report,),
    "answer": (delivering.answer,),
    "find": (delivering.find,),
    "assess": (delivering.assess,),
    "request_extension": (delivering.request_extension,),
    "decide_extension": (delivering.decide_extension,),
    "amend_measure": (delivering.change,),
    "suspend_measure": (delivering.change,),
    "withdraw_measure": (delivering.change,),
}
DECISIONS: Final[dict[str, Callable[[Case], Decision | None]]] = {
    "adopt": decide,
    "enter_into_force": decide_force,
}


def judge(asof: AsOf, act: Act, party: str, book: Rulebook, cosigners: tuple[str, ...] = ()) -> Verdict:
    """What the rules of `book` say of `act`, were it the next on the register `asof`.

    `party` is that of the key that signs, `cosigners` the names of further keys (``party/role``). A reported
    act is nobody's consent: it only has to name known things. Which key may sign what is for the record.
    """
    case = Case.of(asof, act, party, book, cosigners)
    against = tuple(_against(case))
    if against:
        return Verdict(False, _rule(case), against, book=book)
    make = DECISIONS.get(case.kind) if case.performed else None
    made = make(case) if make else None
    return made.verdict(book) if made else Verdict(True, _rule(case), (_why(case),), book=book)


def _against(case: Case) -> Iterator[Sentence]:
    act = case.act
    if isinstance(act, Correct):
        yield from _of_correction(case, act)
        return
    yield from clashes(case)
    if not isinstance(act, Deed):
        return
    common = tuple(_common(case))
    yield from common
    if case.performed and not common:
        for check in CHECKS.get(case.kind, ()):
            yield from check(case)


def _common(case: Case) -> Iterator[Sentence]:
    """What holds for all deeds; what is checked after it can count on it."""
    missing = tuple(unknown(case))
    yield from missing
    if missing or not case.performed:
        return
    yield from voices.voice(case)


def _of_correction(case: Case, act: Correct) -> Iterator[Sentence]:
    against = tuple(correction(case))
    yield from against
    if against or act.instead is None:
        return
    instead = case.instead(act.instead)
    common = tuple(_common(instead))
    yield from common
    if instead.performed and not common and not isinstance(act.instead, NOT_ANEW):
        for check in CHECKS.get(instead.kind, ()):
            yield from check(instead)


def _rule(case: Case) -> Sentence:
    """What is asked of an act of this sort."""
    if not isinstance(case.act, Deed):
        return sentence("rule_of_record")
    if not case.performed:
        return sentence("rule_reported")
    kind = case.kind
    return sentence(f"rule_{kind}" if kind in CHECKS else "rule_own_voice")


def _why(case: Case) -> Sentence:
    if not isinstance(case.act, Deed):
        return sentence("left_to_record")
    return sentence("nothing_against" if case.performed else "reported_is_no_consent")

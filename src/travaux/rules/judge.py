"""Judge: every act of every family, before it is appended, and again whenever the record is verified.

`CHECKS` is the one place where a kind of act gets its rule: kind id -> checks, each a function from `Case`
to the reasons against. A kind without an entry is judged by what all acts have in common: it names known
things, and a party speaks for itself. `DECISIONS` are the kinds that need a level's rule to hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final

from travaux.acts.base import Act, Deed
from travaux.acts.kinds import Correct
from travaux.register.fold import AsOf
from travaux.rules import agreeing, binding, delivering, hosting, moves, recording, tabling, texts, voices
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
    "reserve": (moves.reserve, texts.reserved_part),
    "lift": (moves.lift, texts.reserved_part),
    "refer": (moves.refer,),
    "approve": (moves.word,),
    "object": (moves.word,),
    "abstain": (moves.word,),
    "open_silence": (moves.open_silence,),
    "adopt": (moves.result,),
    "sign": (tabling.sign,),
    "ratify": (tabling.sign,),
    "enter_into_force": (tabling.in_force,),
    "propose": (texts.propose,),
    "support": (texts.support,),
    "oppose": (texts.oppose,),
    "settle": (agreeing.settle,),
    "couple": (texts.couple,),
    "streamline": (texts.streamline,),
    "rectify": (texts.rectify,),
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
    "move_host": (hosting.move_host,),
    "sealed": (recording.seal,),
    "disclose": (recording.disclose,),
    "erase": (recording.erase,),
}
DECISIONS: Final[dict[str, Callable[[Case], Decision | None]]] = {
    "adopt": decide,
    "enter_into_force": decide_force,
}
_OF_RECORD: Final = frozenset({"correct", "sealed", "disclose", "erase"})  # judged, though no deeds


def judge(asof: AsOf, act: Act, party: str, book: Rulebook, cosigners: tuple[str, ...] = ()) -> Verdict:
    """What the rules of `book` say of `act`, were it the next on the register `asof`.

    `party` is that of the key that signs, `cosigners` the names of further keys (``party/role``). A reported
    act is nobody's consent: it only has to name known things. Which key may sign what is for the record.
    """
    case = Case.of(asof, act, party, book, cosigners)
    against = _against(case)
    if against:
        return Verdict(False, sentence(_rule(case)), tuple(against), book=book)
    make = DECISIONS.get(case.kind) if case.performed else None
    made = make(case) if make else None
    return made.verdict(book) if made else _allowed(_rule(case), _why(case), book)


def _against(case: Case) -> list[Sentence]:
    """Every reason against; what all acts have in common comes first, and alone where it fails."""
    act = case.act
    if isinstance(act, Correct):
        return _against_correction(case, act)
    against = [*clashes(case), *(_common(case) if isinstance(act, Deed) else ())]
    if case.performed and not against:
        for check in CHECKS.get(case.kind, ()):
            against += check(case)
    return against


def _common(case: Case) -> list[Sentence]:
    """What holds for all deeds: known things, and a party's own voice."""
    missing = list(unknown(case))
    return missing if missing or not case.performed else list(voices.voice(case))


def _against_correction(case: Case, act: Correct) -> list[Sentence]:
    """A correction is one's own, and what it puts in the place could itself be said."""
    against = list(correction(case))
    if against or act.instead is None:
        return against
    instead = case.instead(act.instead)
    against = _common(instead)
    if instead.performed and not against and not isinstance(act.instead, NOT_ANEW):
        for check in CHECKS.get(instead.kind, ()):
            against += check(instead)
    return against


def _rule(case: Case) -> str:
    """What is asked of an act of this sort, as the name of a sentence."""
    if not isinstance(case.act, Deed):
        own = case.kind in CHECKS or case.kind == "correct"
        return f"rule_{case.kind}" if own else "rule_of_record"
    if not case.performed:
        return "rule_reported"
    return f"rule_{case.kind}" if case.kind in CHECKS else "rule_own_voice"


def _why(case: Case) -> str:
    if not isinstance(case.act, Deed):
        return "nothing_against" if case.kind in _OF_RECORD else "left_to_record"
    return "nothing_against" if case.performed else "reported_is_no_consent"


@lru_cache(maxsize=128)
def _allowed(rule: str, why: str, book: Rulebook) -> Verdict:
    """The verdict on an act that nothing speaks against; the same for all of its kind."""
    return Verdict(True, sentence(rule), (sentence(why),), book=book)

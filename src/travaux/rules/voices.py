"""Who may speak for whom: a party speaks for itself, a person for its party, the keeper for nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from travaux.acts import kinds as k
from travaux.acts.base import Act, Deed
from travaux.register.filing import declarations
from travaux.rules.case import Case
from travaux.rules.sentence import Id, Sentence

# Acts that a body may be named as the doer of: they record what it did, by its rules.
OF_BODIES: Final[tuple[type[Act], ...]] = (
    k.Adopt, k.Refer, k.OpenSilence, k.Publish, k.EnterIntoForce, k.Meet, k.Convene, k.Postpone, k.Cancel,
    k.AmendRules, k.Introduce,
)  # fmt: skip
# What the keeper may sign alone: it keeps minutes and records results that the rules have brought about.
OF_KEEPER: Final[frozenset[str]] = frozenset({
    "introduce", "convene", "meet", "postpone", "cancel", "cite", "refer", "adopt", "open_silence", "publish",
    "enter_into_force", "correct", "streamline", "propose", "rectify",
})  # fmt: skip
# What an observed register may hold as performed: naming things and sources, nothing anybody did.
OF_OBSERVER: Final[frozenset[str]] = frozenset({"introduce", "cite", "correct", "amend_rules", "assess"})


def voice(case: Case) -> Iterator[Sentence]:
    """What speaks against the party that signs doing this in its own name, or in the one it names."""
    act, kind = case.act, case.kind
    if case.observed and kind not in OF_OBSERVER:
        yield case.refuse("observed_only_reports")
        return
    if not case.observed and case.keeper and kind not in OF_KEEPER:
        yield case.refuse("keeper_alone")
        return
    for field in ("actor", "person"):
        speaker = getattr(act, field, "")
        if speaker and not may_speak(case, speaker, act):
            yield case.refuse("not_its_voice", speaker=Id(speaker))


def may_speak(case: Case, speaker: str, act: Act) -> bool:
    """True where `speaker` is the party that signs, a person of it, or a body whose result is recorded."""
    if speaker == case.party:
        return True
    match case.sort(speaker):
        case "person":
            held = {o.of for _, e in declarations(case.asof, speaker) for o in e.act.offices}
            return not held or case.party in held or not any(case.sort(of) == "party" for of in held)
        case "body":
            return isinstance(act, OF_BODIES)
        case _:
            return False


def names_others(case: Case) -> Iterator[Sentence]:
    """A party or the keeper may be named anew by itself or the keeper only."""
    act = case.act
    if isinstance(act, k.Introduce) and act.what == "party":
        owner = case.sort(act.id) in ("party", "keeper") and act.id in founded(case)
        if owner and not case.keeper and act.id != case.party:
            yield case.refuse("names_another", other=Id(act.id))


def amends(case: Case) -> Iterator[Sentence]:
    """The rules are replaced by all parties together."""
    if case.observed or not isinstance(case.act, Deed):
        return
    missing = [p for p in founded(case) if p != case.asof.founding.keeper and p not in case.signers]
    if missing:
        yield case.refuse("amend_needs_all", parties=tuple(missing))


def founded(case: Case) -> tuple[str, ...]:
    """The parties that founded the register or were admitted, the keeper's office among them."""
    founders = (p.id for p in case.asof.founding.parties)
    return (*founders, *(e.act.party.id for e in case.asof.acts(k.Admit)))

"""The rolling text of an instrument, from the acts on it: as of any date, as recorded by any size.

In a working register only performed acts count; in an observed one the text is what sources report. An act
counts from the day it had certainly happened. An act that names what the text does not hold then has no
effect and is listed, never lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from travaux.acts import kinds as k
from travaux.acts.base import Act, Deed
from travaux.acts.when import Past
from travaux.register.drafts import TEXT_ACTS, Words, applied
from travaux.register.fold import AsOf, Entered, Register
from travaux.text.rolling import Rolling


def not_held(_: str) -> str | None:
    """The answer of a reader who holds no document."""
    return None


@dataclass(frozen=True, slots=True)
class Step:
    """One act and the rolling text before and after it."""

    entered: Entered[Any]
    before: Rolling
    after: Rolling


def rolling(asof: AsOf, instrument: str, words: Words = not_held) -> Rolling:
    """The rolling text of `instrument`; `words` gives wordings that are kept as documents."""
    acts = text_acts(asof, instrument)
    made, start = _remembered(asof, instrument, acts)
    parties = parties_of(asof)
    for entered in acts[start:]:
        made = applied(made, entered, parties, words)
    _remember(asof, instrument, acts, made)
    return made


def steps(asof: AsOf, instrument: str, words: Words = not_held) -> Iterator[Step]:
    """Every act on the text of `instrument`, in log order, with the text before and after it."""
    made, parties = Rolling(instrument), parties_of(asof)
    for entered in text_acts(asof, instrument):
        after = applied(made, entered, parties, words)
        yield Step(entered, made, after)
        made = after


def text_acts(asof: AsOf, instrument: str) -> list[Entered[Any]]:
    """The acts that make the text of `instrument`, in log order, corrections applied."""
    observed = asof.founding.kind == "observed"
    return [
        e
        for e in asof.about(instrument)
        if isinstance(e.act, Deed)
        and type(e.act) in TEXT_ACTS
        and (observed or e.performed)
        and _names(e.act, instrument)
        and (asof.on is None or e.act.on.past(asof.on) is Past.YES)
    ]


def parties_of(asof: AsOf) -> frozenset[str]:
    """The parties of the register, the keeper not among them: founders, those admitted, those introduced."""
    admitted = {e.act.party.id for e in asof.acts(k.Admit)}
    introduced = {e.act.id for e in asof.acts(k.Introduce) if e.act.what == "party"}
    return frozenset({p.id for p in asof.founding.parties} | admitted | introduced) - {asof.founding.keeper}


def _names(act: Act, instrument: str) -> bool:
    return (
        act.subject if isinstance(act, k.Reserve | k.Lift) else getattr(act, "instrument", "")
    ) == instrument


_Kept = tuple[tuple[tuple[str, int], ...], Rolling]
_KEPT: WeakKeyDictionary[Register, dict[str, _Kept]] = WeakKeyDictionary()
_LOCK = Lock()


def _key(acts: Iterable[Entered[Any]]) -> tuple[tuple[str, int], ...]:
    return tuple((e.id, e.corrected.index if e.corrected else -1) for e in acts)


def _remembered(asof: AsOf, instrument: str, acts: list[Entered[Any]]) -> tuple[Rolling, int]:
    """The last text made of this instrument, where it stands on the first of these acts, and how many."""
    with _LOCK:
        kept = _KEPT.get(asof._register, {}).get(instrument)
    if kept and kept[0] == _key(acts[: len(kept[0])]):
        return kept[1], len(kept[0])
    return Rolling(instrument), 0


def _remember(asof: AsOf, instrument: str, acts: list[Entered[Any]], made: Rolling) -> None:
    if made.unplaced and any(u.fault.code == "text.document_not_held" for u in made.unplaced):
        return
    with _LOCK:
        _KEPT.setdefault(asof._register, {})[instrument] = _key(acts), made

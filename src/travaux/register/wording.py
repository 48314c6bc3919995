"""The rolling text of an instrument, from the acts on it: as of any date, as recorded by any size.

In a working register only performed acts count; in an observed one the text is what sources report. An act
counts from the day it had certainly happened. An act that names what the text does not hold then has no
effect and is listed, never lost.
"""

from __future__ import annotations

from bisect import bisect_left
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


@dataclass(frozen=True, slots=True)
class Step:
    """One act and the rolling text before and after it."""

    entered: Entered[Any]
    before: Rolling
    after: Rolling


def rolling(asof: AsOf, instrument: str, words: Words | None = None) -> Rolling:
    """The rolling text of `instrument`; `words` gives wordings that are kept as documents (left out: those
    that the register holds).
    """
    if words is None and asof.on is None:
        return _to_date(asof, instrument)
    acts = text_acts(asof, instrument)
    if words is None:
        whole = AsOf(asof._register, None, asof.recorded)
        if len(acts) == len(text_acts(whole, instrument)):
            return _to_date(whole, instrument)
    made, start = (Rolling(instrument), 0) if words else _begun(asof, instrument, acts)
    made = _after(made, acts[start:], asof, words)
    if words is None and holds_all(made):
        with _LOCK:
            _SEQUENCES.setdefault(asof._register, {})[instrument] = _key(acts), made
    return made


def _to_date(asof: AsOf, instrument: str) -> Rolling:
    """The text of everything recorded so far, from the last one made and the acts since."""
    last = _last(asof, instrument)
    made = Rolling(instrument) if last is None else last.text
    made = _after(made, text_acts(asof, instrument, 0 if last is None else last.size), asof, None)
    if holds_all(made):
        kept = _Kept(asof.recorded, _corrections(asof), made)
        with _LOCK:
            _KEPT.setdefault(asof._register, {})[instrument] = kept
    return made


def _after(made: Rolling, acts: Iterable[Entered[Any]], asof: AsOf, words: Words | None) -> Rolling:
    told, parties = words or asof._register.documents, frozenset[str]()
    for entered in acts:
        parties = parties or parties_of(asof)
        made = applied(made, entered, parties, told)
    return made


def holds_all(text: Rolling) -> bool:
    """True where every wording is held; false where the text is only known in part."""
    return not any(u.fault.code == "text.document_not_held" for u in text.unplaced)


def steps(asof: AsOf, instrument: str, words: Words | None = None) -> Iterator[Step]:
    """Every act on the text of `instrument`, in log order, with the text before and after it."""
    made, parties = Rolling(instrument), parties_of(asof)
    for entered in text_acts(asof, instrument):
        after = applied(made, entered, parties, words or asof._register.documents)
        yield Step(entered, made, after)
        made = after


def text_acts(asof: AsOf, instrument: str, start: int = 0) -> list[Entered[Any]]:
    """The acts that make the text of `instrument`, from log index `start` on, corrections applied."""
    observed = asof.founding.kind == "observed"
    return [
        e
        for e in asof.about(instrument, start)
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


@dataclass(frozen=True, slots=True)
class _Kept:
    """The text as of all acts below log index `size`, `corrections` of them being corrections."""

    size: int
    corrections: int
    text: Rolling


_SEQUENCES: WeakKeyDictionary[Register, dict[str, tuple[tuple[tuple[str, int], ...], Rolling]]] = (
    WeakKeyDictionary()
)
_KEPT: WeakKeyDictionary[Register, dict[str, _Kept]] = WeakKeyDictionary()
_LOCK = Lock()


def _last(asof: AsOf, instrument: str) -> _Kept | None:
    """The last text made of this instrument, where only acts after it are to be added."""
    with _LOCK:
        kept = _KEPT.get(asof._register, {}).get(instrument)
    if kept is None or kept.size > asof.recorded:
        return None
    return kept if kept.corrections == _corrections(asof) else None


def _begun(asof: AsOf, instrument: str, acts: list[Entered[Any]]) -> tuple[Rolling, int]:
    """The last text made as of a day, where it stands on the first of these acts, and on how many."""
    with _LOCK:
        kept = _SEQUENCES.get(asof._register, {}).get(instrument)
    if kept and kept[0] == _key(acts[: len(kept[0])]):
        return kept[1], len(kept[0])
    return Rolling(instrument), 0


def _key(acts: Iterable[Entered[Any]]) -> tuple[tuple[str, int], ...]:
    return tuple((e.id, e.corrected.index if e.corrected else -1) for e in acts)


def _corrections(asof: AsOf) -> int:
    made = asof._register._by_kind.get(k.Correct, [])
    return bisect_left(made, asof.recorded, key=lambda e: e.index)

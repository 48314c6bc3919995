"""Why an act that is on the record could be done: judged once more on the register as it stood before it."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from travaux.acts.base import Act
from travaux.acts.fault import Refused, refused
from travaux.acts.kinds import AmendRules
from travaux.register.fold import AsOf, Entered
from travaux.rules.book import Rulebook
from travaux.rules.judge import judge
from travaux.rules.verdict import Verdict
from travaux.secretariat.door import Secretariat


@dataclass(frozen=True, slots=True)
class Judged:
    """An act and the verdict on it when it was said; None where no rules were asked: it brought them.

    `whole` is false where the verdict stands on acts that the reader may not see: then its reasons are left
    out, and who reads it cannot check it again.
    """

    entered: Entered[Act]
    verdict: Verdict | None
    whole: bool = True


class Told(msgspec.Struct, frozen=True):
    """The answer for programs: the id of the `act`, what it `says`, whether it was `allowed`, the verdict's
    `lines`. `rechecked` is false where its grounds are not for this reader."""

    act: str
    says: str
    allowed: bool
    rechecked: bool
    lines: tuple[str, ...]


def why(office: Secretariat, act: str, reader: str) -> Judged | Refused:
    """The verdict on the act `act` (its id or the beginning of it), as far as `reader` may know its grounds.

    Refused: no such act for this reader, rules of that time that are not held.
    """
    found = office.find(act, reader)
    if isinstance(found, Refused):
        return found
    shown = office.as_of(for_=reader)
    entered = shown.act(found.id) or next((e for e in shown.recorded_acts() if e.id == found.id), None)
    if entered is None:
        return refused("signing.short", act=act)
    first = next(e for e in shown.recorded_acts() if e.id == entered.id and e.index == entered.index)
    if first.index == 0:
        return Judged(first, None)
    book = _book(office, first.index)
    if isinstance(book, Refused):
        return book
    whole = _verdict(office.register.as_of(recorded=first.index), first, book)
    own = _verdict(office.as_of(recorded=first.index, for_=reader), first, book)
    return Judged(
        first, whole if whole.allowed and not own.allowed else own, own.allowed or not whole.allowed
    )


def _verdict(asof: AsOf, entered: Entered[Act], book: Rulebook) -> Verdict:
    return judge(asof, entered.act, entered.party, book, entered.cosigners)


def _book(office: Secretariat, index: int) -> Rulebook | Refused:
    """The rules in force just before the log index `index`."""
    amended = [e.act.rules for e in office.register.as_of(recorded=index).acts(AmendRules)]
    digest = amended[-1] if amended else office.register.founding.rules
    data = office.log.blob(digest)
    if data is None:
        return refused("procedure.no_rules", sha256=digest)
    return Rulebook.parse(data, f"rules {digest[:12]}")

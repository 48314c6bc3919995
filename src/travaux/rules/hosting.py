"""Who may move the record to another host: parties, as many as cosign for certain, and the new host's key."""

from __future__ import annotations

from collections.abc import Iterator

from travaux.acts import kinds as k
from travaux.rules.case import Case
from travaux.rules.sentence import Ids, Sentence
from travaux.rules.voices import founded


def move_host(case: Case) -> Iterator[Sentence]:
    """What speaks against a move: too few parties sign, or the new host does not.

    The keeper of a working register serves the parties and counts for nothing here; in an observed register
    its office is all there is. Whether those who sign are roots, and enough of each party, the record checks.
    """
    act = case.act
    if not isinstance(act, k.MoveHost):
        return
    founding = case.asof.founding
    counts = (founding.keeper,) if case.observed else tuple(p for p in founded(case) if p != founding.keeper)
    met = [p for p in counts if p in case.signers]
    if len(met) < founding.quorum:
        others = Ids(p for p in counts if p not in met)
        code = "move_keeper_alone" if case.keeper and not met else "move_quorum"
        yield case.refuse(code, met=len(met), quorum=founding.quorum, others=others)
    if act.host.partition("+")[0] not in case.cosigners:
        yield case.refuse("move_new_host")

"""A receipt held against a register: whether what was promised then still stands."""

from __future__ import annotations

from travaux.acts.fault import Refused, refused
from travaux.record.entry import Entry
from travaux.record.log import Log
from travaux.record.receipt import Receipt


def proved(log: Log, receipt: Receipt) -> Entry | Refused:
    """The entry that `receipt` proves, where its checkpoint is of the history in `log`.

    The key that was host at that size must have signed it, whoever is host now. Refused: another register or
    history, a receipt of more entries than are held here, a signature or proof that does not hold.
    """
    at, authority = receipt.checkpoint, log.authority
    if at.origin != authority.origin:
        return refused("record.other_origin", origin=at.origin[:120])
    if at.size > log.size:
        return refused("record.receipt_ahead", size=at.size, held=log.size)
    if log.root_at(at.size) != at.root:
        return refused("record.receipt_other", size=at.size)
    host, entry = authority.holders.host_at(at.size), log.entry(receipt.index)
    if isinstance(entry, Refused) or host is None or not receipt.proves(entry.raw, host):
        return refused("record.receipt_false", index=receipt.index)
    return entry


__all__ = ["proved"]

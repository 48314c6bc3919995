"""The record moves to another host: prepare the act on a mirror, see that it fits one's own copy, issue again
what only the old host had recorded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from travaux.acts.base import Tree
from travaux.acts.fault import Fault, Place, Refused, refused, refused_all
from travaux.acts.kinds import MoveHost
from travaux.acts.vocabulary import decode_body, to_body
from travaux.acts.when import When
from travaux.formats.acts import Written
from travaux.formats.acts.labels import NAMING, named_by
from travaux.record.entry import Draft, Entry
from travaux.record.keyfiles import ROUNDS
from travaux.record.keys import Signer, party_of, to_base64
from travaux.record.log import Log
from travaux.record.moved import parting
from travaux.record.parties import Holders
from travaux.record.prepared import Prepared
from travaux.secretariat.door import Secretariat
from travaux.secretariat.home import Home
from travaux.secretariat.keyring import Keyring
from travaux.secretariat.remembering import largest

# What a dead branch may hold and nobody issues again: it speaks of the tree that is no more.
_OF_ITS_TREE = ("seal", "move_host")


def prepare_move(
    office: Secretariat,
    keyring: Keyring,
    passphrase: bytes,
    *,
    parties: Sequence[str] = (),
    on: When | None = None,
    why: str = "",
    rounds: int = ROUNDS,
) -> Prepared | Refused:
    """The act that moves the record to a new host key, made here; on the last tree of this copy.

    The new host signs it at once; the roots of `parties` (all that have roots, where none is named) are still
    to sign, the first ones of each up to its threshold. Refused: a host key in force that lies here already,
    a party that is none, whatever the rules say; then no key stays behind.
    """
    log, holders = office.log, office.log.authority.holders
    signing = holders.signing_parties()
    strangers = [refused("record.no_party", party=p) for p in parties if p not in signing]
    if strangers:
        return strangers[0]
    path = keyring.home.key_file(keyring.origin, keyring.origin)
    made = not path.exists()
    host = keyring.make(keyring.origin, passphrase, rounds) if made else _unused(holders, keyring, path)
    if isinstance(host, Refused):
        return host
    chosen = [p for p in signing if p in parties or not parties]
    by, *roots = _roots(holders, chosen)
    act = MoveHost(host=str(host.vkey), base=Tree(size=log.size, root=to_base64(log.root)), on=on, why=why)
    with_ = (*roots, keyring.origin)
    against = refused_all(office.procedure.speak_against(act, party_of(by), with_))
    draft = against or log.draft("move_host", to_body(act), by, with_=with_)
    signed = draft if isinstance(draft, Refused) else Prepared(draft).signed([host])
    if isinstance(signed, Refused) and made:
        keyring.forget(keyring.origin)
    return signed


def _unused(holders: Holders, keyring: Keyring, path: Path) -> Signer | Refused:
    """The host key that lies here, where it is not one that hosted before."""
    host = keyring.host()
    if isinstance(host, Refused) or host.vkey.public not in holders.used:
        return host
    return refused("moving.host_here", Place(str(path)), key=host.vkey.short)


def _roots(holders: Holders, parties: Sequence[str]) -> list[str]:
    """Of each party the names of its first roots up to its threshold; its first signs as author."""
    held = [holders.parties[p] for p in parties]
    return [root.name for party in held for root in party.roots[: party.threshold]]


def against_copy(log: Log, draft: Draft) -> tuple[Fault, ...]:
    """What speaks against signing `draft`, by one's own copy of the register.

    It must be of this register and stand on this history. A move to another host must leave nothing behind
    that a party which signs it has cosigned.
    """
    seen, envelope = draft.envelope.seen, draft.envelope
    if envelope.register != log.register:
        return (Fault("record.register"),)
    if seen.size > log.size:
        return (Fault("moving.behind", Place(log.where), {"size": log.size, "seen": seen.size}),)
    if to_base64(log.root_at(seen.size)) != seen.root:
        return (Fault("record.seen_other", Place(log.where), {"size": seen.size}),)
    act = decode_body(envelope.act, envelope.body)
    if isinstance(act, Refused) or not isinstance(act, MoveHost):
        return act.faults if isinstance(act, Refused) else ()
    return tuple(_left_behind(log, draft, act))


def against_memory(home: Home, origin: str, draft: Draft) -> tuple[Fault, ...]:
    """What speaks against signing a move, by what the witnesses in this folder have cosigned."""
    act = decode_body(draft.envelope.act, draft.envelope.body)
    if not isinstance(act, MoveHost):
        return ()
    faults: list[Fault] = []
    for party in sorted(set(map(party_of, draft.signers))):
        size = largest(home, origin, party)
        if isinstance(size, Refused):
            faults += size.faults
        elif size > act.base.size:
            values = {"party": party, "size": size, "base": act.base.size}
            faults.append(Fault("moving.cosigned_beyond", values=values))
    return tuple(faults)


def _left_behind(log: Log, draft: Draft, act: MoveHost) -> Iterator[Fault]:
    base = act.base
    if (base.size, base.root) != (draft.envelope.seen.size, draft.envelope.seen.root):
        yield Fault("record.move_base", Place(log.where), {"size": base.size})
    signing, rows = set(map(party_of, draft.signers)), log.store.cosignatures()
    beyond = {party_of(r.name): r.size for r in rows if r.size > base.size and party_of(r.name) in signing}
    for party, size in beyond.items():
        values = {"party": party, "size": size, "base": base.size}
        yield Fault("moving.cosigned_beyond", Place(log.where), values)


def stranded(branch: Log, log: Log) -> list[Written] | Refused:
    """The acts that only the dead branch holds, in its order, ready to be issued again by their authors.

    An act that was issued again already is left out. One that another of them names gets a label, and is
    named by it: it will have another id. Refused: copies of two registers.
    """
    if branch.register != log.register:
        return refused("record.register", Place(branch.where))
    base = parting(branch, log)
    living = Counter(_said(e) for e in log.entries(base))
    dead: list[Entry] = []
    for entry in branch.entries(base):
        said = _said(entry)
        if living[said]:
            living[said] -= 1
        elif entry.kind not in _OF_ITS_TREE:
            dead.append(entry)
    return _written(dead)


def _said(entry: Entry) -> tuple[str, str, bytes]:
    """What an entry says, whoever's acts of another id it names."""
    body = {k: v for k, v in msgspec.json.decode(entry.body).items() if k not in NAMING}
    return entry.by, entry.kind, msgspec.json.encode(body, order="deterministic")


def _written(dead: Sequence[Entry]) -> list[Written]:
    acts = [(entry, decode_body(entry.kind, entry.body)) for entry in dead]
    readable = [(entry, act) for entry, act in acts if not isinstance(act, Refused)]
    labels = {entry.id: f"act-{entry.id[:12]}" for entry, _ in readable}
    named = {i for _, act in readable for i in named_by(act).values() if i in labels}
    return [
        Written(
            msgspec.structs.replace(act, **{f: labels[i] for f, i in named_by(act).items() if i in labels}),
            signer=entry.by, with_=entry.cosigners, audience=entry.audience,
            label=labels[entry.id] if entry.id in named else "",
        )
        for entry, act in readable
    ]  # fmt: skip


__all__ = ["against_copy", "against_memory", "prepare_move", "stranded"]

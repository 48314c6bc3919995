"""Who may sign what, judged by log index: the fold of the acts that change keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import msgspec

from travaux.acts.fault import Fault, Refused
from travaux.record.bodies import (
    KEY_ACTS,
    READ,
    AccreditBody,
    AdmitBody,
    Body,
    FoundBody,
    MoveBody,
    PartyBody,
    RecallBody,
    RootsBody,
    SealBody,
    read_body,
)
from travaux.record.entry import Entry
from travaux.record.keys import ED25519, WITNESSING, VKey, is_name, parse_vkey, to_base64
from travaux.record.note import KeyName
from travaux.record.parties import ROOT, WITNESS, Contest, Grant, Holders, Party, misfits
from travaux.record.sealing import Seal, judge_seal, read_seal

RESERVED: Final = ("travaux/", "cosignature/")
RootAt = Callable[[int], bytes]


class Ruling(msgspec.Struct, frozen=True, gc=False):
    """What is said of an entry: the key of each signature line, in order, and every fault.

    Where a line's key is not known there is a fault, and `keys` is shorter than the lines. `unchecked` says
    which lines of a seal cannot be checked here; no verdict rests on them.
    """

    keys: tuple[VKey, ...]
    faults: tuple[Fault, ...]
    unchecked: tuple[Fault, ...] = ()


@dataclass(slots=True)
class Authority:
    """The state after the entries so far; `judge` changes nothing, `apply` folds an admitted entry."""

    register: str = ""
    name: str = ""
    kind: str = ""
    origin: str = ""
    quorum: int = 1
    holders: Holders = field(default_factory=Holders)
    seals: list[Seal] = field(default_factory=list)

    def judge(self, entry: Entry, index: int, root_at: RootAt) -> Ruling:
        """Authority for `entry` at `index`; `root_at(size)` gives the root of this history, size <= index."""
        kind = READ.get(entry.kind)
        body = read_body(kind, entry.envelope.body) if kind else None
        if isinstance(body, Refused):
            return Ruling((), body.faults)
        if (index == 0) != (entry.kind == "found"):
            return Ruling((), (Fault("record.founding_place"),))
        faults = [Fault("record.key_act_hidden")] if body and entry.audience != "public" else []
        if body is None or isinstance(body, SealBody):
            ruling = self._ordinary(entry)
            if body is None:
                return Ruling(ruling.keys, (*faults, *ruling.faults))
            sealed = judge_seal(self, body.note, index, root_at)
            every = (*faults, *ruling.faults, *sealed.faults)
            return Ruling(ruling.keys, every, tuple(sealed.unchecked))
        new = _new_keys(body)
        if isinstance(new, Refused):
            return Ruling((), new.faults)
        ruling = self._lines(entry, new)
        return Ruling(
            ruling.keys, (*faults, *ruling.faults, *self._rule(entry, index, body, ruling, root_at))
        )

    def apply(self, entry: Entry, index: int) -> None:
        """Fold an entry that `judge` found no fault with."""
        kind = READ.get(entry.kind)
        body = read_body(kind, entry.envelope.body) if kind else None
        if body is None or isinstance(body, Refused):
            return
        _apply(self, body, entry, index)

    def contested(self, entry: Entry) -> bool:
        """True when a later recall doubts this act."""
        keys = {f"{line.name}+{line.id.hex()}" for line in entry.lines}
        return any(c.key in keys and c.since <= entry.index < c.index for c in self.holders.contests)

    def _ordinary(self, entry: Entry) -> Ruling:
        """Every signer is a delegation or keeper in force whose scope covers the kind."""
        keys, faults = [], []
        for line in entry.lines:
            grant = self.holders.current(line.name, line.id)
            if grant is None or grant.role == WITNESS:
                faults.append(Fault("record.no_authority", values={"name": line.name}))
                continue
            keys.append(grant.vkey)
            if grant.role == ROOT:
                faults.append(Fault("record.root_scope", values={"name": line.name, "kind": entry.kind}))
            elif not grant.covers(entry.kind):
                faults.append(Fault("record.scope", values={"name": line.name, "kind": entry.kind}))
        return Ruling(tuple(keys), tuple(faults))

    def _lines(self, entry: Entry, new: Sequence[VKey]) -> Ruling:
        """The keys of a key act's lines: in force, or named by the act itself."""
        named: dict[KeyName, VKey] = {(v.name, v.id): v for v in new if v.kind == ED25519}
        keys, faults = [], []
        for line in entry.lines:
            grant = self.holders.current(line.name, line.id)
            key = named.get((line.name, line.id)) or (grant.vkey if grant and grant.role != WITNESS else None)
            if key is None:
                faults.append(Fault("record.no_authority", values={"name": line.name}))
            else:
                keys.append(key)
        return Ruling(tuple(keys), tuple(faults))

    def _rule(self, entry: Entry, index: int, body: Body, ruling: Ruling, root_at: RootAt) -> Iterable[Fault]:
        keys = ruling.keys
        if isinstance(body, FoundBody):
            return self._found(body, keys)
        author = next((g for g in map(self._grant, keys) if g and g.vkey.name == entry.by), None)
        if isinstance(body, AdmitBody):
            return self._admit(body, author, keys)
        if isinstance(body, RecallBody):
            return self._recall(body, index, author, keys)
        if author is None or author.role != ROOT:
            return [Fault("record.not_a_root", values={"name": entry.by})]
        party = self.holders.parties[author.vkey.party]
        if isinstance(body, AccreditBody):
            return [
                *self._accredit(body, party, keys),
                *self._threshold(party, keys),
                *self._own(party, keys),
            ]
        if isinstance(body, RootsBody):
            return [*self._roots(body, party, keys), *self._threshold(party, keys), *self._own(party, keys)]
        return self._move(body, index, keys, root_at) if isinstance(body, MoveBody) else []

    def _grant(self, vkey: VKey) -> Grant | None:
        return self.holders.current(vkey.name, vkey.id)

    def _threshold(self, party: Party, keys: Iterable[VKey]) -> list[Fault]:
        if self.holders.met(party, keys):
            return []
        return [Fault("record.threshold", values={"party": party.id, "needed": party.threshold})]

    def _own(self, party: Party, keys: Iterable[VKey]) -> list[Fault]:
        """Nobody else's key has a place on a party's own key act."""
        return [
            Fault("record.no_authority", values={"name": v.name})
            for v in keys
            if v.party != party.id or ((g := self._grant(v)) is not None and g.role != ROOT)
        ]

    def _found(self, body: FoundBody, keys: Sequence[VKey]) -> list[Fault]:
        origin = body.origin
        host = parse_vkey(body.host)
        faults = []
        if not is_name(origin) or origin.startswith(RESERVED):
            faults.append(Fault("record.origin", values={"origin": origin[:120]}))
        if isinstance(host, Refused) or host.name != origin or host.kind != ED25519:
            faults.append(Fault("record.host_key"))
        else:
            faults += self.holders.fresh([host, *(v for p in body.parties for v in _vkeys(p.roots))], ROOT)
        if len({p.id for p in body.parties}) != len(body.parties):
            faults.append(Fault("record.party_twice"))
        counted = sum(1 for p in body.parties if p.roots and p.id != _serving(body))
        if not body.quorum <= counted:
            faults.append(Fault("record.quorum_size", values={"quorum": body.quorum, "parties": counted}))
        if not isinstance(host, Refused) and host in keys:
            faults.append(Fault("record.no_authority", values={"name": host.name}))
        return [*faults, *(f for p in body.parties for f in self._joins(p, keys))]

    def _joins(self, body: PartyBody, keys: Iterable[VKey]) -> list[Fault]:
        """A party that comes in with its roots signs with its own threshold."""
        roots = _vkeys(body.roots)
        if (
            body.threshold > len(roots)
            or (body.threshold == 0) != (not roots)
            or len(set(roots)) < len(roots)
        ):
            return [Fault("record.party_roots", values={"party": body.id})]
        return misfits(roots, body.id) + self._threshold(
            Party(body.id, body.name, roots, body.threshold), keys
        )

    def _admit(self, body: AdmitBody, author: Grant | None, keys: Sequence[VKey]) -> list[Fault]:
        faults = self.holders.fresh(_vkeys(body.party.roots), ROOT) + self._joins(body.party, keys)
        if author is None or author.role not in (ROOT, "keeper"):
            faults.append(Fault("record.admit_by"))
        if body.party.id in self.holders.parties:
            faults.append(Fault("record.party_twice"))
        return faults

    def _accredit(self, body: AccreditBody, party: Party, keys: Sequence[VKey]) -> list[Fault]:
        faults = []
        for key in body.keys:
            vkey = _vkeys((key.vkey,))[0]
            witness = key.role == WITNESS
            if witness and party.id == self.holders.serves:
                faults.append(Fault("record.keeper_witness", values={"name": vkey.name}))
            faults += misfits([vkey], party.id, WITNESSING if witness else (ED25519,))
            faults += self.holders.fresh([vkey], key.role)
            if bool(key.kinds) == witness:
                faults.append(Fault("record.kinds", values={"name": vkey.name}))
            if not witness and vkey not in keys:
                faults.append(Fault("record.possession", values={"name": vkey.name}))
        publics = [v.public for v in _vkeys(k.vkey for k in body.keys)]
        if len(set(publics)) < len(publics):
            faults.append(Fault("record.key_used", values={"name": "-"}))
        return faults

    def _recall(
        self, body: RecallBody, index: int, author: Grant | None, keys: Sequence[VKey]
    ) -> list[Fault]:
        if author is None:
            return []
        faults = [Fault("record.recall_since")] if body.since is not None and body.since > index else []
        for short in body.keys:
            name, _, ident = short.rpartition("+")
            grant = self.holders.current(name, _hex(ident))
            if grant is None or grant.role == ROOT or grant.vkey.party != author.vkey.party:
                faults.append(Fault("record.recall_key", values={"name": short[:120]}))
        if [k.short for k in keys] == list(body.keys):
            return faults
        party = self.holders.parties[author.vkey.party]
        return [*faults, *self._threshold(party, keys), *self._own(party, keys)]

    def _roots(self, body: RootsBody, party: Party, keys: Sequence[VKey]) -> list[Fault]:
        roots = _vkeys(body.roots)
        new = [v for v in roots if v not in party.roots]
        faults = misfits(roots, party.id) + self.holders.fresh(new, ROOT)
        if len(set(roots)) < len(roots) or body.threshold > len(roots):
            faults.append(Fault("record.party_roots", values={"party": party.id}))
        if len(set(roots) & set(keys)) < body.threshold:
            faults.append(Fault("record.new_threshold", values={"needed": body.threshold}))
        return faults

    def _move(self, body: MoveBody, index: int, keys: Sequence[VKey], root_at: RootAt) -> list[Fault]:
        (host,) = _vkeys((body.host,))
        faults = []
        if host.name != self.origin or host.kind != ED25519:
            faults.append(Fault("record.host_key"))
        faults += [f for f in self.holders.fresh([host], ROOT) if f.code != "record.name_taken"]
        if host not in keys:
            faults.append(Fault("record.possession", values={"name": host.name}))
        if body.base.size != index or body.base.root != to_base64(root_at(index)):
            faults.append(Fault("record.move_base", values={"size": body.base.size}))
        met = [p for p in self.holders.signing_parties() if self.holders.met(self.holders.parties[p], keys)]
        if len(met) < self.quorum:
            faults.append(Fault("record.move_quorum", values={"met": len(met), "quorum": self.quorum}))
        grants = (self._grant(v) for v in keys)
        faults += [
            Fault("record.no_authority", values={"name": g.vkey.name}) for g in grants if g and g.role != ROOT
        ]
        return faults


def _apply(state: Authority, body: Body, entry: Entry, index: int) -> None:
    holders = state.holders
    if isinstance(body, FoundBody):
        state.register, state.name, state.kind = entry.id, body.name, body.kind
        state.origin, state.quorum = body.origin, body.quorum
        holders.serves = _serving(body)
        holders.name_host(_vkeys((body.host,))[0], index)
        for party in body.parties:
            holders.admit(_party(party), index)
    elif isinstance(body, AdmitBody):
        holders.admit(_party(body.party), index)
    elif isinstance(body, AccreditBody):
        for key in body.keys:
            holders.grant(_vkeys((key.vkey,))[0], key.role, key.kinds, index)
    elif isinstance(body, RecallBody):
        for short in body.keys:
            holders.revoke(short.rpartition("+")[0], index)
            if body.since is not None:
                holders.contests.append(Contest(short, body.since, index))
    elif isinstance(body, RootsBody):
        before = holders.parties[entry.party]
        holders.admit(Party(before.id, before.name, _vkeys(body.roots), body.threshold), index)
    elif isinstance(body, MoveBody):
        holders.name_host(_vkeys((body.host,))[0], index)
    elif seal := read_seal(body.note, index, state):
        state.seals.append(seal)


def _serving(body: FoundBody) -> str:
    """The keeper of a working register; in an observed one the keeper's office is the only witness."""
    return body.keeper if body.kind == "working" else ""


def _party(body: PartyBody) -> Party:
    return Party(body.id, body.name, _vkeys(body.roots), body.threshold)


def _new_keys(body: Body) -> list[VKey] | Refused:
    """Every vkey that a key act names; one that cannot be read refuses the act."""
    texts: list[str] = []
    if isinstance(body, FoundBody):
        texts = [r for p in body.parties for r in p.roots]
    elif isinstance(body, AdmitBody):
        texts = list(body.party.roots)
    elif isinstance(body, AccreditBody):
        texts = [k.vkey for k in body.keys]
    elif isinstance(body, RootsBody):
        texts = list(body.roots)
    elif isinstance(body, MoveBody):
        texts = [body.host]
    parsed = [parse_vkey(text) for text in texts]
    bad = next((p for p in parsed if isinstance(p, Refused)), None)
    return bad or [p for p in parsed if isinstance(p, VKey)]


def _vkeys(texts: Iterable[str]) -> tuple[VKey, ...]:
    """Vkeys whose form was checked before."""
    return tuple(v for v in map(parse_vkey, texts) if isinstance(v, VKey))


def _hex(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


__all__ = ["KEY_ACTS", "Authority", "RootAt", "Ruling"]

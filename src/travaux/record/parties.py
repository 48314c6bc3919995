"""What is in force: the parties, their keys by log index, the host keys. Changed by key acts only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from travaux.acts.fault import Fault
from travaux.record import ed25519
from travaux.record.keys import ED25519, MLDSA44, VKey

ROOT: Final = "root"
WITNESS: Final = "witness"


@dataclass(frozen=True, slots=True)
class Grant:
    """A key in a role, in force after the entry `since` and before the entry `until`, if any."""

    vkey: VKey
    role: str
    kinds: tuple[str, ...]
    since: int
    until: int | None = None

    def at_size(self, size: int) -> bool:
        """True when the key may sign or cosign a checkpoint of `size` entries."""
        return self.since < size and (self.until is None or size <= self.until)

    def covers(self, kind: str) -> bool:
        """True when the key may sign acts of `kind`; what a sealed act hides is judged once opened."""
        return "*" in self.kinds or kind in self.kinds or kind == "sealed"


@dataclass(frozen=True, slots=True)
class Party:
    """A party: how many of its `roots` must sign an act that changes keys."""

    id: str
    name: str
    roots: tuple[VKey, ...]
    threshold: int


@dataclass(frozen=True, slots=True)
class Contest:
    """A recall that doubts acts of a key (``name+id``) from log index `since` on."""

    key: str
    since: int
    index: int


@dataclass(slots=True)
class Holders:
    """The keys of a register, folded in log order. Nothing here judges.

    `serves` is the party that only serves the others: the keeper of a working register. It has roots and
    signs, but is no witness and counts in no quorum.
    """

    parties: dict[str, Party] = field(default_factory=dict)
    grants: dict[str, list[Grant]] = field(default_factory=dict)
    hosts: list[tuple[int, VKey]] = field(default_factory=list)
    contests: list[Contest] = field(default_factory=list)
    serves: str = ""
    used: set[bytes] = field(default_factory=set)

    def current(self, name: str, ident: bytes) -> Grant | None:
        """The grant now in force of the key (name, id)."""
        held = self.grants.get(name)
        if not held or held[-1].until is not None or held[-1].vkey.id != ident:
            return None
        return held[-1]

    def host_at(self, size: int) -> VKey | None:
        """The host key that signs checkpoints of `size`: the last one named below that index."""
        return next((vkey for index, vkey in reversed(self.hosts) if index < size), None)

    def witnesses_at(self, size: int) -> Iterator[VKey]:
        """The witness keys that may cosign a checkpoint of `size`."""
        for held in self.grants.values():
            yield from (g.vkey for g in held if g.role == WITNESS and g.at_size(size))

    def signing_parties(self) -> tuple[str, ...]:
        """The parties that have roots and are no mere keeper: those who sign, cosign and count."""
        return tuple(p.id for p in self.parties.values() if p.roots and p.id != self.serves)

    def met(self, party: Party, keys: Iterable[VKey], among: Iterable[VKey] = ()) -> bool:
        """True when enough of the party's roots (or of the roots `among`) are in `keys`."""
        roots = set(among or party.roots)
        return len(roots & set(keys)) >= party.threshold

    def grant(self, vkey: VKey, role: str, kinds: tuple[str, ...], index: int) -> None:
        """Put a key in force; the one that bore the name before goes out of force."""
        self.revoke(vkey.name, index)
        self.grants.setdefault(vkey.name, []).append(Grant(vkey, role, kinds, index))
        self.used.add(vkey.public)

    def revoke(self, name: str, index: int) -> None:
        """Take the key of `name` out of force, where one is in force."""
        held = self.grants.get(name)
        if held and held[-1].until is None:
            held[-1] = replace(held[-1], until=index)

    def name_host(self, vkey: VKey, index: int) -> None:
        """From the entry `index` on, `vkey` signs the checkpoints."""
        self.hosts.append((index, vkey))
        self.used.add(vkey.public)

    def admit(self, party: Party, index: int) -> None:
        """Add a party, or put new roots in the place of its old ones."""
        before = self.parties.get(party.id)
        kept = {v for v in party.roots if before and v in before.roots}
        for vkey in before.roots if before else ():
            if vkey not in kept:
                self.revoke(vkey.name, index)
        for vkey in party.roots:
            if vkey not in kept:
                self.grant(vkey, ROOT, (), index)
        self.parties[party.id] = party

    def fresh(self, vkeys: Iterable[VKey], role: str) -> list[Fault]:
        """What speaks against putting `vkeys` in force in `role`: used before, no good key, a taken name."""
        faults, seen = [], set(self.used)
        for vkey in vkeys:
            if vkey.public in seen:
                faults.append(Fault("record.key_used", values={"name": vkey.name}))
            if vkey.kind != MLDSA44 and not ed25519.key_ok(vkey.public):
                faults.append(Fault("record.key_weak", values={"name": vkey.name}))
            if any(g.role != role for g in self.grants.get(vkey.name, ())) or self._hosts(vkey.name):
                faults.append(Fault("record.name_taken", values={"name": vkey.name}))
            seen.add(vkey.public)
        return faults

    def _hosts(self, name: str) -> bool:
        return any(vkey.name == name for _, vkey in self.hosts)


def misfits(vkeys: Iterable[VKey], party: str, kinds: Sequence[int] = (ED25519,)) -> list[Fault]:
    """The keys that are of none of the types `kinds`, or not in the name of `party`."""
    return [
        Fault("record.foreign_name" if v.party != party else "record.key_type", values={"name": v.name})
        for v in vkeys
        if v.party != party or v.kind not in kinds
    ]

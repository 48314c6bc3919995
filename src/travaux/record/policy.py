"""Trust policies (C2SP tlog-policy): whose signatures make a checkpoint of a log good enough for a stranger.

Lines: ``log VKEY``, ``witness NAME VKEY``, ``group NAME K MEMBER…`` (K a number, ``any`` or ``all``),
``quorum NAME`` (or ``none``). A name is known only below the line that gives it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from travaux.acts.fault import Refused, refused
from travaux.record import ed25519
from travaux.record.authority import Authority
from travaux.record.checkpoint import Cosignature, parse_checkpoint, read_cosignature
from travaux.record.keys import COSIGNATURE, ED25519, WITNESSING, VKey, parse_vkey
from travaux.record.note import Note

MAX_POLICY: Final = 65_536
NONE: Final = "none"


@dataclass(frozen=True, slots=True)
class Group:
    """At least `needed` of `members`, names of witnesses or groups."""

    needed: int
    members: tuple[str, ...]


@dataclass(slots=True)
class Policy:
    """A policy read. `quorum` is the name of a witness or group, or ``none``."""

    logs: dict[str, VKey] = field(default_factory=dict)
    witnesses: dict[str, VKey] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    quorum: str = ""

    def accepts(self, note: Note) -> bool:
        """True when a log of the policy signed the checkpoint, and its quorum of witnesses cosigned it."""
        at = parse_checkpoint(note.text)
        log = None if isinstance(at, Refused) else self.logs.get(at.origin)
        if isinstance(at, Refused) or log is None:
            return False
        own = any(
            (li.name, li.id) == (log.name, log.id)
            and ed25519.verify(log.public, li.signature, note.text.encode())
            for li in note.lines
        )
        made = [c for c in map(read_cosignature, note.lines) if isinstance(c, Cosignature)]
        met = {n: any(c.verifies(v, at) for c in made) for n, v in self.witnesses.items()}
        for name, group in self.groups.items():
            met[name] = sum(met[m] for m in group.members) >= group.needed
        return own and (self.quorum == NONE or met[self.quorum])


def policy_of(authority: Authority, size: int) -> str:
    """The policy that the register's own keys make for checkpoints of `size`; "" where none can be met.

    One vote a party: a party with several witnesses is a group of which any will do.
    """
    holders = authority.holders
    host, quorum = holders.host_at(size), authority.quorum
    parties: dict[str, list[VKey]] = {}
    for vkey in sorted(holders.witnesses_at(size), key=str):
        if vkey.kind == COSIGNATURE and vkey.party in holders.signing_parties():
            parties.setdefault(vkey.party, []).append(vkey)
    if host is None or len(parties) < quorum:
        return ""
    return "".join(f"{line}\n" for line in _lines(host, parties, quorum))


def _lines(host: VKey, parties: Mapping[str, list[VKey]], quorum: int) -> Iterator[str]:
    yield f"log {host}"
    yield from (f"witness {v.name} {v}" for held in parties.values() for v in held)
    members = []
    for party, held in sorted(parties.items()):
        members.append(held[0].name if len(held) == 1 else party)
        if len(held) > 1:
            yield f"group {party} any {' '.join(v.name for v in held)}"
    yield f"group all-parties {quorum} {' '.join(members)}"
    yield "quorum all-parties"


def parse_policy(text: str) -> Policy | Refused:
    """A policy from its text (``record.policy``).

    Refused: another line, a name that is not known yet or used twice, a member of two groups, a public key
    twice, a group that cannot be met, no quorum or two.
    """
    policy, grouped = Policy(), set[str]()
    if len(text) > MAX_POLICY:
        return refused("record.policy", line=0, detail="too long")
    for nth, row in enumerate(text.split("\n"), start=1):
        words = row.split()
        if not words or words[0].startswith("#"):
            continue
        wrong = "nothing may follow the quorum" if policy.quorum else _read(policy, grouped, words)
        if wrong:
            return refused("record.policy", line=nth, detail=wrong)
    if not policy.quorum or not policy.logs:
        return refused("record.policy", line=0, detail="no log or no quorum")
    return policy


def _read(policy: Policy, grouped: set[str], words: list[str]) -> str:
    """Take in one line; what is wrong with it in words, or an empty string."""
    match words:
        case ["log", text, *rest] if len(rest) <= 1:
            return _key(policy, "", text, (ED25519,))
        case ["witness", name, text, *rest] if len(rest) <= 1:
            return _taken(policy, name) or _key(policy, name, text, WITNESSING)
        case ["group", name, needed, *members] if members:
            return _taken(policy, name) or _group(policy, grouped, name, needed, members)
        case ["quorum", name]:
            if name != NONE and name not in policy.witnesses and name not in policy.groups:
                return f"{name} is not known"
            policy.quorum = name
            return ""
    return "no such line"


def _taken(policy: Policy, name: str) -> str:
    return f"{name} is taken" if name in (NONE, *policy.witnesses, *policy.groups) else ""


def _key(policy: Policy, name: str, text: str, kinds: tuple[int, ...]) -> str:
    vkey = parse_vkey(text, foreign=True)
    if isinstance(vkey, Refused) or vkey.kind not in kinds:
        return "no key for that place"
    if not ed25519.key_ok(vkey.public):
        return "a key with which anybody can sign"
    if vkey.public in {v.public for v in (*policy.logs.values(), *policy.witnesses.values())}:
        return "a public key stands twice"
    if vkey.kind == ED25519 and vkey.name in policy.logs:
        return f"{vkey.name} is taken"
    if vkey.kind == ED25519:
        policy.logs[vkey.name] = vkey
    else:
        policy.witnesses[name] = vkey
    return ""


def _group(policy: Policy, grouped: set[str], name: str, needed: str, members: list[str]) -> str:
    lost = [m for m in members if m not in policy.witnesses and m not in policy.groups]
    if lost:
        return f"{lost[0]} is not known"
    if grouped & set(members) or len(set(members)) < len(members):
        return "a member stands in a group already"
    count = {"any": "1", "all": str(len(members))}.get(needed, needed)
    if not (count.isascii() and count.isdigit()) or count != str(int(count)):
        return "no number of members"
    if not 1 <= int(count) <= len(members):
        return "a group that cannot be met"
    grouped.update(members)
    policy.groups[name] = Group(int(count), tuple(members))
    return ""

"""The pure core against a plain list: submit good and bad, reopen, mirror, fork, cosign, seal.

No store, no clock: `Admission` alone, driven by random steps. The list knows nothing of our hashes: its roots
are made by the definition, from the bytes of the entries.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.record.test_tree import naive
from tests.record.world import DELEGATES, HOST, ROOTS, RULES, WITNESSES, body_of_founding, must
from travaux.acts.fault import Fault
from travaux.record.admission import Admission, Head
from travaux.record.bodies import READ
from travaux.record.checkpoint import Checkpoint, cosign, sign_checkpoint
from travaux.record.entry import Entry, build, parse_entry, read_entry, sign
from travaux.record.keys import KeyPair, to_base64
from travaux.record.note import Note
from travaux.record.sealing import Seal, SealedSize, sealed_size
from travaux.record.tree import (
    Range,
    consistency_proof,
    consistent,
    included,
    inclusion_proof,
    leaf_hash,
    node_hash,
    nodes,
)

PARTIES = st.sampled_from(sorted(DELEGATES))
START = int(datetime(2026, 11, 24, tzinfo=UTC).timestamp())
assert RULES


EMPTY = sha256(b"").digest()


def defined(log: Sequence[bytes]) -> bytes:
    """The root of entries by the definition of RFC 9162, section 2.1.1."""
    return naive([sha256(b"\0" + raw).digest() for raw in log]) if log else EMPTY


class Core(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.state = Admission()
        self.log: list[bytes] = []
        self.receipts: list[tuple[int, int, list[bytes]]] = []
        self.counts: dict[str, tuple[int, str | None]] = {}
        self.now = START
        self.sealed: dict[str, SealedSize] = {}
        self.roots: dict[int, bytes] = {}
        self.last_seal = 0

    @initialize()
    def found(self) -> None:
        assert self.submit("found", body_of_founding(), list(ROOTS.values()), register=None)
        for party in ROOTS:
            keys = [
                {"vkey": str(DELEGATES[party].vkey), "role": "delegation", "kinds": ["*"]},
                {"vkey": str(WITNESSES[party].vkey), "role": "witness"},
            ]
            assert self.submit("accredit", {"keys": keys}, [ROOTS[party], DELEGATES[party]])

    def entry(self, kind: str, body: dict[str, Any], signers: list[KeyPair], **other: Any) -> bytes:
        by = signers[0].vkey.name
        n, prev = self.counts.get(by, (0, None))
        given = {
            "n": n, "prev": prev, "register": self.state.authority.register or None,
            "seen": (len(self.log), to_base64(self.root(len(self.log)))),
        } | other  # fmt: skip
        draft = must(build(kind, body, by=by, with_=[s.vkey.name for s in signers[1:]], **given))
        return must(sign(draft, signers))

    def admit(self, raw: bytes) -> bool:
        entry = must(parse_entry(raw))
        ruling = self.state.judge(entry)
        if ruling.faults or entry.signed_by(ruling.keys):
            return False
        self.state.add(entry, leaf_hash(raw))
        self.log.append(raw)
        self.counts[entry.by] = (entry.n + 1, entry.id)
        size = len(self.log)
        self.receipts.append((size - 1, size, self.state.history.proof(size - 1)))
        return True

    def submit(self, kind: str, body: dict[str, Any], signers: list[KeyPair], **other: Any) -> bool:
        return self.admit(self.entry(kind, body, signers, **other))

    def root(self, size: int) -> bytes:
        return defined(self.log[:size])

    @rule(party=PARTIES, words=st.text(st.characters(categories=["L", "P"]), max_size=20))
    def propose(self, party: str, words: str) -> None:
        assert self.submit("propose", {"text": words}, [DELEGATES[party]])

    @rule(party=PARTIES, back=st.integers(1, 5))
    def act_on_an_older_checkpoint(self, party: str, back: int) -> None:
        head = self.state.heads.get(DELEGATES[party].vkey.name)
        size = max(len(self.log) - back, head.seen if head else 0)
        assert self.submit("propose", {}, [DELEGATES[party]], seen=(size, to_base64(self.root(size))))

    @rule(
        party=PARTIES,
        wrong=st.sampled_from(["n", "prev", "register", "future", "other", "key", "again", "drop"]),
    )
    def a_bad_act_changes_nothing(self, party: str, wrong: str) -> None:
        size, name = len(self.log), DELEGATES[party].vkey.name
        n, _ = self.counts.get(name, (0, None))
        other: dict[str, Any] = {
            "n": {"n": n + 1, "prev": "ab" * 32},
            "prev": {"n": max(n, 1), "prev": "ab" * 32},
            "register": {"register": "ab" * 32},
            "future": {"seen": (size + 1, to_base64(bytes(32)))},
            "other": {"seen": (size, to_base64(bytes(32)))},
        }.get(wrong, {})
        signer = ROOTS[party] if wrong == "key" else DELEGATES[party]
        raw = self.entry("propose", {}, [signer], **other)
        if wrong == "again":
            raw = self.log[-1]
        if wrong == "drop":
            raw = raw.replace(b'"body":{}', b'"body":{"x":1}')
        before = (self.state.size, self.state.history.root_at(size), dict(self.state.heads))
        assert not self.admit(raw)
        assert before == (self.state.size, self.state.history.root_at(size), dict(self.state.heads))

    @rule(seconds=st.integers(0, 100_000), many=st.sampled_from([2, 2, 2, 1, 0]))
    def cosign_and_seal(self, seconds: int, many: int) -> None:
        self.now += seconds
        size = len(self.log)
        at = Checkpoint(HOST.vkey.name, size, self.root(size))
        lines = [must(cosign(at, w, self.now)).line for w in list(WITNESSES.values())[:many]]
        note = Note(at.text, (*sign_checkpoint(at, HOST).lines, *lines))
        done = self.submit("seal", {"note": str(note)}, [DELEGATES["arvia"]])
        assert done == (many == 2 and size > self.last_seal)
        if done:
            self.last_seal = size

    @precondition(lambda self: len(self.log) > 4)
    @rule(data=st.data())
    def a_log_changed_on_the_way_is_found(self, data: st.DataObject) -> None:
        how = data.draw(st.sampled_from(["change", "drop", "swap"]))
        at = data.draw(st.integers(1, len(self.log) - 2))
        copy = list(self.log)
        if how == "change":
            byte = data.draw(st.integers(0, len(copy[at]) - 1))
            copy[at] = copy[at][:byte] + bytes([copy[at][byte] ^ 1]) + copy[at][byte + 1 :]
        elif how == "drop":
            del copy[at]
        else:
            copy[at], copy[at + 1] = copy[at + 1], copy[at]
        assert defined(copy) != self.root(len(self.log))

    @rule()
    def reopened_it_goes_on(self) -> None:
        """As a store is opened: the tree of all entries at once, the keys from the acts about keys alone."""
        again = Admission()
        for index, raw in enumerate(self.log):
            entry = read_entry(raw, index, must(parse_entry(raw)).id)
            if entry.kind in READ:
                again.authority.apply(entry, index)
            again.ids += bytes.fromhex(entry.id)
            again.heads[entry.by] = Head(entry.n, entry.id, entry.envelope.seen.size)
        again.history.extend([leaf_hash(raw) for raw in self.log])
        assert again.authority == self.state.authority
        assert again.heads == self.state.heads
        self.state = again

    @precondition(lambda self: len(self.log) > 3)
    @rule(party=PARTIES, data=st.data())
    def a_fork_is_never_taken_for_the_same_history(self, party: str, data: st.DataObject) -> None:
        """Another history from some size on: no proof joins it, and nobody can act on it here."""
        size = data.draw(st.integers(3, len(self.log) - 1))
        other = Core()
        assert all(other.admit(raw) for raw in self.log[:size])
        assert other.submit("propose", {"text": "otherwise"}, [DELEGATES[party]])
        for raw in self.log[size:]:
            other.admit(raw)
        theirs, ours = len(other.log), len(self.log)
        first, second = sorted([(theirs, other), (ours, self)], key=lambda pair: pair[0])
        proof = consistency_proof(first[0], second[0], nodes(second[1].state.history.leaf))
        assert not consistent(first[0], second[0], first[1].root(first[0]), second[1].root(second[0]), proof)
        seen = {"seen": (size + 1, to_base64(other.root(size + 1)))}
        assert not self.submit("propose", {}, [DELEGATES[party]], **seen)

    @rule()
    def a_mirror_comes_to_the_same_state(self) -> None:
        mirror = Core()
        assert all(mirror.admit(raw) for raw in self.log)
        assert mirror.state.history.range.dump() == self.state.history.range.dump()
        assert mirror.state.heads == self.state.heads
        assert mirror.state.authority == self.state.authority

    @invariant()
    def the_root_is_that_of_the_definition(self) -> None:
        assert self.state.size == len(self.log)
        assert self.state.history.root_at(len(self.log)) == self.root(len(self.log))

    @invariant()
    def what_was_a_root_once_is_one_for_ever(self) -> None:
        assert self.state.size >= max(self.roots, default=0)
        self.roots.setdefault(len(self.log), self.root(len(self.log)))
        for size in sorted(self.roots)[-3:]:
            assert self.state.history.root_at(size) == self.roots[size]

    @invariant()
    def every_old_receipt_still_proves(self) -> None:
        size = len(self.log)
        node = nodes(self.state.history.leaf)
        for index, then, proof in self.receipts[-6:]:
            leaf = sha256(b"\0" + self.log[index]).digest()
            assert included(index, then, leaf, proof, self.root(then))
            step = consistency_proof(then, size, node)
            assert consistent(then, size, self.root(then), self.root(size), step)
            assert included(index, size, leaf, inclusion_proof(index, size, node), self.root(size))

    @invariant()
    def answers_for_sealed_days_never_change(self) -> None:
        today = datetime.fromtimestamp(self.now, UTC).date()
        asked = {today - timedelta(days=back) for back in range(3)} | set(
            map(date.fromisoformat, self.sealed)
        )
        for day in asked:
            found = sealed_size(self.state.authority.seals, day)
            before = self.sealed.get(str(day))
            assert before is None or not before.final or before == found
            assert before is None or before.size <= found.size
            self.sealed[str(day)] = found


Core.TestCase.settings = settings(max_examples=12, stateful_step_count=20, deadline=None)
TestCore = Core.TestCase


ANSWER = sealed_size


class LongCore(Core):
    """The same for the slow lane."""


LongCore.TestCase.settings = settings(max_examples=120, stateful_step_count=50, deadline=None)
TestLongCore = pytest.mark.slow(LongCore.TestCase)


def unprefixed(raw: bytes) -> bytes:
    return sha256(raw).digest()


def forgetful(self: Range, leaf: bytes) -> None:
    """A range that forgets a node where two peaks join at once."""
    count = self.size
    while count & 1:
        below = self.peaks.pop()
        leaf = node_hash(below, leaf) if count & 3 != 3 else below
        count >>= 1
    self.peaks.append(leaf)
    self.size += 1


def blind(self: Admission, entry: Entry, index: int) -> list[Fault]:
    return []


def unchained(self: Admission, entry: Entry) -> list[Fault]:
    return []


def gullible(*_: object) -> bool:
    return True


def swapped(first: bytes, second: bytes) -> bytes:
    return sha256(b"\x01" + second + first).digest()


def backwards(seals: Sequence[Seal], day: date) -> SealedSize:
    """The last seal alone is asked: what an earlier one certified is forgotten."""
    return ANSWER(seals[-1:], day)


WRONG: dict[str, list[tuple[str, object]]] = {
    "a leaf hash without its prefix": [
        ("tests.record.test_machine.leaf_hash", unprefixed), ("travaux.record.tree.leaf_hash", unprefixed),
    ],
    "a node hash with its sides swapped": [("travaux.record.tree.node_hash", swapped)],
    "a range that forgets a node": [("travaux.record.tree.Range.append", forgetful)],
    "an act on another history is taken": [("travaux.record.admission.Admission._seen", blind)],
    "an act out of its author's order is taken": [("travaux.record.admission.Admission._chain", unchained)],
    "any proof of consistency holds": [("tests.record.test_machine.consistent", gullible)],
    "a final answer changes": [("tests.record.test_machine.sealed_size", backwards)],
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_the_machine_finds(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for target, replacement in WRONG[name]:
        monkeypatch.setattr(target, replacement)
    few = settings(
        max_examples=600, stateful_step_count=20, deadline=None, database=None, phases=[Phase.generate],
        derandomize=True, report_multiple_bugs=False,
    )  # fmt: skip
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Core, settings=few)

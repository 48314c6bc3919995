"""The append path: check, insert, sign the checkpoint, commit, read back; only then a receipt leaves.

One writer holds the lock. Whatever other processes appended since is folded first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from travaux.acts.fault import Fault, Place, Refused, refused
from travaux.record import ed25519
from travaux.record.admission import Admission, Head, RulesLayer
from travaux.record.bodies import READ, FoundBody, read_body
from travaux.record.checkpoint import Checkpoint, parse_checkpoint, sign_checkpoint
from travaux.record.entry import HEADER, Entry, parse_entry, read_entry
from travaux.record.keys import Signer
from travaux.record.note import Note, parse_note
from travaux.record.receipt import Receipt
from travaux.record.store import OpeningRow, Row, Store, StoreError
from travaux.record.tree import inclusion_proof, leaf_hash, nodes

_KEY_ACTS: Final = tuple(f'{HEADER}{{"act":"{kind}"'.encode() for kind in READ)
ReceiptOf = Callable[[int], Receipt | Refused]


@dataclass(frozen=True, slots=True)
class Beside:
    """What is kept with entries, beside the log: what opens their sealed parts, and documents."""

    openings: tuple[OpeningRow, ...] = ()
    documents: tuple[bytes, ...] = ()


NOTHING: Final = Beside()


@dataclass(slots=True)
class Writer:
    """The state of admission beside its store. After a failed write it takes nothing more."""

    store: Store
    state: Admission
    rules: RulesLayer | None = None
    stopped: bool = False

    @staticmethod
    def load(store: Store, rules: RulesLayer | None) -> Writer | Refused:
        """Hash every entry up to the stored root; `rules` follows each. Refused: another root, bad rows."""
        try:
            with store.reading():
                return Writer(store, _load(store, rules), rules)
        except StoreError as error:
            return Refused((error.fault,))

    def fresh(self) -> bool:
        """True while no other process has appended since."""
        return not self.stopped and self.store.head()[0] == self.state.size

    def append(
        self,
        entries: Sequence[bytes],
        host: Signer,
        receipt_of: ReceiptOf,
        beside: Beside = NOTHING,
    ) -> list[Receipt] | Refused:
        """Admit all of `entries` in order, or none. `receipt_of` gives the receipt of one that is there.

        What is kept `beside` them is kept in the same transaction: none of it is lost, and of what is refused
        nothing stays. Of acts that were there already the openings are kept still.
        """
        if self.stopped:
            return refused("record.reopen", Place(self.store.where))
        parsed = _parsed(entries)
        if isinstance(parsed, Refused):
            return parsed
        try:
            return self._admit(parsed, host, beside)
        except _Vetoed as veto:
            known = [self.store.find(e.id) for e in parsed]
            if all(index >= 0 for index in known):
                with self.store.writing():
                    self._keep(beside.openings)
                return _together([receipt_of(index) for index in known])
            return Refused(veto.faults)
        except StoreError as error:
            self.stopped = self.stopped or error.fault.code != "record.busy"
            raise

    def _admit(self, entries: Sequence[Entry], host: Signer, beside: Beside) -> list[Receipt]:
        with self.store.writing():
            moving = [entry.kind for entry in entries] == ["move_host"]
            if self.store.meta("mirror") and not moving:
                raise _Vetoed([Fault("record.mirror", Place(self.store.where))], 0)
            self._catch_up()
            before = self.state.history.range.copy()
            for data in beside.documents:  # first, since the rules may read them
                self.store.put_blob(sha256(data).hexdigest(), data)
            try:
                rows = [self._fold(entry, host, nth) for nth, entry in enumerate(entries)]
                note, at = self._checkpoint(host)
            except _Vetoed:
                self.stopped = self.state.size != before.size
                raise
            try:
                self.store.insert(rows)
                self._keep(beside.openings)
                self.store.set_head(before.size, at.size, self.state.history.range.dump(), str(note).encode())
                if moving:
                    self.store.set_meta("mirror", "")
                self._as_stored(rows)
            except StoreError:
                self.stopped = True
                raise
        self._read_back(rows[-1], at)
        node = nodes(self.state.history.leaf, before.spans(), keep=True)
        return [
            Receipt(r.index, tuple(inclusion_proof(r.index, at.size, node)), note, at, r.id) for r in rows
        ]

    def _keep(self, openings: Sequence[OpeningRow]) -> None:
        for opening in openings:
            self.store.put_opening(opening)

    def _fold(self, entry: Entry, host: Signer, nth: int) -> Row:
        """Judge the next entry by everything there is, and fold it; a veto names which of the batch it is."""
        index = self.state.size
        faults = self._hosted(entry, host) or self._faults(entry, index)
        if not faults and self.rules:
            placed = Entry(entry.raw, entry.envelope, entry.id, entry.parsed, index)
            faults = list(self.rules.admit(placed, index))
        if faults:
            raise _Vetoed(faults, nth)
        leaf = leaf_hash(entry.raw)
        self.state.add(entry, leaf)
        return Row(index, bytes.fromhex(entry.id), entry.by, entry.n, leaf, entry.raw)

    def _faults(self, entry: Entry, index: int) -> list[Fault]:
        ruling = self.state.judge(entry)
        if ruling.faults or ruling.unchecked:
            # A host vouches for what it admits: it takes no line that it cannot check.
            missing = [
                Fault("record.mldsa_missing", Place(f"entry {index}"), f.values) for f in ruling.unchecked
            ]
            return [*ruling.faults, *missing]
        text = entry.text
        return [
            Fault("record.signature", Place(f"entry {index}"), {"name": key.name})
            for key, line in zip(ruling.keys, entry.lines, strict=True)
            if not ed25519.verify(key.public, line.signature, text)
        ]

    def _hosted(self, entry: Entry, host: Signer) -> list[Fault]:
        """A fault where `host` is not the key that signs the checkpoint over this entry."""
        if entry.kind == "move_host":
            return []
        vkey = self.state.authority.holders.host_at(self.state.size + 1)
        wanted = str(vkey) if vkey else ""
        if entry.kind == "found" and not self.state.size:
            body = read_body(FoundBody, entry.envelope.body)
            wanted = "" if isinstance(body, Refused) else body.host
        wrong = wanted and wanted != str(host.vkey)
        return [Fault("record.wrong_host", values={"name": host.vkey.name})] if wrong else []

    def _checkpoint(self, host: Signer) -> tuple[Note, Checkpoint]:
        size = self.state.size
        at = Checkpoint(self.state.authority.origin, size, self.state.history.root_at(size))
        if self.state.authority.holders.host_at(size) != host.vkey:
            raise _Vetoed([Fault("record.wrong_host", values={"name": host.vkey.name})], 0)
        note = sign_checkpoint(at, host)
        if isinstance(note, Refused):
            raise _Vetoed(note.faults, 0)
        return note, at

    def _catch_up(self) -> None:
        size = self.store.head()[0]
        if size < self.state.size:
            raise StoreError("record.went_back", self.store.where, size=size, before=self.state.size)
        for row in self.store.rows(self.state.size, size):
            entry = read_entry(row.entry, row.index, row.id)
            if self.rules:
                self.rules.follow(entry, row.index)
            self.state.add(entry, leaf_hash(row.entry))

    def _as_stored(self, rows: Sequence[Row]) -> None:
        """Hash the rows as the database gives them back, before the commit."""
        for row, stored in zip(rows, self.store.rows(rows[0].index, rows[-1].index + 1), strict=True):
            if leaf_hash(stored.entry) != row.leaf:
                raise StoreError("record.read_back", self.store.where, index=row.index)

    def _read_back(self, row: Row, at: Checkpoint) -> None:
        """After the commit: the last entry and the head are what was written."""
        size, stored = self.store.stands(row.index)
        if size < at.size or stored is None or leaf_hash(stored) != row.leaf:
            raise StoreError("record.read_back", self.store.where, index=row.index)


class _Vetoed(Exception):  # noqa: N818 - it leaves a transaction, it is no error
    """Faults that end an append and undo its transaction."""

    def __init__(self, faults: Sequence[Fault], nth: int) -> None:
        super().__init__()
        self.faults, self.nth = tuple(faults), nth


def _parsed(entries: Sequence[bytes]) -> list[Entry] | Refused:
    parsed = [parse_entry(data) for data in entries]
    faults = [
        f.at(f"act {nth + 1}") if len(entries) > 1 else f
        for nth, entry in enumerate(parsed)
        if isinstance(entry, Refused)
        for f in entry.faults
    ]
    return Refused(tuple(faults)) if faults else [e for e in parsed if isinstance(e, Entry)]


def _together(receipts: Sequence[Receipt | Refused]) -> list[Receipt] | Refused:
    bad = next((r for r in receipts if isinstance(r, Refused)), None)
    return bad or [r for r in receipts if isinstance(r, Receipt)]


def _load(store: Store, rules: RulesLayer | None) -> Admission:
    """The state of the log as stored: the tree from all entries, the keys from those that change keys."""
    state = Admission()
    leaves: list[bytes] = []
    for expected, row in enumerate(store.rows()):
        if row.index != expected:
            raise StoreError("record.gap", store.where, index=expected)
        if rules:
            rules.follow(_read(row), row.index)
        if row.entry.startswith(_KEY_ACTS):
            state.authority.apply(_read(row), row.index)
        state.ids += row.key
        leaves.append(leaf_hash(row.entry))
    state.history.extend(leaves)
    for row in store.author_heads():
        state.heads[row.by] = Head(row.n, row.id, _read(row).envelope.seen.size)
    size, peaks = store.head()
    if size != state.size or peaks != state.history.range.dump() or not _agrees(store, state):
        raise StoreError("record.other_root", store.where, size=size)
    return state


def _agrees(store: Store, state: Admission) -> bool:
    """True when the last checkpoint names the root of the entries."""
    data = store.checkpoint(state.size) if state.size else None
    note = parse_note(data) if data is not None else None
    at = parse_checkpoint(note.text) if isinstance(note, Note) else None
    if isinstance(at, Checkpoint):
        return (at.size, at.root) == (state.size, state.history.range.root())
    return state.size == 0


def _read(row: Row) -> Entry:
    try:
        return read_entry(row.entry, row.index, row.id)
    except ValueError as error:
        raise StoreError("record.damaged", f"entry {row.index}", detail=str(error)) from error

"""Verification in layers, each of which goes on after a fault where the next still makes sense.

files, tree, checkpoint, entry, envelope, authority, blobs, rules. No socket, no clock; what is trusted is the
founding id alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from travaux.acts.fault import Fault, Place, Refused, refused
from travaux.record import mldsa
from travaux.record.admission import Admission, RulesLayer
from travaux.record.bodies import READ, EraseBody, FoundBody, read_body
from travaux.record.checkpoint import Checkpoint, parse_checkpoint
from travaux.record.dirsource import DirectorySource, is_export
from travaux.record.entry import Entry, parse_entry
from travaux.record.findings import Finding, Report, finding, traced
from travaux.record.keys import VKey
from travaux.record.note import Note
from travaux.record.opening import parse_opening, parts_of
from travaux.record.places import open_store, place
from travaux.record.policy import policy_of
from travaux.record.sealing import weigh
from travaux.record.signatures import Signatures
from travaux.record.sources import Item, Source, StoreSource
from travaux.record.store import StoreError
from travaux.record.tiles import WIDTH, parents
from travaux.record.tree import HASH, Range, leaf_hash

Progress = Callable[[int, int], None]
STEP: Final = 512
LONG: Final = 20_000
_BY_OTHERS: Final = ("rules.", "procedure.audience")  # what the rules say by the acts before
_ENTRY: Final = {"record.too_long", "record.entry", "record.signature_line", "record.line_order"}
_ENVELOPE: Final = {
    "record.json", "record.envelope", "record.register", "record.number", "record.prev", "record.duplicate",
    "record.seen_future", "record.seen_back", "record.seen_other", "record.signers",
}  # fmt: skip


def verify(
    path: Path | str,
    *,
    founding: str = "",
    quorum: bool = False,
    rules: RulesLayer | None = None,
    progress: Progress | None = None,
    foreign: Sequence[VKey] = (),
    workers: int = 1,
) -> Report | Refused:
    """Verify a register, in a file or at an address, or an exported directory, whole.

    `founding`: the id that entry 0 must have, compared out of band. `quorum`: an end of the log that no
    quorum cosigned is a fault, not a notice. `rules` judges every entry without fault, in order.
    `progress` is told (entries done, entries in all). `foreign` are witnesses outside the register.
    `workers` processes verify signatures; 0 is one a core (at most 4) where the log is long. Refused: nothing
    there, no register, a newer version; all else is in the report.
    """
    target = place(path)
    if isinstance(target, Refused):
        return target
    if isinstance(target, Path) and target.is_dir():
        if not is_export(target):
            return refused("record.no_export", Place(str(target)))
        return verify_source(DirectorySource(target), founding, quorum, rules, progress, foreign, workers)
    store = open_store(target, write=False)
    if isinstance(store, Refused):
        return store
    try:
        with store.reading():
            return verify_source(StoreSource(store), founding, quorum, rules, progress, foreign, workers)
    except StoreError as error:
        return Refused((error.fault,))
    finally:
        store.close()


def verify_source(
    source: Source,
    founding: str = "",
    quorum: bool = False,
    rules: RulesLayer | None = None,
    progress: Progress | None = None,
    foreign: Sequence[VKey] = (),
    workers: int = 1,
) -> Report:
    """All layers over any source; see `verify`."""
    with Signatures(workers or _fitting(source)) as signatures:
        run = _Run(source, rules, signatures, foreign)
        run.stage(lambda: run.entries(progress))
        run.signed()
    run.stage(run.checkpoints)
    run.stage(run.openings)
    run.stage(run.documents)
    run.conclude(founding, quorum)
    return run.report()


@dataclass(slots=True)
class _Run:
    source: Source
    rules: RulesLayer | None
    signatures: Signatures
    foreign: Sequence[VKey]
    state: Admission = field(default_factory=Admission)
    faults: list[Finding] = field(default_factory=list)
    notices: list[Finding] = field(default_factory=list)
    cited: dict[str, tuple[int, int]] = field(default_factory=dict)
    sealed: dict[str, Entry] = field(default_factory=dict)
    erased: dict[str, int] = field(default_factory=dict)
    unforked: int = 0
    complete: int = 0
    shielded: int = 0

    def stage(self, work: Callable[[], None]) -> None:
        """Do one layer's work; what stops its source midway is a fault of the file."""
        try:
            work()
        except StoreError as error:
            self.faults.append(Finding("files", error.fault, error.fault.place.where or self.source.where))

    def entries(self, progress: Progress | None) -> None:
        """Fold all entries, then compare the tree."""
        last = self.source.last()
        trusted = _root(self.source.leaves()) == (last.root if last else None)
        total = last.size if last else 0
        for item in self.source.items():
            self._entry(item, trusted)
            if progress and self.state.size % STEP == 0:
                progress(self.state.size, max(total, self.state.size))
        if progress:
            progress(self.state.size, max(total, self.state.size))
        self.source.finish(self.state.history)

    def signed(self) -> None:
        """Take in what the signature layer found."""
        for index, where, name in self.signatures.bad():
            self.faults.append(finding("entry", "record.signature", where, index, name=name))

    def checkpoints(self) -> None:
        """Every checkpoint: its root in this history, the host's line, the cosignatures."""
        found = set()
        for where, note in self.source.notes():
            at = parse_checkpoint(note.text)
            if isinstance(at, Refused):
                self.faults += [Finding("checkpoint", f, where) for f in at.faults]
                continue
            found.add(at.size)
            self._checkpoint(where, note, at)
        for seal in self.state.authority.seals:
            self._covered(seal.size, seal.parties)
            if seal.shields and mldsa.available():
                self.shielded = max(self.shielded, seal.size)
        if self.state.size and self.state.size not in found:
            self.faults.append(
                finding("checkpoint", "record.no_checkpoint", "checkpoint", size=self.state.size)
            )

    def documents(self) -> None:
        """Documents held against their hashes; those cited and not held are notices."""
        held = {}
        for where, digest, size, good in self.source.blobs():
            held[digest] = size
            if not good:
                self.faults.append(finding("blobs", "record.blob_other", where))
        for digest, (index, size) in sorted(self.cited.items()):
            if digest not in held and digest not in self.erased:
                self.notices.append(finding("blobs", "record.blob_missing", f"blob {digest}", index))
            elif size >= 0 and held.get(digest, size) != size:
                self.faults.append(
                    finding(
                        "blobs", "record.blob_length", f"blob {digest}", index, size=size, found=held[digest]
                    )
                )
        for digest, index in sorted(self.erased.items()):
            code = "record.blob_kept" if digest in held else "record.blob_erased"
            self.notices.append(finding("blobs", code, f"blob {digest}", index))
        self.notices += [finding("files", "record.stranger", name) for name in self.source.strangers()]

    def openings(self) -> None:
        """Openings held against the commitments that they are to open."""
        for where, data in self.source.openings():
            opening = parse_opening(data)
            if isinstance(opening, Refused):
                self.faults += [Finding("blobs", f, where) for f in opening.faults]
                continue
            entry = self.sealed.get(opening.act)
            if entry is None or not opening.fits(entry):
                index = entry.index if entry else None
                self.faults.append(
                    finding(
                        "blobs", "record.opening_other", where, index, act=opening.act[:12], part=opening.part
                    )
                )

    def conclude(self, founding: str, quorum: bool) -> None:
        """The founding id, and the end of the log that nobody or not enough parties cosigned."""
        register = self.state.authority.register
        unread = not register and bool(self.faults or self.source.findings)
        if founding and founding != register and not unread:
            self.faults.append(
                finding("authority", "record.founding", "entry 0", 0, wanted=founding, found=register or "-")
            )
        size, authority = self.state.size, self.state.authority
        policy = self.source.policy()
        if policy is not None and policy != policy_of(authority, size):
            self.faults.append(finding("files", "record.policy_other", "policy"))
        if self.unforked < size:
            tail = finding(
                "checkpoint", "record.tail", "checkpoint",
                unforked=self.unforked, size=size, quorum=authority.quorum,
            )  # fmt: skip
            (self.faults if quorum else self.notices).append(tail)

    def report(self) -> Report:
        """The result; what follows from a fault stands behind all that does not."""
        state = self.state
        return Report(
            self.source.where, state.authority.register, state.authority.origin, state.size,
            state.history.root_at(state.size), self.unforked, self.complete, state.withheld,
            traced([*self.source.findings, *self.faults]), tuple(self.notices), self.shielded,
        )  # fmt: skip

    def _entry(self, item: Item, trusted: bool) -> None:
        if item.raw is None:
            self.state.skip(item.leaf or bytes(HASH), item.withheld)
            return
        leaf = leaf_hash(item.raw)
        if item.leaf is not None and item.leaf != leaf:
            self.faults.append(finding("tree", "record.leaf", item.where, item.index, item.offset))
            leaf = item.leaf if trusted else leaf
        entry = parse_entry(item.raw, item.index)
        if isinstance(entry, Refused):
            self._note(item, entry.faults)
            self.state.skip(leaf, False)
            return
        if self.state.size and not self.state.authority.register:
            self.state.skip(leaf, False)
            return
        good = self._admit(item, entry)
        self.state.add(entry, leaf, good)
        self._cite(entry)

    def _admit(self, item: Item, entry: Entry) -> bool:
        """Judge an entry that can be read; true when its authority may count for those after it."""
        row = item.row
        if row and (row.id, row.by, row.n) != (entry.id, entry.by, entry.n):
            self.faults.append(finding("files", "record.row", item.where, item.index, column="id, by or n"))
        ruling = self.state.judge(entry)
        self._note(item, ruling.faults)
        self.notices += [Finding("authority", f, item.where, item.index) for f in ruling.unchecked]
        if len(ruling.keys) < len(entry.lines):
            return False
        now = entry.kind in READ
        good = self.signatures.check(entry, ruling.keys, item.where, now)
        if ruling.faults or not good:
            return False
        if self.rules:
            self._rule(item, entry, self.rules)
        return True

    def _rule(self, item: Item, entry: Entry, rules: RulesLayer) -> None:
        """Judge it by the rules; where entries are withheld, what they ask for may stand in those."""
        vetoes = rules.admit(entry, item.index)
        if self.state.withheld and vetoes and all(f.code.startswith(_BY_OTHERS) for f in vetoes):
            self.notices.append(finding("rules", "record.not_rechecked", item.where, item.index))
            rules.follow(entry, item.index)
            return
        self.faults += [Finding("rules", f, item.where, item.index) for f in vetoes]

    def _note(self, item: Item, faults: Sequence[Fault]) -> None:
        for fault in faults:
            layer = (
                "entry" if fault.code in _ENTRY else "envelope" if fault.code in _ENVELOPE else "authority"
            )
            self.faults.append(Finding(layer, fault, item.where, item.index, item.offset or None))

    def _cite(self, entry: Entry) -> None:
        for blob in entry.envelope.cited:
            self.cited.setdefault(blob.sha256, (entry.index, blob.size))
        if parts_of(entry.envelope):
            self.sealed[entry.id] = entry
        if entry.kind == "erase":
            gone = read_body(EraseBody, entry.envelope.body)
            if not isinstance(gone, Refused):
                self.erased[gone.sha256] = entry.index
        if entry.kind == "found":
            body = read_body(FoundBody, entry.envelope.body)
            if not isinstance(body, Refused):
                self.cited.setdefault(body.rules, (entry.index, -1))

    def _checkpoint(self, where: str, note: Note, at: Checkpoint) -> None:
        authority = self.state.authority
        faults = []
        if at.origin != authority.origin:
            faults.append(finding("checkpoint", "record.other_origin", where, origin=at.origin[:120]))
        if at.size > self.state.size or at.root != self.state.history.root_at(at.size):
            faults.append(finding("tree", "record.root", where, size=at.size))
        weighed = weigh(note, at, authority, self.foreign)
        faults += [Finding("checkpoint", f, where) for f in weighed.faults]
        self.faults += faults
        self.notices += [Finding("checkpoint", f, where) for f in weighed.unchecked]
        if not any(f.layer == "tree" for f in faults):
            self._covered(at.size, frozenset(weighed.times))
            self.shielded = max(self.shielded, at.size if weighed.shields else 0)

    def _covered(self, size: int, parties: frozenset[str]) -> None:
        authority = self.state.authority
        signing = set(authority.holders.signing_parties())
        if signing and len(parties & signing) >= authority.quorum:
            self.unforked = max(self.unforked, size)
        if signing and signing <= parties:
            self.complete = max(self.complete, size)


def _fitting(source: Source) -> int:
    """How many processes pay: starting one takes as long as some thousands of signatures."""
    last = source.last()
    return min(4, os.cpu_count() or 1) if last and last.size >= LONG else 1


def _root(leaves: bytes) -> bytes:
    """The root of stored leaf hashes."""
    hashes, grown = [leaves[at : at + HASH] for at in range(0, len(leaves), HASH)], Range()
    for root in parents(hashes):
        grown.append_subtree(root, WIDTH)
    for leaf in hashes[grown.size :]:
        grown.append(leaf)
    return grown.root()


__all__ = ["Finding", "Report", "verify", "verify_source"]

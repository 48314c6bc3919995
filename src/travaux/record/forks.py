"""What a mirror keeps against a host: two checkpoints under one key that cannot both be true.

A host key signs up to the entry that names the next host. What it signs beyond that counts for nothing, and
convicts it where it does not even continue what it had signed before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from travaux.acts.fault import Place, Refused, refused
from travaux.record import ed25519
from travaux.record.checkpoint import Checkpoint
from travaux.record.evidence import Evidence
from travaux.record.history import History
from travaux.record.keys import VKey
from travaux.record.note import Note, parse_line, parse_note
from travaux.record.parties import Holders
from travaux.record.published import Published
from travaux.record.store import Store, StoreError
from travaux.record.tiles import WIDTH, Tile, bundle_tiles, decode_tile
from travaux.record.tree import HASH, consistency_proof


@dataclass(frozen=True, slots=True)
class Shown:
    """What a host shows now: its checkpoint, and where the files of its tree lie. Nothing is verified."""

    published: Published
    note: Note
    at: Checkpoint

    def tree(self) -> History | None:
        """The tree that the served hashes make; None where they are not all there or make another root."""
        history = History()
        for tile in bundle_tiles(self.at.size, "0"):
            data = self.published.read(tile.path, HASH * WIDTH)
            if data is None:
                data = self.published.read(Tile("0", tile.number).path, HASH * WIDTH)
            hashes = decode_tile(data, len(data) // HASH) if isinstance(data, bytes) else None
            if not isinstance(hashes, list) or len(hashes) < tile.width:
                return None
            history.extend(hashes[: tile.width])
        return history if history.range.root() == self.at.root else None


@dataclass(frozen=True, slots=True)
class Held:
    """What a mirror holds: its store, the keys in force, the tree of its entries."""

    store: Store
    holders: Holders
    history: History

    def note(self, size: int) -> Note:
        """The host's checkpoint of `size` with the cosignatures kept here; none is damage."""
        note = parse_note(self.store.checkpoint(size) or b"")
        if isinstance(note, Refused):
            raise StoreError("record.no_checkpoint", self.store.where, size=size)
        lines = [parse_line(row.line) for row in self.store.cosignatures(size)]
        return Note(note.text, (*note.lines, *(li for li in lines if not isinstance(li, Refused))))

    def evidence(
        self,
        host: VKey,
        first: Note,
        second: Note,
        sizes: Sequence[int],
        prefix: bytes,
        proof: Sequence[bytes],
    ) -> Evidence:
        """Both checkpoints with the lines of the host and of the witnesses in force at `sizes`."""
        keys = dict.fromkeys(v for size in sizes for v in self.holders.witnesses_at(size))
        row = self.store.row(0)
        named = {host.name, *(v.name for v in keys)}
        kept = [Note(n.text, tuple(li for li in n.lines if li.name in named)) for n in (first, second)]
        return Evidence(host, kept[0], kept[1], prefix, tuple(proof), tuple(keys), row.entry if row else b"")

    def fork(self, shown: Shown, host: VKey, before: int) -> Evidence | None:
        """Evidence, where the tree that `host` signed does not continue the `before` entries held here."""
        tree = shown.tree() if signed_by(shown.note, host) else None
        if tree is None or tree.root_at(before) == self.history.root_at(before):
            return None
        proof, sizes = consistency_proof(before, shown.at.size, tree.node()), (before, shown.at.size)
        return self.evidence(host, self.note(before), shown.note, sizes, tree.root_at(before), proof)

    def returned(self, shown: Shown) -> Evidence | Refused | None:
        """The verdict on a checkpoint by a host key that was replaced before its size; else None.

        Evidence where that key signed two histories, a refusal where it only went on by itself.
        """
        ended = replaced(self.holders, shown.note, shown.at)
        if ended is None:
            return None
        until, host = ended
        sizes = [s for s, _ in self.store.checkpoints() if 0 < s <= until and signed_by(self.note(s), host)]
        found = self.fork(shown, host, max(sizes)) if sizes else None
        where = Place(shown.published.where)
        return found or refused("mirror.set_aside", where, key=host.short, size=shown.at.size, until=until)


def replaced(holders: Holders, note: Note, at: Checkpoint) -> tuple[int, VKey] | None:
    """(size, key) of a former host key that signed `note` though its term ended at a smaller size."""
    for (_, vkey), (until, _) in zip(holders.hosts, holders.hosts[1:], strict=False):
        if at.size > until and signed_by(note, vkey):
            return until, vkey
    return None


def signed_by(note: Note, host: VKey) -> bool:
    """True when the host key signed the checkpoint."""
    return any(
        (line.name, line.id) == (host.name, host.id)
        and ed25519.verify(host.public, line.signature, note.text.encode())
        for line in note.lines
    )


__all__ = ["Held", "Shown", "replaced", "signed_by"]

"""Follow a published register: read what is new, check all of it, and only then keep it.

A mirror's state never goes backwards. Holding every leaf is the proof that the new tree continues the old
one; where it does not, and the host signed both, the two checkpoints are kept as evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from travaux.acts.fault import Fault, Place, Refused, refused
from travaux.record import ed25519
from travaux.record.admission import Admission, RulesLayer
from travaux.record.bodies import DiscloseBody, FoundBody, read_body
from travaux.record.checkpoint import (
    Checkpoint,
    Cosignature,
    checkable,
    parse_checkpoint,
    read_cosignature,
)
from travaux.record.entry import MAX_LARGE, Entry, parse_entry
from travaux.record.envelope import MAX_BLOB
from travaux.record.erasing import erased_by, erased_in
from travaux.record.evidence import Evidence
from travaux.record.forks import Held, Shown, signed_by
from travaux.record.note import MAX_NOTE, Note, parse_note
from travaux.record.opening import MAX_FILE as MAX_OPENING
from travaux.record.opening import opening_path, parse_opening, parts_of
from travaux.record.published import Published
from travaux.record.sealing import weigh
from travaux.record.sqlite import create_store, open_store
from travaux.record.store import CosignatureRow, OpeningRow, Row, Store, StoreError
from travaux.record.tiles import WIDTH, Tile, bundle_tiles, decode_bundle
from travaux.record.tree import consistency_proof, leaf_hash
from travaux.record.writer import Writer

MOST: Final = 20_000_000
Blob = Callable[[str], bytes | None]
MakeRules = Callable[[Blob], RulesLayer]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Followed:
    """A mirror brought up to the host's checkpoint: its size now, the new entries, documents not served."""

    register: str
    origin: str
    size: int
    new: int
    missing: tuple[str, ...] = ()


def follow(
    file: Path,
    published: Published,
    *,
    founding: str = "",
    rules: MakeRules | None = None,
    progress: Progress | None = None,
) -> Followed | Evidence | Refused:
    """Bring the mirror in `file` (made where there is none) up to what is published.

    `founding`: the id that entry 0 must have. `rules` makes the layer that judges, from a way to read
    documents. `Evidence` comes back, unwritten, where the host shows another history than before, or an older
    tree. Refused: whatever `verify` would fault, all that the host serves wrong; then nothing has changed.
    """
    new = not file.exists()
    store = create_store(file) if new else open_store(file, write=True)
    if isinstance(store, Refused):
        return store
    done: Followed | Evidence | Refused = refused("mirror.missing", Place(published.where))
    try:
        done = _follow(store, new, published, founding, rules, progress)
    except StoreError as error:
        done = Refused((error.fault,))
    finally:
        if new and not isinstance(done, Followed):
            store.discard()
        else:
            store.close()
    return done


def _follow(
    store: Store,
    new: bool,
    published: Published,
    founding: str,
    rules: MakeRules | None,
    progress: Progress | None,
) -> Followed | Evidence | Refused:
    if new:
        with store.writing():
            store.set_meta("mirror", "yes")
    elif not store.meta("mirror"):
        return refused("mirror.not_a_mirror", Place(store.where))
    writer = Writer.load(store, rules(store.blob) if rules else None)
    now = shown(published)
    if isinstance(writer, Refused) or isinstance(now, Refused):
        return writer if isinstance(writer, Refused) else now  # type: ignore[return-value]
    note, at = now
    run = _Run(store, published, writer.state, writer.rules, note, at, founding, progress)
    register = run.state.authority.register
    if founding and register and founding != register:
        return refused("record.founding", Place(store.where), wanted=founding, found=register)
    if run.state.size and at.origin != run.state.authority.origin:
        return refused("record.other_origin", Place(published.where), origin=at.origin[:120])
    return run.follow()


@dataclass(slots=True)
class _Run:
    store: Store
    published: Published
    state: Admission
    rules: RulesLayer | None
    note: Note
    at: Checkpoint
    founding: str
    progress: Progress | None
    erased: set[str] = field(default_factory=set)

    def follow(self) -> Followed | Evidence | Refused:
        """Forward or back, unless the checkpoint is by a host key that was replaced."""
        returned = self._held().returned(self._shown())
        return returned or (self.back() if self.at.size <= self.state.size else self.forward())

    def back(self) -> Followed | Evidence | Refused:
        """The host shows no more than is held: the same, or something to keep as evidence."""
        history, size = self.state.history, self.at.size
        host = self.state.authority.holders.host_at(max(size, 1))
        if host is None or not signed_by(self.note, host):
            return refused("record.host_signature", Place(self.published.where), size=size)
        own = history.root_at(size)
        if size == history.size and own == self.at.root:
            with self.store.writing():
                kept = self._cosignatures()
            return kept or self._followed(0, ())
        proof = consistency_proof(size, history.size, history.node())
        held, sizes = self._held(), (size, history.size)
        return held.evidence(host, self.note, held.note(history.size), sizes, own, proof)

    def forward(self) -> Followed | Evidence | Refused:
        """The host shows more: read it, check it, keep it; what does not fit may be a fork."""
        before = self.state.size
        host = self.state.authority.holders.host_at(before + 1)
        if self.at.size - before > MOST:
            return refused("mirror.too_long", Place(self.published.where), size=self.at.size, limit=MOST)
        self.erased = erased_in(self.store)
        before_erased = len(self.erased)
        try:
            with self.store.writing():
                missing = self._grow()
            if len(self.erased) > before_erased:
                with suppress(StoreError):  # who still reads hinders it: then it goes when that ends
                    self.store.forget()
        except _Stopped as stopped:
            found = self._held().fork(self._shown(), host, before) if host and before else None
            return found or Refused(stopped.faults)
        return self._followed(self.at.size - before, tuple(h for h in missing if h not in self.erased))

    def _grow(self) -> list[str]:
        """Every new entry as the host's own door checks it, then the tree and the host's signature."""
        before, missing = self.state.size, []
        for rows, lost in self._rows():
            self.store.insert(rows)
            missing += lost
        at, state, where = self.at, self.state, Place(self.published.where)
        if state.history.range.root() != at.root:
            raise _Stopped([Fault("mirror.root", where, {"size": at.size})])
        if at.origin != state.authority.origin:
            raise _Stopped([Fault("record.other_origin", where, {"origin": at.origin[:120]})])
        weighed = weigh(self.note, at, state.authority)
        faults = [f.at(self.published.where) for f in weighed.faults if f.code != "record.line_unknown"]
        host = state.authority.holders.host_at(at.size)
        if faults or host is None:
            raise _Stopped(faults)
        own = tuple(line for line in self.note.lines if (line.name, line.id) == (host.name, host.id))
        head = str(Note(self.note.text, own)).encode()
        self.store.set_head(before, at.size, state.history.range.dump(), head)
        self._cosignatures()
        return missing

    def _rows(self) -> Iterator[tuple[list[Row], list[str]]]:
        """The new entries bundle by bundle, each admitted, with the documents that are not served."""
        size = self.at.size
        for tile in bundle_tiles(size, "entries"):
            start = tile.number * WIDTH
            if start + tile.width <= self.state.size:
                continue
            bundle = self._bundle(tile)
            rows, missing = [], []
            for raw in bundle[self.state.size - start :]:
                if not raw:
                    raise _Stopped([self._fault("mirror.withheld", index=self.state.size)])
                row, lost = self._admit(raw)
                rows.append(row)
                missing += lost
            yield rows, missing
            if self.progress:
                self.progress(self.state.size, size)

    def _bundle(self, tile: Tile) -> list[bytes]:
        """The entries of one bundle; the public's copy will do where it withholds nothing."""
        for level in ("entries", "open"):
            for place in dict.fromkeys((Tile(level, tile.number, tile.width), Tile(level, tile.number))):
                data = self.published.read(place.path, place.width * (2 + MAX_LARGE))
                if data is None:
                    continue
                found = data if isinstance(data, Refused) else decode_bundle(data, place.width)
                if isinstance(found, Refused):
                    raise _Stopped([f.at(f"{self.published.where}/{place.path}") for f in found.faults])
                return [raw for _, raw in found[: tile.width]]
        raise _Stopped([self._fault("mirror.missing", tile.path)])

    def _admit(self, raw: bytes) -> tuple[Row, list[str]]:
        index = self.state.size
        entry = parse_entry(raw, index)
        if isinstance(entry, Refused):
            raise _Stopped([f.at(f"entry {index}") for f in entry.faults])
        ruling = self.state.judge(entry)
        faults = list(ruling.faults) or [
            Fault("record.signature", Place(f"entry {index}"), {"name": key.name})
            for key, line in zip(ruling.keys, entry.lines, strict=True)
            if not ed25519.verify(key.public, line.signature, entry.text)
        ]
        if index == 0 and self.founding and entry.id != self.founding:
            faults.append(self._fault("record.founding", wanted=self.founding, found=entry.id))
        if faults:
            raise _Stopped(faults)
        missing = self._documents(entry)
        self._openings(entry)
        if self.rules and (against := self.rules.admit(entry, index)):
            raise _Stopped(list(against))
        leaf = leaf_hash(raw)
        self.state.add(entry, leaf)
        return Row(index, bytes.fromhex(entry.id), entry.by, entry.n, leaf, raw), missing

    def _documents(self, entry: Entry) -> list[str]:
        """Fetch what the entry cites openly; what is not served is only told, but for the rules."""
        wanted = {b.sha256: b.size for b in entry.envelope.cited}
        body = read_body(FoundBody, entry.envelope.body) if entry.kind == "found" else None
        if isinstance(body, FoundBody):
            wanted.setdefault(body.rules, MAX_BLOB)
        missing = [digest for digest, size in wanted.items() if not self._document(digest, size)]
        if isinstance(body, FoundBody) and body.rules in missing:
            raise _Stopped([self._fault("mirror.rules")])
        opens = read_body(DiscloseBody, entry.envelope.body) if entry.kind == "disclose" else None
        if isinstance(opens, DiscloseBody) and opens.opening in missing:
            raise _Stopped([self._fault("mirror.disclosed", sha256=opens.opening[:12], index=entry.index)])
        return missing

    def _document(self, digest: str, size: int) -> bool:
        """Fetch a document of at most `size` bytes, unless it is held or erased; false: it is not here."""
        if self.store.blob(digest) is not None:
            return True
        if digest in self.erased:
            return False
        data = self.published.read(f"blob/sha256/{digest[:2]}/{digest[2:]}", size)
        if isinstance(data, Refused):
            raise _Stopped(data.faults)
        if data is not None and sha256(data).hexdigest() != digest:
            raise _Stopped([self._fault("mirror.blob", sha256=digest)])
        if data is not None:
            self.store.put_blob(digest, data)
        return data is not None

    def _openings(self, entry: Entry) -> None:
        """Fetch what opens the entry's sealed parts, where this reader is served it; carry out an erasure."""
        for part in range(len(parts_of(entry.envelope))):
            where = opening_path(entry.index, part)
            data = self.published.read(where, MAX_OPENING)
            if data is None:
                continue
            opening = data if isinstance(data, Refused) else parse_opening(data)
            if isinstance(opening, Refused):
                raise _Stopped([f.at(f"{self.published.where}/{where}") for f in opening.faults])
            if not opening.fits(entry) or opening.part != part:
                raise _Stopped([self._fault("record.opening_other", where, act=entry.id[:12], part=part)])
            self.store.put_opening(OpeningRow(opening.act, part, opening.salt, opening.content))
            for digest, size in opening.blobs:
                self._document(digest, size)
        if gone := erased_by(entry.raw):
            self.erased.add(gone)
            self.store.empty_blob(gone)

    def _cosignatures(self) -> Refused | None:
        """Keep the lines of the register's own witnesses; a false one is refused."""
        known = {(v.name, v.id): v for v in self.state.authority.holders.witnesses_at(self.at.size)}
        for line in self.note.lines:
            witness, made = known.get((line.name, line.id)), read_cosignature(line)
            if witness is None or not checkable(witness):
                continue
            if not isinstance(made, Cosignature) or not made.verifies(witness, self.at):
                return refused("record.cosignature", Place(self.published.where), name=line.name)
            row = CosignatureRow(self.at.size, made.name, made.id, made.time, str(line)[:-1])
            self.store.put_cosignature(row)
        return None

    def _held(self) -> Held:
        return Held(self.store, self.state.authority.holders, self.state.history)

    def _shown(self) -> Shown:
        return Shown(self.published, self.note, self.at)

    def _followed(self, new: int, missing: tuple[str, ...]) -> Followed:
        authority = self.state.authority
        return Followed(authority.register, authority.origin, self.at.size, new, missing)

    def _fault(self, code: str, path: str = "", **values: object) -> Fault:
        return Fault(code, Place("/".join(p for p in (self.published.where, path) if p)), values)


class _Stopped(Exception):  # noqa: N818 - it leaves a transaction, it is no error
    """Faults of what the host serves; the transaction is undone."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__()
        self.faults = tuple(faults)


def shown(published: Published) -> tuple[Note, Checkpoint] | Refused:
    """The checkpoint that the host shows now; nothing of it is verified."""
    where = f"{published.where}/checkpoint"
    data = published.read("checkpoint", MAX_NOTE)
    if data is None:
        return refused("mirror.no_source", Place(published.where), detail="no file “checkpoint”")
    note = data if isinstance(data, Refused) else parse_note(data)
    at = note if isinstance(note, Refused) else parse_checkpoint(note.text)
    if isinstance(note, Refused) or isinstance(at, Refused):
        faults = (note if isinstance(note, Refused) else at).faults  # type: ignore[union-attr]
        return Refused(tuple(f if f.place.where else f.at(where) for f in faults))
    return note, at


__all__ = ["Followed", "follow", "shown"]
